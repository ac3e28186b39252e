//! Marks for the book's index, in the forms that authors know from elsewhere.
//!
//! | form                                            | from              |
//! |-------------------------------------------------|-------------------|
//! | `[shown]{.index entry="main!sub" see="other"}`  | Pandoc            |
//! | `\index{main!sub}`, `\index{a\|see{b}}`         | LaTeX             |
//! | `((shown))`, `(((main, sub)))`, `indexterm:[…]` | AsciiDoc          |
//! | `<!-- index: main!sub -->`                      | any Markdown      |
//! | `#index/main/sub`, `%%index: main!sub%%`        | Obsidian          |
//!
//! Every mark leaves a place in the tree and no text but what it shows.

use aho_corasick::AhoCorasick;

use super::attributes::Attributes;
use super::marks::{Act, Draft, FIRST};
use crate::diagnostic::Diagnostic;
use crate::document::{IndexMark, IndexMeaning, Span};
use crate::manuscript::Dialect;

mod asciidoc;
mod entry;

pub use entry::{comment, latex as in_notation, of_levels, spelt_out, targets, written};

/// Marks are short; the search for their end must be, too.
const LONGEST_MARK: usize = 1000;

/// How far back the beginning of a line is looked for.
const REACH: usize = 200;

/// What marks are found by.
const SIGNS: [&str; 6] = ["\\index", "((", "indexterm", ".index", "<!--", TAG];

/// How a vault's tag begins that marks an entry.
pub const TAG: &str = "#index/";

/// Whether a text may hold marks.
pub fn may_have(text: &str) -> bool {
    SIGNS.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// Takes every mark out of the text.
pub fn take(draft: &mut Draft) {
    let Ok(signs) = AhoCorasick::new(SIGNS) else { return };
    let text = draft.text();
    let mut done = 0;
    for found in signs.find_iter(&text) {
        let at = found.start();
        if at < done {
            continue;
        }
        let mark = match SIGNS.get(found.pattern().as_usize()).copied().unwrap_or_default() {
            "\\index" => latex(draft, &text, at),
            _ if draft.is_code(at) => None,
            "((" => asciidoc::parentheses(&text, at),
            "indexterm" => asciidoc::macro_call(&text, at),
            ".index" => span(draft, &text, at),
            "<!--" => html_comment(&text, at),
            _ if draft.context.manuscript.dialect == Dialect::Vault => tag(&text, at),
            _ => None,
        };
        if let Some(mark) = mark.filter(|mark| !mark.is_broken(&text)) {
            done = mark.end;
            put(draft, &text, mark);
        }
    }
}

/// A mark as it stands in the text.
struct Found {
    start: usize,
    end: usize,
    /// The words within it that readers see.
    shown: Option<(usize, usize)>,
    mark: IndexMark,
}

impl Found {
    /// Whether other syntax was found within this one's.
    fn is_broken(&self, text: &str) -> bool {
        let (from, to) = self.shown.unwrap_or((self.end, self.end));
        [text.get(self.start..from), text.get(to..self.end)]
            .into_iter()
            .flatten()
            .any(|it| it.contains(FIRST))
    }

    fn hidden(start: usize, end: usize, mark: IndexMark) -> Self {
        Found { start, end, shown: None, mark }
    }
}

/// Puts a mark in the place of its syntax.
fn put(draft: &mut Draft, text: &str, found: Found) {
    let Found { start, end, shown, mark } = found;
    let act = if mark.path.is_empty() {
        let place = draft.context.manuscript.place(Span::new(start, end));
        draft.warn_once(
            Diagnostic::warning("empty-index-mark", "a mark for the index names no entry")
                .at(place)
                .help("write the entry's words in the mark, or take the mark out"),
        );
        Act::Nothing
    } else {
        Act::Index(mark)
    };
    if let Some((from, to)) = shown {
        draft.mark(start, from, act);
        draft.mark(to, end, Act::Nothing);
        return;
    }
    let (start, end) = with_spaces(text, start, end);
    draft.mark(start, end, act);
}

/// A mark that shows nothing takes one of the spaces around it along, or the one before a full stop.
pub fn with_spaces(text: &str, start: usize, end: usize) -> (usize, usize) {
    let is_space = |c: char| matches!(c, ' ' | '\t');
    let reach = (start.saturating_sub(REACH)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let line = text[reach..start].rfind('\n').map_or(reach, |at| reach + at + 1);
    let before = &text[line..start];
    let after = &text[end..];
    let spaces_after = after.len() - after.trim_start_matches(is_space).len();
    let spaces_before = before.len() - before.trim_end_matches(is_space).len();
    if spaces_after > 0 && (before.is_empty() || spaces_before > 0) {
        return (start, end + spaces_after);
    }
    let ends = after.is_empty() || after.starts_with(['\n', '.', ',', ';', ':', '?', '!', ')']);
    // What stands before must be more than the mark of a list's item.
    if ends && before.contains(char::is_alphabetic) { (start - spaces_before, end) } else { (start, end) }
}

/// `\index{…}`, also as raw TeX between backticks.
fn latex(draft: &Draft, text: &str, at: usize) -> Option<Found> {
    let (inside, end) = command(text, at)?;
    let mark = entry::latex(inside);
    if !draft.is_code(at) {
        return Some(Found::hidden(at, end, mark));
    }
    let fence = text[..at].len() - text[..at].trim_end_matches('`').len();
    let rest = text[end..].trim_start_matches('`');
    let is_raw = fence > 0 && fence == text.len() - end - rest.len();
    let format = ["{=latex}", "{=tex}"].iter().find(|format| is_raw && rest.starts_with(**format))?;
    Some(Found::hidden(at - fence, end + fence + format.len(), mark))
}

/// What stands between the braces of the command at `at`, and where it ends.
fn command(text: &str, at: usize) -> Option<(&str, usize)> {
    let mut start = at + "\\index".len();
    if text[start..].starts_with('[') {
        start += text[start..].bytes().take(LONGEST_MARK).position(|byte| byte == b']')? + 1;
    }
    if !text[start..].starts_with('{') {
        return None;
    }
    let mut depth = 0;
    let mut is_escaped = false;
    let length = text[start..].bytes().take(LONGEST_MARK).position(|byte| {
        match byte {
            _ if is_escaped => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
        depth == 0
    })?;
    Some((text.get(start + 1..start + length)?, start + length + 1))
}

/// `[shown]{.index …}`, found by its class.
fn span(draft: &Draft, text: &str, at: usize) -> Option<Found> {
    let earliest = at.saturating_sub(LONGEST_MARK);
    let before = text.as_bytes().get(earliest..at)?;
    let brace = earliest + before.iter().rposition(|byte| matches!(byte, b'{' | b'}' | b'\n'))?;
    let rest = text.get(brace..)?.strip_prefix('{')?;
    let length = rest.bytes().take(LONGEST_MARK).position(|byte| matches!(byte, b'}' | b'{'))?;
    let end = brace + 1 + length + 1;
    let attributes = Attributes::read(text.get(brace + 1..end - 1)?)?;
    if !attributes.classes.iter().any(|class| class == "index") {
        return None;
    }
    let close = brace.checked_sub(1).filter(|close| text.as_bytes().get(*close) == Some(&b']'))?;
    let open = opening_bracket(text, close, earliest).filter(|open| !draft.is_taken(*open))?;
    let shown = draft.slice(open + 1, close);
    let mut mark = match attributes.value("entry") {
        Some(entry) => written(entry),
        None => written(&entry::spelt_out(&shown)),
    };
    let targets = |names: &[&str]| -> Vec<String> {
        names.iter().filter_map(|name| attributes.value(name)).flat_map(entry::targets).collect()
    };
    mark.see = targets(&["see"]);
    mark.see_also = targets(&["see-also", "seealso"]);
    if let (Some(sort), Some(last)) = (attributes.value("sort"), mark.path.last_mut()) {
        last.sort = Some(sort.to_owned());
    }
    let is_definition = |class: &String| matches!(class.as_str(), "definition" | "main");
    mark.meaning = match attributes.value("range") {
        Some("start") => IndexMeaning::Start,
        Some("end") => IndexMeaning::End,
        _ if attributes.classes.iter().any(is_definition) => IndexMeaning::Definition,
        _ => IndexMeaning::Use,
    };
    if shown.trim().is_empty() {
        return Some(Found::hidden(open, end, mark));
    }
    Some(Found { start: open, end, shown: Some((open + 1, close)), mark })
}

/// The bracket that the one at `close` closes, in the same paragraph.
fn opening_bracket(text: &str, close: usize, earliest: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    for at in (earliest..=close).rev() {
        let is_escaped = at > 0 && bytes.get(at - 1) == Some(&b'\\');
        match bytes.get(at)? {
            b']' if !is_escaped => depth += 1,
            b'[' if !is_escaped => depth -= 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// `<!-- index: main!sub -->`
fn html_comment(text: &str, at: usize) -> Option<Found> {
    let rest = text.get(at + "<!--".len()..)?;
    let said = comment(rest)?;
    let skipped = rest.len() - said.len();
    let length = said.find("-->").filter(|length| *length < LONGEST_MARK)?;
    let end = at + "<!--".len() + skipped + length + "-->".len();
    Some(Found::hidden(at, end, entry::latex(&said[..length])))
}

/// `#index/main/sub`
fn tag(text: &str, at: usize) -> Option<Found> {
    if text[..at].ends_with(|before: char| !before.is_whitespace() && before != '(') {
        return None;
    }
    let length = super::super::vault::tag::length(&text[at..])?;
    let name = text.get(at + TAG.len()..at + length)?;
    Some(Found::hidden(at, at + length, entry::tag(name)))
}
