//! What note vaults add to Markdown: `%%comments%%`, `^block-ids`, `==highlights==`, `![[embeds]]`.

use std::mem;

use super::Context;
use crate::document::{Inline, Parsed, Span, Target};

/// Overwrites comments and block identifiers with spaces, so that every offset stays what it was.
pub fn blank_comments(text: &mut String, context: &Context) {
    let mut bytes = mem::take(text).into_bytes();
    let mut position = 0;
    let mut fence = false;
    let mut comment: Option<usize> = None;
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    while position < bytes.len() {
        let end =
            bytes[position..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| position + at);
        let line = &bytes[position..end];
        let trimmed = line.trim_ascii_start();
        if comment.is_none() && (trimmed.starts_with(b"```") || trimmed.starts_with(b"~~~")) {
            fence = !fence;
        } else if !fence {
            blank_in_line(line, position, &mut comment, &mut ranges);
        }
        position = end + 1;
    }
    for (start, end) in ranges {
        context.note_markup(Span::new(start, end));
        for byte in &mut bytes[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    *text = String::from_utf8(bytes).unwrap_or_default();
}

fn blank_in_line(line: &[u8], offset: usize, comment: &mut Option<usize>, ranges: &mut Vec<(usize, usize)>) {
    let mut in_code = false;
    let mut at = 0;
    while at < line.len() {
        match line[at..] {
            [b'%', b'%', ..] if !in_code => {
                match comment.take() {
                    Some(start) => ranges.push((start, offset + at + 2)),
                    None => *comment = Some(offset + at),
                }
                at += 2;
            }
            [b'`', ..] if comment.is_none() => {
                in_code = !in_code;
                at += 1;
            }
            _ => at += 1,
        }
    }
    let trimmed = line.trim_ascii_end();
    let id_start = trimmed.iter().rposition(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-'));
    let is_id = |caret: usize| {
        trimmed[caret] == b'^' && caret + 1 < trimmed.len() && (caret == 0 || trimmed[caret - 1] == b' ')
    };
    if let Some(caret) = id_start.filter(|&caret| is_id(caret)) {
        ranges.push((offset + caret, offset + trimmed.len()));
    }
}

/// Wraps what stands between two `==` on the same level.
pub fn highlight(content: Vec<Inline<Parsed>>) -> Vec<Inline<Parsed>> {
    let marks: usize = content.iter().map(|inline| text_of(inline).matches("==").count()).sum();
    if marks < 2 {
        return content;
    }
    let mut left = marks - marks % 2;
    let mut outside: Vec<Inline<Parsed>> = Vec::new();
    let mut inside: Option<Vec<Inline<Parsed>>> = None;
    for inline in content {
        let Inline::Text(text) = inline else {
            inside.as_mut().unwrap_or(&mut outside).push(inline);
            continue;
        };
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("==").filter(|_| left > 0) {
            left -= 1;
            push_text(inside.as_mut().unwrap_or(&mut outside), before);
            inside = match inside.take() {
                Some(highlighted) => {
                    outside.push(Inline::Highlight(highlighted));
                    None
                }
                None => Some(Vec::new()),
            };
            rest = after;
        }
        push_text(inside.as_mut().unwrap_or(&mut outside), rest);
    }
    outside.extend(inside.into_iter().flatten());
    outside
}

fn text_of(inline: &Inline<Parsed>) -> &str {
    match inline {
        Inline::Text(text) => text,
        _ => "",
    }
}

fn push_text(content: &mut Vec<Inline<Parsed>>, text: &str) {
    if !text.is_empty() {
        content.push(Inline::Text(text.to_owned()));
    }
}

/// What the inside of `[[page#heading]]` names.
pub fn wikilink_target(destination: &str) -> Target {
    let (page, heading) = match destination.split_once('#') {
        Some((page, heading)) => {
            (page, Some(heading.trim().to_owned()).filter(|heading| !heading.is_empty()))
        }
        None => (destination, None),
    };
    Target::Wikilink { page: page.trim().to_owned(), heading }
}

/// How a wikilink without a text of its own reads: `page > heading`, file names as words.
pub fn wikilink_text(destination: &str) -> String {
    let readable = |part: &str| {
        let part = part.trim();
        let name = part.rsplit('/').next().unwrap_or(part);
        let name = name.strip_suffix(".md").unwrap_or(name);
        if name.contains(' ') { name.to_owned() } else { name.replace('_', " ") }
    };
    match destination.split_once('#') {
        Some((page, heading)) if page.trim().is_empty() => readable(heading),
        Some((page, heading)) => {
            format!("{} > {}", readable(page), readable(heading.trim_start_matches('^')))
        }
        None => readable(destination),
    }
}

/// Whether an embed shows a picture, not another note.
pub fn is_picture(destination: &str) -> bool {
    const EXTENSIONS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];
    destination.rsplit_once('.').is_some_and(|(_, extension)| {
        EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension.trim()))
    })
}
