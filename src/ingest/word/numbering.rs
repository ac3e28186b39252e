//! Lists (numbering.xml): which paragraphs have bullets, which have numbers, and which number.

use std::collections::{BTreeMap, BTreeSet};

use super::styles::Styles;
use crate::ingest::office::xml::Element;

const DEEPEST: u8 = 8;

#[derive(Debug, Default)]
pub struct Numbering {
    /// `w:abstractNum` by id.
    definitions: BTreeMap<u32, Definition>,
    /// `w:num` by id.
    lists: BTreeMap<u32, List>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<u8, Level>,
    /// A style that has the levels instead.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    levels: BTreeMap<u8, Level>,
    starts: BTreeMap<u8, u64>,
}

#[derive(Debug, Clone, PartialEq)]
struct Level {
    marker: Marker,
    start: u64,
    /// The paragraph style that belongs to this level.
    style: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet,
    Number,
    /// Neither: the paragraph goes on with the item before.
    Blank,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Bullet,
    Number(u64),
    Blank,
}

/// How far each list has counted.
#[derive(Debug, Default)]
pub struct Counters {
    /// By definition and level: lists of one definition count on from each other.
    reached: BTreeMap<(u32, u8), u64>,
    /// Lists and levels whose own start was used.
    started: BTreeSet<(u32, u8)>,
}

impl Numbering {
    pub fn read(root: Option<Element>) -> Self {
        let mut numbering = Numbering::default();
        for element in root.into_iter().flat_map(Element::children) {
            let id = |name| element.attribute(name).and_then(|id| id.parse::<u32>().ok());
            match element.name() {
                "w:abstractNum" => {
                    let Some(id) = id("w:abstractNumId") else { continue };
                    let style = element.value("w:numStyleLink", "w:val").map(str::to_owned);
                    numbering.definitions.insert(id, Definition { levels: levels(element), style });
                }
                "w:num" => {
                    let definition = element.value("w:abstractNumId", "w:val").and_then(|id| id.parse().ok());
                    let (Some(id), Some(definition)) = (id("w:numId"), definition) else { continue };
                    let mut list = List { definition, ..List::default() };
                    for change in element.children().filter(|child| child.name() == "w:lvlOverride") {
                        let Some(at) = change.attribute("w:ilvl").and_then(|level| level.parse::<u8>().ok())
                        else {
                            continue;
                        };
                        let start =
                            change.value("w:startOverride", "w:val").and_then(|start| start.parse().ok());
                        list.starts.extend(start.map(|start| (at, start)));
                        list.levels.extend(levels(change));
                    }
                    numbering.lists.insert(id, list);
                }
                _ => {}
            }
        }
        numbering
    }

    /// The level that belongs to a paragraph style.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let definition = self.definitions.get(&self.lists.get(&list)?.definition)?;
        let found = definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style));
        found.map(|(at, _)| *at)
    }

    /// Counts a paragraph; `None` when there is no such list.
    pub fn mark(&self, list: u32, level: u8, styles: &Styles, counters: &mut Counters) -> Option<Mark> {
        let found = self.lists.get(&list)?;
        let own = found.levels.get(&level);
        let (id, definition) = self.definition(found, styles)?;
        let described = own.or_else(|| definition.levels.get(&level))?;
        match described.marker {
            Marker::Bullet => Some(Mark::Bullet),
            Marker::Blank => Some(Mark::Blank),
            Marker::Number => {
                let own_start = found.starts.get(&level).filter(|_| counters.started.insert((list, level)));
                let next = match (own_start, counters.reached.get(&(id, level))) {
                    (Some(start), _) => *start,
                    (None, Some(reached)) => reached.saturating_add(1),
                    (None, None) => described.start,
                };
                counters.reached.insert((id, level), next);
                for deeper in level + 1..=DEEPEST {
                    counters.reached.remove(&(id, deeper));
                }
                Some(Mark::Number(next))
            }
        }
    }

    /// A list's definition, by way of a list style if that has it.
    fn definition(&self, list: &List, styles: &Styles) -> Option<(u32, &Definition)> {
        let definition = self.definitions.get(&list.definition)?;
        let linked = definition.style.as_deref().filter(|_| definition.levels.is_empty()).and_then(|style| {
            let (reference, _) = styles.numbering(Some(style))?;
            let id = self.lists.get(&reference.list?)?.definition;
            Some((id, self.definitions.get(&id)?))
        });
        Some(linked.unwrap_or((list.definition, definition)))
    }
}

fn levels(parent: Element) -> BTreeMap<u8, Level> {
    let mut levels = BTreeMap::new();
    for level in parent.children().filter(|child| child.name() == "w:lvl") {
        let Some(at) = level.attribute("w:ilvl").and_then(|at| at.parse::<u8>().ok()) else { continue };
        let text = level.value("w:lvlText", "w:val").unwrap_or("%1");
        let has_picture = level.child("w:lvlPicBulletId").is_some();
        let marker = match level.value("w:numFmt", "w:val").unwrap_or("decimal") {
            "none" => Marker::Blank,
            _ if text.trim().is_empty() && !has_picture => Marker::Blank,
            "bullet" => Marker::Bullet,
            _ if !text.contains('%') => Marker::Bullet,
            _ => Marker::Number,
        };
        let start = level.value("w:start", "w:val").and_then(|start| start.parse().ok()).unwrap_or(1);
        let style = level.value("w:pStyle", "w:val").map(str::to_owned);
        levels.insert(at.min(DEEPEST), Level { marker, start, style });
    }
    levels
}
