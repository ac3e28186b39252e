//! What holds for every text.

use garland::diagnostic::Diagnostics;
use garland::ingest;
use garland::manuscript::Reading;
use proptest::collection::vec;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use super::{document, dump, show};
use crate::harness::tries;

/// Pieces of every dialect's markup, to be thrown together.
pub const PIECES: &[&str] = &[
    "#",
    "## ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~~\n",
    "- ",
    "1. ",
    "> ",
    "> [!info] ",
    "[[",
    "]]",
    "|",
    "![[",
    "[^1]",
    "[^1]: ",
    "[1]",
    "[1] ",
    "[@",
    "](",
    "[",
    "]",
    "(",
    ")",
    "$",
    "$$",
    "<b>",
    "</b>",
    "<a class=\"yt-timestamp\" data-t=\"1:02\">",
    "</a>",
    "<div>\n",
    "</div>\n",
    "<!--",
    "-->",
    "<ul><li>",
    "<h2>",
    "==",
    "%%",
    "^id",
    "~",
    "^",
    "---\n",
    "...\n",
    ": ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "word",
    "Two Words",
    "é",
    "中",
    "🚀 ",
    "šŸ",
    "â€",
    "Ā\u{A0}",
    "\r\n",
    "\u{0}",
    "\u{85}",
    "https://",
    "http://a.b/c)",
    "|---|\n",
    "| a | b |\n",
    "&amp;",
    "&",
    "\\",
    "By ",
    "Author: ",
    "title: x\n",
    "References\n",
    "00:01:06",
];

/// Sentences that are right as they are, with the letters and quotes that mojibake is made of.
const CORRECT: &[&str] = &[
    "Latvijā dzīvo āži, šķūņi un ļaudis — RĪGĀ\u{A0}2020. gadā viņi teica: “Jā!”",
    "Šiandien Ąžuolas šaukė: „Ačiū!“ – ir nuėjo į mišką.",
    "Zażółć gęślą jaźń; „BYĆ” albo nie być — «ŻYĆ».",
    "« CAFÉ » ou “CAFÉ”… l’été à Noël, hâlâ”…",
    "Tiếng Việt: Ấn Độ, “NÃO” và Âu cơ…",
    "Größe, Spaß“, „MENÜ“ und Äpfel – schön!",
    "Português: AÇÃO, NÃO, MAÇÃ” e Ângela°.",
    "Ελληνικά: «Η δημοκρατία» — τι είναι;",
    "Русский текст: «Привет», ёлка — №5.",
    "العربية: «الذكاء الاصطناعي» للجميع؟",
    "हिन्दी: “ज्ञान” सबके लिए।",
    "日本語：「人工知能」——みんなのもの。",
    "Íslenska: Það er ðalur, „Ýmir“ €5 • ½ × 2 ≠ 3 ™",
    "Türkçe: Iğdır’da hâlâ “şöyle” mi? İĞNE…",
    "Emoji 🔑 ⚖️ 🏛️ stay; so do Ÿ, Œuvre and šálek.",
];

/// Letters and digits only, for comparing what was said.
fn letters(text: &str) -> String {
    text.chars().filter(|next| next.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(tries(400))]

    #[test]
    fn nothing_panics_on_thrown_together_markup(pieces in vec(select(PIECES), 0..60)) {
        show("essay.md", &pieces.concat());
    }

    #[test]
    fn nothing_panics_on_arbitrary_text(text in any::<String>()) {
        show("essay.md", &text);
    }

    #[test]
    fn nothing_panics_on_arbitrary_bytes(bytes in vec(any::<u8>(), 0..300)) {
        let mut diagnostics = Diagnostics::new();
        let manuscript = ingest::prepare("essay.txt", &bytes, Reading::default(), &mut diagnostics);
        prop_assert!(manuscript.is_some() || !diagnostics.is_empty());
    }

    #[test]
    fn line_ends_make_no_difference(pieces in vec(select(PIECES), 0..40)) {
        let unix = pieces.concat().replace('\r', "");
        let tree = |text: &str| document("essay.md", text).0.map(|document| dump::document(&document));
        prop_assert_eq!(tree(&unix), tree(&unix.replace('\n', "\r\n")));
    }

    #[test]
    fn correct_text_is_never_repaired(sentences in vec(select(CORRECT), 1..12)) {
        let text = sentences.join("\n\n");
        let mut diagnostics = Diagnostics::new();
        let manuscript = ingest::prepare("essay.md", text.as_bytes(), Reading::default(), &mut diagnostics);
        let repaired: Vec<_> = diagnostics
            .iter()
            .filter(|diagnostic| matches!(diagnostic.code, "repaired-encoding" | "dropped-ornament" | "removed-control"))
            .collect();
        prop_assert!(repaired.is_empty(), "{repaired:?}");
        prop_assert_eq!(manuscript.map(|manuscript| letters(&manuscript.text)), Some(letters(&text)));
    }

    #[test]
    fn words_of_prose_survive(words in vec("[a-z]{2,9}", 12..60), extra in select(CORRECT)) {
        let sentence = format!("It began {}. {extra}", words.join(" "));
        let text = format!("# A Heading\n\n{sentence}\n\n## Another\n\n- {}\n", words.join(" *x* "));
        let (tree, _) = document("essay.md", &text);
        let shown = tree.map(|tree| dump::document(&tree)).unwrap_or_default();
        let shown = letters(&shown);
        for word in &words {
            prop_assert!(shown.contains(word.as_str()));
        }
        prop_assert!(shown.contains(&letters(&sentence)), "{shown}");
    }
}
