//! What the marks of a dialect's own syntax do to the tree.

use std::mem;

use crate::document::{
    Block, Inline, NoteKind, Parsed, Point, Reference, Shown, Span, Table, Target, Width, Written,
    WrittenNote, plain_text,
};

use super::super::extensions::{Act, Attributes, Cell, Element, FIRST, Mark, REST, TableDraft};
use super::super::{finish, markdown, places};
use super::Builder;
use super::flatten::{Seam, flatten};
use super::kind::Kind;

impl Builder<'_> {
    /// Adds text in which marks stand for syntax.
    pub fn push_marked(&mut self, text: &str, span: Span) {
        let context = self.context;
        let marks = context.marks.within(span.start as usize..span.end as usize);
        let mut marks = marks.iter().filter(|mark| !mark.has_lines).peekable();
        let mut start = span.start as usize;
        for (piece, part) in text.split(FIRST).enumerate() {
            if piece > 0
                && let Some(mark) = marks.next()
            {
                self.act(mark);
                start = mark.end;
            }
            let part = part.trim_start_matches(REST);
            let end = marks.peek().map_or(span.end as usize, |next| next.start);
            if !part.is_empty() {
                self.push_text(&part.replace(REST, ""), Span::new(start.min(end), end));
            }
        }
    }

    /// Does what a mark says.
    pub fn act(&mut self, mark: &Mark) {
        let span = Span::new(mark.start, mark.end);
        self.reach_to(span.end);
        if mark.act.shows_text() && self.hide(span) {
            return;
        }
        match &mark.act {
            Act::Nothing => {}
            Act::Text(text) => {
                self.context.note_written(text, span);
                self.push_sign(text, mark.start);
            }
            Act::Literal(code) => {
                self.context.note_written(code, span);
                self.push_inline(Inline::Code(code.clone()));
            }
            Act::Picture { address, alt, caption } => self.picture(address, alt, caption, span),
            Act::Link { address, text } => {
                self.context.note_written(text, span);
                let content = vec![Inline::Text(text.clone())];
                if self.is_in_link() {
                    return content.into_iter().for_each(|inline| self.push_inline(inline));
                }
                let to = Reference { target: Target::Address(address.clone()), span };
                self.push_inline(Inline::Link { to, content });
            }
            Act::Cite(keys) => {
                let source = self.context.source(span);
                self.context.note_text(source, span);
                let content = vec![Inline::Text(source.to_owned())];
                let to = Reference { target: Target::Citation(keys.clone()), span };
                self.push_inline(Inline::Link { to, content });
            }
            Act::NoteReference(label) => self.note_reference(label, span),
            Act::Code { language, text } => {
                self.context.note_written(text, span);
                self.push_block(Block::Code { language: language.clone(), text: text.clone() });
            }
            Act::Math(tex) => {
                self.context.note_written(tex, span);
                self.check_formula(tex, true, span);
                self.push_block(Block::Math(tex.clone()));
            }
            Act::Open { name, element } => self.open_element(name, element, span),
            Act::Close { name, author } => {
                if !author.is_empty() && !self.hide(span) {
                    self.context.note_written(author, span);
                    self.push_block(Block::Paragraph(vec![Inline::Text(format!("— {author}"))]));
                }
                self.close_element(name);
            }
            Act::Place(name) => self.push_inline(Inline::Anchor(Point::Place(name.clone()))),
            Act::Index(mark) => {
                let mark = Written { value: mark.clone(), span };
                self.push_inline(Inline::Anchor(Point::Index(mark)));
            }
            Act::Describe(attributes) => self.describe(attributes),
            Act::Size(width) => self.size_picture(*width),
            Act::VerseLine { indent } => self.begin_verse_line(*indent, mark.start),
            Act::Table(draft) => self.draw_table(draft),
            Act::Caption(caption) => {
                self.context.note_written(caption, span);
                self.push_block(Block::Paragraph(vec![Inline::Text(format!(": {caption}"))]));
            }
        }
    }

    /// The picture that the author just showed gets a width.
    fn size_picture(&mut self, width: Width) {
        self.flush_text();
        let last = self.frames.last_mut().and_then(|frame| frame.inlines.last_mut());
        if let Some(Inline::Image { picture, .. }) = last {
            picture.width = Some(width);
        }
    }

    fn picture(&mut self, address: &str, alt: &str, caption: &str, span: Span) {
        let caption = self.aside(caption, alt, span);
        let picture = Shown::from(Written { value: address.to_owned(), span });
        let alt = alt.to_owned();
        if caption.is_empty() {
            self.push_inline(Inline::Image { picture, alt });
        } else {
            // A line of text has no place for a caption: there the figure stands below the paragraph.
            self.push_block(Block::Figure { picture, alt, caption });
        }
    }

    /// Reads a text that stands within the syntax at `span`, where there are also the words `beside` it.
    fn aside(&mut self, text: &str, beside: &str, span: Span) -> Vec<Inline<Parsed>> {
        if let Some(at) = self.context.source(span).find(text).filter(|_| !text.is_empty()) {
            self.context.note_written(beside, span);
            let start = span.start as usize + at;
            return markdown::read_fragment(text, start, self.context, self.diagnostics);
        }
        let content = markdown::read_aside(text, self.context, self.diagnostics);
        self.context.note_written(&format!("{beside} {}", plain_text(&content)), span);
        content
    }

    fn note_reference(&mut self, label: &str, span: Span) {
        if self.is_in_link() {
            return self.push_sign(&format!("[{label}]"), span.start as usize);
        }
        let to = Reference { target: Target::Note(label.to_owned()), span };
        self.push_inline(Inline::Link { to, content: vec![Inline::Text(label.to_owned())] });
    }

    fn open_element(&mut self, name: &str, element: &Element, span: Span) {
        let kind = match element {
            Element::Callout { kind, title } => {
                let is_shown = !title.is_empty() && !self.hide(span);
                let title = if is_shown { self.aside(title, "", span) } else { Vec::new() };
                Kind::Callout { kind: kind.clone(), title }
            }
            Element::Quote => Kind::Quote { alert: None },
            Element::Division => Kind::Division,
            // A note within a link's text stays there, since no reference can stand in it.
            Element::Note { .. } if self.is_in_link() => Kind::Transparent,
            Element::Note { label } => Kind::InlineNote { label: label.clone() },
            Element::SmallCaps => Kind::SmallCaps,
            Element::Highlight => Kind::Highlight,
            Element::Strikethrough => Kind::Strikethrough,
            Element::Foreign { language } => Kind::Foreign { language: language.clone() },
            Element::Plain => Kind::Transparent,
        };
        self.open_tag(kind, Some(name.to_owned()), span);
    }

    fn close_element(&mut self, name: &str) {
        let Some(depth) = self.open_tags().position(|open| open == name) else { return };
        for _ in 0..=depth {
            self.close();
        }
    }

    /// Gives attributes to the block that ended last, or to the heading that is open.
    fn describe(&mut self, attributes: &Attributes) {
        self.flush_text();
        if let Some(frame) = self.frames.last_mut()
            && let Kind::Heading { id, .. } = &mut frame.kind
        {
            *id = attributes.id.clone().or(id.take());
            return;
        }
        self.end_paragraph();
        let Some(frame) = self.frames.last_mut() else { return };
        let Some(last) = frame.blocks.last_mut() else { return };
        if let Block::Heading { anchor, .. } = last {
            *anchor = attributes.id.clone().or(anchor.take());
            return;
        }
        if let Some(id) = &attributes.id {
            places::attach(last, &mut vec![Inline::Anchor(Point::Place(id.clone()))]);
        }
        if !matches!(last, Block::Paragraph(_) | Block::Quote(_) | Block::List(_)) {
            return;
        }
        let is_quote = matches!(last, Block::Quote(_));
        let body = |block| match block {
            Block::Quote(body) => body,
            other => vec![other],
        };
        if let Some(kind) = attributes.callout() {
            let block = mem::replace(last, Block::Break);
            *last = Block::Callout { kind: kind.to_owned(), title: Vec::new(), body: body(block) };
        } else if attributes.is_quote() && !is_quote {
            let block = mem::replace(last, Block::Break);
            *last = Block::Quote(vec![block]);
        }
    }

    /// Starts a line of verse; the first one turns the paragraph around it into verse.
    fn begin_verse_line(&mut self, indent: usize, source: usize) {
        self.flush_text();
        let Some(frame) = self.frames.last_mut() else { return };
        match &mut frame.kind {
            Kind::Paragraph { .. } if frame.inlines.is_empty() => {
                frame.kind = Kind::Verse { lines: Vec::new() };
            }
            Kind::Verse { lines } => lines.push(mem::take(&mut frame.inlines)),
            _ => frame.inlines.push(Inline::LineBreak),
        }
        if indent > 0 {
            self.push_sign(&"\u{A0}".repeat(indent), source);
        }
    }

    fn draw_table(&mut self, draft: &TableDraft) {
        let mut row = |cells: &[Cell]| {
            let mut cells: Vec<_> = cells.iter().map(|cell| self.cell(cell)).collect();
            cells.resize(draft.alignments.len(), Vec::new());
            cells
        };
        let header = if draft.header.is_empty() { Vec::new() } else { row(&draft.header) };
        let rows = draft.rows.iter().map(|cells| row(cells)).collect();
        let alignments = draft.alignments.clone();
        self.push_block(Block::Table(Table { caption: Vec::new(), alignments, header, rows }));
    }

    /// Reads a cell; blocks in it become lines, since a cell holds running text only.
    fn cell(&mut self, cell: &Cell) -> Vec<Inline<Parsed>> {
        let mut body = markdown::read_lines(&cell.0, self.context, self.diagnostics);
        self.body.notes.append(&mut body.notes);
        let mut inlines = flatten(body.blocks, Seam::Line);
        finish::trim(&mut inlines);
        inlines
    }

    /// Ends a note that was written within the line.
    pub(super) fn close_inline_note(&mut self, label: String, mut content: Vec<Inline<Parsed>>, span: Span) {
        finish::trim(&mut content);
        let body = vec![Block::Paragraph(content)];
        self.body.notes.push(WrittenNote { label: label.clone(), kind: NoteKind::Footnote, body, span });
        let to = Reference { target: Target::Note(label.clone()), span };
        self.append_inlines(vec![Inline::Link { to, content: vec![Inline::Text(label)] }]);
    }
}
