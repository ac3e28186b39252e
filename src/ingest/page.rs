//! Web pages: the essay is found, what stands around it is left out and told of.
//!
//! A page is parsed as browsers parse it; the result is essay HTML, the small vocabulary that the parser
//! reads. Every word that a reader of the page sees is in that HTML or in one of the changes.

use super::container::Converted;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manuscript::Vetoes;
use head::Head;
use notes::Notes;
use styles::Classes;
use survey::Survey;
use tree::{NodeId, Tree};

mod blocks;
mod bounds;
pub mod charset;
mod clutter;
mod content;
mod formula;
mod head;
mod inlines;
mod lists;
mod notes;
mod paragraph;
mod parser;
mod pictures;
mod record;
mod styles;
mod survey;
mod tables;
mod tree;
mod words;
mod writer;

/// A page while it is converted.
struct Page<'a> {
    file: &'a str,
    tree: &'a Tree,
    survey: Survey,
    /// The element that holds the essay.
    content: NodeId,
    /// Whether all of the body is the essay, as in a book.
    is_whole: bool,
    head: Head,
    notes: Notes,
    classes: Classes,
    /// Where the page was on the Web.
    address: Option<String>,
    keep: &'a Vetoes,
}

/// Reads a page. `keep`: what the editor wants to stay.
pub fn read(file: &str, text: &str, keep: &Vetoes, diagnostics: &mut Diagnostics) -> Converted {
    convert(file, text, keep, false, diagnostics)
}

/// Reads a document that is essay from its first word to its last, such as a chapter of a book.
pub fn read_whole(file: &str, text: &str, keep: &Vetoes, diagnostics: &mut Diagnostics) -> Converted {
    convert(file, text, keep, true, diagnostics)
}

/// Whether a file is a page, by its name or its beginning.
pub fn is_page(file: &str, text: &str) -> bool {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    if extension.is_some_and(|extension| matches!(extension.as_str(), "html" | "htm" | "xhtml")) {
        return true;
    }
    let start = text.trim_start();
    ["<!doctype html", "<html"]
        .iter()
        .any(|opening| start.get(..opening.len()).is_some_and(|found| found.eq_ignore_ascii_case(opening)))
}

fn convert(
    file: &str,
    text: &str,
    keep: &Vetoes,
    is_whole: bool,
    diagnostics: &mut Diagnostics,
) -> Converted {
    let Ok(mut tree) = parser::parse(text) else {
        diagnostics.push(
            Diagnostic::error("page-too-large", "this page holds more elements than any essay does")
                .at(Place::file(file))
                .help("save the essay alone, without the page around it"),
        );
        return Converted::default();
    };
    lists::nest(&mut tree);
    let survey = Survey::new(&tree);
    let body = tree.find(Tree::ROOT, "body").unwrap_or(Tree::ROOT);
    let content = if is_whole { body } else { content::find(&tree, &survey) };
    let head = head::read(&tree, &survey, content);
    let address = head.metadata.source.clone();
    let notes = notes::find(&tree, &survey, content, address.as_deref());
    let classes = Classes::read(&tree);
    let page = Page { file, tree: &tree, survey, content, is_whole, head, notes, classes, address, keep };
    let (html, changes) = writer::Writer::new(&page).write(body, diagnostics);
    Converted { html, metadata: page.head.metadata, pictures: Vec::new(), changes }
}
