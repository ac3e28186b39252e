//! Captions of tables, as Pandoc has them: a paragraph next to the table that starts with `Table:` or
//! with a colon alone.

use super::Context;
use crate::document::{Block, Inline, Parsed};

/// Gives every table without a caption the one that stands right after or before it.
pub fn attach(blocks: &mut Vec<Block<Parsed>>, context: &Context) {
    let mut index = 0;
    while index < blocks.len() {
        let bare = matches!(&blocks[index], Block::Table(table) if table.caption.is_empty());
        let beside = [Some(index + 1), index.checked_sub(1)];
        if bare && let Some(place) = beside.into_iter().flatten().find(|&place| is_caption(blocks.get(place)))
        {
            let caption = take(blocks.remove(place), context);
            if place < index {
                index -= 1;
            }
            if let Block::Table(table) = &mut blocks[index] {
                table.caption = caption;
            }
        }
        index += 1;
    }
}

fn is_caption(block: Option<&Block<Parsed>>) -> bool {
    let Some(Block::Paragraph(content)) = block else { return false };
    matches!(content.first(), Some(Inline::Text(text)) if marked(text).is_some())
}

/// What follows the mark, if there is one.
fn marked(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let rest = match text.get(..5) {
        Some(word) if word.eq_ignore_ascii_case("table") => text[5..].strip_prefix(':'),
        _ => text.strip_prefix(": "),
    };
    rest.map(str::trim_start)
}

fn take(block: Block<Parsed>, context: &Context) -> Vec<Inline<Parsed>> {
    let Block::Paragraph(mut content) = block else { return Vec::new() };
    if let Some(Inline::Text(text)) = content.first_mut() {
        let caption = marked(text).unwrap_or_default().len();
        context.note_spent(&text[..text.len() - caption]);
        *text = marked(text).unwrap_or_default().to_owned();
    }
    content
}
