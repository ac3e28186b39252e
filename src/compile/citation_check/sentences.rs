//! What a sentence says about the source of what it says: “a 2021 report by UNESCO”.
//!
//! Only English says it in words that are known here; a sentence in another language names nothing.

use super::knowledge::words_of;

/// What sources are called in running text, in words that one before them cannot turn into something else.
const PLAIN_WORKS: [&str; 20] = [
    "report",
    "reports",
    "study",
    "studies",
    "survey",
    "surveys",
    "paper",
    "papers",
    "article",
    "articles",
    "analysis",
    "assessment",
    "guidelines",
    "declaration",
    "recommendation",
    "recommendations",
    "essay",
    "statement",
    "whitepaper",
    "preprint",
];
/// Likewise, in words that it can: “Google's data centre”.
const OTHER_WORKS: [&str; 14] = [
    "book",
    "poll",
    "thesis",
    "review",
    "briefing",
    "brief",
    "dataset",
    "data",
    "figures",
    "statistics",
    "estimate",
    "estimates",
    "index",
    "post",
];
const MADE: [&str; 11] = [
    "published",
    "released",
    "issued",
    "commissioned",
    "conducted",
    "prepared",
    "written",
    "compiled",
    "produced",
    "authored",
    "done",
];
const SAYING: [&str; 22] = [
    "reports",
    "reported",
    "estimates",
    "estimated",
    "found",
    "finds",
    "states",
    "stated",
    "notes",
    "noted",
    "warns",
    "warned",
    "writes",
    "wrote",
    "argues",
    "argued",
    "concludes",
    "concluded",
    "shows",
    "showed",
    "highlights",
    "projects",
];
/// Small words within names.
const JOINTS: [&str; 12] = ["of", "for", "and", "on", "in", "de", "la", "des", "der", "für", "du", "&"];
/// Words that many names share.
const COMMON: [&str; 36] = [
    "the",
    "of",
    "for",
    "and",
    "on",
    "in",
    "de",
    "la",
    "des",
    "der",
    "für",
    "du",
    "university",
    "institute",
    "national",
    "international",
    "world",
    "global",
    "united",
    "research",
    "center",
    "centre",
    "organization",
    "organisation",
    "association",
    "committee",
    "commission",
    "council",
    "department",
    "ministry",
    "agency",
    "group",
    "foundation",
    "society",
    "company",
    "school",
];
/// Words that start sentences, and no names.
const OPENERS: [&str; 28] = [
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "in",
    "on",
    "at",
    "as",
    "by",
    "for",
    "from",
    "it",
    "its",
    "their",
    "his",
    "her",
    "our",
    "my",
    "one",
    "another",
    "according",
    "recent",
    "new",
    "several",
    "many",
];
/// How many words may stand between an owner and the work: “UNESCO's widely read 2021 report”.
const MOST_BETWEEN: usize = 4;
const LONGEST_NAME: usize = 10;

/// A name of a person or a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// As written.
    pub(super) text: String,
    /// Folded.
    pub(super) words: Vec<String>,
}

impl Name {
    /// The words that tell it from others.
    pub(super) fn telling_words(&self) -> impl Iterator<Item = &str> {
        let all_common = self.words.iter().all(|word| COMMON.contains(&word.as_str()));
        let words = self.words.iter().map(String::as_str);
        words.filter(move |word| all_common || !COMMON.contains(word))
    }

    /// `UNESCO`: one word in capitals.
    pub(super) fn is_abbreviation(&self) -> bool {
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        !self.text.contains(' ') && letters().count() > 2 && letters().all(char::is_uppercase)
    }

    /// What a name of several words is abbreviated to.
    pub(super) fn initials(&self) -> Option<String> {
        let capitals =
            self.text.split(' ').filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()));
        let initials: String = capitals.flat_map(char::to_lowercase).collect();
        (initials.chars().count() > 1).then_some(initials)
    }
}

/// How a sentence names a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// “A report by N”, “N's report”: the work itself is named.
    Work,
    /// “N et al. (2020)” right before the mark: the mark means it.
    Label,
    /// “According to N”, “N warns that”: what they say may stand in a work of others.
    Voice,
}

/// A source that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) name: Name,
    pub(super) year: Option<i32>,
    pub(super) manner: Manner,
}

struct Word<'t> {
    /// Without the marks around it and an owner's `'s`.
    bare: &'t str,
    lower: String,
    owns: bool,
    /// Whether a mark of punctuation ends it.
    ends: bool,
    /// Whether one starts it.
    starts: bool,
}

/// All sources that a clause names; its mark stands at its end.
pub(super) fn mentions(clause: &str) -> Vec<Mention> {
    let words: Vec<Word> = clause.split_whitespace().map(word).collect();
    let lower = |at: usize| words.get(at).map_or("", |word| word.lower.as_str());
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((name, next)) = name_at(&words, at) else {
            at += 1;
            continue;
        };
        let owns = words.get(next - 1).is_some_and(|last| last.owns);
        let is_closed = words.get(next - 1).is_some_and(|last| last.ends);
        let mut year = None;
        let mut manner = None;
        // The article is none of the name.
        let before = if at > 0 && lower(at - 1) == "the" { at - 1 } else { at };
        if before > 0 && matches!(lower(before - 1), "by" | "from") {
            let made = before - 1;
            let work = if made > 0 && MADE.contains(&lower(made - 1)) { made - 1 } else { made };
            if work > 0 && is_work(lower(work - 1)) {
                manner = Some(Manner::Work);
                // “a 2021 report”, “a 2021 progress report”
                let before = [2, 3].into_iter().filter_map(|back| work.checked_sub(back));
                year = before.filter_map(|at| year_of(lower(at))).next();
            }
        } else if before > 1 && lower(before - 1) == "to" && lower(before - 2) == "according" {
            manner = Some(Manner::Voice);
        }
        if owns {
            let between = words.iter().skip(next).take(MOST_BETWEEN + 1);
            let length = between.clone().position(|word| PLAIN_WORKS.contains(&word.lower.as_str()));
            if let Some(length) = length
                && !between.clone().take(length).any(|word| word.ends || word.owns)
            {
                manner = Some(Manner::Work);
                year = between.take(length).find_map(|word| year_of(&word.lower));
            }
        }
        if !owns && !is_closed && PLAIN_WORKS.contains(&lower(next)) {
            // What a report is called by need not be who made it.
            manner = manner.or(Some(Manner::Voice));
            year = year.or_else(|| at.checked_sub(1).and_then(|at| year_of(lower(at))));
        }
        // What stands after a comma may rest on somebody else.
        let goes_through = || words.iter().skip(next).rev().skip(1).all(|word| !word.ends);
        if !owns && !is_closed && SAYING.contains(&lower(next)) && goes_through() {
            manner = manner.or(Some(Manner::Voice));
        }
        let (label_year, is_label) = label(&words, next);
        if is_label {
            manner = manner.or(Some(Manner::Label));
            year = year.or(label_year);
        }
        if let Some(manner) = manner {
            found.push(Mention { name, year, manner });
        }
        at = next;
    }
    found
}

/// Names that the clause holds, in whatever part.
pub(super) fn names(clause: &str) -> Vec<Name> {
    let words: Vec<Word> = clause.split_whitespace().map(word).collect();
    let mut names = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match name_at(&words, at) {
            Some((name, next)) => {
                names.push(name);
                at = next;
            }
            None => at += 1,
        }
    }
    names
}

/// Whether “et al.” or a year in brackets ends the clause after a name, and the year.
fn label(words: &[Word], next: usize) -> (Option<i32>, bool) {
    let rest = words.get(next..).unwrap_or_default();
    let lower: Vec<&str> = rest.iter().take(4).map(|word| word.lower.as_str()).collect();
    match lower.as_slice() {
        ["et", "al"] => (None, true),
        ["et", "al", year] | [year] if year_of(year).is_some() => {
            (year_of(year), rest.last().is_some_and(|word| word.starts && word.ends))
        }
        _ => (None, false),
    }
}

/// The name that starts at a word, and the word after it.
fn name_at(words: &[Word], at: usize) -> Option<(Name, usize)> {
    let is_capital = |word: &Word| word.bare.starts_with(char::is_uppercase);
    let first = words.get(at).filter(|word| is_capital(word))?;
    if OPENERS.contains(&first.lower.as_str()) {
        return None;
    }
    let mut end = at + 1;
    let mut last = first;
    while !last.ends && !last.owns && end - at < LONGEST_NAME {
        let Some(word) = words.get(end).filter(|word| !word.starts) else { break };
        if is_capital(word) {
            (end, last) = (end + 1, word);
            continue;
        }
        let joint_end = words[end..].iter().take(2).take_while(|word| JOINTS.contains(&word.lower.as_str()));
        let after = end + joint_end.count();
        match words.get(after).filter(|word| after > end && is_capital(word) && !word.starts) {
            Some(word) if !words[end..after].iter().any(|joint| joint.ends) => {
                (end, last) = (after + 1, word)
            }
            _ => break,
        }
    }
    let text = words[at..end].iter().map(|word| word.bare).collect::<Vec<_>>().join(" ");
    let name = Name { words: words_of(&text).collect(), text };
    // Two letters abbreviate too many things, and a capital alone may start a sentence.
    let tells = name.words.iter().any(|word| word.chars().count() > 2);
    (tells && !is_ordinary(&name)).then_some((name, end))
}

/// A work with a capital is no maker of works.
fn is_ordinary(name: &Name) -> bool {
    name.words.iter().all(|word| is_work(word) || OPENERS.contains(&word.as_str()))
}

fn is_work(word: &str) -> bool {
    PLAIN_WORKS.contains(&word) || OTHER_WORKS.contains(&word)
}

fn word(written: &str) -> Word<'_> {
    let is_mark = |c: char| !c.is_alphanumeric();
    let bare = written.trim_matches(is_mark);
    let owner = ["'s", "’s"].iter().find_map(|ending| bare.strip_suffix(ending));
    let plural_owner = || bare.ends_with('s') && written.ends_with(['\'', '’']);
    let after = written.trim_end_matches(['\'', '’', '.']);
    Word {
        bare: owner.unwrap_or(bare),
        lower: owner.unwrap_or(bare).to_lowercase(),
        owns: owner.is_some() || plural_owner(),
        ends: after.ends_with(is_mark) || written.ends_with('.') && bare.chars().count() > 3,
        starts: written.starts_with(is_mark),
    }
}

fn year_of(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1500..2100).contains(&year).then_some(year)
}

/// Where the sentence begins that ends a text; marks of punctuation at its end are its own.
pub(super) fn sentence_start(text: &str) -> usize {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let bytes = text.as_bytes();
    let ends_here = |at: usize| {
        let before = &text[..at];
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 || word.contains('.');
        let is_short =
            matches!(word, "al" | "Dr" | "Mr" | "Mrs" | "St" | "vol" | "no" | "e.g" | "i.e" | "cf" | "vs");
        let after = text[at + 1..].trim_start_matches(['"', '”', '’', ')', ']', '\'']);
        let parted = after.starts_with(char::is_whitespace);
        let goes_on = after.trim_start().starts_with(char::is_lowercase);
        parted && !goes_on && !(bytes[at] == b'.' && (is_initial || is_short))
    };
    let stops = text[..end].rmatch_indices(['.', '!', '?']).map(|(at, _)| at);
    let stop = stops.take(1000).find(|at| ends_here(*at));
    stop.map_or(0, |stop| stop + 1)
}
