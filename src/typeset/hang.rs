//! How far marks stand out into the margins, so that the margins look straight.

use crate::paged_book::ShapedText;

/// How much of a hyphen stands in the margin.
pub const HYPHEN_HANG: f32 = 0.7;

/// How far the character at a byte of a run may stand out where a line starts, in thousandths of an em.
pub fn hang_left(run: &ShapedText, byte: usize) -> f32 {
    let character = run.text.get(byte..).and_then(|text| text.chars().next());
    let share = match character {
        Some('“' | '‘' | '"' | '\'' | '„' | '‚' | '«' | '‹' | '”' | '’' | '»') => 0.6,
        Some('(' | '[') => 0.15,
        // Half of a full-width mark is blank.
        Some('「' | '『' | '（' | '［' | '【' | '《' | '〈' | '〔') => 0.5,
        _ => return 0.0,
    };
    advance(run, byte) * share
}

/// The same of the character that ends before a byte, where a line ends.
pub fn hang_right(run: &ShapedText, byte: usize) -> f32 {
    let Some((start, character)) = run.text.get(..byte).and_then(|text| text.char_indices().next_back())
    else {
        return 0.0;
    };
    let share = match character {
        '.' | ',' | '،' | '۔' => 0.7,
        '-' | '‐' => HYPHEN_HANG,
        '”' | '’' | '"' | '\'' | '»' | '›' | '“' | '‘' => 0.6,
        ';' | ':' | '–' | '؛' => 0.35,
        '—' | '!' | '?' | '؟' | ')' | ']' | '…' => 0.15,
        '、' | '。' | '，' | '．' | '：' | '；' | '！' | '？' => 0.5,
        '」' | '』' | '）' | '］' | '】' | '》' | '〉' | '〕' => 0.5,
        _ => return 0.0,
    };
    advance(run, start) * share
}

fn advance(run: &ShapedText, byte: usize) -> f32 {
    let glyphs = run.glyphs.iter().filter(|glyph| glyph.cluster as usize == byte);
    glyphs.map(|glyph| glyph.advance).sum()
}
