//! Finds the essay's title and takes it off the body.

use super::{Context, places};
use crate::dates;
use crate::diagnostic::Diagnostics;
use crate::document::{Block, Inline, Metadata, Parsed, Point, plain_text};

/// How far down the first heading of the first level may stand.
const REACH: usize = 4;

/// Settles the title: the metadata's, else the heading's that opens the essay, else the file's name.
/// Headings have lost their ornaments by now. Returns the index of the block that was removed.
pub fn settle(
    blocks: &mut Vec<Block<Parsed>>,
    metadata: &mut Metadata,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    if let Some(title) = &metadata.title {
        let (index, span) = blocks.iter().take(REACH).enumerate().find_map(|(index, block)| match block {
            Block::Heading { content, span, .. } if is_same(&plain_text(content), title) => {
                Some((index, *span))
            }
            _ => None,
        })?;
        if !context.remove(span, "removed-title", "a heading that repeats the title", diagnostics) {
            return None;
        }
        remove(blocks, index);
        return Some(index);
    }
    let opening =
        blocks.iter().take(REACH).position(|block| matches!(block, Block::Heading { level: 1, .. }));
    let opening = opening.or_else(|| matches!(blocks.first(), Some(Block::Heading { .. })).then_some(0));
    let title = opening.and_then(|index| match &blocks[index] {
        Block::Heading { content, span, .. } => {
            let words = plain_text(content).split_whitespace().collect::<Vec<_>>().join(" ");
            (!words.is_empty()).then_some((index, words, *span))
        }
        _ => None,
    });
    match title {
        Some((index, title, span)) => {
            metadata.title = Some(title);
            if !context.relocate(span, "title", "the heading that is the essay's title") {
                return None;
            }
            remove(blocks, index);
            Some(index)
        }
        None => {
            metadata.title = Some(from_file_name(&context.manuscript.file));
            None
        }
    }
}

/// Takes the heading off the body. What it marked for the index is found where the text begins.
fn remove(blocks: &mut Vec<Block<Parsed>>, index: usize) {
    let Block::Heading { content, .. } = blocks.remove(index) else { return };
    let is_mark = |inline: &Inline<Parsed>| matches!(inline, Inline::Anchor(Point::Index(_)));
    let mut marks: Vec<Inline<Parsed>> = content.into_iter().filter(is_mark).collect();
    if !marks.is_empty() && !blocks.iter_mut().any(|block| places::attach(block, &mut marks)) {
        blocks.push(Block::Paragraph(marks));
    }
}

/// Whether two titles differ only in case, punctuation and spacing.
pub fn is_same(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|next| next.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// `2024-09-03-the_open-road.md`, `the_open-road/index.md` → `The open road`.
fn from_file_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A page that is a folder, with its pictures beside it, has the folder's name.
    let folder = file.rsplit('/').nth(1).filter(|_| stem.eq_ignore_ascii_case("index"));
    let stem = folder.unwrap_or(stem);
    let words = dates::split_prefix(stem).map_or(stem, |(_, rest)| rest);
    let after_number = words.trim_start_matches(|next: char| next.is_ascii_digit());
    let words = if after_number.starts_with(['-', '_', ' ', '.']) { after_number } else { words };
    let words = words.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches('.');
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => stem.to_owned(),
    }
}
