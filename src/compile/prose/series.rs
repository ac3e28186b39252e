//! Series: `coll. « Le sens commun »`, `(= Politica, Bd. 4)`, `Posthumanities 41`.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, title_text};
use super::tokens::Kind;

impl Draft<'_> {
    /// A series without the number in it.
    pub(super) fn set_series(&mut self, at: usize, end: usize) {
        let view = self.view;
        let mut last = end;
        while last > at + 1
            && (matches!(view.kind(last - 1), Kind::Number | Kind::Mark('.' | ',' | '/' | '°' | '-'))
                || view.has(last - 1, Concepts::VOLUME | Concepts::ISSUE))
        {
            last -= 1;
        }
        self.work.series = Some(title_text(view, at, last));
        if last < end {
            self.add_note(view.text(last, end));
        }
        self.last = Element::Other;
    }

    /// `(de Gruyter Texte)`, `(= Politica, Bd. 4)` after the publication.
    pub(super) fn read_series_group(&mut self, at: usize, mate: usize) -> bool {
        let view = self.view;
        let first = if view.is(at + 1, '=') { at + 2 } else { at + 1 };
        let is_placed = self.work.publisher.is_some() || self.work.place.is_some();
        let is_series = is_placed
            && self.work.series.is_none()
            && self.depth == 0
            && matches!(self.last, Element::Date | Element::Publisher | Element::Place)
            && (view.kind(first) == Kind::Word || view.opens(first, '"'))
            && view.weight(first, mate) > 3
            && (first..mate).all(|at| {
                matches!(
                    view.kind(at),
                    Kind::Word
                        | Kind::Number
                        | Kind::Mixed
                        | Kind::Mark(_)
                        | Kind::Open('"')
                        | Kind::Close('"')
                )
            })
            && !(first..mate).any(|at| dates::year(view, at).is_some())
            && (first..mate).any(|at| view.is_capital(at) || view.number(at).is_some())
            && !view.has(
                first,
                Concepts::ORIGINAL
                    | Concepts::ACCESSED
                    | Concepts::EDITION
                    | Concepts::MEDIUM
                    | Concepts::PAGE,
            );
        if is_series {
            self.set_series(first, mate);
        }
        is_series
    }

    /// `coll. « Le sens commun »`, `Reihe Campus`
    pub(super) fn read_series(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        let next = view.term(at, Concepts::SERIES)?;
        let (text, end) = super::earlier::marked_title(view, next)?;
        self.work.series = Some(text);
        self.evidence += 5;
        self.last = Element::Other;
        Some(end)
    }
}
