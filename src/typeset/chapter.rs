//! An essay in print: its opening and its text.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::furniture::RunningHeads;
use super::galley::Galley;
use super::paragraph::Align;
use super::quote::split_epigraphs;
use crate::anthology::{Anchor, Chapter};
use crate::document::Block;
use crate::paged_book::{Origin, Role, TextPlace};

impl<'a> Compositor<'a> {
    /// Sets a whole essay.
    pub fn set_chapter(&mut self, chapter: &'a Chapter) -> Galley {
        let frame = self.begin(Role::Article, &chapter.language, &chapter.notes);
        let byline = self.labels.names(chapter.authors.iter().map(|person| person.name.as_str()));
        let date = chapter.date.map(|date| self.labels.date(date)).unwrap_or_default();
        self.set_opening(&chapter.title, chapter.subtitle.as_deref(), &byline, &date, frame);
        if let Some(line) = self.lines.iter_mut().find(|line| !line.items.is_empty()) {
            line.anchors.push(chapter.anchor);
        }
        self.read_from(Origin::Anchor(chapter.anchor));
        let (epigraphs, body) = split_epigraphs(&chapter.body);
        for epigraph in epigraphs {
            self.set_epigraph(epigraph, frame);
        }
        match body.split_first() {
            Some((Block::Paragraph(content), rest)) if self.set_with_initial(content, frame) => {
                self.set_blocks_below(rest, frame, true);
            }
            _ => self.set_blocks(body, frame),
        }
        self.finish()
    }

    /// Sets a sunk title with what belongs under it. The title is the division's first heading.
    pub fn set_opening(
        &mut self,
        title: &str,
        subtitle: Option<&str>,
        byline: &str,
        date: &str,
        frame: Frame,
    ) {
        let layout = self.layout;
        let sink = super::galley::Line { height: layout.sink, keep_with_next: true, ..Default::default() };
        self.push_lines([sink]);
        let size = layout.title_size;
        let headings = frame.style.unhyphenated().of_family(layout.heading_family);
        let title_style = TextStyle { size, ..headings };
        let title_frame =
            Frame { style: title_style, leading: layout.title_leading, align: Align::Ragged, ..frame };
        self.set_line_of(title, Role::Heading(1), title_style, title_frame);
        if let Some(subtitle) = subtitle {
            let style = TextStyle { size: size * 0.68, ..headings }.emphasised();
            self.space(layout.leading * 0.3);
            let leading = layout.title_leading * 0.72;
            self.set_line_of(subtitle, Role::Paragraph, style, Frame { style, leading, ..title_frame });
        }
        if !byline.is_empty() {
            let style = TextStyle { size: frame.style.size * 1.1, ..frame.style.unhyphenated() };
            self.space(layout.leading);
            self.set_line_of(byline, Role::Paragraph, style, Frame { style, align: Align::Ragged, ..frame });
        }
        if !date.is_empty() {
            let style = TextStyle { size: layout.small * 1.06, ..frame.style.unhyphenated() }.emphasised();
            if byline.is_empty() {
                self.space(layout.leading);
            }
            self.set_line_of(date, Role::Paragraph, style, Frame { style, align: Align::Ragged, ..frame });
        }
        self.keep_together(0, true);
        self.space(layout.leading * 1.5);
    }

    /// Sets plain text as one element.
    pub fn set_line_of(&mut self, text: &str, role: Role, style: TextStyle, frame: Frame) {
        let element = self.structure.add(frame.element, role);
        let mut flow = Flow::default();
        self.flow_text(&mut flow, text, Context::new(style, element));
        self.set_flow(flow, frame);
    }

    /// Marks the first line that was set since `line` as an anchor's place.
    pub fn anchor_line(&mut self, line: usize, anchor: Anchor) {
        if let Some(line) = self.lines.get_mut(line) {
            line.anchors.push(anchor);
        }
    }

    /// Says that the first line that was set since `line` begins an entry that text is counted from.
    pub fn begin_with(&mut self, line: usize, origin: Origin) {
        if let Some(line) = self.lines.get_mut(line) {
            line.start = Some(TextPlace::start_of(origin));
        }
    }

    /// The heads over an essay's pages.
    pub fn running_heads(&self, chapter: &Chapter) -> RunningHeads {
        let names = self.labels.names(chapter.authors.iter().map(|person| person.name.as_str()));
        let verso = if names.is_empty() { self.anthology.metadata.title.clone() } else { names };
        RunningHeads { verso, recto: chapter.short_title.as_ref().unwrap_or(&chapter.title).clone() }
    }
}
