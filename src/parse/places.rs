//! Places to link to that are no headings: each goes to the start of the block that it belongs to.

use super::finish;
use crate::document::{Block, Inline, Parsed, Point};

type Content = Vec<Inline<Parsed>>;

/// How far a place without a block of its own looks for one: code and rules cannot hold it.
const REACH: usize = 8;

/// Takes the places out of a text that is one element otherwise, such as a figure or a bold line, so
/// that it can be told to be that.
pub fn take_beside_one(content: &mut Content) -> Content {
    let is_blank = |inline: &Inline<Parsed>| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::LineBreak => true,
        _ => false,
    };
    let mut others = content.iter().filter(|inline| !is_place(inline) && !is_blank(inline));
    match (others.next(), others.next()) {
        (Some(Inline::Text(_)), None) | (_, Some(_)) => Vec::new(),
        _ => take(content),
    }
}

/// Takes the places out of a block's text.
fn take(content: &mut Content) -> Content {
    if !content.iter().any(is_place) {
        return Vec::new();
    }
    let (places, rest) = std::mem::take(content).into_iter().partition(is_place);
    *content = rest;
    places
}

/// Puts every place where a link to it should lead: a vault's identifier stands behind its block.
pub fn settle(blocks: &mut Vec<Block<Parsed>>) {
    let mut settled: Vec<Block<Parsed>> = Vec::with_capacity(blocks.len());
    let mut homeless = Content::new();
    for mut block in std::mem::take(blocks) {
        settle_within(&mut block, &mut homeless);
        let places = alone(&mut block);
        if places.is_empty() {
            if !homeless.is_empty() {
                attach(&mut block, &mut homeless);
            }
            settled.push(block);
            continue;
        }
        homeless.extend(places);
        let ours = homeless
            .iter()
            .any(|place| matches!(place, Inline::Anchor(Point::Place(name)) if name.starts_with('^')));
        if ours {
            let mut before = settled.iter_mut().rev().take(REACH);
            before.any(|block| attach(block, &mut homeless));
        }
    }
    let mut before = settled.iter_mut().rev().take(REACH);
    before.any(|block| attach(block, &mut homeless));
    *blocks = settled;
}

fn is_place(inline: &Inline<Parsed>) -> bool {
    matches!(inline, Inline::Anchor(_))
}

/// The places of a block that holds nothing else.
fn alone(block: &mut Block<Parsed>) -> Content {
    let (Block::Paragraph(content) | Block::Heading { content, .. }) = block else { return Vec::new() };
    let is_alone = content.iter().any(is_place)
        && content.iter().all(|inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::LineBreak | Inline::Anchor(_) => true,
            _ => false,
        });
    if is_alone { take(content) } else { Vec::new() }
}

fn settle_within(block: &mut Block<Parsed>, homeless: &mut Content) {
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) => to_front(content),
        Block::List(list) => list.items.iter_mut().for_each(settle),
        Block::DefinitionList(definitions) => {
            for definition in definitions {
                to_front(&mut definition.term);
                definition.descriptions.iter_mut().for_each(settle);
            }
        }
        Block::Quote(body) => settle(body),
        Block::Callout { title, body, .. } => {
            to_front(title);
            settle(body);
        }
        Block::Table(table) => {
            // An identifier right below a table was read as its last row.
            let is_empty = |cell: &Content| cell.iter().all(is_place);
            if let Some(row) = table.rows.pop_if(|row| row.iter().all(is_empty)) {
                homeless.extend(row.into_iter().flatten());
            }
            let cells = table.header.iter_mut().chain(table.rows.iter_mut().flatten());
            cells.for_each(to_front);
            to_front(&mut table.caption);
        }
        Block::Figure { caption, .. } => to_front(caption),
        Block::Verse(lines) => lines.iter_mut().for_each(to_front),
        Block::Code { .. } | Block::Math(_) | Block::Break => {}
    }
}

fn to_front(content: &mut Content) {
    let is_vaults = |inline: &Inline<Parsed>| matches!(inline, Inline::Anchor(Point::Place(name)) if name.starts_with('^'));
    if content.len() > 1 && content.iter().any(is_vaults) {
        let (mut places, rest): (Content, Content) = std::mem::take(content).into_iter().partition(is_vaults);
        *content = rest;
        finish::trim(content);
        places.append(content);
        *content = places;
    }
}

/// Moves places to the start of a block's text. False where it has none.
pub fn attach(block: &mut Block<Parsed>, places: &mut Content) -> bool {
    let text = match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => content,
        Block::List(list) => {
            return list
                .items
                .first_mut()
                .and_then(|item| item.first_mut())
                .is_some_and(|it| attach(it, places));
        }
        Block::DefinitionList(definitions) => match definitions.first_mut() {
            Some(first) => &mut first.term,
            None => return false,
        },
        Block::Callout { title, .. } if !title.is_empty() => title,
        Block::Quote(body) | Block::Callout { body, .. } => {
            return body.first_mut().is_some_and(|first| attach(first, places));
        }
        Block::Table(table) if !table.caption.is_empty() => &mut table.caption,
        Block::Table(table) => {
            let mut cells = table.header.iter_mut().chain(table.rows.iter_mut().flatten());
            match cells.find(|cell| !cell.is_empty()) {
                Some(cell) => cell,
                None => return false,
            }
        }
        Block::Figure { caption, .. } if !caption.is_empty() => caption,
        Block::Verse(lines) => match lines.first_mut() {
            Some(first) => first,
            None => return false,
        },
        Block::Figure { .. } | Block::Code { .. } | Block::Math(_) | Block::Break => return false,
    };
    places.append(text);
    std::mem::swap(places, text);
    true
}
