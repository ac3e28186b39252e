use garland::anthology::Link;

use super::builder::{emphasis, essay, folder, link, mark, text};

#[test]
fn remarks_are_numbered_in_the_order_of_their_first_reference() {
    let book = folder()
        .essay(
            essay("a.md", "A")
                .footnote("x", [text("Second remark.")])
                .footnote("y", [text("First remark.")])
                .says([text("One"), mark("y"), text(" two"), mark("x"), text(" again"), mark("Y")]),
        )
        .essay(essay("b.md", "B").footnote("n", [text("Its own.")]).says([mark("n")]))
        .compile();
    assert_eq!(book.note(0, 0), "First remark.");
    assert_eq!(book.note(0, 1), "Second remark.");
    assert_eq!(book.anthology.chapters[0].notes[0].referrers.len(), 2);
    assert_eq!(book.anthology.chapters[1].notes[0].number, 1);
    let marks: Vec<_> = book.links(0).into_iter().map(|(_, text)| text).collect();
    assert_eq!(marks, ["1", "2", "1"]);
    assert!(book.anthology.bibliography.is_empty());
}

#[test]
fn notes_may_refer_to_notes_and_to_themselves() {
    let mut round = essay("a.md", "A").says([text("Start"), mark("0")]);
    for at in 0..2_000 {
        round = round.footnote(&at.to_string(), [text("Go on"), mark(&((at + 1) % 2_000).to_string())]);
    }
    let book = folder().essay(round).compile();
    assert_eq!(book.anthology.chapters[0].notes.len(), 2_000);
    assert_eq!(book.anthology.chapters[0].notes[0].referrers.len(), 2);
}

#[test]
fn a_note_that_nothing_refers_to_keeps_its_words() {
    let book = folder()
        .essay(essay("a.md", "A").says([text("Text.")]).footnote("x", [text("Lost remark.")]))
        .compile();
    assert_eq!(book.chapter(0), "Text.\nLost remark.");
    assert_eq!(book.problems(), ["unreferenced-note"]);
}

#[test]
fn a_mark_without_a_note_stays_as_text() {
    let book = folder().essay(essay("a.md", "A").says([text("Text "), mark("7")])).compile();
    assert_eq!(book.chapter(0), "Text [7]");
    assert_eq!(book.problems(), ["unresolved-note"]);
}

/// Whether a footnote is taken for a source rather than a remark.
fn is_source(content: impl Into<Vec<super::builder::Text>>) -> bool {
    let book =
        folder().essay(essay("a.md", "A").footnote("1", content).says([text("Text"), mark("1")])).compile();
    match book.links(0).first() {
        Some((Link::Source { .. }, _)) => true,
        Some((Link::Note { .. }, _)) => false,
        other => panic!("{other:?}"),
    }
}

#[test]
fn footnotes_that_only_name_a_source_are_references() {
    assert!(is_source([text("https://huggingface.co/")]));
    assert!(is_source([text("See "), link("https://example.org/report", "The report on access")]));
    assert!(is_source([text("HuggingFace: https://huggingface.co/.")]));
    assert!(is_source([text("Elements of AI – "), link("https://www.elementsofai.com", "elementsofai.com")]));
    assert!(is_source([text("Ada Lovelace, “Notes on the Engine”, 1843, https://example.org/notes")]));
    assert!(is_source([text("Lovelace, A. "), emphasis("Sketch of the Engine"), text(". London, 1843.")]));
}

#[test]
fn footnotes_that_say_more_are_remarks() {
    assert!(!is_source([text("This was not always so.")]));
    assert!(!is_source([text("In 1843 this was different.")]));
    assert!(!is_source([text("I disagree with “The Great Book” (1998), because it forgets the poor.")]));
    assert!(!is_source([text(
        "Compare what they write at https://example.org/a with the numbers that the ministry published later."
    ),]));
    assert!(!is_source([text(
        "The figures were revised twice after publication. For the newest ones see https://example.org/a"
    )]));
}
