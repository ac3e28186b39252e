//! What entries take over from others: `crossref` and `xdata`.

use std::collections::HashMap;

use ::biblatex::{self as tex, ChunksExt, EntryType};

/// Entries between an heir and whom it takes over from.
const DEEPEST: usize = 4;
/// Entries that one can refer to.
const MOST_LINKS: usize = 8;
/// Fields that one book has more of than it can take over.
const LONGEST_FIELD: usize = 1 << 12;

/// What belongs to a work alone.
const OWN: &[&str] = &[
    "abstract",
    "annotation",
    "chapter",
    "crossref",
    "doi",
    "entrysubtype",
    "eprint",
    "eprinttype",
    "file",
    "ids",
    "keywords",
    "label",
    "note",
    "options",
    "pages",
    "pagetotal",
    "shorttitle",
    "subtitle",
    "title",
    "titleaddon",
    "url",
    "urldate",
    "xdata",
    "xref",
];

/// The entries of a file, to take over from.
#[derive(Debug)]
pub(super) struct Heirs<'a> {
    entries: &'a [tex::Entry],
    positions: &'a HashMap<String, usize>,
    /// Bytes that may still be taken over.
    budget: usize,
}

impl<'a> Heirs<'a> {
    pub(super) fn new(entries: &'a [tex::Entry], positions: &'a HashMap<String, usize>) -> Self {
        Heirs { entries, positions, budget: 1 << 26 }
    }

    /// Gives an entry what it takes over. Returns the keys that nothing has.
    pub(super) fn enrich(&mut self, entry: &mut tex::Entry) -> Vec<String> {
        let mut missing = Vec::new();
        self.follow(entry, 0, &mut missing);
        missing
    }

    fn follow(&mut self, entry: &mut tex::Entry, depth: usize, missing: &mut Vec<String>) {
        let links = ["crossref", "xdata"].map(|link| entry.get(link).map(ChunksExt::format_verbatim));
        let [crossref, data] = links.map(Option::unwrap_or_default);
        let crossref = Some((crossref.trim().to_owned(), false)).filter(|(key, _)| !key.is_empty());
        let data =
            data.split(',').map(|key| (key.trim().to_owned(), true)).filter(|(key, _)| !key.is_empty());
        let links: Vec<(String, bool)> = crossref.into_iter().chain(data).take(MOST_LINKS).collect();
        for (key, whole) in links {
            let Some(found) = self.positions.get(&key).and_then(|at| self.entries.get(*at)) else {
                missing.push(key);
                continue;
            };
            let mut parent = found.clone();
            // What is amiss with another entry is told where that one stands.
            if depth < DEEPEST {
                self.follow(&mut parent, depth + 1, &mut Vec::new());
            }
            self.take_over(entry, parent, whole);
        }
    }

    fn take_over(&mut self, entry: &mut tex::Entry, parent: tex::Entry, whole: bool) {
        let is_part = is_part(&entry.entry_type);
        for (name, value) in parent.fields {
            let name = match name.as_str() {
                "crossref" | "xdata" | "ids" => continue,
                _ if whole => name,
                "title" | "subtitle" | "titleaddon" => match prefix(&entry.entry_type, &parent.entry_type) {
                    Some(prefix) => format!("{prefix}{name}"),
                    None => continue,
                },
                "author" if is_part && parent.entry_type == EntryType::Book => "bookauthor".to_owned(),
                own if OWN.contains(&own) => continue,
                _ => name,
            };
            let length: usize = value.iter().map(|chunk| chunk.v.get().len() + 64).sum();
            let fits = length <= LONGEST_FIELD && length <= self.budget;
            // `journal` is how BibTeX spells `journaltitle`.
            let has_it = entry.fields.contains_key(&name)
                || (name == "journaltitle" && entry.fields.contains_key("journal"))
                || (matches!(name.as_str(), "date" | "year") && has_date(entry));
            if fits && !has_it {
                self.budget -= length;
                entry.fields.insert(name, value);
            }
        }
    }
}

fn has_date(entry: &tex::Entry) -> bool {
    entry.fields.contains_key("date") || entry.fields.contains_key("year")
}

fn is_part(kind: &EntryType) -> bool {
    use EntryType::{BookInBook, InBook, InCollection, InProceedings, InReference, SuppBook, SuppCollection};
    matches!(
        kind,
        BookInBook | InBook | InCollection | InProceedings | InReference | SuppBook | SuppCollection
    )
}

/// What the title of a parent becomes in its child, before `title`.
fn prefix(child: &EntryType, parent: &EntryType) -> Option<&'static str> {
    use EntryType::{Article, Periodical, SuppPeriodical};
    match (child, parent) {
        (Article | SuppPeriodical, Periodical) => Some("journal"),
        (_, parent) if parent.is_multi_volume() => Some("main"),
        (child, _) if is_part(child) => Some("book"),
        _ => None,
    }
}
