//! From bytes to text, whatever the author's computer wrote.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// Decodes a file. `None` when it is not text at all; the error says so.
pub fn decode(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let body = bytes.get(bom..).unwrap_or_default();
        if encoding == UTF_16LE || encoding == UTF_16BE {
            let (text, malformed) = encoding.decode_without_bom_handling(body);
            let message = format!("decoded from {}", encoding.name());
            let severe = if malformed { " with errors; some characters are lost" } else { "" };
            diagnostics.push(
                Diagnostic::note("decoded", format!("{message}{severe}"))
                    .at(Place::file(file))
                    .help("save the file as UTF-8"),
            );
            return Some(text.into_owned());
        }
        return decode_bytes(body, file, diagnostics);
    }
    decode_bytes(bytes, file, diagnostics)
}

fn decode_bytes(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        diagnostics.push(
            Diagnostic::error("not-text", "this file holds binary data, not text")
                .at(place(bytes, offset, file))
                .help("export the essay as Markdown or plain text in UTF-8"),
        );
        return None;
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text.to_owned()),
        Err(error) => error,
    };
    let at = place(bytes, error.valid_up_to(), file);
    let bad = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
    if is_mostly_utf8(bytes) {
        diagnostics.push(
            Diagnostic::note(
                "decoded",
                format!("the file is UTF-8 but for some bytes (the first is 0x{bad:02X}), which were read as windows-1252"),
            )
            .at(at)
            .help("check the characters there and save the file as UTF-8"),
        );
        return Some(decode_mixture(bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let message = format!(
        "the file is not UTF-8 (the first byte that cannot be is 0x{bad:02X}); it was read as {}",
        encoding.name()
    );
    let diagnostic = if malformed {
        Diagnostic::warning("decoded", format!("{message}, and some characters are lost"))
    } else {
        Diagnostic::note("decoded", message)
    };
    diagnostics.push(diagnostic.at(at).help("check the accented characters, or save the file as UTF-8"));
    Some(text.into_owned())
}

/// Line and column of a byte, counting what comes before it as characters.
fn place(bytes: &[u8], offset: usize, file: &str) -> Place {
    let before = bytes.get(..offset).unwrap_or_default();
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    Place::column(file, line as u32, column as u32)
}

/// Whether well-formed multi-byte characters far outnumber the bytes that are not UTF-8, as when two
/// files in different encodings were pasted together.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut well_formed, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        well_formed += chunk.valid().chars().filter(|next| !next.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    well_formed >= 4 * bad
}

fn decode_mixture(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
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
