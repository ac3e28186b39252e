//! What only HTML has: figures, tables cell by cell, titles of remarks; and what must not get further.

use std::mem;

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Inline, Parsed, Span};

use super::super::{addresses, finish};
use super::flatten::{Seam, flatten};
use super::kind::Kind;
use super::{Builder, is_blank};

impl Builder<'_> {
    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Whether an HTML element of this name is open.
    pub fn is_in_tag(&self, name: &str) -> bool {
        self.open_tags().any(|open| open == name)
    }

    /// Whether nothing but a callout's start tag stands before.
    pub fn is_at_callout_start(&self) -> bool {
        self.frames.last().is_some_and(|frame| {
            matches!(frame.kind, Kind::Callout { .. }) && frame.blocks.is_empty() && is_blank(&frame.inlines)
        })
    }

    /// An item with a paragraph of its own makes the list around it loose.
    pub fn mark_item_loose(&mut self) {
        if self.frames.last().is_some_and(|frame| matches!(frame.kind, Kind::Item)) {
            self.mark_loose();
        }
    }

    pub fn begin_table_part(&mut self, is_head: bool) {
        if let Some(Kind::Grid(grid)) = self.frames.last_mut().map(|frame| &mut frame.kind) {
            grid.is_head = is_head;
        }
    }

    /// Where the last end tag of this name stands in the manuscript.
    pub fn last_end_tag(&mut self, name: &str) -> Option<usize> {
        let text = &self.context.manuscript.text;
        *self.end_tags.entry(name.to_owned()).or_insert_with(|| text.rfind(&format!("</{name}")))
    }

    /// Tells of a link or picture that is left out for what its address does.
    pub fn report_unsafe(&mut self, address: &str, span: Span) {
        let message =
            format!("`{}` is no address but a program or its data; the text stays", addresses::show(address));
        let place = self.place(span);
        self.diagnostics.push(
            Diagnostic::warning("unsafe-address", message)
                .at(place)
                .help("link to a page, or to a file beside the essay"),
        );
    }

    /// Tells, once for each essay, that scripts in attributes are left out.
    pub fn drop_handler(&mut self, span: Span) {
        if self.dropped_tags.insert("on…".to_owned()) {
            let place = self.place(span);
            let message = "dropped the scripts in attributes such as `onclick`";
            self.diagnostics.push(Diagnostic::note("dropped-attribute", message).at(place));
        }
    }

    /// Ends an element that only HTML has.
    pub(super) fn close_html(&mut self, kind: Kind, blocks: Vec<Block<Parsed>>) {
        match kind {
            Kind::Figure { caption } => {
                figure(blocks, caption).into_iter().for_each(|block| self.append_block(block));
            }
            Kind::Caption => {
                let content = lines(blocks);
                match self.frames.last_mut().map(|frame| &mut frame.kind) {
                    Some(Kind::Figure { caption }) if caption.is_empty() => *caption = content,
                    Some(Kind::Grid(grid)) if grid.caption.is_empty() => grid.caption = content,
                    _ => self.append_paragraph(content),
                }
            }
            Kind::CalloutTitle => {
                let content = lines(blocks);
                match self.frames.last_mut().map(|frame| &mut frame.kind) {
                    Some(Kind::Callout { title, .. }) if title.is_empty() => *title = content,
                    _ => self.append_paragraph(content),
                }
            }
            Kind::Grid(grid) => {
                match grid.finish() {
                    Ok(table) => self.append_block(Block::Table(table)),
                    Err(caption) => self.append_paragraph(caption),
                }
                blocks.into_iter().for_each(|block| self.append_block(block));
            }
            Kind::GridRow { cells } => {
                match self.frames.last_mut().map(|frame| &mut frame.kind) {
                    Some(Kind::Grid(grid)) => grid.push_row(cells),
                    _ => cells.into_iter().for_each(|cell| self.append_paragraph(cell.content())),
                }
                blocks.into_iter().for_each(|block| self.append_block(block));
            }
            Kind::GridCell(cell) => match self.frames.last_mut().map(|frame| &mut frame.kind) {
                Some(Kind::GridRow { cells }) => cells.push(cell.with(lines(blocks))),
                _ => blocks.into_iter().for_each(|block| self.append_block(block)),
            },
            Kind::Stanzas => {
                let verse = stanzas(blocks);
                if !verse.is_empty() {
                    self.append_block(Block::Verse(verse));
                }
            }
            _ => blocks.into_iter().for_each(|block| self.append_block(block)),
        }
    }

    fn append_paragraph(&mut self, content: Vec<Inline<Parsed>>) {
        if !is_blank(&content) {
            self.append_block(Block::Paragraph(content));
        }
    }
}

/// The text of blocks, each on a line of its own.
fn lines(blocks: Vec<Block<Parsed>>) -> Vec<Inline<Parsed>> {
    let mut content = Vec::new();
    for block in blocks {
        if !content.is_empty() {
            content.push(Inline::LineBreak);
        }
        content.extend(flatten(vec![block], Seam::Space));
    }
    finish::trim(&mut content);
    content
}

/// Gives a figure's caption to the last picture or table in it.
fn figure(blocks: Vec<Block<Parsed>>, caption: Vec<Inline<Parsed>>) -> Vec<Block<Parsed>> {
    let mut blocks: Vec<Block<Parsed>> = blocks.into_iter().flat_map(apart).collect();
    if caption.is_empty() {
        return blocks;
    }
    let bare = blocks.iter_mut().rev().find_map(|block| match block {
        Block::Figure { caption, .. } if caption.is_empty() => Some(caption),
        Block::Table(table) if table.caption.is_empty() => Some(&mut table.caption),
        _ => None,
    });
    match bare {
        Some(own) => *own = caption,
        None => blocks.push(Block::Paragraph(caption)),
    }
    blocks
}

/// Pictures that stand in one line of a figure are figures each.
fn apart(block: Block<Parsed>) -> Vec<Block<Parsed>> {
    let Block::Paragraph(content) = block else { return vec![block] };
    let is_picture_or_space = |inline: &Inline<Parsed>| match inline {
        Inline::Image { .. } | Inline::LineBreak => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    if !content.iter().all(is_picture_or_space) {
        return vec![Block::Paragraph(content)];
    }
    let figure = |inline| match inline {
        Inline::Image { picture, alt } => Some(Block::Figure { picture, alt, caption: Vec::new() }),
        _ => None,
    };
    content.into_iter().filter_map(figure).collect()
}

/// The lines of verse; paragraphs and empty lines part the stanzas.
fn stanzas(blocks: Vec<Block<Parsed>>) -> Vec<Vec<Inline<Parsed>>> {
    let mut verse: Vec<Vec<Inline<Parsed>>> = Vec::new();
    for block in blocks {
        if !verse.is_empty() {
            verse.push(Vec::new());
        }
        let content = flatten(vec![block], Seam::Space);
        verse.push(Vec::new());
        for inline in content {
            match (inline, verse.last_mut()) {
                (Inline::LineBreak, _) => verse.push(Vec::new()),
                (other, Some(line)) => line.push(other),
                (_, None) => {}
            }
        }
    }
    verse.iter_mut().for_each(finish::trim);
    verse.dedup_by(|next, line| next.is_empty() && line.is_empty());
    while verse.last().is_some_and(Vec::is_empty) {
        verse.pop();
    }
    let first = verse.iter().position(|line| !line.is_empty()).unwrap_or_default();
    mem::take(&mut verse).split_off(first)
}
