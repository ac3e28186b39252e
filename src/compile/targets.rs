//! Finding the essay that a link means.

use std::collections::HashMap;

use crate::dates;

use super::addresses::{self, join};
use super::headings::{Outline, compact};
use super::names::{file_name, file_stem, fold};
use super::order::Essay;

/// Extensions of files that can be essays, and of the pages that sites make of them.
const ESSAY_EXTENSIONS: [&str; 13] =
    ["md", "markdown", "mdown", "mkd", "txt", "text", "html", "htm", "xhtml", "mdx", "qmd", "docx", "odt"];

/// Files that stand for the folder that they are in.
const INDEX_NAMES: [&str; 3] = ["index", "_index", "readme"];

/// The chapters by every name that a link may call them.
#[derive(Debug)]
pub(super) struct Targets {
    by_path: HashMap<String, usize>,
    by_name: HashMap<String, Named>,
    /// By the address where the essay first appeared; `None` where several did.
    by_source: HashMap<String, Option<usize>>,
    /// The essays' files, by chapter.
    files: Vec<String>,
    /// By chapter.
    pub(super) outlines: Vec<Outline>,
}

/// The essays that have a name, and how good a name it is.
#[derive(Debug)]
struct Named {
    rank: Rank,
    chapters: Vec<usize>,
}

/// What kind of name it is: file names go before titles, because they are what a link is meant to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    FileName,
    /// Without the number or the date that orders it: `01-access` is also `access`.
    ShortFileName,
    Title,
    Alias,
    Identifier,
}

/// The chapter that a name leads to, and the others that it could have meant as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) chapter: usize,
    pub(super) rivals: Vec<usize>,
}

impl Found {
    fn only(chapter: usize) -> Self {
        Found { chapter, rivals: Vec::new() }
    }
}

impl Targets {
    pub(super) fn new(essays: &[Essay], ids: &[String], outlines: Vec<Outline>) -> Self {
        let files = essays.iter().map(|essay| essay.manuscript.file.clone()).collect();
        let mut targets = Targets {
            by_path: HashMap::new(),
            by_name: HashMap::new(),
            by_source: HashMap::new(),
            files,
            outlines,
        };
        for (chapter, essay) in essays.iter().enumerate() {
            let path = without_index(without_extension(&essay.manuscript.file));
            targets.by_path.entry(fold(path)).or_insert(chapter);
            targets.by_path.entry(fold(without_extension(&essay.manuscript.file))).or_insert(chapter);
            let metadata = &essay.document.metadata;
            // A folder's name may have a dot.
            let is_folder = path.len() < without_extension(&essay.manuscript.file).len();
            let stem = if is_folder { file_name(path) } else { file_stem(&essay.manuscript.file) };
            targets.name(stem, Rank::FileName, chapter);
            targets.name(without_number(stem), Rank::ShortFileName, chapter);
            if let Some((_, rest)) = dates::split_prefix(stem) {
                targets.name(rest.trim_start_matches(['-', '_', ' ']), Rank::ShortFileName, chapter);
            }
            targets.name(&essay.title, Rank::Title, chapter);
            metadata.title.iter().for_each(|title| targets.name(title, Rank::Title, chapter));
            metadata.aliases.iter().for_each(|alias| targets.name(alias, Rank::Alias, chapter));
            if let Some(source) = metadata.source.as_deref().and_then(page_identity) {
                let entry = targets.by_source.entry(source).or_insert(Some(chapter));
                if *entry != Some(chapter) {
                    *entry = None;
                }
            }
        }
        for (chapter, id) in ids.iter().enumerate() {
            targets.name(id, Rank::Identifier, chapter);
        }
        targets.by_path.remove("");
        targets
    }

    fn name(&mut self, name: &str, rank: Rank, chapter: usize) {
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        let named = self.by_name.entry(key).or_insert(Named { rank, chapters: Vec::new() });
        if rank < named.rank {
            *named = Named { rank, chapters: Vec::new() };
        }
        if rank == named.rank && named.chapters.last() != Some(&chapter) {
            named.chapters.push(chapter);
        }
    }

    /// The chapter that the essay `from` means by a path: relative to itself, to the anthology, or to the
    /// site or vault that the essay comes from.
    pub(super) fn by_path(&self, from: &str, path: &str) -> Option<Found> {
        if is_other_file(path) {
            return None;
        }
        let path = path.replace('\\', "/");
        let path = path.strip_prefix("@/").unwrap_or(&path);
        let path = without_index(without_extension(path.trim_end_matches('/')));
        let seen_from = |from| join(from, path).and_then(|path| self.by_path.get(&fold(&path))).copied();
        if let Some(chapter) = seen_from(from).or_else(|| seen_from("")) {
            return Some(Found::only(chapter));
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
        // `/2024/09/03/name/` is the post `2024-09-03-name`.
        let dated = parts.get(parts.len().saturating_sub(4)..).unwrap_or_default().join("-");
        let name = parts.last()?;
        if INDEX_NAMES.iter().any(|index| index.eq_ignore_ascii_case(name)) {
            return None;
        }
        self.nearest(from, &dated, &[]).or_else(|| self.nearest(from, name, &parts[..parts.len() - 1]))
    }

    /// The chapter that a wikilink names, by path or by name.
    pub(super) fn by_page(&self, from: &str, page: &str) -> Option<Found> {
        self.by_path(from, page).or_else(|| self.nearest(from, page, &[]))
    }

    /// The chapter that first appeared at an address.
    pub(super) fn by_source(&self, address: &str) -> Option<usize> {
        if self.by_source.is_empty() {
            return None;
        }
        self.by_source.get(&page_identity(address)?).copied().flatten()
    }

    /// Of the essays of a name, the one in the folders that the link names, else the one that is nearest
    /// to the essay `from`.
    fn nearest(&self, from: &str, name: &str, folders: &[&str]) -> Option<Found> {
        let named = self.by_name.get(&fold(name))?;
        if let [only] = named.chapters.as_slice() {
            return Some(Found::only(*only));
        }
        let file = |chapter: &usize| self.files.get(*chapter).map_or("", String::as_str);
        let closeness = |chapter: &usize| {
            let own = folders_of(file(chapter));
            let named = own.iter().rev().zip(folders.iter().rev());
            let agreeing = named.take_while(|(own, named)| fold(own) == fold(named)).count();
            let home = folders_of(from);
            let shared = own.iter().zip(&home).take_while(|(own, home)| own == home).count();
            let steps = own.len() + home.len() - 2 * shared;
            (agreeing, std::cmp::Reverse(steps))
        };
        let candidates: Vec<_> =
            named.chapters.iter().map(|chapter| (closeness(chapter), *chapter)).collect();
        let best = candidates.iter().map(|(closeness, _)| *closeness).max()?;
        let mut equal = candidates.into_iter().filter(|(closeness, _)| *closeness == best).map(|(_, it)| it);
        let chapter = equal.next()?;
        Some(Found { chapter, rivals: equal.collect() })
    }

    pub(super) fn file(&self, chapter: usize) -> &str {
        self.files.get(chapter).map_or("", String::as_str)
    }

    /// Whether a fragment names the essay by its title, which stands above its headings.
    pub(super) fn is_title(&self, chapter: usize, title: &str, fragment: &str) -> bool {
        let fragment = fold(fragment);
        let is_named = self.by_name.get(&fragment).is_some_and(|named| named.chapters.contains(&chapter));
        is_named || fold(title) == fragment || compact(title) == compact(&fragment)
    }

    /// The essay's name that is most like one that leads nowhere.
    pub(super) fn suggest(&self, page: &str) -> Option<&str> {
        let page = without_index(without_extension(page.trim_end_matches('/')));
        let written = fold(file_name(page));
        let keys =
            self.by_name.iter().filter_map(|(key, named)| Some((key.as_str(), *named.chapters.first()?)));
        let (_, chapter) = most_alike(&written, keys)?;
        self.files.get(chapter).map(String::as_str)
    }
}

/// The candidate that differs least from `written`, if it differs little enough to be meant.
pub(super) fn most_alike<'a, T: Ord>(
    written: &str,
    candidates: impl Iterator<Item = (&'a str, T)>,
) -> Option<(&'a str, T)> {
    const LONGEST: usize = 80;
    let length = written.chars().count();
    let most = length / 4;
    let near =
        candidates.filter(|(name, _)| name.len() <= LONGEST && name.chars().count().abs_diff(length) <= most);
    let measured = near.map(|(name, it)| (strsim::osa_distance(written, name), name, it));
    let (_, name, it) = measured.filter(|(distance, ..)| *distance <= most).min()?;
    (length <= LONGEST).then_some((name, it))
}

/// What an address is known by: the same page with another scheme, a slash at its end or a fragment is
/// the same. A site's first page is the address of no essay.
fn page_identity(address: &str) -> Option<String> {
    let address = address.split('#').next().unwrap_or_default();
    addresses::identity(address).filter(|identity| identity.contains(['/', '?']))
}

fn folders_of(file: &str) -> Vec<&str> {
    file.rsplit_once('/').map_or(Vec::new(), |(folders, _)| folders.split('/').collect())
}

/// `path` without an extension that essays have.
fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if is_essay_extension(extension) => stem,
        _ => path,
    }
}

/// The folder that an index file stands for.
fn without_index(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((folder, name)) if INDEX_NAMES.iter().any(|index| index.eq_ignore_ascii_case(name)) => folder,
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

/// A stem without the number that orders it.
fn without_number(stem: &str) -> &str {
    let rest = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == stem.len() { stem } else { rest.trim_start_matches(['-', '_', '.', ' ']) }
}
