//! Pandoc's title block: up to three entries that start with `%`, for title, authors and date.

use super::headers::Entries;
use crate::manuscript::Dialect;
use crate::yaml::{Node, Value};

const KEYS: [&str; 3] = ["title", "author", "date"];

/// The title block that starts on line `first`.
pub fn read(lines: &[String], first: usize) -> Option<Entries> {
    let mut entries: Vec<(Node, Node)> = Vec::new();
    let mut last = first;
    let mut number = first;
    while let Some(text) = lines.get(number).and_then(|line| line.strip_prefix('%')) {
        // `%%` starts a comment in a note vault; `%` before a letter is no entry either.
        if entries.len() == KEYS.len() || !(text.is_empty() || text.starts_with([' ', '\t'])) {
            return None;
        }
        let mut parts = vec![text.trim().to_owned()];
        let line = number as u32 + 1;
        last = number;
        number += 1;
        while let Some(more) = lines.get(number).filter(|line| line.starts_with([' ', '\t'])) {
            if more.trim().is_empty() {
                break;
            }
            parts.push(more.trim().to_owned());
            last = number;
            number += 1;
        }
        parts.retain(|part| !part.is_empty());
        let place = |value| Node { value, line, column: 3 };
        let key = KEYS[entries.len()];
        let value = match key {
            "author" => {
                let names = parts.iter().flat_map(|part| part.split(';')).map(str::trim);
                let names = names.filter(|name| !name.is_empty());
                Value::Sequence(names.map(|name| place(Value::Scalar(name.to_owned()))).collect())
            }
            _ => Value::Scalar(parts.join(" ")),
        };
        entries.push((place(Value::Scalar(key.to_owned())), place(value)));
    }
    if entries.is_empty() || lines.get(number).is_some_and(|line| !line.trim().is_empty() && line != "---") {
        return None;
    }
    let root = Node { value: Value::Mapping(entries), line: first as u32 + 1, column: 1 };
    Some(Entries { root, first, last, dialect: Some(Dialect::Pandoc) })
}
