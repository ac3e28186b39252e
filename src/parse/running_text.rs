//! References that stand in running text without markup of their own: `[1]`, `[@key, p. 12]`,
//! `[00:01:06]`, bare addresses.

use memchr::memchr3_iter;

use super::extensions::{Act, FIRST, Mark, REST};
use super::{Context, timestamp, vault};
use crate::byte_set::holds_any;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Inline, Parsed, Point, Reference, Span, Target, Written};
use crate::manuscript::Dialect;

mod citation;
mod raised;

/// Text with the places in the manuscript where its pieces come from.
#[derive(Debug, Default, Clone)]
pub struct RunningText {
    text: String,
    /// Offset in the text, offset in the manuscript.
    pieces: Vec<(usize, usize)>,
}

impl RunningText {
    pub fn push(&mut self, text: &str, source: usize) {
        self.pieces.push((self.text.len(), source));
        self.text.push_str(text);
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text between two offsets.
    fn part(&self, start: usize, end: usize) -> RunningText {
        let mut part = RunningText::default();
        let after = self.pieces.partition_point(|(at, _)| *at <= start);
        let mut pieces = self.pieces.iter().skip(after.saturating_sub(1)).peekable();
        while let Some((at, source)) = pieces.next().filter(|(at, _)| *at < end) {
            let from = start.max(*at);
            let to = pieces.peek().map_or(end, |(next, _)| end.min(*next));
            part.push(&self.text[from..to], source + (from - at));
        }
        part
    }

    fn source_offset(&self, offset: usize) -> usize {
        let index = self.pieces.partition_point(|&(start, _)| start <= offset);
        match index.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(&(start, source)) => source + (offset - start),
            None => 0,
        }
    }

    /// Where a piece of the text stands in the manuscript.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let source = self.source_offset(start);
        // Between two pieces the manuscript may hold more: the indentation of the next line.
        let last = end.checked_sub(1).filter(|last| *last >= start);
        Span::new(source, last.map_or(source, |last| self.source_offset(last) + 1))
    }
}

/// A recognised reference: where it ends, and what it becomes.
struct Found {
    end: usize,
    inlines: Vec<Inline<Parsed>>,
}

/// Where the bytes stand that a reference starts with; an address is told by its colon.
fn signs(text: &str) -> impl Iterator<Item = usize> {
    let mut common = memchr3_iter(b'[', b':', b'^', text.as_bytes()).peekable();
    let mut rare = memchr3_iter(b'~', b'@', b'#', text.as_bytes()).peekable();
    std::iter::from_fn(move || match (common.peek(), rare.peek()) {
        (Some(one), Some(other)) if other < one => rare.next(),
        (Some(_), _) => common.next(),
        (None, _) => rare.next(),
    })
}

/// What running text is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within<'a> {
    Text,
    /// Inside a link nothing else can be one.
    Link,
    /// Raised, after this text.
    Raised(&'a str),
}

/// Turns running text into inlines and adds them to those before it.
pub fn read(
    running: &RunningText,
    within: Within<'_>,
    context: &Context,
    inlines: &mut Vec<Inline<Parsed>>,
    diagnostics: &mut Diagnostics,
) {
    let text = running.text.as_str();
    if !context.marks.is_empty() && text.contains(FIRST) {
        return read_around_marks(running, within, context, inlines, diagnostics);
    }
    if within == Within::Link {
        return push_text(inlines, text);
    }
    if let Within::Raised(before) = within
        && let Some(marks) = raised::marks(running, before, context)
    {
        return inlines.extend(marks);
    }
    if !holds_any(text.as_bytes(), b"[:^~@#") {
        return raised::push_text(inlines, running, 0..text.len(), context);
    }
    let (mut written, mut position) = (0, 0);
    let is_vault = context.manuscript.dialect == Dialect::Vault;
    let is_marked_up = context.manuscript.dialect.is_markdown();
    let is_pandoc = context.manuscript.dialect == Dialect::Pandoc;
    for sign in signs(text) {
        if sign < position {
            continue;
        }
        let mut start = sign;
        let found = match text.as_bytes()[sign] {
            b'[' => bracketed(running, start, context, diagnostics),
            b':' => {
                let scheme = ["https", "http"].iter().find(|scheme| text[position..sign].ends_with(**scheme));
                start -= scheme.map_or(0, |scheme| scheme.len());
                scheme.and_then(|_| address(running, start))
            }
            b'#' if is_vault => tag(running, start, context),
            b'#' => None,
            b'@' if is_pandoc => citation::in_text(running, start),
            b'@' => None,
            _ if is_marked_up => raised_or_lowered(running, start, context),
            _ => None,
        };
        match found {
            Some(found) => {
                raised::push_text(inlines, running, written..start, context);
                inlines.extend(found.inlines);
                (written, position) = (found.end, found.end);
            }
            None => position = sign + 1,
        }
    }
    raised::push_text(inlines, running, written..text.len(), context);
}

/// Reads a text that no Markdown parser has seen, where marks for the index stand for syntax.
fn read_around_marks(
    running: &RunningText,
    within: Within<'_>,
    context: &Context,
    inlines: &mut Vec<Inline<Parsed>>,
    diagnostics: &mut Diagnostics,
) {
    let text = running.text.as_str();
    let mut done = 0;
    for (at, _) in text.match_indices(FIRST) {
        read(&running.part(done, at), within, context, inlines, diagnostics);
        let filler = text[at + 1..].len() - text[at + 1..].trim_start_matches(REST).len();
        done = at + 1 + filler;
        let start = running.span(at, at + 1).start as usize;
        if let Some(Mark { start, end, act: Act::Index(mark), .. }) =
            context.marks.within(start..start + 1).first()
        {
            let span = Span::new(*start, *end);
            context.note_markup(span);
            inlines.push(Inline::Anchor(Point::Index(Written { value: mark.clone(), span })));
        }
    }
    read(&running.part(done, text.len()), within, context, inlines, diagnostics);
}

fn push_text(inlines: &mut Vec<Inline<Parsed>>, text: &str) {
    if !text.is_empty() {
        inlines.push(Inline::Text(text.to_owned()));
    }
}

fn link(target: Target, span: Span, content: impl Into<String>) -> Inline<Parsed> {
    Inline::Link { to: Reference { target, span }, content: vec![Inline::Text(content.into())] }
}

fn bracketed(
    running: &RunningText,
    start: usize,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Option<Found> {
    const LONGEST: usize = 1000;
    let rest = &running.text[start + 1..];
    let mut limit = rest.len().min(LONGEST);
    while !rest.is_char_boundary(limit) {
        limit -= 1;
    }
    let length = rest[..limit].find([']', '[']).filter(|length| rest[*length..].starts_with(']'));
    let Some(length) = length else {
        if rest.strip_prefix('^').is_some_and(|label| label.starts_with(char::is_alphanumeric)) {
            context.warn_unclosed(running.span(start, start + 2), "[^", diagnostics);
        }
        return None;
    };
    let inside = &rest[..length];
    let end = start + 1 + length + 1;
    let span = running.span(start, end);
    let is_pandoc = context.manuscript.dialect == Dialect::Pandoc;
    if inside.starts_with('@') || inside.starts_with("-@") || is_pandoc && inside.contains('@') {
        return citation::bracketed(running, start + 1, inside, is_pandoc);
    }
    if let Some(label) = inside.strip_prefix('^').filter(|label| !label.is_empty() && !label.contains(' ')) {
        if context.references.contains(label) {
            context.note_markup(span);
            return Some(Found { end, inlines: vec![link(Target::Note(label.to_owned()), span, label)] });
        }
        if context.undefined.borrow_mut().insert(label.to_owned()) {
            diagnostics.push(
                Diagnostic::warning("undefined-note", format!("the note `[^{label}]` is not defined"))
                    .at(context.manuscript.place(span))
                    .help(format!("add a line `[^{label}]: …`, or remove the reference")),
            );
        }
        return Some(Found { end, inlines: vec![Inline::Text(format!("[{label}]"))] });
    }
    let has_video = context.manuscript.metadata.video.is_some();
    if let Some(seconds) = timestamp::read(inside).filter(|_| has_video) {
        context.note_markup(span);
        let inline = link(Target::Timestamp(seconds), span, timestamp::show(seconds));
        return Some(Found { end, inlines: vec![inline] });
    }
    numbered(running, start + 1, inside, context)
}

/// What stands between brackets if it is numbers of references. A number that no entry has stays as
/// text.
fn numbered(running: &RunningText, start: usize, inside: &str, context: &Context) -> Option<Found> {
    let numbers = reference_numbers(inside)?;
    let end = start + inside.len() + 1;
    let span = running.span(start - 1, end);
    let is_known = |number: &u32| context.references.contains(&number.to_string());
    let (known, unknown): (Vec<u32>, Vec<u32>) = numbers.into_iter().partition(is_known);
    if is_mark(&running.text[..start - 1]) {
        context.note_unlisted(&unknown, span);
    }
    if known.is_empty() {
        return None;
    }
    let links =
        known.into_iter().map(|number| link(Target::Note(number.to_string()), span, number.to_string()));
    let mut inlines: Vec<Inline<Parsed>> = links.collect();
    if unknown.is_empty() {
        context.note_markup(span);
    } else {
        let unknown: Vec<String> = unknown.iter().map(u32::to_string).collect();
        let rest = format!(" [{}]", unknown.join(", "));
        context.note_written(&rest, span);
        inlines.push(Inline::Text(rest));
    }
    Some(Found { end, inlines })
}

/// Whether a number in brackets after `before` is a mark: none starts a text, and `x[7]` counts.
fn is_mark(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_symbol = (1..=2).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
    !before.trim().is_empty() && !is_symbol
}

/// `#tag` in a sentence, which reads as the word that it is.
fn tag(running: &RunningText, start: usize, context: &Context) -> Option<Found> {
    if running.text[..start].ends_with(|before: char| !before.is_whitespace() && before != '(') {
        return None;
    }
    let end = start + vault::tag::length(&running.text[start..])?;
    let (count, first) = context.tags.get().unwrap_or((0, running.span(start, end)));
    context.tags.set(Some((count + 1, first)));
    Some(Found { end, inlines: vec![Inline::Text(running.text[start + 1..end].to_owned())] })
}

/// `H~2~O` and `mc^2^` within a word, which the Markdown parser leaves alone.
fn raised_or_lowered(running: &RunningText, start: usize, context: &Context) -> Option<Found> {
    const LONGEST: usize = 24;
    let text = running.text.as_str();
    let mark = text[start..].chars().next()?;
    let rest = &text[start + 1..];
    let length = rest.char_indices().take(LONGEST).find(|(_, next)| *next == mark)?.0;
    let inside = &rest[..length];
    let is_plain =
        !inside.is_empty() && inside.chars().all(|next| next.is_alphanumeric() || "+-−–".contains(next));
    if !is_plain || !text[..start].ends_with(|before: char| before.is_alphanumeric() || before == ')') {
        return None;
    }
    let end = start + 1 + length + 1;
    if mark == '^'
        && let Some(inlines) = raised::numbers(inside, &text[..start], running.span(start, end), context)
    {
        return Some(Found { end, inlines });
    }
    let content = vec![Inline::Text(inside.to_owned())];
    let inline = if mark == '^' { Inline::Superscript(content) } else { Inline::Subscript(content) };
    Some(Found { end, inlines: vec![inline] })
}

/// The numbers in `1`, `1, 2` or `1–3`. A year is none.
fn reference_numbers(inside: &str) -> Option<Vec<u32>> {
    const LONGEST_RANGE: u32 = 50;
    const LARGEST: u32 = 999;
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number <= LARGEST);
    let mut numbers = Vec::new();
    for part in inside.split([',', ';']) {
        match part.split_once(['-', '–']) {
            Some((first, last)) => {
                let (first, last) = (number(first)?, number(last)?);
                if first > last || last - first > LONGEST_RANGE {
                    return None;
                }
                numbers.extend(first..=last);
            }
            None => numbers.push(number(part)?),
        }
    }
    Some(numbers)
}

/// A bare `https://…`.
fn address(running: &RunningText, start: usize) -> Option<Found> {
    let text = &running.text[start..];
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    if running.text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let length = address_length(text);
    let url = &text[..length];
    if url.split("//").nth(1).is_none_or(str::is_empty) {
        return None;
    }
    let span = running.span(start, start + length);
    let inlines = vec![link(Target::Address(url.to_owned()), span, url)];
    Some(Found { end: start + length, inlines })
}

/// Up to white space or a delimiter, without the punctuation of the sentence around it.
pub fn address_length(text: &str) -> usize {
    let end =
        text.find(|next: char| next.is_whitespace() || "<>\"“”«»`|".contains(next)).unwrap_or(text.len());
    let mut address = &text[..end];
    // How many more brackets close than open.
    let mut surplus = [('(', ')'), ('[', ']')].map(|(open, close)| {
        (close, address.matches(close).count() as isize - address.matches(open).count() as isize)
    });
    while let Some(last) = address.chars().next_back() {
        let bracket = surplus.iter_mut().find(|(close, surplus)| *close == last && *surplus > 0);
        match bracket {
            Some((_, surplus)) => *surplus -= 1,
            None if ".,;:!?'’*_…".contains(last) => {}
            None => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}
