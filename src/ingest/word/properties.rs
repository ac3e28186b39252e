//! What a document's properties say (docProps/core.xml).

use crate::dates;
use crate::document::Metadata;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{languages, properties};

pub fn read(core: Element) -> Metadata {
    let text = |name: &str| {
        let text = core.child(name).map(|element| element.text()).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text).filter(|text| !text.is_empty())
    };
    let creators = text("dc:creator").unwrap_or_default();
    let is_template = creators.eq_ignore_ascii_case("python-docx");
    let authors = properties::authors(&creators);
    // A date from a template says when the template was made.
    let date = text("dcterms:created").and_then(|date| dates::read(&date)).filter(|_| !is_template);
    Metadata {
        title: text("dc:title").filter(|title| properties::is_title(title)),
        authors,
        date,
        language: text("dc:language")
            .and_then(|language| languages::tag(&language).map(|tag| tag.to_string())),
        description: text("dc:description").filter(|text| properties::is_description(text)),
        keywords: properties::keywords(text("cp:keywords").into_iter().chain(text("dc:subject"))),
        ..Metadata::default()
    }
}
