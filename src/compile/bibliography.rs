//! Setting citations and the bibliography in a CSL style.

mod completion;
mod conditions;
mod entries;
mod in_text;
mod locators;
mod notes;
mod rendered;
mod specialised;
mod style;

use std::collections::HashMap;

use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode};
use hayagriva::types::{ChunkedString, FormatString};
use hayagriva::{CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta, Entry};

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::anthology::Resolved;
use crate::diagnostic::Diagnostics;
use crate::document::Inline;

use super::entry::styled;
use super::linked::{LinkedChapter, Locator};
use super::sources::Source;

use in_text::InText;
use rendered::pieces;
use specialised::Specialised;
pub(super) use style::{ChosenStyle, Wanted};

/// The works of one citation: sources, with the places in them.
pub(super) type CitedSources = Vec<(usize, Option<Locator>)>;

/// A piece of a citation as it is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// What stands around and between the works.
    Joint(Vec<Inline<Resolved>>),
    /// A work: position in the cluster, and its text.
    Item(usize, Vec<Inline<Resolved>>),
}

/// An entry of the bibliography as it is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetEntry {
    pub(super) source: usize,
    pub(super) label: Option<String>,
    pub(super) content: Vec<Inline<Resolved>>,
}

/// All that the style has to say about the book.
#[derive(Debug, Default)]
pub(super) struct SetBibliography {
    /// For each citation that was asked for, its position in `citations`.
    pub(super) positions: Vec<usize>,
    pub(super) citations: Vec<Vec<Piece>>,
    pub(super) entries: Vec<SetEntry>,
}

/// What chapters cite, in reading order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Citations<'a> {
    /// For each chapter, the sources of its clusters.
    pub(super) sources: &'a [Vec<CitedSources>],
    pub(super) chapters: &'a [LinkedChapter],
}

/// Sets what the chapters cite and the bibliography of all `sources`.
pub(super) fn set(
    sources: Vec<Source>,
    citations: Citations<'_>,
    style: ChosenStyle<'_>,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> SetBibliography {
    if sources.is_empty() {
        return SetBibliography::default();
    }
    let Some(style) = style.load(diagnostics) else { return SetBibliography::default() };
    let setting = SettingStyle::new(&style, language, needs_no_words(&sources, citations.sources));
    set_list(sources, citations, &setting)
}

/// Sets every chapter by itself, with the bibliography of the sources that are its own. Returns the
/// citations, and the chapters' bibliographies.
pub(super) fn set_by_essay(
    sources: &[Source],
    citations: Citations<'_>,
    own: &[Vec<usize>],
    style: ChosenStyle<'_>,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> (SetBibliography, Vec<Vec<SetEntry>>) {
    let style = if sources.is_empty() { None } else { style.load(diagnostics) };
    let Some(style) = style else { return Default::default() };
    let setting = SettingStyle::new(&style, language, needs_no_words(sources, citations.sources));
    let Citations { sources: cited, chapters } = citations;
    let essays: Vec<SetBibliography> = own
        .par_iter()
        .zip(cited)
        .zip(chapters)
        .map(|((own, cited), chapter)| set_essay(sources, own, cited, chapter, &setting))
        .collect();
    let mut set = SetBibliography::default();
    let mut lists = Vec::with_capacity(essays.len());
    for SetBibliography { positions, citations, entries } in essays {
        let before = set.citations.len();
        set.positions.extend(positions.into_iter().map(|position| before + position));
        set.citations.extend(citations);
        lists.push(entries);
    }
    (set, lists)
}

fn set_essay(
    sources: &[Source],
    own: &[usize],
    cited: &[CitedSources],
    chapter: &LinkedChapter,
    setting: &SettingStyle<'_>,
) -> SetBibliography {
    let mut here: HashMap<usize, usize> = HashMap::new();
    let mut all = Vec::new();
    for &source in own {
        here.entry(source).or_insert_with(|| {
            all.push(source);
            all.len() - 1
        });
    }
    let move_in = |cluster: &CitedSources| -> CitedSources {
        cluster.iter().filter_map(|(source, place)| Some((*here.get(source)?, place.clone()))).collect()
    };
    let cited = [cited.iter().map(move_in).collect()];
    let citations = Citations { sources: &cited, chapters: std::slice::from_ref(chapter) };
    let own = all.iter().filter_map(|source| sources.get(*source).cloned()).collect();
    let mut set = set_list(own, citations, setting);
    for entry in &mut set.entries {
        entry.source = all.get(entry.source).copied().unwrap_or_default();
    }
    set
}

/// An entry as the engine set it.
#[derive(Debug, Clone)]
struct Item {
    source: usize,
    /// What the style wants beside the entry.
    first_field: Option<ElemChild>,
    content: ElemChildren,
}

/// Sets citations, and the bibliography of `sources`.
fn set_list(sources: Vec<Source>, citations: Citations<'_>, setting: &SettingStyle<'_>) -> SetBibliography {
    let Citations { sources: chapters, chapters: linked } = citations;
    let entries: Vec<Entry> = sources.iter().enumerate().map(|(at, source)| entry(at, source)).collect();
    let (cited, listed) = citing_order(chapters, entries.len());
    // Numbers take the engine no time to speak of.
    let is_numeric = style::is_numeric(setting.style);
    let specialised = (!is_numeric).then(|| Specialised::new(&entries, setting));
    let apart = specialised.as_ref().filter(|styles| entries::stand_apart(setting.style, styles));
    let in_notes = specialised.as_ref().filter(|_| style::cites_in_notes(setting.style));
    let InText { positions, citations, items } = match in_notes {
        Some(styles) => {
            let citations = notes::set(chapters, linked, &sources, &entries, styles, setting);
            InText { positions: (0..citations.len()).collect(), citations, items: Vec::new() }
        }
        None => in_text::set(chapters, &listed, &entries, specialised.as_ref(), apart.is_none(), setting),
    };
    let all = [cited, listed].concat();
    let items = match apart {
        Some(styles) => entries::set_apart(&entries, &all, styles, setting),
        None if in_notes.is_some() => entries::set_unseen(&entries, &all, setting.style, setting),
        None => items,
    };
    let mut written: Vec<Option<Source>> = sources.into_iter().map(Some).collect();
    let set_entry = |item: Item| Some(set_entry(written.get_mut(item.source)?.take()?, item));
    SetBibliography { positions, citations, entries: items.into_iter().filter_map(set_entry).collect() }
}

/// Sources in the order in which they are cited, and those that are listed only.
fn citing_order(chapters: &[Vec<CitedSources>], sources: usize) -> (Vec<usize>, Vec<usize>) {
    let mut is_new = vec![true; sources];
    let mut take = |source: &usize| is_new.get_mut(*source).is_some_and(std::mem::take);
    let all = chapters.iter().flatten().flatten().map(|(source, _)| *source);
    let cited: Vec<usize> = all.filter(|source| take(source)).collect();
    let listed = (0..sources).filter(|source| take(source)).collect();
    (cited, listed)
}

/// The works of a citation as the engine takes them.
fn items<'a>(cluster: &'a CitedSources, entries: &'a [Entry]) -> Vec<CitationItem<'a, Entry>> {
    let item = |(source, locator): &'a (usize, Option<Locator>)| {
        Some(CitationItem::with_locator(entries.get(*source)?, locator.as_ref().map(locators::specific)))
    };
    cluster.iter().filter_map(item).collect()
}

/// A style, and the language that it speaks.
#[derive(Debug, Clone)]
struct SettingStyle<'a> {
    style: &'a IndependentStyle,
    locale: LocaleCode,
    locale_files: &'a [Locale],
}

impl<'a> SettingStyle<'a> {
    /// A numeric style that needs no words speaks no language.
    fn new(style: &'a IndependentStyle, language: &str, needs_no_words: bool) -> Self {
        let wordless = style::is_numeric(style) && needs_no_words;
        let locale_files: &[Locale] = if wordless { &[] } else { &style::LOCALES };
        SettingStyle { style, locale: style::locale_for(language, style, locale_files), locale_files }
    }

    fn request(
        &self,
        items: Vec<CitationItem<'a, Entry>>,
        note: Option<usize>,
    ) -> CitationRequest<'a, Entry> {
        CitationRequest::new(items, self.style, Some(self.locale.clone()), self.locale_files, note)
    }
}

/// Whether the style has nothing to say but numbers: authors wrote every source out, and no place in
/// one needs a word such as `p.`. Reading the words of all languages takes longer than the rest.
fn needs_no_words(sources: &[Source], chapters: &[Vec<CitedSources>]) -> bool {
    let named = |(_, locator): &(usize, Option<Locator>)| matches!(locator, Some(Locator::Written(_)));
    sources.iter().all(|source| source.words.is_some()) && !chapters.iter().flatten().flatten().any(named)
}

/// The style's entry; what was not understood well enough keeps the author's words and takes the label
/// only.
fn set_entry(written: Source, item: Item) -> SetEntry {
    let source = item.source;
    let number = item.content.find_meta(&ElemMeta::CitationNumber).map(|elem| format!("{elem:#}"));
    let label = item.first_field.map(|field| format!("{field:#}"));
    let label = label.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
    match written.words {
        None => SetEntry { source, label, content: rendered::entry(item.content) },
        Some(words) => SetEntry { source, label: label.or(number), content: words },
    }
}

/// The source as hayagriva knows it. What authors wrote out has no key; a space cannot stand in one of a
/// bibliography file.
fn entry(position: usize, source: &Source) -> Entry {
    let mut entry = match source.key {
        Some(_) => styled(source.entry.key(), &source.entry),
        None => styled(&format!("written {position}"), &source.entry),
    };
    shorten_title(&mut entry);
    entry
}

/// Where a style wants a short title, the title without its subtitle is one.
fn shorten_title(entry: &mut Entry) {
    let Some(title) = entry.title().filter(|title| title.short.is_none()) else { return };
    let mut short = ChunkedString::new();
    for chunk in &title.value.0 {
        let end = chunk.value.find(": ");
        short.push_str(&chunk.value[..end.unwrap_or(chunk.value.len())], chunk.kind);
        if end.is_some() {
            let short = Some(Box::new(short));
            let title = FormatString { short, ..title.clone() };
            return entry.set_title(title);
        }
    }
}
