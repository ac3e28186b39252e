//! The index: who gets an entry, and where it leads.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use garland::anthology::{Division, IndexEntry};
use garland::document::{IndexHeading, IndexMark, IndexMeaning, Inline, Point, Span, Written};
use garland::manifest::{IndexSettings, IndexTerm};
use proptest::collection::vec;
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use super::builder::{Book, Essay, Folder, Text, cite, essay, folder, heading, link, list, mark, text};
use crate::harness::tries;

/// A mark: `main!sub`.
fn indexed(path: &str) -> Text {
    point(path, |_| {})
}

fn point(path: &str, change: impl FnOnce(&mut IndexMark)) -> Text {
    let path = path.split('!').map(IndexHeading::from).collect();
    let mut value = IndexMark { path, ..IndexMark::default() };
    change(&mut value);
    Inline::Anchor(Point::Index(Written { value, span: Span::new(0, 2) }))
}

fn see(path: &str, other: &str) -> Text {
    point(path, |mark| mark.see.push(other.to_owned()))
}

fn term(path: &str) -> IndexTerm {
    let path = path.split('!').map(IndexHeading::from).collect();
    IndexTerm { path, line: 1, column: 1, ..IndexTerm::default() }
}

fn indexing(terms: Vec<IndexTerm>) -> Folder {
    let mut folder = folder();
    folder.manifest.index = IndexSettings { wanted: Some(true), terms, ..IndexSettings::default() };
    folder
}

/// The index as lines: `B`, `  loom, one 1, one 2; see other`, a chapter's title before each place in it.
fn shown(book: &Book) -> Vec<String> {
    let mut lines = Vec::new();
    for group in &book.anthology.index {
        lines.push(group.letter.clone());
        group.entries.iter().for_each(|entry| show(book, entry, 1, &mut lines));
    }
    lines
}

fn show(book: &Book, entry: &IndexEntry, depth: usize, lines: &mut Vec<String>) {
    let mut line = format!("{}{}", "  ".repeat(depth), entry.text);
    for locator in &entry.locators {
        let title = locator.chapter.map_or("Glossary", |at| book.anthology.chapters[at].title.as_str());
        let paragraph = locator.chapter.map(|_| format!(" {}", locator.paragraph)).unwrap_or_default();
        let bold = if locator.defines { "*" } else { "" };
        let range = if locator.end.is_some() { "–" } else { "" };
        line.push_str(&format!(", {bold}{title}{paragraph}{range}"));
    }
    let all = [("see", &entry.see), ("see also", &entry.see_also)];
    for (lead, references) in all.into_iter().filter(|(_, references)| !references.is_empty()) {
        let names: Vec<&str> = references.iter().map(|reference| reference.text.as_str()).collect();
        line.push_str(&format!("; {lead} {}", names.join(", ")));
    }
    lines.push(line);
    entry.entries.iter().for_each(|below| show(book, below, depth + 1, lines));
}

/// One essay, with these paragraphs.
fn one(paragraphs: Vec<Vec<Text>>) -> Essay {
    paragraphs.into_iter().fold(essay("one.md", "One"), Essay::says)
}

#[test]
fn marks_become_entries_and_subentries() {
    let book = folder()
        .essay(one(vec![
            vec![indexed("loom"), text("A loom. "), indexed("engines!analytical"), text("An engine.")],
            vec![text("More."), indexed("Loom"), indexed("loom!power"), indexed("Éclair"), indexed("3D")],
        ]))
        .essay(essay("two.md", "Two").says([indexed("loom"), text("Again.")]))
        .compile();
    assert_eq!(
        shown(&book),
        [
            "0–9",
            "  3D, One 2",
            "E",
            "  Éclair, One 2",
            "  engines",
            "    analytical, One 1",
            "L",
            "  loom, One 1, One 2, Two 1",
            "    power, One 2",
        ]
    );
    assert!(book.problems().is_empty());
}

#[test]
fn references_lead_to_entries_and_never_in_a_circle() {
    let book = folder()
        .essay(one(vec![
            vec![text("Text "), indexed("weaving!cloth"), see("fabric", "weaving!cloth")],
            vec![see("textile", "fabric"), see("a", "b"), see("b", "a"), see("c", "nowhere"), see("d", "d")],
            vec![indexed("loom"), see("loom", "Weaving, Cloth")],
        ]))
        .compile();
    assert_eq!(
        shown(&book),
        [
            "F",
            "  fabric; see weaving, cloth",
            "L",
            "  loom, One 3; see also weaving, cloth",
            "T",
            "  textile; see weaving, cloth",
            "W",
            "  weaving",
            "    cloth, One 1",
        ]
    );
    assert_eq!(book.problems(), ["index-reference"; 4]);
}

#[test]
fn terms_of_the_manifest_are_found_wherever_the_text_says_them() {
    let mut engine = term("Analytical Engine");
    engine.aliases = vec!["the Engine".to_owned()];
    engine.see_also = vec!["computers".to_owned()];
    let mut computers = term("computers");
    computers.see = vec!["machines".to_owned()];
    let terms =
        vec![engine, computers, term("machine"), term("machine!learning machine"), term("IT"), term("gone")];
    let book = indexing(terms)
        .essay(
            one(vec![
                vec![text("The Analytical Engine, or the Engine. Machines; it is a machine. Computers too.")],
                vec![Inline::Emphasis(vec![text("A learning machine")]), Inline::Code("machine".to_owned())],
                vec![link("https://machine.org", "https://machine.org"), link("https://x.org", "machine")],
            ])
            .block(heading(2, "On machines")),
        )
        .compile();
    assert_eq!(
        shown(&book),
        [
            "A",
            "  Analytical Engine, One 1, One 1",
            "M",
            "  machine, One 1, One 1, One 3, One 4",
            "    learning machine, One 2",
        ]
    );
    assert_eq!(book.chapter(0).matches("Engine").count(), 2, "no word is lost");
    // `IT` and `gone` are never said, and nothing is called `machines`: the entry is `machine`.
    assert_eq!(
        book.problems(),
        ["unused-index-term", "unused-index-term", "index-reference", "index-reference"]
    );
}

#[test]
fn the_glossary_defines_and_its_acronyms_send_on() {
    let glossary = "Open Access (OA): Free to read.\nUnused thing: Never said.\n";
    let book = indexing(Vec::new())
        .glossary(glossary)
        .essay(one(vec![vec![text("Open access, or OA.")], vec![text("OA again.")]]))
        .compile();
    let expected = ["O", "  OA; see Open Access (OA)", "  Open Access (OA), One 1, One 1, One 2, *Glossary"];
    assert_eq!(shown(&book), expected);
}

#[test]
fn people_are_indexed_where_they_are_cited() {
    let library = "@book{a, author = {Turing, Alan}, title = {One}, year = 1950}
@book{b, author = {Turing, A. and {The Royal Society}}, title = {Two}, year = 1951}
@book{c, author = {van Gogh, Vincent}, title = {Letters}, year = 1890}
@book{d, author = {Uncited, Una}, title = {Nothing}, year = 1890}";
    let cites = |key| cite(&[(key, None)]);
    let book = indexing(Vec::new())
        .bibliography("a.bib", library)
        .essay(one(vec![vec![text("One "), cites("a")], vec![text("two "), cites("b"), cites("c")]]))
        .compile();
    assert_eq!(
        shown(&book),
        [
            "T",
            "  The Royal Society, One 2",
            "  Turing, Alan, One 1, One 2",
            "V",
            "  van Gogh, Vincent, One 2",
        ]
    );
}

#[test]
fn ranges_are_from_mark_to_mark() {
    let from = |path| point(path, |mark| mark.meaning = IndexMeaning::Start);
    let to = |path| point(path, |mark| mark.meaning = IndexMeaning::End);
    let main = |path| point(path, |mark| mark.meaning = IndexMeaning::Definition);
    let book = folder()
        .essay(one(vec![
            vec![from("loom"), text("a"), from("open")],
            vec![main("loom"), text("b"), to("closed")],
            vec![text("c"), to("loom")],
        ]))
        .compile();
    let expected = ["C", "  closed, One 2", "L", "  loom, One 1–, *One 2", "O", "  open, One 1"];
    assert_eq!(shown(&book), expected);
    assert_eq!(book.problems(), ["open-index-range"]);
}

#[test]
fn an_index_is_made_where_there_is_reason_for_one() {
    let plain = || one(vec![vec![text("Loom.")]]);
    assert!(folder().essay(plain()).compile().anthology.index.is_empty());
    let marked = || one(vec![vec![indexed("loom"), text("Loom.")]]);
    let mut without = folder();
    without.manifest.index.wanted = Some(false);
    let book = without.essay(marked()).compile();
    assert!(book.anthology.index.is_empty());
    assert_eq!(book.chapter(0), "Loom.");
    // Nobody asked for one, but the glossary makes it worth its pages.
    let words: Vec<String> = (0..12).map(|at| format!("term{at} said")).collect();
    let glossary: String = words.iter().map(|word| format!("{word}: Defined.\n")).collect();
    let book = folder().glossary(&glossary).essay(one(vec![vec![text(&words.join(", "))]])).compile();
    assert_eq!(book.anthology.index.iter().map(|group| group.entries.len()).sum::<usize>(), 12);
}

#[test]
fn marks_in_notes_headings_and_lists_lead_there() {
    let book = folder()
        .essay(
            essay("one.md", "One")
                .says([text("Text"), mark("1")])
                .block(heading(2, "Heading"))
                .block(list(&["Item"]))
                .footnote("1", [text("A remark of some words."), indexed("remarks")]),
        )
        .compile();
    assert_eq!(shown(&book), ["R", "  remarks, One 4"]);
}

/// One automaton, one pass: twice the text takes twice the time, however many terms there are.
#[test]
fn five_thousand_terms_take_linear_time() {
    let terms = || (0..5000).map(|at| term(&format!("term{at} said"))).collect();
    let words: Vec<String> = (0..400).map(|at| format!("and then term{} said so", at * 12)).collect();
    let words = words.join(" ");
    let took = |essays: usize| {
        let essays = (0..essays).map(|at| essay(&format!("{at}.md"), "Title").says([text(&words)]));
        let folder = essays.fold(indexing(terms()), Folder::essay);
        let start = Instant::now();
        let book = folder.compile();
        let took = start.elapsed();
        assert_eq!(book.anthology.index.iter().map(|group| group.entries.len()).sum::<usize>(), 400);
        took
    };
    let (one, four) = (took(20), took(80));
    assert!(four < one * 12 + Duration::from_secs(1), "{one:?} for 20 essays, {four:?} for 80");
}

const PATHS: [&str; 8] = ["loom", "Loom", "loom!power", "weaving", "אבג", "人工", "Éclair!b", "a b"];

proptest! {
    #![proptest_config(tries(64))]

    /// Every locator and reference has its place in the tree; nobody minds the order of the marks.
    #[test]
    fn every_place_exists_and_order_does_not_matter(
        marks in vec((select(PATHS.to_vec()), 0..4_u8), 1..24),
        turn in 0..24_usize,
    ) {
        let inline = |(path, kind): &(&str, u8)| match kind {
            0 => point(path, |mark| mark.meaning = IndexMeaning::Definition),
            1 => see(path, "weaving"),
            2 => point(path, |mark| mark.meaning = IndexMeaning::Start),
            _ => indexed(path),
        };
        let compile = |marks: &[(&str, u8)]| {
            let mut content = vec![text("Text.")];
            content.extend(marks.iter().map(inline));
            folder().essay(one(vec![content])).compile()
        };
        let book = compile(&marks);
        let mut ids = BTreeSet::new();
        let mut entries: Vec<&IndexEntry> = book.anthology.index.iter().flat_map(|it| &it.entries).collect();
        let mut targets = Vec::new();
        while let Some(entry) = entries.pop() {
            let place = book.anthology.anchors.place(entry.anchor);
            prop_assert_eq!(place.division, Division::Index);
            prop_assert!(ids.insert(entry.anchor));
            let leads = [&entry.locators.is_empty(), &entry.see.is_empty(), &entry.see_also.is_empty(), &entry.entries.is_empty()];
            prop_assert!(leads.iter().any(|is_empty| !**is_empty), "{} leads nowhere", entry.text);
            targets.extend(entry.see.iter().chain(&entry.see_also).map(|reference| reference.target));
            entries.extend(&entry.entries);
        }
        prop_assert!(targets.iter().all(|target| ids.contains(target)));

        let mut turned = marks.clone();
        turned.rotate_left(turn % marks.len());
        let bare = |book: &Book| shown(book).iter().map(|line| line.split(", ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(bare(&book), bare(&compile(&turned)));
    }
}
