//! A page's content as bytes: PDF operators behind their operands.
//!
//! printpdf would write them too, from a tree of operations in which every number and every name is an
//! allocation; a page has thousands of them, and that took twice as long as deflating what came of it.

use super::objects::utf16;

/// Operators in a row.
#[derive(Default)]
pub struct Operators {
    bytes: Vec<u8>,
    /// Whether glyphs are being shown, and the string that holds them is open.
    showing: Showing,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Showing {
    #[default]
    Nothing,
    Array,
    String,
}

impl Operators {
    pub fn new() -> Self {
        Operators::default()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what was written, and keeps the room for it.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Begins content that belongs to the structure tree.
    pub fn begin_content(&mut self, tag: &str, number: usize) {
        self.begin_line();
        self.name(tag);
        self.bytes.extend(b" <</MCID ");
        self.integer(number as i64);
        self.bytes.extend(b">> BDC");
    }

    /// Begins content that belongs to no structure; `kind` says what it is.
    pub fn begin_artifact(&mut self, kind: Option<&str>) {
        self.begin_line();
        self.name("Artifact");
        match kind {
            Some(kind) => {
                self.bytes.extend(b" <</Type");
                self.name(kind);
                self.bytes.extend(b">> BDC");
            }
            None => self.bytes.extend(b" BMC"),
        }
    }

    /// Begins glyphs that say `text`, whatever they say one by one (ISO 32000-1, section 14.9.4).
    pub fn begin_saying(&mut self, text: &str) {
        self.begin_line();
        self.bytes.extend(b"/Span <</ActualText<");
        for byte in utf16(text) {
            self.bytes.extend([hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
        self.bytes.extend(b">>> BDC");
    }

    pub fn end_content(&mut self) {
        self.operator(b"EMC");
    }

    pub fn begin_text(&mut self) {
        self.operator(b"BT");
    }

    pub fn end_text(&mut self) {
        self.operator(b"ET");
    }

    pub fn set_font(&mut self, resource: &str, size: f32) {
        self.begin_line();
        self.name(resource);
        self.bytes.push(b' ');
        self.operands(&[size]);
        self.bytes.extend(b"Tf");
    }

    /// In percent.
    pub fn set_scaling(&mut self, scaling: f32) {
        self.begin_line();
        self.operands(&[scaling]);
        self.bytes.extend(b"Tz");
    }

    /// Lifts text off its baseline.
    pub fn set_rise(&mut self, rise: f32) {
        self.begin_line();
        self.operands(&[rise]);
        self.bytes.extend(b"Ts");
    }

    /// Begins text at a place; `turned` by a quarter to the left.
    pub fn place_text(&mut self, x: f32, y: f32, turned: bool) {
        self.begin_line();
        self.bytes.extend(if turned { b"0 1 -1 0 " } else { b"1 0 0 1 ".as_slice() });
        self.operands(&[x, y]);
        self.bytes.extend(b"Tm");
    }

    pub fn set_gray(&mut self, gray: f32) {
        self.begin_line();
        self.operands(&[gray]);
        self.bytes.push(b'g');
    }

    /// Fills a rectangle.
    pub fn fill_rectangle(&mut self, corner: [f32; 2], size: [f32; 2]) {
        self.begin_line();
        self.operands(&corner);
        self.operands(&size);
        self.bytes.extend(b"re\nf");
    }

    /// Paints a picture into a rectangle.
    pub fn paint_picture(&mut self, resource: &str, corner: [f32; 2], size: [f32; 2]) {
        self.operator(b"q");
        self.begin_line();
        self.operands(&size[..1]);
        self.bytes.extend(b"0 0 ");
        self.operands(&size[1..]);
        self.operands(&corner);
        self.bytes.extend(b"cm\n");
        self.name(resource);
        self.bytes.extend(b" Do\nQ");
    }

    /// Shows a glyph after those that were shown last.
    pub fn show(&mut self, code: u16) {
        match self.showing {
            Showing::Nothing => {
                self.begin_line();
                self.bytes.extend(b"[(");
            }
            Showing::Array => self.bytes.push(b'('),
            Showing::String => {}
        }
        self.showing = Showing::String;
        for byte in code.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.bytes.extend([b'\\', byte]),
                // A bare one would be read as the end of a line.
                b'\r' => self.bytes.extend(b"\\r"),
                _ => self.bytes.push(byte),
            }
        }
    }

    /// Moves the place of the next glyph to the right, by thousandths of an em.
    pub fn skip(&mut self, gap: i64) {
        match self.showing {
            Showing::Nothing => {
                self.begin_line();
                self.bytes.push(b'[');
            }
            Showing::Array => self.bytes.push(b' '),
            Showing::String => self.bytes.extend(b") "),
        }
        self.showing = Showing::Array;
        self.integer(-gap);
    }

    /// Ends the glyphs that are shown in one go.
    pub fn end_show(&mut self) {
        match std::mem::take(&mut self.showing) {
            Showing::Nothing => {}
            Showing::Array => self.bytes.extend(b"] TJ"),
            Showing::String => self.bytes.extend(b")] TJ"),
        }
    }

    fn operator(&mut self, name: &[u8]) {
        self.begin_line();
        self.bytes.extend(name);
    }

    fn begin_line(&mut self) {
        if !self.bytes.is_empty() {
            self.bytes.push(b'\n');
        }
    }

    /// A name of letters and figures, which need not be escaped.
    fn name(&mut self, name: &str) {
        self.bytes.push(b'/');
        self.bytes.extend(name.as_bytes());
    }

    fn integer(&mut self, value: i64) {
        if value < 0 {
            self.bytes.push(b'-');
        }
        self.digits(value.unsigned_abs());
    }

    fn digits(&mut self, value: u64) {
        if value > 9 {
            self.digits(value / 10);
        }
        self.bytes.push(b'0' + (value % 10) as u8);
    }

    /// Numbers to hundredths of their units, each with a space behind.
    fn operands(&mut self, values: &[f32]) {
        for &value in values {
            let hundredths = if value.is_finite() { (value * 100.0).round() as i64 } else { 0 };
            if hundredths < 0 {
                self.bytes.push(b'-');
            }
            let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
            self.digits(whole);
            if rest > 0 {
                self.bytes.push(b'.');
                self.digits(rest / 10);
                if rest % 10 > 0 {
                    self.digits(rest % 10);
                }
            }
            self.bytes.push(b' ');
        }
    }
}

fn hexadecimal(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'A' + digit - 10 }
}
