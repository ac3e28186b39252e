//! Setting citations that stand in the text.

use std::collections::HashMap;

use hayagriva::citationberg::IndependentStyle;
use hayagriva::{BibliographyDriver, CitationItem, Entry};

use super::specialised::Specialised;
use super::{CitedSources, Item, Piece, SettingStyle, entries, items, pieces};

/// Citations as they are set.
#[derive(Debug, Default)]
pub(super) struct InText {
    /// For each citation that was asked for, its position in `citations`.
    pub(super) positions: Vec<usize>,
    pub(super) citations: Vec<Vec<Piece>>,
    /// The bibliography, where it is set with the citations.
    pub(super) items: Vec<Item>,
}

/// Sets the citations of all chapters. Works that are `listed` only are known to the engine, too: what looks
/// like one of them is told apart. A numeric style is not `specialised`.
pub(super) fn set(
    chapters: &[Vec<CitedSources>],
    listed: &[usize],
    entries: &[Entry],
    specialised: Option<&Specialised>,
    with_list: bool,
    setting: &SettingStyle<'_>,
) -> InText {
    // Such a citation looks the same wherever it stands, so that equal ones are set once.
    let is_placeless = specialised.is_none_or(|styles| !styles.look_at_position());
    let mut driver = BibliographyDriver::new();
    let mut positions = Vec::new();
    let mut seen: HashMap<&CitedSources, usize> = HashMap::new();
    let mut registered = 0;
    let setting_for = |sources: &mut dyn Iterator<Item = usize>| {
        let style = specialised.map_or(setting.style, |styles| styles.for_citation(sources));
        SettingStyle { style, ..setting.clone() }
    };
    for cluster in chapters.iter().flatten() {
        let known = seen.get(cluster).copied().filter(|_| is_placeless);
        positions.push(known.unwrap_or(registered));
        if known.is_none() {
            seen.insert(cluster, registered);
            registered += 1;
            let setting = setting_for(&mut cluster.iter().map(|(source, _)| *source));
            driver.citation(setting.request(items(cluster, entries), None));
        }
    }
    // Each is a request of its own: hayagriva sorts the works of one request by looking each of them up
    // among all.
    for &source in listed {
        let Some(entry) = entries.get(source) else { continue };
        let hidden = CitationItem::new(entry, None, None, true, None);
        driver.citation(setting_for(&mut std::iter::once(source)).request(vec![hidden], None));
    }
    let without_list;
    let mut setting = setting.clone();
    if !with_list {
        without_list = IndependentStyle { bibliography: None, ..setting.style.clone() };
        setting.style = &without_list;
    }
    let (citations, items) = entries::finish(driver, entries, &setting);
    let citations = citations.into_iter().take(registered).map(|it| pieces(it.citation)).collect();
    InText { positions, citations, items }
}
