//! What stands before the essays: the title page and the contents.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::{Galley, Line};
use super::paragraph::Align;
use crate::document::Inline;
use crate::paged_book::{Folio, Item, LinkTarget, Meaning, Origin, Role, TextPlace};

/// One line of the contents.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentsEntry {
    /// A part's title: no page of its own.
    Part(String),
    Division {
        title: String,
        byline: String,
        target: Option<LinkTarget>,
        folio: Folio,
    },
}

impl Compositor<'_> {
    /// The first page: the book's title and nothing else.
    pub fn set_half_title(&mut self) -> Galley {
        let metadata = &self.anthology.metadata;
        let frame = self.begin(Role::Section, &metadata.language, &[]);
        let layout = self.layout;
        self.push_lines([Line { height: layout.depth * 0.3, ..Line::default() }]);
        let style = TextStyle { size: layout.title_size * 0.75, ..frame.style.unhyphenated() };
        let leading = layout.title_leading * 0.8;
        let centered = Frame { style, leading, align: Align::Center, ..frame };
        self.set_line_of(&metadata.title, Role::Paragraph, style, centered);
        self.finish()
    }

    pub fn set_title_page(&mut self) -> Galley {
        let anthology = self.anthology;
        let metadata = &anthology.metadata;
        let frame = self.begin(Role::Section, &metadata.language, &[]);
        let layout = self.layout;
        let centered =
            |style: TextStyle, leading: f32| Frame { style, leading, align: Align::Center, ..frame };
        let plain = frame.style.unhyphenated();
        let headings = plain.of_family(layout.heading_family);

        self.push_lines([Line { height: layout.depth * 0.2, ..Line::default() }]);
        let style = TextStyle { size: layout.title_size * 1.5, ..headings };
        self.set_line_of(
            &metadata.title,
            Role::Paragraph,
            style,
            centered(style, layout.title_leading * 1.5),
        );
        if let Some(subtitle) = &metadata.subtitle {
            let style = TextStyle { size: layout.title_size * 0.75, ..headings }.emphasised();
            self.space(layout.leading);
            self.set_line_of(subtitle, Role::Paragraph, style, centered(style, layout.title_leading * 0.8));
        }
        let editors = self.labels.names(metadata.editors().map(|person| person.name.as_str()));
        let (lead, names) = if editors.is_empty() {
            ("", self.labels.names(metadata.authors.iter().map(|person| person.name.as_str())))
        } else {
            (self.labels.edited_by, editors)
        };
        self.space(layout.leading * 3.0);
        if !lead.is_empty() {
            let style = TextStyle { size: layout.size, ..plain }.emphasised();
            self.set_line_of(lead, Role::Paragraph, style, centered(style, layout.leading));
        }
        if !names.is_empty() {
            let style = TextStyle { size: layout.size * 1.2, ..plain };
            self.set_line_of(&names, Role::Paragraph, style, centered(style, layout.leading * 1.2));
        }
        let imprint = [metadata.publisher.clone(), metadata.date.map(|date| date.year.to_string())];
        let imprint: Vec<String> = imprint.into_iter().flatten().collect();
        let used: f32 = self.lines.iter().map(|line| line.space + line.height).sum();
        let height = layout.leading * imprint.len() as f32;
        self.space((layout.depth - used - height - layout.leading).max(layout.leading));
        for line in imprint {
            self.set_line_of(&line, Role::Paragraph, plain, centered(plain, layout.leading));
        }
        self.finish()
    }

    /// A page with nothing but a part's title.
    pub fn set_part_title(&mut self, title: &str) -> Galley {
        let frame = self.begin(Role::Section, &self.anthology.metadata.language, &[]);
        let layout = self.layout;
        self.push_lines([Line { height: layout.depth * 0.3, ..Line::default() }]);
        let headings = frame.style.unhyphenated().of_family(layout.heading_family);
        let style = TextStyle { size: layout.title_size * 1.2, ..headings };
        let leading = layout.title_leading * 1.2;
        let centered = Frame { style, leading, align: Align::Center, ..frame };
        self.set_line_of(title, Role::Heading(1), style, centered);
        self.finish()
    }

    /// The contents, and the lists of figures and of tables below them.
    pub fn set_contents(&mut self, entries: &[ContentsEntry], lists: [&[ContentsEntry]; 2]) -> Galley {
        let frame = self.begin(Role::Section, &self.anthology.metadata.language, &[]);
        let layout = self.layout;
        let labels = self.labels;
        self.set_opening(labels.contents, None, "", "", frame);
        self.set_contents_entries(entries, Origin::Contents, 0, frame);
        let mut before = 0;
        for (title, entries) in [labels.figures, labels.tables].into_iter().zip(lists) {
            if !entries.is_empty() {
                self.space(layout.leading * 2.0);
                self.set_heading(2, &[Inline::Text(title.to_owned())], frame);
                self.set_contents_entries(entries, Origin::Lists, before, frame);
                before += entries.len();
            }
        }
        self.finish()
    }

    /// Lines of the contents, or of a list below them; `before` are the entries that are counted before these.
    fn set_contents_entries(
        &mut self,
        entries: &[ContentsEntry],
        origin: Origin,
        before: usize,
        frame: Frame,
    ) {
        let (layout, labels) = (self.layout, self.labels);
        let contents = self.structure.add(frame.element, Role::Contents);
        // Lines without a byline stand right below each other.
        let mut follows_bare = true;
        for (index, entry) in entries.iter().enumerate() {
            let item = self.structure.add(contents, Role::ContentsItem);
            let start = self.lines.len();
            match entry {
                ContentsEntry::Part(title) => {
                    self.space(layout.leading);
                    let style = self.small_caps(frame.style.unhyphenated());
                    let part = Frame { style, align: Align::Ragged, ..frame };
                    self.set_line_of(title, Role::Paragraph, style, part.within(item));
                    self.keep_together(start, true);
                    self.space(layout.leading * 0.5);
                    follows_bare = true;
                }
                ContentsEntry::Division { title, byline, target, folio } => {
                    if !(follows_bare && byline.is_empty()) {
                        self.space(layout.leading * 0.5);
                    }
                    follows_bare = byline.is_empty();
                    let style = frame.style.unhyphenated();
                    let room =
                        Frame { measure: frame.measure - layout.size * 4.0, align: Align::Ragged, ..frame };
                    let mut context = Context::new(style, item);
                    if let Some(target) = target {
                        let description = format!("{title}, {} {folio}", labels.page);
                        context = self.open_link(context, target.clone(), description);
                    }
                    let mut flow = Flow::default();
                    self.flow_text(&mut flow, title, context);
                    self.set_flow(flow, room.within(item));
                    self.set_folio(*folio, context, frame);
                    if !byline.is_empty() {
                        self.keep_together(start, true);
                        let style = style.emphasised();
                        self.set_line_of(
                            byline,
                            Role::Paragraph,
                            style,
                            Frame { style, ..room }.within(item),
                        );
                    }
                }
            }
            if let Some(line) = self.lines.get_mut(start) {
                line.start = Some(TextPlace { origin, offset: before + index });
            }
        }
    }

    /// Adds a page number at the right edge of the last line, with leader dots up to it.
    fn set_folio(&mut self, folio: Folio, context: Context, frame: Frame) {
        let style = context.style;
        let number = self.set_single_line(&folio.to_string(), style, frame.measure);
        let dot = self.set_single_line(".", style, frame.measure);
        let meaning = Meaning::Content(self.leaf(context.element));
        let Some(line) = self.lines.last_mut() else { return };
        let x = frame.left + frame.measure - number.width;
        let end = line.items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run.x + run.glyphs.width * run.size / 1000.0 + run.space),
            _ => None,
        });
        let text_end = end.fold(frame.left, f32::max);
        let step = style.size * 0.8;
        // Dots stand on a grid of their own, so that they align from line to line.
        let mut dot_x = x - style.size * 0.6 - dot.width;
        dot_x -= (frame.left + frame.measure - dot_x) % step;
        while dot_x > text_end + style.size * 0.4 {
            for item in &dot.items {
                let mut item = item.clone();
                super::galley::shift_item(&mut item, dot_x, 0.0);
                if let Item::Text(run) = &mut item {
                    run.meaning = Meaning::Decoration;
                    run.gray = 0.45;
                }
                line.items.push(item);
            }
            dot_x -= step;
        }
        for mut item in number.items {
            super::galley::shift_item(&mut item, x, 0.0);
            if let Item::Text(run) = &mut item {
                run.meaning = meaning;
            }
            line.items.push(item);
        }
        if let Some(link) = line.links.last_mut() {
            link.width = x + number.width - link.x;
        }
    }
}
