//! RIS, which library catalogues and publishers export: a tag, two spaces, a hyphen, a space and a value on
//! each line, from `TY` to `ER`.

use hayagriva::Entry;

use crate::dates;
use crate::source::{Name, Record, RecordDate};

use super::super::export;
use super::Problems;
use super::csl_json::finish;

/// RIS types, and CSL's.
const TYPES: [(&str, &str); 44] = [
    ("ABST", "article-journal"),
    ("ADVS", "motion_picture"),
    ("AGGR", "dataset"),
    ("ART", "graphic"),
    ("BILL", "bill"),
    ("BLOG", "post-weblog"),
    ("BOOK", "book"),
    ("CASE", "legal_case"),
    ("CHAP", "chapter"),
    ("COMP", "software"),
    ("CONF", "paper-conference"),
    ("CPAPER", "paper-conference"),
    ("DATA", "dataset"),
    ("DBASE", "dataset"),
    ("DICT", "entry-dictionary"),
    ("EBOOK", "book"),
    ("ECHAP", "chapter"),
    ("EDBOOK", "collection"),
    ("EJOUR", "article-journal"),
    ("ELEC", "webpage"),
    ("ENCYC", "entry-encyclopedia"),
    ("FIGURE", "figure"),
    ("GEN", "document"),
    ("GOVDOC", "report"),
    ("ICOMM", "post"),
    ("INPR", "article-journal"),
    ("JFULL", "periodical"),
    ("JOUR", "article-journal"),
    ("MANSCPT", "manuscript"),
    ("MAP", "map"),
    ("MGZN", "article-magazine"),
    ("MPCT", "motion_picture"),
    ("MUSIC", "song"),
    ("NEWS", "article-newspaper"),
    ("PAMP", "pamphlet"),
    ("PAT", "patent"),
    ("RPRT", "report"),
    ("SER", "book"),
    ("SOUND", "song"),
    ("STAND", "standard"),
    ("THES", "thesis"),
    ("UNPB", "manuscript"),
    ("VIDEO", "motion_picture"),
    ("WEB", "webpage"),
];

/// Tags that mean the same in every type.
const FIELDS: [(&str, &str); 30] = [
    ("AB", "abstract"),
    ("AN", "call-number"),
    ("AV", "archive_location"),
    ("BT", "container-title"),
    ("CN", "call-number"),
    ("CP", "issue"),
    ("CT", "title"),
    ("CY", "publisher-place"),
    ("DB", "archive"),
    ("DO", "DOI"),
    ("ET", "edition"),
    ("IS", "issue"),
    ("J1", "container-title-short"),
    ("J2", "container-title-short"),
    ("JA", "container-title-short"),
    ("JF", "container-title"),
    ("JO", "container-title"),
    ("LA", "language"),
    ("M1", "number"),
    ("M3", "genre"),
    ("N1", "note"),
    ("N2", "abstract"),
    ("NV", "number-of-volumes"),
    ("PB", "publisher"),
    ("PP", "publisher-place"),
    ("ST", "title-short"),
    ("T3", "collection-title"),
    ("TI", "title"),
    ("UR", "URL"),
    ("VL", "volume"),
];
/// Kinds that appear in nothing: their second title is that of a series.
const WHOLE: [&str; 4] = ["book", "collection", "periodical", "thesis"];

/// A record under construction.
#[derive(Debug)]
struct Draft {
    at: usize,
    key: Option<String>,
    record: Record,
    first_page: String,
    last_page: String,
}

/// Reads the records of a file.
pub(super) fn read(text: &str, problems: &mut Problems<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut draft: Option<Draft> = None;
    let mut last: Option<(&str, String, usize)> = None;
    let mut at = 0;
    let mut stray = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{feff}').trim_end();
        let Some((tag, value)) = tagged(line) else {
            if line.trim().is_empty() {
                continue;
            }
            match &mut last {
                // Long values go on without a tag.
                Some((_, value, _)) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                None if !stray => {
                    stray = true;
                    let help = "start each source with a line such as `TY  - BOOK`, and end it with `ER  - `";
                    problems.broken(start, "this line belongs to no source".to_owned(), help);
                }
                None => {}
            }
            continue;
        };
        if let (Some(draft), Some((tag, value, at))) = (&mut draft, last.take()) {
            draft.set(tag, &value, at, problems);
        }
        match tag {
            "TY" => {
                if let Some(open) = draft.take() {
                    let message = "this source has no end".to_owned();
                    problems.broken(open.at, message, "end it with a line `ER  - `");
                    entries.extend(open.finish(problems));
                }
                draft = Some(Draft::new(start, value, problems));
                stray = false;
            }
            "ER" => {
                if let Some(done) = draft.take() {
                    entries.extend(done.finish(problems));
                }
                stray = false;
            }
            _ if draft.is_some() => last = Some((tag, value.to_owned(), start)),
            _ if !stray => {
                stray = true;
                let help = "start each source with a line such as `TY  - BOOK`";
                problems.broken(start, "this line belongs to no source".to_owned(), help);
            }
            _ => {}
        }
    }
    if let Some(mut open) = draft {
        if let Some((tag, value, at)) = last {
            open.set(tag, &value, at, problems);
        }
        problems.broken(open.at, "this source has no end".to_owned(), "end it with a line `ER  - `");
        entries.extend(open.finish(problems));
    }
    entries
}

/// `TY  - BOOK`; programs differ in the spaces.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let tag = line.get(..2)?;
    let is_tag = tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && tag.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = line.get(2..)?;
    let value = rest.trim_start_matches(' ').strip_prefix('-')?;
    (is_tag && rest.starts_with(' ')).then(|| (tag, value.trim()))
}

impl Draft {
    fn new(at: usize, kind: &str, problems: &mut Problems<'_>) -> Self {
        let known = TYPES.iter().find(|(name, _)| kind.eq_ignore_ascii_case(name));
        if known.is_none() {
            problems.left_out(&format!("TY: {kind}"));
        }
        let record = Record::new(known.map_or("document", |(_, kind)| kind));
        Draft { at, key: None, record, first_page: String::new(), last_page: String::new() }
    }

    fn set(&mut self, tag: &str, value: &str, at: usize, problems: &mut Problems<'_>) {
        if value.is_empty() {
            return;
        }
        let record = &mut self.record;
        let is_whole = WHOLE.contains(&record.kind.as_str());
        match tag {
            "ID" => self.key = Some(value.to_owned()),
            "T1" | "TI" | "CT" => first(record, "title", value),
            // A book's own title in some programs, what a chapter is in in others.
            "BT" if is_whole => first(record, "title", value),
            "T2" if is_whole => first(record, "collection-title", value),
            "T2" => first(record, "container-title", value),
            "AU" | "A1" => add(record, "author", value),
            "ED" | "A2" => add(record, "editor", value),
            "A3" => add(record, "collection-editor", value),
            "A4" | "TA" => add(record, "translator", value),
            "DA" | "PY" | "Y1" | "Y2" => {
                let name = if tag == "Y2" { "accessed" } else { "issued" };
                match date(value) {
                    Some(date) => {
                        let known = record.dates.get(name);
                        // `DA` says more than `PY`, whichever comes first.
                        if known.is_none_or(|known| known.month.is_none() && date.month.is_some()) {
                            record.dates.insert(name.to_owned(), date);
                        }
                    }
                    None => {
                        let message = format!("“{value}” is no date that Garland can read");
                        problems.broken(at, message, "write it as 2025/04/04, 2025/04 or 2025");
                    }
                }
            }
            "SP" => value.clone_into(&mut self.first_page),
            "EP" => value.clone_into(&mut self.last_page),
            "SN" => {
                let digits = value.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).count();
                first(record, if digits == 8 { "ISSN" } else { "ISBN" }, value);
            }
            "ER" | "TY" => {}
            other => match FIELDS.iter().find(|(tag, _)| *tag == other) {
                Some((_, field)) => first(record, field, value),
                None => problems.left_out(other),
            },
        }
    }

    fn finish(self, problems: &mut Problems<'_>) -> Option<Entry> {
        let Draft { at, key, mut record, first_page, last_page } = self;
        if record.fields.is_empty() && record.names.is_empty() {
            let message = "this source has neither a title nor anything else".to_owned();
            problems.broken(at, message, "give it a title (`TI  - `), or remove it");
            return None;
        }
        // Some programs write the whole range as its start.
        let pages = match (first_page.is_empty(), last_page.is_empty()) {
            (true, _) => last_page,
            (false, true) => first_page,
            (false, false) if first_page.contains(['-', '–']) || first_page == last_page => first_page,
            (false, false) => format!("{first_page}-{last_page}"),
        };
        record.set("page", pages.into());
        let key = key.unwrap_or_else(|| export::key(&record));
        Some(finish(&key, &record, problems))
    }
}

/// Of several values, the first is kept.
fn first(record: &mut Record, field: &str, value: &str) {
    if !record.fields.contains_key(field) {
        record.set(field, value.into());
    }
}

/// `Family, Given, Suffix`
fn add(record: &mut Record, role: &str, value: &str) {
    let mut parts =
        value.splitn(3, ',').map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty()));
    let mut next = || parts.next().flatten();
    let Some(family) = next() else { return };
    let (given, suffix) = (next(), next());
    let name = Name { family, given, particle: None, suffix };
    record.names.entry(role.to_owned()).or_default().push(name);
}

/// `2025/04/04/spring`, with empty parts between the slashes.
fn date(value: &str) -> Option<RecordDate> {
    let mut parts = value.split('/').map(str::trim);
    let year = parts.next().filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    let Some(year) = year else {
        let date = dates::read(value.trim_end_matches('/'))?;
        return Some(RecordDate { year: date.year.into(), month: date.month, day: date.day, circa: false });
    };
    let mut part = |most: u8| parts.next()?.parse().ok().filter(|part| (1..=most).contains(part));
    let month = part(12);
    let day = part(31).filter(|_| month.is_some());
    Some(RecordDate { year, month, day, circa: false })
}
