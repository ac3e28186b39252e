//! Between hayagriva's entries, which hold what a work appeared in as works of their own, and
//! [records](Record), which hold it in fields.

mod kinds;

use hayagriva::Entry;
use hayagriva::types::{
    ChunkKind, ChunkedString, Date, EntryType, FormatString, MaybeTyped, Person, PersonRole,
    PersonsWithRoles, Publisher, QualifiedUrl,
};
use url::Url;

use crate::source::{Name, Piece, Record, RecordDate, Text};

pub(super) use kinds::csl;

/// Numbers that libraries give to works: hayagriva's name, and ours.
const SERIALS: [(&str, &str); 11] = [
    ("doi", "DOI"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
    ("serial", "number"),
    ("version", "version"),
    ("arxiv", "arxiv"),
    ("isan", "isan"),
    ("ismn", "ismn"),
    ("iswc", "iswc"),
];

/// What an entry says, in fields.
pub(super) fn record_of(entry: &Entry) -> Record {
    let parent = |kind: EntryType| entry.parents().iter().find(|parent| *parent.entry_type() == kind);
    let kind = kinds::of(*entry.entry_type(), |container| {
        parent(container).is_some_and(|parent| container != EntryType::Periodical || says_something(parent))
    });
    let container = kind.container.and_then(parent);
    let holder = container.unwrap_or(entry);
    let collection = match container {
        Some(container) => container.parents().first(),
        None => {
            let is_collection = |parent: &&Entry| parent.entry_type() == entry.entry_type();
            entry.parents().iter().find(is_collection).or_else(|| parent(EntryType::Anthology))
        }
    };
    let event = parent(EntryType::Conference)
        .or_else(|| parent(EntryType::Exhibition))
        .filter(|event| container.is_none_or(|container| !std::ptr::eq(*event, container)));
    let original = parent(EntryType::Original);

    let mut record = Record::new(kind.name);
    let long_and_short = |record: &mut Record, field: &str, short: &str, title: Option<&FormatString>| {
        let Some(title) = title else { return };
        record.set(field, text_of(&title.value));
        if let Some(title) = &title.short {
            record.set(short, text_of(title));
        }
    };
    long_and_short(&mut record, "title", "title-short", entry.title());
    if let Some(container) = container {
        long_and_short(&mut record, "container-title", "container-title-short", container.title());
        set_names(&mut record, "container-author", container.authors());
    }
    if let Some(collection) = collection {
        set_text(&mut record, "collection-title", collection.title());
        set_number(&mut record, "collection-number", collection.volume());
        set_names(&mut record, "collection-editor", collection.editors());
    }
    if let Some(event) = event {
        set_text(&mut record, "event-title", event.title());
        set_text(&mut record, "event-place", event.location());
        set_date(&mut record, "event-date", event.date());
        set_names(&mut record, "chair", named_in(event, &PersonRole::Director));
    }
    if let Some(original) = original {
        set_text(&mut record, "original-title", original.title());
        set_text(&mut record, "original-publisher", original.publisher().and_then(Publisher::name));
        set_text(&mut record, "original-publisher-place", original.publisher().and_then(Publisher::location));
        set_date(&mut record, "original-date", original.date());
        set_names(&mut record, "original-author", original.authors());
    }
    set_names(&mut record, "author", entry.authors());
    set_names(&mut record, "editor", entry.editors().or_else(|| holder.editors()));
    for (name, role) in &kinds::ROLES {
        set_names(&mut record, name, named_in(entry, role).or_else(|| named_in(holder, role)));
    }
    set_date(&mut record, "issued", entry.date().or_else(|| holder.date()));
    set_number(&mut record, "volume", holder.volume().or_else(|| entry.volume()));
    set_number(&mut record, "issue", holder.issue().or_else(|| entry.issue()));
    set_number(&mut record, "edition", entry.edition().or_else(|| holder.edition()));
    set_number(&mut record, "chapter-number", entry.chapter());
    set_plain(&mut record, "page", entry.page_range());
    set_plain(&mut record, "number-of-pages", entry.page_total().or_else(|| holder.page_total()));
    set_plain(&mut record, "number-of-volumes", entry.volume_total().or_else(|| holder.volume_total()));
    set_plain(&mut record, "dimensions", entry.runtime());
    set_plain(&mut record, "language", entry.language().or_else(|| holder.language()));
    let publisher = entry.publisher().or_else(|| holder.publisher());
    set_text(&mut record, "publisher", publisher.and_then(Publisher::name));
    set_text(&mut record, "publisher-place", publisher.and_then(Publisher::location));
    set_text(&mut record, "authority", entry.organization().or_else(|| holder.organization()));
    set_text(&mut record, "archive", entry.archive());
    set_text(&mut record, "archive_location", entry.archive_location());
    set_text(&mut record, "call-number", entry.call_number());
    set_text(&mut record, "note", entry.note().or_else(|| holder.note()));
    set_text(&mut record, "abstract", entry.abstract_());
    set_text(&mut record, "genre", entry.genre());
    if let Some(url) = entry.url().or_else(|| holder.url()) {
        record.set("URL", url.value.as_str().into());
        set_date(&mut record, "accessed", url.visit_date.as_ref());
    }
    for (theirs, ours) in SERIALS {
        let number = entry.keyed_serial_number(theirs).or_else(|| holder.keyed_serial_number(theirs));
        record.set(ours, number.unwrap_or_default().into());
    }
    // BibLaTeX counts a series in the field that numbers a journal's issues.
    if container.is_none()
        && collection.is_some()
        && !record.fields.contains_key("collection-number")
        && let Some(number) = record.fields.remove("issue")
    {
        record.set("collection-number", number);
    }
    record
}

/// Whether a journal is more than hayagriva's assumption that an article has one.
fn says_something(journal: &Entry) -> bool {
    journal.title().is_some() || journal.volume().is_some() || journal.issue().is_some()
}

/// What a record says, as an entry; and the names of what has no place in one.
pub(super) fn entry_of(key: &str, record: &Record) -> (Entry, Vec<String>) {
    let mut lost = Vec::new();
    let kind = kinds::named(&record.kind);
    if kind.is_none() && record.kind != "document" {
        lost.push(format!("type: {}", record.kind));
    }
    let own = kind.map_or(EntryType::Misc, |kind| kind.own);
    let mut entry = Entry::new(key, own);
    let container_type = kind.and_then(|kind| kind.container).unwrap_or(EntryType::Book);
    let mut container = Entry::new(key, container_type);
    let has = |field: &str| record.fields.contains_key(field) || record.names.contains_key(field);
    let has_container =
        kind.is_some_and(|kind| kind.needs_container) || has("container-title") || has("container-author");
    let mut collection = Entry::new(key, if has_container { container_type } else { own });
    let mut event = Entry::new(key, EntryType::Conference);
    let mut original = Entry::new(key, EntryType::Original);

    let mut roles = Vec::new();
    for (role, names) in &record.names {
        let people: Vec<Person> = names.iter().map(person).collect();
        match role.as_str() {
            "author" => entry.set_authors(people),
            "editor" => entry.set_editors(people),
            "container-author" => container.set_authors(people),
            "collection-editor" => collection.set_editors(people),
            "original-author" => original.set_authors(people),
            "chair" => event.set_affiliated(vec![PersonsWithRoles::new(people, PersonRole::Director)]),
            other => match kinds::ROLES.iter().find(|(name, _)| *name == other) {
                Some((_, role)) => roles.push(PersonsWithRoles::new(people, role.clone())),
                None => lost.push(other.to_owned()),
            },
        }
    }
    if !roles.is_empty() {
        entry.set_affiliated(roles);
    }
    for (name, date) in &record.dates {
        let date = hayagriva_date(date);
        match name.as_str() {
            "issued" => entry.set_date(date),
            "event-date" => event.set_date(date),
            "original-date" => original.set_date(date),
            "accessed" if has("URL") => {}
            other => lost.push(other.to_owned()),
        }
    }
    let format = |field: &str| record.fields.get(field).map(format_string);
    let with_short = |field: &str, short: &str| {
        let long = record.fields.get(field).or_else(|| record.fields.get(short))?;
        let short = record.fields.get(field).and_then(|_| record.fields.get(short));
        Some(FormatString { value: chunks(long), short: short.map(|short| Box::new(chunks(short))) })
    };
    for (name, text) in &record.fields {
        let plain = text.plain();
        // Journals have volumes, books are volumes.
        let numbered = if has_container { &mut container } else { &mut entry };
        match name.as_str() {
            "title" | "title-short" => {
                if let Some(title) = with_short("title", "title-short") {
                    entry.set_title(title);
                }
            }
            "container-title" | "container-title-short" => {
                if let Some(title) = with_short("container-title", "container-title-short") {
                    container.set_title(title);
                }
            }
            "collection-title" => collection.set_title(format_string(text)),
            "collection-number" => collection.set_volume(maybe_typed(&plain)),
            "event-title" => event.set_title(format_string(text)),
            "event-place" => event.set_location(format_string(text)),
            "original-title" => original.set_title(format_string(text)),
            "original-publisher" | "original-publisher-place" => original.set_publisher(Publisher::new(
                format("original-publisher"),
                format("original-publisher-place"),
            )),
            "volume" => numbered.set_volume(maybe_typed(&plain)),
            "issue" => numbered.set_issue(maybe_typed(&plain)),
            "edition" => numbered.set_edition(maybe_typed(&plain)),
            "publisher" | "publisher-place" => {
                numbered.set_publisher(Publisher::new(format("publisher"), format("publisher-place")));
            }
            "authority" => numbered.set_organization(format_string(text)),
            "chapter-number" => entry.set_chapter(maybe_typed(&plain)),
            "page" => entry.set_page_range(maybe_typed(&plain)),
            "number-of-pages" => match plain.parse() {
                Ok(total) => numbered.set_page_total(total),
                Err(_) => lost.push(name.clone()),
            },
            "number-of-volumes" => match plain.parse() {
                Ok(total) => numbered.set_volume_total(total),
                Err(_) => lost.push(name.clone()),
            },
            "dimensions" => entry.set_runtime(maybe_typed(&plain)),
            "language" => match plain.parse() {
                Ok(language) => entry.set_language(language),
                Err(_) => lost.push(name.clone()),
            },
            "archive" => entry.set_archive(format_string(text)),
            "archive_location" => entry.set_archive_location(format_string(text)),
            "call-number" => entry.set_call_number(format_string(text)),
            "note" => entry.set_note(format_string(text)),
            "abstract" => entry.set_abstract_(format_string(text)),
            "genre" => entry.set_genre(format_string(text)),
            "URL" => match Url::parse(plain.trim()) {
                Ok(url) => {
                    let visited = record.dates.get("accessed").map(hayagriva_date);
                    entry.set_url(QualifiedUrl::new(url, visited));
                }
                Err(_) => lost.push(name.clone()),
            },
            other => match SERIALS.iter().find(|(_, ours)| *ours == other) {
                Some((theirs, _)) => entry.set_keyed_serial_number(theirs, plain),
                None => lost.push(other.to_owned()),
            },
        }
    }
    let mut parents = Vec::new();
    let has_collection = ["collection-title", "collection-number", "collection-editor"].into_iter().any(has);
    if has_container {
        if has_collection {
            container.set_parents(vec![collection]);
        }
        parents.push(container);
    } else if has_collection {
        parents.push(collection);
    }
    if ["event-title", "event-place", "chair"].into_iter().any(has) || record.dates.contains_key("event-date")
    {
        parents.push(event);
    }
    let original_fields =
        ["original-title", "original-publisher", "original-publisher-place", "original-author"];
    if original_fields.into_iter().any(has) || record.dates.contains_key("original-date") {
        parents.push(original);
    }
    entry.set_parents(parents);
    (entry, lost)
}

fn set_text(record: &mut Record, field: &str, text: Option<&FormatString>) {
    if let Some(text) = text {
        record.set(field, text_of(&text.value));
    }
}

fn set_number<T: std::fmt::Display>(record: &mut Record, field: &str, number: Option<&MaybeTyped<T>>) {
    set_plain(record, field, number);
}

fn set_plain(record: &mut Record, field: &str, value: Option<&impl std::fmt::Display>) {
    if let Some(value) = value {
        record.set(field, value.to_string().into());
    }
}

fn set_names(record: &mut Record, role: &str, people: Option<&[Person]>) {
    let names: Vec<Name> = people.into_iter().flatten().map(name).collect();
    if !names.is_empty() {
        record.names.insert(role.to_owned(), names);
    }
}

fn set_date(record: &mut Record, name: &str, date: Option<&Date>) {
    if let Some(date) = date {
        let from_one = |part: Option<u8>| part.map(|part| part.saturating_add(1));
        let (month, day) = (from_one(date.month), from_one(date.day));
        let date = RecordDate { year: date.year, month, day, circa: date.approximate };
        record.dates.insert(name.to_owned(), date);
    }
}

fn named_in<'a>(entry: &'a Entry, role: &PersonRole) -> Option<&'a [Person]> {
    let people = entry.affiliated()?.iter().find(|people| people.role == *role)?;
    Some(&people.names)
}

fn name(person: &Person) -> Name {
    Name {
        family: person.name.clone(),
        given: person.given_name.clone(),
        particle: person.prefix.clone(),
        suffix: person.suffix.clone(),
    }
}

fn person(name: &Name) -> Person {
    Person {
        name: name.family.clone(),
        given_name: name.given.clone(),
        prefix: name.particle.clone(),
        suffix: name.suffix.clone(),
        comma_suffix: false,
        alias: None,
    }
}

/// As hayagriva counts: months and days from 0.
pub(super) fn hayagriva_date(date: &RecordDate) -> Date {
    let from_zero = |part: Option<u8>| part.and_then(|part| part.checked_sub(1));
    let (month, day) = (from_zero(date.month), from_zero(date.day));
    Date {
        year: date.year,
        month,
        day: day.filter(|_| month.is_some()),
        approximate: date.circa,
        season: None,
    }
}

fn maybe_typed<T: std::str::FromStr>(text: &str) -> MaybeTyped<T> {
    text.parse().map_or_else(|_| MaybeTyped::String(text.to_owned()), MaybeTyped::Typed)
}

fn format_string(text: &Text) -> FormatString {
    FormatString { value: chunks(text), short: None }
}

fn chunks(text: &Text) -> ChunkedString {
    let mut chunks = ChunkedString::new();
    for piece in &text.0 {
        let kind = match piece {
            Piece::Plain(_) => ChunkKind::Normal,
            Piece::Fixed(_) => ChunkKind::Verbatim,
            Piece::Math(_) => ChunkKind::Math,
        };
        chunks.push_str(piece.text(), kind);
    }
    chunks
}

fn text_of(chunks: &ChunkedString) -> Text {
    let piece = |chunk: &hayagriva::types::StringChunk| {
        let text = chunk.value.clone();
        match chunk.kind {
            ChunkKind::Normal => Piece::Plain(text),
            ChunkKind::Verbatim => Piece::Fixed(text),
            ChunkKind::Math => Piece::Math(text),
        }
    };
    Text(chunks.0.iter().filter(|chunk| !chunk.is_empty()).map(piece).collect())
}
