//! What every dialect's tree goes through last: headings in disguise, ornaments, white space, typography,
//! title.

use super::{Body, Context, boxes, caption, entries, numbering, ornament, places, title, typography};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Block, Inline, List, Metadata, Parsed, Span, Table, plain_text};

const SPACES: [char; 3] = [' ', '\n', '\t'];

/// A bold paragraph with more words is emphatic, not a heading.
const HEADING_WORDS: usize = 14;

/// Puts the last hand to a tree.
pub fn finish(body: &mut Body, metadata: &mut Metadata, context: &Context, diagnostics: &mut Diagnostics) {
    promote_bold_lines(body, context);
    numbering::promote_headings(&mut body.blocks, context);
    numbering::join_lists(&mut body.blocks, context);
    for block in &mut body.blocks {
        if let Block::Heading { content, .. } = block {
            unwrap_emphasis(content);
        }
    }
    entries::part(&mut body.blocks);
    caption::attach(&mut body.blocks, context);
    let mut ornaments = Ornaments::of(context);
    ornaments.remove_from(&mut body.blocks);
    ornaments.report(diagnostics);
    places::settle(&mut body.blocks);
    tidy_blocks(&mut body.blocks);
    for note in &mut body.notes {
        tidy_blocks(&mut note.body);
    }
    if !context.manuscript.as_typed {
        // Before the title is taken off the body: its heading may hold code.
        typography::set(body, metadata);
    }
    title::settle(&mut body.blocks, metadata, context, diagnostics);
    boxes::frame(&mut body.blocks);
}

/// Bold paragraphs become headings one level below the heading they stand under.
fn promote_bold_lines(body: &mut Body, context: &Context) {
    let mut level = 1;
    let mut lines = std::mem::take(&mut body.bold_lines).into_iter().peekable();
    for index in 0..body.blocks.len() {
        let followed = body
            .blocks
            .get(index + 1)
            .is_some_and(|next| !matches!(next, Block::Heading { .. } | Block::Break));
        if let Some(Block::Heading { level: own, .. }) = body.blocks.get(index) {
            level = *own;
        }
        let Some((_, span)) = lines.next_if(|(line, _)| *line == index) else { continue };
        let Some(Block::Paragraph(content)) = body.blocks.get_mut(index) else { continue };
        let text = plain_text(content);
        let is_heading = followed
            && text.split_whitespace().count() <= HEADING_WORDS
            && !text.trim_end().ends_with(['.', ',', ';', '…'])
            && text.chars().any(char::is_alphanumeric)
            // A heading must be found in the manuscript: as a title it is taken out there.
            && context.source(span).len() >= text.len() / 2
            && context.source(span).contains(char::is_alphanumeric);
        if is_heading {
            let content = std::mem::take(content);
            body.blocks[index] = Block::Heading { level: (level + 1).min(6), anchor: None, content, span };
        }
    }
}

/// Takes off emphasis that covers a whole heading, or all of it but its number.
fn unwrap_emphasis(content: &mut Vec<Inline<Parsed>>) {
    let is_numbering = |inline: &Inline<Parsed>| match inline {
        Inline::Text(text) => {
            text.chars().all(|next| next.is_numeric() || next.is_whitespace() || next.is_ascii_punctuation())
        }
        Inline::Anchor(_) => true,
        _ => false,
    };
    let mut wrapped = content.iter().enumerate().filter(|(_, inline)| !is_numbering(inline));
    let (Some((index, Inline::Strong(_) | Inline::Emphasis(_))), None) = (wrapped.next(), wrapped.next())
    else {
        return;
    };
    if let Inline::Strong(inner) | Inline::Emphasis(inner) = content.remove(index) {
        content.splice(index..index, inner);
        // `***` wraps twice.
        if matches!(content.as_slice(), [Inline::Strong(_) | Inline::Emphasis(_)]) {
            unwrap_emphasis(content);
        }
    }
}

/// The opening emoji that were taken off headings and list items.
struct Ornaments<'a> {
    context: &'a Context<'a>,
    count: usize,
    first: Option<usize>,
    /// Up to where the manuscript was searched for them.
    cursor: usize,
    /// Whether the manuscript has them as they stand in the tree; an entity has another form there.
    are_found: bool,
}

impl<'a> Ornaments<'a> {
    fn of(context: &'a Context<'a>) -> Self {
        Ornaments { context, count: 0, first: None, cursor: 0, are_found: true }
    }

    fn remove_from(&mut self, blocks: &mut [Block<Parsed>]) {
        for block in blocks {
            match block {
                Block::Heading { content, span, .. } => {
                    self.cursor = self.cursor.max(span.start as usize);
                    self.remove(content);
                }
                Block::List(list) => {
                    for item in &mut list.items {
                        if let Some(Block::Paragraph(content)) = item.first_mut() {
                            self.remove(content);
                        }
                        self.remove_from(item);
                    }
                }
                Block::Quote(inner) | Block::Callout { body: inner, .. } => self.remove_from(inner),
                _ => {}
            }
        }
    }

    fn remove(&mut self, content: &mut Vec<Inline<Parsed>>) {
        let Some(sign) = ornament::of(content) else { return };
        let place = self.find(sign);
        let reason = "an emoji that only decorates";
        if self.context.drop_sign(sign, place, "dropped-ornament", reason) {
            ornament::remove(content);
            self.count += 1;
            self.first = self.first.or(Some(place));
        }
    }

    /// Where a sign stands: the tree has them in the manuscript's order.
    fn find(&mut self, sign: &str) -> usize {
        let rest = self.context.manuscript.text.get(self.cursor..).filter(|_| self.are_found);
        match rest.and_then(|rest| rest.find(sign)) {
            Some(at) => {
                let place = self.cursor + at;
                self.cursor = place + sign.len();
                place
            }
            None => {
                self.are_found = false;
                self.cursor
            }
        }
    }

    fn report(&self, diagnostics: &mut Diagnostics) {
        let Some(first) = self.first else { return };
        let times = if self.count == 1 { "1 place".to_owned() } else { format!("{} places", self.count) };
        let message = format!("dropped emoji that only decorate headings and list items, in {times}");
        let place = self.context.manuscript.place(Span::new(first, first));
        diagnostics.push(Diagnostic::note("dropped-ornament", message).at(place));
    }
}

fn tidy_blocks(blocks: &mut [Block<Parsed>]) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => tidy_paragraph(content),
            Block::List(List { items, .. }) => items.iter_mut().for_each(|item| tidy_blocks(item)),
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    tidy_paragraph(&mut definition.term);
                    definition.descriptions.iter_mut().for_each(|description| tidy_blocks(description));
                }
            }
            Block::Quote(inner) => tidy_blocks(inner),
            Block::Callout { title, body, .. } => {
                tidy_paragraph(title);
                tidy_blocks(body);
            }
            Block::Table(Table { caption, header, rows, .. }) => {
                tidy_paragraph(caption);
                header.iter_mut().chain(rows.iter_mut().flatten()).for_each(tidy_paragraph);
            }
            Block::Figure { caption, .. } => tidy_paragraph(caption),
            Block::Verse(lines) => lines.iter_mut().for_each(tidy_paragraph),
            Block::Code { .. } | Block::Math(_) | Block::Break => {}
        }
    }
}

fn tidy_paragraph(content: &mut Vec<Inline<Parsed>>) {
    tidy_inlines(content);
    trim(content);
}

/// Joins neighbouring texts and turns line ends and runs of spaces into single spaces.
fn tidy_inlines(content: &mut Vec<Inline<Parsed>>) {
    if needs_joining(content) {
        join_texts(content);
    }
    for inline in content {
        match inline {
            Inline::Text(text) => collapse_spaces(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strikethrough(inner)
            | Inline::Highlight(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner)
            | Inline::SmallCaps(inner)
            | Inline::Ruby(inner)
            | Inline::Reading(inner)
            | Inline::Foreign { content: inner, .. } => tidy_inlines(inner),
            Inline::Link { content: inner, .. } => {
                tidy_inlines(inner);
                trim(inner);
            }
            Inline::Image { alt, .. } => collapse_spaces(alt),
            Inline::Code(_) | Inline::Math(_) | Inline::LineBreak | Inline::Anchor(_) => {}
        }
    }
}

/// Whether two texts stand beside each other, or one will beside a link.
fn needs_joining(content: &[Inline<Parsed>]) -> bool {
    let mut is_after_text = false;
    content.iter().any(|inline| {
        let is_text = matches!(inline, Inline::Text(_));
        let needs_work = is_text && is_after_text || spaces_at_edges(inline) != (false, false);
        is_after_text = is_text;
        needs_work
    })
}

fn join_texts(content: &mut Vec<Inline<Parsed>>) {
    let mut joined: Vec<Inline<Parsed>> = Vec::with_capacity(content.len());
    let mut push = |inline| match (joined.last_mut(), inline) {
        (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
        (_, inline) => joined.push(inline),
    };
    for inline in content.drain(..) {
        let spaces = spaces_at_edges(&inline);
        // A space at a link's edge parts words, but is none of the link's.
        spaces.0.then(|| push(Inline::Text(" ".to_owned())));
        push(inline);
        spaces.1.then(|| push(Inline::Text(" ".to_owned())));
    }
    *content = joined;
}

/// Whether a link begins and whether it ends with white space.
fn spaces_at_edges(inline: &Inline<Parsed>) -> (bool, bool) {
    let Inline::Link { content, .. } = inline else { return (false, false) };
    let text = |inline: Option<&Inline<Parsed>>, at_end: bool| match inline {
        Some(Inline::Text(text)) if at_end => text.ends_with(SPACES),
        Some(Inline::Text(text)) => text.starts_with(SPACES),
        _ => false,
    };
    (text(content.first(), false), text(content.last(), true))
}

fn collapse_spaces(text: &mut String) {
    if !needs_collapsing(text.as_bytes()) {
        return;
    }
    let mut collapsed = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(SPACES) {
        let (words, spaces) = rest.split_at(start);
        let after = spaces.trim_start_matches(SPACES);
        let spaces = &spaces[..spaces.len() - after.len()];
        collapsed.push_str(words);
        // Scripts without spaces between words do not get one from a line end either.
        let parts_unspaced = spaces.contains('\n')
            && collapsed.chars().next_back().is_some_and(is_unspaced)
            && after.chars().next().is_some_and(is_unspaced);
        if !parts_unspaced {
            collapsed.push(' ');
        }
        rest = after;
    }
    collapsed.push_str(rest);
    *text = collapsed;
}

/// Whether there is other white space than single spaces. Sixteen bytes and those after them are looked at in
/// one go; the last go overlaps the one before it.
fn needs_collapsing(text: &[u8]) -> bool {
    let [before @ .., last] = text else { return false };
    let after = &text[1..];
    let is_line_end = |byte: u8| u8::from(byte == b'\n') | u8::from(byte == b'\t');
    let spoils = |one: u8, next: u8| is_line_end(one) | (u8::from(one == b' ') & u8::from(next == b' '));
    let are_spoilt = |ones: &[u8; 16], nexts: &[u8; 16]| {
        ones.iter().zip(nexts).fold(0, |found, (&one, &next)| found | spoils(one, next)) != 0
    };
    let is_spoilt = match (before.last_chunk(), after.last_chunk()) {
        (Some(ones), Some(nexts)) => {
            let mut pairs = before.as_chunks().0.iter().zip(after.as_chunks().0);
            are_spoilt(ones, nexts) || pairs.any(|(ones, nexts)| are_spoilt(ones, nexts))
        }
        _ => before.iter().zip(after).any(|(&one, &next)| spoils(one, next) != 0),
    };
    is_spoilt || is_line_end(*last) != 0
}

/// Chinese and Japanese characters and their punctuation.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{312F}' | '\u{31C0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// Takes white space and line breaks off both ends.
pub fn trim(content: &mut Vec<Inline<Parsed>>) {
    let is_blank = |inline: &Inline<Parsed>| match inline {
        Inline::LineBreak => true,
        Inline::Text(text) => text.trim_start_matches(SPACES).is_empty(),
        _ => false,
    };
    let blank = content.iter().take_while(|inline| is_blank(inline)).count();
    content.drain(..blank);
    if let Some(Inline::Text(text)) = content.first_mut() {
        let spaces = text.len() - text.trim_start_matches(SPACES).len();
        text.drain(..spaces);
    }
    while let Some(last) = content.last_mut() {
        match last {
            Inline::LineBreak => {}
            Inline::Text(text) => {
                let length = text.trim_end_matches(SPACES).len();
                text.truncate(length);
                if length > 0 {
                    break;
                }
            }
            _ => break,
        }
        content.pop();
    }
}
