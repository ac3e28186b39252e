//! What becomes of the notes and lists in which authors cite: every file in `tests/compile/citing`
//! holds an essay and what is read of it in five styles.
//!
//! `GARLAND_UPDATE=1 cargo test citing` writes it anew; read the difference before committing.

use std::fmt::Write;

use garland::anthology::{Anthology, Link};
use garland::audit::{close, take_down};
use garland::compile::compile;
use garland::diagnostic::{Diagnostics, Severity};
use garland::document::plain_text;
use garland::manuscript::{Input, Reading};
use garland::{ingest, parse};

use crate::harness::compare_goldens;

use super::builder::{collect_links, folder, lines};

const STYLES: [&str; 5] =
    ["ieee", "apa", "chicago-author-date", "chicago-notes", "modern-humanities-research-association-notes"];

/// An essay taken all the way through, and every word of it accounted for.
pub fn book(essay: &str, style: &str) -> (Anthology, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let manuscript =
        ingest::prepare("essay.md", essay.as_bytes(), Reading::default(), &mut diagnostics).unwrap();
    let (document, ledger) = parse::parse(&manuscript, &mut diagnostics);
    let account = vec![take_down(&manuscript, &document, ledger)];
    let input = Input { manuscripts: vec![manuscript], ..folder().input };
    let manifest = folder().style(style).manifest;
    let anthology = compile(&manifest, input, vec![document], None, &mut diagnostics);
    let account = close(account, &anthology, true, &mut diagnostics);
    assert!(account.totals().balance(), "{:?}", account.totals());
    (anthology, diagnostics)
}

fn show(essay: &str) -> String {
    let mut shown = String::new();
    for style in STYLES {
        let (book, diagnostics) = book(essay, style);
        writeln!(shown, "# {style}\n").unwrap();
        let chapter = &book.chapters[0];
        writeln!(shown, "{}\n", lines(&chapter.body)).unwrap();
        for note in &chapter.notes {
            writeln!(shown, "{} {}", note.number, lines(&note.body)).unwrap();
        }
        for entry in &book.bibliography {
            let label = entry.label.as_deref().map(|label| format!("{label} ")).unwrap_or_default();
            writeln!(shown, "- {label}{} ({})", plain_text(&entry.content), entry.citations.len()).unwrap();
            let mut links = Vec::new();
            collect_links(&entry.content, &mut links);
            assert!(links.iter().all(|(to, _)| matches!(to, Link::External(_))));
        }
        for problem in diagnostics.iter().filter(|it| it.severity > Severity::Note) {
            writeln!(shown, "! {}: {}", problem.code, problem.message).unwrap();
        }
        shown.push('\n');
    }
    shown
}

#[test]
fn notes_that_cite_become_citations() {
    compare_goldens("compile/citing", |_, essay| show(essay));
}
