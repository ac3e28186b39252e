//! What stands before the essays: the cover, the title page, and the title spine of parts.

use crate::edition::epub::Document;
use crate::edition::epub::xhtml::Writer;
use crate::paged_book::Origin;

pub fn cover(mut writer: Writer) -> Document {
    let metadata = &writer.anthology.metadata;
    let cover = &writer.layout.cover;
    let source = format!("../{}", cover.path);
    let (width, height) = (cover.width.to_string(), cover.height.to_string());
    writer.block("div", &[("class", "cover")], |writer| {
        writer.empty(
            "img",
            &[
                ("src", &source),
                ("alt", &cover.alt),
                ("role", "doc-cover"),
                ("width", &width),
                ("height", &height),
            ],
        );
    });
    let label = writer.labels.cover;
    writer.finish(label, &metadata.language)
}

pub fn title_page(mut writer: Writer) -> Document {
    let metadata = &writer.anthology.metadata;
    let labels = writer.labels;
    writer.block("section", &[("epub:type", "titlepage"), ("class", "title-page")], |writer| {
        // Only paper has a page with nothing but the title before this one.
        writer.read_from(Origin::HalfTitle);
        writer.begin_pages_between_blocks();
        writer.read_from(Origin::TitlePage);
        writer.begin_pages_between_blocks();
        writer.block("h1", &[], |writer| writer.text(&metadata.title));
        if let Some(subtitle) = &metadata.subtitle {
            writer.subtitle(subtitle);
        }
        let editors = labels.names(metadata.editors().map(|person| person.name.as_str()));
        if !editors.is_empty() {
            writer.block("p", &[("class", "byline")], |writer| {
                writer.text(&format!("{} {editors}", labels.edited_by));
            });
        }
        if metadata.publisher.is_none() && metadata.date.is_none() {
            return;
        }
        writer.block("p", &[("class", "imprint")], |writer| {
            if let Some(publisher) = &metadata.publisher {
                writer.text(publisher);
            }
            if let Some(date) = metadata.date {
                if metadata.publisher.is_some() {
                    writer.empty("br", &[]);
                }
                writer.text(&date.year.to_string());
            }
        });
    });
    writer.finish(&metadata.title, &metadata.language)
}

pub fn part(mut writer: Writer, index: usize) -> Document {
    let metadata = &writer.anthology.metadata;
    let title = writer.anthology.parts.get(index).and_then(|part| part.title.as_deref()).unwrap_or_default();
    let attributes =
        [("epub:type", "part"), ("role", "doc-part"), ("class", "part"), ("aria-labelledby", "part-title")];
    writer.block("section", &attributes, |writer| {
        writer.read_from(Origin::Part(index));
        writer.begin_pages_between_blocks();
        writer.block("h1", &[("id", "part-title")], |writer| writer.text(title));
    });
    writer.finish(title, &metadata.language)
}

impl Writer<'_> {
    pub fn subtitle(&mut self, subtitle: &str) {
        if subtitle.trim().is_empty() {
            return;
        }
        self.block(
            "p",
            &[("class", "subtitle"), ("epub:type", "subtitle"), ("role", "doc-subtitle")],
            |writer| {
                writer.text(subtitle);
            },
        );
    }
}
