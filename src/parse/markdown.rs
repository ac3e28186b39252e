//! Markdown, through pulldown-cmark's events.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{
    Alignment as MarkdownAlignment, BlockQuoteKind, BrokenLink, BrokenLinkCallback, CodeBlockKind, CowStr,
    Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::extensions::{Act, Attributes, FIRST, Mark, REST};
use super::frames::{Builder, Kind};
use super::running_text::RunningText;
use super::{Body, Context, addresses, html, vault};
use crate::diagnostic::Diagnostics;
use crate::document::{Alignment, Block, Inline, Numerals, Parsed, Reference, Span, Target};
use crate::manuscript::Dialect;

/// Reads a whole essay.
pub fn read(text: &str, context: &Context, diagnostics: &mut Diagnostics) -> Body {
    let mut builder = Builder::new(context, diagnostics);
    feed(text, &Origin::Offset(0), options(context), &mut builder);
    builder.finish()
}

/// Reads lines that stand apart from each other in the manuscript, such as those of a table's cell.
pub fn read_lines(lines: &[(usize, String)], context: &Context, diagnostics: &mut Diagnostics) -> Body {
    let mut text = String::new();
    let mut starts = Vec::new();
    for (source, line) in lines {
        starts.push((text.len(), *source));
        text.push_str(line);
        text.push('\n');
    }
    let mut builder = Builder::new(context, diagnostics);
    feed(&text, &Origin::Lines(starts), options(context), &mut builder);
    builder.finish()
}

/// Reads the inlines of one line that starts at `offset` in the manuscript.
pub fn read_fragment(
    text: &str,
    offset: usize,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Vec<Inline<Parsed>> {
    fragment(text, &Origin::Offset(offset), context, diagnostics)
}

fn fragment(
    text: &str,
    origin: &Origin,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Vec<Inline<Parsed>> {
    let mut builder = Builder::new(context, diagnostics);
    feed(text, origin, options(context) - Options::ENABLE_MATH, &mut builder);
    builder.finish_inlines()
}

/// Reads the inlines of a text that stands within an attribute; the ledger knows it.
pub fn read_aside(text: &str, context: &Context, diagnostics: &mut Diagnostics) -> Vec<Inline<Parsed>> {
    fragment(text, &Origin::Nowhere, context, diagnostics)
}

/// Where a text comes from.
enum Origin {
    /// From no place that could be pointed at.
    Nowhere,
    /// From this place of the manuscript on.
    Offset(usize),
    /// Each line from a place of its own: offset in the text, offset in the manuscript.
    Lines(Vec<(usize, usize)>),
}

impl Origin {
    /// Where the lines of `text` are that stand at `start`, each as the end of a line of `source`: before them
    /// are the marks of the quotation and the indentation of the list that they stand in.
    fn lines(text: &str, source: &str, start: usize) -> Self {
        let (mut at, mut end) = (0, start);
        let lines = text.split('\n').zip(source.split('\n')).map(|(line, whole)| {
            let place = (at, end + whole.len().saturating_sub(line.len()));
            at += line.len() + 1;
            end += whole.len() + 1;
            place
        });
        Origin::Lines(lines.collect())
    }

    #[inline]
    fn span(&self, range: Range<usize>) -> Span {
        match self {
            Origin::Nowhere => Span::default(),
            Origin::Offset(start) => Span::new(start + range.start, start + range.end),
            Origin::Lines(lines) => {
                let start = place(lines, range.start);
                Span::new(start, if range.is_empty() { start } else { place(lines, range.end - 1) + 1 })
            }
        }
    }
}

/// Where a byte of a text stands in the manuscript, told by the places of its lines.
fn place(lines: &[(usize, usize)], offset: usize) -> usize {
    let after = lines.partition_point(|(start, _)| *start <= offset);
    let line = after.checked_sub(1).and_then(|at| lines.get(at));
    line.map_or(0, |(start, source)| source + (offset - start))
}

/// What the Markdown parser understands besides CommonMark.
pub fn options(context: &Context) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT;
    options.set(Options::ENABLE_WIKILINKS, context.manuscript.dialect == Dialect::Vault);
    options
}

fn feed(text: &str, origin: &Origin, options: Options, builder: &mut Builder) {
    // Text of a wikilink without a text of its own is a file name; it is shown as words instead.
    let mut bare_wikilink = false;
    let context = builder.context;
    // What was dealt with at its start, and holds nothing but text.
    let mut is_done = false;
    let parser = Parser::new_with_broken_link_callback(
        text,
        options,
        Some(|link: BrokenLink| {
            let heading = context.marks.heading(&link.reference)?;
            Some((CowStr::from(format!("#{heading}")), CowStr::from("")))
        }),
    );
    for (_, definition) in parser.reference_definitions().iter() {
        context.note_markup(origin.span(definition.span.clone()));
    }
    let mut cell_end = 0;
    let may_define = memmem::find(text.as_bytes(), b"]:").is_some();
    let mut gaps = Gaps::default();
    let mut events = parser.into_offset_iter();
    while let Some((event, range)) = events.next() {
        if may_define && let Some(repeated) = repeated_definition(text, gaps.before(&event, &range), &events)
        {
            context.note_markup(origin.span(repeated));
        }
        let span = origin.span(range.clone());
        if let Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) =
            event
        {
            builder.reach_to(span.end);
        }
        match event {
            Event::End(_) if is_done => is_done = false,
            _ if is_done => {}
            Event::Start(Tag::HtmlBlock) if act_on_lines(span, origin, builder) => is_done = true,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if is_raw(&info) && remove_raw(&info, span, builder) =>
            {
                is_done = true;
            }
            Event::Start(tag) => {
                bare_wikilink =
                    matches!(tag, Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. });
                note_syntax(&tag, span, text.get(range).unwrap_or_default(), context);
                start(tag, span, builder);
            }
            Event::End(TagEnd::TableCell) => {
                cell_end = span.end;
                end(builder);
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                let rest = Span { start: cell_end.max(span.start), ..span };
                if context.source(rest).contains(char::is_alphanumeric) {
                    let reason = "cells beyond the columns that the table's head has";
                    if !context.remove(rest, "removed-cells", reason, builder.diagnostics) {
                        builder.extend_row(rest);
                    }
                }
                end(builder);
            }
            Event::End(_) => end(builder),
            Event::Text(text) if bare_wikilink => {
                bare_wikilink = false;
                builder.push_text(&vault::wikilink::text(&text), span);
            }
            Event::Text(text) if has_filler(&text, context) && builder.is_in_code() => {
                builder.push_text(context.source(span), span);
            }
            Event::Text(text) => builder.push_html(&text, span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if builder.hide(span) => {}
            Event::Code(code) if has_filler(&code, context) => {
                let code = context.source(span);
                context.note_text(code, span);
                builder.push_inline(Inline::Code(code.trim_matches('`').trim().to_owned()));
            }
            Event::Code(code) => {
                builder.context.note_enclosed(&code, span);
                builder.push_inline(Inline::Code(code.into_string()));
            }
            Event::InlineMath(tex) => inline_math(&tex, span, builder),
            Event::DisplayMath(tex) => {
                builder.context.note_enclosed(tex.trim(), span);
                builder.check_formula(&tex, true, span);
                if let Some(frame) = builder.top() {
                    frame.note_display_math();
                }
                builder.push_inline(Inline::Math(tex.trim().to_owned()));
            }
            Event::Html(html) => builder.push_html(&html, span),
            Event::InlineHtml(_) if act_on_lines(span, origin, builder) => {}
            Event::InlineHtml(tag) => {
                let mut html = RunningText::default();
                html.push(&tag, span.start as usize);
                html::read(&html, false, builder);
            }
            Event::FootnoteReference(label) => footnote_reference(&label, span, builder),
            Event::SoftBreak => builder.push_sign("\n", span.start as usize),
            Event::HardBreak => builder.push_inline(Inline::LineBreak),
            Event::Rule => builder.push_block(Block::Break),
            Event::TaskListMarker(done) => {
                builder.context.note_markup(span);
                builder.push_sign(task_marker(done), span.start as usize);
            }
        }
    }
    if may_define && let Some(repeated) = repeated_definition(text, gaps.seen..text.len(), &events) {
        context.note_markup(origin.span(repeated));
    }
}

/// What the parser's events leave out.
#[derive(Default)]
struct Gaps {
    /// Up to where there were events.
    seen: usize,
}

impl Gaps {
    fn before(&mut self, event: &Event, range: &Range<usize>) -> Range<usize> {
        let (end, seen) = match event {
            Event::Start(_) => (range.start, range.start),
            Event::End(_) => (range.end, range.end),
            _ => (range.start, range.end),
        };
        let gap = self.seen..end;
        self.seen = self.seen.max(seen);
        gap
    }
}

/// What a gap holds of definitions of links that were defined before: the parser passes over them.
fn repeated_definition<'t, F: BrokenLinkCallback<'t>>(
    text: &str,
    gap: Range<usize>,
    events: &OffsetIter<'t, F>,
) -> Option<Range<usize>> {
    const LONGEST_LABEL: usize = 1000;
    let inside = text.get(gap.clone()).filter(|inside| inside.len() > "[]:".len())?;
    let start = inside.match_indices("]:").find_map(|(end, _)| {
        let before = inside.as_bytes()[..end].iter().rev().take(LONGEST_LABEL);
        let start = end.checked_sub(1 + before.copied().position(|byte| byte == b'[')?)?;
        let label = inside[start + 1..end].split_whitespace().collect::<Vec<_>>().join(" ");
        events.reference_definitions().get(&label).map(|_| gap.start + start)
    })?;
    Some(start..gap.end)
}

fn has_filler(text: &str, context: &Context) -> bool {
    !context.marks.is_empty() && text.contains([FIRST, REST])
}

/// Does what the mark says that has the lines of an HTML block for itself, if one has.
fn act_on_lines(span: Span, origin: &Origin, builder: &mut Builder) -> bool {
    const INDENT: usize = 4;
    let start = span.start as usize;
    let marks = builder.context.marks.within(start..start + INDENT);
    // A table starts where its first cell does, but does not stand in it.
    let is_cell = matches!(origin, Origin::Lines(_));
    let stands_here = |mark: &&Mark| mark.has_lines && !(is_cell && matches!(mark.act, Act::Table(_)));
    let Some(mark) = marks.iter().find(stands_here) else { return false };
    builder.act(mark);
    true
}

/// Whether a fence holds what goes into one format only, as in Pandoc's `{=latex}`.
fn is_raw(info: &str) -> bool {
    info.trim_start().starts_with("{=")
}

fn remove_raw(info: &str, span: Span, builder: &mut Builder) -> bool {
    let format = info.trim().trim_matches(['{', '}', '=']);
    format != "html"
        && builder.context.remove(
            span,
            "removed-raw",
            &format!("what is written for {format} only"),
            builder.diagnostics,
        )
}

/// The language that a fence names: `rust`, `{.python #id}`, `{r, echo=FALSE}`.
fn fence_language(info: &str) -> Option<String> {
    let info = info.trim();
    let inside = info.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(inside, _)| inside);
    let class = inside.and_then(Attributes::read).and_then(|found| found.classes.into_iter().next());
    let word = inside.unwrap_or(info).split([' ', ',', '{']).next().unwrap_or_default();
    class.or_else(|| Some(word.to_owned()).filter(|word| !word.is_empty() && !word.starts_with(['#', '='])))
}

fn task_marker(done: bool) -> &'static str {
    if done { "☑ " } else { "☐ " }
}

fn start(tag: Tag, span: Span, builder: &mut Builder) {
    let kind = match tag {
        Tag::Paragraph => Kind::Paragraph { display_math: false },
        Tag::Heading { level, id, .. } => {
            Kind::Heading { level: level as u8, id: id.map(|id| id.into_string()) }
        }
        Tag::BlockQuote(alert) => Kind::Quote { alert: alert.map(alert_name) },
        Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code { language: None, text: String::new() },
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) if info.trim() == "{=html}" => {
            Kind::RawHtml { html: RunningText::default() }
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Kind::Code { language: fence_language(&info), text: String::new() }
        }
        Tag::HtmlBlock => Kind::RawHtml { html: RunningText::default() },
        Tag::List(start) => {
            Kind::List { start, numerals: Numerals::default(), items: Vec::new(), loose: false }
        }
        Tag::Item => Kind::Item,
        Tag::FootnoteDefinition(label) => Kind::Footnote { label: label.into_string() },
        Tag::DefinitionList => Kind::DefinitionList { definitions: Vec::new() },
        Tag::DefinitionListTitle => Kind::Term,
        Tag::DefinitionListDefinition => Kind::Description,
        Tag::Table(alignments) => Kind::Table {
            alignments: alignments.into_iter().map(alignment).collect(),
            header: Vec::new(),
            rows: Vec::new(),
        },
        Tag::TableHead => Kind::TableRow { is_header: true, cells: Vec::new() },
        Tag::TableRow => Kind::TableRow { is_header: false, cells: Vec::new() },
        Tag::TableCell => Kind::TableCell,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Strong => Kind::Strong,
        Tag::Strikethrough => Kind::Strikethrough,
        Tag::Superscript => Kind::Superscript,
        Tag::Subscript => Kind::Subscript,
        Tag::Link { .. } if builder.is_in_link() => Kind::Transparent,
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } if addresses::is_unsafe(&dest_url) => {
            builder.report_unsafe(&dest_url, span);
            Kind::Transparent
        }
        Tag::Link { link_type, dest_url, .. } => Kind::Link { target: link_target(link_type, &dest_url) },
        Tag::Image { link_type, dest_url, title, .. } => {
            let is_embed = matches!(link_type, LinkType::WikiLink { .. });
            Kind::Image { address: dest_url.trim().to_owned(), title: title.into_string(), is_embed }
        }
        Tag::MetadataBlock(_) => Kind::Hidden,
    };
    builder.open(kind, span);
}

/// Notes the words that a tag's own syntax holds. `source`: the whole element.
fn note_syntax(tag: &Tag, span: Span, source: &str, context: &Context) {
    let whole = span.end.saturating_sub(span.start) as usize;
    let length = match tag {
        Tag::Link { .. } | Tag::Image { .. } => whole,
        // Of some attribute lists the parser gives nothing.
        Tag::Heading { .. } if source.contains('{') => whole,
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => source.find('\n').unwrap_or(whole),
        Tag::Item => {
            // In a description, the item begins at the end of the line above.
            let is_marker = |next: char| next.is_ascii_digit() || matches!(next, ' ' | '\t' | '\n' | '>');
            source.len() - source.trim_start_matches(is_marker).len()
        }
        Tag::FootnoteDefinition(_) => source.find("]:").unwrap_or_default(),
        Tag::BlockQuote(Some(_)) => source.find(']').unwrap_or_default(),
        _ => 0,
    };
    context.note_markup(Span { end: span.end.min(span.start + length as u32), ..span });
}

fn link_target(link_type: LinkType, destination: &str) -> Target {
    match link_type {
        LinkType::WikiLink { .. } => vault::wikilink::target(destination),
        LinkType::Email if !destination.starts_with("mailto:") => {
            Target::Address(format!("mailto:{destination}"))
        }
        _ => Target::Address(destination.to_owned()),
    }
}

fn end(builder: &mut Builder) {
    // HTML elements that the author forgot to close end with the element around them.
    while builder.open_tags().next().is_some() {
        builder.close();
    }
    let raw = builder.top().and_then(|frame| match &mut frame.kind {
        Kind::RawHtml { html } => Some(std::mem::take(html)),
        _ => None,
    });
    builder.close();
    if let Some(html) = raw {
        html::read(&html, true, builder);
    }
}

fn alert_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

fn alignment(alignment: MarkdownAlignment) -> Alignment {
    match alignment {
        MarkdownAlignment::None | MarkdownAlignment::Left => Alignment::Start,
        MarkdownAlignment::Center => Alignment::Center,
        MarkdownAlignment::Right => Alignment::End,
    }
}

fn footnote_reference(label: &str, span: Span, builder: &mut Builder) {
    if builder.is_in_link() {
        return builder.push_text(&format!("[{label}]"), span);
    }
    builder.context.note_markup(span);
    let to = Reference { target: Target::Note(label.to_owned()), span };
    builder.push_inline(Inline::Link { to, content: vec![Inline::Text(label.to_owned())] });
}

/// `$x^2$` is mathematics; `$5 or $10` is money.
fn inline_math(tex: &str, span: Span, builder: &mut Builder) {
    if is_math(tex) {
        builder.context.note_enclosed(tex.trim(), span);
        builder.check_formula(tex, false, span);
        return builder.push_inline(Inline::Math(tex.to_owned()));
    }
    if builder.is_in_link() {
        return builder.push_text(builder.context.source(span), span);
    }
    let start = span.start as usize;
    builder.push_sign("$", start);
    let source = builder.context.source(Span::new(start + 1, span.end as usize - 1));
    let origin = Origin::lines(tex, source, start + 1);
    let inlines = fragment(tex, &origin, builder.context, builder.diagnostics);
    for inline in inlines {
        match inline {
            Inline::Text(text) => builder.push_sign(&text, start + 1),
            other => builder.push_inline(other),
        }
    }
    builder.push_sign("$", span.end as usize - 1);
}

/// Whether what stands between two `$` is mathematics.
pub fn is_math(tex: &str) -> bool {
    let tex = tex.trim();
    let starts_like_money = tex.starts_with(|first: char| first.is_ascii_digit());
    let has_operator = tex.contains(['\\', '^', '_', '=', '<', '>', '{', '+']);
    let is_symbol = tex.chars().count() <= 3 && tex.starts_with(char::is_alphabetic) && !tex.contains(' ');
    let is_formula =
        !tex.contains(' ') && tex.contains(['/', '*', '-', '(']) && tex.contains(char::is_alphabetic);
    if starts_like_money {
        tex.contains(['\\', '^', '_', '='])
    } else {
        has_operator || is_symbol || is_formula
    }
}
