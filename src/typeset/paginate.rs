//! Galleys to sheets: a galley's lines at their places on pages yet without numbers.

use super::compositor::Compositor;
use super::galley::{Galley, Line};
use super::justify::LineEnd;
use super::page_breaks::{
    BlockPlan, Division, NoteRow, PagePlan, Row, Setting, Shared, break_pages, improve_pages,
};
use super::page_fill::{row_top, space_above};
use super::paragraph::Paragraph;
use super::theme::Layout;
use crate::anthology::Anchor;

/// Space between text and notes, in leadings of notes.
pub const NOTE_GAP: f32 = 0.9;
/// A page that costs more than this may be better with paragraphs set otherwise.
const TOLERABLE: f32 = 25.0;
const RESET_COST: f32 = 10.0;
/// So many demerits more in a paragraph are as bad as 1 in a page's cost.
const DEMERITS: f64 = 500.0;
/// How often pages are broken anew.
const ROUNDS: usize = 3;
/// A bottom margin of fewer lines than this has no room for a longer page.
const MARGIN: f32 = 3.0;

/// A page of a galley.
#[derive(Debug, Default)]
pub struct Sheet {
    /// With their tops, from the top of the text block.
    pub lines: Vec<(f32, Line)>,
    pub notes: Vec<Line>,
    /// Where the notes end.
    pub depth: f32,
}

/// Where a galley begins.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Start {
    pub on_verso: bool,
    /// How much of the page is taken and how deep it is, if not all of it is free.
    pub shared: Option<(f32, f32)>,
}

/// A galley divided into pages, once for every way in which it may begin.
#[derive(Debug)]
pub struct Pagination {
    stock: Stock,
    ways: Vec<(Start, Division, Vec<PagePlan>)>,
}

/// The lines that a division's blocks and notes are made of.
#[derive(Debug)]
struct Stock {
    /// Of each block its settings, the usual one first.
    blocks: Vec<Vec<SetBlock>>,
    /// In the order in which notes are first referred to.
    notes: Vec<Line>,
    /// By note: where its lines end among them.
    note_ends: Vec<usize>,
    /// By block: how many lines of notes come before it.
    owed: Vec<usize>,
}

/// A block in one of its settings.
#[derive(Debug)]
struct SetBlock {
    lines: Vec<Line>,
    cost: f32,
    /// Of a paragraph that was set anew: which it is, and where its lines end. They are painted once they are chosen.
    unpainted: Option<(usize, Vec<LineEnd>)>,
}

impl Pagination {
    /// The pages of a galley that begins so.
    pub fn into_sheets(self, start: Start, layout: &Layout) -> Vec<Sheet> {
        let Pagination { stock, mut ways } = self;
        let way = ways.iter().position(|(of, _, _)| *of == start).unwrap_or(0);
        let (_, division, plans) = ways.swap_remove(way);
        stock.fill(&plans, &division, layout)
    }
}

impl Compositor<'_> {
    /// Divides a galley's lines into pages, for all of these ways to begin.
    pub fn paginate(&mut self, galley: &mut Galley, starts: &[Start]) -> Pagination {
        let paragraphs = std::mem::take(&mut galley.paragraphs);
        let (blocks, mut paragraph_of) = group(std::mem::take(&mut galley.lines), &paragraphs);
        let mut stock = Stock::new(blocks, std::mem::take(&mut galley.notes));
        let ways = starts.iter().map(|&start| {
            let (division, plans) = self.plan_pages(&mut stock, start, &paragraphs, &mut paragraph_of);
            (start, division, plans)
        });
        let ways: Vec<(Start, Division, Vec<PagePlan>)> = ways.collect();
        for chosen in ways.iter().flat_map(|(_, _, plans)| plans).flat_map(|plan| &plan.settings) {
            let Some(block) = stock.blocks[chosen.block].get_mut(chosen.setting) else { continue };
            if let Some((paragraph, ends)) = block.unpainted.take() {
                self.paint_paragraph(&paragraphs[paragraph], &ends, &mut block.lines);
            }
        }
        Pagination { stock, ways }
    }

    /// Divides a stock of lines into pages. `paragraph_of` tells which blocks are paragraphs that have no other
    /// settings yet.
    fn plan_pages(
        &mut self,
        stock: &mut Stock,
        start: Start,
        paragraphs: &[Paragraph],
        paragraph_of: &mut [Option<usize>],
    ) -> (Division, Vec<PagePlan>) {
        let layout = self.layout;
        let mut division = stock.division(layout, start);
        let mut plans = break_pages(&division);
        // Paragraphs are set otherwise only where pages need it; that may move what comes after.
        for _ in 0..ROUNDS {
            let mut is_changed = false;
            for block in blocks_to_reset(&plans) {
                let Some(index) = paragraph_of.get_mut(block).and_then(Option::take) else { continue };
                let paragraph = &paragraphs[index];
                for count in [paragraph.lines.len() - 1, paragraph.lines.len() + 1] {
                    let Some((lines, set)) = self.reset_paragraph(paragraph, count) else { continue };
                    let lines = dress(lines, &stock.blocks[block][0].lines);
                    let demerits = (set.demerits - paragraph.setting.demerits).max(0.0);
                    let cost = RESET_COST + (demerits / DEMERITS) as f32;
                    let rows = stock.rows(block, &lines, layout);
                    division.blocks[block].push(Setting { rows, cost });
                    let unpainted = Some((index, set.ends));
                    stock.blocks[block].push(SetBlock { lines, cost, unpainted });
                    is_changed = true;
                }
            }
            if !is_changed {
                break;
            }
            if let Some(better) = improve_pages(&division, &plans) {
                plans = better;
            }
        }
        (division, plans)
    }
}

impl Stock {
    fn new(blocks: Vec<Vec<SetBlock>>, mut notes: Vec<Vec<Line>>) -> Self {
        let mut note_ends = vec![0; notes.len()];
        let mut owed = Vec::with_capacity(blocks.len());
        let mut ordered: Vec<Line> = Vec::new();
        for block in &blocks {
            owed.push(ordered.len());
            for &note in block.iter().take(1).flat_map(|usual| &usual.lines).flat_map(|line| &line.notes) {
                let Some(lines) = notes.get_mut(note).filter(|lines| !lines.is_empty()) else { continue };
                ordered.append(lines);
                note_ends[note] = ordered.len();
            }
        }
        Stock { blocks, notes: ordered, note_ends, owed }
    }

    fn division(&self, layout: &Layout, start: Start) -> Division {
        let leading = layout.leading;
        let blocks = self.blocks.iter().enumerate().map(|(block, settings)| {
            let of = |set: &SetBlock| Setting { rows: self.rows(block, &set.lines, layout), cost: set.cost };
            settings.iter().map(of).collect()
        });
        let mut begins: Vec<usize> = self.note_ends.clone();
        begins.push(0);
        begins.sort_unstable();
        let notes = self.notes.iter().enumerate().map(|(index, line)| NoteRow {
            height: (line.space + line.height) / leading,
            keep_with_next: line.keep_with_next,
            begins_note: begins.binary_search(&index).is_ok(),
        });
        let margin = layout.height - layout.top - layout.depth;
        Division {
            blocks: blocks.collect(),
            notes: notes.collect(),
            gap: layout.note_leading * NOTE_GAP / leading,
            lines: count_lines(layout.depth, leading),
            may_be_longer: margin > leading * MARGIN,
            begins_on_verso: start.on_verso,
            shared: start.shared.map(|(used, depth)| Shared {
                used: (used / leading - 0.02).ceil().max(0.0),
                lines: count_lines(depth, leading),
            }),
        }
    }

    fn rows(&self, block: usize, lines: &[Line], layout: &Layout) -> Vec<Row> {
        let leading = layout.leading;
        let mut owed = self.owed.get(block).copied().unwrap_or_default();
        let rows = lines.iter().map(|line| {
            let ends = line.notes.iter().filter_map(|&note| self.note_ends.get(note));
            owed = ends.copied().fold(owed, usize::max);
            Row {
                space: line.space / leading,
                height: line.height / leading,
                head: line.head.as_ref().map_or(0.0, |head| head.height / leading),
                on_grid: line.on_grid,
                keep_with_next: line.keep_with_next,
                is_heading: line.is_heading,
                is_divided: line.is_divided,
                floats: line.floats.filter(|_| line.notes.is_empty()).map(|space| space / leading),
                notes: owed,
            }
        });
        rows.collect()
    }

    /// Takes the lines of every page, and finds the place of each.
    fn fill(mut self, plans: &[PagePlan], division: &Division, layout: &Layout) -> Vec<Sheet> {
        let mut sheets = Vec::with_capacity(plans.len());
        let count = plans.len();
        for (index, plan) in plans.iter().enumerate() {
            let used = division.shared.filter(|_| index == 0).map_or(0.0, |shared| shared.used);
            let placed = place_rows(plan, division, used, index + 1 == count);
            let lines = placed.into_iter().filter_map(|row| {
                let line = self.blocks.get_mut(row.block)?.get_mut(row.setting)?.lines.get_mut(row.row)?;
                Some((row.top * layout.leading, std::mem::take(line)))
            });
            let lines = lines.collect();
            let notes = self.notes.get_mut(plan.from.noted..plan.to.noted);
            let notes = notes.into_iter().flatten().map(std::mem::take).collect();
            sheets.push(Sheet { lines, notes, depth: plan.depth as f32 * layout.leading });
        }
        sheets
    }
}

/// A row at its place on a page, in lines of body text.
struct PlacedRow {
    block: usize,
    setting: usize,
    row: usize,
    top: f32,
    bottom: f32,
}

/// Where the rows of a page stand.
fn place_rows(plan: &PagePlan, division: &Division, used: f32, is_last: bool) -> Vec<PlacedRow> {
    let (from, to) = (plan.from, plan.to);
    let mut placed: Vec<PlacedRow> = Vec::new();
    let mut cursor = used;
    // Where a run of rows off the grid begins. One that opens the page stays where it is.
    let mut run: Option<usize> = None;
    let mut after_float = None;
    let mut in_opening = used == 0.0 && from.floated.is_none();
    let end = if to.row > 0 { to.block + 1 } else { to.block };
    // Of what found no room before, as much stands here as does.
    let (first, last) = from.floated.unwrap_or_default();
    let last = to.floated.filter(|_| from.floated.is_some()).map_or(last, |(first, _)| first);
    let stays =
        |block| from.floated.is_none() && to.floated.is_some_and(|(at, end)| (at..end).contains(&block));
    for block in (first..last).chain(from.block..end.min(division.blocks.len())) {
        let begins_before = block == from.block && from.row > 0;
        if stays(block) {
            after_float = division.row(block, 0, 0).and_then(|row| row.floats);
            continue;
        }
        let chosen = plan.settings.iter().find(|chosen| chosen.block == block);
        let BlockPlan { setting, is_spaced, .. } =
            chosen.copied().unwrap_or(BlockPlan { block, setting: 0, is_spaced: false });
        let setting = if begins_before { from.setting } else { setting };
        let rows =
            division.blocks[block].get(setting).map(|setting| setting.rows.as_slice()).unwrap_or_default();
        let first_row = if begins_before { from.row } else { 0 };
        let last_row = if block == to.block && to.row > 0 { to.row } else { rows.len() };
        for (index, row) in rows.iter().enumerate().take(last_row).skip(first_row) {
            let is_first = placed.is_empty();
            let more = if is_spaced && index == first_row { 1.0 } else { 0.0 };
            let usual_space = space_above(row, in_opening && !is_first);
            let space = after_float.take().filter(|_| !row.is_heading).unwrap_or(usual_space) + more;
            in_opening &= row.is_heading;
            let top = row_top(row, cursor, space, is_first);
            if row.on_grid {
                let slack = top - cursor - space;
                if let Some(begin) = run.take().filter(|begin| *begin > 0 && slack > 0.0) {
                    // What is left over goes above a heading, and on both sides of anything else.
                    let parted = placed.last().is_some_and(|last| !is_kept(division, last));
                    shift(&mut placed[begin..], if parted { slack / 2.0 } else { slack });
                }
            } else {
                run.get_or_insert(placed.len());
            }
            let bottom = top + row.height;
            placed.push(PlacedRow { block, setting, row: index, top, bottom });
            cursor = bottom;
        }
    }
    if let Some(begin) = run.filter(|begin| *begin > 0 && !is_last && plan.to.noted == plan.from.noted) {
        let slack = plan.depth as f32 - cursor;
        shift(&mut placed[begin..], slack.clamp(0.0, 1.0));
    }
    placed
}

fn is_kept(division: &Division, placed: &PlacedRow) -> bool {
    division.row(placed.block, placed.setting, placed.row).is_some_and(|row| row.keep_with_next)
}

fn shift(rows: &mut [PlacedRow], down: f32) {
    for row in rows {
        row.top += down;
        row.bottom += down;
    }
}

/// Lines to blocks: each paragraph is one, and every other line. Tells which paragraph a block is.
fn group(lines: Vec<Line>, paragraphs: &[Paragraph]) -> (Vec<Vec<SetBlock>>, Vec<Option<usize>>) {
    let block = |lines| vec![SetBlock { lines, cost: 0.0, unpainted: None }];
    let mut blocks = Vec::new();
    let mut paragraph_of = Vec::new();
    let mut lines = lines.into_iter();
    let mut taken = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let between = paragraph.lines.start.saturating_sub(taken);
        blocks.extend(lines.by_ref().take(between).map(|line| block(vec![line])));
        paragraph_of.resize(blocks.len(), None);
        let of_paragraph: Vec<Line> = lines.by_ref().take(paragraph.lines.len()).collect();
        if !of_paragraph.is_empty() {
            paragraph_of.push(Some(index));
            blocks.push(block(of_paragraph));
        }
        taken = paragraph.lines.end;
    }
    blocks.extend(lines.map(|line| block(vec![line])));
    paragraph_of.resize(blocks.len(), None);
    (blocks, paragraph_of)
}

/// The blocks of pages that are not good, and of those right before them.
fn blocks_to_reset(plans: &[PagePlan]) -> Vec<usize> {
    let mut wanted = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        let is_bad =
            |at: Option<usize>| at.and_then(|at| plans.get(at)).is_some_and(|plan| plan.cost > TOLERABLE);
        // A left-hand page is judged with the page after it.
        if is_bad(Some(index)) || is_bad(index.checked_add(1)) || is_bad(index.checked_add(2)) {
            wanted.extend(plan.from.block..=plan.to.block);
        }
    }
    wanted.dedup();
    wanted
}

/// Gives a paragraph that is set otherwise what stood around its lines.
fn dress(mut lines: Vec<Line>, usual: &[Line]) -> Vec<Line> {
    let (Some(first), Some(last)) = (usual.first(), usual.last()) else { return lines };
    let all_kept = usual.iter().rev().skip(1).all(|line| line.keep_with_next);
    let count = lines.len();
    for (index, line) in lines.iter_mut().enumerate() {
        line.on_grid = first.on_grid;
        line.bars.clone_from(&first.bars);
        line.keep_with_next |= all_kept && index + 1 < count;
    }
    if let Some(line) = lines.last_mut() {
        line.keep_with_next |= last.keep_with_next;
    }
    let known: Vec<Anchor> = lines.iter().flat_map(|line| line.anchors.iter().copied()).collect();
    if let Some(line) = lines.first_mut() {
        line.space = first.space;
        line.start = first.start;
        line.beside.clone_from(&first.beside);
        line.anchors.extend(first.anchors.iter().filter(|anchor| !known.contains(anchor)));
    }
    lines
}

fn count_lines(depth: f32, leading: f32) -> usize {
    ((depth / leading + 0.02).floor() as usize).max(1)
}
