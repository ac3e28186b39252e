//! Nothing is ever printed off the page, whatever the essays hold.

use garland::anthology::{Anthology, Note, Resolved};
use garland::diagnostic::Diagnostics;
use garland::document::{Alignment, Block, Inline, List, Numerals, Table};
use garland::fonts::Fonts;
use garland::manifest::Paper;
use garland::paged_book::{Item, Page, PagedBook};
use garland::typeset::{Theme, typeset};

use super::sheets::{body, layout, lines, prose, set};
use crate::epub::book::{Book, paragraph, text};

fn book_of(body: Vec<Block<Resolved>>) -> Anthology {
    Book::new("Lamps").chapter("Evenings", "Ama Mensah", body).build()
}

/// Every glyph, rule and picture lies inside the trim.
fn check(book: &PagedBook) {
    for page in &book.pages {
        check_page(book, page);
    }
}

fn check_page(book: &PagedBook, page: &Page) {
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

/// What nobody should write, one to a paragraph.
fn hostile() -> Vec<String> {
    vec![
        "W".repeat(600),
        format!("see {} there", "Donaudampfschifffahrts".repeat(20)),
        "A\u{A0}".repeat(300),
        "المكتبة".repeat(60),
        format!("before {} after", "שלום".repeat(80)),
        "क्षत्रिय".repeat(60),
        "\u{200B}".repeat(2_000),
        format!("a{}", "\u{301}".repeat(2_000)),
        "-".repeat(500),
        "—".repeat(300),
        "https://example.org/".to_owned() + &"ethics".repeat(60),
        "a_".repeat(200),
        "\u{AD}".repeat(400),
        "abc\u{AD}".repeat(100),
        "\u{202E}mirrored\u{202C} ".repeat(50),
        "(עברית) [english] ".repeat(40),
        "👩‍👩‍👧".repeat(120),
    ]
}

#[test]
fn hostile_words_stay_on_the_page() {
    let blocks: Vec<Block<Resolved>> = hostile().iter().map(|text| paragraph(text)).collect();
    let book = set(&book_of(blocks));
    check(&book);
    let layout = layout();
    for (index, page) in body(&book).into_iter().enumerate() {
        let left = if index % 2 == 0 { layout.inner } else { layout.outer };
        for line in lines(page) {
            assert!(line.left > left - 7.0 && line.right < left + layout.measure + 7.0, "{line:?}");
        }
    }
}

#[test]
fn hostile_words_stay_on_the_page_in_every_block() {
    let mut blocks = Vec::new();
    for word in hostile() {
        let mut nested = vec![paragraph(&word)];
        for _ in 0..12 {
            nested = vec![Block::List(List {
                start: Some(1),
                numerals: Numerals::default(),
                tight: true,
                items: vec![nested],
            })];
        }
        blocks.extend(nested);
        blocks.push(Block::Quote(vec![paragraph(&word)]));
        blocks.push(Block::Code { language: None, text: word.clone() });
        blocks.push(Block::Paragraph(vec![
            Inline::Strong(text(&word)),
            Inline::Code(word.clone()),
            Inline::SmallCaps(text(&word)),
            Inline::Superscript(text(&word)),
        ]));
        blocks.push(Block::Table(Table {
            caption: text(&word),
            alignments: vec![Alignment::Start, Alignment::End, Alignment::Center],
            header: vec![text(&word), text("b"), text("c")],
            rows: vec![vec![text("a"), text(&word), text(&word)]],
        }));
    }
    check(&set(&book_of(blocks)));
}

#[test]
fn hostile_titles_and_notes_stay_on_the_page() {
    let word = "Donaudampfschifffahrt".repeat(12);
    let mut anthology = Book::new(&word).chapter(&word, &word, vec![paragraph("Text.")]).build();
    let anchor = anthology.chapters[0].anchor;
    let body = vec![paragraph(&word)];
    anthology.chapters[0].notes.push(Note { anchor, number: 1, body, referrers: vec![anchor] });
    check(&set(&anthology));
}

#[test]
fn a_paragraph_of_twenty_thousand_words_is_set() {
    let long = "It would be a poor lamp that burned less brightly because another was lit. ".repeat(1_400);
    let book = set(&book_of(vec![paragraph(&long)]));
    check(&book);
    assert_eq!(prose(body(&book)).matches("lamp that").count(), 1_400);
}

#[test]
fn an_address_breaks_at_its_marks_and_inside_a_word_only_as_a_last_resort() {
    let address = "https://www.example.org/en/artificial-intelligence/recommendation-ethics.html?topic=ethics&year=2025";
    for padding in 0..40 {
        let book = set(&book_of(vec![paragraph(&format!("{} {address} follows.", "x ".repeat(padding)))]));
        let set: Vec<String> =
            lines(body(&book)[0]).into_iter().map(|line| line.text.trim().to_owned()).collect();
        for two in set.windows(2) {
            let (Some(before), Some(after)) = (two[0].chars().next_back(), two[1].chars().next()) else {
                continue;
            };
            let inside = address.contains(&format!("{before}{after}")) && !two[0].ends_with(' ');
            let in_address = inside && two[0].contains("://") && !two[0].contains("2025");
            assert!(!in_address || before == '/' || ".-?&=_".contains(after), "{two:?}");
        }
        assert!(!set.iter().any(|line| line.contains("e-") && line.ends_with('\u{AD}')), "{set:?}");
    }
}

#[test]
fn words_are_divided_as_the_manifest_says() {
    let filler = "x ".repeat(3);
    let word = "Extraordinarytermination";
    let mut anthology = book_of(vec![paragraph(&format!("{filler}{}", format!("{word} ").repeat(30)))]);
    anthology.hyphenation = vec!["extra-ordinarytermination".to_owned()];
    let divided = |anthology: &Anthology| -> Vec<String> {
        let book = set(anthology);
        let lines = lines(body(&book)[0]);
        let last_words = lines.iter().filter_map(|line| line.text.trim().strip_suffix('\u{AD}'));
        last_words.filter_map(|text| text.rsplit(' ').next().map(str::to_owned)).collect()
    };
    let divided_so = divided(&anthology);
    assert!(!divided_so.is_empty() && divided_so.iter().all(|part| part == "Extra"), "{divided_so:?}");
    anthology.hyphenation = vec![word.to_owned()];
    assert_eq!(divided(&anthology), Vec::<String>::new());
}

#[test]
fn a_theme_may_ask_for_acronyms_in_small_capitals() {
    let glyphs = |theme: &str| -> Vec<u16> {
        let theme = Theme::read("mine.yaml", theme, &mut Diagnostics::new());
        let book = typeset(&book_of(vec![paragraph("UNESCO")]), &Fonts::bundled(), &theme, Paper::A5);
        let runs = body(&book)[0].items.iter().filter_map(|item| match item {
            Item::Text(run) if run.glyphs.text == "UNESCO" => Some(run),
            _ => None,
        });
        runs.flat_map(|run| run.glyphs.glyphs.iter().map(|glyph| glyph.id)).collect()
    };
    let (large, small) = (glyphs("inherits: book"), glyphs("text: {acronyms: small-capitals}"));
    assert_eq!((large.len(), small.len()), (6, 6));
    assert!(large.iter().zip(&small).all(|(large, small)| large != small), "{large:?} {small:?}");
}

#[test]
fn soft_hyphens_are_where_a_word_is_divided_and_capitals_never_are() {
    let soft = "Silbentren\u{AD}nungsprogramm ".repeat(30);
    let book = set(&book_of(vec![paragraph(&soft), paragraph(&"INTERNATIONALIZATION ".repeat(30))]));
    for line in body(&book).into_iter().flat_map(lines) {
        if let Some(part) = line.text.trim().strip_suffix('\u{AD}') {
            assert!(part.ends_with("Silbentren"), "{line:?}");
        }
    }
}
