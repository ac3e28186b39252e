//! Lists of terms, as glossary files in YAML or CSV and metadata blocks have them.
//!
//! ```yaml
//! Commons: What many own and keep together.      # a term and its definition
//! Large language model:                          # or all that there is to say of it
//!   definition: |
//!     A program that continues text.
//!
//!     More in a paragraph of its own.
//!   aliases: [LLM, language model]
//!   see-also: [Token]
//! LLM: {see: Large language model}
//! ```
//!
//! A list of mappings with a `term` each says the same. Every mistake is told with its place; what can be
//! understood is kept.

use crate::yaml::{Node, Value};

/// A term of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedTerm {
    pub name: String,
    /// Plain text; empty lines part its paragraphs. Empty where the term only sends the reader elsewhere.
    pub definition: String,
    pub aliases: Vec<String>,
    pub see: Vec<String>,
    pub see_also: Vec<String>,
    /// Files of the essays that define the term so.
    pub essays: Vec<String>,
    /// 1-based; 0 where the list is no file's.
    pub line: u32,
    pub column: u32,
}

/// What is wrong with a list, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    pub help: String,
    pub line: u32,
    pub column: u32,
}

/// What can be said of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Definition,
    Aliases,
    See,
    SeeAlso,
    Essays,
}

const FIELDS: [(&str, Field); 24] = [
    ("term", Field::Name),
    ("name", Field::Name),
    ("title", Field::Name),
    ("definition", Field::Definition),
    ("meaning", Field::Definition),
    ("description", Field::Definition),
    ("explanation", Field::Definition),
    ("text", Field::Definition),
    ("aliases", Field::Aliases),
    ("alias", Field::Aliases),
    ("synonyms", Field::Aliases),
    ("synonym", Field::Aliases),
    ("also", Field::Aliases),
    ("acronym", Field::Aliases),
    ("abbreviation", Field::Aliases),
    ("plural", Field::Aliases),
    ("see", Field::See),
    ("see-also", Field::SeeAlso),
    ("seealso", Field::SeeAlso),
    ("see also", Field::SeeAlso),
    ("related", Field::SeeAlso),
    ("essays", Field::Essays),
    ("essay", Field::Essays),
    ("source", Field::Essays),
];
/// Those that messages and exports name.
pub const COLUMNS: [&str; 6] = ["term", "definition", "aliases", "see", "see-also", "essays"];

fn field(name: &str) -> Option<Field> {
    let name = name.trim().to_lowercase().replace('_', "-");
    FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// Which column of a table holds what, by the names in its first row; none where the row names no columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Option<Field>>);

impl Columns {
    /// Reads the row on top. It must name terms and what they mean.
    pub fn read<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let fields: Vec<Option<Field>> = cells.map(field).collect();
        let has = |wanted: Field| fields.contains(&Some(wanted));
        (has(Field::Name) && (has(Field::Definition) || has(Field::See))).then_some(Columns(fields))
    }

    /// Those that a list without names has: as many of [`COLUMNS`].
    fn usual() -> Self {
        Columns(COLUMNS.iter().map(|name| field(name)).collect())
    }

    /// Positions of the column of definitions.
    pub fn definition(&self) -> Option<usize> {
        self.0.iter().position(|field| *field == Some(Field::Definition))
    }

    /// The term of a row.
    pub fn term<'a>(&self, cells: impl Iterator<Item = &'a str>) -> ListedTerm {
        let mut term = ListedTerm::default();
        for (field, cell) in self.0.iter().zip(cells) {
            let Some(field) = field else { continue };
            match field {
                Field::Name => term.name = tidy(cell),
                Field::Definition => term.definition = cell.trim().to_owned(),
                Field::Aliases => term.aliases.extend(parts(cell)),
                Field::See => term.see.extend(parts(cell)),
                Field::SeeAlso => term.see_also.extend(parts(cell)),
                Field::Essays => term.essays.extend(parts(cell)),
            }
        }
        term
    }
}

/// Several names in one cell: `LLM; language model`.
fn parts(cell: &str) -> Vec<String> {
    cell.split([';', '|', '\n']).map(tidy).filter(|part| !part.is_empty()).collect()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a list from YAML.
pub fn from_yaml(root: &Node, problems: &mut Vec<Problem>) -> Vec<ListedTerm> {
    let mut terms = Vec::new();
    match &root.value {
        Value::Null => {}
        Value::Mapping(entries) if is_term(entries) => terms.extend(whole(entries, root, problems)),
        Value::Mapping(entries) => {
            terms.extend(entries.iter().filter_map(|(key, value)| keyed(key, value, problems)));
        }
        Value::Sequence(items) => {
            for item in items {
                match &item.value {
                    Value::Mapping(entries) if is_term(entries) => {
                        terms.extend(whole(entries, item, problems));
                    }
                    // `- term: definition` lines.
                    Value::Mapping(entries) if entries.len() == 1 => {
                        terms.extend(entries.iter().filter_map(|(key, value)| keyed(key, value, problems)));
                    }
                    Value::Mapping(_) => {
                        problems.push(problem(item, "this entry has no `term`".to_owned(), "add `term:`"));
                    }
                    _ => {
                        let message = format!("an entry must be a mapping, but here it is {}", item.kind());
                        problems.push(problem(item, message, "write `term: …` and `definition: …` lines"));
                    }
                }
            }
        }
        Value::Scalar(_) => {
            let message = "a glossary must be a mapping or a list, but this is text".to_owned();
            problems.push(problem(root, message, "write `term: definition` lines"));
        }
    }
    terms
}

fn problem(at: &Node, message: String, help: impl Into<String>) -> Problem {
    Problem { message, help: help.into(), line: at.line, column: at.column }
}

/// Whether a mapping is one term with its properties, not several terms.
fn is_term(entries: &[(Node, Node)]) -> bool {
    let has = |wanted: &str| entries.iter().any(|(key, _)| key.as_text() == Some(wanted));
    has("term") || has("name") && (has("definition") || has("see"))
}

/// `term: definition`, or `term:` with properties.
fn keyed(key: &Node, value: &Node, problems: &mut Vec<Problem>) -> Option<ListedTerm> {
    let Some(name) = key.as_text().map(tidy).filter(|name| !name.is_empty()) else {
        problems.push(problem(key, "a term must be text".to_owned(), "put it between quotation marks"));
        return None;
    };
    let term = ListedTerm { name, line: key.line, column: key.column, ..ListedTerm::default() };
    match &value.value {
        Value::Scalar(definition) => Some(ListedTerm { definition: definition.trim().to_owned(), ..term }),
        Value::Mapping(entries) => complete(properties(term, entries, problems), key, problems),
        Value::Null => complete(term, key, problems),
        Value::Sequence(_) => {
            let message = format!("the definition of `{}` must be text, but here it is a list", term.name);
            problems.push(problem(value, message, "write the definition as text"));
            None
        }
    }
}

/// A mapping that holds its `term`, too.
fn whole(entries: &[(Node, Node)], at: &Node, problems: &mut Vec<Problem>) -> Option<ListedTerm> {
    let term = ListedTerm { line: at.line, column: at.column, ..ListedTerm::default() };
    complete(properties(term, entries, problems), at, problems)
}

/// The term if it has all that a term needs.
fn complete(term: ListedTerm, at: &Node, problems: &mut Vec<Problem>) -> Option<ListedTerm> {
    if term.name.is_empty() {
        problems.push(problem(at, "this entry has no `term`".to_owned(), "add `term:`"));
        return None;
    }
    if term.definition.is_empty() && term.see.is_empty() {
        let message = format!("`{}` has no definition", term.name);
        problems.push(problem(at, message, "add `definition:`, or `see:` with another term"));
        return None;
    }
    Some(term)
}

fn properties(mut term: ListedTerm, entries: &[(Node, Node)], problems: &mut Vec<Problem>) -> ListedTerm {
    let mut seen: Vec<Field> = Vec::new();
    for (key, value) in entries {
        let name = key.as_text().unwrap_or_default();
        let Some(field) = field(name) else {
            let near =
                FIELDS.iter().map(|(known, _)| (strsim::damerau_levenshtein(name, known), *known)).min();
            let help = match near.filter(|(distance, _)| *distance <= 2) {
                Some((_, known)) => format!("did you mean `{known}`?"),
                None => format!("known keys here: {}", COLUMNS.join(", ")),
            };
            problems.push(problem(key, format!("unknown key `{name}` in an entry"), help));
            continue;
        };
        let is_list = matches!(field, Field::Aliases | Field::See | Field::SeeAlso | Field::Essays);
        if seen.contains(&field) && !is_list {
            problems.push(problem(key, format!("`{name}` says again what was said"), "keep one of the two"));
            continue;
        }
        seen.push(field);
        match field {
            Field::Name => term.name = tidy(&text(value, name, problems)),
            Field::Definition => term.definition = text(value, name, problems).trim().to_owned(),
            Field::Aliases => term.aliases.extend(texts(value, name, problems)),
            Field::See => term.see.extend(texts(value, name, problems)),
            Field::SeeAlso => term.see_also.extend(texts(value, name, problems)),
            Field::Essays => term.essays.extend(texts(value, name, problems)),
        }
    }
    term
}

fn text(node: &Node, key: &str, problems: &mut Vec<Problem>) -> String {
    match &node.value {
        Value::Scalar(text) => text.clone(),
        Value::Null => String::new(),
        _ => {
            let message = format!("`{key}` must be text, but here it is {}", node.kind());
            problems.push(problem(node, message, "write text"));
            String::new()
        }
    }
}

fn texts(node: &Node, key: &str, problems: &mut Vec<Problem>) -> Vec<String> {
    let items = match &node.value {
        Value::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let texts = items.iter().map(|item| tidy(&text(item, key, problems)));
    texts.filter(|text| !text.is_empty()).collect()
}

/// Reads a list from CSV, with commas, semicolons or tabs between the cells. The first row may name the columns;
/// otherwise they are [`COLUMNS`]. A cell names several things with semicolons between them.
pub fn from_csv(content: &str, problems: &mut Vec<Problem>) -> Vec<ListedTerm> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(content))
        .from_reader(content.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut terms = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                let help = "write one term in a row: term, definition, aliases".to_owned();
                problems.push(Problem {
                    message: "this row cannot be read".to_owned(),
                    help,
                    line,
                    column: 1,
                });
                continue;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let columns = match &columns {
            Some(columns) => columns,
            None => match Columns::read(record.iter()) {
                Some(named) => {
                    columns = Some(named);
                    continue;
                }
                None => columns.insert(Columns::usual()),
            },
        };
        let line = record.position().map_or(1, csv::Position::line);
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let term = ListedTerm { line, column: 1, ..columns.term(record.iter()) };
        if term.name.is_empty() || term.definition.is_empty() && term.see.is_empty() {
            let message = if term.name.is_empty() {
                "this row has no term".to_owned()
            } else {
                format!("`{}` has no definition", term.name)
            };
            let help = "fill in the columns `term` and `definition`, or `see`".to_owned();
            problems.push(Problem { message, help, line, column: 1 });
            continue;
        }
        terms.push(term);
    }
    terms
}

/// What the first row has most of.
fn delimiter(content: &str) -> u8 {
    let first = content.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |wanted: u8| first.bytes().filter(|byte| *byte == wanted).count();
    // A comma wins a tie: definitions have them, but so has nearly every file.
    [b';', b'\t', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}
