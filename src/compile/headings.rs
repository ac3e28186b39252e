//! Headings: their levels, their identifiers, and finding them by what a link calls them.

use std::collections::HashMap;

use crate::document::{Block, Inline, Parsed, plain_text};

use super::names::{UniqueNames, fold, slug};

/// The headings of one chapter, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Level within the book (2–6) and identifier of each heading.
    pub(super) headings: Vec<(u8, String)>,
    /// Heading by folded text or by the identifier that its author gave it.
    by_name: HashMap<String, usize>,
}

impl Outline {
    /// Reads the headings of a chapter whose own identifier is `chapter`.
    pub(super) fn of(body: &[Block<Parsed>], chapter: &str) -> Self {
        let mut reader = Reader { chapter, ..Reader::default() };
        reader.read(body);
        reader.outline
    }

    /// The heading that a fragment or a wikilink names.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold(name)).copied()
    }
}

/// Whether a heading has anything to show; others are dropped.
pub(super) fn has_text(content: &[Inline<Parsed>]) -> bool {
    !plain_text(content).trim().is_empty()
}

#[derive(Default)]
struct Reader<'a> {
    chapter: &'a str,
    outline: Outline,
    names: UniqueNames,
    /// Levels as written of the headings that enclose the current place.
    enclosing: Vec<u8>,
}

impl Reader<'_> {
    fn read(&mut self, blocks: &[Block<Parsed>]) {
        for block in blocks {
            match block {
                Block::Heading { level, anchor, content, .. } if has_text(content) => {
                    self.heading(*level, anchor.as_deref(), content);
                }
                Block::List(list) => list.items.iter().for_each(|item| self.read(item)),
                Block::DefinitionList(definitions) => {
                    definitions.iter().flat_map(|it| &it.descriptions).for_each(|it| self.read(it));
                }
                Block::Quote(body) | Block::Callout { body, .. } => self.read(body),
                _ => {}
            }
        }
    }

    /// A heading goes one level below the nearest heading before it that outranks it, so levels
    /// have no gaps whatever the author skipped.
    fn heading(&mut self, level: u8, own_id: Option<&str>, content: &[Inline<Parsed>]) {
        while self.enclosing.last().is_some_and(|&above| above >= level) {
            self.enclosing.pop();
        }
        self.enclosing.push(level);
        let depth = (self.enclosing.len() + 1).min(6) as u8;

        let text = plain_text(content);
        let name = match slug(own_id.unwrap_or(&text)) {
            empty if empty.is_empty() => "section".to_owned(),
            name => name,
        };
        let id = format!("{}--{}", self.chapter, self.names.take(&name));
        let position = self.outline.headings.len();
        for key in own_id.into_iter().chain([text.as_str()]).map(fold).filter(|key| !key.is_empty()) {
            self.outline.by_name.entry(key).or_insert(position);
        }
        self.outline.headings.push((depth, id));
    }
}
