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
    /// What is painted above the row where it opens a page: a table's head.
    pub head: f32,
    /// Whether it stands on a whole line.
    pub on_grid: bool,
    pub keep_with_next: bool,
    pub is_heading: bool,
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
    /// The blocks that found no room yet, one after another: the first, and the one behind the last.
    pub floated: Option<(usize, usize)>,
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

    /// Whether nothing but figures that found no room yet, or notes, is left.
    pub fn ends_text(&self, place: &Place) -> bool {
        place.block >= self.blocks.len()
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
    find_pages(division, f32::INFINITY).unwrap_or_default()
}

/// Finds better pages of a division whose blocks may be set in more ways than when these were found; `None` if there
/// are none.
pub fn improve_pages(division: &Division, pages: &[PagePlan]) -> Option<Vec<PagePlan>> {
    /// What rounding may make of a sum.
    const ROUNDING: f32 = 0.5;
    let cost: f32 = pages.iter().map(|page| page.cost).sum();
    find_pages(division, cost + ROUNDING)
}

/// Finds the pages of a division that cost no more than `most`. Nothing makes a way cheaper again, so dearer ones
/// are left.
fn find_pages(division: &Division, most: f32) -> Option<Vec<PagePlan>> {
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
                let is_end = division.is_end(&edge.to);
                let is_last = is_end || edge.to.floated.is_some() && division.ends_text(&edge.to);
                let cost = way.cost + edge.cost + page_cost(division, edge, &way, is_verso, is_last);
                if cost > most {
                    continue;
                }
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
    best.map(|best| trace(division, &mut filling, &ways, best))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop, proptest};

    use super::{Division, NoteRow, PagePlan, Place, Row, Setting, break_pages, improve_pages};

    const PAGE: usize = 6;
    const SPACE_COST: f32 = 250.0;

    fn line(keep_with_next: bool) -> Row {
        Row { height: 1.0, on_grid: true, keep_with_next, ..Row::default() }
    }

    /// Lines of which neither the first nor the last stands alone.
    fn paragraph(lines: usize, cost: f32) -> Setting {
        let kept = |at: usize| lines > 1 && (at == 0 || at + 2 == lines);
        Setting { rows: (0..lines).map(|at| line(kept(at))).collect(), cost }
    }

    fn division(blocks: Vec<Vec<Setting>>) -> Division {
        Division { blocks, lines: PAGE, may_be_longer: true, ..Division::default() }
    }

    fn depths(pages: &[PagePlan]) -> Vec<usize> {
        pages.iter().map(|page| page.depth).collect()
    }

    /// Every page that could begin at a place: where it ends, how deep it is and what it costs.
    fn all_pages(division: &Division, from: Place) -> Vec<(Place, usize, f32)> {
        let mut pages = Vec::new();
        let mut open = vec![(from, 0.0_f32, true, 0.0_f32)];
        while let Some((at, bottom, is_first, cost)) = open.pop() {
            let Some(settings) = division.blocks.get(at.block) else { continue };
            for (index, setting) in settings.iter().enumerate() {
                if at.row > 0 && index != at.setting {
                    continue;
                }
                for is_spaced in [false, true] {
                    let first = &setting.rows[at.row];
                    if is_spaced && (at.row > 0 || is_first || first.space < 0.45) {
                        continue;
                    }
                    let mut reached = bottom + if is_spaced { 1.0 } else { 0.0 };
                    let spaces = if is_spaced { SPACE_COST } else { 0.0 };
                    let cost = cost + spaces + if at.row == 0 { setting.cost } else { 0.0 };
                    for row in at.row..setting.rows.len() {
                        let space = if is_first && row == at.row { 0.0 } else { setting.rows[row].space };
                        reached += space + 1.0;
                        if reached > (PAGE + 1) as f32 {
                            break;
                        }
                        let is_whole = row + 1 == setting.rows.len();
                        let to = if is_whole {
                            Place { block: at.block + 1, ..Place::default() }
                        } else {
                            Place { row: row + 1, setting: index, block: at.block, ..Place::default() }
                        };
                        if is_whole {
                            open.push((to, reached, false, cost));
                        }
                        if !setting.rows[row].keep_with_next || to.block == division.blocks.len() {
                            pages.push((to, reached as usize, cost));
                        }
                    }
                }
            }
        }
        pages
    }

    /// The least cost of all ways through a division.
    fn least_cost(division: &Division, from: Place, is_verso: bool, facing: Option<usize>) -> f32 {
        if from.block == division.blocks.len() {
            return 0.0;
        }
        let alone = |depth: usize| match PAGE as i32 - depth as i32 {
            ..=-1 => 80.0,
            0 => 0.0,
            1 => 40.0,
            short => 400.0 * (short - 1) as f32,
        };
        let mut least = f32::INFINITY;
        for (to, depth, cost) in all_pages(division, from) {
            let is_last = to.block == division.blocks.len();
            let level = match facing {
                _ if is_last => 5_usize.saturating_sub(depth) as f32 * 300.0 + facing.map_or(0.0, alone),
                _ if is_verso => 0.0,
                Some(verso) => alone(verso.min(depth)) + 1_500.0 * verso.abs_diff(depth) as f32,
                None => alone(depth),
            };
            let facing = (is_verso && !is_last).then_some(depth);
            least = least.min(cost + level + least_cost(division, to, !is_verso, facing));
        }
        least
    }

    fn some_block() -> impl Strategy<Value = Vec<Setting>> {
        (1_usize..5, any::<bool>(), any::<bool>(), 10_u8..90, any::<bool>()).prop_map(
            |(lines, has_shorter, has_longer, cost, is_heading)| {
                if is_heading {
                    let heading = Row { space: 1.0, ..line(true) };
                    return vec![Setting { rows: vec![heading], cost: 0.0 }];
                }
                let mut settings = vec![paragraph(lines, 0.0)];
                if has_shorter && lines > 2 {
                    settings.push(paragraph(lines - 1, f32::from(cost)));
                }
                if has_longer && lines > 2 {
                    settings.push(paragraph(lines + 1, f32::from(cost) + 5.0));
                }
                settings
            },
        )
    }

    proptest! {
        #[test]
        fn no_way_through_a_short_division_is_better(
            blocks in prop::collection::vec(some_block(), 1..6),
            begins_on_verso in any::<bool>(),
        ) {
            let division = Division { begins_on_verso, ..division(blocks) };
            let least = least_cost(&division, Place::default(), begins_on_verso, None);
            let cost = |pages: &[PagePlan]| pages.iter().map(|page| page.cost).sum::<f32>();
            let found = cost(&break_pages(&division));
            let usual: Vec<_> = division.blocks.iter().map(|settings| settings[..1].to_vec()).collect();
            let pages = break_pages(&Division { blocks: usual, ..division.clone() });
            let better = cost(&improve_pages(&division, &pages).expect("what was found once"));
            if least < 10_000.0 {
                assert!((found - least).abs() < 0.5, "{found} is not {least}: {division:?}");
                assert!((better - least).abs() < 0.5, "{better} is not {least}: {division:?}");
            }
        }

        #[test]
        fn every_row_and_every_note_is_set_once(
            blocks in prop::collection::vec((0.1_f32..9.0, any::<bool>(), any::<bool>(), 0_usize..4), 0..30),
            figures in (0_usize..30, 0_usize..4),
        ) {
            let mut notes = 0;
            let blocks = blocks.into_iter().enumerate().map(|(at, (height, keep_with_next, on_grid, more))| {
                notes += more;
                let (first, count) = figures;
                let floats = (first..first + count).contains(&at).then_some(1.0);
                let row = Row { height, keep_with_next, on_grid, notes, floats, ..Row::default() };
                vec![Setting { rows: vec![row], cost: 0.0 }]
            });
            let blocks: Vec<_> = blocks.collect();
            let count = blocks.len();
            let note = NoteRow { height: 0.8, keep_with_next: false, begins_note: false };
            let division = Division { notes: vec![note; notes], gap: 0.7, ..division(blocks) };
            let pages = break_pages(&division);
            for pair in pages.windows(2) {
                assert_eq!(pair[0].to, pair[1].from);
                let Place { block, row, noted, floated, .. } = pair[0].from;
                let to = pair[0].to;
                let goes_on = (block, row, noted) < (to.block, to.row, to.noted);
                assert!(goes_on || floated.is_some() && to.floated != floated, "{pair:?}");
            }
            if count > 0 {
                let last = pages.last().map(|page| page.to);
                assert_eq!(last, Some(Place { block: count, noted: notes, ..Place::default() }));
            }
        }
    }

    #[test]
    fn a_paragraph_runs_longer_so_that_facing_pages_are_level() {
        // The left-hand page would end a line short, for three lines cannot be divided.
        let mut blocks: Vec<_> = [6, 5, 3, 3].map(|lines| vec![paragraph(lines, 0.0)]).into();
        blocks[1].push(paragraph(6, 12.0));
        let plain: Vec<_> = blocks.iter().map(|settings| settings[..1].to_vec()).collect();
        assert_eq!(depths(&break_pages(&division(plain))), [6, 5, 6]);
        assert_eq!(depths(&break_pages(&division(blocks))), [6, 6, 6]);
    }

    #[test]
    fn both_pages_of_a_spread_may_be_a_line_short() {
        let blocks = [6, 5, 5, 6].map(|lines| vec![Setting { rows: vec![kept_block(lines)], cost: 0.0 }]);
        assert_eq!(depths(&break_pages(&division(blocks.into()))), [6, 5, 5, 6]);
    }

    fn kept_block(lines: usize) -> Row {
        Row { height: lines as f32, on_grid: true, ..Row::default() }
    }

    #[test]
    fn a_last_page_holds_a_few_lines() {
        let blocks = vec![vec![paragraph(8, 0.0)]];
        let pages = break_pages(&division(blocks));
        assert_eq!(depths(&pages)[1], 3, "{pages:?}");
    }

    #[test]
    fn a_note_is_divided_only_if_it_must_be() {
        let mut rows = paragraph(6, 0.0).rows;
        rows[1].notes = 9;
        for row in &mut rows[2..] {
            row.notes = 9;
        }
        let note = |at| NoteRow { height: 1.0, keep_with_next: at == 0 || at == 7, begins_note: at == 0 };
        let notes = (0..9).map(note).collect();
        let blocks = vec![vec![Setting { rows, cost: 0.0 }]];
        let pages = break_pages(&Division { notes, gap: 0.9, ..division(blocks) });
        assert_eq!(pages.last().map(|page| page.to.noted), Some(9));
        assert!(pages[0].to.noted >= 2 && pages[0].to.noted <= 7, "{pages:?}");
    }
}
