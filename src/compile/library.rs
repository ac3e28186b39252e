//! The bibliography files, merged into one library.

use std::collections::HashMap;

use hayagriva::io::{BibLaTeXError, from_biblatex_str, from_yaml_str};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manuscript::InputFile;

use super::addresses;

/// Every work of the bibliography files.
#[derive(Debug, Default)]
pub(super) struct Library {
    entries: hayagriva::Library,
    /// Key by DOI or address, to recognise works that authors wrote out.
    by_identity: HashMap<String, String>,
}

impl Library {
    /// Reads the files; what cannot be read is an error.
    pub(super) fn read(files: &[InputFile<String>], diagnostics: &mut Diagnostics) -> Self {
        let mut library = Library::default();
        for file in files {
            let extension = file.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            let read = match extension.as_str() {
                "bib" | "bibtex" | "biblatex" => read_biblatex(file),
                "yaml" | "yml" => read_yaml(file),
                _ => Err(vec![
                    Diagnostic::error("bibliography-format", "this is no bibliography that Garland can read")
                        .at(Place::file(&file.path))
                        .help("use BibTeX or BibLaTeX (.bib) or hayagriva's YAML (.yaml)"),
                ]),
            };
            match read {
                Ok(entries) => library.merge(entries, file, diagnostics),
                Err(problems) => diagnostics.extend(problems),
            }
        }
        library
    }

    fn merge(
        &mut self,
        entries: hayagriva::Library,
        file: &InputFile<String>,
        diagnostics: &mut Diagnostics,
    ) {
        for entry in &entries {
            if let Some(known) = self.entries.get(entry.key()) {
                if known != entry {
                    let message = format!("another bibliography file has a different `{}`", entry.key());
                    diagnostics.push(
                        Diagnostic::warning("duplicate-key", message)
                            .at(Place::file(&file.path))
                            .help("the first one is used; give one of the works another key"),
                    );
                }
                continue;
            }
            let doi = entry.doi().and_then(addresses::doi);
            let address = entry.url().and_then(|url| addresses::identity(url.value.as_str()));
            for identity in doi.into_iter().chain(address) {
                self.by_identity.entry(identity).or_insert_with(|| entry.key().to_owned());
            }
            self.entries.push(entry);
        }
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.entries.get(key).is_some()
    }

    pub(super) fn get(&self, key: &str) -> Option<&hayagriva::Entry> {
        self.entries.get(key)
    }

    /// The key of the work with this DOI or address.
    pub(super) fn key_of(&self, identity: &str) -> Option<&str> {
        self.by_identity.get(identity).map(String::as_str)
    }

    /// The key that is most like a misspelt one, if any is.
    pub(super) fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.entries.keys())
    }
}

/// The name most like `wanted`; none when all are far off.
pub(super) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let scored = names.map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name));
    let best = scored.filter(|(score, _)| *score > 0.85).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, name)| name)
}

fn read_biblatex(file: &InputFile<String>) -> Result<hayagriva::Library, Vec<Diagnostic>> {
    from_biblatex_str(&file.content).map_err(|problems| {
        let report = |problem: BibLaTeXError| {
            let (message, offset) = match &problem {
                BibLaTeXError::Parse(error) => (error.kind.to_string(), error.span.start),
                BibLaTeXError::Type(error) => (error.kind.to_string(), error.span.start),
            };
            Diagnostic::error("bibliography-syntax", format!("this BibTeX cannot be read: {message}"))
                .at(Place::in_text(&file.path, &file.content, offset))
                .help("correct the entry at this place")
        };
        problems.into_iter().map(report).collect()
    })
}

fn read_yaml(file: &InputFile<String>) -> Result<hayagriva::Library, Vec<Diagnostic>> {
    if file.content.trim().is_empty() {
        return Ok(hayagriva::Library::new());
    }
    from_yaml_str(&file.content).map_err(|error| {
        let place = match error.location() {
            Some(at) => Place::column(&file.path, at.line() as u32, at.column() as u32),
            None => Place::file(&file.path),
        };
        vec![
            Diagnostic::error("bibliography-syntax", format!("this bibliography cannot be read: {error}"))
                .at(place)
                .help("correct the entry at this place"),
        ]
    })
}
