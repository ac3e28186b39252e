//! Word documents (.docx, Office Open XML) to essay HTML.

use std::collections::BTreeMap;

use super::container::{Container, Converted, Refusal, accept, parse_beside};
use super::office::xml::Tree;
use super::office::{
    Content, Flow, Paragraph, Piece, Removal, Role, Run, front, languages, page, typewriter,
};
use crate::diagnostic::Diagnostics;
use crate::manuscript::Vetoes;
use body::Reader;
use notes::Comments;
use numbering::Numbering;
use package::{Package, Part};
use styles::Styles;

mod body;
mod drawing;
mod field;
mod format;
mod inline;
mod mathematics;
mod notes;
mod numbering;
mod package;
mod properties;
mod styles;
mod table;

const KIND: &str = "Word document";

/// Reads a Word document. `None` when it is none, or broken; the error says so.
pub fn read(file: &str, bytes: &[u8], keep: &Vetoes, diagnostics: &mut Diagnostics) -> Option<Converted> {
    accept(convert(file, bytes, keep, diagnostics), file, KIND, diagnostics)
}

fn convert(
    file: &str,
    bytes: &[u8],
    keep: &Vetoes,
    diagnostics: &mut Diagnostics,
) -> Result<Converted, Refusal> {
    let mut container = Container::open(bytes)?;
    let package = Package::load(file, &mut container, diagnostics)?;
    let (flow, pictures) = flow(file, &package, diagnostics)?;
    let (html, changes) = page::write(file, &flow, keep, diagnostics);
    let pictures = container.pictures(pictures, file, KIND, diagnostics);
    Ok(Converted { html, metadata: flow.metadata, pictures, changes })
}

/// The document as styled paragraphs, and the parts of its pictures by the path that each is given.
fn flow<'p>(
    file: &str,
    package: &'p Package,
    diagnostics: &mut Diagnostics,
) -> Result<(Flow, BTreeMap<String, String>), Refusal> {
    let malformed = |reason| Refusal::Malformed { part: package.main.name.clone(), reason };
    let document = Tree::parse(&package.main.text).map_err(malformed)?;
    let root = document.root().ok_or(Refusal::Missing("w:document"))?;
    let body = root.child("w:body").ok_or(Refusal::Missing("w:body"))?;

    let mut tree = |part: Option<&'p Part>| {
        part.map(|part| parse_beside(file, KIND, &part.name, &part.text, diagnostics)).unwrap_or_default()
    };
    let styles = tree(package.styles.as_ref());
    let numbering = tree(package.numbering.as_ref());
    let footnotes = tree(package.footnotes.as_ref());
    let endnotes = tree(package.endnotes.as_ref());
    let comments = tree(package.comments.as_ref());
    let core = tree(package.core.as_ref());
    let margins: Vec<(&'static str, Tree)> =
        package.margins.iter().map(|(what, part)| (*what, tree(Some(part)))).collect();

    let styles = Styles::read(styles.root());
    let numbering = Numbering::read(numbering.root());
    let comments = Comments::read(comments.root());
    let mut reader = Reader::new(file, &styles, &numbering, &comments, &package.names);

    let mut flow =
        Flow { metadata: core.root().map(properties::read).unwrap_or_default(), ..Flow::default() };
    for (what, margin) in &margins {
        flow.pieces.extend(margin.root().and_then(|root| margin_removal(what, &notes::text_of(root))));
    }
    flow.pieces.extend(reader.document(body, &package.main));
    flow.notes = reader.notes(package.footnotes.as_ref(), footnotes.root(), false);
    flow.notes.extend(reader.notes(package.endnotes.as_ref(), endnotes.root(), true));
    for comment in comments.unseen(&reader.seen_comments) {
        flow.pieces.push(removed(comment.removal()));
    }
    let pictures = std::mem::take(&mut reader.pictures);
    finish(&mut flow);
    Ok((flow, pictures))
}

/// What is decided with the whole document in view.
fn finish(flow: &mut Flow) {
    typewriter::settle(flow);
    languages::settle(flow);
    front::take(flow);
}

/// Headers and footers belong to the pages that the author saw.
fn margin_removal(what: &'static str, text: &str) -> Option<Piece> {
    let text = text.trim();
    (!text.is_empty()).then(|| removed(Removal::new("removed-furniture", what, text)))
}

fn removed(removal: Removal) -> Piece {
    let content = vec![Run::plain(Content::Removed(removal))];
    Piece::Paragraph(Paragraph { role: Role::Body, content })
}
