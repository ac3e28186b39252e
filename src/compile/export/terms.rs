//! Terms as a glossary file of ours: what comes of it is the same glossary.

use std::fmt::Write;

use crate::anthology::{Term, TermDefinition, TermReference};
use crate::document::Block;
use crate::term_list::COLUMNS;

use super::super::text::plain_blocks;

/// The terms as YAML. `files` are those of the chapters.
pub fn terms_yaml(terms: &[Term], files: &[String]) -> String {
    let mut text = String::new();
    for term in terms {
        for row in rows(term, files) {
            // What JSON quotes, YAML understands.
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            let mut start = "- ";
            for (name, value) in COLUMNS.iter().zip(row) {
                match value {
                    Cell::Text(text) if text.is_empty() => continue,
                    Cell::Names(names) if names.is_empty() => continue,
                    Cell::Text(value) => {
                        let _ = writeln!(text, "{start}{name}: {}", quoted(&value));
                    }
                    Cell::Names(names) => {
                        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
                        let _ = writeln!(text, "{start}{name}: [{}]", names.join(", "));
                    }
                }
                start = "  ";
            }
        }
    }
    text
}

/// The terms as CSV, with the names of the columns on top.
pub fn terms_csv(terms: &[Term], files: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(COLUMNS);
    for term in terms {
        for row in rows(term, files) {
            let cells = row.into_iter().map(|cell| match cell {
                Cell::Text(text) => text,
                Cell::Names(names) => names.join("; "),
            });
            let _ = writer.write_record(cells);
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

enum Cell {
    Text(String),
    Names(Vec<String>),
}

/// A row for each definition; the first says the rest of what there is to say of the term.
fn rows(term: &Term, files: &[String]) -> Vec<[Cell; 6]> {
    let names = |references: &[TermReference]| references.iter().map(|it| it.name.clone()).collect();
    let nothing = TermDefinition { content: Vec::new(), chapters: Vec::new() };
    let definitions =
        if term.definitions.is_empty() { std::slice::from_ref(&nothing) } else { &term.definitions };
    let row = |(at, definition): (usize, &TermDefinition)| {
        let first = |names: Vec<String>| Cell::Names(if at == 0 { names } else { Vec::new() });
        let essays = definition.chapters.iter().filter_map(|&chapter| files.get(chapter)).cloned();
        [
            Cell::Text(term.name.clone()),
            Cell::Text(text(definition)),
            first(term.aliases.clone()),
            first(names(&term.see)),
            first(names(&term.see_also)),
            Cell::Names(essays.collect()),
        ]
    };
    definitions.iter().enumerate().map(row).collect()
}

/// A definition as text, an empty line between its paragraphs.
fn text(definition: &TermDefinition) -> String {
    let block = |block| plain_blocks(std::slice::from_ref::<Block<_>>(block));
    definition.content.iter().map(block).collect::<Vec<_>>().join("\n\n")
}
