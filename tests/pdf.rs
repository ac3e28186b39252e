//! The print edition, from a small book typeset by hand.

mod composer;
mod document;
mod sample;

use garland::edition::pdf;
use garland::fonts::Fonts;

use document::Pdf;
use sample::Sample;

fn sample() -> Pdf {
    let Sample { anthology, book } = sample::typeset();
    Pdf::read(pdf::write(&anthology, &book, &Fonts::bundled()).unwrap())
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert_eq!(sample().bytes, sample().bytes);
}

#[test]
fn another_book_gets_another_identifier() {
    let Sample { anthology, mut book } = sample::typeset();
    book.structure.elements[1].language = Some("fr".to_owned());
    let other = Pdf::read(pdf::write(&anthology, &book, &Fonts::bundled()).unwrap());
    assert_ne!(sample().identifier(), other.identifier());
}

#[test]
fn structure_says_what_the_content_is() {
    let pdf = sample();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/sample.pdf"), &pdf.bytes).unwrap();
    println!("{}", pdf.structure());
}

#[test]
fn outline_nests_and_leads_to_pages() {
    assert_eq!(
        sample().outline(),
        "Contents → page 1\n\
         Erste Überschrift → page 2\n\
         \u{20}\u{20}A list, a table, a picture → page 3\n"
    );
}

#[test]
fn pages_are_labelled_as_their_folios_say() {
    assert_eq!(sample().page_labels(), [(0, "r".to_owned(), 1), (1, "D".to_owned(), 1)]);
}

#[test]
fn links_lead_where_they_say_and_dead_ones_are_left_out() {
    assert_eq!(
        sample().links(),
        [
            "page 1: Chapter one, page 1 → page 2",
            "page 2: The project’s site → https://example.org/caf%C3%A9"
        ]
    );
}

#[test]
fn every_glyph_says_something_and_words_stay_whole() {
    let text = sample().text();
    for phrase in ["Erste Überschrift", "difficult office", "Hyphen", "fine print"] {
        assert!(text.contains(phrase), "{phrase:?} is not in {text:?}");
    }
}

#[test]
fn text_that_glyphs_do_not_spell_is_written_out() {
    let pdf = sample();
    let written = pdf.replacement_texts();
    assert!(written.contains(&"السلام".to_owned()), "{written:?}");
    assert!(written.contains(&"हिन्दी".to_owned()), "{written:?}");
    assert!(!written.iter().any(|text| text.contains("office")), "{written:?}");
}

#[test]
fn metadata_agrees_in_both_places() {
    let pdf = sample();
    assert_eq!(pdf.information("Title"), "A Small Garland: Made by hand");
    assert_eq!(pdf.information("CreationDate"), "D:20250404000000Z");
    let packet = pdf.metadata_packet();
    for part in [
        "<rdf:li xml:lang=\"x-default\">A Small Garland: Made by hand</rdf:li>",
        "<xmp:CreateDate>2025-04-04T00:00:00Z</xmp:CreateDate>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">CC BY 4.0 &amp; friends</rdf:li>",
    ] {
        assert!(packet.contains(part), "{part} is not in {packet}");
    }
}

#[test]
fn a_picture_that_does_not_decode_is_named() {
    let Sample { mut anthology, book } = sample::typeset();
    anthology.pictures[0].bytes.truncate(40);
    let error = pdf::write(&anthology, &book, &Fonts::bundled()).unwrap_err();
    assert!(error.to_string().starts_with("the picture garden.png cannot be embedded"), "{error}");
}

#[test]
fn an_empty_book_is_still_a_document() {
    let Sample { anthology, .. } = sample::typeset();
    let book = garland::paged_book::PagedBook {
        width: 100.0,
        height: 100.0,
        structure: garland::paged_book::Structure::new("en"),
        ..Default::default()
    };
    let pdf = Pdf::read(pdf::write(&anthology, &book, &Fonts::bundled()).unwrap());
    assert_eq!(pdf.outline(), "");
}
