//! Setting citations in a style that cites in notes.
//!
//! Every essay is read by itself: the first note of an essay that cites a work describes it in full, whatever
//! the essays before it cite, and *ibid.* does not reach over an essay's end. So each essay has a driver of
//! its own, which also bounds what the engine spends on looking for earlier notes.

use std::collections::HashSet;

use hayagriva::citationberg::{IndependentStyle, Locale};
use hayagriva::types::EntryType;
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, Entry};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::anthology::{Division, Resolved};
use crate::document::{Inline, plain_text};

use super::super::linked::{Cluster, LinkedChapter, Locator, Setting};
use super::super::rewrite;
use super::super::sources::Source;
use super::specialised::Specialised;
use super::{CitedSources, Piece, SettingStyle, items, pieces};

/// A citation, and how it stands in its essay.
type Standing<'a> = (&'a CitedSources, &'a Cluster);

/// Sets the citations of all chapters, in their order.
pub(super) fn set(
    chapters: &[Vec<CitedSources>],
    linked: &[LinkedChapter],
    sources: &[Source],
    entries: &[Entry],
    styles: &Specialised,
    setting: &SettingStyle<'_>,
) -> Vec<Vec<Piece>> {
    // The engine sets the whole bibliography with every driver that it finishes, if there is one.
    let style = IndependentStyle { bibliography: None, ..setting.style.clone() };
    let setting = SettingStyle { style: &style, locale: setting.locale.clone(), ..*setting };
    let of_chapter = |(clusters, chapter): (&Vec<CitedSources>, &LinkedChapter)| {
        let standing: Vec<Standing<'_>> = clusters.iter().zip(&chapter.clusters).collect();
        // The glossary's definitions come last, and are looked up one by one.
        let essay = standing.iter().take_while(|(_, cluster)| !is_in_glossary(cluster, chapter)).count();
        let (essay, definitions) = standing.split_at(essay);
        let units = std::iter::once(essay).chain(definitions.chunks(1));
        units.flat_map(|unit| set_unit(unit, sources, entries, styles, &setting)).collect::<Vec<_>>()
    };
    let set: Vec<Vec<Vec<Piece>>> = chapters.par_iter().zip(linked).map(of_chapter).collect();
    set.into_iter().flatten().collect()
}

fn is_in_glossary(cluster: &Cluster, chapter: &LinkedChapter) -> bool {
    let here = cluster.items.first().and_then(|item| chapter.anchors.get(item.here.0));
    here.is_some_and(|anchor| anchor.division == Division::Glossary)
}

/// Sets citations that are read one after the other.
fn set_unit(
    unit: &[Standing<'_>],
    sources: &[Source],
    entries: &[Entry],
    styles: &Specialised,
    setting: &SettingStyle<'_>,
) -> Vec<Vec<Piece>> {
    if unit.is_empty() {
        return Vec::new();
    }
    let nothing = Entry::new("no work", EntryType::Misc);
    let mut driver = BibliographyDriver::new();
    let mut before: Option<Before> = None;
    let mut is_pause = Vec::with_capacity(unit.len());
    for (cited, cluster) in unit {
        if before.as_ref().is_some_and(|before| !before.can_be_ibid(cluster.note)) {
            let hidden = CitationItem::new(&nothing, None, None, true, None);
            driver.citation(setting.request(vec![hidden], None));
            is_pause.push(true);
        }
        let style = styles.for_citation(cited.iter().map(|(source, _)| *source));
        let setting = SettingStyle { style, ..setting.clone() };
        driver.citation(setting.request(items(cited, entries), cluster.note.map(|note| note + 1)));
        is_pause.push(false);
        before = Some(Before::after(before, cluster.note, cited));
    }
    let request = BibliographyRequest::new(setting.style, Some(setting.locale.clone()), setting.locale_files);
    let rendered = driver.finish(request).citations.into_iter().zip(is_pause);
    let quotes_stops = quotes_stops(setting);
    let mut described = HashSet::new();
    let mut set = Vec::with_capacity(unit.len());
    let kept = rendered.filter(|(_, is_pause)| !is_pause);
    for ((citation, _), (cited, cluster)) in kept.zip(unit) {
        let mut pieces = pieces(citation.citation);
        for piece in &mut pieces {
            let Piece::Item(at, content) = piece else { continue };
            let Some((source, locator)) = cited.get(*at) else { continue };
            if described.insert(*source)
                && let Some(words) = sources.get(*source).and_then(|source| source.words.as_ref())
            {
                *content = in_own_words(words.clone(), locator.as_ref());
            }
        }
        if cluster.setting != Setting::Note {
            strip_affixes(&mut pieces);
        } else if let Some(suffix) = &setting.style.citation.layout.suffix
            && matches!(pieces.last(), Some(Piece::Item(_, content)) if !plain_text(content).ends_with(suffix))
        {
            pieces.push(Piece::Joint(vec![Inline::Text(suffix.clone())]));
        }
        if quotes_stops {
            quote_stops(&mut pieces);
        }
        set.push(pieces);
    }
    set
}

/// Whether the language wants the stop after a quotation within its marks.
fn quotes_stops(setting: &SettingStyle<'_>) -> bool {
    let options = |locale: &Locale| locale.style_options.as_ref()?.punctuation_in_quote;
    let speaks = |locale: &&Locale| locale.lang.as_ref().is_none_or(|lang| *lang == setting.locale);
    let locales = setting.style.locale.iter().chain(setting.locale_files);
    locales.filter(speaks).find_map(options).unwrap_or(false)
}

/// Moves the style's stop into the quotation that ends a citation; the engine does so within one only.
fn quote_stops(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let (before, after) = pieces.split_at_mut(at);
        if let (Some(Piece::Item(_, content)), Some(Piece::Joint(joint))) =
            (before.last_mut(), after.first_mut())
            && let (Some(Inline::Text(words)), Some(Inline::Text(stop))) =
                (content.last_mut(), joint.first_mut())
            && stop.starts_with(['.', ','])
            && let Some(inner) = words.strip_suffix('”')
        {
            let has_stop = inner.ends_with(['.', '?', '!', ',']);
            let first = stop.remove(0);
            *words = if has_stop { words.clone() } else { format!("{inner}{first}”") };
        }
    }
}

/// What the reader has just seen cited.
#[derive(Debug)]
struct Before {
    note: Option<usize>,
    source: Option<usize>,
    /// Whether the note cites other works, too.
    is_mixed: bool,
}

impl Before {
    fn after(before: Option<Before>, note: Option<usize>, cited: &CitedSources) -> Self {
        let source = cited.first().map(|(source, _)| *source);
        let is_mixed = cited.iter().any(|(other, _)| Some(*other) != source);
        let same_note = before.filter(|before| before.note == note);
        let is_mixed = is_mixed || same_note.is_some_and(|it| it.is_mixed || it.source != source);
        Before { note, source, is_mixed }
    }

    /// Whether *ibid.* can only mean what was cited before: within a note, or after a note that cites one
    /// work. After a remark that cites nothing it would mean nothing.
    fn can_be_ibid(&self, note: Option<usize>) -> bool {
        let (Some(last), Some(this)) = (self.note, note) else { return false };
        this == last || this == last + 1 && !self.is_mixed
    }
}

/// What no style can set stands in the author's words, with the place that is cited.
fn in_own_words(mut content: Vec<Inline<Resolved>>, locator: Option<&Locator>) -> Vec<Inline<Resolved>> {
    // The style ends the note.
    if let Some(Inline::Text(last)) = content.last_mut() {
        last.truncate(last.trim_end().trim_end_matches('.').len());
    }
    if let Some(Locator::Written(place) | Locator::Timestamp(place)) = locator {
        rewrite::push_text(format!(", {place}"), &mut content);
    }
    content
}

/// Leaves the works and what stands between them: a citation within a note is no note.
fn strip_affixes(pieces: &mut Vec<Piece>) {
    let is_item = |piece: &Piece| matches!(piece, Piece::Item(..));
    let end = pieces.iter().rposition(is_item).map_or(0, |last| last + 1);
    pieces.truncate(end);
    let start = pieces.iter().position(is_item).unwrap_or(0);
    pieces.drain(..start);
}
