//! The tail of a citation: after the title, elements in whatever order the author's style has them.
//!
//! Each is recognised by its own marks (a term, a form, brackets). Text between them that has no marks
//! is given its part by where it stands.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look};
use super::extents;
use super::identifiers::Identifier;
use super::names;
use super::numbers;
use super::tokens::Kind;

/// Brackets within brackets.
const DEEPEST: usize = 3;

/// The separators before an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    /// The last mark, or a space.
    pub(super) mark: char,
    pub(super) is_stop: bool,
}

impl Draft<'_> {
    /// Reads elements from `at` to the end of the view, or to where something else begins.
    pub(super) fn read_tail(&mut self, mut at: usize) {
        self.end = at;
        loop {
            let (gap, next) = self.skip_gap(at);
            if next >= self.view.end || self.stops_at(next, gap) {
                break;
            }
            let after = self.read_element(next, gap).max(next + 1);
            at = after;
            self.end = after.min(self.view.end);
        }
    }

    fn skip_gap(&mut self, mut at: usize) -> (Gap, usize) {
        let view = self.view;
        let mut gap = Gap { mark: ' ', is_stop: false };
        loop {
            match view.kind(at) {
                Kind::Mark(
                    mark @ (',' | '.' | ';' | ':' | '–' | '—' | '-' | '|' | '/' | '?' | '!' | '·'),
                ) => {
                    gap.is_stop |= view.is_stop(at) || (mark == '.' && view.is_spaced(at + 1));
                    if mark == '/' && view.is(at + 1, '/') {
                        self.expects_container = true;
                    }
                    gap.mark = mark;
                }
                Kind::Mark(')') => {}
                _ => return (gap, at),
            }
            at += 1;
        }
    }

    /// Whether the source ends before `at`: a signal, another source or a sentence about it follows.
    fn stops_at(&self, at: usize, gap: Gap) -> bool {
        let view = self.view;
        if self.depth > 0 {
            return false;
        }
        // A bare address is a source of its own.
        if self.title == Look::Missing && self.work.url.is_some() && view.identifier(at).is_some() {
            return true;
        }
        if view.term(at, Concepts::QUOTED).is_some() && self.last != Element::Head {
            return gap.mark != ' ' || self.is_complete();
        }
        let is_signal = view.term(at, Concepts::SIGNAL).is_some()
            && matches!(
                view.folded(at),
                "see"
                    | "cf"
                    | "vgl"
                    | "siehe"
                    | "voir"
                    | "vedi"
                    | "véase"
                    | "zob"
                    | "см"
                    | "compare"
                    | "but"
                    | "cfr"
                    | "zie"
                    | "and"
            );
        if is_signal && gap.mark != ' ' && (view.folded(at) != "and" || self.is_complete()) {
            return true;
        }
        if !self.is_complete() {
            return false;
        }
        // `…, pp. 44–45, y, en otro sentido, …`
        if view.has(at, Concepts::AND) && !view.is_capital(at) && gap.mark == ',' && view.is(at + 1, ',') {
            return true;
        }
        if view.has(at, Concepts::AND)
            && (view.emphasis(at + 1).is_some()
                || view.link(at + 1).is_some()
                || super::heads::starts_strongly(view, at + 1))
        {
            return true;
        }
        let tells_original = view.opens(at, '(') && view.term(at + 1, Concepts::ORIGINAL).is_some();
        if gap.is_stop && !tells_original && extents::is_sentence(view, at) {
            return true;
        }
        // `[Title](…) – what it is about`
        if self.title == Look::Linked
            && gap.mark != ','
            && view.kind(at) == Kind::Word
            && !view.is_capital(at)
            && self.last == Element::Title
        {
            return view
                .term(at, Concepts::ACCESSED | Concepts::AVAILABLE | Concepts::IN | Concepts::EDITOR)
                .is_none();
        }
        // A sentence goes on in small letters: `*Deschooling Society* (1971, p. 12), school is a ritual`.
        let is_known = view.get(at).is_none_or(|token| {
            token.concepts.has(Concepts::TAIL)
                || token.phrase.1 > 1
                || view.is_capital(at + 1)
                || view.is(at + 1, '.')
        });
        if gap.mark == ','
            && view.kind(at) == Kind::Word
            && !view.is_capital(at)
            && !is_known
            && matches!(self.last, Element::Date | Element::Pages | Element::Publisher | Element::Place)
            && (self.work.date.is_some() || self.locator.is_some() || self.pages.is_some())
        {
            return true;
        }
        // `…, 23, argues that`; `… (London, 1999), which`
        let is_small = view.kind(at) == Kind::Word && !view.is_capital(at);
        is_small
            && (view.has(at, Concepts::VERB)
                || matches!(
                    view.folded(at),
                    "which"
                        | "who"
                        | "where"
                        | "for"
                        | "but"
                        | "although"
                        | "with"
                        | "as"
                        | "wo"
                        | "qui"
                        | "che"
                        | "que"
                        | "und"
                        | "and"
                        | "is"
                        | "zum"
                        | "to"
                ))
            && view
                .term(at, Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::AVAILABLE | Concepts::ACCESSED)
                .is_none()
            && !(view.folded(at) == "with" && names::natural(view, at + 1).is_some())
    }

    fn read_element(&mut self, at: usize, gap: Gap) -> usize {
        let view = self.view;
        if let Some(next) = self.read_marked(at, gap) {
            return next;
        }
        match view.kind(at) {
            Kind::Open('(') => return self.read_group(at),
            Kind::Open('[') => return self.read_square(at),
            _ => {}
        }
        let number = self.read_number(at, gap);
        if let Some(next) = number {
            return next;
        }
        if let Some(next) = self.read_publication(at).or_else(|| self.read_span(at)) {
            return next;
        }
        self.read_unmarked(at, gap)
    }

    /// Elements that begin with a term or have a form of their own.
    fn read_marked(&mut self, at: usize, gap: Gap) -> Option<usize> {
        let view = self.view;
        if let Some(identifier) = view.identifier(at) {
            self.set_identifier(identifier);
            return Some(at + 1);
        }
        if let Some(link) = view.link(at)
            && self.work.url.is_none()
        {
            // The words of the link are read too, unless they only say `online`.
            self.set_identifier(&Identifier::Url(link.address.clone()));
            let is_title = self.title == Look::Missing;
            let says_nothing =
                link.last == at + 1 && view.has(at, Concepts::MEDIUM | Concepts::AVAILABLE | Concepts::LABEL);
            if says_nothing || is_title {
                return Some(link.last);
            }
        }
        if let Some(next) = self.read_access(at) {
            return Some(next);
        }
        if let Some(next) = view.term(at, Concepts::DATED)
            && let Some((date, after)) = dates::read(view, if view.is(next, ':') { next + 1 } else { next })
        {
            if self.work.date.as_ref().is_some_and(|known| known.year.is_some()) {
                self.add_note(view.text(at, after));
            } else {
                self.set_date(date);
            }
            return Some(after);
        }
        // `s.v. ‘culture’`: the entry of a dictionary.
        if view.folded(at) == "s" && view.is(at + 1, '.') && view.folded(at + 2) == "v" {
            let first = if view.is(at + 3, '.') { at + 4 } else { at + 3 };
            let (text, next) = super::earlier::marked_title(view, first)?;
            self.add_note(format!("s.v. {text}"));
            self.evidence += 20;
            return Some(next);
        }
        // `PubMed PMID: 16060722`
        if let Some(label) = view.term(at, Concepts::DATABASE).filter(|next| view.has(*next, Concepts::LABEL))
        {
            return Some(label);
        }
        if view.has(at, Concepts::LABEL)
            && let Some(next) = view.term(at, Concepts::LABEL)
        {
            let next = if view.is(next, ':') { next + 1 } else { next };
            if view.identifier(next).is_some()
                || view.number(next).is_some() && view.raw(at).chars().all(|c| c.is_uppercase())
            {
                if view.identifier(next).is_none() {
                    self.add_note(view.text(at, next + 1));
                    return Some(next + 1);
                }
                return Some(next);
            }
        }
        self.read_edition(at)
            .or_else(|| self.read_contributor(at))
            .or_else(|| self.read_in(at, gap))
            .or_else(|| self.read_term_number(at))
            .or_else(|| self.read_kind(at))
            .or_else(|| {
                let month = view.month(at).filter(|_| view.is_capital(at) && self.work.date.is_some())?;
                let ends =
                    matches!(view.kind(at + 1), Kind::Mark(',' | '.' | ';') | Kind::Close(_) | Kind::End);
                (ends && dates::read(view, at).is_none()).then(|| {
                    self.set_month(month);
                    at + 1
                })
            })
            .or_else(|| {
                let (date, next) = dates::read(view, at)?;
                // `Web. 3 Nov. 2014`
                if self.hints.is_visited && date.month.is_some() && self.work.accessed.is_none() {
                    self.work.accessed = Some(date);
                    return Some(next);
                }
                self.reads_date(at, next).then(|| {
                    self.set_date(date);
                    // `2006²`: the edition of that year.
                    let edition = "¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| view.is(next, digit));
                    match edition.filter(|_| !view.is_spaced(next)) {
                        Some(place) => {
                            self.work.edition.get_or_insert((place + 1).to_string());
                            next + 1
                        }
                        None => next,
                    }
                })
            })
    }

    /// Whether the date is one: a bare year may be a volume or page.
    fn reads_date(&self, at: usize, next: usize) -> bool {
        let view = self.view;
        let bare = next == at + 1 && view.kind(at) == Kind::Number;
        // `2016 IEEE Conference` is a name.
        if bare
            && view.is_capital(next)
            && !view.has(next, Concepts::PAGE | Concepts::CITY | Concepts::ISSUE)
            && self.work.container.is_none()
            && self.title == Look::Quoted
        {
            return false;
        }
        !bare
            || self.work.date.is_none()
            || !matches!(self.last, Element::Volume | Element::Issue | Element::Date)
    }

    /// `accessed 3 May 2020`, `Retrieved May 3, 2020, from`, `Available at:`
    fn read_access(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        if let Some(mut next) = view.term(at, Concepts::ACCESSED) {
            while view.is(next, ':')
                || matches!(
                    view.folded(next),
                    "on" | "am" | "le" | "el" | "il" | "em" | "op" | "the" | "dnia" | "at" | "d"
                )
            {
                next += 1;
            }
            // Only English has a month before its day.
            let is_english = matches!(
                view.folded(at),
                "accessed" | "retrieved" | "viewed" | "visited" | "last" | "cited" | "access" | "date"
            );
            let found = if is_english { None } else { dates::day_first_numeric(view, next) };
            if let Some((date, next)) = found.or_else(|| dates::read(view, next)) {
                self.work.accessed = Some(date);
                self.evidence += 5;
                self.last = Element::Other;
                let next = if view.is(next, ',') && view.has(next + 1, Concepts::AVAILABLE) {
                    next + 2
                } else {
                    next
                };
                return Some(next);
            }
        }
        let next = view.term(at, Concepts::AVAILABLE)?;
        let mut address = next;
        while matches!(view.kind(address), Kind::Mark(':' | '.' | ','))
            || matches!(view.folded(address), "the" | "as" | "pdf" | "von" | "unter")
        {
            address += 1;
        }
        let leads = view.identifier(address).is_some() || view.link(address).is_some();
        let is_alone = matches!(view.folded(at), "online" | "available" | "disponible" | "url" | "link")
            && matches!(view.kind(next), Kind::Mark(',' | '.' | ':') | Kind::End | Kind::Close(_));
        (leads || is_alone && view.get(at)?.concepts.has(Concepts::AVAILABLE)).then_some(if leads {
            address
        } else {
            next
        })
    }

    /// A bracket: dates, places, editors, whatever; read as a text of its own.
    fn read_group(&mut self, at: usize) -> usize {
        let view = self.view;
        let Some(mate) = view.mate(at) else { return at + 1 };
        let inner = view.until(mate);
        // The issue after the volume.
        if self.last == Element::Volume
            && let Some(next) = numbers::numeral(inner, at + 1)
            && next == mate
            && dates::year(inner, at + 1).is_none()
        {
            self.set_issue(at + 1, mate);
            return mate + 1;
        }
        // `(1re éd. 1990)`, `(orig. 1930)`: another edition than the one cited.
        let year_at = (at + 1..mate).rev().find(|at| dates::year(inner, *at).is_some());
        let tells_other = inner.term(at + 1, Concepts::ORIGINAL).is_some()
            || (at + 1..mate).any(|at| inner.has(at, Concepts::EDITION))
                && self.work.date.is_some()
                && year_at.is_some();
        if tells_other && !(at..mate).any(|at| inner.is(at, ':')) {
            self.add_note(inner.text(at + 1, mate));
            self.last = Element::Other;
            return mate + 1;
        }
        if self.read_series_group(at, mate) {
            return mate + 1;
        }
        // `(April)`: the month of a year that is told.
        if let Some(month) = view.month(at + 1).filter(|_| mate == at + 2) {
            self.set_month(month);
            return mate + 1;
        }
        self.read_inside(at, mate)
    }

    fn read_inside(&mut self, at: usize, mate: usize) -> usize {
        if self.depth >= DEEPEST {
            self.add_unexplained(at, mate + 1);
            return mate + 1;
        }
        let outer = self.view;
        let end = self.end;
        self.view = outer.until(mate);
        self.depth += 1;
        self.read_tail(at + 1);
        self.depth -= 1;
        self.view = outer;
        self.end = end;
        mate + 1
    }

    /// `[Internet]`, `[cited 2023 Mar 4]`, `[Unpublished master's thesis]`
    fn read_square(&mut self, at: usize) -> usize {
        let view = self.view;
        let Some(mate) = view.mate(at) else { return at + 1 };
        let inner = view.until(mate);
        let first = at + 1;
        let is_known = inner
            .term(
                first,
                Concepts::ACCESSED | Concepts::AVAILABLE | Concepts::THESIS | Concepts::MEDIUM | Concepts::IN,
            )
            .is_some()
            || dates::read(inner, first).is_some();
        if let Some(next) =
            inner.term(first, Concepts::IN).filter(|next| inner.is(*next, ':') || *next == mate)
            && next + 1 >= mate
        {
            return self
                .read_in(first, Gap { mark: ',', is_stop: false })
                .map_or(mate + 1, |next| next.max(mate + 1));
        }
        // `https://… [13.04.2011]`
        if let Some((date, _)) =
            dates::read(inner, first).filter(|(date, next)| *next == mate && date.day.is_some())
            && self.work.url.is_some()
            && self.work.accessed.is_none()
        {
            self.work.accessed = Some(date);
            return mate + 1;
        }
        // `[Hanoi]: Vietnam National University`
        if view.is(mate + 1, ':') && self.work.place.is_none() && (first..mate).all(|at| view.is_capital(at))
        {
            self.set_place(view.text(first, mate));
            return mate + 1;
        }
        let is_city = extents::city(inner, first) == Some(mate) && self.work.place.is_none();
        if is_known && inner.term(first, Concepts::IN).is_none() || is_city {
            // What stands around an aside belongs together: `2018 [cited 2020 May 4];75(11):801–7`.
            let last = self.last;
            let next = self.read_inside(at, mate);
            let is_aside =
                inner.term(first, Concepts::ACCESSED | Concepts::DATED | Concepts::MEDIUM).is_some();
            if is_aside && last != Element::Head {
                self.last = last;
            }
            return next;
        }
        // What the author adds in brackets describes the source; a known medium may be among it.
        if let Some(medium) = (first..mate).find(|at| inner.has(*at, Concepts::MEDIUM)) {
            self.take_medium(medium);
        } else {
            self.unexplained += inner.weight(first, mate) / 2;
        }
        self.add_note(inner.text(first, mate));
        self.last = Element::Other;
        mate + 1
    }
}
