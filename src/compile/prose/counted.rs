//! Numbers in the tail of a citation: volumes, issues, pages, divisions, with their terms or without.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look};
use super::elements::Gap;
use super::numbers;
use super::tokens::Kind;
use super::{Kind as WorkKind, Label, Locator};

impl Draft<'_> {
    /// Numbers that follow their term: volumes, issues, pages, chapters.
    pub(super) fn read_term_number(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        if matches!(
            view.folded(at),
            "at" | "hier"
                | "here"
                | "bes"
                | "insb"
                | "esp"
                | "especially"
                | "qui"
                | "ici"
                | "aquí"
                | "tu"
                | "zde"
        ) && (self.pages.is_some() || self.is_complete())
        {
            let (locator, next) = super::earlier::locator(view, at + 1)?;
            self.set_locator(locator);
            return Some(next);
        }
        if let Some(next) = self.read_total(at) {
            return Some(next);
        }
        if view.has(at, Concepts::VOLUME) {
            let number = view.term(at, Concepts::VOLUME)?;
            if let Some(next) = numbers::numeral(view, number) {
                self.set_volume(number, next, 12);
                // `vol. 1, *An Introduction*`
                if self.title == Look::Emphasised
                    && self.work.container.is_none()
                    && view.is(next, ',')
                    && let Some(end) = view.emphasis(next + 1)
                {
                    self.add_note(view.text(next + 1, end));
                    return Some(end);
                }
                return Some(self.read_bracketed_issue(next));
            }
        }
        // `63e année`
        if view.kind(at) == Kind::Mixed && view.has(at + 1, Concepts::VOLUME) && view.raw(at + 1).len() > 3 {
            let digits: String = view.raw(at).chars().take_while(char::is_ascii_digit).collect();
            self.work.volume.get_or_insert(digits);
            self.last = Element::Volume;
            self.evidence += 8;
            return view.term(at + 1, Concepts::VOLUME);
        }
        if view.has(at, Concepts::ISSUE) || view.is(at, '№') {
            let mut number = view.term(at, Concepts::ISSUE).unwrap_or(at + 1);
            while matches!(view.kind(number), Kind::Mark('°' | 'º' | 'ᵒ')) {
                number += 1;
            }
            if let Some(next) = numbers::numeral(view, number)
                && !self.is_series_number()
            {
                // `nr 3 (221)`: of the year, and of all.
                let is_double = view.opens(next, '(')
                    && view.mate(next) == Some(next + 2)
                    && view.number(next + 1).is_some()
                    && dates::year(view, next + 1).is_none();
                let next = if is_double { next + 3 } else { next };
                self.set_issue(number, next);
                return Some(next);
            }
            if let Some(next) = numbers::numeral(view, number) {
                self.add_note(view.text(at, next));
                return Some(next);
            }
        }
        if let Some(mut pages) = numbers::paged(view, at) {
            let next = numbers::further(view, pages.next, &mut pages.text);
            self.set_pages(pages);
            return Some(next);
        }
        if let Some((locator, next)) = numbers::division(view, at) {
            self.set_locator(locator);
            return Some(next);
        }
        None
    }

    fn is_series_number(&self) -> bool {
        self.work.series.is_some() || matches!(self.hints.named, Some(WorkKind::Report))
    }

    /// `3 vols.`, `212 p.`, `300 с.`: how much there is of it.
    fn read_total(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        // `24pp`
        if view.kind(at) == Kind::Mixed && view.raw(at).ends_with("pp") {
            self.add_note(view.text(at, at + 1));
            self.last = Element::Other;
            return Some(at + 1);
        }
        view.number(at)?;
        let is_total = view.has(at + 1, Concepts::PAGE | Concepts::VOLUME)
            && !view.is_capital(at + 1)
            && view.raw(at + 1) != "v"
            || matches!(view.folded(at + 1), "min" | "pp" | "seiten");
        let next = view.term(at + 1, Concepts::PAGE | Concepts::VOLUME | Concepts::DIVISION)?;
        let ends =
            !matches!(view.kind(next), Kind::Number | Kind::Mixed) && !numbers::is_roman(view.raw(next));
        if !is_total
            || !ends
            || view.letters(at + 1) == 1 && !view.is(at + 2, '.') && view.get(at + 2).is_some()
        {
            return None;
        }
        self.add_note(view.text(at, next));
        self.last = Element::Other;
        Some(next)
    }

    /// Numbers without a term: what they count is said by what stands before them.
    pub(super) fn read_number(&mut self, at: usize, gap: Gap) -> Option<usize> {
        let view = self.view;
        let is_periodical =
            self.work.container.is_some() || self.title == Look::Plain && self.work.publisher.is_none();
        let is_numbered_year = || {
            let group =
                numbers::numeral(view, at).filter(|next| view.opens(*next, '(') || view.opens(*next, '['));
            group.and_then(|group| view.mate(group)).is_some_and(|mate| {
                dates::read(view.until(mate), at + 2).is_some_and(|(_, next)| next == mate)
            })
        };
        let can_be_volume = self.work.volume.is_none()
            && self.pages.is_none()
            && is_periodical
            && (!self.hints.has_in || is_numbered_year());
        if can_be_volume
            && matches!(self.last, Element::Container | Element::Date)
            && gap.mark != ':'
            && let Some(next) = numbers::numeral(view, at)
            && (view.kind(at) != Kind::Word || !view.is(next, '.'))
        {
            // `17, 4 (Dec. 1985), 471–523`
            let issue = numbers::numeral(view, next + 1)
                .filter(|end| view.is(next, ',') && view.number(next + 1).is_some() && view.opens(*end, '('));
            if let Some(end) = issue.filter(|end| dates::read(view, *end + 1).is_some()) {
                self.set_volume(at, next, 15);
                self.set_issue(next + 1, end);
                return Some(end);
            }
            let is_followed = view.opens(next, '(')
                || view.opens(next, '[') && dates::year(view, next + 1).is_some()
                || matches!(view.kind(next), Kind::Mark(':'))
                || matches!(view.kind(next), Kind::Mark(',' | '.'))
                    && (numbers::pages(view, next + 1).is_some()
                        || view.has(next + 1, Concepts::ISSUE | Concepts::PAGE)
                        || numbers::paged(view, next + 1).is_some()
                        || view.month(next + 1).is_some())
                || view.has(next, Concepts::ISSUE | Concepts::PAGE)
                || view.folded(next) == "suppl"
                || self.last == Element::Container && gap.mark == ' ';
            if is_followed {
                self.set_volume(at, next, 15);
                if view.is(next, '.')
                    && !view.is_spaced(next)
                    && !view.is_spaced(next + 1)
                    && let Some(after) = numbers::numeral(view, next + 1)
                {
                    self.set_issue(next + 1, after);
                    return Some(after);
                }
                if view.folded(next) == "suppl" {
                    let end = numbers::numeral(view, next + 1).unwrap_or(next + 1);
                    self.set_issue(next, end);
                    return Some(end);
                }
                return Some(self.read_bracketed_issue(next));
            }
        }
        // `XLI (2013), 2, pp. 201–204`
        if self.work.volume.is_some()
            && self.work.issue.is_none()
            && self.last == Element::Date
            && view.number(at).is_some()
            && view.is(at + 1, ',')
            && view.has(at + 2, Concepts::PAGE)
            && numbers::paged(view, at + 2).is_some()
        {
            self.set_issue(at, at + 1);
            return Some(at + 1);
        }
        // `SN: 7927` is a number of something else.
        if self.last == Element::Other && gap.mark == ':' {
            return None;
        }
        // A year is neither page nor volume, unless a colon says so.
        if gap.mark != ':' && dates::year(view, at).is_some() {
            return None;
        }
        let (locator, next) = numbers::formed(view, at)?;
        if gap.mark == ' ' && self.last == Element::Title {
            self.set_locator(locator);
            return Some(next);
        }
        // `ii. 412`: a volume and a page
        if matches!(view.raw(at).bytes().next(), Some(b'i' | b'v' | b'x'))
            && numbers::is_roman(view.raw(at))
            && view.is(at + 1, '.')
            && view.number(at + 2).is_some()
            && self.work.volume.is_none()
            && self.is_complete()
        {
            self.set_volume(at, at + 1, 5);
            return Some(at + 2);
        }
        let is_extent = view.opens(next, '(') && matches!(self.last, Element::Volume | Element::Issue);
        let ends = is_extent
            || matches!(
                view.kind(next),
                Kind::Mark(',' | '.' | ';') | Kind::End | Kind::Close(_) | Kind::Open(_)
            )
            || view.term(next, Concepts::QUOTED).is_some();
        // `A24`, `3D`: a code is a page only where pages are to be expected.
        if view.kind(at) == Kind::Word
            && !numbers::is_roman(view.raw(at))
            && gap.mark != ':'
            && self.work.volume.is_none()
        {
            return None;
        }
        let is_placed = self.work.date.is_some()
            || self.work.publisher.is_some()
            || self.work.container.is_some()
            || self.work.volume.is_some()
            || self.title == Look::Emphasised && self.depth == 0;
        if !ends
            || !is_placed
            || gap.mark == ' '
                && !matches!(
                    self.last,
                    Element::Volume | Element::Issue | Element::Date | Element::Publisher | Element::Place
                )
        {
            return None;
        }
        let pages = numbers::pages(view, at)?;
        if locator.label == Label::Page || self.work.volume.is_some() {
            self.set_pages(pages);
        } else {
            self.set_locator(Locator { label: locator.label, value: locator.value });
        }
        Some(next)
    }

    /// `(3)` after a volume, spaced or not; a year there is none.
    pub(super) fn read_bracketed_issue(&mut self, at: usize) -> usize {
        let view = self.view;
        let Some(mate) = view.mate(at).filter(|_| view.opens(at, '(')) else { return at };
        let inner = view.until(mate);
        let number = inner.term(at + 1, Concepts::ISSUE).unwrap_or(at + 1);
        let is_issue = numbers::numeral(inner, number) == Some(mate)
            || mate <= number + 4 && (number..mate).any(|at| inner.folded(at).starts_with("suppl"));
        if is_issue && dates::year(inner, number).is_none() {
            self.set_issue(number, mate);
            return mate + 1;
        }
        at
    }
}
