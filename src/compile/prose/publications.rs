//! Places and publishers: `London: Verso`, `Paris, Gallimard`, `Verso, London`.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look};
use super::extents;
use super::tokens::Kind;
use super::view::View;

/// A name of a publisher is not longer, in tokens.
const LONGEST_NAME: usize = 16;

impl Draft<'_> {
    /// `Place: Publisher`, and `Place Year`.
    pub(super) fn read_publication(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        if self.expects_container {
            return None;
        }
        if let Some((colon, first)) = extents::publication(view, at)
            && (self.title != Look::Missing || self.depth > 0)
            && self.work.publisher.is_none()
        {
            // `Yale University Press: New Haven 2019`
            if extents::has_publisher(view, at)
                && extents::city(view, at).is_none()
                && let Some(end) = extents::city(view, first)
            {
                self.set_publisher(view.text(at, colon), 20);
                self.set_place(view.text(first, end));
                return Some(end);
            }
            let place = view.text(at, colon);
            let end = self.publisher_extent(first);
            // `Forerunners: Ideas First. Minneapolis: …`: a series, before the place and publisher.
            let is_series = view.is(end, '.')
                && extents::city(view, at).is_none()
                && !extents::has_publisher(view, first)
                && extents::publication(view, end + 1).is_some();
            if is_series && self.work.series.is_none() {
                self.set_series(at, end);
                return Some(end);
            }
            self.set_place(place);
            let text = view.text(first, end);
            self.set_publisher(text, 20);
            return Some(end);
        }
        let end = extents::city(view, at)?;
        if self.work.place.is_some() {
            return None;
        }
        // A city alone may be a site's or journal's name, were it not for what stands before it.
        let is_placed = self.last != Element::Title
            || self.title == Look::Emphasised
            || dates::year(view, end).is_some()
            || self.depth > 0
            || view.is(end, ',');
        if !is_placed || self.title == Look::Missing && self.depth == 0 {
            return None;
        }
        let mut end = end;
        // `Nairobi, Kenya`: a country before the year.
        if view.is(end, ',')
            && view.is_capital(end + 1)
            && view.is(end + 2, ',')
            && dates::year(view, end + 3).is_some()
            && view.term(end + 1, Concepts::PUBLISHER).is_none()
            && (self.work.publisher.is_some() || self.hints.has_in && self.work.container.is_some())
        {
            end += 2;
        }
        // The stop is the sentence's, unless it cuts the word short.
        let is_stop = view.is(end - 1, '.')
            && view.letters(end.saturating_sub(2)) > 3
            && !view.has(end.saturating_sub(2), Concepts::REGION);
        self.set_place(view.text(at, if is_stop { end - 1 } else { end }));
        // `Paris, Gallimard, 1975`
        if view.is(end, ',') && self.work.publisher.is_none() && view.is_capital(end + 1) {
            let first = end + 1;
            let last = self.publisher_extent(first);
            let is_name = last > first
                && last - first <= LONGEST_NAME
                && (dates::read(view, last + 1).is_some() && view.is(last, ',')
                    || dates::year(view, last).is_some()
                    || extents::has_publisher(view, first));
            if is_name && dates::read(view, first).is_none() {
                let text = view.text(first, last);
                self.set_publisher(text, 15);
                return Some(last);
            }
        }
        Some(end)
    }

    /// How far the publisher's name goes, which may have commas in it.
    pub(super) fn publisher_extent(&self, at: usize) -> usize {
        let view = self.view;
        let mut next = at;
        while next < at + LONGEST_NAME * 2 {
            match view.kind(next) {
                Kind::Mark(',') => {
                    let company = matches!(
                        view.folded(next + 1),
                        "ltd" | "inc" | "llc" | "co" | "gmbh" | "ag" | "limited" | "corp"
                    ) && view.is_capital(next + 1);
                    let goes_on = company || is_list_of_partners(view, next + 1);
                    if !goes_on {
                        return next;
                    }
                    next += usize::from(company);
                    if company && view.is(next + 1, '.') {
                        next += 1;
                    }
                }
                Kind::Mark('.') if view.is_stop(next) => return next,
                Kind::Mark(';' | ':' | '—' | '–' | '|')
                | Kind::Open(_)
                | Kind::Close(_)
                | Kind::End
                | Kind::Identifier => return next,
                Kind::Number | Kind::Mixed if dates::year(view, next).is_some() && next > at => return next,
                Kind::Mark('.') if dates::year(view, next + 1).is_some() && view.letters(next - 1) > 3 => {
                    return next;
                }
                _ if view.emphasis(next).is_some() => return next,
                _ => {}
            }
            next += 1;
        }
        next.min(view.end)
    }
}

/// `Straus and Giroux` after a comma: names that a publisher's is made of.
fn is_list_of_partners(view: View, at: usize) -> bool {
    let mut next = at;
    let mut joints = 0;
    while next < at + 8 {
        match view.kind(next) {
            Kind::Word if view.has(next, Concepts::AND) && !view.is_capital(next) => joints += 1,
            Kind::Mark('&') => joints += 1,
            Kind::Word if view.is_capital(next) => {}
            _ => break,
        }
        next += 1;
    }
    joints == 1
        && next > at + 2
        && (view.is(next, ',') || matches!(view.kind(next), Kind::Mark('.') | Kind::End | Kind::Close(_)))
        && extents::city(view, at).is_none()
}
