//! Questions for discussion: where they are found, and where they go.

use garland::anthology::Link;
use garland::document::Block;
use garland::manifest::{DiscussionPlace, ManifestEssay, ManifestPart};

use super::builder::{Book, Essay, Folder, essay, folder, heading, lines, list, mark, text};

fn asking() -> Essay {
    essay("a.md", "A")
        .says([text("Text.")])
        .block(heading(2, "💬 Discussion Questions"))
        .says([text("Talk about these:")])
        .block(list(&["Who asks?", "Describe a door."]))
        .says([text("Is that all?")])
        .says([text("It is.")])
        .block(heading(2, "Afterword"))
        .says([text("Bye.")])
}

fn with(place: DiscussionPlace) -> Folder {
    let mut folder = folder();
    folder.manifest.discussion.place = place;
    let asked = ManifestEssay {
        file: "a.md".to_owned(),
        discussion: vec!["What's next?".to_owned()],
        ..ManifestEssay::default()
    };
    folder.manifest.parts.push(ManifestPart { title: None, essays: vec![asked] });
    folder
}

/// The appendix: a chapter's title, then its questions.
fn appendix(book: &Book) -> Vec<(String, String)> {
    let title = |chapter: Option<usize>| {
        chapter.map_or("book".to_owned(), |at| book.anthology.chapters[at].title.clone())
    };
    book.anthology.discussion.iter().map(|it| (title(it.chapter), lines(&it.questions))).collect()
}

const QUESTIONS: &str = "Talk about these:\nWho asks?\nDescribe a door.\nIs that all?\nWhat’s next?";

#[test]
fn questions_gather_at_the_end_of_the_book() {
    let book = with(DiscussionPlace::Appendix).essay(asking()).compile();
    assert_eq!(appendix(&book), [("A".to_owned(), QUESTIONS.to_owned())]);
    let rest = "Text.\n💬 Discussion Questions\nIt is.\nAfterword\nBye.\nQuestions for discussion are at the end of the book.";
    assert_eq!(book.chapter(0), rest);
    let (link, _) = book.links(0)[0];
    assert_eq!(*link, Link::Place(book.anthology.discussion[0].anchor));
}

#[test]
fn a_heading_without_anything_else_leaves_with_its_questions() {
    let essay = essay("a.md", "A")
        .says([text("Text.")])
        .block(Block::Break)
        .block(heading(2, "For discussion"))
        .block(list(&["Who?"]));
    let book = folder().essay(essay).compile();
    assert_eq!(book.chapter(0), "Text.\nQuestions for discussion are at the end of the book.");
}

#[test]
fn questions_stay_in_their_chapter_if_asked() {
    let book = with(DiscussionPlace::Chapters).essay(asking()).compile();
    assert!(appendix(&book).is_empty());
    assert!(book.chapter(0).ends_with("Bye.\nFor discussion\nWhat’s next?"), "{}", book.chapter(0));
    assert!(book.chapter(0).contains("Who asks?"));
    let book = with(DiscussionPlace::Both).essay(asking()).compile();
    assert_eq!(appendix(&book), [("A".to_owned(), QUESTIONS.to_owned())]);
    assert!(book.chapter(0).contains("Who asks?") && book.chapter(0).ends_with("What’s next?"));
}

#[test]
fn the_whole_book_is_asked_about_last() {
    let mut folder = with(DiscussionPlace::Appendix);
    folder.manifest.discussion.questions = vec!["Why?".to_owned()];
    let book = folder.essay(asking()).compile();
    assert_eq!(appendix(&book).last(), Some(&("book".to_owned(), "Why?".to_owned())));
}

#[test]
fn what_asks_nothing_or_has_notes_stays() {
    let essays = [
        essay("a.md", "A").block(heading(2, "Discussion questions")).says([text("There are none.")]),
        essay("b.md", "B")
            .block(heading(2, "Discussion questions"))
            .says([text("Who says so"), mark("1"), text("?")])
            .footnote("1", [text("A remark of some words.")]),
        essay("c.md", "C").block(heading(2, "Discussion")).says([text("Is this one?")]),
    ];
    let book = essays.into_iter().fold(folder(), Folder::essay).compile();
    assert!(appendix(&book).is_empty());
    assert_eq!(book.chapter(0), "Discussion questions\nThere are none.");
    assert!(book.chapter(1).contains("Who says so"));
    assert_eq!(book.chapter(2), "Discussion\nIs this one?");
}
