//! The index, marked up as EPUB Indexes 1.0 has it.

use crate::anthology::{Anchor, IndexEntry, IndexGroup, IndexLocator, IndexReference};
use crate::edition::epub::Document;
use crate::edition::epub::xhtml::Writer;
use crate::page_ranges::merge;
use crate::paged_book::Origin;

pub fn index(mut writer: Writer) -> Document {
    let title = writer.labels.index;
    let first = writer.anthology.index.first().and_then(|group| group.entries.first());
    writer.division("index", title, first.map(|first| Origin::Anchor(first.anchor)), |writer| {
        for (number, group) in writer.anthology.index.iter().enumerate() {
            writer.index_group(number + 1, group);
        }
    });
    let language = &writer.anthology.metadata.language;
    writer.finish(title, language)
}

impl Writer<'_> {
    fn index_group(&mut self, number: usize, group: &IndexGroup) {
        let id = format!("index-group-{number}");
        self.block("section", &[("epub:type", "index-group"), ("aria-labelledby", &id)], |writer| {
            writer.block("h2", &[("id", &id)], |writer| writer.text(&group.letter));
            writer.index_entries(&group.entries);
        });
    }

    fn index_entries(&mut self, entries: &[IndexEntry]) {
        // A list without markers loses its role in some readers unless it is said.
        self.block("ul", &[("epub:type", "index-entry-list"), ("role", "list")], |writer| {
            for entry in entries {
                writer.index_entry(entry);
            }
        });
    }

    fn index_entry(&mut self, entry: &IndexEntry) {
        self.block("li", &[("id", self.id(entry.anchor)), ("epub:type", "index-entry")], |writer| {
            writer.read_from(Origin::Anchor(entry.anchor));
            writer.begin_pages();
            writer.text_element("span", &[("epub:type", "index-term"), ("dir", "auto")], &entry.text);
            if !entry.locators.is_empty() {
                writer.text(", ");
                writer.element("span", &[("epub:type", "index-locator-list")], |writer| {
                    writer.locators(&entry.locators);
                });
            }
            let labels = writer.labels;
            writer.index_references(labels.see, "index-xref-preferred", &entry.see);
            writer.index_references(labels.see_also, "index-xref-related", &entry.see_also);
            if !entry.entries.is_empty() {
                writer.index_entries(&entry.entries);
            }
        });
    }

    /// `. See other; another`
    fn index_references(&mut self, lead: &str, kind: &str, references: &[IndexReference]) {
        for (at, reference) in references.iter().enumerate() {
            if at == 0 {
                self.text(". ");
                self.element("em", &[], |writer| writer.in_italic(|writer| writer.text(lead)));
                self.text(" ");
            } else {
                self.text("; ");
            }
            let href = self.href(reference.target);
            self.text_element("a", &[("href", &href), ("epub:type", kind)], &reference.text);
        }
    }

    /// The pages in print, where they are known for every place.
    fn locators(&mut self, locators: &[IndexLocator]) {
        let layout = self.layout;
        if locators.iter().any(|locator| layout.printed_page(locator.anchor).is_none()) {
            return self.locators_by_chapter(locators);
        }
        for (at, range) in merge(locators, |anchor| layout.printed_page(anchor)).into_iter().enumerate() {
            if at > 0 {
                self.text(", ");
            }
            if range.first == range.last {
                self.page_locator(range.start, range.first, range.defines);
            } else {
                self.element("span", &[("epub:type", "index-locator-range")], |writer| {
                    writer.page_locator(range.start, range.first, range.defines);
                    writer.text("–");
                    writer.page_locator(range.end, range.last, range.defines);
                });
            }
        }
    }

    fn page_locator(&mut self, anchor: Anchor, page: usize, defines: bool) {
        let folio = self.layout.folio(page);
        self.locator(anchor, &format!("{} {folio}", self.labels.page), folio, defines);
    }

    /// Without pages, the chapter's title leads to the first place in it, a number to each further paragraph.
    fn locators_by_chapter(&mut self, locators: &[IndexLocator]) {
        for (at, locators) in locators.chunk_by(|one, other| one.chapter == other.chapter).enumerate() {
            let title = match locators.first().and_then(|first| first.chapter) {
                Some(chapter) => self.anthology.chapters.get(chapter).map_or("", |chapter| &chapter.title),
                None => self.labels.glossary,
            };
            if at > 0 {
                self.text("; ");
            }
            let paragraphs = locators.chunk_by(|one, other| one.paragraph == other.paragraph);
            for (number, places) in paragraphs.enumerate() {
                let Some(first) = places.first() else { continue };
                let defines = places.iter().any(|place| place.defines);
                if number == 0 {
                    self.locator(first.anchor, title, title, defines);
                } else {
                    let number = (number + 1).to_string();
                    self.text(" ");
                    self.locator(first.anchor, &format!("{title} {number}"), &number, defines);
                }
            }
        }
    }

    /// A link to a place; where the entry is defined, it is bold.
    fn locator(&mut self, anchor: Anchor, name: &str, text: &str, defines: bool) {
        let href = self.href(anchor);
        let attributes = [("href", href.as_str()), ("epub:type", "index-locator"), ("aria-label", name)];
        // What is seen says it all, unless it is a bare number.
        let attributes = if name == text { &attributes[..2] } else { &attributes };
        if defines {
            self.element("strong", &[], |writer| {
                writer.in_bold(|writer| writer.text_element("a", attributes, text));
            });
        } else {
            self.text_element("a", attributes, text);
        }
    }
}
