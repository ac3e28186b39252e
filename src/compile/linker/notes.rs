//! References to an essay's notes and numbered references.

use std::collections::HashSet;

use crate::document::{Block, Inline, NoteKind, Parsed, Span, WrittenNote, plain_text};

use super::super::citation_check::{Uncited, tell_uncited};
use super::super::linked::{CitedWork, Linked, LinkedNote, PendingLink, Setting};
use super::super::readings::{CitedPlace, Fragment, Reading};
use super::super::rewrite;
use super::citations::CitedItem;
use super::{Linker, Where};

/// What has become of a note.
#[derive(Debug)]
pub(super) enum NoteState {
    /// Nothing has referred to it yet.
    Waiting(WrittenNote, Reading),
    /// A remark: position in the chapter's notes.
    Remark(usize),
    /// What it cites.
    Sources(NoteKind, Vec<CitedPlace>),
    /// A remark without a mark, which stands in the text.
    Placed,
}

/// A note that waits to be linked.
#[derive(Debug)]
pub(super) struct PendingNote {
    /// Position in the chapter's notes.
    position: usize,
    content: Pending,
}

#[derive(Debug)]
enum Pending {
    Remark {
        body: Vec<Block<Parsed>>,
        /// What the blocks that cite are made of.
        fragments: Vec<Vec<Fragment>>,
    },
    /// A note that the style asks for, where the text cites.
    Citation(Vec<CitedItem>),
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
            Some(NoteState::Waiting(_, reading)) => matches!(reading, Reading::Remark(_)),
            Some(NoteState::Remark(_)) => true,
            _ => false,
        };
        if waiting_remark && (self.place.is_back_matter() || self.in_link) {
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
                self.push_mark(note, out);
            }
            Some(NoteState::Sources(kind, places)) => {
                let works = places.iter().map(CitedItem::of_place).collect();
                let setting = match kind {
                    NoteKind::Footnote => Setting::Mark,
                    // Raised numbers stand where a note's mark would.
                    NoteKind::Reference if ends_clause(out) => Setting::Mark,
                    NoteKind::Reference => Setting::Plain,
                };
                self.cite(works, setting, out);
            }
            Some(NoteState::Placed) => rewrite::push_text(format!("[{label}]"), out),
            Some(NoteState::Waiting(..)) | None => {}
        }
    }

    /// Makes a waiting note what it is, now that something refers to it.
    fn open_note(&mut self, at: usize) -> Option<&NoteState> {
        let state = self.notes.get_mut(at)?;
        if let NoteState::Waiting(note, reading) = state {
            let body = std::mem::take(&mut note.body);
            match std::mem::replace(reading, Reading::Sources(Vec::new())) {
                Reading::Sources(places) => *state = NoteState::Sources(note.kind, places),
                Reading::Remark(fragments) => {
                    *state = NoteState::Remark(self.out.notes.len());
                    self.begin_note(Pending::Remark { body, fragments });
                }
            }
        }
        self.notes.get(at)
    }

    /// Enters a note, which takes the next number.
    fn begin_note(&mut self, content: Pending) -> usize {
        let position = self.out.notes.len();
        let anchor = self.anchor("note");
        self.out.notes.push(LinkedNote { anchor, body: Vec::new(), referrers: Vec::new() });
        self.pending.push_back(PendingNote { position, content });
        position
    }

    fn push_mark(&mut self, note: usize, out: &mut Vec<Inline<Linked>>) {
        let here = self.anchor("noteref");
        if let Some(linked) = self.out.notes.get_mut(note) {
            linked.referrers.push(here);
        }
        // `1` and `2` side by side must not be read as 12.
        if let Some(Inline::Link { to: PendingLink::Note { .. }, .. }) = out.last() {
            out.push(Inline::Superscript(vec![Inline::Text(",".to_owned())]));
        }
        let number = Inline::Text((note + 1).to_string());
        out.push(Inline::Link { to: PendingLink::Note { note, here }, content: vec![number] });
    }

    /// Whether a citation becomes a note here.
    pub(super) fn sets_notes(&self) -> bool {
        self.book.citing.in_notes && self.place == Where::Body && !self.in_link
    }

    /// Cites in a note. Citations side by side share one.
    pub(super) fn cite_in_note(&mut self, works: Vec<CitedItem>, out: &mut Vec<Inline<Linked>>) {
        if let Some(Inline::Link { to: PendingLink::Note { note, .. }, .. }) = out.last()
            && let Some(PendingNote { position, content: Pending::Citation(before) }) =
                self.pending.back_mut()
            && position == note
        {
            before.extend(works);
            return;
        }
        let note = self.begin_note(Pending::Citation(works));
        self.push_mark(note, out);
    }

    /// Links the notes that wait for it. Notes may refer to further notes, which queue up too.
    pub(super) fn pending_notes(&mut self) {
        while let Some(PendingNote { position, content }) = self.pending.pop_front() {
            let outer = self.note.replace(position);
            let body = match content {
                Pending::Remark { body, fragments } => self.remark(body, fragments),
                Pending::Citation(works) => self.citing_note(works),
            };
            self.note = outer;
            if let Some(linked) = self.out.notes.get_mut(position) {
                linked.body = body;
            }
        }
    }

    fn citing_note(&mut self, works: Vec<CitedItem>) -> Vec<Block<Linked>> {
        let place = std::mem::replace(&mut self.place, Where::Note);
        let mut content = Vec::new();
        self.cite(works, Setting::Note, &mut content);
        self.place = place;
        vec![Block::Paragraph(content)]
    }

    /// Links a remark, and cites what it cites.
    fn remark(&mut self, body: Vec<Block<Parsed>>, fragments: Vec<Vec<Fragment>>) -> Vec<Block<Linked>> {
        let place = std::mem::replace(&mut self.place, Where::Note);
        let mut out = Vec::with_capacity(body.len());
        let mut fragments = fragments.into_iter();
        for block in body {
            let fragments = fragments.next().unwrap_or_default();
            if fragments.is_empty() {
                rewrite::block_into(self, block, &mut out);
                continue;
            }
            let mut content = Vec::new();
            fragments.into_iter().for_each(|fragment| self.fragment(fragment, &mut content));
            rewrite::push_paragraph(content, &mut out);
        }
        self.place = place;
        out
    }

    fn fragment(&mut self, fragment: Fragment, out: &mut Vec<Inline<Linked>>) {
        match fragment {
            Fragment::Words(words) => rewrite::inlines_into(self, words, out),
            Fragment::Citation { cited, words, gives_way, is_bracketed } => {
                if gives_way {
                    self.out.restated.push(plain_text(&words));
                } else if self.book.citing.in_notes {
                    // The style would write out the same once more.
                    let words = rewrite::inlines(self, words);
                    return self.cite_in_words(cited.iter().map(CitedItem::of_place).collect(), words, out);
                } else {
                    self.in_source = true;
                    rewrite::inlines_into(self, words, out);
                    self.in_source = false;
                }
                let setting = if is_bracketed { Setting::Bracketed } else { Setting::Plain };
                self.cite(cited.iter().map(CitedItem::of_place).collect(), setting, out);
            }
        }
    }

    /// Keeps what no mark refers to: sources are listed uncited, remarks end the chapter.
    pub(super) fn unreferenced_notes(&mut self) {
        let items = self.out.clusters.iter().flat_map(|cluster| &cluster.items);
        let cited: HashSet<usize> = items
            .filter_map(|item| match item.work {
                CitedWork::Written(reference) => Some(reference),
                CitedWork::Key(_) => None,
            })
            .collect();
        let mut uncited = Vec::new();
        let mut listed = 0;
        for at in 0..self.notes.len() {
            let Some(NoteState::Waiting(note, reading)) = self.notes.get_mut(at) else {
                listed += usize::from(matches!(self.notes.get(at), Some(NoteState::Sources(..))));
                continue;
            };
            let (label, span) = (note.label.clone(), note.span);
            // Of two notes of one label, the second has been told of.
            let is_repeated = self.note_by_label.get(&label_key(&label)) != Some(&at);
            let body = std::mem::take(&mut note.body);
            match std::mem::replace(reading, Reading::Sources(Vec::new())) {
                Reading::Sources(places) => {
                    listed += 1;
                    let references = places.iter().map(|place| place.reference);
                    let missing = references.clone().find(|reference| !cited.contains(reference));
                    if let Some(missing) = missing.filter(|_| !is_repeated) {
                        let title = self.out.references.get(missing).map(|it| it.title.clone());
                        uncited.push(Uncited { label, title: title.unwrap_or_default(), span });
                    }
                    self.out.uncited.extend(references);
                }
                Reading::Remark(fragments) => {
                    if let Some(state) = self.notes.get_mut(at) {
                        *state = NoteState::Placed;
                    }
                    if !is_repeated {
                        self.warn(
                            "unreferenced-note",
                            format!("nothing refers to note `{label}`; it stands at the chapter's end"),
                            span,
                            "put its mark where it belongs, or remove the note",
                        );
                    }
                    let body = self.remark(body, fragments);
                    self.out.body.extend(body);
                    self.pending_notes();
                }
            }
        }
        self.diagnostics.extend(tell_uncited(self.essay, &uncited, listed));
    }

    /// Tells of short forms that mean no source of the essay.
    pub(super) fn unresolved(&mut self, unresolved: Vec<(usize, String)>) {
        for (note, words) in unresolved {
            let Some(NoteState::Waiting(note, _)) = self.notes.get(note) else { continue };
            let span = note.span;
            self.warn(
                "unresolved-short-reference",
                format!("no source of this essay is known as `{words}`; the words stay as they are"),
                span,
                "name the source in full where it is cited first",
            );
        }
    }
}

/// Whether what is written ends with a mark of punctuation, and no space after it.
fn ends_clause(out: &[Inline<Linked>]) -> bool {
    matches!(out.last(), Some(Inline::Text(text)) if text.ends_with(['.', ',', ';', ':']))
}
