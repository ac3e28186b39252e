//! The real essays in `../shared/seeds`, where they are at hand.

use std::fs;
use std::path::{Path, PathBuf};

use garland::audit::take_down;
use garland::diagnostic::{Diagnostics, Severity};
use garland::document::{Block, Inline, NoteKind, Parsed, Run, Target, plain_text, visit_runs};
use garland::{ingest, parse};

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use super::dump;

/// The folder with the essays; says so when it is not there.
fn seeds() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().skip(1).map(|folder| folder.join("shared/seeds")).find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("skipped: ../shared/seeds is not here");
    }
    found
}

/// Every seed's tree as text, with its document, in reading order.
fn read() -> Option<(Vec<(garland::document::Document, String)>, Diagnostics)> {
    let mut diagnostics = Diagnostics::new();
    let (_, input) = ingest::read(&seeds()?, &mut diagnostics)?;
    let documents = input.manuscripts.iter().map(|manuscript| parse::parse(manuscript, &mut diagnostics).0);
    let shown =
        documents.map(|document| (dump::document(&document), document)).map(|(text, tree)| (tree, text));
    Some((shown.collect(), diagnostics))
}

fn headings(document: &garland::document::Document) -> Vec<(u8, String)> {
    document
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, content, .. } => Some((*level, plain_text(content))),
            _ => None,
        })
        .collect()
}

#[test]
fn seeds_keep_title_byline_and_date() {
    let Some((documents, diagnostics)) = read() else { return };
    let heads: Vec<(String, String, String)> = documents
        .iter()
        .map(|(document, _)| {
            let metadata = &document.metadata;
            let authors: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
            let date = metadata.date.map(|date| date.to_string()).unwrap_or_default();
            (metadata.title.clone().unwrap_or_default(), authors.join(", "), date)
        })
        .collect();
    let expected = [
        ("AI for All: Democratizing Knowledge and Building Bridges Across Borders", "", "2024-09-03"),
        ("Democratizing AI: Making Artificial Intelligence Accessible to All", "Anton Inkin", "2025-04-04"),
        ("The Democratization of AI", "", ""),
        ("Democratizing AI Power: Ensuring Equitable Access and Preventing a New AI Divide", "", ""),
        ("AI democratization and societal implications", "", ""),
    ];
    let expected =
        expected.map(|(title, author, date)| (title.to_owned(), author.to_owned(), date.to_owned()));
    assert_eq!(heads, expected);
    assert_eq!(diagnostics.count(Severity::Error) + diagnostics.count(Severity::Warning), 0);
}

#[test]
fn seeds_hold_no_markup_mojibake_or_furniture() {
    let Some((documents, _)) = read() else { return };
    for (document, text) in &documents {
        let rubbish = [
            "**",
            "[[",
            "]]",
            "](",
            "<a",
            "<br",
            "##",
            "[!",
            "â€",
            "šŸ",
            "Ā",
            "āš",
            "\u{FFFD}",
            "top of page",
            "bottom of page",
            "Leave a Comment",
            "comments below",
            "edited article",
        ];
        for rubbish in rubbish {
            assert!(!text.contains(rubbish), "{} still holds {rubbish:?}", document.file);
        }
    }
}

#[test]
fn numbered_references_of_the_first_seed_become_notes() {
    let Some((documents, _)) = read() else { return };
    let (document, text) = &documents[0];
    let labels: Vec<&str> = document.notes.iter().map(|note| note.label.as_str()).collect();
    assert_eq!(labels, ["1", "2", "3"]);
    assert!(document.notes.iter().all(|note| note.kind == NoteKind::Reference));
    assert_eq!(text.matches("‹note=").count(), 4);
    assert_eq!(headings(document)[0].0, 2);
    assert_eq!(
        headings(document)[1],
        (3, "Breaking Down Barriers: Open-Source and Cloud Computing".to_owned())
    );
}

#[test]
fn plain_headings_of_the_third_seed_are_told_by_shape() {
    let Some((documents, _)) = read() else { return };
    let (document, text) = &documents[2];
    let names: Vec<String> = headings(document).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names.len(), 9);
    assert!(names.contains(&"Why is it important to democratize AI?".to_owned()));
    assert!(names.contains(&"Key Aspects of AI Democratization:".to_owned()));
    assert!(text.contains("\np Democratizing AI has multiple benefits.\n"));
    assert!(text.contains("\np Firstly, "));
}

#[test]
fn the_scraped_seed_says_everything_once_and_in_order() {
    let Some((documents, diagnostics)) = read() else { return };
    let (document, text) = &documents[3];
    let sections: Vec<String> =
        headings(document).into_iter().filter(|(level, _)| *level == 2).map(|(_, name)| name).collect();
    let starts: Vec<&str> = sections.iter().map(|name| name.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(starts, ["The", "1.", "2.", "3.", "4.", "5.", "A", "Glossary"]);
    assert_eq!(text.matches("holds immense promise").count(), 1);
    assert_eq!(text.matches("Public Funding & Investment").count(), 1);
    let removed = diagnostics.iter().filter(|diagnostic| diagnostic.code == "removed-repetition");
    let lines: Vec<Option<u32>> =
        removed.map(|diagnostic| diagnostic.place.as_ref().and_then(|place| place.line)).collect();
    assert_eq!(lines, [Some(6), Some(148), Some(187)]);
}

#[test]
fn boxes_of_the_scraped_seed_become_callouts() {
    let Some((documents, _)) = read() else { return };
    let text = &documents[3].1;
    assert_eq!(text.matches("\ncallout takeaways: Key Takeaways from ").count(), 5);
    assert_eq!(text.matches("\ncallout questions: Join the Conversation:").count(), 1);
}

/// Sentences as Unicode has them, where every line is one at least.
fn count(text: &str) -> usize {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let is_said = |text: &str| text.contains(char::is_alphanumeric);
    let sentences = text.lines().map(|line| {
        let ends: Vec<usize> = segmenter.segment_str(line).collect();
        ends.windows(2).filter(|pair| is_said(&line[pair[0]..pair[1]])).count()
    });
    sentences.sum()
}

/// What a reader of the tree reads, a block to a line, without the marks that Garland sets itself.
fn prose(document: &garland::document::Document) -> String {
    let mut text = String::new();
    let notes = document.notes.iter().flat_map(|note| &note.body);
    for block in document.body.iter().chain(notes) {
        visit_runs(std::slice::from_ref(block), &mut |run| {
            match run {
                Run::Inlines(content) => push_prose(content, &mut text),
                Run::Verbatim(part) => text.push_str(part),
            }
            text.push('\n');
        });
    }
    text
}

fn push_prose(content: &[Inline<Parsed>], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Link { to, .. } if matches!(to.target, Target::Note(_) | Target::Timestamp(_)) => {}
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            outer => push_prose(outer.content(), text),
        }
    }
}

#[test]
fn sentences_and_words_of_the_seeds_are_counted_before_and_after() {
    let Some(folder) = seeds() else { return };
    let mut diagnostics = Diagnostics::new();
    let Some((_, input)) = ingest::read(&folder, &mut diagnostics) else { panic!("the seeds can be read") };
    let mut table =
        "seed | sentences of the file | of the tree | words of the file | gained by repair | kept | moved \
                     | removed | markup\n"
            .to_owned();
    for manuscript in &input.manuscripts {
        let (document, ledger) = parse::parse(manuscript, &mut diagnostics);
        let before = count(&manuscript.original);
        let after = count(&prose(&document));
        let account = take_down(manuscript, &document, ledger);
        let counts = account.counts;
        let explained = counts.kept + counts.moved + counts.removed + counts.markup;
        assert_eq!(counts.total as i64 + counts.gained, explained as i64, "{}: {counts:?}", manuscript.file);
        assert_eq!(account.missing, []);
        table.push_str(&format!(
            "{} | {before} | {after} | {} | {:+} | {} | {} | {} | {}\n",
            &manuscript.file[..3],
            counts.total,
            counts.gained,
            counts.kept,
            counts.moved,
            counts.removed,
            counts.markup
        ));
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parse/seeds.txt");
    if std::env::var_os("GARLAND_UPDATE").is_some() {
        fs::write(&golden, &table).expect("a writable table");
    }
    assert_eq!(table, fs::read_to_string(&golden).unwrap_or_default());
}

#[test]
fn timestamps_of_the_vault_seed_become_links() {
    let Some((documents, _)) = read() else { return };
    let (document, text) = &documents[4];
    assert!(text.contains("‹time=66 1:06›"));
    assert!(text.contains("‹time=3901 1:05:01›"));
    assert!(text.contains("callout info: Embracing Inclusivity"));
    let has_wikilink = document.body.iter().any(|block| match block {
        Block::Paragraph(content) => content.iter().any(|inline| {
            matches!(inline, Inline::Link { to, content } if matches!(&to.target, Target::Wikilink { page, .. }
                if page == "open_source_versus_closed_source_ai") && plain_text(content) == "AI democratization")
        }),
        _ => false,
    });
    assert!(has_wikilink);
    assert_eq!(document.metadata.video.as_deref(), Some("https://www.youtube.com/watch?v=hzc1covUhYM"));
}
