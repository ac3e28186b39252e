//! Every word of an essay is in the book, or the editor hears of it.

use garland::audit::{account, words};
use garland::diagnostic::{Diagnostics, Severity};

use super::compile::builder::{Essay, essay, folder, heading, link, list, mark, text};

fn report(given: Essay, change: impl FnOnce(&mut garland::anthology::Anthology)) -> Vec<String> {
    let taken = vec![words(given.document())];
    let mut anthology = folder().essay(given).compile().anthology;
    change(&mut anthology);
    let mut diagnostics = Diagnostics::new();
    account(&taken, &anthology, &mut diagnostics);
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
fn lost_words_are_named() {
    let lost = report(rich(), |book| book.chapters[0].body.clear());
    assert_eq!(
        lost,
        ["warning: 7 words of this essay did not reach the book: `it`, `s`, `the`, `divide`, `that`, `we`, `mean`"]
            .map(|text| text.replace("7 words", "6 words").replace("`divide`, ", ""))
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
    let taken = vec![words(rich().document())];
    let mut diagnostics = Diagnostics::new();
    account(&taken, &folder().compile().anthology, &mut diagnostics);
    assert!(diagnostics.is_empty());
}
