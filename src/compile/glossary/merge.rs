//! One entry for each term, whoever defines it and however they call it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::GlossarySettings;

use super::super::names::fold;
use super::super::order::Essay;
use super::super::text::plain_blocks;
use super::editor::{self, Wishes};
use super::groups::{self, Acronyms, Groups};
use super::inflection;
use super::likeness::{self, Wording};
use super::spellings::{Name, is_acronym, key};
use super::written::WrittenTerm;
use super::{DefinitionDraft, SeeDraft, Superseded, TermDraft};

/// More messages of one kind than this are counted.
const MOST_TOLD: usize = 100;
/// Places that one message names.
const MOST_NAMED: usize = 4;

/// What merging gives: the terms, and what essays said that they do not say.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) terms: Vec<TermDraft>,
    pub(super) superseded: Vec<Superseded>,
}

/// Joins what names the same term. The outcome does not depend on the order in which terms were found.
pub(super) fn merge(
    mut written: Vec<WrittenTerm>,
    settings: &GlossarySettings,
    essays: &[Essay],
    language: &str,
    diagnostics: &mut Diagnostics,
) -> Merged {
    for term in &mut written {
        term.wording = Some(Wording::of(&plain_blocks(&term.definition)));
    }
    editor::split(&mut written, settings, diagnostics);
    written.sort_by_cached_key(|term| {
        let wording = term.wording.as_ref().map(|wording| wording.folded.clone());
        let name = term.name.printed.clone();
        (fold(&name), name, term.file.clone(), wording, term.aliases.clone())
    });
    let wishes = Wishes::read(&written, settings, diagnostics);
    let Groups { groups, acronyms } = groups::group(&written, &wishes, essays, language);
    tell_ambiguous(&acronyms.ambiguous, &written, essays, diagnostics);
    let mut merger =
        Merger { essays, language, wishes: &wishes, merged: Merged::default(), told: 0, diagnostics };
    let mut waiting: Vec<Option<WrittenTerm>> = written.into_iter().map(Some).collect();
    for group in groups {
        let take = |at: &usize| Some((*at, waiting.get_mut(*at)?.take()?));
        let members: Vec<(usize, WrittenTerm)> = group.iter().filter_map(take).collect();
        merger.draft(members, &acronyms);
    }
    if merger.told > MOST_TOLD {
        let message =
            format!("{} more terms are defined differently by different authors", merger.told - MOST_TOLD);
        merger.diagnostics.push(Diagnostic::warning("differing-definitions", message));
    }
    merger.merged
}

fn tell_ambiguous(
    ambiguous: &BTreeMap<String, Vec<usize>>,
    written: &[WrittenTerm],
    essays: &[Essay],
    diagnostics: &mut Diagnostics,
) {
    for (acronym, terms) in ambiguous.iter().take(MOST_TOLD) {
        let names: BTreeSet<&str> =
            terms.iter().filter_map(|at| written.get(*at)).map(|term| term.name.printed.as_str()).collect();
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("`{acronym}` may be any of {}; it is not linked", names.join(", "));
        let help = "join those that are one term with `merge` under `glossary` in the manifest";
        let mut diagnostic = Diagnostic::warning("ambiguous-acronym", message).help(help);
        let first = terms.first().and_then(|at| written.get(*at));
        diagnostic.place = first.and_then(|term| term.place.find(&term.name.printed, essays));
        diagnostics.push(diagnostic);
    }
}

struct Merger<'a> {
    essays: &'a [Essay],
    language: &'a str,
    wishes: &'a Wishes,
    merged: Merged,
    /// Terms whose definitions differ.
    told: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Merger<'_> {
    /// Makes one term of its members.
    fn draft(&mut self, mut members: Vec<(usize, WrittenTerm)>, acronyms: &Acronyms) {
        let renamed = members.iter().find_map(|(at, _)| self.wishes.rename.get(at)).cloned();
        let preferred = members.iter().find_map(|(at, _)| self.wishes.prefer.get(at));
        if members.iter().any(|(at, _)| self.wishes.hide.contains(at)) {
            for (_, term) in &members {
                self.supersede(term, &term.name.printed);
                self.supersede(term, &plain_blocks(&term.definition));
            }
            return;
        }
        let name = match renamed {
            Some(name) => Name::read(&name),
            None => choose_name(&members),
        };
        let (own, aliases) = self.spellings(&name, &members, acronyms);
        for (_, term) in &members {
            if term.name.printed != name.printed {
                self.supersede(term, &term.name.printed);
            }
            for alias in term.name.aliases.iter().filter(|alias| !aliases.contains(alias)) {
                self.supersede(term, alias);
            }
        }
        let see = |names: &dyn Fn(&WrittenTerm) -> &Vec<String>| -> Vec<SeeDraft> {
            let names: BTreeSet<&String> = members.iter().flat_map(|(_, term)| names(term)).collect();
            names.into_iter().map(|name| SeeDraft { name: name.clone(), term: None }).collect()
        };
        let (mut see, mut see_also) = (see(&|term| &term.see), see(&|term| &term.see_also));
        let mut forms: Vec<String> = Vec::new();
        for (_, term) in &members {
            let language = term.language(self.essays, self.language);
            let words = term.spellings().into_iter().filter(|spelling| !is_acronym(spelling));
            forms.extend(words.flat_map(|spelling| inflection::forms(&spelling.to_lowercase(), language)));
        }
        forms.sort();
        forms.dedup();
        // Reports point at the first place in the book.
        let first = members.iter().min_by_key(|(at, term)| (term.chapters.first().copied(), *at));
        let Some(place) = first.map(|(_, term)| term.place.clone()) else { return };
        members.retain(|(_, term)| !term.definition.is_empty());
        let definitions =
            self.definitions(&name, &own, members.into_iter().map(|(_, it)| it).collect(), preferred);
        if !definitions.is_empty() {
            // What is defined somewhere sends nobody away.
            see_also.append(&mut see);
        }
        self.merged.terms.push(TermDraft {
            name: name.printed,
            group: String::new(),
            aliases,
            spellings: own,
            forms,
            definitions,
            see,
            see_also,
            place,
        });
    }

    /// Every spelling of a term that means it alone, and those that are printed as its other names.
    fn spellings(
        &self,
        name: &Name,
        members: &[(usize, WrittenTerm)],
        acronyms: &Acronyms,
    ) -> (Vec<String>, Vec<String>) {
        let mut spellings: Vec<String> = name.parts.clone();
        spellings.extend(members.iter().flat_map(|(_, term)| term.spellings()));
        spellings.sort();
        spellings.dedup();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for part in &name.parts {
            seen.insert(key(part));
            seen.extend(inflection::forms(&part.to_lowercase(), self.language).iter().map(|form| key(form)));
        }
        // A name that the editor replaced is no other name.
        let is_renamed = !members.iter().any(|(_, term)| term.name.printed == name.printed);
        let replaced: BTreeSet<String> = match is_renamed {
            true => members.iter().flat_map(|(_, term)| &term.name.parts).map(|part| key(part)).collect(),
            false => BTreeSet::new(),
        };
        let mut aliases = Vec::new();
        for spelling in spellings.iter().filter(|spelling| !replaced.contains(&key(spelling))) {
            let is_form = name.parts.iter().any(|part| is_form_of(spelling, part));
            if seen.insert(key(spelling)) && !is_form {
                let plurals = inflection::forms(&spelling.to_lowercase(), self.language);
                seen.extend(plurals.iter().map(|form| key(form)));
                aliases.push(spelling.clone());
            }
        }
        // Words before letters.
        aliases.sort_by_key(|alias| (is_acronym(alias), fold(alias)));
        let positions: Vec<usize> = members.iter().map(|(at, _)| *at).collect();
        spellings.retain(|spelling| acronyms.mean(spelling, &positions));
        (spellings, aliases)
    }

    /// The term's definitions: one for each meaning, in its fullest wording.
    fn definitions(
        &mut self,
        name: &Name,
        spellings: &[String],
        members: Vec<WrittenTerm>,
        preferred: Option<&crate::manifest::Named>,
    ) -> Vec<DefinitionDraft> {
        let mut by_wording: BTreeMap<String, Vec<WrittenTerm>> = BTreeMap::new();
        for term in members {
            let folded = term.wording.as_ref().map(|it| it.folded.clone()).unwrap_or_default();
            by_wording.entry(folded).or_default().push(term);
        }
        // `AI: Artificial Intelligence` is said by the name, where anybody says more.
        let names: BTreeSet<String> = spellings.iter().map(|spelling| key(spelling)).collect();
        if by_wording.keys().any(|folded| !names.contains(folded)) {
            by_wording.retain(|folded, terms| {
                let says_more = !names.contains(folded);
                if !says_more {
                    for term in terms {
                        self.supersede(term, &plain_blocks(&term.definition));
                    }
                }
                says_more
            });
        }
        let mut distinct: Vec<Vec<WrittenTerm>> = by_wording.into_values().collect();
        let wordings: Vec<Wording> =
            distinct.iter().filter_map(|terms| terms.first()?.wording.clone()).collect();
        let mut meanings: Vec<Vec<WrittenTerm>> = likeness::group(&wordings)
            .into_iter()
            .map(|group| {
                let take = |at: usize| distinct.get_mut(at).map(std::mem::take).unwrap_or_default();
                group.into_iter().flat_map(take).collect()
            })
            .collect();
        if let Some(file) = preferred {
            let is_meant = |meaning: &Vec<WrittenTerm>| meaning.iter().any(|term| term.file == file.name);
            if meanings.iter().any(is_meant) {
                for term in meanings.iter().filter(|meaning| !is_meant(meaning)).flatten() {
                    self.supersede(term, &plain_blocks(&term.definition));
                }
                meanings.retain(is_meant);
                // Its own wording, not a fuller one of the same meaning.
                for meaning in &mut meanings {
                    meaning.sort_by_key(|term| term.file != file.name);
                }
            } else {
                editor::tell_unknown_preference(&name.printed, file, self.diagnostics);
            }
        }
        let is_preferred = |term: &WrittenTerm| preferred.is_some_and(|file| term.file == file.name);
        meanings.sort_by_key(|meaning| {
            let chapters: Vec<usize> =
                meaning.iter().flat_map(|term| term.chapters.iter().copied()).collect();
            (!meaning.iter().any(WrittenTerm::is_by_editor), chapters.into_iter().min())
        });
        if meanings.len() > 1 {
            self.tell_differing(name, &meanings);
        }
        meanings.into_iter().filter_map(|meaning| self.definition(name, meaning, is_preferred)).collect()
    }

    /// One definition of those that say the same: the editor's own, else the fullest.
    fn definition(
        &mut self,
        name: &Name,
        meaning: Vec<WrittenTerm>,
        is_preferred: impl Fn(&WrittenTerm) -> bool,
    ) -> Option<DefinitionDraft> {
        let length = |term: &WrittenTerm| term.wording.as_ref().map_or(0, |it| it.folded.chars().count());
        let rank = |(at, term): &(usize, &WrittenTerm)| {
            (is_preferred(term), term.is_by_editor(), length(term), std::cmp::Reverse(*at))
        };
        let fullest = meaning.iter().enumerate().max_by_key(rank)?.0;
        let chapters: BTreeSet<usize> =
            meaning.iter().flat_map(|term| term.chapters.iter().copied()).collect();
        let own = meaning.get(fullest)?.wording.as_ref().map(|it| it.folded.clone());
        let mut gave_way: Vec<&WrittenTerm> = Vec::new();
        for term in meaning.iter().filter(|term| term.wording.as_ref().map(|it| &it.folded) != own.as_ref()) {
            self.supersede(term, &plain_blocks(&term.definition));
            gave_way.push(term);
        }
        if !gave_way.is_empty() {
            let files: BTreeSet<&str> = gave_way.iter().map(|term| term.file.as_str()).collect();
            let files: Vec<&str> = files.into_iter().take(MOST_NAMED).collect();
            let message = format!(
                "`{}` means the same in {}; the fuller definition stands",
                name.printed,
                files.join(", ")
            );
            let mut note = Diagnostic::note("merged-definitions", message);
            note.place =
                meaning.get(fullest).and_then(|term| term.place.find(&term.name.printed, self.essays));
            self.diagnostics.push(note);
        }
        let WrittenTerm { definition, home, .. } = meaning.into_iter().nth(fullest)?;
        Some(DefinitionDraft { content: definition, home, chapters: chapters.into_iter().collect() })
    }

    fn tell_differing(&mut self, name: &Name, meanings: &[Vec<WrittenTerm>]) {
        self.told += 1;
        if self.told > MOST_TOLD {
            return;
        }
        let places: Vec<Place> = meanings
            .iter()
            .filter_map(|meaning| {
                let first = meaning.iter().min_by_key(|term| term.chapters.first().copied())?;
                first.place.find(&first.name.printed, self.essays)
            })
            .collect();
        let more = places.len().saturating_sub(MOST_NAMED);
        let mut named: Vec<String> = places.iter().take(MOST_NAMED).map(Place::to_string).collect();
        if more > 0 {
            named.push(format!("{more} more places"));
        }
        let message = format!("`{}` means different things in {}", name.printed, named.join(" and "));
        let help = "each definition is signed; under `glossary` in the manifest, `prefer` takes one of them, \
                    `split` makes entries of their own";
        let mut diagnostic = Diagnostic::warning("differing-definitions", message).help(help);
        diagnostic.place = places.into_iter().next();
        self.diagnostics.push(diagnostic);
    }

    /// Takes down what an essay said that its entry does not say.
    fn supersede(&mut self, term: &WrittenTerm, words: &str) {
        if let (Some(chapter), false) = (term.home, words.is_empty()) {
            self.merged.superseded.push(Superseded { chapter, words: words.to_owned() });
        }
    }
}

/// The name that tells most: the editor's, then one with its acronym, then the one that most use.
fn choose_name(members: &[(usize, WrittenTerm)]) -> Name {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, term) in members {
        *counts.entry(&term.name.printed).or_default() += 1;
    }
    let rank = |term: &WrittenTerm| {
        let count = counts.get(term.name.printed.as_str()).copied().unwrap_or_default();
        let shorter = std::cmp::Reverse(term.name.printed.chars().count());
        let is_long = !term.name.parts.iter().all(|part| is_acronym(part));
        (term.is_by_editor(), term.name.has_both(), is_long, count, shorter)
    };
    let best = members.iter().map(|(_, term)| term).max_by(|one, other| {
        rank(one).cmp(&rank(other)).then_with(|| other.name.printed.cmp(&one.name.printed))
    });
    best.map(|term| term.name.clone()).unwrap_or_else(|| Name::read(""))
}

/// Whether a spelling is a name with another ending or an article, which nobody needs to be told: `fine-tuned`
/// for `fine-tuning`, `the cloud`.
fn is_form_of(spelling: &str, name: &str) -> bool {
    const ENDING: usize = 3;
    const STEM: usize = 4;
    let (spelling, name) = (fold(spelling), fold(name));
    let bare = ["the-", "a-", "an-"].iter().find_map(|article| spelling.strip_prefix(article));
    let spelling = bare.unwrap_or(&spelling);
    let stem = spelling.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
    let longest = spelling.chars().count().max(name.chars().count());
    stem >= STEM && longest - stem <= ENDING
}
