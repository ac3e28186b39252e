//! PDF objects as bytes (ISO 32000-1, section 7.3), for those of which a book has tens of thousands.
//!
//! lopdf keeps an object as a tree in which every name and every number is an allocation: a large book's structure
//! alone took a hundred megabytes so, and more time than its glyphs.

use lopdf::ObjectId;

use super::objects::utf16;

/// Objects in a row.
#[derive(Debug, Default, Clone)]
pub struct Tokens {
    bytes: Vec<u8>,
}

impl Tokens {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Forgets what was written, and keeps the room for it.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// A name of letters and figures, which need not be escaped.
    pub fn name(&mut self, name: &str) {
        self.bytes.push(b'/');
        self.bytes.extend_from_slice(name.as_bytes());
    }

    pub fn integer(&mut self, value: i64) {
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

    /// A number to hundredths of its unit; what is no number is 0.
    pub fn number(&mut self, value: f32) {
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
    }

    /// Numbers, each with a space behind it.
    pub fn numbers(&mut self, values: &[f32]) {
        for &value in values {
            self.number(value);
            self.byte(b' ');
        }
    }

    /// A reference to another object, with a space before it.
    pub fn reference(&mut self, (number, generation): ObjectId) {
        self.bytes.push(b' ');
        self.digits(number.into());
        self.bytes.push(b' ');
        self.digits(generation.into());
        self.bytes.extend_from_slice(b" R");
    }

    /// A text string (section 7.9.2.2): ASCII as it is, all else in UTF-16.
    pub fn text(&mut self, value: &str) {
        if value.is_ascii() && !value.bytes().any(|byte| byte.is_ascii_control()) {
            self.literal(value);
        } else {
            self.bytes.push(b'<');
            self.hexadecimal(&utf16(value));
            self.bytes.push(b'>');
        }
    }

    /// A string of ASCII without control characters.
    pub fn literal(&mut self, value: &str) {
        self.bytes.push(b'(');
        for byte in value.bytes() {
            if matches!(byte, b'(' | b')' | b'\\') {
                self.bytes.push(b'\\');
            }
            self.bytes.push(byte);
        }
        self.bytes.push(b')');
    }

    pub fn hexadecimal(&mut self, bytes: &[u8]) {
        let digit = |digit: u8| if digit < 10 { b'0' + digit } else { b'A' + digit - 10 };
        for byte in bytes {
            self.bytes.extend_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
    }

    /// An explicit destination: a page scrolled so that `y` is at the window's top.
    pub fn destination(&mut self, page: ObjectId, y: f32) {
        self.raw(b"[");
        self.reference(page);
        self.raw(b"/XYZ 0 ");
        self.number(y);
        self.raw(b" null]");
    }
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    fn written(write: impl FnOnce(&mut Tokens)) -> String {
        let mut tokens = Tokens::default();
        write(&mut tokens);
        String::from_utf8(tokens.bytes).unwrap()
    }

    #[test]
    fn numbers_have_two_decimals_at_most() {
        let numbers =
            [(0.0, "0"), (-0.004, "0"), (1.5, "1.5"), (-12.345, "-12.35"), (7.05, "7.05"), (f32::NAN, "0")];
        for (value, expected) in numbers {
            assert_eq!(written(|tokens| tokens.number(value)), expected);
        }
        assert_eq!(written(|tokens| tokens.integer(-1_024)), "-1024");
    }

    #[test]
    fn strings_are_escaped_or_in_utf_16() {
        assert_eq!(written(|tokens| tokens.text("a (b) \\c")), "(a \\(b\\) \\\\c)");
        assert_eq!(written(|tokens| tokens.text("é")), "<FEFF00E9>");
        assert_eq!(written(|tokens| tokens.text("a\rb")), "<FEFF0061000D0062>");
    }
}
