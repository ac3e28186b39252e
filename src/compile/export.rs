//! Sources for other programs: BibLaTeX, CSL-JSON, hayagriva's YAML.
//!
//! Every export has the sources in the order of their keys.

mod biblatex;
mod csl_json;
mod keys;

use hayagriva::Library;

use crate::source::Source;

use super::record;

pub use biblatex::biblatex;
pub use csl_json::csl_json;
pub(super) use keys::{Keys, key};

/// The sources as a bibliography file of hayagriva's.
pub fn yaml(sources: &[Source]) -> String {
    let entry = |source: &Source| record::entry_of(&source.key, &source.record).0;
    let library: Library = sources.iter().map(entry).collect();
    if library.is_empty() {
        return String::new();
    }
    hayagriva::io::to_yaml_str(&library).unwrap_or_default()
}
