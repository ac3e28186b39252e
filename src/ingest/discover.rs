//! What is in the anthology folder, by the name of each file.
//!
//! Every file is an essay, an asset, or one that the editor is told of, with the reason why it is
//! neither.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::site::Site;
use super::skipped::Skipped;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest;

const ESSAY_EXTENSIONS: &[&str] = &[
    "md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "qmd", "rmd", "mdx", "txt", "text", "html", "htm",
    "xhtml", "docx", "odt", "epub",
];
/// Documents that are surely meant as essays, but that no reader exists for; and the way out.
const UNREAD_FORMATS: &[(&[&str], &str)] = &[
    (&["doc", "rtf", "pages", "wpd", "docm", "dotx"], "save it as .docx, Markdown or plain text"),
    (&["pdf", "djvu"], "ask its author for the text it was made from"),
    (
        &["tex", "latex", "rst", "org", "adoc", "asciidoc", "textile", "wiki", "ipynb", "typ"],
        "convert it to Markdown",
    ),
    (&["mobi", "azw3", "fb2"], "convert it to .epub"),
];
const PICTURE_EXTENSIONS: &[&str] =
    &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "tif", "tiff"];
const FONT_EXTENSIONS: &[&str] = &["ttf", "otf"];
const DEPTH_LIMIT: usize = 32;
const FILE_LIMIT: usize = 100_000;

/// The folder's files by kind, as sorted paths relative to it, with forward slashes.
#[derive(Debug, Default)]
pub struct Listing {
    pub essays: Vec<String>,
    /// Essays in a folder of drafts.
    pub drafts: Vec<String>,
    pub pictures: Vec<String>,
    pub fonts: Vec<String>,
    /// A book's table of contents as mdBook and its kin keep it.
    pub summary: Option<String>,
    /// What is neither, unless the manifest asks for it.
    pub skipped: Skipped,
    pub site: Site,
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
        let Some(names) = names_in(&path, &prefix, FILE_LIMIT - seen, diagnostics) else { continue };
        seen += names.len();
        if seen >= FILE_LIMIT {
            diagnostics.push(
                Diagnostic::error(
                    "folder-too-large",
                    format!("the folder holds more than {FILE_LIMIT} files"),
                )
                .help("point Garland at the folder that holds the essays only"),
            );
            return sorted(listing);
        }
        if depth == 0 {
            listing.site = Site::of(&names);
        }
        for name in names {
            let relative = format!("{prefix}{name}");
            if name.starts_with('.') {
                listing.skipped.add_hidden(relative);
                continue;
            }
            let entry = path.join(&name);
            match kind(&entry, &root) {
                Kind::Folder if depth >= DEPTH_LIMIT => diagnostics.push(Diagnostic::warning(
                    "folder-too-deep",
                    format!("`{relative}` lies too deep and is left out"),
                )),
                Kind::Folder => match listing.site.reason_to_skip_folder(&name, &relative) {
                    Some(reason) => listing.skipped.add(format!("{relative}/"), reason),
                    None => folders.push((entry, format!("{relative}/"), depth + 1)),
                },
                Kind::File => place_file(relative, &name, &mut listing, diagnostics),
                Kind::Outside => diagnostics.push(
                    Diagnostic::warning(
                        "outside-folder",
                        "this link leads out of the anthology folder and is left out",
                    )
                    .at(Place::file(relative))
                    .help("copy the file into the folder"),
                ),
                Kind::Other => listing.skipped.add(relative, "it is a link to no file, or a device"),
            }
        }
    }
    sorted(listing)
}

/// The names of a folder's files in order; at most `limit` of them.
fn names_in(
    path: &Path,
    prefix: &str,
    limit: usize,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeSet<String>> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            let name = if prefix.is_empty() { "the folder" } else { prefix.trim_end_matches('/') };
            diagnostics.push(
                Diagnostic::error("unreadable-folder", format!("{name} cannot be read: {error}"))
                    .help("check that you may read it"),
            );
            return None;
        }
    };
    let mut names = BTreeSet::new();
    let mut unreadable = BTreeSet::new();
    for entry in entries.flatten().take(limit) {
        match entry.file_name().into_string() {
            Ok(name) => names.insert(name),
            Err(name) => unreadable.insert(name.to_string_lossy().into_owned()),
        };
    }
    for lossy in unreadable {
        diagnostics.push(
            Diagnostic::warning(
                "unreadable-name",
                format!("the file name `{prefix}{lossy}` is not Unicode; the file is left out"),
            )
            .help("rename the file"),
        );
    }
    Some(names)
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
    if relative == manifest::FILE_NAME {
        return;
    }
    if has_extension(name, FONT_EXTENSIONS) && relative.starts_with("fonts/") {
        listing.fonts.push(relative);
    } else if let Some(reason) = reason_by_name(&relative, name) {
        listing.skipped.add(relative, reason);
    } else if name.eq_ignore_ascii_case("summary.md") {
        let is_known = |place: &str| relative.eq_ignore_ascii_case(place);
        if listing.site.summary_places().iter().any(|place| is_known(place)) {
            listing.summary = Some(relative);
        } else {
            listing.skipped.add(relative, "it is a table of contents, not an essay");
        }
    } else if is_essay_name(name) {
        match listing.site.reason_to_skip_page(&relative) {
            Some(reason) => listing.skipped.add(relative, reason),
            None if relative.split('/').any(|folder| folder == "_drafts") => listing.drafts.push(relative),
            None => listing.essays.push(relative),
        }
    } else if has_extension(name, PICTURE_EXTENSIONS) {
        listing.pictures.push(relative);
    } else if let Some((_, way_out)) =
        UNREAD_FORMATS.iter().find(|(extensions, _)| has_extension(name, extensions))
    {
        diagnostics.push(
            Diagnostic::warning("unread-format", "this looks like an essay, but its format is not read")
                .at(Place::file(relative))
                .help(*way_out),
        );
    } else {
        listing.skipped.add(relative, reason_by_extension(name));
    }
}

/// Why a file is left out whatever is in it.
fn reason_by_name(relative: &str, name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    if relative.starts_with("fonts/") {
        return Some("only TrueType and OpenType files are taken from fonts/");
    }
    if has_extension(name, FONT_EXTENSIONS) {
        return Some("fonts are only taken from fonts/");
    }
    let is_about_the_folder = matches!(
        stem,
        "license" | "licence" | "copying" | "changelog" | "contributing" | "code_of_conduct" | "readme"
    ) || stem.starts_with("readme-")
        || stem.starts_with("readme_");
    is_about_the_folder.then_some("it is about the folder, not an essay of the book")
}

fn reason_by_extension(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("bib" | "bibtex" | "json" | "csl" | "ris") => {
            "no manifest and no essay names it as a bibliography"
        }
        Some("yaml" | "yml" | "toml" | "ini" | "cfg" | "lock") => "these settings are not Garland's",
        Some("py" | "js" | "ts" | "rb" | "sh" | "rs" | "css" | "scss" | "sass" | "bat" | "xsl" | "r") => {
            "it is a program or a style sheet"
        }
        Some("mp3" | "mp4" | "m4a" | "wav" | "mov" | "webm" | "ogg" | "avi") => {
            "sound and film have no place in a printed book"
        }
        Some("zip" | "gz" | "tar" | "7z" | "rar") => "it is an archive; unpack it to use what is in it",
        Some("xls" | "xlsx" | "csv" | "ods" | "ppt" | "pptx" | "odp" | "key" | "numbers") => {
            "tables and slides are not essays"
        }
        _ => "it is neither an essay nor a picture, font or bibliography",
    }
}

fn sorted(mut listing: Listing) -> Listing {
    listing.essays.sort();
    leave_out_copies(&mut listing);
    listing.drafts.sort();
    listing.pictures.sort();
    listing.fonts.sort();
    listing
}

/// A page or a document beside a Markdown file of the same name was made from it.
fn leave_out_copies(listing: &mut Listing) {
    const MADE: &[&str] = &["html", "htm", "xhtml", "docx", "odt", "epub"];
    let stem = |path: &str| path.rsplit_once('.').map(|(stem, _)| stem.to_owned());
    let sources: BTreeSet<String> = listing
        .essays
        .iter()
        .filter(|path| !has_extension(path, MADE))
        .filter_map(|path| stem(path))
        .collect();
    let is_copy =
        |path: &String| has_extension(path, MADE) && stem(path).is_some_and(|stem| sources.contains(&stem));
    let copies: Vec<String> = listing.essays.extract_if(.., |path| is_copy(path)).collect();
    for copy in copies {
        listing.skipped.add(copy, "the essay of the same name beside it is taken instead");
    }
}
