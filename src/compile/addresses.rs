//! Addresses: which may leave the book, and which of them are the same.

mod faults;
mod identity;

use url::Url;

pub(super) use faults::{Fault, fault};
pub(super) use identity::{Identity, arxiv, identify, identity};

/// What a link's destination is.
#[derive(Debug, PartialEq)]
pub(super) enum Address {
    /// Absolute, valid, and fit for a book.
    External(String),
    /// Absolute, but of a kind that a book must not lead to, or malformed.
    Unfit,
    /// Relative to the essay's file, without query; the fragment apart.
    Local { path: String, fragment: Option<String> },
    /// A note by its name in an Obsidian vault: `obsidian://open?vault=…&file=…`.
    Note { page: String, heading: Option<String> },
}

/// Tells what kind of destination an author wrote.
pub(super) fn read(written: &str) -> Address {
    let written = written.trim();
    if let Some(rest) = written.strip_prefix("//") {
        return external(&format!("https://{rest}"));
    }
    if starts_with_ignoring_case(written, "www.") {
        return external(&format!("https://{written}"));
    }
    if starts_with_ignoring_case(written, "obsidian:") {
        return note(written).unwrap_or(Address::Unfit);
    }
    if has_scheme(written) {
        return external(written);
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(percent_decode(fragment))),
        None => (written, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    Address::Local { path: percent_decode(path), fragment }
}

fn note(written: &str) -> Option<Address> {
    let query = written.split_once('?')?.1;
    let file = query.split('&').find_map(|pair| pair.strip_prefix("file="))?;
    let file = percent_decode(file);
    let (page, heading) = match file.split_once('#') {
        Some((page, heading)) => (page.to_owned(), Some(heading.to_owned())),
        None => (file, None),
    };
    Some(Address::Note { page, heading })
}

fn external(address: &str) -> Address {
    match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(is_host) => {
            Address::External(url.into())
        }
        Ok(url) if url.scheme() == "mailto" && url.path().contains('@') => Address::External(url.into()),
        _ => Address::Unfit,
    }
}

/// Hosts that are surely none: `http://example`, `http://...`.
fn is_host(host: &str) -> bool {
    let named = host.contains('.') && !host.starts_with('.') && !host.contains("..");
    named || host == "localhost" || host.starts_with('[')
}

/// RFC 3986: a letter, then letters, digits, `+`, `-`, `.`, then a colon.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Undoes `%20` and the like; what does not decode to text stays as it is.
pub(super) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let value = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        decoded.push(value.unwrap_or(byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// `path` as seen from the file `from`, both relative to the anthology folder. A path that starts
/// with a slash is seen from the folder itself; one that leaves the folder is none.
pub(super) fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The first DOI in a text, in lower case.
pub(super) fn doi(text: &str) -> Option<String> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find("10.") {
        let start = from + found;
        from = start + 3;
        let inside = text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.');
        let doi = text[start..].split(|c: char| c.is_whitespace() || "<>\"”“]".contains(c)).next()?;
        let doi = without_sentence(doi);
        let Some((registrant, suffix)) = doi.get(3..).and_then(|rest| rest.split_once('/')) else { continue };
        let digits = registrant.len() >= 4 && registrant.chars().all(|c| c.is_ascii_digit() || c == '.');
        if !inside && digits && !suffix.is_empty() {
            return Some(doi.to_lowercase());
        }
    }
    None
}

/// The first absolute web address in running text: where it is, without the punctuation after it.
pub(super) fn find_in_text(text: &str) -> Option<std::ops::Range<usize>> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let length = text[start..]
        .find(|c: char| c.is_whitespace() || "<>\"”“|`".contains(c))
        .unwrap_or(text.len() - start);
    let address =
        text[start..start + length].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*']);
    let address = without_sentence(address);
    Some(start..start + address.len())
}

/// Without the punctuation of the sentence around it. A closing bracket belongs to the sentence
/// unless it was opened inside.
fn without_sentence(text: &str) -> &str {
    const MARKS: [char; 4] = ['.', ',', ';', ':'];
    let mut text = text.trim_end_matches(MARKS);
    let mut round = text.matches(')').count().saturating_sub(text.matches('(').count());
    let mut square = text.matches(']').count().saturating_sub(text.matches('[').count());
    while let Some(shorter) = text.strip_suffix([')', ']']) {
        let surplus = if text.ends_with(')') { &mut round } else { &mut square };
        if *surplus == 0 {
            break;
        }
        *surplus -= 1;
        text = shorter.trim_end_matches(MARKS);
    }
    text
}
