//! Walking a tree from one phase to the next.
//!
//! Phases differ in links, heading anchors and pictures only; a [`Rewrite`] says what becomes of
//! those, and the functions here carry over the rest.

use crate::document::{Block, Definition, Inline, List, Phase, Span, Table};

/// A heading taken out of its block.
#[derive(Debug)]
pub(super) struct Heading<P: Phase> {
    pub(super) level: u8,
    pub(super) anchor: P::Anchor,
    pub(super) content: Vec<Inline<P>>,
    pub(super) span: Span,
}

/// A figure taken out of its block.
#[derive(Debug)]
pub(super) struct Figure<P: Phase> {
    pub(super) picture: P::Picture,
    pub(super) alt: String,
    pub(super) caption: Vec<Inline<P>>,
}

/// What becomes of the parts that two phases do not share.
pub(super) trait Rewrite<A: Phase, B: Phase>: Sized {
    fn link(&mut self, to: A::Link, content: Vec<Inline<A>>, out: &mut Vec<Inline<B>>);

    fn image(&mut self, picture: A::Picture, alt: String, out: &mut Vec<Inline<B>>);

    fn heading(&mut self, heading: Heading<A>, out: &mut Vec<Block<B>>);

    fn figure(&mut self, figure: Figure<A>, out: &mut Vec<Block<B>>);

    /// A run of text before its parts are rewritten one by one.
    fn run(&mut self, content: Vec<Inline<A>>) -> Vec<Inline<A>> {
        content
    }

    /// A place in running text; where nothing can lead to it, it is left out.
    fn point(&mut self, _: A::Point, _: &mut Vec<Inline<B>>) {}

    fn text(&mut self, text: String, out: &mut Vec<Inline<B>>) {
        push_text(text, out);
    }

    fn quote(&mut self, content: Vec<Block<A>>, out: &mut Vec<Block<B>>) {
        let content = blocks(self, content);
        out.push(Block::Quote(content));
    }

    fn superscript(&mut self, content: Vec<Inline<A>>, out: &mut Vec<Inline<B>>) {
        wrap(Inline::Superscript, inlines(self, content), out);
    }
}

/// Appends text, joining it to text that ends the list.
pub(super) fn push_text<P: Phase>(text: String, out: &mut Vec<Inline<P>>) {
    if let Some(Inline::Text(last)) = out.last_mut() {
        last.push_str(&text);
    } else if !text.is_empty() {
        out.push(Inline::Text(text));
    }
}

fn wrap<P: Phase>(
    wrapper: impl FnOnce(Vec<Inline<P>>) -> Inline<P>,
    content: Vec<Inline<P>>,
    out: &mut Vec<Inline<P>>,
) {
    if !content.is_empty() {
        out.push(wrapper(content));
    }
}

pub(super) fn inlines<A: Phase, B: Phase>(
    rewrite: &mut impl Rewrite<A, B>,
    content: Vec<Inline<A>>,
) -> Vec<Inline<B>> {
    let mut out = Vec::with_capacity(content.len());
    inlines_into(rewrite, content, &mut out);
    out
}

pub(super) fn inlines_into<A: Phase, B: Phase>(
    rewrite: &mut impl Rewrite<A, B>,
    content: Vec<Inline<A>>,
    out: &mut Vec<Inline<B>>,
) {
    for inline in rewrite.run(content) {
        match inline {
            Inline::Text(text) => rewrite.text(text, out),
            Inline::Code(code) => out.push(Inline::Code(code)),
            Inline::Math(tex) => out.push(Inline::Math(tex)),
            Inline::Emphasis(content) => wrap(Inline::Emphasis, inlines(rewrite, content), out),
            Inline::Strong(content) => wrap(Inline::Strong, inlines(rewrite, content), out),
            Inline::Strikethrough(content) => wrap(Inline::Strikethrough, inlines(rewrite, content), out),
            Inline::Highlight(content) => wrap(Inline::Highlight, inlines(rewrite, content), out),
            Inline::Superscript(content) => rewrite.superscript(content, out),
            Inline::Subscript(content) => wrap(Inline::Subscript, inlines(rewrite, content), out),
            Inline::SmallCaps(content) => wrap(Inline::SmallCaps, inlines(rewrite, content), out),
            Inline::Ruby(content) => wrap(Inline::Ruby, inlines(rewrite, content), out),
            Inline::Reading(content) => wrap(Inline::Reading, inlines(rewrite, content), out),
            Inline::Foreign { language, content } => {
                wrap(|content| Inline::Foreign { language, content }, inlines(rewrite, content), out);
            }
            Inline::Link { to, content } => rewrite.link(to, content, out),
            Inline::Image { picture, alt } => rewrite.image(picture, alt, out),
            Inline::LineBreak => out.push(Inline::LineBreak),
            Inline::Anchor(anchor) => rewrite.point(anchor, out),
        }
    }
}

pub(super) fn blocks<A: Phase, B: Phase>(
    rewrite: &mut impl Rewrite<A, B>,
    content: Vec<Block<A>>,
) -> Vec<Block<B>> {
    let mut out = Vec::with_capacity(content.len());
    for block in content {
        block_into(rewrite, block, &mut out);
    }
    out
}

pub(super) fn block_into<A: Phase, B: Phase>(
    rewrite: &mut impl Rewrite<A, B>,
    block: Block<A>,
    out: &mut Vec<Block<B>>,
) {
    match block {
        Block::Heading { level, anchor, content, span } => {
            rewrite.heading(Heading { level, anchor, content, span }, out);
        }
        Block::Paragraph(content) => push_paragraph(inlines(rewrite, content), out),
        Block::List(List { start, numerals, tight, items }) => {
            let items = items.into_iter().map(|item| blocks(rewrite, item)).collect();
            out.push(Block::List(List { start, numerals, tight, items }));
        }
        Block::DefinitionList(definitions) => {
            out.push(Block::DefinitionList(
                definitions.into_iter().map(|it| definition(rewrite, it)).collect(),
            ));
        }
        Block::Quote(content) => rewrite.quote(content, out),
        Block::Callout { kind, title, body } => {
            let title = inlines(rewrite, title);
            let body = blocks(rewrite, body);
            out.push(Block::Callout { kind, title, body });
        }
        Block::Code { language, text } => out.push(Block::Code { language, text }),
        Block::Math(tex) => out.push(Block::Math(tex)),
        Block::Table(table) => out.push(Block::Table(self::table(rewrite, table))),
        Block::Figure { picture, alt, caption } => rewrite.figure(Figure { picture, alt, caption }, out),
        Block::Verse(lines) => {
            out.push(Block::Verse(lines.into_iter().map(|line| inlines(rewrite, line)).collect()));
        }
        Block::Break => out.push(Block::Break),
    }
}

/// Appends a paragraph unless nothing is left of it.
pub(super) fn push_paragraph<P: Phase>(content: Vec<Inline<P>>, out: &mut Vec<Block<P>>) {
    let blank = content.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::LineBreak => true,
        _ => false,
    });
    if !blank {
        out.push(Block::Paragraph(content));
    }
}

fn definition<A: Phase, B: Phase>(
    rewrite: &mut impl Rewrite<A, B>,
    Definition { term, descriptions }: Definition<A>,
) -> Definition<B> {
    let term = inlines(rewrite, term);
    let descriptions = descriptions.into_iter().map(|it| blocks(rewrite, it)).collect();
    Definition { term, descriptions }
}

fn table<A: Phase, B: Phase>(rewrite: &mut impl Rewrite<A, B>, table: Table<A>) -> Table<B> {
    // The caption stands above the rows, and its notes before theirs.
    let caption = inlines(rewrite, table.caption);
    let mut row = |cells: Vec<Vec<Inline<A>>>| -> Vec<Vec<Inline<B>>> {
        cells.into_iter().map(|cell| inlines(rewrite, cell)).collect()
    };
    let header = row(table.header);
    let rows = table.rows.into_iter().map(&mut row).collect();
    Table { caption, alignments: table.alignments, header, rows }
}
