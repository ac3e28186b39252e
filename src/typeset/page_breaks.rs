//! Where to turn the page: total fit over the pages of a division, after Plass (1981) and Ciancarini
//! and others (2012).
//!
//! A division is a row of blocks, each set in rows that cannot be divided; a paragraph may have settings
//! of more or fewer rows, at a price. Pages are found one after another, and of the ways to come to a place
//! only the cheapest go on. A spread is judged as a whole: its two pages should end on the same line. Lengths
//! are counted in lines of body text, so that whole numbers are the grid.

use std::collections::BTreeMap;

use super::page_fill::{Edge, Filling};

/// What cannot be divided between pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Above, dropped at the top of a page.
    pub space: f32,
    pub height: f32,
    /// Whether it stands on a whole line.
    pub on_grid: bool,
    pub keep_with_next: bool,
    /// Whether a hyphen ends it.
    pub is_divided: bool,
    /// For a figure, which what follows may go before: the space above what follows then.
    pub floats: Option<f32>,
    /// How many lines of notes this row and all before it refer to.
    pub notes: usize,
}

/// One way to set a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    pub rows: Vec<Row>,
    pub cost: f32,
}

/// A line of a note, in the order in which notes are first referred to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct NoteRow {
    /// With the space above.
    pub height: f32,
    pub keep_with_next: bool,
    pub begins_note: bool,
}

/// A division to be broken into pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Division {
    /// Of each block its settings, the usual one first; others differ from it by a line of body text each.
    pub blocks: Vec<Vec<Setting>>,
    pub notes: Vec<NoteRow>,
    /// Between text and notes.
    pub gap: f32,
    /// Of a page.
    pub lines: usize,
    /// Whether both pages of a spread may be a line longer.
    pub may_be_longer: bool,
    pub begins_on_verso: bool,
    /// What is taken and what is left of the first page, where it is shared.
    pub shared: Option<Shared>,
}

/// A first page on which something stands already.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    pub used: f32,
    pub lines: usize,
}

/// A place between rows, with what is owed from the pages before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub block: usize,
    pub row: usize,
    pub setting: usize,
    /// How many lines of notes are set.
    pub noted: usize,
    /// The block that found no room yet.
    pub floated: Option<usize>,
}

/// One page: from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePlan {
    pub from: Place,
    pub to: Place,
    /// Its last line.
    pub depth: usize,
    /// How the blocks that begin on it are set: which setting, and whether a line more stands above.
    pub settings: Vec<BlockPlan>,
    /// What this page adds to the cost of the division.
    pub cost: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockPlan {
    pub block: usize,
    pub setting: usize,
    pub is_spaced: bool,
}

/// A chapter's last page holds this many lines at least, where it can.
const SHORTEST_LAST_PAGE: usize = 5;
const LAST_PAGE_COST: f32 = 300.0;
const BOTH_SHORT_COST: f32 = 40.0;
const BOTH_LONG_COST: f32 = 80.0;
const SHORTER_COST: f32 = 400.0;
const UNLEVEL_COST: f32 = 1_500.0;
const RECTO_HYPHEN_COST: f32 = 20.0;
const VERSO_HYPHEN_COST: f32 = 6.0;
/// How many ways to come to the end of a page are followed.
const BEAM: usize = 24;

impl Division {
    pub fn row(&self, block: usize, setting: usize, row: usize) -> Option<&Row> {
        self.blocks.get(block)?.get(setting)?.rows.get(row)
    }

    fn is_end(&self, place: &Place) -> bool {
        place.block >= self.blocks.len() && place.noted >= self.notes.len() && place.floated.is_none()
    }

    /// What it costs that a page, or both of a spread, end so many lines down.
    fn depth_cost(&self, depth: usize) -> f32 {
        match self.lines.saturating_sub(depth) {
            0 if depth > self.lines => BOTH_LONG_COST,
            0 => 0.0,
            1 => BOTH_SHORT_COST,
            short => SHORTER_COST * (short - 1) as f32,
        }
    }

    fn last_page_cost(&self, depth: usize) -> f32 {
        SHORTEST_LAST_PAGE.min(self.lines).saturating_sub(depth) as f32 * LAST_PAGE_COST
    }
}

/// A way to come to a place.
#[derive(Debug, Clone, Copy)]
struct Way {
    place: Place,
    /// Of the left-hand page beside the one that comes next.
    facing: Option<usize>,
    cost: f32,
    /// The way before its last page.
    previous: usize,
    /// Where the last page ends.
    depth: usize,
}

/// Finds the pages of a division. However bad the best way is, it comes to the end.
pub fn break_pages(division: &Division) -> Vec<PagePlan> {
    let start = Place::default();
    let mut ways =
        vec![Way { place: start, facing: None, cost: 0.0, previous: usize::MAX, depth: division.lines }];
    let mut level = vec![0];
    let mut filling = Filling::new(division);
    let mut is_verso = division.begins_on_verso;
    let mut shared = division.shared;
    let mut best: Option<usize> = None;
    while !level.is_empty() {
        let mut next: BTreeMap<(Place, Option<usize>), Way> = BTreeMap::new();
        let mut edges: (Option<Place>, Vec<Edge>) = (None, Vec::new());
        for &index in &level {
            let way = ways[index];
            if edges.0 != Some(way.place) {
                edges = (Some(way.place), filling.fill(way.place, shared));
            }
            for edge in &edges.1 {
                let is_last = division.is_end(&edge.to);
                let cost = way.cost + edge.cost + page_cost(division, edge, &way, is_verso, is_last);
                let facing = (is_verso && !is_last).then_some(edge.depth);
                let found = Way { place: edge.to, facing, cost, previous: index, depth: edge.depth };
                let known = next.entry((edge.to, facing)).or_insert(found);
                if cost < known.cost {
                    *known = found;
                }
            }
        }
        let mut found: Vec<Way> = next.into_values().collect();
        found.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.place.cmp(&b.place)));
        found.truncate(BEAM);
        found.sort_by(|a, b| a.place.cmp(&b.place).then(a.facing.cmp(&b.facing)));
        level.clear();
        for way in found {
            let index = ways.len();
            ways.push(way);
            if !division.is_end(&way.place) {
                level.push(index);
            } else if best.is_none_or(|best| way.cost < ways[best].cost) {
                best = Some(index);
            }
        }
        if let Some(best) = best {
            level.retain(|&index| ways[index].cost < ways[best].cost);
        }
        is_verso = !is_verso;
        shared = None;
    }
    best.map(|best| trace(division, &mut filling, &ways, best)).unwrap_or_default()
}

/// What a page costs besides what is on it.
fn page_cost(division: &Division, edge: &Edge, way: &Way, is_verso: bool, is_last: bool) -> f32 {
    let hyphen = match (edge.is_divided, is_verso) {
        (false, _) => 0.0,
        (true, true) => VERSO_HYPHEN_COST,
        (true, false) => RECTO_HYPHEN_COST,
    };
    let level = match (is_verso, way.facing) {
        _ if is_last => {
            division.last_page_cost(edge.depth) + way.facing.map_or(0.0, |verso| division.depth_cost(verso))
        }
        // It is judged with the page beside it.
        (true, _) => 0.0,
        (false, None) => division.depth_cost(edge.depth),
        (false, Some(verso)) => {
            division.depth_cost(verso.min(edge.depth)) + verso.abs_diff(edge.depth) as f32 * UNLEVEL_COST
        }
    };
    hyphen + level
}

fn trace(division: &Division, filling: &mut Filling<'_>, ways: &[Way], best: usize) -> Vec<PagePlan> {
    let mut pages = Vec::new();
    let mut way = &ways[best];
    while let Some(previous) = ways.get(way.previous) {
        let shared = division.shared.filter(|_| previous.previous == usize::MAX);
        let settings = filling.choices(previous.place, shared, way.place, way.depth);
        let cost = way.cost - previous.cost;
        pages.push(PagePlan { from: previous.place, to: way.place, depth: way.depth, settings, cost });
        way = previous;
    }
    pages.reverse();
    pages
}
