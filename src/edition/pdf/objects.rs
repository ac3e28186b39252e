//! PDF objects that several parts of the document are made of.

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Object, Stream, StringFormat};

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

/// For what a book has thousands of: two and a half times as quick as the usual level, and a tenth larger.
const QUICK: i32 = 1;
/// For what it has one of.
const USUAL: i32 = 6;

/// Deflates one stream after another. Its memory is dear, and serves them all.
pub struct Deflater {
    compressor: Compressor,
    out: Vec<u8>,
}

impl Deflater {
    pub fn new() -> Self {
        Deflater::of_level(QUICK)
    }

    fn of_level(level: i32) -> Self {
        let level = CompressionLvl::new(level).unwrap_or_default();
        Deflater { compressor: Compressor::new(level), out: Vec::new() }
    }

    pub fn deflate(&mut self, data: &[u8]) -> Vec<u8> {
        let most = self.compressor.zlib_compress_bound(data.len());
        if self.out.len() < most {
            self.out.resize(most, 0);
        }
        // It fails only for want of room.
        let length = self.compressor.zlib_compress(data, &mut self.out).expect("as much room as it asks for");
        self.out[..length].to_vec()
    }
}

/// Deflates a stream's data.
pub fn deflate(data: &[u8]) -> Vec<u8> {
    Deflater::of_level(USUAL).deflate(data)
}

/// A stream whose data are deflated already.
pub fn flate_stream(mut dictionary: Dictionary, data: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, data).with_compression(false)
}
