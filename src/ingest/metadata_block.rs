//! The metadata block that many writing tools put on top of a file, between `---` lines.

use super::sheet::{Sheet, shorten};
use crate::dates;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Metadata, Person};
use crate::ledger::{Change, Fate};
use crate::yaml::{self, Node, Value};

/// A block longer than this is an essay that starts with a rule.
const LINE_LIMIT: usize = 400;

/// Takes the block off the sheet and reads it. Without a block, the metadata are empty.
pub fn take(sheet: &mut Sheet) -> Metadata {
    let Some((first, last)) = find(sheet) else { return Metadata::default() };
    let is_toml = sheet.lines[first].trim_end() == "+++";
    // Empty lines in place of what precedes the block keep YAML's line numbers those of the file.
    let mut text = "\n".repeat(first + 1);
    for line in &sheet.lines[first + 1..last] {
        text.push_str(line);
        text.push('\n');
    }
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let text_of_block = sheet.lines[first..=last].join("\n");
    for line in &mut sheet.lines[first..=last] {
        line.clear();
    }
    sheet.changes.push(Change {
        fate: Fate::Moved,
        rule: "metadata",
        reason: "the metadata block".to_owned(),
        lines: (first as u32 + 1, last as u32 + 1),
        text: text_of_block,
    });
    if is_toml {
        sheet.diagnostics.push(
            Diagnostic::warning("unread-metadata", "the metadata block is TOML, which is not read yet")
                .at(Place::line(&sheet.file, first as u32 + 1))
                .help("write it as YAML between `---` lines"),
        );
        return Metadata::default();
    }
    let place = |line: u32, column: u32, file: &str| {
        let excerpt = lines.get((line as usize).saturating_sub(1)).cloned();
        Place { excerpt, ..Place::column(file, line, column) }
    };
    match yaml::parse(&text) {
        Ok(root) => {
            let (metadata, complaints) = read(&root);
            for (node, message, help) in complaints {
                let at = place(node.line, node.column, &sheet.file);
                sheet.diagnostics.push(Diagnostic::warning("odd-metadata", message).at(at).help(help));
            }
            metadata
        }
        Err(problem) => {
            let at = place(problem.line, problem.column, &sheet.file);
            sheet.diagnostics.push(
                Diagnostic::error(
                    "broken-yaml",
                    format!("the metadata block is not valid YAML: {}", problem.message),
                )
                .at(at)
                .help("put text that holds `: `, `#` or quotation marks between quotation marks"),
            );
            Metadata::default()
        }
    }
}

/// First and last line of the block.
fn find(sheet: &Sheet) -> Option<(usize, usize)> {
    let first = sheet.lines.iter().position(|line| !line.trim().is_empty())?;
    let opening = sheet.lines[first].trim_end();
    let closings: &[&str] = match opening {
        "---" => &["---", "..."],
        "+++" => &["+++"],
        _ => return None,
    };
    let body = sheet.lines.get(first + 1..)?;
    let length = body.iter().take(LINE_LIMIT).position(|line| closings.contains(&line.trim_end()))?;
    // A rule above prose opens no block: a block starts with a key.
    let mut entries = body[..length].iter().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    });
    let starts_with_key = entries.next().is_none_or(|line| {
        let separator = if opening == "+++" { '=' } else { ':' };
        line.split_once(separator).is_some_and(|(key, _)| {
            !key.is_empty()
                && key.len() <= 40
                && key.chars().all(|next| next.is_alphanumeric() || "-_. \"'".contains(next))
        }) || line.starts_with('[')
    });
    starts_with_key.then_some((first, first + 1 + length))
}

type Complaint<'n> = (&'n Node, String, &'static str);

fn read(root: &Node) -> (Metadata, Vec<Complaint<'_>>) {
    let mut metadata = Metadata::default();
    let mut complaints: Vec<Complaint> = Vec::new();
    let entries = match &root.value {
        Value::Mapping(entries) => entries.as_slice(),
        Value::Null => &[],
        _ => {
            complaints.push((
                root,
                "the metadata block holds no `key: value` lines".to_owned(),
                "write `title: …`",
            ));
            &[]
        }
    };
    for (key, node) in entries {
        let Some(name) = key.as_text() else { continue };
        match name.trim().to_lowercase().as_str() {
            "title" => set(&mut metadata.title, text(node)),
            "subtitle" => set(&mut metadata.subtitle, text(node)),
            "author" | "authors" | "by" | "creator" | "byline" => {
                metadata.authors.extend(people(node).into_iter().map(|name| Person::new(&name)));
            }
            "date" | "published" | "publishdate" | "pubdate" | "created" => {
                let Some(written) = text(node) else { continue };
                match dates::read(&written) {
                    Some(date) => set(&mut metadata.date, Some(date)),
                    None => complaints.push((
                        node,
                        format!("`{}` is not a date that Garland understands", shorten(&written, 40)),
                        "write it as 2025-04-04",
                    )),
                }
            }
            "lang" | "language" | "locale" => {
                set(&mut metadata.language, text(node).map(|tag| tag.replace('_', "-")));
            }
            "rights" | "license" | "licence" | "copyright" => set(&mut metadata.rights, text(node)),
            "url" | "source" | "canonical" | "canonical_url" | "canonicalurl" | "link" | "original" => {
                let address =
                    text(node).filter(|url| url.starts_with("http://") || url.starts_with("https://"));
                set(&mut metadata.source, address);
            }
            "description" | "excerpt" | "summary" | "abstract" => set(&mut metadata.description, text(node)),
            "tags" | "tag" | "keywords" | "categories" | "category" | "subjects" => {
                for keyword in texts(node) {
                    let is_new = !metadata.keywords.iter().any(|known| known.eq_ignore_ascii_case(&keyword));
                    if is_new {
                        metadata.keywords.push(keyword);
                    }
                }
            }
            "videoid" | "video_id" | "youtube" | "youtubeid" => {
                let video = text(node).map(|id| {
                    if id.starts_with("http") { id } else { format!("https://www.youtube.com/watch?v={id}") }
                });
                set(&mut metadata.video, video);
            }
            "video" => set(&mut metadata.video, text(node).filter(|url| url.starts_with("http"))),
            // Layouts, permalinks, weights: instructions to other programs.
            _ => {}
        }
    }
    (metadata, complaints)
}

/// The first value wins.
fn set<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// Text of a scalar, without surrounding or doubled white space.
fn text(node: &Node) -> Option<String> {
    let text = node.as_text()?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A list of texts; a single text is split at commas.
fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Sequence(items) => items.iter().filter_map(text).collect(),
        _ => text(node)
            .map(|all| {
                all.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
            })
            .unwrap_or_default(),
    }
}

/// Names from a text, a list, or mappings with a `name`.
fn people(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Scalar(_) => text(node).map(|names| split_names(&names)).unwrap_or_default(),
        Value::Sequence(items) => items
            .iter()
            .flat_map(|item| match &item.value {
                Value::Mapping(_) => people(item),
                _ => text(item).into_iter().collect(),
            })
            .collect(),
        Value::Mapping(entries) => entries
            .iter()
            .filter(|(key, _)| key.as_text().is_some_and(|key| key.eq_ignore_ascii_case("name")))
            .filter_map(|(_, value)| text(value))
            .collect(),
    }
}

/// Splits `Ada Lovelace, Grace Hopper and Alan Turing`; `Lovelace, Ada` stays one name.
pub fn split_names(names: &str) -> Vec<String> {
    let names = names.replace(" & ", " and ").replace(';', " and ").replace(", and ", " and ");
    let mut people = Vec::new();
    for group in names.split(" and ").map(str::trim).filter(|group| !group.is_empty()) {
        let parts: Vec<&str> = group.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.contains(' ')) {
            people.extend(parts.into_iter().map(str::to_owned));
        } else {
            people.push(group.to_owned());
        }
    }
    people
}
