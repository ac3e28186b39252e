//! Manuscript against tree: every word was used, and what was used as text is in the tree.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{count_changes, words};
use crate::document::Document;
use crate::ledger::{Fate, Ledger, Missing, Use};
use crate::manuscript::Manuscript;

pub struct Reading {
    /// All words of the manuscript.
    pub words: usize,
    pub kept: usize,
    pub moved: usize,
    pub removed: usize,
    pub markup: usize,
    pub missing: Vec<Missing>,
}

/// How often each word stands in the text more often than in the tree.
type Balance<'t> = HashMap<&'t str, i64, RandomState>;

/// How often each byte of a text may be spoken for on average: syntax nests, but not deeply.
const OVERLAP: usize = 64;

/// Classes every word of the manuscript by what the reader used it for, then compares the words of the
/// text with those of the tree.
pub fn check(manuscript: &Manuscript, document: &Document, ledger: &Ledger) -> Reading {
    let text = manuscript.text.as_str();
    let owners = owners(text, ledger);
    let usage = |byte: usize| owner(&owners, byte).and_then(|index| ledger.uses.get(index));
    let mut reading = Reading { words: 0, kept: 0, moved: 0, removed: 0, markup: 0, missing: Vec::new() };
    let mut line = Lines::new(text);
    let mut changed = 0;
    for (start, word) in words::split(text) {
        reading.words += 1;
        match usage(start).map(|(_, usage)| usage) {
            Some(Use::Text | Use::Written(_)) => reading.kept += 1,
            Some(Use::Markup) => reading.markup += 1,
            Some(Use::Changed) => changed += 1,
            None => reading.missing.push(Missing { word: word.to_owned(), line: Some(line.of(start)) }),
        }
    }
    reading.moved = count_changes(&ledger.changes, |fate| *fate == Fate::Moved).min(changed);
    reading.removed = changed - reading.moved;

    let mut written = Vec::with_capacity(reading.words);
    for piece in pieces(text, &owners, ledger) {
        written.extend(words::split(piece).map(|(_, word)| word));
    }
    let mut read = Vec::with_capacity(reading.words);
    words::visit(document, &mut |piece| read.extend(words::split(piece).map(|(_, word)| word)));
    for piece in &ledger.spent {
        read.extend(words::split(piece).map(|(_, word)| word));
    }
    // Most trees have the words of their texts in the same order, and need no counting.
    let same = written.iter().zip(&read).take_while(|(written, read)| written == read).count();
    let mut balance: Balance = HashMap::default();
    written[same..].iter().for_each(|word| *balance.entry(word).or_default() += 1);
    read[same..].iter().for_each(|word| *balance.entry(word).or_default() -= 1);
    balance.retain(|_, count| *count != 0);
    if !same_letters(&balance) {
        let lost = missing(text, &mut balance, &usage);
        reading.kept -= lost.len().min(reading.kept);
        reading.missing.extend(lost);
    }
    reading
}

/// For every byte, the last use that covers it, counted from 1; 0 where none does.
fn owners(text: &str, ledger: &Ledger) -> Vec<u32> {
    let mut owners = vec![0; text.len()];
    let mut budget = text.len().saturating_mul(OVERLAP);
    for (index, (span, _)) in ledger.uses.iter().enumerate() {
        let Some(covered) = owners.get_mut(span.start as usize..span.end as usize) else { continue };
        if covered.len() > budget {
            break;
        }
        budget -= covered.len();
        covered.fill(index as u32 + 1);
    }
    owners
}

fn owner(owners: &[u32], byte: usize) -> Option<usize> {
    owners.get(byte).and_then(|owner| (*owner as usize).checked_sub(1))
}

/// The stretches of the manuscript that went into the tree, in the letters in which they did.
fn pieces<'a>(text: &'a str, owners: &[u32], ledger: &'a Ledger) -> Vec<&'a str> {
    let is_text = |byte| {
        owner(owners, byte).is_some_and(|index| matches!(ledger.uses.get(index), Some((_, Use::Text))))
    };
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < owners.len() {
        let start = at;
        if is_text(at) {
            while at < owners.len() && is_text(at) {
                at += 1;
            }
            pieces.extend(text.get(start..at));
            continue;
        }
        while at < owners.len() && owners[at] == owners[start] {
            at += 1;
        }
        // Where a later use cut a written one in two, its first half speaks for it.
        if let Some((span, Use::Written(written))) =
            owner(owners, start).and_then(|index| ledger.uses.get(index))
            && span.start as usize == start
        {
            pieces.push(written);
        }
    }
    pieces
}

/// Whether what is left on both sides is the same letters, parted differently: `caf&eacute;`.
fn same_letters(balance: &Balance) -> bool {
    let mut letters: HashMap<char, i64> = HashMap::new();
    for (word, count) in balance {
        for letter in word.chars() {
            *letters.entry(letter).or_default() += count;
        }
    }
    letters.values().all(|count| *count <= 0)
}

/// The words of the text that the tree lacks, at the last places where they stand.
fn missing<'t, 'l: 't>(
    text: &'t str,
    balance: &mut Balance<'t>,
    usage: &impl Fn(usize) -> Option<&'l (crate::document::Span, Use)>,
) -> Vec<Missing> {
    let mut line = Lines::new(text);
    let mut missing = Vec::new();
    for (start, word) in words::split(text) {
        let is_text = matches!(usage(start), Some((_, Use::Text)));
        if let Some(count) = balance.get_mut(word).filter(|count| is_text && **count > 0) {
            *count -= 1;
            missing.push(Missing { word: word.to_owned(), line: Some(line.of(start)) });
        }
    }
    missing
}

/// Counts lines for offsets that rise.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Lines { text, at: 0, line: 1 }
    }

    fn of(&mut self, offset: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.at..offset).unwrap_or_default();
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u32;
        self.at = self.at.max(offset);
        self.line
    }
}
