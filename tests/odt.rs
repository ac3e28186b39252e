//! OpenDocument texts: every file in `tests/odt` holds the inside of a text and what it becomes.
//!
//! The XML around it, with its namespaces and the usual styles, goes without saying. What stands before a
//! line `@ text` goes into the automatic styles.

use std::fs;
use std::path::Path;

use garland::diagnostic::Diagnostics;
use garland::ingest::container::Converted;
use garland::ingest::odt;
use garland::manuscript::Vetoes;

use crate::harness::SEPARATOR;
use crate::word::{compare, files, show, zip};

const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:math="http://www.w3.org/1998/Math/MathML""#;
const STYLES: &str = r#"<office:styles>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"/>
<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1"/><text:list-level-style-number text:level="2" style:num-format="a"/></text:list-style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
</office:styles>
<office:master-styles><style:master-page><style:header><text:p>Running head</text:p></style:header></style:master-page></office:master-styles>"#;

pub fn document(automatic: &str, text: &str) -> Vec<u8> {
    let root = |name: &str, inside: &str| format!("<{name} {NAMESPACES}>{inside}</{name}>").into_bytes();
    let content = format!(
        "<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body>"
    );
    zip(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), root("office:document-content", &content)),
        ("styles.xml".to_owned(), root("office:document-styles", STYLES)),
        ("Pictures/1.png".to_owned(), b"a picture".to_vec()),
    ])
}

fn read(bytes: &[u8]) -> (Option<Converted>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let converted = odt::read("essays/essay.odt", bytes, &Vetoes::default(), &mut diagnostics);
    (converted, diagnostics)
}

#[test]
fn texts_become_the_html_below_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odt");
    let mut wrong = Vec::new();
    for case in files(&folder, "xml") {
        let content = fs::read_to_string(&case).expect("a readable case");
        let (source, expected) = content.split_once(SEPARATOR).unwrap_or((content.trim_end(), ""));
        let (automatic, text) = source.split_once("@ text\n").unwrap_or(("", source));
        let (converted, diagnostics) = read(&document(automatic, text));
        let shown = show(converted.as_ref(), &diagnostics);
        compare(&case, expected, &shown, &format!("{source}{SEPARATOR}{shown}"), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// `pandoc.odt` is the same Markdown as `pandoc.docx`; `libreoffice.odt` is LibreOffice 7.4's conversion of
/// `python-docx.docx`.
#[test]
fn texts_of_other_programs_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/office");
    let mut wrong = Vec::new();
    for case in files(&folder, "odt") {
        let (converted, diagnostics) = read(&fs::read(&case).expect("a readable document"));
        let shown = show(converted.as_ref(), &diagnostics);
        let golden = case.with_extension("odt.html");
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        compare(&golden, &expected, &shown, &shown, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_no_text_is_refused() {
    let codes = |bytes: &[u8]| -> Vec<&'static str> {
        let (converted, diagnostics) = read(bytes);
        assert!(converted.is_none());
        diagnostics.iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(b"text"), ["not-a-container"]);
    assert_eq!(codes(&zip(&[("a".to_owned(), Vec::new())])), ["not-a-container"]);
    assert_eq!(codes(&zip(&[("content.xml".to_owned(), b"<a>".to_vec())])), ["damaged-container"]);
    let locked = b"<manifest:encryption-data/>".to_vec();
    assert_eq!(codes(&zip(&[("META-INF/manifest.xml".to_owned(), locked)])), ["encrypted-file"]);
}
