//! Which of the folder's essays are in the book, by the manifest's word or a table of contents'.

use std::collections::BTreeSet;
use std::path::Path;

use super::assets;
use super::discover::{Listing, is_essay_name};
use super::summary::Summary;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{self, Manifest};

/// A file that lists essays.
pub struct List<'a> {
    file: &'a str,
    text: &'a str,
    is_manifest: bool,
}

impl<'a> List<'a> {
    pub fn manifest(text: &'a str) -> Self {
        List { file: manifest::FILE_NAME, text, is_manifest: true }
    }

    pub fn summary(summary: &'a Summary) -> Self {
        List { file: &summary.file, text: &summary.text, is_manifest: false }
    }
}

/// The listed essays that exist, in their order. Says which are missing and which are forgotten.
pub fn choose(
    folder: &Path,
    manifest: &Manifest,
    list: &List,
    listing: &Listing,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for essay in manifest.essays() {
        let is_known = listing.essays.binary_search(&essay.file).is_ok();
        if is_known || (is_essay_name(&essay.file) && assets::is_inside(folder, &essay.file)) {
            if listed.insert(&essay.file) {
                files.push(essay.file.clone());
            }
            continue;
        }
        let line = list.text.lines().nth(essay.line.saturating_sub(1) as usize).unwrap_or_default();
        let place = Place {
            column: line.find(&essay.file).map(|start| line[..start].chars().count() as u32 + 1),
            excerpt: Some(line.to_owned()),
            ..Place::line(list.file, essay.line)
        };
        let (code, message, help) = if assets::is_inside(folder, &essay.file) {
            let message = format!("`{}` is in a format that is not read yet", essay.file);
            ("unread-format", message, "save it as Markdown or plain text".to_owned())
        } else {
            let message = format!("the essay `{}` is not in the folder", essay.file);
            ("missing-essay", message, help_for_missing(&essay.file, listing))
        };
        // The manifest is the editor's word; a table of contents may be of another time.
        let problem = if list.is_manifest {
            Diagnostic::error(code, message)
        } else {
            Diagnostic::warning(code, message)
        };
        diagnostics.push(problem.at(place).help(help));
    }
    for file in listing.essays.iter().filter(|file| !listed.contains(file.as_str())) {
        let (message, help) = if list.is_manifest {
            ("the manifest does not list this essay; it is left out".to_owned(), "add it to")
        } else {
            (format!("{} does not list this essay; it is left out", list.file), "list it in")
        };
        diagnostics.push(
            Diagnostic::warning("unlisted-essay", message)
                .at(Place::file(file))
                .help(format!("{help} {}, or move it away", list.file)),
        );
    }
    files
}

/// Warns of essays in a folder of drafts.
pub fn tell_drafts(listing: &Listing, files: &[String], diagnostics: &mut Diagnostics) {
    for draft in listing.drafts.iter().filter(|draft| !files.contains(draft)) {
        diagnostics.push(leave_out_draft(draft, "it lies in a folder of drafts"));
    }
}

/// What is said of an essay that is not finished.
pub fn leave_out_draft(file: &str, why: &str) -> Diagnostic {
    Diagnostic::warning("draft-essay", format!("this essay is a draft and is left out: {why}"))
        .at(Place::file(file))
        .help(format!("list it in {} to have it in the book all the same", manifest::FILE_NAME))
}

/// A file of the same name elsewhere in the folder is likely to be meant.
fn help_for_missing(file: &str, listing: &Listing) -> String {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    match listing.essays.iter().find(|known| name(known) == name(file)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "check the name, or put the file there".to_owned(),
    }
}
