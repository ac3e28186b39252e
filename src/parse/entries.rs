//! Entries of a glossary that stand on lines of one paragraph.

use crate::document::{Block, Inline, Parsed, plain_text};
use crate::section_names;

type Content = Vec<Inline<Parsed>>;

/// Most words before the mark that parts a term from its definition.
const LONGEST_TERM: usize = 8;

/// Gives every entry in a glossary's section a paragraph of its own. Below names in bold, a line that has none
/// goes on with the one above; names in plain text are trusted only where every line has one, since a definition
/// may well hold a colon.
pub fn part(blocks: &mut Vec<Block<Parsed>>) {
    let mut glossary: Option<u8> = None;
    let mut parted = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        match block {
            Block::Heading { level, ref content, .. } => {
                glossary = glossary.filter(|outer| level > *outer);
                if section_names::names_glossary(&plain_text(content)) {
                    glossary = glossary.or(Some(level));
                }
                parted.push(block);
            }
            Block::Paragraph(content) if glossary.is_some() => {
                parted.extend(entries(content).into_iter().map(Block::Paragraph));
            }
            other => parted.push(other),
        }
    }
    *blocks = parted;
}

/// The paragraph's entries; the paragraph as it is where it holds anything else.
fn entries(content: Content) -> Vec<Content> {
    let lines = lines(&content);
    let Some((first, rest)) = lines.split_first() else { return vec![content] };
    let form = form(first);
    let opens: Vec<bool> = rest
        .iter()
        .map(|line| self::form(line) == form && (form == Form::Bold || names_term(line)))
        .collect();
    let are_several = match form {
        Form::Bold => opens.contains(&true),
        Form::Plain => {
            // A line that was broken anywhere starts in lower case.
            let alike = starts_in_lower_case(first) || !rest.iter().any(|line| starts_in_lower_case(line));
            alike && names_term(first) && !rest.is_empty() && opens.iter().all(|opens| *opens)
        }
        Form::Other => false,
    };
    if !are_several {
        return vec![content];
    }
    let mut entries = vec![first.clone()];
    for (line, opens) in rest.iter().zip(opens) {
        match entries.last_mut() {
            Some(entry) if !opens => {
                entry.push(Inline::Text("\n".to_owned()));
                entry.extend(line.iter().cloned());
            }
            _ => entries.push(line.clone()),
        }
    }
    entries
}

/// Whether a line starts with a few words and a mark that a definition follows.
fn names_term(line: &[Inline<Parsed>]) -> bool {
    let text = plain_text(line);
    let marks = [": ", "：", " — ", " – ", " - ", " = "];
    let mark = marks.iter().filter_map(|mark| text.find(mark)).min();
    mark.is_some_and(|mark| (1..=LONGEST_TERM).contains(&text[..mark].split_whitespace().count()))
}

fn starts_in_lower_case(line: &[Inline<Parsed>]) -> bool {
    plain_text(line).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Bold,
    Other,
}

fn form(line: &[Inline<Parsed>]) -> Form {
    let lead = line.iter().find(|inline| match inline {
        Inline::Text(text) => text.contains(char::is_alphanumeric),
        _ => true,
    });
    match lead {
        Some(Inline::Strong(_)) => Form::Bold,
        Some(Inline::Text(_)) | None => Form::Plain,
        Some(_) => Form::Other,
    }
}

/// The lines of a paragraph, broken by the author in either way.
fn lines(content: &[Inline<Parsed>]) -> Vec<Content> {
    let mut lines: Vec<Content> = vec![Vec::new()];
    for inline in content {
        match inline {
            Inline::LineBreak => lines.push(Vec::new()),
            Inline::Text(text) => {
                for (at, part) in text.split('\n').enumerate() {
                    if at > 0 {
                        lines.push(Vec::new());
                    }
                    if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                        line.push(Inline::Text(part.to_owned()));
                    }
                }
            }
            other => {
                if let Some(line) = lines.last_mut() {
                    line.push(other.clone());
                }
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}
