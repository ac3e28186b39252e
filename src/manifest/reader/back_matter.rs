//! What the manifest says of the index and of questions for discussion.

use super::super::{DiscussionPlace, DiscussionSettings, IndexSettings, IndexTerm};
use crate::document::IndexHeading;
use crate::settings::Reader;
use crate::yaml::{Node, Value};

const INDEX_KEYS: &[&str] = &["terms", "names", "glossary"];
const TERM_KEYS: &[&str] = &["term", "aliases", "sub", "see", "see-also", "sort"];
const DISCUSSION_KEYS: &[&str] = &["place", "questions"];

/// Entries, subentries and those below them.
const DEEPEST: usize = 3;

impl Reader<'_> {
    /// `true` or `false`, a list of terms, or all that can be said.
    pub(super) fn index(&mut self, node: &Node) -> IndexSettings {
        let mut settings = IndexSettings { wanted: Some(true), ..IndexSettings::default() };
        match &node.value {
            Value::Null => settings.wanted = None,
            Value::Scalar(_) => settings.wanted = Some(self.flag(node, "index")),
            Value::Sequence(_) => settings.terms = self.index_terms(node, "index", &[]),
            Value::Mapping(_) => {
                for (key, value) in self.entries(node, "index", INDEX_KEYS) {
                    match key {
                        "terms" => settings.terms = self.index_terms(value, key, &[]),
                        "names" => settings.names = self.flag(value, key),
                        _ => settings.glossary = self.flag(value, key),
                    }
                }
            }
        }
        settings
    }

    /// Terms below the entry at `above`.
    fn index_terms(&mut self, node: &Node, key: &str, above: &[IndexHeading]) -> Vec<IndexTerm> {
        if above.len() == DEEPEST {
            let message = format!("an index has no more than {DEEPEST} levels");
            self.error("index-term", node, message, "put these terms a level higher");
            return Vec::new();
        }
        let items = self.items_or_one(node, key);
        items.iter().flat_map(|item| self.index_term(item, above)).collect()
    }

    /// A term, followed by those below it: `term`, `main!sub`, `main: [sub]` or a mapping with `term:`.
    fn index_term(&mut self, node: &Node, above: &[IndexHeading]) -> Vec<IndexTerm> {
        let Value::Mapping(entries) = &node.value else {
            let path = self.index_path(node, above);
            return path.map(|path| named(path, node)).into_iter().collect();
        };
        if let [(main, below)] = entries.as_slice()
            && main.as_text().is_some_and(|name| !TERM_KEYS.contains(&name))
        {
            let Some(path) = self.index_path(main, above) else { return Vec::new() };
            let below = self.index_terms(below, "sub", &path);
            return std::iter::once(named(path, main)).chain(below).collect();
        }
        let known = self.entries(node, "a term of the index", TERM_KEYS);
        let name =
            known.iter().find(|(key, _)| *key == "term").and_then(|(_, value)| self.index_path(value, above));
        let Some(path) = name else {
            let message = "this entry of the index has no `term`".to_owned();
            self.error("manifest-structure", node, message, "add `term:`");
            return Vec::new();
        };
        let mut term = named(path, node);
        let mut below = Vec::new();
        for (key, value) in known {
            match key {
                "term" => {}
                "aliases" => term.aliases = self.texts(value, key),
                "see" => term.see = self.texts(value, key),
                "see-also" => term.see_also = self.texts(value, key),
                "sort" => {
                    let sort = self.text(value, key);
                    if let Some(last) = term.path.last_mut() {
                        last.sort = sort;
                    }
                }
                _ => below = self.index_terms(value, key, &term.path),
            }
        }
        std::iter::once(term).chain(below).collect()
    }

    fn index_path(&mut self, node: &Node, above: &[IndexHeading]) -> Option<Vec<IndexHeading>> {
        let text = self.text(node, "term")?;
        let levels = text.split('!').map(str::trim).filter(|level| !level.is_empty());
        let path: Vec<IndexHeading> = above.iter().cloned().chain(levels.map(IndexHeading::from)).collect();
        if path.len() > DEEPEST {
            let message = format!("an index has no more than {DEEPEST} levels");
            self.error("index-term", node, message, "put this term a level higher");
            return None;
        }
        (path.len() > above.len()).then_some(path)
    }

    /// Where questions stand, or that and the questions on the whole book.
    pub(super) fn discussion(&mut self, node: &Node) -> DiscussionSettings {
        let mut settings = DiscussionSettings::default();
        match &node.value {
            Value::Null => {}
            Value::Scalar(_) => settings.place = self.discussion_place(node, "discussion"),
            Value::Sequence(_) => settings.questions = self.texts(node, "discussion"),
            Value::Mapping(_) => {
                for (key, value) in self.entries(node, "discussion", DISCUSSION_KEYS) {
                    match key {
                        "place" => settings.place = self.discussion_place(value, key),
                        _ => settings.questions = self.texts(value, key),
                    }
                }
            }
        }
        settings
    }

    fn discussion_place(&mut self, node: &Node, key: &str) -> DiscussionPlace {
        let places = [
            ("appendix", DiscussionPlace::Appendix),
            ("chapters", DiscussionPlace::Chapters),
            ("both", DiscussionPlace::Both),
        ];
        self.choice(node, key, &places).unwrap_or_default()
    }
}

fn named(path: Vec<IndexHeading>, node: &Node) -> IndexTerm {
    IndexTerm { path, line: node.line, column: node.column, ..IndexTerm::default() }
}
