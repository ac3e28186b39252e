//! Citations by key: `[@key, p. 12; see @other]`, `@key [p. 3]`.

use super::{Found, RunningText};
use crate::document::{CitedKey, Inline, Reference, Target};

/// What stands between brackets, from `start` on.
pub fn bracketed(running: &RunningText, start: usize, inside: &str, allows_prefix: bool) -> Option<Found> {
    let end = start + inside.len() + 1;
    let cluster: Vec<CitedKey> = inside.split(';').map(item_of).collect::<Option<_>>()?;
    if !allows_prefix && cluster.iter().any(|cited| cited.prefix.is_some()) {
        return None;
    }
    let to = Reference { target: Target::Citation(cluster), span: running.span(start, start + inside.len()) };
    let content = vec![Inline::Text(inside.trim().to_owned())];
    Some(Found { end, inlines: vec![Inline::Link { to, content }] })
}

/// The words before a key, and what is cited: `see -@key, p. 12`.
fn item_of(item: &str) -> Option<CitedKey> {
    let sign = item.find('@')?;
    let before = &item[..sign];
    let before = before.strip_suffix('-').unwrap_or(before);
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let said = item[sign + 1..].trim();
    let (key, locator) = match said.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((key, rest)) => (key, rest),
        None => said.split_at(said.find([',', ' ', '\n', '{']).unwrap_or(said.len())),
    };
    let locator = locator.trim().trim_start_matches(',').trim().trim_matches(['{', '}']).trim();
    let written = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
    let key = key.trim();
    is_key(key).then(|| CitedKey {
        key: key.to_owned(),
        locator: written(locator),
        prefix: written(before),
        is_named: false,
    })
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|next| next.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(next))
}

/// `@key` in a sentence, with the place that may follow in brackets. Names of accounts look alike:
/// without brackets a key has a number or a separator in it.
pub fn in_text(running: &RunningText, start: usize) -> Option<Found> {
    let text = &running.text;
    if text[..start].ends_with(|before: char| before.is_alphanumeric() || before == '.') {
        return None;
    }
    let rest = &text[start + 1..];
    let length = rest.find(|next: char| !is_key(next.encode_utf8(&mut [0; 4]))).unwrap_or(rest.len());
    let key = rest[..length].trim_end_matches(|last: char| !last.is_alphanumeric());
    if !key.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return None;
    }
    let key_end = start + 1 + key.len();
    let locator = text[key_end..]
        .strip_prefix(" [")
        .and_then(|rest| rest.split(['[', ']', '\n']).next().filter(|it| rest[it.len()..].starts_with(']')))
        .filter(|locator| locator.contains(char::is_numeric) && locator.len() < 100);
    if locator.is_none() && !key.contains(|next: char| next.is_ascii_digit() || next == ':' || next == '_') {
        return None;
    }
    let end = key_end + locator.map_or(0, |locator| " [".len() + locator.len() + "]".len());
    let locator = locator.map(str::to_owned);
    let cited = CitedKey { key: key.to_owned(), locator, prefix: None, is_named: true };
    let to = Reference { target: Target::Citation(vec![cited]), span: running.span(start, end) };
    let content = vec![Inline::Text(text[start..end].to_owned())];
    Some(Found { end, inlines: vec![Inline::Link { to, content }] })
}
