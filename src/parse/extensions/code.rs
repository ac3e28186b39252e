//! Where code stands: no syntax of a dialect means anything there.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::super::{Context, markdown};

/// The stretches that are code or mathematics, in order.
pub fn regions(text: &str, context: &Context) -> Vec<Range<usize>> {
    Parser::new_ext(text, markdown::options(context))
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Code(_) | Event::DisplayMath(_) | Event::Start(Tag::CodeBlock(_)) => Some(range),
            Event::InlineMath(tex) if markdown::is_math(&tex) => Some(range),
            _ => None,
        })
        .collect()
}
