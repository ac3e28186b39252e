//! The index: entries with the pages that they are found on, in two columns.

use super::columns::Columns;
use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, TextStyle};
use super::page::Pages;
use super::paragraph::Align;
use crate::anthology::{IndexEntry, IndexReference};
use crate::page_ranges::{PageRange, merge};
use crate::paged_book::{ElementId, LinkTarget, Origin, Role};

/// How far a subentry stands in, in ems; lines that follow stand in twice as far.
const STEP: f32 = 1.0;

impl Compositor<'_> {
    /// Sets the index; `pages` are all that it leads to.
    pub fn set_index(&mut self, pages: &Pages) -> Columns {
        let anthology = self.anthology;
        let layout = self.layout;
        let frame = self.begin(Role::Index, &anthology.metadata.language, &[]);
        self.set_opening(self.labels.index, None, "", "", frame);
        // The first letter stands right below the title's space.
        let space = std::mem::take(&mut self.pending_space);
        self.push_lines([super::galley::Line { height: space, ..Default::default() }]);
        let across = self.lines.len();

        let measure = (layout.measure - layout.gutter) / 2.0;
        let style = TextStyle { size: layout.index_size, ..frame.style };
        let column = Frame { measure, style, leading: layout.index_leading, align: Align::Ragged, ..frame };
        for group in &anthology.index {
            let start = self.lines.len();
            self.space(layout.index_leading);
            let letter = TextStyle { size: layout.size, ..style.bold().unhyphenated() };
            self.set_line_of(&group.letter, Role::Heading(2), letter, column);
            self.keep_together(start, true);
            let list = self.structure.add(frame.element, Role::List { numerals: None });
            self.set_index_entries(&group.entries, 0, list, column, pages);
        }
        let right_to_left = frame.right_to_left;
        Columns { galley: self.finish(), across, step: measure + layout.gutter, right_to_left }
    }

    fn set_index_entries(
        &mut self,
        entries: &[IndexEntry],
        depth: u8,
        list: ElementId,
        column: Frame,
        pages: &Pages,
    ) {
        for entry in entries {
            let item = self.structure.add(list, Role::ListItem);
            let body = self.structure.add(item, Role::ListBody);
            let start = self.lines.len();
            self.set_index_entry(entry, depth, column.within(body), pages);
            self.anchor_line(start, entry.anchor);
            self.begin_with(start, Origin::Anchor(entry.anchor));
            self.keep_index_lines(start, !entry.entries.is_empty());
            if !entry.entries.is_empty() {
                let list = self.structure.add(body, Role::List { numerals: None });
                self.set_index_entries(&entry.entries, depth.saturating_add(1), list, column, pages);
            }
        }
    }

    fn set_index_entry(&mut self, entry: &IndexEntry, depth: u8, frame: Frame, pages: &Pages) {
        let step = frame.style.size * STEP;
        let hang = step * 2.0;
        let inner = frame.inset(step * f32::from(depth.min(3)) + hang, 0.0);
        let context = Context::new(frame.style, frame.element);
        let mut flow = Flow::indented(-hang);
        self.flow_text(&mut flow, &entry.text, context);
        let page_of = |anchor: crate::anthology::Anchor| {
            pages.destinations.get(anchor.index()).copied().flatten().map(|place| place.page)
        };
        for range in merge(&entry.locators, page_of) {
            self.flow_text(&mut flow, ", ", context);
            self.flow_range(&mut flow, range, context, pages);
        }
        let labels = self.labels;
        self.flow_index_references(&mut flow, labels.see, &entry.see, context);
        self.flow_index_references(&mut flow, labels.see_also, &entry.see_also, context);
        self.set_flow(flow, inner);
    }

    /// `12`, or `12–14`, which leads to the first of them.
    fn flow_range(&mut self, flow: &mut Flow, range: PageRange, context: Context, pages: &Pages) {
        let folio =
            |page: usize| pages.pages.get(page).map(|page| page.folio.to_string()).unwrap_or_default();
        let text = match range.first == range.last {
            true => folio(range.first),
            false => format!("{}–{}", folio(range.first), folio(range.last)),
        };
        let style = context.style.unhyphenated();
        let style = if range.defines { style.bold() } else { style };
        let description = format!("{} {text}", self.labels.page);
        let context = Context { style, ..context };
        let link = self.open_link(context, LinkTarget::Internal(range.start), description);
        self.flow_text(flow, &text, link);
    }

    /// `. See other; another`
    fn flow_index_references(
        &mut self,
        flow: &mut Flow,
        lead: &str,
        references: &[IndexReference],
        context: Context,
    ) {
        for (at, reference) in references.iter().enumerate() {
            if at == 0 {
                self.flow_text(flow, ". ", context);
                let quiet = Context { style: context.style.emphasised(), ..context };
                self.flow_text(flow, lead, quiet);
                self.flow_text(flow, " ", context);
            } else {
                self.flow_text(flow, "; ", context);
            }
            let target = LinkTarget::Internal(reference.target);
            let link = self.open_link(context, target, format!("{lead} {}", reference.text));
            self.flow_text(flow, &reference.text, link);
        }
    }

    /// Two lines of an entry stay together at either end of it, and its last one with its first subentry.
    fn keep_index_lines(&mut self, start: usize, with_next: bool) {
        let Some(lines) = self.lines.get_mut(start..) else { return };
        let count = lines.len();
        for (at, line) in lines.iter_mut().enumerate() {
            let is_edge = at == 0 && count > 1 || at + 2 == count;
            line.keep_with_next = is_edge || with_next && at + 1 == count;
        }
    }
}
