//! A book as an essay.

use std::io::{Cursor, Write};

use garland::diagnostic::Diagnostics;
use garland::ingest;
use garland::manuscript::Reading;
use garland::parse;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn book() -> Vec<u8> {
    let parts: [(&str, &str); 6] = [
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<?xml version=\"1.0\"?><container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>",
        ),
        (
            "OEBPS/book.opf",
            "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata><dc:title>Two Ponds</dc:title><dc:creator>Sela Rook</dc:creator><dc:language>en</dc:language><dc:date>2019-03-01</dc:date></metadata><manifest><item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\"/><item id=\"a\" href=\"text/a.xhtml\"/><item id=\"b\" href=\"text/b.xhtml\"/><item id=\"p\" href=\"pond.png\"/></manifest><spine><itemref idref=\"nav\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>",
        ),
        (
            "OEBPS/nav.xhtml",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><nav><ol><li><a href=\"text/a.xhtml\">The first</a></li></ol></nav></body></html>",
        ),
        (
            "OEBPS/text/a.xhtml",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>a</title></head><body><h1>The first</h1><p>It froze.<a epub:type=\"noteref\" href=\"#n\">1</a> See <a href=\"b.xhtml\">the other</a>.</p><img src=\"../pond.png\" alt=\"A pond\"/><aside epub:type=\"footnote\" id=\"n\"><p>In March.</p></aside></body></html>",
        ),
        (
            "OEBPS/text/b.xhtml",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>The other</h1><p>It did not. <a href=\"a.xhtml#n\">As said.</a></p></body></html>",
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.start_file("OEBPS/pond.png", SimpleFileOptions::default()).expect("a part");
    zip.write_all(b"not looked at").expect("its content");
    zip.finish().expect("a container").into_inner()
}

#[test]
fn documents_become_sections() {
    let mut diagnostics = Diagnostics::new();
    let manuscript =
        ingest::prepare("in/ponds.epub", &book(), Reading::default(), &mut diagnostics).expect("an essay");
    assert_eq!(manuscript.metadata.title.as_deref(), Some("Two Ponds"));
    assert_eq!(manuscript.metadata.authors[0].name, "Sela Rook");
    let (document, _) = parse::parse(&manuscript, &mut diagnostics);
    let shown = super::super::parse::dump::document(&document);
    let body: Vec<&str> = shown.split("\n\n").nth(1).unwrap_or_default().lines().collect();
    assert_eq!(
        body,
        [
            "h2 #part-1 The first",
            "p It froze.‹note=part-1-n 1› See ‹→#part-2 the other›.",
            "figure ponds.epub/OEBPS/pond.png alt=\"A pond\" caption=\"\"",
            "h2 #part-2 The other",
            "p It did not. ‹→#part-1-n As said.›",
            "footnote part-1-n",
            "  p In March.",
        ]
    );
    let changes: Vec<&str> = manuscript.conversion.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(changes, ["The first"]);
}

#[test]
fn what_is_no_book_is_refused() {
    let mut diagnostics = Diagnostics::new();
    assert!(ingest::prepare("a.epub", b"PK\x03\x04 no", Reading::default(), &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
}
