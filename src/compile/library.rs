//! The bibliography files, merged into one library.

mod biblatex;
mod csl_json;
mod problems;
mod ris;
mod yaml;

use hayagriva::Entry;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manuscript::InputFile;

use problems::Problems;

/// Every work of the bibliography files.
#[derive(Debug, Default)]
pub(super) struct Library {
    entries: hayagriva::Library,
    /// Where each of them stands.
    files: Vec<String>,
}

impl Library {
    /// Reads the files. What cannot be read of one is told, and the rest is kept.
    pub(super) fn read(files: &[InputFile<String>], diagnostics: &mut Diagnostics) -> Self {
        let mut library = Library::default();
        for file in files {
            let extension = file.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            let mut problems = Problems::of(file);
            let entries = match extension.as_str() {
                "bib" | "bibtex" | "biblatex" => biblatex::read(&file.content, &mut problems),
                "yaml" | "yml" => yaml::read(&file.content, &mut problems),
                "json" => csl_json::read(&file.content, &mut problems),
                "ris" => ris::read(&file.content, &mut problems),
                _ => {
                    diagnostics.push(
                        Diagnostic::error(
                            "bibliography-format",
                            "this is no bibliography that Garland can read",
                        )
                        .at(Place::file(&file.path))
                        .help("use BibTeX or BibLaTeX (.bib), CSL-JSON (.json), RIS (.ris) or hayagriva's YAML (.yaml)"),
                    );
                    continue;
                }
            };
            diagnostics.extend(problems.into_diagnostics());
            library.merge(entries, file, diagnostics);
        }
        library
    }

    fn merge(&mut self, entries: Vec<Entry>, file: &InputFile<String>, diagnostics: &mut Diagnostics) {
        for entry in &entries {
            if let Some(known) = self.entries.get(entry.key()) {
                if known != entry {
                    let message = format!("there is a different `{}` before this one", entry.key());
                    diagnostics.push(
                        Diagnostic::warning("duplicate-key", message)
                            .at(Place::file(&file.path))
                            .help("the first one is used; give one of the works another key"),
                    );
                }
                continue;
            }
            self.files.push(file.path.clone());
            self.entries.push(entry);
        }
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.entries.get(key).is_some()
    }

    /// In the order of the files.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The file of the work at this position among the entries.
    pub(super) fn file(&self, position: usize) -> Option<&str> {
        self.files.get(position).map(String::as_str)
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
