//! E-mail: the header above an essay that was sent to a list, and the signature below it.

use super::sheet::Sheet;
use crate::dates;
use crate::document::{Date, Metadata, Person};
use crate::ledger::Fate;

const FROM: &[&str] = &["from", "von", "de", "od", "da", "van"];
const SUBJECT: &[&str] =
    &["subject", "betreff", "objet", "asunto", "temat", "oggetto", "assunto", "onderwerp"];
const DATE: &[&str] = &["date", "sent", "datum", "gesendet", "fecha", "envoyé", "data", "verzonden"];
/// What a header says besides, as mail programs show it or as it was sent.
const OTHER: &[&str] = &[
    "to",
    "cc",
    "bcc",
    "reply-to",
    "an",
    "à",
    "para",
    "do",
    "a",
    "aan",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "return-path",
    "received",
    "delivered-to",
    "sender",
    "user-agent",
    "mailing-list",
    "precedence",
    "newsgroups",
    "organization",
    "organisation",
    "lines",
    "path",
    "list-id",
    "list-post",
    "list-archive",
    "list-unsubscribe",
    "list-subscribe",
    "list-help",
    "attachments",
    "priority",
    "importance",
    "thread-topic",
    "thread-index",
    "authentication-results",
    "dkim-signature",
];

/// Moves a mail's header to the metadata and takes off its signature. Whether there was a header.
pub fn take(sheet: &mut Sheet, metadata: &mut Metadata) -> bool {
    let header = header(sheet);
    if let Some(lines) = &header {
        take_header(lines, sheet, metadata);
    }
    take_signature(header.is_some(), sheet, metadata);
    header.is_some()
}

/// The lines of the header: known fields, one of them naming the sender and one the subject.
fn header(sheet: &Sheet) -> Option<Vec<usize>> {
    const LIMIT: usize = 100;
    let first = sheet.lines.iter().position(|line| !line.trim().is_empty())?;
    let mut lines = Vec::new();
    let (mut has_sender, mut has_subject) = (false, false);
    for (number, line) in sheet.lines.iter().enumerate().skip(first).take(LIMIT) {
        if line.trim().is_empty() {
            break;
        }
        let is_folded = !lines.is_empty() && line.starts_with([' ', '\t']);
        let is_envelope = lines.is_empty() && line.starts_with("From ") && line.contains('@');
        if !is_folded && !is_envelope {
            let (key, _) = field(line)?;
            has_sender |= FROM.contains(&key.as_str());
            has_subject |= SUBJECT.contains(&key.as_str());
            let is_known = [FROM, SUBJECT, DATE, OTHER].iter().any(|keys| keys.contains(&key.as_str()));
            if !is_known && !key.starts_with("x-") {
                return None;
            }
        }
        lines.push(number);
    }
    (has_sender && has_subject).then_some(lines)
}

fn field(line: &str) -> Option<(String, &str)> {
    const LONGEST_KEY: usize = 40;
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches('*');
    (key.len() <= LONGEST_KEY && !key.is_empty())
        .then(|| (key.to_lowercase(), value.trim().trim_matches('*').trim()))
}

fn take_header(lines: &[usize], sheet: &mut Sheet, metadata: &mut Metadata) {
    let (mut title, mut author, mut date) = (None, None, None);
    for &number in lines {
        let Some((key, value)) = sheet.lines.get(number).and_then(|line| field(line)) else { continue };
        if FROM.contains(&key.as_str()) {
            author = author.or_else(|| sender(value));
        } else if SUBJECT.contains(&key.as_str()) {
            title = title.or_else(|| subject(value));
        } else if DATE.contains(&key.as_str()) {
            date = date.or_else(|| day(value));
        }
    }
    if sheet.remove_lines(lines, "mail-header", "the mail's header to the metadata", Fate::Moved) {
        metadata.title = metadata.title.take().or(title);
        metadata.date = metadata.date.or(date);
        if metadata.authors.is_empty() {
            metadata.authors.extend(author);
        }
    }
}

/// The name in `Ada Lovelace <ada@example.org>` or `ada@example.org (Ada Lovelace)`.
fn sender(value: &str) -> Option<Person> {
    let name = match (value.split_once('<'), value.split_once('(')) {
        (Some((name, _)), _) => name,
        (None, Some((_, name))) => name.trim_end_matches(')'),
        (None, None) => value,
    };
    let name = name.trim().trim_matches(['"', '\'']).trim();
    (!name.is_empty() && !name.contains('@')).then(|| Person::new(name))
}

/// The subject without `Re:` and the list's name.
fn subject(value: &str) -> Option<String> {
    let mut rest = value.trim();
    loop {
        let lower = rest.to_lowercase();
        let reply = ["re:", "fwd:", "fw:", "aw:", "wg:", "tr:", "odp:", "sv:"];
        if let Some(prefix) = reply.iter().find(|prefix| lower.starts_with(**prefix)) {
            rest = rest[prefix.len()..].trim_start();
        } else if let Some((_, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
            rest = after.trim_start();
        } else {
            return (!rest.is_empty()).then(|| rest.to_owned());
        }
    }
}

/// The day in `Tue, 3 Sep 2024 02:21:48 +0000`.
fn day(value: &str) -> Option<Date> {
    let after_weekday = value.split_once(", ").map_or(value, |(_, rest)| rest);
    let first_words =
        |text: &str, count: usize| text.split_whitespace().take(count).collect::<Vec<_>>().join(" ");
    dates::read(value)
        .or_else(|| dates::read(&first_words(after_weekday, 3)))
        .or_else(|| dates::read(&first_words(after_weekday, 1)))
        .or_else(|| dates::read(first_words(value, 3).trim_end_matches(',')))
}

/// The lines below `-- ` at the end.
fn take_signature(is_mail: bool, sheet: &mut Sheet, metadata: &mut Metadata) {
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
