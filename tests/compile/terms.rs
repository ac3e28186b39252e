//! What becomes of terms: every file in `tests/compile/terms` holds a folder, the glossary that comes of it, the
//! links to it, and what is told.
//!
//! `GARLAND_UPDATE=1 cargo test folders_become_one_glossary` writes it anew; read the difference before committing.

use std::fmt::Write;

use garland::anthology::{Anthology, Link};
use garland::compile::compile;
use garland::diagnostic::{Diagnostics, Severity};
use garland::manifest::{FILE_NAME, Manifest};
use garland::manuscript::{Input, InputFile, Reading};
use garland::{ingest, parse};

use crate::harness::compare_goldens;

use super::builder::{folder, lines, links};

/// The book of a folder whose files stand below each other, each under `== its name`.
fn book(files: &str) -> (Anthology, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let (mut manifest, mut input, mut documents) =
        (Manifest::default(), Input { ..folder().input }, Vec::new());
    for file in files.split("== ").filter(|file| !file.is_empty()) {
        let (path, content) = file.split_once('\n').unwrap();
        if path == FILE_NAME {
            manifest = Manifest::parse(content, &mut diagnostics);
        } else if path.starts_with("glossary") {
            input.glossaries.push(InputFile { path: path.to_owned(), content: content.to_owned() });
        } else {
            let reading = manifest.reading(path);
            let reading = Reading { as_typed: true, ..reading };
            let manuscript = ingest::prepare(path, content.as_bytes(), reading, &mut diagnostics).unwrap();
            documents.push(parse::parse(&manuscript, &mut diagnostics).0);
            input.manuscripts.push(manuscript);
        }
    }
    let book = compile(&manifest, input, documents, None, &mut diagnostics);
    (book, diagnostics)
}

fn show(files: &str) -> String {
    let (book, diagnostics) = book(files);
    let mut shown = String::new();
    let mut group = "";
    for term in &book.glossary {
        if term.group != group {
            group = &term.group;
            writeln!(shown, "# {group}").unwrap();
        }
        writeln!(shown, "{}", term.name).unwrap();
        let mut list = |lead: &str, names: Vec<String>| {
            if !names.is_empty() {
                writeln!(shown, "  {lead}: {}", names.join("; ")).unwrap();
            }
        };
        list("also", term.aliases.clone());
        for definition in &term.definitions {
            let files: Vec<_> = definition.chapters.iter().map(|&at| book.chapters[at].file.clone()).collect();
            list("=", vec![lines(&definition.content).replace('\n', " | ")]);
            list("by", files);
        }
        for (lead, references) in [("see", &term.see), ("see also", &term.see_also)] {
            let name = |it: &garland::anthology::TermReference| match it.entry {
                Some(_) => it.name.clone(),
                None => format!("{} (unknown)", it.name),
            };
            list(lead, references.iter().map(name).collect());
        }
        list("used in", term.uses.iter().map(|it| book.chapters[it.chapter].file.clone()).collect());
    }
    for chapter in &book.chapters {
        writeln!(shown, "\n== {}\n{}", chapter.file, lines(&chapter.body)).unwrap();
        for (to, text) in links(&chapter.body) {
            if let Link::Term { term, .. } = to {
                writeln!(shown, "-> {text} = {}", book.glossary[*term].name).unwrap();
            }
        }
    }
    shown.push('\n');
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let sign = if diagnostic.severity == Severity::Note { "-" } else { "!" };
        writeln!(shown, "{sign} {place}: {}: {}", diagnostic.code, diagnostic.message).unwrap();
        if let Some(help) = diagnostic.help.as_ref().filter(|_| diagnostic.severity > Severity::Note) {
            writeln!(shown, "  {help}").unwrap();
        }
    }
    shown
}

#[test]
fn folders_become_one_glossary() {
    compare_goldens("compile/terms", |_, files| show(files));
}
