//! One essay: its title and byline, its text, and its notes.

use crate::anthology::{Anchor, Chapter, Note, Resolved};
use crate::document::{Block, Person};
use crate::edition::epub::Document;
use crate::edition::epub::inlines::web_address;
use crate::edition::epub::xhtml::{Attributes, Writer, tongue};
use crate::paged_book::Origin;

pub fn chapter(mut writer: Writer, index: usize) -> Document {
    let Some(chapter) = writer.anthology.chapters.get(index) else { return writer.finish("", "") };
    let id = writer.id(chapter.anchor);
    let title_id = format!("{id}-title");
    let attributes =
        [("id", id), ("epub:type", "chapter"), ("role", "doc-chapter"), ("aria-labelledby", &title_id)];
    writer.block("section", &attributes, |writer| {
        writer.read_from(Origin::Anchor(chapter.anchor));
        writer.begin_pages_between_blocks();
        writer.chapter_header(chapter, &title_id);
        writer.sections(&chapter.body);
        writer.begin_remaining_pages();
        writer.stop_reading();
        if !chapter.notes.is_empty() {
            writer.notes(&chapter.notes);
        }
        if !chapter.references.is_empty() {
            writer.references(chapter, id);
        }
        writer.provenance(chapter);
    });
    writer.finish(&chapter.title, &chapter.language)
}

impl Writer<'_> {
    fn chapter_header(&mut self, chapter: &Chapter, title_id: &str) {
        let labels = self.labels;
        self.block("header", &[], |writer| {
            writer.block("h1", &[("id", title_id)], |writer| writer.text(&chapter.title));
            if let Some(subtitle) = &chapter.subtitle {
                writer.subtitle(subtitle);
            }
            if !chapter.authors.is_empty() {
                writer.block("p", &[("class", "byline")], |writer| writer.byline(&chapter.authors));
            }
            if let Some(date) = chapter.date {
                writer.block("p", &[("class", "date")], |writer| {
                    writer.text_element("time", &[("datetime", &date.to_string())], &labels.date(date));
                });
            }
        });
    }

    /// The authors' names, each a link to what is said of them.
    fn byline(&mut self, authors: &[Person]) {
        let names = self.labels.names(authors.iter().map(|person| person.name.as_str()));
        let mut rest = names.as_str();
        for author in authors {
            let Some((before, after)) = rest.split_once(&author.name) else { continue };
            self.text(before);
            match self.anthology.biographies.iter().find(|it| it.person.name == author.name) {
                Some(biography) => {
                    let href = self.href(biography.anchor);
                    self.text_element("a", &[("href", &href)], &author.name);
                }
                None => self.text(&author.name),
            }
            rest = after;
        }
        self.text(rest);
    }

    /// A chapter's text, each heading in a section with what belongs under it.
    fn sections(&mut self, blocks: &[Block<Resolved>]) {
        let level_of = |block: &Block<Resolved>| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        };
        let start = blocks.iter().position(|block| level_of(block).is_some()).unwrap_or(blocks.len());
        let (before, mut rest) = blocks.split_at(start);
        self.blocks(before);
        while let Some((heading, below)) = rest.split_first() {
            let level = level_of(heading);
            let ends = |block: &Block<Resolved>| level_of(block).is_some_and(|other| Some(other) <= level);
            let end = below.iter().position(ends).unwrap_or(below.len());
            self.block("section", &[], |writer| {
                writer.blocks(std::slice::from_ref(heading));
                writer.sections(&below[..end]);
            });
            rest = &below[end..];
        }
    }

    /// Where the essay first appeared, and whose it is.
    fn provenance(&mut self, chapter: &Chapter) {
        if chapter.source.is_none() && chapter.rights.is_none() {
            return;
        }
        let language = &self.anthology.metadata.language;
        let mut attributes = vec![("class", "provenance")];
        attributes.extend(tongue(language, &chapter.language));
        self.block("footer", &attributes, |writer| {
            if let Some(source) = &chapter.source {
                writer.block("p", &[], |writer| {
                    writer.text(writer.labels.first_published);
                    writer.text(" ");
                    match web_address(source) {
                        Some(address) => writer.text_element("a", &[("href", &address)], source),
                        None => writer.text(source),
                    }
                    writer.text(".");
                });
            }
            if let Some(rights) = &chapter.rights {
                writer.block("p", &[], |writer| writer.text(rights.trim()));
            }
        });
    }

    /// The notes have no visible heading: readers that show them as pop-ups hide them here, and a heading
    /// would be left over nothing.
    fn notes(&mut self, notes: &[Note]) {
        let attributes = [
            ("class", "notes"),
            ("epub:type", "footnotes"),
            ("role", "doc-endnotes"),
            ("aria-label", self.labels.notes),
        ];
        self.block("section", &attributes, |writer| {
            for note in notes {
                writer.note(note);
            }
        });
    }

    fn note(&mut self, note: &Note) {
        let attributes = [("id", self.id(note.anchor)), ("epub:type", "footnote"), ("role", "doc-footnote")];
        self.block("aside", &attributes, |writer| {
            let number = format!("{}.", note.number);
            // The number opens the first paragraph and the links back close the last one. A note that
            // starts or ends with something else gets a paragraph of its own for them.
            let (first, rest) = match note.body.split_first() {
                Some((Block::Paragraph(content), rest)) => (content.as_slice(), rest),
                _ => (&[][..], note.body.as_slice()),
            };
            let (middle, last) = match rest.split_last() {
                Some((Block::Paragraph(content), middle)) => (middle, Some(content)),
                _ => (rest, None),
            };
            writer.block("p", &[], |writer| {
                writer.text_element("span", &[("class", "note-number")], &number);
                writer.text(" ");
                writer.inlines(first);
                if rest.is_empty() {
                    writer.links_to_text(&note.referrers);
                }
            });
            writer.blocks(middle);
            if !rest.is_empty() {
                writer.block("p", &[], |writer| {
                    if let Some(content) = last {
                        writer.inlines(content);
                    }
                    writer.links_to_text(&note.referrers);
                });
            }
        });
    }

    /// The essay's own list of sources.
    fn references(&mut self, chapter: &Chapter, id: &str) {
        let title_id = format!("{id}-references");
        let language = &self.anthology.metadata.language;
        let mut attributes = vec![
            ("class", "references"),
            ("epub:type", "bibliography"),
            ("role", "doc-bibliography"),
            ("aria-labelledby", title_id.as_str()),
        ];
        attributes.extend(tongue(language, &chapter.language));
        self.block("section", &attributes, |writer| {
            writer.begin_list(&chapter.references);
            writer.block("h2", &[("id", &title_id)], |writer| writer.text(writer.labels.references));
            writer.sources(&chapter.references, "h3", true);
        });
    }

    pub fn links_to_text(&mut self, places: &[Anchor]) {
        let label = self.labels.back_to_text;
        for (index, place) in places.iter().enumerate() {
            let href = self.href(*place);
            let (text, name) = match places.len() {
                1 => ("↑".to_owned(), label.to_owned()),
                _ => (format!("↑{}", index + 1), format!("{label}: ↑{}", index + 1)),
            };
            self.text(" ");
            self.backlink(&href, &name, &text, &[]);
        }
    }

    /// A link back to where the reader may have come from.
    pub fn backlink(&mut self, href: &str, name: &str, text: &str, more: Attributes) {
        let attributes = [
            ("href", href),
            ("epub:type", "backlink"),
            ("role", "doc-backlink"),
            ("class", "backlink"),
            ("aria-label", name),
        ];
        self.text_element("a", &[&attributes, more].concat(), text);
    }
}
