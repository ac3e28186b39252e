//! The stack of open elements while a tree is being built.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::extensions::{FIRST, REST};
use super::running_text::{self, RunningText, Within};
use super::{Body, Context, DEPTH_LIMIT, finish, places, vault};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Block, Inline, Parsed, Span};
use crate::manuscript::Dialect;

mod callout;
mod close;
mod flatten;
mod html;
mod kind;
mod marked;
mod mathematics;

use flatten::{Seam, flatten};
pub use kind::Kind;

#[derive(Debug)]
pub struct Frame {
    pub kind: Kind,
    /// The tag that opened the element, if it was HTML.
    pub tag: Option<String>,
    blocks: Vec<Block<Parsed>>,
    inlines: Vec<Inline<Parsed>>,
    text: RunningText,
    span: Span,
    /// Where the inline element stands that ended last.
    last_inline: Span,
}

/// The tree under construction.
pub struct Builder<'a> {
    pub context: &'a Context<'a>,
    pub diagnostics: &'a mut Diagnostics,
    frames: Vec<Frame>,
    body: Body,
    /// Captions of pictures by where the picture starts.
    captions: Vec<(u32, Vec<Inline<Parsed>>)>,
    depth_reported: bool,
    /// How many links and hidden elements are open: asked for at every piece of text.
    open_links: usize,
    open_hidden: usize,
    dropped_tags: BTreeSet<String>,
    /// Where the last end tag of an HTML element stands, by name.
    end_tags: BTreeMap<String, Option<usize>>,
    /// Where what was pushed last ends in the manuscript.
    reach: u32,
    /// Memory for the next text.
    spare: RunningText,
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
            end_tags: BTreeMap::new(),
            reach: 0,
            spare: RunningText::default(),
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
    pub fn finish_inlines(self) -> Vec<Inline<Parsed>> {
        let mut body = self.finish();
        // A line that looks like a note's definition is none here.
        body.blocks.extend(body.notes.into_iter().flat_map(|note| note.body));
        flatten(body.blocks, Seam::Space)
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

    pub fn report_depth(&mut self, span: Span) {
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

    pub fn is_in_code(&self) -> bool {
        self.frames.last().is_some_and(|frame| matches!(frame.kind, Kind::Code { .. }))
    }

    #[inline]
    pub fn is_hidden(&self) -> bool {
        self.open_hidden > 0
    }

    pub fn top(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    /// Adds text that stands at `span` in the manuscript.
    pub fn push_text(&mut self, text: &str, span: Span) {
        if !self.context.marks.is_empty() && text.contains([FIRST, REST]) {
            return self.push_marked(text, span);
        }
        if self.hide(span) {
            return;
        }
        self.context.note_text(text, span);
        self.reach_to(span.end);
        self.push_sign(text, span.start as usize);
    }

    /// Leaves out what stands in a hidden element. Where the editor forbids it, the element shows what
    /// follows.
    pub fn hide(&mut self, span: Span) -> bool {
        if !self.is_hidden() {
            return false;
        }
        let reason = "what is for programs, not for readers";
        let has_words = self.context.source(span).contains(char::is_alphanumeric);
        if !has_words || self.context.remove(span, "removed-script", reason, self.diagnostics) {
            return true;
        }
        self.open_hidden = 0;
        for frame in self.frames.iter_mut().filter(|frame| matches!(frame.kind, Kind::Hidden)) {
            frame.kind = Kind::Transparent;
        }
        false
    }

    /// Notes how far the manuscript has been read, for elements of HTML that nothing ends.
    pub fn reach_to(&mut self, end: u32) {
        self.reach = self.reach.max(end);
    }

    /// Adds text that the ledger knows already, or that holds no words; `source` is its place.
    #[inline]
    pub fn push_sign(&mut self, text: &str, source: usize) {
        if let Some(frame) = self.frames.last_mut() {
            match &mut frame.kind {
                Kind::Code { text: code, .. } => code.push_str(text),
                _ => {
                    if frame.text.is_empty() {
                        frame.text = mem::take(&mut self.spare);
                    }
                    frame.text.push(text, source);
                }
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
        let is_in_link = self.is_in_link();
        let is_hidden = self.is_hidden();
        let Some((frame, around)) = self.frames.split_last_mut() else { return };
        if frame.text.is_empty() {
            return;
        }
        let mut text = mem::take(&mut frame.text);
        if matches!(frame.kind, Kind::InlineCode) {
            frame.inlines.push(Inline::Text(text.as_str().to_owned()));
        } else if !is_hidden {
            let within = match frame.kind {
                _ if is_in_link => Within::Link,
                Kind::Superscript => Within::Raised(around.last().map_or("", Frame::last_text)),
                _ => Within::Text,
            };
            running_text::read(&text, within, self.context, &mut frame.inlines, self.diagnostics);
        }
        text.clear();
        self.spare = text;
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
        if is_blank(&inlines) {
            return;
        }
        let inlines = if is_vault { vault::highlight::wrap(inlines) } else { inlines };
        let is_root = matches!(frame.kind, Kind::Root);
        let span = if is_root { frame.last_inline } else { frame.span };
        let (block, places) = self.paragraph(inlines, false, span);
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
            if !places.is_empty() {
                frame.blocks.push(Block::Paragraph(places));
            }
        }
    }

    /// A paragraph, or the figure or formula that is all of it; and the places that have no text to stand in.
    fn paragraph(
        &mut self,
        mut inlines: Vec<Inline<Parsed>>,
        display_math: bool,
        span: Span,
    ) -> (Block<Parsed>, Vec<Inline<Parsed>>) {
        let mut places = places::take_beside_one(&mut inlines);
        finish::trim(&mut inlines);
        let mut block = match inlines.as_slice() {
            [Inline::Math(tex)] if display_math => Block::Math(tex.clone()),
            [Inline::Image { picture, alt }] => {
                let start = picture.picture.span.start;
                let caption = self.captions.iter().rev().find(|(place, _)| *place == start);
                let caption = caption.map(|(_, caption)| caption.clone()).unwrap_or_default();
                Block::Figure { picture: picture.clone(), alt: alt.clone(), caption }
            }
            [Inline::Strong(_)] => {
                if let [root] = self.frames.as_slice() {
                    self.body.bold_lines.push((root.blocks.len(), span));
                }
                Block::Paragraph(inlines)
            }
            _ => Block::Paragraph(inlines),
        };
        if let Block::Paragraph(inlines) = &mut block {
            places.append(inlines);
            mem::swap(inlines, &mut places);
        }
        (block, places)
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

fn is_blank(inlines: &[Inline<Parsed>]) -> bool {
    inlines.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()))
}

impl Frame {
    /// What stands before an element that opens now.
    fn last_text(&self) -> &str {
        match self.inlines.last() {
            _ if !self.text.is_empty() => self.text.as_str(),
            Some(Inline::Text(text)) => text,
            _ => "",
        }
    }

    fn new(kind: Kind, tag: Option<String>, span: Span) -> Self {
        Frame {
            kind,
            tag,
            blocks: Vec::new(),
            inlines: Vec::new(),
            text: RunningText::default(),
            span,
            last_inline: span,
        }
    }

    /// Remembers that a display formula is all that the paragraph holds so far.
    pub fn note_display_math(&mut self) {
        let is_first = self.inlines.is_empty() && self.text.is_empty();
        if let Kind::Paragraph { display_math } = &mut self.kind {
            *display_math = is_first;
        }
    }
}
