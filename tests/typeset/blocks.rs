//! What each kind of block looks like in print.

use garland::anthology::{Anthology, Resolved};
use garland::document::{Alignment, Block, Inline, List, Numerals, Table};
use garland::fonts::{Fonts, Style};
use garland::paged_book::{Item, Meaning, PagedBook, TextRun};

use super::geometry::{book_of, check};
use super::sheets::{SheetLine, body, layout, lines, prose, set};
use crate::epub::book::{Text, paragraph, text};

fn set_blocks(blocks: Vec<Block<Resolved>>) -> PagedBook {
    let book = set(&book_of(blocks));
    check(&book);
    book
}

/// The lines of the first page below its opening.
fn printed(blocks: Vec<Block<Resolved>>) -> Vec<SheetLine> {
    lines(body(&set_blocks(blocks))[0]).split_off(2)
}

fn texts(lines: &[SheetLine]) -> Vec<&str> {
    lines.iter().map(|line| line.text.trim()).collect()
}

fn runs(book: &PagedBook) -> Vec<&TextRun> {
    let items = book.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Text(run) => Some(run),
            _ => None,
        })
        .collect()
}

fn table(header: &[&str], rows: Vec<Vec<Text>>) -> Block<Resolved> {
    Block::Table(Table {
        caption: Vec::new(),
        alignments: vec![Alignment::Start; header.len()],
        header: header.iter().map(|cell| text(cell)).collect(),
        rows,
    })
}

fn code(language: &str, source: &str) -> Block<Resolved> {
    Block::Code { language: Some(language.to_owned()), text: source.to_owned() }
}

/// The words of a listing that are set so.
fn words_in(language: &str, source: &str, style: Style, gray: bool) -> String {
    let fonts = Fonts::bundled();
    let book = set_blocks(vec![code(language, source)]);
    let wanted = |run: &&TextRun| {
        let face = fonts.face(run.glyphs.face);
        face.name.starts_with("SourceCode") && face.style == style && (run.gray > 0.0) == gray
    };
    runs(&book).into_iter().filter(wanted).map(|run| run.glyphs.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn keywords_are_bold_remarks_slanted_and_quoted_text_grey() {
    let rust =
        "fn light<'a>(c: char) -> &'a str { // borrow\n    if c == '\"' { \"let it\" } else { \"\" }\n}";
    assert_eq!(words_in("rust", rust, Style::Bold, false), "fn if else");
    assert_eq!(words_in("rust", rust, Style::Italic, true), "// borrow");
    assert_eq!(words_in("Rust,ignore", rust, Style::Regular, true), "'\"' \"let it\" \"\"");
    let python = "def f():\n    \"\"\"not if\n    nor else\"\"\"\n    return 'it''s' # don't";
    assert_eq!(words_in("python", python, Style::Bold, false), "def return");
    assert_eq!(words_in("yaml", "title: a # b\nurl: x#y", Style::Bold, false), "title url");
    assert_eq!(words_in("html", "<p class=\"if\">if</p>", Style::Bold, false), "p p");
    assert_eq!(words_in("sql", "SELECT a from b -- c", Style::Bold, false), "SELECT from");
    assert_eq!(words_in("klingon", "if fn let # x", Style::Bold, false), "");
}

#[test]
fn a_long_line_of_code_says_where_it_goes_on() {
    let source = format!("    let lamps = [{}];\nlet one = 1;", "lamp, ".repeat(20).trim());
    let book = set_blocks(vec![code("rust", &source)]);
    let all = lines(body(&book)[0]).split_off(2);
    let signs = runs(&book).into_iter().filter(|run| run.glyphs.text == "→").collect::<Vec<_>>();
    assert_eq!(signs.len(), all.len() - 2, "one before every line but the author's own");
    assert!(signs.iter().all(|run| run.meaning == Meaning::Decoration));
    assert!(all[1].left > all[0].left && all[2].left == all[1].left, "{all:?}");
    assert!(all.last().is_some_and(|line| line.text.starts_with("let one")));
}

#[test]
fn hostile_listings_take_no_longer_than_others() {
    for source in ["\\\"".repeat(40_000), "'".repeat(40_000), "/*".repeat(40_000), "\" ".repeat(40_000)] {
        set_blocks(vec![code("rust", &source)]);
    }
}

#[test]
fn a_quotation_before_the_text_is_an_epigraph_and_who_said_it_stands_at_the_far_side() {
    let quote = || Block::Quote(vec![paragraph("A lamp loses nothing."), paragraph("— Erin Majors")]);
    let all = printed(vec![quote(), paragraph("The evening belongs to whoever has a lamp."), quote()]);
    assert_eq!(texts(&all)[..2], ["A lamp loses nothing.", "— Erin Majors"]);
    let (left, right) = (layout().inner, layout().inner + layout().measure);
    assert!(all[0].left > left + layout().measure * 0.25, "{:?}", all[0]);
    assert!((all[1].right - right).abs() < 2.0, "{:?}", all[1]);
    assert!(all[3].left < left + 20.0 && all[4].left > all[3].right, "{all:?}");
}

#[test]
fn verse_is_set_as_far_in_as_its_author_set_it_and_long_lines_are_turned_over() {
    let long = "but a doubling of the light that falls on everything in the room and out of the window";
    let verse = ["A lamp at evening,", "\u{A0}\u{A0}\u{A0}\u{A0}and a second,", long].map(text).to_vec();
    let all = printed(vec![paragraph("Text."), Block::Verse(verse)]);
    let [_, first, second, third, turned] = all.as_slice() else { panic!("{all:?}") };
    assert!(second.left > first.left + 10.0 && (third.left - first.left).abs() < 1.0, "{all:?}");
    assert!(turned.left > first.left + 15.0, "{all:?}");
}

#[test]
fn a_task_has_its_box_in_place_of_a_bullet() {
    let items = vec![vec![paragraph("☐ to do")], vec![paragraph("☑ done")], vec![paragraph("else")]];
    let list = List { start: None, numerals: Numerals::default(), tight: true, items };
    let all = printed(vec![Block::List(list)]);
    assert_eq!(texts(&all), ["☐to do", "☑done", "•else"]);
}

#[test]
fn remarks_are_named_in_the_books_language() {
    let remark = || Block::Callout { kind: "warning".into(), title: Vec::new(), body: vec![paragraph("x")] };
    let mut anthology: Anthology = book_of(vec![remark()]);
    anthology.metadata.language = "fr".to_owned();
    assert!(prose(body(&set(&anthology))).contains("Avertissement"));
}

#[test]
fn a_tables_head_stands_above_every_pages_share() {
    let rows = (0..500).map(|at| vec![text(&format!("Row {at}")), text("1,204")]).collect();
    let book = set_blocks(vec![table(&["Village", "Lamps"], rows)]);
    let pages = body(&book);
    let (mut heads, mut content) = (0, 0);
    for run in pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Text(run) if run.glyphs.text == "Village" => Some(run),
        _ => None,
    }) {
        heads += 1;
        content += usize::from(matches!(run.meaning, Meaning::Content(_)));
    }
    let shares = pages.iter().filter(|page| lines(page).iter().any(|line| line.text.contains("Row"))).count();
    assert!(shares > 5 && heads == shares, "{heads} heads on {shares} pages");
    assert_eq!(content, 1, "only the first is read");
    assert_eq!(prose(pages).matches("Row").count(), 500);
}

#[test]
fn a_cell_taller_than_a_page_goes_on_overleaf() {
    let tall = "The evening belongs to whoever has a lamp. ".repeat(300);
    let book = set_blocks(vec![table(
        &["a", "b"],
        vec![vec![text(&tall), text(&tall)], vec![text("x"), text("y")]],
    )]);
    assert_eq!(prose(body(&book)).matches("whoever").count(), 600);
    assert!(body(&book).len() > 3);
}

#[test]
fn a_table_too_wide_for_the_page_is_turned() {
    let words = [
        "Representation",
        "Administration",
        "Communication",
        "Understanding",
        "Infrastructure",
        "Sovereignty",
    ];
    let rows = (0..60).map(|_| words.iter().map(|word| text(word)).collect()).collect();
    let book = set_blocks(vec![paragraph("Before."), table(&words, rows), paragraph("After.")]);
    let turned: Vec<&TextRun> = runs(&book).into_iter().filter(|run| run.turned).collect();
    let read = turned.iter().filter(|run| matches!(run.meaning, Meaning::Content(_))).count();
    assert_eq!(read, 61 * words.len());
    assert!(turned.len() > read, "its head is repeated");
    let upright = set_blocks(vec![table(&words[..2], vec![vec![text("a"), text("b")]])]);
    assert!(runs(&upright).iter().all(|run| !run.turned));
}

#[test]
fn tables_of_any_number_of_columns_stay_on_the_page() {
    for count in [1, 7, 14, 40, 120] {
        let header: Vec<String> = (0..count).map(|at| format!("Column{at}")).collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let rows = (0..3).map(|_| vec![text("1,204.50"); count]).collect();
        set_blocks(vec![table(&header, rows)]);
    }
}

#[test]
fn twelve_levels_of_lists_stay_on_the_page() {
    let mut nested = vec![paragraph(&"The evening belongs to whoever has a lamp. ".repeat(3))];
    for level in 0..12 {
        let start = (level % 2 == 0).then_some(98);
        let items = vec![nested.clone(), nested];
        let items = if level < 4 { items } else { items.into_iter().take(1).collect() };
        nested = vec![Block::List(List { start, numerals: Numerals::default(), tight: true, items })];
    }
    let book = set_blocks(nested);
    assert_eq!(prose(body(&book)).matches("whoever").count(), 48);
}

#[test]
fn numbers_of_a_list_end_on_the_same_full_stop() {
    let items = (0..4).map(|_| vec![Block::Paragraph(vec![Inline::Text("Item".into())])]).collect();
    let list = List { start: Some(8), numerals: Numerals::default(), tight: true, items };
    let book = set_blocks(vec![Block::List(list)]);
    let mut stops: Vec<f32> = runs(&book)
        .into_iter()
        .filter(|run| ["8.", "9.", "10.", "11."].contains(&run.glyphs.text.as_str()))
        .map(|run| run.x + run.width())
        .collect();
    stops.sort_by(f32::total_cmp);
    assert!(stops.len() == 4 && stops[3] - stops[0] < 0.1, "{stops:?}");
}
