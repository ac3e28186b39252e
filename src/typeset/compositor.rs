//! The workplace of one division: what setting text needs at hand, and the galley that grows.

use std::collections::VecDeque;
use std::sync::Arc;

use super::flow::TextStyle;
use super::formula::FormulaStore;
use super::galley::{Galley, GalleyLink, Line, Listed};
use super::hyphenate::Exceptions;
use super::lexicon::Lexicon;
use super::paragraph::{Align, Paragraph, Shape};
use super::shape::{Shaper, Type};
use super::theme::Layout;
use super::turn::Turned;
use crate::anthology::{Anthology, Note, Resolved};
use crate::document::{Inline, plain_text};
use crate::fonts::{Fonts, Style};
use crate::labels::Labels;
use crate::language_tag;
use crate::paged_book::{Child, ContentId, ElementId, Origin, Role, ShapedText, Structure, TextPlace};

/// How many lines a division has that is not long.
const LINES: usize = 128;

/// Sets one division after another; shaped words are remembered from one to the next.
pub struct Compositor<'a> {
    pub anthology: &'a Anthology,
    pub fonts: &'a Fonts,
    pub layout: &'a Layout,
    pub labels: &'static Labels,
    pub shaper: Shaper<'a>,
    pub structure: Structure,
    pub links: Vec<GalleyLink>,
    /// The notes of the chapter that is being set.
    pub notes: &'a [Note],
    pub note_lines: Vec<Vec<Line>>,
    /// By note: whether it is set, or waits to be.
    pub notes_begun: Vec<bool>,
    pub notes_waiting: VecDeque<usize>,
    pub is_setting_note: bool,
    /// How long lines of notes are.
    pub note_measure: f32,
    pub turned: Option<Turned>,
    /// The place of the text that comes next; `None` for text that stands in no edition but this.
    pub reading: Option<TextPlace>,
    pub lines: Vec<Line>,
    /// Paragraphs among the lines that can be set otherwise.
    pub paragraphs: Vec<Paragraph>,
    pub hyphens: Vec<(Type, Arc<ShapedText>)>,
    pub formulas: FormulaStore,
    /// Formulas of the division that no line has room for.
    pub wide_formulas: Vec<String>,
    /// Space to leave before the next line.
    pub pending_space: f32,
    /// What is listed at the place of the next line.
    pub pending_list: Vec<Listed>,
}

/// The room and the manner in which blocks are set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// From the left edge of the text block.
    pub left: f32,
    pub measure: f32,
    /// What the blocks become children of.
    pub element: ElementId,
    pub style: TextStyle,
    pub leading: f32,
    pub align: Align,
    pub right_to_left: bool,
    /// How many quotations, lists and the like stand around.
    pub depth: u8,
    /// Whether lines stand on the grid of body text.
    pub on_grid: bool,
}

impl Frame {
    /// A narrower frame inside this one.
    pub fn inset(self, left: f32, right: f32) -> Self {
        let (left, right) = if self.right_to_left { (right, left) } else { (left, right) };
        Frame {
            left: self.left + left,
            measure: (self.measure - left - right).max(self.style.size * 6.0),
            depth: self.depth + 1,
            ..self
        }
    }

    pub fn shape(&self) -> Shape {
        Shape {
            left: self.left,
            measure: self.measure,
            align: self.align,
            leading: self.leading,
            size: self.style.size,
            right_to_left: self.right_to_left,
        }
    }

    pub fn within(self, element: ElementId) -> Self {
        Frame { element, ..self }
    }
}

impl<'a> Compositor<'a> {
    pub fn new(anthology: &'a Anthology, fonts: &'a Fonts, layout: &'a Layout, lexicon: &'a Lexicon) -> Self {
        Compositor {
            anthology,
            fonts,
            layout,
            labels: Labels::of(&anthology.metadata.language),
            shaper: Shaper::new(fonts, Exceptions::new(&anthology.hyphenation), lexicon),
            structure: Structure::default(),
            links: Vec::new(),
            notes: &[],
            note_lines: Vec::new(),
            notes_begun: Vec::new(),
            notes_waiting: VecDeque::new(),
            is_setting_note: false,
            note_measure: layout.measure,
            turned: None,
            reading: None,
            lines: Vec::new(),
            paragraphs: Vec::new(),
            hyphens: Vec::new(),
            formulas: FormulaStore::default(),
            wide_formulas: Vec::new(),
            pending_space: 0.0,
            pending_list: Vec::new(),
        }
    }

    /// Begins a division, whose structure is one element of `role`, and gives its outermost frame.
    pub fn begin(&mut self, role: Role, language: &str, notes: &'a [Note]) -> Frame {
        self.structure = Structure::new(language);
        self.structure.elements[0].role = role;
        if language == self.anthology.metadata.language {
            self.structure.elements[0].language = None;
        }
        self.links = Vec::new();
        self.notes = notes;
        self.note_lines = vec![Vec::new(); notes.len()];
        self.notes_begun = vec![false; notes.len()];
        self.reading = None;
        self.lines = Vec::with_capacity(LINES);
        self.paragraphs = Vec::new();
        self.pending_space = 0.0;
        self.turned = None;
        self.pending_list.clear();
        let kind = Type::new(self.layout.family, Style::Regular);
        Frame {
            left: 0.0,
            measure: self.layout.measure,
            element: self.structure.root(),
            style: TextStyle::new(kind, self.layout.size, language),
            leading: self.layout.leading,
            align: self.alignment(),
            right_to_left: language_tag::is_right_to_left(language),
            depth: 0,
            on_grid: true,
        }
    }

    /// How running text is set.
    pub fn alignment(&self) -> Align {
        if self.layout.ragged { Align::Ragged } else { Align::Justify }
    }

    /// Counts the text that follows from `origin` on.
    pub fn read_from(&mut self, origin: Origin) {
        self.reading = Some(TextPlace::start_of(origin));
    }

    /// The place of text of this length, which counts as read from now on.
    pub fn read(&mut self, length: usize) -> Option<TextPlace> {
        let place = self.reading;
        if let Some(reading) = &mut self.reading {
            reading.offset += length;
        }
        place
    }

    /// Ends a division.
    pub fn finish(&mut self) -> Galley {
        Galley {
            lines: std::mem::take(&mut self.lines),
            notes: std::mem::take(&mut self.note_lines),
            links: std::mem::take(&mut self.links),
            paragraphs: std::mem::take(&mut self.paragraphs),
            pagination: None,
            wide_formulas: std::mem::take(&mut self.wide_formulas),
            structure: std::mem::take(&mut self.structure),
        }
    }

    /// The leaf that text of `element` goes to: the one at its end, or a new one.
    pub fn leaf(&mut self, element: ElementId) -> ContentId {
        match self.structure.elements[element.0].children.last() {
            Some(Child::Content(id)) => *id,
            _ => self.structure.add_content(element),
        }
    }

    /// Asks for at least this much space before the next line.
    pub fn space(&mut self, amount: f32) {
        self.pending_space = self.pending_space.max(amount);
    }

    /// Lists what comes next by its caption.
    pub fn list(&mut self, is_table: bool, caption: &[Inline<Resolved>]) {
        let caption = short_caption(&plain_text(caption));
        if !caption.is_empty() && !self.is_setting_note {
            self.pending_list.push(Listed { is_table, caption });
        }
    }

    /// Appends lines that belong together, with the space that was asked for above the first.
    pub fn push_lines(&mut self, lines: impl IntoIterator<Item = Line>) {
        for mut line in lines {
            if !self.lines.is_empty() {
                line.space += self.pending_space;
            }
            self.pending_space = 0.0;
            line.listed.append(&mut self.pending_list);
            self.lines.push(line);
        }
    }

    /// Keeps the lines from `start` on together with what follows them.
    pub fn keep_together(&mut self, start: usize, with_next: bool) {
        let end = if with_next { self.lines.len() } else { self.lines.len().saturating_sub(1) };
        if let Some(lines) = self.lines.get_mut(start..end) {
            for line in lines {
                line.keep_with_next = true;
            }
        }
    }
}

/// A caption as lists have it: without the full stop at its end; its first sentence, or its first words, if it is long.
fn short_caption(caption: &str) -> String {
    const LONGEST: usize = 100;
    let words: Vec<&str> = caption.split_whitespace().collect();
    let whole = words.join(" ");
    if whole.chars().count() <= LONGEST {
        return whole.trim_end_matches('.').to_owned();
    }
    if let Some(end) = whole.find(". ").filter(|end| *end <= LONGEST) {
        return whole[..end].to_owned();
    }
    let mut short: String = whole.chars().take(LONGEST).collect();
    short.truncate(short.rfind(' ').unwrap_or(short.len()));
    short + " …"
}
