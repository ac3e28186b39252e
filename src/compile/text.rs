//! The text of blocks, for comparing them.

use crate::document::{Block, Phase, Run, plain_text, visit_runs};

use super::names::fold;

/// The words of blocks without case, markup and punctuation.
pub(super) fn folded_text<P: Phase>(blocks: &[Block<P>]) -> String {
    let mut text = String::new();
    visit_runs(blocks, &mut |run| {
        match run {
            Run::Inlines(content) => text.push_str(&plain_text(content)),
            Run::Verbatim(part) => text.push_str(part),
        }
        text.push(' ');
    });
    fold(&text)
}
