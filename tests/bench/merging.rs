//! Merging descriptions of sources on one core, from a thousand to a hundred thousand.
//!
//! As in a big anthology, most works are described several times, each time a little differently; the
//! works of the other half are described once.

use divan::Bencher;
use divan::counter::ItemsCount;
use garland::compile::merge::{Attestation, Candidate, Decisions, Origin, merge};
use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, FormatString, Person, QualifiedUrl};

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const DESCRIPTIONS: [usize; 3] = [1_000, 10_000, 100_000];

/// Numbers without rhyme, but the same ones in every run (a linear congruential generator, Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// A word of two to four syllables.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 20] = [
            "ba", "con", "der", "e", "fil", "gra", "hu", "in", "jo", "ka", "lum", "men", "no", "or", "per",
            "qui", "ra", "sol", "ti", "ver",
        ];
        (0..2 + self.below(3)).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn person(chance: &mut Chance) -> Person {
    let family = chance.word();
    let given = chance.word();
    Person::from_strings(vec![&family, &given]).expect("a name")
}

fn work(number: usize, chance: &mut Chance) -> Entry {
    let kinds = [EntryType::Book, EntryType::Article, EntryType::Web, EntryType::Report];
    let mut entry = Entry::new(&format!("work-{number}"), kinds[chance.below(kinds.len())]);
    let words = 3 + chance.below(6);
    let mut title = chance.words(words);
    if chance.below(3) == 0 {
        title = format!("{title}: {}", chance.words(4));
    }
    entry.set_title(FormatString::with_value(title));
    entry.set_authors((0..1 + chance.below(3)).map(|_| person(chance)).collect());
    entry.set_date(Date::from_year(1950 + chance.below(75) as i32));
    match chance.below(4) {
        0 => entry.set_doi(format!("10.1000/{number}")),
        1 => {
            let address = format!("https://www.example.org/{}/{number}", chance.word());
            entry.set_url(QualifiedUrl::new(address.parse().expect("an address"), None));
        }
        _ => {}
    }
    entry
}

/// The same work by another hand.
fn retell(work: &Entry, number: usize, chance: &mut Chance) -> Entry {
    let mut entry = work.clone();
    let title = work.title().map(ToString::to_string).unwrap_or_default();
    match chance.below(4) {
        0 => entry.set_title(FormatString::with_value(title.to_uppercase())),
        1 => entry.set_title(FormatString::with_value(title.split(": ").next().unwrap_or_default())),
        2 => entry.set_title(FormatString::with_value(title.replacen("men", "man", 1))),
        _ => entry.set_publisher(hayagriva::types::Publisher::new(
            Some(FormatString::with_value(format!("Press {}", number % 100))),
            None,
        )),
    }
    entry
}

fn candidates(count: usize, works: usize) -> Vec<Candidate> {
    let mut chance = Chance(42);
    let mut known: Vec<Entry> = Vec::new();
    (0..count)
        .map(|place| {
            let entry = match known.len() < works && chance.below(2) == 0 || known.is_empty() {
                true => {
                    known.push(work(place, &mut chance));
                    known[known.len() - 1].clone()
                }
                false => {
                    let known = &known[chance.below(known.len())];
                    retell(known, place, &mut chance)
                }
            };
            Candidate {
                entry,
                attestation: Attestation::Full,
                words: String::new(),
                addresses: Vec::new(),
                origin: Origin { chapter: Some(place / 100), place: place % 100 },
            }
        })
        .collect()
}

fn measure(bencher: Bencher, candidates: Vec<Candidate>) {
    bencher
        .counter(ItemsCount::new(candidates.len()))
        .bench(|| merge(divan::black_box(&candidates), &Decisions::default()).groups.len());
}

#[divan::bench(args = DESCRIPTIONS, sample_count = 5, sample_size = 1)]
fn works_described_twice(bencher: Bencher, count: usize) {
    measure(bencher, candidates(count, count / 2));
}

/// The same few works over and over.
#[divan::bench(args = DESCRIPTIONS, sample_count = 5, sample_size = 1)]
fn a_hundred_works(bencher: Bencher, count: usize) {
    measure(bencher, candidates(count, 100));
}

/// One author wrote everything in one year, and nearly the same each time: the worst block there is.
#[divan::bench(args = DESCRIPTIONS, sample_count = 5, sample_size = 1)]
fn one_author(bencher: Bencher, count: usize) {
    let mut candidates = candidates(count, count);
    let mut chance = Chance(7);
    for (number, candidate) in candidates.iter_mut().enumerate() {
        let title = format!("{} in the light of {}", chance.words(2), chance.words(2));
        let mut entry = Entry::new(&format!("work-{number}"), EntryType::Book);
        entry.set_title(FormatString::with_value(title));
        entry.set_authors(vec![Person::from_strings(vec!["Smith", "Jane"]).expect("a name")]);
        entry.set_date(Date::from_year(2001));
        candidate.entry = entry;
    }
    measure(bencher, candidates);
}
