//! Where everything stands inside the container: the documents in reading order, and their file names.

use std::collections::BTreeSet;

use crate::anthology::{Anchor, Anthology, Division};

/// Where the cover picture is kept, relative to the package document.
pub const COVER_PICTURE: &str = "images/cover.png";

/// A document of the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Cover,
    TitlePage,
    /// Title page of a part; index into [`Anthology::parts`].
    Part(usize),
    /// Index into [`Anthology::chapters`].
    Chapter(usize),
    Bibliography,
    Glossary,
    Colophon,
}

/// File names for one book. All paths are relative to the package document.
pub struct Layout {
    /// In reading order; the navigation document, which stands after the title page, is not among them.
    pub pages: Vec<Page>,
    /// Path of each of [`Anthology::pictures`].
    pub pictures: Vec<String>,
    chapters: Vec<String>,
}

impl Layout {
    pub fn new(anthology: &Anthology) -> Self {
        let mut pages = vec![Page::Cover, Page::TitlePage];
        for (index, part) in anthology.parts.iter().enumerate() {
            pages.extend(part.title.is_some().then_some(Page::Part(index)));
            pages.extend(part.chapters.clone().map(Page::Chapter));
        }
        if !anthology.bibliography.is_empty() {
            pages.push(Page::Bibliography);
        }
        if !anthology.glossary.is_empty() {
            pages.push(Page::Glossary);
        }
        pages.push(Page::Colophon);

        let mut taken: BTreeSet<String> =
            ["cover", "title-page", "bibliography", "glossary", "colophon"].map(str::to_owned).into();
        taken.extend((0..anthology.parts.len()).map(part_stem));
        let chapters = anthology
            .chapters
            .iter()
            .map(|chapter| unique(&mut taken, &anthology.anchors.place(chapter.anchor).id, ""))
            .collect();
        let mut taken = BTreeSet::from(["cover.png".to_owned()]);
        let pictures = anthology
            .pictures
            .iter()
            .map(|picture| {
                let (stem, extension) = picture.name.rsplit_once('.').unwrap_or((&picture.name, ""));
                let extension = if extension.is_empty() { String::new() } else { format!(".{extension}") };
                format!("images/{}", unique(&mut taken, stem, &extension))
            })
            .collect();
        Layout { pages, pictures, chapters }
    }

    /// The document's file name. All documents stand in one folder, so this is also how they link to it.
    pub fn file_name(&self, page: Page) -> String {
        let stem = match page {
            Page::Cover => "cover",
            Page::TitlePage => "title-page",
            Page::Part(index) => return format!("{}.xhtml", part_stem(index)),
            Page::Chapter(index) => self.chapters.get(index).map_or("chapter", String::as_str),
            Page::Bibliography => "bibliography",
            Page::Glossary => "glossary",
            Page::Colophon => "colophon",
        };
        format!("{stem}.xhtml")
    }

    pub fn path(&self, page: Page) -> String {
        format!("text/{}", self.file_name(page))
    }

    /// A link from a document to a place in the book.
    pub fn href(&self, anthology: &Anthology, from: Page, to: Anchor) -> String {
        let place = anthology.anchors.place(to);
        let page = match place.division {
            Division::Chapter(index) => Page::Chapter(index),
            Division::Bibliography => Page::Bibliography,
            Division::Glossary => Page::Glossary,
        };
        let file = if page == from { String::new() } else { self.file_name(page) };
        format!("{file}#{}", place.id)
    }
}

fn part_stem(index: usize) -> String {
    format!("part-{}", index + 1)
}

/// A file name that is safe in any container and, letter case aside, not taken.
pub fn unique(taken: &mut BTreeSet<String>, stem: &str, extension: &str) -> String {
    let safe = |text: &str| -> String {
        text.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect()
    };
    let (stem, extension) = (safe(stem), safe(extension));
    let stem = if stem.trim_matches(['.', '-']).is_empty() { "file".to_owned() } else { stem };
    let mut name = format!("{stem}{extension}");
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{stem}-{number}{extension}");
        number += 1;
    }
    name
}
