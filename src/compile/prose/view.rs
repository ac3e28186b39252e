//! Tokens read by position: what the readers ask of them.

use super::Range;
use super::concepts::Concepts;
use super::identifiers::Identifier;
use super::tokens::{Index, Kind, Link, Token, Tokens};

/// Tokens up to an end, read by position; beyond the end there is nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    tokens: &'a Tokens,
    pub(super) end: usize,
}

impl<'a> View<'a> {
    pub(super) fn new(tokens: &'a Tokens) -> Self {
        Self { tokens, end: tokens.all.len() }
    }

    pub(super) fn until(self, end: usize) -> Self {
        Self { end: end.min(self.end), ..self }
    }

    pub(super) fn get(self, at: usize) -> Option<&'a Token> {
        if at < self.end { self.tokens.all.get(at) } else { None }
    }

    pub(super) fn kind(self, at: usize) -> Kind {
        self.get(at).map_or(Kind::End, |token| token.kind)
    }

    pub(super) fn is(self, at: usize, mark: char) -> bool {
        self.kind(at) == Kind::Mark(mark)
    }

    pub(super) fn opens(self, at: usize, bracket: char) -> bool {
        self.kind(at) == Kind::Open(bracket) && self.mate(at).is_some()
    }

    pub(super) fn is_spaced(self, at: usize) -> bool {
        self.get(at).is_none_or(|token| token.is_spaced)
    }

    pub(super) fn raw(self, at: usize) -> &'a str {
        self.get(at).and_then(|token| self.tokens.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// The word at `at` in lower case.
    pub(super) fn folded(self, at: usize) -> &'a str {
        self.get(at)
            .and_then(|token| self.tokens.folded.get(token.folded.0..token.folded.1))
            .unwrap_or_default()
    }

    pub(super) fn has(self, at: usize, concepts: Concepts) -> bool {
        self.get(at).is_some_and(|token| token.concepts.has(concepts))
    }

    pub(super) fn month(self, at: usize) -> Option<u8> {
        self.get(at).map(|token| token.month).filter(|month| *month > 0)
    }

    pub(super) fn number(self, at: usize) -> Option<u32> {
        if self.kind(at) == Kind::Number { self.raw(at).parse().ok() } else { None }
    }

    /// Whether a term of these meanings starts at `at`, and what follows it and its full stop.
    pub(super) fn term(self, at: usize, concepts: Concepts) -> Option<usize> {
        let token = self.get(at)?;
        let length = match token.phrase {
            (meaning, length) if meaning.has(concepts) && at + length <= self.end => length,
            _ if token.concepts.has(concepts) => 1,
            _ => return None,
        };
        let next = at + length;
        Some(if self.is(next, '.') && !self.is_spaced(next) { next + 1 } else { next })
    }

    /// The other end of the bracket or quote at `at`, if the view holds it.
    pub(super) fn mate(self, at: usize) -> Option<usize> {
        self.get(at)?.mate.map(Index::place).filter(|mate| *mate < self.end)
    }

    /// The emphasised span that starts at `at`: one past its last token.
    pub(super) fn emphasis(self, at: usize) -> Option<usize> {
        let (first, last) = *self.tokens.emphasis.get(self.get(at)?.emphasis?.place())?;
        (first == at && last <= self.end).then_some(last)
    }

    pub(super) fn is_emphasised(self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.emphasis.is_some())
    }

    /// What stands between the quotes that open at `at`, and what follows them.
    pub(super) fn quoted(self, at: usize) -> Option<(usize, usize, usize)> {
        let mate = if self.opens(at, '"') { self.mate(at)? } else { return None };
        (at + 1 < mate).then_some((at + 1, mate, mate + 1))
    }

    /// The link that starts at `at`.
    pub(super) fn link(self, at: usize) -> Option<&'a Link> {
        let link = self.tokens.links.get(self.get(at)?.link?.place())?;
        (link.first == at && link.last <= self.end && link.is_title).then_some(link)
    }

    /// Part of a linked title.
    pub(super) fn is_linked(self, at: usize) -> bool {
        self.get(at)
            .and_then(|token| self.tokens.links.get(token.link?.place()))
            .is_some_and(|link| link.is_title)
    }

    /// Where the link over a whole citation leads.
    pub(super) fn address(self, at: usize) -> Option<&'a str> {
        let link = self.tokens.links.get(self.get(at)?.link?.place())?;
        (!link.is_title).then_some(link.address.as_str())
    }

    pub(super) fn identifier(self, at: usize) -> Option<&'a Identifier> {
        self.tokens.identifiers.get(self.get(at)?.identifier?.place())
    }

    /// The next token, brackets and quotes taken whole.
    pub(super) fn skip(self, at: usize) -> usize {
        match self.kind(at) {
            Kind::Open(_) => self.mate(at).map_or(at, |mate| mate) + 1,
            _ => at + 1,
        }
    }

    /// A capital letter starts the word.
    pub(super) fn is_capital(self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.is_capital)
    }

    /// How many characters the token has.
    pub(super) fn letters(self, at: usize) -> usize {
        self.get(at).map_or(0, |token| usize::from(token.letters))
    }

    /// The full stop at `at` ends a sentence or an element, as far as one can tell: no initial and no
    /// known abbreviation stands before it, and no small letter after it.
    pub(super) fn is_stop(self, at: usize) -> bool {
        if matches!(self.kind(at), Kind::Mark('?' | '!' | '…')) {
            return self.is_spaced(at + 1);
        }
        if !self.is(at, '.') || !self.is_spaced(at + 1) && !self.follows_quote(at + 1) {
            return self.is(at, '.') && self.get(at + 1).is_none();
        }
        let next_is_small = self.kind(at + 1) == Kind::Word && !self.is_capital(at + 1);
        let Some(before) = at.checked_sub(1) else { return false };
        if next_is_small && !self.is_emphasised(at + 1) {
            return self.has(
                at + 1,
                Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::PAGE | Concepts::IN | Concepts::LABEL,
            );
        }
        let word = self.raw(before);
        let is_initial = self.letters(before) == 1 && self.kind(before) == Kind::Word;
        let abbreviations = Concepts::PAGE | Concepts::VOLUME | Concepts::ISSUE | Concepts::EDITOR;
        let abbreviations = abbreviations | Concepts::TRANSLATOR | Concepts::SUFFIX;
        let is_short = word.len() <= 4 && self.has(before, abbreviations);
        !is_initial && !is_short && !self.has(before, Concepts::ABBREVIATION)
    }

    fn follows_quote(self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Close('"') | Kind::Open('"'))
    }

    /// The bytes of the tokens from `first` up to `last`.
    pub(super) fn bytes(self, first: usize, last: usize) -> Range {
        let start = self.get(first).map_or(self.tokens.text.len(), |token| token.start);
        let end =
            last.checked_sub(1).and_then(|last| self.tokens.all.get(last)).map_or(start, |token| token.end);
        start..end.max(start)
    }

    /// The text of the tokens from `first` up to `last`, white space made one space, and without the
    /// punctuation that sets it off.
    pub(super) fn text(self, first: usize, last: usize) -> String {
        let range = self.bytes(first, last);
        let written = self.tokens.text.get(range).unwrap_or_default();
        let mut text = String::with_capacity(written.len());
        for word in written.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        let kept = text.trim_end_matches([',', ';', ':', ' ', '–', '—', '、', '。', '，']).len();
        text.truncate(kept);
        text
    }

    /// How many letters and digits stand between.
    pub(super) fn weight(self, first: usize, last: usize) -> usize {
        (first..last.min(self.end)).filter_map(|at| self.get(at)).fold(0, |sum, token| match token.kind {
            Kind::Word | Kind::Mixed | Kind::Number => sum + token.end - token.start,
            _ => sum,
        })
    }
}
