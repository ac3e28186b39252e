//! The page on contributors: who they are, and the pages that their essays begin on.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::galley::Galley;
use super::page::Pages;
use super::paragraph::Align;
use crate::anthology::Biography;
use crate::paged_book::{LinkTarget, Origin, Role};

impl Compositor<'_> {
    pub fn set_contributors(&mut self, pages: &Pages) -> Galley {
        let anthology = self.anthology;
        let frame = self.begin(Role::Section, &anthology.metadata.language, &[]);
        self.set_opening(self.labels.contributors, None, "", "", frame);
        for biography in &anthology.biographies {
            self.set_biography(biography, frame, pages);
        }
        self.finish()
    }

    fn set_biography(&mut self, biography: &Biography, frame: Frame, pages: &Pages) {
        let start = self.lines.len();
        let origin = Origin::Anchor(biography.anchor);
        self.read_from(origin);
        let element = self.structure.add(frame.element, Role::Paragraph);
        let mut flow = Flow::default();
        let name = Context::new(frame.style.bold().unhyphenated(), element);
        self.flow_text(&mut flow, &biography.person.name, name);
        let context = Context::new(frame.style, element);
        self.flow_text(&mut flow, " ", context);
        self.flow_inlines(&mut flow, &biography.text, context);
        for address in &biography.links {
            self.flow_text(&mut flow, " ", context);
            let shown = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
            let link = self.open_link(context, LinkTarget::External(address.clone()), address.clone());
            self.flow_text(&mut flow, shown.trim_end_matches('/'), link);
        }
        self.set_flow(flow, frame);
        self.set_essays_of(biography, frame, pages);
        self.anchor_line(start, biography.anchor);
        self.begin_with(start, origin);
        self.space(self.layout.leading);
    }

    /// `Three Rings, 12; The Cold Room, 40`, each a link to its essay.
    fn set_essays_of(&mut self, biography: &Biography, frame: Frame, pages: &Pages) {
        let start = self.lines.len();
        let essays = biography.chapters.iter().filter_map(|&at| self.anthology.chapters.get(at));
        let essays: Vec<_> = essays.collect();
        if essays.is_empty() {
            return;
        }
        if let Some(last) = start.checked_sub(1).and_then(|last| self.lines.get_mut(last)) {
            last.keep_with_next = true;
        }
        let element = self.structure.add(frame.element, Role::Paragraph);
        let style = TextStyle { size: self.layout.small * 1.06, ..frame.style.unhyphenated() };
        let context = Context::new(style, element);
        let mut flow = Flow::default();
        for (index, chapter) in essays.into_iter().enumerate() {
            if index > 0 {
                self.flow_text(&mut flow, "; ", context);
            }
            let place = pages.destinations.get(chapter.anchor.index()).copied().flatten();
            let folio = place.and_then(|place| pages.pages.get(place.page)).map(|page| page.folio);
            let number = folio.map(|folio| format!(", {folio}")).unwrap_or_default();
            let spoken = folio.map(|folio| format!(", {} {folio}", self.labels.page)).unwrap_or_default();
            let target = LinkTarget::Internal(chapter.anchor);
            let link = self.open_link(context, target, format!("{}{spoken}", chapter.title));
            self.flow_text(&mut flow, &chapter.title, Context { style: style.emphasised(), ..link });
            self.flow_text(&mut flow, &number, link);
        }
        self.set_flow(flow, Frame { style, align: Align::Ragged, ..frame });
    }
}
