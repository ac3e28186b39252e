//! Display formulas row by row: columns that line up, numbers at the margin, places to break.

use latex_rust::{
    AtomKind, Dim, EnvRow, EqNumber, Error, MathFont, MathNode, MathStyle, MatrixStyle, SpaceKind,
    symbol_atom_kind,
};

use super::dress::{Room, dress};
use super::layout::{Layout, lay};

/// Beside a relation, in ems (five eighteenths).
pub const THICK_SPACE: f32 = 5.0 / 18.0;
/// Beside an operator between two terms.
pub const MEDIUM_SPACE: f32 = 4.0 / 18.0;
/// Between two pairs of columns.
const COLUMN_SPACE: f32 = 2.0;

/// One line of a display formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub body: Layout,
    /// What stands at the margin: `(1)`.
    pub tag: Option<Layout>,
    pub place: Place,
    /// The row in pieces, for a measure that is too narrow for it; each but the first starts with a relation.
    pub pieces: Vec<Layout>,
    /// In smaller ones: each but the first starts with a relation or with an operator between two terms.
    pub terms: Vec<Layout>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Left,
    Center,
    Right,
}

/// Lays out a formula that stands on lines of its own.
pub fn set_display(tree: &MathNode, face: &'static MathFont) -> Result<Vec<Row>, Error> {
    let (mut parts, tag) = take_tag(tree);
    let rows = match parts.as_slice() {
        [MathNode::Matrix(style, _, rows)] if style.is_display_env() || *style == MatrixStyle::Split => {
            let place = |index, count| match style {
                MatrixStyle::Multline if index == 0 => Place::Left,
                MatrixStyle::Multline if index + 1 == count => Place::Right,
                _ => Place::Center,
            };
            let aligned = !matches!(style, MatrixStyle::Gather | MatrixStyle::Multline);
            set_rows(rows, aligned, place, face)?
        }
        _ => {
            let body = if parts.len() == 1 { parts.swap_remove(0) } else { MathNode::Row(parts) };
            vec![set_row(&body, face)?]
        }
    };
    let mut rows = rows;
    if let (Some(tag), Some(last)) = (tag, rows.last_mut()) {
        last.tag = Some(set_tag(tag.0, tag.1, face)?);
    }
    Ok(rows)
}

/// A formula's parts without its number and its labels.
fn take_tag(tree: &MathNode) -> (Vec<MathNode>, Option<(bool, &MathNode)>) {
    let parts = match tree {
        MathNode::Row(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let tag = parts.iter().find_map(|part| match part {
        MathNode::Tag { star, body } => Some((*star, &**body)),
        _ => None,
    });
    let is_body =
        |part: &&MathNode| !matches!(part, MathNode::Tag { .. } | MathNode::Label(_) | MathNode::NoNumber);
    (parts.iter().filter(is_body).cloned().collect(), tag)
}

fn set_tag(star: bool, body: &MathNode, face: &'static MathFont) -> Result<Layout, Error> {
    let paren = |sign, kind| MathNode::Atom(sign, kind);
    let body = if star {
        body.clone()
    } else {
        MathNode::Row(vec![paren('(', AtomKind::Open), body.clone(), paren(')', AtomKind::Close)])
    };
    lay(&dress(&body, Room::Text), face, MathStyle::Text)
}

fn set_row(body: &MathNode, face: &'static MathFont) -> Result<Row, Error> {
    /// Narrower rows fit every measure.
    const NARROW: f32 = 16.0;
    let body = dress(body, Room::Display);
    let laid = lay(&body, face, MathStyle::Display)?;
    let (mut pieces, mut terms) = (Vec::new(), Vec::new());
    if laid.width > NARROW {
        let lay_all = |parts: Vec<MathNode>| -> Result<Vec<Layout>, Error> {
            parts.iter().map(|part| lay(part, face, MathStyle::Display)).collect()
        };
        pieces = lay_all(divide_before(&body, |parts, at| is_relation(&parts[at])))?;
        terms = lay_all(divide_before(&body, |parts, at| is_relation(&parts[at]) || is_between(parts, at)))?;
    }
    Ok(Row { body: laid, tag: None, place: Place::Center, pieces, terms })
}

fn set_rows(
    rows: &[EnvRow],
    aligned: bool,
    place: impl Fn(usize, usize) -> Place,
    face: &'static MathFont,
) -> Result<Vec<Row>, Error> {
    let is_multline = !aligned && rows.len() > 1 && place(0, rows.len()) == Place::Left;
    let mut cells: Vec<Vec<Layout>> = Vec::new();
    let mut set = Vec::new();
    for row in rows {
        match row {
            EnvRow::Cells { cells: written, number, .. } => {
                // One cell may hold a whole environment of its own.
                if let ([only], true) = (written.as_slice(), rows.len() == 1) {
                    let mut inner = set_display(only, face)?;
                    if let (EqNumber::Tag { star, body }, Some(last)) = (number, inner.last_mut()) {
                        last.tag = Some(set_tag(*star, body, face)?);
                    }
                    return Ok(inner);
                }
                let tag = match number {
                    EqNumber::Tag { star, body } => Some(set_tag(*star, body, face)?),
                    EqNumber::Default | EqNumber::Suppress => None,
                };
                let laid = written.iter().enumerate().map(|(column, cell)| {
                    let cell = dress(cell, Room::Display);
                    let goes_on = aligned && column % 2 == 1 || is_multline && !set.is_empty();
                    let cell = if goes_on { spaced(cell) } else { cell };
                    lay(&cell, face, MathStyle::Display)
                });
                cells.push(laid.collect::<Result<_, _>>()?);
                set.push(Row {
                    body: Layout::default(),
                    tag,
                    place: Place::Center,
                    pieces: Vec::new(),
                    terms: Vec::new(),
                });
            }
            EnvRow::Intertext(words) => {
                cells.push(Vec::new());
                let body = lay(&dress(words, Room::Text), face, MathStyle::Text)?;
                set.push(Row { body, tag: None, place: Place::Left, pieces: Vec::new(), terms: Vec::new() });
            }
            EnvRow::Hline => {}
        }
    }
    let columns = cells.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<f32> = (0..columns)
        .map(|column| {
            cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.width).fold(0.0, f32::max)
        })
        .collect();
    let count = set.len();
    for (index, (row, cells)) in set.iter_mut().zip(&cells).enumerate() {
        let mut x = 0.0;
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let flush = if aligned && column % 2 == 0 { width - cell.width } else { 0.0 };
            row.body.place(cell, x + flush, 0.0);
            x += width + if column % 2 == 1 { COLUMN_SPACE } else { 0.0 };
        }
        if aligned && !cells.is_empty() {
            let between = COLUMN_SPACE * (columns.saturating_sub(1) / 2) as f32;
            row.body.width = widths.iter().sum::<f32>() + between;
        } else if !cells.is_empty() {
            row.place = place(index, count);
        }
    }
    Ok(set)
}

/// A cell that goes on with what stands before it: its first sign keeps its distance.
fn spaced(cell: MathNode) -> MathNode {
    let first = match &cell {
        MathNode::Row(parts) => parts.first(),
        other => Some(other),
    };
    let wide = match first.and_then(class) {
        Some(AtomKind::Rel) => 5,
        Some(AtomKind::Bin) => 4,
        _ => return cell,
    };
    match cell {
        MathNode::Row(mut parts) => {
            parts.insert(0, eighteenths(wide));
            if wide == 4 {
                parts.insert(2, eighteenths(wide));
            }
            MathNode::Row(parts)
        }
        other => MathNode::Row(vec![eighteenths(wide), other]),
    }
}

/// A space of so many eighteenths of an em.
fn eighteenths(count: i64) -> MathNode {
    MathNode::Space(SpaceKind::Hspace(Dim::ratio(count, 18)))
}

/// The class of a part of a row, as far as it matters to breaks and spaces.
fn class(part: &MathNode) -> Option<AtomKind> {
    match part {
        MathNode::Atom(_, kind) => Some(*kind),
        MathNode::Symbol(name) => Some(symbol_atom_kind(name)),
        MathNode::OverUnder(base, _, _) => class(base),
        _ => None,
    }
}

/// A row in pieces that each end with a relation, but the last; with the space that follows each.
pub fn divide(tree: &MathNode) -> Vec<(MathNode, f32)> {
    let pieces = divide_at(tree, |parts, at| at > 0 && is_relation(&parts[at - 1]));
    let last = pieces.len().saturating_sub(1);
    let space = |index| if index == last { 0.0 } else { THICK_SPACE };
    pieces.into_iter().enumerate().map(|(index, piece)| (piece, space(index))).collect()
}

/// A row in pieces that each end with a relation or with an operator between two terms, but the last; with the space
/// that follows each.
pub fn divide_terms(tree: &MathNode) -> Vec<(MathNode, f32)> {
    let ends = |parts: &[MathNode], at: usize| is_relation(&parts[at]) || is_between(parts, at);
    let pieces = divide_at(tree, |parts, at| at > 0 && ends(parts, at - 1));
    let count = pieces.len();
    let pieces = pieces.into_iter().enumerate().map(|(index, piece)| match piece {
        piece if index + 1 == count => (piece, 0.0),
        MathNode::Row(mut parts) if parts.last().and_then(class) == Some(AtomKind::Bin) => {
            // At the end of a piece it would be taken for a sign of its own.
            parts.insert(parts.len() - 1, eighteenths(4));
            (MathNode::Row(parts), MEDIUM_SPACE)
        }
        piece => (piece, THICK_SPACE),
    });
    pieces.collect()
}

/// A row in pieces that each start where `starts` says so.
fn divide_before(tree: &MathNode, starts: impl Fn(&[MathNode], usize) -> bool) -> Vec<MathNode> {
    let mut pieces = divide_at(tree, starts);
    for piece in pieces.iter_mut().skip(1) {
        *piece = spaced(std::mem::replace(piece, MathNode::Row(Vec::new())));
    }
    pieces
}

fn divide_at(tree: &MathNode, starts: impl Fn(&[MathNode], usize) -> bool) -> Vec<MathNode> {
    let MathNode::Row(parts) = tree else { return vec![tree.clone()] };
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    // Within brackets lines do not end.
    let mut depth = 0usize;
    for (at, part) in parts.iter().enumerate() {
        if depth == 0 && !piece.is_empty() && starts(parts, at) && !is_relation_run(parts, at) {
            pieces.push(MathNode::Row(std::mem::take(&mut piece)));
        }
        match part {
            MathNode::Atom(_, AtomKind::Open) | MathNode::SizedDelim(_, _, AtomKind::Open) => depth += 1,
            MathNode::Atom(_, AtomKind::Close) | MathNode::SizedDelim(_, _, AtomKind::Close) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        piece.push(part.clone());
    }
    if !piece.is_empty() {
        pieces.push(MathNode::Row(piece));
    }
    pieces
}

/// Whether two relations stand side by side here, which belong together.
fn is_relation_run(parts: &[MathNode], at: usize) -> bool {
    is_relation(&parts[at]) && at > 0 && is_relation(&parts[at - 1])
}

/// Whether an operator stands here between two terms, and is not the sign of one.
fn is_between(parts: &[MathNode], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| parts.get(before));
    let ends_term = before.is_some_and(|before| {
        !matches!(before, MathNode::Space(_))
            && !matches!(
                class(before),
                Some(AtomKind::Rel | AtomKind::Bin | AtomKind::Open | AtomKind::Op | AtomKind::Punct)
            )
    });
    ends_term && at + 1 < parts.len() && class(&parts[at]) == Some(AtomKind::Bin)
}

fn is_relation(part: &MathNode) -> bool {
    class(part) == Some(AtomKind::Rel)
}
