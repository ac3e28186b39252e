//! Running heads and folios, and single words at a place.

use super::compositor::Compositor;
use super::flow::{Context, Flow, Ink, TextStyle};
use super::paragraph::{Align, Shape};
use super::shape::Type;
use super::word::Word;
use crate::fonts::Style;
use crate::paged_book::{Folio, Item, Meaning, Structure, TextRun};

/// More characters than this are on no line.
const LONGEST: usize = 200;

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
            stretch: 1.0,
            space: if index + 1 == count { space } else { 0.0 },
            gray: style.gray,
            turned: false,
            meaning: ink.meaning,
        })
    });
    runs.collect()
}

impl Compositor<'_> {
    /// Sets the heads of a division's pages, once for all of them.
    pub fn set_running_heads(&mut self, heads: &RunningHeads) -> SetHeads {
        let room = self.layout.measure - self.layout.size * 4.0;
        let style = self.head_style();
        SetHeads {
            verso: self.set_single_line(&heads.verso, self.small_caps(style), room),
            recto: self.set_title(&heads.recto, style.emphasised(), room),
        }
    }

    /// The head of a page: folio at the outer edge, author or title at the inner.
    pub fn head_page(&mut self, heads: &SetHeads, folio: Folio, recto: bool) -> Vec<Item> {
        let layout = self.layout;
        let y = layout.height - layout.top + layout.leading * 1.2;
        let left = if recto { layout.inner } else { layout.outer };
        let right = left + layout.measure;
        let style = TextStyle { size: layout.small * 1.06, ..self.head_style() };
        let folio = self.set_single_line(&folio.to_string(), style, layout.measure);
        let mut items = Vec::new();
        if recto {
            items.extend(place(&heads.recto.items, left, y));
            items.extend(place(&folio.items, right - folio.width, y));
        } else {
            items.extend(place(&folio.items, left, y));
            items.extend(place(&heads.verso.items, right - heads.verso.width, y));
        }
        items
    }

    fn head_style(&self) -> TextStyle {
        let kind = Type::new(self.layout.family, Style::Regular);
        TextStyle::new(kind, self.layout.small, "").unhyphenated()
    }

    /// A title on one line: what stands before its colon or dash says enough where there is no room for all of it.
    fn set_title(&mut self, title: &str, style: TextStyle, room: f32) -> WordLine {
        let whole = self.set_words(&title.chars().take(LONGEST).collect::<String>(), style);
        if whole.width <= room && title.chars().count() <= LONGEST {
            return whole;
        }
        let ends = [": ", " — ", " – ", "? ", "! ", ". "].iter().filter_map(|mark| {
            let asks = usize::from(mark.starts_with(['?', '!']));
            title.find(mark).map(|at| at + asks)
        });
        let end = ends.filter(|end| *end > 0).min().unwrap_or(title.len());
        self.set_single_line(&title[..end], style, room)
    }

    /// Text on one baseline at the origin, cut off with an ellipsis if it needs more room than there
    /// is. It belongs to no structure.
    pub fn set_single_line(&mut self, text: &str, style: TextStyle, room: f32) -> WordLine {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(byte, _)| byte);
        let mut words: Vec<&str> = text[..end].split_whitespace().collect();
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
        let lines = if flow.finish() { self.set_paragraph(&flow, &shape).0 } else { Vec::new() };
        self.structure = structure;
        let mut items = lines.into_iter().next().map(|line| line.items).unwrap_or_default();
        let mut width: f32 = 0.0;
        for item in &mut items {
            if let Item::Text(run) = item {
                run.meaning = Meaning::Pagination;
                width = width.max(run.x + run.width());
            }
        }
        WordLine { items, width }
    }
}

/// A division's running heads, ready to be put on its pages.
pub struct SetHeads {
    verso: WordLine,
    recto: WordLine,
}

/// Words on one baseline.
pub struct WordLine {
    pub items: Vec<Item>,
    pub width: f32,
}

fn place(items: &[Item], x: f32, y: f32) -> impl Iterator<Item = Item> {
    items.iter().map(move |item| {
        let mut item = item.clone();
        super::galley::shift_item(&mut item, x, y);
        item
    })
}
