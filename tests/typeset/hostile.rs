//! What nobody should hand in, from end to end: a good page or a diagnostic, never text off the page.

use garland::anthology::{Anthology, Note, Picture, PictureFormat, PictureId, Resolved};
use garland::document::{Alignment, Block, Inline, List, Numerals, Table};
use garland::fonts::Fonts;
use garland::manifest::Paper;
use garland::typeset::{Theme, typeset};

use super::geometry::{book_of, check};
use super::sheets::{body, lines, prose, set};
use crate::epub::book::{paragraph, text};
use crate::harness::Anthology as Folder;

const SENTENCE: &str = "The evening belongs to whoever has a lamp. ";

fn table(rows: Vec<Vec<Vec<Inline<Resolved>>>>) -> Block<Resolved> {
    let columns = rows[0].len();
    Block::Table(Table {
        caption: text("Lamps"),
        alignments: vec![Alignment::Start; columns],
        header: vec![text("Column"); columns],
        rows,
    })
}

/// Every case of the list, in one essay; the second has no text at all.
fn everything() -> Anthology {
    let mut nested = vec![paragraph(SENTENCE)];
    for _ in 0..12 {
        let items = vec![nested];
        nested =
            vec![Block::List(List { start: Some(9), numerals: Numerals::UpperRoman, tight: false, items })];
    }
    let picture =
        |at| Block::Figure { picture: PictureId(at).into(), alt: String::new(), caption: text(SENTENCE) };
    let mut blocks = vec![
        paragraph(&"W".repeat(400)),
        table((0..500).map(|_| vec![text("Adanse"), text("1,204")]).collect()),
        table(vec![vec![text("x"), text(&SENTENCE.repeat(200))]]),
        paragraph(&SENTENCE.repeat(2_500)),
        picture(0),
        picture(1),
        picture(2),
        paragraph("\u{E5F1}\u{10FFFD}\u{378} no face has these."),
        table(vec![vec![text("Internationalisation"); 9]; 70]),
        Block::Math((0..60).map(|at| format!("a_{{{at}}}")).collect::<Vec<_>>().join("+")),
        Block::Math(format!(r"\frac{{{}}}{{2}}", "x+".repeat(60) + "y")),
        Block::Paragraph(vec![Inline::Math("b-".repeat(70) + "c = d")]),
    ];
    blocks.extend(nested);
    let mut anthology = book_of(blocks);
    let empty = |width, height| Picture {
        name: "none.png".to_owned(),
        format: PictureFormat::Png,
        bytes: Vec::new(),
        width,
        height,
    };
    anthology.pictures = vec![empty(0, 0), empty(40_000, 1), empty(1, 40_000)];
    let anchor = anthology.chapters[0].anchor;
    let body = vec![paragraph(&SENTENCE.repeat(200))];
    anthology.chapters[0].notes.push(Note { anchor, number: 1, body, referrers: vec![anchor] });
    let mark =
        Inline::Link { to: garland::anthology::Link::Note { note: 0, here: anchor }, content: Vec::new() };
    anthology.chapters[0].body.push(Block::Paragraph(vec![mark]));
    let mut second = anthology.chapters[0].clone();
    (second.body, second.notes, second.title) = (Vec::new(), Vec::new(), String::new());
    anthology.chapters.push(second);
    anthology.parts[0].chapters.end = 2;
    anthology
}

#[test]
fn every_glyph_of_the_worst_book_lies_inside_the_trim() {
    let anthology = everything();
    let fonts = Fonts::bundled();
    for (theme, paper) in
        [("book", Paper::A5), ("workshop", Paper::Letter), ("large-print", Paper::SixByNine)]
    {
        let theme = Theme::bundled(theme).expect("a theme");
        let book = typeset(&anthology, &fonts, &theme, paper);
        check(&book);
        assert_eq!(prose(body(&book)).matches("whoever has a lamp.").count(), 200 + 2_500 + 200 + 3 + 1);
    }
}

#[test]
fn a_formula_is_divided_at_operators_or_made_smaller_before_it_is_written_out() {
    let sum = (0..40).map(|at| format!("a_{{{at}}}")).collect::<Vec<_>>().join("+");
    let broken = set(&book_of(vec![Block::Math(format!("s={sum}"))]));
    check(&broken);
    assert_eq!(broken.wide_formulas, []);
    assert!(lines(body(&broken)[0]).len() > 3, "on several lines");
    let solid = |terms: usize| {
        let book =
            set(&book_of(vec![Block::Math(format!(r"\frac{{{}}}{{2}}", ["x"; 60][..terms].join("+")))]));
        check(&book);
        book.wide_formulas.len()
    };
    assert_eq!((solid(10), solid(18), solid(60)), (0, 0, 1), "as it is, smaller, on one line");
    let inline = set(&book_of(vec![Block::Paragraph(vec![Inline::Math(sum)])]));
    check(&inline);
    assert_eq!(inline.wide_formulas, []);
}

#[test]
fn what_cannot_be_printed_is_told() {
    let essay = |text: &str| Folder::new().essay("a.md", &format!("# Lamps\n\n{text}\n"));
    essay("A lamp \u{E5F1}.").build().expect_warning("missing-glyph");
    essay("A lamp.").file("fonts/mine.ttf", "no font at all").build().expect_warning("unusable-font");
    // The header of a PNG with no rows.
    let flat = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\0\x08\0\0\0\0\0\0\0\0";
    let built = essay("A lamp ![of none](flat.png) here.").file("flat.png", flat).build();
    assert!(
        built.diagnostics().iter().any(|told| told.message.contains("flat.png")),
        "{:?}",
        built.diagnostics()
    );
    let wide = |letter: &str| format!("$$\\frac{{{}y}}{{2}}$$", format!("{letter}+").repeat(80));
    let built = essay(&format!("Sums that are wide:\n\n{}\n\n> {}", wide("a"), wide("b"))).build();
    built.expect_warning("wide-formula");
    let told = built.diagnostics().iter().filter(|told| told.code == "wide-formula");
    let places: Vec<String> = told.filter_map(|told| Some(told.place.as_ref()?.to_string())).collect();
    assert_eq!(places, ["a.md:5:3", "a.md:7:5"]);
    let narrow = "papers: {a5: {inner: 300, outer: 300}}\n";
    let folder = essay("A lamp.").file("mine.yaml", narrow);
    folder.manifest("editions: {pdf: {theme: mine.yaml}}\n").build().expect_error("no-room");
}

#[test]
fn an_essay_without_text_is_a_page_or_is_told() {
    let built =
        Folder::new().essay("a.md", "# Lamps\n\nA lamp.\n").essay("b.md", "---\ntitle: Empty\n---\n").build();
    let told =
        built.diagnostics().iter().any(|told| told.place.as_ref().is_some_and(|place| place.file == "b.md"));
    let printed = built.pdf_text().is_none_or(|text| text.text.contains("Empty"));
    assert!(built.book().pages.is_some() && (told || printed));
}
