//! Headings and other places: their identifiers, and finding them by what a link calls them.

use std::collections::HashMap;

use crate::document::{Block, Inline, Parsed, Point, Run, plain_text, visit_runs};

use super::names::{UniqueNames, fold, slug};

/// Headings of one text among which the one under the right heading is looked for.
const MOST_ALIKE: usize = 256;

/// What can be linked to in one chapter, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Level within the book (2–6) and identifier of each heading.
    pub(super) headings: Vec<(u8, String)>,
    /// Identifier of each place that is no heading.
    pub(super) places: Vec<String>,
    /// The heading that each heading stands under.
    parents: Vec<Option<usize>>,
    /// Headings by folded text or by the identifier that their author gave them.
    by_name: HashMap<String, Vec<usize>>,
    /// Headings by the identifiers that sites and converters make of their text.
    by_slug: HashMap<String, usize>,
    /// Places by the name that the author gave them.
    by_id: HashMap<String, usize>,
}

impl Outline {
    /// Reads the headings and places of a chapter whose own identifier is `chapter`.
    pub(super) fn of(body: &[Block<Parsed>], chapter: &str) -> Self {
        let mut reader = Reader { chapter, ..Reader::default() };
        reader.read(body);
        visit_runs(body, &mut |run| {
            if let Run::Inlines(content) = run {
                reader.read_places(content);
            }
        });
        reader.outline
    }

    /// The heading that a fragment or a wikilink names. Vaults chain headings, `Part#Section`: the last
    /// is meant, the one under the others where there are several.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let mut path = name.split('#').map(fold).filter(|part| !part.is_empty()).rev();
        let last = path.next()?;
        let above: Vec<String> = path.collect();
        if let Some(candidates) = self.by_name.get(&last) {
            let mut within =
                candidates.iter().take(MOST_ALIKE).filter(|&&heading| self.is_under(heading, &above));
            return within.next().or(candidates.first()).copied();
        }
        self.by_slug.get(&compact(&last)).copied()
    }

    /// The place that the author gave an identifier.
    pub(super) fn find_place(&self, name: &str) -> Option<usize> {
        self.by_id.get(name).copied()
    }

    /// Whether the headings named in `above`, innermost first, enclose a heading.
    fn is_under(&self, heading: usize, above: &[String]) -> bool {
        let mut wanted = above.iter();
        let Some(mut next) = wanted.next() else { return true };
        let mut current = heading;
        while let Some(parent) = self.parents.get(current).copied().flatten() {
            if self.by_name.get(next).is_some_and(|named| named.binary_search(&parent).is_ok()) {
                match wanted.next() {
                    Some(name) => next = name,
                    None => return true,
                }
            }
            current = parent;
        }
        false
    }

    /// The names that links can call headings by.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
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
    /// Levels as written of the headings that enclose the current place, and the headings.
    enclosing: Vec<(u8, usize)>,
    /// How often a heading's text came before.
    repeated: HashMap<String, usize>,
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
        while self.enclosing.last().is_some_and(|&(above, _)| above >= level) {
            self.enclosing.pop();
        }
        let position = self.outline.headings.len();
        let parent = self.enclosing.last().map(|&(_, heading)| heading);
        self.enclosing.push((level, position));
        let depth = (self.enclosing.len() + 1).min(6) as u8;

        let text = plain_text(content);
        let id = self.identifier(own_id.unwrap_or(&text), "section");
        for key in own_id.into_iter().chain([text.as_str()]).map(fold).filter(|key| !key.is_empty()) {
            self.outline.by_name.entry(key).or_default().push(position);
        }
        self.slugs(&text, position);
        self.outline.headings.push((depth, id));
        self.outline.parents.push(parent);
    }

    /// GitHub drops punctuation where the book's names part words; Pandoc and kramdown drop what comes
    /// before the first letter, too. All number headings of the same text.
    fn slugs(&mut self, text: &str, heading: usize) {
        let whole = compact(text);
        let from_letter = compact(text.trim_start_matches(|first: char| !first.is_alphabetic()));
        let both = [&whole, &from_letter].into_iter().filter(|slug| !slug.is_empty());
        for slug in both.clone() {
            self.outline.by_slug.entry(slug.clone()).or_insert(heading);
        }
        let count = self.repeated.entry(whole.clone()).or_default();
        if *count > 0 {
            for slug in both {
                self.outline.by_slug.entry(format!("{slug}{count}")).or_insert(heading);
            }
        }
        *count += 1;
    }

    fn read_places(&mut self, content: &[Inline<Parsed>]) {
        for inline in content {
            match inline {
                Inline::Anchor(Point::Place(name)) if !self.outline.by_id.contains_key(name) => {
                    let id = self.identifier(name, "place");
                    self.outline.by_id.insert(name.clone(), self.outline.places.len());
                    self.outline.places.push(id);
                }
                outer => self.read_places(outer.content()),
            }
        }
    }

    fn identifier(&mut self, name: &str, otherwise: &str) -> String {
        let name = match slug(name) {
            empty if empty.is_empty() => otherwise.to_owned(),
            name => name,
        };
        format!("{}--{}", self.chapter, self.names.take(&name))
    }
}

/// Letters and digits only, in lower case.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
