//! What becomes of sources that several essays cite: every file in `tests/compile/sources` holds a
//! folder, and the sources that come out of it.
//!
//! `GARLAND_UPDATE=1 cargo test one_bibliography` writes it anew; read the difference before committing.

use std::fmt::Write;

use garland::anthology::BibliographyEntry;
use garland::compile::compile;
use garland::diagnostic::{Diagnostics, Severity};
use garland::document::plain_text;
use garland::manifest::{FILE_NAME, Manifest};
use garland::manuscript::{Input, InputFile, Reading};
use garland::{ingest, parse};

use crate::harness::compare_goldens;

use super::builder::{folder, lines};

/// What comes of a folder in the style of its manifest, or in another.
pub fn show(files: &str, style: Option<&str>) -> String {
    let mut diagnostics = Diagnostics::new();
    let (mut manifest, mut input, mut documents) =
        (Manifest::default(), Input { ..folder().input }, Vec::new());
    for file in files.split("== ").filter(|file| !file.is_empty()) {
        let (path, content) = file.split_once('\n').unwrap();
        match path {
            FILE_NAME => manifest = Manifest::parse(content, &mut diagnostics),
            _ if path.ends_with(".md") => {
                let reading = Reading::default();
                let manuscript =
                    ingest::prepare(path, content.as_bytes(), reading, &mut diagnostics).unwrap();
                documents.push(parse::parse(&manuscript, &mut diagnostics).0);
                input.manuscripts.push(manuscript);
            }
            _ => input.bibliographies.push(InputFile { path: path.to_owned(), content: content.to_owned() }),
        }
    }
    if let Some(style) = style {
        manifest.bibliography.style = Some(style.to_owned());
    }
    let book = compile(&manifest, input, documents, None, &mut diagnostics);
    let mut shown = String::new();
    for chapter in &book.chapters {
        writeln!(shown, "# {}\n\n{}\n", chapter.file, lines(&chapter.body)).unwrap();
        for note in &chapter.notes {
            writeln!(shown, "{} {}", note.number, lines(&note.body)).unwrap();
        }
        shown.push_str(if chapter.notes.is_empty() { "" } else { "\n" });
    }
    let mut list = |title: &str, entries: &[BibliographyEntry]| {
        writeln!(shown, "# {title}\n").unwrap();
        for group in entries.chunk_by(|a, b| a.group == b.group) {
            if !group[0].group.is_empty() {
                writeln!(shown, "## {}\n", group[0].group).unwrap();
            }
            for entry in group {
                let chapters: Vec<_> =
                    entry.citations.iter().map(|place| &*book.chapters[place.chapter].file).collect();
                let label = entry.label.as_deref().map(|label| format!("{label} ")).unwrap_or_default();
                writeln!(shown, "- {label}{} ({})", plain_text(&entry.content), chapters.join(", ")).unwrap();
            }
        }
        shown.push('\n');
    };
    for chapter in book.chapters.iter().filter(|chapter| !chapter.references.is_empty()) {
        list(&format!("References of {}", chapter.file), &chapter.references);
    }
    list("Bibliography", &book.bibliography);
    for problem in diagnostics.iter().filter(|it| it.severity > Severity::Note) {
        let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let help = problem.help.as_deref().unwrap_or_default();
        writeln!(shown, "! {place}: {}: {}\n  {help}", problem.code, problem.message).unwrap();
    }
    shown
}

#[test]
fn one_bibliography_comes_of_many_hands() {
    compare_goldens("compile/sources", |_, files| show(files, None));
}
