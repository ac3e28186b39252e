//! Where tables stand, and where their notes do; the lists of figures and tables.

use garland::anthology::{Anthology, Division, Link, Note, Picture, PictureId, Resolved};
use garland::document::{Alignment, Block, Inline, Shown, Table, Width};
use garland::fonts::Fonts;
use garland::manifest::Paper;
use garland::paged_book::{Folio, Item, LinkTarget, Meaning, Page, PagedBook, Rule, TextRun};
use garland::typeset::{Theme, typeset};

use super::geometry::{book_of, check};
use super::sheets::{body, layout, lines, set};
use crate::epub::book::{Text, paragraph, picture, text};

fn table(caption: &str, header: &[&str], rows: Vec<Vec<Text>>) -> Block<Resolved> {
    Block::Table(Table {
        caption: if caption.is_empty() { Vec::new() } else { text(caption) },
        alignments: vec![Alignment::Start; header.len()],
        header: header.iter().map(|cell| text(cell)).collect(),
        rows,
    })
}

fn rules(page: &Page) -> Vec<&Rule> {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.collect()
}

fn runs(page: &Page) -> Vec<&TextRun> {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    runs.collect()
}

#[test]
fn a_narrow_table_is_as_wide_as_it_wants_and_stands_where_the_theme_says() {
    let small = || book_of(vec![table("", &["Village", "Lamps"], vec![vec![text("Adanse"), text("1,204")]])]);
    let book = set(&small());
    let layout = layout();
    let rule = rules(body(&book)[0])[0];
    assert!(rule.width < layout.measure * 0.6, "{rule:?}");
    let middle = rule.x + rule.width / 2.0 - layout.inner;
    assert!((middle - layout.measure / 2.0).abs() < 0.5, "{rule:?}");
    let workshop = Theme::bundled("workshop").expect("a theme");
    let book = typeset(&small(), &Fonts::bundled(), &workshop, Paper::A4);
    let rule = rules(body(&book)[0])[0];
    assert!((rule.x - workshop.layout(Paper::A4).inner).abs() < 0.5, "{rule:?}");
    // One that is nearly as wide as the text is quite as wide.
    let wide = "the evening belongs to whoever has a lamp";
    let book = set(&book_of(vec![table("", &["Village", "Lamps"], vec![vec![text(wide), text(wide)]])]));
    assert!((rules(body(&book)[0])[0].width - layout.measure).abs() < 0.5);
}

#[test]
fn an_arabic_tables_first_column_stands_at_the_right() {
    let mut anthology =
        book_of(vec![table("", &["القرية", "المصابيح"], vec![vec![text("طنجة"), text("12")]])]);
    anthology.chapters[0].language = "ar".to_owned();
    let book = set(&anthology);
    let find = |wanted: &str| {
        runs(body(&book)[0]).into_iter().find(|run| run.glyphs.text == wanted).map(|run| run.x)
    };
    assert!(find("طنجة") > find("12"));
}

const WIDE: [&str; 7] = [
    "Representation",
    "Administration",
    "Communication",
    "Understanding",
    "Infrastructure",
    "Sovereignty",
    "Internationalisation",
];

fn wide_row() -> Vec<Text> {
    WIDE.iter().map(|word| text(word)).collect()
}

/// A note and what refers to it.
fn noted(anthology: &mut Anthology, content: &str) -> Inline<Resolved> {
    let number = anthology.chapters[0].notes.len() + 1;
    let here = anthology.anchors.define(Division::Chapter(0), format!("here-{number}"));
    let anchor = anthology.anchors.define(Division::Chapter(0), format!("note-{number}"));
    let body = vec![paragraph(content)];
    anthology.chapters[0].notes.push(Note { anchor, number, body, referrers: vec![here] });
    Inline::Link { to: Link::Note { note: number - 1, here }, content: Vec::new() }
}

#[test]
fn a_turned_tables_notes_stand_below_it_turned() {
    let mut anthology = book_of(Vec::new());
    let early = noted(&mut anthology, "Upright at the foot.");
    let late = noted(&mut anthology, "Turned below the table.");
    let mut row = wide_row();
    row[1].push(early.clone());
    row[2].push(late);
    let before = Block::Paragraph([text("Before."), vec![early]].concat());
    anthology.chapters[0].body = vec![before, table("", &WIDE, vec![row]), paragraph("After.")];
    let book = set(&anthology);
    check(&book);
    let said = |word: &str| {
        let mut pages = body(&book).into_iter().enumerate();
        pages.find_map(|(at, page)| {
            runs(page).into_iter().find(|run| run.glyphs.text == word).map(|run| (at, run.turned))
        })
    };
    assert_eq!(said("Turned"), said("Understanding"), "on the page of its table");
    assert_eq!(said("Turned").map(|(_, turned)| turned), Some(true));
    assert_eq!(said("Upright"), Some((0, false)));
}

#[test]
fn two_small_turned_tables_share_a_page() {
    let wide = || table("", &WIDE, vec![wide_row(), wide_row()]);
    let turned = |blocks| {
        let book = set(&book_of(blocks));
        check(&book);
        body(&book).into_iter().filter(|page| runs(page).iter().any(|run| run.turned)).count()
    };
    assert_eq!(turned(vec![wide(), wide()]), 1);
    assert_eq!(turned(vec![wide(), paragraph("Between."), wide()]), 2);
}

#[test]
fn text_flows_past_the_pages_of_a_turned_table() {
    let rows = (0..45).map(|_| wide_row()).collect();
    let text = "The evening belongs to whoever has a lamp. ".repeat(9);
    let blocks = [vec![paragraph(&text), table("", &WIDE, rows)], vec![paragraph(&text); 12]].concat();
    let book = set(&book_of(blocks));
    check(&book);
    let pages = body(&book);
    let is_turned = |page: &Page| runs(page).iter().any(|run| run.turned);
    let first = pages.iter().position(|page| is_turned(page)).expect("a turned page");
    let count = pages.iter().filter(|page| is_turned(page)).count();
    assert!(count > 1 && pages[first..first + count].iter().all(|page| is_turned(page)), "one after another");
    let lowest = lines(pages[first - 1]).last().map(|line| line.baseline);
    let layout = layout();
    let foot = layout.height - layout.top - layout.depth;
    assert!(lowest.is_some_and(|lowest| lowest < foot + layout.leading * 2.0), "{lowest:?} {foot}");
}

#[test]
fn figures_and_tables_with_captions_are_listed_after_the_contents() {
    let figure = |caption: &str| Block::Figure {
        picture: PictureId(0).into(),
        alt: "a lamp".to_owned(),
        caption: if caption.is_empty() { Vec::new() } else { text(caption) },
    };
    let long = paragraph(&"The evening belongs to whoever has a lamp. ".repeat(120));
    let mut anthology = book_of(vec![
        figure("A lamp at evening."),
        figure(""),
        long,
        figure(
            "Another, with a caption that goes on. And on and on, in words that nobody would look for in a list of figures at all.",
        ),
        table("Lamps by village", &["Village"], vec![vec![text("Adanse")]]),
    ]);
    anthology.pictures.push(picture("lamp.png"));
    let book = set(&anthology);
    check(&book);
    let listed = contents(&book);
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    assert_eq!(listed[..2], ["Contents", "Evenings1"]);
    let [figures, lamp, another, tables, village] = listed[listed.len() - 5..] else { panic!("{listed:?}") };
    assert_eq!((figures, tables, lamp), ("Figures", "Tables", "A lamp at evening1"));
    assert!(
        another.starts_with("Another, with a caption that goes on")
            && another.ends_with(|last: char| last.is_ascii_digit()),
        "{another}"
    );
    assert!(village.starts_with("Lamps by village"));
    let points = book.pages.iter().flat_map(|page| &page.links).filter_map(|link| match link.target {
        LinkTarget::Point(place) => Some(place),
        _ => None,
    });
    let shows = |page: &Page| page.items.iter().any(|item| matches!(item, Item::Picture(_)));
    let points: Vec<_> = points.collect();
    assert_eq!(points.len(), 3);
    assert!(points[..2].iter().all(|place| shows(&book.pages[place.page])), "{points:?}");
    let bare = set(&book_of(vec![paragraph("Text.")]));
    assert!(!contents(&bare).iter().any(|line| line.contains("Figures") || line.contains("Tables")));
}

/// The lines of the contents without their dots.
fn contents(book: &PagedBook) -> Vec<String> {
    let front = book.pages.iter().filter(|page| matches!(page.folio, Folio::Roman(_)));
    let with_contents =
        |page: &&Page| lines(page).first().is_some_and(|line| line.text.starts_with("Contents"));
    let pages = front.skip_while(|page| !with_contents(page));
    let lines = pages.flat_map(lines).map(|line| line.text.trim().to_owned());
    lines.filter(|line| !line.contains("Mensah")).collect()
}

#[test]
fn a_list_that_a_colon_announces_stands_right_below_it() {
    let list = || {
        let items = ["one", "two"].map(|item| vec![paragraph(item)]).to_vec();
        Block::List(garland::document::List { start: None, numerals: Default::default(), tight: true, items })
    };
    let gap = |before: &str| {
        let book = set(&book_of(vec![paragraph(before), list()]));
        let all = lines(body(&book)[0]).split_off(2);
        ((all[0].baseline - all[1].baseline) / layout().leading).round()
    };
    assert_eq!((gap("These are needed:"), gap("These are not announced.")), (1.0, 2.0));
    assert!(runs(body(&set(&book_of(vec![list()])))[0]).iter().all(|run| run.meaning != Meaning::Decoration));
}

#[test]
fn pictures_are_as_wide_as_their_authors_want_and_no_wider_than_the_measure() {
    let widths = [
        None,
        Some(Width::Share(0.5)),
        Some(Width::Points(40.0)),
        Some(Width::Pixels(96.0)),
        Some(Width::Points(9_999.0)),
    ];
    let figure = |width| Block::Figure {
        picture: Shown { picture: PictureId(0), width },
        alt: "a lamp".to_owned(),
        caption: Vec::new(),
    };
    let mut anthology = book_of(widths.map(figure).to_vec());
    anthology.pictures.push(Picture { width: 150, height: 15, ..picture("lamp.png") });
    let book = set(&anthology);
    check(&book);
    let shown = book.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Picture(picture) => Some(picture.width),
        _ => None,
    });
    let measure = layout().measure;
    let wanted = [72.0, measure / 2.0, 40.0, 72.0, measure];
    let differences = shown.zip(wanted).map(|(shown, wanted): (f32, f32)| (shown - wanted).abs());
    assert_eq!(differences.filter(|difference| *difference < 0.01).count(), wanted.len());
}
