//! The stack of open elements while a tree is being built.

use std::collections::BTreeSet;
use std::mem;

use super::running_text::{self, RunningText};
use super::{Body, Context, DEPTH_LIMIT, finish, vault};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{
    Alignment, Block, Definition, Inline, List, NoteKind, Parsed, Reference, Span, Table, Target, Written,
    WrittenNote, plain_text,
};
use crate::manuscript::Dialect;

/// An element that has begun and not ended.
#[derive(Debug)]
pub enum Kind {
    Root,
    Paragraph {
        display_math: bool,
    },
    Heading {
        level: u8,
        id: Option<String>,
    },
    Quote {
        alert: Option<&'static str>,
    },
    Code {
        language: Option<String>,
        text: String,
    },
    /// Raw HTML, collected until the block ends.
    RawHtml {
        html: RunningText,
    },
    List {
        start: Option<u64>,
        items: Vec<Vec<Block<Parsed>>>,
        loose: bool,
    },
    Item,
    Footnote {
        label: String,
    },
    DefinitionList {
        definitions: Vec<Definition<Parsed>>,
    },
    Term,
    Description,
    Table {
        alignments: Vec<Alignment>,
        header: Vec<Vec<Inline<Parsed>>>,
        rows: Vec<Vec<Vec<Inline<Parsed>>>>,
    },
    TableRow {
        is_header: bool,
        cells: Vec<Vec<Inline<Parsed>>>,
    },
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Highlight,
    Superscript,
    Subscript,
    InlineCode,
    /// The marks around it.
    Quotation {
        marks: (&'static str, &'static str),
    },
    Foreign {
        language: String,
    },
    Link {
        target: Target,
    },
    Timestamp {
        seconds: u32,
    },
    Image {
        address: String,
        title: String,
        is_embed: bool,
    },
    /// Content that is not for readers, such as scripts.
    Hidden,
    /// An element without a meaning of its own, or one nested too deeply.
    Transparent,
}

#[derive(Debug)]
pub struct Frame {
    pub kind: Kind,
    /// The tag that opened the element, if it was HTML.
    pub tag: Option<String>,
    blocks: Vec<Block<Parsed>>,
    inlines: Vec<Inline<Parsed>>,
    text: RunningText,
    span: Span,
}

/// The tree under construction.
pub struct Builder<'a> {
    pub context: &'a Context<'a>,
    pub diagnostics: &'a mut Diagnostics,
    frames: Vec<Frame>,
    body: Body,
    /// Captions of pictures by where the picture starts.
    captions: Vec<(u32, String)>,
    depth_reported: bool,
    /// How many links and hidden elements are open: asked for at every piece of text.
    open_links: usize,
    open_hidden: usize,
    dropped_tags: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    pub fn new(context: &'a Context<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        let root = Frame::new(Kind::Root, None, Span::default());
        Builder {
            context,
            diagnostics,
            frames: vec![root],
            body: Body::default(),
            captions: Vec::new(),
            depth_reported: false,
            open_links: 0,
            open_hidden: 0,
            dropped_tags: BTreeSet::new(),
        }
    }

    /// Closes what is open and hands the tree over.
    pub fn finish(mut self) -> Body {
        while self.frames.len() > 1 {
            self.close();
        }
        self.end_paragraph();
        if let Some(root) = self.frames.pop() {
            self.body.blocks = root.blocks;
        }
        self.body
    }

    /// Hands over inlines only, for a fragment of a line.
    pub fn finish_inlines(self) -> (Vec<Inline<Parsed>>, Vec<WrittenNote>) {
        let mut body = self.finish();
        let mut inlines = Vec::new();
        for block in &mut body.blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => inlines.append(content),
                Block::Figure { picture, alt, .. } => {
                    inlines.push(Inline::Image { picture: picture.clone(), alt: alt.clone() });
                }
                _ => {}
            }
        }
        (inlines, body.notes)
    }

    pub fn open(&mut self, kind: Kind, span: Span) {
        self.open_tag(kind, None, span);
    }

    pub fn open_tag(&mut self, kind: Kind, tag: Option<String>, span: Span) {
        self.flush_text();
        let is_block = kind.is_block();
        if is_block {
            self.leave_inline_tags();
            self.end_paragraph();
        }
        // Rows and cells mean nothing outside their table, so only what can nest freely is flattened.
        let kind = if self.frames.len() > DEPTH_LIMIT && kind.nests() {
            self.report_depth(span);
            Kind::Transparent
        } else {
            kind
        };
        if let (Kind::Paragraph { .. }, Some(Kind::Item)) =
            (&kind, self.frames.last().map(|frame| &frame.kind))
        {
            self.mark_loose();
        }
        self.open_links += usize::from(kind.is_link());
        self.open_hidden += usize::from(matches!(kind, Kind::Hidden));
        self.frames.push(Frame::new(kind, tag, span));
    }

    fn report_depth(&mut self, span: Span) {
        if !mem::replace(&mut self.depth_reported, true) {
            let place = self.place(span);
            self.diagnostics.push(
                Diagnostic::warning(
                    "nested-too-deeply",
                    format!("more than {DEPTH_LIMIT} levels of nesting were flattened"),
                )
                .at(place)
                .help("nest less deeply"),
            );
        }
    }

    /// Items with paragraphs of their own make the list around them loose.
    fn mark_loose(&mut self) {
        for frame in self.frames.iter_mut().rev() {
            if let Kind::List { loose, .. } = &mut frame.kind {
                *loose = true;
                return;
            }
        }
    }

    /// The HTML elements that are open on top of the last element that is not HTML, innermost first.
    pub fn open_tags(&self) -> impl Iterator<Item = &str> {
        self.frames.iter().rev().map_while(|frame| frame.tag.as_deref())
    }

    pub fn is_in_link(&self) -> bool {
        self.open_links > 0
    }

    fn is_hidden(&self) -> bool {
        self.open_hidden > 0
    }

    pub fn top(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    /// Adds text that stands at `span` in the manuscript.
    pub fn push_text(&mut self, text: &str, span: Span) {
        if self.is_hidden() {
            if text.contains(char::is_alphanumeric) {
                let reason = "what is for programs, not for readers";
                self.context.remove(span, "removed-script", reason, self.diagnostics);
            }
            return;
        }
        match self.frames.last().map(|frame| &frame.kind) {
            // A timestamp is shown in its own form.
            Some(Kind::Timestamp { .. }) => self.context.note_markup(span),
            _ => self.context.note_text(text, span),
        }
        self.push_sign(text, span.start as usize);
    }

    /// Adds text that the ledger knows already, or that holds no words; `source` is its place.
    pub fn push_sign(&mut self, text: &str, source: usize) {
        if let Some(frame) = self.frames.last_mut() {
            match &mut frame.kind {
                Kind::Code { text: code, .. } => code.push_str(text),
                _ => frame.text.push(text, source),
            }
        }
    }

    /// Adds raw HTML to the block that collects it.
    pub fn push_html(&mut self, text: &str, span: Span) {
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(Kind::RawHtml { html }) => html.push(text, span.start as usize),
            _ => self.push_text(text, span),
        }
    }

    pub fn push_inline(&mut self, inline: Inline<Parsed>) {
        self.flush_text();
        if self.is_hidden() {
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.inlines.push(inline);
        }
    }

    /// Ends inline HTML that a block interrupts.
    fn leave_inline_tags(&mut self) {
        while self.frames.last().is_some_and(|frame| frame.tag.is_some() && frame.kind.holds_inlines()) {
            self.close();
        }
    }

    pub fn push_block(&mut self, block: Block<Parsed>) {
        self.leave_inline_tags();
        self.end_paragraph();
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn flush_text(&mut self) {
        let in_link = self.is_in_link();
        let is_hidden = self.is_hidden();
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.text.is_empty() {
            return;
        }
        let text = mem::take(&mut frame.text);
        if !is_hidden {
            frame.inlines.extend(running_text::read(&text, in_link, self.context, self.diagnostics));
        }
    }

    /// Makes a paragraph of loose inlines in the innermost element.
    pub fn end_paragraph(&mut self) {
        self.flush_text();
        let is_vault = self.context.manuscript.dialect == Dialect::Vault;
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.kind.holds_inlines() || frame.inlines.is_empty() {
            return;
        }
        let inlines = mem::take(&mut frame.inlines);
        if inlines.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty())) {
            return;
        }
        let inlines = if is_vault { vault::highlight(inlines) } else { inlines };
        let span = frame.span;
        let block = self.paragraph(inlines, false, span);
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    /// A paragraph, or the figure or formula that is all of it.
    fn paragraph(
        &mut self,
        mut inlines: Vec<Inline<Parsed>>,
        display_math: bool,
        span: Span,
    ) -> Block<Parsed> {
        finish::trim(&mut inlines);
        match inlines.as_slice() {
            [Inline::Math(tex)] if display_math => Block::Math(tex.clone()),
            [Inline::Image { picture, alt }] => {
                let start = picture.span.start;
                let caption = self.captions.iter().rev().find(|(place, _)| *place == start);
                let caption =
                    caption.map(|(_, caption)| vec![Inline::Text(caption.clone())]).unwrap_or_default();
                Block::Figure { picture: picture.clone(), alt: alt.clone(), caption }
            }
            [Inline::Strong(_)] => {
                if let [root] = self.frames.as_slice() {
                    self.body.bold_lines.push((root.blocks.len(), span));
                }
                Block::Paragraph(inlines)
            }
            _ => Block::Paragraph(inlines),
        }
    }

    /// Ends the innermost element and puts what it became into the one around it.
    pub fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        self.flush_text();
        self.end_paragraph();
        let is_vault = self.context.manuscript.dialect == Dialect::Vault;
        let Some(frame) = self.frames.pop() else { return };
        self.open_links -= usize::from(frame.kind.is_link());
        self.open_hidden -= usize::from(matches!(frame.kind, Kind::Hidden));
        let Frame { kind, blocks, inlines, span, .. } = frame;
        let inlines = if is_vault && kind.holds_inlines() { vault::highlight(inlines) } else { inlines };
        match kind {
            Kind::Root | Kind::Transparent => {
                for block in blocks {
                    self.append_block(block);
                }
                self.append_inlines(inlines);
            }
            Kind::Hidden | Kind::RawHtml { .. } => {}
            Kind::Paragraph { display_math } => {
                let is_empty = inlines.is_empty();
                let block = self.paragraph(inlines, display_math, span);
                if !is_empty {
                    self.append_block(block);
                }
                for block in blocks {
                    self.append_block(block);
                }
            }
            Kind::Heading { level, id } => {
                let mut content = inlines;
                finish::trim(&mut content);
                if !content.is_empty() {
                    self.append_block(Block::Heading { level, anchor: id, content, span });
                }
            }
            Kind::Quote { alert } => {
                let block = quote_or_callout(blocks, alert, self.context);
                self.append_block(block);
            }
            Kind::Code { language, text } => {
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                let is_math = language.as_deref() == Some("math");
                let block = if is_math { Block::Math(text) } else { Block::Code { language, text } };
                self.append_block(block);
            }
            Kind::List { start, items, loose } => {
                if !items.is_empty() {
                    self.append_block(Block::List(List { start, tight: !loose, items }));
                }
            }
            Kind::Item => match self.frames.last_mut().map(|frame| &mut frame.kind) {
                Some(Kind::List { items, .. }) => items.push(blocks),
                _ => {
                    for block in blocks {
                        self.append_block(block);
                    }
                }
            },
            Kind::Footnote { label } => {
                self.body.notes.push(WrittenNote { label, kind: NoteKind::Footnote, body: blocks, span });
            }
            Kind::DefinitionList { definitions } => {
                if !definitions.is_empty() {
                    self.append_block(Block::DefinitionList(definitions));
                }
            }
            Kind::Term => {
                let mut term = inlines;
                finish::trim(&mut term);
                if let Some(Kind::DefinitionList { definitions }) =
                    self.frames.last_mut().map(|frame| &mut frame.kind)
                {
                    definitions.push(Definition { term, descriptions: Vec::new() });
                }
            }
            Kind::Description => {
                if let Some(Kind::DefinitionList { definitions }) =
                    self.frames.last_mut().map(|frame| &mut frame.kind)
                    && let Some(definition) = definitions.last_mut()
                {
                    definition.descriptions.push(blocks);
                }
            }
            Kind::Table { alignments, header, rows } => {
                let table = Table { caption: Vec::new(), alignments, header, rows };
                self.append_block(Block::Table(table));
            }
            Kind::TableRow { is_header, cells } => {
                if let Some(Kind::Table { alignments, header, rows }) =
                    self.frames.last_mut().map(|frame| &mut frame.kind)
                {
                    let mut cells = cells;
                    cells.resize(alignments.len(), Vec::new());
                    if is_header {
                        *header = cells;
                    } else {
                        rows.push(cells);
                    }
                }
            }
            Kind::TableCell => {
                let mut cell = inlines;
                finish::trim(&mut cell);
                if let Some(Kind::TableRow { cells, .. }) =
                    self.frames.last_mut().map(|frame| &mut frame.kind)
                {
                    cells.push(cell);
                }
            }
            Kind::Image { address, title, is_embed } => {
                self.close_image(address, title, is_embed, &inlines, span)
            }
            inline => self.append_inlines(inline.wrap(inlines, span)),
        }
    }

    fn close_image(
        &mut self,
        address: String,
        title: String,
        is_embed: bool,
        inlines: &[Inline<Parsed>],
        span: Span,
    ) {
        let alt = plain_text(inlines).trim().to_owned();
        if is_embed && !vault::is_picture(&address) {
            let shown = vault::wikilink_text(&address);
            self.context.note_text(&shown, span);
            let content = vec![Inline::Text(shown)];
            let to = Reference { target: vault::wikilink_target(&address), span };
            self.append_inlines(vec![Inline::Link { to, content }]);
            return;
        }
        // Vaults write a picture's size, or nothing, where its description could stand.
        let is_size = alt.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        let alt = if is_embed && (is_size || alt == address) {
            self.context.note_markup(span);
            String::new()
        } else {
            alt
        };
        if !title.trim().is_empty() {
            self.captions.push((span.start, title));
        }
        let picture = Written { value: address, span };
        self.append_inlines(vec![Inline::Image { picture, alt }]);
    }

    fn append_inlines(&mut self, inlines: Vec<Inline<Parsed>>) {
        if self.is_hidden() {
            return;
        }
        self.flush_text();
        if let Some(frame) = self.frames.last_mut() {
            frame.inlines.extend(inlines);
        }
    }

    fn append_block(&mut self, block: Block<Parsed>) {
        if self.is_hidden() {
            return;
        }
        self.end_paragraph();
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    /// Notes an HTML tag that nothing is made of, once for each name.
    pub fn drop_tag(&mut self, name: &str, span: Span) {
        if self.dropped_tags.insert(name.to_owned()) {
            let place = self.place(span);
            let message = format!("dropped the tag `<{name}>` wherever it stands; its text stays");
            self.diagnostics.push(Diagnostic::note("dropped-tag", message).at(place));
        }
    }

    fn place(&self, span: Span) -> Place {
        self.context.manuscript.place(span)
    }
}

impl Frame {
    fn new(kind: Kind, tag: Option<String>, span: Span) -> Self {
        Frame { kind, tag, blocks: Vec::new(), inlines: Vec::new(), text: RunningText::default(), span }
    }

    /// Remembers that a display formula is all that the paragraph holds so far.
    pub fn note_display_math(&mut self) {
        let is_first = self.inlines.is_empty() && self.text.is_empty();
        if let Kind::Paragraph { display_math } = &mut self.kind {
            *display_math = is_first;
        }
    }
}

impl Kind {
    fn is_link(&self) -> bool {
        matches!(self, Kind::Link { .. } | Kind::Timestamp { .. })
    }

    /// Whether the element starts a block of its own.
    fn is_block(&self) -> bool {
        matches!(
            self,
            Kind::Paragraph { .. }
                | Kind::Heading { .. }
                | Kind::Quote { .. }
                | Kind::Code { .. }
                | Kind::RawHtml { .. }
                | Kind::List { .. }
                | Kind::Item
                | Kind::Footnote { .. }
                | Kind::DefinitionList { .. }
                | Kind::Table { .. }
        )
    }

    /// Whether loose text in the element is its content rather than a paragraph.
    fn holds_inlines(&self) -> bool {
        !self.is_block() && !matches!(self, Kind::Root | Kind::Description | Kind::TableRow { .. })
            || matches!(self, Kind::Paragraph { .. } | Kind::Heading { .. })
    }

    /// Whether the element can hold others of its own kind.
    fn nests(&self) -> bool {
        matches!(self, Kind::Quote { .. } | Kind::List { .. } | Kind::Item | Kind::DefinitionList { .. })
            || !self.is_block()
                && !matches!(
                    self,
                    Kind::TableRow { .. }
                        | Kind::TableCell
                        | Kind::Term
                        | Kind::Description
                        | Kind::Image { .. }
                )
    }

    /// What an inline element makes of its content.
    fn wrap(self, content: Vec<Inline<Parsed>>, span: Span) -> Vec<Inline<Parsed>> {
        if content.is_empty() && !matches!(self, Kind::Timestamp { .. }) {
            return Vec::new();
        }
        let inline = match self {
            Kind::Emphasis => Inline::Emphasis(content),
            Kind::Strong => Inline::Strong(content),
            Kind::Strikethrough => Inline::Strikethrough(content),
            Kind::Highlight => Inline::Highlight(content),
            Kind::Superscript => Inline::Superscript(content),
            Kind::Subscript => Inline::Subscript(content),
            Kind::InlineCode => Inline::Code(plain_text(&content)),
            Kind::Foreign { language } => Inline::Foreign { language, content },
            Kind::Link { target } => Inline::Link { to: Reference { target, span }, content },
            Kind::Timestamp { seconds } => {
                let content = vec![Inline::Text(super::timestamp::show(seconds))];
                Inline::Link { to: Reference { target: Target::Timestamp(seconds), span }, content }
            }
            Kind::Quotation { marks: (open, close) } => {
                let mut quoted = vec![Inline::Text(open.to_owned())];
                quoted.extend(content);
                quoted.push(Inline::Text(close.to_owned()));
                return quoted;
            }
            _ => return content,
        };
        vec![inline]
    }
}

/// A quotation whose first line is `[!kind] Title` is a callout.
fn quote_or_callout(
    mut blocks: Vec<Block<Parsed>>,
    alert: Option<&'static str>,
    context: &Context,
) -> Block<Parsed> {
    if let Some(kind) = alert {
        return Block::Callout { kind: kind.to_owned(), title: Vec::new(), body: blocks };
    }
    let Some(Block::Paragraph(inlines)) = blocks.first_mut() else { return Block::Quote(blocks) };
    let Some(Inline::Text(first)) = inlines.first_mut() else { return Block::Quote(blocks) };
    let Some((kind, rest)) = first.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
        return Block::Quote(blocks);
    };
    let kind = kind.split('|').next().unwrap_or(kind).trim().to_lowercase();
    if kind.is_empty() || !kind.chars().all(|next| next.is_alphanumeric() || next == '-' || next == '_') {
        return Block::Quote(blocks);
    }
    context.note_spent(first.split_once(']').map_or("", |(mark, _)| mark));
    // A sign after the bracket tells whether the callout starts folded.
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest).to_owned();
    *first = rest;
    let (mut title, mut remainder) = split_at_line_end(mem::take(inlines));
    finish::trim(&mut title);
    finish::trim(&mut remainder);
    if remainder.is_empty() {
        blocks.remove(0);
    } else if let Some(block) = blocks.first_mut() {
        *block = Block::Paragraph(remainder);
    }
    Block::Callout { kind, title, body: blocks }
}

fn split_at_line_end(inlines: Vec<Inline<Parsed>>) -> (Vec<Inline<Parsed>>, Vec<Inline<Parsed>>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut found = false;
    for inline in inlines {
        match inline {
            _ if found => after.push(inline),
            Inline::LineBreak => found = true,
            Inline::Text(text) => match text.split_once('\n') {
                Some((head, tail)) => {
                    found = true;
                    before.push(Inline::Text(head.to_owned()));
                    after.push(Inline::Text(tail.to_owned()));
                }
                None => before.push(Inline::Text(text)),
            },
            other => before.push(other),
        }
    }
    (before, after)
}
