//! References to what was cited before: *ibid.*, *op. cit.*, `n. 3 above`, `Freire, Pedagogy, 80`.

use super::concepts::Concepts;
use super::dates;
use super::names::{self, Names, Order};
use super::numbers;
use super::tokens::Kind;
use super::view::View;
use super::{Cited, Locator, Short};

/// A reference to an earlier one.
#[derive(Debug)]
pub(super) struct Earlier {
    pub(super) cited: Cited,
    pub(super) volume: Option<String>,
    pub(super) locator: Option<Locator>,
    pub(super) next: usize,
}

/// Longest title that still is a short one.
const LONGEST_SHORT_TITLE: usize = 9;

/// Reads an earlier source at `at`; what follows it must not go on describing it.
pub(super) fn read(view: View, at: usize, is_inner: bool, has_signal: bool) -> Option<Earlier> {
    let found = ibid(view, at)
        .or_else(|| idem(view, at))
        .or_else(|| above(view, at, Short::default(), has_signal))
        .or_else(|| {
            let next = view.term(at, Concepts::OP_CIT).filter(|next| *next > at + 2)?;
            Some(located(view, Cited::OpCit(Short::default()), next))
        });
    let found = found
        .or_else(|| named(view, at, has_signal))
        .or_else(|| if is_inner { None } else { titled(view, at) });
    found.filter(|found| ends(view, found.next))
}

/// A reference ends with the text, a stop or a bracket.
pub(super) fn ends(view: View, at: usize) -> bool {
    match view.kind(at) {
        Kind::End | Kind::Mark(';') | Kind::Close(_) | Kind::Open('(' | '[') => true,
        // A year in brackets ends what is said in a sentence.
        _ if view.kind(at.wrapping_sub(1)) == Kind::Close(')') => true,
        Kind::Mark('.' | '?' | '!' | '。') => {
            view.is_stop(at) || view.get(at + 1).is_none() || view.is_capital(at + 1)
        }
        Kind::Mark(',') if view.has(at + 1, Concepts::AND) && view.folded(at + 2) == "accompanying" => true,
        Kind::Mark(',') => {
            let is_next = view.has(at + 1, Concepts::AND) && super::heads::starts_strongly(view, at + 2);
            is_next || view.term(at + 1, Concepts::QUOTED | Concepts::SIGNAL).is_some()
        }
        Kind::Word if view.has(at, Concepts::AND) => super::heads::starts_strongly(view, at + 1),
        _ => view.is(at.wrapping_sub(1), '.') && view.is_capital(at),
    }
}

/// `Okeke & Smith (2011)`, `Vantongeren et al. (2016)` within a sentence.
pub(super) fn starts(view: View, at: usize) -> bool {
    let Some(names) = names::natural(view, at) else { return false };
    let is_list = names.list.len() > 1 || names.has_others;
    let close = if view.opens(names.next, '(') { view.mate(names.next) } else { None };
    let date = dates::year(view, names.next + 1);
    let is_dated = close.is_some_and(|close| {
        date.is_some_and(|(_, end)| {
            end == close || locator(view.until(close), end).is_some_and(|(_, end)| end == close)
        })
    });
    let has_page = close.is_some_and(|close| close > names.next + 2);
    // `noted by Biesta (2010)`, `Biesta (2010) argues`
    let is_led = at.checked_sub(1).is_some_and(|at| view.has(at, Concepts::BY | Concepts::SIGNAL));
    let acts = close.is_some_and(|close| view.has(close + 1, Concepts::VERB));
    is_dated && (is_list || has_page || is_led || acts) && names.list.iter().all(|name| name.given.is_none())
}

fn located(view: View, cited: Cited, at: usize) -> Earlier {
    let (volume, at) = volume(view, at).map_or((None, at), |(volume, next)| (Some(volume), next));
    let (locator, next) = locator(view, at).map_or((None, at), |(locator, next)| (Some(locator), next));
    Earlier { cited, volume, locator, next }
}

/// `, vol. II`, `, t. IV`
fn volume(view: View, at: usize) -> Option<(String, usize)> {
    let term = if view.is(at, ',') { at + 1 } else { at };
    let number = view.has(term, Concepts::VOLUME).then(|| view.term(term, Concepts::VOLUME)).flatten()?;
    let next = numbers::numeral(view, number)?;
    Some((view.text(number, next), next))
}

/// `, p. 12`, `: 229`, ` 112`, `, § 4`
pub(super) fn locator(view: View, at: usize) -> Option<(Locator, usize)> {
    let mut start = at;
    while matches!(view.kind(start), Kind::Mark(',' | ':' | '.')) && start < at + 2 {
        start += 1;
    }
    if view.folded(start) == "at" {
        start += 1;
    }
    if let Some(found) = numbers::division(view, start) {
        return Some(found);
    }
    if let Some(pages) = numbers::paged(view, start) {
        let mut value = pages.text;
        let next = numbers::further(view, pages.next, &mut value);
        return Some((Locator { label: super::Label::Page, value }, next));
    }
    // A year is no page.
    if view.number(start).is_some_and(|number| (1400..2100).contains(&number)) && view.raw(start).len() == 4 {
        return None;
    }
    let is_coded = view.kind(start) == Kind::Word;
    if is_coded && !view.raw(start).bytes().any(|b| b.is_ascii_digit()) && !numbers::is_roman(view.raw(start))
    {
        return None;
    }
    numbers::formed(view, start)
}

fn ibid(view: View, at: usize) -> Option<Earlier> {
    let next = view.term(at, Concepts::IBID)?;
    if view.has(at, Concepts::IBID) && view.letters(at) < 3 && !view.is(at + 1, '.') {
        return None;
    }
    Some(located(view, Cited::Ibid, next))
}

/// `Idem, *Culture and Imperialism*, 51`; alone, it is the source before.
fn idem(view: View, at: usize) -> Option<Earlier> {
    let next = view.term(at, Concepts::IDEM)?;
    if view.letters(at) < 3 && !view.is(at + 1, '.') {
        return None;
    }
    let mut short = Short { has_same_authors: true, ..Short::default() };
    let title = if view.is(next, ',') || view.is(next, ':') { next + 1 } else { next };
    if let Some((text, next)) = marked_title(view, title) {
        short.title = Some(text);
        let joint = if view.is(next, ',') { next + 1 } else { next };
        if let Some(next) = view.term(joint, Concepts::OP_CIT) {
            return Some(located(view, Cited::OpCit(short), next));
        }
        return Some(located(view, Cited::Short(short), next));
    }
    if let Some((text, next)) = paged_title(view, title) {
        short.title = Some(text);
        return Some(located(view, Cited::Short(short), next));
    }
    Some(located(view, Cited::Ibid, next))
}

/// `n. 3 above`, `supra note 3`, `(n 14)`, `wie Anm. 3`
fn above(view: View, at: usize, short: Short, is_certain: bool) -> Option<Earlier> {
    let is_bracketed = view.opens(at, '(');
    let mut start = at + usize::from(is_bracketed);
    if is_bracketed && let Some(next) = view.term(start, Concepts::SIGNAL) {
        start = next;
    }
    let before = view.term(start, Concepts::ABOVE);
    let mut note = before.unwrap_or(start);
    note += usize::from(before.is_some() && view.is(note, ','));
    let number = view.term(note, Concepts::NOTE)?;
    let value = view.number(number)?;
    let mut next = number + 1;
    let after = view.term(next, Concepts::ABOVE);
    next = after.unwrap_or(next);
    if is_bracketed {
        next = view.mate(at).filter(|mate| *mate == next)? + 1;
    }
    let is_sure = before.is_some() || after.is_some() || is_bracketed || is_certain;
    is_sure.then(|| located(view, Cited::Above { note: value, short }, next))
}

/// A title in italics or quotes, and what follows it.
pub(super) fn marked_title(view: View, at: usize) -> Option<(String, usize)> {
    if let Some(next) = view.emphasis(at) {
        return Some((view.text(at, next), next));
    }
    let (first, last, next) = view.quoted(at)?;
    Some((super::draft::title_text(view, first, last), next))
}

fn named(view: View, at: usize, has_signal: bool) -> Option<Earlier> {
    let bracket = if view.opens(at, '(') { view.mate(at) } else { None };
    let start = at + usize::from(bracket.is_some());
    let inner = bracket.map_or(view, |mate| view.until(mate));
    let mut found = short(inner, start, has_signal)?;
    if let Some(mate) = bracket {
        if found.next != mate {
            return None;
        }
        found.next = mate + 1;
    }
    Some(found)
}

fn short(view: View, at: usize, has_signal: bool) -> Option<Earlier> {
    // `Гинзбург Л. Указ. соч.`
    let has_op_cit = (at + 1..at + 12).any(|at| view.term(at, Concepts::OP_CIT).is_some());
    let reversed = if has_op_cit { names::list(view, at) } else { None };
    let reversed = reversed
        .filter(|names| names.order != Order::Natural && view.term(names.next, Concepts::OP_CIT).is_some());
    if let Some(names) = reversed {
        let after = view.term(names.next, Concepts::OP_CIT)?;
        let short = Short { authors: names.list, has_others: names.has_others, ..Short::default() };
        return Some(located(view, Cited::OpCit(short), after));
    }
    let names = names::natural(view, at)?;
    // `Dewey, Experience and Education, p. 25`: words after the first name may be a title.
    let is_list = names.list.len() > 1 && names.order == Order::Single && view.is(at + 1, ',');
    short_by(view, at, names, has_signal).or_else(|| {
        let names = names::natural(view.until(at + 1), at).filter(|_| is_list)?;
        short_by(view, at, names, has_signal)
    })
}

fn short_by(view: View, at: usize, names: Names, has_signal: bool) -> Option<Earlier> {
    let next = if view.is(names.next, ',') { names.next + 1 } else { names.next };
    let families = names.list.iter().all(|name| name.given.is_none() || two_word_family(&names));
    let mut short = Short { authors: names.list.clone(), has_others: names.has_others, ..Short::default() };
    if let Some(after) = view.term(next, Concepts::OP_CIT) {
        return Some(located(view, Cited::OpCit(short), after));
    }
    if let Some(found) = above(view, next, short.clone(), false) {
        return Some(found);
    }
    if !families || names.list.len() > 6 {
        return None;
    }
    let mut bracketed = None;
    let date = dates::year(view, next).or_else(|| {
        let close = if view.opens(next, '(') { view.mate(next)? } else { return None };
        let (date, end) = dates::year(view, next + 1)?;
        // `(2011: 45)`
        let inner = locator(view.until(close), end).filter(|(_, end)| *end == close);
        bracketed = inner.map(|(locator, _)| locator);
        (end == close || bracketed.is_some()).then_some((date, close + 1))
    });
    if let Some((date, after)) = date {
        // `1912/1964`
        let later = dates::year(view, after + 1).filter(|_| view.is(after, '/'));
        let (date, after) = later.unwrap_or((date, after));
        short.date = Some(date);
        if bracketed.is_some() {
            return Some(Earlier {
                cited: Cited::Short(short),
                volume: None,
                locator: bracketed,
                next: after,
            });
        }
        return Some(located(view, Cited::Short(short), after));
    }
    if next == names.next {
        return None;
    }
    if let Some((title, after)) = marked_title(view, next)
        && title.split(' ').count() <= LONGEST_SHORT_TITLE
        && (!view.has(at, Concepts::MONONYM) || title.len() < 5 && !title.contains(char::is_lowercase))
    {
        let joint = if view.is(after, ',') { after + 1 } else { after };
        if let Some(after) = view.term(joint, Concepts::OP_CIT) {
            return Some(located(view, Cited::OpCit(Short { title: Some(title), ..short }), after));
        }
        let found = located(view, Cited::Short(Short { title: Some(title), ..short }), after);
        return (found.locator.is_some() || has_signal).then_some(found);
    }
    let is_short = names.order == Order::Single && !view.has(at, Concepts::MONONYM);
    if let Some((title, after)) = cited_title(view, next).filter(|_| is_short) {
        return Some(located(view, Cited::OpCit(Short { title: Some(title), ..short }), after));
    }
    let (title, end) =
        paged_title(view, next).or_else(|| ranged_title(view, next, has_signal)).filter(|_| is_short)?;
    Some(located(view, Cited::Short(Short { title: Some(title), ..short }), end))
}

/// The title of `Freire, Pedagogy, p. 80`, which only the page tells from a sentence.
fn paged_title(view: View, at: usize) -> Option<(String, usize)> {
    let mut end = at;
    while matches!(view.kind(end), Kind::Word | Kind::Mark('\'' | '’')) && end < at + LONGEST_SHORT_TITLE {
        end += 1;
    }
    let is_title =
        end > at && view.is_capital(at) && view.is(end, ',') && !(at..end).any(|at| view.is_emphasised(at));
    let is_placed = numbers::paged(view, end + 1).is_some() || numbers::division(view, end + 1).is_some();
    (is_title && is_placed).then(|| (view.text(at, end), end))
}

/// `The Craftsman, op. cit.`
fn cited_title(view: View, at: usize) -> Option<(String, usize)> {
    let end = plain_words(view, at)?;
    Some((view.text(at, end), view.term(end + 1, Concepts::OP_CIT)?))
}

/// `Discipline and Punish, 170–194` at the end: a range without its term.
fn ranged_title(view: View, at: usize, has_signal: bool) -> Option<(String, usize)> {
    let end = plain_words(view, at).filter(|end| *end > at + 1)?;
    let pages = numbers::pages(view, end + 1)?;
    let is_range = pages.text.contains('–') && dates::year(view, end + 1).is_none();
    let is_placed = view.number(end + 1).is_some() && ends(view, pages.next);
    (is_placed && (is_range || has_signal)).then(|| (view.text(at, end), end))
}

/// Capitalised words up to a comma, few enough for a short title.
fn plain_words(view: View, at: usize) -> Option<usize> {
    let end =
        (at..at + LONGEST_SHORT_TITLE).find(|at| view.kind(*at) != Kind::Word || view.is_emphasised(*at))?;
    (end > at && view.is_capital(at) && view.is(end, ',')).then_some(end)
}

/// `Le Guin`: two words that are one family name look like a given name and a family name.
fn two_word_family(names: &Names) -> bool {
    names.list.iter().all(|name| {
        name.given.is_none()
            || name
                .given
                .as_deref()
                .is_some_and(|given| matches!(given, "Le" | "La" | "Du" | "Van" | "Von" | "De" | "Di"))
    })
}

/// `Republic, 516c–d`: a title and a place in it that only this kind of work has.
fn titled(view: View, at: usize) -> Option<Earlier> {
    if let Some((title, next)) = marked_title(view, at) {
        let short = Short { title: Some(title), ..Short::default() };
        let found = located(view, Cited::Short(short), next);
        return found.locator.is_some().then_some(found);
    }
    if !view.is_capital(at) || !view.is(at + 1, ',') {
        return None;
    }
    let (locator, next) = numbers::formed(view, at + 2)?;
    let short = Short { title: Some(view.text(at, at + 1)), ..Short::default() };
    (locator.label == super::Label::Section).then_some(Earlier {
        cited: Cited::Short(short),
        volume: None,
        locator: Some(locator),
        next,
    })
}
