//! Bylines in the text become metadata, and go.

use super::{Folder, read};

fn essay(text: &str) -> Folder {
    read(&[("a.md", text.as_bytes())])
}

#[test]
fn a_byline_below_the_title_is_taken_over() {
    for line in [
        "By Ada Lovelace\n\nApril 4, 2025",
        "By Ada Lovelace | April 4, 2025",
        "By Ada Lovelace · April 4, 2025 · 5 min read",
        "*By Ada Lovelace, 4 April 2025*",
        "### By Ada Lovelace on April 4, 2025",
        "By Ada Lovelace, 4 April 2025 {.author}",
        "By Ada Lovelace, 4 April 2025\n{: .author}",
        "Ada Lovelace, 4 April 2025\n{: .byline}",
        "Ada Lovelace | April 4, 2025",
        "Posted by Ada Lovelace on April 4, 2025",
        "Published: April 4, 2025 | Ada Lovelace",
        "Published on April 4, 2025 by Ada Lovelace",
        "April 4, 2025 by Ada Lovelace",
        "Words by Ada Lovelace\n\nPosted on 4 April 2025",
        "**Author:** Ada Lovelace\n**Date:** April 4, 2025",
        "Von Ada Lovelace, 4. April 2025",
        "Par Ada Lovelace le 4 avril 2025",
        "Por Ada Lovelace | 4 de abril de 2025",
        "Door Ada Lovelace\n\nDatum: 4 april 2025",
        "Autore: Ada Lovelace\n\n4 aprile 2025",
    ] {
        let folder = essay(&format!("# On Engines\n\n{line}\n\nText itself."));
        assert_eq!(
            (folder.authors(), folder.date()),
            (vec!["Ada Lovelace"], "2025-04-04".to_owned()),
            "{line}"
        );
        let words: Vec<&str> = folder.text().split_whitespace().collect();
        assert_eq!(words, ["#", "On", "Engines", "Text", "itself."], "{line}");
        assert!(
            folder.said().iter().all(|said| said.starts_with("note removed-byline")),
            "{:?}",
            folder.said()
        );
        let fates = folder.input().manuscripts[0].changes.iter().map(|change| &change.fate);
        assert!(fates.into_iter().all(|fate| *fate == garland::ledger::Fate::Moved), "{line}");
    }
}

#[test]
fn sentences_that_start_like_bylines_stay() {
    for line in [
        "By the time we arrive, it is over.",
        "Von allem bleibt wenig.",
        "Von Berlin nach Paris",
        "Par exemple",
        "Di sera tutto tace",
        "Por favor",
        "Posted by the gate, the guard sleeps.",
        "About the author",
        "Published works | A list",
    ] {
        let folder = essay(&format!("# On Engines\n\n{line}\n\nText itself."));
        assert!(folder.text().contains(line), "{line}");
        assert!(folder.authors().is_empty(), "{line}");
    }
}

#[test]
fn the_last_lines_may_repeat_the_metadata() {
    for line in [
        "Ada Lovelace",
        "— Ada Lovelace",
        "— Ada Lovelace, April 4, 2025",
        "---\n\n*Ada Lovelace*\n\n4 April 2025",
        "**Author: Ada Lovelace**\n**Date: April 4, 2025**",
        "By Ada Lovelace\n{: .author}",
    ] {
        let folder = essay(&format!(
            "---\nauthor: Ada Lovelace\ndate: 2025-04-04\n---\n# T\n\nText itself.\n\n{line}\n"
        ));
        let words: Vec<&str> = folder.text().split_whitespace().collect();
        assert_eq!(words, ["#", "T", "Text", "itself."], "{line}");
    }
    let folder = essay("# T\n\nText itself.\n\n— Ada Lovelace, April 4, 2025");
    assert_eq!((folder.authors(), folder.date()), (vec!["Ada Lovelace"], "2025-04-04".to_owned()));
    // Whose words an essay ends with is not who wrote it.
    let folder = essay("# T\n\nText itself.\n\n> Words.\n\n— Grace Hopper, 1952");
    assert!(folder.text().contains("Grace Hopper") && folder.authors().is_empty());
    let folder =
        essay("---\nauthor: Ada Lovelace\n---\n# T\n\nText.\n\n## About the author\n\nAda Lovelace counts.");
    assert!(folder.text().contains("About the author") && folder.text().contains("Ada Lovelace counts."));
}

#[test]
fn the_editor_may_keep_a_byline() {
    let folder = read(&[
        ("anthology.yaml", b"essays:\n  - file: a.md\n    keep: [removed-byline]\n"),
        ("a.md", b"# T\n\nBy Ada Lovelace\n{: .author}\n\nText."),
    ]);
    assert!(folder.text().contains("By Ada Lovelace\n{: .author}"));
}
