//! The pipeline has one direction. This reads the source and fails when an arrow turns back.
//!
//! Leaves know only leaves; a stage knows leaves and itself; only `lib.rs` knows the stages; only
//! `ingest` reads files; only `cli` prints, writes and asks the environment or the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LEAVES: [&str; 23] = [
    "anthology",
    "byte_set",
    "colophon",
    "dates",
    "diagnostic",
    "document",
    "drawing",
    "fonts",
    "formula",
    "labels",
    "language_tag",
    "ledger",
    "manifest",
    "manuscript",
    "numerals",
    "page_ranges",
    "paged_book",
    "pixels",
    "section_names",
    "settings",
    "source",
    "term_list",
    "yaml",
];
const STAGES: [&str; 6] = ["audit", "compile", "edition", "ingest", "parse", "typeset"];
/// The rooms above the stages.
const SHELL: [&str; 3] = ["cli", "lib", "main"];

const LONGEST_FILE: usize = 800;

#[test]
fn no_arrow_turns_back() {
    let mut complaints = Vec::new();
    let mut leaves = BTreeMap::new();
    for (path, source) in sources() {
        complaints.extend(violations(&path, &source));
        if let [leaf, ..] = module_of(&path).as_slice()
            && LEAVES.contains(&leaf.as_str())
        {
            let known: &mut BTreeSet<_> = leaves.entry(leaf.clone()).or_default();
            known.extend(modules_known_to(&path, &source));
        }
    }
    complaints.extend(circle(&leaves));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Every source file, by its path below `src`, with forward slashes.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::<PathBuf>::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: &PathBuf| {
        let below: Vec<_> = path
            .strip_prefix(&root)
            .unwrap()
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        (below.join("/"), fs::read_to_string(path).unwrap())
    };
    files.iter().map(read).collect()
}

/// What is wrong with a file, one sentence each.
fn violations(path: &str, source: &str) -> Vec<String> {
    let tokens = without_tests(tokens(source));
    let module = module_of(path);
    let room = module.first().map_or("lib", String::as_str);
    let mut found = Vec::new();

    if !LEAVES.contains(&room) && !STAGES.contains(&room) && !SHELL.contains(&room) {
        found.push(format!("{path}: `{room}` is no room of the house; tests/architecture.rs lists them"));
    }
    if source.lines().count() > LONGEST_FILE {
        found.push(format!("{path}: longer than {LONGEST_FILE} lines; which second concept is in it?"));
    }
    for name in &module {
        if ["util", "utils", "helpers", "misc", "common"].contains(&name.as_str()) {
            found.push(format!("{path}: `{name}` says nothing about what is in it"));
        }
    }
    for used in paths(&tokens, &module) {
        if let Some(reason) = forbidden_path(room, &used.segments) {
            found.push(format!("{path}:{}: `{}`: {reason}", used.line, used.segments.join("::")));
        }
    }
    for window in windows(&tokens) {
        if let Some(reason) = forbidden_words(room, window) {
            found.push(format!("{path}:{}: `{}`: {reason}", window[0].line, window[0].text));
        }
    }
    found
}

/// Why a room may not name this path, if it may not.
fn forbidden_path(room: &str, path: &[String]) -> Option<&'static str> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    if names.last() == Some(&"*") {
        return Some("glob imports hide where a name comes from");
    }
    match names.as_slice() {
        ["crate", top, ..] => forbidden_room(room, top),
        ["std", "fs", rest @ ..] | ["fs", rest @ ..] => forbidden_file_access(room, rest.first().copied()),
        ["std", "io", "stdout" | "stderr" | "stdin", ..] | ["io", "stdout" | "stderr" | "stdin", ..]
            if !is_shell(room) =>
        {
            Some("only cli talks to the terminal")
        }
        ["std", "env" | "process" | "net", ..] if !is_shell(room) => Some("only cli knows the environment"),
        ["std", "time", "SystemTime" | "Instant", ..] if !is_shell(room) => {
            Some("the same input makes the same book on any day")
        }
        ["tempfile", ..] if !is_shell(room) => Some("only cli writes files"),
        _ => None,
    }
}

fn forbidden_room(room: &str, top: &str) -> Option<&'static str> {
    if top == room || room == "lib" {
        return None;
    }
    if LEAVES.contains(&top) {
        return None;
    }
    match (room, top) {
        ("main", "cli") => None,
        ("main" | "cli", _) if STAGES.contains(&top) => Some("only lib.rs knows the stages"),
        ("main" | "cli", _) => None,
        _ if LEAVES.contains(&room) => Some("a leaf knows only leaves"),
        _ if STAGES.contains(&top) => Some("a stage knows no other stage"),
        _ => Some("a stage knows only leaves and itself"),
    }
}

fn forbidden_file_access(room: &str, function: Option<&str>) -> Option<&'static str> {
    const READS: [&str; 12] = [
        "DirEntry",
        "File",
        "FileType",
        "Metadata",
        "ReadDir",
        "canonicalize",
        "exists",
        "metadata",
        "read",
        "read_dir",
        "read_to_string",
        "symlink_metadata",
    ];
    match (room, function) {
        (_, None) if is_shell(room) || room == "ingest" => None,
        ("ingest", Some(function)) if READS.contains(&function) || function == "self" => None,
        ("ingest", _) => Some("ingest reads; only cli writes files"),
        _ if is_shell(room) => None,
        _ => Some("only ingest reads files and only cli writes them"),
    }
}

/// Why these words may not stand here, if they may not.
fn forbidden_words(room: &str, window: &[Token]) -> Option<&'static str> {
    let words: Vec<&str> = window.iter().map(|token| token.text.as_str()).collect();
    match words[..] {
        ["println" | "eprintln" | "print" | "eprint", "!", ..] if !is_shell(room) => Some("only cli prints"),
        ["dbg", "!", ..] => Some("left over from debugging"),
        ["todo" | "unimplemented", "!", ..] => Some("unfinished"),
        ["unwrap", "(", ")", ..] => Some("input that reaches this panics"),
        ["allow", "(", ..] => Some("mend the problem instead of hiding it"),
        ["File", ":", ":", "create" | "create_new" | "options"] if !is_shell(room) => {
            Some("only cli writes files")
        }
        _ => None,
    }
}

fn is_shell(room: &str) -> bool {
    room == "cli" || room == "main"
}

/// `ingest/cleanup.rs` is the module `ingest::cleanup`; `lib.rs` is the root.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

/// The other modules that a leaf names.
fn modules_known_to(path: &str, source: &str) -> BTreeSet<String> {
    let module = module_of(path);
    paths(&without_tests(tokens(source)), &module)
        .into_iter()
        .filter(|used| used.segments[0] == "crate" && used.segments.len() > 1)
        .map(|used| used.segments[1].clone())
        .filter(|top| *top != module[0])
        .collect()
}

/// A leaf that knows itself by way of others.
fn circle(knows: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    knows.keys().find_map(|start| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = knows[start].iter().collect();
        while let Some(module) = open.pop() {
            if module == start {
                return Some(format!("`{start}` knows itself by way of other leaves"));
            }
            if seen.insert(module) {
                open.extend(knows.get(module).into_iter().flatten());
            }
        }
        None
    })
}

/// A path as the code names it, from `crate` on where it is one of ours.
#[derive(Debug)]
struct UsedPath {
    line: usize,
    segments: Vec<String>,
}

/// Every path in the code, `use` trees taken apart, `self` and `super` resolved.
fn paths(tokens: &[Token], module: &[String]) -> Vec<UsedPath> {
    let mut found = Vec::new();
    let mut inline_modules: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        let text = tokens[at].text.as_str();
        let is = |offset: usize, what: &str| tokens.get(at + offset).is_some_and(|token| token.text == what);
        match text {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline_modules.pop_if(|(_, outside)| *outside == depth);
            }
            "mod" if is(2, "{") => inline_modules.push((tokens[at + 1].text.clone(), depth)),
            _ => {}
        }
        let starts = is_word(text) && !(at >= 1 && tokens[at - 1].text == ":");
        if starts && is(1, ":") && is(2, ":") {
            let here: Vec<String> =
                module.iter().cloned().chain(inline_modules.iter().map(|(name, _)| name.clone())).collect();
            let mut written = Vec::new();
            at = read_tree(tokens, at, &mut Vec::new(), &mut written);
            found.extend(
                written.into_iter().map(|path| UsedPath { segments: resolve(&path.segments, &here), ..path }),
            );
        } else {
            at += 1;
        }
    }
    found
}

/// Reads `a::b::{c, d::*}` at `at` into one path per leaf; returns where it ends.
fn read_tree(tokens: &[Token], mut at: usize, prefix: &mut Vec<String>, paths: &mut Vec<UsedPath>) -> usize {
    let outer = prefix.len();
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    loop {
        match text(at) {
            "{" => {
                at += 1;
                while !matches!(text(at), "}" | "") {
                    at = read_tree(tokens, at, prefix, paths);
                    if text(at) == "as" {
                        at += 2;
                    }
                    if text(at) == "," {
                        at += 1;
                    } else if text(at) != "}" {
                        // Not a use tree after all.
                        break;
                    }
                }
                prefix.truncate(outer);
                return at + 1;
            }
            word if is_word(word) || word == "*" => {
                prefix.push(word.to_owned());
                at += 1;
            }
            _ => {}
        }
        if text(at) == ":"
            && text(at + 1) == ":"
            && (is_word(text(at + 2)) || matches!(text(at + 2), "{" | "*"))
        {
            at += 2;
            continue;
        }
        let line = tokens.get(at.saturating_sub(1)).map_or(0, |token| token.line);
        paths.push(UsedPath { line, segments: prefix.clone() });
        prefix.truncate(outer);
        return at.max(1);
    }
}

fn resolve(written: &[String], here: &[String]) -> Vec<String> {
    let mut base: Vec<String> = here.to_vec();
    let mut rest = written;
    match rest[0].as_str() {
        "garland" => base.clear(),
        "crate" => base.clear(),
        "self" | "super" => {
            while let Some((first, others)) = rest.split_first() {
                match first.as_str() {
                    "super" => drop(base.pop()),
                    "self" => {}
                    _ => break,
                }
                rest = others;
            }
            return ["crate".to_owned()].into_iter().chain(base).chain(rest.iter().cloned()).collect();
        }
        _ => return written.to_vec(),
    }
    ["crate".to_owned()].into_iter().chain(rest[1..].iter().cloned()).collect()
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    line: usize,
    text: String,
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Each token with the three after it.
fn windows(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    (0..tokens.len()).map(|at| &tokens[at..tokens.len().min(at + 4)])
}

/// Words and punctuation marks. Comments are left out, literals become `""`, so that what they say
/// is not taken for code.
fn tokens(source: &str) -> Vec<Token> {
    let characters: Vec<char> = source.chars().collect();
    let get = |at: usize| characters.get(at).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < characters.len() {
        let start = at;
        let mut text = None;
        match (get(at), get(at + 1)) {
            ('/', '/') => {
                while at < characters.len() && get(at) != '\n' {
                    at += 1;
                }
            }
            ('/', '*') => at = end_of_comment(&characters, at),
            ('"', _) => {
                at = end_of_string(&characters, at + 1);
                text = Some("\"\"".to_owned());
            }
            ('\'', _) => {
                if let Some(end) = end_of_character(&characters, at) {
                    at = end;
                    text = Some("\"\"".to_owned());
                } else {
                    // A lifetime: the quote goes, the name stays.
                    at += 1;
                }
            }
            (first, _) if first.is_alphanumeric() || first == '_' => {
                while get(at).is_alphanumeric() || get(at) == '_' {
                    at += 1;
                }
                let word: String = characters[start..at].iter().collect();
                let raw = ["r", "br", "cr"].contains(&word.as_str()) && end_of_raw(&characters, at).is_some();
                let prefixed = ["b", "c"].contains(&word.as_str()) && get(at) == '"';
                if raw {
                    at = end_of_raw(&characters, at).unwrap_or(at);
                    text = Some("\"\"".to_owned());
                } else if !prefixed {
                    text = Some(word);
                }
            }
            (mark, _) => {
                at += 1;
                text = (!mark.is_whitespace()).then(|| mark.to_string());
            }
        }
        tokens.extend(text.map(|text| Token { line, text }));
        line += characters[start..at].iter().filter(|&&character| character == '\n').count();
    }
    tokens
}

fn end_of_comment(characters: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at < characters.len() {
        match &characters[at..characters.len().min(at + 2)] {
            ['/', '*'] => (depth, at) = (depth + 1, at + 2),
            ['*', '/'] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn end_of_string(characters: &[char], mut at: usize) -> usize {
    while at < characters.len() && characters[at] != '"' {
        at += if characters[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(characters.len())
}

fn end_of_character(characters: &[char], at: usize) -> Option<usize> {
    match characters.get(at + 1)? {
        '\\' => {
            // Past the escaped character, which may itself be a quote.
            let close = characters.get(at + 3..)?.iter().position(|&character| character == '\'')?;
            Some(at + 3 + close + 1)
        }
        _ => (characters.get(at + 2) == Some(&'\'')).then_some(at + 3),
    }
}

/// The end of a raw string whose hashes start at `at`, if it is one.
fn end_of_raw(characters: &[char], at: usize) -> Option<usize> {
    let hashes = characters[at..].iter().take_while(|&&character| character == '#').count();
    let open = at + hashes;
    if characters.get(open) != Some(&'"') {
        return None;
    }
    let closes = |end: &usize| {
        characters[*end] == '"'
            && characters[end + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes
    };
    (open + 1..characters.len()).find(closes).map(|end| end + 1 + hashes)
}

/// The code without what stands under `#[cfg(test)]`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let marked = tokens.len() - at > MARK.len()
            && MARK.iter().zip(&tokens[at..]).all(|(mark, token)| *mark == token.text);
        if !marked {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let mut depth = 0;
        at += MARK.len();
        while at < tokens.len() {
            match tokens[at].text.as_str() {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth -= 1,
                _ => {}
            }
            let ends = depth == 0 && matches!(tokens[at].text.as_str(), "}" | ";");
            at += 1;
            if ends {
                break;
            }
        }
    }
    kept
}

#[track_caller]
fn assert_forbidden(path: &str, source: &str) {
    assert_eq!(violations(path, source).len(), 1, "{path}: {source}\n{:#?}", violations(path, source));
}

#[track_caller]
fn assert_allowed(path: &str, source: &str) {
    assert_eq!(violations(path, source), Vec::<String>::new(), "{path}: {source}");
}

#[test]
fn a_stage_that_names_another_is_found() {
    assert_forbidden("parse.rs", "use crate::ingest::read;");
    assert_forbidden("parse.rs", "use crate::{document::Document, ingest};");
    assert_forbidden(
        "parse.rs",
        "use crate::{\n    document::{Block, Inline as I},\n    compile::{self},\n};",
    );
    assert_forbidden("parse/markdown.rs", "use super::super::compile::order;");
    assert_forbidden("parse.rs", "use super::compile;\nuse super::parse::markdown;");
    assert_forbidden("parse.rs", "mod inner { use super::super::compile::order; }");
    assert_forbidden("edition/epub.rs", "fn f() { let x = crate::typeset::typeset(1); }");
    assert_forbidden("typeset.rs", "pub(crate) fn f() -> Vec<crate::edition::Error> { vec![] }");
    assert_forbidden("typeset.rs", "use crate::build;");
    assert_forbidden("audit.rs", "use crate::cli;");
    assert_forbidden("cli/build.rs", "use garland::ingest;");
    assert_forbidden("main.rs", "use garland::parse::parse;");
}

#[test]
fn a_leaf_that_names_more_than_leaves_is_found() {
    assert_forbidden("document.rs", "use crate::parse::markdown;");
    assert_forbidden("labels.rs", "use super::typeset;");
}

#[test]
fn leaves_in_a_circle_are_found() {
    let source = [("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["a"])];
    let knows = |source: &[(&str, Vec<&str>)]| {
        source
            .iter()
            .map(|(name, known)| ((*name).to_owned(), known.iter().map(|name| (*name).to_owned()).collect()))
            .collect()
    };
    assert!(circle(&knows(&source)).is_some());
    assert!(circle(&knows(&source[..2])).is_none());
    let known = modules_known_to("manifest.rs", "use crate::document::{Date, Person};\nuse crate::labels;");
    assert_eq!(known, BTreeSet::from(["document".to_owned(), "labels".to_owned()]));
}

#[test]
fn the_way_forward_is_open() {
    assert_allowed("parse.rs", "use crate::document::{Block, Inline};\nuse crate::diagnostic::Diagnostics;");
    assert_allowed(
        "parse/markdown.rs",
        "use super::inline;\nuse crate::parse::plain;\nuse self::list::items;",
    );
    assert_allowed("parse/markdown.rs", "mod list { use super::super::plain; }");
    assert_allowed("manifest.rs", "use crate::document::Date;");
    assert_allowed("lib.rs", "use crate::ingest;\nuse crate::parse::parse;");
    assert_allowed("main.rs", "use std::process::ExitCode;\nfn main() -> ExitCode { garland::cli::run() }");
    assert_allowed("cli.rs", "use crate::{Options, build};\nuse crate::diagnostic::Severity;");
    assert_allowed(
        "parse.rs",
        "// use crate::ingest;\n/* crate::compile */ const A: &str = \"crate::ingest::read\";",
    );
    assert_allowed("parse.rs", "const A: &str = r#\"x.unwrap() \" crate::ingest\"#; const B: char = '\"';");
    assert_allowed(
        "parse.rs",
        "fn f<'a>(x: &'a str) -> char { '\\'' } #[cfg(test)] mod tests { use super::*; }",
    );
}

#[test]
fn the_disk_and_the_terminal_are_guarded() {
    assert_allowed("ingest/discover.rs", "use std::fs;\nfn f() { fs::read(p); fs::read_dir(p); }");
    assert_allowed("cli.rs", "fn f() { std::fs::write(p, b); eprintln!(); }");
    assert_forbidden("ingest.rs", "fn f() { std::fs::write(p, b); }");
    assert_forbidden("ingest.rs", "fn f() { std::fs::remove_file(p); }");
    assert_forbidden("compile.rs", "fn f() { std::fs::read(p); }");
    assert_forbidden("compile.rs", "use std::fs;");
    assert_forbidden("compile.rs", "use std::{fs, fmt};");
    assert_forbidden("typeset.rs", "fn f() { println!(\"x\"); }");
    assert_forbidden("typeset.rs", "fn f() { std::io::stderr().flush(); }");
    assert_forbidden("typeset.rs", "use std::time::Instant;");
    assert_forbidden("compile.rs", "fn f() { std::env::var(\"HOME\"); }");
}

#[test]
fn leftovers_are_found() {
    assert_forbidden("parse.rs", "fn f() { x.unwrap(); }");
    assert_forbidden("parse.rs", "fn f() { x\n  .unwrap ( ) }");
    assert_forbidden("parse.rs", "fn f() { todo!() }");
    assert_forbidden("parse.rs", "use crate::document::*;");
    assert_forbidden("parse.rs", "use super::parse::{block::*, inline};");
    assert_forbidden("parse.rs", "#[allow(dead_code)]\nfn f() {}");
    assert_forbidden("parse/utils.rs", "");
    assert_forbidden("reader.rs", "");
    assert_forbidden("parse.rs", &"\n".repeat(LONGEST_FILE + 1));
    assert_allowed(
        "parse.rs",
        "fn f() { x.unwrap_or_default(); }\n#[cfg(test)]\nmod tests { fn g() { x.unwrap() } }",
    );
    assert_forbidden("parse.rs", "#[cfg(test)]\nuse std::fmt;\nfn f() { x.unwrap(); }");
}
