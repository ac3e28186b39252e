//! Blocks to lines.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, Ink, Mark, TextStyle};
use super::galley::{GalleyHeading, Line};
use super::paragraph::{Align, Paragraph, may_vary};
use super::task::split_task;
use crate::anthology::{PictureId, Resolved};
use crate::document::{Block, Definition, Inline, List, Shown, Width, plain_text};
use crate::paged_book::{Item as Painted, LinkTarget, Meaning, PlacedPicture, Role};

/// Nesting deeper than this is set without further indents.
pub const DEEPEST_INDENT: u8 = 6;

impl Compositor<'_> {
    /// Sets blocks one below the other.
    pub fn set_blocks(&mut self, blocks: &[Block<Resolved>], frame: Frame) {
        self.set_blocks_below(blocks, frame, false);
    }

    /// Sets blocks below others; `indent_next` if those end with a paragraph.
    pub fn set_blocks_below(&mut self, blocks: &[Block<Resolved>], frame: Frame, mut indent_next: bool) {
        for (index, block) in blocks.iter().enumerate() {
            if let Block::Paragraph(content) = block {
                let start = self.lines.len();
                self.set_text(content, frame, if indent_next { self.layout.indent } else { 0.0 });
                indent_next = true;
                // Two lines of text stand below a heading, or the page is turned above it.
                let below_heading = index.checked_sub(1).and_then(|above| blocks.get(above));
                if matches!(below_heading, Some(Block::Heading { .. })) && self.lines.len() == start + 1 {
                    self.keep_together(start, true);
                }
                if introduces(content, blocks.get(index + 1)) {
                    self.keep_together(self.lines.len().saturating_sub(1), true);
                }
            } else {
                self.set_block(block, frame);
                indent_next = false;
            }
        }
    }

    fn set_block(&mut self, block: &Block<Resolved>, frame: Frame) {
        match block {
            Block::Paragraph(content) => self.set_text(content, frame, 0.0),
            Block::Heading { level, anchor, content, .. } => {
                let start = self.lines.len();
                self.set_heading(*level, content, frame);
                self.anchor_line(start, *anchor);
            }
            Block::List(list) => self.set_list(list, frame),
            Block::DefinitionList(definitions) => self.set_definitions(definitions, frame),
            Block::Quote(body) => self.set_quote(body, frame),
            Block::Callout { kind, title, body } => self.set_callout(kind, title, body, frame),
            Block::Code { language, text } => self.set_code(language.as_deref(), text, frame),
            Block::Math(tex) => self.set_formula(tex, frame),
            Block::Table(table) => self.set_table(table, frame),
            Block::Figure { picture, alt, caption } => self.set_figure(*picture, alt, caption, frame),
            Block::Verse(lines) => self.set_verse(lines, frame),
            Block::Break => self.set_break(frame),
        }
    }

    /// Sets a paragraph, and the notes that it refers to.
    pub fn set_text(&mut self, content: &[Inline<Resolved>], frame: Frame, indent: f32) {
        let element = self.structure.add(frame.element, Role::Paragraph);
        let mut flow = Flow::indented(indent);
        self.flow_inlines(&mut flow, content, Context::new(frame.style, element));
        self.set_flow(flow, frame);
    }

    /// Breaks a flow into lines and appends them.
    pub fn set_flow(&mut self, mut flow: Flow, frame: Frame) {
        if !flow.finish() {
            return;
        }
        let shape = frame.shape();
        let (mut lines, setting) = self.set_paragraph(&flow, &shape);
        let on_grid = frame.on_grid && frame.leading == self.layout.leading && !self.is_setting_note;
        for line in &mut lines {
            line.on_grid = on_grid;
        }
        let start = self.lines.len();
        self.push_lines(lines);
        self.set_notes(&flow, frame);
        if on_grid && may_vary(&setting, &shape) {
            self.paragraphs.push(Paragraph { lines: start..self.lines.len(), flow, shape, setting });
        }
    }

    /// Sets the notes that a flow refers to, unless an earlier reference did. Notes that notes refer to
    /// follow those at the foot of the same page.
    pub fn set_notes(&mut self, flow: &Flow, frame: Frame) {
        for (_, mark) in &flow.marks {
            let Mark::Note(note) = *mark else { continue };
            if self.notes_begun.get_mut(note).is_some_and(|begun| !std::mem::replace(begun, true)) {
                self.notes_waiting.push_back(note);
            }
        }
        if self.is_setting_note {
            return;
        }
        self.is_setting_note = true;
        let mut last = None;
        while let Some(note) = self.notes_waiting.pop_front() {
            let lines = self.set_note(note, frame);
            // What only a note refers to belongs to the lines of the note before it.
            let of_text = flow.marks.iter().any(|(_, mark)| *mark == Mark::Note(note));
            let owner = if of_text { note } else { last.unwrap_or(note) };
            last = Some(owner);
            self.note_lines[owner].extend(lines);
        }
        self.is_setting_note = false;
    }

    fn set_note(&mut self, index: usize, frame: Frame) -> Vec<Line> {
        let notes = self.notes;
        let note = &notes[index];
        let layout = self.layout;
        let element = self.structure.add(frame.element, Role::Note);
        let style = TextStyle { size: layout.note_size, ..frame.style };
        let note_frame = Frame {
            left: 0.0,
            measure: self.note_measure,
            element,
            style,
            leading: layout.note_leading,
            align: self.alignment(),
            depth: 1,
            ..frame
        };
        // The note's lines grow apart from the galley's.
        let lines = std::mem::take(&mut self.lines);
        let reading = self.reading.take();
        let pending = std::mem::take(&mut self.pending_space);

        let label = self.structure.add(element, Role::Label);
        let number = self.superior(style);
        let context = Context::new(number.unhyphenated(), label);
        let context = match note.referrers.first() {
            Some(back) => {
                let description = self.labels.back_to_text.to_owned();
                self.open_link(context, LinkTarget::Internal(*back), description)
            }
            None => context,
        };
        let mut flow = Flow::default();
        self.flow_text(&mut flow, &format!("{}\u{A0}", note.number), context);
        match note.body.as_slice() {
            [Block::Paragraph(content), rest @ ..] => {
                let paragraph = self.structure.add(element, Role::Paragraph);
                self.flow_inlines(&mut flow, content, Context::new(style, paragraph));
                self.set_flow(flow, note_frame);
                self.set_blocks(rest, note_frame);
            }
            body => {
                self.set_flow(flow, note_frame);
                self.set_blocks(body, note_frame);
            }
        }
        if let Some(first) = self.lines.first_mut() {
            first.anchors.push(note.anchor);
        }
        self.pending_space = pending;
        self.reading = reading;
        std::mem::replace(&mut self.lines, lines)
    }

    /// A heading, kept with what follows; its first line is listed in the outline.
    pub fn set_heading(&mut self, level: u8, content: &[Inline<Resolved>], frame: Frame) {
        let leading = self.layout.leading;
        // A heading that follows another is part of one opening.
        let follows = self.lines.last().is_some_and(|line| line.is_heading && line.keep_with_next);
        let (above, below) = match (level, follows) {
            (..=2, false) => (1.5, 0.5),
            (..=2, true) => (0.5, 0.5),
            (_, false) => (1.0, 0.0),
            (_, true) => (0.5, 0.0),
        };
        self.space(leading * above);
        let element = self.structure.add(frame.element, Role::Heading(level.clamp(1, 6)));
        let size = self.layout.heading_size(level).max(frame.style.size);
        let plain = TextStyle { size, ..frame.style.unhyphenated() }.of_family(self.layout.heading_family);
        let style = match level {
            ..=2 => plain.bold(),
            3 => plain.bold().emphasised(),
            _ => plain.emphasised(),
        };
        let start = self.lines.len();
        let mut flow = Flow::default();
        self.flow_inlines(&mut flow, content, Context::new(style, element));
        let on_grid = frame.on_grid && level > 2;
        self.set_flow(flow, Frame { style, align: Align::Ragged, on_grid, ..frame });
        self.keep_together(start, true);
        for line in self.lines.iter_mut().skip(start) {
            line.is_heading = true;
        }
        if let Some(line) = self.lines.get_mut(start) {
            line.heading = Some(GalleyHeading { level, title: plain_text(content) });
        }
        self.space(leading * below);
    }

    fn set_list(&mut self, list: &List<Resolved>, frame: Frame) {
        let outer = frame.depth == 0;
        // Lines that end in a colon and their list are one.
        let follows_colon = self.lines.last().is_some_and(|line| line.keep_with_next && !line.is_heading);
        let long = list.items.iter().any(|item| item.len() > 1);
        let between = if list.tight || !long { 0.0 } else { self.layout.leading * 0.25 };
        if outer && (long || !follows_colon) {
            self.space(self.layout.leading / 2.0);
        }
        let element =
            self.structure.add(frame.element, Role::List { numerals: list.start.map(|_| list.numerals) });
        let labels: Vec<String> = (0..list.items.len()).map(|index| list.label(index)).collect();
        let widest = labels.iter().map(|label| label.len() - 1).max().unwrap_or_default();
        let size = frame.style.size;
        let indent = match (frame.depth < DEEPEST_INDENT, list.start) {
            (false, _) => 0.0,
            (true, None) => size * 1.2,
            (true, Some(_)) => size * (0.75 + 0.56 * widest as f32),
        };
        let top = self.lines.len();
        let mut last_item = top;
        for (index, (item, label)) in list.items.iter().zip(&labels).enumerate() {
            if index > 0 {
                self.space(between);
            }
            let task = list.start.is_none().then(|| split_task(item)).flatten();
            let entry = self.structure.add(element, Role::ListItem);
            let label_element = self.structure.add(entry, Role::Label);
            let body = self.structure.add(entry, Role::ListBody);
            let first = self.lines.len();
            last_item = first;
            match &task {
                Some(task) => {
                    self.read(task.mark.len());
                    self.set_blocks(&task.body, frame.inset(indent, 0.0).within(body));
                }
                None => self.set_blocks(item, frame.inset(indent, 0.0).within(body)),
            }
            self.set_label(
                task.as_ref().map_or(label, |task| task.mark.trim_end()),
                first,
                frame,
                indent,
                Context::new(frame.style.unhyphenated(), label_element),
            );
        }
        // An entry of one line that ends a list goes nowhere without the line before it.
        if last_item > top && last_item + 1 == self.lines.len() {
            self.keep_together(last_item - 1, false);
        }
        if outer {
            self.space(self.layout.leading / 2.0);
        }
    }

    /// Paints a list item's label before its first line, flush against the item's text.
    pub fn set_label(&mut self, text: &str, line: usize, frame: Frame, indent: f32, context: Context) {
        let style = context.style;
        let meaning = Meaning::Content(self.leaf(context.element));
        let word = self.shaper.word(text, style.kind, None, frame.right_to_left);
        let gap = style.size * 0.5;
        let width = word.width * style.size / 1000.0;
        let x = if frame.right_to_left {
            frame.left + frame.measure - indent + gap
        } else {
            frame.left + indent - gap - width
        };
        if self.lines.len() <= line {
            let empty = Line {
                height: frame.leading,
                baseline: (frame.leading + style.size * 0.5) / 2.0,
                ..Line::default()
            };
            self.push_lines([empty]);
        }
        let ink = Ink { style, meaning, link: None };
        let runs = super::furniture::paint_word(&word, &ink, x, 0.0, 0.0);
        self.lines[line].beside.extend(runs);
    }

    fn set_definitions(&mut self, definitions: &[Definition<Resolved>], frame: Frame) {
        self.space(self.layout.leading / 2.0);
        let element = self.structure.add(frame.element, Role::List { numerals: None });
        for definition in definitions {
            let entry = self.structure.add(element, Role::ListItem);
            let label = self.structure.add(entry, Role::Label);
            let start = self.lines.len();
            let mut flow = Flow::default();
            self.flow_inlines(&mut flow, &definition.term, Context::new(frame.style.bold(), label));
            self.set_flow(flow, Frame { align: Align::Ragged, ..frame });
            self.keep_together(start, true);
            let body = self.structure.add(entry, Role::ListBody);
            for description in &definition.descriptions {
                self.set_blocks(description, frame.inset(frame.style.size * 1.4, 0.0).within(body));
            }
        }
        self.space(self.layout.leading / 2.0);
    }

    fn set_figure(&mut self, shown: Shown<PictureId>, alt: &str, caption: &[Inline<Resolved>], frame: Frame) {
        let layout = self.layout;
        let floats = Some(self.pending_space);
        self.space(layout.leading / 2.0);
        let element = self.structure.add(frame.element, Role::Figure);
        self.structure.elements[element.0].alternative = Some(alt.to_owned());
        let meaning = Meaning::Content(self.structure.add_content(element));
        let picture = shown.picture;
        let file = self.anthology.picture(picture);
        let (width, height) = (file.width.max(1) as f32, file.height.max(1) as f32);
        let natural = width * 72.0 / file.resolution();
        let wanted = match shown.width {
            Some(Width::Share(share)) => frame.measure * share,
            Some(Width::Points(points)) => points,
            Some(Width::Pixels(pixels)) if pixels != width => pixels * 72.0 / 96.0,
            Some(Width::Pixels(_)) | None => natural,
        };
        let tallest = layout.depth * 0.7;
        let scale = (frame.measure.min(wanted) / width).min(tallest / height);
        let (width, height) = (width * scale, height * scale);
        let placed = PlacedPicture {
            picture,
            x: frame.left + (frame.measure - width) / 2.0,
            y: 0.0,
            width,
            height,
            meaning,
        };
        let mut line = Line {
            height: height + layout.leading * 0.4,
            baseline: height,
            items: vec![Painted::Picture(placed)],
            start: self.read(1),
            floats,
            ..Line::default()
        };
        if !caption.is_empty() {
            self.list(false, caption);
            let mut longer = None;
            let element = self.structure.add(element, Role::Caption);
            let style = TextStyle { size: layout.small, ..frame.style };
            let frame = Frame { style, align: Align::Center, leading: layout.note_leading, ..frame };
            let mut flow = Flow::default();
            self.flow_inlines(&mut flow, caption, Context::new(style, element));
            if flow.finish() {
                let mut rest = self.set_paragraph(&flow, &frame.shape()).0.into_iter();
                for below in rest.by_ref() {
                    // A caption that leaves no room for itself goes on below, line by line.
                    if line.height + below.height > layout.depth * 0.9 {
                        line.keep_with_next = false;
                        (longer, line.floats) = (Some(below), None);
                        break;
                    }
                    line.absorb_below(below);
                }
                self.push_lines(std::iter::once(line).chain(longer).chain(rest));
                self.set_notes(&flow, frame);
                self.space(layout.leading / 2.0);
                return;
            }
        }
        self.push_lines([line]);
        self.space(layout.leading / 2.0);
    }

    fn set_break(&mut self, frame: Frame) {
        self.space(self.layout.leading / 2.0);
        let style = frame.style.unhyphenated();
        let ink = Ink { style, meaning: Meaning::Decoration, link: None };
        let word = self.shaper.word("⁂", style.kind, None, false);
        let word = if word.runs.is_empty() { self.shaper.word("***", style.kind, None, false) } else { word };
        let width = word.width * style.size / 1000.0;
        let x = frame.left + (frame.measure - width) / 2.0;
        self.push_lines([Line {
            height: frame.leading,
            baseline: (frame.leading + style.size * 0.5) / 2.0,
            items: super::furniture::paint_word(&word, &ink, x, 0.0, 0.0),
            ..Line::default()
        }]);
        self.space(self.layout.leading / 2.0);
    }
}

/// Whether a paragraph announces what comes after it, and so should not be parted from it.
fn introduces(content: &[Inline<Resolved>], next: Option<&Block<Resolved>>) -> bool {
    let announced = matches!(
        next,
        Some(Block::List(_) | Block::DefinitionList(_) | Block::Code { .. } | Block::Quote(_))
    );
    announced && plain_text(content).trim_end().ends_with(':')
}
