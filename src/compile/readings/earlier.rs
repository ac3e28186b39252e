//! What was cited before, to know what a short form means.

use std::collections::HashMap;

use super::super::linked::Locator;
use super::super::names::fold;
use super::super::prose::{Cited, Name, Short, Work};

/// Works that one name or title leads to; of more, a short form cannot mean one.
const MOST_NAMESAKES: usize = 200;

/// The sources cited so far, by their positions among the essay's references.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    works: HashMap<usize, Known>,
    by_family: HashMap<String, Vec<usize>>,
    /// By the first word of the title that is no article.
    by_title: HashMap<String, Vec<usize>>,
    last: Option<LastCited>,
    of_note: HashMap<usize, Vec<usize>>,
    /// Footnotes, as they are numbered in print.
    order: Vec<usize>,
}

/// What *ibid.* means.
#[derive(Debug, Clone)]
pub(super) struct LastCited {
    reference: usize,
    locator: Option<Locator>,
}

/// A work, as far as short forms tell of it.
#[derive(Debug)]
struct Known {
    authors: Vec<Name>,
    families: Vec<String>,
    title: Option<String>,
    year: Option<i32>,
    letter: Option<char>,
}

impl Earlier {
    pub(super) fn begin_note(&mut self, note: usize) {
        self.order.push(note);
    }

    /// *Ibid.* in the next note means what this one cites, if that is one source.
    pub(super) fn end_note(&mut self, note: usize) {
        if self.of_note.get(&note).is_none_or(|cited| cited.len() != 1) {
            self.last = None;
        }
    }

    /// Something else was cited: *ibid.* has lost its meaning.
    pub(super) fn interrupt(&mut self) {
        self.last = None;
    }

    pub(super) fn last(&self) -> Option<LastCited> {
        self.last.clone()
    }

    /// Takes back what a note has cited so far.
    pub(super) fn return_to(&mut self, note: usize, last: Option<LastCited>) {
        self.last = last;
        self.of_note.remove(&note);
    }

    pub(super) fn cite(&mut self, note: usize, reference: usize, locator: Option<&Locator>) {
        self.last = Some(LastCited { reference, locator: locator.cloned() });
        let cited = self.of_note.entry(note).or_default();
        if !cited.contains(&reference) {
            cited.push(reference);
        }
    }

    /// Enters a work that is described in full.
    pub(super) fn add(&mut self, work: &Work, reference: usize) {
        let people = if work.authors.is_empty() { &work.editors } else { &work.authors };
        let date = work.date.clone().unwrap_or_default();
        let known = Known {
            authors: people.clone(),
            families: people.iter().map(family).collect(),
            title: work.title.as_deref().map(fold),
            year: date.year,
            letter: date.letter,
        };
        if let Some(first) = known.families.first() {
            self.by_family.entry(first.clone()).or_default().push(reference);
        }
        if let Some(first) = known.title.as_deref().and_then(first_word) {
            self.by_title.entry(first.to_owned()).or_default().push(reference);
        }
        self.works.insert(reference, known);
    }

    /// The work with the authors of the one before, if it says that they are the same.
    pub(super) fn with_authors(&self, mut work: Work) -> Work {
        if work.has_same_authors
            && let Some(authors) = self.last_authors().filter(|authors| !authors.is_empty())
        {
            work.authors = authors.to_vec();
            work.has_same_authors = false;
        }
        work
    }

    /// The source that is meant, and the place in it if that is the same as before.
    pub(super) fn resolve(
        &self,
        cited: &Cited,
        labels: &HashMap<String, usize>,
    ) -> Option<(usize, Option<Locator>)> {
        match cited {
            Cited::Work(_) => None,
            Cited::Ibid => self.last.clone().map(|last| (last.reference, last.locator)),
            Cited::Short(short) => {
                let mut meant = self.candidates(short)?.filter(|reference| self.fits(*reference, short));
                let only = meant.next()?;
                meant.next().is_none().then_some((only, None))
            }
            // The last one, unless it names no author: then it could be any.
            Cited::OpCit(short) if short.authors.is_empty() && !short.has_same_authors => None,
            Cited::OpCit(short) => {
                self.candidates(short)?.filter(|it| self.fits(*it, short)).last().map(|it| (it, None))
            }
            Cited::Above { note, short } => {
                let labelled = labels.get(&note.to_string()).copied();
                let counted = || self.order.get(usize::try_from(*note).ok()?.checked_sub(1)?).copied();
                let cited = self.of_note.get(&labelled.or_else(counted)?)?;
                let mut meant = cited.iter().copied().filter(|reference| self.fits(*reference, short));
                let only = meant.next()?;
                meant.next().is_none().then_some((only, None))
            }
        }
    }

    fn last_authors(&self) -> Option<&[Name]> {
        Some(&self.works.get(&self.last.as_ref()?.reference)?.authors)
    }

    /// The works that the short form's name or title leads to, in the order of their citation.
    fn candidates(&self, short: &Short) -> Option<impl Iterator<Item = usize>> {
        let authors = if short.has_same_authors { self.last_authors()? } else { &short.authors };
        let found = match authors.first() {
            Some(author) => self.by_family.get(&family(author))?,
            None => self.by_title.get(first_word(&fold(short.title.as_deref()?))?)?,
        };
        (found.len() <= MOST_NAMESAKES).then(|| found.iter().copied())
    }

    fn fits(&self, reference: usize, short: &Short) -> bool {
        let Some(known) = self.works.get(&reference) else {
            // Words that were not understood: fit for a number, not for a name.
            return *short == Short::default();
        };
        let has_author = |name: &Name| known.families.contains(&family(name));
        let title = short.title.as_deref().map(fold);
        let has_title =
            title.is_none_or(|title| known.title.as_deref().is_some_and(|all| within(&title, all)));
        let date = short.date.clone().unwrap_or_default();
        let has_year = date.year.is_none() || date.year == known.year;
        let has_letter = date.letter.is_none() || known.letter.is_none() || date.letter == known.letter;
        short.authors.iter().all(has_author) && has_title && has_year && has_letter
    }
}

/// The family name without the particles before it, which authors keep or drop: `de Beauvoir`.
fn family(name: &Name) -> String {
    let bare = name.family.trim_start_matches(|c: char| !c.is_uppercase());
    fold(if bare.is_empty() { &name.family } else { bare })
}

/// The first word of a folded title that is no article.
fn first_word(folded: &str) -> Option<&str> {
    folded
        .split('-')
        .find(|word| !matches!(*word, "" | "the" | "a" | "an" | "le" | "la" | "der" | "die" | "das"))
}

/// Whether one folded title is the other, or whole words of it.
fn within(short: &str, title: &str) -> bool {
    let mut rest = title;
    let mut starts_word = true;
    while let Some(at) = rest.find(short).filter(|_| !short.is_empty()) {
        let end = at + short.len();
        let starts = if at == 0 { starts_word } else { rest[..at].ends_with('-') };
        if starts && (rest.len() == end || rest[end..].starts_with('-')) {
            return true;
        }
        starts_word = false;
        rest = &rest[end..];
    }
    false
}
