//! Paragraphs in other scripts: which words stand on which line, in the order of the eye, and how far each line's
//! ends are from the margins.
//!
//! `GARLAND_UPDATE=1 cargo test scripts` writes the second half of `tests/typeset/scripts/*.md` anew.

use garland::fonts::Fonts;
use garland::manifest::Paper;
use garland::paged_book::{Item, Meaning};
use garland::typeset::typeset;

use super::sheets::{body, layout, lines, theme};
use crate::epub::book::{Book, paragraph};
use crate::harness::compare_goldens;

/// The characters of the Chinese paragraph, for no bundled face has any.
const CHINESE: &[u8] = include_bytes!("scripts/NotoSerifSC-subset.ttf");

fn set(language: &str, text: &str) -> String {
    let mut fonts = Fonts::bundled();
    assert!(fonts.add_fallback("NotoSerifSC", CHINESE.to_vec()));
    let mut anthology = Book::new("Lamps").chapter("Evenings", "Ama Mensah", vec![paragraph(text)]).build();
    anthology.chapters[0].language = language.to_owned();
    let book = typeset(&anthology, &fonts, &theme(), Paper::A5);
    let page = body(&book)[0];
    let layout = layout();
    let opening = ["Evenings", "Ama Mensah"];
    let mut painted = String::new();
    for item in &page.items {
        if let Item::Text(run) = item
            && matches!(run.meaning, Meaning::Content(_))
        {
            painted.push_str(run.glyphs.text.trim_matches('\u{AD}'));
        }
    }
    let read: String = text.split_whitespace().collect();
    assert!(painted.contains(&read), "text is not painted as it is read:\n{painted}\n{read}");
    let shown = lines(page).into_iter().filter(|line| !opening.contains(&line.text.trim())).filter(|line| {
        (line.size - layout.size).abs() < 0.01 && line.baseline < layout.height - layout.top - layout.sink
    });
    let show = |line: super::sheets::SheetLine| {
        let left = line.left - layout.inner;
        let right = layout.inner + layout.measure - line.right;
        format!("{left:5.1} {right:5.1} {}\n", line.text.trim())
    };
    shown.map(show).collect()
}

#[test]
fn every_script_is_set_by_its_rules() {
    compare_goldens("typeset/scripts", |name, text| set(name.trim_end_matches(".md"), text));
}

#[test]
fn no_chinese_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() {
    let text = include_str!("scripts/zh.md").lines().next().unwrap_or_default();
    let long = text.repeat(4);
    for line in set("zh", &long).lines() {
        let line = line.get(12..).unwrap_or_default();
        assert!(
            !line.starts_with(['，', '。', '；', '：', '！', '？', '、', '”', '）', '》', '…']),
            "{line}"
        );
        assert!(!line.ends_with(['“', '（', '《']), "{line}");
    }
}
