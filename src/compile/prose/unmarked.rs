//! Text of a tail that has no marks: places, publishers, journals, series, by where it stands.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look, title_text};
use super::elements::Gap;
use super::extents::{self, Extent};
use super::names;
use super::numbers;
use super::tokens::Kind;
use super::view::View;

/// A name of a publisher is not longer, in tokens.
const LONGEST_NAME: usize = 16;
const LONGEST_SUBTITLE: usize = 40;

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
    fn publisher_extent(&self, at: usize) -> usize {
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
        let end = self.abbreviated_end(at, gap).unwrap_or_else(|| self.chunk_end(at));
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
            } else if matches!(follower, Follower::Year | Follower::FullDate) || self.depth > 0 {
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

    fn is_corporate_publisher(&self, at: usize, end: usize) -> bool {
        let text = self.view.text(at, end);
        self.work.authors.iter().any(|author| author.family == text)
    }

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
    fn read_series(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        let next = view.term(at, Concepts::SERIES)?;
        let (text, end) = super::earlier::marked_title(view, next)?;
        self.work.series = Some(text);
        self.evidence += 5;
        self.last = Element::Other;
        Some(end)
    }

    /// `IEEE Trans. Parallel Distrib. Syst., vol. 3`: between commas, stops only cut words short.
    fn abbreviated_end(&self, at: usize, gap: Gap) -> Option<usize> {
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

    /// The stop after a subtitle, which an edition, a translator or an editor follows.
    fn subtitle_end(&self, at: usize) -> Option<usize> {
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
    fn chunk_end(&self, at: usize) -> usize {
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

    fn has_emphasis_ahead(&self, at: usize) -> bool {
        (at..self.view.end.min(at + 30)).any(|at| self.view.emphasis(at).is_some())
    }

    /// What follows a stretch of text says what it is.
    fn follower(&self, at: usize) -> Follower {
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
enum Follower {
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

fn is_organisation(view: View, at: usize, end: usize) -> bool {
    (at..end).any(|at| view.has(at, Concepts::ORGANISATION) || view.folded(at) == "univ")
}
