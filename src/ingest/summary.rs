//! `SUMMARY.md` and `book.toml`: how an mdBook (or a GitBook) says what is in it, and in which order.

use std::collections::BTreeMap;
use std::path::Path;

use super::assets;
use super::encoding::decode_strictly;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Person;
use crate::manifest::{Manifest, ManifestEssay, ManifestPart};
use crate::manuscript::Manuscript;

const TEXT_LIMIT: u64 = 1 << 20;
/// The book's settings beside it.
pub const SETTINGS: &str = "book.toml";

/// A table of contents.
#[derive(Debug)]
pub struct Summary {
    /// Its own path.
    pub file: String,
    pub text: String,
    pub parts: Vec<ManifestPart>,
    /// What it calls each chapter.
    titles: BTreeMap<String, String>,
}

/// Reads the table of contents at `path`. `None` where it lists no chapter.
pub fn read(folder: &Path, path: &str, diagnostics: &mut Diagnostics) -> Option<Summary> {
    let bytes = assets::load(folder, path, TEXT_LIMIT, diagnostics)?;
    let text = decode_strictly(&bytes, path, diagnostics)?;
    let mut summary =
        Summary { file: path.to_owned(), text: String::new(), parts: Vec::new(), titles: BTreeMap::new() };
    let mut has_title = false;
    let mut part = ManifestPart::default();
    for (number, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        let is_item = trimmed.starts_with(['-', '*', '+']) && !is_rule(trimmed);
        if let Some(heading) = trimmed.strip_prefix('#') {
            let heading = heading.trim_start_matches('#').trim();
            // The first heading is the page's own.
            if has_title && !heading.is_empty() {
                summary.close(&mut part, Some(heading.to_owned()));
            }
            has_title = true;
            continue;
        }
        let Some((title, target)) = link(trimmed) else { continue };
        // A chapter outside the lists belongs to no part: a foreword, an afterword.
        if !is_item && part.title.is_some() {
            summary.close(&mut part, None);
        }
        let line = number as u32 + 1;
        let place = || Place { excerpt: Some(trimmed.to_owned()), ..Place::line(path, line) };
        let Some(file) = resolve(path, &target) else {
            let message = format!("`{title}` has no file yet; it is left out");
            diagnostics.push(Diagnostic::note("draft-essay", message).at(place()));
            continue;
        };
        if summary.titles.insert(file.clone(), title.to_owned()).is_some() {
            let message = format!("`{file}` is listed twice; it stands where it is listed first");
            diagnostics.push(Diagnostic::warning("repeated-essay", message).at(place()));
            continue;
        }
        part.essays.push(ManifestEssay { file, line, ..ManifestEssay::default() });
    }
    summary.close(&mut part, None);
    summary.text = text;
    (!summary.parts.is_empty()).then_some(summary)
}

impl Summary {
    /// Ends a part, and starts the next one.
    fn close(&mut self, part: &mut ManifestPart, next: Option<String>) {
        let done = std::mem::replace(part, ManifestPart { title: next, essays: Vec::new() });
        if !done.essays.is_empty() {
            self.parts.push(done);
        }
    }

    /// Gives a chapter without a heading the title that the table of contents has for it.
    pub fn name(&self, manuscript: &mut Manuscript) {
        const REACH: usize = 4;
        let mut lines = manuscript.text.lines().filter(|line| !line.trim().is_empty()).take(REACH);
        let has_heading = lines.any(|line| line.starts_with('#') || is_underline(line));
        if manuscript.metadata.title.is_none() && !has_heading {
            manuscript.metadata.title = self.titles.get(&manuscript.file).cloned();
        }
    }
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace([' '], "").replace(mark, "").is_empty())
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Text and target of the link on a line.
fn link(line: &str) -> Option<(&str, String)> {
    let middle = line.find("](")?;
    let start = line[..middle].find('[')?;
    let end = line.rfind(')').filter(|end| *end >= middle + 2)?;
    let target = line[middle + 2..end].trim();
    let target = target.strip_prefix('<').and_then(|target| target.strip_suffix('>')).unwrap_or(target);
    let target = target.split(" \"").next().unwrap_or_default();
    Some((line[start + 1..middle].trim(), assets::decode_percent(target)))
}

/// The file that a target means, seen from the table of contents. `None` for none.
fn resolve(summary: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default();
    if target.is_empty() || target.contains("://") {
        return None;
    }
    let folder = summary.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            name => path.push(name),
        }
    }
    Some(path.join("/"))
}

/// What `book.toml` says of the book, where the manifest says nothing. Returns its authors.
pub fn adopt_settings(folder: &Path, manifest: &mut Manifest, diagnostics: &mut Diagnostics) -> Vec<Person> {
    let Some(text) = assets::load(folder, SETTINGS, TEXT_LIMIT, diagnostics)
        .and_then(|bytes| decode_strictly(&bytes, SETTINGS, diagnostics))
    else {
        return Vec::new();
    };
    let settings = match text.parse::<toml::Table>() {
        Ok(settings) => settings,
        Err(error) => {
            let place = Place::in_text(SETTINGS, &text, error.span().map_or(0, |span| span.start));
            let message = format!("{SETTINGS} is not valid TOML: {}", error.message());
            diagnostics.push(
                Diagnostic::warning("broken-toml", message)
                    .at(place)
                    .help("correct it, or say in anthology.yaml what it should say"),
            );
            return Vec::new();
        }
    };
    let Some(book) = settings.get("book").and_then(toml::Value::as_table) else { return Vec::new() };
    let get = |key: &str| {
        let text = book.get(key).and_then(toml::Value::as_str).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    manifest.title = manifest.title.take().or_else(|| get("title"));
    manifest.description = manifest.description.take().or_else(|| get("description"));
    manifest.language = manifest.language.take().or_else(|| get("language"));
    let authors = book.get("authors").and_then(toml::Value::as_array);
    let names = authors.into_iter().flatten().filter_map(toml::Value::as_str);
    names.map(|name| super::metadata_block::people::person(name.split('<').next().unwrap_or(name))).collect()
}
