//! What the faces can do, and when they are asked to: figures, superiors, small capitals, hyphens.

use std::collections::BTreeSet;

use garland::anthology::{Anthology, Division, Link, Note};
use garland::document::{Alignment, Block, Inline, Table};
use garland::paged_book::{Item, Meaning, Page, PagedBook, TextRun};

use super::sheets::{body, furniture, layout, lines, set};
use crate::epub::book::{Book, paragraph, text};

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        Item::Rule(_) | Item::Picture(_) => None,
    })
}

/// The glyphs of what is printed so, and their widths.
fn glyphs(book: &PagedBook, wanted: &str) -> Vec<(u16, f32)> {
    let pages = body(book);
    let run = pages.iter().flat_map(|page| runs(page)).find(|run| run.glyphs.text == wanted);
    let run = run.unwrap_or_else(|| panic!("no {wanted}"));
    run.glyphs.glyphs.iter().map(|glyph| (glyph.id, glyph.advance)).collect()
}

#[test]
fn figures_are_old_style_in_text_and_lining_and_of_one_width_in_tables() {
    let table = Table {
        caption: Vec::new(),
        alignments: vec![Alignment::End],
        header: vec![text("Lamps")],
        rows: vec![vec![text("1234567890")]],
    };
    let in_table = glyphs(&set(&book_of(vec![Block::Table(table)])), "1234567890");
    let in_text = glyphs(&set(&book_of(vec![paragraph("1234567890")])), "1234567890");
    assert!(in_table.iter().zip(&in_text).all(|(table, text)| table.0 != text.0), "{in_table:?} {in_text:?}");
    assert!(in_table.iter().all(|(_, width)| *width == in_table[0].1), "{in_table:?}");
    assert!(in_text.iter().any(|(_, width)| *width != in_text[0].1), "{in_text:?}");
}

fn book_of(body: Vec<Block<garland::anthology::Resolved>>) -> Anthology {
    Book::new("Lamps").chapter("Evenings", "Ama Mensah", body).build()
}

#[test]
fn marks_of_notes_are_the_faces_own_superiors() {
    let mut anthology = book_of(Vec::new());
    let here = anthology.anchors.define(Division::Chapter(0), "here".to_owned());
    let anchor = anthology.anchors.define(Division::Chapter(0), "note".to_owned());
    let mark = Inline::Link { to: Link::Note { note: 0, here }, content: Vec::new() };
    anthology.chapters[0].body =
        vec![Block::Paragraph([text("Lamps"), vec![mark], text(" 1 lamp.")].concat())];
    let note = vec![paragraph("Told by the keeper.")];
    anthology.chapters[0].notes.push(Note { anchor, number: 1, body: note, referrers: vec![here] });
    let book = set(&anthology);
    let page = body(&book)[0];
    let ones: Vec<&TextRun> = runs(page).filter(|run| run.glyphs.text.trim() == "1").collect();
    let [mark, figure, label] = ones.as_slice() else { panic!("{} ones", ones.len()) };
    assert_ne!(mark.glyphs.glyphs[0].id, figure.glyphs.glyphs[0].id, "a glyph of its own");
    assert_eq!((mark.size, mark.y), (figure.size, figure.y), "neither made smaller nor raised");
    assert_eq!(label.glyphs.glyphs[0].id, mark.glyphs.glyphs[0].id);
}

#[test]
fn authors_stand_over_pages_in_small_capitals_and_titles_in_italics() {
    let long = "The evening belongs to whoever has a lamp. ".repeat(120);
    let book = set(&book_of(vec![paragraph(&format!("Mensah {long}"))]));
    let head = |page: &Page| -> Vec<u16> {
        let heads =
            runs(page).filter(|run| run.meaning == Meaning::Pagination && run.glyphs.text == "Mensah");
        heads.flat_map(|run| run.glyphs.glyphs.iter().map(|glyph| glyph.id)).collect()
    };
    let over = body(&book).into_iter().map(head).find(|ids| !ids.is_empty()).expect("a running head");
    let plain: Vec<u16> = glyphs(&book, "Mensah").into_iter().map(|(id, _)| id).collect();
    assert_eq!(over[0], plain[0], "a capital stays one");
    assert!(over[1..].iter().zip(&plain[1..]).all(|(small, plain)| small != plain), "{over:?} {plain:?}");
}

#[test]
fn a_long_title_is_cut_at_its_colon_or_replaced_by_the_authors_short_one() {
    let long = "The evening belongs to whoever has a lamp. ".repeat(160);
    let title = "Lamps for All: How Light Was Carried from Door to Door in the Villages along the River";
    let head = |short: Option<&str>, title: &str| {
        let mut anthology = Book::new("Lamps").chapter(title, "Ama Mensah", vec![paragraph(&long)]).build();
        anthology.chapters[0].short_title = short.map(str::to_owned);
        let book = set(&anthology);
        furniture(body(&book)[2])[0]
            .text
            .trim_end_matches(|last: char| last.is_ascii_digit())
            .trim()
            .to_owned()
    };
    assert_eq!(head(None, title), "Lamps for All");
    assert_eq!(head(Some("Light on the River"), title), "Light on the River");
    assert_eq!(head(None, "Lamps: A Life"), "Lamps: A Life");
    assert_eq!(
        head(None, "Who Lights the Lamps? On Doors, Keepers, Wicks and Villages along a River"),
        "Who Lights the Lamps?"
    );
}

#[test]
fn code_is_never_hyphenated() {
    let word = "internationalization ".repeat(80);
    let code = Block::Paragraph(vec![Inline::Code(word.clone())]);
    let hyphens = |block| {
        let book = set(&book_of(vec![block]));
        let all = body(&book).into_iter().flat_map(lines);
        all.filter(|line| line.text.trim().ends_with('\u{AD}')).count()
    };
    assert_eq!(hyphens(code), 0);
    assert!(hyphens(paragraph(&word)) > 0);
}

#[test]
fn each_kind_of_remark_looks_its_own_way() {
    let look = |kind: &str| {
        let remark = Block::Callout {
            kind: kind.to_owned(),
            title: text("Mind"),
            body: vec![paragraph("A wick burns down.")],
        };
        let book = set(&book_of(vec![remark]));
        let page = body(&book)[0];
        let items = page.items.iter().filter_map(|item| match item {
            Item::Rule(rule) => {
                Some(format!("rule {:.1} {:.2} {}", rule.width, rule.gray, rule.height > 2.0))
            }
            Item::Text(run) if run.meaning == Meaning::Decoration => Some(run.glyphs.text.clone()),
            _ => None,
        });
        items.collect::<BTreeSet<String>>()
    };
    let kinds = ["note", "tip", "important", "warning", "question", "success", "example", "todo"];
    let looks: BTreeSet<_> = kinds.iter().map(|kind| look(kind)).collect();
    assert_eq!(looks.len(), kinds.len(), "{looks:#?}");
    assert_eq!(look("Warning"), look("caution"));
    assert!(!look("something else").is_empty());
}

#[test]
fn a_heading_that_opens_a_page_has_no_blank_line_below_it() {
    let mut anthology = book_of(Vec::new());
    let mut blocks = Vec::new();
    for index in 0..60 {
        let anchor = anthology.anchors.define(Division::Chapter(0), format!("h{index}"));
        let content = text(&format!("Heading {index}"));
        blocks.push(Block::Heading { level: 2, anchor, content, span: garland::document::Span::default() });
        blocks.push(paragraph(&"The evening belongs to whoever has a lamp. ".repeat(5 + index * 7 % 11)));
    }
    anthology.chapters[0].body = blocks;
    let book = set(&anthology);
    let mut count = 0;
    for page in body(&book) {
        let lines = lines(page);
        for two in lines.windows(2).filter(|two| two[0].text.starts_with("Heading")) {
            assert!(two[0].baseline - two[1].baseline < layout().leading * 2.2, "{two:?}");
        }
        let [first, second, ..] = lines.as_slice() else { continue };
        if first.text.starts_with("Heading") {
            let below = first.baseline - second.baseline;
            assert!((below - layout().leading).abs() < 2.0, "{first:?} {second:?}");
            count += 1;
        }
    }
    assert!(count > 0, "no heading opens a page");
}
