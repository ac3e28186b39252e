//! PDF objects that several parts of the document are made of.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

/// A number as precise as print needs it: hundredths of a point.
pub fn number(value: f32) -> Object {
    let value = hundredths(value);
    if value.fract() == 0.0 { Object::Integer(value as i64) } else { Object::Real(value) }
}

/// Rounds to hundredths; what is no number becomes 0.
pub fn hundredths(value: f32) -> f32 {
    if value.is_finite() { (value * 100.0).round() / 100.0 } else { 0.0 }
}

/// A text string (ISO 32000-1, section 7.9.2.2): ASCII as it is, all else in UTF-16.
pub fn text(value: &str) -> Object {
    if value.is_ascii() && !value.bytes().any(|byte| byte.is_ascii_control()) {
        return Object::String(value.as_bytes().to_vec(), StringFormat::Literal);
    }
    Object::String(utf16(value), StringFormat::Hexadecimal)
}

/// UTF-16BE with its byte order mark.
pub fn utf16(value: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(value.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// A byte string, such as an address.
pub fn bytes(value: &str) -> Object {
    Object::String(value.as_bytes().to_vec(), StringFormat::Literal)
}

/// An explicit destination: a page scrolled so that `y` is at the window's top.
pub fn destination(page: ObjectId, y: f32) -> Object {
    vec![page.into(), "XYZ".into(), 0.into(), number(y), Object::Null].into()
}

/// Deflates one stream after another. Its memory is dear, and serves them all.
pub struct Deflater {
    state: Compress,
    out: Vec<u8>,
}

impl Deflater {
    pub fn new() -> Self {
        Deflater { state: Compress::new(Compression::default(), true), out: Vec::new() }
    }

    pub fn deflate(&mut self, data: &[u8]) -> Vec<u8> {
        self.state.reset();
        self.out.clear();
        // What does not become smaller grows by a few bytes per block; the loop is for what is unforeseen.
        self.out.reserve(data.len() + data.len() / 1000 + 64);
        loop {
            let taken = usize::try_from(self.state.total_in()).unwrap_or(data.len());
            let rest = data.get(taken..).unwrap_or_default();
            match self.state.compress_vec(rest, &mut self.out, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => self.out.reserve(self.out.capacity()),
                Ok(Status::StreamEnd) | Err(_) => return self.out.as_slice().into(),
            }
        }
    }
}

/// Deflates a stream's data.
pub fn deflate(data: &[u8]) -> Vec<u8> {
    Deflater::new().deflate(data)
}

/// A stream whose data are deflated already.
pub fn flate_stream(mut dictionary: Dictionary, data: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, data).with_compression(false)
}
