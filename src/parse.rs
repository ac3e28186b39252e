//! From a manuscript to a tree. Parsing cannot fail; it can only report.

use crate::diagnostic::Diagnostics;
use crate::document::{Block, Document, Parsed, Span, WrittenNote};
use crate::ledger::Ledger;
use crate::manuscript::{Dialect, Manuscript};
use context::Context;

mod addresses;
mod boxes;
mod caption;
mod context;
mod entries;
mod extensions;
mod finish;
mod frames;
mod html;
mod markdown;
mod numbering;
mod ornament;
mod places;
mod plain;
mod references;
mod running_text;
mod timestamp;
mod title;
mod typography;
mod vault;

/// Deeper nesting is flattened: no author means it, and every later stage walks the tree.
const DEPTH_LIMIT: usize = 64;

/// What a reader makes of the text, before the title is settled.
#[derive(Debug, Default)]
struct Body {
    blocks: Vec<Block<Parsed>>,
    notes: Vec<WrittenNote>,
    /// Paragraphs that are bold from end to end, which often stand for headings: index and place.
    bold_lines: Vec<(usize, Span)>,
}

/// Reads a manuscript in its dialect; the ledger tells what became of every stretch of its text.
pub fn parse(manuscript: &Manuscript, diagnostics: &mut Diagnostics) -> (Document, Ledger) {
    let mut text = manuscript.text.clone();
    let mut metadata = manuscript.metadata.clone();
    let mut context = Context::new(manuscript);
    let vault_marks = match manuscript.dialect {
        Dialect::Vault => vault::take(&mut text, &context, &mut metadata, diagnostics),
        _ => Vec::new(),
    };
    let entries = references::take(&mut text, &context, diagnostics);
    context.references = entries.iter().map(|entry| entry.label.clone()).collect();
    (text, context.marks) = extensions::take(text, &context, diagnostics);
    context.marks.join(vault_marks);
    let mut body = match manuscript.dialect {
        Dialect::Plain => plain::read(&text, &context, diagnostics),
        Dialect::Html => html::read_essay(&text, &context, diagnostics),
        Dialect::Markdown
        | Dialect::Pandoc
        | Dialect::MultiMarkdown
        | Dialect::Jekyll
        | Dialect::Hugo
        | Dialect::Vault => markdown::read(&text, &context, diagnostics),
    };
    for entry in entries {
        body.notes.push(entry.read(&context, diagnostics));
    }
    finish::finish(&mut body, &mut metadata, &context, diagnostics);
    context.report(diagnostics);
    metadata.marked_terms = context.take_marked_terms();
    let document = Document { file: manuscript.file.clone(), metadata, body: body.blocks, notes: body.notes };
    (document, context.into_ledger())
}
