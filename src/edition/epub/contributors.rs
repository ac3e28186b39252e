//! The page on contributors: who they are, and their essays.

use crate::anthology::Biography;
use crate::document::Block;
use crate::edition::epub::Document;
use crate::edition::epub::layout::SpineItem;
use crate::edition::epub::xhtml::Writer;
use crate::paged_book::Origin;

pub fn contributors(mut writer: Writer) -> Document {
    let title = writer.labels.contributors;
    let origin = writer.anthology.biographies.first().map(|first| Origin::Anchor(first.anchor));
    let semantics = [("epub:type", "contributors")];
    writer.division_of(&semantics, "contributors", title, origin, |writer| {
        for biography in &writer.anthology.biographies {
            writer.biography(biography);
        }
    });
    let language = &writer.anthology.metadata.language;
    writer.finish(title, language)
}

impl Writer<'_> {
    fn biography(&mut self, biography: &Biography) {
        let id = self.id(biography.anchor);
        self.block("section", &[("id", id)], |writer| {
            writer.read_from(Origin::Anchor(biography.anchor));
            writer.begin_pages_between_blocks();
            writer.block("h2", &[], |writer| {
                writer.in_bold(|writer| writer.text(&biography.person.name));
            });
            writer.blocks(&[Block::Paragraph(biography.text.clone())]);
            for address in &biography.links {
                let shown = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
                let shown = shown.trim_end_matches('/');
                writer.block("p", &[], |writer| writer.text_element("a", &[("href", address)], shown));
            }
            if !biography.chapters.is_empty() {
                writer.block("p", &[("class", "attribution")], |writer| writer.essays_of(biography));
            }
        });
    }

    fn essays_of(&mut self, biography: &Biography) {
        for (index, &at) in biography.chapters.iter().enumerate() {
            let Some(chapter) = self.anthology.chapters.get(at) else { continue };
            if index > 0 {
                self.text("; ");
            }
            let href = self.layout.file_name(SpineItem::Chapter(at));
            self.in_italic(|writer| {
                writer.element("a", &[("href", &href)], |writer| {
                    writer.text_element("cite", &[], &chapter.title);
                });
            });
        }
    }
}
