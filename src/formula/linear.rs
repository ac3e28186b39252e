//! Formulas on one line, to be read or read aloud: `a/b`, `√(x + 1)`, `x²`.
//!
//! Made from the source, not from what the library reads, since it also stands in for what that cannot read.

use super::dialect::{argument, option, split_command};
use super::{chemistry, signs};

/// Nesting that is followed; what stands deeper is left out.
const DEPTH_LIMIT: usize = 24;

/// A formula's linear form.
pub fn write(tex: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(tex.len()) };
    writer.run(tex, DEPTH_LIMIT);
    let text = writer.out;
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let closes = word.starts_with([',', ';', ')', ']', '}', '⟩']) && !tidy.ends_with(['=', '+']);
        if !tidy.is_empty() && !closes && !tidy.ends_with(['(', '[', '{', '⟨']) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

struct Writer {
    out: String,
}

impl Writer {
    fn run(&mut self, tex: &str, depth: usize) {
        let mut rest = tex;
        while let Some(first) = rest.chars().next() {
            rest = match first {
                '\\' => self.command(rest, depth),
                '^' | '_' => self.script(first, &rest[1..], depth),
                '{' => {
                    let (group, after) = argument(rest);
                    match group {
                        // A decimal comma.
                        "," => self.out.push(','),
                        group => self.group(group, depth),
                    }
                    after
                }
                '%' => rest.split_once('\n').map_or("", |(_, next)| next),
                '}' => &rest[1..],
                '&' | '~' => {
                    self.out.push(' ');
                    &rest[1..]
                }
                '\'' => {
                    self.out.push('′');
                    &rest[1..]
                }
                '-' => {
                    self.operator('−');
                    &rest[1..]
                }
                '=' | '+' | '<' | '>' => {
                    self.operator(first);
                    &rest[1..]
                }
                ',' => {
                    self.out.push_str(", ");
                    &rest[1..]
                }
                other => {
                    self.out.push(other);
                    &rest[other.len_utf8()..]
                }
            };
        }
    }

    fn group(&mut self, tex: &str, depth: usize) {
        if depth > 0 {
            self.run(tex, depth - 1);
        }
    }

    /// A part written on its own.
    fn part(&self, tex: &str, depth: usize) -> String {
        let mut inner = Writer { out: String::new() };
        inner.group(tex, depth);
        inner.out.trim().to_owned()
    }

    /// A sign between two terms; one that has nothing before it belongs to its term.
    fn operator(&mut self, sign: char) {
        let before = self.out.trim_end();
        let is_prefix = matches!(sign, '+' | '−' | '±' | '∓')
            && (before.is_empty()
                || before.ends_with(['(', '[', '{', '=', ',', '<', '>', '≤', '≥', '/', ';']));
        if is_prefix {
            self.out.push(sign);
        } else {
            self.out.push(' ');
            self.out.push(sign);
            self.out.push(' ');
        }
    }

    fn script<'t>(&mut self, sign: char, after: &'t str, depth: usize) -> &'t str {
        let (content, after) = argument(after);
        let content = self.part(content, depth);
        self.out.truncate(self.out.trim_end().len());
        let signs_only = || content.chars().filter(|next| !next.is_whitespace());
        let small: Option<String> = if sign == '^' {
            signs_only().map(signs::superscript).collect()
        } else {
            signs_only().map(signs::subscript).collect()
        };
        match small {
            _ if content.is_empty() => {}
            Some(small) => self.out.push_str(&small),
            None if content.starts_with('′') || content == "∘" || content == "°" => {
                self.out.push_str(&content.replace('∘', "°"));
            }
            None => {
                self.out.push(sign);
                let is_one =
                    content.chars().count() == 1 || content.chars().all(|next| next.is_ascii_digit());
                self.out.push_str(&if is_one { content } else { format!("({content})") });
            }
        }
        after
    }

    fn command<'t>(&mut self, tex: &'t str, depth: usize) -> &'t str {
        let (name, after) = split_command(tex);
        match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => {
                let (upper, after) = argument(after);
                let (lower, after) = argument(after);
                let (upper, lower) = (self.part(upper, depth), self.part(lower, depth));
                self.out.push_str(&format!("{}/{}", bracketed(&upper), bracketed(&lower)));
                after
            }
            "binom" | "dbinom" | "tbinom" => {
                let (upper, after) = argument(after);
                let (lower, after) = argument(after);
                let (upper, lower) = (self.part(upper, depth), self.part(lower, depth));
                self.out.push_str(&format!("binom({upper}, {lower})"));
                after
            }
            "sqrt" => {
                let (index, after) = option(after);
                let (body, after) = argument(after);
                let root = match index.map(str::trim) {
                    Some("3") => "∛".to_owned(),
                    Some("4") => "∜".to_owned(),
                    Some(index) => {
                        let index = self.part(index, depth);
                        let small: Option<String> = index.chars().map(signs::superscript).collect();
                        small.map_or_else(|| format!("root[{index}]"), |small| format!("{small}√"))
                    }
                    None => "√".to_owned(),
                };
                let body = self.part(body, depth);
                self.out.push_str(&format!("{root}({body})"));
                after
            }
            "ce" => {
                let (formula, after) = argument(after);
                let tex = chemistry::to_tex(formula);
                self.group(&tex, depth);
                after
            }
            "text" | "mbox" | "textrm" | "textnormal" | "textup" | "textsc" | "textit" | "textbf"
            | "textsf" | "texttt" | "emph" | "intertext" => {
                let (words, after) = argument(after);
                self.out.push_str(&words.replace(['\\', '{', '}', '$'], ""));
                after
            }
            "mathbb" => {
                let (letters, after) = argument(after);
                self.out.extend(letters.chars().map(signs::double_struck));
                after
            }
            "overset" | "stackrel" | "underset" => {
                let (small, after) = argument(after);
                let (base, after) = argument(after);
                let (small, base) = (self.part(small, depth), self.part(base, depth));
                let sign = if name == "underset" { '_' } else { '^' };
                self.out.push_str(&format!(" {base}{sign}{} ", bracketed(&small)));
                after
            }
            "not" => self.negation(after),
            "operatorname" => {
                let (name, after) = argument(after.strip_prefix('*').unwrap_or(after));
                self.word(&self.part(name, depth), after);
                after
            }
            "underbrace" | "overbrace" => {
                let (body, after) = argument(after);
                let body = self.part(body, depth);
                self.out.push_str(&bracketed(&body));
                after
            }
            "abs" | "norm" => {
                let (body, after) = argument(after);
                let body = self.part(body, depth);
                let bar = if name == "abs" { '|' } else { '‖' };
                self.out.push_str(&format!("{bar}{body}{bar}"));
                after
            }
            "tag" => {
                let after = after.strip_prefix('*').unwrap_or(after);
                let (label, after) = argument(after);
                let label = self.part(label, depth);
                self.out.push_str(&format!("   ({label})"));
                after
            }
            "pmod" => {
                let (modulus, after) = argument(after);
                let modulus = self.part(modulus, depth);
                self.out.push_str(&format!(" (mod {modulus})"));
                after
            }
            "begin" => self.begin(after),
            "color" | "label" | "hspace" | "vspace" | "textcolor" => argument(after).1,
            "end" => {
                let (environment, after) = argument(after);
                self.out.push_str(signs::closing_of(environment));
                after
            }
            "left" | "right" | "middle" | "big" | "Big" | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl"
            | "Bigr" | "biggl" | "biggr" | "Biggl" | "Biggr" | "bigm" | "Bigm" => {
                after.strip_prefix('.').unwrap_or(after)
            }
            "\\" | "cr" | "newline" => {
                self.out.push_str("; ");
                option(after.strip_prefix('*').unwrap_or(after)).1
            }
            _ => self.sign(name, after, depth),
        }
    }

    /// A name between what stands before it and what comes after it.
    fn word(&mut self, name: &str, after: &str) {
        if self.out.ends_with(|last: char| last.is_alphanumeric() || last == ')') {
            self.out.push(' ');
        }
        self.out.push_str(name);
        let goes_on = |next: char| next.is_alphanumeric() || matches!(next, '\\' | '{');
        if after.trim_start().starts_with(goes_on) {
            self.out.push(' ');
        }
    }

    /// The sign that follows, struck through.
    fn negation<'t>(&mut self, after: &'t str) -> &'t str {
        let (next, rest) = argument(after);
        let sign = match next.strip_prefix('\\') {
            Some(name) => signs::character(name),
            None => next.chars().next(),
        };
        match sign.and_then(signs::negated) {
            Some(negated) => {
                self.operator(negated);
                rest
            }
            None => {
                self.out.push_str("not ");
                after
            }
        }
    }

    /// The brackets of a matrix; where its columns stand matters to the eye only.
    fn begin<'t>(&mut self, after: &'t str) -> &'t str {
        let (environment, after) = argument(after);
        self.out.push_str(signs::opening_of(environment));
        let has_columns = environment.starts_with("array")
            || environment.starts_with("alignat")
            || environment == "alignedat";
        if has_columns { argument(after).1 } else { after }
    }

    fn sign<'t>(&mut self, name: &str, after: &'t str, depth: usize) -> &'t str {
        if let Some(mark) = signs::accent(name) {
            let (base, after) = argument(after);
            let base = self.part(base, depth);
            let mut letters = base.chars();
            let is_line = matches!(mark, '\u{304}' | '\u{332}') && base.chars().all(char::is_alphanumeric);
            match (letters.next(), letters.next()) {
                (Some(letter), None) => {
                    self.out.push(letter);
                    self.out.push(mark);
                }
                _ if is_line => self.out.extend(base.chars().flat_map(|letter| [letter, mark])),
                _ => self.out.push_str(&format!("{}({base})", name.trim_start_matches("wide"))),
            }
            return after;
        }
        match signs::of_command(name) {
            signs::Meaning::Letter(sign) => self.out.push(sign),
            signs::Meaning::Operator(sign) => self.operator(sign),
            signs::Meaning::Space => self.out.push(' '),
            signs::Meaning::Nothing => {}
            signs::Meaning::Word => self.word(name, after),
        }
        after
    }
}

/// Whether this is a root or a function with what it is of: `√(x + 1)`.
fn is_called(part: &str) -> bool {
    let Some((head, rest)) = part.split_once('(') else { return false };
    let is_head = !head.is_empty()
        && head.chars().all(|next| next.is_alphanumeric() || matches!(next, '√' | '∛' | '∜'));
    is_head && rest.strip_suffix(')').is_some_and(|inner| !inner.contains(['(', ')']))
}

/// In brackets, unless it is one thing.
fn bracketed(part: &str) -> String {
    let is_one = is_called(part)
        || part.chars().count() <= 1
        || part.chars().all(|next| next.is_alphanumeric() || next == '!')
        || part.chars().all(|next| next.is_alphanumeric() || !next.is_ascii() && !next.is_whitespace())
            && !part.contains(['−', '±', '/', '·', '×', '≤', '≥', '→']);
    if is_one { part.to_owned() } else { format!("({part})") }
}
