//! The signature below an essay that was sent as e-mail. Its header is metadata.

use super::sheet::Sheet;
use crate::document::{Metadata, Person};
use crate::ledger::Fate;

/// The lines below `-- ` at the end.
pub fn take_signature(is_mail: bool, sheet: &mut Sheet, metadata: &mut Metadata) {
    const LINES: usize = 8;
    const WIDTH: usize = 80;
    let is_mark = |line: &String| line == "-- " || (is_mail && line == "--");
    let Some(last) = sheet.lines.iter().rposition(|line| !line.trim().is_empty()) else { return };
    let start = last.saturating_sub(2 * LINES);
    let Some(mark) = (start..=last).rev().find(|&number| is_mark(&sheet.lines[number])) else { return };
    let lines: Vec<usize> = (mark..=last).filter(|&number| !sheet.lines[number].trim().is_empty()).collect();
    let is_short = |number: &usize| sheet.lines[*number].len() <= WIDTH;
    if mark == 0 || lines.len() > LINES + 1 || !lines.iter().all(is_short) {
        return;
    }
    let name = lines.get(1).map(|&number| sheet.lines[number].trim().to_owned()).filter(|name| is_name(name));
    let is_news = metadata.authors.is_empty() && name.is_some();
    let fate = if is_news { Fate::Moved } else { Fate::Removed };
    if sheet.remove_lines(&lines, "mail-signature", "the mail's signature", fate) && is_news {
        metadata.authors.extend(name.map(|name| Person::new(&name)));
    }
}

fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=4).contains(&words)
        && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && text.chars().all(|next| next.is_alphabetic() || " .-'’".contains(next))
}
