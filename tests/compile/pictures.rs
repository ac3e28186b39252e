use garland::anthology::PictureFormat;
use garland::document::{Block, Inline, Written};

use super::builder::{essay, figure, folder, text};

/// A black GIF.
fn gif(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, width, height, &[0, 0, 0, 255, 255, 255]).unwrap();
    let buffer = vec![0; usize::from(width) * usize::from(height)].into();
    encoder.write_frame(&gif::Frame { width, height, buffer, ..gif::Frame::default() }).unwrap();
    drop(encoder);
    bytes
}

#[test]
fn pictures_are_found_measured_and_taken_once() {
    let book = folder()
        .picture("essays/img/Access Map.gif", &gif(3, 2))
        .picture("copy.gif", &gif(3, 2))
        .picture("img/access-map.gif", &gif(4, 2))
        .picture("unused.gif", &gif(9, 9))
        .essay(
            essay("essays/a.md", "A")
                .block(figure("img/Access%20Map.gif", "A map"))
                .block(figure("../copy.gif", "The map again"))
                .block(figure("/img/access-map.gif", "Another map"))
                .says([Inline::Image {
                    picture: Written { value: "COPY.gif".to_owned(), span: Default::default() }.into(),
                    alt: "And again".to_owned(),
                }]),
        )
        .compile();
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
    let pictures: Vec<_> =
        book.anthology.pictures.iter().map(|it| (it.name.as_str(), it.width, it.height, it.format)).collect();
    assert_eq!(
        pictures,
        [("access-map.gif", 3, 2, PictureFormat::Gif), ("access-map-2.gif", 4, 2, PictureFormat::Gif)]
    );
}

#[test]
fn missing_and_damaged_pictures_are_errors() {
    let book = folder()
        .picture("bad.png", b"not a picture")
        .essay(essay("a.md", "A").block(figure("gone.png", "Gone")).block(figure("bad.png", "Bad")))
        .compile();
    assert_eq!(book.problems(), ["picture", "picture"]);
    assert!(book.diagnostics.has_errors());
    assert_eq!(book.chapter(0), "Gone\nBad");
}

#[test]
fn a_picture_on_the_web_becomes_a_link() {
    let book =
        folder().essay(essay("a.md", "A").block(figure("https://example.org/x.png", "A chart"))).compile();
    assert_eq!(book.problems(), ["remote-picture"]);
    assert_eq!(book.links(0).len(), 1);
    assert_eq!(book.chapter(0), "A chart");
}

#[test]
fn a_picture_without_words_is_a_warning() {
    let captioned = Block::Figure {
        picture: Written { value: "a.gif".to_owned(), span: Default::default() }.into(),
        alt: String::new(),
        caption: vec![text("What it shows")],
    };
    let book = folder()
        .picture("a.gif", &gif(3, 2))
        .essay(essay("a.md", "A").block(figure("a.gif", "")).block(captioned))
        .compile();
    assert_eq!(book.problems(), ["missing-alt"]);
}

/// What is said of a drawing that cannot be shown.
fn refusal(svg: &str) -> String {
    let book = folder()
        .picture("a.svg", svg.as_bytes())
        .essay(essay("a.md", "A").block(figure("a.svg", "A drawing")))
        .compile();
    assert_eq!(book.problems(), ["picture"]);
    book.diagnostics.iter().next().unwrap().message.clone()
}

#[test]
fn drawings_made_to_exhaust_a_computer_are_refused() {
    let drawing = |inside: &str| {
        let names = r#"xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#;
        format!("<svg {names} width=\"9\" height=\"9\">{inside}</svg>")
    };
    let nest = |depth: usize| {
        let (open, close) = ("<g a=\"/>\" opacity=\".9\">".repeat(depth), "</g>".repeat(depth));
        drawing(&format!("{open}<rect width=\"9\" height=\"9\"/>{close}"))
    };
    assert!(refusal(&nest(300)).contains("nested more than 200 deep"));
    assert!(refusal(&nest(100_000)).contains("limit reached"));
    let doubled: String = (1..40)
        .map(|at| format!("<g id=\"a{at}\">{}</g>", format!("<use xlink:href=\"#a{}\"/>", at - 1).repeat(2)))
        .collect();
    let twice = drawing(&format!("<g id=\"a0\"><rect width=\"1\" height=\"1\"/></g>{doubled}"));
    assert!(refusal(&twice).contains("limit reached"));
    let noise = "<filter id=\"f\"><feTurbulence numOctaves=\"99999\"/></filter>\
                 <rect filter=\"url(#f)\" width=\"9\" height=\"9\"/>";
    assert!(refusal(&drawing(noise)).contains("would take minutes"));
    assert!(refusal("<svg xmlns=\"http://www.w3.org/2000/svg\"><g>").contains("never closed"));
}

#[test]
fn drawings_are_as_large_as_they_say_and_show_texts_as_paths() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="30mm"><text y="15">Aß</text></svg>"#;
    let book = folder()
        .picture("a.svg", svg.as_bytes())
        .essay(essay("a.md", "A").block(figure("a.svg", "A drawing")))
        .compile();
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
    let picture = &book.anthology.pictures[0];
    assert_eq!((picture.width, picture.height, picture.format), (114, 57, PictureFormat::Svg));
    let shown = String::from_utf8(picture.bytes.clone()).unwrap();
    assert!(shown.contains("<path") && !shown.contains("<text"), "{shown}");
    let unknown = svg.replace("Aß", "A\u{12345}");
    let book = folder()
        .picture("a.svg", unknown.as_bytes())
        .essay(essay("a.md", "A").block(figure("a.svg", "A drawing")))
        .compile();
    assert_eq!(book.problems(), ["missing-glyph"]);
}
