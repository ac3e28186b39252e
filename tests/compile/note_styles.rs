//! Styles that cite in notes: where the notes stand, and what they say of works cited before.

use garland::anthology::Link;
use garland::diagnostic::Diagnostics;
use garland::manuscript::{Dialect, InputFile, Reading};
use garland::{ingest, parse};

use super::builder::{Book, Folder, folder, links};

/// Says what the engine knows of a citation's position.
const HOUSE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>House</title><id>house</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <macro name="place"><text variable="locator" prefix=", "/></macro>
  <citation near-note-distance="3"><layout suffix="." delimiter="; "><choose>
    <if position="ibid-with-locator"><group><text term="ibid" text-case="capitalize-first"/><text macro="place"/></group></if>
    <else-if position="ibid"><text term="ibid" text-case="capitalize-first"/></else-if>
    <else-if position="subsequent"><group>
      <names variable="author"><name form="short"/></names>
      <text variable="first-reference-note-number" prefix=" (n. " suffix=")"/><text macro="place"/>
    </group></else-if>
    <else><group>
      <names variable="author"/><text variable="title" font-style="italic" prefix=", "/><text macro="place"/>
    </group></else>
  </choose></layout></citation>
  <bibliography><layout suffix="."><group><names variable="author"/><text variable="title" prefix=", "/></group></layout></bibliography>
</style>
"#;

const WORKS: &str = "@book{vale1, author = {Vale, Ada}, title = {On Rivers}, year = 1999}
@book{moor2, author = {Moor, Ben and Lake, Cy}, title = {On Bogs}, year = 2003}
@online{net3, title = {The Net}, author = {Reed, Di}, url = {https://net.example/x}, year = 2020}";

fn house(essays: &[&str]) -> Folder {
    let mut folder = folder().style("house.csl").bibliography("w.bib", WORKS);
    folder.input.style = Some(InputFile { path: "house.csl".to_owned(), content: HOUSE.to_owned() });
    for (at, essay) in essays.iter().enumerate() {
        let mut diagnostics = Diagnostics::new();
        let file = format!("{at}.md");
        let manuscript = ingest::prepare(
            &file,
            essay.as_bytes(),
            Reading { dialect: Some(Dialect::Pandoc), ..Reading::default() },
            &mut diagnostics,
        )
        .unwrap();
        folder.documents.push(parse::parse(&manuscript, &mut diagnostics).0);
        folder.input.manuscripts.push(manuscript);
    }
    folder
}

fn notes(book: &Book, chapter: usize) -> Vec<String> {
    (0..book.anthology.chapters[chapter].notes.len()).map(|at| book.note(chapter, at)).collect()
}

#[test]
fn the_same_work_again_is_ibid_and_later_a_short_form() {
    let text = "One [@vale1, p. 3].\n\nTwo [@vale1, p. 4]. Three [@vale1, p. 4].\n\nFour [@moor2].\n\nFive [@vale1].";
    let book = house(&[text]).compile();
    assert_eq!(
        notes(&book, 0),
        ["Ada Vale, On Rivers, 3.", "Ibid., 4.", "Ibid.", "Ben Moor, Cy Lake, On Bogs.", "Vale (n. 1)."]
    );
    assert_eq!(book.chapter(0), "One.1\nTwo.2 Three.3\nFour.4\nFive.5");
    assert!(book.problems().is_empty(), "{:?}", book.diagnostics);
}

#[test]
fn an_essay_is_read_by_itself() {
    let book = house(&["One [@vale1].", "Two [@vale1].", "Three [@moor2]. Four [@vale1]."]).compile();
    assert_eq!(notes(&book, 1), ["Ada Vale, On Rivers."]);
    assert_eq!(notes(&book, 2), ["Ben Moor, Cy Lake, On Bogs.", "Ada Vale, On Rivers."]);
    assert_eq!(book.anthology.bibliography[0].citations.len(), 3);
}

#[test]
fn ibid_means_the_one_work_of_the_note_before() {
    let text = "One [@moor2; @vale1]. Two [@vale1].\n\nA remark.[^r] Three [@vale1].\n\n[^r]: It rains.";
    let book = house(&[text]).compile();
    assert_eq!(
        notes(&book, 0),
        ["Ben Moor, Cy Lake, On Bogs; Ada Vale, On Rivers.", "Vale (n. 1).", "It rains.", "Vale (n. 1)."]
    );
}

#[test]
fn notes_are_numbered_and_cited_in_reading_order() {
    let text = "One [@vale1]. A remark.[^r] Two [@vale1, p. 9].\n\n[^r]: More on this in @moor2 [p. 2].";
    let book = house(&[text]).compile();
    assert_eq!(
        notes(&book, 0),
        [
            "Ada Vale, On Rivers.",
            "More on this in Moor and Lake (Ben Moor, Cy Lake, On Bogs, 2).",
            "Vale (n. 1), 9."
        ]
    );
    let referrers = book.anthology.chapters[0].notes.iter().map(|note| note.referrers.len());
    assert_eq!(referrers.collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn marks_stand_where_the_language_puts_them() {
    for (text, expected) in [
        ("So [@vale1], and [@moor2]; no.", "So,1 and;2 no."),
        ("He said “no [@vale1].” Yes.", "He said “no.”1 Yes."),
        ("So ([@vale1]).", "So.1"),
        ("So [@vale1], [@moor2].", "So.1"),
        ("So [@vale1] it is.", "So1 it is."),
        ("As @vale1 [p. 3] says, in @moor2.", "As Vale1 says, in Moor and Lake.2"),
        ("Etc. [@vale1].", "Etc.1"),
        ("So *it is [@vale1]*.", "So it is.1"),
        ("So[^r] [@vale1].\n\n[^r]: It rains.", "So.1,2"),
    ] {
        let book = house(&[text]).compile();
        assert_eq!(book.chapter(0), expected, "{text}");
    }
    let book = house(&["---\nlang: fr\n---\n\nVoilà [@vale1]. Fin."]).compile();
    assert_eq!(book.chapter(0), "Voilà1. Fin.");
}

#[test]
fn signals_begin_the_note() {
    let book =
        house(&["So [see @vale1, p. 3; cf. @moor2]. Again [see @moor2]. And [see @moor2, p. 4]."]).compile();
    assert_eq!(
        notes(&book, 0),
        ["See Ada Vale, On Rivers, 3; cf. Ben Moor, Cy Lake, On Bogs.", "See Moor (n. 1).", "See ibid., 4."]
            .map(|note| note.replace("See Moor (", "See Moor, Lake ("))
    );
}

#[test]
fn within_a_note_a_citation_is_part_of_the_sentence() {
    let text =
        "So.[^r]\n\n[^r]: See [@vale1, p. 3]. It is known [@moor2], but see [@vale1]; more in [@net3].";
    let book = house(&[text]).compile();
    assert_eq!(
        notes(&book, 0),
        [
            "See Ada Vale, On Rivers, 3. It is known (Ben Moor, Cy Lake, On Bogs), but see Vale (n. 1); more in Di Reed, The Net."
        ]
    );
}

#[test]
fn where_no_note_can_stand_the_citation_stands_in_brackets() {
    let book = house(&["See [the river [@vale1]](https://x.example/) now."]).compile();
    assert!(book.chapter(0).contains("the river"), "{}", book.chapter(0));
    let links = links(&book.anthology.chapters[0].body);
    assert!(links.iter().filter(|(to, _)| matches!(to, Link::External(_))).count() <= 1);
}

#[test]
fn every_citation_leads_to_its_entry_and_back() {
    let text = "Zero.\n\n## A heading [@vale1]\n\nOne [@vale1; @net3].\n\n| a [@moor2] | b |\n|---|---|\n| c | d |\n";
    let book = house(&[text]).compile();
    let counts: Vec<usize> = book.anthology.bibliography.iter().map(|entry| entry.citations.len()).collect();
    assert_eq!(counts, [2, 1, 1]);
    for note in &book.anthology.chapters[0].notes {
        for (to, _) in links(&note.body) {
            assert!(matches!(to, Link::Source { .. }), "{to:?}");
        }
    }
    assert_eq!(book.chapter(0), "Zero.\nA heading1\nOne.2\n\na3\nb\nc\nd");
}
