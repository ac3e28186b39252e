//! Dialects of TeX: what packages and plain TeX add is said in the commands that every formula may use.

use super::chemistry;

/// Nesting that is followed; what stands deeper is left as written.
const DEPTH_LIMIT: usize = 24;

/// A command and what it stands for; `#1` is its argument.
type Rule = (&'static str, &'static str);

const COMMANDS: [Rule; 67] = [
    ("Pr", r"\operatorname{Pr}"),
    ("abs", r"\left|#1\right|"),
    ("argmax", r"\operatorname{argmax}"),
    ("argmin", r"\operatorname{argmin}"),
    ("bm", r"\boldsymbol{#1}"),
    ("bmod", r"\;\text{mod}\;"),
    ("bold", r"\mathbf{#1}"),
    ("bra", r"\langle #1|"),
    ("braket", r"\langle #1\rangle"),
    ("colon", r":\,"),
    ("coloneqq", r":="),
    ("coth", r"\operatorname{coth}"),
    ("csch", r"\operatorname{csch}"),
    ("degree", r"^\circ"),
    ("displaylines", r"\begin{matrix}#1\end{matrix}"),
    ("emph", r"\textit{#1}"),
    ("empty", r"\emptyset"),
    ("ensuremath", r"{#1}"),
    ("esssup", r"\operatorname{esssup}"),
    ("exist", r"\exists"),
    ("gt", r">"),
    ("hom", r"\operatorname{hom}"),
    ("infin", r"\infty"),
    ("injlim", r"\operatorname{injlim}"),
    ("isin", r"\in"),
    ("ket", r"|#1\rangle"),
    ("lbrace", r"\{"),
    ("lbrack", r"["),
    ("llap", r"#1"),
    ("lt", r"<"),
    ("mathbbm", r"\mathbb{#1}"),
    ("mathbin", r"{#1}"),
    ("mathclap", r"#1"),
    ("mathclose", r"#1"),
    ("mathinner", r"{#1}"),
    ("mathllap", r"#1"),
    ("mathnormal", r"#1"),
    ("mathop", r"{#1}"),
    ("mathopen", r"#1"),
    ("mathord", r"{#1}"),
    ("mathpunct", r"#1"),
    ("mathrel", r"\;{#1}\;"),
    ("mathrlap", r"#1"),
    ("middle", r"\bigm"),
    ("mod", r"\quad\text{mod}\;#1"),
    ("norm", r"\left\|#1\right\|"),
    ("ohm", r"\Omega"),
    ("pmod", r"\quad(\text{mod}\;#1)"),
    ("projlim", r"\operatorname{projlim}"),
    ("rbrace", r"\}"),
    ("rbrack", r"]"),
    ("real", r"\Re"),
    ("rlap", r"#1"),
    ("sech", r"\operatorname{sech}"),
    ("set", r"\{#1\}"),
    ("sgn", r"\operatorname{sgn}"),
    ("smash", r"#1"),
    ("sub", r"\subset"),
    ("textmd", r"\text{#1}"),
    ("textnormal", r"\text{#1}"),
    ("textsc", r"\text{#1}"),
    ("textup", r"\text{#1}"),
    ("thinspace", r"\,"),
    ("trace", r"\operatorname{tr}"),
    ("underbar", r"\underline{#1}"),
    ("varliminf", r"\liminf"),
    ("varlimsup", r"\limsup"),
];

/// An environment, what begins and what ends the one that it stands for.
const ENVIRONMENTS: [(&str, &str, &str); 17] = [
    ("align*", r"\begin{align}", r"\end{align}"),
    ("alignedat", r"\begin{aligned}", r"\end{aligned}"),
    ("alignat", r"\begin{align}", r"\end{align}"),
    ("alignat*", r"\begin{align}", r"\end{align}"),
    ("dcases", r"\begin{cases}", r"\end{cases}"),
    ("displaymath", "", ""),
    ("eqnarray", r"\begin{array}{rcl}", r"\end{array}"),
    ("eqnarray*", r"\begin{array}{rcl}", r"\end{array}"),
    ("equation*", r"\begin{equation}", r"\end{equation}"),
    ("flalign", r"\begin{align}", r"\end{align}"),
    ("flalign*", r"\begin{align}", r"\end{align}"),
    ("gather*", r"\begin{gather}", r"\end{gather}"),
    ("gathered", r"\begin{matrix}", r"\end{matrix}"),
    ("math", "", ""),
    ("multline*", r"\begin{multline}", r"\end{multline}"),
    ("rcases", r"\left.\begin{matrix}", r"\end{matrix}\right\}"),
    ("smallmatrix", r"\begin{matrix}", r"\end{matrix}"),
];

/// Says a formula in common commands. `display` tells how large a binomial coefficient is.
pub fn translate(tex: &str, display: bool) -> String {
    let mut out = String::with_capacity(tex.len());
    Translator { display, environments: 0, out: &mut out }.run(tex, DEPTH_LIMIT);
    out
}

struct Translator<'a> {
    display: bool,
    /// How many are open.
    environments: usize,
    out: &'a mut String,
}

impl Translator<'_> {
    fn run(&mut self, tex: &str, depth: usize) {
        let mut rest = tex;
        while let Some(at) = rest.find(['\\', '%', '~']) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix('%') {
                rest = comment.split_once('\n').map_or("", |(_, next)| next);
            } else if let Some(after) = rest.strip_prefix('~') {
                self.out.push_str(r"\ ");
                rest = after;
            } else {
                rest = self.command(rest, depth);
            }
        }
        self.out.push_str(rest);
    }

    /// Translates the command that `tex` starts with; gives what follows it.
    fn command<'t>(&mut self, tex: &'t str, depth: usize) -> &'t str {
        let (name, after) = split_command(tex);
        if depth == 0 {
            self.out.push_str(&tex[..tex.len() - after.len()]);
            return after;
        }
        match name {
            "begin" | "end" => return self.environment(name, after),
            "ce" => {
                let (argument, after) = argument(after);
                self.out.push_str(&chemistry::to_tex(argument));
                return after;
            }
            "binom" | "dbinom" | "tbinom" => return self.binomial(name, after, depth),
            "operatorname" => {
                let argument = after.strip_prefix('*').unwrap_or(after);
                self.out.push_str(r"\operatorname");
                return argument;
            }
            // The library drops spaces from the cells of a table, but not what takes room without being seen.
            "quad" | "qquad" | ";" | ":" | " " if self.environments > 0 => {
                self.out.push_str(match name {
                    "quad" => r"\phantom{M}",
                    "qquad" => r"\phantom{MM}",
                    _ => r"\phantom{i}",
                });
                return after;
            }
            "tag" => return self.tag(after),
            "kern" | "mkern" | "mskip" | "hskip" => return skip_length(after),
            _ => {}
        }
        let Ok(rule) = COMMANDS.binary_search_by(|(command, _)| command.cmp(&name)) else {
            self.out.push_str(&tex[..tex.len() - after.len()]);
            return after;
        };
        let (_, meaning) = COMMANDS[rule];
        let Some((before, behind)) = meaning.split_once("#1") else {
            self.meaning(meaning, depth);
            // The letters that follow are not part of a command's name.
            if after.starts_with(|next: char| next.is_ascii_alphabetic()) {
                self.out.push(' ');
            }
            return after;
        };
        let (argument, after) = argument(after);
        self.meaning(before, depth);
        self.run(argument, depth - 1);
        self.meaning(behind, depth);
        after
    }

    /// Writes what a command stands for, in which there may be spaces.
    fn meaning(&mut self, tex: &str, depth: usize) {
        if self.environments > 0 {
            self.run(tex, depth - 1);
        } else {
            self.out.push_str(tex);
        }
    }

    fn environment<'t>(&mut self, edge: &str, after: &'t str) -> &'t str {
        let (name, behind) = argument(after);
        self.environments =
            if edge == "begin" { self.environments + 1 } else { self.environments.saturating_sub(1) };
        let found = ENVIRONMENTS.iter().find(|(environment, _, _)| *environment == name.trim());
        let Some((_, begin, end)) = found else {
            self.out.push('\\');
            self.out.push_str(edge);
            return after;
        };
        self.out.push_str(if edge == "begin" { begin } else { end });
        // How many pairs of columns there are shows from the rows.
        if edge == "begin" && name.starts_with("aligne") | name.starts_with("alignat") {
            return argument(behind).1;
        }
        behind
    }

    /// A formula's number is text.
    fn tag<'t>(&mut self, after: &'t str) -> &'t str {
        self.out.push_str(r"\tag");
        let unstarred = after.strip_prefix('*');
        self.out.push_str(if unstarred.is_some() { "*" } else { "" });
        let (label, after) = argument(unstarred.unwrap_or(after));
        let is_text = !label.contains(['\\', '$', '^', '_', '{']);
        self.out.push_str(&if is_text { format!(r"{{\text{{{label}}}}}") } else { format!("{{{label}}}") });
        after
    }

    /// The library draws a line between the two.
    fn binomial<'t>(&mut self, name: &str, after: &'t str, depth: usize) -> &'t str {
        let (upper, after) = argument(after);
        let (lower, after) = argument(after);
        let large = name == "dbinom" || name == "binom" && self.display;
        let (begin, end) =
            if large { (r"\begin{pmatrix}", r"\end{pmatrix}") } else { (r"\left(\substack{", r"}\right)") };
        self.out.push_str(begin);
        self.run(upper, depth - 1);
        self.out.push_str(r"\\");
        self.run(lower, depth - 1);
        self.out.push_str(end);
        after
    }
}

/// The name of the command that `tex` starts with, and what follows it.
pub fn split_command(tex: &str) -> (&str, &str) {
    let name = tex.strip_prefix('\\').unwrap_or(tex);
    let letters = name.find(|next: char| !next.is_ascii_alphabetic()).unwrap_or(name.len());
    match name.chars().next() {
        Some(sign) if letters == 0 => name.split_at(sign.len_utf8()),
        _ => name.split_at(letters),
    }
}

/// The argument that `tex` starts with, without its braces, and what follows it.
pub fn argument(tex: &str) -> (&str, &str) {
    let tex = tex.trim_start();
    match tex.chars().next() {
        Some('{') => match closing(tex, b'{', b'}') {
            Some(end) => (&tex[1..end], &tex[end + 1..]),
            None => (&tex[1..], ""),
        },
        Some('\\') => {
            let (_, after) = split_command(tex);
            (&tex[..tex.len() - after.len()], after)
        }
        Some(sign) => tex.split_at(sign.len_utf8()),
        None => ("", ""),
    }
}

/// The argument in brackets that `tex` starts with, if it has one.
pub fn option(tex: &str) -> (Option<&str>, &str) {
    match tex.trim_start() {
        bracket if bracket.starts_with('[') => match closing(bracket, b'[', b']') {
            Some(end) => (Some(&bracket[1..end]), &bracket[end + 1..]),
            None => (None, tex),
        },
        _ => (None, tex),
    }
}

/// Where the brace is that closes the one at the start.
fn closing(tex: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, byte) in tex.bytes().enumerate() {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// What follows a length: `3pt`, `-.5 em`.
fn skip_length(tex: &str) -> &str {
    let rest = tex.trim_start().trim_start_matches(|next: char| {
        next.is_ascii_digit() || matches!(next, '-' | '+' | '.' | ' ' | '{')
    });
    let unit = rest.len().min(2);
    match rest.get(..unit) {
        Some(unit) if unit.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            rest[unit.len()..].trim_start_matches('}')
        }
        _ => rest,
    }
}
