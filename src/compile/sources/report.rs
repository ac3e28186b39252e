//! What the editor should know of how sources were merged, and what the editor decides of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{BibliographySettings, FILE_NAME, Named};

use super::super::library::{Library, nearest};
use super::super::merge::{Candidate, Claim, Conflict, Decisions, Group, Merged, NearMiss, Reason};
use super::super::order::Essay;
use super::super::references::WrittenReference;
use super::candidates::Candidates;

/// Most places that one message names.
const MOST_PLACES: usize = 3;
/// Longest name of a source in a message, in characters.
const LONGEST_NAME: usize = 70;

/// Where sources are described.
pub(super) struct Book<'a> {
    pub(super) candidates: &'a Candidates<'a>,
    pub(super) references: &'a [Vec<WrittenReference>],
    pub(super) essays: &'a [Essay],
    pub(super) library: &'a Library,
}

pub(super) fn decisions(settings: &BibliographySettings) -> Decisions {
    let names = |lists: &[Vec<Named>]| {
        let names = |list: &Vec<Named>| list.iter().map(|it| it.name.clone()).collect();
        lists.iter().map(names).collect()
    };
    Decisions { merge: names(&settings.merge), keep_apart: names(&settings.keep_apart) }
}

/// Tells what was doubtful among the sources that are used.
pub(super) fn tell(
    merged: &Merged,
    book: &Book,
    is_used: impl Fn(usize) -> bool,
    settings: &BibliographySettings,
    diagnostics: &mut Diagnostics,
) {
    let mut conflicts: BTreeMap<usize, Vec<&Conflict>> = BTreeMap::new();
    for conflict in &merged.conflicts {
        if let [group] = conflict.groups.as_slice()
            && is_used(*group)
        {
            conflicts.entry(*group).or_default().push(conflict);
        }
    }
    for (group, conflicts) in conflicts {
        diagnostics.extend(merged.groups.get(group).and_then(|group| book.disagreement(group, &conflicts)));
    }
    for near_miss in &merged.near_misses {
        if near_miss.groups.iter().any(|group| is_used(*group)) {
            diagnostics.extend(book.near_miss(near_miss, &merged.groups));
        }
    }
    let unknown: BTreeSet<&str> = merged.unknown.iter().map(String::as_str).collect();
    for source in settings.merge.iter().chain(&settings.keep_apart).flatten() {
        if unknown.contains(source.name.as_str()) {
            let message = format!("no source is called `{}`", source.name);
            let help = match nearest(&source.name, book.library.entries().map(|entry| entry.key())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "name it by its key in a bibliography file, its DOI, its address, its title or its author's words"
                        .to_owned()
                }
            };
            let place = Place::column(FILE_NAME, source.line, source.column);
            diagnostics.push(Diagnostic::warning("unknown-source", message).at(place).help(help));
        }
    }
}

/// What a field is called in a sentence. None: nobody need look where it differs, as authors seldom write
/// it and two descriptions may both be right.
fn field_name(field: &str) -> Option<&'static str> {
    Some(match field {
        "title" => "title",
        "container" => "title of what it appeared in",
        "author" => "author",
        "editor" => "editor",
        "date" => "date",
        "publisher" => "publisher",
        "volume" => "volume",
        "issue" => "issue",
        "edition" => "edition",
        "chapter" => "chapter",
        "page-range" => "pages",
        "doi" => "DOI",
        "isbn" => "ISBN",
        "arxiv" => "arXiv number",
        _ => return None,
    })
}

/// Why two sources that are alike were not merged.
fn doubt(reason: Reason) -> &'static str {
    match reason {
        Reason::Title => "their titles are not quite the same",
        Reason::ShortTitle => "one title may be the other's short form",
        Reason::GenericTitle => "the title is one that many works have",
        Reason::Year => "their years differ",
        Reason::Authors => "their authors are not the same",
        Reason::MissingAuthor => "one of them does not name its author, or its year",
        Reason::Doi => "their DOIs differ",
        Reason::Isbn => "their ISBNs differ",
        Reason::Arxiv => "their arXiv numbers differ",
        Reason::Volume => "their volumes differ",
        Reason::Edition => "their editions differ",
        Reason::Chapter => "their chapters differ",
        Reason::Language => "their languages differ",
        Reason::Translator => "their translators differ",
        Reason::Kind => "they are of different kinds",
        Reason::Review => "one may be a review of the other",
        Reason::Pages => "they stand on different pages",
        Reason::Address => "they are two pages of one site",
        Reason::Ambiguous => "each is as like to a third one",
        Reason::KeptApart => "you keep them apart",
    }
}

impl Book<'_> {
    /// What the descriptions of one work do not agree on.
    fn disagreement(&self, group: &Group, conflicts: &[&Conflict]) -> Option<Diagnostic> {
        let said = |claim: &Claim| format!("{} ({})", shorten(&claim.value), self.places(&claim.said_by));
        let mut place = None;
        let mut fields = Vec::new();
        for conflict in conflicts {
            let (Some(field), Some(other)) = (field_name(conflict.field), conflict.values.get(1)) else {
                continue;
            };
            let values: Vec<String> = conflict.values.iter().map(said).collect();
            fields.push(format!("its {field}: {}", values.join(" or ")));
            place = place.or_else(|| self.place(*other.said_by.first()?));
        }
        let message = format!(
            "descriptions of {} disagree on {}; the book has the first",
            self.title(group),
            fields.join(", and on ")
        );
        let help = "correct what is wrong; if these are different works, list them under `keep-apart` in the manifest's `bibliography`";
        Some(Diagnostic::warning("conflicting-sources", message).at(place?).help(help))
    }

    fn near_miss(&self, near_miss: &NearMiss, groups: &[Group]) -> Option<Diagnostic> {
        let [one, other] = near_miss.groups.map(|group| groups.get(group));
        let (one, other) = (one?, other?);
        let shared = if near_miss.shares_identifier { " have the same identifier, and" } else { "" };
        let message = format!(
            "{} ({}) and {} ({}){shared} may be one work, but {}",
            self.title(one),
            self.places(&one.members),
            self.title(other),
            self.places(&other.members),
            doubt(near_miss.reason),
        );
        let (names, others) = (self.names(one), self.names(other));
        let own = |names: &[String], others: &[String]| {
            let own = names.iter().find(|name| !others.contains(name));
            own.or(names.first()).map(|name| quote(name)).unwrap_or_default()
        };
        let pair = format!("[{}, {}]", own(&names, &others), own(&others, &names));
        let help = format!(
            "write `merge: [{pair}]` in the manifest's `bibliography` if they are one, else `keep-apart` for `merge`"
        );
        let place = self.place(*other.members.first()?)?;
        Some(Diagnostic::warning("similar-sources", message).at(place).help(help))
    }

    fn candidate(&self, at: usize) -> Option<&Candidate> {
        self.candidates.all.get(at)
    }

    /// What the editor may call a source, the best name first.
    fn names(&self, group: &Group) -> Vec<String> {
        let mut names = Vec::new();
        let title = group.entry.title().map(|title| title.value.to_str().into_owned());
        names.extend(
            group.members.iter().filter_map(|member| self.candidates.key(*member)).map(str::to_owned),
        );
        names.extend(group.entry.doi().map(str::to_owned));
        names.extend(group.entry.url().map(|url| url.value.to_string()));
        names.extend(title);
        let words = group.members.iter().filter_map(|member| self.candidate(*member)).map(|it| &it.words);
        names.extend(words.filter(|words| !words.is_empty()).cloned());
        names
    }

    /// A source in a message.
    fn title(&self, group: &Group) -> String {
        let title = group.entry.title().map(|title| title.value.to_str().into_owned());
        let title = title.or_else(|| Some(group.words.to_owned()).filter(|words| !words.is_empty()));
        format!("“{}”", shorten(&title.or_else(|| self.names(group).into_iter().next()).unwrap_or_default()))
    }

    /// The places of candidates, in one line.
    fn places(&self, candidates: &[usize]) -> String {
        let mut places: Vec<String> = Vec::new();
        for place in candidates.iter().filter_map(|at| self.place(*at)) {
            let place = match place.line {
                Some(line) => format!("{}:{line}", place.file),
                None => place.file,
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let more = places.len().saturating_sub(MOST_PLACES);
        places.truncate(MOST_PLACES);
        let named = places.join(", ");
        if more > 0 { format!("{named} and {more} more") } else { named }
    }

    fn place(&self, candidate: usize) -> Option<Place> {
        let origin = self.candidate(candidate)?.origin;
        let Some(chapter) = origin.chapter else { return self.library.file(origin.place).map(Place::file) };
        let span = self.references.get(chapter)?.get(origin.place)?.span;
        Some(self.essays.get(chapter)?.manuscript.place(span))
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A name as YAML may have it.
fn quote(name: &str) -> String {
    let is_plain = name.starts_with(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if is_plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
