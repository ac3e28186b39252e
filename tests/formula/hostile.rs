//! Formulas that mean harm, or nothing.

use garland::formula;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::select;
use proptest::{prop_assert, proptest};

use crate::harness::tries;

/// What formulas are made of, whole and in pieces.
const PIECES: &[&str] = &[
    "\\frac",
    "{",
    "}",
    "^",
    "_",
    "\\sqrt",
    "[",
    "]",
    "(",
    ")",
    "x",
    "1",
    "&",
    "\\\\",
    "\\left",
    "\\right",
    "\\left(",
    "\\right)",
    "\\begin{align}",
    "\\end{align}",
    "\\begin{pmatrix}",
    "\\end{pmatrix}",
    "\\begin{array}{l|r}",
    "\\end{array}",
    "\\begin{cases}",
    "\\end{cases}",
    "\\text{",
    "\\tag{",
    "\\hline",
    "\\sum",
    "\\int",
    "\\lim",
    "\\hat",
    "\\overset",
    "\\underbrace",
    "\\substack{",
    "\\ce{",
    "->",
    "H2O",
    "\\",
    "%",
    "~",
    "'",
    "\\not",
    "=",
    "-",
    ",",
    " ",
    "\\color{red}",
    "\\hspace{1e9em}",
    "\\hspace{",
    "\\big",
    "\\operatorname",
    "\\mathbb",
    "\\over",
    "\\choose",
    "\\limits",
    "\\displaystyle",
    "\\binom",
    "\\pmod",
    "\\middle|",
    "\\genfrac",
    "ä",
    "中",
    "\u{0}",
    "\n",
    "\\rule{1em}{2em}",
    "\\label{a}",
    "\\ref{a}",
    "\\boxed",
    "\\cancel",
    "\\xrightarrow",
    "\\phantom",
    "$",
    "#",
    "\\verb",
    "\\kern3pt",
    "\\rm",
];

fn try_all(tex: &str) {
    let _ = formula::linear(tex);
    for display in [true, false] {
        if let Ok(formula) = formula::read(tex, display) {
            let _ = formula.mathml("");
        }
    }
}

proptest! {
    #![proptest_config(tries(400))]

    #[test]
    fn nothing_panics_on_thrown_together_tex(pieces in vec(select(PIECES), 0..40)) {
        try_all(&pieces.concat());
    }

    #[test]
    fn nothing_panics_on_arbitrary_text(text in any::<String>()) {
        try_all(&text);
    }

    #[test]
    fn the_linear_form_shows_no_tex(pieces in vec(select(&PIECES[..40]), 0..30)) {
        let linear = formula::linear(&pieces.concat());
        prop_assert!(!linear.contains("\\frac") && !linear.contains("\\begin"), "{linear}");
    }
}

#[test]
fn deep_and_long_formulas_are_refused_or_read_quickly() {
    let cases = [
        "{".repeat(3_000),
        "}".repeat(3_000),
        "x^".repeat(1_900),
        "x_{".repeat(1_000),
        "\\sqrt".repeat(700),
        "\\sqrt{".repeat(600),
        "\\frac{".repeat(600),
        "\\frac12".repeat(500),
        "\\hat ".repeat(700),
        "\\left(".repeat(600),
        "\\begin{pmatrix}".repeat(250),
        "\\not".repeat(900),
        "\\text{".repeat(600),
        "\\ce{".repeat(900),
        "\\pmod{".repeat(600),
        "\\over ".repeat(600),
        "a \\over b ".repeat(300),
        "{a \\over ".repeat(400),
        "a \\choose ".repeat(350),
        "\\overset".repeat(400),
        "\\binom".repeat(600),
        "x'".repeat(1_900),
        "a & b \\\\".repeat(400),
        format!("\\begin{{array}}{{{}}} a \\end{{array}}", "c".repeat(3_000)),
        "x".repeat(1_000_000),
        "\\hspace{9999999999999999999999em}x".to_owned(),
        "\\rule{1e30em}{1e30em}".to_owned(),
    ];
    for tex in cases {
        let start = std::time::Instant::now();
        try_all(&tex);
        let taken = start.elapsed();
        assert!(taken.as_millis() < 2_000, "{taken:?}: {}", &tex[..20]);
    }
}
