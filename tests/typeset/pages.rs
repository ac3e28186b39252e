//! What a page may and may not look like.

use garland::anthology::Division;
use garland::anthology::{Anthology, Link, Note, Resolved};
use garland::document::{Alignment, Block, Inline, List, Numerals, Span, Table};
use garland::paged_book::{Item, Meaning};

use super::sheets::{SheetLine, body, furniture, layout, lines, prose, set};
use crate::epub::book::{Book, paragraph, text};

const SENTENCE: &str = "In most villages the evening belongs to whoever has a lamp, and the lamp \
    belongs to whoever was given a light, so that nobody remembers which house was first. ";

/// A paragraph of `count` sentences that starts with a word of its own.
fn long_paragraph(opening: &str, count: usize) -> Block<Resolved> {
    paragraph(&format!("{opening} {}", SENTENCE.repeat(count)))
}

fn book_of(body: Vec<Block<Resolved>>) -> Anthology {
    Book::new("Lamps").chapter("Evenings", "Ama Mensah", body).build()
}

fn is_body_text(line: &SheetLine) -> bool {
    (line.size - layout().size).abs() < 0.01
}

#[test]
fn every_word_is_printed_in_order() {
    let blocks: Vec<_> = (0..12).map(|index| long_paragraph(&format!("Nr{index}"), 1 + index % 4)).collect();
    let expected: Vec<String> =
        (0..12).map(|index| format!("Nr{index} {}", SENTENCE.repeat(1 + index % 4))).collect();
    let book = set(&book_of(blocks));
    let printed = prose(body(&book));
    let printed: Vec<&str> = printed.split_whitespace().collect();
    let expected = expected.join(" ");
    let expected: Vec<&str> = expected.split_whitespace().collect();
    let start = printed.iter().position(|&word| word == "Nr0").expect("the text begins");
    assert_eq!(&printed[start..start + expected.len()], expected.as_slice());
}

#[test]
fn text_stays_between_the_margins() {
    let book = set(&book_of((0..9).map(|_| long_paragraph("All", 5)).collect()));
    let layout = layout();
    for (index, page) in body(&book).into_iter().enumerate() {
        let left = if index % 2 == 0 { layout.inner } else { layout.outer };
        for line in lines(page) {
            // Marks may hang into the margin.
            assert!(line.left > left - 6.0 && line.right < left + layout.measure + 6.0, "{line:?}");
            assert!(line.baseline > layout.height - layout.top - layout.depth, "{line:?}");
        }
    }
}

#[test]
fn neither_widows_nor_orphans() {
    for sentences in 1..9 {
        let blocks = (0..30).map(|index| long_paragraph(&format!("Nr{index}"), sentences)).collect();
        let book = set(&book_of(blocks));
        let pages = body(&book);
        for page in pages.iter().take(pages.len() - 1) {
            let body_lines: Vec<SheetLine> = lines(page).into_iter().filter(is_body_text).collect();
            let (Some(first), Some(last)) = (body_lines.first(), body_lines.last()) else { continue };
            assert!(!last.text.starts_with("Nr"), "a paragraph's first line ends a page: {last:?}");
            let ends_paragraph = first.text.trim_end().ends_with("was first.");
            assert!(!ends_paragraph || first.text.starts_with("Nr"), "a paragraph's last line: {first:?}");
        }
    }
}

#[test]
fn a_heading_never_ends_a_page() {
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", Vec::new()).build();
    let mut blocks = Vec::new();
    for index in 0..40 {
        let anchor = anthology.anchors.define(Division::Chapter(0), format!("h{index}"));
        let content = text(&format!("Heading {index}"));
        blocks.push(Block::Heading { level: 2, anchor, content, span: Span::default() });
        blocks.push(long_paragraph("Text", 1 + index % 3));
    }
    anthology.chapters[0].body = blocks;
    let book = set(&anthology);
    for page in body(&book) {
        let Some(last) = lines(page).pop() else { continue };
        assert!(!last.text.starts_with("Heading"), "{last:?}");
    }
}

#[test]
fn notes_stand_on_the_page_of_their_reference() {
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", Vec::new()).build();
    let mut blocks = Vec::new();
    for index in 0..20 {
        let here = anthology.anchors.define(Division::Chapter(0), format!("r{index}"));
        let anchor = anthology.anchors.define(Division::Chapter(0), format!("n{index}"));
        let reference = Inline::Link { to: Link::Note { note: index, here }, content: Vec::new() };
        blocks.push(Block::Paragraph(vec![
            Inline::Text(format!("Mark{index}")),
            reference,
            Inline::Text(format!(" {}", SENTENCE.repeat(3))),
        ]));
        let body = vec![paragraph(&format!("Remark{index} about lamps."))];
        anthology.chapters[0].notes.push(Note { anchor, number: index + 1, body, referrers: vec![here] });
    }
    anthology.chapters[0].body = blocks;
    let book = set(&anthology);
    for page in body(&book) {
        let text = prose([page]);
        for index in 0..20 {
            let (mark, remark) = (format!("Mark{index}"), format!("Remark{index} "));
            let marked = text.split(' ').any(|word| word == format!("{mark}{}", index + 1));
            assert_eq!(marked, text.contains(&remark), "note {index} on page {}: {text}", page.folio);
        }
    }
}

#[test]
fn a_note_longer_than_a_page_is_carried_over() {
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", Vec::new()).build();
    let here = anthology.anchors.define(Division::Chapter(0), "r".to_owned());
    let anchor = anthology.anchors.define(Division::Chapter(0), "n".to_owned());
    let reference = Inline::Link { to: Link::Note { note: 0, here }, content: Vec::new() };
    anthology.chapters[0].body = vec![Block::Paragraph(vec![Inline::Text("Look".to_owned()), reference])];
    let remark = paragraph(&format!("{} Finis.", SENTENCE.repeat(60)));
    anthology.chapters[0].notes = vec![Note { anchor, number: 1, body: vec![remark], referrers: vec![here] }];
    let book = set(&anthology);
    let pages = body(&book);
    assert!(prose(pages.iter().copied()).contains("Finis."));
    let bottom = layout().height - layout().top - layout().depth;
    for line in pages.into_iter().flat_map(lines) {
        assert!(line.baseline > bottom, "{line:?}");
    }
}

#[test]
fn essays_open_on_right_hand_pages_without_running_heads() {
    let anthology = Book::new("Lamps")
        .chapter("Evenings", "Ama Mensah", vec![long_paragraph("One", 30)])
        .chapter("Mornings", "Kofi Boateng", vec![long_paragraph("Two", 2)])
        .build();
    let book = set(&anthology);
    for chapter in &anthology.chapters {
        let place = book.destination(chapter.anchor).expect("every chapter has its place");
        let page = &book.pages[place.page];
        assert!(place.page.is_multiple_of(2), "{} opens on a left-hand page", chapter.title);
        assert_eq!(furniture(page), []);
        assert_eq!(lines(page)[0].text, chapter.title);
    }
    let second = body(&book)[1];
    let heads: Vec<String> = furniture(second).into_iter().map(|line| line.text).collect();
    assert_eq!(heads, ["2Ama Mensah"]);
}

#[test]
fn front_matter_is_numbered_apart() {
    let book = set(&book_of(vec![paragraph("Short.")]));
    let folios: Vec<String> = book.pages.iter().map(|page| page.folio.to_string()).collect();
    assert_eq!(&folios[..8], ["i", "ii", "iii", "iv", "v", "vi", "1", "2"]);
}

#[test]
fn the_contents_name_the_page() {
    let anthology = Book::new("Lamps")
        .chapter("Evenings", "Ama Mensah", vec![long_paragraph("One", 60)])
        .chapter("Mornings", "Kofi Boateng", vec![long_paragraph("Two", 2)])
        .build();
    let book = set(&anthology);
    let place = book.destination(anthology.chapters[1].anchor).expect("a place");
    let folio = book.pages[place.page].folio;
    let contents: Vec<String> = lines(&book.pages[4]).into_iter().map(|line| line.text).collect();
    assert!(contents.contains(&format!("Mornings{folio}")), "{contents:?}");
    assert!(contents.contains(&"Kofi Boateng".to_owned()), "{contents:?}");
    assert!(place.page > 6, "the first essay takes several pages");
}

#[test]
fn an_address_is_broken_rather_than_run_into_the_margin() {
    let address = format!("https://example.org/{}", "a-very-long-path/".repeat(12));
    let book = set(&book_of(vec![paragraph(&format!("See {address} for more."))]));
    let layout = layout();
    for line in body(&book).into_iter().flat_map(lines) {
        assert!(line.right < layout.inner + layout.measure + 6.0, "{line:?}");
    }
    assert!(prose(body(&book)).replace(' ', "").contains(&address));
}

#[test]
fn arabic_within_english_reads_from_right_to_left() {
    let book = set(&book_of(vec![paragraph("They say العلم نور to each other.")]));
    let line =
        lines(body(&book)[0]).into_iter().find(|line| line.text.starts_with("They")).expect("the line");
    // In visual order the second word stands first.
    let (first, second) = (line.text.find("نور"), line.text.find("العلم"));
    assert!(first.is_some() && first < second, "{}", line.text);
}

#[test]
fn numbers_of_a_list_stand_left_of_its_text() {
    let items = (0..12).map(|index| vec![paragraph(&format!("Item{index}"))]).collect();
    let list = Block::List(List { start: Some(1), numerals: Numerals::default(), tight: true, items });
    let book = set(&book_of(vec![list]));
    let texts: Vec<String> = lines(body(&book)[0]).into_iter().map(|line| line.text).collect();
    assert!(texts.contains(&"1.Item0".to_owned()) && texts.contains(&"12.Item11".to_owned()), "{texts:?}");
}

#[test]
fn lists_are_counted_in_their_own_numerals() {
    for (numerals, start, labels) in [
        (Numerals::LowerLetter, 25, ["y.", "z.", "aa."]),
        (Numerals::UpperLetter, 1, ["A.", "B.", "C."]),
        (Numerals::LowerRoman, 3, ["iii.", "iv.", "v."]),
        (Numerals::UpperRoman, 1998, ["MCMXCVIII.", "MCMXCIX.", "MM."]),
        (Numerals::LowerLetter, 0, ["0.", "a.", "b."]),
    ] {
        let items = (0..3).map(|index| vec![paragraph(&format!("Item{index}"))]).collect();
        let list = Block::List(List { start: Some(start), numerals, tight: true, items });
        let book = set(&book_of(vec![list]));
        let texts: Vec<String> = lines(body(&book)[0]).into_iter().map(|line| line.text).collect();
        for (index, label) in labels.iter().enumerate() {
            assert!(texts.contains(&format!("{label}Item{index}")), "{texts:?}");
        }
    }
}

#[test]
fn the_cells_of_a_row_share_a_baseline() {
    let cell = |content: &str| text(content);
    let table = Table {
        caption: Vec::new(),
        alignments: vec![Alignment::Start, Alignment::End],
        header: vec![cell("Ring"), cell("Count")],
        rows: vec![vec![cell("Using"), cell("40")], vec![cell("Changing"), cell("7")]],
    };
    let book = set(&book_of(vec![Block::Table(table)]));
    let texts: Vec<String> = lines(body(&book)[0]).into_iter().map(|line| line.text).collect();
    for row in ["RingCount", "Using40", "Changing7"] {
        assert!(texts.contains(&row.to_owned()), "{texts:?}");
    }
}

#[test]
fn everything_printed_belongs_to_the_structure_or_says_that_it_does_not() {
    let book = set(&book_of((0..5).map(|_| long_paragraph("All", 5)).collect()));
    for item in book.pages.iter().flat_map(|page| &page.items) {
        let meaning = match item {
            Item::Text(run) => run.meaning,
            Item::Rule(rule) => rule.meaning,
            Item::Picture(picture) => picture.meaning,
        };
        if let Meaning::Content(id) = meaning {
            assert!(id.0 < book.structure.contents);
        }
    }
}

#[test]
fn setting_twice_gives_the_same_book() {
    let anthology = book_of((0..5).map(|_| long_paragraph("All", 5)).collect());
    assert_eq!(format!("{:?}", set(&anthology)), format!("{:?}", set(&anthology)));
}

#[test]
fn notes_may_refer_to_notes_and_to_themselves() {
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", Vec::new()).build();
    let mut reference = |note: usize, here: &str| {
        let here = anthology.anchors.define(Division::Chapter(0), here.to_owned());
        Inline::Link { to: Link::Note { note, here }, content: Vec::new() }
    };
    let text = vec![Block::Paragraph(vec![Inline::Text("Look".to_owned()), reference(0, "a")])];
    let first = vec![Inline::Text("First remark".to_owned()), reference(0, "b"), reference(1, "c")];
    let second = vec![Inline::Text("Second remark".to_owned()), reference(0, "d")];
    for (number, content) in [(1, first), (2, second)] {
        let anchor = anthology.anchors.define(Division::Chapter(0), format!("n{number}"));
        let body = vec![Block::Paragraph(content)];
        anthology.chapters[0].notes.push(Note { anchor, number, body, referrers: vec![anchor] });
    }
    anthology.chapters[0].body = text;
    let book = set(&anthology);
    let printed = prose([body(&book)[0]]);
    assert_eq!(printed.matches("First remark").count(), 1, "{printed}");
    assert_eq!(printed.matches("Second remark").count(), 1, "{printed}");
}
