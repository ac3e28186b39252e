//! The book's sources as data, for those who want to see or keep them.

use crate::document::plain_text;
use crate::source::{Record, Source as ListedSource};

use super::bibliography::CitedSources;
use super::export::{self, Keys};
use super::library::Library;
use super::record;
use super::references::WrittenReference;
use super::sources::Source;

/// Every source by its key, and the chapters that cite it.
pub(super) fn list(
    sources: &[Source],
    clusters: &[Vec<CitedSources>],
    library: &Library,
) -> Vec<ListedSource> {
    let mut chapters: Vec<Vec<usize>> = vec![Vec::new(); sources.len()];
    for (chapter, clusters) in clusters.iter().enumerate() {
        for (source, _) in clusters.iter().flatten() {
            if let Some(known) = chapters.get_mut(*source).filter(|known| known.last() != Some(&chapter)) {
                known.push(chapter);
            }
        }
    }
    let mut keys = Keys::default();
    // The keys that essays cite by are spoken for, wherever they stand.
    for source in sources {
        if let Source::Work(key) = source {
            keys.take(key);
        }
    }
    let mut listed: Vec<ListedSource> = sources
        .iter()
        .zip(chapters)
        .map(|(source, chapters)| {
            let (key, record) = match source {
                Source::Work(key) => {
                    (key.clone(), library.get(key).map(record::record_of).unwrap_or_default())
                }
                Source::Written(reference) => {
                    let record = written(reference);
                    (keys.take(&export::key(&record)), record)
                }
            };
            ListedSource { key, record, chapters }
        })
        .collect();
    listed.sort_by(|a, b| a.key.cmp(&b.key));
    listed
}

/// What is known of a source that an author wrote out; the author's words stay with it.
fn written(reference: &WrittenReference) -> Record {
    let mut record = Record::new(if reference.address.is_some() { "webpage" } else { "document" });
    record.set("title", reference.title.as_str().into());
    record.set("URL", reference.address.as_deref().unwrap_or_default().into());
    record.set("DOI", reference.doi.as_deref().unwrap_or_default().into());
    let words = plain_text(&reference.content);
    if words.trim_end_matches('.') != reference.title.trim_end_matches('.') {
        record.set("note", words.into());
    }
    record
}
