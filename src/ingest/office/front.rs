//! What a document's first paragraphs say about it, by their styles: title, subtitle, author, date.

use super::{Content, Flow, Paragraph, Piece, Removal, Role, Run, plain_text};
use crate::dates;
use crate::document::Person;
use crate::ledger::Fate;

/// Moves title, subtitle, authors and date into the metadata, where they replace what the file's
/// properties say. What is styled so further down is a heading or a paragraph after all.
pub fn take(flow: &mut Flow) {
    let mut front = Front::default();
    let pieces = std::mem::take(&mut flow.pieces);
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => front.paragraph(paragraph, flow),
            other => {
                front.is_over = true;
                flow.pieces.push(other);
            }
        }
    }
    if front.title.is_some() {
        flow.metadata.title = front.title;
    }
    if front.subtitle.is_some() {
        flow.metadata.subtitle = front.subtitle;
    }
    if !front.authors.is_empty() {
        flow.metadata.authors = front.authors;
    }
    flow.metadata.date = front.date.or(flow.metadata.date);
}

#[derive(Default)]
struct Front {
    title: Option<String>,
    subtitle: Option<String>,
    authors: Vec<Person>,
    date: Option<crate::document::Date>,
    /// Whether the text has begun.
    is_over: bool,
}

impl Front {
    fn paragraph(&mut self, mut paragraph: Paragraph, flow: &mut Flow) {
        let text = plain_text(&paragraph.content);
        if text.is_empty() && !paragraph.content.iter().any(Run::is_visible) {
            return flow.pieces.push(Piece::Paragraph(paragraph));
        }
        let (rule, what) = match paragraph.role {
            // Some essays have an epigraph or a date above the title.
            Role::Title if !text.is_empty() && (self.title.is_none() || !self.is_over) => {
                match &mut self.title {
                    Some(title) => {
                        title.push(' ');
                        title.push_str(&text);
                    }
                    None => self.title = Some(text.clone()),
                }
                ("removed-title", "the title, now metadata")
            }
            Role::Subtitle if !self.is_over && self.subtitle.is_none() && !text.is_empty() => {
                self.subtitle = Some(text.clone());
                ("removed-title", "the subtitle, now metadata")
            }
            Role::Author if !self.is_over && !text.is_empty() => {
                self.authors.extend(persons(&text));
                ("removed-byline", "the author, now metadata")
            }
            Role::Date if !self.is_over && self.date.is_none() && dates::read(&text).is_some() => {
                self.date = dates::read(&text);
                ("removed-byline", "the date, now metadata")
            }
            _ => {
                self.is_over = true;
                if paragraph.role == Role::Title {
                    paragraph.role = Role::Heading(1);
                }
                return flow.pieces.push(Piece::Paragraph(paragraph));
            }
        };
        let removal = Removal { fate: Fate::Moved, ..Removal::new(rule, what, text) };
        let mut left = vec![Run::plain(Content::Removed(removal))];
        let mut remarks = Vec::new();
        for run in paragraph.content {
            match &run.content {
                Content::Note(name) => remarks.extend(take_note(name, flow)),
                Content::Text(_) | Content::Break | Content::Math(_) => {}
                Content::Picture { .. } | Content::Bookmark(_) | Content::Removed(_) | Content::Report(_) => {
                    left.push(run);
                }
            }
        }
        flow.pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content: left }));
        // A note to the title, mostly about the author, opens the text: there is no title to hang it on.
        flow.pieces.extend(remarks);
    }
}

fn take_note(name: &str, flow: &mut Flow) -> Vec<Piece> {
    let found = flow.notes.iter().position(|note| note.name == name);
    found.map(|at| flow.notes.remove(at).pieces).unwrap_or_default()
}

/// The names in a line such as `Ada Lovelace; Charles Babbage`.
pub fn persons(text: &str) -> Vec<Person> {
    let text = text.trim();
    let text = text.strip_prefix("By ").or_else(|| text.strip_prefix("by ")).unwrap_or(text);
    text.split([';', '\n'])
        .flat_map(|names| names.split(" and "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(Person::new)
        .collect()
}
