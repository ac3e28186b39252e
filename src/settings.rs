//! Settings files: the keys of a YAML tree are read one by one, and every mistake is told with its place.

use std::ops::RangeInclusive;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::yaml::{Node, Problem, Value};

/// Reads the values of one file.
pub struct Reader<'a> {
    path: &'a str,
    lines: Vec<&'a str>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    /// `path` is what diagnostics call the file.
    pub fn new(path: &'a str, text: &'a str, diagnostics: &'a mut Diagnostics) -> Self {
        Reader { path, lines: text.lines().collect(), diagnostics }
    }

    /// Tells of a file that is not YAML; `what` it is, with its article.
    pub fn broken(&mut self, what: &str, problem: &Problem) {
        let message = format!("{what} is not valid YAML: {}", problem.message);
        let help = "put text that holds `: `, `#` or quotation marks between quotation marks, and check the indentation";
        self.error_at("broken-yaml", (problem.line, problem.column), message, help);
    }

    /// Tells of a mistake in a value.
    pub fn error(&mut self, code: &'static str, node: &Node, message: String, help: impl Into<String>) {
        self.error_at(code, (node.line, node.column), message, help);
    }

    /// Tells of a mistake at a line and column, both counted from 1.
    pub fn error_at(
        &mut self,
        code: &'static str,
        (line, column): (u32, u32),
        message: String,
        help: impl Into<String>,
    ) {
        let excerpt = self.line(line).map(str::to_owned);
        let place = Place { excerpt, ..Place::column(self.path, line, column) };
        self.diagnostics.push(Diagnostic::error(code, message).at(place).help(help));
    }

    /// The column where `text` stands in a line, or its first.
    pub fn find_in_line(&self, line: u32, text: &str) -> u32 {
        let line = self.line(line).unwrap_or_default();
        let before = line.find(text).map_or(0, |start| line[..start].chars().count());
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    fn line(&self, number: u32) -> Option<&'a str> {
        self.lines.get((number as usize).checked_sub(1)?).copied()
    }

    /// Tells of a value that is of another kind than the key wants.
    pub fn wrong_type(&mut self, node: &Node, key: &str, wanted: &str) {
        let message = format!("`{key}` must be {wanted}, but here it is {}", node.kind());
        self.error("wrong-type", node, message, format!("write {wanted}, or remove the key"));
    }

    /// The entries of a mapping whose keys are known and new; all others are reported.
    pub fn entries<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &'static [&'static str],
    ) -> Vec<(&'static str, &'n Node)> {
        let entries = match &node.value {
            Value::Mapping(entries) => entries,
            Value::Null => return Vec::new(),
            _ => {
                self.wrong_type(node, what, "a mapping (`key: value` lines)");
                return Vec::new();
            }
        };
        let mut accepted: Vec<(&'static str, &Node)> = Vec::new();
        for (key, value) in entries {
            let Some(name) = key.as_text() else {
                self.error("bad-key", key, "a key must be text".to_owned(), "write `key: value`");
                continue;
            };
            let Some(&found) = known.iter().find(|candidate| **candidate == name) else {
                let help = match nearest(name, known) {
                    Some(candidate) => format!("did you mean `{candidate}`?"),
                    None => format!("known keys here: {}", known.join(", ")),
                };
                self.error("unknown-key", key, format!("unknown key `{name}` in {what}"), help);
                continue;
            };
            if accepted.iter().any(|(earlier, _)| *earlier == found) {
                let message = format!("`{name}` is set twice in {what}");
                self.error("repeated-key", key, message, "keep one of the two");
                continue;
            }
            accepted.push((found, value));
        }
        accepted
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, node: &Node, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let wanted = self.text(node, key)?;
        let found = choices.iter().find(|(name, _)| wanted.eq_ignore_ascii_case(name));
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let help = match nearest(&wanted, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of: {}", names.join(", ")),
            };
            self.error("unknown-choice", node, format!("`{key}` cannot be `{wanted}`"), help);
        }
        found.map(|(_, choice)| *choice)
    }

    /// `true` or `false`; `true` where it is neither.
    pub fn flag(&mut self, node: &Node, key: &str) -> bool {
        match node.as_text().map(str::to_lowercase).as_deref() {
            Some("true" | "yes" | "on") => true,
            Some("false" | "no" | "off") => false,
            _ => {
                self.wrong_type(node, key, "`true` or `false`");
                true
            }
        }
    }

    /// A number within limits.
    pub fn number(&mut self, node: &Node, key: &str, limits: RangeInclusive<f32>) -> Option<f32> {
        let number = node.as_text().and_then(|text| text.parse::<f32>().ok());
        let found = number.filter(|number| limits.contains(number));
        if found.is_none() {
            let wanted = format!("a number from {} to {}", limits.start(), limits.end());
            match node.as_text() {
                Some(text) => {
                    let message = format!("`{key}` must be {wanted}, but here it is `{text}`");
                    self.error("wrong-number", node, message, format!("write {wanted}, or remove the key"));
                }
                None => self.wrong_type(node, key, &wanted),
            }
        }
        found
    }

    /// Text of any scalar, without surrounding or doubled white space.
    pub fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        match &node.value {
            Value::Scalar(text) => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                (!text.is_empty()).then_some(text)
            }
            Value::Null => None,
            _ => {
                self.wrong_type(node, key, "text");
                None
            }
        }
    }

    /// A list of texts, or one.
    pub fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        self.items_or_one(node, key).iter().filter_map(|item| self.text(item, key)).collect()
    }

    /// The values of a list.
    pub fn items<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        match &node.value {
            Value::Sequence(items) => items,
            Value::Null => &[],
            _ => {
                self.wrong_type(node, key, "a list (lines that start with `- `)");
                &[]
            }
        }
    }

    /// A list, or a single value standing for a list of one.
    pub fn items_or_one<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        match node.value {
            Value::Scalar(_) => std::slice::from_ref(node),
            _ => self.items(node, key),
        }
    }
}

/// The known key that takes the fewest single-letter changes, if few enough to be what was meant.
pub fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = name.to_lowercase();
    if lower.len() > 40 {
        return None;
    }
    known
        .iter()
        .map(|candidate| (edit_distance(&lower, &candidate.to_lowercase()), *candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (row, from) in a.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in b.iter().enumerate() {
            let substituted = previous[column] + usize::from(from != *to);
            current.push(substituted.min(previous[column + 1] + 1).min(current[column] + 1));
        }
        previous = current;
    }
    previous[b.len()]
}
