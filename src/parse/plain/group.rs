//! What a group of lines without a blank one between them is: a paragraph, a stanza, a table.

use super::line::Line;
use super::style::Style;

/// Verse has shorter lines.
const LONGEST_VERSE: usize = 72;
/// How much narrower than the prose around it verse is.
const NARROWER: usize = 12;

/// What a group is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Paragraph,
    /// Each line is a paragraph.
    Paragraphs,
    Verse,
    /// Set off from the left, as quotations are.
    Quotation,
    /// Cells between tabs.
    Table,
    /// Aligned by spaces: kept as it is typed.
    Columns,
}

impl Group {
    pub fn of(lines: &[Line], style: Style) -> Group {
        if lines.len() < 2 {
            return Group::Paragraph;
        }
        if is_table(lines) {
            return Group::Table;
        }
        if is_aligned(lines) {
            return Group::Columns;
        }
        let is_set_off =
            style.is_flush && !style.indents_first_lines && lines.iter().all(|line| line.indent() >= 4);
        let raggedness = raggedness(lines);
        if is_verse(lines, raggedness, is_set_off, style) {
            return Group::Verse;
        }
        if is_set_off {
            return Group::Quotation;
        }
        if style.is_unwrapped && raggedness * 2 > lines.len() - 1 {
            Group::Paragraphs
        } else {
            Group::Paragraph
        }
    }
}

/// How many lines end although the next word had room in them. Wrapped prose has no such lines.
fn raggedness(lines: &[Line]) -> usize {
    let measure = lines.iter().map(|line| line.width()).max().unwrap_or_default();
    let first_word =
        |line: &Line| line.trimmed().split_whitespace().next().map_or(0, |word| word.chars().count());
    lines.windows(2).filter(|pair| pair[0].width() + 1 + first_word(&pair[1]) <= measure).count()
}

fn is_verse(lines: &[Line], raggedness: usize, is_set_off: bool, style: Style) -> bool {
    let seams = lines.len() - 1;
    let width = lines.iter().map(|line| line.width()).max().unwrap_or_default();
    if width > LONGEST_VERSE {
        return false;
    }
    if is_set_off {
        return raggedness * 2 > seams;
    }
    let most = |test: &dyn Fn(&Line) -> bool, percent: usize| {
        lines.iter().filter(|line| test(line)).count() * 100 >= lines.len() * percent
    };
    let is_narrow = width + NARROWER <= style.measure;
    let is_ragged = raggedness * 10 >= seams * if is_narrow { 4 } else { 6 };
    let starts_high = |line: &Line| {
        line.trimmed().trim_start_matches(['“', '"', '‘', '\'', '_', '*']).starts_with(char::is_uppercase)
    };
    let pauses = |line: &Line| line.trimmed().ends_with(|last: char| !last.is_alphanumeric());
    // One sentence to a line is prose that somebody keeps under version control.
    let is_prose = most(&|line| line.ends_sentence(), 70);
    lines.len() >= 3 && is_ragged && !is_prose && (most(&starts_high, 60) || most(&pauses, 60))
}

/// The cells of a line.
pub fn cells<'a>(line: Line<'a>) -> impl Iterator<Item = Line<'a>> {
    let text = line.text.trim_end();
    let mut start = line.start + text.len() - text.trim_start().len();
    text.trim_start().split('\t').map(move |text| {
        let cell = Line { start, text };
        start += text.len() + 1;
        cell
    })
}

fn is_table(lines: &[Line]) -> bool {
    let count = |line: &Line| line.trimmed().matches('\t').count();
    let columns = lines.first().map_or(0, count);
    columns > 0 && lines.iter().all(|line| count(line) == columns)
}

/// Whether words stand below each other with gaps before them, or between upright strokes.
fn is_aligned(lines: &[Line]) -> bool {
    const LINES: usize = 3;
    if lines.iter().all(|line| line.trimmed().starts_with(['|', '+']) && line.trimmed().ends_with(['|', '+']))
    {
        return true;
    }
    if lines.len() < LINES {
        return false;
    }
    let gaps: Vec<Vec<usize>> = lines.iter().map(|line| gaps(line.text)).collect();
    let Some(columns) = gaps.first() else { return false };
    columns.iter().any(|column| gaps.iter().all(|gaps| gaps.contains(column)))
}

/// Columns where a word starts after three spaces or more.
fn gaps(line: &str) -> Vec<usize> {
    let mut spaces = 0;
    let mut found = Vec::new();
    let indent = line.chars().take_while(|next| *next == ' ').count();
    for (column, next) in line.chars().enumerate().skip(indent) {
        if next == ' ' {
            spaces += 1;
            continue;
        }
        if spaces >= 3 {
            found.push(column);
        }
        spaces = 0;
    }
    found
}
