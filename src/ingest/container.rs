//! ZIP containers (.docx, .odt, .epub), read within bounds.
//!
//! Names inside a container are only ever looked up, never used as paths on disk. What a container
//! claims about the size of its parts is not believed: bytes are counted as they come.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::office::xml::Tree;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Metadata;
use crate::ledger::Change;
use crate::manuscript::InputFile;

/// A file of another program, converted to the essay HTML that the parser reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Converted {
    pub html: String,
    pub metadata: Metadata,
    /// By a path as if the file were a folder: `essays/essay.docx/media/image1.png`.
    pub pictures: Vec<InputFile<Vec<u8>>>,
    /// What is not in the HTML, or not where it was; lines are lines of the HTML.
    pub changes: Vec<Change>,
}

/// Longest part that is text, unpacked.
const TEXT_LIMIT: u64 = 64 << 20;
/// Longest part that is not text, unpacked.
const BINARY_LIMIT: u64 = 64 << 20;
/// All that is ever unpacked from one container.
const TOTAL_LIMIT: u64 = 200 << 20;
const PART_COUNT_LIMIT: usize = 20_000;
/// No document of human making packs better; what does is made to flood.
const RATIO_LIMIT: u64 = 400;
/// Parts shorter than this may pack as well as they like.
const RATIO_FREE: u64 = 4 << 20;

/// Why a container or a part of it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// An OLE file that holds an encrypted document.
    PasswordProtected,
    /// An OLE file: Word before 2007, or its like.
    OldBinary,
    /// Rich Text Format under another name.
    RichText,
    NotContainer,
    /// It starts like one, but its directory is missing or wrong.
    Damaged,
    TooManyParts,
    /// A part that unpacks to more than any document needs.
    Bomb(String),
    /// The part is packed or encrypted in a way that is not read.
    Unreadable(String),
    /// The part is well packed, but its text is not what it must be.
    Malformed {
        part: String,
        reason: String,
    },
    /// Nothing of this kind of document is inside.
    Missing(&'static str),
}

impl Refusal {
    /// The error to report. `kind` names the format: `Word document`.
    pub fn report(&self, file: &str, kind: &str) -> Diagnostic {
        let save = "open it in a word processor and save it anew";
        let (code, message, help) = match self {
            Refusal::PasswordProtected => (
                "encrypted-file",
                "this document is protected by a password".to_owned(),
                "remove the password and save it again",
            ),
            Refusal::OldBinary => (
                "unread-format",
                "this is a document in an old binary format, such as Word's before 2007".to_owned(),
                "open it in a word processor and save it as .docx",
            ),
            Refusal::RichText => (
                "unread-format",
                "this is a Rich Text file under another name".to_owned(),
                "open it in a word processor and save it as .docx",
            ),
            Refusal::NotContainer => {
                ("not-a-container", format!("this is no {kind}: the file is not a ZIP container"), save)
            }
            Refusal::Damaged => (
                "damaged-container",
                format!("this {kind} is damaged or cut short: its directory of parts cannot be read"),
                "fetch or save the file again",
            ),
            Refusal::TooManyParts => {
                ("container-too-large", format!("this {kind} holds more than {PART_COUNT_LIMIT} parts"), save)
            }
            Refusal::Bomb(part) => {
                ("container-too-large", format!("`{part}` in this {kind} unpacks to far too much data"), save)
            }
            Refusal::Unreadable(part) => {
                ("damaged-container", format!("`{part}` in this {kind} cannot be unpacked"), save)
            }
            Refusal::Malformed { part, reason } => {
                ("damaged-container", format!("`{part}` in this {kind} is damaged: {reason}"), save)
            }
            Refusal::Missing(part) => {
                ("not-a-container", format!("this is no {kind}: it holds no `{part}`"), save)
            }
        };
        Diagnostic::error(code, message).at(Place::file(file)).help(help)
    }

    /// The warning to report when only a part beside the text is refused.
    fn report_beside(&self, file: &str, kind: &str) -> Diagnostic {
        let Diagnostic { message, .. } = self.report(file, kind);
        Diagnostic::warning("damaged-container", message)
            .at(Place::file(file))
            .help("what it holds is missing; open the document in a word processor and save it anew")
    }
}

/// What became of a container; a refusal is reported.
pub fn accept(
    converted: Result<Converted, Refusal>,
    file: &str,
    kind: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Converted> {
    converted.map_err(|refusal| diagnostics.push(refusal.report(file, kind))).ok()
}

/// Parses a part beside the text. When it is damaged, the text is still there.
pub fn parse_beside<'p>(
    file: &str,
    kind: &str,
    part: &str,
    text: &'p str,
    diagnostics: &mut Diagnostics,
) -> Tree<'p> {
    if text.is_empty() {
        return Tree::default();
    }
    Tree::parse(text).unwrap_or_else(|reason| {
        let refusal = Refusal::Malformed { part: part.to_owned(), reason };
        diagnostics.push(refusal.report_beside(file, kind));
        Tree::default()
    })
}

/// An open container.
pub struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Part names in lower case, as the formats compare them, and where the part is.
    parts: BTreeMap<String, usize>,
    /// How many bytes were unpacked so far.
    unpacked: u64,
}

impl<'a> Container<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        if bytes.starts_with(OLE) {
            return Err(if holds_encrypted_package(bytes) {
                Refusal::PasswordProtected
            } else {
                Refusal::OldBinary
            });
        }
        if bytes.starts_with(b"{\\rtf") {
            return Err(Refusal::RichText);
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| if bytes.starts_with(b"PK") { Refusal::Damaged } else { Refusal::NotContainer })?;
        if archive.len() > PART_COUNT_LIMIT {
            return Err(Refusal::TooManyParts);
        }
        let parts = (0..archive.len())
            .filter_map(|index| Some((normalise(archive.name_for_index(index)?), index)))
            .collect();
        Ok(Container { archive, parts, unpacked: 0 })
    }

    pub fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&normalise(part))
    }

    /// Names of the parts, in lower case, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// The text of a part; `None` when there is no such part. UTF-8, or UTF-16 with a byte order mark;
    /// bytes that are neither become replacement characters.
    pub fn text(&mut self, part: &str) -> Option<Result<String, Refusal>> {
        Some(self.unpack(part, TEXT_LIMIT)?.map(|bytes| match Encoding::for_bom(&bytes) {
            Some((encoding, bom)) if encoding == UTF_16LE || encoding == UTF_16BE => {
                encoding.decode_without_bom_handling(&bytes[bom..]).0.into_owned()
            }
            _ => UTF_8.decode_with_bom_removal(&bytes).0.into_owned(),
        }))
    }

    /// The bytes of a part; `None` when there is no such part.
    pub fn bytes(&mut self, part: &str) -> Option<Result<Vec<u8>, Refusal>> {
        self.unpack(part, BINARY_LIMIT)
    }

    /// The bytes of pictures, whose parts are given by the path that each picture gets.
    pub fn pictures(
        &mut self,
        parts: BTreeMap<String, String>,
        file: &str,
        kind: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<InputFile<Vec<u8>>> {
        let mut pictures = Vec::new();
        for (path, part) in parts {
            match self.bytes(&part) {
                Some(Ok(content)) => pictures.push(InputFile { path, content }),
                Some(Err(refusal)) => diagnostics.push(refusal.report(file, kind)),
                None => {}
            }
        }
        pictures
    }

    fn unpack(&mut self, part: &str, limit: u64) -> Option<Result<Vec<u8>, Refusal>> {
        let index = *self.parts.get(&normalise(part))?;
        let allowance = limit.min(TOTAL_LIMIT - self.unpacked);
        let entry = match self.archive.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Some(Err(Refusal::PasswordProtected));
            }
            Err(_) => return Some(Err(Refusal::Unreadable(part.to_owned()))),
        };
        let allowance = allowance.min((entry.compressed_size().saturating_mul(RATIO_LIMIT)).max(RATIO_FREE));
        let mut bytes = Vec::new();
        let outcome = entry.take(allowance + 1).read_to_end(&mut bytes);
        self.unpacked = TOTAL_LIMIT.min(self.unpacked + bytes.len() as u64);
        Some(match outcome {
            Err(_) => Err(Refusal::Unreadable(part.to_owned())),
            Ok(length) if length as u64 > allowance => Err(Refusal::Bomb(part.to_owned())),
            Ok(_) => Ok(bytes),
        })
    }
}

/// Names are compared without regard to case; some programs write backslashes or a leading slash.
fn normalise(part: &str) -> String {
    part.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// The stream of an encrypted document has this name, in UTF-16, in the file's directory.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The address of a part as `target` names it, seen from the part `base`: `word/document.xml` and
/// `media/a.png` make `word/media/a.png`. Steps above the container's root are dropped.
pub fn resolve(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(base.split('/'));
        steps.pop();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::{Container, Refusal, resolve};

    #[test]
    fn parts_are_found_relative_to_each_other() {
        assert_eq!(resolve("word/document.xml", "media/a.png"), "word/media/a.png");
        assert_eq!(resolve("word/document.xml", "../media/a.png"), "media/a.png");
        assert_eq!(resolve("word/document.xml", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("a.xml", "../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn what_is_no_container_is_named() {
        let open = |bytes: &[u8]| Container::open(bytes).err();
        assert_eq!(open(b"plain text"), Some(Refusal::NotContainer));
        assert_eq!(open(b""), Some(Refusal::NotContainer));
        assert_eq!(open(b"PK\x03\x04 cut short"), Some(Refusal::Damaged));
        assert_eq!(open(b"{\\rtf1 text}"), Some(Refusal::RichText));
        let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        assert_eq!(open(&ole), Some(Refusal::OldBinary));
        ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(open(&ole), Some(Refusal::PasswordProtected));
    }
}
