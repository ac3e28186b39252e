//! What becomes of sources that several essays cite: every file in `tests/compile/sources` holds a
//! folder, and the sources that come out of it.
//!
//! `GARLAND_UPDATE=1 cargo test one_bibliography` writes it anew; read the difference before committing.

use std::fmt::Write;

use garland::compile::compile;
use garland::diagnostic::{Diagnostics, Severity};
use garland::document::plain_text;
use garland::manifest::{FILE_NAME, Manifest};
use garland::manuscript::{Input, InputFile, Reading};
use garland::{ingest, parse};

use crate::harness::compare_goldens;

use super::builder::{folder, lines};

fn show(files: &str) -> String {
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
    let book = compile(&manifest, input, documents, None, &mut diagnostics);
    let mut shown = String::new();
    for chapter in &book.chapters {
        writeln!(shown, "# {}\n\n{}\n", chapter.file, lines(&chapter.body)).unwrap();
    }
    shown.push_str("# Bibliography\n\n");
    for entry in &book.bibliography {
        let chapters: Vec<_> =
            entry.citations.iter().map(|place| &*book.chapters[place.chapter].file).collect();
        writeln!(shown, "- {} ({})", plain_text(&entry.content), chapters.join(", ")).unwrap();
    }
    shown.push('\n');
    for problem in diagnostics.iter().filter(|it| it.severity > Severity::Note) {
        let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let help = problem.help.as_deref().unwrap_or_default();
        writeln!(shown, "! {place}: {}: {}\n  {help}", problem.code, problem.message).unwrap();
    }
    shown
}

#[test]
fn one_bibliography_comes_of_many_hands() {
    compare_goldens("compile/sources", |_, files| show(files));
}
