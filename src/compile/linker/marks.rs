//! Where the mark of a note stands that the style sets instead of a citation in brackets.
//!
//! Authors write `as shown [1].`: the mark of a note touches the word, and most languages want it after the
//! full stop. A mark that the author wrote, `[^1]`, stays where it is.

use crate::document::{Inline, NoteKind, Parsed, Target};

use super::super::addresses::{self, Address};
use super::super::readings::Reading;
use super::super::rewrite;
use super::Linker;
use super::notes::{NoteState, label_key};

/// Languages whose typographers put the mark before the stop. Spanish knows both ways; this is the one that
/// its publishers took from the French.
const BEFORE_STOPS: [&str; 7] = ["fr", "it", "es", "pl", "ru", "uk", "be"];
const STOPS: [char; 7] = ['.', ',', ';', ':', '?', '!', '…'];
const CLOSERS: [char; 5] = ['”', '’', '»', '"', '\''];
/// German closes quotations with what others open them with.
const GERMAN_CLOSERS: [char; 3] = ['“', '‘', '«'];

/// Whether this refers to a note or a source.
pub(super) fn is_reference(inline: &Inline<Parsed>) -> bool {
    match inline {
        Inline::Link { to, .. } => {
            matches!(to.target, Target::Note(_) | Target::Citation(_) | Target::Timestamp(_))
        }
        _ => false,
    }
}

/// Whether raised text is nothing but references.
pub(super) fn are_raised(content: &[Inline<Parsed>]) -> bool {
    let is_joint = |inline: &Inline<Parsed>| match inline {
        Inline::Text(text) => !text.contains(char::is_alphanumeric),
        _ => false,
    };
    content.iter().any(is_reference) && content.iter().all(|inline| is_reference(inline) || is_joint(inline))
}

/// Between two citations that become one note.
fn joins(inline: &Inline<Parsed>) -> bool {
    match inline {
        Inline::Text(text) => text.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';')),
        _ => false,
    }
}

impl Linker<'_> {
    /// Moves the citations of a run to where marks of notes stand.
    pub(super) fn place_marks(&self, content: Vec<Inline<Parsed>>) -> Vec<Inline<Parsed>> {
        if !content.iter().any(|inline| self.moves(inline) || self.ends_in_mark(inline)) {
            return content;
        }
        let language = self.essay.language.as_deref().unwrap_or(self.book.language);
        let language = language.split(['-', '_']).next().unwrap_or_default();
        let mut out: Vec<Inline<Parsed>> = Vec::with_capacity(content.len() + 2);
        let mut rest = content.into_iter().peekable();
        while let Some(inline) = rest.next() {
            let follows_mark = out.last().is_some_and(|last| self.moves(last));
            match inline {
                mark if self.moves(&mark) => {
                    let mark = self.named(mark, &mut out);
                    if out.last().is_some_and(joins)
                        && out
                            .len()
                            .checked_sub(2)
                            .and_then(|at| out.get(at))
                            .is_some_and(|it| self.moves(it))
                    {
                        out.pop();
                    }
                    trim_end(&mut out);
                    if let Some(Inline::Text(next)) = rest.peek_mut()
                        && next.starts_with(')')
                        && take_bracket(&mut out)
                    {
                        next.remove(0);
                    }
                    out.push(mark);
                }
                Inline::Text(text) if follows_mark => {
                    let goes_on = rest.peek().is_some_and(|next| self.moves(next));
                    let joint = Inline::Text(text);
                    if goes_on && joins(&joint) {
                        out.push(joint);
                        continue;
                    }
                    let Inline::Text(text) = joint else { continue };
                    let (stops, text) = text.split_at(stops(&text, language));
                    self.push_before_marks(stops, &mut out);
                    if !text.is_empty() {
                        out.push(Inline::Text(text.to_owned()));
                    }
                }
                Inline::Emphasis(content) => self.lift_mark(content, Inline::Emphasis, &mut out),
                Inline::Strong(content) => self.lift_mark(content, Inline::Strong, &mut out),
                other => out.push(other),
            }
        }
        out
    }

    fn ends_in_mark(&self, inline: &Inline<Parsed>) -> bool {
        matches!(inline, Inline::Emphasis(_) | Inline::Strong(_))
            && inline.content().last().is_some_and(|last| self.moves(last))
    }

    /// A mark that ends emphasised text follows it: the stop may stand after both.
    fn lift_mark(
        &self,
        mut content: Vec<Inline<Parsed>>,
        wrap: fn(Vec<Inline<Parsed>>) -> Inline<Parsed>,
        out: &mut Vec<Inline<Parsed>>,
    ) {
        let mark = content.pop_if(|last| self.moves(last));
        let mark = mark.map(|mark| self.named(mark, &mut content));
        if mark.is_some() {
            trim_end(&mut content);
        }
        out.push(wrap(content));
        out.extend(mark);
    }

    /// Whether the author cites here in brackets what the style sets in a note.
    fn moves(&self, inline: &Inline<Parsed>) -> bool {
        match inline {
            Inline::Superscript(content) => {
                are_raised(content) && content.iter().any(|inline| self.moves(inline))
            }
            Inline::Link { to, .. } => match &to.target {
                Target::Citation(keys) => keys.iter().any(|cited| self.book.library.contains(&cited.key)),
                Target::Note(label) => {
                    let state = self.note_by_label.get(&label_key(label)).and_then(|at| self.notes.get(*at));
                    match state {
                        Some(NoteState::Waiting(note, reading)) => {
                            note.kind == NoteKind::Reference && matches!(reading, Reading::Sources(_))
                        }
                        Some(NoteState::Sources(kind, _)) => *kind == NoteKind::Reference,
                        _ => false,
                    }
                }
                Target::Timestamp(_) => {
                    let video = self.essay.document.metadata.video.as_deref().map(addresses::read);
                    matches!(video, Some(Address::External(_)))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Writes out the author whom the sentence names by a key; a mark is left to set.
    fn named(&self, mut mark: Inline<Parsed>, out: &mut Vec<Inline<Parsed>>) -> Inline<Parsed> {
        if let Inline::Link { to, .. } = &mut mark
            && let Target::Citation(keys) = &mut to.target
            && let [cited] = keys.as_mut_slice()
            && cited.is_named
        {
            cited.is_named = false;
            rewrite::push_text(self.name_of(&cited.key), out);
        }
        mark
    }

    fn push_before_marks(&self, stops: &str, out: &mut Vec<Inline<Parsed>>) {
        let marks = out.iter().rev().take_while(|it| is_reference(it) || self.moves(it)).count();
        let at = out.len() - marks;
        match at.checked_sub(1).and_then(|at| out.get_mut(at)) {
            Some(Inline::Text(before)) => {
                // `etc. [1].` has a full stop already.
                let known = before.ends_with('.') && stops.starts_with('.');
                before.push_str(if known { &stops[1..] } else { stops });
            }
            _ if stops.is_empty() => {}
            _ => out.insert(at, Inline::Text(stops.to_owned())),
        }
    }
}

/// How much of the text belongs before the mark that stands before it.
fn stops(text: &str, language: &str) -> usize {
    if BEFORE_STOPS.contains(&language) {
        return 0;
    }
    let mut end = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let closes = CLOSERS.contains(&c) || language == "de" && GERMAN_CLOSERS.contains(&c);
        // `’s` closes nothing.
        let closes = closes && !rest.peek().is_some_and(|next| next.is_alphanumeric());
        if !closes && !STOPS.contains(&c) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn trim_end(out: &mut Vec<Inline<Parsed>>) {
    if let Some(Inline::Text(before)) = out.last_mut() {
        before.truncate(before.trim_end().len());
        if before.is_empty() {
            out.pop();
        }
    }
}

fn opens(inline: &Inline<Parsed>) -> bool {
    matches!(inline, Inline::Text(text) if text.ends_with('('))
}

/// Takes the bracket away that opens before a citation and holds nothing else.
fn take_bracket(out: &mut Vec<Inline<Parsed>>) -> bool {
    let Some(Inline::Text(before)) = out.last_mut().filter(|last| opens(last)) else { return false };
    before.pop();
    trim_end(out);
    true
}
