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

/// Where a line stands, which says how much it takes to be a byline.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Position {
    Top,
    BelowTitle,
    End,
}

/// Moves bylines from the sheet to the metadata.
pub fn take(sheet: &mut Sheet, metadata: &mut Metadata) {
    let prose = sheet.prose_lines();
    let mut has_title = metadata.title.is_some();
    let mut others = 0;
    for &number in prose.iter().take(REACH) {
        if is_attributes(&sheet.lines[number]) {
            continue;
        }
        let position = if has_title { Position::BelowTitle } else { Position::Top };
        match read(sheet, number, position, metadata) {
            Some(byline) => apply(byline, number, sheet, metadata),
            None if others > 0 => break,
            None => {
                has_title = true;
                others += 1;
            }
        }
    }
    let mut first_taken = None;
    for &number in prose.iter().rev().take(REACH.min(prose.len().saturating_sub(1))) {
        if sheet.lines[number].is_empty() || is_attributes(&sheet.lines[number]) {
            continue;
        }
        let Some(byline) = read(sheet, number, Position::End, metadata) else { break };
        apply(byline, number, sheet, metadata);
        first_taken = Some(number);
    }
    let above = first_taken.and_then(|first| prose.iter().rev().find(|&&number| number < first));
    if let Some(&number) = above.filter(|&&number| is_rule(&sheet.lines[number])) {
        sheet.remove(number, "removed-byline", "the rule above the byline");
    }
}

/// kramdown's attributes for the line above: `{: .author}`.
fn is_attributes(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{:") && line.ends_with('}')
}

/// Whether attributes call what they belong to a byline.
fn names_a_byline(attributes: &str) -> bool {
    [".author", ".byline", ".date", ".post-meta"].iter().any(|class| attributes.contains(class))
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
    let attributes = sheet.lines.get(number + 1).is_some_and(|line| is_attributes(line));
    let lines = if attributes { vec![number, number + 1] } else { vec![number] };
    if is_news {
        sheet.remove_lines(&lines, "removed-byline", "a byline to the metadata", Fate::Moved);
    } else {
        sheet.remove_lines(&lines, "removed-byline", "a byline that repeats the metadata", Fate::Removed);
    }
}

fn same_people(a: &[Person], b: &[Person]) -> bool {
    let names = |people: &[Person]| -> Vec<String> {
        people.iter().map(|person| person.name.to_lowercase()).collect()
    };
    names(a) == names(b)
}

/// Reads one line, with the attributes that it has or that stand below it.
fn read(sheet: &Sheet, number: usize, position: Position, metadata: &Metadata) -> Option<Byline> {
    let shown = sheet.shown(number);
    let line = shown.trim();
    if line.len() > LONGEST_BYLINE {
        return None;
    }
    let below = sheet.lines.get(number + 1).map(|line| line.trim()).filter(|line| is_attributes(line));
    let (line, attributes) = match line.rsplit_once('{') {
        Some((text, attributes)) if attributes.ends_with('}') => (text.trim_end(), attributes),
        _ => (line, below.unwrap_or_default()),
    };
    let is_marked = names_a_byline(attributes);
    let line = line.trim_start_matches('#').trim().trim_matches(['*', '_']).trim();
    let line = line.strip_prefix("<em>").and_then(|rest| rest.strip_suffix("</em>")).unwrap_or(line);
    let parts: Vec<&str> = line.split(['|', '·', '•']).map(str::trim).collect();
    let byline = match parts.as_slice() {
        [line] => read_part(line, position).or_else(|| names_and_date(line).filter(|_| is_marked)),
        parts => read_row(parts, position),
    };
    byline.or_else(|| (position == Position::End).then(|| read_signature(line, metadata)).flatten())
}

/// `By Ada Lovelace | April 4, 2025 | 5 min read`: every part must say something.
fn read_row(parts: &[&str], position: Position) -> Option<Byline> {
    let mut whole = Byline::default();
    let mut is_labelled = false;
    for part in parts {
        if is_reading_time(part) {
            continue;
        }
        let labelled = read_part(part, position);
        is_labelled |= labelled.is_some();
        let date = || dates::read(part).map(|date| Byline { date: Some(date), ..Byline::default() });
        let byline = labelled.or_else(date).or_else(|| names(part).filter(|_| part.contains(' ')))?;
        whole.authors.extend(byline.authors);
        whole.date = whole.date.or(byline.date);
        whole.source = whole.source.or(byline.source);
    }
    let is_whole = !whole.authors.is_empty() && whole.date.is_some_and(|date| date.day.is_some());
    (is_labelled || (is_whole && position != Position::Top)).then_some(whole)
}

/// `5 min read`, `Reading time: 7 minutes`.
fn is_reading_time(part: &str) -> bool {
    let lower = part.to_lowercase();
    lower.contains("min") && lower.contains("read") && lower.split_whitespace().count() <= 5
}

/// Labels that an author's name follows after a colon.
const AUTHOR_LABELS: [&str; 16] = [
    "author",
    "authors",
    "by",
    "written by",
    "words by",
    "text by",
    "posted by",
    "published by",
    "autor",
    "autorin",
    "auteur",
    "autrice",
    "autore",
    "autors",
    "verfasser",
    "text",
];
/// Labels that a date follows after a colon.
const DATE_LABELS: [&str; 12] = [
    "date",
    "published",
    "posted",
    "published on",
    "posted on",
    "date published",
    "publication date",
    "datum",
    "data",
    "fecha",
    "datums",
    "publié le",
];
/// What stands before a name without a colon, in English.
const BY: [&str; 8] =
    ["written by ", "posted by ", "published by ", "words by ", "text by ", "story by ", "essay by ", "by "];
/// Likewise in other languages, where the word is a common one: `von`, `par`, `por`, `di`, `door`, `av`, `af`.
const BY_ELSEWHERE: [&str; 12] = [
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "af ",
    "texto de ",
    "text von ",
    "texte de ",
    "testo di ",
    "przez ",
];
/// What stands before a date.
const ON: [&str; 9] = [
    "published on ",
    "published ",
    "posted on ",
    "posted ",
    "publié le ",
    "veröffentlicht am ",
    "publicado el ",
    "pubblicato il ",
    "gepubliceerd op ",
];

/// Reads one line, or one part of a row.
fn read_part(line: &str, position: Position) -> Option<Byline> {
    let of_date = |date| Byline { date: Some(date), ..Byline::default() };
    if let Some((label, value)) = line.split_once(':') {
        let value = value.trim().trim_matches(['*', '_']).trim();
        let label = label.trim().trim_matches(['*', '_']).to_lowercase();
        if AUTHOR_LABELS.contains(&label.as_str()) {
            return names_and_date(value);
        }
        if DATE_LABELS.contains(&label.as_str()) {
            return dates::read(value).map(of_date);
        }
        if matches!(label.as_str(), "source" | "originally published at" | "originally published on" | "url")
        {
            let is_address = value.starts_with("https://") || value.starts_with("http://");
            return (is_address && !value.contains(' '))
                .then(|| Byline { source: Some(value.to_owned()), ..Byline::default() });
        }
        return None;
    }
    if let Some(rest) = BY.iter().find_map(|label| after(line, label)) {
        return names_and_date(rest);
    }
    if let Some(rest) = ON.iter().find_map(|label| after(line, label)) {
        if let Some((date, name)) = split_by(rest) {
            return Some(Byline { date: Some(dates::read(date)?), ..names(name)? });
        }
        return dates::read(rest).map(of_date);
    }
    if position == Position::BelowTitle
        && let Some(rest) = BY_ELSEWHERE.iter().find_map(|label| after(line, label))
    {
        return names_and_date(rest)
            .filter(|byline| byline.authors.iter().all(|author| is_full_name(&author.name)));
    }
    if position == Position::Top {
        return None;
    }
    if position == Position::BelowTitle {
        if let Some(date) = dates::read(line).filter(|date| date.day.is_some()) {
            return Some(of_date(date));
        }
        if let Some((date, name)) = split_by(line) {
            let date = dates::read(date.trim_end_matches(',')).filter(|date| date.day.is_some())?;
            return Some(Byline { date: Some(date), ..names(name)? });
        }
    }
    None
}

/// What follows a label, whatever its case.
fn after<'l>(line: &'l str, label: &str) -> Option<&'l str> {
    let head = line.get(..label.len())?;
    (head.to_lowercase() == label).then(|| line[label.len()..].trim())
}

/// `4 April 2025 by Ada Lovelace`.
fn split_by(text: &str) -> Option<(&str, &str)> {
    text.split_once(" by ").map(|(date, name)| (date.trim(), name.trim()))
}

/// The last line of an essay, where it says again who wrote it, or when: `— Ada Lovelace, April 4, 2025`.
fn read_signature(line: &str, metadata: &Metadata) -> Option<Byline> {
    let dashes = ["—", "–", "--", "-", "~"];
    let signed = dashes.iter().find_map(|dash| line.strip_prefix(dash)).map(str::trim_start);
    let text = signed.unwrap_or(line);
    let repeats_date = dates::read(text).filter(|date| date.day.is_some() && metadata.date == Some(*date));
    if let Some(date) = repeats_date {
        return Some(Byline { date: Some(date), ..Byline::default() });
    }
    let byline = names_and_date(text)?;
    let repeats_names = !metadata.authors.is_empty() && same_people(&byline.authors, &metadata.authors);
    // A name and a year under a dash may belong to a quotation above it; a day is nobody's but the essay's.
    let is_dated = signed.is_some() && byline.date.is_some_and(|date| date.day.is_some());
    (repeats_names || (is_dated && metadata.authors.is_empty())).then_some(byline)
}

/// `Ada Lovelace, 4 April 2025`, `Ada Lovelace on April 4, 2025`.
fn names_and_date(text: &str) -> Option<Byline> {
    for separator in ["–", "—", "|", " on ", " am ", " le ", ","] {
        for (at, _) in text.match_indices(separator) {
            if let Some(date) = dates::read(&text[at + separator.len()..]) {
                return Some(Byline { date: Some(date), ..names(text[..at].trim_end())? });
            }
        }
    }
    names(text)
}

/// Two words or more, each of which a name can have.
fn is_full_name(name: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["de", "del", "della", "di", "da", "do", "dos", "van", "von", "der", "den", "la", "le", "y"];
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| starts_like_a_name(word) || PARTICLES.contains(word))
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
