//! The appendix of questions for discussion.

use crate::anthology::Discussion;
use crate::edition::epub::Document;
use crate::edition::epub::xhtml::{Writer, tongue};
use crate::paged_book::Origin;

pub fn discussion(mut writer: Writer) -> Document {
    let title = writer.labels.discussion;
    let origin = writer.anthology.discussion.first().map(|first| Origin::Anchor(first.anchor));
    let semantics = [("epub:type", "appendix"), ("role", "doc-appendix")];
    writer.division_of(&semantics, "discussion", title, origin, |writer| {
        for discussion in &writer.anthology.discussion {
            writer.questions(discussion);
        }
    });
    let language = &writer.anthology.metadata.language;
    writer.finish(title, language)
}

impl Writer<'_> {
    /// The questions on one chapter, under its title, which leads to it.
    fn questions(&mut self, discussion: &Discussion) {
        let id = self.id(discussion.anchor);
        let book = &self.anthology.metadata.language;
        let chapter = discussion.chapter.and_then(|chapter| self.anthology.chapters.get(chapter));
        let language = chapter.map_or(book, |chapter| &chapter.language);
        self.block("section", &[("id", id)], |writer| {
            writer.read_from(Origin::Anchor(discussion.anchor));
            writer.begin_pages_between_blocks();
            match chapter {
                Some(chapter) => {
                    let href = writer.href(chapter.anchor);
                    writer.block("h2", &tongue(language, book), |writer| {
                        writer.in_bold(|writer| writer.text_element("a", &[("href", &href)], &chapter.title));
                    });
                    let authors =
                        writer.labels.names(chapter.authors.iter().map(|person| person.name.as_str()));
                    if !authors.is_empty() {
                        writer.block("p", &[("class", "byline")], |writer| writer.text(&authors));
                    }
                }
                None => writer.block("h2", &[], |writer| writer.text(writer.labels.whole_book)),
            }
            writer.block("div", &tongue(language, book), |writer| writer.blocks(&discussion.questions));
        });
    }
}
