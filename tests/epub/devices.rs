//! The EPUBs for single kinds of e-readers: the same book, in what each of them takes.

use garland::Options;
use garland::anthology::{PictureFormat, PictureId};
use garland::document::{Block, Inline};
use garland::manifest::Device;
use quick_xml::events::Event;

use super::book::{Book, Epub, everything, paragraph, picture};
use super::golden;
use crate::harness::{Anthology, epub_file};

/// The text of an XHTML document and the text of its Kobo spans.
fn texts(xhtml: &str) -> (String, String) {
    let mut reader = quick_xml::Reader::from_str(xhtml);
    let (mut all, mut marked) = (String::new(), String::new());
    let mut spans: Vec<bool> = Vec::new();
    let mut in_body = false;
    loop {
        let event = reader.read_event().expect("well-formed XHTML");
        let piece = match event {
            Event::Eof => return (all, marked),
            Event::Start(tag) => {
                in_body |= tag.name().as_ref() == b"body";
                let class = tag.try_get_attribute("class").unwrap();
                spans.push(class.is_some_and(|class| class.value.as_ref() == b"koboSpan"));
                continue;
            }
            Event::End(_) => {
                spans.pop();
                continue;
            }
            Event::Text(text) => text.decode().unwrap().into_owned(),
            Event::GeneralRef(name) => format!("&{};", name.decode().unwrap()),
            _ => continue,
        };
        if in_body {
            all.push_str(&piece);
            if spans.contains(&true) {
                marked.push_str(&piece);
            }
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn kobos_book_unzips_to_the_golden_tree() {
    golden::compare(
        &Epub::made_for(&everything().build(), Some(Device::Kobo)),
        "tests/epub/everything.kobo.txt",
    );
}

#[test]
fn kindles_book_unzips_to_the_golden_tree() {
    let epub = Epub::made_for(&everything().build(), Some(Device::Kindle));
    golden::compare(&epub, "tests/epub/everything.kindle.txt");
}

#[test]
fn every_sentence_is_marked_for_kobo_and_no_word_is_lost() {
    let plain = everything().open();
    let kobo = Epub::made_for(&everything().build(), Some(Device::Kobo));
    for (name, document) in kobo.documents() {
        let (all, marked) = texts(document);
        assert_eq!(squeezed(&all), squeezed(&texts(plain.text(name)).0), "{name}");
        let missing = squeezed(&all).len() - squeezed(&marked).len();
        assert!(missing == 0 || document.contains("<pre") || document.contains("<math"), "{name}: {missing}");
    }
}

#[test]
fn sentences_are_counted_within_paragraphs() {
    let body = vec![
        paragraph("Ash & Elm came. Who asked? Yes."),
        Block::Paragraph(vec![
            Inline::Emphasis(vec![Inline::Text("One.".to_owned())]),
            Inline::Text(" ".to_owned()),
            Inline::Strong(vec![Inline::Text("Two.".to_owned())]),
        ]),
        Block::Figure { picture: PictureId(0).into(), alt: "A tree".to_owned(), caption: Vec::new() },
        Block::Code { language: None, text: "a. b.".to_owned() },
    ];
    let book = Book::new("A").picture(picture("tree.png")).chapter("Trees", "A", body);
    let epub = Epub::made_for(&book.build(), Some(Device::Kobo));
    let document = epub.document("trees");
    for part in [
        "<body><div id=\"book-columns\"><div id=\"book-inner\">",
        "</div></div></body>",
        "<h1 id=\"trees-title\"><span class=\"koboSpan\" id=\"kobo.1.1\">Trees</span></h1>",
        "<span class=\"koboSpan\" id=\"kobo.3.3\">Yes.</span>",
        "<em><span class=\"koboSpan\" id=\"kobo.4.1\">One.</span></em><span class=\"koboSpan\" id=\"kobo.4.2\"> </span>",
        "<pre dir=\"ltr\"><code>a. b.</code></pre>",
    ] {
        assert!(document.contains(part), "{part} in {document}");
    }
}

#[test]
fn kindle_gets_no_page_of_the_cover_no_formulas_and_no_webp() {
    let webp = {
        let mut bytes = Vec::new();
        let encoder = image_webp::WebPEncoder::new(&mut bytes);
        encoder.encode(&[9; 2 * 2 * 3], 2, 2, image_webp::ColorType::Rgb8).expect("a picture");
        bytes
    };
    let mut shown = picture("field.webp");
    (shown.format, shown.bytes, shown.width, shown.height) = (PictureFormat::Webp, webp, 2, 2);
    let body = vec![
        Block::Math("x^2".to_owned()),
        Block::Figure { picture: PictureId(0).into(), alt: "A field".to_owned(), caption: Vec::new() },
    ];
    let book = Book::new("A").picture(shown).chapter("One", "A", body).build();
    let epub = Epub::made_for(&book, Some(Device::Kindle));
    let opf = epub.text("OEBPS/content.opf");
    assert!(opf.contains("properties=\"cover-image\"") && !opf.contains("text/cover.xhtml"), "{opf}");
    assert!(!opf.contains("mathml") && !opf.contains("webp"), "{opf}");
    assert!(!epub.text("OEBPS/nav.xhtml").contains("epub:type=\"cover\""));
    assert!(epub.names().any(|name| name == "OEBPS/images/field.jpg"));
    let document = epub.document("one");
    assert!(!document.contains("<math") && document.contains("images/field.jpg"), "{document}");
    let styles = epub.text("OEBPS/stylesheet.css");
    for refused in ["margin: 0 -", "margin: -", "max-height", "::before", "position:", "text-wrap"] {
        assert!(!styles.contains(refused), "{refused}");
    }
}

#[test]
fn the_plain_epub_is_made_with_the_others_and_is_the_same() {
    let anthology = |manifest: &str, options: Options| {
        Anthology::new().essay("a.md", "# A\n\nOne. Two.\n").manifest(manifest).options(options).build()
    };
    let plain = anthology("title: T", Options::default());
    assert!(plain.book().device_epubs.is_empty());
    let by_manifest = anthology("title: T\neditions: {epub: {devices: kobo}}", Options::default());
    let options = Options { devices: vec![Device::Kobo, Device::Kindle], ..Options::default() };
    let by_option = anthology("title: T", options);
    assert_eq!(by_manifest.book().epub, plain.book().epub);
    assert_eq!(by_option.book().epub, plain.book().epub);
    let made: Vec<Device> = by_option.book().device_epubs.iter().map(|(device, _)| *device).collect();
    assert_eq!(made, [Device::Kindle, Device::Kobo]);
    let (device, bytes) = &by_manifest.book().device_epubs[0];
    assert_eq!(*device, Device::Kobo);
    epub_file(bytes, "text/a.xhtml").contains("<span class=\"koboSpan\" id=\"kobo.2.2\">Two.</span>");
}
