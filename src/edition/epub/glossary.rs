//! The glossary: each term with what it means, who says so, and where it is used.

use unicode_bidi::{BidiClass, bidi_class};

use crate::anthology::{Term, TermDefinition, TermReference};
use crate::edition::epub::Document;
use crate::edition::epub::layout::SpineItem;
use crate::edition::epub::xhtml::{Writer, tongue};
use crate::paged_book::Origin;

pub fn glossary(mut writer: Writer) -> Document {
    let title = writer.labels.glossary;
    let origin = writer.anthology.glossary.first().map(|first| Origin::Anchor(first.anchor));
    writer.division("glossary", title, origin, |writer| {
        for group in writer.anthology.glossary.chunk_by(|a, b| a.group == b.group) {
            if let Some(first) = group.first().filter(|first| !first.group.is_empty()) {
                writer.block("h2", &[], |writer| writer.text(&first.group));
            }
            writer.block("dl", &[], |writer| group.iter().for_each(|term| writer.term(term)));
        }
    });
    let language = &writer.anthology.metadata.language;
    writer.finish(title, language)
}

impl Writer<'_> {
    fn term(&mut self, term: &Term) {
        let id = self.id(term.anchor);
        self.block("dt", &[("id", id)], |writer| {
            let direction = direction(&term.name).map(|direction| ("dir", direction));
            let attributes: Vec<_> = direction.into_iter().collect();
            writer.read_from(Origin::Anchor(term.anchor));
            writer.begin_pages();
            writer.in_bold(|writer| writer.text_element("dfn", &attributes, &term.name));
        });
        for (index, definition) in term.definitions.iter().enumerate() {
            self.block("dd", &[], |writer| {
                if index == 0 {
                    writer.aliases(term);
                }
                writer.definition(definition);
                writer.signature(definition);
                if index + 1 == term.definitions.len() {
                    writer.elsewhere(term);
                }
            });
        }
        if term.definitions.is_empty() {
            self.block("dd", &[], |writer| {
                writer.aliases(term);
                writer.elsewhere(term);
            });
        }
    }

    /// What a term means, in the language of the essay that says so.
    fn definition(&mut self, definition: &TermDefinition) {
        let book = &self.anthology.metadata.language;
        let first = definition.chapters.first().and_then(|chapter| self.anthology.chapters.get(*chapter));
        let attributes = tongue(first.map_or(book, |chapter| &chapter.language), book);
        if attributes.is_empty() {
            self.blocks(&definition.content);
        } else {
            self.block("div", &attributes, |writer| writer.blocks(&definition.content));
        }
    }

    fn aliases(&mut self, term: &Term) {
        if !term.aliases.is_empty() {
            let aliases = format!("{} {}", self.labels.also_called, term.aliases.join(", "));
            self.block("p", &[("class", "aliases")], |writer| writer.text(&aliases));
        }
    }

    /// Whose words these are: the author, and the essay that has them.
    fn signature(&mut self, definition: &TermDefinition) {
        if definition.chapters.is_empty() {
            return;
        }
        self.block("p", &[("class", "attribution")], |writer| {
            for (index, &at) in definition.chapters.iter().enumerate() {
                let Some(chapter) = writer.anthology.chapters.get(at) else { continue };
                writer.text(if index > 0 { "; " } else { "— " });
                if !chapter.authors.is_empty() {
                    let names = chapter.authors.iter().map(|person| person.name.as_str());
                    let names = writer.labels.names(names);
                    writer.text(&format!("{names}, "));
                }
                let href = writer.layout.file_name(SpineItem::Chapter(at));
                let language = tongue(&chapter.language, &writer.anthology.metadata.language);
                let attributes = [vec![("href", href.as_str())], language].concat();
                writer.text_element("a", &attributes, &chapter.title);
            }
        });
    }

    /// Where the reader finds more: other terms, and the chapters that use this one.
    fn elsewhere(&mut self, term: &Term) {
        self.term_references(self.labels.see, &term.see);
        self.term_references(self.labels.see_also, &term.see_also);
        self.places(self.labels.used_in, &term.uses);
    }

    fn term_references(&mut self, lead: &str, references: &[TermReference]) {
        if references.is_empty() {
            return;
        }
        self.block("p", &[("class", "see")], |writer| {
            writer.in_italic(|writer| writer.text_element("em", &[], lead));
            for (index, reference) in references.iter().enumerate() {
                writer.text(if index > 0 { ", " } else { " " });
                match reference.entry {
                    Some(anchor) => {
                        let href = writer.href(anchor);
                        writer.text_element("a", &[("href", &href)], &reference.name);
                    }
                    None => writer.text(&reference.name),
                }
            }
        });
    }
}

/// The direction of a name that is written from right to left.
fn direction(name: &str) -> Option<&'static str> {
    let strong = name
        .chars()
        .map(bidi_class)
        .find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    matches!(strong, Some(BidiClass::R | BidiClass::AL)).then_some("rtl")
}
