//! Text of a tail that has no marks: journals, publishers, events, by where it stands.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look, title_text};
use super::elements::Gap;
use super::extents::{self, Extent};
use super::names;
use super::stretches::Follower;
use super::tokens::Kind;
use super::view::View;

/// A name of a publisher is not longer, in tokens.
const LONGEST_NAME: usize = 16;
const LONGEST_SUBTITLE: usize = 40;

impl Draft<'_> {
    /// Emphasised and quoted text.
    pub(super) fn read_span(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        let (first, last, next, look) = if let Some(end) = view.emphasis(at) {
            (at, end, end, Look::Emphasised)
        } else {
            let (first, last, next) = view.quoted(at)?;
            (first, last, next, Look::Quoted)
        };
        let is_database =
            look == Look::Emphasised && view.term(at, Concepts::DATABASE).is_some_and(|end| end + 1 >= next);
        if self.title == Look::Missing && self.work.container.is_none() && self.hints.named.is_none() {
            self.set_title(title_text(view, first, last), look);
        } else if is_database && self.work.container.is_some() {
            self.add_note(view.text(first, last));
            self.last = Element::Other;
        } else if self.work.container.is_none()
            && look == Look::Emphasised
            && (self.title != Look::Emphasised || self.expects_container)
        {
            self.take_container(first, last, look);
            if view.folded(next) == "podcast" {
                self.hints.named.get_or_insert(super::Kind::Podcast);
                return Some(next + 1);
            }
        } else if look == Look::Quoted
            && (self.expects_container
                || matches!(self.title, Look::Plain | Look::Quoted)
                    && self.container == Look::Missing
                    && self.work.publisher.is_none())
        {
            self.take_container(first, last, look);
        } else if self.title == Look::Emphasised
            && self.work.volume.is_some()
            && self.work.container.is_none()
        {
            self.add_note(view.text(first, last));
        } else {
            self.add_unexplained(first, last);
        }
        Some(next)
    }

    /// Text without marks of its own.
    pub(super) fn read_unmarked(&mut self, at: usize, gap: Gap) -> usize {
        let view = self.view;
        if let Some(next) = self.read_series(at) {
            return next;
        }
        let end = self
            .abbreviated_end(at, gap)
            .or_else(|| self.journal_end(at))
            .unwrap_or_else(|| self.chunk_end(at));
        if end == at {
            return at + 1;
        }
        if self.title == Look::Plain
            && self.last == Element::Title
            && gap.is_stop
            && self.work.date.is_none()
            && view.is_capital(at)
            && let Some(end) = self.subtitle_end(at)
            && let Some(title) = &mut self.work.title
        {
            title.push_str(". ");
            title.push_str(&view.text(at, end));
            return end;
        }
        // A title goes on after a stop when a place is the next that can be told.
        let is_subtitle = self.title == Look::Plain
            && self.last == Element::Title
            && gap.is_stop
            && self.is_listed()
            && self.work.date.is_none()
            && view.is_capital(at)
            && end < at + LONGEST_SUBTITLE;
        if is_subtitle
            && matches!(view.kind(end), Kind::Mark('.' | ','))
            && (extents::publication(view, end + 1).is_some()
                || extents::city(view, end + 1).is_some_and(|city| dates::year(view, city).is_some()))
            && let Some(title) = &mut self.work.title
        {
            title.push_str(". ");
            title.push_str(&view.text(at, end));
            return end;
        }
        let begins_small = view.has(at, Concepts::PARTICLE | Concepts::FUNCTION)
            && view.is_capital(at + 1)
            && matches!(gap.mark, ',' | ':')
            && dates::year(view, if view.is(end, ',') { end + 1 } else { end }).is_some();
        // `selección y prólogo de Roque Scarpa`: what somebody did for it.
        if view.kind(at) == Kind::Word && !view.is_capital(at) && !begins_small {
            let by = (at..end)
                .find(|at| view.has(*at, Concepts::BY | Concepts::FUNCTION) && view.is_capital(*at + 1));
            let ends_named =
                by.is_some_and(|by| names::natural(view, by + 1).is_some_and(|names| names.next >= end));
            if ends_named {
                self.add_note(view.text(at, end));
                self.last = Element::Contributor;
                return end;
            }
        }
        let is_name = view.is_capital(at)
            || view.has(at, Concepts::SITE)
            || begins_small
            || matches!(view.kind(at), Kind::Number | Kind::Mixed)
                && self.last == Element::Title
                && view.is_capital(at + 1);
        if !is_name || end - at > LONGEST_NAME {
            self.add_unexplained(at, end);
            return end;
        }
        let follower = self.follower(end);
        // `The Arden Shakespeare, Third Series (Walton-on-Thames: …)`
        let bracket = (end..end + 8)
            .find(|at| !matches!(view.kind(*at), Kind::Word | Kind::Mark(',') | Kind::Number))
            .unwrap_or(end);
        if self.title == Look::Emphasised
            && view.is(end, ',')
            && bracket > end
            && self.work.series.is_none()
            && self.work.publisher.is_none()
            && self.depth == 0
            && !(end..bracket).any(|at| dates::year(view, at).is_some())
            && self.follower(bracket) == Follower::Publication
            && view.opens(bracket, '(')
        {
            self.set_series(at, bracket);
            return bracket;
        }
        // `NICE guideline [NG136]`: a number of the source.
        if self.is_listed()
            && view.opens(end, '[')
            && view.mate(end) == Some(end + 2)
            && view.raw(end + 1).bytes().any(|b| b.is_ascii_digit())
            && view.raw(end + 1).bytes().any(|b| b.is_ascii_uppercase())
        {
            self.add_note(view.text(at, end + 3));
            return end + 3;
        }
        let has_marked_container = self.has_emphasis_ahead(end);
        let is_periodical = follower == Follower::Volume && self.work.volume.is_none();
        let is_publisher =
            extents::has_publisher(view, at) && !(at..end).any(|at| view.has(at, Concepts::PERIODICAL));
        // `Prev Med (Baltim). 2020`
        let end = match view.mate(end) {
            Some(mate)
                if self.is_listed()
                    && view.opens(end, '(')
                    && mate == end + 2
                    && view.is_capital(end + 1)
                    && view.is(mate + 1, '.')
                    && dates::year(view, mate + 2).is_some() =>
            {
                mate + 1
            }
            _ => end,
        };
        let text = view.text(at, end);
        if self.expects_container {
            let end = extents::plain_extent(view, at, Extent::Container);
            self.take_container(at, end, Look::Plain);
            return end;
        }
        let wants_container = self.container == Look::Missing
            && !has_marked_container
            && (self.title != Look::Emphasised
                && (self.title != Look::Missing || self.hints.named == Some(super::Kind::Letter)))
            && self.work.publisher.is_none()
            && self.hints.named != Some(super::Kind::Thesis)
            && self.work.place.is_none();
        if wants_container && self.last != Element::Contributor {
            let says_so = (at..end).any(|at| view.has(at, Concepts::PERIODICAL | Concepts::CONFERENCE));
            let by_place = match (self.title, follower) {
                _ if is_periodical => true,
                (Look::Quoted, Follower::FullDate | Follower::Address) => true,
                (Look::Quoted, _) => !is_publisher,
                // What a link leads to is on some site.
                (Look::Linked, Follower::End | Follower::Year) => !is_publisher,
                // What a letter is kept or printed in.
                (Look::Missing, _) => true,
                (_, Follower::Pages) => !is_publisher,
                (_, Follower::Address) => !is_publisher && (says_so || !self.is_corporate_publisher(at, end)),
                (_, Follower::FullDate) => !is_publisher,
                _ => says_so && !is_publisher && follower != Follower::End,
            };
            if by_place {
                let points = if is_periodical { 7 } else { 0 };
                self.evidence += points;
                self.take_container(at, end, Look::Plain);
                return end;
            }
        }
        let is_series = self.work.series.is_none()
            && self.title == Look::Emphasised
            && follower == Follower::Publication
            && self.work.publisher.is_none()
            && end > at + 1;
        if is_series {
            self.set_series(at, end);
            return end;
        }
        // `…, 2016. Berlin Family Lectures.`
        let is_last = self.is_listed()
            && gap.is_stop
            && self.work.series.is_none()
            && self.work.publisher.is_some()
            && self.work.date.is_some()
            && self.title == Look::Emphasised
            && end > at + 1
            && follower == Follower::End;
        if is_last {
            self.set_series(at, end);
            return end;
        }
        // `Dept. of Physics, University of X`: the last is the publisher.
        if self.hints.named == Some(super::Kind::Thesis)
            && self.work.publisher.is_some()
            && self.work.place.is_none()
            && is_organisation(view, at, end)
        {
            // `School of Oriental and African Studies, University of London`
            if let Some(former) = self.work.publisher.take() {
                let is_department = former.starts_with("Dep");
                if is_department {
                    self.add_note(former);
                    self.work.publisher = Some(text);
                } else {
                    self.work.publisher = Some(format!("{former}, {text}"));
                }
            }
            return end;
        }
        // `(Haarlem 1919)`
        let is_place = self.depth > 0
            && !is_publisher
            && self.work.place.is_none()
            && dates::year(view, end).is_some()
            && end - at <= 3
            && !(at..end).any(|at| view.has(at, Concepts::ORGANISATION));
        if is_place && self.hints.named != Some(super::Kind::Thesis) {
            self.set_place(text);
            return end;
        }
        // `(NIST AI 100-1)`, `HFE-1`: some number of the source.
        let has_number = (at..end).any(|at| view.raw(at).bytes().any(|b| b.is_ascii_digit()));
        let is_aside = self.depth > 0 && !matches!(follower, Follower::Year | Follower::FullDate);
        let is_periodical = (at..end).any(|at| view.has(at, Concepts::PERIODICAL));
        if self.depth > 0
            && is_periodical
            && !is_publisher
            && self.work.container.is_none()
            && self.title != Look::Emphasised
        {
            self.take_container(at, end, Look::Plain);
            return end;
        }
        // `A24, 2017`
        let is_coded = self.depth == 0
            && follower == Follower::Year
            && self.title == Look::Emphasised
            && self.work.publisher.is_none()
            && view.kind(at) == Kind::Word;
        if (is_aside || has_number && !is_coded) && !is_publisher {
            let end = if self.depth > 0 && gap.mark == ' ' { view.end } else { end };
            self.unexplained += view.weight(at, end) / 2;
            self.add_note(view.text(at, end));
            return end;
        }
        if self.work.publisher.is_none()
            && !has_marked_container
            && (self.title != Look::Missing || self.work.container.is_some() || self.depth > 0)
        {
            let end = if self.depth > 0 || view.is(end, ',') { self.publisher_extent(at) } else { end };
            let points = if is_publisher {
                15
            } else if matches!(follower, Follower::Year | Follower::FullDate)
                || self.depth > 0
                || view.is(end, ',') && extents::city(view, end + 1).is_some()
            {
                10
            } else {
                3
            };
            if points == 3 {
                self.unexplained += view.weight(at, end) / 4;
            }
            let text = view.text(at, end);
            // Where a paper was read.
            let is_event = self.hints.named == Some(super::Kind::Conference)
                && (at..end).any(|at| view.has(at, Concepts::CONFERENCE));
            if is_event && self.work.container.is_none() {
                self.take_container(at, end, Look::Plain);
            } else {
                self.set_publisher(text, points);
            }
            return end;
        }
        if self.work.publisher.is_some()
            && self.work.place.is_none()
            && end - at <= 3
            && self.last == Element::Publisher
            && gap.mark == ','
        {
            self.set_place(text);
            return end;
        }
        self.add_unexplained(at, end);
        end
    }

    pub(super) fn is_corporate_publisher(&self, at: usize, end: usize) -> bool {
        let text = self.view.text(at, end);
        self.work.authors.iter().any(|author| author.family == text)
    }
}

fn is_organisation(view: View, at: usize, end: usize) -> bool {
    (at..end).any(|at| view.has(at, Concepts::ORGANISATION) || view.folded(at) == "univ")
}
