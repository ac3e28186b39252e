//! Addresses, DOIs, ISBNs and arXiv identifiers in running text.

use super::super::isbn;

/// What names a source without any doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Identifier {
    /// As written.
    Url(String),
    /// Bare, in lower case.
    Doi(String),
    /// Digits, and X.
    Isbn(String),
    /// With the address, if it was written as one.
    Arxiv { id: String, url: Option<String> },
}

/// Longest that is worth a look.
const LONGEST: usize = 2000;
const LONGEST_HOST: usize = 80;

/// The identifier that starts at `at`, and where it ends.
pub(super) fn at(text: &str, at: usize) -> Option<(usize, Identifier)> {
    let rest = text.get(at..)?;
    let first = *rest.as_bytes().first()?;
    if at > 0 && text.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '@') {
        return None;
    }
    let found = match first.to_ascii_lowercase() {
        b'<' => {
            let (length, found) = at_letter(rest.get(1..)?)?;
            let closed = rest.get(1 + length..).is_some_and(|rest| rest.starts_with('>'));
            Some((length + 1 + usize::from(closed), found))
        }
        _ => at_letter(rest),
    };
    found.map(|(length, identifier)| (at + length, identifier))
}

fn at_letter(rest: &str) -> Option<(usize, Identifier)> {
    match rest.as_bytes().first()?.to_ascii_lowercase() {
        b'h' | b'w' | b'f' if starts(rest, "http://") || starts(rest, "https://") || starts(rest, "www.") => {
            address(rest)
        }
        b'd' if starts(rest, "doi:") || starts(rest, "doi.org/") || starts(rest, "doi ") => {
            let skipped = rest.len() - rest.get(3..)?.trim_start_matches([':', ' ', '.']).len();
            let skipped = if starts(rest, "doi.org/") { "doi.org/".len() } else { skipped };
            match rest.get(skipped..).and_then(doi) {
                Some((length, doi)) => Some((skipped + length, Identifier::Doi(doi))),
                // `doi: https://doi.org/10.…`
                None => rest.get(skipped..).filter(|rest| starts(rest, "http")).and_then(|rest| {
                    let (length, identifier) = address(rest)?;
                    matches!(identifier, Identifier::Doi(_)).then_some((skipped + length, identifier))
                }),
            }
        }
        b'1' if rest.starts_with("10.") => doi(rest).map(|(length, doi)| (length, Identifier::Doi(doi))),
        b'i' if starts(rest, "isbn") => isbn(rest),
        b'a' if starts(rest, "arxiv:") => arxiv(rest),
        _ => domain(rest),
    }
}

fn starts(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The length of an address, without what belongs to the sentence.
fn length(text: &str) -> usize {
    let mut end = text
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| {
            c.is_whitespace()
                || matches!(
                    c,
                    '<' | '>'
                        | '"'
                        | '“'
                        | '”'
                        | '«'
                        | '»'
                        | '、'
                        | '。'
                        | '，'
                        | '）'
                        | '」'
                        | '』'
                        | '{'
                        | '}'
                        | '|'
                )
        })
        .map_or_else(|| text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at), |(at, _)| at);
    let mut opened = 0usize;
    let mut closed = 0usize;
    for byte in text.as_bytes().iter().take(end) {
        match byte {
            b'(' | b'[' => opened += 1,
            b')' | b']' => closed += 1,
            _ => {}
        }
    }
    while let Some(last) = text.get(..end).and_then(|text| text.chars().next_back()) {
        let goes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' => true,
            ')' | ']' if closed > opened => {
                closed -= 1;
                true
            }
            _ => false,
        };
        if !goes {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

fn address(text: &str) -> Option<(usize, Identifier)> {
    let length = length(text);
    let written = text.get(..length)?;
    let host = written.split_once("://").map_or(written, |(_, rest)| rest);
    if !host.contains('.') || host.len() < 4 {
        return None;
    }
    let bare = host.strip_prefix("www.").unwrap_or(host);
    if let Some(path) = bare.strip_prefix("doi.org/").or_else(|| bare.strip_prefix("dx.doi.org/"))
        && let Some((_, doi)) = doi(path)
    {
        return Some((length, Identifier::Doi(doi)));
    }
    if let Some(path) = bare.strip_prefix("arxiv.org/abs/").or_else(|| bare.strip_prefix("arxiv.org/pdf/"))
        && let Some(id) = arxiv_id(path.trim_end_matches(".pdf"))
    {
        return Some((length, Identifier::Arxiv { id, url: Some(written.to_owned()) }));
    }
    Some((length, Identifier::Url(written.to_owned())))
}

/// An address without scheme and `www`: a domain and a path, such as `example.org/page`.
fn domain(text: &str) -> Option<(usize, Identifier)> {
    let host = text
        .bytes()
        .take(LONGEST_HOST)
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')))?;
    if text.as_bytes().get(host) != Some(&b'/') {
        return None;
    }
    let host = text.get(..host)?;
    let (name, suffix) = host.rsplit_once('.')?;
    let is_host = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let is_suffix = (2..=6).contains(&suffix.len()) && suffix.bytes().all(|b| b.is_ascii_lowercase());
    let is_name = name.len() >= 2 && !name.starts_with(|c: char| c.is_ascii_digit());
    if !is_host || !is_suffix || !is_name {
        return None;
    }
    let length = length(text);
    let written = text.get(..length)?;
    (!written.contains("..")).then(|| (length, Identifier::Url(written.to_owned())))
}

/// `10.` and a registrant of four to nine digits, a slash, anything.
fn doi(text: &str) -> Option<(usize, String)> {
    let rest = text.strip_prefix("10.")?;
    let registrant = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    if !(4..=12).contains(&registrant) || !rest.get(registrant..)?.starts_with('/') {
        return None;
    }
    let length = length(text);
    if length < 3 + registrant + 2 {
        return None;
    }
    Some((length, text.get(..length)?.to_lowercase()))
}

fn isbn(text: &str) -> Option<(usize, Identifier)> {
    let mut at = 4;
    for prefix in ["-13", "-10", "13:", "10:"] {
        if text.get(at..)?.starts_with(prefix) {
            at += prefix.len();
            break;
        }
    }
    at += text.get(at..)?.len() - text.get(at..)?.trim_start_matches([':', ' ', '\u{a0}']).len();
    let (mut digits, mut values) = (String::new(), Vec::new());
    for (offset, c) in text.get(at..)?.char_indices().take(24) {
        match c {
            '0'..='9' => digits.push(c),
            'x' | 'X' if digits.len() == 9 => digits.push('X'),
            '-' | ' ' | '–' | '‐' | '‑' => continue,
            _ => break,
        }
        values.push(c.to_digit(10).unwrap_or(10));
        let end = at + offset + c.len_utf8();
        let goes_on = text.get(end..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let complete = match digits.len() {
            10 => isbn::is_short(&values) && !goes_on,
            13 => isbn::is_long(&values) && !goes_on,
            14.. => return None,
            _ => false,
        };
        if complete {
            return Some((end, Identifier::Isbn(digits)));
        }
    }
    None
}

fn arxiv(text: &str) -> Option<(usize, Identifier)> {
    let rest = text.get("arxiv:".len()..)?;
    let skipped = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let length = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-')))
        .unwrap_or(rest.len());
    let written = rest.get(..length)?.trim_end_matches('.');
    let id = arxiv_id(written)?;
    Some(("arxiv:".len() + skipped + written.len(), Identifier::Arxiv { id, url: None }))
}

/// `2101.00001v2` or `cs/0101001`.
fn arxiv_id(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let is_new = text.split_once('.').is_some_and(|(month, number)| {
        month.len() == 4 && digits(month) == 4 && matches!(digits(number), 4 | 5)
    });
    let is_old = text.split_once('/').is_some_and(|(field, number)| {
        !field.is_empty()
            && field.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'.')
            && digits(number) == 7
    });
    (is_new || is_old).then(|| text.to_owned())
}
