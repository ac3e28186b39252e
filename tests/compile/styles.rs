//! Bibliography styles by name and by file.

use garland::manuscript::InputFile;

use crate::harness::compare_goldens;

use super::builder::{Book, cite, essay, folder, text};
use super::sources::show;

const STYLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>House</title><id>house</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <macro name="who"><names variable="author"><name form="short"/></names></macro>
  <citation><layout prefix="&lt;" suffix="&gt;" delimiter=" + "><text macro="who"/></layout></citation>
  <bibliography><layout suffix="!"><group delimiter=": "><text macro="who"/><text variable="title"/></group></layout></bibliography>
</style>
"#;

fn set_in(style: &str) -> Book {
    let mut folder = folder()
        .style("house.csl")
        .bibliography("w.bib", "@book{a, author = {Vale, Ada}, title = {On Rivers}, year = 1999}")
        .essay(essay("a.md", "A").says([text("So "), cite(&[("a", None)])]));
    folder.input.style = Some(InputFile { path: "house.csl".to_owned(), content: style.to_owned() });
    folder.compile()
}

#[test]
fn a_style_can_be_a_file() {
    let book = set_in(STYLE);
    assert_eq!(book.chapter(0), "So <Vale>");
    assert_eq!(book.bibliography(), ["Vale: On Rivers!"]);
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
}

#[test]
fn a_dependent_style_leads_to_its_parent() {
    let dependent = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>
        <title>Ours</title><id>ours</id><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
        <updated>2024-01-01T00:00:00+00:00</updated></info></style>"#;
    let book = set_in(dependent);
    assert_eq!(book.chapter(0), "So (Vale, 1999)");
    let orphan = set_in(&dependent.replace("styles/apa", "styles/nobody"));
    assert_eq!(orphan.problems(), ["malformed-style"]);
}

#[test]
fn a_malformed_style_is_shown_where_it_breaks() {
    let nested = format!("<style>{}{}</style>", "<group>".repeat(100_000), "</group>".repeat(100_000));
    for (style, line) in [
        ("not a style".to_owned(), 1),
        (String::new(), 1),
        (STYLE.replace("</layout></citation>", "</citation>"), 5),
        (STYLE.replace("variable=\"title\"", "variable=\"titel\""), 6),
        (STYLE.replace("<citation><layout", "<citation><text macro=\"nobody\"/><layout"), 5),
        (STYLE.replace("<names variable", "<text macro=\"who\"/><names variable"), 4),
        (nested, 1),
    ] {
        let book = set_in(&style);
        let problem = book.diagnostics.iter().next().unwrap_or_else(|| panic!("nothing is told of {style}"));
        assert_eq!(problem.code, "malformed-style");
        let place = problem.place.as_ref().unwrap();
        assert_eq!((place.file.as_str(), place.line), ("house.csl", Some(line)), "{problem:?}");
        assert!(problem.help.is_some());
        // The default style stands in, so that the other problems of the book are told too.
        assert_eq!(book.chapter(0), "So [1]");
    }
}

#[test]
fn a_style_file_that_ingest_did_not_find_is_not_told_twice() {
    assert!(folder().style("gone.csl").compile().diagnostics.is_empty());
}

/// Styles of different families, each of which was read against its manual.
const FAMILIES: [&str; 9] = [
    "ieee",
    "vancouver",
    "nature",
    "apa",
    "harvard-cite-them-right",
    "chicago-author-date",
    "modern-language-association",
    "chicago-notes",
    "modern-humanities-research-association-notes",
];

/// Every file in `tests/compile/styles` holds a folder, and what each style makes of it.
/// `GARLAND_UPDATE=1 cargo test every_kind` writes it anew; read the difference before committing.
#[test]
fn every_kind_of_source_looks_as_the_manuals_have_it() {
    compare_goldens("compile/styles", |_, files| {
        FAMILIES.map(|style| format!("### {style}\n\n{}", show(files, Some(style)))).join("")
    });
}
