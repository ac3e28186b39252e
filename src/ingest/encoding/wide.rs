//! UTF-16 and UTF-32, with a byte order mark or without.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::{BYTES_PER_STRAY_NUL, decoded, length_without_returns};
use crate::diagnostic::{Diagnostics, Place};

/// Decodes a file whose characters are two or four bytes wide. `None` when they are not.
pub fn decode(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    let (name, text, is_lossy) = decode_utf_32(bytes).or_else(|| decode_utf_16(bytes))?;
    let diagnostic = decoded(format!("decoded from {name}"), is_lossy);
    diagnostics.push(diagnostic.at(Place::file(file)).help("save the file as UTF-8"));
    Some(text)
}

type Decoded = (&'static str, String, bool);

/// Only with a byte order mark; nobody writes UTF-32 without one.
fn decode_utf_32(bytes: &[u8]) -> Option<Decoded> {
    type Read = fn([u8; 4]) -> u32;
    let (name, read) = match bytes.get(..4)? {
        [0xFF, 0xFE, 0, 0] => ("UTF-32LE", u32::from_le_bytes as Read),
        [0, 0, 0xFE, 0xFF] => ("UTF-32BE", u32::from_be_bytes as Read),
        _ => return None,
    };
    let units = bytes.get(4..)?.chunks(4);
    let mut is_lossy = false;
    let text: String = units
        .map(|unit| {
            let character = <[u8; 4]>::try_from(unit).ok().map(read).and_then(char::from_u32);
            is_lossy |= character.is_none();
            character.unwrap_or(char::REPLACEMENT_CHARACTER)
        })
        .collect();
    Some((name, text, is_lossy))
}

fn decode_utf_16(bytes: &[u8]) -> Option<Decoded> {
    let (encoding, body) = match bytes {
        [0xFF, 0xFE, body @ ..] => (UTF_16LE, body),
        [0xFE, 0xFF, body @ ..] => (UTF_16BE, body),
        _ => (utf_16_without_bom(bytes)?, bytes),
    };
    let (text, is_lossy) = encoding.decode_without_bom_handling(body);
    Some((encoding.name(), text.into_owned(), is_lossy))
}

/// Text in UTF-16 holds spaces and line ends, whose high byte is zero; so most zeros stand at odd
/// offsets, or at even ones. That it decodes to text makes sure.
fn utf_16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    const FEWEST_ZEROS_PER_MILLE: usize = 5;
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) || is_eight_bit_text(bytes) {
        return None;
    }
    let zeros_at = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros_at(0), zeros_at(1));
    let encoding = if odd >= 2 * even {
        UTF_16LE
    } else if even >= 2 * odd {
        UTF_16BE
    } else {
        return None;
    };
    if (even + odd) * 2000 < bytes.len() * FEWEST_ZEROS_PER_MILLE {
        return None;
    }
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    let is_text = |next: char| !next.is_control() || matches!(next, '\t' | '\n' | '\r' | '\u{C}');
    (!is_lossy && text.chars().all(is_text)).then_some(encoding)
}

/// Read as single bytes, UTF-16 is full of zeros where it is Latin and of control characters where it is
/// not. Anything else is text that zeros have strayed into; and so is a file with few of either, where that
/// all zeros stand at odd offsets may be chance: with eight of them, it hardly is.
fn is_eight_bit_text(bytes: &[u8]) -> bool {
    const LEAST_EVIDENCE: usize = 8;
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    let is_control = |byte: &u8| matches!(byte, 1..=8 | 0x0B | 0x0E..=0x1F);
    let controls = bytes.iter().filter(|byte| is_control(byte)).count();
    let length = length_without_returns(bytes);
    zeros + controls < LEAST_EVIDENCE || (zeros * 3 < length && controls * BYTES_PER_STRAY_NUL <= length)
}
