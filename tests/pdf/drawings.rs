//! Drawings in the PDF: paths where paths can say it all, pixels where they cannot.

use garland::anthology::PictureFormat;
use garland::edition::pdf::{self, Standards};
use garland::fonts::Fonts;
use lopdf::{Object, Stream};

use super::document::Pdf;
use super::sample::{self, Sample};

const NAMES: &str = r#"xmlns="http://www.w3.org/2000/svg" width="100" height="50""#;

/// The picture that a page shows of this drawing.
fn embedded(inside: &str) -> Stream {
    let Sample { mut anthology, book } = sample::typeset();
    anthology.pictures[0].format = PictureFormat::Svg;
    anthology.pictures[0].bytes = format!("<svg {NAMES}>{inside}</svg>").into_bytes();
    Pdf::read(pdf::write(&anthology, &book, &Fonts::bundled(), Standards::default(), None).unwrap())
        .picture_stream()
}

fn kind(stream: &Stream) -> String {
    stream
        .dict
        .get(b"Subtype")
        .and_then(Object::as_name)
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .unwrap()
}

#[test]
fn shapes_are_paths() {
    let stream = embedded(
        r##"<path d="M10 10 h20 v20 z" fill="#f00" stroke="#00f" stroke-width="2" stroke-dasharray="4 1"/>"##,
    );
    assert_eq!(kind(&stream), "Form");
    let matrix: Vec<f32> = stream
        .dict
        .get(b"Matrix")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_float().unwrap())
        .collect();
    assert_eq!(matrix, [0.01, 0.0, 0.0, -0.02, 0.0, 1.0], "a unit square, as pictures are");
    let content = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
    assert_eq!(
        content,
        "q\n1 0 0 rg\n10 10 m\n30 10 l\n30 30 l\nh\nf\nQ\n\
         q\n0 0 1 RG\n1 0 0 1 0 0 cm\n2 w 0 J 0 j 4 M\n[4 1 ] 0 d\n10 10 m\n30 10 l\n30 30 l\nh\nS\nQ\n"
    );
}

#[test]
fn gradients_opacity_and_clips_are_paths_too() {
    let stream = embedded(
        r##"<defs><linearGradient id="g"><stop offset=".2" stop-color="red"/><stop offset=".6" stop-color="blue"/></linearGradient>
        <clipPath id="c"><circle cx="20" cy="20" r="9"/></clipPath></defs>
        <g clip-path="url(#c)" opacity=".5"><rect width="30" height="30" fill="url(#g)"/><rect width="9" height="9"/></g>"##,
    );
    assert_eq!(kind(&stream), "Form");
    let content = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
    assert!(content.contains("W n\n") && content.ends_with("/O500 gs\n/F0 Do\nQ\n"), "{content}");
}

#[test]
fn what_paths_cannot_say_is_painted() {
    for inside in [
        r##"<filter id="b"><feGaussianBlur stdDeviation="4"/></filter><circle cx="50" cy="25" r="9" filter="url(#b)"/>"##,
        r##"<pattern id="p" width=".1" height=".1"><circle r="3"/></pattern><rect width="99" height="40" fill="url(#p)"/>"##,
        r##"<mask id="m"><circle cx="50" cy="25" r="9" fill="#fff"/></mask><rect width="99" height="40" mask="url(#m)"/>"##,
    ] {
        assert_eq!(kind(&embedded(inside)), "Image", "{inside}");
    }
}
