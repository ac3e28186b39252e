//! Dataview's fields: `key:: value` as a line, `[key:: value]` in a sentence.

use crate::dates;
use crate::document::{Date, Metadata, Person};

/// Longest name of a field; what is longer is a sentence.
const LONGEST_KEY: usize = 32;

/// Where the value of a field starts whose name `text` starts with.
pub fn value_start(text: &str) -> Option<usize> {
    let mut end = text.len().min(LONGEST_KEY + 2);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let length = text[..end].find("::")?;
    let key = text[..length].trim_matches(['*', '_']);
    let is_name = key.starts_with(char::is_alphabetic)
        && !key.ends_with(char::is_whitespace)
        && key.split(' ').count() <= 4
        && key.chars().all(|next| next.is_alphanumeric() || " -_/".contains(next));
    let start = length + 2;
    let is_field = is_name && text[start..].chars().next().is_none_or(char::is_whitespace);
    is_field.then_some(start)
}

/// A field that says something of the essay which is not known yet.
#[derive(Debug)]
pub enum Field {
    Title(String),
    Subtitle(String),
    Source(String),
    Authors(Vec<Person>),
    Date(Date),
    Keywords(Vec<String>),
    Aliases(Vec<String>),
}

impl Field {
    /// `None` for a field that the book has no use for.
    pub fn read(line: &str, metadata: &Metadata) -> Option<Self> {
        let start = value_start(line)?;
        let key = line[..start - 2].trim_matches(['*', '_', ' ']).to_lowercase();
        let value = line[start..].trim();
        if value.is_empty() {
            return None;
        }
        let names = |separators: &[char]| -> Vec<String> {
            value.split(separators).map(plain).filter(|name| !name.is_empty()).collect()
        };
        match key.as_str() {
            "title" if metadata.title.is_none() => Some(Field::Title(plain(value))),
            "subtitle" if metadata.subtitle.is_none() => Some(Field::Subtitle(plain(value))),
            "source" | "url" if metadata.source.is_none() && value.starts_with("http") => {
                Some(Field::Source(value.to_owned()))
            }
            "author" | "authors" if metadata.authors.is_empty() => {
                Some(Field::Authors(names(&[';', ',']).iter().map(|name| Person::new(name)).collect()))
            }
            "date" | "published" | "created" if metadata.date.is_none() => {
                dates::read(&plain(value)).map(Field::Date)
            }
            "tags" | "tag" | "keywords" if value.contains('#') => {
                let tags = names(&[',', ' ']);
                Some(Field::Keywords(tags.iter().map(|tag| tag.trim_start_matches('#').to_owned()).collect()))
            }
            "tags" | "tag" | "keywords" => Some(Field::Keywords(names(&[',', ';']))),
            "alias" | "aliases" => Some(Field::Aliases(names(&[',', ';']))),
            _ => None,
        }
    }

    pub fn apply(self, metadata: &mut Metadata) {
        match self {
            Field::Title(title) => metadata.title = Some(title),
            Field::Subtitle(subtitle) => metadata.subtitle = Some(subtitle),
            Field::Source(source) => metadata.source = Some(source),
            Field::Authors(authors) => metadata.authors = authors,
            Field::Date(date) => metadata.date = Some(date),
            Field::Keywords(words) => add_names(&mut metadata.keywords, words.into_iter()),
            Field::Aliases(names) => add_names(&mut metadata.aliases, names.into_iter()),
        }
    }
}

/// Adds names that are not there yet, as many as an author can have meant.
pub fn add_names(known: &mut Vec<String>, names: impl Iterator<Item = String>) {
    const MOST: usize = 500;
    for name in names {
        if known.len() < MOST && !known.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            known.push(name);
        }
    }
}

/// A value without quotation marks, and a wikilink as its text.
fn plain(value: &str) -> String {
    let value = value.trim().trim_matches(['"', '\'']);
    let inside = value.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let shown = inside.map_or(value, |inside| inside.rsplit(['|', '/']).next().unwrap_or(inside));
    shown.trim().to_owned()
}
