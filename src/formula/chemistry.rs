//! Chemical formulas and equations (`\ce{H2O}`, as the package mhchem writes them) said in mathematics.

/// Arrows, the longest first.
const ARROWS: [(&str, &str); 5] = [
    ("<=>>", r"\rightleftharpoons"),
    ("<=>", r"\rightleftharpoons"),
    ("<->", r"\longleftrightarrow"),
    ("->", r"\longrightarrow"),
    ("<-", r"\longleftarrow"),
];

/// A chemical formula as TeX mathematics: elements upright, numbers of atoms lowered, charges raised.
pub fn to_tex(formula: &str) -> String {
    let mut out = String::new();
    let mut rest = formula.trim();
    // Whether what stands before can have a number of atoms.
    let mut after_element = false;
    while let Some(first) = rest.chars().next() {
        if let Some((sign, arrow)) = ARROWS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            rest = rest[sign.len()..].trim_start();
            let above = rest.strip_prefix('[').and_then(|label| label.split_once(']'));
            if let Some((label, after)) = above {
                out.push_str(&format!(r"\overset{{{}}}{{{arrow}}}", to_label(label)));
                rest = after;
            } else {
                out.push_str(arrow);
            }
            out.push(' ');
            after_element = false;
            continue;
        }
        let taken = match first {
            '0'..='9' => {
                let digits = leading(rest, |next| next.is_ascii_digit() || next == '.');
                if after_element {
                    out.push_str(&format!("_{{{digits}}}"));
                } else {
                    out.push_str(digits);
                    out.push_str(r"\,");
                }
                digits.len()
            }
            'A'..='Z' | 'a'..='z' => {
                let letters = leading(rest, |next| next.is_ascii_alphabetic());
                out.push_str(&format!(r"\mathrm{{{letters}}}"));
                after_element = true;
                letters.len()
            }
            ')' | ']' => {
                out.push(first);
                after_element = true;
                1
            }
            '^' | '_' => {
                let (content, length) = script(&rest[1..]);
                out.push_str(if after_element { "" } else { "{}" });
                out.push(first);
                out.push_str(&format!("{{{}}}", content.replace('-', "{-}").replace('+', "{+}")));
                1 + length
            }
            // A charge at the end of a substance, or what stands between two of them.
            '+' | '-' => {
                let ends = rest[1..].chars().next().is_none_or(|next| matches!(next, ' ' | ')' | ']'));
                match (after_element, first) {
                    (true, sign) if ends => out.push_str(&format!("^{{{sign}}}")),
                    (true, '-') => out.push_str(r"\mathrm{-}"),
                    (_, sign) => out.push_str(&format!(" {sign} ")),
                }
                1
            }
            '\\' => {
                let (_, after) = super::dialect::split_command(rest);
                let length = rest.len() - after.len();
                out.push_str(&rest[..length]);
                out.push(' ');
                length
            }
            '*' | '.' => {
                out.push_str(r"\cdot ");
                after_element = false;
                1
            }
            '=' => {
                out.push_str(r"{=}");
                1
            }
            '#' => {
                out.push_str(r"{\equiv}");
                1
            }
            space if space.is_whitespace() => {
                out.push_str(r"\;");
                after_element = false;
                space.len_utf8()
            }
            other => {
                out.push(other);
                after_element = false;
                other.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// What stands above an arrow.
fn to_label(label: &str) -> String {
    if label.contains('\\') { label.to_owned() } else { format!(r"\text{{{label}}}") }
}

/// What is raised or lowered: a group, or signs up to the next letter; with its length in bytes.
fn script(rest: &str) -> (&str, usize) {
    if rest.starts_with('{') {
        let (content, after) = super::dialect::argument(rest);
        return (content, rest.len() - after.len());
    }
    let content = leading(rest, |next| next.is_ascii_digit() || matches!(next, '+' | '-'));
    match rest.chars().next() {
        Some(one) if content.is_empty() => (&rest[..one.len_utf8()], one.len_utf8()),
        _ => (content, content.len()),
    }
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|next| !belongs(next)).unwrap_or(text.len());
    &text[..end]
}
