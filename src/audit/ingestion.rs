//! File against manuscript: what is not in the manuscript any more is in a change.

use std::collections::HashMap;

use super::{count_changes, words};
use crate::ledger::{Fate, Missing};
use crate::manuscript::Manuscript;

pub struct Ingestion {
    pub gained: i64,
    pub moved: usize,
    pub removed: usize,
    pub missing: Vec<Missing>,
}

/// Compares the lines that differ, and takes the words of every change into account.
pub fn check(manuscript: &Manuscript) -> Ingestion {
    let mut balance: HashMap<&str, i64> = HashMap::new();
    let mut lines: HashMap<&str, u32> = HashMap::new();
    let pairs = manuscript.original.split('\n').zip(manuscript.text.split('\n'));
    for (number, (before, after)) in pairs.enumerate().filter(|(_, (before, after))| before != after) {
        for (_, word) in words::split(before) {
            *balance.entry(word).or_default() += 1;
            lines.entry(word).or_insert(number as u32 + 1);
        }
        words::split(after).for_each(|(_, word)| *balance.entry(word).or_default() -= 1);
    }
    let mut gained = 0;
    for change in &manuscript.changes {
        for (_, word) in words::split(&change.text) {
            *balance.entry(word).or_default() -= 1;
            gained -= i64::from(matches!(change.fate, Fate::Repaired { .. }));
        }
        if let Fate::Repaired { after } = &change.fate {
            for (_, word) in words::split(after) {
                *balance.entry(word).or_default() += 1;
                gained += 1;
                lines.entry(word).or_insert(change.lines.0);
            }
        }
    }
    let mut missing: Vec<Missing> = balance
        .into_iter()
        .flat_map(|(word, count)| std::iter::repeat_n(word, usize::try_from(count).unwrap_or_default()))
        .map(|word| Missing { word: word.to_owned(), line: lines.get(word).copied() })
        .collect();
    missing.sort_by(|a, b| (a.line, &a.word).cmp(&(b.line, &b.word)));
    let count = |is: fn(&Fate) -> bool| {
        count_changes(&manuscript.changes, is) + count_changes(&manuscript.conversion, is)
    };
    Ingestion {
        gained,
        moved: count(|fate| *fate == Fate::Moved),
        removed: count(|fate| *fate == Fate::Removed),
        missing,
    }
}
