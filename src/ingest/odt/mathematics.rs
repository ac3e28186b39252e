//! Formulas (MathML) to TeX. What has no counterpart keeps its text, in order.

use crate::ingest::office::xml::Element;

/// The TeX of a formula: the author's where the file has it.
pub fn tex(formula: Element) -> String {
    let written = formula.descendants().find(|inner| {
        inner.name() == "math:annotation"
            && inner.attribute("encoding").is_some_and(|encoding| encoding.to_lowercase().contains("tex"))
    });
    let mut tex = written.map(|written| written.text()).unwrap_or_default();
    if tex.trim().is_empty() {
        children(formula, &mut tex);
    }
    tex.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn children(parent: Element, tex: &mut String) {
    for child in parent.children() {
        element(child, tex);
    }
}

fn element(formula: Element, tex: &mut String) {
    let parts: Vec<Element> = formula.children().collect();
    match (formula.name(), parts.as_slice()) {
        ("math:mi" | "math:mn" | "math:mo", _) => push_text(formula.text().trim(), tex),
        ("math:mtext" | "math:ms", _) => {
            tex.push_str("\\text{");
            push_text(&formula.text(), tex);
            tex.push('}');
        }
        ("math:annotation" | "math:annotation-xml" | "math:mspace", _) => {}
        ("math:mfrac", [top, bottom]) => {
            tex.push_str("\\frac");
            group(*top, tex);
            group(*bottom, tex);
        }
        ("math:msup" | "math:mover", [base, raised]) => scripts(*base, None, Some(*raised), tex),
        ("math:msub" | "math:munder", [base, lowered]) => scripts(*base, Some(*lowered), None, tex),
        ("math:msubsup" | "math:munderover", [base, lowered, raised]) => {
            scripts(*base, Some(*lowered), Some(*raised), tex);
        }
        ("math:msqrt", _) => {
            tex.push_str("\\sqrt{");
            children(formula, tex);
            tex.push('}');
        }
        ("math:mroot", [base, degree]) => {
            tex.push_str("\\sqrt[");
            element(*degree, tex);
            tex.push(']');
            group(*base, tex);
        }
        ("math:mtable", rows) => {
            tex.push_str("\\begin{matrix} ");
            for (at, row) in rows.iter().enumerate() {
                tex.push_str(if at == 0 { "" } else { " \\\\ " });
                for (column, cell) in row.children().enumerate() {
                    tex.push_str(if column == 0 { "" } else { " & " });
                    children(cell, tex);
                }
            }
            tex.push_str(" \\end{matrix}");
        }
        _ => children(formula, tex),
    }
}

fn group(formula: Element, tex: &mut String) {
    tex.push('{');
    element(formula, tex);
    tex.push('}');
}

fn scripts(base: Element, lowered: Option<Element>, raised: Option<Element>, tex: &mut String) {
    let mut inner = String::new();
    element(base, &mut inner);
    if inner.chars().count() == 1 {
        tex.push_str(&inner)
    } else {
        tex.push_str(&format!("{{{inner}}}"))
    }
    for (mark, part) in [("_", lowered), ("^", raised)] {
        if let Some(part) = part {
            tex.push_str(mark);
            group(part, tex);
        }
    }
}

/// Text with TeX's own characters escaped.
fn push_text(text: &str, tex: &mut String) {
    for character in text.chars() {
        match character {
            '∑' => tex.push_str("\\sum "),
            '∫' => tex.push_str("\\int "),
            '∏' => tex.push_str("\\prod "),
            '{' | '}' | '%' | '#' | '&' | '$' | '_' => {
                tex.push('\\');
                tex.push(character);
            }
            '\\' => tex.push_str("\\backslash "),
            '^' => tex.push_str("\\hat{}"),
            '~' => tex.push_str("\\sim "),
            // Invisible operators.
            '\u{2061}'..='\u{2064}' => {}
            other => tex.push(other),
        }
    }
}
