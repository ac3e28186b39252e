//! Blocks where only inlines can be: in a heading, a cell, a term, a fragment of a line.

use crate::document::{Block, Inline, Parsed};

/// What parts one block from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    Space,
    /// Items of lists keep their marks, too.
    Line,
}

/// The inlines of blocks, in order.
pub fn flatten(blocks: Vec<Block<Parsed>>, seam: Seam) -> Vec<Inline<Parsed>> {
    let mut flat = Flat { seam, inlines: Vec::new() };
    flat.blocks(blocks);
    flat.inlines
}

struct Flat {
    seam: Seam,
    inlines: Vec<Inline<Parsed>>,
}

impl Flat {
    fn blocks(&mut self, blocks: Vec<Block<Parsed>>) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: Block<Parsed>) {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => self.push(content),
            Block::List(mut list) => {
                for (index, item) in std::mem::take(&mut list.items).into_iter().enumerate() {
                    let mut content = flatten(item, self.seam);
                    if self.seam == Seam::Line {
                        content.insert(0, Inline::Text(format!("{} ", list.label(index))));
                    }
                    self.push(content);
                }
            }
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    self.push(definition.term);
                    definition.descriptions.into_iter().for_each(|it| self.blocks(it));
                }
            }
            Block::Quote(body) => self.blocks(body),
            Block::Callout { title, body, .. } => {
                self.push(title);
                self.blocks(body);
            }
            Block::Code { text, .. } => self.push(vec![Inline::Code(text)]),
            Block::Math(tex) => self.push(vec![Inline::Math(tex)]),
            Block::Table(table) => {
                self.push(table.caption);
                let rows = std::iter::once(table.header).chain(table.rows);
                rows.flatten().for_each(|cell| self.push(cell));
            }
            Block::Figure { picture, alt, caption } => {
                self.push(vec![Inline::Image { picture, alt }]);
                self.push(caption);
            }
            Block::Verse(lines) => lines.into_iter().for_each(|line| self.push(line)),
            Block::Break => {}
        }
    }

    fn push(&mut self, content: Vec<Inline<Parsed>>) {
        if content.is_empty() {
            return;
        }
        if !self.inlines.is_empty() {
            self.inlines.push(match self.seam {
                Seam::Space => Inline::Text(" ".to_owned()),
                Seam::Line => Inline::LineBreak,
            });
        }
        self.inlines.extend(content);
    }
}
