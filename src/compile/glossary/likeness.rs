//! Whether two definitions say the same.
//!
//! They do where their words are the same whatever the case and punctuation; where the fuller one has all of the
//! shorter, in its order and at its start, or [`CONTAINED`] words of it or more anywhere; or where they share at
//! least [`LIKENESS`] of the words of both. A word that denies, or a number, that only one of them has makes them
//! differ all the same.

use std::collections::BTreeSet;

use super::super::names::fold;

/// Share of the words of both definitions that both must have.
const LIKENESS: f64 = 0.8;
/// So many words in a row are no accident.
const CONTAINED: usize = 5;
/// Of fewer words, one that differs is the one that counts.
const FEWEST: usize = 5;
/// More different wordings of one term than this are not compared.
const MOST_COMPARED: usize = 512;

/// Words that turn a meaning round.
const DENIALS: [&str; 34] = [
    "not", "no", "never", "without", "cannot", "isnt", "arent", "doesnt", "dont", "wont", "cant", "nor",
    "neither", "nicht", "kein", "keine", "keinen", "nie", "ohne", "ne", "pas", "sans", "jamais", "sin",
    "nunca", "jamás", "non", "mai", "senza", "não", "sem", "less", "rarely", "hardly",
];

/// A definition's words, for comparing.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    /// The words in their order, joined by hyphens.
    pub(super) folded: String,
    words: BTreeSet<String>,
    /// Numbers and denials among them.
    decisive: BTreeSet<String>,
}

impl Wording {
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        let words: BTreeSet<String> = folded.split('-').map(str::to_owned).collect();
        let is_decisive =
            |word: &&String| word.starts_with(|c: char| c.is_numeric()) || DENIALS.contains(&word.as_str());
        let decisive = words.iter().filter(is_decisive).cloned().collect();
        Wording { folded, words, decisive }
    }

    fn agrees(&self, other: &Wording) -> bool {
        let (short, long) =
            if self.folded.len() <= other.folded.len() { (self, other) } else { (other, self) };
        if short.folded == long.folded || short.is_contained(long) {
            return true;
        }
        let shared = short.words.intersection(&long.words).count();
        let all = short.words.len() + long.words.len() - shared;
        short.words.len() >= FEWEST
            && shared as f64 >= LIKENESS * all as f64
            && short.decisive == long.decisive
    }

    fn is_contained(&self, long: &Wording) -> bool {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with('-');
        if long.folded.strip_prefix(&self.folded).is_some_and(ends) {
            return true;
        }
        let enough = self.folded.split('-').count() >= CONTAINED;
        enough && format!("-{}-", long.folded).contains(&format!("-{}-", self.folded))
    }
}

/// The definitions that say the same, by their positions; each group in ascending order.
pub(super) fn group(wordings: &[Wording]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let compares = wordings.len() <= MOST_COMPARED;
    for (at, wording) in wordings.iter().enumerate() {
        let agrees = |other: &usize| wordings.get(*other).is_some_and(|other| wording.agrees(other));
        let mut members = vec![at];
        // One wording may say what two others say that do not resemble each other.
        groups.retain_mut(|group| {
            let joins = compares && group.iter().any(agrees);
            if joins {
                members.append(group);
            }
            !joins
        });
        members.sort_unstable();
        groups.push(members);
    }
    groups.sort();
    groups
}
