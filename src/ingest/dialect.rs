//! Tells how an essay is written.

use super::sheet::Sheet;
use crate::manuscript::Dialect;

/// GitHub's own kinds of callout, which are Markdown wherever it is read.
const GITHUB_ALERTS: [&str; 5] = ["[!note]", "[!tip]", "[!important]", "[!warning]", "[!caution]"];

/// Tells the dialect by the markup that the text holds; the file's extension says little.
pub fn detect(sheet: &Sheet) -> Dialect {
    let prose = sheet.prose_lines();
    let has_fence = sheet.lines.iter().any(|line| {
        let line = line.trim_start();
        line.starts_with("```") || line.starts_with("~~~")
    });
    let mut is_markdown = has_fence;
    for (index, &number) in prose.iter().enumerate() {
        let Some(line) = sheet.lines.get(number) else { continue };
        if is_vault_markup(line) {
            return Dialect::Vault;
        }
        let below_text = number > 0 && index > 0 && prose[index - 1] == number - 1;
        is_markdown = is_markdown || is_markdown_markup(line) || (below_text && is_underline(line));
    }
    if is_markdown { Dialect::Markdown } else { Dialect::Plain }
}

fn is_vault_markup(line: &str) -> bool {
    let wikilink = line.find("[[").is_some_and(|start| line[start..].contains("]]"));
    let callout = line.trim_start_matches(['>', ' ']);
    let is_callout = line.trim_start().starts_with('>')
        && callout.starts_with("[!")
        && !GITHUB_ALERTS.contains(&callout.trim_end().to_lowercase().as_str());
    let comment = line.match_indices("%%").count() >= 2;
    let highlight = line.find("==").is_some_and(|start| {
        let rest = &line[start + 2..];
        rest.starts_with(char::is_alphanumeric) && rest.contains("==")
    });
    wikilink || is_callout || line.contains("yt-timestamp") || comment || highlight
}

/// The line under a Setext heading.
fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

fn is_markdown_markup(line: &str) -> bool {
    let trimmed = line.trim_start();
    let hashes = trimmed.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading = (1..=6).contains(&hashes) && trimmed[hashes..].starts_with([' ', '\t']);
    let is_quote = trimmed.starts_with("> ");
    let is_table_rule = trimmed.contains("--")
        && trimmed.contains('|')
        && trimmed.bytes().all(|byte| b"|-: \t".contains(&byte));
    let is_definition = trimmed.starts_with('[')
        && trimmed.find("]:").is_some_and(|end| !trimmed[..end].contains(' ') || trimmed.starts_with("[^"));
    let has_code = line.split('`').count() >= 3;
    is_heading
        || is_quote
        || is_table_rule
        || is_definition
        || has_code
        || line.contains("](")
        || line.contains("[^")
        || line.contains("[@")
        || has_pair(line, "**")
        || has_pair(line, "__")
        || has_pair(line, "*")
        || has_pair(line, "_")
        || has_tag(line)
}

/// Whether a delimiter opens before a word and closes after one, as emphasis does.
fn has_pair(line: &str, delimiter: &str) -> bool {
    let opens = |at: usize| {
        let before = line[..at].chars().next_back();
        let after = line[at + delimiter.len()..].chars().next();
        before.is_none_or(|next| !next.is_alphanumeric())
            && after.is_some_and(|next| next.is_alphanumeric() || "“\"'([*".contains(next))
    };
    let closes = |at: usize| {
        let before = line[..at].chars().next_back();
        let after = line[at + delimiter.len()..].chars().next();
        before.is_some_and(|next| !next.is_whitespace()) && after.is_none_or(|next| !next.is_alphanumeric())
    };
    let mut places = line.match_indices(delimiter).map(|(at, _)| at);
    places.by_ref().any(opens) && places.any(closes)
}

fn has_tag(line: &str) -> bool {
    let Some(end) = line.rfind('>') else { return false };
    line[..end].match_indices('<').any(|(at, _)| {
        let rest = line[at + 1..].trim_start_matches('/');
        let name_length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        rest.starts_with(|first: char| first.is_ascii_alphabetic())
            && rest[name_length..].starts_with(['>', ' ', '/', ':'])
    }) || line.contains("<!--")
}
