//! Tables that are drawn: Pandoc's grid, simple and multiline tables.

use super::lines::{Line, lines};
use super::marks::{Act, Cell, Draft, TableDraft};
use crate::document::Alignment;

/// A drawn table: how many lines it takes, and what is in it.
struct Found {
    length: usize,
    table: TableDraft,
}

pub fn take(draft: &mut Draft) {
    let text = draft.text();
    if !text.contains("--") && !text.contains("+=") {
        return;
    }
    let all: Vec<Line> = lines(&text).collect();
    let mut at = 0;
    // Past this line no multiline table ends.
    let mut open_until = all.len();
    while at < all.len() {
        let starts = (at == 0 || all[at - 1].is_blank()) && !all[at].is_blank();
        if !starts || draft.is_code(all[at].content_start()) {
            at += 1;
            continue;
        }
        let rest = &all[at..];
        let found = grid(rest).or_else(|| simple(rest)).or_else(|| multiline(rest, &mut open_until));
        let Some(Found { length, table }) = found else {
            at += 1;
            continue;
        };
        let (start, end) = (rest[0].content_start(), rest[length - 1].content_end());
        draft.mark_lines(start, end, Act::Table(table));
        at += length;
    }
}

/// The part of a line between two columns, counted in characters, without white space around it.
fn cut(line: &Line, from: usize, to: usize) -> (usize, String) {
    let offset =
        |column: usize| line.text.char_indices().nth(column).map_or(line.text.len(), |(offset, _)| offset);
    let (start, end) = (offset(from), if to == usize::MAX { line.text.len() } else { offset(to) });
    let part = line.text.get(start..end).unwrap_or_default();
    let trimmed = part.trim_start();
    (line.start + start + part.len() - trimmed.len(), trimmed.trim_end().to_owned())
}

fn push_line(cell: &mut Cell, line: (usize, String)) {
    if !line.1.is_empty() || !cell.0.is_empty() {
        cell.0.push(line);
    }
}

fn has_text(row: &[Cell]) -> bool {
    row.iter().any(|cell| cell.0.iter().any(|(_, line)| !line.is_empty()))
}

/// `+---+---+` above and below, `|` between the cells.
fn grid(rest: &[Line]) -> Option<Found> {
    let is_rule = |line: &Line| {
        let text = line.text.trim();
        text.len() > 2
            && text.starts_with('+')
            && text.ends_with('+')
            && text.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'=' | b':'))
    };
    let first = rest.first().filter(|line| is_rule(line))?;
    let length =
        rest.iter().take_while(|line| is_rule(line) || line.text.trim_start().starts_with('|')).count();
    let length = rest[..length].iter().rposition(is_rule).filter(|last| *last > 0)? + 1;
    let edges: Vec<usize> =
        first.text.chars().enumerate().filter(|(_, next)| *next == '+').map(|(column, _)| column).collect();
    let columns = edges.len().checked_sub(1).filter(|columns| (1..=100).contains(columns))?;
    let mut table = TableDraft { alignments: alignments(first.text, columns), ..TableDraft::default() };
    let mut row = vec![Cell::default(); columns];
    for line in &rest[1..length] {
        if is_rule(line) {
            let done = std::mem::replace(&mut row, vec![Cell::default(); columns]);
            let is_head = line.text.contains('=') && table.header.is_empty() && table.rows.is_empty();
            if is_head {
                table.alignments = alignments(line.text, columns);
                table.header = done;
            } else if has_text(&done) {
                table.rows.push(done);
            }
            continue;
        }
        let signs: Vec<char> = line.text.chars().collect();
        let is_edge = |column: usize| signs.get(edges[column]).is_none_or(|next| matches!(next, '|' | '+'));
        let mut column = 0;
        while column < columns {
            // A cell that spans columns has no line where they meet.
            let last = (column + 1..columns).find(|edge| is_edge(*edge)).unwrap_or(columns);
            push_line(&mut row[column], cut(line, edges[column] + 1, edges[last]));
            column = last;
        }
    }
    (!table.rows.is_empty() || !table.header.is_empty()).then_some(Found { length, table })
}

fn alignments(rule: &str, columns: usize) -> Vec<Alignment> {
    let rule = rule.trim().trim_matches('+');
    let mut alignments: Vec<Alignment> = rule
        .split('+')
        .map(|part| match (part.starts_with(':'), part.ends_with(':')) {
            (true, true) => Alignment::Center,
            (false, true) => Alignment::End,
            _ => Alignment::Start,
        })
        .collect();
    alignments.resize(columns, Alignment::Start);
    alignments
}

/// Where the dashes of a line such as `----  ---- ---` start and end; `None` for other lines.
fn dashes(line: &Line) -> Option<Vec<(usize, usize)>> {
    if !line.text.bytes().all(|byte| matches!(byte, b'-' | b' ')) || !line.text.contains("--") {
        return None;
    }
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (column, sign) in line.text.bytes().enumerate().filter(|(_, sign)| *sign == b'-') {
        debug_assert_eq!(sign, b'-');
        match groups.last_mut() {
            Some(group) if group.1 == column => group.1 += 1,
            _ => groups.push((column, column + 1)),
        }
    }
    Some(groups).filter(|groups| groups.len() <= 100 && groups.iter().all(|(start, end)| end - start >= 2))
}

/// The cells of a line below dashes: each reaches to where the next begins.
fn fill(row: &mut [Cell], line: &Line, columns: &[(usize, usize)]) {
    for (at, cell) in row.iter_mut().enumerate() {
        let from = if at == 0 { 0 } else { columns[at].0 };
        let to = columns.get(at + 1).map_or(usize::MAX, |next| next.0);
        push_line(cell, cut(line, from, to));
    }
}

/// A header stands as its column is aligned.
fn aligned(header: Option<&Line>, columns: &[(usize, usize)]) -> Vec<Alignment> {
    let Some(header) = header else { return vec![Alignment::Start; columns.len()] };
    let signs: Vec<char> = header.text.chars().collect();
    let filled = |column: usize| signs.get(column).is_some_and(|next| !next.is_whitespace());
    columns
        .iter()
        .map(|(start, end)| match (filled(*start), filled(*end - 1)) {
            (false, true) => Alignment::End,
            (false, false) => Alignment::Center,
            _ => Alignment::Start,
        })
        .collect()
}

/// A line of dashes below the header, or above and below rows without one; each row is one line.
fn simple(rest: &[Line]) -> Option<Found> {
    let headless = dashes(rest.first()?).filter(|columns| columns.len() > 1);
    let columns = match &headless {
        Some(columns) => columns.clone(),
        None => dashes(rest.get(1)?).filter(|columns| columns.len() > 1)?,
    };
    let head = if headless.is_some() { 1 } else { 2 };
    let body = rest[head..].iter().take_while(|line| !line.is_blank() && dashes(line).is_none()).count();
    let closing = rest.get(head + body).is_some_and(|line| dashes(line).is_some());
    if body == 0 || headless.is_some() && !closing {
        return None;
    }
    let header = rest.first().filter(|_| headless.is_none());
    let like = header.or_else(|| rest.get(head));
    let mut table = TableDraft { alignments: aligned(like, &columns), ..TableDraft::default() };
    let read = |line: &Line| {
        let mut row = vec![Cell::default(); columns.len()];
        fill(&mut row, line, &columns);
        row
    };
    table.header = header.map(read).unwrap_or_default();
    table.rows = rest[head..head + body].iter().map(read).collect();
    Some(Found { length: head + body + usize::from(closing), table })
}

/// Dashes above, below the header and at the end; empty lines between rows of many lines.
fn multiline(rest: &[Line], open_until: &mut usize) -> Option<Found> {
    const HEADER_LINES: usize = 12;
    dashes(rest.first()?).filter(|columns| columns.len() == 1)?;
    let below =
        rest[1..].iter().take(HEADER_LINES).position(|line| line.is_blank() || dashes(line).is_some())?;
    let head = below + 1;
    let columns = dashes(&rest[head]).filter(|columns| columns.len() > 1 && head > 1)?;
    // The search for the end is in vain when an earlier one, over more lines, was.
    if rest.len() > *open_until {
        return None;
    }
    let ends = |line: &Line| dashes(line).is_some_and(|columns| columns.len() == 1);
    let Some(body) = rest[head + 1..].iter().position(ends) else {
        *open_until = 0;
        return None;
    };
    let mut table = TableDraft { alignments: aligned(Some(&rest[1]), &columns), ..TableDraft::default() };
    let mut header = vec![Cell::default(); columns.len()];
    rest[1..head].iter().for_each(|line| fill(&mut header, line, &columns));
    table.header = header;
    for lines in rest[head + 1..head + 1 + body].split(|line| line.is_blank()) {
        let mut row = vec![Cell::default(); columns.len()];
        lines.iter().for_each(|line| fill(&mut row, line, &columns));
        if has_text(&row) {
            table.rows.push(row);
        }
    }
    Some(Found { length: head + 1 + body + 1, table })
}
