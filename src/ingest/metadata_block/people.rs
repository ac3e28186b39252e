//! The names of authors, in every form in which metadata give them.

use crate::document::{Person, WrittenBiography};
use crate::yaml::{Node, Value};

/// What follows a name after a comma without being a given name.
const SUFFIXES: [&str; 14] =
    ["jr", "sr", "ii", "iii", "iv", "phd", "md", "dphil", "esq", "ma", "msc", "ba", "bsc", "mba"];

/// A person as a line of text names one.
pub fn person(name: &str) -> Person {
    match split_suffix(name) {
        Some((name, suffix)) => {
            let person = Person::new(name);
            Person {
                name: format!("{}, {suffix}", person.name),
                file_as: format!("{}, {suffix}", person.file_as),
            }
        }
        None => Person::new(name),
    }
}

/// `Martin Luther King, Jr.`
fn split_suffix(name: &str) -> Option<(&str, &str)> {
    let (name, suffix) = name.rsplit_once(',')?;
    let letters: String = suffix.chars().filter(|next| next.is_alphabetic()).collect();
    let is_suffix = SUFFIXES.contains(&letters.to_lowercase().as_str()) && name.trim().contains(' ');
    is_suffix.then(|| (name.trim(), suffix.trim()))
}

/// Longer texts name nobody.
const LONGEST: usize = 2_000;

/// People from a text, a list, a mapping with their names, or a mapping of such mappings.
pub fn read(node: &Node) -> Vec<Person> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Scalar(text) if text.len() > LONGEST => Vec::new(),
        Value::Scalar(text) => split_names(&bare(text)).iter().map(|name| person(name)).collect(),
        Value::Sequence(items) => items
            .iter()
            .flat_map(|item| match &item.value {
                // An item is one person, whatever commas the name has.
                Value::Scalar(text) => {
                    let text = if text.len() > LONGEST { "" } else { text };
                    Some(bare(text)).filter(|name| !name.is_empty()).iter().map(|name| person(name)).collect()
                }
                _ => read(item),
            })
            .collect(),
        Value::Mapping(entries) => read_mapping(entries),
    }
}

fn read_mapping(entries: &[(Node, Node)]) -> Vec<Person> {
    let get = |names: &[&str]| {
        entries.iter().find_map(|(key, value)| {
            let key = key.as_text()?.to_lowercase();
            names.contains(&key.as_str()).then_some(value)
        })
    };
    let part = |names: &[&str]| get(names).and_then(Node::as_text).map(str::trim).filter(|it| !it.is_empty());
    if let Some(name) = get(&["name", "literal", "display_name", "displayname", "full_name", "fullname"]) {
        // Quarto's `name` may be a mapping itself.
        return read(name).into_iter().take(1).collect();
    }
    let given = part(&["given", "first", "firstname", "first_name", "given_name", "forename"]);
    let family = part(&["family", "last", "lastname", "last_name", "family_name", "surname"]);
    match (given, family) {
        (Some(given), Some(family)) => {
            vec![Person { name: format!("{given} {family}"), file_as: format!("{family}, {given}") }]
        }
        (Some(only), None) | (None, Some(only)) => vec![Person::new(only)],
        // `Ada Lovelace: {institute: …}`, or people by a short name.
        (None, None) => entries
            .iter()
            .filter(|(_, value)| matches!(value.value, Value::Mapping(_) | Value::Null))
            .flat_map(|(key, value)| {
                let named = read(value);
                let own = key.as_text().filter(|_| named.is_empty()).map(|name| person(&bare(name)));
                named.into_iter().chain(own)
            })
            .collect(),
    }
}

/// Keys under which a person's page is given, alone or among others.
const LINKS: [&str; 8] = ["url", "website", "homepage", "web", "site", "link", "links", "urls"];
/// More pages than this are nobody's.
const MOST_LINKS: usize = 8;

/// What people's mappings say of them beside their names.
pub fn biographies(node: &Node) -> Vec<WrittenBiography> {
    match &node.value {
        Value::Null | Value::Scalar(_) => Vec::new(),
        Value::Sequence(items) => items.iter().flat_map(biographies).collect(),
        Value::Mapping(entries) => {
            let names = |key: &Node, names: &[&str]| {
                key.as_text().is_some_and(|key| names.contains(&key.to_lowercase().as_str()))
            };
            let own = entries.iter().find(|(key, _)| names(key, &["bio", "about", "biography"]));
            let Some((_, told)) = own else {
                // People by their names, or by a short one.
                return entries.iter().flat_map(|(key, value)| biography_of(key, value)).collect();
            };
            let Some(person) = read(node).into_iter().next() else { return Vec::new() };
            let links = entries.iter().filter(|(key, _)| names(key, &LINKS));
            let text = told.as_text().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
            let text = text.filter(|text| !text.is_empty());
            let links = links.flat_map(|(_, value)| addresses(value)).take(MOST_LINKS).collect();
            text.map(|text| WrittenBiography { person, text, links }).into_iter().collect()
        }
    }
}

/// `Ada Lovelace: {bio: …}`
fn biography_of(key: &Node, value: &Node) -> Vec<WrittenBiography> {
    let Value::Mapping(entries) = &value.value else { return Vec::new() };
    if !read(value).is_empty() {
        return biographies(value);
    }
    let name = Node { value: Value::Scalar("name".to_owned()), ..key.clone() };
    let named = [(name, key.clone())].into_iter().chain(entries.iter().cloned()).collect();
    biographies(&Node { value: Value::Mapping(named), ..value.clone() })
}

fn addresses(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Sequence(items) => items.iter().take(MOST_LINKS).flat_map(addresses).collect(),
        Value::Mapping(entries) => {
            entries.iter().take(MOST_LINKS).flat_map(|(_, it)| addresses(it)).collect()
        }
        _ => {
            let text = node.as_text().map(str::trim).unwrap_or_default();
            let is_address = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
            is_address.then(|| text.to_owned()).into_iter().collect()
        }
    }
}

/// A name without an address, a link's brackets, or `by` before it.
fn bare(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (open, close) in [('<', '>'), ('(', ')')] {
        while let Some((start, length)) =
            text.find(open).and_then(|start| Some((start, text[start..].find(close)?)))
        {
            let inner = &text[start + 1..start + length];
            // What is in parentheses may be part of a name; an address is not.
            if open == '(' && !inner.contains('@') && !inner.contains("://") {
                break;
            }
            text.replace_range(start..=start + length, "");
        }
    }
    let text = text.trim().trim_matches(['"', '[', ']']).trim();
    let text = text.rsplit_once('|').map_or(text, |(_, shown)| shown.trim());
    let is_by = text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("by "));
    if is_by { text[3..].trim().to_owned() } else { text.to_owned() }
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
