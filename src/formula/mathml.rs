//! Formulas as MathML: what MathML Core has, and of MathML 3 what readers without it may pass over.

use latex_rust::{
    AccentKind, AtomKind, ColSpec, Delimiter, Dim, EnvRow, EqNumber, IntegralKind, MathNode, MatrixStyle,
    PhantomKind, SpaceKind, TextStyle, styled_char, symbol_atom_kind,
};

use super::{dress, signs};

pub fn write(tree: &MathNode, display: bool, alternative: &str) -> String {
    let mut writer = Writer { out: String::new() };
    let display = if display { "block" } else { "inline" };
    writer.out.push_str(&format!(
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"{display}\" alttext=\"{}\">",
        escape(alternative).replace('"', "&quot;")
    ));
    writer.one(tree);
    writer.out.push_str("</math>");
    writer.out
}

struct Writer {
    out: String,
}

/// Depth is bounded by the library, which refuses deeper trees.
impl Writer {
    fn element(&mut self, tag: &str, content: impl FnOnce(&mut Self)) {
        self.element_with(tag, "", content);
    }

    fn element_with(&mut self, tag: &str, attributes: &str, content: impl FnOnce(&mut Self)) {
        self.out.push('<');
        self.out.push_str(tag);
        if !attributes.is_empty() {
            self.out.push(' ');
            self.out.push_str(attributes);
        }
        self.out.push('>');
        content(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn token(&mut self, tag: &str, attributes: &str, text: &str) {
        self.element_with(tag, attributes, |writer| writer.out.push_str(&escape(text)));
    }

    fn operator(&mut self, sign: char) {
        self.token("mo", "", sign.encode_utf8(&mut [0; 4]));
    }

    /// Exactly one element.
    fn one(&mut self, node: &MathNode) {
        match node {
            MathNode::Row(parts) if parts.len() == 1 => self.one(&parts[0]),
            MathNode::Row(parts) => self.element("mrow", |writer| writer.row(parts)),
            other => self.node(other),
        }
    }

    /// What stands side by side; digits in a row are one number.
    fn row(&mut self, parts: &[MathNode]) {
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            let digits: String = parts[at..].iter().map_while(digit).collect();
            let digits = digits.trim_end_matches(['.', ',']);
            if digits.starts_with(|first: char| first.is_ascii_digit()) {
                // A script belongs to the whole number, not to its last digit.
                if let Some(scripted) = parts.get(at + digits.len()).and_then(|next| numbered(digits, next)) {
                    self.node(&scripted);
                    at += digits.len() + 1;
                    continue;
                }
                self.token("mn", "", digits);
                at += digits.len();
                continue;
            }
            match part {
                MathNode::Row(parts) if parts.is_empty() => {}
                MathNode::Row(_) => self.one(part),
                _ => self.node(part),
            }
            if is_function(part) && parts.get(at + 1).is_some_and(|next| !matches!(next, MathNode::Space(_)))
            {
                self.operator('\u{2061}');
            }
            at += 1;
        }
    }

    fn node(&mut self, node: &MathNode) {
        match node {
            MathNode::Atom(sign, kind) => self.atom(*sign, *kind),
            MathNode::Symbol(name) => self.symbol(name),
            MathNode::Row(_) => self.one(node),
            MathNode::Fraction(upper, lower) => self.all("mfrac", [upper, lower]),
            MathNode::Radical(None, body) => self.all("msqrt", [body]),
            MathNode::Radical(Some(index), body) => self.all("mroot", [body, index]),
            MathNode::Superscript(base, upper) => self.all(sup(base), [base, upper]),
            MathNode::Subscript(base, lower) => self.all(sub(base), [base, lower]),
            MathNode::SubSup(base, lower, upper) => {
                let tag = if has_limits(base) { "munderover" } else { "msubsup" };
                self.all(tag, [base, lower, upper]);
            }
            MathNode::Sum(lower, upper) => self.limits('∑', lower, upper, true),
            MathNode::Product(lower, upper) => self.limits('∏', lower, upper, true),
            MathNode::Integral(kind, lower, upper) => self.limits(integral(*kind), lower, upper, false),
            MathNode::Limit(None) => self.token("mi", "", "lim"),
            MathNode::Limit(Some(lower)) => self.element("munder", |writer| {
                writer.token("mo", "movablelimits=\"true\"", "lim");
                writer.one(lower);
            }),
            MathNode::Operator(name, limits) => self.function(name, *limits),
            MathNode::OverUnder(base, over, under) => {
                self.over_under(base, over.as_deref(), under.as_deref())
            }
            MathNode::Accent(base, kind) => self.accent(base, *kind),
            MathNode::CancelTo(value, body) => self.element("mover", |writer| {
                writer.element_with("menclose", "notation=\"updiagonalstrike\"", |writer| writer.one(body));
                writer.one(value);
            }),
            MathNode::Delimited(left, body, right) => self.element("mrow", |writer| {
                writer.bracket(left, "prefix");
                writer.one(body);
                writer.bracket(right, "postfix");
            }),
            MathNode::SizedDelim(bracket, _, kind) => {
                let form = match kind {
                    AtomKind::Open => "prefix",
                    AtomKind::Close => "postfix",
                    _ => "infix",
                };
                self.bracket(bracket, form);
            }
            MathNode::Matrix(style, columns, rows) => self.matrix(*style, columns, rows),
            MathNode::Substack(lines) => self.element("mtable", |writer| {
                for line in lines {
                    writer.element("mtr", |writer| writer.element("mtd", |writer| writer.one(line)));
                }
            }),
            MathNode::Text(text, style) => self.text(text, *style),
            MathNode::Space(kind) => {
                let attributes = format!("width=\"{}em\"", space_width(kind));
                self.element_with("mspace", &attributes, |_| ());
            }
            MathNode::Strut(height, depth) => {
                let attributes = format!("height=\"{}em\" depth=\"{}em\"", ems(height), ems(depth));
                self.element_with("mspace", &attributes, |_| ());
            }
            MathNode::Tag { star, body } => self.tag(*star, body),
            MathNode::Intertext(body) => self.one(body),
            MathNode::Color(color, body) | MathNode::TextColor(color, body) => {
                let attributes = format!("mathcolor=\"{}\"", color.css_hex());
                self.element_with("mstyle", &attributes, |writer| writer.one(body));
            }
            MathNode::ColorBox(_, body) => self.one(body),
            MathNode::FColorBox(_, _, body) => {
                self.element_with("menclose", "notation=\"box\"", |writer| writer.one(body));
            }
            MathNode::Phantom(PhantomKind::Full, body) => self.all("mphantom", [body]),
            MathNode::Phantom(kind, body) => {
                let side =
                    if *kind == PhantomKind::Vertical { "width=\"0\"" } else { "height=\"0\" depth=\"0\"" };
                self.element_with("mpadded", side, |writer| writer.all("mphantom", [body]));
            }
            MathNode::Ref(key) => self.token("mtext", "", key),
            MathNode::Label(_) | MathNode::NoNumber | MathNode::Hline => self.element("mrow", |_| ()),
        }
    }

    fn all<const N: usize>(&mut self, tag: &str, parts: [&MathNode; N]) {
        self.element(tag, |writer| parts.into_iter().for_each(|part| writer.one(part)));
    }

    fn atom(&mut self, sign: char, kind: AtomKind) {
        let text = sign.encode_utf8(&mut [0; 4]).to_owned();
        match kind {
            AtomKind::Ord if sign.is_ascii_digit() => self.token("mn", "", &text),
            AtomKind::Ord if sign.is_alphanumeric() => self.identifier(sign),
            AtomKind::Open | AtomKind::Close => self.token("mo", "stretchy=\"false\"", &text),
            _ if sign == '-' => self.operator('−'),
            _ if sign == '*' => self.operator('∗'),
            _ if matches!(sign, '|' | '/') => self.token("mo", "stretchy=\"false\"", &text),
            _ => self.operator(sign),
        }
    }

    /// A letter. Capital Greek ones stand upright, as TeX has them.
    fn identifier(&mut self, letter: char) {
        let attributes = if matches!(letter, 'Α'..='Ω') { "mathvariant=\"normal\"" } else { "" };
        self.token("mi", attributes, letter.encode_utf8(&mut [0; 4]));
    }

    fn symbol(&mut self, name: &str) {
        let Some(sign) = signs::character(name) else { return self.token("mi", "", name) };
        match symbol_atom_kind(name) {
            AtomKind::Ord if sign.is_alphanumeric() => self.identifier(sign),
            AtomKind::Ord if !matches!(sign, '|' | '‖' | '…' | '⋯' | '′') => {
                self.token("mi", "", sign.encode_utf8(&mut [0; 4]));
            }
            AtomKind::Open | AtomKind::Close | AtomKind::Ord => {
                self.token("mo", "stretchy=\"false\"", sign.encode_utf8(&mut [0; 4]));
            }
            _ => self.operator(sign),
        }
    }

    fn function(&mut self, name: &str, limits: bool) {
        match signs::character(name) {
            Some(sign) if limits => self.operator(sign),
            _ if limits || signs::WITH_LIMITS.contains(&name) => {
                self.token("mo", "movablelimits=\"true\"", name)
            }
            _ => {
                self.token("mi", if name.chars().count() == 1 { "mathvariant=\"normal\"" } else { "" }, name)
            }
        }
    }

    fn limits(
        &mut self,
        sign: char,
        lower: &Option<Box<MathNode>>,
        upper: &Option<Box<MathNode>>,
        beyond: bool,
    ) {
        let tag = match (lower, upper, beyond) {
            (None, None, _) => return self.operator(sign),
            (Some(_), Some(_), true) => "munderover",
            (Some(_), Some(_), false) => "msubsup",
            (Some(_), None, true) => "munder",
            (Some(_), None, false) => "msub",
            (None, Some(_), true) => "mover",
            (None, Some(_), false) => "msup",
        };
        self.element(tag, |writer| {
            writer.operator(sign);
            lower.iter().chain(upper).for_each(|part| writer.one(part));
        });
    }

    fn over_under(&mut self, base: &MathNode, over: Option<&MathNode>, under: Option<&MathNode>) {
        let tag = match (under, over) {
            (Some(_), Some(_)) => "munderover",
            (Some(_), None) => "munder",
            (None, _) => "mover",
        };
        self.element(tag, |writer| {
            writer.one(base);
            under.into_iter().chain(over).for_each(|part| writer.one(part));
            if over.is_none() && under.is_none() {
                writer.element("mrow", |_| ());
            }
        });
    }

    fn accent(&mut self, base: &MathNode, kind: AccentKind) {
        let (mark, below) = match kind {
            AccentKind::Boxed => {
                return self.element_with("menclose", "notation=\"box\"", |writer| writer.one(base));
            }
            AccentKind::Cancel | AccentKind::BCancel | AccentKind::XCancel => {
                let notation = match kind {
                    AccentKind::Cancel => "updiagonalstrike",
                    AccentKind::BCancel => "downdiagonalstrike",
                    _ => "updiagonalstrike downdiagonalstrike",
                };
                let attributes = format!("notation=\"{notation}\"");
                return self.element_with("menclose", &attributes, |writer| writer.one(base));
            }
            AccentKind::Not => {
                return match dress::negated(base) {
                    Some(sign) => self.operator(sign),
                    None => self.element("mrow", |writer| {
                        writer.operator('¬');
                        writer.one(base);
                    }),
                };
            }
            AccentKind::Hat | AccentKind::WideHat => ('^', false),
            AccentKind::Check => ('ˇ', false),
            AccentKind::Breve => ('˘', false),
            AccentKind::Acute => ('´', false),
            AccentKind::Grave => ('`', false),
            AccentKind::Tilde | AccentKind::WideTilde => ('~', false),
            AccentKind::Bar | AccentKind::Overline => ('¯', false),
            AccentKind::Vec | AccentKind::Overrightarrow => ('→', false),
            AccentKind::Dot => ('˙', false),
            AccentKind::Ddot => ('¨', false),
            AccentKind::Dddot => ('\u{20DB}', false),
            AccentKind::Ddddot => ('\u{20DC}', false),
            AccentKind::Ring => ('˚', false),
            AccentKind::Overbrace => ('⏞', false),
            AccentKind::Overleftarrow => ('←', false),
            AccentKind::Overleftrightarrow => ('↔', false),
            AccentKind::Underline => ('_', true),
            AccentKind::Underbrace => ('⏟', true),
            AccentKind::Underleftarrow => ('←', true),
            AccentKind::Underrightarrow => ('→', true),
            AccentKind::Underleftrightarrow => ('↔', true),
        };
        let (tag, attributes) =
            if below { ("munder", "accentunder=\"true\"") } else { ("mover", "accent=\"true\"") };
        let fits = matches!(
            kind,
            AccentKind::Hat | AccentKind::Tilde | AccentKind::Bar | AccentKind::Vec | AccentKind::Check
        );
        self.element_with(tag, attributes, |writer| {
            writer.one(base);
            let attributes = if fits { "stretchy=\"false\"" } else { "" };
            writer.token("mo", attributes, mark.encode_utf8(&mut [0; 4]));
        });
    }

    fn bracket(&mut self, bracket: &Delimiter, form: &str) {
        let sign = match bracket {
            Delimiter::Empty => return,
            Delimiter::Char(sign) => *sign,
            Delimiter::Named(name) => match name.as_str() {
                "{" | "lbrace" => '{',
                "}" | "rbrace" => '}',
                "|" | "Vert" | "lVert" | "rVert" => '‖',
                "vert" | "lvert" | "rvert" => '|',
                name => match signs::character(name) {
                    Some(sign) => sign,
                    None => return,
                },
            },
        };
        let attributes = format!("form=\"{form}\" stretchy=\"true\"");
        self.token("mo", &attributes, sign.encode_utf8(&mut [0; 4]));
    }

    fn text(&mut self, text: &str, style: TextStyle) {
        match style {
            TextStyle::Text => self.token("mtext", "", &text.replace(' ', "\u{A0}")),
            TextStyle::Rm | TextStyle::Pmb => {
                let is_letter = text.chars().count() == 1;
                self.token("mi", if is_letter { "mathvariant=\"normal\"" } else { "" }, text);
            }
            _ => {
                let styled: String = text.chars().map(|letter| styled_char(letter, style)).collect();
                let is_number = text.chars().all(|next| next.is_ascii_digit());
                self.token(if is_number { "mn" } else { "mi" }, "", &styled);
            }
        }
    }

    fn matrix(&mut self, style: MatrixStyle, columns: &[ColSpec], rows: &[EnvRow]) {
        let (open, close) = match style {
            MatrixStyle::Pmatrix => (Some('('), Some(')')),
            MatrixStyle::Bmatrix => (Some('['), Some(']')),
            MatrixStyle::BBmatrix => (Some('{'), Some('}')),
            MatrixStyle::Vmatrix => (Some('|'), Some('|')),
            MatrixStyle::VVmatrix => (Some('‖'), Some('‖')),
            MatrixStyle::Cases => (Some('{'), None),
            _ => (None, None),
        };
        let table = |writer: &mut Self| writer.table(style, columns, rows);
        if open.is_none() && close.is_none() {
            return table(self);
        }
        self.element("mrow", |writer| {
            if let Some(open) = open {
                writer.token("mo", "form=\"prefix\"", open.encode_utf8(&mut [0; 4]));
            }
            table(writer);
            if let Some(close) = close {
                writer.token("mo", "form=\"postfix\"", close.encode_utf8(&mut [0; 4]));
            }
        });
    }

    fn table(&mut self, style: MatrixStyle, columns: &[ColSpec], rows: &[EnvRow]) {
        let aligned = matches!(
            style,
            MatrixStyle::Aligned | MatrixStyle::Align | MatrixStyle::Split | MatrixStyle::Equation
        );
        let attributes = if aligned || style == MatrixStyle::Gather { "displaystyle=\"true\"" } else { "" };
        let columns: Vec<ColSpec> = columns.iter().copied().filter(|column| !column.is_rule()).collect();
        self.element_with("mtable", attributes, |writer| {
            for row in rows {
                let (cells, number) = match row {
                    EnvRow::Cells { cells, number, .. } => (cells.as_slice(), Some(number)),
                    EnvRow::Intertext(words) => (std::slice::from_ref(&**words), None),
                    EnvRow::Hline => continue,
                };
                writer.element("mtr", |writer| {
                    for (index, cell) in cells.iter().enumerate() {
                        let side = match (columns.get(index), style) {
                            _ if aligned && index % 2 == 0 => "right",
                            _ if aligned => "left",
                            (Some(ColSpec::Left), _) | (None, MatrixStyle::Cases) => "left",
                            (Some(ColSpec::Right), _) => "right",
                            _ => "center",
                        };
                        let attributes = match side {
                            "center" => String::new(),
                            // What knows MathML 3 reads the first, what knows the core only the second.
                            side => format!("columnalign=\"{side}\" style=\"text-align: {side}\""),
                        };
                        writer.element_with("mtd", &attributes, |writer| writer.one(cell));
                    }
                    if let Some(EqNumber::Tag { star, body }) = number {
                        writer.element("mtd", |writer| writer.tag(*star, body));
                    }
                });
            }
        });
    }

    /// A formula's number.
    fn tag(&mut self, star: bool, body: &MathNode) {
        self.element("mrow", |writer| {
            writer.element_with("mspace", "width=\"2em\"", |_| ());
            if star {
                return writer.one(body);
            }
            writer.token("mo", "stretchy=\"false\"", "(");
            writer.one(body);
            writer.token("mo", "stretchy=\"false\"", ")");
        });
    }
}

fn digit(node: &MathNode) -> Option<char> {
    match node {
        MathNode::Atom(sign, AtomKind::Ord) if sign.is_ascii_digit() || *sign == '.' => Some(*sign),
        _ => None,
    }
}

/// A script whose base is the last digit of a number, with the whole number as its base.
fn numbered(digits: &str, node: &MathNode) -> Option<MathNode> {
    let whole = |base: &MathNode| {
        let last = digit(base)?;
        let digits = digits.chars().chain([last]);
        let atoms = digits.map(|next| MathNode::Atom(next, AtomKind::Ord));
        Some(Box::new(MathNode::Row(atoms.collect())))
    };
    Some(match node {
        MathNode::Superscript(base, upper) => MathNode::Superscript(whole(base)?, upper.clone()),
        MathNode::Subscript(base, lower) => MathNode::Subscript(whole(base)?, lower.clone()),
        MathNode::SubSup(base, lower, upper) => MathNode::SubSup(whole(base)?, lower.clone(), upper.clone()),
        _ => return None,
    })
}

fn is_function(node: &MathNode) -> bool {
    match node {
        MathNode::Operator(name, _) => signs::character(name).is_none(),
        MathNode::Superscript(base, _) | MathNode::Subscript(base, _) | MathNode::SubSup(base, _, _) => {
            is_function(base)
        }
        _ => false,
    }
}

fn has_limits(base: &MathNode) -> bool {
    match base {
        MathNode::Accent(_, kind) => matches!(kind, AccentKind::Overbrace | AccentKind::Underbrace),
        _ => signs::takes_limits(base),
    }
}

fn sup(base: &MathNode) -> &'static str {
    if has_limits(base) { "mover" } else { "msup" }
}

fn sub(base: &MathNode) -> &'static str {
    if has_limits(base) { "munder" } else { "msub" }
}

fn integral(kind: IntegralKind) -> char {
    match kind {
        IntegralKind::Int => '∫',
        IntegralKind::Iint => '∬',
        IntegralKind::Iiint => '∭',
        IntegralKind::Oint => '∮',
        IntegralKind::Oiint => '∯',
    }
}

fn ems(length: &Dim) -> f64 {
    match length.as_ratio() {
        Some((numerator, denominator)) if denominator != 0 => {
            (numerator as f64 / denominator as f64 * 1000.0).round() / 1000.0
        }
        _ => 0.0,
    }
}

fn space_width(kind: &SpaceKind) -> f64 {
    match kind {
        SpaceKind::Thin => 0.167,
        SpaceKind::Medium => 0.222,
        SpaceKind::Thick => 0.278,
        SpaceKind::NegThin => -0.167,
        SpaceKind::Quad => 1.0,
        SpaceKind::Qquad => 2.0,
        SpaceKind::ControlSpace => 0.25,
        SpaceKind::Hspace(length) => ems(length),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
