use garland::anthology::{Division, Link};

use super::builder::{Essay, Text, essay, folder, heading, link, refer, text, wikilink};
use garland::document::{Block, Inline, Point, Target};

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
    assert_eq!(leads(link("https://example.org/a b", "x")), "https://example.org/a%20b, doubtful-address");
    assert_eq!(leads(link("www.example.org", "x")), "https://www.example.org/");
    assert_eq!(leads(link("//example.org/x", "x")), "https://example.org/x");
    assert_eq!(leads(link("mailto:ada@example.org", "x")), "mailto:ada@example.org");
    for address in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"] {
        assert_eq!(leads(link(address, "x")), "nothing, unfit-address", "{address}");
    }
    for address in ["http://", "https://no host/"] {
        assert_eq!(leads(link(address, "x")), "nothing, doubtful-address", "{address}");
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

/// Where a link from the first of some essays leads.
fn leads_among(inline: Text, from: &str, others: &[Essay]) -> String {
    let mut given = folder().essay(essay(from, "From Here").says([inline]));
    for other in others {
        given = given.essay(other.clone());
    }
    let book = given.compile();
    let found = match book.links(0).first() {
        Some((Link::Place(anchor), _)) => book.anthology.anchors.place(*anchor).id.clone(),
        Some((Link::External(address), _)) => address.clone(),
        _ => "nothing".to_owned(),
    };
    let problems = book.problems();
    if problems.is_empty() { found } else { format!("{found}, {}", problems.join(", ")) }
}

#[test]
fn links_find_the_pages_that_sites_make_of_essays() {
    let post = || essay("posts/2024-09-03-open-doors.md", "Opening");
    let bundle = || essay("posts/long-road/index.md", "Roads");
    for address in [
        "/2024/09/03/open-doors/",
        "2024-09-03-open-doors.html",
        "/posts/open-doors/",
        "@/posts/2024-09-03-open-doors.md",
        "../Posts/2024-09-03-Open_Doors",
        "../../elsewhere/open%2Ddoors.html?page=2",
    ] {
        assert_eq!(leads_among(link(address, "x"), "essays/a.md", &[post()]), "opening", "{address}");
    }
    for address in ["/posts/long-road/", "../posts/long-road/index.md", "long-road", "/long-road/index.html"]
    {
        assert_eq!(leads_among(link(address, "x"), "essays/a.md", &[bundle()]), "roads", "{address}");
    }
    assert!(leads_among(link("index.html", "x"), "essays/a.md", &[bundle()]).starts_with("nothing"));
}

#[test]
fn links_find_essays_by_their_aliases_and_first_addresses() {
    let other = || {
        essay("b.md", "The Other").block(heading(2, "Part One")).with(|own| {
            own.aliases = vec!["Second Thoughts".to_owned()];
            own.source = Some("https://example.org/blog/other/".to_owned());
        })
    };
    assert_eq!(leads_among(wikilink("second thoughts", None, "x"), "a.md", &[other()]), "the-other");
    for (address, place) in [
        ("http://example.org/blog/other", "the-other"),
        ("https://example.org/blog/other/#part-one", "the-other--part-one"),
        ("https://example.org/blog/other/#comments", "the-other"),
        ("https://example.org/blog/other/2", "https://example.org/blog/other/2"),
        ("https://example.org/", "https://example.org/"),
        ("obsidian://open?vault=v&file=Second%20Thoughts", "the-other"),
    ] {
        assert_eq!(leads_among(link(address, "x"), "a.md", &[other()]), place, "{address}");
    }
    // An essay may name its own origin.
    let book = folder()
        .essay(
            essay("a.md", "A")
                .says([link("https://example.org/a", "x")])
                .with(|own| own.source = Some("https://example.org/a".to_owned())),
        )
        .compile();
    assert!(matches!(book.links(0).first(), Some((Link::External(_), _))));
}

#[test]
fn the_nearest_of_several_essays_is_meant() {
    let near = || essay("one/notes.md", "Near Notes");
    let far = || essay("two/notes.md", "Far Notes");
    assert_eq!(leads_among(wikilink("notes", None, "x"), "two/a.md", &[near(), far()]), "far-notes");
    assert_eq!(leads_among(wikilink("one/notes", None, "x"), "two/a.md", &[near(), far()]), "near-notes");
    assert_eq!(
        leads_among(wikilink("notes", None, "x"), "a.md", &[near(), far()]),
        "near-notes, ambiguous-link"
    );
}

#[test]
fn headings_are_found_by_the_slugs_of_sites_and_converters() {
    let other = || {
        essay("b.md", "The Other")
            .block(heading(2, "1. What’s in foo.bar?"))
            .block(heading(2, "First"))
            .block(heading(3, "Notes"))
            .block(heading(2, "Second"))
            .block(heading(3, "Notes"))
    };
    let found = |inline| leads_among(inline, "a.md", &[other()]);
    for fragment in ["1-whats-in-foobar", "whats-in-foo.bar", "what-s-in-foo-bar"] {
        let place = found(link(&format!("b.html#{fragment}"), "x"));
        assert_eq!(place, "the-other--1-whats-in-foo-bar", "{fragment}");
    }
    assert_eq!(found(link("b.md#notes-1", "x")), "the-other--notes-2");
    assert_eq!(found(wikilink("b", Some("Second#Notes"), "x")), "the-other--notes-2");
    assert_eq!(found(wikilink("b", Some("First#Notes"), "x")), "the-other--notes");
    assert_eq!(found(link("b.md#the-other", "x")), "the-other");
}

#[test]
fn blocks_with_an_identifier_can_be_linked_to() {
    let block = |name: &str| Inline::Anchor(Point::Place(name.to_owned()));
    let other =
        || essay("b.md", "The Other").block(heading(2, "Key")).says([block("^key"), text("A paragraph.")]);
    let found = |inline| leads_among(inline, "a.md", &[other()]);
    assert_eq!(found(wikilink("b", Some("^key"), "x")), "the-other--key-2");
    assert_eq!(found(link("b.md#^key", "x")), "the-other--key-2");
    assert_eq!(found(wikilink("b", Some("key"), "x")), "the-other--key");
    assert_eq!(found(wikilink("b", Some("^gone"), "x")), "the-other, unresolved-heading");
    let book = folder().essay(other()).compile();
    let Block::Paragraph(content) = &book.anthology.chapters[0].body[1] else { panic!("a paragraph") };
    assert!(matches!(content.first(), Some(Inline::Anchor(_))));
}

#[test]
fn an_embedded_essay_becomes_a_reference_to_it() {
    let embed =
        |page: &str, words: &str| refer(Target::Embed { page: page.to_owned(), heading: None }, words);
    let book = folder()
        .essay(essay("a.md", "A").says([embed("b", "")]).says([
            text("Or "),
            embed("b", ""),
            embed("gone_note", ""),
        ]))
        .essay(essay("b.md", "The Other"))
        .compile();
    assert_eq!(book.chapter(0), "See “The Other”\nOr see “The Other”gone note");
    assert_eq!(book.problems(), ["unresolved-link"]);
    assert_eq!(book.diagnostics.iter().filter(|it| it.code == "embedded-essay").count(), 2);
}

#[test]
fn what_leads_nowhere_is_told_with_what_may_be_meant() {
    let book = folder()
        .essay(essay("a.md", "A").says([
            link("opne-doors.md", "one"),
            link("../../etc/passwd", "two"),
            wikilink("b", Some("Secnd"), "three"),
        ]))
        .essay(essay("open-doors.md", "Opening"))
        .essay(essay("b.md", "B").block(heading(2, "Second")))
        .compile();
    let help: Vec<&str> = book.diagnostics.iter().filter_map(|it| it.help.as_deref()).collect();
    assert_eq!(
        help,
        [
            "did you mean `open-doors.md`?",
            "add the essay that it means, or remove the link",
            "did you mean `#second`?"
        ]
    );
}

#[test]
fn a_flood_of_links_to_nowhere_is_summed_up() {
    let links: Vec<Text> = (0..500).map(|at| wikilink(&format!("gone {at}"), None, "x")).collect();
    let book = folder().essay(essay("a.md", "A").says(links)).compile();
    assert_eq!(book.problems().len(), 101);
}
