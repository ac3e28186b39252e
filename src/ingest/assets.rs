//! The files beside the essays that go into the book: pictures, fonts, bibliographies, glossaries.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::discover::Listing;
use super::encoding::decode_strictly;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{self, Manifest};
use crate::manuscript::{InputFile, Manuscript};

const PICTURE_LIMIT: u64 = 64 << 20;
const FONT_LIMIT: u64 = 64 << 20;
const TEXT_LIMIT: u64 = 16 << 20;
/// Read without being asked for, when the manifest names none.
const USUAL_BIBLIOGRAPHIES: [&str; 6] = [
    "references.bib",
    "references.bibtex",
    "references.biblatex",
    "references.json",
    "references.ris",
    "references.yaml",
];
const USUAL_GLOSSARIES: [&str; 3] = ["glossary.yaml", "glossary.yml", "glossary.csv"];
const USUAL_EPUB_STYLES: &str = "styles/epub.css";

/// Loads the pictures whose file name an essay mentions.
pub fn pictures(
    folder: &Path,
    listing: &Listing,
    manuscripts: &[Manuscript],
    diagnostics: &mut Diagnostics,
) -> Vec<InputFile<Vec<u8>>> {
    if listing.pictures.is_empty() {
        return Vec::new();
    }
    let mut mentioned = BTreeSet::new();
    for manuscript in manuscripts {
        collect_mentions(&manuscript.text, &mut mentioned);
    }
    let mut pictures = Vec::new();
    for path in &listing.pictures {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        if mentioned.contains(&name) {
            let content = load(folder, path, PICTURE_LIMIT, diagnostics);
            pictures.extend(content.map(|content| InputFile { path: path.clone(), content }));
        }
    }
    pictures
}

/// Collects the file names that end where a picture's extension ends. A name that holds spaces could
/// start at any of them, so each of its tails is collected.
fn collect_mentions(text: &str, names: &mut BTreeSet<String>) {
    const EXTENSIONS: [&str; 10] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "tif", "tiff"];
    const LONGEST_NAME: usize = 255;
    for (dot, _) in text.match_indices('.') {
        let after = &text[dot + 1..];
        let length = after.bytes().take_while(u8::is_ascii_alphanumeric).take(5).count();
        if !EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(&after[..length])) {
            continue;
        }
        let mut start = dot.saturating_sub(LONGEST_NAME);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let before = &text[start..dot];
        let boundary =
            |next: char| matches!(next, '/' | '\n' | '(' | '[' | '"' | '\'' | '<' | '|' | '=' | '\\');
        let stem = before
            .rfind(boundary)
            .map_or(before, |at| before[at..].strip_prefix(boundary).unwrap_or_default());
        let name = decode_percent(&format!("{stem}.{}", &after[..length])).to_lowercase();
        for (space, _) in name.match_indices(' ').take(8) {
            names.insert(name[space + 1..].to_owned());
        }
        names.insert(name.trim_start().to_owned());
    }
}

/// `access%20map` → `access map`.
pub fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code =
            if first == b'%' { tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()) } else { None };
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Loads the faces in `fonts/`.
pub fn fonts(folder: &Path, listing: &Listing, diagnostics: &mut Diagnostics) -> Vec<InputFile<Vec<u8>>> {
    listing
        .fonts
        .iter()
        .filter_map(|path| {
            let content = load(folder, path, FONT_LIMIT, diagnostics)?;
            Some(InputFile { path: path.clone(), content })
        })
        .collect()
}

/// Loads the bibliography files that the manifest names, or else the usual ones that are there; and those
/// that essays name.
pub fn bibliographies(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    manuscripts: &[Manuscript],
    diagnostics: &mut Diagnostics,
) -> Vec<InputFile<String>> {
    let mut found: Vec<InputFile<String>> = if manifest.bibliography.files.is_empty() {
        USUAL_BIBLIOGRAPHIES.into_iter().filter_map(|path| usual(folder, path, diagnostics)).collect()
    } else {
        let files = &manifest.bibliography.files;
        files.iter().filter_map(|path| named(folder, path, manifest_text, diagnostics)).collect()
    };
    for manuscript in manuscripts {
        let own_folder = manuscript.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for name in &manuscript.metadata.bibliographies {
            let beside = format!("{own_folder}/{name}");
            let paths = [beside.trim_start_matches('/'), name.as_str()];
            let Some(path) = paths.into_iter().find(|path| is_inside(folder, path)) else {
                diagnostics.push(
                    Diagnostic::warning(
                        "missing-file",
                        format!("the bibliography `{name}` is not in the anthology folder"),
                    )
                    .at(Place::file(&manuscript.file))
                    .help("put the file beside the essay"),
                );
                continue;
            };
            let path = tidy(path);
            if !found.iter().any(|known| known.path == path) {
                found.extend(text_file(folder, &path, diagnostics));
            }
        }
    }
    found
}

/// A path without `.` and, where something stands before it, `..`.
fn tidy(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// Loads the bibliography style's file, if the manifest names one.
pub fn style(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<InputFile<String>> {
    named(folder, manifest.bibliography.style_file()?, manifest_text, diagnostics)
}

/// Loads the glossary files that the manifest names, or else the usual ones that are there.
pub fn glossaries(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<InputFile<String>> {
    let files = &manifest.glossary.files;
    if files.is_empty() {
        USUAL_GLOSSARIES.into_iter().filter_map(|path| usual(folder, path, diagnostics)).collect()
    } else {
        files.iter().filter_map(|path| named(folder, path, manifest_text, diagnostics)).collect()
    }
}

/// Loads the picture for the cover, if the manifest names one.
pub fn cover(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<InputFile<Vec<u8>>> {
    let path = &manifest.cover.as_ref()?.file;
    if !is_there(folder, path, manifest_text, diagnostics) {
        return None;
    }
    let content = load(folder, path, PICTURE_LIMIT, diagnostics)?;
    Some(InputFile { path: path.clone(), content })
}

/// Loads the print theme's file, if the manifest names one.
pub fn theme(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<InputFile<String>> {
    named(folder, manifest.editions.theme_file()?, manifest_text, diagnostics)
}

/// Loads the style sheet for the EPUB that the manifest names, or else the usual one if it is there. It must do
/// without files of its own, which the EPUB would have to fetch.
pub fn epub_styles(
    folder: &Path,
    manifest: &Manifest,
    manifest_text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<InputFile<String>> {
    let styles = match &manifest.editions.styles {
        Some(path) => named(folder, path, manifest_text, diagnostics),
        None => usual(folder, USUAL_EPUB_STYLES, diagnostics),
    }?;
    // What CSS writes with an escape could be either of them.
    let text = styles.content.to_ascii_lowercase();
    let Some(offset) = ["url(", "@import", "image(", "image-set(", "src(", "\\"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()
    else {
        return Some(styles);
    };
    let message = "this style sheet refers to other files or could; it is left out";
    let place = Place::in_text(&styles.path, &styles.content, offset);
    let help = "take out `@import`, `url(…)`, images and backslashes; faces in fonts/ need no rule";
    diagnostics.push(Diagnostic::warning("unsafe-styles", message).at(place).help(help));
    None
}

fn usual(folder: &Path, path: &str, diagnostics: &mut Diagnostics) -> Option<InputFile<String>> {
    if folder.join(path).is_file() { text_file(folder, path, diagnostics) } else { None }
}

/// A text file that the manifest asks for.
fn named(
    folder: &Path,
    path: &str,
    manifest_text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<InputFile<String>> {
    is_there(folder, path, manifest_text, diagnostics).then(|| text_file(folder, path, diagnostics))?
}

/// Whether a file that the manifest asks for is in the folder; its absence is an error.
fn is_there(folder: &Path, path: &str, manifest_text: &str, diagnostics: &mut Diagnostics) -> bool {
    if is_inside(folder, path) {
        return true;
    }
    let place = match manifest_text.find(path) {
        Some(offset) => Place::in_text(manifest::FILE_NAME, manifest_text, offset),
        None => Place::file(manifest::FILE_NAME),
    };
    diagnostics.push(
        Diagnostic::error("missing-file", format!("`{path}` is not in the anthology folder"))
            .at(place)
            .help("check the name, or put the file there"),
    );
    false
}

/// Whether a path names a file in the folder, after following links.
pub fn is_inside(folder: &Path, path: &str) -> bool {
    match (fs::canonicalize(folder), fs::canonicalize(folder.join(path))) {
        (Ok(root), Ok(target)) => target.starts_with(root) && target.is_file(),
        _ => false,
    }
}

fn text_file(folder: &Path, path: &str, diagnostics: &mut Diagnostics) -> Option<InputFile<String>> {
    let bytes = load(folder, path, TEXT_LIMIT, diagnostics)?;
    let content = decode_strictly(&bytes, path, diagnostics)?;
    Some(InputFile { path: path.to_owned(), content })
}

/// The bytes of a file, unless it is too large or cannot be read.
pub fn load(folder: &Path, path: &str, limit: u64, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    let full = folder.join(path);
    let too_large = fs::metadata(&full).is_ok_and(|metadata| metadata.len() > limit);
    if too_large {
        diagnostics.push(
            Diagnostic::error("file-too-large", format!("this file is larger than {} MB", limit >> 20))
                .at(Place::file(path))
                .help("make it smaller or leave it out"),
        );
        return None;
    }
    match fs::read(&full) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            diagnostics.push(
                Diagnostic::error("unreadable-file", format!("this file cannot be read: {error}"))
                    .at(Place::file(path))
                    .help("check that it exists and that you may read it"),
            );
            None
        }
    }
}
