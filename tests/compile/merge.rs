//! Descriptions of sources become one entry per work.

use garland::compile::merge::{Attestation, Candidate, Decisions, Merged, Origin, Reason, merge};
use hayagriva::Entry;
use hayagriva::types::{
    Date, EntryType, FormatString, MaybeTyped, Person, PersonRole, PersonsWithRoles, QualifiedUrl,
};
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::{collection, option, sample};

use crate::harness::tries;

fn person(name: &str) -> Person {
    Person::from_strings(name.split(", ").collect()).expect("a name")
}

/// A line of the table: kind; authors; title; year; name=value; …
fn candidate(line: &str, key: &str) -> Candidate {
    let mut cells = line.split("; ").map(str::trim);
    let kind: EntryType = cells.next().unwrap_or_default().trim_end_matches(';').parse().expect("a kind");
    let mut entry = Entry::new(key, kind);
    let mut candidate_words = String::new();
    let mut addresses = Vec::new();
    if let Some(authors) = cells.next().filter(|cell| !cell.is_empty()) {
        entry.set_authors(authors.split(" & ").map(person).collect());
    }
    if let Some(title) = cells.next().filter(|cell| !cell.is_empty()) {
        entry.set_title(FormatString::with_value(title));
    }
    if let Some(year) = cells.next().filter(|cell| !cell.is_empty()) {
        entry.set_date(Date::from_year(year.parse().expect("a year")));
    }
    let mut parent = Entry::new(key, EntryType::Book);
    for (name, value) in cells.filter_map(|cell| cell.split_once('=')) {
        let value = value.trim();
        let number = || MaybeTyped::String(value.to_owned());
        match name {
            "doi" | "isbn" | "arxiv" => entry.set_keyed_serial_number(name, value.to_owned()),
            "url" => entry.set_url(QualifiedUrl::new(value.parse().expect("an address"), None)),
            "volume" => entry.set_volume(number()),
            "edition" => entry.set_edition(number()),
            "language" => entry.set_language(value.parse().expect("a language")),
            "in" => {
                parent.set_title(FormatString::with_value(value));
                if matches!(kind, EntryType::Article) {
                    parent = Entry::new(key, EntryType::Periodical);
                    parent.set_title(FormatString::with_value(value));
                }
                entry.set_parents(vec![parent.clone()]);
            }
            "translator" => {
                entry.set_affiliated(vec![PersonsWithRoles::new(vec![person(value)], PersonRole::Translator)])
            }
            "words" => candidate_words = value.to_owned(),
            "at" => addresses.push(value.to_owned()),
            _ => panic!("what is {name}?"),
        }
    }
    Candidate {
        entry,
        attestation: Attestation::Full,
        words: candidate_words,
        addresses,
        origin: Origin::default(),
    }
}

fn candidates(lines: &[&str]) -> Vec<Candidate> {
    let keys = ["a", "b", "c", "d", "e", "f"];
    lines
        .iter()
        .zip(keys)
        .enumerate()
        .map(|(place, (line, key))| {
            let mut candidate = candidate(line, key);
            candidate.origin.place = place;
            candidate
        })
        .collect()
}

fn merged(candidates: &[Candidate]) -> Merged<'_> {
    merge(candidates, &Decisions::default())
}

#[test]
fn pairs_are_told_apart() {
    let table = include_str!("../fixtures/merging/pairs.txt");
    let mut wrong = Vec::new();
    let mut count = 0;
    for block in table.split("\n\n").skip(1) {
        let mut lines = block.trim().lines();
        let (expected, name) = lines.next().and_then(|line| line.split_once(": ")).expect("a heading");
        let pair = candidates(&lines.collect::<Vec<_>>());
        let merged = merged(&pair);
        let found = match (merged.groups.len(), merged.near_misses.first()) {
            (1, _) => "same",
            (_, Some(_)) => "near",
            _ => "other",
        };
        count += 1;
        if found != expected {
            wrong.push(format!("{name}: {found}, not {expected} {:?}", merged.near_misses));
        }
    }
    assert!(count >= 40, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_better_attested_value_is_kept_and_the_other_reported() {
    let mut candidates = candidates(&[
        "book; Doe, Jane; Minds; 2001; doi=10.1000/1",
        "book; Doe, Jane; Minds; 2002; doi=10.1000/1; edition=2",
        "book; Doe, J.; Minds: A History; 2002; url=https://doi.org/10.1000/1",
    ]);
    candidates[0].attestation = Attestation::File;
    let merged = merged(&candidates);
    let [group] = merged.groups.as_slice() else { panic!("{:?}", merged.groups) };
    assert_eq!(group.members, [0, 1, 2]);
    assert_eq!(group.attestation, Attestation::File);
    assert_eq!(group.entry.key(), "a");
    assert_eq!(group.entry.date().map(|date| date.year), Some(2001));
    assert!(group.entry.edition().is_some(), "filled in");
    let [conflict] = merged.conflicts.as_slice() else { panic!("{:?}", merged.conflicts) };
    assert_eq!(conflict.field, "date");
    let said: Vec<_> =
        conflict.values.iter().map(|claim| (claim.value.as_str(), claim.said_by.as_slice())).collect();
    assert_eq!(said, [("2001", &[0][..]), ("2002", &[1, 2][..])]);
}

#[test]
fn of_equals_the_value_of_more_candidates_is_kept() {
    let candidates = candidates(&[
        "book; Doe, Jane; Minds; 2001; doi=10.1000/1",
        "book; Doe, Jane; Minds; 2002; doi=10.1000/1",
        "book; Doe, Jane; Minds; 2002; doi=10.1000/1",
    ]);
    assert_eq!(merged(&candidates).groups[0].entry.date().map(|date| date.year), Some(2002));
}

#[test]
fn what_fits_two_contradictory_works_joins_neither() {
    let candidates = candidates(&[
        "book; Foucault, Michel; Discipline and Punish; 1977",
        "book; Foucault, Michel; Discipline and Punish; 1995",
        "book; Foucault, Michel; Discipline and Punish",
    ]);
    let merged = merged(&candidates);
    assert_eq!(merged.groups.len(), 3);
    let reasons: Vec<Reason> = merged.near_misses.iter().map(|near_miss| near_miss.reason).collect();
    assert_eq!(reasons, [Reason::Ambiguous; 2]);
}

#[test]
fn an_identifier_does_not_chain_contradictions() {
    let candidates = candidates(&[
        "article; Doe, Jane; Minds and Mirrors; 2001; doi=10.1000/1; url=https://example.org/a",
        "article; Roe, Ann; Tax Law in Hungary; 2010; doi=10.1000/2; url=https://example.org/a",
        "misc; ; ; ; words=See there; at=https://example.org/a",
    ]);
    let merged = merged(&candidates);
    assert_eq!(merged.groups.len(), 3);
    assert!(merged.near_misses.iter().all(|near_miss| near_miss.shares_identifier));
    assert!(merged.conflicts.iter().any(|conflict| conflict.groups.len() == 2 && conflict.field == "doi"));
}

#[test]
fn the_editor_decides() {
    let candidates = candidates(&[
        "book; Doe, Jane; Minds; 2001",
        "book; Doe, Jane; Minds; 2001; edition=2",
        "book; Poe, Edgar; Ravens; 1845",
        "misc; ; ; ; words=That poem about a bird",
    ]);
    let list = |names: [&str; 2]| names.map(str::to_owned).to_vec();
    let decisions = Decisions {
        merge: vec![list(["c", "that poem about a bird"]), list(["a", "nobody"])],
        keep_apart: vec![list(["a", "b"])],
    };
    let merged = merge(&candidates, &decisions);
    let members: Vec<&[usize]> = merged.groups.iter().map(|group| group.members.as_slice()).collect();
    assert_eq!(members, [&[0][..], &[1], &[2, 3]]);
    assert_eq!(merged.unknown, ["nobody"]);
    assert!(merged.near_misses.is_empty(), "{:?}", merged.near_misses);
}

/// Small worlds, in which much is alike.
fn any_candidate() -> impl Strategy<Value = Candidate> {
    let kinds =
        sample::select(vec![EntryType::Book, EntryType::Article, EntryType::Misc, EntryType::Chapter]);
    let titles = sample::select(vec![
        "Minds and Their Mirrors",
        "Minds & their mirrors: a history",
        "Mind and Their Mirrors",
        "Minds",
        "Introduction",
        "The Colour of Machines in the Age of Steam",
        "The Color of Machines in the Age of Steam",
    ]);
    let authors = sample::subsequence(vec!["Doe, Jane", "Doe, J.", "Roe, Ann", "Poe, Edgar"], 0..3);
    let addresses = sample::select(vec![
        "https://example.org/a",
        "http://www.example.org/a/",
        "https://example.org/b",
        "https://example.com/",
        "https://doi.org/10.1000/1",
    ]);
    let words = sample::select(vec!["", "", "See there", "see there.", "Another"]);
    let attestations = sample::select(vec![Attestation::File, Attestation::Full, Attestation::Short]);
    let small = || option::weighted(0.3, 1..3_i32);
    (
        (kinds, option::weighted(0.8, titles), authors, option::weighted(0.7, 2000..2003_i32)),
        (option::weighted(0.3, addresses), words, attestations),
        (small(), small(), small(), small()),
    )
        .prop_map(
            |((kind, title, authors, year), (address, words, attestation), (doi, isbn, volume, edition))| {
                let mut entry = Entry::new("key", kind);
                if let Some(title) = title {
                    entry.set_title(FormatString::with_value(title));
                }
                if !authors.is_empty() {
                    entry.set_authors(authors.into_iter().map(person).collect());
                }
                if let Some(year) = year {
                    entry.set_date(Date::from_year(year));
                }
                if let Some(doi) = doi {
                    entry.set_doi(format!("10.1000/{doi}"));
                }
                if let Some(isbn) = isbn {
                    entry.set_isbn(["9780374275631", "9780143036531"][isbn as usize - 1].to_owned());
                }
                if let Some(volume) = volume {
                    entry.set_volume(MaybeTyped::Typed(volume.into()));
                }
                if let Some(edition) = edition {
                    entry.set_edition(MaybeTyped::Typed(edition.into()));
                }
                if let Some(address) = address {
                    entry.set_url(QualifiedUrl::new(address.parse().expect("an address"), None));
                }
                Candidate {
                    entry,
                    attestation,
                    words: words.to_owned(),
                    addresses: Vec::new(),
                    origin: Origin::default(),
                }
            },
        )
}

const FIELDS: [&str; 8] = ["title", "author", "date", "volume", "edition", "url", "serial-number", "parent"];

/// Groups by what is said in them, and their entries, in the order of the output.
fn content(candidates: &[Candidate], merged: &Merged) -> Vec<(Vec<String>, String)> {
    let said = |at: &usize| {
        let candidate = &candidates[*at];
        format!("{:?} {:?} {}", candidate.entry, candidate.attestation, candidate.words)
    };
    merged
        .groups
        .iter()
        .map(|group| {
            let mut members: Vec<String> = group.members.iter().map(said).collect();
            members.sort();
            (members, format!("{:?}", *group.entry))
        })
        .collect()
}

proptest! {
    #![proptest_config(tries(300))]

    #[test]
    fn any_order_gives_the_same_works(
        (one, other) in collection::vec(any_candidate(), 0..14)
            .prop_flat_map(|candidates| (Just(candidates.clone()), Just(candidates).prop_shuffle()))
    ) {
        let (first, second) = (merged(&one), merged(&other));
        prop_assert_eq!(content(&one, &first), content(&other, &second));
        prop_assert_eq!(&first.near_misses, &second.near_misses);
    }

    #[test]
    fn no_field_and_no_candidate_is_lost(candidates in collection::vec(any_candidate(), 0..14)) {
        let merged = merged(&candidates);
        let mut members: Vec<usize> = merged.groups.iter().flat_map(|group| group.members.clone()).collect();
        members.sort();
        prop_assert_eq!(members, (0..candidates.len()).collect::<Vec<_>>());
        for group in &merged.groups {
            for member in &group.members {
                for field in FIELDS {
                    prop_assert!(group.entry.has(field) || !candidates[*member].entry.has(field), "{}", field);
                }
            }
        }
    }

    #[test]
    fn other_dois_are_other_works(candidates in collection::vec(any_candidate(), 0..14)) {
        for group in &merged(&candidates).groups {
            let mut dois: Vec<_> =
                group.members.iter().filter_map(|member| candidates[*member].entry.doi()).collect();
            dois.dedup();
            prop_assert!(dois.len() < 2 || dois.iter().all(|doi| doi == &dois[0]), "{:?}", dois);
        }
    }

    #[test]
    fn merging_the_merged_changes_nothing(candidates in collection::vec(any_candidate(), 0..14)) {
        let first = merged(&candidates);
        let again: Vec<Candidate> = first
            .groups
            .iter()
            .map(|group| Candidate {
                entry: Entry::clone(&group.entry),
                attestation: group.attestation,
                words: group.words.to_owned(),
                addresses: group.addresses.clone(),
                origin: Origin::default(),
            })
            .collect();
        let second = merged(&again);
        let entries = |merged: &Merged| {
            let mut entries: Vec<_> = merged.groups.iter().map(|group| format!("{:?}", *group.entry)).collect();
            entries.sort();
            entries
        };
        prop_assert_eq!(entries(&first), entries(&second));
    }
}
