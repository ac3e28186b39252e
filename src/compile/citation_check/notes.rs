//! Notes whose marks cannot all be right: two of one label, one that refers to itself.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Inline, NoteKind, Parsed, Run, Span, Target, visit_runs};

use super::Findings;

pub(super) fn check(document: &Document, findings: &mut Findings) {
    let mut known: HashMap<String, NoteKind> = HashMap::new();
    for note in &document.notes {
        let label = note.label.trim().to_lowercase();
        let mut own = None;
        visit_runs(&note.body, &mut |run| {
            if let Run::Inlines(content) = run {
                own = own.or_else(|| mark_of(&label, content));
            }
        });
        if let Some(span) = own {
            findings.enter("note-cites-itself", span, || {
                let message = format!("note `{}` refers to itself", note.label);
                Diagnostic::warning("note-cites-itself", message)
                    .help("correct the label of the mark, or remove the mark")
            });
        }
        let is_first = known.insert(label, note.kind).is_none();
        if !is_first {
            findings.enter("repeated-note", note.span, || {
                let what = match note.kind {
                    NoteKind::Footnote => "note",
                    NoteKind::Reference => "reference",
                };
                let message = format!(
                    "there is another {what} `{}` before this one; marks lead to the first",
                    note.label
                );
                Diagnostic::warning("repeated-note", message)
                    .help("give one of the two another label, and correct the marks that mean it")
            });
        }
    }
}

/// Where the content refers to a note by its label.
fn mark_of(label: &str, content: &[Inline<Parsed>]) -> Option<Span> {
    content.iter().find_map(|inline| match inline {
        Inline::Link { to, content } => match &to.target {
            Target::Note(written) if written.trim().to_lowercase() == label => Some(to.span),
            _ => mark_of(label, content),
        },
        other => mark_of(label, other.content()),
    })
}
