//! What stands after the essays: bibliography and colophon.

use crate::anthology::{Anchor, BibliographyEntry, CitationPlace};
use crate::colophon::colophon as compose_colophon;
use crate::edition::epub::Document;
use crate::edition::epub::faces::Chosen;
use crate::edition::epub::xhtml::{Attributes, Writer, tongue};
use crate::paged_book::Origin;

pub fn bibliography(mut writer: Writer) -> Document {
    let title = writer.labels.bibliography;
    let origin = writer.anthology.bibliography.first().map(|first| Origin::Anchor(first.anchor));
    writer.division("bibliography", title, origin, |writer| {
        writer.sources(&writer.anthology.bibliography, "h2", false);
    });
    let language = &writer.anthology.metadata.language;
    writer.finish(title, language)
}

/// `faces` are those that the rest of the book is set in.
pub fn colophon(mut writer: Writer, faces: &[Chosen]) -> Document {
    let (metadata, labels) = (&writer.anthology.metadata, writer.labels);
    writer.division("colophon", labels.colophon, Some(Origin::Colophon), |writer| {
        let faces = faces.iter().map(|chosen| chosen.face);
        writer.blocks(&compose_colophon(writer.anthology, labels, &metadata.identifier, faces));
    });
    writer.finish(labels.colophon, &metadata.language)
}

impl Writer<'_> {
    /// A division of the back matter; `kind` is its EPUB semantics and, prefixed, its ARIA role. The page that
    /// it begins on begins with `origin`.
    pub fn division(
        &mut self,
        kind: &str,
        title: &str,
        origin: Option<Origin>,
        content: impl FnOnce(&mut Self),
    ) {
        let role = format!("doc-{kind}");
        self.division_of(&[("epub:type", kind), ("role", &role)], kind, title, origin, content);
    }

    /// Likewise a division whose semantics are not what it is called, which is its `name`.
    pub fn division_of(
        &mut self,
        semantics: Attributes,
        name: &str,
        title: &str,
        origin: Option<Origin>,
        content: impl FnOnce(&mut Self),
    ) {
        let title_id = format!("{name}-title");
        let attributes = [semantics, &[("class", name), ("aria-labelledby", &title_id)]].concat();
        self.block("section", &attributes, |writer| {
            if let Some(origin) = origin {
                writer.read_from(origin);
                writer.begin_pages_between_blocks();
            }
            writer.block("h1", &[("id", &title_id)], |writer| writer.text(title));
            content(writer);
        });
    }

    /// A list of sources, each group under a heading of the given element. A chapter's `own` list leads
    /// back to places in it, the book's names the chapters.
    pub fn sources(&mut self, entries: &[BibliographyEntry], heading: &str, own: bool) {
        for group in entries.chunk_by(|a, b| a.group == b.group) {
            if let Some(first) = group.first().filter(|first| !first.group.is_empty()) {
                self.begin_list(group);
                self.block(heading, &[], |writer| writer.text(&first.group));
            }
            // A list without markers loses its role in some readers unless it is said.
            self.block("ul", &[("class", "bibliography"), ("role", "list")], |writer| {
                for entry in group {
                    writer.source(entry, own);
                }
            });
        }
    }

    /// Marks the page that begins with the heading over a list of sources.
    pub fn begin_list(&mut self, entries: &[BibliographyEntry]) {
        if let Some(first) = entries.first() {
            self.read_from(Origin::Anchor(first.anchor));
            self.begin_pages_between_blocks();
        }
    }

    fn source(&mut self, entry: &BibliographyEntry, own: bool) {
        self.block("li", &[("id", self.id(entry.anchor))], |writer| {
            writer.read_from(Origin::Anchor(entry.anchor));
            writer.block("p", &[], |writer| {
                writer.begin_pages();
                if let Some(label) = &entry.label {
                    writer.text_element("span", &[("class", "label")], label);
                    writer.text(" ");
                }
                writer.inlines(&entry.content);
                if own {
                    let places: Vec<Anchor> = entry.citations.iter().map(|place| place.anchor).collect();
                    writer.links_to_text(&places);
                }
            });
            if !own {
                writer.places(writer.labels.cited_in, &entry.citations);
            }
        });
    }

    /// Links back to where something is cited or used: the chapter's title leads to the first place, a
    /// number to each further one.
    pub fn places(&mut self, label: &str, places: &[CitationPlace]) {
        if places.is_empty() {
            return;
        }
        self.block("p", &[("class", "places")], |writer| {
            writer.text(label);
            for (index, places) in places.chunk_by(|a, b| a.chapter == b.chapter).enumerate() {
                writer.text(if index > 0 { "; " } else { " " });
                for (index, place) in places.iter().enumerate() {
                    let anthology = writer.anthology;
                    let chapter = anthology.chapters.get(place.chapter);
                    let title = chapter.map_or("", |chapter| &chapter.title);
                    let book = anthology.metadata.language.as_str();
                    let language = tongue(chapter.map_or(book, |chapter| &chapter.language), book);
                    let href = writer.href(place.anchor);
                    if index == 0 {
                        writer.backlink(&href, title, title, &language);
                    } else {
                        let number = (index + 1).to_string();
                        writer.text(" ");
                        writer.backlink(&href, &format!("{title} {number}"), &number, &language);
                    }
                }
            }
        });
    }
}
