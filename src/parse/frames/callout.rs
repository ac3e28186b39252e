//! Quotations that are callouts.

use std::mem;

use crate::document::{Block, Inline, Parsed};

use super::super::{Context, finish};

/// What vaults call the same kind of callout; GitHub's own kinds keep their names.
const ALIASES: [(&str, &str); 16] = [
    ("summary", "abstract"),
    ("tldr", "abstract"),
    ("hint", "tip"),
    ("check", "success"),
    ("done", "success"),
    ("help", "question"),
    ("faq", "question"),
    ("attention", "warning"),
    ("fail", "failure"),
    ("missing", "failure"),
    ("error", "danger"),
    ("cite", "quote"),
    ("information", "info"),
    ("notes", "note"),
    ("tips", "tip"),
    ("examples", "example"),
];

/// A quotation whose first line is `[!kind] Title` is a callout.
pub fn quote_or_callout(
    mut blocks: Vec<Block<Parsed>>,
    alert: Option<&'static str>,
    context: &Context,
) -> Block<Parsed> {
    if let Some(kind) = alert {
        return Block::Callout { kind: kind.to_owned(), title: Vec::new(), body: blocks };
    }
    let Some(Block::Paragraph(inlines)) = blocks.first_mut() else { return Block::Quote(blocks) };
    let Some(Inline::Text(first)) = inlines.first_mut() else { return Block::Quote(blocks) };
    let Some((kind, rest)) = first.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
        return Block::Quote(blocks);
    };
    let kind = kind.split('|').next().unwrap_or(kind).trim().to_lowercase();
    if kind.is_empty() || !kind.chars().all(|next| next.is_alphanumeric() || next == '-' || next == '_') {
        return Block::Quote(blocks);
    }
    let kind =
        ALIASES.iter().find(|(alias, _)| *alias == kind).map_or(kind.clone(), |(_, name)| (*name).to_owned());
    context.note_spent(first.split_once(']').map_or("", |(mark, _)| mark));
    // A sign after the bracket tells whether the callout starts folded.
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest).to_owned();
    *first = rest;
    let (mut title, mut remainder) = split_at_line_end(mem::take(inlines));
    finish::trim(&mut title);
    finish::trim(&mut remainder);
    if remainder.is_empty() {
        blocks.remove(0);
    } else if let Some(block) = blocks.first_mut() {
        *block = Block::Paragraph(remainder);
    }
    Block::Callout { kind, title, body: blocks }
}

fn split_at_line_end(inlines: Vec<Inline<Parsed>>) -> (Vec<Inline<Parsed>>, Vec<Inline<Parsed>>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut found = false;
    for inline in inlines {
        match inline {
            _ if found => after.push(inline),
            Inline::LineBreak => found = true,
            Inline::Text(text) => match text.split_once('\n') {
                Some((head, tail)) => {
                    found = true;
                    before.push(Inline::Text(head.to_owned()));
                    after.push(Inline::Text(tail.to_owned()));
                }
                None => before.push(Inline::Text(text)),
            },
            other => before.push(other),
        }
    }
    (before, after)
}
