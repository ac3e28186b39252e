//! Setting citations and the bibliography in a CSL style.

mod completion;
mod locators;
mod rendered;
mod style;

use std::collections::HashMap;

use hayagriva::citationberg::Locale;
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest, ElemMeta, Entry,
};

use crate::anthology::Resolved;
use crate::diagnostic::Diagnostics;
use crate::document::Inline;

use super::entry::styled;
use super::linked::Locator;
use super::sources::Source;

use rendered::pieces;
pub(super) use style::Wanted;

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

/// Sets `clusters`, in reading order, and the bibliography of all `sources`.
pub(super) fn set(
    sources: Vec<Source>,
    clusters: &[CitedSources],
    wanted: Wanted<'_>,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> SetBibliography {
    if sources.is_empty() {
        // An editor wants to know of a misspelt style before the first citation.
        style::check(wanted, diagnostics);
        return SetBibliography::default();
    }
    let Some(style) = style::load(wanted, diagnostics) else { return SetBibliography::default() };
    let numeric = style::is_numeric(&style);
    let wordless = numeric && needs_no_words(&sources, clusters);
    let locale_files: &[Locale] = if wordless { &[] } else { &style::LOCALES };
    let locale = style::locale_for(language, locale_files);
    let entries: Vec<Entry> = sources.iter().enumerate().map(|(at, source)| entry(at, source)).collect();

    let mut driver = BibliographyDriver::new();
    let mut positions = Vec::with_capacity(clusters.len());
    let mut seen: HashMap<&CitedSources, usize> = HashMap::new();
    let mut registered = 0;
    for cluster in clusters {
        // A number looks the same wherever it stands, so that equal citations are set once.
        let known = seen.get(cluster).copied().filter(|_| numeric);
        positions.push(known.unwrap_or(registered));
        if known.is_none() {
            seen.insert(cluster, registered);
            registered += 1;
            let items = cluster.iter().filter_map(|(source, locator)| {
                Some(CitationItem::with_locator(
                    entries.get(*source)?,
                    locator.as_ref().map(locators::specific),
                ))
            });
            driver.citation(CitationRequest::new(
                items.collect(),
                &style,
                Some(locale.clone()),
                locale_files,
                None,
            ));
        }
    }
    // Works that are listed but not cited come last. Each is a request of its own: hayagriva sorts
    // the works of one request by looking each of them up among all.
    let mut listed = vec![true; entries.len()];
    for (source, _) in clusters.iter().flatten() {
        if let Some(listed) = listed.get_mut(*source) {
            *listed = false;
        }
    }
    for (entry, _) in entries.iter().zip(&listed).filter(|(_, listed)| **listed) {
        let hidden = CitationItem::new(entry, None, None, true, None);
        driver.citation(CitationRequest::new(vec![hidden], &style, Some(locale.clone()), locale_files, None));
    }

    let rendered = driver.finish(BibliographyRequest::new(&style, Some(locale), locale_files));
    let citations =
        rendered.citations.into_iter().take(registered).map(|citation| pieces(citation.citation)).collect();
    let items = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
    let source_of: HashMap<&str, usize> = entries.iter().enumerate().map(|(at, it)| (it.key(), at)).collect();
    let mut written: Vec<Option<Source>> = sources.into_iter().map(Some).collect();
    let set_entry = |item: BibliographyItem| {
        let source = *source_of.get(item.key.as_str())?;
        let written = written.get_mut(source).and_then(Option::take)?;
        Some(set_entry(source, written, item))
    };
    SetBibliography { positions, citations, entries: items.into_iter().filter_map(set_entry).collect() }
}

/// Whether the style has nothing to say but numbers: authors wrote every source out, and no place in
/// one needs a word such as `p.`. Reading the words of all languages takes longer than the rest.
fn needs_no_words(sources: &[Source], clusters: &[CitedSources]) -> bool {
    let named = |(_, locator): &(usize, Option<Locator>)| matches!(locator, Some(Locator::Written(_)));
    sources.iter().all(|source| source.words.is_some()) && !clusters.iter().flatten().any(named)
}

/// The style's entry; what was not understood well enough keeps the author's words and takes the label
/// only.
fn set_entry(source: usize, written: Source, item: BibliographyItem) -> SetEntry {
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
    match source.key {
        Some(_) => styled(source.entry.key(), &source.entry),
        None => styled(&format!("written {position}"), &source.entry),
    }
}
