//! What becomes of terms: every file in `tests/compile/terms` holds a folder, the glossary that comes of it, the
//! links to it, and what is told.
//!
//! `GARLAND_UPDATE=1 cargo test folders_become_one_glossary` writes it anew; read the difference before committing.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use garland::anthology::{Anthology, Link, Resolved, Term};
use garland::compile::compile;
use garland::diagnostic::{Diagnostics, Severity};
use garland::document::Block;
use garland::manifest::{FILE_NAME, GlossarySettings, Manifest, Named};
use garland::manuscript::{Input, InputFile, Reading};
use garland::{ingest, parse};
use proptest::prelude::{Strategy, prop, prop_assert_eq, proptest};

use crate::harness::{compare_goldens, tries};

use super::builder::{essay, folder, heading, lines, links, list};

/// The book of a folder whose files stand below each other, each under `== its name`.
fn book(files: &str) -> (Anthology, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let (mut manifest, mut input, mut documents) =
        (Manifest::default(), Input { ..folder().input }, Vec::new());
    for file in files.split("== ").filter(|file| !file.is_empty()) {
        let (path, content) = file.split_once('\n').unwrap();
        if path == FILE_NAME {
            manifest = Manifest::parse(content, &mut diagnostics);
        } else if path.starts_with("glossary") {
            input.glossaries.push(InputFile { path: path.to_owned(), content: content.to_owned() });
        } else {
            let reading = manifest.reading(path);
            let reading = Reading { as_typed: true, ..reading };
            let manuscript = ingest::prepare(path, content.as_bytes(), reading, &mut diagnostics).unwrap();
            documents.push(parse::parse(&manuscript, &mut diagnostics).0);
            input.manuscripts.push(manuscript);
        }
    }
    let book = compile(&manifest, input, documents, None, &mut diagnostics);
    (book, diagnostics)
}

fn show(files: &str) -> String {
    let (book, diagnostics) = book(files);
    let mut shown = String::new();
    let mut group = "";
    for term in &book.glossary {
        if term.group != group {
            group = &term.group;
            writeln!(shown, "# {group}").unwrap();
        }
        writeln!(shown, "{}", term.name).unwrap();
        let mut list = |lead: &str, names: Vec<String>| {
            if !names.is_empty() {
                writeln!(shown, "  {lead}: {}", names.join("; ")).unwrap();
            }
        };
        list("also", term.aliases.clone());
        for definition in &term.definitions {
            let files: Vec<_> =
                definition.chapters.iter().map(|&at| book.chapters[at].file.clone()).collect();
            list("=", vec![lines(&definition.content).replace('\n', " | ")]);
            list("by", files);
        }
        for (lead, references) in [("see", &term.see), ("see also", &term.see_also)] {
            let name = |it: &garland::anthology::TermReference| match it.entry {
                Some(_) => it.name.clone(),
                None => format!("{} (unknown)", it.name),
            };
            list(lead, references.iter().map(name).collect());
        }
        list("used in", term.uses.iter().map(|it| book.chapters[it.chapter].file.clone()).collect());
    }
    for chapter in &book.chapters {
        writeln!(shown, "\n== {}\n{}", chapter.file, lines(&chapter.body)).unwrap();
        for (to, text) in links(&chapter.body) {
            if let Link::Term { term, .. } = to {
                writeln!(shown, "-> {text} = {}", book.glossary[*term].name).unwrap();
            }
        }
    }
    shown.push('\n');
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let sign = if diagnostic.severity == Severity::Note { "-" } else { "!" };
        writeln!(shown, "{sign} {place}: {}: {}", diagnostic.code, diagnostic.message).unwrap();
        if let Some(help) = diagnostic.help.as_ref().filter(|_| diagnostic.severity > Severity::Note) {
            writeln!(shown, "  {help}").unwrap();
        }
    }
    shown
}

#[test]
fn folders_become_one_glossary() {
    compare_goldens("compile/terms", |_, files| show(files));
}

/// The seven terms of a real essay, wherever the other real essays use them.
#[test]
fn terms_of_one_seed_are_linked_in_the_others() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = root.ancestors().skip(1).map(|folder| folder.join("shared/seeds")).find(|path| path.is_dir());
    let Some(seeds) = seeds else { return eprintln!("skipped: ../shared/seeds is not here") };
    let mut diagnostics = Diagnostics::new();
    let (manifest, input) = ingest::read(&seeds, &mut diagnostics).unwrap();
    let documents = input.manuscripts.iter().map(|it| parse::parse(it, &mut diagnostics).0).collect();
    let book = compile(&manifest, input, documents, None, &mut diagnostics);
    let home = book.chapters.iter().position(|chapter| chapter.file.starts_with("003_")).unwrap();
    let terms: Vec<&Term> = book
        .glossary
        .iter()
        .filter(|term| term.definitions.iter().any(|definition| definition.chapters.contains(&home)))
        .collect();
    let names: Vec<&str> = terms.iter().map(|term| term.name.as_str()).collect();
    let wanted = [
        "AI Divide",
        "AI Governance",
        "AI Literacy",
        "Artificial Intelligence (AI)",
        "Computational Resources",
        "Equitable Access",
        "Open-Source AI",
    ];
    assert_eq!(names, wanted);
    for (at, chapter) in book.chapters.iter().enumerate().filter(|(at, _)| *at != home) {
        let mut text = String::new();
        let is_heading = |block: &&Block<Resolved>| matches!(block, Block::Heading { .. });
        for block in chapter.body.iter().filter(|block| !is_heading(block)) {
            text.push_str(&lines(std::slice::from_ref(block)));
            text.push('\n');
        }
        let text = text.to_lowercase().replace('-', " ");
        for term in &terms {
            let name = term.name.split(" (").next().unwrap().to_lowercase().replace('-', " ");
            let is_used = text.split(&name).skip(1).any(|after| !after.starts_with(char::is_alphanumeric));
            let is_linked = term.uses.iter().any(|place| place.chapter == at);
            assert!(is_linked || !is_used, "{} uses {}", chapter.file, term.name);
        }
    }
    let ai = terms.iter().find(|term| term.name.contains("(AI)")).unwrap();
    assert_eq!(ai.uses.len(), book.chapters.len());
}

/// A term as some author has it: name, and what follows.
fn entry() -> impl Strategy<Value = (usize, usize)> {
    (0..NAMES.len(), 0..MEANINGS.len())
}

const NAMES: [&str; 14] = [
    "Artificial Intelligence (AI)",
    "AI",
    "Amnesty International (AI)",
    "Machine",
    "Machines",
    "machine",
    "IT",
    "it",
    "Network",
    "neural-network",
    "Neural networks",
    "Large model (also called huge model)",
    "LM (Large model)",
    "Alignment (AI)",
];
const MEANINGS: [&str; 8] = [
    "What machines do.",
    "What machines do, when nobody looks.",
    "What machines do!",
    "Another thing altogether. See also Network.",
    "See Machine.",
    "The gap between those who have a thing and those who have it not.",
    "The gap between those who have a thing and those who have it.",
    "Artificial intelligence",
];

fn settings() -> impl Strategy<Value = GlossarySettings> {
    let named = |name: usize| Named { name: NAMES[name].to_owned(), ..Named::default() };
    let pair = (0..NAMES.len(), 0..NAMES.len()).prop_map(move |(one, other)| vec![named(one), named(other)]);
    let pairs = || prop::collection::vec(pair.clone(), 0..2);
    (pairs(), pairs(), prop::collection::vec(0..NAMES.len(), 0..2)).prop_map(
        move |(merge, keep_apart, hide)| GlossarySettings {
            merge,
            keep_apart,
            hide: hide.into_iter().map(named).collect(),
            ..GlossarySettings::default()
        },
    )
}

/// The glossary of essays that define terms, each with the files that define it, in no order.
fn glossary(essays: &[(usize, &Vec<(usize, usize)>)], settings: &GlossarySettings) -> BTreeSet<String> {
    let mut folder = folder();
    folder.manifest.glossary = settings.clone();
    for (number, entries) in essays {
        let items: Vec<String> = entries
            .iter()
            .map(|(name, meaning)| format!("{}: {}", NAMES[*name], MEANINGS[*meaning]))
            .collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let made = essay(&format!("e{number}.md"), "Title").block(heading(2, "Glossary")).block(list(&items));
        folder = folder.essay(made);
    }
    let book = folder.compile().anthology;
    let show = |term: &Term| {
        let definitions: BTreeSet<(String, BTreeSet<&str>)> = term
            .definitions
            .iter()
            .map(|it| {
                (lines(&it.content), it.chapters.iter().map(|&at| book.chapters[at].file.as_str()).collect())
            })
            .collect();
        let (see, also): (Vec<_>, Vec<_>) =
            (term.see.iter().map(|it| &it.name).collect(), term.see_also.iter().map(|it| &it.name).collect());
        format!("{} {:?} {definitions:?} {see:?} {also:?}", term.name, term.aliases)
    };
    book.glossary.iter().map(show).collect()
}

proptest! {
    #![proptest_config(tries(256))]

    #[test]
    fn terms_merge_alike_in_every_order(
        essays in prop::collection::vec(prop::collection::vec(entry(), 0..5), 1..5),
        settings in settings(),
    ) {
        let forth: Vec<_> = essays.iter().enumerate().collect();
        let back: Vec<_> = essays.iter().enumerate().rev().collect();
        prop_assert_eq!(glossary(&forth, &settings), glossary(&back, &settings));
    }
}
