//! Line ends, control characters and normalisation: what no author typed on purpose.

use std::collections::BTreeSet;

use memchr::memchr;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::mojibake::windows_1252_of_control;
use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;

/// Splits a file's text into lines of clean NFC characters.
pub fn clean(file: &str, text: &str) -> Sheet {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let unified;
    let text = if memchr(b'\r', text.as_bytes()).is_some() {
        unified = text.replace("\r\n", "\n").replace('\r', "\n");
        &unified
    } else {
        text
    };
    let mut sheet = Sheet::new(file, text);
    if is_surely_clean(text) {
        return sheet;
    }
    let mut first = None;
    let mut count = 0;
    for (number, line) in sheet.lines.iter_mut().enumerate() {
        // Runs that are UTF-8 read in another encoding keep their controls: mojibake repair needs them.
        let removed = clean_line(line);
        if removed > 0 {
            first.get_or_insert(number);
            count += removed;
        }
    }
    if let Some(number) = first {
        let place = sheet.place(number);
        let message = format!("removed {}", counted(count, "control character"));
        sheet.diagnostics.push(Diagnostic::note("removed-control", message).at(place));
    }
    sheet
}

/// Cleans what mojibake repair has left on the lines that are named, and tells what was lost before
/// the file came here. Whether anything changed, which may have brought more garbled characters to
/// light.
pub fn settle(sheet: &mut Sheet, lines: &BTreeSet<usize>) -> bool {
    let mut changed: Vec<usize> = Vec::new();
    let mut lost: Vec<usize> = Vec::new();
    let mut is_changed = false;
    for &number in lines {
        let Some(line) = sheet.lines.get_mut(number) else { continue };
        let before = line.clone();
        if line.chars().any(is_c1_control) {
            changed.push(number);
            *line = line
                .chars()
                .filter_map(
                    |next| if is_c1_control(next) { windows_1252_of_control(next) } else { Some(next) },
                )
                .collect();
        }
        clean_line(line);
        is_changed |= *line != before;
        if line.contains('\u{FFFD}') {
            lost.push(number);
        }
    }
    if let Some(&number) = changed.first() {
        let place = sheet.place(number);
        let message = format!("read control characters as windows-1252, on {}", line_list(&changed));
        sheet.diagnostics.push(Diagnostic::note("repaired-encoding", message).at(place));
    }
    if !is_changed {
        report_lost(&lost, sheet);
    }
    is_changed
}

fn is_c1_control(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9F}')
}

/// Whether there is a control character other than a tab and `but`. Written without a way out of the
/// loop, which lets it run many bytes at a time.
fn holds_ascii_control(bytes: &[u8], but: u8) -> bool {
    bytes.iter().fold(false, |found, &byte| {
        found | ((byte < 0x20) & (byte != b'\t') & (byte != but)) | (byte == 0x7F)
    })
}

/// Whether a text shows at a glance that there is nothing to clean.
fn is_surely_clean(text: &str) -> bool {
    !holds_ascii_control(text.as_bytes(), b'\n')
        && beyond_ascii(text).all(|(_, next)| is_clean(next) && is_surely_composed(next))
}

/// The characters beyond ASCII and where they stand. What lies between them is passed over many bytes at
/// a time.
#[inline]
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += ascii_length(text.as_bytes().get(at..)?);
        let next = text.get(at..)?.chars().next()?;
        let found = (at, next);
        at += next.len_utf8();
        Some(found)
    })
}

/// How many bytes of ASCII a text begins with.
#[inline]
fn ascii_length(bytes: &[u8]) -> usize {
    const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let high = u64::from_le_bytes(*word) & HIGH_BITS;
        if high != 0 {
            return index * 8 + high.trailing_zeros() as usize / 8;
        }
    }
    words.len() * 8 + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// Removes or replaces control characters but C1, and composes; how many controls there were.
fn clean_line(line: &mut String) -> usize {
    let mut controls = 0;
    let mut may_decompose = false;
    if holds_ascii_control(line.as_bytes(), b'\t') {
        controls = line.bytes().filter(|byte| byte.is_ascii_control() && *byte != b'\t').count();
    }
    for (_, character) in beyond_ascii(line) {
        controls += usize::from(!is_clean(character));
        may_decompose |= !is_surely_composed(character);
    }
    if controls > 0 {
        *line = line
            .chars()
            .filter_map(|next| if is_clean(next) { Some(next) } else { replacement(next) })
            .collect();
    }
    if may_decompose && is_nfc_quick(line.chars()) != IsNormalized::Yes {
        let normalised: String = line.nfc().collect();
        *line = normalised;
    }
    controls
}

/// Whether a character may stay, for now, where it is a C1 control character.
fn is_clean(character: char) -> bool {
    match character {
        ' '..='~' | '\t' | '\u{80}'..='\u{2027}' => true,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => false,
        other => !other.is_control(),
    }
}

/// What stands for a character that has no business in running text.
fn replacement(character: char) -> Option<char> {
    // A word processor's line and page breaks within a line; separators that end lines elsewhere.
    matches!(character, '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}').then_some(' ')
}

/// Characters of common scripts that are in NFC whatever stands beside them; a quick way round the
/// tables.
fn is_surely_composed(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{2FF}'
            | '\u{388}'..='\u{482}'
            | '\u{48A}'..='\u{590}'
            | '\u{5D0}'..='\u{5EA}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205E}'
            | '\u{20A0}'..='\u{20B0}'
            | '\u{3001}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{FF00}'..='\u{FFEF}'
    )
}

fn report_lost(lost: &[usize], sheet: &mut Sheet) {
    let Some(&number) = lost.first() else { return };
    let place = sheet.place(number);
    let lines = line_list(lost);
    sheet.diagnostics.push(
        Diagnostic::warning(
            "lost-character",
            format!("characters were lost before the file came here (�), on {lines}"),
        )
        .at(place)
        .help("compare with the original and type them again"),
    );
}

/// `lines 3, 4 and 9`, shortened where there are many; the numbers given count from 0.
pub fn line_list(lines: &[usize]) -> String {
    const SHOWN: usize = 8;
    let mut numbers: Vec<String> = lines.iter().take(SHOWN).map(|line| (line + 1).to_string()).collect();
    if lines.len() > SHOWN {
        return format!("lines {} and {} more", numbers.join(", "), lines.len() - SHOWN);
    }
    match numbers.pop() {
        Some(last) if !numbers.is_empty() => format!("lines {} and {last}", numbers.join(", ")),
        Some(only) => format!("line {only}"),
        None => String::new(),
    }
}

/// `1 place`, `3 places`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
