//! The text of blocks.

use crate::document::{Block, Phase, Run, plain_text, visit_runs};

/// The text of blocks without markup, a space after each run.
pub(super) fn plain_blocks<P: Phase>(blocks: &[Block<P>]) -> String {
    let mut text = String::new();
    visit_runs(blocks, &mut |run| {
        match run {
            Run::Inlines(content) => text.push_str(&plain_text(content)),
            Run::Verbatim(part) => text.push_str(part),
        }
        text.push(' ');
    });
    text.truncate(text.trim_end().len());
    text
}
