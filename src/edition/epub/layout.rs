//! Where everything stands inside the container: the documents in reading order, and their file names.

use std::collections::BTreeSet;

use crate::anthology::{Anchor, Anthology, Division, PictureFormat};
use crate::edition::cover::Cover;
use crate::manifest::Device;
use crate::paged_book::PagedBook;

/// What epub-builder calls it in the manifest.
pub const COVER_ID: &str = "cover-image";

/// A document of the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpineItem {
    Cover,
    TitlePage,
    /// Title page of a part; index into [`Anthology::parts`].
    Part(usize),
    /// Index into [`Anthology::chapters`].
    Chapter(usize),
    Discussion,
    Bibliography,
    Glossary,
    Contributors,
    Index,
    Colophon,
}

/// File names for one book. All paths are relative to the package document.
pub struct Layout {
    /// In reading order; the navigation document, which stands after the title page, is not among them.
    pub spine: Vec<SpineItem>,
    pub cover: CoverFile,
    /// Path of each of [`Anthology::pictures`].
    pub pictures: Vec<String>,
    chapters: Vec<String>,
    /// The page of each anchor in print, where the print edition is known.
    printed: Vec<Option<usize>>,
    /// What is printed on each page.
    folios: Vec<String>,
}

/// The picture on the cover.
pub struct CoverFile {
    pub path: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
}

impl Layout {
    pub fn new(
        anthology: &Anthology,
        cover: &Cover,
        print: Option<&PagedBook>,
        device: Option<Device>,
    ) -> Self {
        // Kindle makes a page of the cover picture itself and would show a second one.
        let cover_page = (device != Some(Device::Kindle)).then_some(SpineItem::Cover);
        let mut spine: Vec<SpineItem> = cover_page.into_iter().chain([SpineItem::TitlePage]).collect();
        for (index, part) in anthology.parts.iter().enumerate() {
            spine.extend(part.title.is_some().then_some(SpineItem::Part(index)));
            spine.extend(part.chapters.clone().map(SpineItem::Chapter));
        }
        if !anthology.discussion.is_empty() {
            spine.push(SpineItem::Discussion);
        }
        if !anthology.bibliography.is_empty() {
            spine.push(SpineItem::Bibliography);
        }
        if !anthology.glossary.is_empty() {
            spine.push(SpineItem::Glossary);
        }
        if !anthology.biographies.is_empty() {
            spine.push(SpineItem::Contributors);
        }
        if !anthology.index.is_empty() {
            spine.push(SpineItem::Index);
        }
        spine.push(SpineItem::Colophon);

        let mut taken: BTreeSet<String> = [
            "cover",
            "title-page",
            "discussion",
            "bibliography",
            "glossary",
            "contributors",
            "index",
            "colophon",
        ]
        .map(str::to_owned)
        .into();
        taken.extend((0..anthology.parts.len()).map(part_stem));
        let chapters = anthology
            .chapters
            .iter()
            .map(|chapter| unique(&mut taken, &anthology.anchors.place(chapter.anchor).id, ""))
            .collect();
        let cover_name = format!("cover{}", extension(cover.picture.format));
        let cover = CoverFile {
            path: format!("images/{cover_name}"),
            alt: cover.alt.clone(),
            width: cover.picture.width,
            height: cover.picture.height,
        };
        let mut taken = BTreeSet::from([cover_name]);
        let pictures = anthology
            .pictures
            .iter()
            .map(|picture| {
                let stem = picture.name.rsplit_once('.').map_or(picture.name.as_str(), |(stem, _)| stem);
                format!("images/{}", unique(&mut taken, stem, extension(picture.format)))
            })
            .collect();
        let destinations = print.map_or(&[][..], |book| book.destinations.as_slice());
        let printed = destinations.iter().map(|place| place.map(|place| place.page)).collect();
        let folios = print.iter().flat_map(|book| &book.pages).map(|page| page.folio.to_string()).collect();
        Layout { spine, cover, pictures, chapters, printed, folios }
    }

    /// The document's file name. All documents stand in one folder, so this is also how they link to it.
    pub fn file_name(&self, item: SpineItem) -> String {
        let stem = match item {
            SpineItem::Cover => "cover",
            SpineItem::TitlePage => "title-page",
            SpineItem::Part(index) => return format!("{}.xhtml", part_stem(index)),
            SpineItem::Chapter(index) => self.chapters.get(index).map_or("chapter", String::as_str),
            SpineItem::Discussion => "discussion",
            SpineItem::Bibliography => "bibliography",
            SpineItem::Glossary => "glossary",
            SpineItem::Contributors => "contributors",
            SpineItem::Index => "index",
            SpineItem::Colophon => "colophon",
        };
        format!("{stem}.xhtml")
    }

    /// The page that a place is on in print, where that is known.
    pub fn printed_page(&self, anchor: Anchor) -> Option<usize> {
        self.printed.get(anchor.index()).copied().flatten()
    }

    /// What is printed on a page.
    pub fn folio(&self, page: usize) -> &str {
        self.folios.get(page).map_or("", String::as_str)
    }

    pub fn path(&self, item: SpineItem) -> String {
        format!("text/{}", self.file_name(item))
    }

    /// A link from a document to a place in the book.
    pub fn href(&self, anthology: &Anthology, from: SpineItem, to: Anchor) -> String {
        let place = anthology.anchors.place(to);
        let item = match place.division {
            Division::Chapter(index) => SpineItem::Chapter(index),
            Division::Bibliography => SpineItem::Bibliography,
            Division::Glossary => SpineItem::Glossary,
            Division::Discussion => SpineItem::Discussion,
            Division::Index => SpineItem::Index,
            Division::Contributors => SpineItem::Contributors,
        };
        let file = if item == from { String::new() } else { self.file_name(item) };
        format!("{file}#{}", place.id)
    }
}

/// What the picture is, whatever its author called it.
fn extension(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Png => ".png",
        PictureFormat::Jpeg => ".jpg",
        PictureFormat::Gif => ".gif",
        PictureFormat::Webp => ".webp",
        PictureFormat::Svg => ".svg",
    }
}

fn part_stem(index: usize) -> String {
    format!("part-{}", index + 1)
}

/// A file name that is safe in any container and, letter case aside, not taken.
pub fn unique(taken: &mut BTreeSet<String>, stem: &str, extension: &str) -> String {
    let stem: String =
        stem.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    let stem = if stem.trim_matches(['.', '-']).is_empty() { "file".to_owned() } else { stem };
    let mut name = format!("{stem}{extension}");
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{stem}-{number}{extension}");
        number += 1;
    }
    name
}
