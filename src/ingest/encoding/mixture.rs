//! Files pasted together from pieces in several encodings: UTF-8 with a paragraph of Windows-1251.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{guess, report_legacy};
use crate::diagnostic::Diagnostics;
use crate::ingest::characters::line_list;

/// Fewer bytes beyond ASCII than this do not show their encoding by themselves.
const TELLING: usize = 6;

/// A line, and what its bytes are.
struct Line<'a> {
    bytes: &'a [u8],
    /// Characters beyond ASCII that are well-formed UTF-8.
    well_formed: usize,
    /// Bytes that are not UTF-8.
    malformed: usize,
}

impl<'a> Line<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let (well_formed, malformed) = if bytes.is_ascii() { (0, 0) } else { count(bytes) };
        Line { bytes, well_formed, malformed }
    }

    /// Whether it is UTF-8 that a few other bytes have got into.
    fn is_utf8(&self) -> bool {
        self.malformed == 0 || self.well_formed >= 2 * self.malformed
    }

    fn is_neutral(&self) -> bool {
        self.well_formed == 0 && self.malformed == 0
    }

    /// What shows the encoding of the bytes that are not UTF-8.
    fn evidence(&self) -> Vec<u8> {
        if !self.is_utf8() {
            return self.bytes.to_vec();
        }
        let mut evidence = Vec::with_capacity(self.bytes.len());
        for chunk in self.bytes.utf8_chunks() {
            evidence.extend(chunk.valid().bytes().filter(u8::is_ascii));
            evidence.extend(chunk.invalid());
        }
        evidence
    }
}

/// How many characters beyond ASCII are well-formed UTF-8, and how many bytes are none.
pub fn count(bytes: &[u8]) -> (usize, usize) {
    let (mut well_formed, mut malformed) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        well_formed += chunk.valid().chars().filter(|next| !next.is_ascii()).count();
        malformed += chunk.invalid().len();
    }
    (well_formed, malformed)
}

/// Decodes line by line. Neighbouring lines that are not UTF-8 are taken for one piece, whose encoding
/// is guessed from it alone where it is long enough, and from all such lines of the file otherwise.
pub fn decode(bytes: &[u8], file: &str, diagnostics: &mut Diagnostics) -> String {
    let lines: Vec<Line> = bytes.split(|&byte| byte == b'\n').map(Line::new).collect();
    let strangers = lines.iter().filter(|line| line.malformed > 0);
    let everywhere = guess_or_western(strangers);
    let mut text = String::with_capacity(bytes.len());
    let mut found: Vec<(&'static Encoding, Vec<usize>)> = Vec::new();
    let mut is_lossy = false;
    let mut number = 0;
    while let Some(first) = lines.get(number) {
        let length = if first.malformed == 0 {
            1
        } else {
            let rest = lines.get(number..).unwrap_or_default();
            rest.iter().take_while(|line| line.malformed > 0 || line.is_neutral()).count()
        };
        let piece = lines.get(number..number + length).unwrap_or_default();
        let telling: usize = piece.iter().map(|line| line.malformed).sum();
        let encoding = if telling >= TELLING { guess_or_western(piece.iter()) } else { everywhere };
        for line in piece {
            if number > 0 {
                text.push('\n');
            }
            is_lossy |= push(line, encoding, &mut text);
            if line.malformed > 0 {
                match found.iter_mut().find(|(known, _)| *known == encoding) {
                    Some((_, numbers)) => numbers.push(number),
                    None => found.push((encoding, vec![number])),
                }
            }
            number += 1;
        }
    }
    report(bytes, &found, is_lossy, file, diagnostics);
    text
}

fn guess_or_western<'a>(lines: impl Iterator<Item = &'a Line<'a>>) -> &'static Encoding {
    let evidence: Vec<Vec<u8>> = lines.filter(|line| line.malformed > 0).map(Line::evidence).collect();
    let malformed = evidence.iter().flatten().filter(|byte| !byte.is_ascii()).count();
    if malformed < TELLING / 2 { WINDOWS_1252 } else { guess(evidence.iter().map(Vec::as_slice)) }
}

/// Whether a character was lost.
fn push(line: &Line, encoding: &'static Encoding, text: &mut String) -> bool {
    let mut is_lossy = false;
    let mut push_legacy = |bytes: &[u8], text: &mut String| {
        let (decoded, malformed) = encoding.decode_without_bom_handling(bytes);
        is_lossy |= malformed;
        text.push_str(&decoded);
    };
    if line.is_utf8() {
        for chunk in line.bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                push_legacy(chunk.invalid(), text);
            }
        }
    } else {
        push_legacy(line.bytes, text);
    }
    is_lossy
}

fn report(
    bytes: &[u8],
    found: &[(&'static Encoding, Vec<usize>)],
    is_lossy: bool,
    file: &str,
    diagnostics: &mut Diagnostics,
) {
    let parts: Vec<String> = found
        .iter()
        .map(|(encoding, lines)| format!("{} on {}", encoding.name(), line_list(lines)))
        .collect();
    let what = ["UTF-8 but for some bytes", "which were read as"];
    report_legacy(bytes, what, &parts.join(" and as "), is_lossy, file, diagnostics);
}
