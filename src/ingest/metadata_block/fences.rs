//! Where a metadata block between fences starts and ends.

use super::LINE_LIMIT;
use super::keys;
use crate::manuscript::Dialect;

/// How the lines between the fences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    Yaml,
    Toml,
    Json,
}

impl Notation {
    pub fn name(self) -> &'static str {
        match self {
            Notation::Yaml => "YAML",
            Notation::Toml => "TOML",
            Notation::Json => "JSON",
        }
    }

    pub fn broken_code(self) -> &'static str {
        match self {
            Notation::Yaml => "broken-yaml",
            Notation::Toml => "broken-toml",
            Notation::Json => "broken-json",
        }
    }

    pub fn help(self) -> &'static str {
        match self {
            Notation::Yaml => "put text that holds `: `, `#` or quotation marks between quotation marks",
            Notation::Toml => "write `key = \"value\"`, with the text between quotation marks",
            Notation::Json => {
                "write `\"key\": \"value\"`, with commas between the lines and none after the last"
            }
        }
    }

    /// Who writes metadata so, where that says something.
    pub fn dialect(self) -> Option<Dialect> {
        (self != Notation::Yaml).then_some(Dialect::Hugo)
    }
}

/// A block with its fences; lines are counted from 0.
#[derive(Debug, PartialEq)]
pub struct Fenced {
    pub notation: Notation,
    pub first: usize,
    pub last: usize,
    /// The lines between the fences; for bare JSON, all of them.
    pub body: std::ops::Range<usize>,
    pub is_closed_by_dots: bool,
    pub is_unclosed: bool,
}

/// The block that starts on line `first`, which is the first one with text.
pub fn find_on_top(lines: &[String], first: usize) -> Option<Fenced> {
    let opening = lines.get(first)?.trim_end();
    let (notation, closings): (Notation, &[&str]) = match opening {
        "---" | "---yaml" | "---yml" => (Notation::Yaml, &["---", "..."]),
        "+++" => (Notation::Toml, &["+++"]),
        "---toml" => (Notation::Toml, &["---"]),
        "---json" => (Notation::Json, &["---"]),
        ";;;" => (Notation::Json, &[";;;"]),
        "{" => return find_braces(lines, first),
        _ if opening.starts_with("{\"") => return find_braces(lines, first),
        _ => return None,
    };
    let body = lines.get(first + 1..)?;
    let Some(length) = body.iter().take(LINE_LIMIT).position(|line| closings.contains(&line.trim_end()))
    else {
        return if notation == Notation::Yaml { find_unclosed(lines, first) } else { None };
    };
    // A rule above prose opens no block: a block starts with a key.
    let mut entries = body[..length].iter().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    });
    let starts_with_key = entries.next().is_none_or(|line| match notation {
        Notation::Yaml => split_key(line, ':').is_some() || line.starts_with('{'),
        Notation::Toml => split_key(line, '=').is_some() || line.starts_with('['),
        Notation::Json => line.trim_start().starts_with(['{', '"']),
    });
    let last = first + 1 + length;
    starts_with_key.then(|| Fenced {
        notation,
        first,
        last,
        body: first + 1..last,
        is_closed_by_dots: body[length].trim_end() == "...",
        is_unclosed: false,
    })
}

/// `key: value` with a plausible key.
pub fn split_key(line: &str, separator: char) -> Option<(&str, &str)> {
    const LONGEST_KEY: usize = 40;
    let (key, value) = line.split_once(separator)?;
    let is_key = !key.trim().is_empty()
        && key.len() <= LONGEST_KEY
        && key.chars().all(|next| next.is_alphanumeric() || "-_. \"'".contains(next));
    is_key.then_some((key, value))
}

/// A block whose author forgot the closing fence: `key: value` lines up to the first empty one.
fn find_unclosed(lines: &[String], first: usize) -> Option<Fenced> {
    let length =
        lines[first + 1..].iter().take(LINE_LIMIT).take_while(|line| !line.trim().is_empty()).count();
    let body = first + 1..first + 1 + length;
    let all_entries = lines[body.clone()].iter().all(|line| {
        line.starts_with([' ', '\t', '-']) || split_key(line, ':').is_some_and(|(key, _)| !key.contains(' '))
    });
    let known = lines[body.clone()]
        .iter()
        .filter(|line| split_key(line, ':').is_some_and(|(key, _)| keys::is_known(key)))
        .count();
    (all_entries && known >= 2).then_some(Fenced {
        notation: Notation::Yaml,
        first,
        last: first + length,
        body,
        is_closed_by_dots: false,
        is_unclosed: true,
    })
}

/// JSON without a fence: from the brace to its partner, which ends its line.
fn find_braces(lines: &[String], first: usize) -> Option<Fenced> {
    let end = lines.len().min(first + LINE_LIMIT);
    let text = lines[first..end].join("\n");
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>();
    let last = match values.next() {
        Some(Ok(value)) if value.is_object() => {
            let after = &text[values.byte_offset()..];
            if !after.lines().next().is_none_or(|rest| rest.trim().is_empty()) {
                return None;
            }
            first + text[..values.byte_offset()].matches('\n').count()
        }
        _ => {
            // Broken, but meant as JSON: a brace alone, quoted keys, a brace alone.
            let starts_with_key = lines.get(first + 1).is_some_and(|line| line.trim_start().starts_with('"'));
            let closing = lines[first..end].iter().position(|line| line.trim_end() == "}")?;
            if lines[first].trim_end() != "{" || !starts_with_key {
                return None;
            }
            first + closing
        }
    };
    Some(Fenced {
        notation: Notation::Json,
        first,
        last,
        body: first..last + 1,
        is_closed_by_dots: false,
        is_unclosed: false,
    })
}

/// A further YAML block, at or below line `from`, as Pandoc has them: below an empty line, opened by
/// `---` with a well-known key right under it, nothing but entries up to its closing fence.
pub fn find_below(lines: &[String], from: usize) -> Option<Fenced> {
    let mut code: Option<&str> = None;
    for (number, line) in lines.iter().enumerate().skip(from) {
        let marker = ["```", "~~~"].into_iter().find(|marker| line.trim_start().starts_with(marker));
        match (code, marker) {
            (None, Some(marker)) => code = Some(marker),
            (Some(open), Some(marker)) if open == marker => code = None,
            _ => {}
        }
        let is_opening = code.is_none()
            && line.trim_end() == "---"
            && number > 0
            && lines[number - 1].trim().is_empty()
            && lines.get(number + 1).is_some_and(|next| opens_with_known_key(next));
        if !is_opening {
            continue;
        }
        let body = &lines[number + 1..];
        let Some(length) =
            body.iter().take(LINE_LIMIT).position(|line| matches!(line.trim_end(), "---" | "..."))
        else {
            continue;
        };
        let are_entries = body[..length].iter().all(|line| {
            line.trim().is_empty()
                || line.starts_with([' ', '\t', '#'])
                || line.starts_with("- ")
                || split_key(line, ':').is_some_and(|(key, _)| !key.contains(' '))
        });
        if are_entries {
            return Some(Fenced {
                notation: Notation::Yaml,
                first: number,
                last: number + 1 + length,
                body: number + 1..number + 1 + length,
                is_closed_by_dots: body[length].trim_end() == "...",
                is_unclosed: false,
            });
        }
    }
    None
}

fn opens_with_known_key(line: &str) -> bool {
    split_key(line, ':').is_some_and(|(key, _)| {
        keys::is_known(key) && key.chars().all(|next| next.is_lowercase() || "-_".contains(next))
    })
}
