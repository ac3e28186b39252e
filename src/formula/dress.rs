//! Prepares a tree for the library's layout, where that falls short of what printers do.

use super::signs;
use latex_rust::{AccentKind, AtomKind, ColSpec, Delimiter, Dim, EnvRow, MathNode, MatrixStyle, SpaceKind};

/// Characters of the maths face that [`layout`](super::layout) draws as high as what stands beside them.
pub const TALL_BAR: char = '\u{E001}';
pub const TALL_DOUBLE_BAR: char = '\u{E002}';

/// How much room a formula's part has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Lines of its own.
    Display,
    /// A line of text, or a part of something larger.
    Text,
}

/// A copy to be laid out: rows of arrays keep a line's distance, their rules keep off the columns, arrows over letters
/// are as short as other accents, a stroke through a sign becomes the sign that is struck through, limits stand below
/// where there is room.
pub fn dress(node: &MathNode, room: Room) -> MathNode {
    let inner = |node: &MathNode| Box::new(dress(node, Room::Text));
    let option = |node: &Option<Box<MathNode>>| node.as_deref().map(|node| Box::new(dress(node, Room::Text)));
    match node {
        MathNode::Fraction(upper, lower) => MathNode::Fraction(inner(upper), inner(lower)),
        MathNode::Radical(index, body) => MathNode::Radical(option(index), inner(body)),
        MathNode::Superscript(base, upper) => MathNode::Superscript(inner(base), inner(upper)),
        MathNode::Subscript(base, lower) if room == Room::Display && signs::takes_limits(base) => {
            MathNode::OverUnder(inner(base), None, Some(inner(lower)))
        }
        MathNode::Subscript(base, lower) => MathNode::Subscript(inner(base), inner(lower)),
        MathNode::SubSup(base, lower, upper) => MathNode::SubSup(inner(base), inner(lower), inner(upper)),
        MathNode::Delimited(left, body, right) => {
            MathNode::Delimited(dress_bracket(left), Box::new(dress(body, room)), dress_bracket(right))
        }
        MathNode::Row(parts) => MathNode::Row(parts.iter().map(|part| dress(part, room)).collect()),
        MathNode::Matrix(style, columns, rows) => dress_matrix(*style, columns, rows),
        MathNode::Substack(lines) => {
            MathNode::Substack(lines.iter().map(|line| dress(line, Room::Text)).collect())
        }
        MathNode::Sum(lower, upper) => MathNode::Sum(option(lower), option(upper)),
        MathNode::Integral(kind, lower, upper) => MathNode::Integral(*kind, option(lower), option(upper)),
        MathNode::Product(lower, upper) => MathNode::Product(option(lower), option(upper)),
        // In a line of text limits stand beside.
        MathNode::Limit(Some(lower)) if room == Room::Text => {
            MathNode::Subscript(Box::new(MathNode::Operator("lim".to_owned(), false)), inner(lower))
        }
        MathNode::Limit(lower) => MathNode::Limit(option(lower)),
        MathNode::OverUnder(base, over, under) => {
            MathNode::OverUnder(inner(base), option(over), option(under))
        }
        // The maths face keeps a short arrow in this accent's place; see its folder.
        MathNode::Accent(base, AccentKind::Vec) => MathNode::Accent(inner(base), AccentKind::Ddddot),
        MathNode::Accent(base, AccentKind::Not) => match negated(base) {
            Some(sign) => MathNode::Atom(sign, AtomKind::Rel),
            None => MathNode::Accent(inner(base), AccentKind::Not),
        },
        MathNode::Accent(base, kind) => MathNode::Accent(inner(base), *kind),
        MathNode::CancelTo(value, body) => MathNode::CancelTo(inner(value), inner(body)),
        MathNode::Color(_, body) | MathNode::TextColor(_, body) => dress(body, room),
        MathNode::ColorBox(fill, body) => MathNode::ColorBox(*fill, inner(body)),
        MathNode::FColorBox(border, fill, body) => MathNode::FColorBox(*border, *fill, inner(body)),
        MathNode::Phantom(kind, body) => MathNode::Phantom(*kind, inner(body)),
        other => other.clone(),
    }
}

/// A bar that grows with what it stands beside.
fn dress_bracket(bracket: &Delimiter) -> Delimiter {
    match bracket {
        Delimiter::Char('|') => Delimiter::Char(TALL_BAR),
        Delimiter::Char('‖') => Delimiter::Char(TALL_DOUBLE_BAR),
        Delimiter::Named(name) => match name.as_str() {
            "vert" | "lvert" | "rvert" => Delimiter::Char(TALL_BAR),
            "|" | "Vert" | "lVert" | "rVert" => Delimiter::Char(TALL_DOUBLE_BAR),
            _ => bracket.clone(),
        },
        other => other.clone(),
    }
}

fn dress_matrix(style: MatrixStyle, columns: &[ColSpec], rows: &[EnvRow]) -> MathNode {
    // Numbers stand beside a formula, never within it.
    let style = match style {
        MatrixStyle::Align => MatrixStyle::Aligned,
        MatrixStyle::Gather | MatrixStyle::Multline => MatrixStyle::Matrix,
        MatrixStyle::Equation => MatrixStyle::Split,
        other => other,
    };
    let bar = match style {
        MatrixStyle::Vmatrix => Some(TALL_BAR),
        MatrixStyle::VVmatrix => Some(TALL_DOUBLE_BAR),
        _ => None,
    };
    let style = if bar.is_some() { MatrixStyle::Matrix } else { style };
    let is_array = style == MatrixStyle::Array;
    let rows = rows.iter().map(|row| match row {
        EnvRow::Cells { cells, .. } => EnvRow::cells(
            cells
                .iter()
                .enumerate()
                .map(|(index, cell)| {
                    let cell = dress(cell, Room::Text);
                    if is_array { keep_distance(cell, columns, index) } else { cell }
                })
                .collect(),
        ),
        EnvRow::Hline => EnvRow::Hline,
        EnvRow::Intertext(words) => EnvRow::Intertext(Box::new(dress(words, Room::Text))),
    });
    let matrix = MathNode::Matrix(style, columns.to_vec(), rows.collect());
    match bar {
        Some(bar) => MathNode::Delimited(Delimiter::Char(bar), Box::new(matrix), Delimiter::Char(bar)),
        None => matrix,
    }
}

/// Gives a cell the height of a line, and space towards the rules beside it.
fn keep_distance(cell: MathNode, columns: &[ColSpec], index: usize) -> MathNode {
    let space = || MathNode::Space(SpaceKind::Hspace(Dim::ratio(5, 18)));
    let place = columns.iter().enumerate().filter(|(_, column)| !column.is_rule()).nth(index);
    let place = place.map(|(place, _)| place);
    let is_rule =
        |at: Option<usize>| at.and_then(|at| columns.get(at)).is_some_and(|column| column.is_rule());
    let mut parts = vec![MathNode::Strut(Dim::ratio(84, 100), Dim::ratio(36, 100))];
    if is_rule(place.and_then(|place| place.checked_sub(1))) {
        parts.push(space());
    }
    parts.push(cell);
    if is_rule(place.map(|place| place + 1)) {
        parts.push(space());
    }
    MathNode::Row(parts)
}

/// The sign for a relation that does not hold.
pub fn negated(node: &MathNode) -> Option<char> {
    let sign = match node {
        MathNode::Atom(sign, _) => *sign,
        MathNode::Symbol(name) => signs::character(name)?,
        _ => return None,
    };
    signs::negated(sign)
}
