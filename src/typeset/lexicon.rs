//! Words that one lane has shaped, for the others.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::shape::Type;
use super::word::Word;

/// So many can be asked at a time.
const SHELVES: usize = 16;
/// Of each shelf's words, so many come first since they are everywhere: lanes that counted who holds such a word in
/// one place would wait for each other all the time.
const COMMON: usize = 256;

/// What words that are looked up together have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WordClass {
    pub kind: Type,
    pub language: Option<[u8; 2]>,
    pub right_to_left: bool,
}

/// Shaped words by class and text. A word's glyphs depend on nothing else, so it does not matter who shaped it.
#[derive(Default)]
pub struct Lexicon {
    hasher: RandomState,
    shelves: [Mutex<Shelf>; SHELVES],
}

/// A word, and whether it is a common one.
type Entries = HashMap<Box<str>, (Arc<Word>, bool), RandomState>;

#[derive(Default)]
struct Shelf {
    /// Few classes, so they are looked through.
    classes: Vec<(WordClass, Entries)>,
    count: usize,
}

impl Lexicon {
    /// A word that is known already; a common one as a copy of its own.
    pub fn find(&self, class: WordClass, text: &str) -> Option<Arc<Word>> {
        let (word, is_common) = {
            let shelf = self.shelf(text).lock().unwrap_or_else(PoisonError::into_inner);
            let (_, entries) = shelf.classes.iter().find(|(known, _)| *known == class)?;
            entries.get(text)?.clone()
        };
        Some(if is_common { Arc::new(word.copied()) } else { word })
    }

    pub fn add(&self, class: WordClass, text: &str, word: &Arc<Word>) {
        let mut shelf = self.shelf(text).lock().unwrap_or_else(PoisonError::into_inner);
        shelf.count += 1;
        let is_common = shelf.count <= COMMON;
        let place = shelf.classes.iter().position(|(known, _)| *known == class).unwrap_or_else(|| {
            shelf.classes.push((class, Entries::default()));
            shelf.classes.len() - 1
        });
        shelf.classes[place].1.entry(text.into()).or_insert_with(|| (Arc::clone(word), is_common));
    }

    /// Forgets all words, on all cores: there are tens of thousands, each in several pieces.
    pub fn clear(self) {
        self.shelves.into_par_iter().for_each(drop);
    }

    fn shelf(&self, text: &str) -> &Mutex<Shelf> {
        &self.shelves[self.hasher.hash_one(text) as usize % SHELVES]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{COMMON, Lexicon, SHELVES, WordClass};
    use crate::fonts::{Family, Style};
    use crate::typeset::shape::Type;
    use crate::typeset::word::{Runs, Word};

    fn class() -> WordClass {
        let kind = Type::new(Family::Serif, Style::Regular);
        WordClass { kind, language: None, right_to_left: false }
    }

    fn word(width: f32) -> Arc<Word> {
        let (hang_left, hang_right) = (0.0, 0.0);
        let (runs, breaks) = (Runs::new(), Vec::new());
        Arc::new(Word { runs, breaks, width, hang_left, hang_right, right_to_left: false })
    }

    #[test]
    fn a_word_is_found_by_its_class_and_text() {
        let lexicon = Lexicon::default();
        lexicon.add(class(), "garland", &word(1.0));
        assert_eq!(lexicon.find(class(), "garland").map(|word| word.width), Some(1.0));
        assert!(lexicon.find(class(), "wreath").is_none());
        assert!(lexicon.find(WordClass { right_to_left: true, ..class() }, "garland").is_none());
    }

    #[test]
    fn common_words_are_copied_and_others_shared() {
        let lexicon = Lexicon::default();
        let is_shared = |text: &str| {
            let word = word(1.0);
            lexicon.add(class(), text, &word);
            lexicon.find(class(), text).is_some_and(|found| Arc::ptr_eq(&found, &word))
        };
        assert!(!is_shared("the"));
        for number in 0..2 * COMMON * SHELVES {
            lexicon.add(class(), &number.to_string(), &word(1.0));
        }
        assert!(is_shared("garland"));
    }
}
