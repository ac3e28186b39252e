//! One page: the places where it may end, and what each costs.
//!
//! Walking down the page, the filling remembers for every number of lines by which the blocks met so far can be
//! longer or shorter than usual the cheapest way to be so.

use super::page_breaks::{BlockPlan, Division, Place, Row, Setting, Shared};

/// How many lines the blocks of a page may be shorter or longer than usual.
const SHORTEST: i32 = -4;
const CHANGES: usize = 10;
const UNCHANGED: usize = SHORTEST.unsigned_abs() as usize;
/// A page that could hold so many lines more is looked at only if there is no other.
const SHORTFALL: f32 = 10.0;
/// Rounding is forgiven, in lines.
const HAIR: f32 = 0.02;
const MOST_EDGES: usize = 32;

const SPACE_COST: f32 = 250.0;
const NOTE_SLACK_COST: f32 = 60.0;
const DIVIDED_NOTE_COST: f32 = 300.0;
const NOTE_ELSEWHERE_COST: f32 = 5_000.0;
const PARTED_COST: f32 = 20_000.0;
const OVERFULL_COST: f32 = 100_000.0;
const LEFT_COST: f32 = 50.0;
/// A row with less space than this above never gets more.
const LEAST_SPACE: f32 = 0.45;
/// Of a note that is divided, so many lines stand on the page of its reference.
const LEAST_OF_NOTE: usize = 2;
/// Text that stands above notes which fill the rest of a page.
const LEAST_TEXT: f32 = 2.0;

/// A way to end a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    pub to: Place,
    /// Its last line.
    pub depth: usize,
    pub cost: f32,
    pub is_divided: bool,
    origin: Origin,
}

/// How an edge came about.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Origin {
    /// How many blocks are whole.
    whole: usize,
    change: usize,
    /// The setting of the block that is divided, and whether it is spaced.
    divided: Option<(usize, bool)>,
}

/// The cheapest way to be changed by so many lines after a block.
#[derive(Debug, Clone, Copy)]
struct Change {
    cost: f32,
    setting: usize,
    is_spaced: bool,
    /// The change before the block.
    before: usize,
}

type Changes = [Option<Change>; CHANGES];

/// A block on the page and the changes after it; no block if it stands on a later page.
struct Step {
    block: Option<usize>,
    changes: Changes,
}

/// Fills pages of a division, one at a time.
pub struct Filling<'a> {
    division: &'a Division,
    /// Heights of the notes' lines, summed up.
    note_heights: Vec<f32>,
    steps: Vec<Step>,
    edges: Vec<Edge>,
    /// Whether pages are looked at that could hold many lines more.
    is_thorough: bool,
    /// Ways out if there is nothing better.
    low: Option<Edge>,
    forced: Option<(f32, Edge)>,
}

/// What is the same for all ways to end one page.
#[derive(Clone, Copy)]
struct Sheet {
    from: Place,
    floated: Option<(usize, usize)>,
    lines: usize,
    /// No text below this.
    deepest: f32,
}

/// Where a row stands whose top margin would begin at `cursor`.
pub fn row_top(row: &Row, cursor: f32, space: f32, is_first: bool) -> f32 {
    if is_first {
        return cursor + row.head;
    }
    let top = cursor + space;
    if row.on_grid { (top - HAIR).ceil().max(0.0) } else { top }
}

/// The space above a row. Below a heading that opens a page it is dropped if it is less than a line: the grid would
/// make a whole line of it.
pub fn space_above(row: &Row, below_opening: bool) -> f32 {
    if below_opening && row.on_grid && row.space < 1.0 { 0.0 } else { row.space }
}

impl<'a> Filling<'a> {
    pub fn new(division: &'a Division) -> Self {
        let mut note_heights = vec![0.0];
        let mut sum = 0.0;
        for note in &division.notes {
            sum += note.height;
            note_heights.push(sum);
        }
        let (steps, edges) = (Vec::new(), Vec::new());
        Filling { division, note_heights, steps, edges, is_thorough: false, low: None, forced: None }
    }

    /// How the blocks of a page are set that ends so.
    pub fn choices(
        &mut self,
        from: Place,
        shared: Option<Shared>,
        to: Place,
        depth: usize,
    ) -> Vec<BlockPlan> {
        let edges = self.fill(from, shared);
        let Some(edge) = edges.iter().find(|edge| edge.to == to && edge.depth == depth) else {
            return Vec::new();
        };
        let mut plans = Vec::new();
        let Origin { whole, mut change, divided } = edge.origin;
        if let Some((setting, is_spaced)) = divided {
            plans.push(BlockPlan { block: to.block, setting, is_spaced });
        }
        for step in self.steps.iter().take(whole).rev() {
            let Some(Change { setting, is_spaced, before, .. }) = step.changes[change] else { break };
            plans.extend(step.block.map(|block| BlockPlan { block, setting, is_spaced }));
            change = before;
        }
        plans.reverse();
        plans
    }

    /// The ways to end a page that begins at a place; there is at least one.
    pub fn fill(&mut self, from: Place, shared: Option<Shared>) -> Vec<Edge> {
        let division = self.division;
        let lines = shared.map_or(division.lines, |shared| shared.lines);
        let longer = if division.may_be_longer && shared.is_none() { 1.0 } else { 0.0 };
        let mut sheet = Sheet { from, floated: None, lines, deepest: lines as f32 + longer };
        if let Some(notes_only) = self.fill_with_notes(&sheet) {
            return vec![notes_only];
        }
        // Mostly there are ways enough near the page's foot.
        for is_thorough in [false, true] {
            self.is_thorough = is_thorough;
            self.steps.clear();
            self.edges.clear();
            (self.low, self.forced) = (None, None);
            self.walk(&mut sheet, shared.map_or(0.0, |shared| shared.used));
            if shared.is_some() || !self.edges.is_empty() {
                break;
            }
        }
        if shared.is_some() {
            let leave = Edge {
                to: from,
                depth: lines,
                cost: LEFT_COST,
                is_divided: false,
                origin: Origin::default(),
            };
            self.edges.push(leave);
        } else if self.edges.is_empty() {
            let forced = self.forced.take().map(|(_, edge)| edge);
            self.edges.extend(self.low.take().into_iter().chain(forced));
        }
        if self.edges.is_empty() {
            let overfull = self.overfull(&sheet);
            self.edges.push(overfull);
        }
        let mut edges = std::mem::take(&mut self.edges);
        if edges.len() > MOST_EDGES {
            let short = |edge: &Edge| edge.cost + 200.0 * lines.abs_diff(edge.depth) as f32;
            edges.sort_by(|a, b| short(a).total_cmp(&short(b)).then(a.to.cmp(&b.to)));
            edges.truncate(MOST_EDGES);
        }
        edges
    }

    /// Goes down the page, row by row.
    fn walk(&mut self, sheet: &mut Sheet, used: f32) {
        let division = self.division;
        let from = sheet.from;
        let (mut cursor, mut is_first) = (used, true);
        let mut before: Changes = [None; CHANGES];
        before[UNCHANGED] = Some(Change { cost: 0.0, setting: 0, is_spaced: false, before: UNCHANGED });
        sheet.floated = from.floated;
        while let Some((block, end)) = sheet.floated
            && let Some(row) = division.row(block, 0, 0)
            && (is_first || cursor + row.space + row.height <= sheet.lines as f32 + HAIR)
        {
            cursor = row_top(row, cursor, row.space, is_first) + row.height;
            is_first = false;
            sheet.floated = (block + 1 < end).then_some((block + 1, end));
            let to = Place { floated: sheet.floated, ..from };
            self.consider(sheet, to, cursor, 0.0, row, Origin { change: UNCHANGED, ..Origin::default() });
        }
        let mut space = None;
        let mut in_opening = is_first && used == 0.0;
        let mut below_heading = false;
        let (mut block, mut first_row) = (from.block, from.row);
        while let Some(settings) = division.blocks.get(block) {
            let begun = (first_row > 0).then_some(from.setting);
            let usual = begun.unwrap_or(0);
            let Some(row) = division.row(block, usual, first_row) else { break };
            let usual_space = space_above(row, in_opening && !is_first);
            let above = space.take().filter(|_| !row.is_heading).unwrap_or(usual_space);
            let top = row_top(row, cursor, above, is_first);
            let finds_none = match sheet.floated {
                None => top + row.height > sheet.lines as f32 + HAIR,
                // What comes right after it stays behind it.
                Some((_, end)) => end == block,
            };
            if let Some(after) = row.floats.filter(|_| finds_none)
                && !is_first
                && from.floated.is_none()
            {
                // Text flows past a figure that finds no room, and the figure opens the next page.
                sheet.floated = Some((sheet.floated.map_or(block, |(first, _)| first), block + 1));
                let stays = |at: usize| {
                    before[at].map(|change| Change { setting: 0, is_spaced: false, before: at, ..change })
                };
                before = std::array::from_fn(stays);
                self.steps.push(Step { block: None, changes: before });
                space = Some(after);
                block += 1;
                continue;
            }
            let may_be_spaced = !is_first && !below_heading && begun.is_none() && row.space >= LEAST_SPACE;
            for index in 0..settings.len() {
                if begun.is_none_or(|begun| begun == index) {
                    let at = Place { block, row: first_row, setting: index, ..from };
                    self.divide(sheet, at, top, &before, may_be_spaced);
                }
            }
            let bottom = bottom_of(&settings[usual], first_row, top);
            let changes = pass(settings, begun, &before, may_be_spaced);
            self.steps.push(Step { block: Some(block), changes });
            if let Some(last) = settings[usual].rows.last() {
                let to = Place { block: block + 1, floated: sheet.floated, ..Place::default() };
                let is_passed = self.is_passed_over(sheet, bottom, last) && !division.ends_text(&to);
                for (change, found) in changes.iter().enumerate().filter(|_| !is_passed) {
                    let Some(found) = found else { continue };
                    let origin = Origin { whole: self.steps.len(), change, divided: None };
                    self.consider(sheet, to, bottom + lines_of(change), found.cost, last, origin);
                }
            }
            let least = changes.iter().position(Option::is_some).unwrap_or(UNCHANGED);
            if bottom + lines_of(least) > sheet.deepest + HAIR {
                break;
            }
            before = changes;
            in_opening &= row.is_heading;
            // No line more parts a heading from what it stands over.
            below_heading = row.is_heading;
            (cursor, is_first, first_row) = (bottom, false, 0);
            block += 1;
        }
    }

    /// Looks at the places inside a block in one of its settings.
    fn divide(&mut self, sheet: &Sheet, at: Place, top: f32, before: &Changes, may_be_spaced: bool) {
        let setting = &self.division.blocks[at.block][at.setting];
        let price = if at.row == 0 { setting.cost } else { 0.0 };
        let mut bottom = top;
        let inside = setting.rows.len().saturating_sub(1);
        for (index, row) in setting.rows.iter().enumerate().take(inside).skip(at.row) {
            if index > at.row {
                bottom = row_top(row, bottom, row.space, false);
            }
            bottom += row.height;
            if bottom + SHORTEST as f32 > sheet.deepest + HAIR {
                break;
            }
            if self.is_passed_over(sheet, bottom, row) {
                continue;
            }
            let to = Place { row: index + 1, floated: sheet.floated, noted: 0, ..at };
            for (change, found) in before.iter().enumerate() {
                let Some(found) = found else { continue };
                for is_spaced in [false, true] {
                    if is_spaced && !may_be_spaced {
                        continue;
                    }
                    let (more, more_cost) = if is_spaced { (1.0, SPACE_COST) } else { (0.0, 0.0) };
                    let divided = Some((at.setting, is_spaced));
                    let origin = Origin { whole: self.steps.len(), change, divided };
                    let cost = found.cost + price + more_cost;
                    self.consider(sheet, to, bottom + lines_of(change) + more, cost, row, origin);
                }
            }
        }
    }

    /// Whether a page that ends below a row could hold many lines more, however the blocks above are changed.
    fn is_passed_over(&self, sheet: &Sheet, bottom: f32, row: &Row) -> bool {
        let most = lines_of(CHANGES - 1) + 1.0;
        let (noted, owed) = (sheet.from.noted, row.notes.max(sheet.from.noted));
        let notes = self.notes_height(noted, owed);
        !self.is_thorough && bottom + most + notes + SHORTFALL < sheet.lines as f32
    }

    /// Ends the page below a row whose lower edge is at `bottom`, if it may end there.
    fn consider(&mut self, sheet: &Sheet, to: Place, bottom: f32, cost: f32, row: &Row, origin: Origin) {
        let noted = sheet.from.noted;
        let edge = Edge { to, depth: 0, cost, is_divided: row.is_divided, origin };
        let is_end = self.division.ends_text(&to);
        let may_end = !row.keep_with_next || is_end;
        let owed = row.notes.max(noted);
        let notes = self.notes_height(noted, owed);
        if bottom + notes > sheet.deepest + HAIR {
            if bottom < sheet.lines as f32 && notes > 0.0 {
                self.divide_notes(sheet, edge, bottom, owed, may_end);
            }
            return;
        }
        let to = Place { noted: owed, ..to };
        if notes == 0.0 {
            let depth = (bottom - HAIR).ceil().max(0.0) as usize;
            self.add(sheet, Edge { to, depth, ..edge }, bottom, may_end, is_end);
            return;
        }
        for depth in sheet.lines.saturating_sub(1)..=sheet.lines + 1 {
            let slack = depth as f32 - bottom - notes;
            if depth as f32 <= sheet.deepest && slack >= -HAIR {
                let slack_cost = if slack < 1.0 || is_end { 0.0 } else { NOTE_SLACK_COST * slack * slack };
                let edge = Edge { to, depth, cost: cost + slack_cost, ..edge.clone() };
                self.add(sheet, edge, bottom + notes, may_end, is_end);
            }
        }
    }

    /// What the notes between two places take of a page, with the space above them.
    fn notes_height(&self, noted: usize, owed: usize) -> f32 {
        if owed <= noted {
            return 0.0;
        }
        self.division.gap + self.note_heights[owed] - self.note_heights[noted]
    }

    /// Ends the page within a note, or before one for want of anything better.
    fn divide_notes(&mut self, sheet: &Sheet, edge: Edge, bottom: f32, owed: usize, may_end: bool) {
        let room = sheet.lines as f32 - bottom - self.division.gap;
        let fitting = self.fitting_notes(sheet.from.noted, owed, room);
        let begins = |at: usize| self.division.notes.get(at).is_none_or(|note| note.begins_note);
        let last_note = (0..owed).rev().find(|&at| begins(at)).unwrap_or(0);
        let is_begun = fitting >= last_note + LEAST_OF_NOTE && fitting < owed;
        let price = if is_begun { DIVIDED_NOTE_COST } else { NOTE_ELSEWHERE_COST };
        let to = Place { noted: fitting, ..edge.to };
        let edge = Edge { to, depth: sheet.lines, cost: edge.cost + price, ..edge };
        self.add(sheet, edge, bottom, may_end && is_begun, false);
    }

    /// How far notes get in so much room, two lines of each at least on either side.
    fn fitting_notes(&self, noted: usize, owed: usize, room: f32) -> usize {
        let fits = |at: usize| self.note_heights[at] - self.note_heights[noted] <= room + HAIR;
        let may_end = |at: usize| {
            at == owed || at.checked_sub(1).is_none_or(|last| !self.division.notes[last].keep_with_next)
        };
        (noted + 1..=owed).take_while(|&at| fits(at)).filter(|&at| may_end(at)).last().unwrap_or(noted)
    }

    /// A page of nothing but notes, where those that are owed leave no room for text.
    fn fill_with_notes(&self, sheet: &Sheet) -> Option<Edge> {
        let from = sheet.from;
        let owed = self.owed_at(&from);
        if owed <= from.noted {
            return None;
        }
        let lines = sheet.lines as f32;
        let height = self.notes_height(from.noted, owed);
        let has_text = from.block < self.division.blocks.len() || from.floated.is_some();
        if has_text && height + LEAST_TEXT <= lines {
            return None;
        }
        // Something must fit, or a note taller than the page would never end.
        let fitting = self.fitting_notes(from.noted, owed, lines).max(from.noted + 1);
        let to = Place { noted: fitting, ..from };
        Some(Edge { to, depth: sheet.lines, cost: 0.0, is_divided: false, origin: Origin::default() })
    }

    /// How many lines of notes the rows before a place refer to.
    fn owed_at(&self, place: &Place) -> usize {
        let row = match (place.row.checked_sub(1), place.block.checked_sub(1)) {
            (Some(row), _) => self.division.row(place.block, place.setting, row),
            (None, Some(block)) => self.division.blocks[block].first().and_then(|usual| usual.rows.last()),
            (None, None) => None,
        };
        row.map_or(0, |row| row.notes)
    }

    fn add(&mut self, sheet: &Sheet, edge: Edge, bottom: f32, may_end: bool, is_end: bool) {
        if !may_end {
            let fits = bottom <= sheet.lines as f32 + HAIR;
            if fits && self.forced.as_ref().is_none_or(|(lowest, _)| *lowest < bottom) {
                self.forced = Some((bottom, Edge { cost: edge.cost + PARTED_COST, ..edge }));
            }
            return;
        }
        if !is_end && bottom + SHORTFALL < sheet.lines as f32 {
            if self.low.as_ref().is_none_or(|low| low.depth <= edge.depth) {
                self.low = Some(edge);
            }
            return;
        }
        // All that end below one row come one after another.
        let is_near = |known: &&mut Edge| (known.to.block, known.to.row) == (edge.to.block, edge.to.row);
        let mut near = self.edges.iter_mut().rev().take_while(is_near);
        match near.find(|known| known.to == edge.to && known.depth == edge.depth) {
            Some(known) if edge.cost < known.cost => *known = edge,
            Some(_) => {}
            None => self.edges.push(edge),
        }
    }

    /// The first row alone, taller than the page as it is.
    fn overfull(&self, sheet: &Sheet) -> Edge {
        let from = sheet.from;
        let rows = self.division.blocks.get(from.block).and_then(|block| block.get(from.setting));
        let rows = rows.map_or(0, |setting| setting.rows.len());
        let to = match from.floated {
            Some((first, end)) => Place { floated: (first + 1 < end).then_some((first + 1, end)), ..from },
            None if from.row + 1 < rows => Place { row: from.row + 1, ..from },
            None => Place { block: from.block + 1, noted: from.noted, ..Place::default() },
        };
        let divided = (to.row > 0 && from.floated.is_none()).then_some((from.setting, false));
        let whole = usize::from(to.block > from.block);
        let origin = Origin { whole, change: UNCHANGED, divided };
        let cost = OVERFULL_COST;
        Edge { to, depth: sheet.lines, cost, is_divided: false, origin }
    }
}

fn lines_of(change: usize) -> f32 {
    (change as i32 + SHORTEST) as f32
}

/// The lower edge of what is left of a block from a row on.
fn bottom_of(setting: &Setting, first_row: usize, top: f32) -> f32 {
    let mut bottom = top;
    for (index, row) in setting.rows.iter().enumerate().skip(first_row) {
        if index > first_row {
            bottom = row_top(row, bottom, row.space, false);
        }
        bottom += row.height;
    }
    bottom
}

/// What changes a block makes possible.
fn pass(settings: &[Setting], begun: Option<usize>, before: &Changes, may_be_spaced: bool) -> Changes {
    let mut changes: Changes = [None; CHANGES];
    let usual = settings[begun.unwrap_or(0)].rows.len() as i32;
    for (index, setting) in settings.iter().enumerate() {
        if begun.is_some_and(|begun| begun != index) {
            continue;
        }
        let price = if begun.is_some() { 0.0 } else { setting.cost };
        for (at, change) in before.iter().enumerate() {
            let Some(change) = change else { continue };
            for is_spaced in [false, true] {
                if is_spaced && !may_be_spaced {
                    continue;
                }
                let (more, more_cost) = if is_spaced { (1, SPACE_COST) } else { (0, 0.0) };
                let reached = at as i32 + setting.rows.len() as i32 - usual + more;
                let Some(slot) = usize::try_from(reached).ok().and_then(|at| changes.get_mut(at)) else {
                    continue;
                };
                let cost = change.cost + price + more_cost;
                if slot.is_none_or(|known| cost < known.cost) {
                    *slot = Some(Change { cost, setting: index, is_spaced, before: at });
                }
            }
        }
    }
    changes
}
