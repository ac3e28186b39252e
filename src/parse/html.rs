//! HTML: pages turned into essay HTML, and HTML inside Markdown. Tags that mean something become
//! structure, others give way to their text; scripts and what they hang on never get any further.

use super::extensions::indexing;
use super::frames::{Builder, Kind};
use super::running_text::RunningText;
use super::{Body, Context, DEPTH_LIMIT, addresses, timestamp, typography};
use crate::diagnostic::Diagnostics;
use crate::document::{
    Block, IndexMark, IndexMeaning, Inline, MarkedTerm, Numerals, Point, Reference, Shown, Span, Target,
    Width, Written,
};
pub use table::{Cell, Grid};
use tokens::{Token, is_raw, next_token, raw_length};

mod table;
mod tokens;

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
    let around = builder.open_tags().count();
    let mut position = 0;
    while let Some((token, length)) = next_token(&html[position..]) {
        let span = source.span(position, position + length);
        position += length;
        match token {
            Token::Text("") => {
                let reason = "a comment or declaration";
                if !builder.context.remove(span, "removed-comment", reason, builder.diagnostics) {
                    // What the editor keeps is there to be read, without its marks.
                    let start = position - length;
                    let inside = html[start..position].trim_matches(['<', '!', '-', '?', '>']);
                    let skipped = html[start..position].find(inside).unwrap_or_default();
                    push_text(inside, start + skipped, source, builder);
                }
            }
            Token::Text(text) => push_text(text, position - length, source, builder),
            Token::Open { name, attributes } => {
                builder.context.note_markup(span);
                let tag = Tag { name: &name, attributes: &attributes, span };
                if attributes.iter().any(|(name, _)| is_handler(name)) {
                    builder.drop_handler(span);
                }
                position += whole(&tag, html, position, source, builder).unwrap_or_else(|| {
                    open(&tag, builder);
                    0
                });
                if is_block && is_raw(&name) {
                    let length = raw_length(&html[position..], &name);
                    push_text(&html[position..position + length], position, source, builder);
                    position += length;
                }
            }
            Token::Close { name } => {
                builder.context.note_markup(span);
                close(&name, builder);
            }
        }
    }
    if is_block {
        let end = source.span(html.len(), html.len()).start;
        while builder.open_tags().count() > around && !holds_what_follows(builder, end) {
            builder.close();
        }
        builder.end_paragraph();
    }
}

/// Adds text that stands at `start` of the HTML. Each line and each named character is noted by itself, so that
/// the words around it stay those of the manuscript, where they stand, whatever becomes of them.
fn push_text(text: &str, start: usize, source: &RunningText, builder: &mut Builder) {
    const LONGEST: usize = 40;
    if builder.is_hidden() {
        return builder.push_text(text, source.span(start, start + text.len()));
    }
    let push = |from: usize, to: usize, builder: &mut Builder| {
        let mut at = start + from;
        for line in text[from..to].split_inclusive('\n') {
            builder.push_text(line, source.span(at, at + line.len()));
            at += line.len();
        }
    };
    let mut written = 0;
    for (at, _) in text.match_indices('&') {
        let name = &text.as_bytes()[at + 1..];
        let is_in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
        let length = name.iter().take(LONGEST).take_while(is_in_name).count();
        if name.get(length) != Some(&b';') {
            continue;
        }
        let end = at + 1 + length + 1;
        let shown = html_escape::decode_html_entities(&text[at..end]);
        if shown != text[at..end] {
            push(written, at, builder);
            builder.push_text(&shown, source.span(start + at, start + end));
            written = end;
        }
    }
    push(written, text.len(), builder);
}

/// A start tag where it stands.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a [(String, String)],
    span: Span,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|own| own == class))
    }

    fn number(&self, name: &str) -> u32 {
        self.attribute(name).and_then(|number| number.parse().ok()).unwrap_or(1)
    }
}

/// `onclick` and its like.
fn is_handler(attribute: &str) -> bool {
    attribute.len() > 3
        && attribute.starts_with("on")
        && attribute.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether Markdown that follows the HTML belongs to the element that is open: it is closed further down.
fn holds_what_follows(builder: &mut Builder, end: u32) -> bool {
    let tag = builder.open_tags().next().map(str::to_owned);
    tag.is_some_and(|tag| {
        matches!(tag.as_str(), "details" | "aside" | "blockquote" | "figure" | "div" | "section" | "article")
            && builder.last_end_tag(&tag).is_some_and(|last| last >= end as usize)
    })
}

/// Reads elements that are one thing with their content: marks of notes, formulas. Returns how much of the
/// HTML that took.
fn whole(
    tag: &Tag,
    html: &str,
    position: usize,
    source: &RunningText,
    builder: &mut Builder,
) -> Option<usize> {
    let is_mark = tag.name == "a" && tag.attribute("role") == Some("doc-noteref");
    let is_formula = matches!(tag.name, "span" | "div") && tag.has_class("math");
    if (!is_mark && !is_formula) || builder.is_hidden() {
        return None;
    }
    let end = format!("</{}>", tag.name);
    let length =
        html[position..].find(&end).filter(|&length| !html[position..position + length].contains('<'))?;
    let content = html_escape::decode_html_entities(&html[position..position + length]).trim().to_owned();
    let span = source.span(position, position + length);
    if is_mark {
        let label = tag.attribute("href")?.strip_prefix('#')?.to_owned();
        if builder.is_in_link() {
            return None;
        }
        builder.context.note_markup(span);
        builder.reach_to(span.end);
        let to = Reference { target: Target::Note(label), span: tag.span };
        builder.push_inline(Inline::Link { to, content: vec![Inline::Text(content)] });
    } else {
        builder.context.note_text(&content, span);
        builder.reach_to(span.end);
        builder.check_formula(&content, tag.name == "div", span);
        if tag.name == "div" {
            builder.push_block(Block::Math(content));
        } else {
            builder.push_inline(Inline::Math(content));
        }
    }
    Some(length)
}

fn open(tag: &Tag, builder: &mut Builder) {
    if builder.is_in_code() {
        return open_in_code(tag, builder);
    }
    if builder.depth() > 2 * DEPTH_LIMIT {
        return builder.report_depth(tag.span);
    }
    let (name, span) = (tag.name, tag.span);
    // What has an address as well is a note's way back, or a link that nobody links to.
    if matches!(name, "a" | "span")
        && tag.attribute("href").is_none()
        && let Some(id) = tag.attribute("id").or(tag.attribute("name"))
    {
        builder.push_inline(Inline::Anchor(Point::Place(id.to_owned())));
    }
    if matches!(name, "a" | "span")
        && let Some(mark) = index_mark(tag)
    {
        let shown = builder.context.manuscript.text.get(span.end as usize..).unwrap_or_default();
        push_index_mark(mark, shown, span, builder);
    }
    let kind = match name {
        "br" => return builder.push_inline(Inline::LineBreak),
        "wbr" | "input" | "link" | "meta" | "col" | "colgroup" | "source" => return,
        "hr" => return builder.push_block(Block::Break),
        "img" => return image(tag, builder),
        "p" if tag.has_class("title") && builder.is_at_callout_start() => Kind::CalloutTitle,
        "p" | "div" | "section" | "article" if tag.attribute("lang").is_some() => {
            end_up_to(&["p"], &["div", "section", "article", "blockquote", "td", "li"], builder);
            Kind::Tongue { language: tag.attribute("lang").unwrap_or_default().to_owned() }
        }
        "p" => {
            end_up_to(&["p"], &["div", "section", "article", "blockquote", "td", "li"], builder);
            builder.end_paragraph();
            return builder.mark_item_loose();
        }
        "div" if tag.has_class("verse") => Kind::Stanzas,
        "figure" => Kind::Figure { caption: Vec::new() },
        "figcaption" | "caption" => Kind::Caption,
        "aside" if is_note(tag) => match tag.attribute("id") {
            Some(label) => Kind::Footnote { label: label.to_owned() },
            None => Kind::Division,
        },
        "aside" => {
            let kind = tag.attribute("data-kind").unwrap_or("note").to_lowercase();
            Kind::Callout { kind, title: Vec::new() }
        }
        "details" => Kind::Callout { kind: "details".to_owned(), title: Vec::new() },
        "summary" => Kind::CalloutTitle,
        "table" => Kind::Grid(Grid::default()),
        "thead" | "tbody" | "tfoot" => {
            end_up_to(&["td", "th", "tr", "caption"], &["table"], builder);
            return builder.begin_table_part(name == "thead");
        }
        "tr" => {
            end_up_to(&["td", "th", "tr", "caption"], &["table"], builder);
            if !builder.is_in_tag("table") {
                return builder.end_paragraph();
            }
            Kind::GridRow { cells: Vec::new() }
        }
        "td" | "th" => {
            end_up_to(&["td", "th", "caption"], &["tr", "table"], builder);
            if !builder.is_in_tag("table") {
                return builder.push_sign(" ", span.start as usize);
            }
            if builder.open_tags().next() == Some("table") {
                builder.open_tag(Kind::GridRow { cells: Vec::new() }, Some("tr".to_owned()), span);
            }
            Kind::GridCell(Cell::new(
                name == "th",
                tag.attribute("align"),
                tag.number("colspan"),
                tag.number("rowspan"),
            ))
        }
        "dl" => Kind::DefinitionList { definitions: Vec::new() },
        "dt" | "dd" => {
            end_up_to(&["dt", "dd"], &["dl"], builder);
            if builder.open_tags().next() != Some("dl") {
                return builder.end_paragraph();
            }
            if name == "dt" { Kind::Term } else { Kind::Description }
        }
        "pre" => Kind::Code { language: None, text: String::new() },
        _ if is_division(name) => return builder.end_paragraph(),
        "script" | "style" | "template" | "iframe" | "noscript" | "title" | "head" | "textarea"
        | "noembed" | "noframes" | "xmp" => {
            if builder.is_hidden() {
                return;
            }
            Kind::Hidden
        }
        "b" | "strong" => Kind::Strong,
        "del" | "s" | "strike" => Kind::Strikethrough,
        "mark" => Kind::Highlight,
        "sup" => Kind::Superscript,
        "sub" => Kind::Subscript,
        "code" | "kbd" | "samp" | "tt" => Kind::InlineCode,
        "q" => Kind::Quotation { marks: typography::quotation_marks(builder.context.manuscript) },
        "a" => link(tag, builder),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name.bytes().next_back().map_or(2, |digit| digit - b'0');
            Kind::Heading { level, id: tag.attribute("id").map(str::to_owned) }
        }
        "blockquote" => Kind::Quote { alert: None },
        "ul" => list(None, Numerals::default()),
        "ol" => {
            let numerals = tag.attribute("type").map(Numerals::of_type).unwrap_or_default();
            list(Some(u64::from(tag.number("start"))), numerals)
        }
        "li" => {
            end_up_to(&["li"], &["ul", "ol"], builder);
            Kind::Item
        }
        "span" if tag.has_class("smallcaps") => Kind::SmallCaps,
        "dfn" | "abbr" => {
            mark_term(tag, builder);
            if name == "dfn" { Kind::Emphasis } else { Kind::Transparent }
        }
        "i" | "em" | "cite" | "var" | "span" | "bdi" | "bdo" => match tag.attribute("lang") {
            Some(language) => Kind::Foreign { language: language.to_owned() },
            None if matches!(name, "span" | "bdi" | "bdo") => Kind::Transparent,
            None => Kind::Emphasis,
        },
        "ruby" if !builder.is_in_tag("ruby") => Kind::Ruby,
        "rt" | "rp" | "rb" | "rtc" if builder.is_in_tag("ruby") => {
            end_up_to(&["rt", "rp", "rb"], &["ruby"], builder);
            match name {
                "rt" => Kind::Reading,
                // Brackets for those who show no ruby; either edition has its own.
                "rp" => Kind::Hidden,
                _ => Kind::Transparent,
            }
        }
        "small" | "u" | "ins" | "font" | "time" | "big" | "data" | "ruby" | "rb" | "rtc" | "rt" | "rp"
        | "label" => Kind::Transparent,
        _ => return builder.drop_tag(name, span),
    };
    builder.open_tag(kind, Some(name.to_owned()), span);
}

/// What an element says of the book's index, by the names of HTMLBook, DocBook's child, or of Pandoc's spans.
fn index_mark(tag: &Tag) -> Option<IndexMark> {
    let kind = tag.attribute("epub:type").unwrap_or_default();
    let is_indexterm = tag.attribute("data-type") == Some("indexterm");
    let is_mark = is_indexterm || tag.name == "span" && tag.has_class("index") || kind == "index-term";
    if !is_mark {
        return None;
    }
    let levels = ["data-primary", "data-secondary", "data-tertiary"];
    let sort = ["data-primary-sortas", "data-secondary-sortas", "data-tertiary-sortas"];
    let mut mark = match tag.attribute("data-entry") {
        Some(entry) => indexing::written(entry),
        None => indexing::of_levels(levels.iter().filter_map(|level| tag.attribute(level))),
    };
    for (heading, sort) in mark.path.iter_mut().zip(sort) {
        heading.sort = tag.attribute(sort).map(str::to_owned).or(heading.sort.take());
    }
    let targets = |name: &str| tag.attribute(name).map(indexing::targets).unwrap_or_default();
    mark.see = targets("data-see");
    mark.see_also = targets("data-seealso");
    if tag.has_class("definition") || tag.attribute("data-significance") == Some("preferred") {
        mark.meaning = IndexMeaning::Definition;
    }
    Some(mark)
}

/// Adds a mark; without levels of its own it names what the element shows.
fn push_index_mark(mut mark: IndexMark, shown: &str, span: Span, builder: &mut Builder) {
    const LONGEST: usize = 200;
    if mark.path.is_empty()
        && let Some(length) = shown.bytes().take(LONGEST).position(|byte| byte == b'<')
    {
        let text = html_escape::decode_html_entities(&shown[..length]);
        mark.path = indexing::written(&indexing::spelt_out(&text)).path;
    }
    if !mark.path.is_empty() {
        builder.push_inline(Inline::Anchor(Point::Index(Written { value: mark, span })));
    }
}

/// Takes down what `<dfn>` and `<abbr title="…">` mark.
fn mark_term(tag: &Tag, builder: &Builder) {
    /// Longer marks are no terms.
    const LONGEST: usize = 200;
    let rest = builder.context.manuscript.text.get(tag.span.end as usize..).unwrap_or_default();
    let end = rest.char_indices().map(|(at, _)| at).take(LONGEST).find(|at| rest[*at..].starts_with("</"));
    let Some(inside) = end.and_then(|end| rest.get(..end)) else { return };
    let written = html_escape::decode_html_entities(inside);
    let text = written.rsplit('>').next().unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = tag.attribute("title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    match long {
        _ if text.is_empty() => {}
        Some(long) if tag.name == "abbr" => {
            builder.context.mark_term(MarkedTerm::Abbreviation { short: text, long });
        }
        _ if tag.name == "dfn" => builder.context.mark_term(MarkedTerm::Defined(text)),
        _ => {}
    }
}

fn list(start: Option<u64>, numerals: Numerals) -> Kind {
    Kind::List { start, numerals, items: Vec::new(), loose: false }
}

/// In a listing, tags only colour the text; the inner one names the language.
fn open_in_code(tag: &Tag, builder: &mut Builder) {
    if tag.name == "br" {
        return builder.push_sign("\n", tag.span.start as usize);
    }
    let language = tag.attribute("class").and_then(|classes| {
        classes.split_ascii_whitespace().find_map(|class| class.strip_prefix("language-"))
    });
    if let (Some(name), Some(frame)) = (language, builder.top())
        && let Kind::Code { language, .. } = &mut frame.kind
    {
        language.get_or_insert_with(|| name.to_owned());
    }
}

fn close(name: &str, builder: &mut Builder) {
    if builder.is_in_code() && name != "pre" {
        return;
    }
    let depth = builder.open_tags().position(|open| open == name);
    match depth {
        Some(depth) => (0..=depth).for_each(|_| builder.close()),
        None if is_division(name) => builder.end_paragraph(),
        None => {}
    }
}

/// Elements that end the paragraph before them and mean nothing else.
fn is_division(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "center" | "address" | "nav"
    )
}

/// Ends elements whose end tags their authors may leave out.
fn end_up_to(names: &[&str], limits: &[&str], builder: &mut Builder) {
    let open = builder.open_tags().take_while(|open| !limits.contains(open));
    let last = open.enumerate().filter(|(_, open)| names.contains(open)).map(|(depth, _)| depth).last();
    for _ in 0..last.map_or(0, |depth| depth + 1) {
        builder.close();
    }
}

fn is_note(tag: &Tag) -> bool {
    matches!(tag.attribute("role"), Some("doc-footnote" | "doc-endnote"))
}

fn image(tag: &Tag, builder: &mut Builder) {
    let Some(address) = tag.attribute("src") else { return };
    let alt = tag.attribute("alt").unwrap_or_default().to_owned();
    if builder.is_hidden() {
        return;
    }
    builder.context.note_written(&alt, tag.span);
    builder.reach_to(tag.span.end);
    if addresses::is_unsafe(address) {
        builder.report_unsafe(address, tag.span);
        return builder.push_sign(&alt, tag.span.start as usize);
    }
    let picture = Written { value: address.to_owned(), span: tag.span };
    builder.push_inline(Inline::Image { picture: Shown { picture, width: width(tag) }, alt });
}

/// How wide a picture is to be, by its style or attribute.
fn width(tag: &Tag) -> Option<Width> {
    let mut declarations =
        tag.attribute("style").unwrap_or_default().split(';').filter_map(|it| it.split_once(':'));
    let styled = declarations.find(|(name, _)| name.trim().eq_ignore_ascii_case("width"));
    styled.map(|(_, value)| value).or(tag.attribute("width")).and_then(Width::read)
}

fn link(tag: &Tag, builder: &mut Builder) -> Kind {
    if builder.is_in_link() {
        return Kind::Transparent;
    }
    let seconds = tag.attribute("data-t").and_then(timestamp::read);
    match (seconds.filter(|_| tag.has_class("yt-timestamp")), tag.attribute("href")) {
        (Some(seconds), _) => Kind::Timestamp { seconds },
        (None, Some(address)) if addresses::is_unsafe(address) => {
            builder.report_unsafe(address, tag.span);
            Kind::Transparent
        }
        (None, Some(address)) => Kind::Link { target: Target::Address(address.to_owned()) },
        (None, None) => Kind::Transparent,
    }
}
