//! CSL-JSON, which reference managers export.

use std::ops::Range;

use hayagriva::Entry;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::source::{Name, Piece, Record, RecordDate, Text};

use super::super::{export, record};
use super::{Problems, biblatex};

/// Variables that hold people.
const ROLES: [&str; 27] = [
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editorial-director",
    "editortranslator",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
];
/// Variables that hold dates.
const DATES: [&str; 6] = ["accessed", "available-date", "event-date", "issued", "original-date", "submitted"];

/// Reads the items of a file.
pub(super) fn read(text: &str, problems: &mut Problems<'_>) -> Vec<Entry> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let whole = serde_json::from_str::<IgnoredAny>(text);
    let items = items(text, whole.is_err());
    if let (true, Err(error)) = (items.is_empty(), &whole) {
        let at = offset(text, error.line(), error.column());
        problems.broken(at, format!("this is no JSON: {error}"), "export the file again as CSL-JSON");
    } else if items.is_empty() && whole.is_ok() && !text.contains('[') {
        let help = "export the file as CSL-JSON: a list of objects with `type` and `title`";
        problems.broken(0, "this JSON holds no sources".to_owned(), help);
    }
    let mut entries = Vec::with_capacity(items.len());
    for range in items {
        let content = &text[range.clone()];
        match serde_json::from_str::<Map<String, Value>>(content) {
            Ok(item) => entries.extend(entry(&item, range.start, problems)),
            Err(error) => {
                let at = range.start + offset(content, error.line(), error.column());
                let message = format!("this source is no JSON: {error}");
                problems.broken(
                    at.min(range.end.saturating_sub(1)),
                    message,
                    "correct it: each quotation mark and bracket needs its partner, each value a comma after it",
                );
            }
        }
    }
    entries
}

/// Byte of a line and column as serde_json counts them, from 1 and in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// Where the objects are that no other object holds, or that the outermost one lists. In a damaged file an
/// object also starts where one looks like a source, and no text goes beyond its line.
fn items(text: &str, is_damaged: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut in_text = false;
    let mut escaped = false;
    let mut before = b' ';
    let mut open: Option<usize> = None;
    let mut depth = 0usize;
    // `{"items": […]}` lists them one level down.
    let wrapped = text.trim_start().starts_with('{') && has_list_of_items(text);
    let mut skipped_wrapper = !wrapped;
    for (at, byte) in text.bytes().enumerate() {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                // A line that ends within a text ends what it is in, too.
                b'\n' if is_damaged => (in_text, before) = (false, b','),
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' if !skipped_wrapper => skipped_wrapper = true,
            b'{' => {
                let starts_anew = is_damaged
                    && open.is_some()
                    && matches!(before, b',' | b'}')
                    && looks_like_source(&text[at..]);
                if let (true, Some(start)) = (starts_anew, open) {
                    found.push(start..at);
                    open = None;
                }
                match open {
                    None => (open, depth) = (Some(at), 1),
                    Some(_) => depth += 1,
                }
            }
            b'}' => {
                if let Some(start) = open {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        found.push(start..at + 1);
                        open = None;
                    }
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    if let Some(start) = open {
        found.push(start..text.len());
    }
    found
}

/// Whether an object is a list under a name rather than a source itself.
fn has_list_of_items(text: &str) -> bool {
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    ["{\"items\":[", "{\"references\":[", "{\"bibliography\":["].iter().any(|known| start.starts_with(known))
}

fn looks_like_source(text: &str) -> bool {
    let inside = text.trim_start_matches('{').trim_start();
    ["\"id\"", "\"type\"", "\"citation-key\""].iter().any(|name| inside.starts_with(name))
}

fn entry(item: &Map<String, Value>, at: usize, problems: &mut Problems<'_>) -> Option<Entry> {
    let text_of = |name: &str| item.get(name).and_then(scalar).filter(|text| !text.trim().is_empty());
    let mut record = Record::new(&text_of("type").unwrap_or_else(|| "document".to_owned()));
    for (name, value) in item {
        match name.as_str() {
            "id" | "type" | "citation-key" => {}
            role if ROLES.contains(&role) => {
                let people: Vec<Name> = value.as_array().into_iter().flatten().filter_map(person).collect();
                if !people.is_empty() {
                    record.names.insert(role.to_owned(), people);
                }
            }
            name if DATES.contains(&name) => match date(value) {
                Some(date) => {
                    record.dates.insert(name.to_owned(), date);
                }
                None if value.as_object().is_some_and(Map::is_empty) => {}
                None => {
                    let message = format!("`{name}` is no date that Garland can read");
                    problems.broken(at, message, "write it as {\"date-parts\": [[2025, 4, 4]]}");
                }
            },
            "event" if !item.contains_key("event-title") => {
                record.set("event-title", rich_text(&scalar(value).unwrap_or_default()));
            }
            "annote" if !item.contains_key("note") => {
                record.set("note", rich_text(&scalar(value).unwrap_or_default()));
            }
            "shortTitle" => record.set("title-short", rich_text(&scalar(value).unwrap_or_default())),
            "journalAbbreviation" => {
                record.set("container-title-short", rich_text(&scalar(value).unwrap_or_default()));
            }
            name => match scalar(value) {
                Some(text) => record.set(name, rich_text(&text)),
                None => problems.left_out(name),
            },
        }
    }
    if record.fields.is_empty() && record.names.is_empty() {
        let message = "this source has neither a title nor anything else".to_owned();
        problems.broken(at, message, "give it a `title`, or remove it");
        return None;
    }
    let arxiv = record.plain("number");
    if let Some(arxiv) = arxiv.strip_prefix("arXiv:") {
        record.fields.remove("number");
        record.set("arxiv", arxiv.into());
    }
    let key = text_of("citation-key").or_else(|| text_of("id")).unwrap_or_else(|| export::key(&record));
    Some(finish(&key, &record, problems))
}

/// The entry that a record stands for; what has no place in one is told.
pub(super) fn finish(key: &str, record: &Record, problems: &mut Problems<'_>) -> Entry {
    let (entry, lost) = record::entry_of(key, record);
    for field in lost {
        problems.left_out(&field);
    }
    entry
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn person(value: &Value) -> Option<Name> {
    let part = |name: &str| {
        let text = value.get(name).and_then(scalar)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let particles: Vec<String> =
        ["dropping-particle", "non-dropping-particle"].into_iter().filter_map(part).collect();
    let given = part("given");
    Some(Name {
        family: part("literal").or_else(|| part("family")).or_else(|| given.clone())?,
        given: given.filter(|_| part("family").is_some()),
        particle: Some(particles.join(" ")).filter(|particle| !particle.is_empty()),
        suffix: part("suffix"),
    })
}

fn date(value: &Value) -> Option<RecordDate> {
    let circa = value.get("circa").is_some_and(|circa| !matches!(circa, Value::Bool(false) | Value::Null));
    let parts = value.get("date-parts").and_then(Value::as_array);
    // Of a range, the end, as in BibLaTeX.
    if let Some(parts) = parts.and_then(|ranges| ranges.last()).and_then(Value::as_array) {
        let part = |at: usize| -> Option<i32> { scalar(parts.get(at)?)?.trim().parse().ok() };
        let within =
            |at: usize, most: i32| part(at).filter(|part| (1..=most).contains(part)).map(|it| it as u8);
        let month = within(1, 12);
        let day = within(2, 31).filter(|_| month.is_some());
        return Some(RecordDate { year: part(0)?, month, day, circa });
    }
    let written = ["raw", "literal", "edtf"].into_iter().find_map(|name| value.get(name));
    let date = biblatex::read_date(written.unwrap_or(value).as_str()?)?;
    Some(RecordDate { circa: circa || date.circa, ..date })
}

/// CSL's few HTML tags: what must keep its case is kept, the rest is dropped.
fn rich_text(text: &str) -> Text {
    const TAGS: [&str; 9] = [
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<sub>",
        "</sub>",
        "<sup>",
        "</sup>",
        "<span style=\"font-variant:small-caps;\">",
    ];
    const NO_CASE: &str = "<span class=\"nocase\">";
    let mut pieces = vec![Piece::Plain(String::new())];
    let mut rest = text;
    let mut fixed = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(NO_CASE) {
            fixed = true;
            pieces.push(Piece::Fixed(String::new()));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("</span>") {
            if fixed {
                pieces.push(Piece::Plain(String::new()));
            }
            fixed = false;
            rest = after;
        } else if let Some(after) = TAGS.iter().find_map(|tag| rest.strip_prefix(tag)) {
            rest = after;
        } else {
            let length =
                rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(at, _)| at);
            if let Some(Piece::Plain(piece) | Piece::Fixed(piece)) = pieces.last_mut() {
                piece.push_str(&rest[..length]);
            }
            rest = &rest[length..];
        }
    }
    pieces.retain(|piece| !piece.text().is_empty());
    Text(pieces)
}
