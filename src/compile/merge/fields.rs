//! One entry out of what several say of a work, field by field.
//!
//! Of the values of a field the better attested wins, then the one that more candidates give, then the
//! one that a reader meets first, so that a year and a publisher come from one hand; but a value that says
//! the same and more stands for it. What is missing is filled in from the others.

mod election;

use std::collections::BTreeMap;

use hayagriva::Entry;
use hayagriva::types::{
    EntryType, FormatString, MaybeTyped, Person, PersonsWithRoles, Publisher, QualifiedUrl,
};

use super::super::addresses;
use super::folding::{Name, Title, abbreviates, fold, numeral};
use super::{Attestation, Claim, Origin};
use election::Election;

/// Parents of parents are merged so deep.
const DEEPEST: usize = 6;

/// An entry, and the candidates that say it.
pub(super) struct Voter<'a> {
    pub(super) entry: &'a Entry,
    pub(super) words: &'a str,
    pub(super) attestation: Attestation,
    pub(super) members: Vec<usize>,
    /// Where the first of them stands.
    pub(super) origin: Origin,
}

pub(super) struct Settled {
    pub(super) entry: Entry,
    /// The field, and its values; the one that was kept is the first.
    pub(super) conflicts: Vec<(&'static str, Vec<Claim>)>,
}

/// Settles what the voters say, the best attested first. There is at least one, or the entry is empty.
pub(super) fn settle(voters: &[Voter]) -> Settled {
    let mut conflicts = Vec::new();
    let entry = merge(voters, 0, &mut conflicts);
    Settled { entry, conflicts }
}

/// What an entry says in a field, for people to read.
pub(super) fn shown(entry: &Entry, field: &str) -> Option<String> {
    match field {
        "title" => entry.title().map(text),
        "date" => entry.date().map(ToString::to_string),
        "author" => entry.authors().or(entry.editors()).map(persons),
        "doi" => entry.doi().map(str::to_owned),
        "isbn" => entry.isbn().map(str::to_owned),
        "arxiv" => entry.arxiv().map(str::to_owned),
        "volume" => entry.map(|entry| entry.volume().map(|volume| volume.to_str().into_owned())),
        "edition" => entry.map(|entry| entry.edition().map(|edition| edition.to_str().into_owned())),
        "chapter" => entry.chapter().map(|chapter| chapter.to_str().into_owned()),
        "type" => Some(kind_name(entry.entry_type())),
        _ => None,
    }
}

fn merge(voters: &[Voter], depth: usize, conflicts: &mut Vec<(&'static str, Vec<Claim>)>) -> Entry {
    let mut election = Election::new(voters, depth, conflicts);
    let kind = election.hold(
        "type",
        |entry| Some(entry.entry_type()).filter(|kind| **kind != EntryType::Misc),
        kind_name,
        kind_name,
        |_, _| depth > 0,
    );
    let key = voters.iter().map(|voter| (voter.attestation, voter.entry.key()));
    let key = key.filter(|(_, key)| !key.is_empty()).min().map_or("", |(_, key)| key);
    let mut merged = Entry::new(key, kind.copied().unwrap_or(EntryType::Misc));
    texts(&mut election, &mut merged);
    people(&mut election, &mut merged);
    numbers(&mut election, &mut merged);
    identifiers(&mut election, &mut merged);
    if depth < DEEPEST {
        let parents = parents(voters, depth, conflicts);
        merged.set_parents(parents);
    } else if let Some(voter) = voters.first() {
        merged.set_parents(voter.entry.parents().to_vec());
    }
    merged
}

fn texts(election: &mut Election, merged: &mut Entry) {
    let folded = |value: &FormatString| fold(&value.value.to_str());
    let short = |one: &FormatString, other: &FormatString| abbreviates(&folded(one), &folded(other));
    if let Some(title) = election.hold("title", Entry::title, text, folded_title, same_title) {
        let mut title = title.clone();
        if title.short.is_none() {
            title.short = election.first(|entry| entry.title()?.short.clone());
        }
        merged.set_title(title);
    }
    let name = election.hold("publisher", |entry| entry.publisher()?.name(), text, folded, short).cloned();
    let place = election.hold("place", |entry| entry.publisher()?.location(), text, folded, short).cloned();
    if name.is_some() || place.is_some() {
        merged.set_publisher(Publisher::new(name, place));
    }
    let differ = |_: &FormatString, _: &FormatString| false;
    if let Some(value) = election.hold("location", Entry::location, text, folded, short) {
        merged.set_location(value.clone());
    }
    if let Some(value) = election.hold("organization", Entry::organization, text, folded, short) {
        merged.set_organization(value.clone());
    }
    if let Some(value) = election.hold("archive", Entry::archive, text, folded, short) {
        merged.set_archive(value.clone());
    }
    if let Some(value) = election.hold("archive-location", Entry::archive_location, text, folded, differ) {
        merged.set_archive_location(value.clone());
    }
    if let Some(value) = election.hold("call-number", Entry::call_number, text, folded, differ) {
        merged.set_call_number(value.clone());
    }
    if let Some(value) = election.hold("note", Entry::note, text, folded, differ) {
        merged.set_note(value.clone());
    }
    if let Some(value) = election.hold("abstract", Entry::abstract_, text, folded, differ) {
        merged.set_abstract_(value.clone());
    }
    if let Some(value) = election.hold("genre", Entry::genre, text, folded, short) {
        merged.set_genre(value.clone());
    }
}

fn people(election: &mut Election, merged: &mut Entry) {
    if let Some(value) = election.hold("author", Entry::authors, persons, families, same_people) {
        merged.set_authors(value.to_vec());
    }
    if let Some(value) = election.hold("editor", Entry::editors, persons, families, same_people) {
        merged.set_editors(value.to_vec());
    }
    let mut roles: Vec<_> =
        election.entries().filter_map(Entry::affiliated).flatten().map(|group| &group.role).collect();
    roles.sort_by_cached_key(|role| format!("{role:?}"));
    roles.dedup();
    let mut affiliated = Vec::new();
    for role in roles {
        let of_role = |entry| -> Option<&[Person]> {
            let groups = Entry::affiliated(entry)?;
            groups.iter().find(|group| group.role == *role).map(|group| group.names.as_slice())
        };
        if let Some(names) = election.hold("affiliated", of_role, persons, families, same_people) {
            affiliated.push(PersonsWithRoles::new(names.to_vec(), role.clone()));
        }
    }
    if !affiliated.is_empty() {
        merged.set_affiliated(affiliated);
    }
}

fn numbers(election: &mut Election, merged: &mut Entry) {
    fn written<T: Clone + std::fmt::Display>(value: &MaybeTyped<T>) -> String {
        value.to_string()
    }
    fn number<T: Clone + std::fmt::Display>(value: &MaybeTyped<T>) -> String {
        numeral(&value.to_string())
    }
    fn folded<T: std::fmt::Display>(value: &T) -> String {
        fold(&value.to_string())
    }
    if let Some(value) = election.hold(
        "date",
        Entry::date,
        |date| date.to_string(),
        |date| format!("{} {:?} {:?} {:?}", date.year, date.month, date.day, date.season),
        |one, other| one.year == other.year && (one.month.is_none() || other.month.is_none()),
    ) {
        merged.set_date(*value);
    }
    if let Some(value) = election.hold("issue", Entry::issue, written, number, |_, _| false) {
        merged.set_issue(value.clone());
    }
    if let Some(value) = election.hold("chapter", Entry::chapter, written, number, |_, _| false) {
        merged.set_chapter(value.clone());
    }
    if let Some(value) = election.hold("volume", Entry::volume, written, number, |_, _| false) {
        merged.set_volume(value.clone());
    }
    if let Some(value) = election.hold("edition", Entry::edition, written, number, |_, _| false) {
        merged.set_edition(value.clone());
    }
    if let Some(value) =
        election.hold("volume-total", Entry::volume_total, ToString::to_string, folded, |_, _| false)
    {
        merged.set_volume_total(value.clone());
    }
    if let Some(value) = election.hold("page-range", Entry::page_range, written, folded, |_, _| false) {
        merged.set_page_range(value.clone());
    }
    if let Some(value) =
        election.hold("page-total", Entry::page_total, ToString::to_string, folded, |_, _| false)
    {
        merged.set_page_total(value.clone());
    }
    if let Some(value) = election.hold("time-range", Entry::time_range, written, folded, |_, _| false) {
        merged.set_time_range(value.clone());
    }
    if let Some(value) = election.hold("runtime", Entry::runtime, written, folded, |_, _| false) {
        merged.set_runtime(value.clone());
    }
    if let Some(value) = election.hold(
        "language",
        Entry::language,
        ToString::to_string,
        |language| language.language.as_str().to_owned(),
        |_, _| false,
    ) {
        merged.set_language(value.clone());
    }
}

fn identifiers(election: &mut Election, merged: &mut Entry) {
    let page = |url: &QualifiedUrl| {
        let address = url.value.as_str();
        addresses::identity(address).unwrap_or_else(|| address.to_owned())
    };
    if let Some(url) = election.hold("url", Entry::url, |url| url.value.to_string(), page, |_, _| false) {
        let visited = url.visit_date.or_else(|| {
            election.first(|entry| entry.url().filter(|also| page(also) == page(url))?.visit_date)
        });
        merged.set_url(QualifiedUrl::new(url.value.clone(), visited));
    }
    let mut kinds: Vec<&String> =
        election.entries().filter_map(Entry::serial_number).flat_map(|serials| serials.0.keys()).collect();
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        let field = match kind.as_str() {
            "doi" => "doi",
            "isbn" => "isbn",
            "issn" => "issn",
            "arxiv" => "arxiv",
            "pmid" => "pmid",
            "pmcid" => "pmcid",
            _ => "serial-number",
        };
        let folded = |value: &str| match field {
            "doi" => {
                addresses::doi(&addresses::percent_decode(value)).unwrap_or_else(|| value.to_lowercase())
            }
            "arxiv" => addresses::arxiv(value).unwrap_or_else(|| value.to_lowercase()),
            _ => value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect(),
        };
        let of_kind = |entry| Entry::keyed_serial_number(entry, kind);
        let same = |one: &str, other: &str| {
            field == "isbn" && super::description::isbns(one) == super::description::isbns(other)
        };
        if let Some(value) = election.hold(field, of_kind, str::to_owned, folded, same) {
            merged.set_keyed_serial_number(kind, value.to_owned());
        }
    }
}

/// What a parent is to its entry: parents of one role are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Container,
    Event,
    Original,
}

fn parents(voters: &[Voter], depth: usize, conflicts: &mut Vec<(&'static str, Vec<Claim>)>) -> Vec<Entry> {
    let mut by_role: BTreeMap<(Role, usize), Vec<Voter>> = BTreeMap::new();
    for voter in voters {
        let mut count = [0; 3];
        for parent in voter.entry.parents() {
            let role = match parent.entry_type() {
                EntryType::Conference => Role::Event,
                EntryType::Original => Role::Original,
                _ => Role::Container,
            };
            let Some(ordinal) = count.get_mut(role as usize) else { continue };
            by_role.entry((role, *ordinal)).or_default().push(Voter {
                entry: parent,
                words: "",
                attestation: voter.attestation,
                members: voter.members.clone(),
                origin: voter.origin,
            });
            *ordinal += 1;
        }
    }
    by_role.into_values().map(|voters| merge(&voters, depth + 1, conflicts)).collect()
}

fn kind_name(kind: &EntryType) -> String {
    format!("{kind:?}").to_lowercase()
}

fn text(value: &FormatString) -> String {
    value.value.to_str().into_owned()
}

fn folded_title(value: &FormatString) -> String {
    Title::new(&value.value.to_str()).map_or_else(String::new, |title| title.text)
}

/// Whether one title is the other without its subtitle.
fn same_title(one: &FormatString, other: &FormatString) -> bool {
    let [Some(one), Some(other)] = [one, other].map(|title| Title::new(&title.value.to_str())) else {
        return true;
    };
    one.main() == other.main() && one.has_subtitle() != other.has_subtitle()
        || abbreviates(&one.text, &other.text)
}

fn persons(value: &[Person]) -> String {
    let names: Vec<String> = value.iter().map(|person| person.name_first(false, false)).collect();
    names.join("; ")
}

fn families(value: &[Person]) -> String {
    let families: Vec<String> = names(value).map(|name| name.family).collect();
    families.join(";")
}

fn names(value: &[Person]) -> impl Iterator<Item = Name> {
    value
        .iter()
        .filter_map(|person| Name::new(&person.name, person.given_name.as_deref().unwrap_or_default()))
}

/// Whether the names are spellings of each other, one by one.
fn same_people(one: &[Person], other: &[Person]) -> bool {
    let (mut one, mut other) = (names(one), names(other));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(name), Some(also)) if name.is_like(&also) => {}
            _ => return false,
        }
    }
}
