//! Reads dates as people write them.

use crate::document::Date;

/// English names, which may be shortened to three letters.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// The months in German, French, Spanish, Italian, Portuguese, Dutch, Polish and Latvian, as they stand in dates.
const FOREIGN_MONTHS: [&[&str]; 12] = [
    &[
        "januar",
        "jänner",
        "janvier",
        "enero",
        "gennaio",
        "janeiro",
        "januari",
        "stycznia",
        "janvāris",
        "janvārī",
    ],
    &[
        "februar",
        "février",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "lutego",
        "februāris",
        "februārī",
    ],
    &["märz", "mars", "marzo", "março", "maart", "marca", "marts", "martā"],
    &["avril", "abril", "aprile", "kwietnia", "aprīlis", "aprīlī"],
    &["mai", "mayo", "maggio", "maio", "mei", "maja", "maijs", "maijā"],
    &["juni", "juin", "junio", "giugno", "junho", "czerwca", "jūnijs", "jūnijā"],
    &["juli", "juillet", "julio", "luglio", "julho", "lipca", "jūlijs", "jūlijā"],
    &["août", "agosto", "augustus", "sierpnia", "augusts", "augustā"],
    &["septembre", "septiembre", "settembre", "setembro", "września", "septembris", "septembrī"],
    &["oktober", "octobre", "octubre", "ottobre", "outubro", "października", "oktobris", "oktobrī"],
    &["novembre", "noviembre", "novembro", "listopada", "novembris", "novembrī"],
    &["dezember", "décembre", "diciembre", "dicembre", "dezembro", "grudnia", "decembris", "decembrī"],
];
/// Words in a date that say nothing.
const FILLERS: [&str; 8] = ["of", "the", "de", "del", "do", "le", "den", "gada"];

/// Reads a whole text as a date: ISO 8601 with or without a time, `4 April 2025`, `April 4th, 2025`,
/// `April 2025`, `2025`, `04.04.2025`, or the date of an e-mail header.
///
/// `03/04/2025` is March to some and April to others, so it is not a date here.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    read_numeric(text).or_else(|| read_words(text))
}

/// The date that a file name starts with, and what follows it: `2024-09-03-title`.
pub fn split_prefix(stem: &str) -> Option<(Date, &str)> {
    let prefix = stem.get(..10)?;
    let bytes = prefix.as_bytes();
    if bytes[4] != bytes[7] || !matches!(bytes[4], b'-' | b'_' | b'.') {
        return None;
    }
    let rest = &stem[10..];
    if rest.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let date = full(digits(&prefix[..4])?, digits(&prefix[5..7])?, digits(&prefix[8..])?)?;
    Some((date, rest))
}

fn digits(text: &str) -> Option<u32> {
    let all_digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

fn read_numeric(text: &str) -> Option<Date> {
    // A time of day says nothing about the date; only a full date is followed by one.
    let date = text.split(|next: char| next == 'T' || next.is_whitespace()).next()?;
    let has_time = date.len() < text.len();
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    if has_time && (parts.len() != 3 || !looks_like_time(text[date.len()..].trim_start_matches('T'))) {
        return None;
    }
    match parts.as_slice() {
        [year] if year.len() == 4 => year_only(digits(year)?),
        [year, month] if year.len() == 4 => {
            let month = digits(month).filter(|month| (1..=12).contains(month))?;
            Some(Date { month: Some(month as u8), ..year_only(digits(year)?)? })
        }
        [year, month, day] if year.len() == 4 => full(digits(year)?, digits(month)?, digits(day)?),
        [first, second, year] if year.len() == 4 => {
            let (first, second, year) = (digits(first)?, digits(second)?, digits(year)?);
            if date.contains('.') || first > 12 || first == second {
                full(year, second, first)
            } else if second > 12 {
                full(year, first, second)
            } else {
                None
            }
        }
        _ => None,
    }
}

fn looks_like_time(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.contains(':')
        && text.chars().all(|next| next.is_ascii_alphanumeric() || ":.+- /".contains(next))
}

fn read_words(text: &str) -> Option<Date> {
    let words: Vec<String> = text
        .split(|next: char| next.is_whitespace() || matches!(next, ',' | '-' | '/'))
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .filter(|word| !FILLERS.contains(&word.as_str()))
        .collect();
    let is_weekday = |word: &String| {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
            && month_number(word).is_none()
    };
    let words = match words.split_first() {
        Some((first, rest)) if is_weekday(first) => rest,
        _ => &words,
    };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [month, year] => {
            let month = month_number(month)?;
            Some(Date { month: Some(month as u8), ..written_year(year)? })
        }
        [month, day, year, time @ ..] if month_number(month).is_some() && is_tail(time) => {
            full(digits(year).filter(|_| year.len() == 4)?, month_number(month)?, day_number(day)?)
        }
        [day, month, year, time @ ..] if is_tail(time) => {
            full(digits(year).filter(|_| year.len() == 4)?, month_number(month)?, day_number(day)?)
        }
        _ => None,
    }
}

/// Whether the words after a date can be its time of day.
fn is_tail(words: &[&str]) -> bool {
    words.first().is_none_or(|word| word.contains(':') || *word == "at")
}

fn month_number(word: &str) -> Option<u32> {
    MONTHS
        .iter()
        .position(|month| *month == word || (word.len() >= 3 && month.starts_with(word)))
        .or_else(|| FOREIGN_MONTHS.iter().position(|names| names.contains(&word)))
        .map(|index| index as u32 + 1)
}

fn day_number(word: &str) -> Option<u32> {
    let number = word.trim_end_matches(|next: char| next.is_ascii_alphabetic());
    let suffix = &word[number.len()..];
    if matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er") { digits(number) } else { None }
}

fn written_year(word: &str) -> Option<Date> {
    if word.len() == 4 { year_only(digits(word)?) } else { None }
}

fn year_only(year: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
    Some(Date { year, month: None, day: None })
}

fn full(year: u32, month: u32, day: u32) -> Option<Date> {
    let date = year_only(year)?;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    Some(Date { month: Some(month as u8), day: Some(day as u8), ..date })
}
