//! Ingest and parse on one core, in bytes of essay per second, from one to a hundred megabytes.
//!
//! The essays are made of the sample's words in an order of chance that is always the same: a text that
//! said anything twice would be cleaned of it. The peer is the Markdown parser alone, which only tells what
//! stands where.

use std::path::Path;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::BytesCount;
use garland::diagnostic::Diagnostics;
use garland::manuscript::Reading;
use garland::{ingest, parse};

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const MEGABYTES: [usize; 3] = [1, 10, 100];
/// As long as a long essay.
const ESSAY: usize = 64 << 10;

/// Numbers without rhyme, but the same ones in every run (a linear congruential generator, Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn vocabulary() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("chapters/01-come-take-the-light.md");
        let text = std::fs::read_to_string(sample).expect("the sample's first essay");
        let words =
            text.split(|next: char| !next.is_alphabetic()).filter(|word| word.len() > 1 && word.is_ascii());
        words.map(str::to_lowercase).collect()
    })
}

fn sentence(chance: &mut Chance, text: &mut String) {
    let words = vocabulary();
    for place in 0..8 + chance.below(14) {
        let word = &words[chance.below(words.len())];
        match (place, chance.below(60)) {
            (0, _) => {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
                continue;
            }
            (_, 0) => text.push_str(&format!(" *{word}*")),
            (_, 1) => text.push_str(&format!(" **{word}**")),
            (_, 2) => text.push_str(&format!(" [{word}](https://example.org/{word})")),
            (_, 3) => text.push_str(&format!(" “{word}”")),
            (_, 4) => text.push_str(&format!(" — {word}")),
            (_, 5) => text.push_str(&format!(", {word}’s")),
            _ => {
                text.push(' ');
                text.push_str(word);
            }
        }
    }
    text.push_str(". ");
}

fn essay(number: usize) -> String {
    let mut chance = Chance(number as u64);
    let mut text = format!("---\ntitle: Essay {number}\nauthor: Ada Lovelace\n---\n\n");
    while text.len() < ESSAY {
        match chance.below(12) {
            0 => text.push_str("## "),
            1 => text.push_str("> "),
            2 => {
                for _ in 0..4 {
                    text.push_str("- ");
                    sentence(&mut chance, &mut text);
                    text.push('\n');
                }
            }
            _ => (0..4).for_each(|_| sentence(&mut chance, &mut text)),
        }
        sentence(&mut chance, &mut text);
        text.push_str("\n\n");
    }
    text
}

/// What becomes of UTF-8 that is taken for windows-1252.
fn garble(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

fn read(essays: &[String]) {
    for essay in essays {
        let mut diagnostics = Diagnostics::new();
        let manuscript = ingest::prepare("essay.md", essay.as_bytes(), Reading::default(), &mut diagnostics)
            .expect("an essay");
        divan::black_box(parse::parse(&manuscript, &mut diagnostics));
    }
}

fn measure(bencher: Bencher, essays: Vec<String>) {
    let bytes: usize = essays.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| read(&essays));
}

#[divan::bench(args = MEGABYTES, sample_count = 5, sample_size = 1)]
fn clean_markdown(bencher: Bencher, megabytes: usize) {
    let count = megabytes << 20;
    measure(bencher, (0..count / ESSAY).map(essay).collect());
}

#[divan::bench(args = MEGABYTES, sample_count = 5, sample_size = 1)]
fn clean_markdown_by_the_peer(bencher: Bencher, megabytes: usize) {
    let essays: Vec<String> = (0..(megabytes << 20) / ESSAY).map(essay).collect();
    let bytes: usize = essays.iter().map(String::len).sum();
    let events =
        |essay: &String| pulldown_cmark::Parser::new_ext(essay, pulldown_cmark::Options::all()).count();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| essays.iter().map(|essay| divan::black_box(events(essay))).sum::<usize>());
}

#[divan::bench(args = MEGABYTES, sample_count = 5, sample_size = 1)]
fn garbled_markdown(bencher: Bencher, megabytes: usize) {
    let count = megabytes << 20;
    measure(bencher, (0..count / ESSAY).map(|number| garble(&essay(number))).collect());
}

/// One essay as long as one may be.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn one_long_essay(bencher: Bencher) {
    measure(
        bencher,
        vec![(0..(12 << 20) / ESSAY).map(|number| essay(number).replace("---\n", "\n")).collect()],
    );
}
