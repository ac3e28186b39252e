//! The index of the book: what authors and the editor marked, the glossary's terms and the people cited.
//!
//! It is compiled from the finished chapters. [Entries](entries) are gathered from all that speaks for one;
//! one [sweep](sweep) over the text finds their places; [references](references) between them are resolved,
//! and what is left is [sorted](order).

mod cited;
mod entries;
mod finder;
mod order;
mod references;
mod sweep;

use std::collections::BTreeMap;

use crate::anthology::{Anchor, Anchors, Division, IndexEntry, IndexGroup, IndexLocator, IndexReference};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{IndexHeading, IndexMark, IndexMeaning, Span, Written};
use crate::manifest::{self, IndexSettings, IndexTerm};
use crate::source::Name;

use super::assembly::Book;
use super::glossary;
use super::names::{UniqueNames, slug};

use entries::{Entries, EntryId};
use finder::{Case, Finder};
use order::Alphabet;
use sweep::Place as Spot;

/// So many entries make an index that nobody asked for worth its pages.
const WORTH_PAGES: usize = 5;

/// Compiles the index; empty where there is none. `creators` are those of each source.
pub(super) fn compile(
    settings: &IndexSettings,
    book: &mut Book,
    creators: &[Vec<Name>],
    language: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<IndexGroup> {
    let marks = std::mem::take(&mut book.index_marks);
    let is_marked = marks.iter().any(|marks| !marks.is_empty());
    if settings.wanted == Some(false) {
        return Vec::new();
    }
    let mut compiler = Compiler {
        entries: Entries::default(),
        finder: Finder::default(),
        wishes: Vec::new(),
        marked: Vec::new(),
    };
    for term in &settings.terms {
        compiler.term(term);
    }
    let terms = if settings.glossary { compiler.glossary(book, language) } else { Vec::new() };
    compiler.marks(marks, book, diagnostics);
    let found = sweep::sweep(book, &compiler.finder, &compiler.marked, &terms);
    let used = compiler.place(found.places);
    if settings.glossary {
        compiler.define_terms(book, &terms, &used);
    }
    if settings.names {
        cited::add(&mut compiler.entries, &book.cited, creators, &found.citations);
    }
    let asked_for = settings.wanted == Some(true) || !settings.terms.is_empty() || is_marked;
    tell_unused(settings, &compiler.entries, diagnostics);
    references::settle(&mut compiler.entries, compiler.wishes, diagnostics);
    compiler.entries.prune();
    if !asked_for && compiler.entries.len() < WORTH_PAGES {
        return Vec::new();
    }
    finish(compiler.entries, &mut book.anchors, &Alphabet::of(language))
}

/// The entries while they are gathered.
struct Compiler {
    entries: Entries,
    finder: Finder,
    wishes: Vec<Wish>,
    /// What stands at each marked place, in the order of the text.
    marked: Vec<Marked>,
}

/// A mark in the text.
struct Marked {
    entry: EntryId,
    anchor: Anchor,
    meaning: IndexMeaning,
}

/// A reference as somebody wrote it.
struct Wish {
    from: EntryId,
    to: String,
    is_also: bool,
    place: Option<Place>,
}

impl Compiler {
    fn term(&mut self, term: &IndexTerm) {
        let entry = self.entries.entry(&term.path);
        self.entries.prefer_spelling(entry);
        let Some(name) = term.path.last() else { return };
        if term.see.is_empty() {
            for spelling in std::iter::once(&name.text).chain(&term.aliases) {
                let is_name = spelling.chars().next().is_some_and(char::is_uppercase);
                self.finder.add(entry, spelling, if is_name { Case::AsWritten } else { Case::Any });
            }
        }
        let place = Place::column(manifest::FILE_NAME, term.line, term.column);
        self.wish(entry, &term.see, &term.see_also, Some(place));
    }

    fn wish(&mut self, from: EntryId, see: &[String], see_also: &[String], place: Option<Place>) {
        let both = [(see, false), (see_also, true)];
        let wishes =
            both.into_iter().flat_map(|(targets, is_also)| targets.iter().map(move |it| (it, is_also)));
        for (to, is_also) in wishes {
            self.wishes.push(Wish { from, to: to.clone(), is_also, place: place.clone() });
        }
    }

    /// The entry of each of the glossary's terms. Words that stand everywhere are not looked for.
    fn glossary(&mut self, book: &Book, language: &str) -> Vec<EntryId> {
        let mut ids = Vec::with_capacity(book.glossary.len());
        for term in &book.glossary {
            let entry = self.entries.entry(&[IndexHeading::from(term.name.as_str())]);
            ids.push(entry);
            let aliases = term.aliases.iter().map(String::as_str);
            let spellings = finder::spellings(&term.name).into_iter().chain(aliases);
            for spelling in spellings.filter(|it| glossary::is_linkable(it, language)) {
                self.finder.add(
                    entry,
                    spelling,
                    if finder::is_acronym(spelling) { Case::AsWritten } else { Case::Any },
                );
            }
        }
        ids
    }

    /// The glossary defines what the text uses; an acronym sends readers to the words it stands for.
    fn define_terms(&mut self, book: &Book, terms: &[EntryId], used: &[bool]) {
        for (term, &entry) in book.glossary.iter().zip(terms) {
            let both = [(&term.see, false), (&term.see_also, true)];
            for (to, is_also) in
                both.into_iter().flat_map(|(all, is_also)| all.iter().map(move |it| (it, is_also)))
            {
                self.wishes.push(Wish { from: entry, to: to.name.clone(), is_also, place: None });
            }
            if !used.get(entry.0).copied().unwrap_or_default() {
                continue;
            }
            let locator = IndexLocator {
                anchor: term.anchor,
                end: None,
                chapter: None,
                paragraph: term.anchor.index(),
                defines: true,
            };
            self.entries.locate(entry, locator);
            if let Some((_, acronym)) = finder::split_acronym(&term.name) {
                let short = self.entries.entry(&[IndexHeading::from(acronym)]);
                self.wishes.push(Wish { from: short, to: term.name.clone(), is_also: false, place: None });
            }
        }
    }

    fn marks(
        &mut self,
        marks: Vec<Vec<(Written<IndexMark>, Anchor)>>,
        book: &Book,
        diagnostics: &mut Diagnostics,
    ) {
        for (chapter, marks) in marks.into_iter().enumerate() {
            let place = |span| book.manuscripts.get(chapter).map(|manuscript| manuscript.place(span));
            let mut open: BTreeMap<EntryId, Span> = Default::default();
            for (Written { value: mark, span }, anchor) in marks {
                let entry = self.entries.entry(&mark.path);
                if !mark.is_locator() {
                    self.wish(entry, &mark.see, &mark.see_also, place(span));
                    // Words that are shown are a place all the same.
                    if !mark.see.is_empty() {
                        continue;
                    }
                }
                let meaning = match mark.meaning {
                    IndexMeaning::Start if open.contains_key(&entry) => IndexMeaning::Use,
                    IndexMeaning::Start => {
                        open.insert(entry, span);
                        IndexMeaning::Start
                    }
                    IndexMeaning::End if open.remove(&entry).is_none() => IndexMeaning::Use,
                    other => other,
                };
                self.marked.push(Marked { entry, anchor, meaning });
            }
            for (_, span) in open {
                let message = "a range of the index begins here and does not end in this essay";
                let problem = Diagnostic::warning("open-index-range", message)
                    .help("mark its end, `\\index{entry|)}`, in the same essay");
                diagnostics.push(match place(span) {
                    Some(place) => problem.at(place),
                    None => problem,
                });
            }
        }
    }

    /// Gives every place to its entry. Tells which entries have one.
    fn place(&mut self, spots: Vec<Spot>) -> Vec<bool> {
        let mut used = vec![false; self.entries.count()];
        let mut open: BTreeMap<(Option<usize>, EntryId), IndexLocator> = Default::default();
        for Spot { entry, meaning, locator } in spots {
            if let Some(used) = used.get_mut(entry.0) {
                *used = true;
            }
            match meaning {
                IndexMeaning::Start => {
                    open.entry((locator.chapter, entry)).or_insert(locator);
                }
                IndexMeaning::End => {
                    let begun = open.remove(&(locator.chapter, entry));
                    let locator = match begun {
                        Some(begun) => IndexLocator { end: Some(locator.anchor), ..begun },
                        None => locator,
                    };
                    self.entries.locate(entry, locator);
                }
                IndexMeaning::Use | IndexMeaning::Definition => self.entries.locate(entry, locator),
            }
        }
        for ((_, entry), locator) in open {
            self.entries.locate(entry, locator);
        }
        used
    }
}

fn tell_unused(settings: &IndexSettings, entries: &Entries, diagnostics: &mut Diagnostics) {
    for term in &settings.terms {
        let is_used = !term.see.is_empty()
            || !term.see_also.is_empty()
            || entries.find(&term.path).is_none_or(|entry| entries.has_places(entry));
        if let (false, Some(name)) = (is_used, term.path.last()) {
            let place = Place::column(manifest::FILE_NAME, term.line, term.column);
            diagnostics.push(
                Diagnostic::warning("unused-index-term", format!("no essay says `{}`", name.text))
                    .at(place)
                    .help("correct the term, add `aliases:`, or take it out of the index"),
            );
        }
    }
}

/// Sorts the entries, gives each its place in the book, and lets references lead there.
fn finish(entries: Entries, anchors: &mut Anchors, alphabet: &Alphabet) -> Vec<IndexGroup> {
    let mut names = UniqueNames::default();
    let mut define = |text: &str| {
        let name = match slug(text) {
            empty if empty.is_empty() => "entry".to_owned(),
            name => name,
        };
        anchors.define(Division::Index, format!("index_{}", names.take(&name)))
    };
    let order = alphabet.sort(&entries);
    let mut places = vec![None; entries.count()];
    for &entry in &order {
        if let Some(place) = places.get_mut(entry.0) {
            *place = Some(define(&entries.path_text(entry)));
        }
    }
    let anchor_of = |entry: EntryId| places.get(entry.0).copied().flatten();
    let reference =
        |to: &EntryId| Some(IndexReference { text: entries.path_text(*to), target: anchor_of(*to)? });
    let mut children: Vec<Vec<IndexEntry>> = vec![Vec::new(); entries.count()];
    let mut groups: Vec<IndexGroup> = Vec::new();
    // What stands below comes before what it stands below.
    for &id in order.iter().rev() {
        let (Some(anchor), Some(draft)) = (anchor_of(id), entries.get(id)) else { continue };
        let mut below = children.get_mut(id.0).map(std::mem::take).unwrap_or_default();
        below.reverse();
        let entry = IndexEntry {
            anchor,
            text: entries.text(id),
            locators: draft.locators.clone(),
            see: draft.see.iter().filter_map(reference).collect(),
            see_also: draft.see_also.iter().filter_map(reference).collect(),
            entries: below,
        };
        match draft.parent.and_then(|parent| children.get_mut(parent.0)) {
            Some(siblings) => siblings.push(entry),
            None => {
                let letter = alphabet.letter(&entries.sort_key(id));
                match groups.last_mut().filter(|group| group.letter == letter) {
                    Some(group) => group.entries.push(entry),
                    None => groups.push(IndexGroup { letter, entries: vec![entry] }),
                }
            }
        }
    }
    groups.reverse();
    groups.iter_mut().for_each(|group| group.entries.reverse());
    groups
}
