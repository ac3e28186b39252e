//! The painted cover.

use garland::anthology::Contributor;
use garland::document::Person;
use garland::edition::cover;
use garland::fonts::Fonts;

use super::book::{Book, paragraph};
use crate::harness::{Anthology, Built};

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

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let samples = vec![120; usize::from(width) * usize::from(height)];
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 60);
    encoder.encode(&samples, width, height, jpeg_encoder::ColorType::Luma).unwrap();
    bytes
}

fn with_cover(cover: &str, file: &str, bytes: Vec<u8>) -> Built {
    let manifest = format!("title: Lamps\ncover: {cover}\n");
    Anthology::new().essay("a.md", "# A\n\nWords.\n").manifest(&manifest).file(file, bytes).build()
}

#[test]
fn the_editors_picture_is_the_cover() {
    let built = with_cover(
        "{file: art/front page.jpg, alt: A lamp on a sill}",
        "art/front page.jpg",
        jpeg(1000, 1600),
    );
    built.expect_clean();
    built.epub("text/cover.xhtml").contains(
        "<img src=\"../images/cover.jpg\" alt=\"A lamp on a sill\" role=\"doc-cover\" width=\"1000\" height=\"1600\"/>",
    );
    built.epub("content.opf").contains(
        "<item media-type=\"image/jpeg\" properties=\"cover-image\" id=\"cover-image\" href=\"images/cover.jpg\"/>",
    );
    // It is used, so that nobody is told of it as left out.
    assert!(built.diagnostics().iter().all(|it| it.code != "skipped-file"));
    let said = with_cover("c.jpg", "c.jpg", jpeg(1000, 1600));
    said.epub("text/cover.xhtml").contains("alt=\"Cover: Lamps\"");
}

#[test]
fn what_is_wrong_with_a_cover_is_told() {
    with_cover("c.jpg", "c.jpg", jpeg(400, 640)).expect_warning("small-cover");
    with_cover("c.jpg", "c.jpg", jpeg(1600, 1000)).expect_warning("wide-cover");
    with_cover("c.jpg", "other.jpg", jpeg(9, 9)).expect_error("missing-file");
    let broken = with_cover("c.jpg", "c.jpg", b"no picture".to_vec());
    broken.expect_warning("unusable-cover");
    broken.epub("text/cover.xhtml").contains("images/cover.png");
    with_cover("c.svg", "c.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec())
        .expect_warning("unusable-cover");
}

#[test]
fn a_cover_that_is_too_large_is_scaled() {
    let built = with_cover("c.jpg", "c.jpg", jpeg(3000, 4800));
    built.epub("text/cover.xhtml").contains("width=\"2000\" height=\"3200\"");
}

#[test]
fn the_pdf_opens_with_the_cover_unless_the_manifest_says_no() {
    let pdf = |manifest: &str| {
        let built = Anthology::new().essay("a.md", "# A\n\nWords.\n").manifest(manifest).build();
        lopdf::Document::load_mem(built.book().pdf.as_deref().expect("a PDF")).expect("a readable PDF")
    };
    let (with, without) = (pdf("title: T\n"), pdf("title: T\neditions: {pdf: {cover: false}}\n"));
    // The inside of the cover is blank, so that right-hand pages stay right-hand pages.
    assert_eq!(with.get_pages().len(), without.get_pages().len() + 2);
    let labels = |pdf: &lopdf::Document| {
        let labels = pdf.catalog().unwrap().get(b"PageLabels").unwrap().clone();
        format!("{:?}", pdf.dereference(&labels).unwrap().1)
    };
    assert!(labels(&with).contains("Cover ") && !labels(&without).contains("Cover"), "{}", labels(&with));
    let first = with.get_dictionary(with.get_pages()[&1]).unwrap();
    let content = first.get(b"Contents").unwrap().as_reference().unwrap();
    let content = with.get_object(content).unwrap().as_stream().unwrap().decompressed_content().unwrap();
    assert!(String::from_utf8_lossy(&content).contains("/Figure <</MCID 0>> BDC"));
    let figure = with.objects.values().filter_map(|object| object.as_dict().ok()).find(|dictionary| {
        dictionary.get(b"Alt").is_ok_and(|alt| alt.as_str().is_ok_and(|alt| alt.starts_with(b"Cover: T")))
    });
    assert!(figure.is_some(), "the cover says what it is");
}
