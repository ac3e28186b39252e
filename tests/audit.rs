//! Every word of an essay is in the book, or the editor hears of it.

use garland::audit::{EssayAccount, close, take_down};
use garland::diagnostic::{Diagnostics, Severity};
use garland::ingest;
use garland::ledger::{Counts, Ledger, Use};
use garland::manuscript::{Dialect, Manuscript, Reading, Vetoes};
use garland::parse;
use proptest::collection::vec;
use proptest::prelude::{prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;

use super::compile::builder::{Essay, essay, folder, heading, link, list, mark, text};
use super::harness::Anthology;
use super::parse::properties::PIECES;
use super::parse::syntax::SYNTAX;
use crate::harness::tries;

fn report(given: Essay, change: impl FnOnce(&mut garland::anthology::Anthology)) -> Vec<String> {
    let manuscript = Manuscript::untouched("a.md", Dialect::Markdown, "");
    let taken = vec![take_down(&manuscript, given.document(), Ledger::default())];
    let mut anthology = folder().essay(given).compile().anthology;
    change(&mut anthology);
    let mut diagnostics = Diagnostics::new();
    close(taken, &anthology, false, &mut diagnostics);
    diagnostics.iter().map(|it| format!("{}: {}", it.severity, it.message)).collect()
}

fn rich() -> Essay {
    essay("a.md", "A")
        .says([
            text("It’s the AI divide"),
            mark("1"),
            text(" that "),
            link("gone.md", "we"),
            text(" mean"),
            mark("2"),
        ])
        .footnote("1", [text("A remark.")])
        .reference("2", [text("HuggingFace: https://huggingface.co/")])
        .block(heading(2, "Glossary of Key Terms"))
        .block(list(&["AI Divide: a gap", "Zeal: eagerness"]))
}

#[test]
fn a_faithful_book_has_nothing_to_report() {
    assert_eq!(report(rich(), |_| ()), Vec::<String>::new());
}

#[test]
fn words_lost_between_tree_and_book_are_named() {
    let lost = report(rich(), |book| book.chapters[0].body.clear());
    assert_eq!(
        lost,
        ["warning: 6 words of this essay did not reach the book: `it`, `s`, `the`, `that`, `we`, `mean`"]
    );
    let lost = report(rich(), |book| book.glossary.clear());
    assert!(lost[0].ends_with("`a`, `gap`, `zeal`, `eagerness`") || lost[0].contains("`zeal`"), "{lost:?}");
}

#[test]
fn a_reference_in_other_words_is_only_noted() {
    let found = report(rich(), |book| book.bibliography.clear());
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with(&Severity::Note.to_string()), "{found:?}");
}

#[test]
fn essays_that_are_not_in_the_book_are_not_missed() {
    let manuscript = Manuscript::untouched("a.md", Dialect::Markdown, "");
    let taken = vec![take_down(&manuscript, rich().document(), Ledger::default())];
    let mut diagnostics = Diagnostics::new();
    close(taken, &folder().compile().anthology, false, &mut diagnostics);
    assert!(diagnostics.is_empty());
}

/// Reads an essay as a build does, lets `change` tamper with what the steps say, and takes it down.
fn tampered(
    essay: &str,
    change: impl FnOnce(&mut Manuscript, &mut garland::document::Document, &mut Ledger),
) -> EssayAccount {
    let mut found = Diagnostics::new();
    let mut manuscript =
        ingest::prepare("essay.md", essay.as_bytes(), Reading::default(), &mut found).unwrap();
    let (mut document, mut ledger) = parse::parse(&manuscript, &mut found);
    change(&mut manuscript, &mut document, &mut ledger);
    take_down(&manuscript, &document, ledger)
}

const ESSAY: &str = "---\ntitle: The Key\n---\n\nBy Ada Lovelace\n\nKept [words](https://example.org/a) stay.\n\n\
    Leave a comment\n\n<!-- hidden here -->\nItâ€™s caf&eacute; *time*[^1].\n\n[^1]: A note.\n";

fn missing(account: &EssayAccount) -> Vec<(&str, Option<u32>)> {
    account.missing.iter().map(|missing| (missing.word.as_str(), missing.line)).collect()
}

#[test]
fn every_word_is_kept_moved_removed_or_markup() {
    let account = tampered(ESSAY, |_, _, _| ());
    assert_eq!(missing(&account), []);
    let expected = Counts { total: 27, gained: 0, kept: 10, moved: 6, removed: 5, markup: 6, missing: 0 };
    assert_eq!(account.counts, expected, "{:#?}", account.changes);
    assert!(account.counts.balance());
    let rules: Vec<(&str, (u32, u32))> =
        account.changes.iter().map(|change| (change.rule, change.lines)).collect();
    assert_eq!(
        rules,
        [
            ("metadata", (1, 3)),
            ("removed-byline", (5, 5)),
            ("removed-furniture", (9, 9)),
            ("removed-comment", (11, 11)),
            ("repaired-encoding", (12, 12)),
        ]
    );
}

#[test]
fn words_that_ingest_loses_are_found() {
    let account = tampered(ESSAY, |manuscript, _, _| {
        manuscript.changes.retain(|change| change.rule != "removed-furniture");
    });
    assert_eq!(missing(&account), [("Leave", Some(9)), ("a", Some(9)), ("comment", Some(9))]);
    assert!(!account.counts.balance());
}

#[test]
fn words_that_the_parser_loses_are_found() {
    let account = tampered(ESSAY, |_, document, _| document.body.clear());
    let found: Vec<&str> = missing(&account).into_iter().map(|(word, _)| word).collect();
    assert_eq!(found, ["Kept", "words", "stay", "It", "s", "caf", "time"]);
    let account = tampered(ESSAY, |_, _, ledger| ledger.uses.retain(|(_, usage)| *usage != Use::Markup));
    assert!(missing(&account).contains(&("https", Some(7))), "{:?}", account.missing);
}

#[test]
fn strictness_makes_a_missing_word_an_error() {
    let manuscript = Manuscript::untouched("a.md", Dialect::Markdown, "Lost.");
    for (strict, severity) in [(false, Severity::Warning), (true, Severity::Error)] {
        let document = essay("a.md", "A").document().clone();
        let taken = vec![take_down(&manuscript, &document, Ledger::default())];
        let mut diagnostics = Diagnostics::new();
        close(taken, &folder().compile().anthology, strict, &mut diagnostics);
        assert_eq!(diagnostics.count(severity), 1);
    }
}

#[test]
fn a_veto_keeps_what_a_rule_would_remove() {
    let page = "# Title\n\nProse that says something.\n\nLeave a comment\n\nMore prose.\n\nBack to top\n";
    let kept = Anthology::new().essay("a.md", page).manifest("essays: [{file: a.md, keep: [5]}]").build();
    kept.epub_prose().contains("Leave a comment").lacks("Back to top");
    let kept = Anthology::new().essay("a.md", page).manifest("keep: removed-furniture").build();
    kept.epub_prose().contains("Leave a comment").contains("Back to top");
}

#[test]
fn the_account_of_a_book_names_every_change() {
    let built = Anthology::new().essay("essay.md", ESSAY).build();
    let report = &built.book().report;
    let json: serde_json::Value = serde_json::from_str(&report.json).unwrap();
    assert_eq!(json["balanced"], true);
    assert_eq!(json["essays"][0]["changes"][4]["fate"], "repaired");
    assert_eq!(json["essays"][0]["changes"][2]["text"], "Leave a comment");
    let page = &report.page;
    assert!(!page.contains("<p><del>"), "what a line shows is not shown again: {page}");
    let html = "<body><article><p>An essay of some words.</p></article><footer>All the rest</footer></body>";
    let built = Anthology::new().essay("page.html", html).build();
    assert!(built.book().report.page.contains("<del>All the rest</del>"), "{}", built.book().report.page);
    let built = Anthology::new().essay("a.md", "# A\n\nSee [there](gone.md).").build();
    let report = &built.book().report;
    assert!(report.page.contains("<code>unresolved-link</code>"), "{}", report.page);
    assert!(report.json.contains("\"code\": \"unresolved-link\""), "{}", report.json);
    assert!(page.contains("The account balances"), "{page}");
    assert!(page.contains("It<del>â€™</del>s") && page.contains("It<ins>’</ins>s"), "{page}");
}

/// The words that an essay loses, and its counts where they do not balance.
fn unaccounted(essay: &str, dialect: Dialect, keep: &Vetoes) -> Option<(Vec<String>, Counts)> {
    let mut found = Diagnostics::new();
    let reading = Reading { dialect: Some(dialect), keep: keep.clone(), ..Reading::default() };
    let manuscript = ingest::prepare("essay.md", essay.as_bytes(), reading, &mut found)?;
    let (document, ledger) = parse::parse(&manuscript, &mut found);
    let account = take_down(&manuscript, &document, ledger);
    let words: Vec<String> = account.missing.into_iter().map(|missing| missing.word).collect();
    (!words.is_empty() || !account.counts.balance()).then_some((words, account.counts))
}

/// Texts that lost words once, or seemed to.
const LOST_ONCE: &[(Dialect, &str, &str)] = &[
    (Dialect::Markdown, "a reference beside a named character", "[1]&amp;<b>x\n[1] </b>"),
    (Dialect::Plain, "a reference in a note of two lines", "a[^1] b\n[^1]: note\n    [^1]"),
    (Dialect::Vault, "money over two lines of an item", "1. $...\n    [1]$"),
    (Dialect::Markdown, "the number of an item behind a tab", "- a\n\t1. b\n"),
    (Dialect::Markdown, "a formula in a heading of HTML", "a <h1>$$y=1$$"),
    (Dialect::Markdown, "a formula that is hidden", "a <script>$x^2$"),
    (Dialect::Hugo, "a shortcode that is hidden", "a <script>{{< ref \"a.md\" >}}"),
    (Dialect::Vault, "an embed that is hidden", "a <script>![[sound.mp3|x]]"),
    (Dialect::Markdown, "a link that is defined twice", "[r]: http://x.y \"T\"\n\n[r]: z\n\n> [R]: q\n"),
    (Dialect::Hugo, "a figure in a line", "Word {{< figure src=\"x.png\" caption=\"cap\" >}} more"),
    (Dialect::Hugo, "markup in a caption", "{{< figure src=\"x.png\" caption=\"a [b](c.d) &eacute;\" >}}"),
    (Dialect::MultiMarkdown, "a formula after what was removed", "[^1]: {{file.md}}$$\nx+y\n$$\n"),
];

/// Texts of which words went although the editor kept their lines.
const LOST_IN_SPITE_OF_VETO: &[(Dialect, &str, &str)] = &[
    (Dialect::Markdown, "the heading that is the title", "# Title\n\nText.\n"),
    (Dialect::Markdown, "a comment", "Text <!-- words --> and\n\n<!-- a\nb -->\n"),
    (Dialect::Markdown, "a declaration", "<!DOCTYPE words>\n"),
    (Dialect::Markdown, "a reference in a comment that nothing ends", "<!-- a\n[1]: x\n#---\n[1]: <p>"),
    (Dialect::Markdown, "a script", "a <script>x `y` &amp; $z^2$</script>\n\n<style>a { b }</style>\n"),
    (Dialect::Markdown, "cells beyond the head", "| a |\n|---|\n| b | c | d |\n"),
];

#[test]
fn nothing_is_lost_again() {
    let nothing = Vetoes::default();
    for (dialect, what, essay) in LOST_ONCE {
        assert_eq!(unaccounted(essay, *dialect, &nothing), None, "{what}");
    }
    let everything = Vetoes { lines: vec![(1, 100)], ..Vetoes::default() };
    for (dialect, what, essay) in LOST_IN_SPITE_OF_VETO {
        assert_eq!(unaccounted(essay, *dialect, &everything), None, "{what}");
    }
}

proptest! {
    #![proptest_config(tries(1_500))]

    /// Whatever is written, in whatever dialect, whatever the editor keeps: the account balances. With
    /// `PROPTEST_CASES` set, on other cases in every run.
    #[test]
    fn no_word_is_lost_from_any_text(
        pieces in vec(prop_oneof![select(PIECES), select(SYNTAX)], 0..50),
        dialect in select(Dialect::NAMES.map(|(_, dialect)| dialect).to_vec()),
        lines in vec((1..12_u32, 0..4_u32), 0..2),
    ) {
        let essay: String = pieces.concat();
        let lines = lines.into_iter().map(|(first, more)| (first, first + more)).collect();
        let keep = Vetoes { lines, ..Vetoes::default() };
        prop_assert_eq!(unaccounted(&essay, dialect, &keep), None, "{:?}", essay);
    }
}
