//! What a document's properties say (docProps/core.xml). Half of it is what the program filled in.

use crate::dates;
use crate::document::Metadata;
use crate::ingest::office::front::persons;
use crate::ingest::office::xml::Element;

/// Names that programs write where they know no author.
const NOBODY: &[&str] = &[
    "python-docx",
    "microsoft office user",
    "windows user",
    "microsoft",
    "unknown author",
    "unknown",
    "author",
    "user",
    "admin",
    "administrator",
    "owner",
    "un-named",
    "pandoc",
    "apache poi",
    "docx4j",
];

pub fn read(core: Element) -> Metadata {
    let text = |name: &str| {
        let text = core.child(name).map(|element| element.text()).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text).filter(|text| !text.is_empty())
    };
    let creators = text("dc:creator").unwrap_or_default();
    let is_template = creators.eq_ignore_ascii_case("python-docx");
    let authors = persons(&creators)
        .into_iter()
        .filter(|person| !NOBODY.contains(&person.name.to_lowercase().as_str()))
        .collect();
    // A date from a template says when the template was made.
    let date = text("dcterms:created").and_then(|date| dates::read(&date)).filter(|_| !is_template);
    Metadata {
        title: text("dc:title").filter(|title| is_title(title)),
        authors,
        date,
        language: text("dc:language")
            .and_then(|language| crate::ingest::office::languages::tag(&language).map(|tag| tag.to_string())),
        description: text("dc:description").filter(|_| !is_template),
        keywords: keywords(text("cp:keywords"), text("dc:subject")),
        ..Metadata::default()
    }
}

/// Programs call documents after files and templates.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [".doc", ".docx", ".odt", ".dot", ".dotx", ".rtf"].iter().any(|end| lower.ends_with(end));
    let is_default = lower.starts_with("microsoft word")
        || lower.starts_with("untitled")
        || lower
            .strip_prefix("document")
            .is_some_and(|rest| rest.chars().all(|next| next.is_ascii_digit() || next == ' '));
    !is_file && !is_default
}

fn keywords(keywords: Option<String>, subject: Option<String>) -> Vec<String> {
    let all = [keywords, subject].into_iter().flatten().collect::<Vec<_>>().join(";");
    let mut found: Vec<String> = Vec::new();
    for keyword in all.split([';', ',']).map(str::trim).filter(|keyword| !keyword.is_empty()) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(keyword)) {
            found.push(keyword.to_owned());
        }
    }
    found
}
