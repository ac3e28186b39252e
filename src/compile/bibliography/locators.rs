//! Places in a work, from the author's words to CSL's.

use hayagriva::citationberg::taxonomy::Locator as LocatorKind;
use hayagriva::{LocatorPayload, SpecificLocator};

use super::super::linked::Locator;

/// What CSL calls the abbreviations that authors write before a place in a work.
const LOCATORS: [(&str, LocatorKind); 28] = [
    ("p", LocatorKind::Page),
    ("pp", LocatorKind::Page),
    ("page", LocatorKind::Page),
    ("pages", LocatorKind::Page),
    ("ch", LocatorKind::Chapter),
    ("chap", LocatorKind::Chapter),
    ("chapter", LocatorKind::Chapter),
    ("sec", LocatorKind::Section),
    ("section", LocatorKind::Section),
    ("§", LocatorKind::Section),
    ("fig", LocatorKind::Figure),
    ("figure", LocatorKind::Figure),
    ("tab", LocatorKind::Table),
    ("table", LocatorKind::Table),
    ("vol", LocatorKind::Volume),
    ("volume", LocatorKind::Volume),
    ("para", LocatorKind::Paragraph),
    ("paragraph", LocatorKind::Paragraph),
    ("line", LocatorKind::Line),
    ("lines", LocatorKind::Line),
    ("part", LocatorKind::Part),
    ("verse", LocatorKind::Verse),
    ("act", LocatorKind::Act),
    ("art", LocatorKind::ArticleLocator),
    ("bk", LocatorKind::Book),
    ("book", LocatorKind::Book),
    ("col", LocatorKind::Column),
    ("fol", LocatorKind::Folio),
];

pub(super) fn specific(locator: &Locator) -> SpecificLocator<'_> {
    match locator {
        Locator::Timestamp(moment) => SpecificLocator(LocatorKind::Custom, LocatorPayload::Str(moment)),
        Locator::Written(written) => {
            let written = written.trim();
            let (label, rest) = written
                .split_at(written.find(|c: char| !c.is_alphabetic() && c != '§').unwrap_or(written.len()));
            let known = LOCATORS.iter().find(|(name, _)| label.eq_ignore_ascii_case(name));
            match known {
                Some((_, kind)) if !rest.trim().is_empty() => {
                    let place = rest.trim_start_matches(['.', ' ', '\u{a0}']);
                    SpecificLocator(*kind, LocatorPayload::Str(place))
                }
                _ if label.is_empty() => SpecificLocator(LocatorKind::Page, LocatorPayload::Str(written)),
                _ => SpecificLocator(LocatorKind::Custom, LocatorPayload::Str(written)),
            }
        }
    }
}
