//! Galleys to pages: where to turn the page, notes at the foot, links and places where they fell.

use super::bars::Bars;
use super::compositor::Compositor;
use super::furniture::RunningHeads;
use super::galley::{
    Galley, GalleyHeading, GalleyLink, Line, Listed, StructureOffset, join_structure, shift_item,
};
use super::paginate::{NOTE_GAP, Start};
use super::paragraph::baseline;
use super::theme::Layout;
use crate::paged_book::{
    Destination, ElementId, Folio, Item, LinkArea, Meaning, Origin, OutlineItem, Page, Rule, Structure,
    TextPlace, WideFormula,
};

/// Room for running heads, folio and rules among a page's items.
const FURNITURE: usize = 12;
/// Width of the rule between text and notes.
const NOTE_RULE: f32 = 48.0;

/// How folios are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    Roman,
    Arabic,
}

/// Pages as they are filled, in order, from a right-hand page on.
pub struct Pages {
    pub pages: Vec<Page>,
    /// By anchor; `page` counts from the first of these pages.
    pub destinations: Vec<Option<Destination>>,
    /// Figures and tables with captions; `page` counts likewise.
    pub listed: Vec<(Listed, Destination)>,
    /// Formulas that no line has room for.
    pub wide_formulas: Vec<WideFormula>,
    numbering: Numbering,
}

/// What is left of a page.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    page: usize,
    /// How much of its depth text takes.
    cursor: f32,
    /// Where the notes begin, or the page ends.
    depth: f32,
}

/// Where a galley came to stand.
pub struct Placed {
    /// The element that its structure is.
    pub element: ElementId,
    /// Below it, on its last page.
    pub room: Option<Room>,
    /// Its first page.
    pub start: Destination,
    /// Its headings, for the outline.
    pub outline: Vec<OutlineItem>,
}

impl Pages {
    pub fn new(numbering: Numbering, anchors: usize) -> Self {
        Pages {
            pages: Vec::new(),
            destinations: vec![None; anchors],
            listed: Vec::new(),
            wide_formulas: Vec::new(),
            numbering,
        }
    }

    /// Whether the next page is a right-hand one.
    fn next_is_recto(&self) -> bool {
        self.pages.len().is_multiple_of(2)
    }

    pub(super) fn add_page(&mut self) -> usize {
        let number = self.pages.len() as u32 + 1;
        let folio = match self.numbering {
            Numbering::Roman => Folio::Roman(number),
            Numbering::Arabic => Folio::Arabic(number),
        };
        self.pages.push(Page { folio, start: None, items: Vec::new(), links: Vec::new() });
        self.pages.len() - 1
    }

    /// Leaves a left-hand page blank if that is what comes next.
    pub fn turn_to_recto(&mut self) {
        if !self.next_is_recto() {
            self.add_page();
        }
    }

    /// Says that the page which something starts on begins with it.
    pub fn begin_page(&mut self, placed: &Placed, origin: Origin) {
        if let Some(page) = self.pages.get_mut(placed.start.page) {
            page.start = Some(TextPlace::start_of(origin));
        }
    }

    /// Fills new pages with a galley, whose structure is hung under `parent`.
    pub fn lay(
        &mut self,
        galley: Galley,
        heads: Option<&RunningHeads>,
        compositor: &mut Compositor<'_>,
        structure: &mut Structure,
        parent: ElementId,
    ) -> Placed {
        self.lay_from(None, galley, heads, compositor, structure, parent)
    }

    /// Fills what `room` there is with a galley, then new pages.
    pub fn lay_from(
        &mut self,
        room: Option<Room>,
        mut galley: Galley,
        heads: Option<&RunningHeads>,
        compositor: &mut Compositor<'_>,
        structure: &mut Structure,
        parent: ElementId,
    ) -> Placed {
        let layout = compositor.layout;
        // A line is left blank above what shares a page; notes would have no place there.
        let room = room.filter(|_| galley.notes.iter().all(Vec::is_empty));
        let start = Start {
            on_verso: room.map_or(!self.next_is_recto(), |room| !room.page.is_multiple_of(2)),
            shared: room.map(|room| (room.cursor + layout.leading, room.depth)),
        };
        let pagination = galley.pagination.take();
        let sheets = pagination
            .unwrap_or_else(|| compositor.paginate(&mut galley, &[start]))
            .into_sheets(start, layout);
        let Galley { links, structure: tree, wide_formulas, .. } = galley;
        let told = wide_formulas.into_iter().map(|tex| WideFormula { tex, chapter: None });
        self.wide_formulas.extend(told);
        let offset = join_structure(structure, parent, tree);
        let first_page = room.map_or(self.pages.len(), |room| room.page);
        let mut room = room;
        let mut left = None;
        let mut first_place = None;
        let heads = heads.map(|heads| compositor.set_running_heads(heads));
        let mut laying = Laying { layout, offset, links: &links };
        let mut heading_places: Vec<(GalleyHeading, Destination)> = Vec::new();
        let mut furthest: Option<TextPlace> = None;
        for sheet in sheets {
            let resumed = room.take();
            if resumed.is_some() && sheet.lines.is_empty() {
                continue;
            }
            let page = resumed.map_or_else(|| self.add_page(), |room| room.page);
            let top = sheet.lines.first().map_or(0.0, |(top, _)| *top);
            first_place.get_or_insert(Destination { page, y: layout.height - layout.top - top });
            let items = sheet.lines.iter().map(|(_, line)| line).chain(&sheet.notes);
            let items: usize = items.map(|line| line.items.len() + line.beside.len()).sum();
            self.pages[page].items.reserve_exact(items + FURNITURE);
            let mut bars = Bars::default();
            let mut cursor = 0.0;
            for (index, (top, mut line)) in sheet.lines.into_iter().enumerate() {
                if let Some(head) = line.head.take().filter(|_| index == 0) {
                    laying.place(self, page, Line::clone(&head), top - head.height);
                }
                let place = Destination { page, y: layout.height - layout.top - top };
                heading_places.extend(line.heading.take().map(|heading| (heading, place)));
                self.listed.extend(line.listed.drain(..).map(|listed| (listed, place)));
                if let Some(start) = line.start {
                    // A figure that text flowed past is not what a page begins with.
                    let goes_on = furthest.is_none_or(|far| far.origin != start.origin || far <= start);
                    if goes_on {
                        self.pages[page].start.get_or_insert(start);
                        furthest = Some(start);
                    }
                }
                bars.extend(&mut line, top);
                cursor = top + line.height;
                laying.place(self, page, line, top);
            }
            let foot = laying.place_notes(self, page, sheet.notes, sheet.depth);
            let depth = resumed.map_or(layout.depth, |room| room.depth);
            left = Some(Room { page, cursor, depth: foot.unwrap_or(depth) });
            if let Some(heads) = &heads
                && page > first_page
            {
                let folio = self.pages[page].folio;
                let recto = page.is_multiple_of(2);
                let furniture = compositor.head_page(heads, folio, recto);
                self.pages[page].items.extend(furniture);
            }
        }
        let start = first_place.unwrap_or(Destination { page: first_page, y: layout.height - layout.top });
        Placed { element: offset.element(ElementId(0)), room: left, start, outline: nest(heading_places) }
    }
}

/// What placing lines needs to know of the galley that they come from.
pub(super) struct Laying<'g> {
    pub(super) layout: &'g Layout,
    pub(super) offset: StructureOffset,
    pub(super) links: &'g [GalleyLink],
}

impl Laying<'_> {
    /// Puts a line on a page with its top `cursor` below the text block's.
    pub(super) fn place(&mut self, pages: &mut Pages, page: usize, mut line: Line, cursor: f32) {
        let layout = self.layout;
        let left = if page.is_multiple_of(2) { layout.inner } else { layout.outer };
        let top = layout.height - layout.top - cursor;
        let baseline = top - line.baseline;
        for anchor in &line.anchors {
            if let Some(slot) = pages.destinations.get_mut(anchor.index()) {
                slot.get_or_insert(Destination { page, y: top });
            }
        }
        let target = &mut pages.pages[page];
        let beside = std::mem::take(&mut line.beside);
        for mut item in beside.into_iter().chain(std::mem::take(&mut line.items)) {
            shift_item(&mut item, left, baseline);
            self.offset.item(&mut item);
            target.items.push(item);
        }
        for area in line.links {
            let link = &self.links[area.link];
            target.links.push(LinkArea {
                x: area.x + left,
                y: area.y + baseline,
                width: area.width,
                height: area.height,
                target: link.target.clone(),
                element: self.offset.element(link.element),
                description: link.description.clone(),
            });
        }
    }

    /// Sets notes above `depth`, below a short rule; tells how far down text may reach.
    fn place_notes(&mut self, pages: &mut Pages, page: usize, notes: Vec<Line>, depth: f32) -> Option<f32> {
        let layout = self.layout;
        let first_space = notes.first()?.space;
        let gap = layout.note_leading * NOTE_GAP;
        let height: f32 = notes.iter().map(|line| line.space + line.height).sum();
        // The last line of notes stands where the last line of text would.
        let below_text = layout.leading - baseline(layout.leading, layout.size);
        let below_notes = notes.last().map_or(below_text, |line| line.height - line.baseline);
        let mut cursor = depth - height - (below_text - below_notes).max(0.0);
        let top = cursor + first_space - gap;
        let left = if page.is_multiple_of(2) { layout.inner } else { layout.outer };
        pages.pages[page].items.push(Item::Rule(Rule {
            x: left,
            y: layout.height - layout.top - top - gap * 0.55,
            width: NOTE_RULE,
            height: 0.4,
            gray: 0.0,
            meaning: Meaning::Decoration,
        }));
        for line in notes {
            cursor += line.space;
            let height = line.height;
            self.place(pages, page, line, cursor);
            cursor += height;
        }
        Some(top)
    }
}

/// Headings in a row to headings below headings.
fn nest(headings: Vec<(GalleyHeading, Destination)>) -> Vec<OutlineItem> {
    let mut open: Vec<(u8, OutlineItem)> = Vec::new();
    let mut roots = Vec::new();
    let close = |open: &mut Vec<(u8, OutlineItem)>, roots: &mut Vec<OutlineItem>| {
        if let Some((_, item)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.children.push(item),
                None => roots.push(item),
            }
        }
    };
    for (heading, destination) in headings {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            close(&mut open, &mut roots);
        }
        let item = OutlineItem { title: heading.title, destination, children: Vec::new() };
        open.push((heading.level, item));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}
