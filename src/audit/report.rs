//! The account of a book's words as a page for the editor and as JSON for programs.

use std::borrow::Cow;
use std::fmt::Write;

use html_escape::encode_safe;
use serde::Serialize;

use super::{Account, EssayAccount};
use crate::diagnostic::Diagnostic;
use crate::ledger::{Change, Counts, Fate, Missing};

const STYLE: &str = include_str!("../../styles/report.css");
/// Lines shown around a change, so that its place is recognised.
const CONTEXT: usize = 1;
/// Characters of a line that are shown.
const SHOWN: usize = 2_000;

#[derive(Serialize)]
struct Report<'a> {
    title: &'a str,
    balanced: bool,
    words: Counts,
    essays: Vec<EssayReport<'a>>,
}

#[derive(Serialize)]
struct EssayReport<'a> {
    file: &'a str,
    title: &'a str,
    dialect: &'a str,
    balanced: bool,
    words: Counts,
    changes: Vec<ChangeReport<'a>>,
    missing: &'a [Missing],
    messages: Vec<MessageReport<'a>>,
}

#[derive(Serialize)]
struct MessageReport<'a> {
    severity: String,
    code: &'a str,
    message: &'a str,
    line: Option<u32>,
}

#[derive(Serialize)]
struct ChangeReport<'a> {
    fate: &'static str,
    rule: &'a str,
    reason: &'a str,
    first_line: u32,
    last_line: u32,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
}

/// The account as JSON, pretty-printed.
pub fn json(account: &Account) -> String {
    let totals = account.totals();
    let essays = account.essays.iter().map(|essay| EssayReport {
        file: &essay.file,
        title: &essay.title,
        dialect: essay.dialect,
        balanced: essay.counts.balance(),
        words: essay.counts,
        changes: essay.changes.iter().map(change_report).collect(),
        missing: &essay.missing,
        messages: essay.messages.iter().map(message_report).collect(),
    });
    let report =
        Report { title: &account.title, balanced: totals.balance(), words: totals, essays: essays.collect() };
    // Nothing in the report can fail to be written: texts, numbers and lists of them.
    let mut json = serde_json::to_string_pretty(&report).unwrap_or_default();
    json.push('\n');
    json
}

fn change_report(change: &Change) -> ChangeReport<'_> {
    ChangeReport {
        fate: fate_name(&change.fate),
        rule: change.rule,
        reason: &change.reason,
        first_line: change.lines.0,
        last_line: change.lines.1,
        text: &change.text,
        after: match &change.fate {
            Fate::Repaired { after } => Some(after),
            Fate::Removed | Fate::Moved => None,
        },
    }
}

fn message_report(message: &Diagnostic) -> MessageReport<'_> {
    MessageReport {
        severity: message.severity.to_string(),
        code: message.code,
        message: &message.message,
        line: message.place.as_ref().and_then(|place| place.line),
    }
}

fn fate_name(fate: &Fate) -> &'static str {
    match fate {
        Fate::Removed => "removed",
        Fate::Moved => "moved",
        Fate::Repaired { .. } => "repaired",
    }
}

/// The account as one HTML page that needs no other file.
pub fn page(account: &Account) -> String {
    let mut page = Page { html: String::with_capacity(64 * 1024) };
    let title = encode_safe(&account.title);
    page.put(format_args!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Every word of {title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Every word of <cite>{title}</cite></h1>\n"
    ));
    page.overview(account);
    for (index, essay) in account.essays.iter().enumerate() {
        page.essay(index, essay);
    }
    page.put(format_args!("</main>\n</body>\n</html>\n"));
    page.html
}

struct Page {
    html: String,
}

impl Page {
    fn put(&mut self, text: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.html.write_fmt(text);
    }

    fn overview(&mut self, account: &Account) {
        let totals = account.totals();
        let verdict = if totals.balance() {
            "The account balances: every word is accounted for.".to_owned()
        } else {
            format!("The account does not balance: {} words are missing.", totals.missing)
        };
        let class = if totals.balance() { "sound" } else { "unsound" };
        self.put(format_args!(
            "<p class=\"{class}\">{verdict}</p>\n<p>Words are counted in the files as they came. <em>Kept</em> words \
             stand in their chapter; <em>moved</em> ones in the metadata, the bibliography or the glossary; \
             <em>markup</em> is addresses, tags and labels. <em>Repaired</em> is how many words the repair of \
             broken characters made more or fewer.</p>\n<table class=\"counts\">\n<thead><tr><th scope=\"col\">Essay</th>\
             <th scope=\"col\">Read as</th><th scope=\"col\">Words</th><th scope=\"col\">Repaired</th>\
             <th scope=\"col\">Kept</th><th scope=\"col\">Moved</th><th scope=\"col\">Removed</th>\
             <th scope=\"col\">Markup</th><th scope=\"col\">Missing</th></tr></thead>\n<tbody>\n"
        ));
        for (index, essay) in account.essays.iter().enumerate() {
            let name = encode_safe(&essay.title);
            let file = encode_safe(&essay.file);
            self.put(format_args!(
                "<tr><th scope=\"row\"><a href=\"#essay-{index}\">{name}</a> <small>{file}</small></th><td>{}</td>",
                essay.dialect
            ));
            self.counts(&essay.counts);
        }
        self.put(format_args!("</tbody>\n<tfoot><tr><th scope=\"row\">All</th><td></td>"));
        self.counts(&totals);
        self.put(format_args!("</tfoot>\n</table>\n"));
    }

    fn counts(&mut self, counts: &Counts) {
        let Counts { total, gained, kept, moved, removed, markup, missing } = counts;
        let gained = if *gained == 0 { "0".to_owned() } else { format!("{gained:+}").replace('-', "−") };
        self.put(format_args!(
            "<td>{total}</td><td>{gained}</td><td>{kept}</td><td>{moved}</td><td>{removed}</td>\
             <td>{markup}</td><td>{missing}</td></tr>\n"
        ));
    }

    fn essay(&mut self, index: usize, essay: &EssayAccount) {
        let title = encode_safe(&essay.title);
        let file = encode_safe(&essay.file);
        self.put(format_args!(
            "<section id=\"essay-{index}\">\n<h2>{title}</h2>\n<p class=\"file\">{file}</p>\n"
        ));
        if !essay.missing.is_empty() {
            self.put(format_args!("<p class=\"unsound\">Missing:"));
            for missing in &essay.missing {
                let word = encode_safe(&missing.word);
                let line = missing.line.map(|line| format!(" (line {line})")).unwrap_or_default();
                self.put(format_args!(" <q>{word}</q>{line}"));
            }
            self.put(format_args!("</p>\n"));
        }
        self.messages(&essay.messages);
        if essay.changes.is_empty() {
            self.put(format_args!("<p>Everything stands as it was written.</p>\n</section>\n"));
            return;
        }
        self.put(format_args!(
            "<table class=\"sides\">\n<thead><tr><th scope=\"col\">Line</th><th scope=\"col\">Before</th>\
             <th scope=\"col\">After</th><th scope=\"col\">What was done</th></tr></thead>\n<tbody>\n"
        ));
        self.sides(essay);
        self.put(format_args!("</tbody>\n</table>\n</section>\n"));
    }

    fn messages(&mut self, messages: &[Diagnostic]) {
        if messages.is_empty() {
            return;
        }
        self.put(format_args!("<ul class=\"messages\">\n"));
        for message in messages.iter().map(message_report) {
            let text = encode_safe(message.message);
            let line = message.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            let MessageReport { severity, code, .. } = message;
            self.put(format_args!("<li class=\"{severity}\">{line}{text} <code>{code}</code></li>\n"));
        }
        self.put(format_args!("</ul>\n"));
    }

    /// The lines that changed and their neighbours, before and after.
    fn sides(&mut self, essay: &EssayAccount) {
        let before: Vec<&str> = essay.before.split('\n').collect();
        let after: Vec<&str> = essay.after.split('\n').collect();
        let mut shown = vec![false; before.len()];
        let mut mark = |first: usize, last: usize| {
            let first = first.saturating_sub(CONTEXT).min(before.len());
            let end = (last + CONTEXT + 1).clamp(first, before.len());
            for line in first..end {
                shown[line] = shown[line] || !before[line].trim().is_empty();
            }
        };
        for (number, (before, after)) in before.iter().zip(&after).enumerate() {
            if before != after {
                mark(number, number);
            }
        }
        for change in &essay.changes {
            mark(change.lines.0.saturating_sub(1) as usize, change.lines.1.saturating_sub(1) as usize);
        }
        let mut changes = essay.changes.iter().peekable();
        let mut skipped = 0;
        for (number, line) in before.iter().enumerate() {
            if !shown[number] {
                skipped += usize::from(!line.trim().is_empty());
                continue;
            }
            self.skip(std::mem::take(&mut skipped));
            let now = after.get(number).copied().unwrap_or_default();
            let (old, new) = differing(line, now);
            self.put(format_args!(
                "<tr><th scope=\"row\">{}</th><td>{old}</td><td>{new}</td><td>",
                number + 1
            ));
            while let Some(change) = changes.next_if(|change| change.lines.0 as usize <= number + 1) {
                self.change(change, line);
            }
            self.put(format_args!("</td></tr>\n"));
        }
        self.skip(skipped);
        // What stood below all that is left of a page.
        for change in changes {
            self.put(format_args!("<tr><th scope=\"row\">{}</th><td></td><td></td><td>", change.lines.0));
            self.change(change, "");
            self.put(format_args!("</td></tr>\n"));
        }
    }

    fn skip(&mut self, lines: usize) {
        if lines > 0 {
            let what = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            self.put(format_args!(
                "<tr class=\"same\"><td></td><td colspan=\"3\">{what} as written</td></tr>\n"
            ));
        }
    }

    /// `line` is what the row shows; text that is not in it stands with the change.
    fn change(&mut self, change: &Change, line: &str) {
        let reason = encode_safe(&change.reason);
        let fate = fate_name(&change.fate);
        let lines = match change.lines {
            (first, last) if first == last => String::new(),
            (first, last) => format!(", lines {first}–{last}"),
        };
        let rule = change.rule;
        self.put(format_args!("<p class=\"{fate}\"><b>{fate}</b> {reason}{lines} <code>{rule}</code></p>"));
        let first = change.text.lines().map(str::trim).find(|text| !text.is_empty()).unwrap_or_default();
        if !line.contains(first) {
            let text = encode_safe(shorten(&change.text));
            self.put(format_args!("<p><del>{text}</del></p>"));
        }
    }
}

/// Two versions of a line as HTML, with what differs marked.
fn differing<'a>(before: &'a str, after: &'a str) -> (Cow<'a, str>, Cow<'a, str>) {
    let (before, after) = (shorten(before), shorten(after));
    if before == after {
        return (encode_safe(before), encode_safe(after));
    }
    let start = before.char_indices().zip(after.chars()).find(|((_, a), b)| a != b);
    let start = start.map_or(before.len().min(after.len()), |((at, _), _)| at);
    let same_end: usize = before[start..]
        .chars()
        .rev()
        .zip(after[start..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let mark = |text: &str, tag: &str| {
        let end = text.len() - same_end;
        let middle = &text[start..end];
        let marked =
            if middle.is_empty() { String::new() } else { format!("<{tag}>{}</{tag}>", encode_safe(middle)) };
        Cow::Owned(format!("{}{marked}{}", encode_safe(&text[..start]), encode_safe(&text[end..])))
    };
    (mark(before, "del"), mark(after, "ins"))
}

fn shorten(line: &str) -> &str {
    line.char_indices().nth(SHOWN).map_or(line, |(end, _)| &line[..end])
}
