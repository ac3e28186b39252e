//! Faces for typewriters: code, unless the author writes everything in them.

use super::{Content, Flow, Paragraph, Piece, Role, Run};

/// Who sets more than this share of the letters so has chosen a face, not marked code.
const LARGEST_SHARE: f64 = 0.34;

/// Whether a face gives every character the same width.
pub fn is_monospaced(face: &str) -> bool {
    const NAMES: [&str; 13] = [
        "courier",
        "consolas",
        "menlo",
        "monaco",
        "lucida console",
        "lucida sans typewriter",
        "andale mono",
        "source code",
        "fira code",
        "cascadia",
        "inconsolata",
        "jetbrains",
        "monospace",
    ];
    let face = face.trim().to_lowercase();
    NAMES.iter().any(|name| face.starts_with(name)) || face.ends_with(" mono") || face.contains(" mono ")
}

/// Turns monospaced runs into code, and paragraphs that hold nothing else into listings.
pub fn settle(flow: &mut Flow) {
    let (mut monospaced, mut total) = (0, 0);
    for run in flow.runs() {
        if let Content::Text(text) = &run.content {
            total += text.len();
            monospaced += if run.format.monospaced { text.len() } else { 0 };
        }
    }
    let is_code = monospaced as f64 <= total as f64 * LARGEST_SHARE;
    for run in flow.runs_mut() {
        run.format.code |= run.format.monospaced && is_code;
    }
    if !is_code {
        return;
    }
    for piece in &mut flow.pieces {
        if let Piece::Paragraph(Paragraph { role: role @ Role::Body, content }) = piece
            && content.iter().any(Run::is_visible)
            && content.iter().all(is_listing)
        {
            *role = Role::Code;
        }
    }
}

fn is_listing(run: &Run) -> bool {
    match &run.content {
        Content::Text(text) => run.format.monospaced || text.trim().is_empty(),
        Content::Break | Content::Bookmark(_) | Content::Removed(_) | Content::Report(_) => true,
        Content::Picture { .. } | Content::Note(_) | Content::Math(_) => false,
    }
}
