//! From a folder of files to manuscripts: the only stage that reads the input.
//!
//! Files are found, decoded, relieved of what is not the author's text, and put into reading order.
//! Whatever is removed or repaired is noted with file and line.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{self, Manifest};
use crate::manuscript::{Dialect, Input, InputFile, Manuscript, Reading};

mod assets;
mod byline;
mod characters;
pub mod container;
mod dialect;
mod discover;
mod draft;
mod encoding;
mod epub_book;
mod furniture;
mod language;
mod mail;
mod metadata_block;
mod mojibake;
pub mod odt;
mod office;
mod order;
pub mod page;
mod repetition;
mod selection;
mod sheet;
mod site;
mod skipped;
mod summary;
pub mod system_fonts;
pub mod word;

use draft::Draft;
pub use draft::repair_text;
use selection::List;
use sheet::Sheet;
use site::Site;

/// A longer file is no essay; the limit also keeps byte offsets within a `Span`.
const ESSAY_LIMIT: u64 = 16 << 20;
/// A container holds pictures, too.
const CONTAINER_LIMIT: u64 = 128 << 20;

/// Reads an anthology folder. `None` when there is nothing to make a book of; the diagnostics say why.
pub fn read(folder: &Path, diagnostics: &mut Diagnostics) -> Option<(Manifest, Input)> {
    if !folder.is_dir() {
        let (what, help) = if folder.exists() {
            ("is a file, not a folder", "point Garland at the folder that the essays are in")
        } else {
            ("does not exist", "check the path")
        };
        let message = format!("`{}` {what}", folder.display());
        diagnostics.push(Diagnostic::error("no-folder", message).help(help));
        return None;
    }
    let listing = discover::discover(folder, diagnostics);
    let manifest_text = manifest_text(folder, diagnostics);
    let text = manifest_text.as_deref().unwrap_or_default();
    let mut manifest = Manifest::parse(text, diagnostics);

    let has_list = manifest.essays().next().is_some();
    let summary = listing.summary.as_deref().filter(|_| !has_list);
    let summary = summary.and_then(|path| summary::read(folder, path, diagnostics));
    let mut authors = Vec::new();
    if let Some(summary) = &summary {
        manifest.parts.clone_from(&summary.parts);
        if listing.site == Site::MdBook {
            authors = summary::adopt_settings(folder, &mut manifest, diagnostics);
        }
    }
    let list = match &summary {
        Some(summary) => Some(List::summary(summary)),
        None => has_list.then(|| List::manifest(text)),
    };
    let files = match &list {
        Some(list) => selection::choose(folder, &manifest, list, &listing, diagnostics),
        None => listing.essays.clone(),
    };
    selection::tell_drafts(&listing, &files, diagnostics);
    let mut manuscripts = read_essays(folder, &files, &manifest, listing.site, diagnostics);
    if !has_list {
        leave_out_drafts(&mut manuscripts, diagnostics);
    }
    match &summary {
        Some(summary) => manuscripts.iter_mut().for_each(|manuscript| {
            summary.name(manuscript);
            if manuscript.metadata.authors.is_empty() {
                manuscript.metadata.authors.clone_from(&authors);
            }
        }),
        None if has_list => {}
        None => order::sort(&mut manuscripts),
    }
    language::settle(&mut manuscripts, &manifest);
    if manuscripts.is_empty() {
        let (message, help) = if files.is_empty() {
            (
                "there are no essays in this folder",
                "put essays into it: Markdown (.md), plain text (.txt), Web pages (.html), Word documents (.docx), \
                 OpenDocument texts (.odt) or EPUB books (.epub)",
            )
        } else {
            ("none of the essays in this folder can be used", "see the other messages")
        };
        diagnostics.push(Diagnostic::error("no-essays", message).help(help));
        return None;
    }
    let embedded: Vec<InputFile<Vec<u8>>> =
        manuscripts.iter_mut().flat_map(|manuscript| std::mem::take(&mut manuscript.pictures)).collect();
    let mut pictures = assets::pictures(folder, &listing, &manuscripts, diagnostics);
    pictures.extend(embedded);
    let input = Input {
        folder: folder_name(folder),
        bibliographies: assets::bibliographies(folder, &manifest, text, &manuscripts, diagnostics),
        style: assets::style(folder, &manifest, text, diagnostics),
        theme: assets::theme(folder, &manifest, text, diagnostics),
        epub_styles: assets::epub_styles(folder, &manifest, text, diagnostics),
        glossaries: assets::glossaries(folder, &manifest, text, diagnostics),
        pictures,
        cover: assets::cover(folder, &manifest, text, diagnostics),
        fonts: assets::fonts(folder, &listing, diagnostics),
        manuscripts,
    };
    tell_skipped(listing, &input, summary.is_some(), diagnostics);
    Some((manifest, input))
}

/// Leaves out the essays that are drafts by their own word.
fn leave_out_drafts(manuscripts: &mut Vec<Manuscript>, diagnostics: &mut Diagnostics) {
    manuscripts.retain(|manuscript| {
        if manuscript.metadata.is_draft {
            let why = "its metadata block says so";
            diagnostics.push(selection::leave_out_draft(&manuscript.file, why));
        }
        !manuscript.metadata.is_draft
    });
}

/// Notes the files that are neither essays of the book nor anything that one of them needs.
fn tell_skipped(
    mut listing: discover::Listing,
    input: &Input,
    used_summary: bool,
    diagnostics: &mut Diagnostics,
) {
    let mut used: BTreeSet<&str> = input.bibliographies.iter().map(|file| file.path.as_str()).collect();
    used.extend(
        input
            .style
            .iter()
            .chain(&input.theme)
            .chain(&input.epub_styles)
            .chain(&input.glossaries)
            .map(|file| file.path.as_str()),
    );
    used.extend(input.manuscripts.iter().map(|manuscript| manuscript.file.as_str()));
    used.extend((listing.site == Site::MdBook).then_some(summary::SETTINGS));
    if let Some(summary) = listing.summary.take().filter(|_| !used_summary) {
        listing.skipped.add(summary, "it is a table of contents, not an essay");
    }
    let shown: BTreeSet<&str> =
        input.pictures.iter().chain(&input.cover).map(|picture| picture.path.as_str()).collect();
    let unused: Vec<&str> =
        listing.pictures.iter().map(String::as_str).filter(|path| !shown.contains(path)).collect();
    if !unused.is_empty() {
        let message = format!("no essay shows {}", skipped::name_some(&unused));
        diagnostics.push(Diagnostic::note("skipped-file", message));
    }
    listing.skipped.tell(&used, diagnostics);
}

/// The folder's own name, also where it was named by a path such as `.`.
fn folder_name(folder: &Path) -> String {
    let resolved = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    resolved.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn manifest_text(folder: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    const LIMIT: u64 = 1 << 20;
    if !folder.join(manifest::FILE_NAME).exists() {
        return None;
    }
    let bytes = assets::load(folder, manifest::FILE_NAME, LIMIT, diagnostics)?;
    encoding::decode_strictly(&bytes, manifest::FILE_NAME, diagnostics)
}

fn read_essays(
    folder: &Path,
    files: &[String],
    manifest: &Manifest,
    site: Site,
    diagnostics: &mut Diagnostics,
) -> Vec<Manuscript> {
    let read: Vec<(Option<Manuscript>, Diagnostics)> = files
        .par_iter()
        .map(|file| {
            let mut diagnostics = Diagnostics::new();
            let reading = Reading { folder: site.dialect(), ..manifest.reading(file) };
            let is_container =
                [".docx", ".odt", ".epub"].iter().any(|end| file.to_lowercase().ends_with(end));
            let limit = if is_container { CONTAINER_LIMIT } else { ESSAY_LIMIT };
            let manuscript = assets::load(folder, file, limit, &mut diagnostics)
                .and_then(|bytes| prepare(file, &bytes, reading, &mut diagnostics));
            (manuscript, diagnostics)
        })
        .collect();
    let mut manuscripts = Vec::new();
    for (manuscript, found) in read {
        diagnostics.extend(found);
        manuscripts.extend(manuscript);
    }
    manuscripts
}

/// Makes a manuscript of a file's bytes. `None` when they hold no text; the diagnostics say why.
pub fn prepare(
    file: &str,
    bytes: &[u8],
    reading: Reading,
    diagnostics: &mut Diagnostics,
) -> Option<Manuscript> {
    let Draft { mut sheet, original, mut metadata, hints, is_mail, pictures } =
        Draft::read(file, bytes, &reading, diagnostics)?;
    furniture::remove(&mut sheet, &mut metadata);
    repetition::remove(&mut sheet);
    byline::take(&mut sheet, &mut metadata);
    furniture::take_stamps(&mut sheet, &mut metadata);
    metadata.date = metadata.date.or_else(|| order::date_of(file));
    metadata.keywords.extend(order::categories_of(file).map(str::to_owned));
    // Links to a page that is a folder call it by the folder's name.
    metadata.aliases.extend(order::bundle_of(file).map(str::to_owned));
    let hints = dialect::Hints { metadata: hints, folder: reading.folder };
    let dialect = match reading.dialect {
        _ if sheet.is_html => Dialect::Html,
        Some(dialect) => dialect,
        // What mail programs mark is not Markdown.
        None if is_mail => Dialect::Plain,
        None => dialect::detect(&sheet, &hints),
    };
    let text = sheet.lines.join("\n");
    let Sheet { diagnostics: mut found, changes, conversion, keep, .. } = sheet;
    found.sort();
    diagnostics.extend(found);
    if text.trim().is_empty() {
        diagnostics.push(
            Diagnostic::warning("empty-essay", "this file holds no text; it is left out")
                .at(Place::file(file))
                .help("write the essay, or remove the file"),
        );
        return None;
    }
    Some(Manuscript {
        file: file.to_owned(),
        dialect,
        metadata,
        text,
        original,
        conversion,
        changes,
        keep,
        pictures,
        as_typed: reading.as_typed,
    })
}
