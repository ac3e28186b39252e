//! Wide tables on pages of their own, turned a quarter to the left: their heads stand at the page's left edge.

use super::galley::Line;
use crate::paged_book::{Item, PlacedPicture, Rule, TextRun};

/// The turned table that a galley ends with, if nothing was set after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turned {
    /// How many lines the galley had then.
    pub lines: usize,
    /// How much of the measure it takes.
    pub width: f32,
}

/// How high lines are that stand below each other.
pub fn height(lines: &[Line]) -> f32 {
    let space: f32 = lines.iter().skip(1).map(|line| line.space).sum();
    space + lines.iter().map(|line| line.height).sum::<f32>()
}

/// Divides a wide table's lines into groups no higher than `room`, each but the first below a copy of its own head.
pub fn divide(lines: Vec<Line>, room: f32) -> Vec<Vec<Line>> {
    let mut groups: Vec<Vec<Line>> = Vec::new();
    let mut group: Vec<Line> = Vec::new();
    let mut used = 0.0;
    for line in lines {
        let height = line.height + if group.is_empty() { 0.0 } else { line.space };
        if used + height > room + 0.01 && !group.is_empty() {
            // What must stand with this line goes over with it, unless that is all there is.
            let stays =
                group.iter().rposition(|line| !line.keep_with_next).map_or(group.len(), |last| last + 1);
            let over = group.split_off(stays);
            groups.push(std::mem::replace(&mut group, over));
            used = 0.0;
            let head = group.first().or(Some(&line)).and_then(|first| first.head.clone());
            if let Some(head) = head {
                group.insert(0, Line::clone(&head));
            }
            for (index, line) in group.iter().enumerate() {
                used += line.height + if index == 0 { 0.0 } else { line.space };
            }
        }
        used += line.height + if group.is_empty() { 0.0 } else { line.space };
        group.push(line);
    }
    groups.push(group);
    groups
}

/// One page's share of a table as a single line as high as the page, read from bottom to top.
pub fn turn(group: Vec<Line>, depth: f32) -> Line {
    let mut page = Line { height: depth, baseline: depth, ..Line::default() };
    let mut top = 0.0;
    for (index, mut line) in group.into_iter().enumerate() {
        top += if index == 0 { 0.0 } else { line.space };
        let baseline = top + line.baseline;
        line.items.splice(0..0, std::mem::take(&mut line.beside));
        page.items.extend(line.items.into_iter().map(|item| turn_item(item, baseline)));
        page.links.extend(line.links.into_iter().map(|link| super::galley::LineLink {
            x: baseline - link.y - link.height,
            y: link.x,
            width: link.height,
            height: link.width,
            ..link
        }));
        page.anchors.append(&mut line.anchors);
        page.notes.append(&mut line.notes);
        page.listed.append(&mut line.listed);
        page.start = page.start.or(line.start);
        top += line.height;
    }
    page
}

fn turn_item(item: Item, baseline: f32) -> Item {
    match item {
        Item::Text(run) => Item::Text(TextRun { x: baseline - run.y, y: run.x, turned: true, ..run }),
        Item::Rule(rule) => Item::Rule(Rule {
            x: baseline - rule.y - rule.height,
            y: rule.x,
            width: rule.height,
            height: rule.width,
            ..rule
        }),
        // Pictures stay upright, within the room that they had.
        Item::Picture(picture) => {
            let scale = (picture.height / picture.width).min(picture.width / picture.height).min(1.0);
            Item::Picture(PlacedPicture {
                x: baseline - picture.y - picture.height,
                y: picture.x,
                width: picture.width * scale,
                height: picture.height * scale,
                ..picture
            })
        }
    }
}
