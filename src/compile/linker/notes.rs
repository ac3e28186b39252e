//! References to an essay's notes and numbered references.

use crate::document::{Block, Inline, Parsed, Span, WrittenNote};

use super::super::linked::{CitedWork, Linked, LinkedNote, PendingLink};
use super::super::references::{WrittenReference, is_reference};
use super::super::rewrite;
use super::{Linker, Where};

/// What has become of a note.
#[derive(Debug)]
pub(super) enum NoteState {
    /// Nothing has referred to it yet.
    Waiting(WrittenNote),
    /// A remark: position in the chapter's notes.
    Remark(usize),
    /// A source: position in the chapter's references.
    Source(usize),
}

/// Labels are compared without case, as Markdown has it.
pub(super) fn label_key(label: &str) -> String {
    label.trim().to_lowercase()
}

impl Linker<'_> {
    pub(super) fn note_reference(&mut self, label: &str, span: Span, out: &mut Vec<Inline<Linked>>) {
        let Some(at) = self.note_by_label.get(&label_key(label)).copied() else {
            self.warn(
                "unresolved-note",
                format!("there is no note `{label}`; the mark stays as text"),
                span,
                "add the note, or remove the mark",
            );
            // The parser gives the bare label, which would run into the word before it.
            rewrite::push_text(format!("[{label}]"), out);
            return;
        };
        let waiting_remark = match self.notes.get(at) {
            Some(NoteState::Waiting(note)) => !is_reference(note),
            Some(NoteState::Remark(_)) => true,
            _ => false,
        };
        if waiting_remark && (self.place == Where::Glossary || self.in_link) {
            self.warn(
                "misplaced-note",
                format!("the mark of note `{label}` stands where a note cannot be set; it was removed"),
                span,
                "move the mark into the running text",
            );
            return;
        }
        match self.open_note(at) {
            Some(NoteState::Remark(note)) => {
                let note = *note;
                let here = self.anchor("noteref");
                if let Some(linked) = self.out.notes.get_mut(note) {
                    linked.referrers.push(here);
                }
                let number = Inline::Text((note + 1).to_string());
                out.push(Inline::Link { to: PendingLink::Note { note, here }, content: vec![number] });
            }
            Some(NoteState::Source(reference)) => {
                let work = CitedWork::Written(*reference);
                self.cite(vec![(work, None)], out);
            }
            _ => {}
        }
    }

    /// Decides what a waiting note is, now that something refers to it.
    fn open_note(&mut self, at: usize) -> Option<&NoteState> {
        let state = self.notes.get_mut(at)?;
        if let NoteState::Waiting(note) = state {
            let note = std::mem::replace(
                note,
                WrittenNote { label: String::new(), kind: note.kind, body: Vec::new(), span: note.span },
            );
            if is_reference(&note) {
                *state = NoteState::Source(self.out.references.len());
                self.out.references.push(WrittenReference::read(note.body));
            } else {
                let position = self.out.notes.len();
                *state = NoteState::Remark(position);
                let anchor = self.anchor("note");
                self.out.notes.push(LinkedNote { anchor, body: Vec::new(), referrers: Vec::new() });
                self.pending.push_back((position, note));
            }
        }
        self.notes.get(at)
    }

    /// Links the notes that wait for it. Notes may refer to further notes, which queue up too.
    pub(super) fn pending_notes(&mut self) {
        let place = std::mem::replace(&mut self.place, Where::Note);
        while let Some((position, note)) = self.pending.pop_front() {
            let body = rewrite::blocks(self, note.body);
            if let Some(linked) = self.out.notes.get_mut(position) {
                linked.body = body;
            }
        }
        self.place = place;
    }

    /// Keeps what no mark refers to: sources are listed uncited, remarks end the chapter.
    pub(super) fn unreferenced_notes(&mut self) {
        for at in 0..self.notes.len() {
            let Some(NoteState::Waiting(note)) = self.notes.get_mut(at) else { continue };
            let (label, span) = (note.label.clone(), note.span);
            let reference = is_reference(note);
            let body = std::mem::take(&mut note.body);
            if reference {
                self.out.uncited.push(self.out.references.len());
                self.out.references.push(WrittenReference::read(body));
            } else {
                self.warn(
                    "unreferenced-note",
                    format!("nothing refers to note `{label}`; it stands at the chapter's end"),
                    span,
                    "put its mark where it belongs, or remove the note",
                );
                self.remark_as_text(body);
            }
        }
    }

    fn remark_as_text(&mut self, body: Vec<Block<Parsed>>) {
        let place = std::mem::replace(&mut self.place, Where::Note);
        let body = rewrite::blocks(self, body);
        self.out.body.extend(body);
        self.place = place;
        self.pending_notes();
    }
}
