//! HTML inside Markdown: harmless tags become structure, others give way to their text.

use super::frames::{Builder, Kind};
use super::running_text::RunningText;
use super::{Body, Context, timestamp, typography};
use crate::diagnostic::Diagnostics;
use crate::document::{Block, Inline, Span, Target, Written};

/// A piece of HTML.
#[derive(Debug, PartialEq)]
enum Token<'a> {
    Text(&'a str),
    Open { name: String, attributes: Vec<(String, String)> },
    Close { name: String },
}

/// Reads an essay that is HTML throughout.
pub fn read_essay(text: &str, context: &Context, diagnostics: &mut Diagnostics) -> Body {
    let mut builder = Builder::new(context, diagnostics);
    let mut html = RunningText::default();
    html.push(text, 0);
    read(&html, true, &mut builder);
    builder.finish()
}

/// Reads raw HTML into the tree.
pub fn read(source: &RunningText, is_block: bool, builder: &mut Builder) {
    let html = source.as_str();
    let mut position = 0;
    let elements_around = builder.open_tags().count();
    while let Some((token, length)) = next_token(&html[position..]) {
        let span = source.span(position, position + length);
        match token {
            Token::Text("") => {
                let reason = "a comment or declaration";
                builder.context.remove(span, "removed-comment", reason, builder.diagnostics);
            }
            Token::Text(text) => builder.push_text(&html_escape::decode_html_entities(text), span),
            Token::Open { name, attributes } => {
                builder.context.note_markup(span);
                open(&name, &attributes, span, builder);
            }
            Token::Close { name } => {
                builder.context.note_markup(span);
                close(&name, builder);
            }
        }
        position += length;
    }
    if is_block {
        while builder.open_tags().count() > elements_around {
            builder.close();
        }
        builder.end_paragraph();
    }
}

/// The first token and its length. Comments and declarations are empty text.
fn next_token(html: &str) -> Option<(Token<'_>, usize)> {
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

fn attribute<'t>(attributes: &'t [(String, String)], name: &str) -> Option<&'t str> {
    attributes
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

fn open(name: &str, attributes: &[(String, String)], span: Span, builder: &mut Builder) {
    let kind = match name {
        "br" => return builder.push_inline(Inline::LineBreak),
        "wbr" | "input" | "link" | "meta" | "col" | "source" => return,
        "hr" => return builder.push_block(Block::Break),
        "img" => return image(attributes, span, builder),
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "figure"
        | "figcaption" | "center" | "details" | "summary" | "tr" | "table" | "tbody" | "thead" | "tfoot"
        | "dl" | "dt" | "dd" | "address" | "nav" | "caption" => return builder.end_paragraph(),
        "td" | "th" => return builder.push_sign(" ", span.start as usize),
        "script" | "style" | "template" | "iframe" | "noscript" | "title" | "head" => Kind::Hidden,
        "b" | "strong" => Kind::Strong,
        "del" | "s" | "strike" => Kind::Strikethrough,
        "mark" => Kind::Highlight,
        "sup" => Kind::Superscript,
        "sub" => Kind::Subscript,
        "code" | "kbd" | "samp" | "tt" => Kind::InlineCode,
        "q" => {
            let language = builder.context.manuscript.metadata.language.as_deref();
            Kind::Quotation { marks: typography::quotation_marks(language) }
        }
        "a" => link(attributes, builder),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name.bytes().next_back().map_or(2, |digit| digit - b'0');
            Kind::Heading { level, id: attribute(attributes, "id").map(str::to_owned) }
        }
        "blockquote" => Kind::Quote { alert: None },
        "ul" => Kind::List { start: None, items: Vec::new(), loose: false },
        "ol" => {
            let start = attribute(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
            Kind::List { start: Some(start), items: Vec::new(), loose: false }
        }
        "li" => Kind::Item,
        "i" | "em" | "cite" | "dfn" | "var" | "span" | "bdi" | "bdo" => match attribute(attributes, "lang") {
            Some(language) => Kind::Foreign { language: language.to_owned() },
            None if matches!(name, "span" | "bdi" | "bdo") => Kind::Transparent,
            None => Kind::Emphasis,
        },
        "small" | "abbr" | "u" | "ins" | "font" | "time" | "big" | "data" | "ruby" | "rb" | "rt" | "rp"
        | "label" => Kind::Transparent,
        _ => {
            return builder.drop_tag(name, span);
        }
    };
    builder.open_tag(kind, Some(name.to_owned()), span);
}

fn close(name: &str, builder: &mut Builder) {
    if matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "figure"
            | "figcaption"
            | "center"
            | "details"
            | "summary"
            | "tr"
            | "table"
            | "dt"
            | "dd"
            | "address"
            | "nav"
            | "caption"
    ) {
        return builder.end_paragraph();
    }
    let Some(depth) = builder.open_tags().position(|open| open == name) else { return };
    for _ in 0..=depth {
        builder.close();
    }
}

fn image(attributes: &[(String, String)], span: Span, builder: &mut Builder) {
    let Some(address) = attribute(attributes, "src") else { return };
    let alt = attribute(attributes, "alt").unwrap_or_default().to_owned();
    builder.push_inline(Inline::Image { picture: Written { value: address.to_owned(), span }, alt });
}

fn link(attributes: &[(String, String)], builder: &Builder) -> Kind {
    if builder.is_in_link() {
        return Kind::Transparent;
    }
    let is_timestamp = attribute(attributes, "class")
        .is_some_and(|classes| classes.split(' ').any(|class| class == "yt-timestamp"));
    let seconds = attribute(attributes, "data-t").and_then(timestamp::read);
    match (seconds.filter(|_| is_timestamp), attribute(attributes, "href")) {
        (Some(seconds), _) => Kind::Timestamp { seconds },
        (None, Some(address)) => Kind::Link { target: Target::Address(address.to_owned()) },
        (None, None) => Kind::Transparent,
    }
}
