//! A note's text in tokens, with what is certain about each before anything is read: addresses and
//! identifiers, brackets and quotes with their mates, emphasised and linked spans, known words.

use std::num::NonZeroU32;

use super::concepts::{Concepts, Meaning, meaning};
use super::identifiers::{self, Identifier};
use super::view::View;
use super::words::{fold, is_digit, is_letter, is_site, letters, plain_mark, site_end, word};
use super::{Piece, Range};

/// How far a quote may be from its mate; keeps the search linear.
const LONGEST_QUOTE: usize = 400;
/// The same for brackets within an emphasised title.
const LONGEST_TITLE: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Starts with a letter.
    Word,
    /// Digits only.
    Number,
    /// Digits, then letters: `2nd`, `514a`.
    Mixed,
    Mark(char),
    /// A bracket or quote whose mate is known; quotes of all kinds are `"`.
    Open(char),
    Close(char),
    Identifier,
    /// Beyond the text.
    End,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// White space stands before it.
    pub(super) is_spaced: bool,
    /// A word whose first letter is a capital, or of a script without capitals.
    pub(super) is_capital: bool,
    /// How many characters it has, up to 255.
    pub(super) letters: u8,
    pub(super) folded: (usize, usize),
    pub(super) concepts: Concepts,
    pub(super) month: u8,
    /// The longest known term that starts here: its meaning, and how many tokens it has.
    pub(super) phrase: (Concepts, usize),
    pub(super) mate: Option<Index>,
    pub(super) emphasis: Option<Index>,
    pub(super) link: Option<Index>,
    pub(super) identifier: Option<Index>,
}

/// A place in a list, small: there are many tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Index(NonZeroU32);

impl Index {
    /// None beyond four thousand million, where no note reaches.
    fn new(place: usize) -> Option<Self> {
        u32::try_from(place + 1).ok().and_then(NonZeroU32::new).map(Self)
    }

    pub(super) fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A linked span of tokens.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) address: String,
    /// Its words are a title, rather than a whole citation.
    pub(super) is_title: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) all: Vec<Token>,
    /// Spans of tokens, first and one past the last.
    pub(super) emphasis: Vec<(usize, usize)>,
    pub(super) links: Vec<Link>,
    pub(super) identifiers: Vec<Identifier>,
}

impl Tokens {
    /// Takes the text apart.
    pub(super) fn new(pieces: &[Piece]) -> Self {
        let mut tokens = Self::default();
        tokens.text.reserve(pieces.iter().map(|piece| piece.text.len()).sum());
        let mut styles: Vec<(Range, bool, Option<&str>)> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let start = tokens.text.len();
            tokens.text.push_str(piece.text);
            let range = start..tokens.text.len();
            match styles.last_mut() {
                Some((last, emphasised, address))
                    if *emphasised == piece.is_emphasised && *address == piece.address =>
                {
                    last.end = range.end;
                }
                _ => styles.push((range, piece.is_emphasised, piece.address)),
            }
        }
        let starts = tokens.split();
        tokens.find_phrases(&starts);
        tokens.mark_styles(&styles);
        tokens.pair();
        tokens
    }

    /// The tokens one by one; where a longer term may start, and what its first word means.
    fn split(&mut self) -> Vec<(usize, &'static Meaning)> {
        let mut starts = Vec::new();
        let text = std::mem::take(&mut self.text);
        self.all.reserve(text.len() / 4);
        let mut at = 0;
        let mut is_spaced = true;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{ad}' | '\u{feff}') {
                is_spaced |= c.is_whitespace();
                at += c.len_utf8();
                continue;
            }
            let found = if c.is_alphanumeric() || c == '<' { identifiers::at(&text, at) } else { None };
            let (end, kind, identifier) = match found {
                Some((end, identifier)) => {
                    self.identifiers.push(identifier);
                    (end, Kind::Identifier, Index::new(self.identifiers.len() - 1))
                }
                None if is_letter(c) || is_digit(c) => {
                    let (end, kind) = word(&text, at);
                    // Only a word with a stop and more after it can be a host.
                    let goes_on = text.as_bytes().get(end) == Some(&b'.')
                        && text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_lowercase);
                    match if goes_on { site_end(&text, at) } else { None } {
                        Some(end) => (end, Kind::Word, None),
                        None => (end, kind, None),
                    }
                }
                None => (at + c.len_utf8(), Kind::Mark(plain_mark(c)), None),
            };
            let mut token = Token {
                start: at,
                end,
                kind,
                is_spaced,
                is_capital: kind == Kind::Word
                    && (c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase())),
                letters: letters(text.get(at..end).unwrap_or_default()),
                folded: (self.folded.len(), self.folded.len()),
                concepts: Concepts::NONE,
                month: 0,
                phrase: (Concepts::NONE, 0),
                mate: None,
                emphasis: None,
                link: None,
                identifier,
            };
            if matches!(kind, Kind::Word | Kind::Mixed | Kind::Mark('&' | '§' | '№' | '¶')) {
                fold(text.get(at..end).unwrap_or_default(), &mut self.folded);
                token.folded.1 = self.folded.len();
                if kind == Kind::Word && is_site(text.get(at..end).unwrap_or_default()) {
                    token.concepts = Concepts::SITE | Concepts::PERIODICAL;
                } else if let Some(meaning) = self.meaning(&token) {
                    token.concepts = meaning.concepts;
                    token.month = meaning.month;
                    if !meaning.phrases.is_empty() {
                        starts.push((self.all.len(), meaning));
                    }
                } else if let Some(months) = self.months(&token) {
                    token.concepts = Concepts::MONTH;
                    token.month = months;
                }
            }
            self.all.push(token);
            is_spaced = false;
            at = end;
        }
        self.text = text;
        starts
    }

    fn meaning(&self, token: &Token) -> Option<&'static Meaning> {
        meaning(self.folded.get(token.folded.0..token.folded.1)?)
    }

    /// The first month of `juillet-septembre`.
    fn months(&self, token: &Token) -> Option<u8> {
        let (first, second) = self.folded.get(token.folded.0..token.folded.1)?.split_once('-')?;
        let month = |word| meaning(word).map(|meaning| meaning.month).filter(|month| *month > 0);
        month(first).filter(|_| month(second).is_some())
    }

    fn find_phrases(&mut self, starts: &[(usize, &'static Meaning)]) {
        for (at, meaning) in starts.iter().copied() {
            let found = meaning.phrases.iter().find_map(|(rest, concepts)| {
                let mut next = at + 1;
                for wanted in rest {
                    while self.all.get(next).is_some_and(|it| matches!(it.kind, Kind::Mark('.' | '/'))) {
                        next += 1;
                    }
                    let token = self.all.get(next)?;
                    if self.folded.get(token.folded.0..token.folded.1) != Some(*wanted) {
                        return None;
                    }
                    next += 1;
                }
                Some((*concepts, next - at))
            });
            if let (Some(phrase), Some(token)) = (found, self.all.get_mut(at)) {
                token.phrase = phrase;
            }
        }
    }

    fn mark_styles(&mut self, styles: &[(Range, bool, Option<&str>)]) {
        let mut at = 0;
        let mut emphasis: Option<(usize, usize)> = None;
        for (range, is_emphasised, address) in styles {
            let first = at;
            while self.all.get(at).is_some_and(|token| token.start < range.end) {
                at += 1;
            }
            if first == at {
                continue;
            }
            if *is_emphasised {
                // A link within emphasis does not end it.
                emphasis = Some((emphasis.map_or(first, |(first, _)| first), at));
            } else if let Some(span) = emphasis.take() {
                self.emphasise(span);
            }
            if let Some(address) = address {
                for token in self.all.iter_mut().take(at).skip(first) {
                    token.link = Index::new(self.links.len());
                }
                let is_title = self.is_title(first, at);
                self.links.push(Link { first, last: at, address: (*address).to_owned(), is_title });
            }
        }
        if let Some(span) = emphasis {
            self.emphasise(span);
        }
    }

    /// A whole citation in a link has a year in brackets, or marks between its parts.
    fn is_title(&self, first: usize, last: usize) -> bool {
        let kind = |at: usize| self.all.get(at).map_or(Kind::End, |token| token.kind);
        let quotes_title = (first + 1..last).any(|at| {
            matches!(kind(at), Kind::Mark('“' | '"' | '«' | '„'))
                && matches!(kind(at - 1), Kind::Mark(',' | ':'))
        });
        if quotes_title {
            return false;
        }
        let is_year = |at: usize| {
            self.all.get(at).is_some_and(|token| token.kind == Kind::Number && token.end - token.start == 4)
        };
        !(first..last).any(|at| {
            is_year(at)
                && (kind(at + 1) == Kind::Mark(')')
                    || at + 1 == last && kind(at.wrapping_sub(1)) == Kind::Mark(','))
        })
    }

    /// Marks a span, without the punctuation at its ends, a number such as a volume's, or a term.
    fn emphasise(&mut self, (first, last): (usize, usize)) {
        let kind = |at: usize| self.all.get(at).map_or(Kind::End, |token| token.kind);
        let opens = |first: usize, last: usize, bracket: char| {
            (first.max(last.saturating_sub(LONGEST_TITLE))..last.min(first + LONGEST_TITLE))
                .any(|at| kind(at) == Kind::Mark(bracket))
        };
        let is_joint = |at: usize| match kind(at) {
            Kind::Mark(',' | '.' | ';' | ':') => true,
            // A bracket whose mate is not emphasised is not either.
            Kind::Mark('(') => !opens(at + 1, last, ')'),
            Kind::Mark(')') => !opens(first, at, '('),
            _ => false,
        };
        let (mut first, mut last) = (first, last);
        while first < last && is_joint(first) {
            first += 1;
        }
        loop {
            if first < last && is_joint(last - 1) {
                last -= 1;
            } else if last > first + 2 && kind(last - 1) == Kind::Number && kind(last - 2) == Kind::Mark(',')
            {
                last -= 2;
            } else {
                break;
            }
        }
        let terms =
            Concepts::IBID | Concepts::OP_CIT | Concepts::OTHERS | Concepts::SIGNAL | Concepts::QUOTED;
        let terms = terms | Concepts::IN | Concepts::ABOVE | Concepts::IDEM;
        let is_term = self.all.get(first).is_some_and(|token| {
            last - first == 1 && token.concepts.has(terms)
                || token.phrase.0.has(terms) && token.phrase.1 >= last - first
        });
        let has_letters = self
            .all
            .get(first..last)
            .unwrap_or_default()
            .iter()
            .any(|token| matches!(token.kind, Kind::Word | Kind::Mixed) || token.end - token.start == 4);
        if first >= last || is_term || !has_letters {
            return;
        }
        for token in self.all.iter_mut().take(last).skip(first) {
            token.emphasis = Index::new(self.emphasis.len());
        }
        self.emphasis.push((first, last));
    }

    /// Finds the mates of brackets and quotes.
    fn pair(&mut self) {
        let mut open: Vec<(usize, char)> = Vec::new();
        let mut single_until = 0;
        for at in 0..self.all.len() {
            let Some(&Token { kind: Kind::Mark(mark), start, end, .. }) = self.all.get(at) else { continue };
            match mark {
                // »…« is German, «…» French.
                '«' if open.last().is_some_and(|(_, mark)| *mark == '»') => {
                    self.close(&mut open, at, &['»'])
                }
                '»' if !open.iter().rev().take(8).any(|(_, mark)| *mark == '«') => open.push((at, mark)),
                '(' | '[' | '“' | '«' | '『' | '「' | '《' | '„' => open.push((at, mark)),
                ')' | ']' | '»' | '』' | '」' | '》' => {
                    let mate = match mark {
                        ')' => '(',
                        ']' => '[',
                        '»' => '«',
                        '』' => '『',
                        '」' => '「',
                        _ => '《',
                    };
                    self.close(&mut open, at, &[mate]);
                }
                '”' => self.close(&mut open, at, &['“', '„']),
                '"' => {
                    if open.iter().rev().take(8).any(|(_, mark)| *mark == '"') {
                        self.close(&mut open, at, &['"']);
                    } else if open.last().is_some_and(|(_, mark)| *mark == '„') {
                        self.close(&mut open, at, &['„']);
                    } else {
                        open.push((at, mark));
                    }
                }
                '‘' | '\'' | '‚' if at >= single_until => {
                    let before = self.text.get(..start).and_then(|text| text.chars().next_back());
                    let after = self.text.get(end..).and_then(|text| text.chars().next());
                    let opens = before
                        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"'))
                        && after.is_some_and(|c| !c.is_whitespace());
                    if opens && let Some(mate) = self.single_mate(at) {
                        self.join(at, mate);
                        single_until = mate + 1;
                    }
                }
                _ => {}
            }
            // „…“ is German, “…” English.
            if mark == '“' && open.iter().rev().nth(1).is_some_and(|(_, mark)| *mark == '„') {
                open.pop();
                self.close(&mut open, at, &['„']);
            }
        }
    }

    fn close(&mut self, open: &mut Vec<(usize, char)>, at: usize, mates: &[char]) {
        // Few brackets are left open before their neighbour closes; more is no prose.
        let found = open.iter().rev().take(8).position(|(_, mark)| mates.contains(mark));
        if let Some(above) = found {
            open.truncate(open.len() - above);
            if let Some((first, _)) = open.pop() {
                self.join(first, at);
            }
        }
    }

    fn join(&mut self, first: usize, last: usize) {
        let side = |token: &Token| match token.kind {
            Kind::Mark(mark @ ('(' | ')' | '[' | ']')) => mark,
            _ => '"',
        };
        if let Some(token) = self.all.get_mut(first) {
            token.kind = Kind::Open(side(token));
            token.mate = Index::new(last);
        }
        if let Some(token) = self.all.get_mut(last) {
            token.kind = Kind::Close(side(token));
            token.mate = Index::new(first);
        }
    }

    /// The single quote that closes the one at `at`; an apostrophe at a word's end looks the same, so
    /// that one before punctuation is preferred.
    fn single_mate(&self, at: usize) -> Option<usize> {
        let mut first_found = None;
        for next in at + 1..(at + LONGEST_QUOTE).min(self.all.len()) {
            let token = self.all.get(next)?;
            if !matches!(token.kind, Kind::Mark('’' | '\'' | '‘')) || token.is_spaced {
                continue;
            }
            let follower = self.all.get(next + 1);
            if follower.is_some_and(|it| !it.is_spaced && !matches!(it.kind, Kind::Mark(_))) {
                continue;
            }
            let is_sure = follower.is_none_or(|it| {
                matches!(it.kind, Kind::Mark(',' | '.' | ';' | ':' | ')' | '?' | '(' | ']'))
            }) || self
                .all
                .get(next - 1)
                .is_some_and(|it| matches!(it.kind, Kind::Mark(',' | '.' | '?' | '!')));
            if is_sure {
                return Some(next);
            }
            first_found = first_found.or(Some(next));
        }
        first_found
    }

    /// All of the text.
    pub(super) fn view(&self) -> View<'_> {
        View::new(self)
    }
}
