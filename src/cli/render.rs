//! Diagnostics as an editor reads them on a terminal.

use std::io::IsTerminal;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};

/// How to show what one run found.
pub struct Report<'a> {
    /// Paths are shown as seen from where the command runs.
    pub folder: &'a Path,
    /// Leave out notes.
    pub quiet: bool,
}

impl Report<'_> {
    /// Every diagnostic and a line that counts them; empty where there are none.
    pub fn render(&self, diagnostics: &Diagnostics) -> String {
        let renderer = if std::io::stderr().is_terminal() { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        let shown =
            diagnostics.iter().filter(|diagnostic| !self.quiet || diagnostic.severity > Severity::Note);
        for diagnostic in shown {
            text.push_str(&self.render_one(diagnostic, &renderer));
            text.push('\n');
        }
        let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter_map(|severity| match diagnostics.count(severity) {
                0 => None,
                1 => Some(format!("1 {severity}")),
                count => Some(format!("{count} {severity}s")),
            })
            .collect();
        if !counts.is_empty() {
            text.push_str(&format!("{}\n", counts.join(", ")));
        }
        text
    }

    fn render_one(&self, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
        let place = diagnostic.place.as_ref();
        if diagnostic.severity == Severity::Note {
            // Notes are many and ask for nothing: one line each.
            let place = place.map(|place| format!("{}: ", self.show(place))).unwrap_or_default();
            return format!("note[{}]: {place}{}", diagnostic.code, diagnostic.message);
        }
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning | Severity::Note => Level::WARNING,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
        let path = place.map(|place| self.path(place));
        let mut group = Group::with_title(title);
        match (place, path) {
            (Some(Place { line: Some(line), column, excerpt: Some(excerpt), .. }), Some(path)) => {
                let start = byte_of_column(excerpt, column.unwrap_or(1));
                let end = excerpt[start..].chars().next().map_or(start, |first| start + first.len_utf8());
                group = group.element(
                    Snippet::source(excerpt.as_str())
                        .line_start(*line as usize)
                        .path(path)
                        .annotation(AnnotationKind::Primary.span(start..end)),
                );
            }
            (Some(place), Some(path)) => {
                let mut origin = annotate_snippets::Origin::path(path);
                if let Some(line) = place.line {
                    origin = origin.line(line as usize).char_column(place.column.unwrap_or(1) as usize);
                }
                group = group.element(origin);
            }
            _ => {}
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    fn show(&self, place: &Place) -> String {
        Place { file: self.path(place), ..place.clone() }.to_string()
    }

    /// A file as seen from where the command runs; relative paths stay as they were typed.
    fn path(&self, place: &Place) -> String {
        self.folder.join(&place.file).display().to_string()
    }
}

/// Byte offset of a 1-based column, which may stand past the end.
fn byte_of_column(line: &str, column: u32) -> usize {
    let skipped = column.saturating_sub(1) as usize;
    line.char_indices().nth(skipped).map_or(line.len(), |(byte, _)| byte)
}
