//! Pages as a reader sees them, two at a time.

use std::path::Path;

use garland::anthology::{Anthology, Division, Link, Note, Resolved};
use garland::diagnostic::Diagnostics;
use garland::document::{Alignment, Block, Inline, Span, Table};
use garland::fonts::Fonts;
use garland::manifest::Paper;
use garland::paged_book::{Item, Meaning, Page, PagedBook};
use garland::typeset::{Layout, Theme, typeset};
use garland::{compile, ingest, parse};

use super::sheets::{body, furniture, layout, lines, prose, set, theme};
use crate::epub::book::{Book, paragraph, text};
use crate::harness::{sample, seeds};

const SENTENCE: &str = "In most villages the evening belongs to whoever has a lamp, and the lamp \
    belongs to whoever was given a light, so that nobody remembers which house was first. ";

/// The lower edge of what text a page holds, from the top of the text block, and the size of its last line.
fn foot(page: &Page, layout: &Layout) -> Option<(f32, f32)> {
    let last = lines(page).into_iter().next_back()?;
    Some((layout.height - layout.top - last.baseline, last.size))
}

/// The pages that face each other, both of them within one essay, and the second not its last.
fn full_spreads(book: &PagedBook) -> Vec<(&Page, &Page)> {
    let goes_on = |at: usize| book.pages.get(at).is_some_and(|page| !furniture(page).is_empty());
    let spreads = (1..book.pages.len().saturating_sub(1)).step_by(2);
    let full = spreads.filter(|&at| goes_on(at) && goes_on(at + 1) && goes_on(at + 2));
    full.map(|at| (&book.pages[at], &book.pages[at + 1])).collect()
}

/// Text of the body's size stands on the grid.
fn check_grid(book: &PagedBook, layout: &Layout) {
    let first = (layout.leading + layout.size * 0.5) / 2.0 + layout.size * 0.08;
    for page in body(book) {
        for item in &page.items {
            let Item::Text(run) = item else { continue };
            let is_body = (run.size - layout.size).abs() < 0.01 && matches!(run.meaning, Meaning::Content(_));
            if !is_body {
                continue;
            }
            let steps = (layout.height - layout.top - run.y - first) / layout.leading;
            let off = (steps - steps.round()).abs();
            assert!(off < 0.02, "page {}: “{}” is off by {off} lines", page.folio, run.glyphs.text);
        }
    }
}

fn check_level(book: &PagedBook, layout: &Layout) {
    for (verso, recto) in full_spreads(book) {
        let (Some((left, left_size)), Some((right, right_size))) = (foot(verso, layout), foot(recto, layout))
        else {
            continue;
        };
        // Code and tables end as near to the last line as their own lines allow.
        let both_body = [left_size, right_size].iter().all(|size| (size - layout.size).abs() < 0.01);
        let allowed = if both_body { 0.05 } else { 0.7 };
        let apart = (left - right).abs() / layout.leading;
        assert!(apart < allowed, "pages {} and {} end {apart} lines apart", verso.folio, recto.folio);
    }
}

fn check_trim(book: &PagedBook) {
    for page in &book.pages {
        for item in &page.items {
            let (x, y, width, height) = match item {
                Item::Text(run) => (run.x, run.y - run.size * 0.3, run.width(), run.size * 1.1),
                Item::Rule(rule) => (rule.x, rule.y, rule.width, rule.height),
                Item::Picture(picture) => (picture.x, picture.y, picture.width, picture.height),
            };
            let inside = x >= 0.0 && y >= 0.0 && x + width <= book.width && y + height <= book.height;
            assert!(inside, "page {}: {x} {y} {width} {height}", page.folio);
        }
    }
}

/// The theme `book` but for these keys.
fn own_theme(yaml: &str) -> Theme {
    let mut diagnostics = Diagnostics::new();
    let theme = Theme::read("mine.yaml", yaml, &mut diagnostics);
    assert!(!diagnostics.has_errors());
    theme
}

fn book_of(body: Vec<Block<Resolved>>) -> Anthology {
    Book::new("Lamps").chapter("Evenings", "Ama Mensah", body).build()
}

/// An essay with headings, lists, listings and paragraphs of many lengths.
fn varied(seed: usize) -> Anthology {
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", Vec::new()).build();
    let mut blocks = Vec::new();
    for index in 0..60 {
        let draw = (index * 7 + seed * 13) % 11;
        match draw {
            0 | 1 => {
                let anchor = anthology.anchors.define(Division::Chapter(0), format!("h{index}"));
                let content = text(&format!("Heading {index}"));
                let level = if draw == 0 { 2 } else { 3 };
                blocks.push(Block::Heading { level, anchor, content, span: Span::default() });
            }
            2 => {
                blocks.push(Block::Code { language: None, text: "let lamp = light;\n".repeat(1 + index % 5) })
            }
            3 => blocks.push(Block::Quote(vec![paragraph(&SENTENCE.repeat(1 + index % 2))])),
            _ => {}
        }
        let words = 20 + (index * 37 + seed * 101) % 150;
        let long = SENTENCE.repeat(6);
        let words: Vec<&str> = long.split_whitespace().take(words).collect();
        blocks.push(paragraph(&format!("Nr{index} {}.", words.join(" "))));
    }
    anthology.chapters[0].body = blocks;
    anthology
}

#[test]
fn body_text_stands_on_the_grid_and_facing_pages_end_level() {
    for seed in 0..8 {
        let book = set(&varied(seed));
        assert!(full_spreads(&book).len() >= 3);
        check_grid(&book, &layout());
        check_level(&book, &layout());
        check_trim(&book);
    }
}

#[test]
fn the_same_is_true_of_real_books() {
    let theme = theme();
    for folder in std::iter::once(sample()).chain(seeds()) {
        let anthology = read(&folder);
        for paper in [Paper::A5, Paper::A4, Paper::Letter] {
            let book = typeset(&anthology, &Fonts::bundled(), &theme, paper);
            check_level(&book, &theme.layout(paper));
            check_trim(&book);
        }
    }
}

fn read(folder: &Path) -> Anthology {
    let mut diagnostics = Diagnostics::new();
    let (manifest, input) = ingest::read(folder, &mut diagnostics).expect("essays");
    let documents = input.manuscripts.iter().map(|essay| parse::parse(essay, &mut diagnostics).0).collect();
    compile::compile(&manifest, input, documents, None, &mut diagnostics)
}

#[test]
fn two_lines_at_least_stand_below_a_heading() {
    for seed in 0..8 {
        let book = set(&varied(seed));
        for page in body(&book) {
            let set = lines(page);
            let low = set.iter().rev().take(2).filter(|line| line.text.starts_with("Heading"));
            assert_eq!(low.count(), 0, "page {}", page.folio);
        }
    }
}

#[test]
fn a_long_note_is_divided_and_ends_where_text_would() {
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", Vec::new()).build();
    let here = anthology.anchors.define(Division::Chapter(0), "r".to_owned());
    let anchor = anthology.anchors.define(Division::Chapter(0), "n".to_owned());
    let reference = Inline::Link { to: Link::Note { note: 0, here }, content: Vec::new() };
    let marked = Block::Paragraph(vec![Inline::Text(SENTENCE.repeat(3)), reference]);
    let mut blocks = vec![marked];
    blocks.extend((0..30).map(|index| paragraph(&format!("Nr{index} {}", SENTENCE.repeat(3)))));
    anthology.chapters[0].body = blocks;
    let remark = paragraph(&SENTENCE.repeat(45));
    anthology.chapters[0].notes = vec![Note { anchor, number: 1, body: vec![remark], referrers: vec![here] }];
    let book = set(&anthology);
    let layout = layout();
    check_grid(&book, &layout);
    check_trim(&book);
    let small = |page: &Page| lines(page).iter().filter(|line| line.size < layout.size * 0.9).count();
    let with_notes: Vec<&Page> = body(&book).into_iter().filter(|page| small(page) > 0).collect();
    assert!(with_notes.len() > 1);
    let above = (layout.leading + layout.size * 0.5) / 2.0 + layout.size * 0.08;
    for page in &with_notes {
        assert!(small(page) >= 2, "page {}", page.folio);
        let (low, _) = foot(page, &layout).expect("lines");
        let steps = (low - above) / layout.leading;
        assert!((steps - steps.round()).abs() < 0.02, "page {} ends at {steps}", page.folio);
    }
}

#[test]
fn tables_of_any_size_are_divided() {
    let row = |at: usize| vec![text(&format!("Row{at}")), text("a lamp")];
    let rows: Vec<_> = (0..500).map(row).collect();
    let tall = vec![vec![text(&SENTENCE.repeat(60)), text("a lamp")]];
    for rows in [rows, tall] {
        let count = rows.len();
        let table = Table {
            caption: text("Lamps"),
            alignments: vec![Alignment::Start, Alignment::End],
            header: vec![text("Row"), text("Thing")],
            rows,
        };
        let book = set(&book_of(vec![paragraph("Before."), Block::Table(table), paragraph("Behind.")]));
        check_trim(&book);
        let printed = prose(body(&book));
        assert!(printed.contains("Behind."));
        assert!(printed.matches("a lamp").count() >= count);
    }
}

#[test]
fn a_page_with_room_for_hardly_a_line_is_still_a_page() {
    let theme = own_theme("papers: {a5: {lines: 4}}");
    let anthology = book_of(vec![paragraph(&SENTENCE.repeat(9)), Block::Quote(vec![paragraph(SENTENCE)])]);
    let book = typeset(&anthology, &Fonts::bundled(), &theme, Paper::A5);
    check_trim(&book);
    assert_eq!(prose(body(&book)).matches("villages").count(), 10);
}

#[test]
fn an_essay_with_no_text_is_an_opening_alone() {
    let book = set(&book_of(Vec::new()));
    check_trim(&book);
    assert_eq!(lines(body(&book)[0])[0].text, "Evenings");
}

#[test]
fn essays_open_on_any_page_if_the_theme_says_so() {
    let anthology = Book::new("Lamps")
        .chapter("Evenings", "Ama Mensah", vec![paragraph(SENTENCE)])
        .chapter("Mornings", "Kofi Boateng", vec![paragraph(&SENTENCE.repeat(60))])
        .build();
    let theme = own_theme("chapter: {opens: any}");
    let book = typeset(&anthology, &Fonts::bundled(), &theme, Paper::A5);
    let second = book.destination(anthology.chapters[1].anchor).expect("a place");
    assert_eq!(book.pages[second.page].folio.to_string(), "2");
    check_grid(&book, &theme.layout(Paper::A5));
    check_level(&book, &theme.layout(Paper::A5));
}

#[test]
fn an_initial_stands_on_the_line_that_it_reaches_down_to() {
    let opening = format!("“Come to the lamp,” she said. {}", SENTENCE.repeat(4));
    let anthology = book_of(vec![paragraph(&opening), paragraph(SENTENCE)]);
    for (depth, leading) in [(2, 13.5), (3, 13.5)] {
        let theme = own_theme(&format!("chapter: {{initial: {depth}}}"));
        let book = typeset(&anthology, &Fonts::bundled(), &theme, Paper::A5);
        let layout = theme.layout(Paper::A5);
        check_grid(&book, &layout);
        check_trim(&book);
        let page = body(&book)[0];
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run),
            _ => None,
        });
        let initial = runs.clone().find(|run| run.glyphs.text == "C").expect("an initial");
        let first = runs.clone().find(|run| run.glyphs.text == "ome").expect("its word");
        let quote = runs.clone().find(|run| run.glyphs.text == "“").expect("its mark");
        assert!(initial.size > layout.size * 2.0);
        assert!((first.y - initial.y - leading * (depth - 1) as f32).abs() < 0.01);
        assert!(initial.x < first.x && quote.x < initial.x, "{} {} {}", quote.x, initial.x, first.x);
        assert!(prose([page]).contains("lamp,” she said."));
    }
}
