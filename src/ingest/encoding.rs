//! From bytes to text, whatever the author's computer wrote.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use memchr::memchr;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};

mod mixture;
mod wide;

/// Text this poor in NUL bytes is text all the same; the NULs go with the other control characters.
const BYTES_PER_STRAY_NUL: usize = 50;

/// Decodes a file. `None` when it is not text at all; the error says so.
pub fn decode(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    if let Some(text) = wide::decode(bytes, file, diagnostics) {
        return Some(text);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(offset) = memchr(0, bytes)
        && !is_text_with_stray_nuls(bytes)
    {
        diagnostics.push(
            Diagnostic::error("not-text", "this file holds binary data, not text")
                .at(place(bytes, offset, file))
                .help("export the essay as Markdown or plain text in UTF-8"),
        );
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) if holds_utf8(bytes) => Some(mixture::decode(bytes, file, diagnostics)),
        Err(_) => Some(decode_legacy(bytes, file, diagnostics)),
    }
}

/// Programs write control characters all over; in a text that a NUL has strayed into they are few.
fn is_text_with_stray_nuls(bytes: &[u8]) -> bool {
    let is_binary = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    let controls = bytes.iter().filter(|&&byte| is_binary(byte)).count();
    let magic: [&[u8]; 5] = [b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xD0\xCF\x11\xE0", b"\x7FELF"];
    let malformed: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    !magic.iter().any(|magic| bytes.starts_with(magic))
        && controls * BYTES_PER_STRAY_NUL <= length_without_returns(bytes)
        && malformed * 4 <= bytes.len()
}

/// So that line ends make no difference.
fn length_without_returns(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte != b'\r').count()
}

/// Whether any character beyond ASCII is well-formed UTF-8, and no accident: legacy text hardly ever
/// holds the bytes of one, and not more often than bytes that are none.
fn holds_utf8(bytes: &[u8]) -> bool {
    let (mut well_formed, mut malformed) = (0, 0);
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        let (here, bad) = mixture::count(line);
        // A line in UTF-8 speaks for itself; within a line in another encoding it may be chance.
        well_formed += if bad == 0 || here >= 2 * bad { here } else { 0 };
        malformed += bad;
    }
    well_formed > 0 && well_formed * 50 >= malformed
}

/// A file in one of the encodings from before UTF-8.
fn decode_legacy(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> String {
    let encoding = guess([bytes].into_iter());
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    report_legacy(bytes, ["not UTF-8", "it was read as"], encoding.name(), is_lossy, file, diagnostics);
    text.into_owned()
}

/// Tells of bytes that are not UTF-8: what the file is, and what they were read as.
fn report_legacy(
    bytes: &[u8],
    [what, read_as]: [&str; 2],
    encodings: &str,
    is_lossy: bool,
    file: &str,
    diagnostics: &mut Diagnostics,
) {
    let offset = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let bad = bytes.get(offset).copied().unwrap_or_default();
    let message =
        format!("the file is {what} (the first byte that cannot be is 0x{bad:02X}), {read_as} {encodings}");
    let help = "check the accented characters, and save the file as UTF-8";
    diagnostics.push(decoded(message, is_lossy).at(place(bytes, offset, file)).help(help));
}

/// The message that a file is not in UTF-8.
fn decoded(message: String, is_lossy: bool) -> Diagnostic {
    if is_lossy {
        Diagnostic::warning("decoded", format!("{message}; some characters are lost"))
    } else {
        Diagnostic::note("decoded", message)
    }
}

/// The encoding that browsers would take the text for.
fn guess<'a>(parts: impl Iterator<Item = &'a [u8]>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for part in parts {
        detector.feed(part, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Line and column of a byte, counting what comes before it as characters.
fn place(bytes: &[u8], offset: usize, file: &str) -> Place {
    let before = bytes.get(..offset).unwrap_or_default();
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    Place::column(file, line as u32, column as u32)
}

/// Decodes a file that must be UTF-8 because a program reads it, such as the manifest.
pub fn decode_strictly(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.replace("\r\n", "\n")),
        Err(error) => {
            diagnostics.push(
                Diagnostic::error("not-utf-8", format!("this file is not {}", UTF_8.name()))
                    .at(place(bytes, error.valid_up_to(), file))
                    .help("save it as UTF-8"),
            );
            None
        }
    }
}
