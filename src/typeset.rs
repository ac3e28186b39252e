//! The book in print: [`Anthology`] to [`PagedBook`].
//!
//! Essays are [set](lanes) in parallel, each a [galley](galley) of lines that are divided into [pages](page);
//! while some are set, those before them are laid. The bibliography and the glossary follow, since they name pages, and the contents
//! come last, since they name all of them.

mod back;
mod bars;
mod block;
mod breaks;
mod callout;
mod chapter;
mod code;
mod columns;
mod compositor;
mod contributors;
mod direction;
mod discussion;
mod flow;
mod formula;
mod front;
mod furniture;
mod galley;
mod glossary;
mod hang;
mod highlight;
pub mod hyphenate;
mod index;
mod initial;
mod itemize;
pub mod justify;
mod lanes;
pub mod lexicon;
mod overlong;
mod page;
mod page_breaks;
mod page_fill;
mod paginate;
mod paragraph;
mod quote;
pub mod shape;
mod table;
mod table_columns;
mod task;
mod theme;
mod turn;
mod word;

use std::collections::BTreeSet;

use compositor::Compositor;
use front::ContentsEntry;
use furniture::RunningHeads;
use galley::{Galley, Listed};
use lanes::Lanes;
use lexicon::Lexicon;
use page::{Numbering, Pages, Placed};
pub use theme::{Layout, Theme};

use crate::anthology::{Anchor, Anthology};
use crate::fonts::{FaceId, Fonts};
use crate::manifest::Paper;
use crate::paged_book::{
    Destination, ElementId, LinkTarget, Origin, OutlineItem, Page, PagedBook, Role, Structure, WideFormula,
};

/// Sets the whole book. Pages alternate right and left, from a right-hand page on.
pub fn typeset(anthology: &Anthology, fonts: &Fonts, theme: &Theme, paper: Paper) -> PagedBook {
    let layout = theme.layout(paper);
    let lexicon = Lexicon::default();
    let mut structure = Structure::new(&anthology.metadata.language);
    // Front matter is set last and read first.
    let front = structure.add(structure.root(), Role::Part);
    let mut binder = Binder {
        anthology,
        fonts,
        compositor: Compositor::new(anthology, fonts, &layout, &lexicon),
        body: Pages::new(Numbering::Arabic, anthology.anchors.len()),
        structure,
        outline: Vec::new(),
        contents: Vec::new(),
        parts: 0,
        part: None,
    };
    let mut lanes = Lanes::new(anthology, fonts, &layout, &lexicon);
    binder.lay_chapters(&mut lanes);
    let faces = lanes.close();
    binder.lay_back_matter(faces);
    let book = binder.lay_front_matter(front);
    lexicon.clear();
    book
}

/// The book as it grows.
struct Binder<'a> {
    anthology: &'a Anthology,
    fonts: &'a Fonts,
    compositor: Compositor<'a>,
    body: Pages,
    structure: Structure,
    outline: Vec<OutlineItem>,
    contents: Vec<ContentsEntry>,
    /// How many parts are begun.
    parts: usize,
    part: Option<OpenPart>,
}

/// The part that is being laid.
struct OpenPart {
    element: ElementId,
    title_page: Option<OutlineItem>,
    chapters: Vec<OutlineItem>,
}

impl<'a> Binder<'a> {
    /// Lays the essays, part by part, a few at a time; the next few are set meanwhile.
    fn lay_chapters(&mut self, lanes: &mut Lanes<'_>) {
        let count = self.anthology.chapters.len();
        let reach = lanes.reach();
        let mut range = 0..reach.min(count);
        let mut galleys = lanes.set_chapters(range.clone());
        while !galleys.is_empty() {
            let next = range.end..(range.end + reach).min(count);
            let (set, ()) = rayon::join(
                || lanes.set_chapters(next.clone()),
                || range.zip(galleys).for_each(|(chapter, galley)| self.lay_chapter(chapter, galley)),
            );
            (range, galleys) = (next, set);
        }
        self.begin_parts(usize::MAX);
        self.end_part();
    }

    /// Begins the parts up to that of a chapter.
    fn begin_parts(&mut self, chapter: usize) {
        while let Some(part) =
            self.anthology.parts.get(self.parts).filter(|part| part.chapters.start <= chapter)
        {
            self.end_part();
            let element = self.structure.add(self.structure.root(), Role::Part);
            let title_page =
                part.title.as_deref().map(|title| self.lay_part_title(self.parts, title, element));
            self.part = Some(OpenPart { element, title_page, chapters: Vec::new() });
            self.parts += 1;
        }
    }

    fn end_part(&mut self) {
        let Some(mut part) = self.part.take() else { return };
        match part.title_page {
            Some(title_page) => self.outline.push(OutlineItem { children: part.chapters, ..title_page }),
            None => self.outline.append(&mut part.chapters),
        }
    }

    fn lay_chapter(&mut self, index: usize, mut galley: Galley) {
        self.begin_parts(index);
        let wide = std::mem::take(&mut galley.wide_formulas).into_iter();
        self.body.wide_formulas.extend(wide.map(|tex| WideFormula { tex, chapter: Some(index) }));
        let chapter = &self.anthology.chapters[index];
        let parent = self.part.as_ref().map_or(self.structure.root(), |part| part.element);
        let heads = self.compositor.running_heads(chapter);
        let names = chapter.authors.iter().map(|person| person.name.as_str());
        let byline = self.compositor.labels.names(names);
        let (mut item, placed) =
            self.lay_division(&chapter.title, byline, Some(chapter.anchor), galley, &heads, parent);
        if !chapter.references.is_empty() {
            let list = self.compositor.set_references(chapter, &self.body);
            item.children.extend(self.lay_below(&placed, list, &heads));
        }
        let list = self.part.as_mut().map_or(&mut self.outline, |part| &mut part.chapters);
        list.push(item);
    }

    fn lay_part_title(&mut self, index: usize, title: &str, parent: ElementId) -> OutlineItem {
        self.contents.push(ContentsEntry::Part(title.to_owned()));
        let galley = self.compositor.set_part_title(title);
        self.body.turn_to_recto();
        let placed = self.body.lay(galley, None, &mut self.compositor, &mut self.structure, parent);
        self.body.begin_page(&placed, Origin::Part(index));
        OutlineItem { title: title.to_owned(), destination: placed.start, children: Vec::new() }
    }

    /// Lays questions, bibliography, glossary, contributors, index and the colophon, which names the faces of the
    /// essays and of all this.
    fn lay_back_matter(&mut self, mut faces: BTreeSet<FaceId>) {
        let back = self.structure.add(self.structure.root(), Role::Part);
        let labels = self.compositor.labels;
        if let Some(first) = self.anthology.discussion.first() {
            let galley = self.compositor.set_discussion(&self.body);
            self.lay_appendix(labels.discussion, first.anchor, galley, back);
        }
        if let Some(first) = self.anthology.bibliography.first() {
            let galley = self.compositor.set_bibliography(&self.body);
            self.lay_appendix(labels.bibliography, first.anchor, galley, back);
        }
        if let Some(first) = self.anthology.glossary.first() {
            let galley = self.compositor.set_glossary(&self.body);
            self.lay_appendix(labels.glossary, first.anchor, galley, back);
        }
        if let Some(first) = self.anthology.biographies.first() {
            let galley = self.compositor.set_contributors(&self.body);
            self.lay_appendix(labels.contributors, first.anchor, galley, back);
        }
        if let Some(first) = self.anthology.index.first().and_then(|group| group.entries.first()) {
            self.lay_index(first.anchor, back);
        }
        faces.extend(self.compositor.shaper.faces_in_use());
        let faces = faces.into_iter().map(|id| self.fonts.face(id)).collect();
        let galley = self.compositor.set_colophon(faces);
        self.body.turn_to_recto();
        let placed = self.body.lay(galley, None, &mut self.compositor, &mut self.structure, back);
        self.body.begin_page(&placed, Origin::Colophon);
        self.outline.push(OutlineItem {
            title: labels.colophon.to_owned(),
            destination: placed.start,
            children: Vec::new(),
        });
    }

    fn lay_appendix(&mut self, title: &str, anchor: Anchor, galley: Galley, parent: ElementId) {
        let heads = RunningHeads { verso: self.anthology.metadata.title.clone(), recto: title.to_owned() };
        let (item, _) = self.lay_division(title, String::new(), Some(anchor), galley, &heads, parent);
        self.outline.push(OutlineItem { children: Vec::new(), ..item });
    }

    /// Lays the index in columns; it names pages, so they all stand before it.
    fn lay_index(&mut self, anchor: Anchor, parent: ElementId) {
        let title = self.compositor.labels.index;
        let heads = RunningHeads { verso: self.anthology.metadata.title.clone(), recto: title.to_owned() };
        let columns = self.compositor.set_index(&self.body);
        self.open_page();
        let start = self.body.lay_columns(columns, &heads, &mut self.compositor, &mut self.structure, parent);
        self.list_division(title, String::new(), Some(anchor), start);
        self.outline.push(OutlineItem { title: title.to_owned(), destination: start, children: Vec::new() });
    }

    fn list_division(&mut self, title: &str, byline: String, anchor: Option<Anchor>, start: Destination) {
        let folio = self.body.pages[start.page].folio;
        let target = anchor.map(LinkTarget::Internal);
        self.contents.push(ContentsEntry::Division { title: title.to_owned(), byline, target, folio });
    }

    /// Figures or tables as they are listed, in the order in which they came to stand.
    fn list_points(&self, mut listed: Vec<(Listed, Destination)>) -> Vec<ContentsEntry> {
        listed.sort_by_key(|(_, place)| place.page);
        let entry = |(Listed { caption, .. }, place): (Listed, Destination)| ContentsEntry::Division {
            title: caption,
            byline: String::new(),
            target: Some(LinkTarget::Point(place)),
            folio: self.body.pages[place.page].folio,
        };
        listed.into_iter().map(entry).collect()
    }

    /// Turns to the page that a division may begin on.
    fn open_page(&mut self) {
        if self.compositor.layout.opens_right {
            self.body.turn_to_recto();
        }
    }

    /// Lays a galley on pages of its own, and lists it in the contents.
    fn lay_division(
        &mut self,
        title: &str,
        byline: String,
        anchor: Option<Anchor>,
        galley: Galley,
        heads: &RunningHeads,
        parent: ElementId,
    ) -> (OutlineItem, Placed) {
        self.open_page();
        let mut placed =
            self.body.lay(galley, Some(heads), &mut self.compositor, &mut self.structure, parent);
        if let Some(anchor) = anchor {
            self.body.begin_page(&placed, Origin::Anchor(anchor));
        }
        self.list_division(title, byline, anchor, placed.start);
        let children = std::mem::take(&mut placed.outline);
        (OutlineItem { title: title.to_owned(), destination: placed.start, children }, placed)
    }

    /// Lays a galley below another, as a part of it; returns its headings.
    fn lay_below(&mut self, above: &Placed, galley: Galley, heads: &RunningHeads) -> Vec<OutlineItem> {
        let (compositor, structure) = (&mut self.compositor, &mut self.structure);
        let (room, parent) = (above.room, above.element);
        self.body.lay_from(room, galley, Some(heads), compositor, structure, parent).outline
    }

    /// Lays title page and contents, and binds them before the rest.
    fn lay_front_matter(mut self, front: ElementId) -> PagedBook {
        let layout = self.compositor.layout;
        let labels = self.compositor.labels;
        let mut pages = Pages::new(Numbering::Roman, 0);
        let galley = self.compositor.set_half_title();
        let half = pages.lay(galley, None, &mut self.compositor, &mut self.structure, front);
        pages.begin_page(&half, Origin::HalfTitle);
        pages.turn_to_recto();
        let galley = self.compositor.set_title_page();
        let title = pages.lay(galley, None, &mut self.compositor, &mut self.structure, front);
        pages.begin_page(&title, Origin::TitlePage);
        pages.turn_to_recto();
        let heads = RunningHeads { verso: labels.contents.to_owned(), recto: labels.contents.to_owned() };
        let (tables, figures): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.body.listed).into_iter().partition(|(listed, _)| listed.is_table);
        let [figures, tables] = [figures, tables].map(|list| self.list_points(list));
        let galley = self.compositor.set_contents(&self.contents, [&figures, &tables]);
        let contents = pages.lay(galley, Some(&heads), &mut self.compositor, &mut self.structure, front);
        pages.begin_page(&contents, Origin::Contents);
        pages.turn_to_recto();

        let offset = pages.pages.len();
        for link in pages.pages.iter_mut().flat_map(|page| &mut page.links) {
            if let LinkTarget::Point(place) = &mut link.target {
                place.page += offset;
            }
        }
        for item in &mut self.outline {
            move_outline(item, offset);
        }
        let front_items = [(self.anthology.metadata.title.as_str(), title), (labels.contents, contents)];
        let outline = front_items
            .into_iter()
            .map(|(title, placed)| OutlineItem {
                title: title.to_owned(),
                destination: placed.start,
                children: Vec::new(),
            })
            .chain(self.outline)
            .collect();
        let destinations = self
            .body
            .destinations
            .into_iter()
            .map(|place| place.map(|place| Destination { page: place.page + offset, ..place }))
            .collect();
        let pages: Vec<Page> = pages.pages.into_iter().chain(self.body.pages).collect();
        PagedBook {
            width: layout.width,
            height: layout.height,
            pages,
            structure: self.structure,
            outline,
            destinations,
            wide_formulas: self.body.wide_formulas,
        }
    }
}

fn move_outline(item: &mut OutlineItem, pages: usize) {
    item.destination.page += pages;
    for child in &mut item.children {
        move_outline(child, pages);
    }
}
