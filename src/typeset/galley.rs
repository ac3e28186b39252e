//! Text set in lines, not yet divided into pages.

use std::sync::Arc;

use super::paginate::Pagination;
use super::paragraph::Paragraph;
use crate::anthology::Anchor;
use crate::paged_book::{
    ContentId, Element, ElementId, Item, LinkTarget, Meaning, PlacedPicture, Rule, Structure, TextPlace,
    TextRun,
};

/// A bar beside lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Its left edge.
    pub x: f32,
    pub style: BarStyle,
    /// The line that it begins with: two bars that follow each other are not one.
    pub from: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarStyle {
    Plain,
    Hairline,
    Heavy,
    Double,
    Dotted,
}

impl BarStyle {
    pub fn width(self) -> f32 {
        match self {
            BarStyle::Hairline => 0.5,
            BarStyle::Plain | BarStyle::Dotted => 1.5,
            BarStyle::Heavy | BarStyle::Double => 3.0,
        }
    }
}

/// One line, or anything else that cannot be divided between pages.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Space above, dropped at the top of a page.
    pub space: f32,
    /// Whether the line stands on the grid of body text, for which the space above may become wider.
    pub on_grid: bool,
    /// What the line takes of the page's depth.
    pub height: f32,
    /// From the line's top to its baseline.
    pub baseline: f32,
    /// x from the left edge of the text block, y upwards from the baseline.
    pub items: Vec<Item>,
    /// What stands beside a paragraph's first line, as a list's numbers do; painted before `items`.
    pub beside: Vec<Item>,
    /// Bars along the line; they join those of the lines above and below.
    pub bars: Vec<Bar>,
    pub links: Vec<LineLink>,
    pub anchors: Vec<Anchor>,
    /// What the line begins with, where that is text of the book.
    pub start: Option<TextPlace>,
    /// Notes whose references stand in this line; indexes into [`Galley::notes`].
    pub notes: Vec<usize>,
    /// What is painted again above the line where it opens a page: a table's head.
    pub head: Option<Arc<Line>>,
    /// Whether the next line must stand on the same page.
    pub keep_with_next: bool,
    /// Whether a hyphen ends the line.
    pub is_divided: bool,
    /// For a figure, which what follows may go before where it finds no room on a page: the space
    /// above what follows then.
    pub floats: Option<f32>,
    pub is_heading: bool,
    /// The heading that starts with this line, for the outline.
    pub heading: Option<GalleyHeading>,
    /// What starts with it and is listed after the contents.
    pub listed: Vec<Listed>,
}

/// A stretch of a line that leads somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineLink {
    /// Index into [`Galley::links`].
    pub link: usize,
    pub x: f32,
    pub width: f32,
    /// Relative to the baseline.
    pub y: f32,
    pub height: f32,
}

/// A link of a galley; its areas may stand on several lines.
#[derive(Debug, Clone)]
pub struct GalleyLink {
    pub target: LinkTarget,
    pub element: ElementId,
    pub description: String,
}

/// A heading to be listed in the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct GalleyHeading {
    pub level: u8,
    pub title: String,
}

/// A figure or a table with a caption, for the list of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub is_table: bool,
    pub caption: String,
}

/// A run of lines with what they mean.
#[derive(Debug)]
pub struct Galley {
    pub lines: Vec<Line>,
    /// Each note's lines, in the order of their numbers.
    pub notes: Vec<Vec<Line>>,
    pub links: Vec<GalleyLink>,
    /// Those that may be set in more lines or fewer, in their order.
    pub paragraphs: Vec<Paragraph>,
    /// Formulas that are written on one line since no line has room for them as they are.
    pub wide_formulas: Vec<String>,
    /// Its pages, if they are known already.
    pub pagination: Option<Pagination>,
    /// The galley's own tree, whose root becomes a child of the book's.
    pub structure: Structure,
}

impl Line {
    /// Takes in a line on the same baseline.
    pub fn absorb_beside(&mut self, mut beside: Line) {
        let below = (self.height - self.baseline).max(beside.height - beside.baseline);
        self.baseline = self.baseline.max(beside.baseline);
        self.height = self.baseline + below;
        self.items.append(&mut beside.items);
        self.links.append(&mut beside.links);
        self.anchors.append(&mut beside.anchors);
        self.notes.append(&mut beside.notes);
        self.listed.append(&mut beside.listed);
    }

    /// Takes in a line that stands right below, so that the two are never parted.
    pub fn absorb_below(&mut self, mut below: Line) {
        below.shift(0.0, self.baseline - self.height - below.baseline);
        self.height += below.height;
        self.items.append(&mut below.items);
        self.links.append(&mut below.links);
        self.anchors.append(&mut below.anchors);
        self.notes.append(&mut below.notes);
    }

    /// Raises every item and link by `dy` and moves it right by `dx`.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        for item in self.beside.iter_mut().chain(&mut self.items) {
            shift_item(item, dx, dy);
        }
        for link in &mut self.links {
            link.x += dx;
            link.y += dy;
        }
    }
}

/// Where the last of a line ends.
pub fn right_edge(line: &Line) -> f32 {
    let edges = line.items.iter().map(|item| match item {
        Item::Text(run) => run.x + run.width(),
        Item::Rule(rule) => rule.x + rule.width,
        Item::Picture(picture) => picture.x + picture.width,
    });
    edges.fold(f32::MIN, f32::max)
}

/// Where the first of a line begins.
pub fn left_edge(line: &Line) -> f32 {
    let edges = line.items.iter().map(|item| match item {
        Item::Text(TextRun { x, .. })
        | Item::Rule(Rule { x, .. })
        | Item::Picture(PlacedPicture { x, .. }) => *x,
    });
    edges.fold(f32::MAX, f32::min)
}

pub fn shift_item(item: &mut Item, dx: f32, dy: f32) {
    match item {
        Item::Text(TextRun { x, y, .. })
        | Item::Rule(Rule { x, y, .. })
        | Item::Picture(PlacedPicture { x, y, .. }) => {
            *x += dx;
            *y += dy;
        }
    }
}

/// How far a galley's ids move when its tree joins the book's.
#[derive(Debug, Clone, Copy)]
pub struct StructureOffset {
    elements: usize,
    contents: usize,
}

impl StructureOffset {
    pub fn element(self, id: ElementId) -> ElementId {
        ElementId(id.0 + self.elements)
    }

    pub fn meaning(self, meaning: Meaning) -> Meaning {
        match meaning {
            Meaning::Content(id) => Meaning::Content(ContentId(id.0 + self.contents)),
            other => other,
        }
    }

    pub fn item(self, item: &mut Item) {
        let meaning = match item {
            Item::Text(TextRun { meaning, .. })
            | Item::Rule(Rule { meaning, .. })
            | Item::Picture(PlacedPicture { meaning, .. }) => meaning,
        };
        *meaning = self.meaning(*meaning);
    }
}

/// Hangs a galley's tree under `parent`.
pub fn join_structure(book: &mut Structure, parent: ElementId, galley: Structure) -> StructureOffset {
    use crate::paged_book::Child;
    let offset = StructureOffset { elements: book.elements.len(), contents: book.contents };
    book.contents += galley.contents;
    book.elements.extend(galley.elements.into_iter().map(|element| {
        Element {
            children: element
                .children
                .into_iter()
                .map(|child| match child {
                    Child::Element(id) => Child::Element(offset.element(id)),
                    Child::Content(id) => Child::Content(ContentId(id.0 + offset.contents)),
                })
                .collect(),
            ..element
        }
    }));
    book.elements[parent.0].children.push(Child::Element(offset.element(ElementId(0))));
    offset
}
