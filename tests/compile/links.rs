use garland::anthology::{Division, Link};

use super::builder::{Text, essay, folder, heading, link, text, wikilink};

/// Where the first link of a book of two essays leads: `chapter id`, address, or nothing.
fn leads(inline: Text) -> String {
    let book = folder()
        .essay(essay("one.md", "One").says([inline]).block(heading(2, "On Access!")))
        .essay(essay("essays/02-open_Doors.md", "Doors, Open").block(heading(2, "The Key")))
        .compile();
    let found = match book.links(0).first() {
        Some((Link::Place(anchor), _)) => {
            let place = book.anthology.anchors.place(*anchor);
            assert!(matches!(place.division, Division::Chapter(_)));
            place.id.clone()
        }
        Some((Link::External(address), _)) => address.clone(),
        _ => "nothing".to_owned(),
    };
    let problems = book.problems();
    if problems.is_empty() { found } else { format!("{found}, {}", problems.join(", ")) }
}

#[test]
fn links_find_essays_by_path_name_title_and_slug() {
    for page in
        ["essays/02-open_Doors", "02-open doors", "open-doors", "Doors, Open", "DOORS OPEN", "doors-open"]
    {
        assert_eq!(leads(wikilink(page, None, "x")), "doors-open", "{page}");
    }
    for address in ["essays/02-open_Doors.md", "./essays/02-open_Doors.md", "/essays/02-open_doors.html"] {
        assert_eq!(leads(link(address, "x")), "doors-open", "{address}");
    }
    assert_eq!(leads(link("https%3A", "x")), "nothing, unresolved-link");
}

#[test]
fn links_find_headings() {
    assert_eq!(leads(link("#on-access", "x")), "one--on-access");
    assert_eq!(leads(link("#On%20Access", "x")), "one--on-access");
    assert_eq!(leads(wikilink("", Some("On access"), "x")), "one--on-access");
    assert_eq!(leads(wikilink("open_doors", Some("the key"), "x")), "doors-open--the-key");
    assert_eq!(leads(link("essays/02-open_Doors.md#the-key", "x")), "doors-open--the-key");
    assert_eq!(leads(wikilink("open_doors", Some("no such"), "x")), "doors-open, unresolved-heading");
    assert_eq!(leads(link("#no-such", "x")), "nothing, unresolved-link");
}

#[test]
fn addresses_outside_the_book_are_checked() {
    assert_eq!(leads(link("https://example.org/a b", "x")), "https://example.org/a%20b");
    assert_eq!(leads(link("www.example.org", "x")), "https://www.example.org/");
    assert_eq!(leads(link("//example.org/x", "x")), "https://example.org/x");
    assert_eq!(leads(link("mailto:ada@example.org", "x")), "mailto:ada@example.org");
    for address in
        ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "https://no host/"]
    {
        assert_eq!(leads(link(address, "x")), "nothing, unfit-address", "{address}");
    }
}

#[test]
fn a_file_of_another_kind_is_not_an_essay() {
    assert_eq!(leads(link("one.pdf", "x")), "nothing, unresolved-link");
}

#[test]
fn each_unresolved_link_becomes_text_with_a_warning() {
    let book = folder()
        .essay(essay("a.md", "A").says([
            text("See "),
            wikilink("gone", None, "what is gone"),
            wikilink("lost", None, "!"),
        ]))
        .compile();
    assert_eq!(book.chapter(0), "See what is gone!");
    assert_eq!(book.problems(), ["unresolved-link", "unresolved-link"]);
    let first = book.diagnostics.iter().next().unwrap();
    assert_eq!(first.place.as_ref().unwrap().to_string(), "a.md:1:1");
    // What was spliced is one text again.
    assert!(
        matches!(&book.anthology.chapters[0].body[0], garland::document::Block::Paragraph(it) if it.len() == 1)
    );
}

#[test]
fn a_link_without_text_says_where_it_leads() {
    let book = folder()
        .essay(essay("a.md", "A").says([
            wikilink("b", None, ""),
            text(" "),
            link("https://example.org/", ""),
        ]))
        .essay(essay("b.md", "The Other"))
        .compile();
    assert_eq!(book.chapter(0), "The Other https://example.org/");
}
