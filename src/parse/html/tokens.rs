//! Cuts HTML into text and tags.

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub enum Token<'a> {
    Text(&'a str),
    Open { name: String, attributes: Vec<(String, String)> },
    Close { name: String },
}

/// The first token and its length. Comments and declarations are empty text.
pub fn next_token(html: &str) -> Option<(Token<'_>, usize)> {
    if html.is_empty() {
        return None;
    }
    let Some(rest) = html.strip_prefix('<') else {
        let end = html.find('<').unwrap_or(html.len());
        return Some((Token::Text(&html[..end]), end));
    };
    if let Some(comment) = rest.strip_prefix("!--") {
        let end = comment.find("-->").map_or(html.len(), |end| end + "<!---->".len());
        return Some((Token::Text(""), end));
    }
    if rest.starts_with(['!', '?']) {
        let end = html.find('>').map_or(html.len(), |end| end + 1);
        return Some((Token::Text(""), end));
    }
    let is_close = rest.starts_with('/');
    let body = rest.strip_prefix('/').unwrap_or(rest);
    if !body.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some((Token::Text("<"), 1));
    }
    let name_length = body
        .find(|next: char| !(next.is_ascii_alphanumeric() || next == '-' || next == ':'))
        .unwrap_or(body.len());
    let name = body[..name_length].to_ascii_lowercase();
    let (attributes, length) = attributes(&body[name_length..]);
    let total = html.len() - body.len() + name_length + length;
    let token = if is_close { Token::Close { name } } else { Token::Open { name, attributes } };
    Some((token, total))
}

/// Attributes up to and with the closing `>`, and the length of it all.
fn attributes(text: &str) -> (Vec<(String, String)>, usize) {
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|next: char| next.is_whitespace() || next == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, text.len() - after.len());
        }
        let name_length = rest
            .find(|next: char| next.is_whitespace() || matches!(next, '=' | '>' | '/'))
            .unwrap_or(rest.len());
        if name_length == 0 && !rest.starts_with('=') {
            return (attributes, text.len() - rest.len());
        }
        let name = rest[..name_length].to_ascii_lowercase();
        rest = rest[name_length..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|first| matches!(first, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => {
                    let end =
                        after.find(|next: char| next.is_whitespace() || next == '>').unwrap_or(after.len());
                    after.split_at(end)
                }
            };
        }
        attributes.push((name, html_escape::decode_html_entities(value).into_owned()));
    }
}

/// How much of `html` is the content of an element whose content is no markup: up to its end tag.
pub fn raw_length(html: &str, name: &str) -> usize {
    html.match_indices("</")
        .find(|(at, _)| {
            let rest = html.as_bytes().get(at + 2..at + 2 + name.len());
            rest.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        })
        .map_or(html.len(), |(at, _)| at)
}

/// Whether an element's content is no markup.
pub fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "iframe" | "noembed" | "noframes" | "xmp")
}
