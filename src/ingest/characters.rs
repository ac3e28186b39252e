//! Line ends, control characters and normalisation: what no author typed on purpose.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::mojibake::windows_1252_of_control;
use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;

/// Splits a file's text into lines of clean NFC characters.
pub fn clean(file: &str, text: &str) -> Sheet {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let unified;
    let text = if text.contains('\r') {
        unified = text.replace("\r\n", "\n").replace('\r', "\n");
        &unified
    } else {
        text
    };
    let mut sheet = Sheet::new(file, text);
    replace_controls(&mut sheet);
    for line in &mut sheet.lines {
        if !line.is_ascii() && is_nfc_quick(line.chars()) != IsNormalized::Yes {
            let normalised: String = line.nfc().collect();
            *line = normalised;
        }
    }
    sheet
}

/// What stands for a character that has no business in running text: `None` keeps it.
fn replacement(character: char) -> Option<Option<char>> {
    match character {
        '\t' => None,
        // A word processor's line and page breaks within a line; separators that end lines elsewhere.
        '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' => Some(Some(' ')),
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => Some(None),
        '\u{80}'..='\u{9F}' => Some(windows_1252_of_control(character)),
        control if control.is_control() => Some(None),
        _ => None,
    }
}

fn replace_controls(sheet: &mut Sheet) {
    let mut first = None;
    let mut count = 0;
    let mut lost: Vec<usize> = Vec::new();
    for (number, line) in sheet.lines.iter_mut().enumerate() {
        if line.contains('\u{FFFD}') {
            lost.push(number);
        }
        // Runs that are UTF-8 read in another encoding keep their controls: mojibake repair needs them.
        let is_clean = |next: char| replacement(next).is_none() || ('\u{80}'..='\u{9F}').contains(&next);
        if line.is_ascii() && !line.bytes().any(|byte| byte < 0x20 && byte != b'\t' || byte == 0x7F) {
            continue;
        }
        let found = line.chars().filter(|next| !is_clean(*next)).count();
        if found > 0 {
            first.get_or_insert(number);
            count += found;
            *line = line
                .chars()
                .filter_map(|next| if is_clean(next) { Some(next) } else { replacement(next).flatten() })
                .collect();
        }
    }
    if let Some(number) = first {
        let place = sheet.place(number);
        sheet.diagnostics.push(
            Diagnostic::note("removed-control", format!("removed {}", counted(count, "control character")))
                .at(place),
        );
    }
    report_lost(&lost, sheet);
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

/// Turns control characters that mojibake repair left over into what Windows-1252 has there.
pub fn replace_c1_controls(sheet: &mut Sheet) {
    let mut changed: Vec<usize> = Vec::new();
    for (number, line) in sheet.lines.iter_mut().enumerate() {
        if line.chars().any(|next| ('\u{80}'..='\u{9F}').contains(&next)) {
            changed.push(number);
            *line = line
                .chars()
                .filter_map(|next| match next {
                    '\u{80}'..='\u{9F}' => windows_1252_of_control(next),
                    _ => Some(next),
                })
                .collect();
        }
    }
    if let Some(&number) = changed.first() {
        let place = sheet.place(number);
        let message = format!("read control characters as windows-1252, on {}", line_list(&changed));
        sheet.diagnostics.push(Diagnostic::note("repaired-encoding", message).at(place));
    }
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
