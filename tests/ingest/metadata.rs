//! What essays say about themselves, in every notation.

use garland::document::Person;

use super::{Folder, read};

fn essay(text: &str) -> Folder {
    read(&[("a.md", text.as_bytes())])
}

/// The title, the authors and the date of an essay with nothing else to say.
fn head(text: &str) -> (String, String, String) {
    let folder = essay(text);
    assert_eq!(folder.said(), Vec::<String>::new(), "{text}");
    assert!(!folder.text().contains("Lovelace"), "the block is still in the text:\n{}", folder.text());
    assert!(folder.text().ends_with("\nText *itself*."), "{}", folder.text());
    let title = folder.metadata().title.clone().unwrap_or_default();
    (title, folder.authors().join("; "), folder.date())
}

fn expected() -> (String, String, String) {
    ("On Engines".to_owned(), "Ada Lovelace; Grace Hopper".to_owned(), "2025-04-04".to_owned())
}

#[test]
fn every_notation_says_the_same() {
    for text in [
        "---\ntitle: On Engines\nauthor: [Ada Lovelace, Grace Hopper]\ndate: 2025-04-04\n---\n\nText *itself*.",
        "---\ntitle: On Engines\nauthor: [Ada Lovelace, Grace Hopper]\ndate: 2025-04-04\n...\n\nText *itself*.",
        "---yaml\ntitle: On Engines\nauthor: Ada Lovelace and Grace Hopper\ndate: 4 April 2025\n---\nText *itself*.",
        "+++\ntitle = \"On Engines\"\ndate = 2025-04-04T10:00:00Z\nauthors = [\"Ada Lovelace\", \"Grace Hopper\"]\n+++\nText *itself*.",
        "+++\ntitle = 'On Engines'\ndate = 2025-04-04\n[taxonomies]\nauthors = ['Ada Lovelace', 'Grace Hopper']\n+++\nText *itself*.",
        "+++\ntitle = 'On Engines'\ndate = 2025-04-04\n[[author]]\nname = 'Ada Lovelace'\n[[author]]\nname = 'Grace Hopper'\n+++\nText *itself*.",
        "{\n\t\"title\": \"On Engines\",\n\t\"authors\": [\"Ada Lovelace\", {\"name\": \"Grace Hopper\"}],\n\t\"date\": \"2025-04-04\"\n}\n\nText *itself*.",
        ";;;\n\"title\": \"On Engines\",\n\"author\": \"Ada Lovelace; Grace Hopper\",\n\"date\": \"2025-04-04\"\n;;;\n\nText *itself*.",
        ";;;\n{\"title\": \"On Engines\", \"author\": \"Ada Lovelace; Grace Hopper\", \"date\": \"2025-04-04\"}\n;;;\nText *itself*.",
        "% On\n  Engines\n% Ada Lovelace; Grace Hopper\n% April 4, 2025\n\nText *itself*.",
        "% On Engines\n% Ada Lovelace\n  Grace Hopper\n% 2025-04-04\n\nText *itself*.",
        "Title:  On Engines\nAuthor: Ada Lovelace,\n        Grace Hopper\nDATE:   April 4, 2025\nCSS: style.css\n\nText *itself*.",
        "title: On Engines\nauthor: Ada Lovelace & Grace Hopper\ndate: 2025-04-04\n---\nText *itself*.",
        "#+TITLE: On Engines\n#+AUTHOR: Ada Lovelace and Grace Hopper\n#+DATE: 2025-04-04\n#+OPTIONS: toc:nil\n\nText *itself*.",
        "From: Ada Lovelace and Grace Hopper <ada@example.org>\nTo: list@example.org\nSubject: Re: [engines] On Engines\nDate: Fri, 04 Apr 2025 10:00:00 +0200\n\nText *itself*.",
    ] {
        assert_eq!(head(text), expected(), "{text}");
    }
}

#[test]
fn what_leaves_the_text_is_recorded_as_moved() {
    let folder = essay("% Title\n\nText.");
    let change = &folder.input().manuscripts[0].changes[0];
    assert_eq!((change.rule, change.lines, change.text.as_str()), ("metadata", (1, 1), "% Title"));
    assert_eq!(folder.text(), "\n\nText.");
}

#[test]
fn prose_on_top_is_not_taken_for_metadata() {
    for text in [
        "Note: this is the first of three essays.\n\nText.",
        "Author: So what do you think of it all?\nEditor: I have no idea.\n\nText.",
        "Question: Why?\nAnswer: Because.\n\nText.",
        "Title: A Play\nThe king enters.\n\nText.",
        "%%a comment%%\n\nText.",
        "100% of them\n\nText.",
        "{{< figure src=\"x.png\" >}}\n\nText.",
        "{ braces } in prose\n\nText.",
        "---\nDear reader: what follows is a long story that nobody has told before.\n---\n\nText.",
    ] {
        let folder = essay(text);
        assert!(folder.metadata().title.is_none() && folder.metadata().authors.is_empty(), "{text}");
        assert_eq!(folder.text(), text);
    }
}

#[test]
fn authors_come_in_many_forms() {
    let authors = |yaml: &str| {
        let folder = essay(&format!("---\n{yaml}\n---\nText."));
        let authors = folder.metadata().authors.clone();
        authors.iter().map(|author| format!("{} ({})", author.name, author.file_as)).collect::<Vec<_>>()
    };
    let ada = ["Ada Lovelace (Lovelace, Ada)"];
    for yaml in [
        "author: Ada Lovelace",
        "author: by Ada Lovelace",
        "author: Lovelace, Ada",
        "author: Ada Lovelace <ada@example.org>",
        "author: Ada Lovelace (https://example.org)",
        "author: \"[[Ada Lovelace]]\"",
        "author: [[Ada Lovelace]]",
        "author: {name: Ada Lovelace, url: https://example.org}",
        "authors:\n  - name: Ada Lovelace\n    affiliation: Analytical Society",
        "authors:\n  - given: Ada\n    family: Lovelace",
        "authors:\n  - name: {given: Ada, family: Lovelace}",
        "authors:\n  - literal: Ada Lovelace",
        "authors:\n  ada: {name: Ada Lovelace}",
        "authors:\n  - Ada Lovelace: {institute: none}",
        "by: Ada Lovelace",
        "Author: Ada Lovelace\nauthors: [Ada Lovelace]",
        "params:\n  author: Ada Lovelace",
    ] {
        assert_eq!(authors(yaml), ada, "{yaml}");
    }
    assert_eq!(
        authors("author: Martin Luther King, Jr."),
        ["Martin Luther King, Jr. (King, Martin Luther, Jr.)"]
    );
    let given = Person { name: "Ludwig van Beethoven".into(), file_as: "van Beethoven, Ludwig".into() };
    let folder = essay("---\nauthor: {given: Ludwig, family: van Beethoven}\n---\nText.");
    assert_eq!(folder.metadata().authors, [given]);
}

#[test]
fn the_date_of_publication_goes_before_that_of_a_change() {
    let date = |yaml: &str| {
        let folder = essay(&format!("---\n{yaml}\n---\nText."));
        assert_eq!(folder.said(), Vec::<String>::new(), "{yaml}");
        folder.date()
    };
    assert_eq!(date("lastmod: 2025-01-01\npubDate: 2024-05-06"), "2024-05-06");
    assert_eq!(date("created: 2023-01-01\npublished: 2024-05-06\ndate: 2022-02-02"), "2022-02-02");
    assert_eq!(date("updated: 2025-01-01"), "2025-01-01");
    assert_eq!(date("date: {created: 2023-01-01, modified: 2024-01-01}"), "2023-01-01");
    assert_eq!(date("date: [2024, 3, 4]"), "2024-03-04");
    assert_eq!(date("date: today"), "");
    assert_eq!(date("date: \"`r Sys.Date()`\""), "");
    assert_eq!(date("published: true\ndate: 4. März 2024"), "2024-03-04");
    assert_eq!(date("date: 4 de abril de 2025"), "2025-04-04");
    assert_eq!(date("date: le 1er août 2024"), "2024-08-01");
    let folder = essay("---\ndate: sometime soon\n---\nText.");
    assert_eq!(folder.said(), ["warning odd-metadata a.md:2:7"]);
}

#[test]
fn keywords_come_in_many_forms() {
    let keywords = |file: &str, yaml: &str| {
        let folder = read(&[(file, format!("---\n{yaml}\n---\nText.").as_bytes())]);
        folder.metadata().keywords.join("; ")
    };
    for yaml in [
        "tags: [ai, open access]",
        "tags: ai, open access",
        "tags:\n  - ai\n  - open access",
        "tags:\n- ai\n- '#open access'",
        "tags: [ai]\ncategories: [AI, open access]",
        "taxonomies:\n  tags: [ai]\n  categories: [open access]",
        "categories: [[ai], [open access]]",
        "keywords: ai, open access",
    ] {
        assert_eq!(keywords("a.md", yaml), "ai; open access", "{yaml}");
    }
    assert_eq!(keywords("a.md", "category: open access"), "open access");
    assert_eq!(keywords("2024-01-02-a.md", "categories: ai open access"), "ai; open; access");
    assert_eq!(keywords("tech/_posts/2024-01-02-a.md", "categories: ai"), "ai; tech");
}

#[test]
fn the_rest_of_what_an_essay_says() {
    let folder = essay(
        "---\ntitle: Caf&eacute; &amp; Bar\nsubtitle: Two\nlang: en_GB.UTF-8\nlicense: {text: CC BY 4.0, url: x}\n\
         canonical_url: https://example.org/a\nabstract: |\n  One.\n\n  Two.\naliases: [Old Name, /old/path/]\nslug: cafe\n---\nText.",
    );
    let metadata = folder.metadata();
    assert_eq!(metadata.title.as_deref(), Some("Café & Bar"));
    assert_eq!(metadata.subtitle.as_deref(), Some("Two"));
    assert_eq!(metadata.language.as_deref(), Some("en-GB"));
    assert_eq!(metadata.rights.as_deref(), Some("CC BY 4.0"));
    assert_eq!(metadata.source.as_deref(), Some("https://example.org/a"));
    assert_eq!(metadata.description.as_deref(), Some("One. Two."));
    assert_eq!(metadata.aliases, ["Old Name", "/old/path/", "cafe"]);
    assert_eq!(essay("---\nlang: Deutsch\n---\nText.").metadata().language.as_deref(), Some("de"));
    assert_eq!(essay("---\nlang: klingonisch\n---\nText.").said(), ["warning odd-metadata a.md:2:7"]);
}

#[test]
fn titles_are_read_as_they_were_meant() {
    let title = |text: &str| {
        essay(&format!("---\ntitle: {text}\n---\nText.")).metadata().title.clone().unwrap_or_default()
    };
    assert_eq!(title("The <em>Big</em><br/>One"), "The Big One");
    assert_eq!(title("When x < y"), "When x < y");
    assert_eq!(title("1984"), "1984");
    assert_eq!(title("\"We are #1\""), "We are #1");
    assert_eq!(essay("---\ntitle: We are #1\n---\nText.").said(), ["warning odd-metadata a.md:2:8"]);
}

#[test]
fn prose_under_keys_that_mean_nothing_is_told_of() {
    let folder = essay(
        "---\ntitle: T\nsummary2: nobody would ever see these nine whole words here\nnote: short\nheader: {caption: and nobody would ever see these other nine words}\n---\nText.",
    );
    assert_eq!(folder.said(), ["note unread-metadata a.md:3:11", "note unread-metadata a.md:5:9"]);
    let folder = essay(
        "---\ndescription: First.\nsummary: This one says quite a few other things than the first.\n---\nText.",
    );
    assert_eq!(folder.said(), ["note unread-metadata a.md:3:10"]);
}

#[test]
fn several_yaml_blocks_are_one_where_they_belong_together() {
    let folder = essay(
        "% Engines\n\n---\nauthor: Ada Lovelace\n---\n\nText.\n\n---\nlang: fr\nauthor: Ada Lovelace\n...\n\nMore.",
    );
    assert_eq!(folder.metadata().title.as_deref(), Some("Engines"));
    assert_eq!(folder.authors(), ["Ada Lovelace"]);
    assert_eq!(folder.metadata().language.as_deref(), Some("fr"));
    assert_eq!(folder.text().split_whitespace().collect::<Vec<_>>(), ["Text.", "More."]);
    // Another title starts another essay, which is not metadata of this one.
    let folder = essay("---\ntitle: One\n---\n\nText.\n\n---\ntitle: Two\n---\n\nMore.");
    assert!(folder.text().contains("title: Two"));
    let folder = essay("Text.\n\n---\n\ntitle is everything\n\n---\n\nMore.");
    assert!(folder.text().contains("everything"));
}

#[test]
fn yaml_that_people_write_is_understood_with_a_warning() {
    let title = |line: &str| {
        let folder = essay(&format!("---\nlayout: post\n{line}\ntags: [x]\n---\nText."));
        let said = folder.said();
        assert!(
            said.len() == 1 && said[0].starts_with("warning repaired-metadata a.md:"),
            "{line}: {said:?}"
        );
        assert_eq!(folder.metadata().keywords, ["x"], "{line}");
        folder.metadata().title.clone().unwrap_or_default()
    };
    assert_eq!(title("title: AI: a story"), "AI: a story");
    assert_eq!(title("title: \"Open"), "Open");
    assert_eq!(title("title: \"He said \"no\" again\""), "He said \"no\" again");
    assert_eq!(title("title: 'It's here'"), "It's here");
    assert_eq!(title("title: \"AI\" for all"), "\"AI\" for all");
    assert_eq!(title("title: @home"), "@home");
    assert_eq!(title("title: `code` first"), "`code` first");
    assert_eq!(title("title: %100"), "%100");
    assert_eq!(title("title: [Draft] My Essay"), "[Draft] My Essay");
    assert_eq!(title("title: *Stars*"), "*Stars*");
    assert_eq!(title("title: One: two\n  and three"), "One: two and three");
    assert_eq!(title("title: T\nauthors:\n\t- Ada\n\t- Grace"), "T");
    assert_eq!(title("title: T\nkeywords2:\n  - @a\n  - b"), "T");
    assert_eq!(title("title: T\nkeywords2: [a, @b, c: d: e]"), "T");
}

#[test]
fn a_block_that_nothing_closes_ends_at_the_first_empty_line() {
    let folder = essay("---\ntitle: T\nauthor: Ada Lovelace\n\nText.");
    assert_eq!(folder.authors(), ["Ada Lovelace"]);
    assert_eq!(folder.said(), ["warning unclosed-metadata a.md:1:1"]);
    assert_eq!(essay("---\nText: more of it\nand more\n\nText.").said(), Vec::<String>::new());
}

#[test]
fn broken_toml_and_json_are_errors_at_their_place() {
    let folder = essay("+++\ntitle = \"T\"\ndate = \"2024\nx = 1\n+++\nText.");
    assert!(folder.said()[0].starts_with("error broken-toml a.md:3:"), "{:?}", folder.said());
    let folder = essay("{\n\"title\": \"T\",\n\"date\" \"2024\"\n}\nText.");
    assert!(folder.said()[0].starts_with("error broken-json a.md:3:"), "{:?}", folder.said());
    // A comma too many is no reason to stop.
    let folder = essay("{\n\"title\": \"T\",\n}\nText.");
    assert_eq!(folder.metadata().title.as_deref(), Some("T"));
    assert!(folder.said()[0].starts_with("warning repaired-metadata a.md:3:"), "{:?}", folder.said());
    let folder = essay("{\n  \"title\": \"T\",\n  \"date\": \"someday\"\n}\nText.");
    assert_eq!(folder.said(), ["warning odd-metadata a.md:3:3"]);
    let folder = essay("+++\ntitle = \"T\"\ndate = \"someday\"\n+++\nText.");
    assert_eq!(folder.said(), ["warning odd-metadata a.md:3:8"]);
}

#[test]
fn bibliographies_that_essays_name_are_read() {
    let folder = read(&[
        ("essays/a.md", b"---\nbibliography: [../refs/a.bib, gone.bib]\n---\nText."),
        ("essays/b.md", b"---\nbibliography: ../refs/a.bib\n---\nText."),
        ("refs/a.bib", b"@book{x, title = {X}}"),
        ("refs/b.bib", b"@book{y, title = {Y}}"),
    ]);
    let paths: Vec<&str> = folder.input().bibliographies.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["refs/a.bib"]);
    assert_eq!(folder.said(), ["warning missing-file essays/a.md", "note skipped-file refs/b.bib"]);
}
