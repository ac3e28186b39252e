//! Bylines in the text itself: `By Ada Lovelace` below a title, `**Author: …**` at the end.
//!
//! They say about the essay what its metadata block says elsewhere, so they are taken over as
//! metadata and off the page; the book sets a byline of its own.

use super::metadata_block::people::{person, split_names};
use super::sheet::Sheet;
use crate::dates;
use crate::diagnostic::Diagnostic;
use crate::document::{Date, Metadata, Person};
use crate::ledger::Fate;

/// Lines of text below the top, and above the bottom, where a byline is looked for.
const REACH: usize = 5;
const LONGEST_BYLINE: usize = 160;

#[derive(Debug, Default, PartialEq)]
struct Byline {
    authors: Vec<Person>,
    date: Option<Date>,
    source: Option<String>,
}

/// Moves bylines from the sheet to the metadata.
pub fn take(sheet: &mut Sheet, metadata: &mut Metadata) {
    let prose = sheet.prose_lines();
    let mut below_title = 0;
    for &number in prose.iter().take(REACH) {
        match read(&sheet.lines[number], below_title > 0) {
            Some(byline) => apply(byline, number, sheet, metadata),
            None if below_title > 0 => break,
            None => below_title += 1,
        }
    }
    let mut first_taken = None;
    for &number in prose.iter().rev().take(REACH.min(prose.len().saturating_sub(1))) {
        let Some(byline) = read(&sheet.lines[number], false) else { break };
        apply(byline, number, sheet, metadata);
        first_taken = Some(number);
    }
    let above = first_taken.and_then(|first| prose.iter().rev().find(|&&number| number < first));
    if let Some(&number) = above.filter(|&&number| is_rule(&sheet.lines[number])) {
        sheet.remove(number, "removed-byline", "the rule above the byline");
    }
}

fn is_rule(line: &str) -> bool {
    let marks: String = line.split_whitespace().collect();
    marks.len() >= 3 && ["-", "*", "_"].iter().any(|mark| marks.replace(mark, "").is_empty())
}

/// Takes over what the metadata lack. A line that contradicts them stays in the text.
fn apply(byline: Byline, number: usize, sheet: &mut Sheet, metadata: &mut Metadata) {
    let contradicts = (!byline.authors.is_empty()
        && !metadata.authors.is_empty()
        && !same_people(&byline.authors, &metadata.authors))
        || (byline.date.is_some() && metadata.date.is_some() && byline.date != metadata.date);
    if contradicts {
        let place = sheet.place(number);
        sheet.diagnostics.push(
            Diagnostic::warning("byline-differs", "this byline says something else than the metadata block")
                .at(place)
                .help("correct one of the two; the line stays in the text"),
        );
        return;
    }
    if sheet.keep.spare("removed-byline", (number as u32 + 1, number as u32 + 1)) {
        return;
    }
    let is_news = (metadata.authors.is_empty() && !byline.authors.is_empty())
        || (metadata.date.is_none() && byline.date.is_some())
        || (metadata.source.is_none() && byline.source.is_some());
    if metadata.authors.is_empty() {
        metadata.authors = byline.authors;
    }
    metadata.date = metadata.date.or(byline.date);
    metadata.source = metadata.source.take().or(byline.source);
    if is_news {
        sheet.remove_lines(&[number], "removed-byline", "a byline to the metadata", Fate::Moved);
    } else {
        sheet.remove(number, "removed-byline", "a byline that repeats the metadata");
    }
}

fn same_people(a: &[Person], b: &[Person]) -> bool {
    let names = |people: &[Person]| -> Vec<String> {
        people.iter().map(|person| person.name.to_lowercase()).collect()
    };
    names(a) == names(b)
}

/// Reads one line. `below_title`: whether it stands where an unlabelled date may be the essay's.
fn read(line: &str, below_title: bool) -> Option<Byline> {
    if line.len() > LONGEST_BYLINE {
        return None;
    }
    let line = line.trim().trim_matches(['*', '_']).trim();
    let line = line.strip_prefix("<em>").and_then(|rest| rest.strip_suffix("</em>")).unwrap_or(line);
    if let Some((label, value)) = line.split_once(':') {
        let value = value.trim().trim_matches(['*', '_']).trim();
        match label.trim().trim_matches(['*', '_']).to_lowercase().as_str() {
            "author" | "authors" | "by" | "written by" => return names(value),
            "date" | "published" | "posted" | "published on" | "date published" | "publication date" => {
                return dates::read(value).map(|date| Byline { date: Some(date), ..Byline::default() });
            }
            "source" | "originally published at" | "originally published on" | "url" => {
                let is_address = value.starts_with("https://") || value.starts_with("http://");
                return (is_address && !value.contains(' '))
                    .then(|| Byline { source: Some(value.to_owned()), ..Byline::default() });
            }
            _ => return None,
        }
    }
    for label in ["written by ", "by ", "published on ", "published ", "posted on ", "posted "] {
        let Some(head) = line.get(..label.len()) else { continue };
        if !head.eq_ignore_ascii_case(label) {
            continue;
        }
        let rest = &line[label.len()..];
        if label.ends_with("by ") {
            return names_and_date(rest);
        }
        return dates::read(rest).map(|date| Byline { date: Some(date), ..Byline::default() });
    }
    let date = dates::read(line).filter(|date| below_title && date.day.is_some())?;
    Some(Byline { date: Some(date), ..Byline::default() })
}

/// `Ada Lovelace | April 4, 2025`, `Ada Lovelace, 4 April 2025`.
fn names_and_date(text: &str) -> Option<Byline> {
    let separators = ['|', '·', '•', '–', '—', ','];
    for (at, separator) in text.match_indices(separators) {
        if let Some(date) = dates::read(&text[at + separator.len()..]) {
            return Some(Byline { date: Some(date), ..names(text[..at].trim_end())? });
        }
    }
    names(text)
}

/// Whether a text is somebody's name, or the names of several people.
pub fn is_names(text: &str) -> bool {
    names(text).is_some()
}

/// Names are capitalised words; anything else is a sentence that happens to start like a byline.
fn names(text: &str) -> Option<Byline> {
    const LONGEST_NAME: usize = 5;
    let people = split_names(text);
    let is_name = |name: &String| {
        let words: Vec<&str> = name.split_whitespace().collect();
        (1..=LONGEST_NAME).contains(&words.len())
            && words.first().is_some_and(|word| starts_like_a_name(word))
            && words.last().is_some_and(|word| starts_like_a_name(word))
            && name.chars().all(|next| {
                next.is_alphabetic() || next.is_whitespace() || ".-'’,".contains(next) || is_mark(next)
            })
            && (!name.ends_with('.') || words.last().is_some_and(|word| word.len() <= 4))
    };
    (!people.is_empty() && people.iter().all(is_name))
        .then(|| Byline { authors: people.iter().map(|name| person(name)).collect(), ..Byline::default() })
}

/// Scripts without capitals have names too.
fn starts_like_a_name(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
}

/// Vowel signs of Indic and other scripts.
fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}
