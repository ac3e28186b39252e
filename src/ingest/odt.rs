//! OpenDocument texts (.odt) to essay HTML.

use std::collections::BTreeMap;

use super::container::{Container, Converted, Refusal};
use super::office::xml::{Element, Tree};
use super::office::{
    Content, Flow, Paragraph, Piece, Removal, Role, Run, front, languages, page, properties, typewriter,
};
use crate::dates;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Metadata;
use crate::manuscript::InputFile;
use body::Reader;
use styles::Styles;

mod body;
mod drawing;
mod inline;
mod mathematics;
mod styles;

const KIND: &str = "OpenDocument text";

/// Reads an OpenDocument text. `None` when it is none, or broken; the error says so.
pub fn read(file: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Converted> {
    let outcome = convert(file, bytes, diagnostics);
    outcome.map_err(|refusal| diagnostics.push(refusal.report(file, KIND))).ok()
}

fn convert(file: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Result<Converted, Refusal> {
    let mut container = Container::open(bytes)?;
    if let Some(manifest) = container.text("META-INF/manifest.xml")
        && manifest?.contains("encryption-data")
    {
        return Err(Refusal::PasswordProtected);
    }
    let content = container.text("content.xml").ok_or(Refusal::Missing("content.xml"))??;
    let styles = container.text("styles.xml").transpose()?.unwrap_or_default();
    let meta = container.text("meta.xml").transpose()?.unwrap_or_default();
    let formulas = formulas(&mut container)?;

    let malformed = |reason| Refusal::Malformed { part: "content.xml".to_owned(), reason };
    let content = Tree::parse(&content).map_err(malformed)?;
    let root = content.root().ok_or(Refusal::Missing("office:document-content"))?;
    let body = root.child("office:body").and_then(|body| body.child("office:text"));
    let body = body.ok_or(Refusal::Missing("office:text"))?;
    let styles = beside(file, "styles.xml", &styles, diagnostics);
    let meta = beside(file, "meta.xml", &meta, diagnostics);

    let known = Styles::read([styles.root(), Some(root)].into_iter().flatten());
    let names = container.names().map(str::to_owned).collect();
    let mut reader = Reader::new(file, &known, &names, formulas);
    let mut flow = Flow { metadata: meta.root().map(metadata).unwrap_or_default(), ..Flow::default() };
    flow.pieces.extend(styles.root().into_iter().flat_map(margins));
    flow.pieces.extend(reader.document(body));
    flow.notes = std::mem::take(&mut reader.notes);
    let pictures = std::mem::take(&mut reader.pictures);

    typewriter::settle(&mut flow);
    languages::settle(&mut flow);
    front::take(&mut flow);
    let (html, changes) = page::write(file, &flow, diagnostics);
    let mut loaded = Vec::new();
    for (path, part) in pictures {
        match container.bytes(&part) {
            Some(Ok(content)) => loaded.push(InputFile { path, content }),
            Some(Err(refusal)) => diagnostics.push(refusal.report(file, KIND)),
            None => {}
        }
    }
    Ok(Converted { html, metadata: flow.metadata, pictures: loaded, changes })
}

/// The TeX of the formulas, which are documents of their own, by their folder.
fn formulas(container: &mut Container) -> Result<BTreeMap<String, String>, Refusal> {
    const LIMIT: usize = 2_000;
    let parts: Vec<String> = container
        .names()
        .filter(|name| name.ends_with("/content.xml"))
        .take(LIMIT)
        .map(str::to_owned)
        .collect();
    let mut formulas = BTreeMap::new();
    for part in parts {
        let Some(text) = container.text(&part).transpose()? else { continue };
        let tree = Tree::parse(&text).unwrap_or_default();
        if let Some(root) = tree.root().filter(|root| root.name() == "math:math") {
            let folder = part.trim_end_matches("/content.xml").to_owned();
            formulas.insert(folder, mathematics::tex(root));
        }
    }
    Ok(formulas)
}

/// A part beside the text. When it is damaged, the text is still there.
fn beside<'p>(file: &str, part: &str, text: &'p str, diagnostics: &mut Diagnostics) -> Tree<'p> {
    if text.is_empty() {
        return Tree::default();
    }
    Tree::parse(text).unwrap_or_else(|reason| {
        let refusal = Refusal::Malformed { part: part.to_owned(), reason };
        let Diagnostic { message, .. } = refusal.report(file, KIND);
        diagnostics.push(
            Diagnostic::warning("damaged-container", message)
                .at(Place::file(file))
                .help("what it holds is missing; open the document in a word processor and save it anew"),
        );
        Tree::default()
    })
}

/// Headers and footers belong to the pages that the author saw.
fn margins(styles: Element) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for element in styles.descendants() {
        let what = match element.name() {
            "style:header" | "style:header-left" | "style:header-first" => "a page header",
            "style:footer" | "style:footer-left" | "style:footer-first" => "a page footer",
            _ => continue,
        };
        let text = inline::text_of(element);
        if !text.is_empty() {
            let removal = Removal::new("removed-furniture", what, text);
            let content = vec![Run::plain(Content::Removed(removal))];
            pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content }));
        }
    }
    pieces
}

fn metadata(root: Element) -> Metadata {
    let Some(meta) = root.child("office:meta") else { return Metadata::default() };
    let texts = |name: &'static str| {
        let elements = meta.children().filter(move |element| element.name() == name);
        let texts = elements.map(|element| element.text().split_whitespace().collect::<Vec<_>>().join(" "));
        texts.filter(|text| !text.is_empty())
    };
    let text = |name| texts(name).next();
    // `dc:creator` is who saved the file last.
    let author = text("meta:initial-creator").or_else(|| text("dc:creator")).unwrap_or_default();
    Metadata {
        title: text("dc:title").filter(|title| properties::is_title(title)),
        authors: properties::authors(&author),
        date: text("meta:creation-date").and_then(|date| dates::read(date.split('.').next()?)),
        language: text("dc:language").and_then(|language| Some(languages::tag(&language)?.to_string())),
        description: text("dc:description").filter(|text| properties::is_description(text)),
        keywords: properties::keywords(texts("meta:keyword").chain(texts("dc:subject"))),
        ..Metadata::default()
    }
}
