//! How far a stretch of plain text in a tail goes, and what follows it, which tells what it is.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Look};
use super::elements::Gap;
use super::extents;
use super::names;
use super::numbers;
use super::tokens::Kind;

/// A name of a publisher or journal is not longer, in tokens.
const LONGEST_NAME: usize = 16;
const LONGEST_SUBTITLE: usize = 40;

impl Draft<'_> {
    /// `IEEE Trans. Parallel Distrib. Syst., vol. 3`: between commas, stops only cut words short.
    pub(super) fn abbreviated_end(&self, at: usize, gap: Gap) -> Option<usize> {
        let view = self.view;
        if self.title != Look::Quoted || self.work.container.is_some() || gap.is_stop && gap.mark != ',' {
            return None;
        }
        let mut next = at;
        let mut stops = 0;
        while next < at + LONGEST_NAME {
            match view.kind(next) {
                Kind::Word if view.emphasis(next).is_some() => return None,
                Kind::Word | Kind::Number | Kind::Mixed | Kind::Mark('&' | '-' | '\'' | '’') => {}
                Kind::Mark('.') => stops += 1,
                Kind::Mark(',') => {
                    let is_numbered = view.has(next + 1, Concepts::VOLUME | Concepts::ISSUE | Concepts::PAGE)
                        || view.number(next + 1).is_some()
                        || extents::city(view, next + 1).is_some()
                        || dates::read(view, next + 1).is_some();
                    return (stops > 0 && is_numbered).then_some(next);
                }
                _ => return None,
            }
            next += 1;
        }
        None
    }

    /// `Learning, Media and Technology, 45(1)`: a journal that enumerates, up to its volume.
    pub(super) fn journal_end(&self, at: usize) -> Option<usize> {
        let view = self.view;
        if self.work.container.is_some() || self.title == Look::Emphasised || !view.is_capital(at) {
            return None;
        }
        let is_text = |at: usize| {
            view.is_capital(at) && view.emphasis(at).is_none()
                || view.has(at, Concepts::AND | Concepts::FUNCTION)
                || matches!(view.kind(at), Kind::Mark(',' | '&'))
        };
        let number = (at..at + LONGEST_NAME).find(|at| !is_text(*at))?;
        let is_volume = view.number(number).is_some()
            && dates::year(view, number).is_none()
            && (view.opens(number + 1, '(') || view.is(number + 1, ':'));
        let end = if view.is(number.checked_sub(1)?, ',') { number - 1 } else { number };
        let comma = (at..end).find(|at| view.is(*at, ','))?;
        let joins = (comma..end).any(|at| view.has(at, Concepts::AND) || view.is(at, '&'));
        (is_volume && joins).then_some(end)
    }

    /// The stop after a subtitle, which an edition, a translator or an editor follows.
    pub(super) fn subtitle_end(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let is_text = |at: usize| {
            matches!(view.kind(at), Kind::Word | Kind::Mark(',' | ':' | '–' | '—' | '-' | '\'' | '’'))
        };
        let end = (at..at + LONGEST_SUBTITLE).find(|at| !is_text(*at))?;
        let next = end + 1;
        let is_edition =
            view.number(next).is_some() && (next + 1..next + 6).any(|at| view.has(at, Concepts::EDITION));
        let is_role = view
            .term(next, Concepts::EDITOR | Concepts::TRANSLATOR)
            .is_some_and(|after| after > next + 1 && view.is_capital(next));
        // `Suhrkamp, Berlin 2016`
        let comma = (next..next + 5).find(|at| !view.is_capital(*at) && !view.is(*at, '&')).unwrap_or(next);
        let is_published = comma > next
            && view.is(comma, ',')
            && extents::city(view, comma + 1).is_some_and(|city| {
                dates::year(view, if view.is(city, ',') { city + 1 } else { city }).is_some()
            });
        let is_followed = is_edition || is_role || is_published;
        (view.is(end, '.') && view.is_stop(end) && is_followed).then_some(end)
    }

    /// The end of the words that belong together: the next mark, span or number that counts.
    pub(super) fn chunk_end(&self, at: usize) -> usize {
        let view = self.view;
        let mut next = at;
        while view.get(next).is_some() {
            let is_end = match view.kind(next) {
                Kind::Mark('.') => view.is_stop(next),
                Kind::Mark(',' | ';' | ':' | '|' | '?' | '!') => true,
                Kind::Mark('–' | '—' | '-') => view.is_spaced(next),
                Kind::Mark('/') => view.is(next + 1, '/'),
                Kind::Open('"') | Kind::Open('(') | Kind::Open('[') | Kind::Close(_) | Kind::Identifier => {
                    true
                }
                Kind::Number => {
                    let is_series = view.is(next + 1, '.') && extents::publication(view, next + 2).is_some();
                    next > at
                        && !is_series
                        && (dates::year(view, next).is_some()
                            || matches!(
                                view.kind(next + 1),
                                Kind::Mark(',' | ':' | '.') | Kind::Open('(') | Kind::End
                            )
                            || view.has(next + 1, Concepts::ISSUE))
                }
                Kind::Word => {
                    next > at && (view.emphasis(next).is_some() || view.link(next).is_some())
                        || next > at
                            && view.has(next, Concepts::VOLUME | Concepts::ISSUE)
                            && view.is(next + 1, '.')
                            && view.number(next + 2).is_some()
                        || next > at && view.month(next).is_some() && dates::read(view, next).is_some()
                }
                _ => false,
            };
            if is_end && next > at {
                break;
            }
            next += 1;
            if next > at + LONGEST_NAME * 4 {
                break;
            }
        }
        next
    }

    pub(super) fn has_emphasis_ahead(&self, at: usize) -> bool {
        (at..self.view.end.min(at + 30)).any(|at| self.view.emphasis(at).is_some())
    }

    /// What follows a stretch of text says what it is.
    pub(super) fn follower(&self, at: usize) -> Follower {
        let view = self.view;
        if view.opens(at, '(') {
            let mate = view.mate(at).unwrap_or(at);
            let inner = view.until(mate);
            if (at + 1..mate).any(|at| inner.is(at, ':') || inner.has(at, Concepts::PUBLISHER)) {
                return Follower::Publication;
            }
            return if dates::year(inner, at + 1).is_some() { Follower::Volume } else { Follower::Other };
        }
        let mut next = at;
        while matches!(view.kind(next), Kind::Mark(',' | '.' | ':' | ';')) {
            next += 1;
        }
        if view.get(next).is_none() {
            return Follower::End;
        }
        if view.is(at, '.') && extents::publication(view, next).is_some() {
            return Follower::Publication;
        }
        // `Novos Estudos, São Paulo, n. 79`: the place of a periodical stands before its number.
        if view.is(at, ',')
            && let Some(end) = extents::city(view, next).filter(|end| view.is(*end, ','))
            && view.has(end + 1, Concepts::VOLUME | Concepts::ISSUE)
        {
            return Follower::Volume;
        }
        if view.identifier(next).is_some()
            || view.term(next, Concepts::AVAILABLE | Concepts::ACCESSED).is_some()
            || view.opens(next, '[')
                && view.term(next + 1, Concepts::MEDIUM | Concepts::ACCESSED | Concepts::AVAILABLE).is_some()
        {
            return Follower::Address;
        }
        let is_listed = view.is(at, '.') || view.is(at, ',') || view.is(at, ';') || next == at;
        if let Some((date, after)) = dates::read(view, next) {
            // `2020;12(3)`, `2020, 12(3)`
            let is_volume = matches!(view.kind(after), Kind::Mark(';'))
                && numbers::numeral(view, after + 1).is_some()
                || matches!(view.kind(after), Kind::Mark(',' | ':' | '.'))
                    && (numbers::numeral(view, after + 1)
                        .is_some_and(|end| view.opens(end, '(') || view.is(end, ':'))
                        || view.has(after + 1, Concepts::ISSUE | Concepts::VOLUME)
                            && view.number(after + 3).is_some());
            return if is_volume {
                Follower::Volume
            } else if date.month.is_some() {
                Follower::FullDate
            } else {
                Follower::Year
            };
        }
        if view.has(next, Concepts::PAGE) && numbers::paged(view, next).is_some() {
            return Follower::Pages;
        }
        let is_numbered = view.term(next, Concepts::VOLUME | Concepts::ISSUE).is_some_and(|after| {
            view.has(next, Concepts::VOLUME | Concepts::ISSUE) && numbers::numeral(view, after).is_some()
        });
        let is_number = numbers::numeral(view, next).is_some_and(|end| {
            view.opens(end, '(')
                || matches!(view.kind(end), Kind::Mark(',' | ':'))
                || next == at && matches!(view.kind(end), Kind::Mark('.'))
        });
        if is_listed && (is_numbered || is_number && !view.is(at, '.')) {
            return Follower::Volume;
        }
        if names::natural(view, next).is_none() && numbers::pages(view, next).is_some() {
            return Follower::Pages;
        }
        Follower::Other
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follower {
    Volume,
    Pages,
    Year,
    FullDate,
    Address,
    /// A bracket with place and publisher.
    Publication,
    End,
    Other,
}
