//! What the content documents say.

use std::collections::{BTreeMap, BTreeSet};

use garland::anthology::PictureId;
use garland::document::{Alignment, Block, Inline, Table};
use garland::manifest::Device;
use quick_xml::events::Event;

use crate::harness::Anthology;

use super::book::{Book, Epub, everything, paragraph, picture};

/// Attributes of every element, in document order.
fn elements(document: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().expect("the document is well formed") {
            Event::Eof => return elements,
            Event::Start(start) | Event::Empty(start) => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("the attribute is well formed");
                    let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
                    (key, attribute.unescape_value().expect("the value is escaped").into_owned())
                });
                elements.push((name, attributes.collect()));
            }
            _ => (),
        }
    }
}

#[test]
fn every_link_within_the_book_leads_somewhere() {
    let epub = everything().open();
    let mut places = BTreeSet::new();
    for (name, document) in epub.documents() {
        places.insert(name.to_owned());
        for (_, attributes) in elements(document) {
            if let Some(id) = attributes.get("id") {
                assert!(places.insert(format!("{name}#{id}")), "{id} is given once in {name}");
            }
        }
    }
    for (name, document) in epub.documents() {
        for (_, attributes) in elements(document) {
            let Some(href) = attributes.get("href").filter(|href| !href.contains("://")) else { continue };
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let target = match href.strip_prefix('#') {
                Some(_) => format!("{name}{href}"),
                None => format!("{folder}/{href}").replace("text/../", ""),
            };
            assert!(places.contains(&target) || target.ends_with(".css"), "{href} in {name}");
        }
    }
}

#[test]
fn notes_and_references_carry_their_meaning_and_lead_back() {
    let epub = everything().open();
    let chapter = epub.document("the-first-lamp");
    for markup in [
        "<a href=\"#note-1\" id=\"note-1-ref\" epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\">1</a>",
        "<aside id=\"note-1\" epub:type=\"footnote\" role=\"doc-footnote\">",
        "<a href=\"#note-1-ref-2\" epub:type=\"backlink\" role=\"doc-backlink\"",
        "<a href=\"bibliography.xhtml#source-1\" id=\"cite-1\" epub:type=\"biblioref\" role=\"doc-biblioref\"",
        "<a href=\"glossary.xhtml#term-model\" id=\"use-1\" epub:type=\"glossref\" role=\"doc-glossref\"",
    ] {
        assert!(chapter.contains(markup), "{markup} in {chapter}");
    }
    let bibliography = epub.document("bibliography");
    assert!(bibliography.contains(
        "Cited in <a href=\"the-first-lamp.xhtml#cite-1\" epub:type=\"backlink\" role=\"doc-backlink\" \
         class=\"backlink\" aria-label=\"The First Lamp\">The First Lamp</a>"
    ));
    let glossary = epub.document("glossary");
    assert!(glossary.contains("<dt id=\"term-model\"><dfn>model</dfn></dt>"));
}

#[test]
fn every_chapter_is_in_its_own_language_and_direction() {
    let epub = everything().open();
    assert!(epub.document("the-first-lamp").contains("lang=\"en\" xml:lang=\"en\" dir=\"ltr\">"));
    let arabic = epub.documents().find(|(_, document)| document.contains("النور")).expect("it is there").1;
    assert!(arabic.contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">"));
    assert!(
        epub.document("the-first-lamp").contains("<span lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">المعرفة")
    );
}

#[test]
fn addresses_that_lead_nowhere_stay_text() {
    let epub = everything().open();
    let chapter = epub.document("the-first-lamp");
    assert!(chapter.contains("<a href=\"https://example.org/a?b=c&amp;d=e%20f%7Cg\">a link</a>"));
    assert!(!chapter.contains("javascript"));
}

#[test]
fn file_names_do_not_clash() {
    let epub = Book::new("Names")
        .chapter("Cover", "A", vec![paragraph("one")])
        .chapter("Glossary", "B", vec![paragraph("two")])
        .open();
    assert!(epub.document("cover-2").contains("one"));
    assert!(epub.document("glossary-2").contains("two"));
}

#[test]
fn headings_are_sections_that_the_contents_list_as_deep_as_is_wished() {
    let essay = "# Deep\n\nFirst.\n\n## One & only\n\nText.\n\n### Below\n\nText.\n\n## Two\n\nText.\n";
    let nav = |depth: &str| {
        let manifest = format!("editions: {{epub: {{contents: {depth}}}}}\n");
        let built = Anthology::new().manifest(&manifest).essay("a.md", essay).build();
        built.epub("text/deep.xhtml").contains(
            "<section><h3 id=\"deep--below\">Below</h3>\n<p>Text.</p>\n</section>\n</section>\n<section><h2",
        );
        (built.epub_text("nav.xhtml"), built.epub_text("toc.ncx"))
    };
    let entry = |title: &str, id: &str| format!("<a href=\"text/deep.xhtml#deep--{id}\">{title}</a>");
    let (one, below) = (entry("One &amp; only", "one-only"), entry("Below", "below"));
    let (shallow, _) = nav("0");
    assert!(!shallow.contains(&one) && !shallow.contains(&below), "{shallow}");
    let (middle, _) = nav("1");
    assert!(middle.contains(&one) && !middle.contains(&below), "{middle}");
    let (deep, ncx) = nav("2");
    assert!(deep.contains(&one) && deep.contains(&below) && deep.contains(&entry("Two", "two")), "{deep}");
    assert!(ncx.contains("name=\"dtb:depth\" content=\"3\""), "{ncx}");
}

#[test]
fn figures_and_tables_are_listed_by_their_captions() {
    let epub = everything().open();
    let nav = epub.text("OEBPS/nav.xhtml");
    assert!(nav.contains("<a href=\"text/the-first-lamp.xhtml#figure_1\">From dark to light.</a>"), "{nav}");
    assert!(nav.contains("<a href=\"text/the-first-lamp.xhtml#table_1\">Who can use what</a>"), "{nav}");
    let plain = Book::new("Plain").chapter("One", "A", vec![paragraph("Nothing but words.")]).open();
    assert!(!plain.text("OEBPS/nav.xhtml").contains("epub:type=\"lo"), "no empty lists");
}

#[test]
fn readings_are_ruby_in_the_epub_and_stand_in_brackets_in_print() {
    const RUBY: &str = "<ruby>Gwydion<rp>(</rp><rt>gwid-yon</rt><rp>)</rp> Ffon<rt>fon</ruby>";
    let page = format!(
        "<html><head><title>Web</title></head><body><h1>Web</h1><p>Of {RUBY} we sing.</p></body></html>"
    );
    let built = Anthology::new()
        .essay("a.md", &format!("# Names\n\nOf {RUBY} we sing.\n"))
        .essay("b.html", &page)
        .build();
    for name in ["text/names.xhtml", "text/web.xhtml"] {
        built.epub(name).contains(
            "Of <ruby>Gwydion<rp>(</rp><rt>gwid-yon</rt><rp>)</rp> Ffon<rp>(</rp><rt>fon</rt><rp>)</rp></ruby> we sing.",
        );
    }
    if let Some(text) = built.pdf_text() {
        text.contains("Of Gwydion(gwid-yon) Ffon(fon) we sing.");
    }
}

#[test]
fn a_caption_that_says_what_the_picture_shows_is_heard_once() {
    let figure = |caption: &str| {
        let caption = vec![Inline::Text(caption.to_owned())];
        let body =
            vec![Block::Figure { picture: PictureId(0).into(), alt: "A green door.".to_owned(), caption }];
        Book::new("A").picture(picture("door.png")).chapter("One", "A", body).open()
    };
    let (same, other) = (figure("A green  door"), figure("At noon"));
    assert!(
        same.document("one").contains("alt=\"\"") && other.document("one").contains("alt=\"A green door.\"")
    );
    for epub in [same, other] {
        assert!(epub.text("OEBPS/content.opf").contains("conformsTo"));
    }
}

#[test]
fn rows_whose_first_cells_are_bold_are_named_by_them() {
    let cell = |text: &str| vec![Inline::Text(text.to_owned())];
    let name = |text: &str| vec![Inline::Strong(cell(text))];
    let table = Table {
        caption: cell("Lamps"),
        alignments: vec![Alignment::Start, Alignment::End],
        header: vec![cell("Lamp"), cell("Oil")],
        rows: vec![vec![name("Tall"), cell("3")], vec![name("Low"), cell("1")]],
    };
    let epub = Book::new("A").chapter("One", "A", vec![Block::Table(table)]).open();
    let document = epub.document("one");
    for part in [
        "<caption>Lamps</caption>",
        "<th scope=\"col\">Lamp</th>",
        "<th scope=\"row\"><strong>Tall</strong></th>",
    ] {
        assert!(document.contains(part), "{part} in {document}");
    }
}

#[test]
fn code_brings_the_styles_that_it_stands_in_and_wraps() {
    let code = |text: &str| vec![Inline::Code(text.to_owned())];
    let body = vec![
        Block::Paragraph(vec![Inline::Strong(code("bold")), Inline::Emphasis(code("slanted"))]),
        Block::Code { language: None, text: "plain".to_owned() },
    ];
    let epub = Book::new("A").chapter("One", "A", body).open();
    for style in ["Regular", "Bold", "Italic"] {
        assert!(epub.names().any(|name| name.ends_with(&format!("SourceCodePro-{style}.ttf"))), "{style}");
    }
    assert!(epub.text("OEBPS/stylesheet.css").contains("white-space: pre-wrap"));
    let none = Book::new("A").chapter("One", "A", vec![paragraph("x")]).open();
    assert!(none.names().all(|name| !name.contains("SourceCodePro")));
}

#[test]
fn the_language_changes_where_the_text_does() {
    let essay = "---\ntitle: A\nlang: en\n---\n<p lang=\"fr\">Une phrase.</p>\n\nA sentence.\n\n\
                 <div lang=\"ar\">\n\nالمعرفة للجميع\n\n</div>\n\nMore.\n";
    let arabic = "---\ntitle: مصباح\nlang: ar\nsource: https://example.org/\nrights: Hers\n---\nنور\n\n\
                  ## Glossary\n\n- **نور**: ضوء يرى به الناس\n";
    let built =
        Anthology::new().essay("a.md", essay).essay("b.md", arabic).manifest("language: en\n").build();
    built
        .epub("text/a.xhtml")
        .contains(
            "<p><span lang=\"fr\" xml:lang=\"fr\" dir=\"ltr\">Une phrase.</span></p>\n<p>A sentence.</p>",
        )
        .contains("<p><span lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">المعرفة للجميع</span></p>\n<p>More.</p>");
    built
        .epub("text/chapter-2.xhtml")
        .contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">\n<head>")
        .contains("<footer class=\"provenance\" lang=\"en\" xml:lang=\"en\" dir=\"ltr\">");
    built
        .epub("text/colophon.xhtml")
        .contains("<span lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\"><em>مصباح</em></span>");
    built.epub("text/glossary.xhtml").contains("<div lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">");
}

#[test]
fn a_long_description_is_heard_in_short_and_can_be_opened() {
    let long = format!("A map of the valley. {}", "The river bends around a mill and a bridge. ".repeat(8));
    let body = vec![Block::Figure { picture: PictureId(0).into(), alt: long.clone(), caption: Vec::new() }];
    let book = Book::new("A").picture(picture("map.png")).chapter("One", "A", body).build();
    let epub = Epub::of(&book);
    let document = epub.document("one");
    assert!(document.contains("alt=\"A map of the valley.\""), "{document}");
    assert!(document.contains("aria-details=\"description_1\""), "{document}");
    let opened = format!(
        "<details id=\"description_1\" class=\"description\"><summary>Description</summary><p>{long}</p></details>"
    );
    assert!(document.contains(&opened), "{document}");
    assert!(epub.text("OEBPS/content.opf").contains(">longDescriptions<"));
    let kindle = Epub::made_for(&book, Some(Device::Kindle));
    assert!(kindle.document("one").contains("<p id=\"description_1\" class=\"description\">A map"));
}

#[test]
fn an_essays_byline_leads_to_what_is_said_of_its_authors() {
    let manifest = "contributors: [{name: Ada Vale, bio: keeps a *lighthouse*.}]\nlanguage: en\n";
    let essay = "---\ntitle: On Rivers\nauthors: [Ada Vale, Bo Ash]\n---\nA river.\n";
    let built = Anthology::new().essay("a.md", essay).manifest(manifest).build();
    let link = "<p class=\"byline\"><a href=\"contributors.xhtml#";
    built.epub("text/on-rivers.xhtml").contains(link).contains("\">Ada Vale</a> and Bo Ash</p>");
}
