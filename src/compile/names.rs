//! Names that the book gives to things: slugs, identifiers, and how written names are compared.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest slug; file names and addresses stay readable.
const LONGEST_SLUG: usize = 64;

/// A title in lower-case ASCII letters, digits and single hyphens; empty when nothing can be spelt so.
pub(super) fn slug(title: &str) -> String {
    let ascii: String = title.chars().filter(|c| !is_apostrophe(*c)).nfkd().flat_map(spell).collect();
    let mut slug = String::new();
    for word in ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let room = LONGEST_SLUG.saturating_sub(slug.len() + 1);
        if slug.is_empty() {
            slug.push_str(&word[..word.len().min(LONGEST_SLUG)]);
        } else if word.len() <= room {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug.make_ascii_lowercase();
    slug
}

/// A character in ASCII letters, as far as it is a Latin one; a decomposed letter's marks are dropped,
/// all else parts words.
fn spell(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ı' => "i",
        _ => "",
    };
    let own = match c {
        _ if !letters.is_empty() || is_combining_mark(c) => None,
        _ if c.is_ascii_alphanumeric() => Some(c),
        _ => Some(' '),
    };
    letters.chars().chain(own)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// A name stripped of case, separators and punctuation, for comparing names that people wrote.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut pending = false;
    for c in name.chars().filter(|c| !is_apostrophe(*c)) {
        if c.is_alphanumeric() {
            if pending && !folded.is_empty() {
                folded.push('-');
            }
            pending = false;
            folded.extend(c.to_lowercase());
        } else {
            pending = true;
        }
    }
    folded
}

/// A file or folder name as a person would write it: `ai-for_all` becomes `Ai for all`.
pub(super) fn humanise(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| c == '-' || c == '_' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let text = words.join(" ");
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => text,
    }
}

/// The last component of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A path's file name without its extension.
pub(super) fn file_stem(path: &str) -> &str {
    let name = file_name(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Hands out names, each once.
#[derive(Debug, Default)]
pub(super) struct UniqueNames {
    /// How often a name was asked for.
    taken: HashMap<String, usize>,
}

impl UniqueNames {
    /// Names that are spoken for.
    pub(super) fn reserving(names: &[&str]) -> Self {
        UniqueNames { taken: names.iter().map(|name| ((*name).to_owned(), 1)).collect() }
    }

    /// `name`, or `name` with the first free number after it.
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut count = *self.taken.get(name).unwrap_or(&0);
        let mut unique = name.to_owned();
        while count > 0 {
            count += 1;
            unique = format!("{name}-{count}");
            if !self.taken.contains_key(&unique) {
                break;
            }
        }
        self.taken.insert(name.to_owned(), count.max(1));
        self.taken.entry(unique.clone()).or_insert(1);
        unique
    }
}
