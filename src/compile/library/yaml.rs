//! hayagriva's own format.

use hayagriva::Entry;
use hayagriva::io::from_yaml_str;

use crate::yaml::{self, Node, Value};

use super::Problems;

/// Up to here a file is read at once, so that its entries can share anchors; hayagriva compares every key
/// with every other, which larger files cannot afford.
const AT_ONCE: usize = 1000;

/// What hayagriva knows of a work.
const FIELDS: [&str; 33] = [
    "abstract",
    "affiliated",
    "archive",
    "archive-location",
    "author",
    "call-number",
    "chapter",
    "date",
    "edition",
    "editor",
    "genre",
    "issue",
    "language",
    "location",
    "note",
    "organization",
    "page-range",
    "page-total",
    "parent",
    "publisher",
    "runtime",
    "serial",
    "serial-number",
    "time-range",
    "title",
    "type",
    "url",
    "volume",
    "volume-total",
    "doi",
    "isbn",
    "issn",
    "pmid",
];
/// Names at the end of [`FIELDS`] that people write, but that hayagriva wants within `serial-number`.
const MISPLACED: usize = 4;

/// Reads the entries of a file.
pub(super) fn read(text: &str, problems: &mut Problems<'_>) -> Vec<Entry> {
    let blocks = blocks(text);
    for block in &blocks {
        if let Ok(Node { value: Value::Mapping(entries), .. }) = yaml::parse(&text[block.clone()]) {
            for (_, entry) in &entries {
                tell_unknown(entry, problems);
            }
        }
    }
    if blocks.len() <= AT_ONCE
        && let Ok(library) = from_yaml_str(text)
    {
        return library.into_iter().collect();
    }
    let mut entries = Vec::new();
    for block in blocks {
        let content = &text[block.clone()];
        if content.lines().all(|line| line.trim_start().starts_with('#') || line.trim().is_empty()) {
            continue;
        }
        match from_yaml_str(content) {
            Ok(library) => entries.extend(library),
            Err(error) => {
                let at = error.location().map_or(0, |at| at.index());
                let message = format!("this entry cannot be read: {error}");
                problems.broken(
                    block.start + at.min(content.len()),
                    message,
                    "correct the entry; each needs a `type`, and quotation marks around text that holds `: ` or `#`",
                );
            }
        }
    }
    entries
}

/// The file cut before every line that opens an entry.
fn blocks(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let opens = line.starts_with(|c: char| !c.is_whitespace() && !"#-}]%.".contains(c));
        if opens && at > 0 {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn tell_unknown(entry: &Node, problems: &mut Problems<'_>) {
    let Value::Mapping(fields) = &entry.value else { return };
    for (name, value) in fields {
        let Some(name) = name.as_text() else { continue };
        let known = &FIELDS[..FIELDS.len() - MISPLACED];
        match name {
            "parent" => match &value.value {
                Value::Sequence(parents) => parents.iter().for_each(|parent| tell_unknown(parent, problems)),
                _ => tell_unknown(value, problems),
            },
            _ if known.contains(&name) => {}
            _ if FIELDS.contains(&name) => {
                problems.left_out(&format!("{name} (write it under serial-number:)"))
            }
            _ => problems.left_out(name),
        }
    }
}
