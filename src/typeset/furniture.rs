//! Running heads and folios, and single words at a place.

use super::compositor::Compositor;
use super::flow::{Context, Flow, Ink, TextStyle};
use super::paragraph::{Align, Shape};
use super::shape::{Type, Word};
use crate::fonts::Style;
use crate::paged_book::{Folio, Item, Meaning, Structure, TextRun};

/// What stands above the pages of a division.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunningHeads {
    /// On left-hand pages: the author.
    pub verso: String,
    /// On right-hand pages: the title.
    pub recto: String,
}

/// A word's runs from `x` on, at a baseline; `space` follows the last.
pub fn paint_word(word: &Word, ink: &Ink, x: f32, y: f32, space: f32) -> Vec<Item> {
    let style = ink.style;
    let mut cursor = x;
    let count = word.runs.len();
    let runs = word.runs.iter().enumerate().map(|(index, run)| {
        let start = cursor;
        cursor += run.width * style.size / 1000.0 + style.tracking * run.glyphs.len() as f32;
        Item::Text(TextRun {
            glyphs: run.clone(),
            x: start,
            y: y + style.rise,
            size: style.size,
            tracking: style.tracking,
            space: if index + 1 == count { space } else { 0.0 },
            gray: 0.0,
            meaning: ink.meaning,
        })
    });
    runs.collect()
}

impl Compositor<'_> {
    /// The head of a page: folio at the outer edge, author or title at the inner.
    pub fn set_running_head(&mut self, heads: &RunningHeads, folio: Folio, recto: bool) -> Vec<Item> {
        let layout = self.layout;
        let y = layout.height - layout.top + layout.leading * 1.2;
        let left = if recto { layout.inner } else { layout.outer };
        let right = left + layout.measure;
        let kind = Type::new(layout.family, Style::Regular);
        let base = TextStyle { language: None, ..TextStyle::new(kind, layout.small, "") };
        let folio_style = TextStyle { size: layout.small * 1.06, ..base };
        let (text, style) =
            if recto { (&heads.recto, base.emphasised()) } else { (&heads.verso, base.small_caps()) };
        let room = layout.measure - layout.size * 4.0;
        let folio = self.set_single_line(&folio.to_string(), folio_style, room);
        let head = self.set_single_line(text, style, room);
        let mut items = Vec::new();
        if recto {
            items.extend(place(head.items, left));
            items.extend(place(folio.items, right - folio.width));
        } else {
            items.extend(place(folio.items, left));
            items.extend(place(head.items, right - head.width));
        }
        for item in &mut items {
            super::galley::shift_item(item, 0.0, y);
        }
        items
    }

    /// Text on one baseline at the origin, cut off with an ellipsis if it needs more room than there
    /// is. It belongs to no structure.
    pub fn set_single_line(&mut self, text: &str, style: TextStyle, room: f32) -> WordLine {
        const LONGEST: usize = 40;
        let mut words: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
        let mut line = self.set_words(&words.join(" "), style);
        while line.width > room && words.len() > 1 {
            words.pop();
            line = self.set_words(&format!("{} …", words.join(" ")), style);
        }
        line
    }

    fn set_words(&mut self, text: &str, style: TextStyle) -> WordLine {
        let structure = std::mem::replace(&mut self.structure, Structure::new(""));
        let context = Context::new(style, self.structure.root());
        let mut flow = Flow::default();
        self.flow_text(&mut flow, text, context);
        let shape = Shape {
            left: 0.0,
            measure: f32::MAX / 4.0,
            align: Align::Ragged,
            leading: style.size,
            size: style.size,
            right_to_left: false,
        };
        let lines = if flow.finish() { self.set_paragraph(&flow, &shape) } else { Vec::new() };
        self.structure = structure;
        let mut items = lines.into_iter().next().map(|line| line.items).unwrap_or_default();
        let mut width: f32 = 0.0;
        for item in &mut items {
            if let Item::Text(run) = item {
                run.meaning = Meaning::Pagination;
                let glyphs = run.glyphs.glyphs.len() as f32;
                width = width.max(run.x + run.glyphs.width * run.size / 1000.0 + run.tracking * glyphs);
            }
        }
        WordLine { items, width }
    }
}

/// Words on one baseline.
pub struct WordLine {
    pub items: Vec<Item>,
    pub width: f32,
}

fn place(mut items: Vec<Item>, x: f32) -> Vec<Item> {
    for item in &mut items {
        super::galley::shift_item(item, x, 0.0);
    }
    items
}
