//! A chapter's first letter, as high as several lines.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow, Ink, TextStyle, has_right_to_left};
use super::furniture::paint_word;
use super::justify::{LineEnd, break_lines, line_start};
use super::paragraph::Shape;
use crate::anthology::Resolved;
use crate::document::{Inline, plain_text};
use crate::paged_book::{Item as Painted, Meaning, Role};

/// Between the initial and the text, in ems of the text.
const GAP: f32 = 0.3;
/// Signs to a line of this many ems, at most: a paragraph of fewer is too short for an initial.
const SIGNS_PER_EM: f32 = 2.4;

/// What a paragraph begins with.
struct Opening<'t> {
    /// Quotation marks before the letter.
    quotes: &'t str,
    letter: &'t str,
    rest: &'t str,
}

impl Compositor<'_> {
    /// Sets a chapter's first paragraph with the initial that the theme asks for. False if it has none: then
    /// nothing is set.
    pub fn set_with_initial(&mut self, content: &[Inline<Resolved>], frame: Frame) -> bool {
        let depth = self.layout.initial;
        let [Inline::Text(first), others @ ..] = content else { return false };
        let text = plain_text(content);
        let least = (depth + 1) as f32 * frame.measure / frame.style.size * SIGNS_PER_EM;
        let is_long = text.chars().take(least as usize + 1).count() as f32 > least;
        let Some(opening) = find_opening(first).filter(|_| depth > 1 && is_long) else { return false };
        if frame.right_to_left || has_right_to_left(&text) {
            return false;
        }

        let element = self.structure.add(frame.element, Role::Paragraph);
        let meaning = Meaning::Content(self.leaf(element));
        self.read(opening.quotes.len() + opening.letter.len());
        let (items, width) = self.paint_initial(&opening, depth, meaning, frame.style);
        let mut flow = Flow::default();
        let context = Context::new(frame.style, element);
        self.flow_inlines(&mut flow, &[Inline::Text(opening.rest.to_owned())], context);
        self.flow_inlines(&mut flow, others, context);
        flow.finish();

        let indent = width + frame.style.size * GAP;
        let shape = frame.shape();
        let narrow = Shape { left: shape.left + indent, measure: shape.measure - indent, ..shape };
        let mut ends = break_lines(&flow.items, &self.justification(&narrow)).ends;
        ends.truncate(depth);
        let next = ends.last().map_or(0, |end| line_start(&flow.items, end.item));
        let below = break_lines(&flow.items[next..], &self.justification(&shape)).ends;
        ends.extend(below.into_iter().map(|end| LineEnd { item: end.item + next, ..end }));
        let mut lines = self.set_lines(&flow, |line| if line < depth { narrow } else { shape }, &ends);
        for (index, line) in lines.iter_mut().enumerate() {
            line.on_grid = frame.on_grid;
            // Nothing parts the initial from the lines beside it.
            line.keep_with_next |= index + 1 < depth;
        }
        if let Some(line) = lines.first_mut() {
            line.beside = items;
        }
        self.push_lines(lines);
        self.set_notes(&flow, frame);
        true
    }

    /// The letter, whose foot stands on the last line beside it and whose head is level with the capitals of
    /// the first; quotation marks hang before it. Tells its width.
    fn paint_initial(
        &mut self,
        opening: &Opening<'_>,
        depth: usize,
        meaning: Meaning,
        style: TextStyle,
    ) -> (Vec<Painted>, f32) {
        let drop = self.layout.leading * (depth - 1) as f32;
        let capital = (self.shaper.metrics(style.kind).cap_height / 1000.0).max(0.1);
        let size = style.size + drop / capital;
        let style = style.unhyphenated();
        let mut items = Vec::new();
        let quotes = self.shaper.word(opening.quotes, style.kind, None, false);
        let quotes_width = quotes.width * style.size / 1000.0;
        let ink = Ink { style, meaning, link: None };
        items.extend(paint_word(&quotes, &ink, -quotes_width - style.size * 0.05, 0.0, 0.0));
        let letter = self.shaper.word(opening.letter, style.kind, None, false);
        let ink = Ink { style: TextStyle { size, ..style }, ..ink };
        items.extend(paint_word(&letter, &ink, 0.0, -drop, 0.0));
        (items, letter.width * size / 1000.0)
    }
}

/// The letter that a text begins with, if it can stand alone.
fn find_opening(text: &str) -> Option<Opening<'_>> {
    let is_quote = |character: char| matches!(character, '“' | '‘' | '"' | '\'' | '„' | '«' | '‹');
    let body = text.trim_start_matches(is_quote);
    let (quotes, _) = text.split_at(text.len() - body.len());
    let letter = body.chars().next().filter(|letter| letter.is_uppercase())?;
    let after = &body[letter.len_utf8()..];
    let joined = |character: char| matches!(character, '\u{300}'..='\u{36F}' | '\u{200D}');
    let rest = after.trim_start_matches(joined);
    // A letter alone is a word: its space would be lost.
    let goes_on = rest.chars().next().is_some_and(|next| next.is_alphabetic() || matches!(next, '’' | '\''));
    let letter = &body[..body.len() - rest.len()];
    goes_on.then_some(Opening { quotes, letter, rest })
}

#[cfg(test)]
mod tests {
    use super::find_opening;

    fn parts(text: &str) -> Option<(&str, &str, &str)> {
        find_opening(text).map(|opening| (opening.quotes, opening.letter, opening.rest))
    }

    #[test]
    fn quotation_marks_stand_before_the_letter() {
        assert_eq!(parts("At five"), Some(("", "A", "t five")));
        assert_eq!(parts("“‘Come,’ she"), Some(("“‘", "C", "ome,’ she")));
        assert_eq!(parts("E\u{301}tude"), Some(("", "E\u{301}", "tude")));
        assert_eq!(parts("L’heure"), Some(("", "L", "’heure")));
    }

    #[test]
    fn what_is_no_capital_of_a_word_stays_as_it_is() {
        for text in ["", "“", "7 lamps", "a lamp", "A lamp", "…And"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
