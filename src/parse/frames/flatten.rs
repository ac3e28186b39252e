//! Blocks where only inlines can be: in a heading, a cell, a term, a fragment of a line.

use crate::document::{Block, Inline, Parsed};

/// The inlines of blocks, in order, a space between any two blocks.
pub fn flatten(blocks: Vec<Block<Parsed>>) -> Vec<Inline<Parsed>> {
    let mut inlines = Vec::new();
    push_blocks(blocks, &mut inlines);
    inlines
}

fn push_blocks(blocks: Vec<Block<Parsed>>, inlines: &mut Vec<Inline<Parsed>>) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => push(content, inlines),
            Block::List(list) => list.items.into_iter().for_each(|item| push_blocks(item, inlines)),
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    push(definition.term, inlines);
                    definition.descriptions.into_iter().for_each(|it| push_blocks(it, inlines));
                }
            }
            Block::Quote(body) => push_blocks(body, inlines),
            Block::Callout { title, body, .. } => {
                push(title, inlines);
                push_blocks(body, inlines);
            }
            Block::Code { text, .. } => push(vec![Inline::Code(text)], inlines),
            Block::Math(tex) => push(vec![Inline::Math(tex)], inlines),
            Block::Table(table) => {
                push(table.caption, inlines);
                let rows = std::iter::once(table.header).chain(table.rows);
                rows.flatten().for_each(|cell| push(cell, inlines));
            }
            Block::Figure { picture, alt, caption } => {
                push(vec![Inline::Image { picture, alt }], inlines);
                push(caption, inlines);
            }
            Block::Verse(lines) => lines.into_iter().for_each(|line| push(line, inlines)),
            Block::Break => {}
        }
    }
}

fn push(content: Vec<Inline<Parsed>>, inlines: &mut Vec<Inline<Parsed>>) {
    if content.is_empty() {
        return;
    }
    if !inlines.is_empty() {
        inlines.push(Inline::Text(" ".to_owned()));
    }
    inlines.extend(content);
}
