//! Finding the essay that a link means.

use std::collections::HashMap;

use super::addresses::join;
use super::headings::Outline;
use super::names::{file_name, file_stem, fold};
use super::order::Essay;

/// Extensions of files that can be essays, and of the pages that sites make of them.
const ESSAY_EXTENSIONS: [&str; 9] = ["md", "markdown", "mdown", "mkd", "txt", "text", "html", "htm", "mdx"];

/// The chapters by every name that a link may call them.
#[derive(Debug)]
pub(super) struct Targets {
    by_path: HashMap<String, usize>,
    /// By file name, stem, title and slug; essays earlier in the book win.
    by_name: HashMap<String, usize>,
    /// By chapter.
    pub(super) outlines: Vec<Outline>,
}

impl Targets {
    pub(super) fn new(essays: &[Essay], ids: &[String], outlines: Vec<Outline>) -> Self {
        let mut by_path = HashMap::new();
        let mut by_name = HashMap::new();
        for (chapter, essay) in essays.iter().enumerate() {
            by_path.entry(fold(without_extension(&essay.manuscript.file))).or_insert(chapter);
        }
        // File names go before titles: they are what a link is meant to have.
        for (chapter, essay) in essays.iter().enumerate() {
            let stem = file_stem(&essay.manuscript.file);
            for name in [stem, without_number(stem)] {
                by_name.entry(fold(name)).or_insert(chapter);
            }
        }
        for (chapter, essay) in essays.iter().enumerate() {
            let own = essay.document.metadata.title.as_deref();
            for title in std::iter::once(essay.title.as_str()).chain(own) {
                by_name.entry(fold(title)).or_insert(chapter);
            }
        }
        for (chapter, id) in ids.iter().enumerate() {
            by_name.entry(fold(id)).or_insert(chapter);
        }
        by_path.remove("");
        by_name.remove("");
        Targets { by_path, by_name, outlines }
    }

    /// The chapter that the essay `from` means by a relative path.
    pub(super) fn by_path(&self, from: &str, path: &str) -> Option<usize> {
        if is_other_file(path) {
            return None;
        }
        let path = without_extension(path.trim_end_matches('/'));
        let seen_from = |from| join(from, path).and_then(|path| self.by_path.get(&fold(&path)));
        seen_from(from)
            .or_else(|| seen_from(""))
            .or_else(|| self.by_name.get(&fold(file_name(path))))
            .copied()
    }

    /// The chapter that a wikilink names, by path or by name.
    pub(super) fn by_page(&self, from: &str, page: &str) -> Option<usize> {
        self.by_path(from, page).or_else(|| self.by_name.get(&fold(page)).copied())
    }
}

/// `path` without an extension that essays have.
fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if is_essay_extension(extension) => stem,
        _ => path,
    }
}

fn is_essay_extension(extension: &str) -> bool {
    ESSAY_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Whether the path has an extension, and one that no essay has: a link to `map.pdf` does not mean
/// the essay `map.md`.
fn is_other_file(path: &str) -> bool {
    match file_name(path).rsplit_once('.') {
        Some((_, extension)) => {
            (2..=5).contains(&extension.len())
                && extension.chars().all(|c| c.is_ascii_alphanumeric())
                && extension.chars().any(|c| c.is_ascii_alphabetic())
                && !is_essay_extension(extension)
        }
        None => false,
    }
}

/// A stem without the number that orders it: `01-access` is also `access`.
fn without_number(stem: &str) -> &str {
    let rest = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == stem.len() { stem } else { rest.trim_start_matches(['-', '_', '.', ' ']) }
}
