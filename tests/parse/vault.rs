//! Note vaults: what is taken out, what the editor can forbid, and where links to blocks lead.

use garland::diagnostic::Diagnostics;
use garland::manuscript::{Dialect, Manuscript};
use garland::parse;

use super::dump;

/// The tree of a vault's note, with the rules of what was taken out of it.
fn read(text: &str, keep: &[&str]) -> (String, Vec<&'static str>) {
    let mut manuscript = Manuscript::untouched("note.md", Dialect::Vault, text);
    manuscript.keep.rules = keep.iter().map(|rule| (*rule).to_owned()).collect();
    let (document, ledger) = parse::parse(&manuscript, &mut Diagnostics::new());
    let rules = ledger.changes.iter().map(|change| change.rule).collect();
    // The file name is the title of a note without one.
    (dump::document(&document).replace("title: Note\n", "").trim().to_owned(), rules)
}

#[test]
fn what_is_taken_out_is_recorded_and_can_be_forbidden() {
    for (rule, text, without, with) in [
        ("removed-comment", "a %%b c%% d", "p a d", "p a b c d"),
        ("removed-template", "a <% b %> c", "p a c", "p a <% b %> c"),
        ("removed-field", "a\n\nb:: c\n", "p a", "p a\np b:: c"),
        ("removed-query", "a\n\n```dataview\nLIST\n```\n", "p a", "p a\ncode dataview \"LIST\""),
        ("moved-tags", "#a #b\n\nc", "keywords: a; b\n\np c", "p a b\np c"),
        ("moved-field", "tags:: a, b\n\nc", "keywords: a; b\n\np c", "p tags:: a, b\np c"),
    ] {
        assert_eq!(read(text, &[]), (without.to_owned(), vec![rule]), "{text:?}");
        assert_eq!(read(text, &[rule]), (with.to_owned(), vec![]), "{text:?}");
    }
}

#[test]
fn comments_leave_the_markdown_around_them_as_it_is() {
    for (text, tree) in [
        // What stands behind a comment is no code, though many spaces would be in front of it.
        ("%%a long comment%% text", "p text"),
        ("- %%a long comment%% item", "list tight\n  -\n    p item"),
        // A comment at a line's end breaks no line.
        ("one %%x%%\ntwo", "p one two"),
        ("one\n\n%%\n\n# not this\n\n%%\n\ntwo", "p one\np two"),
        ("`%%code%%` and ``%% ` %%`` stay", "p ‹code %%code%%› and ‹code %% ` %%› stay"),
        ("    %%code%%", "code - \"%%code%%\""),
        ("100%% of it\n\nand 50%% more", "p 100%% of it\np and 50%% more"),
        ("> %%a%%\n> b", "quote\n  p b"),
        ("\\%%a%% b", "p %%a%% b"),
    ] {
        assert_eq!(read(text, &[]).0, tree, "{text:?}");
    }
}

#[test]
fn highlights_hold_other_markup_and_comparisons_are_none() {
    for (text, tree) in [
        ("==a *b* [c](d)==", "p ‹mark a ‹em b› ‹→d c››"),
        ("*==a== b*", "p ‹em ‹mark a› b›"),
        ("a == b == c", "p a == b == c"),
        ("a ==b", "p a ==b"),
        ("====", "p ===="),
        ("`==a==`", "p ‹code ==a==›"),
    ] {
        assert_eq!(read(text, &[]).0, tree, "{text:?}");
    }
}

#[test]
fn an_identifier_marks_the_start_of_its_block() {
    for (text, tree) in [
        ("a b ^id", "p ‹#^id›a b"),
        ("a\n\n^id\n\nb", "p ‹#^id›a\np b"),
        ("> a\n\n^id", "quote\n  p ‹#^id›a"),
        ("> [!tip] a ^id", "callout tip: ‹#^id›a"),
        ("![[a.png]] ^id\n\nb", "figure a.png alt=\"\" caption=\"\"\np ‹#^id›b"),
        ("| a |\n|---|\n| b |\n^id", "table [Start] \n  header | ‹#^id›a\n  row | b"),
        ("# a ^id\n\nb", "title: a\n\np b"),
        ("2 ^ 3 and x^2", "p 2 ^ 3 and x^2"),
    ] {
        assert_eq!(read(text, &[]).0, tree, "{text:?}");
    }
}

#[test]
fn identifiers_in_html_and_attributes_are_places_too() {
    for (dialect, text, tree) in [
        (Dialect::Markdown, "A.\n\n<a name=\"key\"></a>\n\n## Part\n\nB.", "p A.\nh2 ‹#key›Part\np B."),
        (Dialect::Markdown, "A <span id=\"key\">word</span>.", "p A ‹#key›word."),
        (Dialect::Jekyll, "A paragraph.\n{: #key}", "p ‹#key›A paragraph."),
    ] {
        let manuscript = Manuscript::untouched("note.md", dialect, text);
        let (document, _) = parse::parse(&manuscript, &mut Diagnostics::new());
        assert_eq!(dump::document(&document).replace("title: Note\n", "").trim(), tree, "{text:?}");
    }
}

#[test]
fn tags_in_a_sentence_become_words() {
    for (text, tree) in [
        ("about #gardens/wild today", "p about gardens/wild today"),
        ("issue #12, C# and #ff8800", "p issue #12, C# and #ff8800"),
        ("see https://example.org/a#b", "p see ‹→https://example.org/a#b https://example.org/a#b›"),
        ("(#a) **#b**", "p (a) ‹strong b›"),
    ] {
        assert_eq!(read(text, &[]).0, tree, "{text:?}");
    }
}

#[test]
fn inline_notes_are_notes() {
    assert_eq!(read("a^[b *c*] d", &[]).0, "p a‹note=^1 ^1› d\nfootnote ^1\n  p b ‹em c›");
}
