//! Glossary files: lists of terms in YAML or CSV.

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Block, Inline, Parsed};
use crate::manuscript::InputFile;
use crate::term_list::{self, ListedTerm, Problem};
use crate::yaml;

use super::super::order::Essay;
use super::spellings::Name;
use super::written::{TermPlace, WrittenTerm};

/// More mistakes of one file than this are counted.
const MOST_TOLD: usize = 100;

/// Reads a glossary file; what is wrong with it are errors, each at its place.
pub(super) fn read(
    file: &InputFile<String>,
    essays: &[Essay],
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenTerm> {
    let mut problems = Vec::new();
    let is_csv = [".csv", ".tsv"].iter().any(|end| file.path.to_ascii_lowercase().ends_with(end));
    let terms = if is_csv {
        term_list::from_csv(&file.content, &mut problems)
    } else {
        match yaml::parse(&file.content) {
            Ok(root) => term_list::from_yaml(&root, &mut problems),
            Err(yaml::Problem { message, line, column }) => {
                let message = format!("it is not valid YAML: {message}");
                let help =
                    "put text that holds `: ` or `#` between quotation marks, and check the indentation";
                problems.push(Problem { message, help: help.to_owned(), line, column });
                Vec::new()
            }
        }
    };
    tell(problems, file, diagnostics);
    terms.into_iter().map(|term| written(term, file, essays, diagnostics)).collect()
}

fn tell(problems: Vec<Problem>, file: &InputFile<String>, diagnostics: &mut Diagnostics) {
    let count = problems.len();
    for Problem { message, help, line, column } in problems.into_iter().take(MOST_TOLD) {
        let message = format!("the glossary file cannot be read: {message}");
        let place = place(file, line, column);
        diagnostics.push(Diagnostic::error("glossary-file", message).at(place).help(help));
    }
    if count > MOST_TOLD {
        let message = format!("{} more entries of this file cannot be read", count - MOST_TOLD);
        diagnostics.push(Diagnostic::error("glossary-file", message).at(Place::file(&file.path)));
    }
}

/// Mistakes are rare: each looks for its own line.
fn place(file: &InputFile<String>, line: u32, column: u32) -> Place {
    let excerpt = file.content.lines().nth(line.saturating_sub(1) as usize).map(str::to_owned);
    Place { excerpt, ..Place::column(&file.path, line, column) }
}

fn written(
    term: ListedTerm,
    file: &InputFile<String>,
    essays: &[Essay],
    diagnostics: &mut Diagnostics,
) -> WrittenTerm {
    let mut chapters = Vec::new();
    for name in &term.essays {
        match essays.iter().position(|essay| essay.manuscript.file == *name) {
            Some(chapter) => chapters.push(chapter),
            None => {
                let message =
                    format!("`{}` is said to be of `{name}`, which is no essay of this book", term.name);
                diagnostics.push(
                    Diagnostic::warning("unknown-essay", message)
                        .at(place(file, term.line, term.column))
                        .help("write the essay's file as the folder has it"),
                );
            }
        }
    }
    let place = TermPlace::Known(Place::column(&file.path, term.line, term.column));
    let file = match term.essays.as_slice() {
        [essay] => essay.clone(),
        _ => file.path.clone(),
    };
    WrittenTerm { chapters, ..of_list(term, file, place) }
}

/// A term of a list as one of the book's.
pub(super) fn of_list(term: ListedTerm, file: String, place: TermPlace) -> WrittenTerm {
    WrittenTerm {
        definition: paragraphs(&term.definition),
        aliases: term.aliases,
        see: term.see,
        see_also: term.see_also,
        ..WrittenTerm::new(Name::read(&term.name), file, place)
    }
}

/// Text whose paragraphs are parted by empty lines.
fn paragraphs(text: &str) -> Vec<Block<Parsed>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines
        .split(|line| line.is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| Block::Paragraph(vec![Inline::Text(paragraph.join(" "))]))
        .collect()
}
