//! What the editor wants to stay stays, also where a file is converted before it is cleaned.

use garland::diagnostic::Diagnostics;
use garland::ingest;
use garland::manuscript::{Reading, Vetoes};

use crate::word::{Document, zip};

/// An essay's text, and the rules by which something was left out of it.
fn read(file: &str, bytes: &[u8], rules: &[&str], lines: &[(u32, u32)]) -> (String, Vec<&'static str>) {
    let keep = Vetoes { rules: rules.iter().map(|&rule| rule.to_owned()).collect(), lines: lines.to_vec() };
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare(file, bytes, Reading { keep, ..Reading::default() }, &mut diagnostics)
        .expect("an essay");
    let changes = manuscript.conversion.iter().chain(&manuscript.changes).map(|change| change.rule).collect();
    (manuscript.text, changes)
}

#[test]
fn word_documents_keep_what_they_must() {
    let deleted = "<w:r><w:t xml:space=\"preserve\">It is </w:t></w:r><w:del w:author=\"Ada\"><w:r><w:delText xml:space=\"preserve\">not </w:delText></w:r></w:del><w:r><w:t>so.</w:t></w:r>";
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Titel\"/></w:pPr><w:r><w:t>The Title</w:t></w:r></w:p><w:p>{deleted}</w:p><w:p><w:r><w:t>Second.</w:t></w:r></w:p><w:p>{deleted}</w:p>"
    );
    let bytes = Document::new(&body).bytes();
    let read = |rules: &[&str], lines: &[(u32, u32)]| read("a.docx", &bytes, rules, lines);
    assert_eq!(
        read(&[], &[]),
        (
            "<p>It is so.</p>\n<p>Second.</p>\n<p>It is so.</p>\n".to_owned(),
            vec!["removed-title", "removed-deletion", "removed-deletion"]
        )
    );
    assert_eq!(
        read(&["removed-deletion"], &[]),
        ("<p>It is not so.</p>\n<p>Second.</p>\n<p>It is not so.</p>\n".to_owned(), vec!["removed-title"])
    );
    assert_eq!(
        read(&[], &[(3, 3)]),
        (
            "<p>It is so.</p>\n<p>Second.</p>\n<p>It is not so.</p>\n".to_owned(),
            vec!["removed-title", "removed-deletion"]
        )
    );
    // The lines keep the numbers that they were reported by.
    assert_eq!(
        read(&[], &[(1, 1), (3, 3)]),
        ("<p>The Title</p><p>It is not so.</p>\n<p>Second.</p>\n<p>It is not so.</p>\n".to_owned(), vec![])
    );
}

#[test]
fn what_comes_back_into_a_list_is_in_its_item() {
    let item = |content: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"Aufzhlung\"/></w:pPr>{content}</w:p>");
    let deleted = item("<w:del w:author=\"Ada\"><w:r><w:delText>Two.</w:delText></w:r></w:del>");
    let text = |text: &str| item(&format!("<w:r><w:t>{text}</w:t></w:r>"));
    let bytes = Document::new(&format!("{}{deleted}{}", text("One."), text("Three."))).bytes();
    let (text, changes) = read("a.docx", &bytes, &["removed-deletion"], &[]);
    assert_eq!(text, "<ul>\n<li>One.\n<p>Two.</p></li>\n<li>Three.</li>\n</ul>\n");
    assert!(changes.is_empty(), "{changes:?}");
}

#[test]
fn open_document_texts_keep_what_they_must() {
    let bytes = crate::odt::document(
        "",
        "<text:p>It is<office:annotation><dc:creator>Ada</dc:creator><text:p>Is it?</text:p></office:annotation> so.</text:p>",
    );
    let (text, changes) = read("a.odt", &bytes, &["removed-comment"], &[]);
    assert_eq!((text.as_str(), changes), ("<p>It is Is it? so.</p>\n", vec!["removed-furniture"]));
    let (text, changes) = read("a.odt", &bytes, &["removed-furniture"], &[]);
    assert_eq!((text.as_str(), changes), ("<p>Running head</p><p>It is so.</p>\n", vec!["removed-comment"]));
}

#[test]
fn books_keep_what_they_must() {
    let container = "<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>";
    let package = "<package><manifest><item id=\"n\" href=\"n.xhtml\" properties=\"nav\"/><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"n\"/><itemref idref=\"a\"/></spine></package>";
    let page = |body: &str| format!("<html><body>{body}</body></html>").into_bytes();
    let files = [
        ("META-INF/container.xml", container.as_bytes().to_vec()),
        ("a.opf", package.as_bytes().to_vec()),
        ("n.xhtml", page("<h1>All the Chapters</h1>")),
        ("a.xhtml", page("<p>One.</p><p>Two.</p>")),
    ];
    let files = files.map(|(name, content)| (name.to_owned(), content));
    let read = |rules: &[&str], lines: &[(u32, u32)]| {
        let (text, changes) = read("a.epub", &zip(&files), rules, lines);
        (text.contains("All the Chapters"), changes)
    };
    assert_eq!(read(&[], &[]), (false, vec!["removed-furniture"]));
    assert_eq!(read(&["removed-furniture"], &[]), (true, vec![]));
    assert_eq!(read(&[], &[(1, 1)]), (true, vec![]));
    assert_eq!(read(&[], &[(2, 2)]), (false, vec!["removed-furniture"]));
}
