//! Sources with a form of their own: a bare address, scripture, statutes, letters, reviews.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look, Style};
use super::names::{self, Order};
use super::numbers;
use super::tokens::Kind;
use super::view::View;
use super::{Kind as WorkKind, Label, Locator};

/// The first of these forms that fits.
pub(super) fn read(view: View, at: usize) -> Option<Draft> {
    address_first(view, at)
        .or_else(|| scripture(view, at))
        .or_else(|| statute(view, at))
        .or_else(|| correspondence(view, at))
}

/// `Charles Darwin to Joseph Hooker, 11 January 1844`
fn correspondence(view: View, at: usize) -> Option<Draft> {
    let is_to = |at: usize| matches!(view.folded(at), "to" | "an" | "à" | "aan");
    if !view.is_capital(at) || !(at + 1..at + 8).any(is_to) {
        return None;
    }
    let writer = names::natural(view, at).filter(|names| names.list.len() == 1 && is_to(names.next))?;
    let reader = names::natural(view, writer.next + 1).filter(|names| names.order != Order::Organisation)?;
    if !view.is(reader.next, ',') {
        return None;
    }
    let (date, next) = dates::read(view, reader.next + 1).filter(|(date, _)| date.month.is_some())?;
    let mut draft = Draft::new(view, at);
    draft.style = Style::Note;
    draft.evidence += 30;
    draft.work.authors = writer.list;
    draft.hints.named = Some(WorkKind::Letter);
    draft.add_note(view.text(writer.next, reader.next));
    draft.set_date(date);
    draft.last = Element::Title;
    draft.read_tail(next);
    Some(draft)
}

/// A source that is only its address, with an access date perhaps.
fn address_first(view: View, at: usize) -> Option<Draft> {
    let is_identifier = view.identifier(at).is_some();
    let is_bare_link = view.link(at).is_some_and(|link| view.identifier(at).is_some() && link.last == at + 1);
    if !is_identifier && !is_bare_link {
        return None;
    }
    let mut draft = Draft::new(view, at);
    draft.evidence += 30;
    draft.read_tail(at);
    Some(draft)
}

/// `Matt. 5:3–10 (NRSV)`
fn scripture(view: View, at: usize) -> Option<Draft> {
    let book = if view.number(at).is_some_and(|number| number <= 4) { at + 1 } else { at };
    if !view.has(book, Concepts::SCRIPTURE) || !view.is_capital(book) {
        return None;
    }
    let next = view.term(book, Concepts::SCRIPTURE)?;
    let (locator, end) = verse(view, next).or_else(|| numbers::formed(view, next))?;
    if !matches!(locator.label, Label::Verse | Label::Timestamp) || view.is(next, ',') {
        return None;
    }
    let mut draft = Draft::new(view, at);
    draft.style = Style::Note;
    draft.evidence += 40;
    draft.hints.named = Some(WorkKind::Book);
    draft.set_title(view.text(at, next), Look::Plain);
    draft.set_locator(Locator { label: Label::Verse, value: locator.value });
    draft.end = end;
    if let Some(mate) = view.mate(end).filter(|mate| view.opens(end, '(') && *mate == end + 2) {
        draft.add_note(view.text(end + 1, mate));
        draft.end = mate + 1;
    }
    Some(draft)
}

/// `5,37`, `58,6–9`: a comma between chapter and verse.
fn verse(view: View, at: usize) -> Option<(Locator, usize)> {
    view.number(at)?;
    let is_joined = view.is(at + 1, ',') && !view.is_spaced(at + 2) && view.number(at + 2).is_some();
    let pages = numbers::pages(view, at + 2).filter(|_| is_joined)?;
    let value = format!("{},{}", view.raw(at), pages.text);
    Some((Locator { label: Label::Verse, value }, pages.next))
}

/// `Equality Act 2010, s 149`
fn statute(view: View, at: usize) -> Option<Draft> {
    if !view.is_capital(at) {
        return None;
    }
    let mut next = at;
    while next < at + 12
        && (view.is_capital(next) || view.has(next, Concepts::FUNCTION | Concepts::AND))
        && view.kind(next) == Kind::Word
    {
        next += 1;
    }
    let is_act = next > at + 1
        && view.raw(next - 1) == "Act"
        && view.number(next).is_some()
        && dates::year(view, next).is_some();
    if !is_act {
        return None;
    }
    let mut draft = Draft::new(view, at);
    draft.style = Style::Note;
    draft.evidence += 45;
    draft.set_title(view.text(at, next + 1), Look::Plain);
    draft.read_tail(next + 1);
    Some(draft)
}

/// What stands in the place of a title: `review of …`, `interview by …`, `letter to …`.
pub(super) fn described(draft: &mut Draft, at: usize) -> Option<usize> {
    let view = draft.view;
    let of = at + 1;
    let (kind, named_first) = match (view.folded(at), view.folded(of)) {
        ("review" | "rezension" | "rez", "of" | "von" | "zu")
        | (
            "recensione" | "recensie" | "reseña" | "resenha" | "recension",
            "a" | "di" | "de" | "van" | "av",
        )
        | ("compte", "rendu") => (WorkKind::Review, false),
        ("interview", "by" | "with") => (WorkKind::Interview, true),
        ("letter", "to") => (WorkKind::Letter, true),
        _ => return None,
    };
    let mut next = of + 1;
    if named_first {
        next = names::natural(view, next)?.next;
    } else {
        // `recensione a S. Catucci, *Imparare dalla Luna*`
        if view.has(next, Concepts::BY) && !view.is_capital(next) {
            next += 1;
        }
        if let Some(names) = names::natural(view, next).filter(|names| view.is(names.next, ',')) {
            next = names.next + 1;
        }
        next = view.emphasis(next).or_else(|| view.quoted(next).map(|(_, _, next)| next))?;
        let by = if view.is(next, ',') { next + 1 } else { next };
        if view.folded(by) == "by" {
            next = names::natural(view, by + 1)?.next;
        }
    }
    draft.add_note(view.text(at, next));
    draft.hints.named = Some(kind);
    draft.evidence += 25;
    draft.last = Element::Title;
    Some(next)
}
