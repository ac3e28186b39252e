//! The print edition: a tagged PDF 1.7 that keeps to PDF/UA-1 and PDF/A-2a.
//!
//! printpdf embeds the faces. It knows no structure, no nested outline and no page labels, so its
//! document is handed over to lopdf, and what is missing is added there; the pages' operators are
//! written [here](operators).

mod bookmarks;
mod colour;
mod content;
mod cover;
mod links;
mod metadata;
mod numbering;
mod objects;
mod operators;
mod packs;
mod pages;
mod pictures;
mod save;
mod structure;
mod text;
mod tokens;
mod typefaces;

use lopdf::{ObjectId, dictionary};

use super::EditionError;
use super::cover::Cover;
use crate::anthology::Anthology;
use crate::fonts::Fonts;
use crate::labels::Labels;
use crate::paged_book::PagedBook;
use save::PageStream;

/// The standards that a file says it keeps to. It is tagged all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standards {
    /// PDF/UA-1: fit for those who do not see the page.
    pub accessible: bool,
    /// PDF/A-2a: fit to be kept. Claimed only when the whole document can keep to it.
    pub archival: bool,
}

impl Default for Standards {
    fn default() -> Self {
        Standards { accessible: true, archival: true }
    }
}

/// Writes the typeset book as a PDF file, after its cover if that is to stand there. The same book gives the same
/// bytes.
pub fn write(
    anthology: &Anthology,
    book: &PagedBook,
    fonts: &Fonts,
    standards: Standards,
    cover: Option<&Cover>,
) -> Result<Vec<u8>, EditionError> {
    let size = (book.width, book.height);
    let (embedded, encoded_cover) = rayon::join(
        || typefaces::embed(book, fonts),
        || cover.map(|cover| cover::encode(cover, size)).transpose(),
    );
    let (mut document, typefaces) = embedded?;
    let pictures = pictures::embed(&mut document, anthology, book)?;
    let owners = structure::owners(&book.structure);
    let contents = content::write(book, &typefaces, &owners);

    let resources = document.add_object(dictionary! {
        "Font" => typefaces.resources(),
        "XObject" => pictures.resources(),
    });
    let pages: Vec<ObjectId> = book.pages.iter().map(|_| document.new_object_id()).collect();
    let (links, mut packs) = links::add(&mut document, book, &pages);
    let (structure_tree, elements) = structure::add(&mut document, book, &owners, &pages, &contents, &links);
    packs.extend(elements);
    let streams: Vec<PageStream> = contents
        .into_iter()
        .map(|content| PageStream { object: document.new_object_id(), deflated: content.stream })
        .collect();
    let (page_tree, leaves) = pages::add(&mut document, book, &pages, &streams, &links, resources);
    packs.extend(leaves);
    let outline = bookmarks::add(&mut document, &book.outline, &pages).map(|(outline, entries)| {
        packs.extend(entries);
        outline
    });
    let mut archivable = pictures.archivable();
    if let (Some(cover), Some(picture)) = (cover, encoded_cover?) {
        archivable &= cover::bind(&mut document, cover, picture, size, structure_tree, page_tree)?;
    }
    let before = cover.map(|_| (Labels::of(&anthology.metadata.language).cover, cover::PAGES));

    let claims = Standards { archival: standards.archival && archivable, ..standards };
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Version" => "1.7",
        "Pages" => page_tree,
        "Lang" => objects::text(&anthology.metadata.language),
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => structure_tree,
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "PageLabels" => numbering::page_labels(&book.pages, before),
        "Metadata" => metadata::add_packet(&mut document, &anthology.metadata, claims),
    };
    if standards.archival {
        catalog.set("OutputIntents", vec![colour::add_output_intent(&mut document).into()]);
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    let catalog = document.add_object(catalog);
    let information = document.add_object(metadata::information(&anthology.metadata));
    save::save(document, &streams, packs, catalog, information)
}
