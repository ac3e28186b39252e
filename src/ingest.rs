//! From a folder of files to manuscripts: the only stage that reads the input.
//!
//! Files are found, decoded, relieved of what is not the author's text, and put into reading order.
//! Whatever is removed or repaired is noted with file and line.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{self, Manifest};
use crate::manuscript::{Input, Manuscript, Reading};

mod assets;
mod byline;
mod characters;
mod dialect;
mod discover;
mod encoding;
mod furniture;
mod language;
mod metadata_block;
mod mojibake;
mod order;
mod repetition;
mod sheet;
pub mod system_fonts;

use sheet::Sheet;

/// A longer file is no essay; the limit also keeps byte offsets within a `Span`.
const ESSAY_LIMIT: u64 = 16 << 20;

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
    let manifest = Manifest::parse(text, diagnostics);

    let is_listed = manifest.essays().next().is_some();
    let files = if is_listed {
        listed_essays(folder, &manifest, text, &listing, diagnostics)
    } else {
        listing.essays.clone()
    };
    let mut manuscripts = read_essays(folder, &files, &manifest, diagnostics);
    if !is_listed {
        order::sort(&mut manuscripts);
    }
    language::settle(&mut manuscripts, &manifest);
    if manuscripts.is_empty() {
        let (message, help) = if files.is_empty() {
            ("there are no essays in this folder", "put Markdown (.md) or plain text (.txt) files into it")
        } else {
            ("none of the essays in this folder can be used", "see the other messages")
        };
        diagnostics.push(Diagnostic::error("no-essays", message).help(help));
        return None;
    }
    let input = Input {
        folder: folder_name(folder),
        bibliographies: assets::bibliographies(folder, &manifest, text, diagnostics),
        glossary: assets::glossary(folder, &manifest, text, diagnostics),
        pictures: assets::pictures(folder, &listing, &manuscripts, diagnostics),
        fonts: assets::fonts(folder, &listing, diagnostics),
        manuscripts,
    };
    Some((manifest, input))
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

/// The manifest's essays that exist, in its order. Says which are missing and which it forgets.
fn listed_essays(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    listing: &discover::Listing,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for essay in manifest.essays() {
        let is_known = listing.essays.binary_search(&essay.file).is_ok();
        if is_known || (discover::is_essay_name(&essay.file) && assets::is_inside(folder, &essay.file)) {
            if listed.insert(&essay.file) {
                files.push(essay.file.clone());
            }
            continue;
        }
        let line = manifest_text.lines().nth(essay.line.saturating_sub(1) as usize).unwrap_or_default();
        let place = Place {
            column: line.find(&essay.file).map(|start| line[..start].chars().count() as u32 + 1),
            excerpt: Some(line.to_owned()),
            ..Place::line(manifest::FILE_NAME, essay.line)
        };
        let (code, message, help) = if assets::is_inside(folder, &essay.file) {
            let message = format!("`{}` is in a format that is not read yet", essay.file);
            ("unread-format", message, "save it as Markdown or plain text".to_owned())
        } else {
            let message = format!("the essay `{}` is not in the folder", essay.file);
            ("missing-essay", message, help_for_missing(&essay.file, listing))
        };
        diagnostics.push(Diagnostic::error(code, message).at(place).help(help));
    }
    for file in listing.essays.iter().filter(|file| !listed.contains(file.as_str())) {
        diagnostics.push(
            Diagnostic::warning("unlisted-essay", "the manifest does not list this essay; it is left out")
                .at(Place::file(file))
                .help(format!("add it to {}, or move it away", manifest::FILE_NAME)),
        );
    }
    files
}

/// A file of the same name elsewhere in the folder is likely to be meant.
fn help_for_missing(file: &str, listing: &discover::Listing) -> String {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    match listing.essays.iter().find(|known| name(known) == name(file)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "check the name, or put the file there".to_owned(),
    }
}

fn read_essays(
    folder: &Path,
    files: &[String],
    manifest: &Manifest,
    diagnostics: &mut Diagnostics,
) -> Vec<Manuscript> {
    let read: Vec<(Option<Manuscript>, Diagnostics)> = files
        .par_iter()
        .map(|file| {
            let mut diagnostics = Diagnostics::new();
            let manuscript = assets::load(folder, file, ESSAY_LIMIT, &mut diagnostics)
                .and_then(|bytes| prepare(file, &bytes, manifest.reading(file), &mut diagnostics));
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
    let original = unify_line_ends(encoding::decode(bytes, file, diagnostics)?);
    let mut sheet = characters::clean(file, &original);
    sheet.keep = reading.keep;
    mojibake::repair(&mut sheet);
    characters::replace_c1_controls(&mut sheet);
    sheet.note_repairs(&original);
    let mut metadata = metadata_block::take(&mut sheet);
    furniture::remove(&mut sheet);
    repetition::remove(&mut sheet);
    byline::take(&mut sheet, &mut metadata);
    metadata.date = metadata.date.or_else(|| order::date_of(file));
    let dialect = reading.dialect.unwrap_or_else(|| dialect::detect(&sheet));
    let text = sheet.lines.join("\n");
    let Sheet { diagnostics: mut found, changes, keep, .. } = sheet;
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
        changes,
        keep,
        as_typed: reading.as_typed,
    })
}

fn unify_line_ends(text: String) -> String {
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
