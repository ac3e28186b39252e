//! CSL-JSON.

use serde_json::{Map, Value, json};

use crate::source::{Name, Piece, Record, RecordDate, Source, Text};

use super::super::record;

/// Names of ours that CSL lacks.
const FOREIGN: [&str; 11] = [
    "afterword",
    "annotator",
    "cinematography",
    "commentator",
    "foreword",
    "holder",
    "introduction",
    "isan",
    "ismn",
    "iswc",
    "arxiv",
];

/// The sources as a list of CSL items.
pub fn csl_json(sources: &[Source]) -> String {
    let items: Vec<Value> = sources.iter().map(|source| item(&source.key, &source.record)).collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

fn item(key: &str, record: &Record) -> Value {
    let mut item = Map::new();
    item.insert("id".to_owned(), key.into());
    item.insert("type".to_owned(), record::csl(&record.kind).into());
    let is_csl = |name: &&String| !FOREIGN.contains(&name.as_str());
    for (role, names) in record.names.iter().filter(|(role, _)| is_csl(role)) {
        item.insert(role.clone(), names.iter().map(person).collect());
    }
    for (name, on) in &record.dates {
        item.insert(name.clone(), date(on));
    }
    for (field, text) in record.fields.iter().filter(|(field, _)| is_csl(field)) {
        item.insert(field.clone(), marked(text).into());
    }
    let arxiv = record.plain("arxiv");
    if !arxiv.is_empty() && !item.contains_key("number") {
        item.insert("number".to_owned(), format!("arXiv:{arxiv}").into());
    }
    Value::Object(item)
}

fn person(name: &Name) -> Value {
    if name.given.is_none() && name.particle.is_none() && name.suffix.is_none() {
        return json!({ "literal": name.family });
    }
    let mut person = Map::new();
    let parts = [
        ("family", Some(&name.family)),
        ("given", name.given.as_ref()),
        ("dropping-particle", name.particle.as_ref()),
        ("suffix", name.suffix.as_ref()),
    ];
    for (part, text) in parts {
        if let Some(text) = text {
            person.insert(part.to_owned(), text.as_str().into());
        }
    }
    Value::Object(person)
}

fn date(date: &RecordDate) -> Value {
    let mut parts = vec![date.year];
    parts.extend(date.month.map(i32::from));
    parts.extend(date.month.and(date.day).map(i32::from));
    let mut value = json!({ "date-parts": [parts] });
    if date.circa {
        value["circa"] = true.into();
    }
    value
}

/// Text with CSL's mark for what keeps its case.
fn marked(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Math(text) => text.clone(),
        Piece::Fixed(text) => format!("<span class=\"nocase\">{text}</span>"),
    };
    text.0.iter().map(piece).collect()
}
