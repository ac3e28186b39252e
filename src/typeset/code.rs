//! Listings: lines as the author broke them, told apart by weight, slant and grey, for print has no colours.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, Ink, TextStyle, place_after};
use super::galley::Line;
use super::highlight::{Lexeme, Token, scan};
use super::justify::Item;
use super::paragraph::Align;
use super::table_columns::widths;
use crate::fonts::Style;
use crate::paged_book::{ElementId, Item as Painted, Meaning, Role, Rule, TextPlace};

/// What stands before the rest of a line that was too long.
const TURNOVER: &str = "→";
/// How far such a rest is indented below its line, in columns.
const TURNOVER_COLUMNS: f32 = 3.0;
const SHADE: f32 = 0.94;
const TAB: usize = 4;

/// The manner of a listing's lines.
struct Listing<'a> {
    text: &'a str,
    tokens: &'a [Token],
    frame: Frame,
    element: ElementId,
}

impl Compositor<'_> {
    pub fn set_code(&mut self, language: Option<&str>, text: &str, frame: Frame) {
        self.space(self.layout.leading * 0.7);
        let paragraph = self.structure.add(frame.element, Role::Paragraph);
        let element = self.structure.add(paragraph, Role::Code);
        let size = self.layout.small;
        let padding = size * 0.6;
        let inner = Frame {
            style: TextStyle { size: size / 0.88, ..frame.style }.mono(),
            leading: size * 1.35,
            align: Align::Ragged,
            right_to_left: false,
            left: frame.left + padding,
            measure: frame.measure - 2.0 * padding,
            ..frame
        };
        let start = self.lines.len();
        let place = self.read(text.len());
        let text = text.trim_end_matches('\n');
        let tokens = scan(language, text);
        let listing = Listing { text, tokens: &tokens, frame: inner, element };
        let (mut at, mut token) = (0, 0);
        for line in text.split('\n') {
            while tokens.get(token).is_some_and(|known| known.end <= at) {
                token += 1;
            }
            self.set_code_line(&listing, at..at + line.len(), token, place_after(place, at));
            at += line.len() + 1;
        }
        self.shade(start, padding, frame);
        // Two lines at least stand on either side of a page's end.
        let last = self.lines.len().saturating_sub(2);
        for index in [start, last] {
            if let Some(line) = self.lines.get_mut(index).filter(|_| index >= start && index <= last) {
                line.keep_with_next = true;
            }
        }
        self.space(self.layout.leading * 0.7);
    }

    /// Sets one of the author's lines; what finds no room goes on below, behind a sign that says so. `token` is the
    /// first that may stand in it.
    fn set_code_line(
        &mut self,
        listing: &Listing<'_>,
        range: std::ops::Range<usize>,
        token: usize,
        place: Option<TextPlace>,
    ) {
        let frame = listing.frame;
        let line = &listing.text[range.clone()];
        let code = line.trim_start();
        let column = self.shaper.metrics(frame.style.kind).space * frame.style.size / 1000.0;
        let blank = line.len() - code.len();
        let columns: usize =
            line[..blank].chars().map(|character| if character == '\t' { TAB } else { 1 }).sum();
        let indent = (column * columns as f32).min(frame.measure / 2.0);
        let mut flow = Flow::default();
        let mut at = range.start + blank;
        for known in listing.tokens.iter().skip(token).take_while(|known| known.start < range.end) {
            let (start, end) = (known.start.max(at), known.end.min(range.end));
            if start < end {
                let context = Context::new(frame.style, listing.element);
                let before = place_after(place, at - range.start);
                self.flow_verbatim(&mut flow, &listing.text[at..start], before, context);
                let context = Context::new(style_of(known.lexeme, frame.style), listing.element);
                let here = place_after(place, start - range.start);
                self.flow_verbatim(&mut flow, &listing.text[start..end], here, context);
                at = end;
            }
        }
        let context = Context::new(frame.style, listing.element);
        let rest = place_after(place, at - range.start);
        self.flow_verbatim(&mut flow, &listing.text[at.min(range.end)..range.end], rest, context);
        if !flow.finish() {
            let (height, baseline) = (frame.leading, frame.leading * 0.75);
            self.push_lines([Line { height, baseline, ..Line::default() }]);
            return;
        }
        // Code stands in columns: nothing hangs into the margin.
        for item in &mut flow.items {
            if let Item::Box { hang_left, hang_right, .. } = item {
                (*hang_left, *hang_right) = (0.0, 0.0);
            }
        }
        let mut shape = frame.shape();
        shape.left += indent;
        shape.measure -= indent;
        let (_, natural) = widths(&flow.items);
        let hang = column * TURNOVER_COLUMNS;
        if natural > shape.measure {
            shape.measure -= hang;
        }
        let (mut lines, _) = self.set_paragraph(&flow, &shape);
        for line in lines.iter_mut().skip(1) {
            line.shift(hang, 0.0);
            line.items.extend(self.turnover(frame.style, shape.left + column * 0.5));
        }
        self.push_lines(lines);
    }

    /// The sign before the rest of a line: no part of the text.
    fn turnover(&mut self, style: TextStyle, x: f32) -> Vec<Painted> {
        let style = TextStyle { gray: 0.45, ..style };
        let word = self.shaper.word(TURNOVER, style.kind, None, false);
        let ink = Ink { style, meaning: Meaning::Decoration, link: None };
        super::furniture::paint_word(&word, &ink, x, 0.0, 0.0)
    }

    /// Lays a shade behind the lines from `start` on.
    fn shade(&mut self, start: usize, padding: f32, frame: Frame) {
        let last = self.lines.len().saturating_sub(1);
        for (index, line) in self.lines.iter_mut().enumerate().skip(start) {
            let top = if index == start { padding / 2.0 } else { 0.0 };
            let bottom = if index == last { padding / 2.0 } else { 0.0 };
            let shade = Rule {
                x: frame.left,
                y: line.baseline - line.height - bottom,
                width: frame.measure,
                height: line.height + top + bottom,
                gray: SHADE,
                meaning: Meaning::Decoration,
            };
            line.items.insert(0, Painted::Rule(shade));
        }
    }
}

/// Keywords are bold, remarks slanted and grey, quoted text is grey.
fn style_of(lexeme: Lexeme, style: TextStyle) -> TextStyle {
    let mut style = style;
    match lexeme {
        Lexeme::Keyword => style.kind.style = Style::Bold,
        Lexeme::Comment => {
            style.kind.style = Style::Italic;
            style.gray = 0.36;
        }
        Lexeme::Quoted => style.gray = 0.36,
    }
    style
}
