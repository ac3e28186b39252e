//! People and bodies whose works the essays cite, inverted as bibliographies have them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::anthology::{Anchor, CitationPlace, IndexLocator};
use crate::document::IndexHeading;
use crate::source::Name;

use super::super::names::fold;
use super::entries::Entries;

/// Adds an entry for each name, with every place where a work of theirs is cited.
pub(super) fn add(
    entries: &mut Entries,
    cited: &[(usize, CitationPlace)],
    creators: &[Vec<Name>],
    paragraphs: &HashMap<Anchor, usize>,
) {
    let used: BTreeSet<usize> = cited.iter().map(|(source, _)| *source).collect();
    let names: Vec<&Name> = used.iter().filter_map(|source| creators.get(*source)).flatten().collect();
    let fuller = fuller_names(&names);
    for (source, CitationPlace { chapter, anchor }) in cited {
        let Some(&paragraph) = paragraphs.get(anchor) else { continue };
        for name in creators.get(*source).into_iter().flatten() {
            let name = fuller.get(&key(name)).copied().unwrap_or(name);
            let text = inverted(name);
            if text.is_empty() {
                continue;
            }
            let entry = entries.entry(&[IndexHeading::from(text.as_str())]);
            let locator = IndexLocator {
                anchor: *anchor,
                end: None,
                chapter: Some(*chapter),
                paragraph,
                defines: false,
            };
            entries.locate(entry, locator);
        }
    }
}

/// `van Gogh, Vincent, Jr.`; a body's name as it is.
fn inverted(name: &Name) -> String {
    let family = [name.particle.as_deref(), Some(name.family.as_str())];
    let family: Vec<&str> =
        family.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect();
    let given = name.given.as_deref().map(str::trim).filter(|given| !given.is_empty());
    let suffix = name.suffix.as_deref().map(str::trim).filter(|suffix| !suffix.is_empty());
    let mut text = family.join(" ");
    for part in [given, suffix].into_iter().flatten() {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(part);
    }
    text
}

type NameKey = (String, String);

fn key(name: &Name) -> NameKey {
    let family = format!("{} {}", name.particle.as_deref().unwrap_or_default(), name.family);
    (fold(&family), fold(name.given.as_deref().unwrap_or_default()))
}

/// For names with initials only, the one full name that they can stand for: `Turing, A.` is `Turing, Alan`.
fn fuller_names<'a>(names: &[&'a Name]) -> BTreeMap<NameKey, &'a Name> {
    let mut by_family: BTreeMap<(String, char), BTreeMap<String, &'a Name>> = BTreeMap::new();
    for &name in names {
        let (family, given) = key(name);
        if let Some(first) = given.chars().next().filter(|_| !is_initials(&given)) {
            by_family.entry((family, first)).or_default().insert(given, name);
        }
    }
    let mut fuller = BTreeMap::new();
    for name in names {
        let (family, given) = key(name);
        let Some(first) = given.chars().next().filter(|_| is_initials(&given)) else { continue };
        let Some(full) = by_family.get(&(family.clone(), first)) else { continue };
        let mut fitting = full.iter().filter(|(full, _)| may_stand_for(&given, full));
        if let (Some((_, &only)), None) = (fitting.next(), fitting.next()) {
            fuller.insert((family, given), only);
        }
    }
    fuller
}

fn is_initials(given: &str) -> bool {
    given.split('-').all(|word| word.chars().count() == 1)
}

fn may_stand_for(initials: &str, given: &str) -> bool {
    let mut words = given.split('-');
    initials.split('-').all(|initial| words.next().is_none_or(|word| word.starts_with(initial)))
}

#[cfg(test)]
mod tests {
    use super::{fuller_names, inverted, key};
    use crate::source::Name;

    fn name(family: &str, given: &str) -> Name {
        Name { family: family.to_owned(), given: Some(given.to_owned()), ..Name::default() }
    }

    #[test]
    fn initials_stand_for_the_only_name_that_they_fit() {
        let (short, long, other) =
            (name("Turing", "A. M."), name("Turing", "Alan"), name("Turing", "Dermot"));
        let fuller = fuller_names(&[&short, &long, &other]);
        assert_eq!(inverted(fuller[&key(&short)]), "Turing, Alan");
        let second = name("Turing", "Ada");
        assert!(fuller_names(&[&short, &long, &second]).is_empty());
    }

    #[test]
    fn names_are_inverted() {
        let mut painter = name("Gogh", "Vincent");
        painter.particle = Some("van".to_owned());
        assert_eq!(inverted(&painter), "van Gogh, Vincent");
        assert_eq!(inverted(&Name { family: "UNESCO".to_owned(), ..Name::default() }), "UNESCO");
    }
}
