//! Tables: which of them hold data, and how their cells are aligned.

use super::survey::Survey;
use super::tree::{NodeId, Tree};

/// Whether a table only puts things beside each other.
pub fn is_layout(tree: &Tree, survey: &Survey, table: NodeId) -> bool {
    const REACH: usize = 400;
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) || survey.holds_article(table) {
        return true;
    }
    let (mut cells, mut rows, mut blocks, mut has_header) = (0, 0, 0, false);
    for inner in tree.descendants(table).take(REACH) {
        match tree.tag(inner) {
            "table" | "h1" | "h2" | "h3" | "pre" | "article" | "section" => return true,
            "th" | "caption" | "thead" => has_header = true,
            "td" => cells += 1,
            "tr" => rows += 1,
            "p" | "blockquote" | "figure" => blocks += 1,
            _ => {}
        }
    }
    !has_header && (cells <= 1 || (rows <= 1 && blocks > cells) || blocks > 3 * cells)
}

/// How a cell is aligned, by attribute or style.
pub fn alignment(tree: &Tree, cell: NodeId) -> Option<&'static str> {
    let style = tree.attribute(cell, "style").unwrap_or_default().to_ascii_lowercase();
    let from_style = style.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        (property.trim() == "text-align").then(|| value.trim().to_owned())
    });
    let written = from_style.or_else(|| tree.attribute(cell, "align").map(str::to_ascii_lowercase))?;
    match written.as_str() {
        "center" => Some("center"),
        "right" | "end" => Some("right"),
        _ => None,
    }
}
