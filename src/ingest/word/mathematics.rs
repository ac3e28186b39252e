//! Formulas (Office Math Markup) to TeX. What has no counterpart keeps its text, in order.

use crate::ingest::office::xml::Element;

/// The TeX of a formula.
pub fn tex(formula: Element) -> String {
    let mut tex = String::new();
    children(formula, &mut tex);
    tex.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn children(parent: Element, tex: &mut String) {
    for child in parent.children() {
        element(child, tex);
    }
}

fn element(formula: Element, tex: &mut String) {
    match formula.name() {
        "m:r" => run(formula, tex),
        "m:t" | "w:t" => push_text(&formula.text(), tex),
        "m:f" => {
            let is_bar = property(formula, "m:fPr", "m:type") != Some("noBar");
            tex.push_str(if is_bar { "\\frac" } else { "\\binom" });
            group(formula, "m:num", tex);
            group(formula, "m:den", tex);
        }
        "m:sSup" => scripts(formula, &[("^", "m:sup")], tex),
        "m:sSub" => scripts(formula, &[("_", "m:sub")], tex),
        "m:sSubSup" => scripts(formula, &[("_", "m:sub"), ("^", "m:sup")], tex),
        "m:sPre" => {
            tex.push_str("{}");
            script("_", formula, "m:sub", tex);
            script("^", formula, "m:sup", tex);
            group(formula, "m:e", tex);
        }
        "m:rad" => {
            tex.push_str("\\sqrt");
            let degree = formula.child("m:deg").map(self::tex).unwrap_or_default();
            if !degree.is_empty() {
                tex.push_str(&format!("[{degree}]"));
            }
            group(formula, "m:e", tex);
        }
        "m:nary" => {
            let sign = property(formula, "m:naryPr", "m:chr").unwrap_or("∫");
            tex.push_str(&large_operator(sign));
            script("_", formula, "m:sub", tex);
            script("^", formula, "m:sup", tex);
            tex.push(' ');
            inner(formula, "m:e", tex);
        }
        "m:d" => delimited(formula, tex),
        "m:func" => {
            inner(formula, "m:fName", tex);
            tex.push(' ');
            inner(formula, "m:e", tex);
        }
        "m:limLow" => {
            inner(formula, "m:e", tex);
            script("_", formula, "m:lim", tex);
        }
        "m:limUpp" => {
            inner(formula, "m:e", tex);
            script("^", formula, "m:lim", tex);
        }
        "m:acc" => {
            tex.push_str(accent(property(formula, "m:accPr", "m:chr").unwrap_or("\u{302}")));
            group(formula, "m:e", tex);
        }
        "m:bar" => {
            let is_top = property(formula, "m:barPr", "m:pos") == Some("top");
            tex.push_str(if is_top { "\\overline" } else { "\\underline" });
            group(formula, "m:e", tex);
        }
        "m:m" => rows(formula, "matrix", tex),
        "m:eqArr" => {
            tex.push_str("\\begin{aligned}");
            for (at, row) in formula.children().filter(|child| child.name() == "m:e").enumerate() {
                tex.push_str(if at == 0 { " " } else { " \\\\ " });
                children(row, tex);
            }
            tex.push_str(" \\end{aligned}");
        }
        name if name.ends_with("Pr") => {}
        _ => children(formula, tex),
    }
}

/// Letters of a run are variables; a run that is upright is a word.
fn run(run: Element, tex: &mut String) {
    let text: String = run
        .children()
        .filter(|child| matches!(child.name(), "m:t" | "w:t"))
        .map(|child| child.text())
        .collect();
    let properties = run.child("m:rPr");
    let is_word = properties.is_some_and(|properties| {
        properties.child("m:nor").is_some() || properties.value("m:sty", "m:val") == Some("p")
    });
    let letters = text.trim();
    if is_word
        && letters.chars().count() > 1
        && letters.chars().all(|next| next.is_alphabetic() || next == ' ')
    {
        if FUNCTIONS.contains(&letters) {
            tex.push_str(&format!("\\{letters} "));
        } else {
            tex.push_str(&format!("\\text{{{text}}}"));
        }
    } else {
        push_text(&text, tex);
    }
}

/// Words that TeX has commands for.
const FUNCTIONS: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "log", "ln", "exp", "lim", "max",
    "min", "sup", "inf", "det", "dim", "gcd", "arg",
];

/// Text with TeX's own characters escaped.
fn push_text(text: &str, tex: &mut String) {
    for character in text.chars() {
        match character {
            '{' | '}' | '%' | '#' | '&' | '$' | '_' => {
                tex.push('\\');
                tex.push(character);
            }
            '\\' => tex.push_str("\\backslash "),
            '^' => tex.push_str("\\hat{}"),
            '~' => tex.push_str("\\sim "),
            other => tex.push(other),
        }
    }
}

fn property<'e>(formula: Element<'e>, properties: &str, name: &str) -> Option<&'e str> {
    formula.child(properties)?.value(name, "m:val")
}

fn inner(formula: Element, name: &str, tex: &mut String) {
    if let Some(part) = formula.child(name) {
        children(part, tex);
    }
}

fn group(formula: Element, name: &str, tex: &mut String) {
    tex.push('{');
    inner(formula, name, tex);
    tex.push('}');
}

/// A raised or lowered part, unless it is empty.
fn script(mark: &str, formula: Element, name: &str, tex: &mut String) {
    let part = formula.child(name).map(self::tex).unwrap_or_default();
    if !part.is_empty() {
        tex.push_str(&format!("{mark}{{{part}}}"));
    }
}

fn scripts(formula: Element, parts: &[(&str, &str)], tex: &mut String) {
    let base = formula.child("m:e").map(self::tex).unwrap_or_default();
    if base.chars().count() == 1 {
        tex.push_str(&base)
    } else {
        tex.push_str(&format!("{{{base}}}"))
    }
    for (mark, name) in parts {
        script(mark, formula, name, tex);
    }
}

fn delimited(formula: Element, tex: &mut String) {
    let mark = |name: &str, usual: &'static str| property(formula, "m:dPr", name).unwrap_or(usual).to_owned();
    let delimiter = |mark: String| match mark.as_str() {
        "" => ".".to_owned(),
        "{" | "}" => format!("\\{mark}"),
        _ => mark,
    };
    tex.push_str(&format!("\\left{}", delimiter(mark("m:begChr", "("))));
    let separator = mark("m:sepChr", "|");
    for (at, part) in formula.children().filter(|child| child.name() == "m:e").enumerate() {
        if at > 0 {
            push_text(&separator, tex);
        }
        children(part, tex);
    }
    tex.push_str(&format!("\\right{}", delimiter(mark("m:endChr", ")"))));
}

fn rows(formula: Element, environment: &str, tex: &mut String) {
    tex.push_str(&format!("\\begin{{{environment}}}"));
    for (at, row) in formula.children().filter(|child| child.name() == "m:mr").enumerate() {
        tex.push_str(if at == 0 { " " } else { " \\\\ " });
        for (column, cell) in row.children().filter(|child| child.name() == "m:e").enumerate() {
            if column > 0 {
                tex.push_str(" & ");
            }
            children(cell, tex);
        }
    }
    tex.push_str(&format!(" \\end{{{environment}}}"));
}

fn large_operator(sign: &str) -> String {
    match sign {
        "∑" => "\\sum",
        "∏" => "\\prod",
        "∐" => "\\coprod",
        "∫" => "\\int",
        "∬" => "\\iint",
        "∭" => "\\iiint",
        "∮" => "\\oint",
        "⋃" => "\\bigcup",
        "⋂" => "\\bigcap",
        other => other,
    }
    .to_owned()
}

fn accent(sign: &str) -> &'static str {
    match sign {
        "\u{303}" => "\\tilde",
        "\u{304}" | "\u{305}" => "\\bar",
        "\u{307}" => "\\dot",
        "\u{308}" => "\\ddot",
        "\u{30C}" => "\\check",
        "\u{20D7}" => "\\vec",
        _ => "\\hat",
    }
}
