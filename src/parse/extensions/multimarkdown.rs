//! MultiMarkdown's brackets: `[#key]`, `[p. 3][#key]`, `[^a note]`, `[?term]`, `[%variable]`; captions.

use std::collections::BTreeSet;

use super::lines::{Line, lines};
use super::marks::{Act, Draft, Element};
use super::templates::{Dialect, Meaning, Tag};
use crate::diagnostic::Diagnostic;
use crate::document::{CitedKey, Span};

/// `{{TOC}}`, and files that stand for themselves: `{{file.txt}}`.
pub struct Transclusions;

impl Dialect for Transclusions {
    fn knows(&self, sign: char) -> bool {
        sign == '{'
    }

    fn closed<'t>(&self, _: &Tag<'t>) -> Option<&'t str> {
        None
    }

    fn meaning(&self, tag: &Tag, _: &Draft) -> Meaning {
        if tag.inside.starts_with("TOC") {
            return Meaning::Silent;
        }
        let is_file = tag.inside.contains('.') && !tag.inside.contains(char::is_whitespace);
        if is_file {
            Meaning::Missing(format!("the file `{}` that the essay takes in", tag.inside))
        } else {
            Meaning::Text
        }
    }
}

pub fn take(draft: &mut Draft) {
    let text = draft.text();
    let definitions = definitions(draft, &text);
    take_brackets(draft, &text, &definitions);
    take_captions(draft);
}

/// The labels of definitions; those of sources and terms become notes, which they are to readers.
fn definitions<'t>(draft: &mut Draft, text: &'t str) -> BTreeSet<&'t str> {
    let mut labels = BTreeSet::new();
    for line in lines(text) {
        let trimmed = line.text.trim_start();
        let Some((label, _)) = trimmed.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
            continue;
        };
        let start = line.start + line.indent();
        let is_label = label.starts_with(['#', '^', '?']) && !label.contains([']', '[']);
        if !is_label || line.indent() > 3 || draft.is_code(start) {
            continue;
        }
        labels.insert(label);
        if label.starts_with(['#', '?']) {
            draft.overwrite(start + 1, start + 2, "^");
        }
    }
    labels
}

/// A pair of brackets without others in it.
#[derive(Debug, Clone, Copy)]
struct Bracket<'t> {
    start: usize,
    end: usize,
    inside: &'t str,
}

fn take_brackets(draft: &mut Draft, text: &str, definitions: &BTreeSet<&str>) {
    let mut open: Option<usize> = None;
    let mut before: Option<Bracket> = None;
    let mut notes = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open = Some(at),
            b'\n' if text[..at].ends_with('\n') => open = None,
            b']' => {
                let Some(start) = open.take().filter(|start| !draft.is_code(*start)) else { continue };
                let bracket = Bracket { start, end: at + 1, inside: &text[start + 1..at] };
                let is_definition = text[at..].starts_with("]:") && definitions.contains(bracket.inside);
                if is_definition || text[at..].starts_with("](") {
                    before = None;
                    continue;
                }
                let beside = before.filter(|before| before.end == start);
                take_bracket(draft, bracket, beside, definitions, &mut notes);
                before = Some(bracket);
            }
            _ => {}
        }
    }
}

fn take_bracket(
    draft: &mut Draft,
    bracket: Bracket,
    beside: Option<Bracket>,
    definitions: &BTreeSet<&str>,
    notes: &mut usize,
) {
    let Bracket { start, end, inside } = bracket;
    let Some(sign) = inside.chars().next() else { return };
    let name = inside[sign.len_utf8()..].trim().trim_end_matches(';');
    let is_defined = definitions.contains(inside.trim_end_matches(';'));
    match sign {
        '#' if !name.is_empty() && !name.contains(' ') => {
            let locator = beside.map(|it| it.inside).filter(|it| !it.eq_ignore_ascii_case("not cited"));
            if beside.is_some() && locator.is_none() {
                if let Some(beside) = beside {
                    draft.mark(beside.start, end, Act::Nothing);
                }
            } else if is_defined {
                draft.mark(start, end, Act::NoteReference(name.to_owned()));
            } else {
                let from = beside.map_or(start, |beside| beside.start);
                let locator = locator.map(str::to_owned);
                draft.mark(
                    from,
                    end,
                    Act::Cite(vec![CitedKey {
                        key: name.to_owned(),
                        locator,
                        prefix: None,
                        is_named: false,
                    }]),
                );
            }
        }
        '^' if inside.contains(' ') && !is_defined => {
            *notes += 1;
            let element = Element::Note { label: format!("^{notes}") };
            draft.mark(start, start + 2, Act::Open { name: "[^", element });
            draft.mark(end - 1, end, Act::close("[^"));
        }
        '?' if is_defined => {
            draft.mark(start, start + 2, Act::Nothing);
            draft.mark(end - 1, end, Act::NoteReference(name.to_owned()));
        }
        '?' if !name.is_empty() => {
            draft.mark(start, start + 2, Act::Nothing);
            draft.mark(end - 1, end, Act::Nothing);
        }
        '%' if !name.is_empty() => take_variable(draft, bracket, name),
        _ => {}
    }
}

/// What the essay's metadata says.
fn take_variable(draft: &mut Draft, bracket: Bracket, name: &str) {
    let metadata = &draft.context.manuscript.metadata;
    let value = match name.to_lowercase().as_str() {
        "title" => metadata.title.clone(),
        "subtitle" => metadata.subtitle.clone(),
        "author" | "authors" => {
            let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
            Some(names.join(", ")).filter(|names| !names.is_empty())
        }
        "date" => metadata.date.map(|date| date.to_string()),
        "copyright" | "rights" => metadata.rights.clone(),
        "description" => metadata.description.clone(),
        _ => None,
    };
    match value {
        Some(value) => draft.mark(bracket.start, bracket.end, Act::Text(value)),
        None => {
            let what = format!("the variable `{name}`, which stays as it is written");
            let place = draft.context.manuscript.place(Span::new(bracket.start, bracket.end));
            draft.warn_once(
                Diagnostic::warning(
                    "unknown-variable",
                    format!("the essay's metadata has no value for {what}"),
                )
                .at(place),
            );
        }
    }
}

/// `[Caption]` right below or above a table is `: Caption`.
fn take_captions(draft: &mut Draft) {
    let text = draft.text();
    let all: Vec<Line> = lines(&text).collect();
    let is_row = |line: Option<&Line>| line.is_some_and(|line| line.text.contains('|'));
    for (at, line) in all.iter().enumerate() {
        let trimmed = line.text.trim();
        let Some(inside) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
            continue;
        };
        let inside = inside.split(']').next().unwrap_or(inside);
        let is_beside =
            is_row(at.checked_sub(1).and_then(|before| all.get(before))) || is_row(all.get(at + 1));
        if !is_beside
            || inside.len() < 2
            || inside.contains(['[', '|'])
            || draft.is_code(line.content_start())
        {
            continue;
        }
        // The caption's mark takes the bracket's place, and an empty line parts it from the table.
        let (start, end) = (line.content_start(), line.content_end());
        draft.mark_lines(start, end, Act::Caption(inside.to_owned()));
    }
}
