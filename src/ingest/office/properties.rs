//! What a document's properties say is half what the program filled in: that half is told apart here.

use super::front::persons;
use crate::document::Person;

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

/// The names in a properties' list of creators.
pub fn authors(creators: &str) -> Vec<Person> {
    let known = |person: &Person| !NOBODY.contains(&person.name.to_lowercase().as_str());
    persons(creators).into_iter().filter(known).collect()
}

/// Whether a title is one. Programs call documents after files and templates.
pub fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [".doc", ".docx", ".odt", ".dot", ".dotx", ".rtf"].iter().any(|end| lower.ends_with(end));
    let is_default = lower.starts_with("microsoft word")
        || lower.starts_with("untitled")
        || lower
            .strip_prefix("document")
            .is_some_and(|rest| rest.chars().all(|next| next.is_ascii_digit() || next == ' '));
    !is_file && !is_default
}

/// The words in lists of keywords, each once.
pub fn keywords(lists: impl IntoIterator<Item = String>) -> Vec<String> {
    let all = lists.into_iter().collect::<Vec<_>>().join(";");
    let mut found: Vec<String> = Vec::new();
    for keyword in all.split([';', ',']).map(str::trim).filter(|keyword| !keyword.is_empty()) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(keyword)) {
            found.push(keyword.to_owned());
        }
    }
    found
}
