//! The appendix of questions for discussion.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow};
use super::galley::Galley;
use super::page::Pages;
use super::paragraph::Align;
use crate::anthology::Discussion;
use crate::paged_book::{LinkTarget, Origin, Role};

impl Compositor<'_> {
    /// The questions on each chapter, under its title and the page that it begins on.
    pub fn set_discussion(&mut self, pages: &Pages) -> Galley {
        let anthology = self.anthology;
        let frame = self.begin(Role::Section, &anthology.metadata.language, &[]);
        self.set_opening(self.labels.discussion, None, "", "", frame);
        for discussion in &anthology.discussion {
            let start = self.lines.len();
            let element = self.structure.add(frame.element, Role::Section);
            self.set_discussion_heading(discussion, frame.within(element), pages);
            self.anchor_line(start, discussion.anchor);
            self.begin_with(start, Origin::Anchor(discussion.anchor));
            self.read_from(Origin::Anchor(discussion.anchor));
            let chapter = discussion.chapter.and_then(|chapter| anthology.chapters.get(chapter));
            let body = self.structure.add(element, Role::Section);
            let mut inner = Frame { depth: 1, align: Align::Ragged, ..frame.within(body) };
            if let Some(chapter) = chapter.filter(|chapter| chapter.language != anthology.metadata.language) {
                self.structure.elements[body.0].language = Some(chapter.language.clone());
                inner.style.language = super::hyphenate::language_code(&chapter.language);
            }
            self.set_blocks(&discussion.questions, inner);
        }
        self.finish()
    }

    fn set_discussion_heading(&mut self, discussion: &Discussion, frame: Frame, pages: &Pages) {
        let (anthology, layout) = (self.anthology, self.layout);
        let chapter = discussion.chapter.and_then(|chapter| anthology.chapters.get(chapter));
        let start = self.lines.len();
        self.space(layout.leading * 1.5);
        let heading = self.structure.add(frame.element, Role::Heading(2));
        let mut style = frame.style.bold().unhyphenated();
        style.size = layout.heading_size(2);
        let context = Context::new(style, heading);
        let mut flow = Flow::default();
        match chapter {
            Some(chapter) => {
                let page = pages.destinations.get(chapter.anchor.index()).copied().flatten();
                let folio = page.and_then(|place| pages.pages.get(place.page)).map(|page| page.folio);
                let described =
                    folio.map(|folio| format!(", {} {folio}", self.labels.page)).unwrap_or_default();
                let description = format!("{}{described}", chapter.title);
                let link = self.open_link(context, LinkTarget::Internal(chapter.anchor), description);
                self.flow_text(&mut flow, &chapter.title, link);
            }
            None => self.flow_text(&mut flow, self.labels.whole_book, context),
        }
        self.set_flow(flow, Frame { style, align: Align::Ragged, ..frame });
        if let Some(chapter) = chapter {
            let names = self.labels.names(chapter.authors.iter().map(|person| person.name.as_str()));
            if !names.is_empty() {
                let style = frame.style.emphasised().unhyphenated();
                self.set_line_of(
                    &names,
                    Role::Paragraph,
                    style,
                    Frame { style, align: Align::Ragged, ..frame },
                );
            }
        }
        self.keep_together(start, true);
        self.space(layout.leading * 0.5);
    }
}
