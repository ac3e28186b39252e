//! What stands after the essays: bibliography and colophon.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::Galley;
use super::page::Pages;
use super::paragraph::Align;
use crate::anthology::{BibliographyEntry, Chapter, CitationPlace};
use crate::colophon::colophon;
use crate::document::Inline;
use crate::fonts::Face;
use crate::paged_book::{LinkTarget, Origin, Role};

impl Compositor<'_> {
    /// The works cited, each with the pages that cite it.
    pub fn set_bibliography(&mut self, pages: &Pages) -> Galley {
        let anthology = self.anthology;
        let frame = self.begin(Role::Section, &anthology.metadata.language, &[]);
        self.set_opening(self.labels.bibliography, None, "", "", frame);
        self.set_entries(&anthology.bibliography, 2, frame, pages);
        self.finish()
    }

    /// A chapter's own list of sources, which follows its text.
    pub fn set_references(&mut self, chapter: &Chapter, pages: &Pages) -> Galley {
        let language = &self.anthology.metadata.language;
        let frame = self.begin(Role::Section, language, &[]);
        if chapter.language != *language {
            self.structure.elements[0].language = Some(language.clone());
        }
        let title = [Inline::Text(self.labels.references.to_owned())];
        self.set_heading(2, &title, frame);
        self.set_entries(&chapter.references, 3, frame, pages);
        self.finish()
    }

    /// Entries, each group under a heading of `level`.
    fn set_entries(&mut self, entries: &[BibliographyEntry], level: u8, frame: Frame, pages: &Pages) {
        let style = TextStyle { size: self.layout.size * 0.95, ..frame.style };
        let widest = entries.iter().filter_map(|entry| entry.label.as_deref());
        let hang = match widest.map(|label| label.chars().count()).max() {
            Some(columns) => style.size * (0.55 * columns as f32 + 0.6),
            None => self.layout.indent,
        };
        for group in entries.chunk_by(|a, b| a.group == b.group) {
            if let Some(first) = group.first().filter(|first| !first.group.is_empty()) {
                self.set_heading(level, &[Inline::Text(first.group.clone())], frame);
            }
            let list = self.structure.add(frame.element, Role::List { numerals: None });
            for entry in group {
                let item = self.structure.add(list, Role::ListItem);
                self.set_entry(entry, hang, Frame { style, ..frame }.within(item), pages);
            }
        }
    }

    fn set_entry(&mut self, entry: &BibliographyEntry, hang: f32, frame: Frame, pages: &Pages) {
        let start = self.lines.len();
        self.read_from(Origin::Anchor(entry.anchor));
        if let Some(label) = &entry.label {
            // The label is set apart, then put beside the entry's first line.
            let element = self.structure.add(frame.element, Role::Label);
            let style = frame.style.unhyphenated();
            let body = self.structure.add(frame.element, Role::ListBody);
            self.flow_entry(entry, Flow::default(), frame.inset(hang, 0.0).within(body), pages);
            self.set_label(label, start, frame, hang, Context::new(style, element));
        } else {
            let body = self.structure.add(frame.element, Role::ListBody);
            let flow = Flow::indented(-hang);
            self.flow_entry(entry, flow, frame.inset(hang, 0.0).within(body), pages);
        }
        self.anchor_line(start, entry.anchor);
        self.begin_with(start, Origin::Anchor(entry.anchor));
    }

    fn flow_entry(&mut self, entry: &BibliographyEntry, mut flow: Flow, frame: Frame, pages: &Pages) {
        let element = self.structure.add(frame.element, Role::BibliographyEntry);
        let context = Context::new(frame.style, element);
        self.flow_inlines(&mut flow, &entry.content, context);
        if !entry.citations.is_empty() {
            self.flow_text(&mut flow, " ", context);
            self.flow_places(&mut flow, self.labels.cited_on, &entry.citations, context, pages);
        }
        self.set_flow(flow, Frame { align: Align::Ragged, ..frame });
    }

    /// `Cited on pp. 3, 12, 40.`, each number a link to the place; a page is named once.
    pub fn flow_places(
        &mut self,
        flow: &mut Flow,
        lead: &str,
        places: &[CitationPlace],
        context: Context,
        pages: &Pages,
    ) {
        let mut numbered: Vec<(usize, String, crate::anthology::Anchor)> = Vec::new();
        for place in places {
            let Some(destination) = pages.destinations.get(place.anchor.index()).copied().flatten() else {
                continue;
            };
            if numbered.iter().all(|(page, _, _)| *page != destination.page) {
                let folio = pages.pages[destination.page].folio.to_string();
                numbered.push((destination.page, folio, place.anchor));
            }
        }
        if numbered.is_empty() {
            return;
        }
        let quiet = Context { style: context.style.emphasised(), ..context };
        let labels = self.labels;
        let unit = if numbered.len() == 1 { labels.page_abbreviation } else { labels.pages_abbreviation };
        self.flow_text(flow, &format!("{lead} {unit}\u{A0}"), quiet);
        let last = numbered.len() - 1;
        for (index, (_, folio, anchor)) in numbered.into_iter().enumerate() {
            let description = format!("{} {folio}", self.labels.page);
            let link = self.open_link(context, LinkTarget::Internal(anchor), description);
            self.flow_text(flow, &folio, link);
            self.flow_text(flow, if index == last { "." } else { ", " }, context);
        }
    }

    /// The colophon; `faces` are those that the book is set in.
    pub fn set_colophon(&mut self, faces: Vec<&Face>) -> Galley {
        let anthology = self.anthology;
        let frame = self.begin(Role::Section, &anthology.metadata.language, &[]);
        self.set_opening(self.labels.colophon, None, "", "", frame);
        let style = TextStyle { size: self.layout.size * 0.95, ..frame.style.unhyphenated() };
        let frame = Frame { style, align: Align::Ragged, depth: 1, ..frame };

        self.read_from(Origin::Colophon);
        let identifier = &anthology.metadata.print_identifier;
        for block in colophon(anthology, self.labels, identifier, faces) {
            self.set_blocks(&[block], frame);
            self.space(self.layout.leading * 0.5);
        }
        self.finish()
    }
}
