//! Essays out of nothing, the same in every run, in two markups: Garland's and Typst's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// As many words as an essay of the anthology that Garland is made for.
const WORDS: usize = 675;
/// What a book of a thousand essays has, about.
const VOCABULARY: usize = 30_000;

/// An essay before it is written down.
pub struct Essay {
    pub number: usize,
    blocks: Vec<Block>,
}

enum Block {
    Heading(String),
    Paragraph(Vec<Span>),
    Quote(Vec<Span>),
    List(Vec<Vec<Span>>),
}

enum Span {
    Plain(String),
    Emphasis(String),
    Link(String),
    Note(String),
}

/// Numbers without rhyme, but the same ones in every run (a linear congruential generator, Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }
}

/// Words by how often they occur, as Zipf has it: the first is a hundred times as common as the hundredth.
pub struct Vocabulary {
    words: Vec<String>,
    /// Sums of the words' shares.
    shares: Vec<f64>,
}

impl Vocabulary {
    /// The sample anthology's words, the commonest first, and as many more made of their heads and tails as a
    /// large book has.
    pub fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("chapters");
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for entry in fs::read_dir(folder).expect("the sample") {
            let path = entry.expect("a file").path();
            if !path.extension().is_some_and(|kind| kind == "md" || kind == "txt") {
                continue;
            }
            let text = fs::read_to_string(path).expect("an essay of the sample");
            let words = text.split(|next: char| !next.is_alphabetic());
            for word in words.filter(|word| word.len() > 1 && word.is_ascii()) {
                *counts.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut words: Vec<String> = ranked.into_iter().map(|(word, _)| word).collect();
        let long: Vec<String> = words.iter().filter(|word| word.len() > 4).cloned().collect();
        let mut known: BTreeSet<String> = words.iter().cloned().collect();
        let mut chance = Chance(1);
        while words.len() < VOCABULARY {
            let (head, tail) = (&long[chance.below(long.len())], &long[chance.below(long.len())]);
            let word = format!("{}{}", &head[..head.len() / 2], &tail[tail.len() / 2..]);
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let shares = (0..words.len())
            .map(|rank| {
                sum += 1.0 / (rank as f64 + 2.7);
                sum
            })
            .collect();
        Vocabulary { words, shares }
    }

    fn word(&self, chance: &mut Chance) -> &str {
        let whole = self.shares[self.shares.len() - 1];
        let share = chance.next() as f64 / (1_u64 << 31) as f64 * whole;
        &self.words[self.shares.partition_point(|&sum| sum < share).min(self.words.len() - 1)]
    }

    /// Text of so many words, marked here and there.
    fn spans(&self, count: usize, may_note: bool, chance: &mut Chance) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut text = String::new();
        let mut left = count;
        while left > 0 {
            let length = (8 + chance.below(14)).min(left);
            left -= length;
            for place in 0..length {
                let word = self.word(chance);
                match (place, chance.below(90)) {
                    (0, _) => {
                        text.push_str(&word[..1].to_uppercase());
                        text.push_str(&word[1..]);
                        continue;
                    }
                    (_, 0) => {
                        text.push(' ');
                        spans.push(Span::Plain(std::mem::take(&mut text)));
                        spans.push(Span::Emphasis(word.to_owned()));
                        continue;
                    }
                    (1.., 1) if may_note && chance.below(4) == 0 => {
                        text.push(' ');
                        spans.push(Span::Plain(std::mem::take(&mut text)));
                        spans.push(Span::Link(word.to_owned()));
                        continue;
                    }
                    (_, 2) => text.push_str(" —"),
                    (_, 3..10) => text.push(','),
                    _ => {}
                }
                match chance.below(60) {
                    0 => write!(text, " “{word}”"),
                    1 => write!(text, " {word}’s"),
                    _ => write!(text, " {word}"),
                }
                .expect("room for a word");
            }
            text.push('.');
            if may_note && chance.below(45) == 0 {
                spans.push(Span::Plain(std::mem::take(&mut text)));
                spans.push(Span::Note(format!("See {} and {}.", self.word(chance), self.word(chance))));
            }
            if left > 0 {
                text.push(' ');
            }
        }
        spans.push(Span::Plain(text));
        spans
    }

    /// An essay: paragraphs, now and then a heading, a quotation, a list, a note, a link.
    pub fn essay(&self, number: usize) -> Essay {
        let mut chance = Chance(number as u64 + 7);
        let mut blocks = Vec::new();
        let mut left = WORDS;
        while left > 0 {
            let length = (40 + chance.below(70)).min(left);
            left -= length;
            match blocks.len() % 6 {
                3 => {
                    let words = [self.word(&mut chance), self.word(&mut chance), self.word(&mut chance)];
                    blocks.push(Block::Heading(format!("The {}", words.join(" "))));
                    blocks.push(Block::Paragraph(self.spans(length, true, &mut chance)));
                }
                _ if chance.below(12) == 0 => {
                    blocks.push(Block::Quote(self.spans(length, false, &mut chance)));
                }
                _ if chance.below(16) == 0 => {
                    let items = (0..4).map(|_| self.spans(length / 4 + 1, false, &mut chance)).collect();
                    blocks.push(Block::List(items));
                }
                _ => blocks.push(Block::Paragraph(self.spans(length, true, &mut chance))),
            }
        }
        Essay { number, blocks }
    }
}

impl Essay {
    pub fn title(&self) -> String {
        format!("Essay {}", self.number + 1)
    }

    /// The essay as Garland reads it.
    pub fn markdown(&self) -> String {
        let mut text = format!("---\ntitle: {}\nauthor: Ada Lovelace\n---\n", self.title());
        let mut notes = Vec::new();
        let mut write_spans = |text: &mut String, spans: &[Span]| {
            for span in spans {
                match span {
                    Span::Plain(words) => text.push_str(words),
                    Span::Emphasis(word) => text.push_str(&format!("*{word}*")),
                    Span::Link(word) => text.push_str(&format!("[{word}](https://example.org/{word})")),
                    Span::Note(words) => {
                        notes.push(words.clone());
                        text.push_str(&format!("[^{}]", notes.len()));
                    }
                }
            }
        };
        for block in &self.blocks {
            text.push('\n');
            match block {
                Block::Heading(words) => text.push_str(&format!("## {words}")),
                Block::Paragraph(spans) => write_spans(&mut text, spans),
                Block::Quote(spans) => {
                    text.push_str("> ");
                    write_spans(&mut text, spans);
                }
                Block::List(items) => {
                    for item in items {
                        text.push_str("- ");
                        write_spans(&mut text, item);
                        text.push('\n');
                    }
                }
            }
            text.push('\n');
        }
        for (number, words) in notes.iter().enumerate() {
            text.push_str(&format!("\n[^{}]: {words}\n", number + 1));
        }
        text
    }

    /// The essay as Typst reads it.
    pub fn typst(&self) -> String {
        let mut text = format!("\n#opening[{}][Ada Lovelace]\n", self.title());
        let write_spans = |text: &mut String, spans: &[Span]| {
            for span in spans {
                match span {
                    Span::Plain(words) => text.push_str(words),
                    Span::Emphasis(word) => text.push_str(&format!("#emph[{word}]")),
                    Span::Link(word) => {
                        text.push_str(&format!("#link(\"https://example.org/{word}\")[{word}]"));
                    }
                    Span::Note(words) => text.push_str(&format!("#footnote[{words}]")),
                }
            }
        };
        for block in &self.blocks {
            text.push('\n');
            match block {
                Block::Heading(words) => text.push_str(&format!("== {words}")),
                Block::Paragraph(spans) => write_spans(&mut text, spans),
                Block::Quote(spans) => {
                    text.push_str("#quote(block: true)[");
                    write_spans(&mut text, spans);
                    text.push(']');
                }
                Block::List(items) => {
                    for item in items {
                        text.push_str("- ");
                        write_spans(&mut text, item);
                        text.push('\n');
                    }
                }
            }
            text.push('\n');
        }
        text
    }
}
