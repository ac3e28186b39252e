//! YAML as a tree whose every node knows its place and keeps the author's spelling.
//!
//! Scalars stay text: whether `1984` is a year, a title or a number is for the reader of the key to
//! say. Built on the event parser inside serde-saphyr, because a typed deserialisation stops at the
//! first mistake and an editor wants to see them all.

use std::collections::BTreeMap;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle};

/// More nesting than any settings file has.
const DEPTH_LIMIT: usize = 64;
/// Nodes after aliases are followed, against documents that multiply themselves.
const NODE_LIMIT: usize = 100_000;

/// Said of a document that is made to be more than a reader can hold.
pub const TOO_DEEP: &str = "the values are nested too deeply";
pub const TOO_MANY: &str = "there are too many values";

/// A value with the place where it starts, both counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub value: Value,
    pub line: u32,
    pub column: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    Scalar(String),
    Sequence(Vec<Node>),
    /// In the author's order; keys may repeat.
    Mapping(Vec<(Node, Node)>),
}

/// Why a text is not YAML, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    pub line: u32,
    pub column: u32,
}

impl Node {
    /// What kind of value this is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The text of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    fn count(&self) -> usize {
        1 + match &self.value {
            Value::Null | Value::Scalar(_) => 0,
            Value::Sequence(items) => items.iter().map(Node::count).sum(),
            Value::Mapping(entries) => entries.iter().map(|(key, value)| key.count() + value.count()).sum(),
        }
    }
}

/// A collection whose end has not been seen yet.
struct Open {
    line: u32,
    column: u32,
    anchor: usize,
    items: Vec<Node>,
    is_mapping: bool,
}

impl Open {
    fn close(self) -> Node {
        let value = if self.is_mapping {
            let mut entries = Vec::with_capacity(self.items.len() / 2);
            let mut items = self.items.into_iter();
            while let (Some(key), Some(value)) = (items.next(), items.next()) {
                entries.push((key, value));
            }
            Value::Mapping(entries)
        } else {
            Value::Sequence(self.items)
        };
        Node { value, line: self.line, column: self.column }
    }
}

/// Reads the first document of a YAML text. An empty text is `Null`.
pub fn parse(text: &str) -> Result<Node, Problem> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: BTreeMap<usize, Node> = BTreeMap::new();
    let mut nodes = 0;
    for next in Parser::new_from_str(text) {
        let (event, span) = next.map_err(|error| Problem {
            message: error.info(),
            line: place(error.marker().line()),
            column: place(error.marker().col() + 1),
        })?;
        let (line, column) = (place(span.start.line()), place(span.start.col() + 1));
        let problem = |message: &str| Err(Problem { message: message.to_owned(), line, column });
        let (node, anchor) = match event {
            Event::Scalar(value, style, anchor, _) => {
                let is_null =
                    style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                let value = if is_null { Value::Null } else { Value::Scalar(value.into_owned()) };
                (Node { value, line, column }, anchor)
            }
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                if open.len() >= DEPTH_LIMIT {
                    return problem(TOO_DEEP);
                }
                let is_mapping = matches!(event, Event::MappingStart(..));
                open.push(Open { line, column, anchor, items: Vec::new(), is_mapping });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(collection) => {
                    let anchor = collection.anchor;
                    (collection.close(), anchor)
                }
                None => continue,
            },
            Event::Alias(id) => match anchors.get(&id) {
                Some(node) => {
                    nodes += node.count();
                    (Node { line, column, ..node.clone() }, 0)
                }
                None => return problem("the alias refers to nothing that comes before it"),
            },
            Event::DocumentEnd | Event::StreamEnd => break,
            _ => continue,
        };
        nodes += 1;
        if nodes > NODE_LIMIT {
            return problem(TOO_MANY);
        }
        if anchor != 0 {
            anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            Some(collection) => collection.items.push(node),
            None => return Ok(node),
        }
    }
    Ok(Node { value: Value::Null, line: 1, column: 1 })
}

fn place(number: usize) -> u32 {
    u32::try_from(number.max(1)).unwrap_or(u32::MAX)
}
