//! Parsing: every file in `tests/parse` holds an essay and the tree that it becomes.
//!
//! `GARLAND_UPDATE=1 cargo test parse` writes the trees anew; read the difference before committing.

use garland::diagnostic::Diagnostics;
use garland::document::Document;
use garland::manuscript::{Dialect, Reading};
use garland::{ingest, parse};

use crate::harness::compare_goldens;

mod account;
mod dialects;
pub mod dump;
pub mod properties;
mod seeds;
pub mod syntax;
mod typography;
mod vault;

/// Takes an essay's bytes all the way to a tree.
///
/// A first line `dialect: pandoc` is the editor's word in the manifest.
pub fn document(file: &str, text: &str) -> (Option<Document>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let (reading, text) = reading(text);
    let document = ingest::prepare(file, text.as_bytes(), reading, &mut diagnostics)
        .map(|manuscript| parse::parse(&manuscript, &mut diagnostics).0);
    (document, diagnostics)
}

fn reading(text: &str) -> (Reading, &str) {
    let named = text.strip_prefix("dialect: ").and_then(|rest| rest.split_once('\n'));
    let dialect = named.and_then(|(name, _)| Dialect::NAMES.iter().find(|(known, _)| *known == name));
    let text = dialect.and(named).map_or(text, |(_, text)| text);
    (Reading { dialect: dialect.map(|(_, dialect)| *dialect), ..Reading::default() }, text)
}

/// The tree and the diagnostics, as the files in `tests/parse` show them.
pub fn show(file: &str, text: &str) -> String {
    let (document, diagnostics) = document(file, text);
    let mut shown = document.map(|document| dump::document(&document)).unwrap_or_default();
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
        shown.push_str(&format!(
            "{place}: {}: {} [{}]\n",
            diagnostic.severity, diagnostic.message, diagnostic.code
        ));
    }
    shown
}

#[test]
fn essays_become_the_trees_beside_them() {
    compare_goldens("parse", |name, essay| {
        // `page.html.md` holds a page.
        show(name.strip_suffix(".md").filter(|stem| stem.contains('.')).unwrap_or(name), essay)
    });
}
