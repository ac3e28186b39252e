//! The files that go into no book, and how the editor is told of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// More files of one folder with one reason are told of together.
const MOST_LINES: usize = 8;
/// Files that are named when many are told of together.
const NAMED: usize = 3;

/// Files and folders that are neither essays nor assets; a folder's path ends with a slash.
#[derive(Debug, Default)]
pub struct Skipped {
    reasons: BTreeMap<String, &'static str>,
    hidden: BTreeSet<String>,
}

impl Skipped {
    pub fn add(&mut self, path: String, reason: &'static str) {
        self.reasons.insert(path, reason);
    }

    /// A file or folder whose name starts with a dot.
    pub fn add_hidden(&mut self, path: String) {
        self.hidden.insert(path);
    }

    /// Notes every file that nothing asked for.
    pub fn tell(mut self, used: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
        self.reasons.retain(|path, _| !used.contains(path.as_str()));
        let mut groups: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for (path, reason) in &self.reasons {
            let folder = path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
            groups.entry((folder, reason)).or_default().push(path);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by(|a, b| a.1.cmp(&b.1));
        for ((folder, reason), paths) in groups {
            if paths.len() <= MOST_LINES {
                for path in paths {
                    let note = Diagnostic::note("skipped-file", format!("left out: {reason}"));
                    diagnostics.push(note.at(Place::file(path)));
                }
                continue;
            }
            let message = format!("{} are left out: {reason}", name_some(&paths));
            let note = Diagnostic::note("skipped-file", message);
            diagnostics.push(if folder.is_empty() { note } else { note.at(Place::file(folder)) });
        }
        let hidden: Vec<&str> = self.hidden.iter().map(String::as_str).collect();
        if !hidden.is_empty() {
            let verb = if hidden.len() == 1 { "is" } else { "are" };
            let message = format!("{} {verb} left out: hidden files hold no essays", name_some(&hidden));
            diagnostics.push(Diagnostic::note("skipped-file", message));
        }
    }
}

/// `a.py, b.py, c.py and 12 more files`.
pub fn name_some(paths: &[&str]) -> String {
    let names: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    let rest = paths.len() - names.len();
    match (rest, names.as_slice()) {
        (0, [only]) => only.clone(),
        (0, [first @ .., last]) => format!("{} and {last}", first.join(", ")),
        (1, _) => format!("{} and one more", names.join(", ")),
        _ => format!("{} and {rest} more", names.join(", ")),
    }
}
