//! The reflowable edition: an [`Anthology`] as an EPUB 3.3 publication.
//!
//! The documents are written first, in parallel, since what they use decides which faces are embedded
//! and what the package can truthfully say about itself.

mod accessibility;
mod back_matter;
mod blocks;
mod chapter;
mod container;
mod contributors;
mod discussion;
mod faces;
mod front_matter;
mod glossary;
mod index;
mod inlines;
mod layout;
mod metadata;
mod navigation;
mod package;
mod pages;
mod subset;
mod xhtml;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::anthology::Anthology;
use crate::edition::{EditionError, cover};
use crate::fonts::Fonts;
use crate::paged_book::PagedBook;

use accessibility::{ContentCount, Findings};
use container::Entry;
use faces::Demand;
use layout::{Layout, SpineItem};
use navigation::{Listing, Lists};
use package::Parts;
use pages::{PageNumber, Pages};
use xhtml::Writer;

/// The style sheet that every document uses; the faces' rules are put before it.
const STYLES: &str = include_str!("../../styles/epub.css");

/// What the editor decides about this edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// How many levels of headings the contents list below the essays.
    pub contents_depth: u8,
    /// Rules that are put after those of our own style sheet.
    pub styles: Option<String>,
}

/// Writes the EPUB. `print` is the same book on paper, whose pages are listed.
pub fn write(
    anthology: &Anthology,
    fonts: &Fonts,
    print: Option<&PagedBook>,
    settings: &Settings,
) -> Result<Vec<u8>, EditionError> {
    let layout = Layout::new(anthology, print);
    let pages = Pages::of(print);
    let (cover, mut documents) = rayon::join(
        || cover::paint(anthology, fonts),
        || -> Vec<Document> {
            layout.spine.par_iter().map(|item| document(anthology, &layout, &pages, *item)).collect()
        },
    );
    let cover = cover?;

    let (mut demand, mut content) = (Demand::default(), ContentCount::default());
    for document in &documents {
        demand.merge(&document.demand);
        content.add(document.content);
    }
    let faces = faces::choose(fonts, &demand);
    let writer = Writer::new(anthology, &layout, &pages, SpineItem::Colophon);
    let colophon = back_matter::colophon(writer, &faces);
    demand.merge(&colophon.demand);
    let embedded = faces::embed(&faces, &demand.characters);

    let font_paths: Vec<String> = embedded.iter().map(|face| face.path.clone()).collect();
    let parts = Parts {
        layout: &layout,
        fonts: &font_paths,
        findings: &Findings::of(anthology, content, settings.styles.is_some()),
        lists: &Lists::of(&mut documents, &pages),
        contents_depth: settings.contents_depth,
        with_mathml: documents
            .iter()
            .filter(|document| document.content.formulas > 0)
            .map(|document| document.path.clone())
            .collect(),
    };
    let package = package::write(anthology, &parts)?;
    let own_styles = settings.styles.as_deref().unwrap_or_default();
    let mut entries = vec![
        Entry::text("stylesheet.css", faces::rules(&embedded) + STYLES + own_styles),
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
    content: ContentCount,
    /// The pages that begin in it.
    pages: Vec<PageNumber>,
    figures: Vec<Listing>,
    tables: Vec<Listing>,
}

fn document(anthology: &Anthology, layout: &Layout, pages: &Pages, item: SpineItem) -> Document {
    let writer = Writer::new(anthology, layout, pages, item);
    match item {
        SpineItem::Cover => front_matter::cover(writer),
        SpineItem::TitlePage => front_matter::title_page(writer),
        SpineItem::Part(index) => front_matter::part(writer, index),
        SpineItem::Chapter(index) => chapter::chapter(writer, index),
        SpineItem::Discussion => discussion::discussion(writer),
        SpineItem::Bibliography => back_matter::bibliography(writer),
        SpineItem::Glossary => glossary::glossary(writer),
        SpineItem::Contributors => contributors::contributors(writer),
        SpineItem::Index => index::index(writer),
        SpineItem::Colophon => back_matter::colophon(writer, &[]),
    }
}
