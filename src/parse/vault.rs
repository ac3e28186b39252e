//! What note vaults (Obsidian, Quartz) add to Markdown.
//!
//! A [scan] before the Markdown reader finds comments, templates, fields, block identifiers and tags;
//! what it cuts is overwritten, so that every offset stays what it was, and left out again when the
//! reader comes to it. Wikilinks, embeds, highlights and callouts are read with the Markdown.

use std::mem;

use super::Context;
use super::context::Cut;
use super::frames::Builder;
use crate::diagnostic::Diagnostics;
use crate::document::{Inline, Metadata, Span};

mod field;
pub mod highlight;
mod scan;
pub mod tag;
pub mod wikilink;

/// Stands where something was cut: no white space, which could part paragraphs and indent code, and no
/// character that a manuscript has.
pub const FILLER: char = '\u{1}';

/// Cuts out of the text what is no Markdown. What it says of the essay goes into the metadata.
pub fn prepare(
    text: &mut String,
    context: &mut Context,
    metadata: &mut Metadata,
    diagnostics: &mut Diagnostics,
) {
    let found = scan::scan(text, context, metadata, diagnostics);
    let mut bytes = mem::take(text).into_bytes();
    for at in found.task_states {
        if let Some(state) = bytes.get_mut(at) {
            *state = b' ';
        }
    }
    for cut in &found.cuts {
        let stretch = bytes.get_mut(cut.span.start as usize..cut.span.end as usize).unwrap_or_default();
        for byte in stretch.iter_mut().filter(|byte| **byte != b'\n') {
            *byte = FILLER as u8;
        }
    }
    clear_empty_lines(&mut bytes, &found.cuts);
    *text = String::from_utf8(bytes).unwrap_or_else(|_| context.manuscript.text.clone());
    context.cuts = found.cuts;
}

/// Lines on which nothing but cuts is left become empty ones, unless a place is marked there.
fn clear_empty_lines(bytes: &mut [u8], cuts: &[Cut]) {
    let mut done = 0;
    for cut in cuts.iter().filter(|cut| cut.anchor.is_none()) {
        let start = cut.span.start as usize;
        if start < done {
            continue;
        }
        let mut line = bytes[..start].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        while line < cut.span.end as usize {
            let end =
                bytes[line..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| line + at);
            let marks_place = cuts[cuts.partition_point(|cut| (cut.span.start as usize) < line)..]
                .iter()
                .take_while(|cut| (cut.span.start as usize) < end)
                .any(|cut| cut.anchor.is_some());
            let is_empty = bytes[line..end]
                .iter()
                .all(|&byte| byte == FILLER as u8 || byte.is_ascii_whitespace() || b">-*+".contains(&byte));
            if is_empty && !marks_place {
                bytes[line..end].iter_mut().filter(|byte| **byte != b'>').for_each(|byte| *byte = b' ');
            }
            line = end + 1;
        }
        done = line;
    }
}

/// Adds a piece of the text without what was cut out of it.
pub fn push_text(text: &str, span: Span, builder: &mut Builder) {
    let context = builder.context;
    let first = context.cuts.partition_point(|cut| cut.span.end <= span.start);
    let cuts = context.cuts.get(first..).unwrap_or_default();
    let inside = cuts.iter().take_while(|cut| cut.span.start < span.end).count();
    if inside == 0 {
        return builder.push_text(text, span);
    }
    let is_exact = text.len() == (span.end - span.start) as usize;
    if !is_exact || builder.is_in_code() {
        return builder.push_text(&without_filler(text), span);
    }
    let mut done = span.start;
    for cut in cuts.iter().take(inside) {
        let start = cut.span.start.max(done);
        push_piece(text, span, done..start, builder);
        if let Some(name) = &cut.anchor {
            builder.push_inline(Inline::Anchor(Some(name.clone())));
        }
        done = cut.span.end.max(done);
    }
    push_piece(text, span, done..span.end, builder);
}

fn push_piece(text: &str, span: Span, piece: std::ops::Range<u32>, builder: &mut Builder) {
    let within = (piece.start - span.start) as usize..(piece.end.max(piece.start) - span.start) as usize;
    match text.get(within) {
        Some(part) if !part.is_empty() => {
            builder.push_text(&without_filler(part), Span { start: piece.start, end: piece.end });
        }
        _ => {}
    }
}

/// `text` without the traces of cuts.
pub fn without_filler(text: &str) -> String {
    text.replace(FILLER, "")
}
