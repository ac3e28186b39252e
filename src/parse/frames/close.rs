//! Ending elements: what each becomes in the one around it.

use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, Definition, Inline, List, NoteKind, Parsed, Reference, Shown, Span, Table, Written, WrittenNote,
    plain_text, visit_inlines_mut,
};
use crate::manuscript::Dialect;

use super::super::vault::wikilink::{self, Embed};
use super::super::{finish, vault};
use super::callout::quote_or_callout;
use super::flatten::{Seam, flatten};
use super::kind::Kind;
use super::{Builder, Frame, is_blank};

impl Builder<'_> {
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
        let Frame { kind, tag, mut blocks, inlines, mut span, .. } = frame;
        if tag.is_some() {
            // An HTML element opened with its first tag alone.
            span.end = span.end.max(self.reach);
        }
        // What is transparent leaves it to the element around it.
        let can_highlight = is_vault && kind.holds_inlines() && !matches!(kind, Kind::Transparent);
        let mut inlines = if can_highlight { vault::highlight::wrap(inlines) } else { inlines };
        if kind.takes_no_blocks() && !blocks.is_empty() {
            let after = std::mem::replace(&mut inlines, flatten(std::mem::take(&mut blocks), Seam::Space));
            inlines.extend(after);
        }
        match kind {
            Kind::Root | Kind::Transparent => {
                self.append_blocks(&mut blocks);
                self.append_inlines(inlines);
            }
            Kind::Hidden | Kind::RawHtml { .. } => {}
            Kind::Paragraph { display_math } => {
                let is_empty = is_blank(&inlines);
                let (block, places) = self.paragraph(inlines, display_math, span);
                if !is_empty {
                    self.append_block(block);
                }
                if !places.is_empty() {
                    self.append_block(Block::Paragraph(places));
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
                let block = quote_or_callout(std::mem::take(&mut blocks), alert, self.context);
                self.append_block(block);
            }
            Kind::Callout { kind, title } => {
                self.append_block(Block::Callout { kind, title, body: std::mem::take(&mut blocks) });
            }
            Kind::Division => {}
            Kind::Tongue { language } => visit_inlines_mut(&mut blocks, &mut |content| {
                let content_of = std::mem::take(content);
                if !content_of.is_empty() {
                    content.push(Inline::Foreign { language: language.clone(), content: content_of });
                }
            }),
            kind if kind.is_html() => self.close_html(kind, std::mem::take(&mut blocks)),
            Kind::Verse { mut lines } => {
                lines.push(inlines);
                lines.iter_mut().for_each(finish::trim);
                self.append_block(Block::Verse(lines));
            }
            Kind::InlineNote { label } => self.close_inline_note(label, inlines, span),
            Kind::Code { language, text } => {
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                let is_math = language.as_deref() == Some("math");
                if is_math {
                    self.check_formula(&text, true, span);
                }
                let block = if is_math { Block::Math(text) } else { Block::Code { language, text } };
                self.append_block(block);
            }
            Kind::List { start, numerals, mut items, loose } => {
                if !blocks.is_empty() {
                    items.push(std::mem::take(&mut blocks));
                }
                if !items.is_empty() {
                    self.append_block(Block::List(List { start, numerals, tight: !loose, items }));
                }
            }
            Kind::Item => {
                if let Some(Frame { kind: Kind::List { items, .. }, blocks: loose, .. }) =
                    self.frames.last_mut()
                {
                    // What stands between the items is one, too.
                    if !loose.is_empty() {
                        items.push(std::mem::take(loose));
                    }
                    items.push(std::mem::take(&mut blocks));
                }
            }
            Kind::Footnote { label } => {
                let body = std::mem::take(&mut blocks);
                self.body.notes.push(WrittenNote { label, kind: NoteKind::Footnote, body, span });
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
                    definition.descriptions.push(std::mem::take(&mut blocks));
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
                self.close_image(address, title, is_embed, inlines, span)
            }
            inline => {
                let is_hidden = self.is_hidden();
                if !is_hidden {
                    self.flush_text();
                }
                if let Some(outer) = self.frames.last_mut() {
                    outer.last_inline = span;
                    let mut unseen = Vec::new();
                    let before = if is_hidden { &mut unseen } else { &mut outer.inlines };
                    inline.wrap(inlines, span, self.context, before);
                }
            }
        }
        // What found no place in the element stands after it.
        self.append_blocks(&mut blocks);
    }

    /// Adds what stands at `span` to the last cell of the row that is open.
    pub fn extend_row(&mut self, span: Span) {
        let text = self.context.source(span);
        if let Some(Kind::TableRow { cells, .. }) = self.frames.last_mut().map(|frame| &mut frame.kind)
            && let Some(cell) = cells.last_mut()
        {
            self.context.note_text(text, span);
            cell.push(Inline::Text(format!(" {}", text.trim_matches(['|', ' ', '\n']))));
        }
    }

    fn append_blocks(&mut self, blocks: &mut Vec<Block<Parsed>>) {
        if blocks.is_empty() || self.is_hidden() {
            return blocks.clear();
        }
        self.end_paragraph();
        if let Some(frame) = self.frames.last_mut() {
            put_behind(&mut frame.blocks, std::mem::take(blocks));
        }
    }

    fn close_image(
        &mut self,
        address: String,
        title: String,
        is_embed: bool,
        inlines: Vec<Inline<Parsed>>,
        span: Span,
    ) {
        if self.is_hidden() {
            return;
        }
        let alt = plain_text(&inlines).trim().to_owned();
        if is_embed {
            let is_named = alt == address;
            match Embed::of(&address) {
                Embed::Picture => {}
                Embed::Media => return self.close_media(&address, if is_named { "" } else { &alt }, span),
                Embed::Note => {
                    // The book says what the link leads to in its own words.
                    let content = if is_named { Vec::new() } else { vec![Inline::Text(alt)] };
                    if is_named {
                        self.context.note_markup(span);
                    }
                    let to = Reference { target: wikilink::embed(&address), span };
                    return self.append_inlines(vec![Inline::Link { to, content }]);
                }
            }
        }
        let is_vault = self.context.manuscript.dialect == Dialect::Vault;
        let shown = match alt.as_str() {
            name if is_embed && name == address => "",
            description if is_vault => wikilink::split_size(description).0,
            description => description,
        };
        if shown.len() < alt.len() {
            self.context.note_markup(span);
            self.context.note_text(shown, span);
        }
        let shown = shown.to_owned();
        if !title.trim().is_empty() {
            self.captions.push((span.start, vec![Inline::Text(title)]));
        } else if self.context.manuscript.dialect == Dialect::Pandoc && !shown.is_empty() {
            // A picture that is a paragraph of its own is a figure, and its description the caption.
            self.captions.push((span.start, inlines));
        }
        let width = if is_vault { wikilink::split_size(&alt).1 } else { None };
        let picture = Shown { picture: Written { value: address, span }, width };
        self.append_inlines(vec![Inline::Image { picture, alt: shown }]);
    }

    /// Sound and film have no place in a book: their name stays.
    fn close_media(&mut self, address: &str, description: &str, span: Span) {
        let name = wikilink::text(address);
        let shown = if description.is_empty() { name.clone() } else { description.to_owned() };
        self.context.note_text(&shown, span);
        let message = format!("a book cannot show `{name}`; its name stands in its place");
        let place = self.context.manuscript.place(span);
        self.diagnostics.push(
            Diagnostic::note("unshown-embed", message)
                .at(place)
                .help("say in words what it holds, or link to it on the web"),
        );
        self.append_inlines(vec![Inline::Text(shown)]);
    }

    pub(super) fn append_inlines(&mut self, inlines: Vec<Inline<Parsed>>) {
        if self.is_hidden() {
            return;
        }
        self.flush_text();
        if let Some(frame) = self.frames.last_mut() {
            put_behind(&mut frame.inlines, inlines);
        }
    }

    pub(super) fn append_block(&mut self, block: Block<Parsed>) {
        if self.is_hidden() {
            return;
        }
        self.end_paragraph();
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }
}

/// Appends `more`; where nothing is yet, at no cost, since elements may stand in each other a thousandfold.
pub(super) fn put_behind<T>(list: &mut Vec<T>, more: Vec<T>) {
    if list.is_empty() {
        *list = more;
    } else {
        list.extend(more);
    }
}
