//! How far text without marks goes: up to where an element is recognised.

use super::concepts::{Concepts, meaning};
use super::dates;
use super::numbers;
use super::tokens::Kind;
use super::view::View;

/// A name of a publisher or journal is not longer, in tokens.
const LONGEST_NAME: usize = 16;

/// What a stretch of plain text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// A title in a list: up to a full stop.
    ListTitle,
    /// A title in a note: up to a comma that an element follows.
    NoteTitle,
    Container,
}

/// How far plain text goes before an element is recognised.
pub(super) fn plain_extent(view: View, at: usize, extent: Extent) -> usize {
    let mut next = at;
    let mut first_comma = None;
    while view.get(next).is_some() {
        match view.kind(next) {
            Kind::Mark('.') if extent == Extent::NoteTitle && goes_on_after_stop(view, next) => {}
            // `That's just good teaching! The case for pedagogy.`
            Kind::Mark('?' | '!') if extent == Extent::ListTitle && is_exclamation(view, next) => {}
            Kind::Mark('.' | '?' | '!' | '…') if view.is_stop(next) => {
                return if view.is(next, '.') { next } else { next + 1 };
            }
            Kind::Mark('.')
                if extent != Extent::NoteTitle
                    && view.is_spaced(next + 1)
                    && view.number(next + 1).is_some_and(|it| it > 999) =>
            {
                return next;
            }
            Kind::Mark(',') => {
                // `for 240 causes of death, 1990–2013. Lancet.`: years of which the title tells.
                let is_span = extent == Extent::ListTitle
                    && dates::year(view, next + 1).is_some_and(|(_, end)| {
                        matches!(view.kind(end), Kind::Mark('–' | '-')) && view.is(end + 2, '.')
                    });
                if next > at && !is_span && is_element(view, next + 1) {
                    return next;
                }
                first_comma = first_comma.or(Some(next));
            }
            Kind::Mark(';')
                if extent != Extent::ListTitle
                    || publication(view, next + 1).is_some()
                    || has_publisher(view, next + 1) =>
            {
                return next;
            }
            Kind::Mark('/')
                if view.is(next + 1, '/')
                    || view.is_spaced(next)
                        && view.term(next + 1, Concepts::TRANSLATOR | Concepts::EDITOR).is_some() =>
            {
                return next;
            }
            Kind::Mark('—') if view.is_spaced(next) && next > at && view.is_stop(next - 1) => return next,
            Kind::Mark(':') if extent == Extent::Container && numbers::pages(view, next + 1).is_some() => {
                return next;
            }
            Kind::Open('(') => {
                let mate = view.mate(next).unwrap_or(next);
                if next > at && (group_ends(view, next, mate)) {
                    return next;
                }
                next = mate;
            }
            Kind::Open('[') if next > at => return next,
            Kind::Identifier => return next,
            Kind::Number
                if extent == Extent::Container
                    && next > at
                    && (view.opens(next + 1, '(')
                        || view.opens(next + 1, '[')
                        || view.is(next + 1, ':')
                        || view.is(next + 1, '/')
                            && view.number(next + 2).is_some()
                            && !view.is_spaced(next + 2)) =>
            {
                return next;
            }
            _ if next > at && view.emphasis(next).is_some() && extent != Extent::NoteTitle => return next,
            _ => {}
        }
        next = view.skip(next);
    }
    match (extent, first_comma) {
        (Extent::NoteTitle, Some(comma)) if next - at > LONGEST_NAME * 3 => comma,
        _ => next,
    }
}

/// More of the title follows: words only, then a stop, then a marked element.
fn is_exclamation(view: View, at: usize) -> bool {
    let is_text = |at: usize| {
        matches!(view.kind(at), Kind::Word | Kind::Mixed | Kind::Mark(',' | ':' | '-' | '\'' | '’'))
    };
    let Some(stop) = (at + 1..at + 24).find(|at| !is_text(*at)) else { return false };
    // `Learning, Media and Technology, 45(1)`: a journal and its volume.
    let number = (stop + 1..stop + 16).find(|at| !is_text(*at)).unwrap_or(stop);
    let is_journal = view.is_capital(stop + 1)
        && view.number(number).is_some()
        && (view.opens(number + 1, '(') || matches!(view.kind(number + 1), Kind::Mark(',' | ':')));
    stop > at + 2
        && view.is(stop, '.')
        && view.emphasis(at + 1).is_none()
        && (view.emphasis(stop + 1).is_some() || is_journal)
}

/// `Risikogesellschaft. Auf dem Weg in eine andere Moderne, Frankfurt`: a subtitle follows the stop.
fn goes_on_after_stop(view: View, at: usize) -> bool {
    if !view.is_stop(at) || !view.is_capital(at + 1) || is_sentence(view, at + 1) || is_element(view, at + 1)
    {
        return false;
    }
    let mut next = at + 1;
    while next < at + 24 {
        match view.kind(next) {
            Kind::Word => {}
            Kind::Mark(',') if is_element(view, next + 1) => return next > at + 2,
            Kind::Open('(') => {
                let mate = view.mate(next).unwrap_or(next);
                return next > at + 2
                    && (next..mate).any(|at| view.is(at, ':'))
                    && group_ends(view, next, mate);
            }
            Kind::Mark(',' | '-' | '–' | '\'' | '’' | ':' | '&') => {}
            _ => return false,
        }
        next += 1;
    }
    false
}

/// A bracket that is no part of the title before it: an edition, pages, a place and year.
fn group_ends(view: View, at: usize, mate: usize) -> bool {
    let inner = view.until(mate);
    let first = at + 1;
    let marks = Concepts::VOLUME
        | Concepts::PAGE
        | Concepts::EDITOR
        | Concepts::TRANSLATOR
        | Concepts::THESIS
        | Concepts::ACCESSED
        | Concepts::MEDIUM
        | Concepts::CITY;
    let ends = matches!(view.kind(mate + 1), Kind::Mark('.' | ',' | ':') | Kind::End | Kind::Close(_));
    let has_year = dates::year(inner, mate.saturating_sub(1)).is_some();
    let is_marked = inner.term(first, marks).is_some()
        || inner.number(first).is_some()
        || inner.kind(first) == Kind::Mixed
        || (first..mate).any(|at| inner.is(at, ':'));
    has_year
        || ends && is_marked
        || (first..mate).any(|at| inner.has(at, Concepts::EDITION | Concepts::TRANSLATOR)) && ends
}

/// Whether an element that can be told by its form starts at `at`.
pub(super) fn is_element(view: View, at: usize) -> bool {
    let numbered = Concepts::VOLUME | Concepts::ISSUE | Concepts::PAGE;
    if let Some(next) = view.term(at, numbered)
        && view.has(at, numbered)
        && (numbers::numeral(view, next).is_some() || numbers::pages(view, next).is_some())
    {
        return true;
    }
    if view.identifier(at).is_some() || view.emphasis(at).is_some() || view.opens(at, '"') {
        return true;
    }
    if let Some(next) = view.term(at, Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::ACCESSED)
        && !view.is_capital(at)
        && (next > at + 1 || view.is(at + 1, '.') || view.has(at + 1, Concepts::BY))
    {
        return true;
    }
    if let Some((_, next)) = dates::read(view, at)
        && matches!(
            view.kind(next),
            Kind::Mark(',' | '.' | ';' | ':') | Kind::End | Kind::Close(_) | Kind::Open('(')
        )
    {
        return true;
    }
    if view.has(at, Concepts::IN) && matches!(view.kind(at + 1), Kind::Mark(':') | Kind::Open('"')) {
        return true;
    }
    let is_edition = (matches!(view.kind(at), Kind::Number | Kind::Mixed) || view.has(at, Concepts::REVISED))
        && (at + 1..at + 4).any(|at| view.has(at, Concepts::EDITION));
    is_edition
        || numbers::division(view, at).is_some()
        || publication(view, at).is_some()
        || city(view, at).is_some()
        || has_publisher(view, at)
}

/// A word of publishers stands between here and the next mark.
pub(super) fn has_publisher(view: View, at: usize) -> bool {
    let mut next = at;
    while next < at + 8 && matches!(view.kind(next), Kind::Word | Kind::Mark('&')) {
        if view.has(next, Concepts::PUBLISHER) && view.is_capital(next) {
            return view.is_capital(at);
        }
        next += 1;
    }
    false
}

/// Cities at `at` with what follows them, as a part of its own: `London and New York`, `Cambridge, MA`.
pub(super) fn city(view: View, at: usize) -> Option<usize> {
    if !view.is_capital(at) {
        return None;
    }
    let mut next =
        view.term(at, Concepts::CITY).or_else(|| town(view, at)).or_else(|| twin_city(view, at))?;
    loop {
        // `Philadelphia (PA)`, `Opladen [u.a.]`
        if matches!(view.kind(next), Kind::Open('(' | '['))
            && let Some(mate) = view.mate(next)
            && (view.term(next + 1, Concepts::REGION | Concepts::OTHERS) == Some(mate)
                || initials_end(view, next + 1) == Some(mate))
        {
            next = mate + 1;
            break;
        }
        // `Princeton, N.J.`
        if view.is(next, ',')
            && let Some(end) = initials_end(view, next + 1)
        {
            next = end;
            continue;
        }
        let joint = matches!(view.kind(next), Kind::Mark(',' | '/' | '-' | '–' | '&'))
            || view.has(next, Concepts::AND);
        // `Weinheim u. Basel`
        if view.has(next, Concepts::AND) && view.is(next + 1, '.') {
            next += 1;
        }
        if joint && view.is(next, ',') && view.has(next + 1, Concepts::REGION) && view.is_capital(next + 1) {
            next = view.term(next + 1, Concepts::REGION).unwrap_or(next + 2);
        } else if joint
            && view.is_capital(next + 1)
            && let Some(after) = view.term(next + 1, Concepts::CITY).filter(|after| {
                // `Oxford, Oxford University Press`
                !matches!(view.kind(*after), Kind::Word) || view.has(*after, Concepts::AND)
            })
        {
            next = after;
        } else {
            break;
        }
    }
    if let Some(after) = view.term(next, Concepts::OTHERS) {
        next = after;
    }
    let is_year = dates::year(view, next).is_some();
    let ends = matches!(view.kind(next), Kind::Mark(',' | '.' | ':' | ';') | Kind::End | Kind::Close(_))
        || view.is(next - 1, '.');
    (is_year || ends).then_some(next)
}

/// `N.J.`, `D.C.`
fn initials_end(view: View, at: usize) -> Option<usize> {
    let is_initial = |at: usize| view.is_capital(at) && view.raw(at).len() == 1 && view.is(at + 1, '.');
    (is_initial(at) && is_initial(at + 2) && !view.is_spaced(at + 2)).then_some(at + 4)
}

/// `Roma-Bari`
fn twin_city(view: View, at: usize) -> Option<usize> {
    let (first, _) = view.folded(at).split_once(['-', '‐'])?;
    meaning(first).is_some_and(|meaning| meaning.concepts.has(Concepts::CITY)).then_some(at + 1)
}

/// A place that only its state or country tells: `Las Vegas, NV`, `Kampala, Uganda`.
fn town(view: View, at: usize) -> Option<usize> {
    let mut next = at;
    while next < at + 3
        && view.is_capital(next)
        && !view.has(next, Concepts::FUNCTION | Concepts::PUBLISHER | Concepts::ORGANISATION)
    {
        next += 1;
    }
    let state = view.raw(next + 1);
    let after = view.term(next + 1, Concepts::REGION).unwrap_or(next);
    let is_state = after > next + 1
        && (state.chars().count() > 3 && view.is_capital(next + 1)
            || state.len() <= 3 && state.chars().all(|c| c.is_uppercase()))
        && matches!(view.kind(after), Kind::Mark(',' | '.' | ':' | ';') | Kind::End | Kind::Close(_));
    (next > at && view.is(next, ',') && is_state).then_some(next)
}

/// `Place: Publisher`: the last token of the place and the first of the publisher.
pub(super) fn publication(view: View, at: usize) -> Option<(usize, usize)> {
    if let Some(next) = city(view, at)
        && matches!(view.kind(next), Kind::Mark(':' | ';'))
        && (view.is_capital(next + 1) || view.number(next + 1).is_none() && view.opens(next + 1, '"'))
    {
        return Some((next, next + 1));
    }
    let mut next = at;
    while next < at + 9 {
        match view.kind(next) {
            Kind::Word if view.is_emphasised(next) => return None,
            Kind::Word
                if view.is_capital(next)
                    || view.has(next, Concepts::PARTICLE | Concepts::AND) && next > at => {}
            Kind::Mark(',')
                if next > at && view.has(next + 1, Concepts::REGION) && view.is_capital(next + 1) => {}
            // `Social Change. Abingdon: Routledge`: the stop ends a title.
            Kind::Mark('.') if next > at && view.is_stop(next) => return None,
            Kind::Mark('.' | '/' | '-' | '&' | '–') if next > at => {}
            Kind::Mark(':') if next > at => {
                let is_title = view.kind(next + 1) != Kind::Word
                    || !view.is_capital(next + 1)
                    || view.is_emphasised(next + 1);
                return (!is_title && next - at <= 6).then_some((next, next + 1));
            }
            _ => return None,
        }
        next += 1;
    }
    None
}

/// Whether words at `at` are a sentence of their own rather than an element: they have a verb.
pub(super) fn is_sentence(view: View, at: usize) -> bool {
    if view.has(at, Concepts::COMMENT) && view.is_capital(at) && view.kind(at + 1) == Kind::Word {
        return true;
    }
    let mut next = at;
    let mut words = 0;
    while next < at + 60 {
        match view.kind(next) {
            Kind::Word => {
                words += 1;
                let is_small = !view.is_capital(next)
                    || view.folded(next) == "i"
                    || view.folded(next) == "we" && words == 1;
                if view.has(next, Concepts::VERB) && is_small && view.folded(next) != "press" {
                    return true;
                }
            }
            Kind::Mark('.') if view.is_stop(next) => return false,
            Kind::End | Kind::Identifier => return false,
            Kind::Open('"') if view.emphasis(next).is_none() && words == 0 => {}
            _ => {}
        }
        next += 1;
    }
    false
}
