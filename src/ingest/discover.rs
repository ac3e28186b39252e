//! What is in the anthology folder, by the name of each file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest;

const ESSAY_EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "txt", "text", "html", "htm", "xhtml"];
/// Documents that are surely meant as essays, but that no reader exists for yet.
const UNREAD_EXTENSIONS: &[&str] = &["docx", "doc", "odt", "rtf", "pdf", "epub", "tex"];
const PICTURE_EXTENSIONS: &[&str] =
    &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "tif", "tiff"];
const FONT_EXTENSIONS: &[&str] = &["ttf", "otf"];
const SKIPPED_FOLDERS: &[&str] = &["dist", "node_modules", "target"];
const DEPTH_LIMIT: usize = 32;
const FILE_LIMIT: usize = 100_000;

/// The folder's files by kind, as sorted paths relative to it, with forward slashes.
#[derive(Debug, Default)]
pub struct Listing {
    pub essays: Vec<String>,
    pub pictures: Vec<String>,
    pub fonts: Vec<String>,
}

/// Whether an essay reader exists for files of this name.
pub fn is_essay_name(path: &str) -> bool {
    has_extension(path, ESSAY_EXTENSIONS)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Lists the folder and all folders in it. Links that lead out of it are not followed.
pub fn discover(folder: &Path, diagnostics: &mut Diagnostics) -> Listing {
    let mut listing = Listing::default();
    let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mut seen = 0;
    let mut folders = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((path, prefix, depth)) = folders.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if prefix.is_empty() { "the folder" } else { prefix.trim_end_matches('/') };
                diagnostics.push(
                    Diagnostic::error("unreadable-folder", format!("{name} cannot be read: {error}"))
                        .help("check that you may read it"),
                );
                continue;
            }
        };
        for entry in entries.flatten() {
            seen += 1;
            if seen > FILE_LIMIT {
                diagnostics.push(
                    Diagnostic::error(
                        "folder-too-large",
                        format!("the folder holds more than {FILE_LIMIT} files"),
                    )
                    .help("point Garland at the folder that holds the essays only"),
                );
                return sorted(listing);
            }
            let Ok(name) = entry.file_name().into_string() else {
                let lossy = entry.file_name().to_string_lossy().into_owned();
                diagnostics.push(
                    Diagnostic::warning(
                        "unreadable-name",
                        format!("the file name `{prefix}{lossy}` is not Unicode; the file is left out"),
                    )
                    .help("rename the file"),
                );
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let relative = format!("{prefix}{name}");
            match kind(&entry.path(), &root) {
                Kind::Folder if depth >= DEPTH_LIMIT => diagnostics.push(Diagnostic::warning(
                    "folder-too-deep",
                    format!("`{relative}` lies too deep and is left out"),
                )),
                Kind::Folder if SKIPPED_FOLDERS.contains(&name.as_str()) => {}
                Kind::Folder => folders.push((entry.path(), format!("{relative}/"), depth + 1)),
                Kind::File => place_file(relative, &name, &mut listing, diagnostics),
                Kind::Outside => diagnostics.push(
                    Diagnostic::warning(
                        "outside-folder",
                        "this link leads out of the anthology folder and is left out",
                    )
                    .at(Place::file(relative))
                    .help("copy the file into the folder"),
                ),
                Kind::Other => {}
            }
        }
    }
    sorted(listing)
}

enum Kind {
    File,
    Folder,
    /// A symbolic link to something outside the anthology folder.
    Outside,
    /// A dangling link, a link to a folder, a device.
    Other,
}

fn kind(path: &Path, root: &PathBuf) -> Kind {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Kind::Other };
    if metadata.is_dir() {
        return Kind::Folder;
    }
    if metadata.is_file() {
        return Kind::File;
    }
    if !metadata.is_symlink() {
        return Kind::Other;
    }
    match fs::canonicalize(path) {
        Ok(target) if !target.starts_with(root) => Kind::Outside,
        Ok(target) if target.is_file() => Kind::File,
        _ => Kind::Other,
    }
}

fn place_file(relative: String, name: &str, listing: &mut Listing, diagnostics: &mut Diagnostics) {
    if has_extension(name, FONT_EXTENSIONS) {
        if relative.starts_with("fonts/") {
            listing.fonts.push(relative);
        }
    } else if relative.starts_with("fonts/") || is_about_the_folder(name) {
        // Font licences and the folder's own papers are not essays.
    } else if is_essay_name(name) {
        listing.essays.push(relative);
    } else if has_extension(name, PICTURE_EXTENSIONS) {
        listing.pictures.push(relative);
    } else if has_extension(name, UNREAD_EXTENSIONS) {
        diagnostics.push(
            Diagnostic::warning("unread-format", "this looks like an essay, but its format is not read yet")
                .at(Place::file(relative))
                .help("save it as Markdown or plain text"),
        );
    }
}

fn is_about_the_folder(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    lower == manifest::FILE_NAME
        || lower == "summary.md"
        || matches!(stem, "license" | "licence" | "copying" | "changelog" | "contributing")
        || stem == "readme"
        || stem.starts_with("readme-")
        || stem.starts_with("readme_")
}

fn sorted(mut listing: Listing) -> Listing {
    listing.essays.sort();
    listing.pictures.sort();
    listing.fonts.sort();
    listing
}
