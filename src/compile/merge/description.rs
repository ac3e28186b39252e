//! What matters of a description for telling works apart.

use std::cmp::Ordering;

use hayagriva::Entry;
use hayagriva::types::{EntryType, PersonRole};

use super::super::addresses::{self, Identity};
use super::super::isbn;
use super::folding::{Name, Title, fold, numeral};

/// How an ISBN is written as an address.
const ISBN_SCHEME: &str = "urn:isbn:";

/// More values than this of one kind are not remembered of a work: sets stay cheap to compare.
const MOST_VALUES: usize = 64;

/// A paper may have thousands of authors.
const MOST_NAMES: usize = 24;

/// What a description says, ready to be compared. Its order is the order in which everything is
/// done; of works that are being joined the sets hold what any of them says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Description {
    pub(super) title: Option<Title>,
    /// Authors; if there are none, editors or the organisation.
    pub(super) names: Vec<Name>,
    pub(super) years: Vec<i32>,
    /// A chapter, an entry of a work of reference: part of a book.
    pub(super) is_part: bool,
    pub(super) kinds: u8,
    pub(super) forms: u8,
    pub(super) container: String,
    pub(super) volumes: Vec<String>,
    pub(super) editions: Vec<String>,
    pub(super) chapters: Vec<String>,
    pub(super) first_pages: Vec<String>,
    pub(super) dois: Vec<String>,
    /// The twelve digits before the last of the long form.
    pub(super) isbns: Vec<u64>,
    pub(super) arxivs: Vec<String>,
    pub(super) pages: Vec<Identity>,
    pub(super) languages: Vec<String>,
    pub(super) translators: Vec<String>,
    /// Folded.
    pub(super) words: Vec<String>,
    /// Of the others that were joined.
    pub(super) other_titles: Vec<Title>,
    pub(super) other_names: Vec<Name>,
    /// The editor's lists of what is kept apart, and the place in each.
    pub(super) apart: Vec<(usize, usize)>,
}

/// Kinds of works that are never each other. What has none of them may be any.
const BOOK: u8 = 1;
const PIECE: u8 = 2;
const THESIS: u8 = 4;
const RECORDING: u8 = 8;

/// Forms of texts.
const REVIEW: u8 = 1;
const NO_REVIEW: u8 = 2;

impl Description {
    pub(super) fn new(entry: &Entry, words: &str, addresses: &[String]) -> Self {
        let mut description = Description::of_entry(entry);
        let words = fold(words);
        description.add_addresses(entry, addresses, !words.is_empty());
        if !words.is_empty() {
            description.words.push(words);
        }
        description
    }

    fn of_entry(entry: &Entry) -> Self {
        let title = entry.title().map(|title| title.value.to_str());
        let persons = [entry.authors(), entry.editors()].into_iter().flatten().find(|list| !list.is_empty());
        let mut names: Vec<Name> = persons
            .unwrap_or_default()
            .iter()
            .filter_map(|person| Name::new(&person.name, person.given_name.as_deref().unwrap_or_default()))
            .take(MOST_NAMES)
            .collect();
        if names.is_empty()
            && let Some(organization) = entry.organization()
        {
            names.extend(Name::new(&organization.value.to_str(), ""));
        }
        let is_part = is_part(entry);
        let kinds = kind(entry);
        let in_book = |own: Option<String>, of: fn(&Entry) -> Option<String>| {
            own.or_else(|| is_part.then(|| containers(entry).find_map(of)).flatten())
        };
        let mut description = Description {
            years: entry
                .date()
                .or_else(|| containers(entry).find_map(Entry::date))
                .map(|date| date.year)
                .into_iter()
                .collect(),
            is_part,
            kinds,
            forms: if is_review(entry, title.as_deref()) { REVIEW } else { NO_REVIEW },
            container: containers(entry)
                .filter(|_| is_part || kinds == PIECE || kinds == 0)
                .find_map(Entry::title)
                .map(|title| fold(&title.value.to_str()))
                .unwrap_or_default(),
            volumes: in_book(volume(entry), volume).into_iter().collect(),
            editions: in_book(edition(entry), edition).into_iter().collect(),
            chapters: entry.chapter().map(|chapter| numeral(&chapter.to_str())).into_iter().collect(),
            first_pages: entry
                .page_range()
                .and_then(|pages| first_number(&pages.to_str()))
                .into_iter()
                .collect(),
            isbns: entry
                .isbn()
                .or_else(|| is_part.then(|| containers(entry).find_map(Entry::isbn)).flatten())
                .map(isbns)
                .unwrap_or_default(),
            languages: entry
                .language()
                .map(|language| language.language.as_str().to_owned())
                .filter(|language| language != "und")
                .into_iter()
                .collect(),
            translators: entry
                .affiliated()
                .unwrap_or_default()
                .iter()
                .filter(|group| group.role == PersonRole::Translator)
                .flat_map(|group| &group.names)
                .filter_map(|person| Some(Name::new(&person.name, "")?.last_word().to_owned()))
                .collect(),
            title: title.as_deref().and_then(Title::new),
            names,
            ..Description::default()
        };
        if let Some(id) = entry.arxiv().and_then(addresses::arxiv) {
            description.arxivs.push(id);
        }
        description
    }

    /// Of several addresses in an author's words none is surely the work's own.
    fn add_addresses(&mut self, entry: &Entry, addresses: &[String], are_in_words: bool) {
        if let Some(doi) = entry.doi() {
            self.dois.extend(addresses::doi(&addresses::percent_decode(doi)));
        }
        let has_own = !self.dois.is_empty();
        let own = entry.url().and_then(|url| addresses::identify(url.value.as_str()));
        let mut written: Vec<Identity> =
            addresses.iter().filter_map(|address| addresses::identify(address)).collect();
        written.sort();
        written.dedup();
        if are_in_words && written.len() > 1 {
            written.clear();
        }
        for address in addresses {
            let numbers = address.strip_prefix(ISBN_SCHEME).map(isbns).unwrap_or_default();
            numbers.iter().for_each(|isbn| add(&mut self.isbns, isbn));
        }
        for identity in own.into_iter().chain(written) {
            match identity {
                Identity::Doi(doi) if !has_own => add(&mut self.dois, &doi),
                Identity::Doi(_) => {}
                Identity::Arxiv(id) => add(&mut self.arxivs, &id),
                page => add(&mut self.pages, &page),
            }
        }
        for doi in &self.dois {
            if let Some(id) = doi.strip_prefix("10.48550/arxiv.").and_then(addresses::arxiv) {
                add(&mut self.arxivs, &id);
            }
        }
    }

    /// Adds to the sets what another part of the same work says.
    pub(super) fn absorb(&mut self, part: &Description) {
        fn add_all<T: Clone + PartialEq>(set: &mut Vec<T>, values: &[T]) {
            values.iter().for_each(|value| add(set, value));
        }
        self.kinds |= part.kinds;
        self.forms |= part.forms;
        add_all(&mut self.years, &part.years);
        add_all(&mut self.volumes, &part.volumes);
        add_all(&mut self.editions, &part.editions);
        add_all(&mut self.chapters, &part.chapters);
        add_all(&mut self.first_pages, &part.first_pages);
        add_all(&mut self.dois, &part.dois);
        add_all(&mut self.isbns, &part.isbns);
        add_all(&mut self.arxivs, &part.arxivs);
        add_all(&mut self.pages, &part.pages);
        add_all(&mut self.languages, &part.languages);
        add_all(&mut self.translators, &part.translators);
        add_all(&mut self.words, &part.words);
        add_all(&mut self.apart, &part.apart);
        part.titles().filter(|title| Some(*title) != self.title.as_ref()).for_each(|title| {
            add(&mut self.other_titles, title);
        });
        let others = part.all_names().filter(|name| !self.names.contains(name));
        others.for_each(|name| add(&mut self.other_names, name));
    }

    /// What leads to the work and is not in its entry.
    pub(super) fn addresses_beside(&self, entry: &Entry) -> Vec<String> {
        let own = Description::new(entry, "", &[]);
        let pages = self.pages.iter().filter(|page| !own.pages.contains(page));
        let isbns = self.isbns.iter().filter(|isbn| !own.isbns.contains(isbn));
        let mut addresses: Vec<String> = pages.map(|page| format!("https://{page}")).collect();
        addresses.extend(isbns.map(|isbn| format!("{ISBN_SCHEME}{}", with_check_digit(*isbn))));
        addresses.sort();
        addresses
    }

    pub(super) fn titles(&self) -> impl Iterator<Item = &Title> {
        self.title.iter().chain(&self.other_titles)
    }

    pub(super) fn all_names(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().chain(&self.other_names)
    }

    /// By authors, year and title, as a bibliography is.
    pub(super) fn compare_as_listed(&self, other: &Description) -> Ordering {
        self.names
            .cmp(&other.names)
            .then_with(|| self.years.first().cmp(&other.years.first()))
            .then_with(|| self.cmp(other))
    }
}

fn add<T: Clone + PartialEq>(set: &mut Vec<T>, value: &T) {
    if set.len() < MOST_VALUES && !set.contains(value) {
        set.push(value.clone());
    }
}

/// What an entry is part of, without the event it was made for and the work it was made from.
fn containers(entry: &Entry) -> impl Iterator<Item = &Entry> {
    let is_container =
        |parent: &&Entry| !matches!(parent.entry_type(), EntryType::Conference | EntryType::Original);
    entry.parents().iter().filter(is_container)
}

fn is_part(entry: &Entry) -> bool {
    let in_book = || {
        containers(entry).any(|parent| {
            matches!(
                parent.entry_type(),
                EntryType::Book | EntryType::Anthology | EntryType::Proceedings | EntryType::Reference
            )
        })
    };
    match entry.entry_type() {
        EntryType::Chapter | EntryType::Anthos | EntryType::Entry | EntryType::Scene => true,
        EntryType::Article => in_book(),
        _ => false,
    }
}

fn kind(entry: &Entry) -> u8 {
    match entry.entry_type() {
        EntryType::Book | EntryType::Anthology | EntryType::Reference | EntryType::Report => BOOK,
        EntryType::Article | EntryType::Chapter | EntryType::Anthos | EntryType::Entry => PIECE,
        EntryType::Thesis => THESIS,
        EntryType::Video | EntryType::Audio | EntryType::Scene => RECORDING,
        _ => 0,
    }
}

fn is_review(entry: &Entry, title: Option<&str>) -> bool {
    const OPENINGS: [&str; 9] = [
        "book review",
        "compte rendu",
        "recension",
        "recensione",
        "resena",
        "review of",
        "review",
        "rezension",
        "besprechung",
    ];
    let genre = entry.genre().map(|genre| fold(&genre.value.to_str()));
    let title = title.map(|title| fold(title.get(..40).unwrap_or(title))).unwrap_or_default();
    let opens = |opening: &str| title.strip_prefix(opening).is_some_and(|rest| rest.starts_with(' '));
    genre.is_some_and(|genre| genre.contains("review")) || OPENINGS.iter().any(|opening| opens(opening))
}

fn volume(entry: &Entry) -> Option<String> {
    entry.volume().map(|volume| numeral(&volume.to_str()))
}

fn edition(entry: &Entry) -> Option<String> {
    entry.edition().map(|edition| numeral(&edition.to_str()))
}

fn first_number(pages: &str) -> Option<String> {
    let start = pages.find(|c: char| c.is_ascii_alphanumeric())?;
    let number = pages.get(start..)?.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    Some(number.to_lowercase())
}

/// An ISBN as it is written.
fn with_check_digit(isbn: u64) -> String {
    let digits = isbn.to_string();
    let values: Vec<u32> = digits.chars().filter_map(|digit| digit.to_digit(10)).collect();
    format!("{digits}{}", isbn::check_digit(&values))
}

/// The valid ISBNs of a text, without their check digits and all in the long form.
pub(super) fn isbns(text: &str) -> Vec<u64> {
    let mut found = Vec::new();
    let mut digits: Vec<u32> = Vec::new();
    let compact: String = text.chars().filter(|c| !matches!(c, '-' | '‐' | '‑' | '–')).collect();
    let is_whole = |compact: &str| matches!(compact.chars().filter(|c| *c != ' ').count(), 10 | 13);
    let compact = if is_whole(&compact) { compact.replace(' ', "") } else { compact };
    for word in compact.split(|c: char| !c.is_ascii_alphanumeric()) {
        digits.clear();
        digits.extend(word.chars().filter_map(|c| match c {
            'x' | 'X' => Some(10),
            _ => c.to_digit(10),
        }));
        let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit));
        if isbn::is_short(&digits) {
            found.push(978_000_000_000 + digits.get(..9).map_or(0, number));
        } else if isbn::is_long(&digits) {
            found.push(digits.get(..12).map_or(0, number));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
