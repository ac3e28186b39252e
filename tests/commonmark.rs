//! The CommonMark specification's examples, from the Markdown reader to the XHTML writer.
//!
//! The examples are the specification's and stay with it: `.ci/install` fetches the npm package
//! commonmark-spec, and this repository holds only the numbers of those that pass. The list grows: an
//! example on it that fails is a failure, and so is one that passes and is not on it.
//! `GARLAND_UPDATE=1 cargo test commonmark` writes it anew; read the difference before committing.
//!
//! What is compared is the meaning, as a list of events; [`meaning`] says what counts as the same.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use garland::compile::compile;
use garland::diagnostic::Diagnostics;
use garland::document::{Block, Document, Inline, List, Parsed, Target};
use garland::manifest::Manifest;
use garland::manuscript::{Dialect, Input, InputFile, Manuscript};
use garland::{edition, parse};
use url::Url;

use crate::harness::{epub_file, skip, validators_are_required, write_epub};

mod meaning;

struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

#[test]
fn the_examples_that_passed_pass_still() {
    let Some(specification) = specification() else { return };
    let examples = examples(&specification);
    assert!(examples.len() > 600, "{} examples: the specification was not understood", examples.len());
    let chapters = chapters(&examples);
    let mut passes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut failures = BTreeMap::new();
    for (example, found) in examples.iter().zip(&chapters) {
        let (expected, found) = (meaning::of_specification(&example.html), meaning::of_chapter(found));
        if expected == found {
            passes.entry(&example.section).or_default().push(example.number);
        } else {
            failures.insert(example.number, (example, expected, found));
        }
    }
    let mut list =
        String::from("# The examples of the CommonMark specification 0.31.2 that pass, by section.\n");
    for (section, numbers) in &passes {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let _ = writeln!(list, "{section}: {}", numbers.join(" "));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commonmark/passes.txt");
    let listed = numbers(&fs::read_to_string(&path).unwrap_or_default());
    let passing = numbers(&list);
    let mut report = String::new();
    for number in listed.iter().filter(|number| !passing.contains(number)) {
        if let Some((example, expected, found)) = failures.get(number) {
            let _ = writeln!(
                report,
                "example {number} ({}) fails:\n{}\nexpected\n{expected}\nfound\n{found}",
                example.section, example.markdown
            );
        }
    }
    // The list is not shortened by itself: who takes a number off it by hand has a reason.
    assert!(report.is_empty(), "{report}");
    if std::env::var_os("GARLAND_UPDATE").is_some() {
        fs::write(&path, list).unwrap();
        return;
    }
    let fresh: Vec<_> = passing.iter().filter(|number| !listed.contains(number)).collect();
    assert!(fresh.is_empty(), "these pass now: {fresh:?}; GARLAND_UPDATE=1 puts them on the list");
}

/// The numbers on the list, whatever their section.
fn numbers(list: &str) -> Vec<usize> {
    let lines = list.lines().filter_map(|line| line.split_once(": "));
    lines.flat_map(|(_, numbers)| numbers.split(' ').filter_map(|number| number.parse().ok())).collect()
}

/// The specification's text, where it is installed.
fn specification() -> Option<String> {
    let home = std::env::var_os("GARLAND_VALIDATOR_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/validators"), PathBuf::from);
    match fs::read_to_string(home.join("commonmark/node_modules/commonmark-spec/spec.txt")) {
        Ok(text) => Some(text),
        Err(_) if validators_are_required() => panic!("commonmark-spec is required and not installed"),
        Err(_) => {
            skip("commonmark-spec is not installed");
            None
        }
    }
}

/// Examples stand between fences of 32 backticks, Markdown first, HTML after a line with a full stop; an
/// arrow is a tabulator.
fn examples(specification: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut section = String::new();
    let mut lines = specification.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix('#') {
            section = heading.trim_start_matches('#').trim().to_owned();
        }
        if line != format!("{fence} example") {
            continue;
        }
        let mut part = |end: &str| -> String {
            let lines = lines.by_ref().take_while(|line| *line != end);
            lines.map(|line| line.replace('→', "\t") + "\n").collect()
        };
        let (markdown, html) = (part("."), part(&fence));
        examples.push(Example { number: examples.len() + 1, section: section.clone(), markdown, html });
    }
    examples
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// Every example as a chapter of one anthology, in XHTML.
fn chapters(examples: &[Example]) -> Vec<String> {
    let mut input = Input { folder: "examples".to_owned(), ..Input::default() };
    let mut documents = Vec::new();
    for example in examples {
        let file = format!("example-{:03}.md", example.number);
        let mut manuscript = Manuscript::untouched(&file, Dialect::Markdown, &example.markdown);
        manuscript.metadata.title = Some(format!("Example {}", example.number));
        manuscript.metadata.language = Some("en".to_owned());
        manuscript.as_typed = true;
        let (mut document, _) = parse::parse(&manuscript, &mut Diagnostics::new());
        lead_out_of_the_book(&mut document);
        documents.push(document);
        input.manuscripts.push(manuscript);
    }
    input.pictures.push(InputFile { path: "picture.gif".to_owned(), content: PIXEL.to_vec() });
    let mut diagnostics = Diagnostics::new();
    let anthology = compile(&Manifest::default(), input, documents, None, &mut diagnostics);
    let epub = write_epub(&anthology, None, &edition::epub::Settings::default());
    let name = |number| format!("text/example-{number}.xhtml");
    examples.iter().map(|example| epub_file(&epub, &name(example.number)).text).collect()
}

/// The examples' links and pictures lead nowhere in particular, and a book drops what leads nowhere. So
/// relative links get a place on the web, and all pictures are one that exists.
fn lead_out_of_the_book(document: &mut Document) {
    blocks(&mut document.body);

    fn blocks(content: &mut [Block<Parsed>]) {
        for block in content {
            match block {
                Block::Heading { content, .. } | Block::Paragraph(content) => inlines(content),
                Block::List(List { items, .. }) => items.iter_mut().for_each(|item| blocks(item)),
                Block::Quote(body) => blocks(body),
                Block::Callout { title, body, .. } => {
                    inlines(title);
                    blocks(body);
                }
                Block::Figure { picture, caption, .. } => {
                    picture.picture.value = "picture.gif".to_owned();
                    inlines(caption);
                }
                Block::Table(table) => table.rows.iter_mut().flatten().for_each(|cell| inlines(cell)),
                _ => {}
            }
        }
    }

    fn inlines(content: &mut [Inline<Parsed>]) {
        for inline in content {
            match inline {
                Inline::Link { to, content } => {
                    if let Target::Address(address) = &mut to.target {
                        *address = on_the_web(address);
                    }
                    inlines(content);
                }
                Inline::Image { picture, .. } => picture.picture.value = "picture.gif".to_owned(),
                other => inlines(other.content_mut()),
            }
        }
    }
}

/// An address as seen from a page on the web.
fn on_the_web(address: &str) -> String {
    let base = Url::parse("https://spec.example.org/").unwrap();
    // Browsers take a backslash for a slash; in Markdown it is itself.
    base.join(&address.replace('\\', "%5C")).map_or_else(|_| address.to_owned(), String::from)
}
