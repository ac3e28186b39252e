//! The entries of the bibliography.
//!
//! What the engine says of a work depends on the others where two citations would look the same, and in the
//! order of the list. So works that could be mixed up are set together, all others one by one.

use std::collections::HashMap;

use hayagriva::citationberg::IndependentStyle;
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, Entry, RenderedCitation,
};
use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::specialised::Specialised;
use super::{Item, SettingStyle, style};

/// Whether entries are set without a look at the one before, nor at where the work was cited. What stands
/// beside numbers and labels is left to the engine as well.
pub(super) fn stand_apart(style: &IndependentStyle, specialised: &Specialised) -> bool {
    let is_plain = style.bibliography.as_ref().is_some_and(|bibliography| {
        bibliography.subsequent_author_substitute.is_none() && bibliography.second_field_align.is_none()
    });
    is_plain && (style::cites_in_notes(style) || !specialised.look_at_position())
}

/// Sets a bibliography whose entries stand apart. `cited` has every entry once, in the order of citation.
pub(super) fn set_apart(
    entries: &[Entry],
    cited: &[usize],
    specialised: &Specialised,
    setting: &SettingStyle<'_>,
) -> Vec<Item> {
    let known = if style::cites_in_notes(setting.style) {
        HashMap::new()
    } else {
        let alike = alike(entries, cited, specialised, setting);
        let together = set_together(entries, &alike, specialised, setting);
        together.into_iter().map(|item| (item.source, item)).collect()
    };
    let set = |source: usize| match known.get(&source) {
        Some(item) => Some(item.clone()),
        None => {
            let content = specialised.entry(source, entries.get(source)?, setting);
            Some(Item { source, first_field: None, content })
        }
    };
    sort(entries, cited, setting).into_par_iter().filter_map(set).collect()
}

/// Works whose citations look like those of others, in the order of citation.
fn alike(
    entries: &[Entry],
    cited: &[usize],
    specialised: &Specialised,
    setting: &SettingStyle<'_>,
) -> Vec<usize> {
    let citation = |source: &usize| Some(specialised.citation(*source, entries.get(*source)?, setting));
    let citations: Vec<Option<String>> = cited.par_iter().map(citation).collect();
    let mut count: HashMap<&Option<String>, usize> = HashMap::new();
    for citation in &citations {
        *count.entry(citation).or_default() += 1;
    }
    let sources = cited.iter().zip(&citations);
    sources.filter(|(_, it)| count.get(it).is_some_and(|it| *it > 1)).map(|(source, _)| *source).collect()
}

/// Sets entries as the engine does when it knows all of them, and nothing else.
fn set_together(
    entries: &[Entry],
    sources: &[usize],
    specialised: &Specialised,
    setting: &SettingStyle<'_>,
) -> Vec<Item> {
    let mut driver = BibliographyDriver::new();
    for &source in sources {
        let Some(entry) = entries.get(source) else { continue };
        let style = specialised.for_citation(std::iter::once(source));
        let setting = SettingStyle { style, ..setting.clone() };
        driver.citation(setting.request(vec![CitationItem::with_entry(entry)], None));
    }
    finish(driver, entries, setting).1
}

/// Sources in the order of the style's list.
fn sort(entries: &[Entry], cited: &[usize], setting: &SettingStyle<'_>) -> Vec<usize> {
    let mut sources = cited.to_vec();
    if setting.style.bibliography.as_ref().is_some_and(|bibliography| bibliography.sort.is_some()) {
        // The engine makes the keys of two works anew whenever it compares them, which it does less often
        // the better they are sorted beforehand.
        sources.sort_by_cached_key(|source| entries.get(*source).map(authors));
        let bare = style::with_bare_entries(setting.style);
        return set_unseen(entries, &sources, &bare, setting).into_iter().map(|item| item.source).collect();
    }
    sources
}

/// Sets the bibliography of works whose citations nobody sees: the engine need not set these.
pub(super) fn set_unseen(
    entries: &[Entry],
    sources: &[usize],
    style: &IndependentStyle,
    setting: &SettingStyle<'_>,
) -> Vec<Item> {
    let plain = style::with_plain_citations(style);
    let setting = SettingStyle { style: plain.as_ref().unwrap_or(style), ..setting.clone() };
    let mut driver = BibliographyDriver::new();
    // Each is a request of its own: hayagriva sorts the works of one request by looking each of them up
    // among all.
    for entry in sources.iter().filter_map(|source| entries.get(*source)) {
        driver.citation(setting.request(vec![CitationItem::new(entry, None, None, true, None)], None));
    }
    finish(driver, entries, &setting).1
}

/// Who a list is sorted by, roughly.
fn authors(entry: &Entry) -> String {
    let people = entry.authors().or(entry.editors()).unwrap_or_default();
    let mut names: Vec<&str> = Vec::new();
    for person in people {
        names.push(&person.name);
        names.extend(person.given_name.as_deref());
    }
    names.join(" ").to_lowercase()
}

/// Has the engine set all that it was given: citations, and entries in the style's order.
pub(super) fn finish(
    driver: BibliographyDriver<'_, Entry>,
    entries: &[Entry],
    setting: &SettingStyle<'_>,
) -> (Vec<RenderedCitation>, Vec<Item>) {
    let request = BibliographyRequest::new(setting.style, Some(setting.locale.clone()), setting.locale_files);
    let rendered = driver.finish(request);
    let source_of: HashMap<&str, usize> = entries.iter().enumerate().map(|(at, it)| (it.key(), at)).collect();
    let item = |BibliographyItem { key, first_field, content }| {
        Some(Item { source: *source_of.get(key.as_str())?, first_field, content })
    };
    let items = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
    (rendered.citations, items.into_iter().filter_map(item).collect())
}

#[cfg(test)]
mod tests;
