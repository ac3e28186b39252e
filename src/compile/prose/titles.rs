//! Titles: as they are marked, or as far as plain words go; and sources that begin with one.

use super::Kind as WorkKind;
use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look, Style, title_text};
use super::extents::{self, Extent};
use super::heads::early_date;
use super::identifiers::Identifier;
use super::names::{self, Names, Order};
use super::tokens::Kind;
use super::view::View;

/// A title that nothing sets off has at least so many letters.
const SHORTEST_TITLE: usize = 3;

/// A title in whatever look it has; what follows it.
pub(super) fn title(draft: &mut Draft, at: usize, extent: Extent) -> Option<(usize, Look)> {
    let view = draft.view;
    if let Some(link) = view.link(at) {
        draft.set_identifier(&Identifier::Url(link.address.clone()));
        if let Some(Identifier::Doi(doi) | Identifier::Url(doi)) =
            linked_identifier(&link.address).filter(|it| matches!(it, Identifier::Doi(_)))
        {
            draft.work.url = None;
            draft.work.doi = Some(doi);
        }
        if let Some(found @ Identifier::Arxiv { .. }) = linked_identifier(&link.address) {
            draft.set_identifier(&found);
        }
        let look = if view.emphasis(at) == Some(link.last) { Look::Emphasised } else { Look::Linked };
        // `this article` is no title.
        if !view.is_capital(at) && view.kind(at) == Kind::Word && look != Look::Emphasised {
            draft.evidence += 30;
            draft.last = Element::Title;
            return Some((link.last, Look::Linked));
        }
        draft.set_title(title_text(view, at, link.last), look);
        return Some((link.last, look));
    }
    if let Some(end) = view.emphasis(at) {
        if (at..end).any(|at| matches!(view.raw(at), "v" | "vs")) {
            return None;
        }
        draft.set_title(title_text(view, at, end), Look::Emphasised);
        return Some((end, Look::Emphasised));
    }
    if let Some((first, last, end)) = view.quoted(at)
        && quotes_all(view, end, extent)
    {
        // East Asian brackets tell books from articles.
        let look = if matches!(view.raw(at), "『" | "《") { Look::Emphasised } else { Look::Quoted };
        if let Some(link) = view.link(first) {
            draft.set_identifier(&Identifier::Url(link.address.clone()));
        }
        draft.set_title(title_text(view, first, last), look);
        return Some((end, look));
    }
    if view.identifier(at).is_some() || view.get(at).is_none() {
        return None;
    }
    // `Beowulf. Translated by …`: what stood before is the title.
    let names_role = view.term(at, Concepts::TRANSLATOR | Concepts::EDITOR).is_some_and(|next| {
        next > at + 1 && names::natural(view, next).is_some_and(|names| names.order == Order::Natural)
    });
    if names_role {
        return None;
    }
    let end = extents::plain_extent(view, at, extent);
    if view.weight(at, end) < SHORTEST_TITLE {
        return None;
    }
    // A court case has a form of its own that is not read.
    if (at..end).any(|at| matches!(view.raw(at), "v" | "vs") && view.is(at + 1, '.')) {
        return None;
    }
    if end == at
        || !(view.is_capital(at) || matches!(view.kind(at), Kind::Number | Kind::Mixed | Kind::Open('"')))
    {
        return None;
    }
    let end = if extent == Extent::NoteTitle { without_publisher(view, at, end) } else { end };
    draft.set_title(title_text(view, at, end), Look::Plain);
    Some((end, Look::Plain))
}

/// `How Children Learn, Pitman, New York 1967`: the last words before the place and year are no part of
/// the title, unless it enumerates.
fn without_publisher(view: View, at: usize, end: usize) -> usize {
    let next = end + 1;
    let dated = |at: usize| dates::year(view, at).is_some();
    let is_placed = extents::city(view, next)
        .is_some_and(|after| dated(after) || view.is(after, ',') && dated(after + 1));
    if !view.is(end, ',') || !is_placed && !dated(next) {
        return end;
    }
    let commas: Vec<usize> = (at..end).filter(|at| view.is(*at, ',')).collect();
    let Some(comma) = commas.last().copied() else { return end };
    let is_name = (comma + 1..end).all(|at| {
        view.is_capital(at) && !view.has(at, Concepts::FUNCTION) || view.is(at, '&') || view.is(at, '-')
    });
    let words = |first: usize, last: usize| (first..last).filter(|at| view.kind(*at) == Kind::Word).count();
    let first = commas.first().copied().unwrap_or(comma);
    let enumerates = commas.len() > 1 || words(at, first) == 1 && words(comma + 1, end) == 1 && !is_placed;
    if is_name && !enumerates && end - comma <= 5 { comma } else { end }
}

fn linked_identifier(address: &str) -> Option<Identifier> {
    super::identifiers::at(address, 0).map(|(_, identifier)| identifier)
}

/// The quotes set off the whole title, not a word of it.
fn quotes_all(view: View, next: usize, extent: Extent) -> bool {
    let ends_inside = next >= 2 && matches!(view.kind(next - 2), Kind::Mark('.' | ',' | '?' | '!'));
    extent != Extent::ListTitle
        || ends_inside
        || !(view.kind(next) == Kind::Word
            && !view.is_capital(next)
            && view.term(next, Concepts::IN | Concepts::EDITOR | Concepts::TRANSLATOR).is_none()
            && view.emphasis(next).is_none())
}

/// The title first: marked, or the name of an address that follows.
pub(super) fn title_first(view: View, at: usize) -> Option<Draft> {
    let mut draft = Draft::new(view, at);
    let is_marked = view.emphasis(at).is_some() || view.quoted(at).is_some() || view.link(at).is_some();
    let mut next = if is_marked {
        draft.style = Style::Note;
        title(&mut draft, at, Extent::NoteTitle)?.0
    } else {
        named_address(&mut draft, at)?
    };
    let is_comma_inside =
        view.kind(next.wrapping_sub(1)) == Kind::Close('"') && view.is(next.wrapping_sub(2), ',');
    if view.is(next, '.') && view.is_stop(next) || view.kind(next) == Kind::Word && !is_comma_inside {
        draft.style = Style::List;
    }
    next = authors_after(&mut draft, next);
    draft.read_tail(next);
    Some(draft)
}

/// A title that nothing sets off and no author precedes: `Beowulf. Translated by …`, `Die Bibel,
/// Stuttgart: Deutsche Bibelgesellschaft 2016`. A role or a place and publisher must follow.
pub(super) fn plain_first(view: View, at: usize) -> Option<Draft> {
    if !view.is_capital(at) || at > 3 || extents::is_sentence(view, at) {
        return None;
    }
    let mut draft = Draft::new(view, at);
    let end = extents::plain_extent(view, at, Extent::ListTitle);
    draft.style = if view.is(end, '.') { Style::List } else { Style::Note };
    draft.set_title(title_text(view, at, end), Look::Plain);
    draft.read_tail(end);
    let work = &draft.work;
    let is_published = work.publisher.is_some() && work.place.is_some() || !work.translators.is_empty();
    let is_plausible =
        is_published && work.date.is_some() && draft.unexplained == 0 && draft.container == Look::Missing;
    is_plausible.then_some(draft)
}

/// `Title: https://…`, `Title – Site – https://…`, `Title. (2020). Site.`
fn named_address(draft: &mut Draft, at: usize) -> Option<usize> {
    let view = draft.view;
    if !view.is_capital(at) && !matches!(view.kind(at), Kind::Number | Kind::Mixed) {
        return None;
    }
    let mut next = at;
    let mut stops = 0;
    while next < at + 40 {
        stops += usize::from(view.is(next, '.') && view.is_stop(next));
        match view.kind(next) {
            Kind::End | Kind::Identifier => return None,
            Kind::Mark(':' | '–' | '—' | '-' | '|' | ',' | '.')
                if view.is_spaced(next + 1) && (view.is_spaced(next) || !view.is(next, '-')) =>
            {
                let is_named = view.identifier(next + 1).is_some() || view.link(next + 1).is_some();
                let is_joint =
                    view.is_spaced(next) && matches!(view.kind(next), Kind::Mark('–' | '—' | '-' | '|'));
                if is_named || is_joint && (next..next + 14).any(|at| view.identifier(at).is_some()) {
                    break;
                }
            }
            Kind::Open('(') if view.identifier(next + 1).is_some() => break,
            Kind::Word if view.folded(next) == "by" && stops == 0 && is_author(view, next + 1) => break,
            Kind::Open('(')
                if stops == 0
                    && early_date(view, next)
                        .is_some_and(|(_, end)| !is_marked(view, end) && !is_marked(view, end + 1)) =>
            {
                break;
            }
            _ => {}
        }
        next += 1;
    }
    let commas = (at..next).filter(|at| view.is(*at, ',')).count();
    let has_date = (at..next).any(|at| dates::read(view, at).is_some_and(|(date, _)| date.day.is_some()))
        || (at..next).any(|at| {
            view.is_emphasised(at)
                || view.opens(at, '[')
                || view.opens(at, '(') && early_date(view, at).is_some()
        });
    if next >= at + 40 || next == at || commas > 2 || has_date || extents::is_sentence(view.until(next), at) {
        return None;
    }
    let look = Look::Plain;
    draft.evidence += 22;
    draft.set_title(title_text(view, at, next), look);
    Some(next)
}

/// Names that end where a title's authors end.
fn is_author(view: View, at: usize) -> bool {
    names::natural(view, at).is_some_and(|names| {
        let ends = matches!(view.kind(names.next), Kind::End | Kind::Open('(') | Kind::Mark(',' | '.'));
        names.order == Order::Natural && (names.is_known || names.is_personal) && ends
    })
}

pub(super) fn is_marked(view: View, at: usize) -> bool {
    view.emphasis(at).is_some() || view.quoted(at).is_some() || view.link(at).is_some()
}

/// A name that no list knows, where an author may stand: no other element of two or three capitalised
/// words does, before a date, an address or one more element.
fn is_author_ahead(view: View, at: usize, names: &Names) -> bool {
    if !names.is_personal || extents::city(view, at).is_some() || extents::has_publisher(view, at) {
        return false;
    }
    let end = names.next;
    let goes_on = view.is(end, ',')
        && view.is_capital(end + 1)
        && names::natural(view, end + 1).is_none_or(|names| view.get(names.next).is_some());
    goes_on
        || view.get(end).is_none()
        || view.is(end, '.')
        || view.is(end, ':') && view.identifier(end + 1).is_some()
        || view.opens(end, '(')
        || view.is(end, ',') && dates::read(view, end + 1).is_some()
        || names.has_others
}

/// `by Names`, `, Names`, `(Names)`, `– Names –` after a title.
fn authors_after(draft: &mut Draft, at: usize) -> usize {
    let view = draft.view;
    let mut next = at;
    if view.opens(next, '(') {
        let Some(mate) = view.mate(next) else { return at };
        let inner = view.until(mate);
        // `(Vaswani et al., 2017)`
        if let Some(names) =
            names::natural(inner, next + 1).filter(|names| names.has_others || names.is_known)
        {
            let comma = if view.is(names.next, ',') { names.next + 1 } else { names.next };
            if let Some((date, _)) = dates::read(inner, comma).filter(|(_, end)| *end == mate) {
                take_authors(draft, names);
                draft.set_date(date);
                return mate + 1;
            }
        }
        let names = names::natural(inner, next + 1)
            .filter(|names| names.next == mate && names.order == Order::Natural);
        if let Some(names) = names.filter(|_| extents::city(inner, next + 1).is_none()) {
            take_authors(draft, names);
            return mate + 1;
        }
        return at;
    }
    while matches!(view.kind(next), Kind::Mark(',' | '–' | '—' | '-' | '|' | '.' | ':')) {
        next += 1;
    }
    // `TED talk by`
    let mut by = next;
    while by < next + 4 && view.kind(by) == Kind::Word && !view.has(by, Concepts::BY) {
        by += 1;
    }
    let is_by = view.has(by, Concepts::BY)
        && !view.is_capital(by)
        && (by == next
            || view.has(by - 1, Concepts::MEDIUM)
            || matches!(view.folded(by - 1), "talk" | "essay" | "article" | "lecture" | "speech"));
    // `by bell hooks`
    let is_small = |at: usize| {
        view.kind(at) == Kind::Word
            && !view.is_capital(at)
            && view.get(at).is_some_and(|token| token.concepts == Concepts::NONE)
    };
    if is_by
        && by == next
        && is_small(by + 1)
        && is_small(by + 2)
        && matches!(view.kind(by + 3), Kind::End | Kind::Mark(_) | Kind::Open('('))
    {
        let given = Some(view.text(by + 1, by + 2));
        draft.work.authors = vec![names::Name { given, ..names::Name::whole(view.text(by + 2, by + 3)) }];
        draft.evidence += 15;
        draft.last = Element::Contributor;
        return by + 3;
    }
    if is_by {
        if let Some(names) = names::only_natural(view, by + 1) {
            if by > next {
                if view.folded(by - 1) == "talk"
                    || view.folded(by - 1) == "lecture"
                    || view.folded(by - 1) == "speech"
                {
                    draft.hints.named = Some(WorkKind::Talk);
                }
                draft.add_note(view.text(next, by));
            }
            let end = names.next;
            take_authors(draft, names);
            return end;
        }
        return at;
    }
    let names = names::only_natural(view, next).filter(|names| {
        let is_person = names.order == Order::Natural
            && (names.is_known || is_author_ahead(view, next, names))
            || names.order == Order::Single && names.has_others;
        is_person && next > at
    });
    if let Some(names) = names.filter(|names| {
        matches!(
            view.kind(names.next),
            Kind::Mark(',' | '.' | '–' | '—' | '-' | '|') | Kind::End | Kind::Open('(')
        ) || view.is(names.next, ':') && view.identifier(names.next + 1).is_some()
            || names.has_others && dates::year(view, names.next).is_some()
    }) {
        let end = names.next;
        take_authors(draft, names);
        return end;
    }
    at
}

fn take_authors(draft: &mut Draft, names: Names) {
    draft.evidence += 15;
    draft.work.authors = names.list;
    draft.work.has_others = names.has_others;
    draft.last = Element::Contributor;
}
