//! What a written name says of a term: how else it is called, and what it is compared by.

use unicode_normalization::UnicodeNormalization;

use super::super::names::fold;

/// Longest acronym, in characters.
const LONGEST_ACRONYM: usize = 12;

/// Words in brackets after a name that another name follows.
const ALSO: [&str; 14] = [
    "also known as",
    "also called",
    "also",
    "a.k.a.",
    "aka",
    "short for",
    "short",
    "kurz",
    "auch",
    "aussi",
    "también",
    "também",
    "anche",
    "abbreviated",
];

/// A term's name as an author wrote it, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// As it is printed: `Artificial Intelligence (AI)`.
    pub(super) printed: String,
    /// What it is made of: `Artificial Intelligence` and `AI`.
    pub(super) parts: Vec<String>,
    /// What stood in brackets behind it: `also machine intelligence`.
    pub(super) aliases: Vec<String>,
}

impl Name {
    pub(super) fn read(written: &str) -> Self {
        let written = tidy(written);
        let whole = |printed: String| Name { parts: vec![printed.clone()], printed, aliases: Vec::new() };
        let Some((before, within)) = bracketed(&written) else { return whole(written) };
        if is_acronym(within) && stands_for(within, before) {
            let parts = vec![before.to_owned(), within.to_owned()];
            return Name { printed: written, parts, aliases: Vec::new() };
        }
        if is_acronym(before) && !is_acronym(within) && has_letters_of(before, within) {
            let parts = vec![within.to_owned(), before.to_owned()];
            return Name { printed: format!("{within} ({before})"), parts, aliases: Vec::new() };
        }
        let lower = within.to_lowercase();
        let lead = ALSO
            .iter()
            .find(|lead| lower.strip_prefix(**lead).is_some_and(|rest| rest.starts_with([' ', ':'])));
        // A lead that changes its length in lower case is not one of these.
        match lead.and_then(|lead| within.get(lead.len()..)) {
            Some(names) => {
                let aliases = split_names(names.trim_start_matches(':'));
                Name { aliases, ..whole(before.to_owned()) }
            }
            None => whole(written),
        }
    }

    /// Whether the name has an acronym and says what it stands for.
    pub(super) fn has_both(&self) -> bool {
        self.parts.len() > 1
    }
}

/// Names in a row: `model, neural network; weights`.
pub(super) fn split_names(written: &str) -> Vec<String> {
    let names = written.split([',', ';', '·', '，', '；', '、', '،', '؛']).map(tidy);
    names.filter(|name| !name.is_empty()).collect()
}

/// A name without doubled spaces and with its accents composed.
pub(super) fn tidy(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// `long (short)` as its halves.
fn bracketed(name: &str) -> Option<(&str, &str)> {
    let (before, within) = name.strip_suffix(')')?.rsplit_once('(')?;
    let (before, within) = (before.trim(), within.trim());
    (!before.is_empty() && !within.is_empty()).then_some((before, within))
}

/// `AI`, `LLMs`, `GPT-4`, `A.I.`: one word with at least two capitals.
pub(super) fn is_acronym(word: &str) -> bool {
    !word.contains(char::is_whitespace)
        && word.chars().count() <= LONGEST_ACRONYM
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether an acronym behind a name can be one of it: `Alignment (NASA)` tells apart, it does not shorten. What
/// several words mean may be shortened in another language.
fn stands_for(acronym: &str, long: &str) -> bool {
    long.contains([' ', '-']) || has_letters_of(acronym, long)
}

/// Whether the capitals of an acronym are found in a name, in their order.
fn has_letters_of(acronym: &str, long: &str) -> bool {
    let mut letters = long.chars().flat_map(char::to_lowercase);
    let mut capitals = acronym.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase);
    capitals.all(|capital| letters.any(|letter| letter == capital))
}

/// Whether an acronym is made of the first letters of a name's words.
pub(super) fn is_initials(acronym: &str, long: &str) -> bool {
    let initials = long.split([' ', '-']).filter_map(|word| word.chars().next());
    let mut initials = initials.flat_map(char::to_lowercase);
    let capitals = acronym.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase);
    let mut count = 0;
    for capital in capitals {
        count += 1;
        if !initials.any(|initial| initial == capital) {
            return false;
        }
    }
    count > 1
}

/// What a spelling is compared by. Acronyms keep their capitals: `IT` is no `it`.
pub(super) fn key(spelling: &str) -> String {
    if is_acronym(spelling) {
        let letters: String = spelling.chars().filter(|c| c.is_alphanumeric()).collect();
        // `LLMs` are several of one `LLM`.
        let one = letters.strip_suffix('s').unwrap_or(&letters);
        return format!("={one}");
    }
    let folded = fold(spelling);
    // What has neither letters nor digits is told apart as it stands.
    if folded.is_empty() { spelling.to_owned() } else { folded }
}
