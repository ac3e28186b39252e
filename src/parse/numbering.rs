//! Numbers that an author typed: of headings that look like list items, of lists that paragraphs part.

use super::Context;
use super::plain::section_number;
use crate::document::{Block, Inline, List, Numerals, Parsed, Span, plain_text};
use crate::manuscript::Dialect;

/// A longer item is not a heading.
const HEADING_WORDS: usize = 14;
/// Blocks between two items of one list.
const STRAYS: usize = 2;

/// Makes headings of the numbered lines between prose: `1. Title` alone is a list to Markdown.
pub fn promote_headings(blocks: &mut [Block<Parsed>], context: &Context) {
    // The reader of plain text tells its headings itself.
    if context.manuscript.dialect == Dialect::Plain {
        return;
    }
    if !blocks
        .iter()
        .any(|block| matches!(block, Block::List(list) if list.items.len() == 1) || has_number(block))
    {
        return;
    }
    let mut runs: Vec<(u64, Vec<usize>)> = Vec::new();
    let mut numbered: Vec<usize> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if let Block::Heading { .. } = block {
            runs.push((0, Vec::new()));
        }
        if let Some(number) = only_number(block) {
            match runs.last_mut().filter(|(next, _)| *next == number) {
                Some((next, run)) => {
                    run.push(index);
                    *next = number.saturating_add(1);
                }
                None => runs.push((number.saturating_add(1), vec![index])),
            }
        }
        if has_number(block) && leads_over(blocks, index) {
            numbered.push(index);
        }
    }
    let is_title = |index: &usize| {
        content(&blocks[*index]).is_some_and(|content| looks_like_title(content))
            && leads_over(blocks, *index)
    };
    let mut headings: Vec<usize> = runs
        .into_iter()
        .map(|(_, run)| run)
        .filter(|run| run.len() > 1 && run.iter().all(is_title))
        .flatten()
        .collect();
    if numbered.len() > 1 {
        headings.extend(numbered);
    }
    headings.sort_unstable();
    let mut headings = headings.into_iter().peekable();
    let (mut above, mut cursor) = (1, 0);
    for (index, block) in blocks.iter_mut().enumerate() {
        if let Block::Heading { level, .. } = block {
            above = *level;
        }
        if headings.next_if_eq(&index).is_none() {
            continue;
        }
        let parts = content(block).and_then(|content| section_number(&plain_text(content))).unwrap_or(1);
        let level = (above + parts).clamp(2, 6);
        if let Some((heading, end)) = heading(block, level, cursor, context) {
            *block = heading;
            cursor = end;
        }
    }
}

/// The number of a list with one item.
fn only_number(block: &Block<Parsed>) -> Option<u64> {
    match block {
        Block::List(List { start, numerals: Numerals::Decimal, items, .. }) if items.len() == 1 => *start,
        _ => None,
    }
}

/// The text of a paragraph, or of a list's only item.
fn content(block: &Block<Parsed>) -> Option<&Vec<Inline<Parsed>>> {
    match block {
        Block::Paragraph(content) => Some(content),
        Block::List(List { items, .. }) => match items.as_slice() {
            [item] => match item.as_slice() {
                [Block::Paragraph(content)] => Some(content),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn looks_like_title(content: &[Inline<Parsed>]) -> bool {
    let text = plain_text(content);
    let text = text.trim();
    let is_line = !text.contains('\n') && !content.contains(&Inline::LineBreak);
    is_line
        && (1..=HEADING_WORDS).contains(&text.split_whitespace().count())
        && !text.ends_with(['.', ',', ';', '…', '”', '"'])
        && !text.starts_with(char::is_lowercase)
        && text.chars().any(char::is_alphabetic)
}

/// `2.1 Title` as a paragraph of its own.
fn has_number(block: &Block<Parsed>) -> bool {
    let Block::Paragraph(content) = block else { return false };
    let may_be_number = match content.first() {
        Some(Inline::Text(text)) => {
            text.starts_with(|first: char| first.is_ascii_digit() || "IVX".contains(first))
                && text.split_once(' ').is_none_or(|(number, _)| number.contains('.'))
        }
        _ => false,
    };
    may_be_number && looks_like_title(content) && is_section(&plain_text(content))
}

fn is_section(text: &str) -> bool {
    let number = text.split_whitespace().next().unwrap_or_default();
    let is_decimal = number.trim_end_matches('.').contains('.')
        && number.starts_with(|first: char| first.is_ascii_digit());
    section_number(text).is_some() && (is_decimal || number.ends_with('.'))
}

/// Whether text follows that a heading can stand over.
fn leads_over(blocks: &[Block<Parsed>], index: usize) -> bool {
    blocks.get(index + 1).is_some_and(|next| match next {
        Block::Heading { .. } | Block::Break => false,
        Block::List(list) => list.start.is_none(),
        _ => true,
    })
}

/// The heading that stands for a block, and where its line ends. The line is looked for from `cursor`
/// on; a number that is not there was never typed.
fn heading(
    block: &mut Block<Parsed>,
    level: u8,
    cursor: usize,
    context: &Context,
) -> Option<(Block<Parsed>, usize)> {
    let number = only_number(block);
    let words = content(block).map(|content| plain_text(content))?;
    let first_word = words.split_whitespace().next()?.to_owned();
    let text = &context.manuscript.text;
    let mut start = cursor;
    let line = text.get(cursor..)?.split('\n').find_map(|line| {
        let at = start;
        start += line.len() + 1;
        let marker = match number {
            Some(number) => marker(line, number)?,
            None => Span::default(),
        };
        line.contains(&first_word).then_some((at, line, marker))
    });
    let (at, line, marker) = line?;
    let span = Span::new(at, at + line.len());
    let mut content = Vec::new();
    if number.is_some() {
        let typed = line.get(marker.start as usize..marker.end as usize)?.trim_end();
        let start = at + marker.start as usize;
        context.note_text(typed, Span::new(start, start + typed.len()));
        content.push(Inline::Text(format!("{typed} ")));
    }
    match block {
        Block::Paragraph(words) => content.append(words),
        Block::List(list) => {
            for block in list.items.iter_mut().flatten() {
                if let Block::Paragraph(words) = block {
                    content.append(words);
                }
            }
        }
        _ => return None,
    }
    Some((Block::Heading { level, anchor: None, content, span }, span.end as usize))
}

/// Where `3.` or `3)` stands in a line.
fn marker(line: &str, number: u64) -> Option<Span> {
    let trimmed = line.trim_start_matches([' ', '\t', '>']);
    let start = line.len() - trimmed.len();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = trimmed[..digits].parse() == Ok(number);
    let is_marked = trimmed[digits..].starts_with(['.', ')']);
    (is_number && is_marked).then(|| Span::new(start, start + digits + 1))
}

/// Joins ordered lists that go on where the one before stopped, with the paragraphs between them.
pub fn join_lists(blocks: &mut Vec<Block<Parsed>>, context: &Context) {
    // Pandoc's example lists are counted through the whole essay.
    if context.manuscript.dialect == Dialect::Pandoc {
        return;
    }
    let is_list = |block: &Block<Parsed>| matches!(block, Block::List(List { start: Some(_), .. }));
    if blocks.iter().filter(|block| is_list(block)).count() < 2 {
        return;
    }
    let mut joined: Vec<Block<Parsed>> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        let Block::List(mut list) = block else {
            joined.push(block);
            continue;
        };
        let strays = joined.iter().rev().take_while(|block| is_stray(block)).take(STRAYS + 1).count();
        let place = joined.len().checked_sub(strays + 1);
        let goes_on = (1..=STRAYS).contains(&strays)
            && place.and_then(|place| joined.get(place)).is_some_and(|before| match before {
                Block::List(List { start: Some(start), numerals, items, .. }) => {
                    start.checked_add(items.len() as u64) == list.start && *numerals == list.numerals
                }
                _ => false,
            });
        if !goes_on {
            joined.push(Block::List(list));
            continue;
        }
        let between = joined.split_off(joined.len() - strays);
        if let Some(Block::List(before)) = joined.last_mut() {
            if let Some(item) = before.items.last_mut() {
                item.extend(between);
            }
            before.items.append(&mut list.items);
            before.tight = false;
        }
    }
    *blocks = joined;
}

fn is_stray(block: &Block<Parsed>) -> bool {
    matches!(block, Block::Paragraph(_) | Block::Code { .. } | Block::Quote(_) | Block::Figure { .. })
}
