//! The painted cover.

use garland::anthology::Contributor;
use garland::document::Person;
use garland::edition::cover;
use garland::fonts::Fonts;

use super::book::{Book, paragraph};

fn cover_of(title: &str, editor: Option<&str>, essays: usize) -> Vec<u8> {
    let mut book = Book::new(title);
    for essay in 0..essays {
        book = book.chapter(&format!("Essay {essay}"), "A", vec![paragraph("x")]);
    }
    let book = book.metadata(|metadata| {
        metadata.contributors = editor
            .map(|name| Contributor { person: Person::new(name), role: "edt".to_owned() })
            .into_iter()
            .collect();
    });
    cover::paint(&book.build(), &Fonts::bundled()).expect("the cover is painted")
}

#[test]
fn the_cover_is_an_opaque_picture_of_the_right_size() {
    let bytes = cover_of("Lamps", Some("Grace Murray"), 5);
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let reader = decoder.read_info().expect("the cover decodes");
    let info = reader.info();
    assert_eq!((info.width, info.height), (1600, 2560));
    assert!(info.trns.is_none());
}

#[test]
fn any_title_finds_room() {
    for title in [
        "",
        "A",
        "Wissenschaftskommunikationsgesellschaft",
        &"a very long title ".repeat(40),
        "ज्ञान",
        "نور 🌱",
    ] {
        assert!(!cover_of(title, None, 0).is_empty());
    }
}
