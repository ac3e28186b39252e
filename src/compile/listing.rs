//! The book's sources as data, for those who want to see or keep them.

use crate::document::plain_text;
use crate::labels::SourceGroup;
use crate::source::{Record, Source as ListedSource};

use super::bibliography::CitedSources;
use super::export::{self, Keys};
use super::record;
use super::sources::Source;

/// What is known of each source.
pub(super) fn records(sources: &[Source]) -> Vec<Record> {
    sources.iter().map(record_of).collect()
}

/// Every source by its key, and the chapters that cite it.
pub(super) fn list(
    sources: &[Source],
    records: Vec<Record>,
    clusters: &[Vec<CitedSources>],
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
    sources.iter().filter_map(|source| source.key.as_deref()).for_each(|key| {
        keys.take(key);
    });
    let mut listed: Vec<ListedSource> = sources
        .iter()
        .zip(records)
        .zip(chapters)
        .map(|((source, record), chapters)| {
            let key = source.key.clone().unwrap_or_else(|| keys.take(&export::key(&record)));
            ListedSource { key, record, chapters }
        })
        .collect();
    listed.sort_by(|a, b| a.key.cmp(&b.key));
    listed
}

/// What each source stands under where sources are grouped by kind.
pub(super) fn kinds(records: &[Record]) -> Vec<SourceGroup> {
    records.iter().map(|record| kind(&record.kind)).collect()
}

fn kind(csl: &str) -> SourceGroup {
    match csl {
        "book" | "collection" | "proceedings" | "reference" | "periodical" => SourceGroup::Books,
        "article" | "article-journal" | "article-magazine" | "article-newspaper" | "chapter"
        | "entry-encyclopedia" | "paper-conference" => SourceGroup::Articles,
        "report" | "thesis" => SourceGroup::Reports,
        "post" | "post-weblog" | "software" | "webpage" => SourceGroup::WebPages,
        "motion_picture" | "performance" | "song" => SourceGroup::Recordings,
        "legal_case" | "legislation" => SourceGroup::Laws,
        _ => SourceGroup::Others,
    }
}

/// What is known of a source; words that were not understood stay with it.
fn record_of(source: &Source) -> Record {
    let mut record = record::record_of(&source.entry);
    let words = source.words.as_deref().map(plain_text).unwrap_or_default();
    if words.trim_end_matches('.') != record.plain("title").trim_end_matches('.') {
        record.set("note", words.into());
    }
    record
}
