//! From a manuscript to a tree. Parsing cannot fail; it can only report.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::document::{Block, Document, Parsed, Span, WrittenNote};
use crate::manuscript::{Dialect, Manuscript};

mod caption;
mod finish;
mod frames;
mod html;
mod markdown;
mod ornament;
mod plain;
mod references;
mod running_text;
mod timestamp;
mod title;
mod typography;
mod vault;

/// Deeper nesting is flattened: no author means it, and every later stage walks the tree.
const DEPTH_LIMIT: usize = 64;

/// What the readers need to know of the essay besides its text.
#[derive(Debug)]
struct Context<'a> {
    manuscript: &'a Manuscript,
    /// Labels of the essay's numbered references.
    references: BTreeSet<String>,
    /// Labels of undefined notes that were reported, so that each is once.
    undefined: RefCell<BTreeSet<String>>,
    /// Straight quotes become typographic ones in English only; other languages have other quotes.
    is_english: bool,
}

/// What a reader makes of the text, before the title is settled.
#[derive(Debug, Default)]
struct Body {
    blocks: Vec<Block<Parsed>>,
    notes: Vec<WrittenNote>,
    /// Paragraphs that are bold from end to end, which often stand for headings: index and place.
    bold_lines: Vec<(usize, Span)>,
}

/// Reads a manuscript in its dialect.
pub fn parse(manuscript: &Manuscript, diagnostics: &mut Diagnostics) -> Document {
    let mut text = manuscript.text.clone();
    if manuscript.dialect == Dialect::Vault {
        vault::blank_comments(&mut text);
    }
    let entries = references::take(&mut text, manuscript, diagnostics);
    let language = manuscript.metadata.language.as_deref();
    let context = Context {
        manuscript,
        references: entries.iter().map(|entry| entry.label.clone()).collect(),
        undefined: RefCell::default(),
        is_english: language.is_none_or(|tag| tag.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en"))),
    };
    let mut body = match manuscript.dialect {
        Dialect::Plain => plain::read(&text, &context, diagnostics),
        Dialect::Markdown | Dialect::Vault => markdown::read(&text, &context, diagnostics),
    };
    for entry in entries {
        body.notes.push(entry.read(&context, diagnostics));
    }
    let mut metadata = manuscript.metadata.clone();
    finish::finish(&mut body, &mut metadata, manuscript, diagnostics);
    Document { file: manuscript.file.clone(), metadata, body: body.blocks, notes: body.notes }
}
