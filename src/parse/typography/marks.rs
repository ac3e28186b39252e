//! Finds what a typewriter had no keys for: dashes, ellipses, primes, and, with the modules beside
//! this one, quotation marks and no-break spaces. One pass over the bytes of a run.

use super::languages::{French, Rules};
use super::quotes::Quotes;
use super::run::{OBJECT, Passage};
use super::spaces;
use crate::byte_set::ByteSet;
use crate::parse::running_text::address_length;

/// What stands at `start..end` gives way to `set`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    pub start: usize,
    pub end: usize,
    pub set: &'static str,
}

impl Edit {
    /// For a mark of one byte.
    pub fn at(start: usize, set: &'static str) -> Self {
        Edit { start, end: start + 1, set }
    }
}

/// The character that ends at `at`.
pub fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that starts at `at`.
pub fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

pub fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == OBJECT
}

/// Bytes at which something may have to be done. The two that are not ASCII begin typographic quotation
/// marks, among other things.
static TRIGGERS: ByteSet = ByteSet::of(b"\"'-. !?;:\xC2\xE2");

/// All bytes but those at which nothing is to be done, and which have no effect on a space beside them. A
/// space is passed over, too, and comes up with its neighbour …
static STOPS: ByteSet = ByteSet::all_but(b"abcdefghijklmnopqrstuvwxyz, ");
/// … but in languages with rules for the words beside it.
static STOPS_AND_SPACES: ByteSet = ByteSet::all_but(b"abcdefghijklmnopqrstuvwxyz,");

/// Collects the edits that a run of text needs, in order. The first passage starts at 0.
pub fn find<'t>(text: &'t str, passages: &'t [Passage], edits: &mut Vec<Edit>) {
    let looks_at_spaces = passages.iter().any(|passage| !passage.rules.prepositions.is_empty());
    let stops = if looks_at_spaces { &STOPS_AND_SPACES } else { &STOPS };
    let mut passages = passages.iter().peekable();
    let Some(mut passage) = passages.next() else { return };
    let mut finder = Finder { text, quotes: Quotes::new(text), token: Token::default(), last_pause: None };
    let bytes = text.as_bytes();
    let is_space = |at: Option<usize>| at.is_some_and(|at| bytes.get(at) == Some(&b' '));
    let (mut read_to, mut next) = (0, 0);
    while let Some(at) = stops.find(bytes, next) {
        next = at + 1;
        if at > read_to && is_space(at.checked_sub(1)) && passage.rules.applies {
            finder.read(at - 1, &passage.rules, edits);
        }
        while let Some(next) = passages.next_if(|next| next.start <= at) {
            passage = next;
        }
        if !passage.rules.applies {
            continue;
        }
        if TRIGGERS.has(bytes[at]) {
            read_to = finder.read(at, &passage.rules, edits);
        }
        if !looks_at_spaces && read_to <= at + 1 && is_space(Some(at + 1)) {
            read_to = finder.read(at + 1, &passage.rules, edits);
        }
        next = next.max(read_to);
    }
    finder.quotes.settle(edits);
    edits.sort_by_key(|edit| edit.start);
}

struct Finder<'t> {
    text: &'t str,
    quotes: Quotes<'t>,
    token: Token,
    /// Where the last `--` stands that a word comes before and none after; found when first asked for.
    last_pause: Option<Option<usize>>,
}

/// The text between two spaces that was looked at last, and the address in it.
#[derive(Debug, Default)]
struct Token {
    end: usize,
    address: std::ops::Range<usize>,
}

impl<'t> Finder<'t> {
    /// Reads what stands at `at`; returns where to go on.
    fn read(&mut self, at: usize, rules: &'t Rules, edits: &mut Vec<Edit>) -> usize {
        let bytes = self.text.as_bytes();
        let byte = bytes[at];
        match byte {
            b'.' if bytes.get(at + 1) != Some(&b'.') => at + 1,
            b'-' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => at + 1,
            b' ' => {
                edits.extend(spaces::bind(self.text, at, rules).map(|set| Edit::at(at, set)));
                at + 1
            }
            b'-' => self.hyphens(at, rules, edits),
            b'.' => self.dots(at, edits),
            b'"' | b'\'' => {
                if !self.is_in_address(at) {
                    self.quotes.read(at, rules, edits);
                }
                at + 1
            }
            b'!' | b'?' | b';' | b':' => {
                if rules.french == French::Filled && !self.is_in_address(at) {
                    self.fill(at, byte, edits);
                }
                at + 1
            }
            _ => {
                let Some(mark) = after(self.text, at) else { return at + 1 };
                self.quotes.read_typed(at, mark);
                at + mark.len_utf8()
            }
        }
    }

    fn fill(&self, at: usize, mark: u8, edits: &mut Vec<Edit>) {
        let space = spaces::fill(self.text, at, char::from(mark));
        edits.extend(space.map(|set| Edit { start: at, end: at, set }));
    }

    fn dots(&mut self, at: usize, edits: &mut Vec<Edit>) -> usize {
        let end = at + length_of_run(self.text, at);
        let set = match end - at {
            3 => Some("…"),
            // A sentence's full stop comes with it.
            4 => Some("…."),
            _ => None,
        };
        if let Some(set) = set
            && !self.is_in_address(at)
        {
            edits.push(Edit { start: at, end, set });
        }
        end
    }

    fn hyphens(&mut self, at: usize, rules: &Rules, edits: &mut Vec<Edit>) -> usize {
        let end = at + length_of_run(self.text, at);
        let set = match end - at {
            1 => is_pause(self.text, at).then_some(rules.dash),
            2 => (!self.is_option(at)).then_some("–"),
            3 => Some("—"),
            _ => None,
        };
        if let Some(set) = set
            && !is_arrow(self.text, at, end)
            && !self.is_in_address(at)
        {
            edits.push(Edit { start: at, end, set });
        }
        end
    }

    /// `--verbose`: what programs are told, unless another `--` closes it like a remark.
    fn is_option(&mut self, at: usize) -> bool {
        let starts_word = before(self.text, at)
            .is_none_or(|left| left.is_whitespace() || "([{".contains(left))
            && after(self.text, at + 2).is_some_and(|right| right.is_ascii_lowercase());
        starts_word && self.last_pause().is_none_or(|last| last < at)
    }

    fn last_pause(&mut self) -> Option<usize> {
        *self.last_pause.get_or_insert_with(|| {
            let mut pauses = self.text.rmatch_indices("--").map(|(at, _)| at);
            pauses.find(|&at| {
                before(self.text, at).is_some_and(|left| is_word(left) || "\"'”’".contains(left))
                    && after(self.text, at + 2).is_none_or(|right| !is_word(right))
            })
        })
    }

    /// Whether `at` is within an address. Each piece of text between spaces is looked at once.
    fn is_in_address(&mut self, at: usize) -> bool {
        if at >= self.token.end {
            let past = self.token.end;
            let from = self.text[past..at].rfind(char::is_whitespace).map_or(past, |space| past + space);
            let end = self.text[at..].find(char::is_whitespace).map_or(self.text.len(), |space| at + space);
            let address = address(&self.text[from..end]);
            self.token = Token { end, address: from + address.start..from + address.end };
        }
        self.token.address.contains(&at)
    }
}

/// The Web or e-mail address in a text without spaces; empty where there is none.
fn address(token: &str) -> std::ops::Range<usize> {
    let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let is_local = |byte: &u8| is_scheme(byte) || b"_~%'".contains(byte);
    let bytes = token.as_bytes();
    let web =
        token.find("://").map(|end| end - bytes[..end].iter().rev().take_while(|b| is_scheme(b)).count());
    if let Some(start) = web.or_else(|| token.find("www.")) {
        return start..start + address_length(&token[start..]);
    }
    let Some(sign) = token.find('@') else { return 0..0 };
    let local = bytes[..sign].iter().rev().take_while(|byte| is_local(byte)).count();
    // A quotation mark before the address is none of it.
    let quotes = bytes[sign - local..sign].iter().take_while(|&&byte| byte == b'\'').count();
    let host = bytes[sign + 1..].iter().take_while(|byte| is_scheme(byte)).count();
    sign - local + quotes..sign + 1 + host
}

/// How often the byte at `at` stands there in a row.
fn length_of_run(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    bytes.iter().take_while(|&&byte| byte == bytes[0]).count()
}

/// Arrows and HTML comments.
fn is_arrow(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with(['<', '!']) || text[end..].starts_with('>')
}

/// Whether the hyphen at `at` stands for a dash: between words, with a space on either side. `3 - 2` and
/// `a - b` are sums.
fn is_pause(text: &str, at: usize) -> bool {
    let is_space = |space: char| matches!(space, ' ' | '\u{A0}' | '\u{202F}');
    let (Some(left), Some(right)) =
        (text[..at].strip_suffix(is_space), text[at + 1..].strip_prefix(is_space))
    else {
        return false;
    };
    let mut leftward = left.chars().rev();
    let mut rightward = right.chars();
    let (Some(left), Some(right)) = (leftward.next(), rightward.next()) else { return false };
    let is_side = |side: char, also: &str| is_word(side) || also.contains(side);
    if !is_side(left, ".,!?…)]\"'”’“»′″%°") || !is_side(right, "([\"'”’“‘„«….$€£")
    {
        return false;
    }
    let is_lone = |side: char, next: Option<char>| is_word(side) && !next.is_some_and(is_word);
    let is_sum = is_lone(left, leftward.next()) && is_lone(right, rightward.next());
    !(is_sum || left.is_numeric() && right.is_numeric())
}
