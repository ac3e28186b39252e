//! Metadata without fences: `Title: …` lines at the very top, down to the first empty line.
//!
//! MultiMarkdown writes them, and e-mail; Org puts `#+` before each. Prose may look much the same
//! (`Note: this is …`, the questions and answers of an interview), so every line must be an entry or
//! continue one, and one of them must say what only metadata say.

use super::super::byline;
use super::fences::split_key;
use super::{LINE_LIMIT, keys};
use crate::dates;
use crate::manuscript::Dialect;
use crate::yaml::{Node, Value};

/// Entries that were read, and the lines they stand on, counted from 0.
pub struct Entries {
    pub root: Node,
    pub first: usize,
    pub last: usize,
    pub dialect: Option<Dialect>,
}

/// A key and its value, with the value's place.
struct Entry {
    key: String,
    value: String,
    line: u32,
    column: u32,
}

const LONGEST_KEY_WORDS: usize = 3;
/// Keys that tell a program how to make a page: no prose has them.
const TECHNICAL: [&str; 10] = [
    "css",
    "htmlheader",
    "xhtmlheader",
    "latexinput",
    "latexmode",
    "baseheaderlevel",
    "quoteslanguage",
    "mimeversion",
    "messageid",
    "contenttype",
];

/// The entries that start on line `first`.
pub fn read(lines: &[String], first: usize) -> Option<Entries> {
    let is_org = lines.get(first)?.starts_with("#+");
    let mut entries: Vec<Entry> = Vec::new();
    let mut last = first;
    let mut is_closed_by_rule = false;
    for (number, line) in lines.iter().enumerate().skip(first).take(LINE_LIMIT) {
        let text = if is_org { line.strip_prefix("#+") } else { Some(line.as_str()) };
        let Some(text) = text else { break };
        if text.trim().is_empty() {
            break;
        }
        if matches!(text.trim_end(), "---" | "...") && !entries.is_empty() {
            is_closed_by_rule = true;
            last = number;
            break;
        }
        if text.starts_with([' ', '\t']) {
            let entry = entries.last_mut()?;
            entry.value.push(' ');
            entry.value.push_str(text.trim());
        } else {
            let (key, value) = split_key(text, ':')?;
            let is_key = key.split_whitespace().count() <= LONGEST_KEY_WORDS
                && key.starts_with(char::is_alphanumeric)
                && !value.starts_with("//")
                && (value.is_empty() || value.starts_with([' ', '\t']));
            if !is_key {
                return None;
            }
            let column = line.chars().count() - value.trim_start().chars().count() + 1;
            let value = value.trim().to_owned();
            entries.push(Entry {
                key: key.trim().to_owned(),
                value,
                line: number as u32 + 1,
                column: column as u32,
            });
        }
        last = number;
    }
    let is_mail = is_mail(&entries);
    if !is_mail && !is_metadata(&entries) {
        return None;
    }
    let scalar = |text: &str, line, column| Node { value: Value::Scalar(text.to_owned()), line, column };
    let read = entries.iter().filter_map(|entry| {
        let key = if is_mail { mail_key(&entry.key)? } else { &entry.key };
        let value = if is_mail && key == "title" { subject(&entry.value) } else { &entry.value };
        Some((scalar(key, entry.line, 1), scalar(value, entry.line, entry.column)))
    });
    let root = Node { value: Value::Mapping(read.collect()), line: first as u32 + 1, column: 1 };
    let is_multimarkdown = !is_org && !is_closed_by_rule;
    // What mail programs mark is not Markdown.
    let dialect =
        if is_mail { Some(Dialect::Plain) } else { is_multimarkdown.then_some(Dialect::MultiMarkdown) };
    Some(Entries { root, first, last, dialect })
}

/// Whether an entry says what only metadata say. An interview's `Author: So what do you think?` does not.
fn is_metadata(entries: &[Entry]) -> bool {
    // One line `Author: …` or `Date: …` is a byline, which is looked for elsewhere.
    entries.iter().any(|entry| {
        let key = keys::fold(&entry.key);
        match key.as_str() {
            "title" => !entry.value.is_empty(),
            "author" | "authors" => entries.len() > 1 && byline::is_names(&entry.value),
            "date" => entries.len() > 1 && dates::read(&entry.value).is_some(),
            key => TECHNICAL.contains(&key),
        }
    }) && !entries.iter().any(|entry| is_speech(&entry.value) && !keys::is_known(&entry.key))
}

/// More than a sentence under a key that means nothing: somebody speaks.
fn is_speech(text: &str) -> bool {
    const LONGEST_VALUE: usize = 12;
    text.split_whitespace().count() > LONGEST_VALUE && text.ends_with(['.', '?', '!', '”', '"'])
}

fn is_mail(entries: &[Entry]) -> bool {
    let has = |wanted: &str| entries.iter().any(|entry| mail_key(&entry.key) == Some(wanted));
    has("author") && (has("title") || has("date")) && entries.len() > 1
}

/// What an e-mail's header means for an essay, in the languages of mail programs; the rest is the post's
/// business.
fn mail_key(key: &str) -> Option<&'static str> {
    match key.to_lowercase().as_str() {
        "from" | "von" | "de" | "od" | "da" | "van" => Some("author"),
        "subject" | "betreff" | "objet" | "asunto" | "temat" | "oggetto" | "assunto" | "onderwerp" => {
            Some("title")
        }
        "date" | "sent" | "datum" | "gesendet" | "fecha" | "envoyé" | "data" | "verzonden" => Some("date"),
        _ => None,
    }
}

/// A subject without `Re:`, `Fwd:` and the mailing list's name.
fn subject(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let rest = ["re:", "fwd:", "fw:", "aw:"].iter().find_map(|prefix| {
            let head = text.get(..prefix.len())?;
            head.eq_ignore_ascii_case(prefix).then(|| text[prefix.len()..].trim_start())
        });
        let rest = rest.or_else(|| Some(text.strip_prefix('[')?.split_once("] ")?.1.trim_start()));
        match rest {
            Some(rest) if !rest.is_empty() => text = rest,
            _ => return text,
        }
    }
}
