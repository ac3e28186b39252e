//! An essay's file as lines of text, whatever the file's format: the draft that is then cleaned.

use memchr::memchr;

use super::container::Converted;
use super::metadata_block::{self, Taken};
use super::sheet::Sheet;
use super::{characters, encoding, epub_book, furniture, mail, mojibake, odt, page, word};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Metadata;
use crate::manuscript::{Dialect, InputFile, Reading};

/// What a file held.
pub struct Draft {
    pub sheet: Sheet,
    /// The sheet's lines before anything was done to them.
    pub original: String,
    pub metadata: Metadata,
    pub hints: Vec<Dialect>,
    /// Whether it is an e-mail.
    pub is_mail: bool,
    /// Pictures inside the file.
    pub pictures: Vec<InputFile<Vec<u8>>>,
}

impl Draft {
    /// Reads a file in the format that its name or its beginning shows. `None` when it holds no essay; the
    /// diagnostics say why.
    pub fn read(file: &str, bytes: &[u8], reading: &Reading, diagnostics: &mut Diagnostics) -> Option<Self> {
        let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let converted = match extension.as_deref() {
            Some("docx") => word::read(file, bytes, &reading.keep, diagnostics),
            Some("odt") => odt::read(file, bytes, &reading.keep, diagnostics),
            Some("epub") => epub_book::read(file, bytes, &reading.keep, diagnostics),
            _ => return Draft::of_text(file, decode(file, bytes, diagnostics)?, reading),
        };
        converted.map(|converted| Draft::of_converted(file, converted, reading))
    }

    fn of_converted(file: &str, converted: Converted, reading: &Reading) -> Self {
        let mut sheet = characters::clean(file, &converted.html);
        sheet.keep = reading.keep.clone();
        repair_characters(&mut sheet);
        sheet.note_repairs(&converted.html);
        sheet.conversion = converted.changes;
        sheet.is_html = true;
        Draft {
            sheet,
            original: converted.html,
            metadata: converted.metadata,
            hints: Vec::new(),
            is_mail: false,
            pictures: converted.pictures,
        }
    }

    fn of_text(file: &str, text: String, reading: &Reading) -> Option<Self> {
        let original = unify_line_ends(text);
        let mut sheet = characters::clean(file, &original);
        sheet.keep = reading.keep.clone();
        repair_characters(&mut sheet);
        sheet.note_repairs(&original);
        if reads_as_page(file, &original, reading.dialect) {
            let text = sheet.lines.join("\n");
            let page = page::read(file, &text, &sheet.keep, &mut sheet.diagnostics);
            sheet.turn_into_html(&page.html, page.changes);
            return Some(Draft {
                sheet,
                original: page.html,
                metadata: page.metadata,
                hints: Vec::new(),
                is_mail: false,
                pictures: page.pictures,
            });
        }
        furniture::remove_tool_talk(&mut sheet);
        let Taken { mut metadata, hints } = metadata_block::take(&mut sheet);
        let is_mail = hints.contains(&Dialect::Plain);
        mail::take_signature(is_mail, &mut sheet, &mut metadata);
        furniture::remove_tool_talk(&mut sheet);
        Some(Draft { sheet, original, metadata, hints, is_mail, pictures: Vec::new() })
    }
}

/// Repairs garbled characters until there is nothing left to repair.
fn repair_characters(sheet: &mut Sheet) {
    const ROUNDS: usize = 4;
    for _ in 0..ROUNDS {
        let lines = mojibake::repair(sheet);
        if !characters::settle(sheet, &lines) {
            break;
        }
    }
}

/// A text without control characters and mojibake: what is done to every essay before it is read.
pub fn repair_text(text: &str) -> String {
    let mut sheet = characters::clean("", text);
    repair_characters(&mut sheet);
    sheet.lines.join("\n")
}

/// Whether a file is a Web page, and the editor does not say otherwise.
fn reads_as_page(file: &str, text: &str, dialect: Option<Dialect>) -> bool {
    match dialect {
        Some(dialect) => dialect == Dialect::Html,
        None => page::is_page(file, text),
    }
}

/// The text of a file. Pages that are not UTF-8 name their encoding themselves.
fn decode(file: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let is_page = page::is_page(file, &start);
    let Some(encoding) = is_page.then(|| page::charset::declared(bytes)).flatten() else {
        return encoding::decode(bytes, file, diagnostics);
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let lost = if malformed { ", and some characters are lost" } else { "" };
    let message = format!("read as {}, as the page says{lost}", encoding.name());
    diagnostics.push(Diagnostic::note("decoded", message).at(Place::file(file)));
    Some(text.replace('\0', ""))
}

fn unify_line_ends(text: String) -> String {
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    let has_returns = memchr(b'\r', text.as_bytes()).is_some();
    if has_returns { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
