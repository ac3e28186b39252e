use garland::anthology::Link;
use garland::diagnostic::Severity;
use garland::document::{Block, Inline};

use super::builder::{Essay, cite, emphasis, essay, folder, link, mark, text, timestamp};

const WORKS: &str = r"
@book{lovelace, author = {Ada Lovelace}, title = {Notes on the Engine}, publisher = {Taylor}, address = {London}, year = {1843}}
@article{turing, author = {Alan M. Turing}, title = {Computing Machinery and Intelligence}, journal = {Mind}, volume = {59}, pages = {433--460}, year = {1950}, doi = {10.1093/mind/LIX.236.433}}
@online{unused, title = {Nobody cites this}, year = {2020}, url = {https://example.org/unused}}
";

fn numbered() -> Essay {
    essay("a.md", "A")
        .reference("1", [text("HuggingFace: "), link("https://huggingface.co/", "https://huggingface.co/")])
        .reference("2", [text("Elements of AI: https://www.elementsofai.com/")])
        .reference("3", [text("Never marked, 2020.")])
        .says([
            text("Learn "),
            mark("2"),
            text(" and build "),
            mark("1"),
            text(" and learn "),
            mark("2"),
            text("."),
        ])
}

#[test]
fn numbered_references_become_one_bibliography() {
    let book = folder().essay(numbered()).compile();
    assert_eq!(book.chapter(0), "Learn [1] and build [2] and learn [1].");
    assert_eq!(
        book.bibliography(),
        [
            "[1] Elements of AI. https://www.elementsofai.com/",
            "[2] HuggingFace. https://huggingface.co/",
            "[3] Never marked, 2020.",
        ]
    );
    let cited: Vec<usize> = book.anthology.bibliography.iter().map(|entry| entry.citations.len()).collect();
    assert_eq!(cited, [2, 1, 0]);
    assert_eq!(book.problems(), ["uncited-reference"]);
    let last = book.anthology.bibliography[0].content.last();
    assert!(
        matches!(last, Some(Inline::Link { to: Link::External(to), .. }) if to == "https://www.elementsofai.com/")
    );
}

#[test]
fn the_same_source_is_listed_once() {
    let other = essay("b.md", "B")
        .footnote("n", [text("http://www.huggingface.co?utm_source=x#top")])
        .says([text("Again"), mark("n")]);
    let book = folder().essay(numbered()).essay(other).compile();
    assert_eq!(book.chapter(1), "Again\u{a0}[2]");
    assert_eq!(book.bibliography()[1], "[2] HuggingFace. https://huggingface.co/");
    let chapters: Vec<_> =
        book.anthology.bibliography[1].citations.iter().map(|place| place.chapter).collect();
    assert_eq!(chapters, [0, 1]);
}

#[test]
fn references_without_an_address_are_compared_by_their_words() {
    let says = |file, words| essay(file, file).reference("1", [text(words)]).says([text("See "), mark("1")]);
    let book = folder()
        .essay(says("a.md", "Lovelace, Notes on the Engine (1843)."))
        .essay(says("b.md", "lovelace: Notes on the engine, 1843"))
        .compile();
    assert_eq!(book.bibliography(), ["[1] Lovelace, Notes on the Engine (1843)."]);
}

#[test]
fn a_work_that_two_essays_describe_in_two_ways_is_listed_once() {
    let title = || emphasis("Tools for Conviviality");
    let one = essay("a.md", "A")
        .footnote("1", [text("Ivan Illich, "), title(), text(" (New York: Harper & Row, 1973), 21.")])
        .says([text("One"), mark("1")]);
    let other = essay("b.md", "B")
        .reference("1", [text("Illich, I. (1973). "), title(), text(". Harper & Row.")])
        .says([text("Two "), mark("1")]);
    let book = folder().essay(one).essay(other).compile();
    assert_eq!(book.chapter(0), "One\u{a0}[1, p. 21]");
    assert_eq!(book.chapter(1), "Two [1]");
    assert_eq!(book.bibliography(), ["[1] I. Illich, Tools for Conviviality. New York: Harper & Row, 1973."]);
}

#[test]
fn marks_side_by_side_are_one_citation() {
    let book = folder()
        .essay(
            essay("a.md", "A")
                .reference("1", [text("First, 2001.")])
                .reference("2", [text("Second, 2002.")])
                .says([text("See"), Inline::Superscript(vec![mark("1"), text(","), mark("2")]), text(".")]),
        )
        .compile();
    assert_eq!(book.chapter(0), "See\u{a0}[1], [2].");
    let texts: Vec<_> = book.links(0).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["[1]", "[2]"]);
}

#[test]
fn keys_are_set_in_the_style_with_their_locators() {
    let book = folder()
        .bibliography("references.bib", WORKS)
        .essay(essay("a.md", "A").says([
            text("So "),
            cite(&[("turing", Some("p. 442")), ("lovelace", None)]),
            text("."),
        ]))
        .compile();
    assert_eq!(book.chapter(0), "So [1, p. 442], [2].");
    assert_eq!(book.links(0).len(), 2);
    let bibliography = book.bibliography();
    assert_eq!(bibliography.len(), 2);
    assert!(
        bibliography[0].starts_with("[1] A. M. Turing, “Computing Machinery and Intelligence,” Mind"),
        "{bibliography:?}"
    );
    let italic = book.anthology.bibliography[0].content.iter().any(|it| matches!(it, Inline::Emphasis(_)));
    assert!(italic);
    assert!(book.diagnostics.is_empty());
}

#[test]
fn an_author_date_style_sorts_and_prints_names() {
    let book = folder()
        .bibliography("references.bib", WORKS)
        .style("apa")
        .essay(essay("a.md", "A").footnote("1", [text("HuggingFace: https://huggingface.co/")]).says([
            text("So"),
            cite(&[("turing", None), ("lovelace", None)]),
            text(" and"),
            mark("1"),
        ]))
        .compile();
    assert_eq!(book.chapter(0), "So\u{a0}(Lovelace, 1843; Turing, 1950) and\u{a0}(HuggingFace, n.d.)");
    let bibliography = book.bibliography();
    assert_eq!(bibliography[0], "HuggingFace. https://huggingface.co/");
    assert!(bibliography[1].starts_with("Lovelace, A. (1843)"), "{bibliography:?}");
    assert_eq!(book.anthology.bibliography[0].label, None);
}

#[test]
fn a_written_reference_is_recognised_as_a_work_of_the_bibliography_file() {
    let book = folder()
        .bibliography("references.bib", WORKS)
        .essay(
            essay("a.md", "A")
                .reference("1", [text("Turing on machines. https://doi.org/10.1093/mind/LIX.236.433")])
                .says([text("So "), mark("1"), text(" and "), cite(&[("turing", None)])]),
        )
        .compile();
    assert_eq!(book.chapter(0), "So [1] and [1]");
    assert_eq!(book.anthology.bibliography.len(), 1);
    assert!(book.bibliography()[0].contains("A. M. Turing"));
}

#[test]
fn an_unknown_key_stays_as_text() {
    let book = folder()
        .bibliography("references.bib", WORKS)
        .essay(essay("a.md", "A").says([text("So "), cite(&[("turin", Some("p. 4"))])]))
        .compile();
    assert_eq!(book.chapter(0), "So [@turin, p. 4]");
    let warning = book.diagnostics.iter().next().unwrap();
    assert_eq!(warning.code, "unknown-citation");
    assert_eq!(warning.help.as_deref(), Some("did you mean `turing`?"));
}

#[test]
fn timestamps_cite_the_video() {
    let video = "https://www.youtube.com/watch?v=hzc1covUhYM";
    let book = folder()
        .essay(essay("a.md", "On Models").with(|own| own.video = Some(video.to_owned())).says([
            text("So "),
            timestamp(66),
            text(" and "),
            timestamp(3901),
            text("."),
        ]))
        .compile();
    assert_eq!(book.chapter(0), "So [1, 1:06] and [1, 1:05:01].");
    assert_eq!(book.bibliography(), [format!("[1] On Models. Video. {video}")]);
    assert_eq!(book.anthology.bibliography[0].citations.len(), 2);
}

#[test]
fn timestamps_without_a_video_stay_as_text_with_one_warning() {
    let book = folder()
        .essay(essay("a.md", "A").says([text("So "), timestamp(66), text(" and "), timestamp(3901)]))
        .compile();
    assert_eq!(book.chapter(0), "So [1:06] and [1:05:01]");
    assert_eq!(book.problems(), ["timestamp-without-video"]);
}

#[test]
fn a_damaged_bibliography_is_told_with_its_place() {
    let book =
        folder().bibliography("references.bib", "@book{a, title = {A}}\n@book{b, title = \n").compile();
    let error = book.diagnostics.iter().next().unwrap();
    assert_eq!(error.code, "bibliography-syntax");
    assert!(error.place.as_ref().unwrap().line.is_some());
    let book = folder().bibliography("works.yaml", "a:\n  type: article\nb:\n  title: B\n").compile();
    assert_eq!(book.problems(), ["bibliography-syntax"]);
    assert_eq!(folder().bibliography("works.txt", "x").compile().problems(), ["bibliography-format"]);
}

#[test]
fn an_unknown_style_is_an_error_that_names_one_nearby() {
    let book = folder().style("ieeee").essay(numbered()).compile();
    let error = book.diagnostics.iter().find(|it| it.severity == Severity::Error).unwrap();
    assert_eq!((error.code, error.help.as_deref()), ("unknown-style", Some("did you mean `ieee`?")));
    assert_eq!(folder().style("no such style").compile().problems(), ["unknown-style"]);
}

#[test]
fn a_citation_within_a_link_is_text() {
    let inner = Inline::Link {
        to: garland::document::Reference {
            target: garland::document::Target::Address("https://example.org/".to_owned()),
            span: Default::default(),
        },
        content: vec![text("as they say "), mark("1")],
    };
    let book =
        folder().essay(essay("a.md", "A").reference("1", [text("A source, 2001.")]).says([inner])).compile();
    assert_eq!(book.chapter(0), "as they say [1]");
    assert_eq!(book.links(0).len(), 1);
    assert!(book.anthology.bibliography[0].citations.is_empty());
    assert!(matches!(book.anthology.chapters[0].body[0], Block::Paragraph(_)));
}
