//! Syntax that dialects of Markdown add to what the Markdown parser knows.

use memchr::memmem;

use super::Context;
use crate::diagnostic::Diagnostics;
use crate::manuscript::Dialect;
use lines::lines;
use marks::Draft;

mod attributes;
mod brackets;
mod code;
mod criticism;
mod divisions;
pub mod indexing;
mod jekyll;
mod kramdown;
mod lines;
mod marks;
mod mathematics;
mod multimarkdown;
mod numbering;
mod shortcodes;
mod tables;
mod templates;
mod tex;
mod verse;

pub use attributes::Attributes;
pub use marks::{Act, Cell, Element, FIRST, Mark, Marks, REST, TableDraft};

/// Takes a dialect's own syntax out of a text, byte for byte, and tells what to do in its place.
pub fn take(text: String, context: &Context, diagnostics: &mut Diagnostics) -> (String, Marks) {
    let dialect = context.manuscript.dialect;
    let is_markdown = !matches!(dialect, Dialect::Plain | Dialect::Html);
    let text = if is_markdown { mathematics::delimit(text, context) } else { text };
    let holds = |trigger: &str| memmem::find(text.as_bytes(), trigger.as_bytes()).is_some();
    let has_environments = is_markdown && holds("\\begin{");
    let may_be_indexed = dialect != Dialect::Html && indexing::may_have(&text);
    if !may_be_indexed && !has_environments && !triggers(dialect).iter().any(|trigger| holds(trigger)) {
        return (text, Marks::default());
    }
    let mut draft = Draft::new(text, context, diagnostics);
    if has_environments && dialect != Dialect::Pandoc {
        tex::take_formulas(&mut draft);
    }
    if may_be_indexed {
        indexing::take(&mut draft);
    }
    match dialect {
        Dialect::Pandoc => {
            note_headings(&mut draft);
            templates::take(&mut draft, &shortcodes::Shortcodes);
            tex::take(&mut draft);
            divisions::take(&mut draft);
            kramdown::take_abbreviations(&mut draft);
            brackets::take(&mut draft);
            numbering::take(&mut draft);
            verse::take(&mut draft);
            verse::take_tilde_definitions(&mut draft);
            // The cells of tables keep their marks, although the table is overwritten.
            draft.drop_overwritten();
            tables::take(&mut draft);
        }
        Dialect::MultiMarkdown => {
            note_headings(&mut draft);
            templates::take(&mut draft, &multimarkdown::Transclusions);
            criticism::take(&mut draft);
            multimarkdown::take(&mut draft);
            kramdown::take_abbreviations(&mut draft);
        }
        Dialect::Jekyll => {
            templates::take(&mut draft, &jekyll::Liquid);
            kramdown::take(&mut draft);
            kramdown::take_abbreviations(&mut draft);
        }
        Dialect::Hugo => {
            templates::take(&mut draft, &shortcodes::Shortcodes);
            kramdown::take_attribute_lines(&mut draft);
        }
        Dialect::Vault => brackets::take_notes(&mut draft),
        Dialect::Markdown => templates::take(&mut draft, &shortcodes::Directives),
        Dialect::Plain | Dialect::Html => {}
    }
    if dialect != Dialect::Pandoc {
        draft.drop_overwritten();
    }
    draft.finish()
}

/// What a text must contain for any of a dialect's syntax to be in it.
fn triggers(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        // Headings can be referred to by their text.
        Dialect::Pandoc => &["[", "(", ":::", "\\", "|", "{", "+--", "---", "~ ", "#."],
        Dialect::MultiMarkdown => &["[", "{"],
        Dialect::Jekyll => &["{", "*["],
        Dialect::Hugo => &["{{", "{%", "{.", "{#", "{ "],
        Dialect::Vault => &["^["],
        Dialect::Markdown => &["{{#"],
        Dialect::Plain | Dialect::Html => &[],
    }
}

/// Lets references name the essay's headings by their text.
fn note_headings(draft: &mut Draft) {
    let text = draft.text();
    let mut before = "";
    for line in lines(&text) {
        if draft.is_code(line.start) {
            before = "";
            continue;
        }
        let trimmed = line.text.trim();
        let is_underline = trimmed.len() >= 2
            && (trimmed.bytes().all(|it| it == b'=') || trimmed.bytes().all(|it| it == b'-'));
        let after_marks = trimmed.trim_start_matches('#');
        let heading = if after_marks.len() < trimmed.len() && after_marks.starts_with([' ', '\t']) {
            after_marks
        } else if is_underline {
            before
        } else {
            ""
        };
        let heading = heading.rsplit_once(" {").map_or(heading, |(heading, _)| heading);
        draft.note_heading(heading.trim().trim_end_matches('#').trim());
        before = trimmed;
    }
}
