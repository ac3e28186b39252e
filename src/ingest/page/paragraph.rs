//! A line of text under construction: white space collapsed, formats opened as late as possible.

/// An inline element of the essay HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// `<em>`, `<a href="…">`.
    pub open: String,
    /// `</em>`.
    pub close: &'static str,
}

#[derive(Debug, Default)]
pub struct Paragraph {
    html: String,
    /// How many of the open formats stand in the HTML.
    opened: usize,
    /// Where its first text stands.
    line: u32,
    has_content: bool,
    has_text: bool,
    space: bool,
    /// Line breaks that something may follow.
    pub breaks: usize,
    /// Whether it is a paragraph to its author, too.
    pub is_marked: bool,
}

impl Paragraph {
    pub fn is_blank(&self) -> bool {
        !self.has_content
    }

    pub fn has_text(&self) -> bool {
        self.has_text
    }

    pub fn line(&self) -> u32 {
        self.line
    }

    /// Adds running text.
    pub fn push(&mut self, text: &str, line: u32, formats: &[Format]) {
        let mut line = line;
        for piece in text.split_inclusive([' ', '\n', '\t', '\r', '\u{C}']) {
            let word = piece.trim_end_matches([' ', '\n', '\t', '\r', '\u{C}']);
            if !word.is_empty() {
                self.begin(line, formats);
                self.has_text |= word.contains(|next: char| next != '\u{A0}');
                escape(word, &mut self.html);
            }
            if word.len() < piece.len() {
                self.space = self.has_content;
            }
            line += u32::from(piece.ends_with('\n'));
        }
    }

    /// Adds something that is written already.
    pub fn push_html(&mut self, html: &str, line: u32, formats: &[Format]) {
        self.begin(line, formats);
        self.html.push_str(html);
    }

    fn begin(&mut self, line: u32, formats: &[Format]) {
        if !self.has_content {
            (self.has_content, self.line) = (true, line);
        }
        if self.breaks > 0 {
            self.html.push_str(&"<br>".repeat(self.breaks.min(2)));
        } else if self.space {
            self.html.push(' ');
        }
        (self.space, self.breaks) = (false, 0);
        for format in formats.iter().skip(self.opened) {
            self.html.push_str(&format.open);
        }
        self.opened = formats.len();
    }

    /// Takes back a sign that was written last.
    pub fn take_back(&mut self, sign: char) -> bool {
        let ends = !self.space && self.html.ends_with(sign);
        if ends {
            self.html.pop();
        }
        ends
    }

    /// Ends a format. `formats`: those that are left.
    pub fn end_format(&mut self, ended: &Format, formats: &[Format]) {
        if self.opened > formats.len() {
            self.html.push_str(ended.close);
            self.opened = formats.len();
        }
    }

    /// Hands over what was written and starts anew; nothing where that is blank.
    pub fn take(&mut self, formats: &[Format]) -> Option<String> {
        let mut taken = std::mem::take(self);
        if !taken.has_content {
            return None;
        }
        let length = taken.html.trim_end_matches(['\u{A0}', ' ']).len();
        taken.html.truncate(length);
        for format in formats.iter().take(taken.opened).rev() {
            taken.html.push_str(format.close);
        }
        let is_blank = taken.html.chars().all(|next| next == '\u{A0}' || next.is_whitespace());
        (!is_blank).then_some(taken.html)
    }
}

/// Writes text so that it is text in HTML, too.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes().get(at) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// A tag with attributes; those without a value are left out.
pub fn tag(name: &str, attributes: &[(&str, Option<&str>)]) -> String {
    let mut tag = format!("<{name}");
    for (name, value) in attributes {
        let Some(value) = value else { continue };
        tag.push_str(&format!(" {name}=\""));
        escape(&value.split_whitespace().collect::<Vec<_>>().join(" "), &mut tag);
        tag.push('"');
    }
    tag.push('>');
    tag
}
