//! BibTeX and BibLaTeX.
//!
//! The biblatex crate reads the syntax and hayagriva the meaning, entry by entry, so that a broken one
//! costs no other. What either would not survive in a hostile file is seen to first: abbreviations and
//! cross-references that lead in circles or multiply, braces by the thousand, dates that are none.

mod dates;
mod inheritance;
mod strings;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use ::biblatex as tex;
use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, FormatString};
use tex::{Chunk, ChunksExt, RawBibliography, RawChunk, Spanned};

use super::super::record;
use super::Problems;
use crate::labels::Labels;
pub(super) use dates::read as read_date;
use strings::Strings;

/// Braces within braces that one field may have.
const DEEPEST: usize = 30;
const MOST_NESTED: usize = 500;
/// Fields of one entry that are dropped before the entry is.
const MOST_MISTYPED: usize = 5;

const HELP: &str =
    "correct the entry: each brace and quotation mark needs its partner, each field a comma after it";

/// What hayagriva makes something of, or what needs no place in a bibliography.
const FIELDS: &[&str] = &[
    "abstract",
    "addendum",
    "address",
    "afterword",
    "annotation",
    "annotator",
    "author",
    "bookauthor",
    "booksubtitle",
    "booktitle",
    "booktitleaddon",
    "chapter",
    "commentator",
    "crossref",
    "date",
    "day",
    "doi",
    "edition",
    "editor",
    "editora",
    "editoratype",
    "editorb",
    "editorbtype",
    "editorc",
    "editorctype",
    "editortype",
    "entrysubtype",
    "eprint",
    "eprinttype",
    "eventdate",
    "eventtitle",
    "foreword",
    "holder",
    "howpublished",
    "ids",
    "institution",
    "introduction",
    "isan",
    "isbn",
    "ismn",
    "issn",
    "issue",
    "issuetitle",
    "iswc",
    "journal",
    "journalsubtitle",
    "journaltitle",
    "langid",
    "language",
    "library",
    "location",
    "mainsubtitle",
    "maintitle",
    "month",
    "note",
    "number",
    "organization",
    "pages",
    "pagetotal",
    "publisher",
    "school",
    "series",
    "shorttitle",
    "subtitle",
    "title",
    "titleaddon",
    "translator",
    "type",
    "url",
    "urldate",
    "venue",
    "version",
    "volume",
    "volumes",
    "xdata",
    "year",
];

/// An entry as the biblatex crate holds it; its spans count from `base`.
#[derive(Debug)]
struct Parsed {
    base: usize,
    span: Range<usize>,
    entry: tex::Entry,
}

/// Reads the entries of a file.
pub(super) fn read(text: &str, problems: &mut Problems<'_>) -> Vec<Entry> {
    let mut pieces = Vec::new();
    match RawBibliography::parse(text) {
        Ok(raw) => pieces.push((0, raw)),
        Err(_) => {
            for block in blocks(text) {
                match RawBibliography::parse(&text[block.clone()]) {
                    Ok(raw) => pieces.push((block.start, raw)),
                    // Programs keep settings in comments, with braces that the crate does not count.
                    Err(_) if is_comment(&text[block.clone()]) => {}
                    Err(error) => {
                        let message = format!("this entry cannot be read: {}", error.kind);
                        let at = block.start + error.span.start.min(block.len());
                        let at = if at >= block.end { block.start } else { at };
                        problems.broken(at, message, HELP);
                    }
                }
            }
        }
    }
    let mut strings = Strings::new(text.len());
    for (base, raw) in &pieces {
        for pair in &raw.abbreviations {
            strings.define(pair, *base, problems);
        }
    }
    let mut parsed: Vec<Parsed> = Vec::new();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (base, raw) in pieces {
        for raw in raw.entries {
            let at = base + raw.span.start;
            let Some(entry) = parse_entry(base, raw, &mut strings, problems) else { continue };
            if let Some(&first) = positions.get(&entry.entry.key) {
                let same = parsed.get(first).is_some_and(|first| same_words(&first.entry, &entry.entry));
                if !same {
                    problems.repeated(at, &entry.entry.key);
                }
                continue;
            }
            positions.insert(entry.entry.key.clone(), parsed.len());
            parsed.push(entry);
        }
    }
    if parsed.is_empty() && problems.is_empty() && !text.trim().is_empty() && strings.is_empty() {
        let help = "write entries such as `@book{key, title = {…}, year = {2025}}`, or remove the file";
        problems.broken(0, "there is no BibTeX in this file".to_owned(), help);
    }
    let plain: Vec<tex::Entry> = parsed.iter().map(|parsed| parsed.entry.clone()).collect();
    let mut heirs = inheritance::Heirs::new(&plain, &positions);
    let mut entries = Vec::with_capacity(parsed.len());
    for mut parsed in parsed {
        if parsed.entry.entry_type == tex::EntryType::XData {
            continue;
        }
        for field in parsed.entry.fields.keys().filter(|field| !FIELDS.contains(&field.as_str())) {
            problems.left_out(field);
        }
        let at = parsed.base + parsed.span.start;
        for missing in heirs.enrich(&mut parsed.entry) {
            let message = format!("`{}` refers to `{missing}`, which is not in this file", parsed.entry.key);
            problems.broken(at, message, "add the entry, or remove the reference to it");
        }
        entries.extend(convert(parsed, problems));
    }
    entries
}

/// The file cut where a line starts with `@` and a name: good enough to tell a broken entry from its
/// neighbours.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if opens_entry(line) {
            starts.push(at + (line.len() - line.trim_start().len()));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let lines: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    lines.into_iter().flat_map(|block| split_on_balance(text, block)).collect()
}

/// The entries of a block that stand behind one another, told apart by their braces.
fn split_on_balance(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut escaped) = (block.start, 0usize, false);
    for (offset, byte) in text[block.clone()].bytes().enumerate() {
        let at = block.start + offset;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'@' if depth == 0 && at > start && opens_entry(&text[at..block.end]) => {
                found.push(start..at);
                start = at;
            }
            _ => {}
        }
    }
    found.push(start..block.end);
    found
}

/// `@book{`
fn opens_entry(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('@') else { return false };
    let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    name > 0 && rest[name..].trim_start().starts_with(['{', '('])
}

fn is_comment(block: &str) -> bool {
    block.get(1..8).is_some_and(|kind| kind.eq_ignore_ascii_case("comment"))
}

fn same_words(a: &tex::Entry, b: &tex::Entry) -> bool {
    let words = |entry: &tex::Entry| -> BTreeMap<String, String> {
        entry.fields.iter().map(|(name, chunks)| (name.clone(), chunks.format_verbatim())).collect()
    };
    a.entry_type == b.entry_type && words(a) == words(b)
}

/// One entry without its cross-references; fields that cannot be read are told and left out.
fn parse_entry(
    base: usize,
    raw: Spanned<tex::RawEntry<'_>>,
    strings: &mut Strings,
    problems: &mut Problems<'_>,
) -> Option<Parsed> {
    let mut entry = tex::Entry::new(raw.v.key.v.to_owned(), tex::EntryType::new(raw.v.kind.v));
    if entry.key.is_empty() {
        let at = base + raw.span.start;
        problems.broken(at, "this entry has no key".to_owned(), "write one after the brace: `@book{key, …`");
        return None;
    }
    for pair in raw.v.fields {
        let at = base + pair.value.span.start;
        let name = pair.key.v.to_ascii_lowercase();
        let value = strings.expand(&pair.value.v, base, problems);
        let too_nested = value.iter().any(|piece| match piece {
            RawPiece::Text(text, _) => is_too_nested(text),
            RawPiece::Month(_) => false,
        });
        if too_nested {
            let message = format!("the braces in `{name}` are nested too deeply");
            problems.broken(at, message, "take out the braces that nothing needs");
            continue;
        }
        match read_field(&name, &value) {
            Ok(chunks) => {
                entry.fields.entry(name).or_insert(chunks);
            }
            Err(error) => {
                let at = base + error.span.start;
                let message = format!("`{name}` cannot be read: {}", error.kind);
                problems.broken(at, message, "correct the field; the rest of the entry is used");
            }
        }
    }
    Some(Parsed { base, span: raw.span, entry })
}

/// A piece of a field's value.
#[derive(Debug, Clone)]
enum RawPiece<'a> {
    /// TeX, and where it starts.
    Text(std::borrow::Cow<'a, str>, usize),
    Month(usize),
}

/// Reads TeX by way of an entry that has nothing but this field: there is no other way in.
fn read_field(name: &str, value: &[RawPiece<'_>]) -> Result<tex::Chunks, tex::ParseError> {
    // Links are followed by us; the crate would follow them in circles.
    let alias = if matches!(name, "crossref" | "xdata" | "ids") { "note" } else { name };
    let pieces = value.iter().map(|piece| match piece {
        RawPiece::Text(text, at) => Spanned::new(RawChunk::Normal(text), *at..*at + text.len()),
        RawPiece::Month(number) => Spanned::new(RawChunk::Normal(Labels::of("en").months[*number]), 0..0),
    });
    let field = tex::Pair::new(Spanned::new(alias, 0..0), Spanned::new(pieces.collect(), 0..0));
    let entry =
        tex::RawEntry { key: Spanned::new("", 0..0), kind: Spanned::new("misc", 0..0), fields: vec![field] };
    let raw = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::new(entry, 0..0)],
        abbreviations: Vec::new(),
    };
    let entry = tex::Bibliography::from_raw(raw)?.into_vec().pop();
    Ok(entry.and_then(|mut entry| entry.fields.remove(alias)).unwrap_or_default())
}

/// The crate reads nested commands by recursion, and merges nested braces one by one.
fn is_too_nested(text: &str) -> bool {
    let (mut depth, mut nested) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => {
                depth += 1;
                nested += usize::from(depth > 1);
            }
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST || nested > MOST_NESTED {
            return true;
        }
    }
    false
}

/// What the entry means.
fn convert(parsed: Parsed, problems: &mut Problems<'_>) -> Option<Entry> {
    let Parsed { base, span, entry: mut source } = parsed;
    for (title, subtitle) in [
        ("title", "subtitle"),
        ("booktitle", "booksubtitle"),
        ("journaltitle", "journalsubtitle"),
        ("maintitle", "mainsubtitle"),
    ] {
        join_title(&mut source, title, subtitle);
    }
    // Whoever grants a degree or issues a report is what CSL calls its publisher.
    use tex::EntryType::{MastersThesis, PhdThesis, Report, TechReport, Thesis};
    let is_issued = matches!(source.entry_type, MastersThesis | PhdThesis | Report | TechReport | Thesis);
    if is_issued
        && !source.fields.contains_key("publisher")
        && let Some(issuer) = source.remove("institution").or_else(|| source.remove("school"))
    {
        source.fields.insert("publisher".to_owned(), issuer);
    }
    let mut date = |prefix: &str| dates::take(&mut source, prefix, base, problems);
    let (issued, accessed, event) = (date(""), date("url"), date("event"));
    let kind = kind_of(&source);

    let mut mistyped = 0;
    let mut entry = loop {
        let error = match Entry::try_from(&source) {
            Ok(entry) => break entry,
            Err(error) => error,
        };
        let holds = |chunks: &tex::Chunks| {
            let span = chunks.span();
            span.start <= error.span.start && error.span.start <= span.end
        };
        let field = source.fields.iter().find(|(_, chunks)| holds(chunks)).map(|(name, _)| name.clone());
        let message = match &field {
            Some(field) => format!("`{field}` of `{}` cannot be read: {}", source.key, error.kind),
            None => format!("`{}` cannot be read: {}", source.key, error.kind),
        };
        problems.broken(base + error.span.start, message, "correct the field; the rest of the entry is used");
        mistyped += 1;
        let field = field.filter(|_| mistyped <= MOST_MISTYPED)?;
        source.remove(&field);
    };
    if let Some(date) = issued {
        entry.set_date(date);
    }
    if let Some(words) = entry.genre().and_then(|genre| words_for(&genre.value.to_str())) {
        entry.set_genre(FormatString::with_value(words));
    }
    if let Some(library) = source.get("library") {
        entry.set_archive(library.into());
    }
    if let (Some(date), Some(mut url)) = (accessed, entry.url().cloned()) {
        url.visit_date = Some(date);
        entry.set_url(url);
    }
    if let Some(date) = event {
        set_event_date(&mut entry, date);
    }
    if source.fields.contains_key("url") && entry.url().is_none() {
        let at = base + source.get("url").map_or(span.start, |url| url.span().start);
        let message = format!("the `url` of `{}` is no address", source.key);
        problems.broken(at, message, "write it whole, with `https://` before it");
    }
    let Some(kind) = kind else { return Some(entry) };
    let mut held = record::record_of(&entry);
    held.kind = kind.to_owned();
    Some(record::entry_of(entry.key(), &held).0)
}

/// `Title: subtitle`, as one title.
fn join_title(entry: &mut tex::Entry, title: &str, subtitle: &str) {
    let Some(rest) = entry.remove(subtitle) else { return };
    let chunks = entry.fields.entry(title.to_owned()).or_default();
    let ends = chunks.format_verbatim().trim_end().ends_with(['?', '!', ':', '.']);
    if !chunks.is_empty() {
        let joint = if ends { " " } else { ": " };
        chunks.push(Spanned::new(Chunk::Normal(joint.to_owned()), 0..0));
    }
    chunks.extend(rest);
}

fn set_event_date(entry: &mut Entry, date: Date) {
    let mut parents = entry.parents().to_vec();
    match parents.iter_mut().find(|parent| *parent.entry_type() == EntryType::Conference) {
        Some(event) => event.set_date(date),
        None => {
            let mut event = Entry::new(entry.key(), EntryType::Conference);
            event.set_date(date);
            parents.push(event);
        }
    }
    entry.set_parents(parents);
}

/// What the keys stand for that a `type` may have (BibLaTeX manual, "Localization keys").
fn words_for(key: &str) -> Option<&'static str> {
    Some(match key {
        "bathesis" => "Bachelor’s thesis",
        "mathesis" => "Master’s thesis",
        "phdthesis" => "Doctoral dissertation",
        "candthesis" => "Candidate’s thesis",
        "techreport" => "Technical report",
        "resreport" => "Research report",
        "datacd" => "Data CD",
        "audiocd" => "Audio CD",
        _ => return None,
    })
}

/// Kinds that hayagriva has, but does not look for in BibLaTeX.
fn kind_of(entry: &tex::Entry) -> Option<&'static str> {
    let subtype = entry.get("entrysubtype").map(ChunksExt::format_verbatim).unwrap_or_default();
    match &entry.entry_type {
        tex::EntryType::Software => Some("software"),
        tex::EntryType::Article if subtype == "newspaper" => Some("article-newspaper"),
        tex::EntryType::Unknown(name) => match name.as_str() {
            "video" | "movie" => Some("motion_picture"),
            "audio" | "music" => Some("song"),
            "artwork" | "image" => Some("graphic"),
            "legislation" | "legal" => Some("legislation"),
            "jurisdiction" => Some("legal_case"),
            "performance" => Some("performance"),
            _ => None,
        },
        _ => None,
    }
}
