//! A flow of paragraphs to a tree of blocks: lists nest, quotations and listings join, captions find
//! what they belong to.

use super::{Content, Paragraph, Piece, Role, Run, Table, plain_text};

/// A block, borrowing from the flow.
#[derive(Debug)]
pub enum Node<'f> {
    /// With the place of its piece in the flow.
    Heading {
        level: u8,
        piece: usize,
        content: &'f [Run],
    },
    Paragraph(&'f [Run]),
    List(List<'f>),
    Quote(Vec<&'f [Run]>),
    /// One or more paragraphs, with the author's lines in them.
    Verse(Vec<&'f [Run]>),
    Code(Vec<&'f [Run]>),
    Definitions(Vec<(Entry, &'f [Run])>),
    Table {
        table: &'f Table,
        caption: &'f [Run],
    },
    Figure {
        picture: &'f [Run],
        caption: &'f [Run],
    },
    Math(&'f str),
    Rule,
    /// Nothing to see, but something may have been left out here.
    Blank(&'f [Run]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Term,
    Definition,
}

#[derive(Debug)]
pub struct List<'f> {
    pub level: u8,
    /// The first number; `None` for bullets.
    pub start: Option<u64>,
    pub items: Vec<Vec<Node<'f>>>,
}

/// Builds the blocks of a flow's pieces.
pub fn build(pieces: &[Piece]) -> Vec<Node<'_>> {
    let captions = Captions::find(pieces);
    let mut builder = Builder { nodes: Vec::new(), lists: Vec::new() };
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Paragraph(paragraph) if captions.is_attached(at) => {
                debug_assert_eq!(paragraph.role, Role::Caption);
            }
            Piece::Paragraph(paragraph) => builder.paragraph(at, paragraph, captions.caption(at, pieces)),
            Piece::Table(table) => {
                let caption = captions.caption(at, pieces);
                let caption = if caption.is_empty() { &table.caption } else { caption };
                builder.block(Node::Table { table, caption });
            }
            Piece::Math(tex) => builder.block(Node::Math(tex)),
            Piece::Rule => builder.block(Node::Rule),
        }
    }
    builder.close_lists(0);
    builder.nodes
}

/// Which caption belongs to which picture or table.
struct Captions {
    /// For each piece, the piece that is its caption.
    of: Vec<Option<usize>>,
    attached: Vec<bool>,
}

impl Captions {
    fn find(pieces: &[Piece]) -> Self {
        let mut captions = Captions { of: vec![None; pieces.len()], attached: vec![false; pieces.len()] };
        let shown: Vec<usize> = (0..pieces.len()).filter(|&at| !is_blank(&pieces[at])).collect();
        for (position, &at) in shown.iter().enumerate() {
            let Piece::Paragraph(Paragraph { role: Role::Caption, content }) = &pieces[at] else { continue };
            let before = position.checked_sub(1).and_then(|before| shown.get(before)).copied();
            let after = shown.get(position + 1).copied();
            let free = |at: Option<usize>, fits: fn(&Piece) -> bool| {
                at.filter(|&at| captions.of[at].is_none() && fits(&pieces[at]))
            };
            let names_table = plain_text(content).to_lowercase().starts_with("tab");
            let table_below = free(after, is_table);
            let target = table_below
                .filter(|_| names_table)
                .or_else(|| free(before, is_figure))
                .or(table_below)
                .or_else(|| free(before, is_table))
                .or_else(|| free(after, is_figure));
            if let Some(target) = target {
                captions.of[target] = Some(at);
                captions.attached[at] = true;
            }
        }
        captions
    }

    fn is_attached(&self, at: usize) -> bool {
        self.attached.get(at).copied().unwrap_or_default()
    }

    fn caption<'f>(&self, of: usize, pieces: &'f [Piece]) -> &'f [Run] {
        let caption = self.of.get(of).copied().flatten().and_then(|at| pieces.get(at));
        match caption {
            Some(Piece::Paragraph(paragraph)) => &paragraph.content,
            _ => &[],
        }
    }
}

fn is_blank(piece: &Piece) -> bool {
    matches!(piece, Piece::Paragraph(paragraph) if !paragraph.content.iter().any(Run::is_visible))
}

fn is_table(piece: &Piece) -> bool {
    matches!(piece, Piece::Table(_))
}

/// A paragraph that shows pictures and nothing else.
fn is_figure(piece: &Piece) -> bool {
    let Piece::Paragraph(Paragraph { role: Role::Body | Role::Caption, content }) = piece else {
        return false;
    };
    let mut shown = content.iter().filter(|run| run.is_visible()).peekable();
    shown.peek().is_some() && shown.all(|run| matches!(run.content, Content::Picture { .. }))
}

struct Builder<'f> {
    /// Finished blocks outside lists.
    nodes: Vec<Node<'f>>,
    /// Lists that are still open, outermost first; each is inside the last item of the one before.
    lists: Vec<List<'f>>,
}

impl<'f> Builder<'f> {
    fn paragraph(&mut self, at: usize, paragraph: &'f Paragraph, caption: &'f [Run]) {
        let content = paragraph.content.as_slice();
        if !content.iter().any(Run::is_visible) && paragraph.role != Role::Code {
            return self.blank(content);
        }
        match &paragraph.role {
            Role::Heading(level) => {
                self.block(Node::Heading { level: (*level).clamp(1, 6), piece: at, content });
            }
            Role::Item { level, number } => self.item(*level, *number, content),
            Role::Continuation { level } => self.continuation(*level, content),
            Role::Quote => match self.last_outside_lists() {
                Some(Node::Quote(quote)) => quote.push(content),
                _ => self.block(Node::Quote(vec![content])),
            },
            Role::Verse => self.block(Node::Verse(vec![content])),
            Role::Code => match self.last_outside_lists() {
                Some(Node::Code(lines)) => lines.push(content),
                _ if content.iter().any(Run::is_visible) => self.block(Node::Code(vec![content])),
                _ => self.blank(content),
            },
            Role::Term => self.entry(Entry::Term, content),
            Role::Definition => self.entry(Entry::Definition, content),
            Role::Body | Role::Caption | Role::Title | Role::Subtitle | Role::Author | Role::Date => {
                self.close_lists(0);
                body(content, caption, &mut self.nodes);
            }
        }
    }

    fn last_outside_lists(&mut self) -> Option<&mut Node<'f>> {
        if self.lists.is_empty() { self.nodes.last_mut() } else { None }
    }

    fn block(&mut self, node: Node<'f>) {
        self.close_lists(0);
        self.nodes.push(node);
    }

    /// What is left out does not end a list.
    fn blank(&mut self, content: &'f [Run]) {
        if content.iter().any(|run| matches!(run.content, Content::Removed(_) | Content::Report(_))) {
            let nodes = match self.lists.last_mut().and_then(|list| list.items.last_mut()) {
                Some(item) => item,
                None => &mut self.nodes,
            };
            nodes.push(Node::Blank(content));
        }
    }

    fn entry(&mut self, entry: Entry, content: &'f [Run]) {
        match self.last_outside_lists() {
            Some(Node::Definitions(entries)) => entries.push((entry, content)),
            _ => self.block(Node::Definitions(vec![(entry, content)])),
        }
    }

    fn item(&mut self, level: u8, number: Option<u64>, content: &'f [Run]) {
        self.close_lists(usize::from(level) + 1);
        let goes_on = self.lists.last().is_some_and(|list| {
            list.level == level
                && match (list.start, number) {
                    (None, None) => true,
                    (Some(start), Some(number)) => start.saturating_add(list.items.len() as u64) == number,
                    _ => false,
                }
        });
        if !goes_on {
            self.close_lists(usize::from(level));
            self.lists.push(List { level, start: number, items: Vec::new() });
        }
        if let Some(list) = self.lists.last_mut() {
            let mut item = Vec::new();
            body(content, &[], &mut item);
            list.items.push(item);
        }
    }

    fn continuation(&mut self, level: u8, content: &'f [Run]) {
        self.close_lists(usize::from(level) + 1);
        match self.lists.last_mut().and_then(|list| list.items.last_mut()) {
            Some(item) => body(content, &[], item),
            None => body(content, &[], &mut self.nodes),
        }
    }

    /// Closes the open lists of `level` and deeper.
    fn close_lists(&mut self, level: usize) {
        while self.lists.last().is_some_and(|list| usize::from(list.level) >= level) {
            let Some(list) = self.lists.pop() else { break };
            let node = Node::List(list);
            match self.lists.last_mut().and_then(|outer| outer.items.last_mut()) {
                Some(item) => item.push(node),
                None => self.nodes.push(node),
            }
        }
    }
}

/// A paragraph, or the pictures that it consists of, or the paragraphs that empty lines make of it.
fn body<'f>(content: &'f [Run], caption: &'f [Run], nodes: &mut Vec<Node<'f>>) {
    let shown = || content.iter().enumerate().filter(|(_, run)| run.is_visible());
    if shown().all(|(_, run)| matches!(run.content, Content::Picture { .. })) {
        let mut start = 0;
        let mut pictures = shown().map(|(at, _)| at).peekable();
        while let Some(at) = pictures.next() {
            let is_last = pictures.peek().is_none();
            let end = if is_last { content.len() } else { at + 1 };
            let caption = if is_last { caption } else { &[] };
            nodes.push(Node::Figure { picture: &content[start..end], caption });
            start = end;
        }
        return;
    }
    let mut start = 0;
    let mut breaks = 0;
    for (at, run) in content.iter().enumerate() {
        if run.content == Content::Break {
            breaks += 1;
        } else if run.is_visible() {
            if breaks > 1 && content[start..at].iter().any(Run::is_visible) {
                nodes.push(Node::Paragraph(&content[start..at]));
                start = at;
            }
            breaks = 0;
        }
    }
    nodes.push(Node::Paragraph(&content[start..]));
}
