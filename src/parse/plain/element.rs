//! Splits a text into elements: paragraphs, list items, quotations, headings with a line under them.

use super::group::Group;
use super::line::Line;
use super::marker::{Count, Marker};
use super::shape;
use super::style::{Style, WRAP_WIDTH};

/// What one or several lines make.
#[derive(Debug)]
pub enum Element<'a> {
    Text(Vec<Line<'a>>),
    Item(Item<'a>),
    /// E-mail's `> `, which is taken off already.
    Quote(Vec<Line<'a>>),
    /// A line with another of `=`, `-` or `~` below it.
    Heading {
        line: Line<'a>,
        level: u8,
    },
    Verse(Vec<Line<'a>>),
    /// A quotation that is set off by white space.
    Quotation(Vec<Line<'a>>),
    Table(Vec<Line<'a>>),
    Columns(Vec<Line<'a>>),
    Rule,
}

/// An item of a list, or what looks like one.
#[derive(Debug)]
pub struct Item<'a> {
    pub marker: Marker,
    pub count: Count,
    pub indent: usize,
    /// The first line with its marker.
    pub whole: Line<'a>,
    pub lines: Vec<Line<'a>>,
    /// Further paragraphs, which are indented like the item's text.
    pub more: Vec<Vec<Line<'a>>>,
    /// Whether a blank line comes before it.
    pub is_spaced: bool,
}

/// Splits lines at blank ones, long ones and list markers.
pub fn split<'a>(lines: &[Line<'a>], style: Style) -> Vec<Element<'a>> {
    let mut elements: Vec<Element> = Vec::new();
    let mut after_blank = true;
    for (index, &line) in lines.iter().enumerate() {
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        let below = lines.get(index + 1).copied().filter(|below| !below.is_blank());
        take_line(line, below, after_blank, style, &mut elements);
        after_blank = false;
    }
    let elements = settle_counts(elements);
    elements.into_iter().flat_map(|element| settle_group(element, style)).collect()
}

fn take_line<'a>(
    line: Line<'a>,
    below: Option<Line<'a>>,
    after_blank: bool,
    style: Style,
    elements: &mut Vec<Element<'a>>,
) {
    let text = line.trimmed();
    if let Some(inner) = line.unquoted() {
        match elements.last_mut() {
            Some(Element::Quote(lines)) if !after_blank => lines.push(inner),
            _ => elements.push(Element::Quote(vec![inner])),
        }
        return;
    }
    let above = elements.last_mut().filter(|_| !after_blank);
    if let Some(heading) = above.as_deref().and_then(|above| underlined(above, text)) {
        elements.pop();
        elements.push(heading);
        return;
    }
    if shape::is_rule(text) {
        elements.push(Element::Rule);
        return;
    }
    if let Some((marker, length)) = Marker::of(line.text)
        && may_open_item(marker, above.as_deref(), below)
    {
        elements.push(Element::Item(Item {
            marker,
            count: Count::Bullet,
            indent: line.indent(),
            whole: line,
            lines: vec![line.skip(length)],
            more: Vec::new(),
            is_spaced: after_blank,
        }));
        return;
    }
    match elements.last_mut() {
        Some(Element::Item(item)) if after_blank => {
            // Only what is indented further than the marker belongs to the item.
            let belongs = line.indent() >= item.indent + 2 && !style.indents_first_lines;
            if belongs { item.more.push(vec![line]) } else { elements.push(Element::Text(vec![line])) }
        }
        Some(Element::Item(item)) => {
            let lines = item.more.last_mut().unwrap_or(&mut item.lines);
            if continues(lines, line, style) || line.indent() > item.indent {
                lines.push(line);
            } else {
                elements.push(Element::Text(vec![line]));
            }
        }
        Some(Element::Text(lines)) if !after_blank && continues(lines, line, style) => lines.push(line),
        _ => elements.push(Element::Text(vec![line])),
    }
}

/// The heading that a line of `=`, `-` or `~` makes of the line above it.
fn underlined<'a>(above: &Element<'a>, text: &str) -> Option<Element<'a>> {
    let line = match above {
        Element::Text(lines) => match lines.as_slice() {
            [line] => *line,
            _ => return None,
        },
        Element::Item(Item { whole, lines, more, .. }) if lines.len() == 1 && more.is_empty() => *whole,
        _ => return None,
    };
    let mark = text.chars().next()?;
    let level = match mark {
        '=' => 1,
        '-' | '–' | '—' => 2,
        '~' | '^' | '*' => 3,
        _ => return None,
    };
    let length = text.chars().count();
    let is_line = text.chars().all(|next| next == mark);
    // A short rule below a long line parts it from what follows.
    let fits = length >= 3 && length * 2 >= line.width() && line.width() <= WRAP_WIDTH;
    (is_line && fits && shape::has_words(line.trimmed())).then_some(Element::Heading { line, level })
}

/// Whether a line with a marker opens an item, given the element that it follows without a blank line.
fn may_open_item(marker: Marker, above: Option<&Element>, below: Option<Line>) -> bool {
    let Some(Element::Text(lines)) = above else { return true };
    let leads_over = lines.last().is_some_and(|line| line.trimmed().ends_with(':'));
    let goes_on =
        || below.is_some_and(|below| Marker::of(below.text).is_some_and(|(next, _)| next.is_like(marker)));
    if marker.is_bullet() { !marker.is_weak() || leads_over || goes_on() } else { marker.is_first() }
}

/// Whether a line goes on with the paragraph above it.
fn continues(lines: &[Line], line: Line, style: Style) -> bool {
    let Some(above) = lines.last() else { return true };
    if style.indents_first_lines && line.indent() >= 2 {
        let is_deeper = line.indent() > above.indent() + 1;
        return !is_deeper && !above.ends_sentence();
    }
    above.width() <= WRAP_WIDTH || line.trimmed().starts_with(char::is_lowercase)
}

/// A number opens a list item only next to another; alone it numbers a heading or starts a sentence.
fn settle_counts(elements: Vec<Element>) -> Vec<Element> {
    let markers: Vec<Option<(Marker, usize)>> = elements
        .iter()
        .map(|element| match element {
            Element::Item(item) => Some((item.marker, item.indent)),
            _ => None,
        })
        .collect();
    elements
        .into_iter()
        .enumerate()
        .map(|(index, element)| match element {
            Element::Item(item) if !item.marker.is_bullet() => {
                let count = count_of(&markers, index, item.marker, item.indent);
                match count {
                    Some(count) => Element::Item(Item { count, ..item }),
                    None => as_text(item),
                }
            }
            other => other,
        })
        .collect()
}

/// How an item counts, told by its neighbours at the same depth.
fn count_of(
    markers: &[Option<(Marker, usize)>],
    index: usize,
    marker: Marker,
    indent: usize,
) -> Option<Count> {
    // Items in between that are set deeper are parts of the neighbour.
    const REACH: usize = 64;
    let beside = |found: &mut dyn Iterator<Item = &Option<(Marker, usize)>>| {
        let mut items = found.take(REACH).map_while(|item| *item);
        items.find(|(_, depth)| *depth <= indent + 1).map(|(marker, _)| marker)
    };
    let before = beside(&mut markers[..index].iter().rev());
    let after = beside(&mut markers[index + 1..].iter());
    before
        .and_then(|before| marker.count_beside(before, true))
        .or_else(|| after.and_then(|after| marker.count_beside(after, false)))
}

fn as_text(item: Item) -> Element {
    let mut lines = item.lines;
    if let Some(first) = lines.first_mut() {
        *first = item.whole;
    }
    lines.extend(item.more.into_iter().flatten());
    Element::Text(lines)
}

/// Tells what a group of lines is.
fn settle_group(element: Element, style: Style) -> Vec<Element> {
    let Element::Text(mut lines) = element else { return vec![element] };
    let mut elements = Vec::new();
    if lines.len() > 1 && shape::is_shouted(lines[0].trimmed()) && !shape::is_shouted(lines[1].trimmed()) {
        elements.push(Element::Text(vec![lines.remove(0)]));
    }
    match Group::of(&lines, style) {
        Group::Paragraph => elements.push(Element::Text(lines)),
        Group::Paragraphs => elements.extend(lines.into_iter().map(|line| Element::Text(vec![line]))),
        Group::Verse => elements.push(Element::Verse(lines)),
        Group::Quotation => elements.push(Element::Quotation(lines)),
        Group::Table => elements.push(Element::Table(lines)),
        Group::Columns => elements.push(Element::Columns(lines)),
    }
    elements
}
