//! Items of a list of tasks: their box stands where others have a bullet.

use crate::anthology::Resolved;
use crate::document::{Block, Inline};

/// An item that is to do or done.
pub struct Task {
    /// The box and the space after it, as they stood in the text.
    pub mark: &'static str,
    /// What stands after it.
    pub body: Vec<Block<Resolved>>,
}

/// Parts an item's box from its text; `None` for items without.
pub fn split_task(item: &[Block<Resolved>]) -> Option<Task> {
    let (Block::Paragraph(content), rest) = item.split_first()? else { return None };
    let (Inline::Text(text), after) = content.split_first()? else { return None };
    let mark = ["☐ ", "☑ "].into_iter().find(|mark| text.starts_with(mark))?;
    let text = Inline::Text(text[mark.len()..].to_owned());
    let content = std::iter::once(text).chain(after.iter().cloned()).collect();
    let body = std::iter::once(Block::Paragraph(content)).chain(rest.iter().cloned()).collect();
    Some(Task { mark, body })
}
