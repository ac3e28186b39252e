//! What the editor decides of terms, and what nothing answers to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{FILE_NAME, GlossarySettings, Named};

use super::super::library::nearest;
use super::spellings::{self, Name, key};
use super::written::WrittenTerm;

/// The manifest's wishes by the positions of the terms that they name.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    pub(super) merge: Vec<Vec<usize>>,
    /// Lists of what is kept apart: for each name the terms that bear it.
    pub(super) keep_apart: Vec<Vec<Vec<usize>>>,
    /// By position: the file whose definition stands.
    pub(super) prefer: BTreeMap<usize, Named>,
    pub(super) rename: BTreeMap<usize, String>,
    pub(super) hide: BTreeSet<usize>,
}

/// Gives terms of some essays the names that the editor tells them apart by.
pub(super) fn split(written: &mut [WrittenTerm], settings: &GlossarySettings, diagnostics: &mut Diagnostics) {
    for wish in &settings.split {
        let wanted = keys_of(&wish.term.name);
        let mut found = false;
        for term in written.iter_mut().filter(|term| term.file == wish.file.name) {
            if term.spellings().iter().any(|spelling| wanted.contains(&key(spelling))) {
                found = true;
                let name = Name::read(&wish.name);
                term.name = Name { parts: vec![name.printed.clone()], ..name };
                term.aliases.retain(|alias| !wanted.contains(&key(alias)));
            }
        }
        if !found {
            let message = format!("`{}` defines no term `{}`", wish.file.name, wish.term.name);
            diagnostics.push(
                Diagnostic::warning("unknown-term", message)
                    .at(place(&wish.file))
                    .help("name the essay's file as the folder has it, and the term as the essay does"),
            );
        }
    }
}

impl Wishes {
    pub(super) fn read(
        written: &[WrittenTerm],
        settings: &GlossarySettings,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let is_needed = !(settings.prefer.is_empty()
            && settings.merge.is_empty()
            && settings.keep_apart.is_empty()
            && settings.rename.is_empty()
            && settings.hide.is_empty());
        if !is_needed {
            return Wishes::default();
        }
        let mut register = Register::new(written, diagnostics);
        let mut wishes = Wishes::default();
        for list in &settings.merge {
            wishes.merge.push(list.iter().flat_map(|name| register.find(name)).collect());
        }
        for list in &settings.keep_apart {
            wishes.keep_apart.push(list.iter().map(|name| register.find_named(name)).collect());
        }
        for (term, file) in &settings.prefer {
            for at in register.find(term) {
                wishes.prefer.insert(at, file.clone());
            }
        }
        for (term, name) in &settings.rename {
            for at in register.find(term) {
                wishes.rename.insert(at, spellings::tidy(name));
            }
        }
        for term in &settings.hide {
            wishes.hide.extend(register.find(term));
        }
        wishes
    }
}

/// Says that a file that the editor prefers defines no such term.
pub(super) fn tell_unknown_preference(term: &str, file: &Named, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` does not define `{term}`, so it cannot be preferred", file.name);
    let help = "name one of the files that define the term";
    diagnostics.push(Diagnostic::warning("unknown-term", message).at(place(file)).help(help));
}

fn place(named: &Named) -> Place {
    Place::column(FILE_NAME, named.line, named.column)
}

fn keys_of(name: &str) -> Vec<String> {
    let name = Name::read(name);
    let whole = key(&name.printed);
    name.parts.iter().map(|part| key(part)).chain([whole]).collect()
}

/// The terms by everything that they may be called.
struct Register<'a> {
    /// Any of their spellings.
    by_spelling: HashMap<String, Vec<usize>>,
    /// The name that they are entered under.
    by_name: HashMap<String, Vec<usize>>,
    names: BTreeSet<&'a str>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Register<'a> {
    fn new(written: &'a [WrittenTerm], diagnostics: &'a mut Diagnostics) -> Self {
        let mut by_spelling: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, term) in written.iter().enumerate() {
            let mut keys: Vec<String> = term.spellings().iter().map(|spelling| key(spelling)).collect();
            keys.push(key(&term.name.printed));
            keys.sort();
            keys.dedup();
            for key in keys {
                by_spelling.entry(key).or_default().push(at);
            }
            for key in keys_of(&term.name.printed) {
                let terms = by_name.entry(key).or_default();
                if terms.last() != Some(&at) {
                    terms.push(at);
                }
            }
        }
        let names = written.iter().map(|term| term.name.printed.as_str()).collect();
        Register { by_spelling, by_name, names, diagnostics }
    }

    fn find(&mut self, named: &Named) -> Vec<usize> {
        let found = keys_of(&named.name).iter().rev().find_map(|key| self.by_spelling.get(key)).cloned();
        self.or_tell(found, named)
    }

    /// Likewise, by the name alone: what is kept apart may be another's alias.
    fn find_named(&mut self, named: &Named) -> Vec<usize> {
        let found = keys_of(&named.name).iter().rev().find_map(|key| self.by_name.get(key)).cloned();
        self.or_tell(found, named)
    }

    fn or_tell(&mut self, found: Option<Vec<usize>>, named: &Named) -> Vec<usize> {
        if found.is_none() {
            let help = match nearest(&named.name, self.names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a term by one of its names: `garland list terms` prints them".to_owned(),
            };
            let message = format!("no term of this book is called `{}`", named.name);
            self.diagnostics.push(Diagnostic::warning("unknown-term", message).at(place(named)).help(help));
        }
        found.unwrap_or_default()
    }
}
