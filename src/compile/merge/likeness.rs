//! How alike two descriptions are.

use super::super::addresses::Identity;
use super::Reason;
use super::description::Description;
use super::dispute;
use super::folding::{Name, Title, squeezed};

/// Titles at least so alike are one, with the same authors and the same year. Tried on the pairs of
/// tests/fixtures/merging/pairs.txt: typing mistakes and spellings (`organisation`, `colour`) in titles
/// score 0.92 and above, other works of one author below 0.90.
const SAME: f64 = 0.92;
/// Titles at least so alike are worth the editor's look, by the same pairs.
const NEAR: f64 = 0.80;
/// Words that stand for each other in two spellings of a title are at least so alike: `colour` and
/// `color` (0.83) are, `power` and `tower` (0.80), `national` and `international` (0.62) are not.
const SPELLINGS: f64 = 0.82;
/// Titles at least so alike are one if all words that differ are such spellings.
const RESPELT: f64 = 0.88;
/// What a title without its subtitle scores, and what the first words of a title score.
const WITHOUT_SUBTITLE: f64 = 0.97;
const FIRST_WORDS: f64 = 0.85;
/// Words that a title needs to name a work without its author.
const ENOUGH_WORDS: usize = 5;
const SOME_WORDS: usize = 3;
/// Titles that many works have.
const GENERIC: [&str; 22] = [
    "about",
    "about us",
    "afterword",
    "conclusion",
    "editorial",
    "einleitung",
    "essays",
    "foreword",
    "home",
    "index",
    "interview",
    "introduction",
    "letters",
    "letter to editor",
    "letters to editor",
    "news",
    "notes",
    "preface",
    "review",
    "untitled",
    "vorwort",
    "works",
];

/// What holds two descriptions together, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    Doi,
    Arxiv,
    Isbn,
    Page,
    /// The same words of their authors, not understood.
    Words,
    /// Author, year and title.
    Likeness,
}

/// What two descriptions have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    /// Positions of the descriptions, the lower first.
    pub(super) ends: [u32; 2],
    pub(super) bond: Bond,
    /// Of 100.
    pub(super) score: u8,
    /// Why they are not taken for one work; None if they are.
    pub(super) against: Option<Reason>,
}

impl Link {
    pub(super) fn shares_identifier(&self) -> bool {
        self.bond < Bond::Words
    }
}

/// The link between two descriptions, if there is one.
pub(super) fn compare(one: &Description, other: &Description, ends: [u32; 2]) -> Option<Link> {
    if let Some(bond) = identifier(one, other) {
        return Some(Link { ends, bond, score: 100, against: dispute::find(one, other, bond) });
    }
    let (score, against) = by_likeness(one, other)?;
    Some(Link { ends, bond: Bond::Likeness, score: (score * 100.0).round() as u8, against })
}

fn identifier(one: &Description, other: &Description) -> Option<Bond> {
    fn share<T: PartialEq>(one: &[T], other: &[T]) -> bool {
        one.iter().any(|value| other.contains(value))
    }
    // What is understood is told apart by what it says.
    let is_unread = one.title.is_none() || other.title.is_none();
    // A chapter's ISBN is its book's.
    let are_whole = !one.is_part && !other.is_part;
    let bonds = [
        (share(&one.dois, &other.dois), Bond::Doi),
        (share(&one.arxivs, &other.arxivs), Bond::Arxiv),
        (are_whole && share(&one.isbns, &other.isbns), Bond::Isbn),
        (share(&one.pages, &other.pages), Bond::Page),
        (is_unread && share(&one.words, &other.words), Bond::Words),
    ];
    bonds.into_iter().find_map(|(holds, bond)| holds.then_some(bond))
}

/// How much of the authors two descriptions have in common.
#[derive(Clone, Copy, PartialEq)]
enum Authors {
    /// All authors of one are authors of the other.
    Same,
    Some,
    OneUnknown,
    BothUnknown,
}

fn by_likeness(one: &Description, other: &Description) -> Option<(f64, Option<Reason>)> {
    let (title, also) = (one.title.as_ref()?, other.title.as_ref()?);
    let year_apart = match (one.years.first(), other.years.first()) {
        (Some(year), Some(also)) => Some(year.abs_diff(*also)),
        _ => None,
    };
    if year_apart.is_some_and(|years| years > 1) {
        return None;
    }
    let score = alike(title, also);
    if score < NEAR {
        return None;
    }
    let authors = authors(&one.names, &other.names)?;
    let words = title.words.min(also.words);
    let is_exact = title.text == also.text;
    let are_dated = year_apart == Some(0);
    let doubt = if title.main() != also.main() && score < SAME {
        Some(if score == FIRST_WORDS { Reason::ShortTitle } else { Reason::Title })
    } else if score < SAME {
        Some(Reason::Title)
    } else if year_apart == Some(1) {
        Some(Reason::Year)
    } else if is_generic(title) && (one.container.is_empty() || one.container != other.container) {
        Some(Reason::GenericTitle)
    } else {
        match authors {
            Authors::Same => None,
            Authors::Some => Some(Reason::Authors),
            Authors::OneUnknown if is_exact && are_dated && words >= ENOUGH_WORDS => None,
            Authors::BothUnknown if is_exact && are_dated && words >= SOME_WORDS => None,
            _ if words >= SOME_WORDS => Some(Reason::MissingAuthor),
            _ => return None,
        }
    };
    let against = dispute::find(one, other, Bond::Likeness);
    // Two reasons to doubt are as good as no likeness.
    if doubt.is_some() && against.is_some_and(|against| against != Reason::Year) {
        return None;
    }
    let cost = match (authors, year_apart) {
        (Authors::Some, _) => 0.1,
        (Authors::OneUnknown, _) => 0.08,
        (_, Some(1)) => 0.05,
        (Authors::BothUnknown, _) | (_, None) => 0.02,
        _ => 0.0,
    };
    Some((score - cost, doubt.or(against)))
}

/// None when the authors are other people.
fn authors(names: &[Name], others: &[Name]) -> Option<Authors> {
    let least = names.len().min(others.len());
    match (names.is_empty(), others.is_empty()) {
        (true, true) => return Some(Authors::BothUnknown),
        (false, false) => {}
        _ => return Some(Authors::OneUnknown),
    }
    let shared = names.iter().filter(|name| others.iter().any(|other| name.is_like(other))).count();
    match shared {
        0 => None,
        _ if shared >= least => Some(Authors::Same),
        _ => Some(Authors::Some),
    }
}

fn is_generic(title: &Title) -> bool {
    GENERIC.contains(&title.text.as_str())
}

/// How alike two titles are, from 0 to 1. Titles with other numbers are not.
fn alike(title: &Title, other: &Title) -> f64 {
    if title.text == other.text {
        return 1.0;
    }
    if title.text.len().abs_diff(other.text.len()) <= 4 && squeezed(&title.text).eq(squeezed(&other.text)) {
        return 0.99;
    }
    let numbers_agree = || title.numbers().eq(other.numbers());
    if title.has_subtitle() != other.has_subtitle() && title.main() == other.main() {
        return if numbers_agree() { WITHOUT_SUBTITLE } else { 0.0 };
    }
    let (short, long) = if title.words < other.words { (title, other) } else { (other, title) };
    if short.words > 1 && long.text.strip_prefix(&short.text).is_some_and(|rest| rest.starts_with(' ')) {
        return if numbers_agree() { FIRST_WORDS } else { 0.0 };
    }
    let longest = title.text.len().max(other.text.len());
    let most_other_words = (title.words.max(other.words) / 3).max(2);
    if (title.text.len().abs_diff(other.text.len()) as f64) > longest as f64 * (1.0 - NEAR)
        || (title.signature & !other.signature).count_ones() as usize > most_other_words
        || (other.signature & !title.signature).count_ones() as usize > most_other_words
        || !numbers_agree()
    {
        return 0.0;
    }
    if title.words != other.words {
        return spelt_alike(&title.text, &other.text).min(SAME - 0.01);
    }
    // Word by word: most words are the same.
    let (mut lost, mut are_spellings) = (0.0, true);
    for (word, also) in title.text.split(' ').zip(other.text.split(' ')).filter(|(word, also)| word != also) {
        let score = spelt_alike(word, also);
        lost += (1.0 - score) * word.len().max(also.len()) as f64;
        are_spellings &= score >= SPELLINGS;
        if lost > longest as f64 * (1.0 - NEAR) {
            return 0.0;
        }
    }
    match 1.0 - lost / longest as f64 {
        score if !are_spellings => score.min(SAME - 0.01),
        score if score >= RESPELT => score.max(SAME),
        score => score,
    }
}

fn spelt_alike(text: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(text, other)
}

/// How alike two titles are, when one may be a loose name for the other.
pub(super) fn loose(title: &Title, other: &Title) -> f64 {
    match alike(title, other) {
        score if score >= NEAR => score,
        score => score.max(shared_words(title, other) as f64 / title.words.min(other.words).max(1) as f64),
    }
}

fn shared_words(title: &Title, other: &Title) -> usize {
    let words: Vec<&str> = other.text.split(' ').collect();
    title.text.split(' ').filter(|word| words.contains(word)).count()
}

/// Whether an address leads to a site as a whole.
pub(super) fn is_site(page: &Identity) -> bool {
    matches!(page, Identity::Page { rest, .. } if rest.is_empty())
}

pub(super) fn same_host(page: &Identity, other: &Identity) -> bool {
    matches!((page, other), (Identity::Page { host, .. }, Identity::Page { host: also, .. }) if host == also)
}
