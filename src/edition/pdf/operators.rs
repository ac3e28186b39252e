//! A page's content as bytes: PDF operators behind their operands.
//!
//! printpdf would write them too, from a tree of operations in which every number and every name is an
//! allocation; a page has thousands of them, and that took twice as long as deflating what came of it.

use super::objects::utf16;
use super::tokens::Tokens;

/// Operators in a row.
#[derive(Default)]
pub struct Operators {
    tokens: Tokens,
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
        self.tokens.bytes()
    }

    /// Forgets what was written, and keeps the room for it.
    pub fn clear(&mut self) {
        self.tokens.clear();
    }

    /// Begins content that belongs to the structure tree.
    pub fn begin_content(&mut self, tag: &str, number: usize) {
        self.begin_line();
        self.tokens.name(tag);
        self.tokens.raw(b" <</MCID ");
        self.tokens.integer(number as i64);
        self.tokens.raw(b">> BDC");
    }

    /// Begins content that belongs to no structure; `kind` says what it is.
    pub fn begin_artifact(&mut self, kind: Option<&str>) {
        self.begin_line();
        self.tokens.name("Artifact");
        match kind {
            Some(kind) => {
                self.tokens.raw(b" <</Type");
                self.tokens.name(kind);
                self.tokens.raw(b">> BDC");
            }
            None => self.tokens.raw(b" BMC"),
        }
    }

    /// Begins glyphs that say `text`, whatever they say one by one (ISO 32000-1, section 14.9.4).
    pub fn begin_saying(&mut self, text: &str) {
        self.begin_line();
        self.tokens.raw(b"/Span <</ActualText<");
        self.tokens.hexadecimal(&utf16(text));
        self.tokens.raw(b">>> BDC");
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
        self.tokens.name(resource);
        self.tokens.byte(b' ');
        self.tokens.numbers(&[size]);
        self.tokens.raw(b"Tf");
    }

    /// In percent.
    pub fn set_scaling(&mut self, scaling: f32) {
        self.begin_line();
        self.tokens.numbers(&[scaling]);
        self.tokens.raw(b"Tz");
    }

    /// Lifts text off its baseline.
    pub fn set_rise(&mut self, rise: f32) {
        self.begin_line();
        self.tokens.numbers(&[rise]);
        self.tokens.raw(b"Ts");
    }

    /// Begins text at a place; `turned` by a quarter to the left.
    pub fn place_text(&mut self, x: f32, y: f32, turned: bool) {
        self.begin_line();
        self.tokens.raw(if turned { b"0 1 -1 0 " } else { b"1 0 0 1 ".as_slice() });
        self.tokens.numbers(&[x, y]);
        self.tokens.raw(b"Tm");
    }

    pub fn set_gray(&mut self, gray: f32) {
        self.begin_line();
        self.tokens.numbers(&[gray]);
        self.tokens.byte(b'g');
    }

    /// Fills a rectangle.
    pub fn fill_rectangle(&mut self, corner: [f32; 2], size: [f32; 2]) {
        self.begin_line();
        self.tokens.numbers(&corner);
        self.tokens.numbers(&size);
        self.tokens.raw(b"re\nf");
    }

    /// Paints a picture into a rectangle.
    pub fn paint_picture(&mut self, resource: &str, corner: [f32; 2], size: [f32; 2]) {
        self.operator(b"q");
        self.begin_line();
        self.tokens.numbers(&size[..1]);
        self.tokens.raw(b"0 0 ");
        self.tokens.numbers(&size[1..]);
        self.tokens.numbers(&corner);
        self.tokens.raw(b"cm\n");
        self.tokens.name(resource);
        self.tokens.raw(b" Do\nQ");
    }

    /// Shows a glyph after those that were shown last.
    pub fn show(&mut self, code: u16) {
        match self.showing {
            Showing::Nothing => {
                self.begin_line();
                self.tokens.raw(b"[(");
            }
            Showing::Array => self.tokens.byte(b'('),
            Showing::String => {}
        }
        self.showing = Showing::String;
        let bytes = code.to_be_bytes();
        if !bytes.iter().any(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r')) {
            return self.tokens.raw(&bytes);
        }
        for byte in bytes {
            match byte {
                b'(' | b')' | b'\\' => self.tokens.raw(&[b'\\', byte]),
                // A bare one would be read as the end of a line.
                b'\r' => self.tokens.raw(b"\\r"),
                _ => self.tokens.byte(byte),
            }
        }
    }

    /// Moves the place of the next glyph to the right, by thousandths of an em.
    pub fn skip(&mut self, gap: i64) {
        match self.showing {
            Showing::Nothing => {
                self.begin_line();
                self.tokens.byte(b'[');
            }
            Showing::Array => self.tokens.byte(b' '),
            Showing::String => self.tokens.raw(b") "),
        }
        self.showing = Showing::Array;
        self.tokens.integer(-gap);
    }

    /// Ends the glyphs that are shown in one go.
    pub fn end_show(&mut self) {
        match std::mem::take(&mut self.showing) {
            Showing::Nothing => {}
            Showing::Array => self.tokens.raw(b"] TJ"),
            Showing::String => self.tokens.raw(b")] TJ"),
        }
    }

    fn operator(&mut self, name: &[u8]) {
        self.begin_line();
        self.tokens.raw(name);
    }

    fn begin_line(&mut self) {
        if !self.tokens.is_empty() {
            self.tokens.byte(b'\n');
        }
    }
}
