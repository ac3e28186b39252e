//! Whatever plain text and scraped pages hold, every word of it is kept, moved or removed on the record.

use std::fs;
use std::path::Path;

use garland::audit::take_down;
use garland::diagnostic::Diagnostics;
use garland::manuscript::{Dialect, Reading};
use garland::{ingest, parse};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use proptest::sample::select;

use super::SEPARATOR;

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
        let dialect = super::reading(&name).dialect;
        assert_eq!(missing(&name, essay, dialect), Vec::<String>::new(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

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
