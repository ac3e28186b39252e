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
mod kindle;
mod kobo;
mod layout;
mod metadata;
mod navigation;
mod package;
mod pages;
mod subset;
mod xhtml;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::anthology::Anthology;
use crate::edition::EditionError;
use crate::edition::cover::Cover;
use crate::fonts::Fonts;
use crate::manifest::Device;
use crate::paged_book::PagedBook;

use accessibility::{ContentCount, Findings};
use container::Entry;
use faces::{Demand, Embedded};
use layout::{Layout, SpineItem};
use navigation::{Listing, Lists};
use package::Parts;
use pages::{PageNumber, Pages};
use xhtml::Writer;

/// The style sheet that every document uses; the faces' rules are put before it.
const STYLES: &str = include_str!("../../styles/epub.css");
/// What goes beyond the rules that Amazon's converter takes.
const REFINEMENTS: &str = include_str!("../../styles/epub-refinements.css");

/// What the editor decides about this edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// How many levels of headings the contents list below the essays.
    pub contents_depth: u8,
    /// Rules that are put after those of our own style sheet.
    pub styles: Option<String>,
    /// What the EPUB is made for; none where it is for all.
    pub device: Option<Device>,
}

/// Writes the EPUB. `print` is the same book on paper, whose pages are listed.
pub fn write(
    anthology: &Anthology,
    fonts: &Fonts,
    cover: &Cover,
    print: Option<&PagedBook>,
    settings: &Settings,
) -> Result<Vec<u8>, EditionError> {
    match settings.device {
        Some(Device::Kindle) => {
            let (anthology, cover) = kindle::with_fit_pictures(anthology, cover);
            write_one(&anthology, fonts, &cover, print, settings)
        }
        Some(Device::Kobo) | None => write_one(anthology, fonts, cover, print, settings),
    }
}

fn write_one(
    anthology: &Anthology,
    fonts: &Fonts,
    cover: &Cover,
    print: Option<&PagedBook>,
    settings: &Settings,
) -> Result<Vec<u8>, EditionError> {
    let device = settings.device;
    let layout = Layout::new(anthology, cover, print, device);
    let pages = Pages::of(print);
    let writer = |item| Writer::new(anthology, &layout, &pages, device, item);
    let mut documents: Vec<Document> =
        layout.spine.par_iter().map(|item| document(writer(*item), *item)).collect();

    let (mut demand, mut content) = (Demand::default(), ContentCount::default());
    for document in &documents {
        demand.merge(&document.demand);
        content.add(document.content);
    }
    let faces = faces::choose(fonts, &demand);
    let colophon = back_matter::colophon(writer(SpineItem::Colophon), &faces);
    demand.merge(&colophon.demand);
    let embedded = faces::embed(&faces, &demand);

    let font_paths: Vec<String> = embedded.iter().map(|face| face.path.clone()).collect();
    let parts = Parts {
        layout: &layout,
        cover,
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
    let mut package = package::write(anthology, &parts)?;
    // The colophon among them was written without the names of the faces.
    documents.retain(|document| document.item != SpineItem::Colophon);
    documents.push(colophon);
    if device == Some(Device::Kobo) {
        let mut pages: Vec<&mut String> = documents.iter_mut().map(|document| &mut document.xhtml).collect();
        let navigation = package.iter_mut().filter(|file| file.path.ends_with(".xhtml"));
        pages.extend(navigation.map(|file| &mut file.content));
        kobo::mark(pages)?;
    }
    let mut entries = vec![
        Entry::text("stylesheet.css", style_sheet(&embedded, settings)),
        Entry::packed(layout.cover.path.as_str(), cover.picture.bytes.as_slice()),
    ];
    entries.extend(documents.into_iter().map(|document| Entry::text(document.path, document.xhtml)));
    for (picture, path) in anthology.pictures.iter().zip(&layout.pictures) {
        entries.push(Entry::packed(path.clone(), picture.bytes.as_slice()));
    }
    entries.extend(embedded.into_iter().map(|face| Entry::binary(face.path, face.bytes)));
    container::pack(entries, package)
}

/// The faces' rules, ours, what the device wants, and last the editor's.
fn style_sheet(faces: &[Embedded], settings: &Settings) -> String {
    let more = match settings.device {
        None => REFINEMENTS.to_owned(),
        Some(Device::Kobo) => format!("{REFINEMENTS}{}", kobo::STYLES),
        Some(Device::Kindle) => String::new(),
    };
    let own = settings.styles.as_deref().unwrap_or_default();
    [&faces::rules(faces), STYLES, &more, own].concat()
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

fn document(writer: Writer, item: SpineItem) -> Document {
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
