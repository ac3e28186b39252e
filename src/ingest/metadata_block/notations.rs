//! YAML, TOML and JSON as one kind of tree, whose nodes know their place in the file.

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fences::{Fenced, Notation};
use super::repair::repair;
use crate::yaml::{self, Node, Problem, Value};

/// What became of the lines between the fences.
pub enum Reading {
    Sound(Node),
    /// Not valid, but each line's meaning is certain.
    Repaired(Node, Problem),
    Broken(Problem),
}

/// Reads the lines of a block.
pub fn read(block: &Fenced, lines: &[String]) -> Reading {
    let body = lines.get(block.body.clone()).unwrap_or_default();
    // Empty lines in place of what precedes the block keep the line numbers those of the file.
    let above = "\n".repeat(block.body.start);
    let text = format!("{above}{}\n", body.join("\n"));
    match block.notation {
        Notation::Yaml => read_yaml(&text, body, &above),
        Notation::Toml => match DeTable::parse(&text) {
            Ok(table) => {
                let positions = Positions::new(&text);
                Reading::Sound(from_toml_table(table.get_ref(), table.span().start, &positions))
            }
            Err(error) => {
                let (line, column) = Positions::new(&text).of(error.span().map_or(0, |span| span.start));
                let message = error.message().lines().collect::<Vec<_>>().join("; ");
                Reading::Broken(Problem { message, line, column })
            }
        },
        Notation::Json => read_json(&text, lines, block),
    }
}

fn read_yaml(text: &str, body: &[String], above: &str) -> Reading {
    let problem = match yaml::parse(text) {
        Ok(root) if matches!(root.value, Value::Mapping(_) | Value::Null) => return Reading::Sound(root),
        Ok(root) => Problem {
            message: "it holds no `key: value` lines".to_owned(),
            line: root.line,
            column: root.column,
        },
        // Nothing that is worth the time of a second reading.
        Err(problem) if [yaml::TOO_DEEP, yaml::TOO_MANY].contains(&problem.message.as_str()) => {
            return Reading::Broken(problem);
        }
        Err(problem) => problem,
    };
    let repaired = format!("{above}{}\n", repair(body).join("\n"));
    match yaml::parse(&repaired) {
        Ok(root) if matches!(root.value, Value::Mapping(_)) => Reading::Repaired(root, problem),
        _ => Reading::Broken(problem),
    }
}

fn read_json(text: &str, lines: &[String], block: &Fenced) -> Reading {
    let is_bare = text.trim_start().starts_with('{');
    let text = if is_bare { text.to_owned() } else { wrap_in_braces(text) };
    match serde_json::from_str::<Json>(&text) {
        Ok(value) => {
            let place = (block.first as u32 + 1, 1);
            Reading::Sound(from_json(&value, place, lines.get(block.body.clone()).unwrap_or_default()))
        }
        Err(error) => {
            let (line, column) = (error.line().max(1) as u32, error.column().max(1) as u32);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            let problem = Problem { message, line, column };
            // YAML's braces are JSON's, and more patient with commas and comments.
            match yaml::parse(&text) {
                Ok(root) if matches!(root.value, Value::Mapping(_)) => Reading::Repaired(root, problem),
                _ => Reading::Broken(problem),
            }
        }
    }
}

/// Braces on the empty line above the first entry and after the last one: no place changes.
fn wrap_in_braces(text: &str) -> String {
    let start = text.find(|next| next != '\n').unwrap_or(0).saturating_sub(1);
    format!("{}{{{}}}", &text[..start], &text[start..])
}

/// Tells line and column, from 1, of byte offsets.
struct Positions<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
}

impl<'t> Positions<'t> {
    fn new(text: &'t str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Positions { text, line_starts: std::iter::once(0).chain(starts).collect() }
    }

    fn of(&self, offset: usize) -> (u32, u32) {
        /// Columns further right are of no use to anybody.
        const WIDEST: usize = 4_096;
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).filter(|before| before.len() <= WIDEST);
        (line as u32, before.map_or(1, |before| before.chars().count() as u32 + 1))
    }
}

fn from_toml_table(table: &DeTable, start: usize, positions: &Positions) -> Node {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries = entries
        .into_iter()
        .map(|(key, value)| {
            let (line, column) = positions.of(key.span().start);
            let key = Node { value: Value::Scalar(key.get_ref().to_string()), line, column };
            (key, from_toml(value, positions))
        })
        .collect();
    let (line, column) = positions.of(start);
    Node { value: Value::Mapping(entries), line, column }
}

/// The nesting is as deep as the TOML parser allows.
fn from_toml(value: &Spanned<DeValue>, positions: &Positions) -> Node {
    let start = value.span().start;
    let (line, column) = positions.of(start);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Scalar(text.to_string()),
        DeValue::Integer(number) => Value::Scalar(number.to_string()),
        DeValue::Float(number) => Value::Scalar(number.to_string()),
        DeValue::Boolean(flag) => Value::Scalar(flag.to_string()),
        DeValue::Datetime(date) => Value::Scalar(date.to_string()),
        DeValue::Array(items) => {
            Value::Sequence(items.iter().map(|item| from_toml(item, positions)).collect())
        }
        DeValue::Table(table) => return from_toml_table(table, start, positions),
    };
    Node { value, line, column }
}

/// Keys of a JSON object whose places are looked for.
const MOST_PLACES: usize = 200;

/// JSON values do not know their places; a key's is where it first stands between quotation marks.
fn from_json(value: &Json, place: (u32, u32), body: &[String]) -> Node {
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Scalar(flag.to_string()),
        Json::Number(number) => Value::Scalar(number.to_string()),
        Json::String(text) => Value::Scalar(text.clone()),
        Json::Array(items) => Value::Sequence(items.iter().map(|item| from_json(item, place, &[])).collect()),
        Json::Object(entries) => {
            let entries = entries.iter().enumerate().map(|(index, (key, value))| {
                let quoted = format!("\"{key}\"");
                let looked_in = if index < MOST_PLACES { body } else { &[] };
                let found = looked_in.iter().enumerate().find_map(|(number, line)| {
                    let start = line.find(&quoted)?;
                    Some((number as u32, line[..start].chars().count() as u32 + 1))
                });
                let top = place.0 + u32::from(body.first().is_some_and(|line| !line.contains('{')));
                let place = found.map_or(place, |(number, column)| (top + number, column));
                let key = Node { value: Value::Scalar(key.clone()), line: place.0, column: place.1 };
                (key, from_json(value, place, &[]))
            });
            Value::Mapping(entries.collect())
        }
    };
    Node { value, line: place.0, column: place.1 }
}
