//! Finding the glossary that an essay ends with, and reading its entries.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Definition, Inline, List, Parsed, Span, Table, Target, plain_text};
use crate::labels;

use super::super::order::Essay;
use super::WrittenTerm;

/// Longest term, in words; what is longer is a sentence with a colon.
const LONGEST_TERM: usize = 10;

/// Takes the essay's glossary sections out of its body. What in them is no entry stays.
pub(super) fn take(chapter: usize, essay: &mut Essay) -> (Vec<WrittenTerm>, Vec<Diagnostic>) {
    let mut terms = Vec::new();
    let mut diagnostics = Vec::new();
    if !essay.document.body.iter().any(|block| glossary_heading(block).is_some()) {
        return (terms, diagnostics);
    }
    let mut kept = Vec::new();
    let mut blocks = std::mem::take(&mut essay.document.body).into_iter().peekable();
    while let Some(block) = blocks.next() {
        let Some((level, span)) = glossary_heading(&block) else {
            kept.push(block);
            continue;
        };
        let mut section = Vec::new();
        while let Some(next) =
            blocks.next_if(|next| !matches!(next, Block::Heading { level: l, .. } if *l <= level))
        {
            section.push(next);
        }
        let mut reader = Reader { home: (chapter, span), terms: Vec::new() };
        let rest = reader.read(section);
        if reader.terms.is_empty() {
            diagnostics.push(
                Diagnostic::warning(
                    "glossary-without-entries",
                    "this glossary has no entries that can be read",
                )
                .at(essay.manuscript.place(span))
                .help("write each entry as a list item, `Term: definition`"),
            );
        }
        terms.append(&mut reader.terms);
        if rest.iter().any(|block| *block != Block::Break) {
            kept.push(block);
            kept.extend(rest);
        }
    }
    // A pause before a section that left would end the chapter.
    while kept.last() == Some(&Block::Break) && !terms.is_empty() {
        kept.pop();
    }
    essay.document.body = kept;
    (terms, diagnostics)
}

fn glossary_heading(block: &Block<Parsed>) -> Option<(u8, Span)> {
    match block {
        Block::Heading { level, content, span, .. } if labels::names_glossary(&plain_text(content)) => {
            Some((*level, *span))
        }
        _ => None,
    }
}

struct Reader {
    home: (usize, Span),
    terms: Vec<WrittenTerm>,
}

impl Reader {
    /// Reads a section's entries and returns what is none.
    fn read(&mut self, section: Vec<Block<Parsed>>) -> Vec<Block<Parsed>> {
        let mut rest = Vec::new();
        // The entry that a subheading opens, until the next one.
        let mut open: Option<(Block<Parsed>, String, Vec<Block<Parsed>>)> = None;
        for block in section {
            if let Block::Heading { content, .. } = &block {
                self.close(open.take(), &mut rest);
                let name = name_of(content);
                open = Some((block, name, Vec::new()));
            } else if let Some((_, _, definition)) = &mut open {
                definition.push(block);
            } else {
                rest.extend(self.block(block));
            }
        }
        self.close(open, &mut rest);
        rest
    }

    /// Ends a subheading's entry. `A` over a list of terms is no entry but a signpost.
    fn close(
        &mut self,
        open: Option<(Block<Parsed>, String, Vec<Block<Parsed>>)>,
        rest: &mut Vec<Block<Parsed>>,
    ) {
        let Some((heading, name, definition)) = open else { return };
        let defines = match definition.first() {
            Some(Block::Paragraph(content)) => !plain_text(content).trim().is_empty(),
            Some(Block::Quote(_)) => true,
            _ => false,
        };
        if defines && name.chars().count() > 1 {
            self.push(name, definition);
            return;
        }
        let remaining: Vec<_> = definition.into_iter().flat_map(|block| self.block(block)).collect();
        if name.chars().count() > 1 || !remaining.is_empty() {
            rest.push(heading);
        }
        rest.extend(remaining);
    }

    /// Reads the entries of one block; returns the block, or what of it is no entry.
    fn block(&mut self, block: Block<Parsed>) -> Option<Block<Parsed>> {
        match block {
            Block::List(List { start, numerals, tight, items }) => {
                let items: Vec<_> = items.into_iter().filter_map(|item| self.item(item)).collect();
                (!items.is_empty()).then_some(Block::List(List { start, numerals, tight, items }))
            }
            Block::DefinitionList(definitions) => {
                for Definition { term, descriptions } in definitions {
                    self.push(name_of(&term), descriptions.into_iter().flatten().collect());
                }
                None
            }
            Block::Table(table) if table.alignments.len() == 2 => {
                self.table(table);
                None
            }
            Block::Paragraph(content) => match split(content) {
                Ok((name, definition)) if !definition.is_empty() => {
                    self.push(name, vec![Block::Paragraph(definition)]);
                    None
                }
                Ok((name, _)) => Some(Block::Paragraph(vec![Inline::Text(name)])),
                Err(content) => Some(Block::Paragraph(content)),
            },
            other => Some(other),
        }
    }

    fn item(&mut self, mut item: Vec<Block<Parsed>>) -> Option<Vec<Block<Parsed>>> {
        if !matches!(item.first(), Some(Block::Paragraph(_))) {
            return Some(item);
        }
        let Block::Paragraph(content) = item.remove(0) else { return Some(item) };
        match split(content) {
            Ok((name, definition)) if definition.is_empty() && item.is_empty() => {
                Some(vec![Block::Paragraph(vec![Inline::Text(name)])])
            }
            Ok((name, definition)) => {
                if !definition.is_empty() {
                    item.insert(0, Block::Paragraph(definition));
                }
                self.push(name, item);
                None
            }
            Err(content) => {
                item.insert(0, Block::Paragraph(content));
                Some(item)
            }
        }
    }

    /// A table of two columns: terms, and what they mean. A header names the columns only.
    fn table(&mut self, table: Table<Parsed>) {
        for row in table.rows {
            let mut cells = row.into_iter();
            if let (Some(term), Some(definition)) = (cells.next(), cells.next()) {
                self.push(name_of(&term), vec![Block::Paragraph(definition)]);
            }
        }
    }

    fn push(&mut self, name: String, definition: Vec<Block<Parsed>>) {
        self.terms.push(WrittenTerm { name, aliases: Vec::new(), definition, home: Some(self.home) });
    }
}

type Content = Vec<Inline<Parsed>>;

/// Splits `Term: definition`, `**Term** definition` or `Term — definition`; gives the content back
/// when it is nothing of the kind.
fn split(content: Content) -> Result<(String, Content), Content> {
    let lead = content.iter().position(|inline| match inline {
        Inline::Text(text) => text.contains(char::is_alphanumeric),
        Inline::LineBreak => false,
        _ => true,
    });
    match lead.and_then(|at| Some((at, content.get(at)?))) {
        Some((at, Inline::Strong(name))) => split_after(at, name_of(name), content),
        Some((
            at,
            marked @ (Inline::Emphasis(_) | Inline::Highlight(_) | Inline::Code(_) | Inline::Link { .. }),
        )) => {
            let name = plain_text(std::slice::from_ref(marked));
            let next = content.get(at + 1);
            let delimited = name.trim_end().ends_with(':')
                || matches!(next, Some(Inline::Text(text)) if text.trim_start().starts_with([':', '—', '–']));
            if delimited { split_after(at, clean_name(&name), content) } else { Err(content) }
        }
        Some((at, Inline::Text(text))) => match delimiter(text) {
            Some((before, after)) => {
                let name = clean_name(&text[..before]);
                let definition = text[after..].trim_start().to_owned();
                if !is_term(&name) {
                    return Err(content);
                }
                let mut rest: Content = content.into_iter().skip(at + 1).collect();
                if !definition.is_empty() {
                    rest.insert(0, Inline::Text(definition));
                }
                Ok((name, rest))
            }
            None => Err(content),
        },
        _ => Err(content),
    }
}

/// The name is the inline at `at`; the definition is what follows.
fn split_after(at: usize, name: String, content: Content) -> Result<(String, Content), Content> {
    if !is_term(&name) {
        return Err(content);
    }
    let mut rest: Content = content.into_iter().skip(at + 1).collect();
    let mut emptied = false;
    if let Some(Inline::Text(first)) = rest.first_mut() {
        let definition = first.trim_start().trim_start_matches([':', '—', '–', '=']);
        let definition = definition.strip_prefix("- ").unwrap_or(definition);
        *first = definition.trim_start().to_owned();
        emptied = first.is_empty();
    }
    if emptied {
        rest.remove(0);
    }
    Ok((name, rest))
}

/// The first mark that parts a term from its definition: where it starts and where it ends.
fn delimiter(text: &str) -> Option<(usize, usize)> {
    let colon = text
        .match_indices(':')
        .map(|(at, mark)| (at, at + mark.len()))
        .find(|(_, end)| text[*end..].chars().next().is_none_or(char::is_whitespace));
    let dash = [" — ", " – ", " - ", "—"].iter().filter_map(|mark| Some((text.find(mark)?, mark.len())));
    let dash = dash.map(|(at, length)| (at, at + length)).min();
    colon.into_iter().chain(dash).min()
}

/// The name that a term's text gives, without the marks of notes and citations in it.
fn name_of(content: &[Inline<Parsed>]) -> String {
    let mut name = String::new();
    push_name(content, &mut name);
    clean_name(&name)
}

fn push_name(content: &[Inline<Parsed>], name: &mut String) {
    let is_mark = |inline: &Inline<Parsed>| match inline {
        Inline::Link { to, .. } => !matches!(to.target, Target::Address(_) | Target::Wikilink { .. }),
        _ => false,
    };
    for inline in content.iter().filter(|inline| !is_mark(inline)) {
        match inline {
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Superscript(content) => {
                push_name(content, name);
            }
            other => name.push_str(&plain_text(std::slice::from_ref(other))),
        }
    }
}

/// A name without bullets, emoji, numbers' dots and quotation marks around it.
fn clean_name(written: &str) -> String {
    let name = written.trim_start_matches(|c: char| !c.is_alphanumeric());
    let name = name.trim_end_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, ')' | ']' | '+' | '#' | '!' | '?' | '%')
    });
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_term(name: &str) -> bool {
    !name.is_empty() && name.split(' ').count() <= LONGEST_TERM && !name.contains(". ")
}
