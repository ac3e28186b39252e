use garland::document::{Date, Person};
use garland::manifest::ManifestEssay;

use super::builder::{essay, folder, heading, text};

fn date(year: i16, month: u8, day: u8) -> Date {
    Date { year, month: Some(month), day: Some(day) }
}

#[test]
fn a_book_without_a_manifest_is_called_after_its_folder() {
    let book = folder().essay(essay("a.md", "A")).compile();
    assert_eq!(book.anthology.metadata.title, "Some essays");
    assert_eq!(book.anthology.metadata.slug, "some-essays");
    assert_eq!(book.anthology.parts.len(), 1);
    assert_eq!(book.anthology.parts[0].title, None);
    assert_eq!(book.anthology.parts[0].chapters, 0..1);
}

#[test]
fn a_folder_without_essays_compiles_to_an_empty_book() {
    let book = folder().compile();
    assert!(book.anthology.chapters.is_empty());
    assert_eq!(book.anthology.metadata.language, "en");
}

#[test]
fn the_manifest_orders_and_leaves_out() {
    let book = folder()
        .essay(essay("a.md", "A"))
        .essay(essay("b.md", "B"))
        .essay(essay("c.md", "C"))
        .part(Some("First"), &["c.md"])
        .part(None, &["a.md", "missing.md", "a.md"])
        .compile();
    let titles: Vec<_> = book.anthology.chapters.iter().map(|chapter| chapter.title.as_str()).collect();
    assert_eq!(titles, ["C", "A"]);
    assert_eq!(book.anthology.parts[0].title.as_deref(), Some("First"));
    assert_eq!(book.anthology.parts[1].chapters, 1..2);
    assert_eq!(book.problems(), ["essay-listed-twice"]);
}

#[test]
fn the_manifest_knows_better_than_the_essay() {
    let mut folder = folder().essay(essay("a.md", "Own title").by("Own Author")).part(None, &["a.md"]);
    folder.manifest.parts[0].essays[0] = ManifestEssay {
        file: "a.md".to_owned(),
        title: Some("Given title".to_owned()),
        authors: vec![Person::new("Given Author")],
        language: Some("de".to_owned()),
        ..ManifestEssay::default()
    };
    let book = folder.compile();
    let chapter = &book.anthology.chapters[0];
    assert_eq!(chapter.title, "Given title");
    assert_eq!(chapter.authors, [Person::new("Given Author")]);
    assert_eq!(chapter.language, "de");
    assert_eq!(book.anthology.anchors.place(chapter.anchor).id, "given-title");
}

#[test]
fn the_date_is_the_manifests_else_the_epochs_else_the_newest_essays() {
    let dated = |day| essay(&format!("{day}.md"), "A").with(|own| own.date = Some(date(2024, 5, day)));
    let mut folder = folder().essay(dated(7)).essay(dated(3));
    assert_eq!(folder.clone().compile().anthology.metadata.date, Some(date(2024, 5, 7)));
    let undated = self::folder().essay(essay("a.md", "A")).compile().anthology.metadata;
    assert_eq!((undated.date, undated.stamp()), (None, date(1970, 1, 1)));
    folder.epoch = Some(date(2025, 1, 1));
    assert_eq!(folder.clone().compile().anthology.metadata.date, Some(date(2025, 1, 1)));
    folder.manifest.date = Some(date(2026, 1, 1));
    assert_eq!(folder.compile().anthology.metadata.date, Some(date(2026, 1, 1)));
}

#[test]
fn authors_are_named_once_and_the_language_is_the_majoritys() {
    let in_language =
        |file, language: &str| essay(file, file).with(|own| own.language = Some(language.to_owned()));
    let book = folder()
        .essay(in_language("a.md", "en").by("Ada Lovelace"))
        .essay(in_language("b.md", "de").by("Emmy Noether").by("Ada Lovelace"))
        .essay(in_language("c.md", "de"))
        .compile();
    let authors: Vec<_> = book.anthology.metadata.authors.iter().map(|author| author.name.as_str()).collect();
    assert_eq!(authors, ["Ada Lovelace", "Emmy Noether"]);
    assert_eq!(book.anthology.metadata.language, "de");
}

#[test]
fn the_identifier_follows_the_content_and_not_the_date() {
    let identifier = |title: &str, day| {
        let essay = essay("a.md", title).with(|own| own.date = Some(date(2024, 5, day)));
        folder().essay(essay).compile().anthology.metadata.identifier
    };
    assert!(identifier("A", 1).starts_with("urn:uuid:"));
    assert_eq!(identifier("A", 1), identifier("A", 2));
    assert_ne!(identifier("A", 1), identifier("B", 1));
}

#[test]
fn identifiers_are_ascii_and_unique_whatever_the_title() {
    let titles = ["Über AI’s Æther: a primer", "10 Ways", "Δημοκρατία", "🌍", "Glossary", "Same", "Same"];
    let mut folder = folder();
    for (at, title) in titles.iter().enumerate() {
        folder = folder.essay(essay(&format!("{at}.md"), title));
    }
    let book = folder.compile();
    let ids: Vec<_> = book
        .anthology
        .chapters
        .iter()
        .map(|it| book.anthology.anchors.place(it.anchor).id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["uber-ais-aether", "chapter-10-ways", "chapter-3", "chapter-4", "glossary-2", "same", "same-2"]
    );
}

#[test]
fn heading_levels_have_no_gaps_and_their_ids_no_twins() {
    let book = folder()
        .essay(
            essay("a.md", "A")
                .block(heading(3, "Deep start"))
                .block(heading(5, "Deeper"))
                .block(heading(4, "Between"))
                .block(heading(2, "Top"))
                .block(heading(6, "Top"))
                .block(heading(3, " "))
                .says([text("End.")]),
        )
        .compile();
    let levels: Vec<u8> = book.anthology.chapters[0]
        .body
        .iter()
        .filter_map(|block| match block {
            garland::document::Block::Heading { level, .. } => Some(*level),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [2, 3, 3, 2, 3]);
    assert_eq!(book.ids(0), ["a--deep-start", "a--deeper", "a--between", "a--top", "a--top-2"]);
}
