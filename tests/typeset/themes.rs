//! Themes: files of keys that inherit from each other.

use garland::Options;
use garland::diagnostic::Diagnostics;
use garland::fonts::Family;
use garland::manifest::{Paper, THEMES};
use garland::typeset::Theme;

use crate::harness::Anthology;

/// The theme, and what is wrong with it: `line:column message (help)`.
fn read(text: &str) -> (Theme, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let theme = Theme::read("mine.yaml", text, &mut diagnostics);
    let told = diagnostics.iter().map(|problem| {
        let place = problem.place.as_ref().expect("a place");
        let help = problem.help.as_deref().unwrap_or_default();
        let (line, column) = (place.line.unwrap_or_default(), place.column.unwrap_or_default());
        format!("{}:{line}:{column} {} ({help})", place.file, problem.message)
    });
    (theme, told.collect())
}

#[test]
fn the_themes_that_come_with_garland_are_whole() {
    for name in THEMES {
        let theme = Theme::bundled(name).expect("a theme");
        let (inherited, problems) = read(&format!("inherits: {name}\n"));
        assert_eq!(problems, Vec::<String>::new(), "{name}");
        assert_eq!(inherited, theme, "{name}");
        for (_, paper) in Paper::NAMES {
            let layout = theme.layout(paper);
            assert!(layout.top + layout.depth + 20.0 < layout.height, "{name} on {paper:?}: {layout:?}");
            let ems = layout.measure / layout.size;
            assert!((15.0..=36.0).contains(&ems), "{name} on {paper:?} has lines of {ems} ems");
        }
    }
}

#[test]
fn a_theme_overrides_keys_and_inherits_the_rest() {
    let (mine, problems) = read("inherits: large-print\ntext: {size: 20}\npapers:\n  a4: {inner: 70}\n");
    assert_eq!(problems, Vec::<String>::new());
    let (mine, theirs) =
        (mine.layout(Paper::A4), Theme::bundled("large-print").expect("a theme").layout(Paper::A4));
    assert_eq!((mine.size, mine.inner, mine.outer), (20.0, 70.0, theirs.outer));
    assert_eq!((mine.leading, mine.family, mine.ragged), (theirs.leading, Family::Sans, true));
    assert!(!mine.hyphenates);
    // What says nothing of inheritance inherits from the book theme.
    let (plain, problems) = read("text: {indent: 0}\n");
    assert_eq!((plain.layout(Paper::A5).family, problems.len()), (Family::Serif, 0));
}

#[test]
fn every_mistake_in_a_theme_is_told_with_its_place() {
    let (_, problems) = read(
        "inherits: lrage-print
text:
  small: big
  small: 12
  weight: 400
  align: middle
headings: {sizes: [1, 2]}
chapter: {sink: 1.5}
papers:
  a5: {inner: 300, lines: 90}
  a6: {}
",
    );
    assert_eq!(
        problems,
        [
            "mine.yaml:1:11 there is no theme `lrage-print` to inherit from (did you mean `large-print`?)",
            "mine.yaml:3:10 `small` must be a number from 4 to 96, but here it is `big` (write a number from 4 to 96, or remove the key)",
            "mine.yaml:4:3 `small` is set twice (keep one of the two)",
            "mine.yaml:5:3 unknown key `weight` in text (known keys here: family, size, leading, indent, small, note_size, note_leading, align, hyphenation, acronyms)",
            "mine.yaml:6:10 `align` cannot be `middle` (write one of: justified, left)",
            "mine.yaml:7:19 `sizes` has 2 of five sizes (write one for each level of headings from 2 to 6)",
            "mine.yaml:7:20 `sizes` must be a number from 4 to 96, but here it is `1` (write a number from 4 to 96, or remove the key)",
            "mine.yaml:7:23 `sizes` must be a number from 4 to 96, but here it is `2` (write a number from 4 to 96, or remove the key)",
            "mine.yaml:8:17 `sink` must be a whole number, but here it is 1.5 (write 1 or 2)",
            "mine.yaml:10:7 the margins of a5 leave 61 points for a line of text (make `inner` and `outer` smaller, or the type)",
            "mine.yaml:10:7 the `lines` of a5 reach 674 points below the page (set fewer `lines`, or a smaller `top`, `leading` or `scale`)",
            "mine.yaml:11:3 unknown key `a6` in papers (did you mean `a4`?)",
        ]
    );
    let (_, problems) = read("- a\n- b\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    let (_, problems) = read("text: [\n");
    assert!(problems[0].contains("not valid YAML"), "{problems:?}");
}

#[test]
fn the_manifest_or_the_command_chooses_the_theme() {
    let essay = || Anthology::new().essay("a.md", "# One\n\nWords.\n");
    let pages = |anthology: Anthology| {
        let pdf = anthology.build().book().pdf.clone().expect("a PDF");
        let pdf = lopdf::Document::load_mem(&pdf).expect("a PDF");
        let page = pdf.get_pages().into_values().next().expect("a page");
        let size =
            pdf.get_dictionary(page).and_then(|page| page.get(b"MediaBox")?.as_array()).expect("a size");
        size[2].as_float().expect("a width").round() as u32
    };
    let theme = |name: &str| format!("editions: {{pdf: {{theme: {name}}}}}\n");
    assert_eq!(pages(essay()), 420);
    assert_eq!(pages(essay().manifest(&theme("large-print"))), 595);
    let mine = essay().manifest(&theme("mine.yaml")).file("mine.yaml", "paper: 6x9\n");
    assert_eq!(pages(mine), 432);
    let command =
        Options { theme: Some("workshop".to_owned()), paper: Some(Paper::Letter), ..Options::default() };
    assert_eq!(pages(essay().manifest(&theme("book")).options(command)), 612);

    essay().manifest(&theme("bokk")).build().expect_error("unknown-theme");
    essay().manifest(&theme("mine.yaml")).file("mine.yaml", "texts: 1\n").build().expect_error("unknown-key");
    essay().manifest(&theme("lost.yaml")).build().expect_error("missing-file");
}
