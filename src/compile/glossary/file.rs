//! The glossary file: `term: definition`, or a list of entries with aliases.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Block, Inline};
use crate::manuscript::InputFile;

use super::WrittenTerm;

/// Reads the glossary file; what is wrong with it is an error.
pub(super) fn read(file: &InputFile<String>, diagnostics: &mut Diagnostics) -> Vec<WrittenTerm> {
    if file.content.trim().is_empty() {
        return Vec::new();
    }
    match serde_saphyr::from_str::<Entries>(&file.content) {
        Ok(Entries(entries)) => entries.into_iter().map(Entry::into_term).collect(),
        Err(problem) => {
            let place = match problem.location() {
                Some(at) => {
                    let line = u32::try_from(at.line()).unwrap_or(u32::MAX);
                    let column = u32::try_from(at.column()).unwrap_or(u32::MAX);
                    Place::column(&file.path, line, column)
                }
                None => Place::file(&file.path),
            };
            let message = problem.without_snippet().render();
            let message = message.lines().next().unwrap_or_default().to_owned();
            diagnostics.push(
                Diagnostic::error("glossary-file", format!("the glossary file cannot be read: {message}"))
                    .at(place)
                    .help("write `term: definition` lines, or a list of entries with `term`, `definition` and `aliases`"),
            );
            Vec::new()
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    term: String,
    definition: String,
    #[serde(default)]
    aliases: Vec<String>,
}

impl Entry {
    /// Paragraphs are parted by empty lines.
    fn into_term(self) -> WrittenTerm {
        let lines: Vec<&str> = self.definition.lines().map(str::trim).collect();
        let definition = lines
            .split(|line| line.is_empty())
            .filter(|paragraph| !paragraph.is_empty())
            .map(|paragraph| Block::Paragraph(vec![Inline::Text(paragraph.join(" "))]))
            .collect();
        let name = self.term.split_whitespace().collect::<Vec<_>>().join(" ");
        WrittenTerm { name, aliases: self.aliases, definition, home: None }
    }
}

/// The entries in either form.
struct Entries(Vec<Entry>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("terms with their definitions")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries, M::Error> {
        let mut entries = Vec::new();
        while let Some((term, definition)) = map.next_entry()? {
            entries.push(Entry { term, definition, aliases: Vec::new() });
        }
        Ok(Entries(entries))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Entries, S::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = seq.next_element()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}
