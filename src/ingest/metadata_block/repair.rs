//! Makes YAML of lines that were meant as YAML, where what they mean is certain.
//!
//! People write `title: AI: a story`, `author: @ada`, a quotation mark without its partner, or indent
//! with tabs. Such a value is quoted; the number of lines stays, so that places stay true.

use super::fences::split_key;
use crate::yaml::{self, Value};

/// The block's lines with every value quoted that YAML would trip over.
pub fn repair(lines: &[String]) -> Vec<String> {
    let lines: Vec<String> = lines.iter().map(|line| spaces_for_tabs(line)).collect();
    let mut repaired: Vec<String> = Vec::with_capacity(lines.len());
    let mut number = 0;
    while number < lines.len() {
        let length = 1 + lines[number + 1..].iter().take_while(|line| continues(line)).count();
        repair_entry(&lines[number..number + length], &mut repaired);
        number += length;
    }
    repaired
}

/// Tabs and no-break spaces at the start of a line, which YAML does not take for indentation.
fn spaces_for_tabs(line: &str) -> String {
    let text = line.trim_start_matches([' ', '\t', '\u{A0}']);
    let indent = &line[..line.len() - text.len()];
    indent.chars().map(|next| if next == '\t' { "  " } else { " " }).collect::<String>() + text
}

/// Whether a line belongs to the entry above it.
fn continues(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(' ') || line.starts_with("- ") || line.trim_end() == "-"
}

/// One entry: `key: value` and the lines that continue it.
fn repair_entry(lines: &[String], repaired: &mut Vec<String>) {
    let [first, rest @ ..] = lines else { return };
    let is_sound = yaml::parse(&lines.join("\n"))
        .is_ok_and(|root| matches!(root.value, Value::Mapping(_) | Value::Null));
    let Some((key, value)) = split_key(first, ':').filter(|_| !is_sound) else {
        repaired.extend(lines.iter().cloned());
        return;
    };
    let value = value.trim();
    let has_rest = rest.iter().any(|line| !line.trim().is_empty());
    if value.starts_with(['{', '|', '>', '&']) || (value.starts_with('[') && has_rest) {
        repaired.extend(lines.iter().cloned());
    } else if value.is_empty() {
        repaired.push(first.clone());
        repaired.extend(rest.iter().map(|line| repair_item(line)));
    } else if !has_rest {
        repaired.push(format!("{key}: {}", quote_value(value)));
        repaired.extend(rest.iter().cloned());
    } else if rest.iter().any(|line| line.trim_start().starts_with('-')) {
        repaired.extend(lines.iter().cloned());
    } else {
        let whole: Vec<&str> = std::iter::once(value).chain(rest.iter().map(|line| line.trim())).collect();
        repaired.push(format!("{key}: {}", quote(&whole.join(" "))));
        repaired.extend(rest.iter().map(|_| String::new()));
    }
}

/// `  - item` or `  key: value` in a list or a mapping.
fn repair_item(line: &str) -> String {
    if yaml::parse(line).is_ok() {
        return line.to_owned();
    }
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    if let Some(item) = text.strip_prefix("- ") {
        return format!("{indent}- {}", quote(item.trim()));
    }
    match split_key(text, ':') {
        Some((key, value)) => format!("{indent}{key}: {}", quote_value(value.trim())),
        None => line.to_owned(),
    }
}

/// A flow list item by item, anything else as one text.
fn quote_value(value: &str) -> String {
    // Under a key, because what follows a whole value by itself is not looked at.
    if yaml::parse(&format!("key: {value}")).is_ok() {
        return value.to_owned();
    }
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => {
            let items: Vec<String> = list.split(',').map(|item| quote(item.trim())).collect();
            format!("[{}]", items.join(", "))
        }
        None => quote(value),
    }
}

/// The text in single quotation marks, without the ones that it tried to have.
fn quote(text: &str) -> String {
    let unquoted = ['"', '\'']
        .into_iter()
        .find_map(|mark| {
            let inner = text.strip_prefix(mark)?;
            match inner.strip_suffix(mark) {
                Some(inner) => Some(inner),
                None => (!inner.contains(mark)).then_some(inner),
            }
        })
        .unwrap_or(text);
    format!("'{}'", unquoted.replace('\'', "''"))
}
