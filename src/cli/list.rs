//! `garland list sources` and `garland list terms`.

use std::io::Write;

use super::build::report;
use super::{FormatArgument, ListSourcesArguments, ListTermsArguments, TermFormatArgument};
use crate::anthology::Term;
use crate::diagnostic::Diagnostics;
use crate::source::{Record, Source};
use crate::{SourceFormat, SourceList, TermFormat, TermList};

/// Longest text in a column that others follow.
const WIDEST: usize = 48;

/// Prints the sources of an anthology to standard output. False if there are errors; what could be read is
/// printed all the same.
pub fn sources(arguments: &ListSourcesArguments) -> bool {
    let mut diagnostics = Diagnostics::new();
    let list = crate::list_sources(&arguments.folder, &mut diagnostics);
    let sound = !diagnostics.has_errors();
    report(&arguments.folder, arguments.quiet, diagnostics);
    let Some(list) = list else { return false };
    let text = match arguments.format {
        FormatArgument::Table => table(&list),
        FormatArgument::Bib => list.export(SourceFormat::BibLatex),
        FormatArgument::CslJson => list.export(SourceFormat::CslJson),
        FormatArgument::Yaml => list.export(SourceFormat::Yaml),
    };
    // Nobody may be listening any more (`garland list sources … | head -1`).
    let _ = std::io::stdout().write_all(text.as_bytes());
    sound
}

/// Prints the terms of an anthology, likewise.
pub fn terms(arguments: &ListTermsArguments) -> bool {
    let mut diagnostics = Diagnostics::new();
    let list = crate::list_terms(&arguments.folder, &mut diagnostics);
    let sound = !diagnostics.has_errors();
    report(&arguments.folder, arguments.quiet, diagnostics);
    let Some(list) = list else { return false };
    let text = match arguments.format {
        TermFormatArgument::Table => term_table(&list),
        TermFormatArgument::Yaml => list.export(TermFormat::Yaml),
        TermFormatArgument::Csv => list.export(TermFormat::Csv),
    };
    // Nobody may be listening any more.
    let _ = std::io::stdout().write_all(text.as_bytes());
    sound
}

/// One line for each source.
fn table(list: &SourceList) -> String {
    if list.sources.is_empty() {
        return "the essays cite nothing\n".to_owned();
    }
    let header = ["KEY", "AUTHOR", "YEAR", "TITLE", "CITED IN"];
    columns(header, list.sources.iter().map(|source| row(source, &list.chapters)))
}

/// One line for each term.
fn term_table(list: &TermList) -> String {
    if list.terms.is_empty() {
        return "the essays define nothing\n".to_owned();
    }
    let header = ["TERM", "ALSO", "DEFINED IN", "USED IN"];
    columns(header, list.terms.iter().map(|term| term_row(term, &list.chapters)))
}

/// Rows whose columns stand below each other; the last is as wide as it needs to be.
fn columns<const COUNT: usize>(header: [&str; COUNT], rows: impl Iterator<Item = [String; COUNT]>) -> String {
    let rows: Vec<[String; COUNT]> = std::iter::once(header.map(str::to_owned)).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..COUNT).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn term_row(term: &Term, chapters: &[(String, String)]) -> [String; 4] {
    let titles = |numbers: &mut dyn Iterator<Item = usize>| {
        let titles: Vec<&str> =
            numbers.filter_map(|chapter| chapters.get(chapter)).map(|(title, _)| title.as_str()).collect();
        titles.join("; ")
    };
    let mut defining: Vec<usize> =
        term.definitions.iter().flat_map(|it| it.chapters.iter().copied()).collect();
    defining.sort_unstable();
    defining.dedup();
    let defined = match (term.definitions.is_empty(), defining.is_empty()) {
        (true, _) => "(see elsewhere)".to_owned(),
        (false, true) => "(glossary file)".to_owned(),
        (false, false) => titles(&mut defining.into_iter()),
    };
    let used = match term.uses.is_empty() {
        true => "(nowhere)".to_owned(),
        false => titles(&mut term.uses.iter().map(|place| place.chapter)),
    };
    [
        cell(&term.name, WIDEST),
        cell(&term.aliases.join(", "), WIDEST),
        cell(&defined, WIDEST),
        cell(&used, usize::MAX),
    ]
}

fn row(source: &Source, chapters: &[String]) -> [String; 5] {
    let titles: Vec<&str> =
        source.chapters.iter().filter_map(|chapter| chapters.get(*chapter)).map(String::as_str).collect();
    let cited = if titles.is_empty() { "(listed only)".to_owned() } else { titles.join("; ") };
    let year = source.record.year().map(|year| year.to_string()).unwrap_or_default();
    [
        cell(&source.key, WIDEST),
        cell(&authors(&source.record), WIDEST),
        year,
        cell(&source.record.plain("title"), WIDEST),
        cell(&cited, usize::MAX),
    ]
}

fn authors(record: &Record) -> String {
    let names: Vec<&str> = record.creators().iter().map(|name| name.family.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [first, ..] => format!("{first} and others"),
    }
}

/// Text in one line of so many characters, without any that a terminal would obey.
fn cell(text: &str, widest: usize) -> String {
    let tidy: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if tidy.chars().count() <= widest {
        return tidy;
    }
    let start: String = tidy.chars().take(widest.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}
