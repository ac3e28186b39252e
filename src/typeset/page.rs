//! Galleys to pages: where to turn the page, notes at the foot, links and places where they fell.

use std::collections::VecDeque;

use super::compositor::Compositor;
use super::furniture::RunningHeads;
use super::galley::{Galley, GalleyHeading, GalleyLink, Line, StructureOffset, join_structure, shift_item};
use super::theme::Layout;
use crate::paged_book::{
    Destination, ElementId, Folio, Item, LinkArea, Meaning, Origin, OutlineItem, Page, Rule, Structure,
    TextPlace,
};

/// Space between text and notes, in leadings, and the rule that stands in it.
const NOTE_GAP: f32 = 0.9;
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
        Pages { pages: Vec::new(), destinations: vec![None; anchors], numbering }
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
        galley: Galley,
        heads: Option<&RunningHeads>,
        compositor: &mut Compositor<'_>,
        structure: &mut Structure,
        parent: ElementId,
    ) -> Placed {
        let layout = compositor.layout;
        let Galley { lines, notes, links, structure: tree } = galley;
        let offset = join_structure(structure, parent, tree);
        // A line is left blank, and the next one stands on the grid.
        let mut room = room.map(|room| Room {
            cursor: ((room.cursor / layout.leading - 0.02).ceil() + 1.0) * layout.leading,
            ..room
        });
        let first_page = room.map_or(self.pages.len(), |room| room.page);
        let mut left = None;
        let mut start = None;
        let heads = heads.map(|heads| compositor.set_running_heads(heads));
        let mut laying = Laying { layout, offset, links: &links };
        let mut notes: Vec<Option<Vec<Line>>> = notes.into_iter().map(Some).collect();
        let mut heading_places: Vec<(GalleyHeading, Destination)> = Vec::new();
        let mut rest: VecDeque<Line> = lines.into();
        let mut carried: VecDeque<Line> = VecDeque::new();
        let mut furthest: Option<TextPlace> = None;

        while !rest.is_empty() || !carried.is_empty() {
            let resumed = room.take();
            let (depth, mut cursor) = resumed.map_or((layout.depth, 0.0), |room| (room.depth, room.cursor));
            let mut count = count_lines(&rest, &notes, height_of(&carried), depth - cursor, layout);
            if resumed.is_some() && !fits(&rest, count, depth - cursor) {
                continue;
            }
            let page = resumed.map_or_else(|| self.add_page(), |room| room.page);
            start.get_or_insert(Destination { page, y: layout.height - layout.top - cursor });
            // Text flows past a figure that finds no room, and the figure opens the next page.
            if count > 0
                && let Some(space) = rest.get(count).and_then(|line| line.floats)
                && let Some(mut figure) = rest.remove(count)
            {
                figure.height = (figure.height / layout.leading).ceil() * layout.leading;
                if let Some(next) = rest.get_mut(count).filter(|next| next.heading.is_none()) {
                    next.space = space;
                }
                count = count_lines(&rest, &notes, height_of(&carried), depth - cursor, layout);
                rest.insert(count, figure);
            }
            let mut note_lines: VecDeque<Line> = std::mem::take(&mut carried);
            for index in 0..count {
                let Some(mut line) = rest.pop_front() else { break };
                if index > 0 {
                    cursor += line.space;
                }
                if let Some(heading) = line.heading.take() {
                    let y = layout.height - layout.top - cursor;
                    heading_places.push((heading, Destination { page, y }));
                }
                for &note in &line.notes {
                    note_lines.extend(notes.get_mut(note).and_then(Option::take).into_iter().flatten());
                }
                if let Some(start) = line.start {
                    // A figure that text flowed past is not what a page begins with.
                    let goes_on = furthest.is_none_or(|far| far.origin != start.origin || far <= start);
                    if goes_on {
                        self.pages[page].start.get_or_insert(start);
                        furthest = Some(start);
                    }
                }
                let height = line.height;
                laying.place(self, page, line, cursor);
                cursor += height;
            }
            let text_end = cursor;
            let foot = laying.place_notes(self, page, note_lines, cursor);
            carried = foot.carried;
            left = Some(Room { page, cursor: text_end, depth: foot.top.min(depth) });
            if let Some(heads) = &heads
                && page > first_page
            {
                let folio = self.pages[page].folio;
                let recto = page.is_multiple_of(2);
                let furniture = compositor.head_page(heads, folio, recto);
                self.pages[page].items.extend(furniture);
            }
        }
        let start = start.unwrap_or(Destination { page: first_page, y: layout.height - layout.top });
        Placed { element: offset.element(ElementId(0)), room: left, start, outline: nest(heading_places) }
    }
}

fn height_of(lines: &VecDeque<Line>) -> f32 {
    lines.iter().map(|line| line.space + line.height).sum()
}

/// How many lines go on the next page, at least one if there are any. The page is not turned after a
/// line that must stay with the next; a line whose notes find no room stays only if two lines of them
/// do, and the rest is carried over.
fn count_lines(
    lines: &VecDeque<Line>,
    notes: &[Option<Vec<Line>>],
    carried: f32,
    depth: f32,
    layout: &Layout,
) -> usize {
    let gap = layout.note_leading * NOTE_GAP;
    let mut note_height = if carried > 0.0 { carried + gap } else { 0.0 };
    let mut used = 0.0;
    let mut fitting = 0;
    let mut seen: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let height = height_below(index, line);
        let new: Vec<usize> = line.notes.iter().copied().filter(|note| !seen.contains(note)).collect();
        let added: f32 = new
            .iter()
            .filter_map(|&note| notes.get(note)?.as_ref())
            .flatten()
            .map(|note_line| note_line.space + note_line.height)
            .sum();
        let added = if added > 0.0 && note_height == 0.0 { added + gap } else { added };
        // A hair's breadth forgives rounding.
        if used + height + note_height + added > depth + 0.01 {
            let two_lines = layout.note_leading * 2.0 + if note_height == 0.0 { gap } else { 0.0 };
            let starts_here = added > two_lines && used + height + note_height + two_lines <= depth;
            fitting = if starts_here || index == 0 { index + 1 } else { index };
            break;
        }
        used += height;
        note_height += added;
        seen.extend(new);
        fitting = index + 1;
    }
    if fitting == lines.len() {
        return fitting;
    }
    let turnable = (1..=fitting).rev().find(|&count| !lines[count - 1].keep_with_next);
    turnable.unwrap_or(fitting)
}

/// Whether the first lines find room, and the page may be turned after them.
fn fits(lines: &VecDeque<Line>, count: usize, depth: f32) -> bool {
    let height: f32 = lines.iter().take(count).enumerate().map(|(at, line)| height_below(at, line)).sum();
    let turns = count == lines.len()
        || count.checked_sub(1).and_then(|last| lines.get(last)).is_some_and(|line| !line.keep_with_next);
    turns && height <= depth + 0.01
}

/// What a line takes of a page; the first one needs no space above.
fn height_below(at: usize, line: &Line) -> f32 {
    line.height + if at > 0 { line.space } else { 0.0 }
}

/// What was set at the foot of a page.
struct Foot {
    /// What found no room.
    carried: VecDeque<Line>,
    /// How far down text may reach.
    top: f32,
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
        for mut item in std::mem::take(&mut line.items) {
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

    /// Sets notes at the foot of a page, below a short rule.
    fn place_notes(&mut self, pages: &mut Pages, page: usize, mut notes: VecDeque<Line>, used: f32) -> Foot {
        let layout = self.layout;
        let gap = layout.note_leading * NOTE_GAP;
        let room = layout.depth - used - gap + 0.01;
        let mut height = 0.0;
        let mut fitting = 0;
        for line in &notes {
            let taken = line.height + if fitting > 0 { line.space } else { 0.0 };
            // Something must fit, or a note taller than the page would never end.
            if height + taken > room && !(fitting == 0 && used == 0.0) {
                break;
            }
            height += taken;
            fitting += 1;
        }
        let carried = notes.split_off(fitting);
        if notes.is_empty() {
            return Foot { carried, top: layout.depth };
        }
        let mut cursor = layout.depth - height;
        let top = cursor - gap;
        let left = if page.is_multiple_of(2) { layout.inner } else { layout.outer };
        pages.pages[page].items.push(Item::Rule(Rule {
            x: left,
            y: layout.height - layout.top - cursor + gap * 0.45,
            width: NOTE_RULE,
            height: 0.4,
            gray: 0.0,
            meaning: Meaning::Decoration,
        }));
        for (index, line) in notes.into_iter().enumerate() {
            if index > 0 {
                cursor += line.space;
            }
            let height = line.height;
            self.place(pages, page, line, cursor);
            cursor += height;
        }
        Foot { carried, top }
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
