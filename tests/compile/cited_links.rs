//! Links from running text that are cited, so that paper shows where they lead.

use garland::anthology::Link;
use garland::manifest::Links;

use super::builder::{Folder, essay, folder, heading, link, mark, paragraph, strong, text};
use crate::harness::Anthology;

fn citing() -> Folder {
    let mut folder = folder().style("ieee");
    folder.manifest.bibliography.links = Links::Cite;
    folder
}

#[test]
fn links_are_kept_unless_the_manifest_says_otherwise() {
    let book = folder()
        .essay(essay("a.md", "A").says([text("See "), link("https://one.org/", "One"), text(".")]))
        .compile();
    assert_eq!(book.chapter(0), "See One.");
    assert!(book.bibliography().is_empty());
}

#[test]
fn a_cited_link_stays_and_gets_a_source() {
    let book = citing()
        .essay(essay("a.md", "A").says([text("See "), link("https://one.org/", "The One Site"), text(".")]))
        .compile();
    assert_eq!(book.chapter(0), "See The One Site\u{a0}[1].");
    assert!(matches!(book.links(0)[0].0, Link::External(address) if address == "https://one.org/"));
    assert!(matches!(book.links(0)[1].0, Link::Source { .. }));
    assert_eq!(book.bibliography(), ["[1] The One Site. https://one.org/"]);
}

#[test]
fn an_address_is_one_source_in_the_whole_book() {
    let book = citing()
        .essay(essay("a.md", "A").says([
            text("See "),
            link("https://one.org/page", "https://one.org/page"),
            text(" or "),
            link("http://www.one.org/page/", "here"),
        ]))
        .essay(
            essay("b.md", "B")
                .says([link("https://one.org/page", "A Page on One"), text(" and"), mark("1")])
                .reference("1", [text("One: https://one.org/page")]),
        )
        .compile();
    assert_eq!(book.chapter(0), "See https://one.org/page\u{a0}[1] or here\u{a0}[1]");
    assert_eq!(book.chapter(1), "A Page on One\u{a0}[1] and\u{a0}[1]");
    assert_eq!(book.bibliography(), ["[1] A Page on One. https://one.org/page"]);
    assert_eq!(book.anthology.bibliography[0].citations.len(), 4);
}

#[test]
fn what_does_not_name_the_page_is_no_title() {
    for name in ["here", "Here", "This article", "Read more", "the report", "one.org", "https://one.org"] {
        let book = citing().essay(essay("a.md", "A").says([link("https://one.org/", name)])).compile();
        assert_eq!(book.bibliography(), ["[1] https://one.org/"], "{name}");
    }
    for name in ["“The Report”", "Report of the Year,", "1984"] {
        let book = citing().essay(essay("a.md", "A").says([link("https://one.org/", name)])).compile();
        assert_ne!(book.bibliography(), ["[1] https://one.org/"], "{name}");
    }
}

#[test]
fn headings_definitions_and_mail_are_not_cited() {
    let book = citing()
        .glossary("Word: what https://one.org/ says\n")
        .essay(
            essay("a.md", "A")
                .block(heading(2, "Plain"))
                .says([link("mailto:a@b.org", "Ask Ada"), text(" or "), strong("read")])
                .footnote("1", [text("Nine: https://nine.org/")])
                .block(paragraph([text("Cited"), mark("1")])),
        )
        .compile();
    assert_eq!(book.bibliography(), ["[1] Nine. https://nine.org/"]);
}

#[test]
fn both_editions_show_where_links_lead() {
    let built = Anthology::new()
        .manifest("bibliography: {style: ieee, links: cite}\n")
        .essay(
            "a.md",
            "# A\n\n## [Linked](https://heading.org/)\n\nRead [The Long Report](https://one.org/report), `https://code.org/`.[^1]\n\n[^1]: Nobody believed it. When asked, the people of [Two](https://two.org/x) laughed, and went home.\n",
        )
        .build();
    built.expect_clean();
    built
        .epub("text/a.xhtml")
        .contains("<a href=\"https://one.org/report\">The Long Report</a>")
        .contains("[1]")
        .contains("<a href=\"https://two.org/x\">Two</a>");
    built
        .epub_prose()
        .contains("https://one.org/report")
        .contains("https://two.org/x")
        .lacks("https://heading.org");
    if let Some(text) = built.pdf_text() {
        text.contains("The Long Report. https://one.org/report");
    }
}
