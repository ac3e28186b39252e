//! The reflowable edition: an [`Anthology`] as an EPUB 3.3 publication.
//!
//! The documents are written first, in parallel, since what they use decides which faces are embedded
//! and what the package can truthfully say about itself.

mod accessibility;
mod back_matter;
mod blocks;
mod chapter;
mod container;
mod faces;
mod front_matter;
mod glossary;
mod inlines;
mod language;
mod layout;
mod navigation;
mod package;
mod subset;
mod xhtml;

use std::collections::BTreeSet;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::anthology::Anthology;
use crate::edition::{EditionError, cover};
use crate::fonts::Fonts;
use crate::paged_book::PagedBook;

use accessibility::PictureCount;
use container::Entry;
use faces::Demand;
use layout::{Layout, SpineItem};
use xhtml::Writer;

/// The style sheet that every document uses; the faces' rules are put before it.
const STYLES: &str = include_str!("../../styles/epub.css");

/// Writes the EPUB. The last argument is the same book on paper, for a list of its pages; none is written
/// yet.
pub fn write(
    anthology: &Anthology,
    fonts: &Fonts,
    _print: Option<&PagedBook>,
) -> Result<Vec<u8>, EditionError> {
    let layout = Layout::new(anthology);
    let (cover, documents) = rayon::join(
        || cover::paint(anthology, fonts),
        || -> Vec<Document> {
            layout.spine.par_iter().map(|item| document(anthology, &layout, *item)).collect()
        },
    );
    let cover = cover?;

    let (mut demand, mut pictures) = (Demand::default(), PictureCount::default());
    for document in &documents {
        demand.merge(&document.demand);
        pictures.add(document.pictures);
    }
    let faces = faces::choose(fonts, &demand);
    let colophon = back_matter::colophon(Writer::new(anthology, &layout, SpineItem::Colophon), &faces);
    demand.merge(&colophon.demand);
    let embedded = faces::embed(&faces, &demand.characters);

    let font_paths: Vec<String> = embedded.iter().map(|face| face.path.clone()).collect();
    let with_mathml: BTreeSet<&str> =
        documents.iter().filter(|document| document.holds_mathml).map(|document| document.path.as_str()).collect();
    let package = package::write(anthology, &layout, &font_paths, pictures, &with_mathml)?;
    let mut entries = vec![
        Entry::text("stylesheet.css", faces::rules(&embedded) + STYLES),
        Entry::packed(layout::COVER_PICTURE, cover),
        Entry::text(colophon.path, colophon.xhtml),
    ];
    // The colophon among them was written without the names of the faces.
    let documents = documents.into_iter().filter(|document| document.item != SpineItem::Colophon);
    entries.extend(documents.map(|document| Entry::text(document.path, document.xhtml)));
    for (picture, path) in anthology.pictures.iter().zip(&layout.pictures) {
        entries.push(Entry::packed(path.clone(), picture.bytes.as_slice()));
    }
    entries.extend(embedded.into_iter().map(|face| Entry::binary(face.path, face.bytes)));
    container::pack(entries, package)
}

/// One content document, with what it asks of the faces and what it shows.
struct Document {
    item: SpineItem,
    path: String,
    xhtml: String,
    demand: Demand,
    pictures: PictureCount,
    /// Which the package must say.
    holds_mathml: bool,
}

fn document(anthology: &Anthology, layout: &Layout, item: SpineItem) -> Document {
    let writer = Writer::new(anthology, layout, item);
    match item {
        SpineItem::Cover => front_matter::cover(writer),
        SpineItem::TitlePage => front_matter::title_page(writer),
        SpineItem::Part(index) => front_matter::part(writer, index),
        SpineItem::Chapter(index) => chapter::chapter(writer, index),
        SpineItem::Bibliography => back_matter::bibliography(writer),
        SpineItem::Glossary => glossary::glossary(writer),
        SpineItem::Colophon => back_matter::colophon(writer, &[]),
    }
}
