//! Dates: BibLaTeX's `date`, BibTeX's `year` and `month`, and what people write in them.

use ::biblatex::{self as tex, ChunksExt};
use hayagriva::types::Date;

use crate::dates;
use crate::source::RecordDate;

use super::super::super::record::hayagriva_date;
use super::super::Problems;

/// Takes a date out of an entry: `date`, else `year`, `month` and `day`, each behind the prefix.
pub(super) fn take(
    entry: &mut tex::Entry,
    prefix: &str,
    base: usize,
    problems: &mut Problems<'_>,
) -> Option<Date> {
    let mut remove = |name: &str| {
        let chunks = entry.remove(&format!("{prefix}{name}"))?;
        Some((chunks.span().start, chunks.format_verbatim()))
    };
    let (whole, year, month, day) = (remove("date"), remove("year"), remove("month"), remove("day"));
    let (at, written) = whole.or(year).filter(|(_, written)| !written.trim().is_empty())?;
    let Some(mut date) = read(&written) else {
        let message = format!("“{}” is no date that Garland can read", shorten(written.trim()));
        problems.broken(base + at, message, "write it as 2025-04-04, 2025-04 or 2025");
        return None;
    };
    if date.month.is_none()
        && let Some((_, month)) = month
    {
        // BibTeX has the day within the month, too: `"4~" # apr`.
        let month = month.replace(['~', '\u{a0}'], " ");
        let named = dates::read(&format!("{month} 2000"));
        let first = month.split(['-', '/', '–']).next().unwrap_or_default().trim();
        let number = first.parse().ok().filter(|month| (1..=12).contains(month));
        let alone = || dates::read(&format!("1 {first} 2000")).and_then(|date| date.month);
        date.month = number.or_else(|| named.as_ref().and_then(|date| date.month)).or_else(alone);
        let day = day.and_then(|(_, day)| day.trim().parse().ok()).filter(|day| (1..=31).contains(day));
        date.day = day.or_else(|| named.and_then(|date| date.day).filter(|_| number.is_none()));
    }
    Some(hayagriva_date(&date))
}

/// Extended Date/Time Format as far as bibliographies use it, else a date in words. Of a range, the end.
pub(in super::super) fn read(written: &str) -> Option<RecordDate> {
    let written = written.trim();
    let lower = written.to_lowercase();
    let about = ["circa ", "ca. ", "ca ", "c. ", "~"].iter().find_map(|about| lower.strip_prefix(about));
    let (text, circa) = (about.unwrap_or(&lower).trim(), about.is_some());
    let (first, last) = text.split_once('/').unwrap_or((text, ""));
    let is_open = |part: &str| matches!(part.trim(), "" | "..");
    let text = if is_open(last) { first } else { last };
    let uncertain = text.ends_with(['~', '?', '%']);
    let text = text.trim_end_matches(['~', '?', '%']).trim();
    // Of a decade or a century that is all that is known, the last year.
    let filled = text.replace(['x', 'u'], "9");
    let is_filled = filled != text && filled.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let text = if is_filled { filled.get(..4)? } else { text };
    let date = iso(text).or_else(|| {
        let date = dates::read(text)?;
        Some(RecordDate { year: date.year.into(), month: date.month, day: date.day, circa: false })
    })?;
    Some(RecordDate { circa: circa || uncertain || is_filled, ..date })
}

/// `1843`, `-0043-03`, `2025-04-04T12:00`
fn iso(text: &str) -> Option<RecordDate> {
    let (text, sign) = match text.strip_prefix('-') {
        Some(rest) => (rest, -1),
        None => (text, 1),
    };
    let text = text.split('t').next()?;
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| (1..=4).contains(&year.len()))?;
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut part = |most: u8| match parts.next() {
        None => Some(None),
        Some(text) if text.len() <= 2 => text.parse().ok().filter(|part| *part <= most).map(Some),
        Some(_) => None,
    };
    // Seasons are numbered as months from 21 on.
    let month = part(24)?;
    let day = part(31)?;
    let month = month.filter(|month| (1..=12).contains(month));
    let day = day.filter(|day| *day > 0 && month.is_some());
    Some(RecordDate { year: sign * year.parse::<i32>().ok()?, month, day, circa: false })
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}
