//! What words of a citation can mean, in the languages that essays cite in.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::BitOr;
use std::sync::LazyLock;

use super::gazetteer::NAMES;
use super::vocabulary::{CONCEPTS, MONTHS};

/// A set of meanings; a word such as `ed` or `e` has several, and its place in the text decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Concepts(u64);

impl Concepts {
    pub(super) const NONE: Self = Self(0);
    pub(super) const PAGE: Self = Self(1);
    pub(super) const VOLUME: Self = Self(1 << 1);
    pub(super) const ISSUE: Self = Self(1 << 2);
    pub(super) const EDITOR: Self = Self(1 << 3);
    pub(super) const TRANSLATOR: Self = Self(1 << 4);
    pub(super) const EDITION: Self = Self(1 << 5);
    pub(super) const IN: Self = Self(1 << 6);
    /// `accessed on`: a date follows.
    pub(super) const ACCESSED: Self = Self(1 << 7);
    /// `available at`: an address follows.
    pub(super) const AVAILABLE: Self = Self(1 << 8);
    pub(super) const UNDATED: Self = Self(1 << 9);
    pub(super) const FORTHCOMING: Self = Self(1 << 10);
    pub(super) const CIRCA: Self = Self(1 << 11);
    /// `et al.`
    pub(super) const OTHERS: Self = Self(1 << 12);
    pub(super) const AND: Self = Self(1 << 13);
    /// `see`, `cf.`
    pub(super) const SIGNAL: Self = Self(1 << 14);
    /// `quoted in`: what stands before is quoted from what follows.
    pub(super) const QUOTED: Self = Self(1 << 15);
    pub(super) const IBID: Self = Self(1 << 16);
    pub(super) const IDEM: Self = Self(1 << 17);
    pub(super) const OP_CIT: Self = Self(1 << 18);
    pub(super) const NOTE: Self = Self(1 << 19);
    pub(super) const ABOVE: Self = Self(1 << 20);
    /// Parts of works that are cited by number, other than pages.
    pub(super) const DIVISION: Self = Self(1 << 21);
    pub(super) const THESIS: Self = Self(1 << 22);
    pub(super) const REPORT: Self = Self(1 << 23);
    pub(super) const BY: Self = Self(1 << 24);
    pub(super) const MONTH: Self = Self(1 << 25);
    pub(super) const SEASON: Self = Self(1 << 26);
    pub(super) const PARTICLE: Self = Self(1 << 27);
    pub(super) const SUFFIX: Self = Self(1 << 28);
    pub(super) const GIVEN_NAME: Self = Self(1 << 29);
    pub(super) const CITY: Self = Self(1 << 30);
    /// States and counties that follow a city.
    pub(super) const REGION: Self = Self(1 << 31);
    pub(super) const ORGANISATION: Self = Self(1 << 32);
    pub(super) const PUBLISHER: Self = Self(1 << 33);
    /// Articles and prepositions: no name is made of them.
    pub(super) const FUNCTION: Self = Self(1 << 34);
    /// Verbs that tell a sentence from a reference.
    pub(super) const VERB: Self = Self(1 << 35);
    /// `[Internet]`, `[Video]`.
    pub(super) const MEDIUM: Self = Self(1 << 36);
    pub(super) const SERIES: Self = Self(1 << 37);
    pub(super) const BEFORE_CHRIST: Self = Self(1 << 38);
    /// `original work published`
    pub(super) const ORIGINAL: Self = Self(1 << 39);
    /// Words that periodicals have in their names.
    pub(super) const PERIODICAL: Self = Self(1 << 40);
    /// What cannot be described as a published work: letters, interviews, archives, court cases.
    pub(super) const UNPUBLISHED: Self = Self(1 << 41);
    pub(super) const CONFERENCE: Self = Self(1 << 42);
    /// Names of identifiers: `DOI`, `URL`.
    pub(super) const LABEL: Self = Self(1 << 43);
    /// Words before `edition`.
    pub(super) const REVISED: Self = Self(1 << 44);
    /// Archives of pages: `JSTOR`, `Wayback Machine`.
    pub(super) const DATABASE: Self = Self(1 << 45);

    /// People who are known by one name.
    pub(super) const MONONYM: Self = Self(1 << 46);
    /// `directed by`
    pub(super) const DIRECTOR: Self = Self(1 << 47);

    /// Words that are cut short with a stop, which ends no sentence.
    pub(super) const ABBREVIATION: Self = Self(1 << 48);
    /// Words that a note about the quotation begins with: `Emphasis mine`.
    pub(super) const COMMENT: Self = Self(1 << 49);
    /// Books of the Bible and the like, cited by chapter and verse.
    pub(super) const SCRIPTURE: Self = Self(1 << 50);

    /// `last modified on`: the date of the source follows.
    pub(super) const DATED: Self = Self(1 << 51);

    /// The host of a site in a name's place.
    pub(super) const SITE: Self = Self(1 << 52);

    /// Words in small letters that elements of a citation begin with.
    pub(super) const TAIL: Self = Self(
        Self::PAGE.0
            | Self::VOLUME.0
            | Self::ISSUE.0
            | Self::EDITOR.0
            | Self::TRANSLATOR.0
            | Self::EDITION.0
            | Self::REVISED.0
            | Self::IN.0
            | Self::ACCESSED.0
            | Self::AVAILABLE.0
            | Self::UNDATED.0
            | Self::FORTHCOMING.0
            | Self::CIRCA.0
            | Self::OTHERS.0
            | Self::AND.0
            | Self::SIGNAL.0
            | Self::QUOTED.0
            | Self::NOTE.0
            | Self::DIVISION.0
            | Self::THESIS.0
            | Self::REPORT.0
            | Self::BY.0
            | Self::MONTH.0
            | Self::SEASON.0
            | Self::PARTICLE.0
            | Self::MEDIUM.0
            | Self::SERIES.0
            | Self::ORIGINAL.0
            | Self::UNPUBLISHED.0
            | Self::CONFERENCE.0
            | Self::LABEL.0
            | Self::DATED.0
            | Self::SITE.0,
    );

    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

impl BitOr for Concepts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known of a word.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    pub(super) concepts: Concepts,
    /// 1–12 for the names of months.
    pub(super) month: u8,
    /// Longer terms that start with this word, longest first: the other words, in lower case.
    pub(super) phrases: Vec<(Vec<&'static str>, Concepts)>,
}

/// FNV-1a: every word of every note is looked up, and nobody can add to the table.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type Meanings = HashMap<&'static str, Meaning, BuildHasherDefault<WordHasher>>;

static MEANINGS: LazyLock<Meanings> = LazyLock::new(|| {
    let mut meanings = Meanings::default();
    for (concepts, terms) in CONCEPTS.iter().chain(NAMES) {
        for term in terms.iter().flat_map(|line| line.split(',')) {
            let mut words = term.split_whitespace();
            let Some(first) = words.next() else { continue };
            let rest: Vec<&str> = words.collect();
            let meaning = meanings.entry(first).or_default();
            if rest.is_empty() {
                meaning.concepts = meaning.concepts | *concepts;
            } else if let Some((_, known)) = meaning.phrases.iter_mut().find(|(words, _)| *words == rest) {
                *known = *known | *concepts;
            } else {
                meaning.phrases.push((rest, *concepts));
            }
        }
    }
    for (month, names) in (1..).zip(MONTHS) {
        for name in names.split_whitespace() {
            let meaning = meanings.entry(name).or_default();
            meaning.concepts = meaning.concepts | Concepts::MONTH;
            meaning.month = month;
        }
    }
    for meaning in meanings.values_mut() {
        meaning.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    meanings
});

/// What a word in lower case means.
pub(super) fn meaning(word: &str) -> Option<&'static Meaning> {
    MEANINGS.get(word)
}
