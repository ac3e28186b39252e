//! OpenDocument texts (.odt) to essay HTML.

use std::collections::BTreeMap;

use super::container::{Container, Converted, Refusal, accept, parse_beside};
use super::office::xml::{Element, Tree};
use super::office::{
    Content, Flow, Paragraph, Piece, Removal, Role, Run, front, languages, page, properties, typewriter,
};
use crate::dates;
use crate::diagnostic::Diagnostics;
use crate::document::Metadata;
use crate::manuscript::Vetoes;
use body::Reader;
use styles::Styles;

mod body;
mod drawing;
mod inline;
mod mathematics;
mod styles;

const KIND: &str = "OpenDocument text";

/// Reads an OpenDocument text. `None` when it is none, or broken; the error says so.
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
    let styles = parse_beside(file, KIND, "styles.xml", &styles, diagnostics);
    let meta = parse_beside(file, KIND, "meta.xml", &meta, diagnostics);

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
    let (html, changes) = page::write(file, &flow, keep, diagnostics);
    let pictures = container.pictures(pictures, file, KIND, diagnostics);
    Ok(Converted { html, metadata: flow.metadata, pictures, changes })
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
