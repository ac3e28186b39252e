use garland::anthology::Link;
use garland::document::{Alignment, Block, Definition, List, Numerals, Table};

use super::builder::{Book, Essay, essay, folder, heading, lines, list, paragraph, strong, text};

fn with_terms(file: &str, terms: &[&str]) -> Essay {
    essay(file, file).says([text("Text.")]).block(heading(2, "📖 Glossary of Key Terms")).block(list(terms))
}

fn definitions(book: &Book, term: usize) -> Vec<String> {
    book.anthology.glossary[term].definitions.iter().map(|it| lines(&it.content)).collect()
}

#[test]
fn a_glossary_section_leaves_the_chapter() {
    let book = folder()
        .essay(
            with_terms(
                "a.md",
                &["🤖 Artificial Intelligence (AI):\u{a0}What machines do.", "Open – Free to use."],
            )
            .block(heading(2, "Afterword"))
            .says([text("Bye.")]),
        )
        .compile();
    assert_eq!(book.chapter(0), "Text.\nAfterword\nBye.");
    assert_eq!(book.terms(), ["Artificial Intelligence (AI)", "Open"]);
    assert_eq!(definitions(&book, 0), ["What machines do."]);
    assert_eq!(book.anthology.glossary[0].definitions[0].chapters, [0]);
}

#[test]
fn entries_are_read_from_every_shape() {
    let cell = |content| vec![text(content)];
    let table = Table {
        caption: Vec::new(),
        alignments: vec![Alignment::Start; 2],
        header: vec![cell("Term"), cell("Definition")],
        rows: vec![vec![cell("Cell"), cell("In a table.")]],
    };
    let definition =
        Definition { term: vec![text("Listed")], descriptions: vec![vec![paragraph([text("In a list.")])]] };
    let bold = vec![paragraph([strong("Bold:"), text(" In an item.")])];
    let book = folder()
        .essay(
            essay("a.md", "A")
                .block(heading(2, "Key terms"))
                .block(Block::Table(table))
                .block(Block::DefinitionList(vec![definition]))
                .block(Block::List(List {
                    start: None,
                    numerals: Numerals::default(),
                    tight: true,
                    items: vec![bold],
                }))
                .block(paragraph([strong("Lead-in"), text(" — In a paragraph.")]))
                .block(heading(3, "Subheading"))
                .block(paragraph([text("Below a heading.")])),
        )
        .compile();
    assert_eq!(book.terms(), ["Bold", "Cell", "Lead-in", "Listed", "Subheading"]);
    assert_eq!(definitions(&book, 0), ["In an item."]);
    assert_eq!(definitions(&book, 2), ["In a paragraph."]);
    assert!(book.anthology.chapters[0].body.is_empty());
}

#[test]
fn what_is_no_entry_stays() {
    let book = folder()
        .essay(essay("a.md", "A").block(heading(2, "Glossary")).says([text("Nothing to define here")]))
        .compile();
    assert_eq!(book.chapter(0), "Glossary\nNothing to define here");
    assert_eq!(book.problems(), ["glossary-without-entries"]);
    assert!(book.anthology.glossary.is_empty());
}

#[test]
fn each_term_stands_once() {
    let book = folder()
        .essay(with_terms("a.md", &["AI: What machines do.", "Zeal: Eagerness."]))
        .essay(with_terms("b.md", &["Artificial Intelligence (AI): What machines do.", "zeal: Eagerness!"]))
        .essay(with_terms("c.md", &["Artificial intelligence: What people fear."]))
        .compile();
    assert_eq!(book.terms(), ["Artificial Intelligence (AI)", "Zeal"]);
    assert_eq!(definitions(&book, 0), ["What machines do.", "What people fear."]);
    let chapters: Vec<_> =
        book.anthology.glossary[0].definitions.iter().map(|definition| definition.chapters.clone()).collect();
    assert_eq!(chapters, [vec![0, 1], vec![2]]);
    assert_eq!(book.problems(), ["differing-definitions"]);
}

#[test]
fn the_glossary_file_may_be_a_mapping_or_a_list() {
    let book = folder().glossary("Zeal: Eagerness.\nÄther: Air,\n  high up.\n1984: A year.\n").compile();
    assert_eq!(book.terms(), ["1984", "Äther", "Zeal"]);
    let list = "- term: Large language model\n  definition: |\n    One.\n\n    Two.\n  aliases: [LLM]\n";
    let book =
        folder().glossary(list).essay(essay("a.md", "A").says([text("The LLMs and the LLM.")])).compile();
    assert_eq!(definitions(&book, 0), ["One.\nTwo."]);
    assert_eq!(book.links(0).into_iter().map(|it| it.1).collect::<Vec<_>>(), ["LLMs"]);
}

#[test]
fn a_damaged_glossary_file_is_an_error_with_its_place() {
    let book = folder().glossary("- term: A\n  meening: B\n").compile();
    let error = book.diagnostics.iter().next().unwrap();
    assert_eq!(error.code, "glossary-file");
    assert_eq!(error.place.as_ref().unwrap().line, Some(2));
    assert!(folder().glossary("").compile().problems().is_empty());
}

#[test]
fn the_first_use_in_each_chapter_leads_to_the_glossary() {
    let file = "Artificial Intelligence (AI): What machines do.\nAI Divide: A gap.\nIT: Computers.\n";
    let book = folder()
        .glossary(file)
        .essay(
            essay("a.md", "A")
                .block(heading(2, "AI in headings is left alone"))
                .says([text("It said: the AI divide, AI, and ai; again AI. Maid, AID.")]),
        )
        .essay(essay("b.md", "B").says([text("artificial intelligence"), strong(" and IT")]))
        .compile();
    let first: Vec<_> = book.links(0).into_iter().map(|it| it.1).collect();
    assert_eq!(first, ["AI divide", "AI"]);
    let second: Vec<_> = book.links(1).into_iter().map(|it| it.1).collect();
    assert_eq!(second, ["artificial intelligence", "IT"]);
    let uses: Vec<_> = book.anthology.glossary.iter().map(|term| term.uses.len()).collect();
    assert_eq!(book.terms(), ["AI Divide", "Artificial Intelligence (AI)", "IT"]);
    assert_eq!(uses, [1, 2, 1]);
    assert!(book.links(0).iter().all(|(to, _)| matches!(to, Link::Term { .. })));
    assert_eq!(
        book.chapter(0).lines().last(),
        Some("It said: the AI divide, AI, and ai; again AI. Maid, AID.")
    );
}
