//! One glossary for a big anthology, on one core: 1,000 essays that use the terms of a list of 5,000, and define
//! some of them again.

use divan::Bencher;
use garland::compile::compile;
use garland::diagnostic::Diagnostics;
use garland::document::{Block, Document, Inline, List, Metadata, Numerals, Parsed, Span};
use garland::manifest::Manifest;
use garland::manuscript::{Dialect, Input, InputFile, Manuscript};

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a core");
    pool.install(divan::main);
}

const ESSAYS: usize = 1_000;
const TERMS: usize = 5_000;
const PARAGRAPHS: usize = 20;
const WORDS: usize = 80;

/// Numbers without rhyme, but the same ones in every run (a linear congruential generator, Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

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

fn paragraph(text: String) -> Block<Parsed> {
    Block::Paragraph(vec![Inline::Text(text)])
}

/// Essays of 1,600 words; every fifth defines ten terms of the list, half of them in other words.
fn anthology(term_count: usize) -> (Input, Vec<Document>) {
    let mut chance = Chance(42);
    let terms: Vec<(String, String)> = (0..term_count)
        .map(|number| {
            let words = 1 + chance.below(3);
            (format!("{} {number}", chance.words(words)), chance.words(12))
        })
        .collect();
    let list: String = terms.iter().map(|(name, definition)| format!("{name}: {definition}\n")).collect();
    let mut input = Input { folder: "bench".to_owned(), ..Input::default() };
    if term_count > 0 {
        input.glossaries.push(InputFile { path: "glossary.yaml".to_owned(), content: list });
    }
    let mut documents = Vec::new();
    for number in 0..ESSAYS {
        let mut body = Vec::new();
        for _ in 0..PARAGRAPHS {
            let mut text = chance.words(WORDS);
            if let Some((name, _)) = terms.get(chance.below(TERMS)) {
                text = format!("{text} {name} {}", chance.word());
            }
            body.push(paragraph(text));
        }
        if number % 5 == 0 && term_count > 0 {
            let content = vec![Inline::Text("Glossary".to_owned())];
            body.push(Block::Heading { level: 2, anchor: None, content, span: Span::default() });
            let item = |at: usize| {
                let (name, definition) = &terms[(number * 10 + at) % terms.len()];
                let definition =
                    if at.is_multiple_of(2) { definition.clone() } else { format!("Another {name}.") };
                vec![paragraph(format!("{name}: {definition}"))]
            };
            let items = (0..10).map(item).collect();
            body.push(Block::List(List { start: None, numerals: Numerals::default(), tight: true, items }));
        }
        let file = format!("{number}.md");
        let metadata = Metadata { title: Some(format!("Essay {number}")), ..Metadata::default() };
        input.manuscripts.push(Manuscript::untouched(&file, Dialect::Markdown, "text"));
        documents.push(Document { file, metadata, body, notes: Vec::new() });
    }
    (input, documents)
}

fn measure(bencher: Bencher, term_count: usize) {
    let (input, documents) = anthology(term_count);
    let manifest = Manifest { language: Some("en".to_owned()), ..Manifest::default() };
    bencher.with_inputs(|| (input.clone(), documents.clone())).bench_local_values(|(input, documents)| {
        compile(&manifest, input, documents, None, &mut Diagnostics::new()).glossary.len()
    });
}

/// The whole compilation, glossary and all.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn with_5_000_terms(bencher: Bencher) {
    measure(bencher, TERMS);
}

/// What the same essays cost without a glossary.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn without_terms(bencher: Bencher) {
    measure(bencher, 0);
}
