//! The last step: linked chapters become chapters of the book, once its anchors, citations and
//! pictures are settled.

mod in_note;

use std::collections::HashMap;

use crate::anthology::{Anchor, Link, PictureId, Resolved};
use crate::document::{Block, Inline, Shown, plain_text};

use super::bibliography::Piece;
use super::linked::{Cluster, Linked, LocalAnchor, PendingLink, Setting};
use super::rewrite::{self, Figure, Heading, Rewrite};

/// What is settled for the whole book.
#[derive(Debug)]
pub(super) struct Settlement<'a> {
    /// By chapter and position among its anchors.
    pub(super) anchors: &'a [Vec<Anchor>],
    pub(super) pictures: &'a HashMap<usize, PictureId>,
    /// Set citations, by chapter and cluster.
    pub(super) citations: &'a [Vec<&'a [Piece]>],
    /// By chapter, cluster and item.
    pub(super) entries: &'a [Vec<Vec<CitedEntry>>],
    pub(super) cites_in_notes: bool,
}

/// What a citation leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct CitedEntry {
    pub(super) source: usize,
    pub(super) anchor: Anchor,
}

/// Settles one chapter's trees.
#[derive(Debug)]
pub(super) struct Settler<'a> {
    pub(super) book: &'a Settlement<'a>,
    pub(super) chapter: usize,
    pub(super) clusters: &'a [Cluster],
    /// The chapter's start, which stands in where an anchor should be missing.
    pub(super) start: Anchor,
    /// What was cited where: source and place.
    pub(super) cited: Vec<(usize, Anchor)>,
    /// Whether the text so far is a citation that brought a full stop of its own.
    ends_in_stop: bool,
}

impl<'a> Settler<'a> {
    pub(super) fn new(
        book: &'a Settlement<'a>,
        chapter: usize,
        clusters: &'a [Cluster],
        start: Anchor,
    ) -> Self {
        Settler { book, chapter, clusters, start, cited: Vec::new(), ends_in_stop: false }
    }

    pub(super) fn blocks(&mut self, blocks: Vec<Block<Linked>>) -> Vec<Block<Resolved>> {
        rewrite::blocks(self, blocks)
    }

    pub(super) fn anchor(&self, local: LocalAnchor) -> Anchor {
        self.anchor_of(self.chapter, local)
    }

    fn anchor_of(&self, chapter: usize, local: LocalAnchor) -> Anchor {
        let anchors = self.book.anchors.get(chapter);
        anchors.and_then(|anchors| anchors.get(local.0)).copied().unwrap_or(self.start)
    }

    /// A source that the author names in a sentence of a note.
    fn cited_in_words(
        &mut self,
        position: usize,
        words: Vec<Inline<Resolved>>,
        out: &mut Vec<Inline<Resolved>>,
    ) {
        let item = self.clusters.get(position).filter(|it| it.linked).and_then(|it| it.items.first());
        let entries = self.book.entries.get(self.chapter).and_then(|it| it.get(position));
        match item.zip(entries.and_then(|entries| entries.first())) {
            Some((item, &CitedEntry { source, anchor })) => {
                let here = self.anchor(item.here);
                self.cited.push((source, here));
                in_note::push_link(Link::Source { entry: anchor, here }, words, out);
            }
            None => out.extend(words),
        }
    }

    fn citation(&mut self, position: usize, out: &mut Vec<Inline<Resolved>>) {
        let Some(cluster) = self.clusters.get(position) else { return };
        let pieces = self.book.citations.get(self.chapter).and_then(|it| it.get(position)).copied();
        let pieces = pieces.unwrap_or_default();
        let entries = self.book.entries.get(self.chapter).and_then(|it| it.get(position));
        let is_bracketed = cluster.setting == Setting::Bracketed;
        let unbracketed = is_bracketed.then(|| without_brackets(pieces)).flatten();
        let pieces = unbracketed.as_deref().unwrap_or(pieces);
        // A signal stands within the brackets of the citation, or brings its own.
        let has_signal = cluster.items.iter().any(|item| item.signal.is_some());
        let in_notes = self.book.cites_in_notes;
        let is_wrapped = match cluster.setting {
            Setting::Note => false,
            Setting::Plain | Setting::Mark if in_notes => !in_note::stands_alone(out),
            Setting::Bracketed if in_notes => false,
            _ => has_signal && !matches!(pieces.first(), Some(Piece::Joint(_))),
        };
        let is_mark = cluster.setting == Setting::Mark && opens_bracket(pieces);
        let stop = if is_mark { take_stop(out) } else { None };
        if sticks(out) && (is_wrapped || opens_bracket(pieces)) {
            let space = if in_notes { " " } else { "\u{a0}" };
            rewrite::push_text(space.to_owned(), out);
        }
        if is_wrapped {
            rewrite::push_text("(".to_owned(), out);
        }
        for piece in pieces {
            match piece {
                Piece::Joint(content) => extend(content, out),
                Piece::Item(at, content) => {
                    let item = cluster.items.get(*at);
                    let signal = item.and_then(|item| item.signal.as_deref());
                    let mut content = content.clone();
                    if let Some(signal) = signal {
                        let begins = cluster.setting == Setting::Note && out.is_empty();
                        let signal = if begins { in_note::capitalised(signal) } else { in_sentence(signal) };
                        rewrite::push_text(format!("{signal} "), out);
                        in_note::lower_ibid(&mut content);
                    }
                    let item = item.filter(|_| cluster.linked);
                    match (item, entries.and_then(|entries| entries.get(*at))) {
                        (Some(item), Some(&CitedEntry { source, anchor })) if !content.is_empty() => {
                            let here = self.anchor(item.here);
                            self.cited.push((source, here));
                            in_note::push_link(Link::Source { entry: anchor, here }, content, out);
                        }
                        _ if cluster.linked => out.extend(content),
                        _ => out.extend(in_note::without_links(content)),
                    }
                }
            }
        }
        if is_wrapped {
            rewrite::push_text(")".to_owned(), out);
        }
        if let Some(stop) = stop {
            rewrite::push_text(stop.to_string(), out);
        }
        self.ends_in_stop = in_notes && ends_in_stop(out);
    }
}

fn ends_in_stop(out: &[Inline<Resolved>]) -> bool {
    out.last().is_some_and(|last| plain_text(std::slice::from_ref(last)).ends_with('.'))
}

/// Words whose full stop need not end a sentence.
const ABBREVIATIONS: [&str; 16] =
    ["al", "ch", "co", "corp", "dr", "ed", "eds", "etc", "inc", "jr", "ltd", "mr", "mrs", "no", "sr", "vol"];

/// Takes the mark that a citation in brackets stands before: a comma, or the full stop of a sentence,
/// not that of an abbreviation.
fn take_stop(out: &mut [Inline<Resolved>]) -> Option<char> {
    let Some(Inline::Text(text)) = out.last_mut() else { return None };
    let stop = text.chars().next_back().filter(|stop| matches!(stop, ',' | ';' | ':' | '.'))?;
    let before = text.strip_suffix(stop)?;
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_abbreviation = word.contains('.')
        || word.chars().count() == 1
        || ABBREVIATIONS.iter().any(|short| word.eq_ignore_ascii_case(short));
    if !before.ends_with(char::is_alphanumeric) || stop == '.' && is_abbreviation {
        return None;
    }
    text.pop();
    Some(stop)
}

/// A signal within a sentence: `see` for `See`.
fn in_sentence(signal: &str) -> String {
    let mut letters = signal.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// The citation without the brackets around all of it, if it has them.
fn without_brackets(pieces: &[Piece]) -> Option<Vec<Piece>> {
    let mut pieces = pieces.to_vec();
    let Some(Piece::Joint(first)) = pieces.first_mut() else { return None };
    let Some(Inline::Text(text)) = first.first_mut() else { return None };
    *text = text.strip_prefix('(')?.to_owned();
    let Some(Piece::Joint(last)) = pieces.last_mut() else { return None };
    let Some(Inline::Text(text)) = last.last_mut() else { return None };
    *text = text.strip_suffix(')')?.to_owned();
    Some(pieces)
}

fn extend(content: &[Inline<Resolved>], out: &mut Vec<Inline<Resolved>>) {
    for inline in content {
        match inline {
            Inline::Text(text) => rewrite::push_text(text.clone(), out),
            other => out.push(other.clone()),
        }
    }
}

fn opens_bracket(pieces: &[Piece]) -> bool {
    let opens = pieces.iter().find_map(|piece| {
        let (Piece::Joint(content) | Piece::Item(_, content)) = piece;
        match content.first() {
            Some(Inline::Text(text)) => Some(text.starts_with(['[', '('])),
            _ => None,
        }
    });
    opens.unwrap_or(false)
}

/// Whether a bracket would stick to the word before it, as a footnote's mark did.
fn sticks(before: &[Inline<Resolved>]) -> bool {
    let end = before.last().and_then(|last| plain_text(std::slice::from_ref(last)).chars().next_back());
    end.is_some_and(|end| !end.is_whitespace() && !"([{])}—–/".contains(end))
}

impl Rewrite<Linked, Resolved> for Settler<'_> {
    fn text(&mut self, text: String, out: &mut Vec<Inline<Resolved>>) {
        let has_stop = std::mem::take(&mut self.ends_in_stop) && !out.is_empty();
        match text.strip_prefix('.') {
            Some(rest) if has_stop => rewrite::push_text(rest.to_owned(), out),
            _ => rewrite::push_text(text, out),
        }
    }

    fn link(&mut self, to: PendingLink, content: Vec<Inline<Linked>>, out: &mut Vec<Inline<Resolved>>) {
        let to = match to {
            PendingLink::External(address) => Link::External(address),
            PendingLink::Place { chapter, anchor } => Link::Place(self.anchor_of(chapter, anchor)),
            PendingLink::Note { note, here } => Link::Note { note, here: self.anchor(here) },
            PendingLink::Term { term, here } => Link::Term { term, here: self.anchor(here) },
            PendingLink::Citation(position) if content.is_empty() => {
                self.citation(position, out);
                return;
            }
            PendingLink::Citation(position) => {
                let words = rewrite::inlines(self, content);
                self.cited_in_words(position, words, out);
                return;
            }
        };
        let content = rewrite::inlines(self, content);
        out.push(Inline::Link { to, content });
    }

    fn image(&mut self, picture: Shown<usize>, alt: String, out: &mut Vec<Inline<Resolved>>) {
        match self.book.pictures.get(&picture.picture) {
            Some(&hung) => out.push(Inline::Image { picture: picture.with(hung), alt }),
            None => rewrite::push_text(alt, out),
        }
    }

    fn point(&mut self, anchor: LocalAnchor, out: &mut Vec<Inline<Resolved>>) {
        out.push(Inline::Anchor(self.anchor(anchor)));
    }

    fn heading(&mut self, heading: Heading<Linked>, out: &mut Vec<Block<Resolved>>) {
        let Heading { level, anchor, content, span } = heading;
        let anchor = self.anchor(anchor);
        let content = rewrite::inlines(self, content);
        out.push(Block::Heading { level, anchor, content, span });
    }

    fn figure(&mut self, figure: Figure<Linked>, out: &mut Vec<Block<Resolved>>) {
        let Figure { picture, alt, caption } = figure;
        let caption = rewrite::inlines(self, caption);
        match self.book.pictures.get(&picture.picture) {
            Some(&hung) => out.push(Block::Figure { picture: picture.with(hung), alt, caption }),
            None => rewrite::push_paragraph(caption, out),
        }
    }
}
