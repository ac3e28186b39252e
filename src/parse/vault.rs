//! What note vaults (Obsidian, Quartz) add to Markdown.
//!
//! A [scan] before the Markdown reader finds comments, templates, fields, block identifiers and tags;
//! what it takes out is overwritten, so that every offset stays what it was, and the reader does what its
//! mark says. Wikilinks, embeds, highlights and callouts are read with the Markdown.

use std::mem;

use super::Context;
use super::extensions::{Act, FIRST, Mark, REST};
use crate::diagnostic::Diagnostics;
use crate::document::Metadata;

mod field;
pub mod highlight;
mod scan;
pub mod tag;
pub mod wikilink;

/// Takes out of the text what is no Markdown, and tells what to do in its place. What it says of the
/// essay goes into the metadata.
pub fn take(
    text: &mut String,
    context: &Context,
    metadata: &mut Metadata,
    diagnostics: &mut Diagnostics,
) -> Vec<Mark> {
    let found = scan::scan(text, context, metadata, diagnostics);
    let mut marks = found.marks;
    let mut bytes = mem::take(text).into_bytes();
    for at in found.task_states {
        if let Some(state) = bytes.get_mut(at) {
            *state = b' ';
        }
    }
    for mark in &marks {
        let stretch = bytes.get_mut(mark.start..mark.end).unwrap_or_default();
        let fillers = std::iter::once(FIRST as u8).chain(std::iter::repeat(REST as u8));
        for (byte, filler) in stretch.iter_mut().zip(fillers).filter(|(byte, _)| **byte != b'\n') {
            *byte = filler;
        }
    }
    clear_empty_lines(&mut bytes, &marks);
    marks.retain(|mark| bytes.get(mark.start) == Some(&(FIRST as u8)));
    *text = String::from_utf8(bytes).unwrap_or_else(|_| context.manuscript.text.clone());
    marks
}

/// Lines on which nothing is left but what goes without a trace become empty ones.
fn clear_empty_lines(bytes: &mut [u8], marks: &[Mark]) {
    let leaves_something = |mark: &Mark| !matches!(mark.act, Act::Nothing);
    let mut done = 0;
    for mark in marks.iter().filter(|mark| !leaves_something(mark)) {
        if mark.start < done {
            continue;
        }
        let mut line = bytes[..mark.start].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        while line < mark.end {
            let end =
                bytes[line..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| line + at);
            let within = &marks[marks.partition_point(|mark| mark.start < line)..];
            let is_kept = within.iter().take_while(|mark| mark.start < end).any(leaves_something);
            let is_empty = bytes[line..end].iter().all(|&byte| {
                [FIRST as u8, REST as u8].contains(&byte)
                    || byte.is_ascii_whitespace()
                    || b">-*+".contains(&byte)
            });
            if is_empty && !is_kept {
                bytes[line..end].iter_mut().filter(|byte| **byte != b'>').for_each(|byte| *byte = b' ');
            }
            line = end + 1;
        }
        done = line;
    }
}
