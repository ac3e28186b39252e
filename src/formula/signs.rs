//! The characters that commands stand for.

use latex_rust::{AtomKind, MathNode, glyph_char, symbol_atom_kind};

/// Functions whose limits stand below and above them where there is room.
pub const WITH_LIMITS: [&str; 11] =
    ["max", "min", "sup", "inf", "liminf", "limsup", "det", "gcd", "Pr", "argmax", "argmin"];

/// Whether what stands below and above this is not a script beside it.
pub fn takes_limits(base: &MathNode) -> bool {
    matches!(base, MathNode::Operator(name, limits) if *limits || WITH_LIMITS.contains(&name.as_str()))
}

/// What a command without arguments says.
pub enum Meaning {
    Letter(char),
    /// Stands between two terms.
    Operator(char),
    Space,
    /// Tells how things look, not what they are.
    Nothing,
    /// The name of a function, or a command that is not known: its name says it.
    Word,
}

pub fn of_command(name: &str) -> Meaning {
    match name {
        " " | "," | ":" | ";" | ">" | "quad" | "qquad" | "enspace" | "thinspace" => Meaning::Space,
        "!" | "displaystyle" | "textstyle" | "scriptstyle" | "scriptscriptstyle" | "limits" | "nolimits"
        | "nonumber" | "notag" | "mathrm" | "mathbf" | "mathit" | "mathsf" | "mathtt" | "mathcal"
        | "mathscr" | "mathfrak" | "boldsymbol" | "bm" | "pmb" | "rm" | "bf" | "it" | "phantom"
        | "hphantom" | "vphantom" | "boxed" | "fbox" | "hline" | "mathop" | "mathbin" | "mathrel"
        | "mathord" | "mathopen" | "mathclose" | "cancel" | "bcancel" | "xcancel" | "substack" | "smash"
        | "strut" | "ensuremath" | "mathnormal" | "overrightarrow" | "overleftarrow" => Meaning::Nothing,
        "vert" | "lvert" | "rvert" => Meaning::Letter('|'),
        "Vert" | "lVert" | "rVert" => Meaning::Letter('‖'),
        "{" | "}" | "$" | "%" | "#" | "&" | "_" | "|" => Meaning::Letter(match name.chars().next() {
            Some('|') | None => '‖',
            Some(sign) => sign,
        }),
        "lbrace" => Meaning::Letter('{'),
        "rbrace" => Meaning::Letter('}'),
        "bmod" | "mod" => Meaning::Word,
        "xrightarrow" => Meaning::Operator('→'),
        "xleftarrow" => Meaning::Operator('←'),
        "dots" => Meaning::Letter('…'),
        "degree" => Meaning::Letter('°'),
        _ => match character(name) {
            Some(sign) => match symbol_atom_kind(name) {
                AtomKind::Bin | AtomKind::Rel => Meaning::Operator(sign),
                _ => Meaning::Letter(sign),
            },
            None => Meaning::Word,
        },
    }
}

/// The character of a symbol's command.
pub fn character(name: &str) -> Option<char> {
    match name {
        "sum" => Some('∑'),
        "prod" => Some('∏'),
        "int" => Some('∫'),
        "lim" | "vec" | "hat" | "bar" => None,
        _ => glyph_char(&format!("\\{name}")).or_else(|| glyph_char(name)),
    }
}

/// The combining mark of an accent's command.
pub fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" | "widehat" => '\u{302}',
        "bar" | "overline" => '\u{304}',
        "tilde" | "widetilde" => '\u{303}',
        "vec" => '\u{20D7}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "check" => '\u{30C}',
        "breve" => '\u{306}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "mathring" => '\u{30A}',
        "underline" => '\u{332}',
        _ => return None,
    })
}

pub fn opening_of(environment: &str) -> &'static str {
    match environment {
        "pmatrix" => "(",
        "bmatrix" => "[",
        "Bmatrix" | "cases" | "dcases" => "{",
        "vmatrix" => "|",
        "Vmatrix" => "‖",
        _ => " ",
    }
}

pub fn closing_of(environment: &str) -> &'static str {
    match environment {
        "pmatrix" => ")",
        "bmatrix" => "]",
        "Bmatrix" | "cases" | "dcases" | "rcases" => "}",
        "vmatrix" => "|",
        "Vmatrix" => "‖",
        _ => " ",
    }
}

/// The sign for a relation that does not hold.
pub fn negated(sign: char) -> Option<char> {
    Some(match sign {
        '=' => '≠',
        '<' => '≮',
        '>' => '≯',
        '∈' => '∉',
        '∋' => '∌',
        '≡' => '≢',
        '≤' => '≰',
        '≥' => '≱',
        '∼' => '≁',
        '≃' => '≄',
        '≅' => '≇',
        '≈' => '≉',
        '⊂' => '⊄',
        '⊃' => '⊅',
        '⊆' => '⊈',
        '⊇' => '⊉',
        '∣' => '∤',
        '∥' => '∦',
        '∃' => '∄',
        _ => return None,
    })
}

pub fn superscript(sign: char) -> Option<char> {
    Some(match sign {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁴' as u32 + sign as u32 - '4' as u32)?,
        '+' => '⁺',
        '-' | '−' => '⁻',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

pub fn subscript(sign: char) -> Option<char> {
    Some(match sign {
        '0'..='9' => char::from_u32('₀' as u32 + sign as u32 - '0' as u32)?,
        '+' => '₊',
        '-' | '−' => '₋',
        '(' => '₍',
        ')' => '₎',
        _ => return None,
    })
}

pub fn double_struck(letter: char) -> char {
    latex_rust::styled_char(letter, latex_rust::TextStyle::Bb)
}
