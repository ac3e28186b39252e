//! Whatever plain text and scraped pages hold, every word of it is kept, moved or removed on the record.

use std::fs;
use std::path::Path;

use garland::audit::take_down;
use garland::diagnostic::Diagnostics;
use garland::ledger::Fate;
use garland::manuscript::{Dialect, Reading};
use garland::{ingest, parse};
use proptest::collection::vec;
use proptest::prelude::{prop_assert, proptest};
use proptest::sample::select;

use crate::harness::{SEPARATOR, tries};

/// Lines that plain text is made of.
const LINES: &[&str] = &[
    "",
    "",
    "A Title Of Some Kind",
    "1. One",
    "2. Two",
    "3) Three",
    "(a) a letter",
    "(b) another",
    "i) roman",
    "ii) number",
    "• bullet",
    "    - nested bullet",
    "      turned over",
    "  An indented line of words",
    "Words that go on and on, as words do when nobody stops them, and then go on over the end of the line that they stand in, demo-",
    "cratic words.",
    "It is democratic. It ends.",
    "=====",
    "-----",
    "* * *",
    "> quoted words",
    ">> deeper words",
    ">",
    "a\tb\tc",
    "d\te\tf",
    "Ada       1815     London",
    "Grace     1906     New York",
    "O sing the song,",
    "And carry bread for two,",
    "_emphasis_ and *strength* and /slant/",
    "From: Ada Lovelace <ada@example.org>",
    "Subject: Re: [list] Words",
    "-- ",
    "IV. Roman",
    "1.2 Decimal",
    "CHAPTER 3",
    "References",
    "Notes",
    "[1] A source",
    "[^2]: A note",
    "A claim [1], another[^2]",
    "Tags: one, two",
    "Posted by Ada Lovelace at 10:20 PM",
    "Related posts",
    "3 comments",
    "Key Takeaways",
    "What do you think?",
    "🚀 A Rocket",
    "```markdown",
    "```",
    "Sure! Here is the edited article:",
    "I hope this helps!",
];

fn missing(file: &str, text: &str, dialect: Option<Dialect>) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let reading = Reading { dialect, ..Reading::default() };
    let Some(manuscript) = ingest::prepare(file, text.as_bytes(), reading, &mut diagnostics) else {
        return Vec::new();
    };
    let (document, ledger) = parse::parse(&manuscript, &mut diagnostics);
    let account = take_down(&manuscript, &document, ledger);
    account.missing.into_iter().map(|missing| missing.word).collect()
}

#[test]
fn no_case_loses_a_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parse");
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".md") {
            continue;
        }
        let content = fs::read_to_string(entry.path()).unwrap();
        let essay = content.split_once(SEPARATOR).map_or(content.as_str(), |(essay, _)| essay);
        let (reading, essay) = super::reading(essay);
        assert_eq!(missing(&name, essay, reading.dialect), Vec::<String>::new(), "{name}");
    }
}

/// What ingest takes out of an essay, by rule.
fn removed(file: &str, bytes: &[u8]) -> Vec<(&'static str, String)> {
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare(file, bytes, Reading::default(), &mut diagnostics);
    let changes = manuscript.map(|manuscript| manuscript.changes).unwrap_or_default();
    let removed = changes.into_iter().filter(|change| change.fate == Fate::Removed);
    removed.map(|change| (change.rule, change.text)).collect()
}

#[test]
fn the_sample_loses_furniture_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("chapters");
    let mut found = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            found.extend(removed(&name, &fs::read(&path).unwrap()));
        }
    }
    let expected = [
        ("removed-byline", "**Date: April 22, 2025**"),
        ("removed-byline", "**Author: Salma Benhaddou**  "),
        ("removed-byline", "---"),
        ("removed-furniture", "Leave a Comment"),
        ("removed-furniture", "top of page"),
        ("removed-furniture", "Comments"),
        ("removed-furniture", "bottom of page"),
    ];
    assert_eq!(found, expected.map(|(rule, text)| (rule, text.to_owned())));
}

/// Sentences that speak of what pages hold, each alone in its paragraph.
const PROSE: &[&str] = &[
    "We use cookies to count the days of Advent, and they improve nothing but the mood.",
    "Share your bread, she said, and tell us in the comments of the angels what it cost.",
    "Leave a comment out of it, for once.",
    "Thanks for reading this far; the door is on the left.",
    "Read more: it is cheaper than talking.",
    "Next: the bread. It rose slowly.",
    "Home / Away",
    "12 likes to get up early, and 13 does not.",
    "They told me in the comments below the article that bread is a luxury.",
    "Follow me, said the river, and nobody did.",
    "Sign up for nothing that has a newsletter of its own to feed.",
    "Three comments on the price of bread",
    "Subscribe to nothing.",
    "Here is the essay that I never wrote:",
    "As an AI language model, I cannot taste bread, the machine wrote; so I baked it some.",
    "I hope this helps the reader who has no oven.",
    "Let me know if you ever pass through the town.",
    "Photo by Grace Hopper on Unsplash",
    "Related to bread is the question of salt.",
    "Tags: what a child plays when it has no bread.",
    "Wir verwenden Cookies, schrieb der Bäcker, und meinte Kekse.",
    "Partager un article de pain, c’est le rompre.",
    "Deja un comentario, dijo, y se fue.",
    "Dodaj komentarz do chleba, a wyjdzie ci zupa.",
];

#[test]
fn prose_about_pages_stays() {
    let others = "Bread is older than the page, and it will be there when the page is gone.\n\n";
    let mut lost = Vec::new();
    for sentence in PROSE {
        for (before, after) in [("", others), (others, ""), (others, others)] {
            let text = format!("# Bread\n\n{before}{sentence}\n\n{after}");
            lost.extend(removed("bread.md", text.as_bytes()));
        }
    }
    assert_eq!(lost, []);
}

/// What properties found.
#[test]
fn words_beside_odd_markup_are_accounted_for() {
    for text in [
        "<div>\n[^1]&amp;<div>\n[1] #",
        "*1. title: x\n<div>\n[^1]&amp;<div>\n[1] #",
        "<div>\n#&[^1]&amp;---\n[1] > [!info] 1. ",
        "<b><h2>$*word$\n",
        "<b><h2>`word`\n",
        "#*#1. <div>\n[1] <div>\n    [^1]",
        "|---|\n: $---\n    http://a.b/c)$",
        "- $- word---\n\t[[title: x\n*$",
        "[1] ```\n    &amp;",
        "title: x\n: #---\n\t1. #",
        "> x\n> : y\n>\t1. #",
        "- <a class=\"yt-timestamp\" data-t=\"1:02\">00:01:0600:01:06</a>",
        "- <a class=\"yt-timestamp\" data-t=\"1:02\">0:99</a> and <a class=\"yt-timestamp\" data-t=\"1:02\">0:59</a>",
        "> ```\n[1] ```\n    <b>",
        "<p>caf&eacute; &AMP; caf&#233;s</p>",
    ] {
        assert_eq!(missing("essay.md", text, Some(Dialect::Markdown)), Vec::<String>::new(), "{text:?}");
    }
    let text = "1. <div>\n[^1]: <div>\n    #[^1]";
    assert_eq!(missing("essay.txt", text, Some(Dialect::Plain)), Vec::<String>::new());
}

proptest! {
    #![proptest_config(tries(300))]

    #[test]
    fn no_plain_text_loses_a_word(lines in vec(select(LINES), 0..40)) {
        let lost = missing("essay.txt", &lines.join("\n"), Some(Dialect::Plain));
        prop_assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn no_scraped_text_loses_a_word(lines in vec(select(LINES), 0..40)) {
        let lost = missing("essay.md", &lines.join("\n"), None);
        prop_assert!(lost.is_empty(), "{lost:?}");
    }
}
