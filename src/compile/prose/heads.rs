//! The head of a citation, in the families of forms that styles have: names and date first (APA,
//! Harvard), names and title in sentences (Chicago's bibliography, MLA, Vancouver), names and title with
//! commas (notes, IEEE), the title first (links, films, what has no author).

use super::concepts::Concepts;
use super::contributors::role_after;
use super::dates::{self, Date};
use super::draft::{Draft, Element, Look, Style, title_text};
use super::extents::{self, Extent};
use super::identifiers::Identifier;
use super::names::{self, Names, Order};
use super::numbers;
use super::tokens::Kind;
use super::view::View;
use super::{Kind as WorkKind, Label, Locator};

/// How long a list of names may be in a sentence for a source to begin with it, in tokens.
const FARTHEST_TITLE: usize = 40;

/// A title that nothing sets off has at least so many letters.
const SHORTEST_TITLE: usize = 3;

/// The best reading of a source at `at`, if any is to be believed.
pub(super) fn read(view: View, at: usize) -> Option<Draft> {
    let mut best: Option<Draft> = None;
    let candidates: [fn(View, usize) -> Option<Draft>; 6] =
        [address_first, scripture, statute, named, corporate, title_first];
    for read in candidates {
        let Some(draft) = read(view, at).filter(|draft| draft.is_believed()) else { continue };
        let is_whole = draft.unexplained == 0;
        if best.as_ref().is_none_or(|best| best.score() < draft.score()) {
            best = Some(draft);
        }
        if is_whole {
            break;
        }
    }
    best
}

/// Whether a source surely begins at `at`: a marked title, or names and a marked title after them.
pub(super) fn starts_strongly(view: View, at: usize) -> bool {
    if view.emphasis(at).is_some() || view.link(at).is_some() || view.identifier(at).is_some() {
        return true;
    }
    let near = view.until(at + FARTHEST_TITLE);
    let Some(names) = names::list(near, at).filter(|names| names.order != Order::Same) else { return false };
    let mut next = names.next;
    while matches!(view.kind(next), Kind::Mark(',' | ':' | '.')) {
        next += 1;
    }
    let is_marked = view.emphasis(next).is_some() || view.quoted(next).is_some() || view.link(next).is_some();
    is_marked && (next > names.next || view.is(next - 1, '.'))
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
    let (locator, end) = numbers::formed(view, next)?;
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

/// Names, then what they wrote.
fn named(view: View, at: usize) -> Option<Draft> {
    let names = names::list(view, at)?;
    after_names(view, at, names)
}

fn corporate(view: View, at: usize) -> Option<Draft> {
    after_names(view, at, names::organisation(view, at)?)
}

fn after_names<'a>(view: View<'a>, at: usize, names: Names) -> Option<Draft<'a>> {
    let mut draft = Draft::new(view, at);
    let is_whole_name = names.list.iter().all(|name| name.given.is_none());
    draft.hints.is_corporate =
        is_whole_name && names.list.iter().any(|name| is_corporate(view, at, names.next, &name.family));
    draft.evidence += match names.order {
        Order::Initials | Order::Vancouver | Order::Same => 15,
        Order::Inverted | Order::FamilyFirst => 12,
        Order::Natural => 10,
        Order::Organisation | Order::Single => 5,
    };
    draft.evidence += if names.is_known || view.has(at, Concepts::MONONYM) && names.order == Order::Single {
        10
    } else {
        0
    };
    let is_single = names.list.len() == 1 && names.next == at + 1 && !names.is_known;
    let shouts = view.raw(at).chars().all(|c| c.is_uppercase());
    draft.hints.is_guess = is_single && !shouts && draft.hints.is_corporate;
    let mut next = names.next;
    let eaten_stop = view.is(next.wrapping_sub(1), '.');

    // `Lovelace, A. [@ada].`, `International Telecommunication Union (ITU)`
    if let Some(mate) = view.mate(next).filter(|mate| is_handle(view, next, *mate)) {
        next = mate + 1;
    }

    // The role of the names.
    let mut role = Concepts::NONE;
    if let Some((found, after)) = role_after(view, next) {
        role = found;
        next = after;
    }
    let list = names.list.clone();
    if role.has(Concepts::EDITOR)
        && !view.has(next.saturating_sub(2), Concepts::DIRECTOR)
        && !is_director(view, names.next, next)
    {
        draft.work.editors = list;
    } else {
        if is_director(view, names.next, next) {
            let hosts = (names.next..next).any(|at| matches!(view.folded(at), "host" | "presenter"));
            let kind = if hosts { WorkKind::Podcast } else { WorkKind::Film };
            draft.hints.named = Some(kind);
        }
        draft.work.authors = list;
    }
    draft.work.has_others = names.has_others;
    draft.work.has_same_authors = names.order == Order::Same;
    if names.order == Order::Same {
        draft.evidence += 10;
    }

    // The date between names and title.
    let has_role = !role.has(Concepts::NONE) && next > names.next;
    let dated = early_date(view, next);
    draft.style = Style::List;
    if let Some((date, after)) = dated {
        draft.set_date(date);
        draft.evidence += 5;
        next = after;
        while matches!(view.kind(next), Kind::Mark(',' | '.' | ':' | ')')) {
            next += 1;
        }
        return with_title(draft, next, Extent::ListTitle);
    }
    let mark = view.kind(next);
    let is_inverted = matches!(
        names.order,
        Order::Initials | Order::Inverted | Order::FamilyFirst | Order::Vancouver | Order::Same
    );
    match mark {
        Kind::Mark('.')
            if view.is_stop(next)
                || names.order == Order::Same
                || is_inverted
                || has_role
                || view.is_capital(next + 1) =>
        {
            // A name in its running order at the head of a list is whole: an organisation, or one name.
            if names.order == Order::Natural && !names.is_known && names.list.len() == 1 {
                draft.work.authors = vec![names::Name::whole(view.text(at, names.next))];
                draft.hints.is_corporate |= is_corporate(view, at, names.next, &view.text(at, names.next));
            }
            if names.order == Order::Natural && names.is_known && view.is_emphasised(next + 1) {
                draft.style = Style::List;
            }
            next += 1;
        }
        Kind::Mark(':') => {
            next += 1;
        }
        Kind::Mark(',') | Kind::Mark('–' | '—' | '-' | '|') => {
            draft.style = if is_listed_note(view, at, &names, next) { Style::List } else { Style::Note };
            next += 1;
            return with_title(draft, next, Extent::NoteTitle);
        }
        Kind::Open('"') if !view.is_spaced(next) || is_inverted => {
            draft.style = if view.is_spaced(next) && eaten_stop { Style::List } else { Style::Note };
        }
        _ if eaten_stop || has_role || view.emphasis(next).is_some() && (is_inverted || names.is_known) => {}
        _ => return None,
    }
    with_title(draft, next, Extent::ListTitle)
}

/// A bracket with an account's name or an acronym.
fn is_handle(view: View, at: usize, mate: usize) -> bool {
    let is_acronym = view.opens(at, '(') && mate == at + 2 && {
        let raw = view.raw(at + 1);
        raw.chars().count() > 1
            && raw.chars().all(|c| c.is_uppercase() || c == '-')
            && !numbers::is_roman(raw)
    };
    is_acronym || view.is(at + 1, '@')
}

/// IEEE: initials in running order, a title in quotes, the journal by `vol.`
fn is_listed_note(view: View, at: usize, names: &Names, comma: usize) -> bool {
    let is_quoted = view.quoted(comma + 1);
    let Some((_, _, next)) = is_quoted else { return false };
    names.order == Order::Natural
        && view.is(at + 1, '.')
        && (next..next + 14).any(|at| view.folded(at) == "vol" || view.folded(at) == "proc")
}

fn is_director(view: View, first: usize, last: usize) -> bool {
    (first..last).any(|at| {
        matches!(view.folded(at), "dir" | "director" | "host" | "directors" | "presenter" | "réalisation")
    }) && !(first..last).any(|at| matches!(view.folded(at), "sous" | "éd"))
}

fn is_corporate(view: View, at: usize, next: usize, name: &str) -> bool {
    let shouts = name.chars().count() > 2 && name.chars().all(|c| c.is_uppercase() || c == '-');
    shouts
        || (at..next).any(|at| view.has(at, Concepts::ORGANISATION))
        || !name.contains(' ') && view.opens(next, '(') && !view.has(at, Concepts::MONONYM) && at + 1 == next
}

/// `(2010)`, `2010.`, `, (1965),`, `, 2016).`
fn early_date(view: View, at: usize) -> Option<(Date, usize)> {
    let mut next = at;
    while matches!(view.kind(next), Kind::Mark(',' | '.')) && next < at + 2 {
        next += 1;
    }
    if matches!(view.kind(next), Kind::Open('(' | '[')) {
        let mate = view.mate(next)?;
        let (date, end) = dates::read(view.until(mate), next + 1)?;
        let is_all = end == mate || view.is(end, ',') || view.is(end, ';') || view.is(end, '/');
        return is_all.then_some((date, mate + 1));
    }
    let (date, end) = dates::year(view, next)?;
    let ends = matches!(view.kind(end), Kind::Mark('.' | ',' | ':' | ')'));
    let title = if view.is(end, ')') && view.is(end + 1, '.') { end + 2 } else { end + 1 };
    let starts = view.is_capital(title)
        || view.emphasis(title).is_some()
        || view.quoted(title).is_some()
        || view.link(title).is_some();
    let is_month = view.month(title).is_some() || view.has(title, Concepts::PAGE) && view.is(title + 1, '.');
    (ends && starts && !is_month).then_some((date, end))
}

/// Reads the title at `at`, then the tail.
fn with_title(mut draft: Draft, at: usize, extent: Extent) -> Option<Draft> {
    let view = draft.view;
    if let Some(next) = described(&mut draft, at) {
        draft.read_tail(next);
        return Some(draft);
    }
    let (next, look) = title(&mut draft, at, extent)?;
    if look == Look::Plain {
        // A plain title rests on the names before it and the elements after it.
        let is_weak = draft.work.authors.iter().chain(&draft.work.editors).all(|name| name.given.is_none());
        if is_weak && !draft.hints.is_corporate && draft.work.date.is_none() && !draft.work.has_same_authors {
            draft.evidence -= 8;
        }
        if extents::is_sentence(view.until(next), at) && draft.work.date.is_none() {
            draft.evidence -= 12;
        }
    }
    draft.read_tail(next);
    Some(draft)
}

/// A title in whatever look it has; what follows it.
fn title(draft: &mut Draft, at: usize, extent: Extent) -> Option<(usize, Look)> {
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
        draft.set_title(title_text(view, first, last), look);
        return Some((end, look));
    }
    if view.identifier(at).is_some() || view.get(at).is_none() {
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
    draft.set_title(title_text(view, at, end), Look::Plain);
    Some((end, Look::Plain))
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

/// What stands in the place of a title: `review of …`, `interview by …`, `letter to …`.
fn described(draft: &mut Draft, at: usize) -> Option<usize> {
    let view = draft.view;
    let of = at + 1;
    let (kind, named_first) = match (view.folded(at), view.folded(of)) {
        ("review" | "rezension", "of" | "von") => (WorkKind::Review, false),
        ("interview", "by" | "with") => (WorkKind::Interview, true),
        ("letter", "to") => (WorkKind::Letter, true),
        _ => return None,
    };
    let mut next = of + 1;
    if named_first {
        next = names::natural(view, next)?.next;
    } else {
        next = view.emphasis(next).or_else(|| view.quoted(next).map(|(_, _, next)| next))?;
        let by = if view.is(next, ',') { next + 1 } else { next };
        if view.folded(by) == "by" {
            next = names::natural(view, by + 1)?.next;
        }
    }
    draft.add_note(view.text(at, next));
    draft.hints.named = Some(kind);
    draft.evidence += 15;
    draft.last = Element::Title;
    Some(next)
}

/// The title first: marked, or the name of an address that follows.
fn title_first(view: View, at: usize) -> Option<Draft> {
    let mut draft = Draft::new(view, at);
    let is_marked = view.emphasis(at).is_some() || view.quoted(at).is_some() || view.link(at).is_some();
    let mut next = if is_marked {
        draft.style = Style::Note;
        title(&mut draft, at, Extent::NoteTitle)?.0
    } else {
        named_address(&mut draft, at)?
    };
    if view.is(next, '.') && view.is_stop(next) || view.kind(next) == Kind::Word {
        draft.style = Style::List;
    }
    next = authors_after(&mut draft, next);
    draft.read_tail(next);
    Some(draft)
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
            Kind::Word if view.folded(next) == "by" && is_author(view, next + 1) => break,
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
        names.order == Order::Natural && names.is_known && ends
    })
}

fn is_marked(view: View, at: usize) -> bool {
    view.emphasis(at).is_some() || view.quoted(at).is_some() || view.link(at).is_some()
}

/// `by Names`, `, Names`, `(Names)`, `– Names –` after a title.
fn authors_after(draft: &mut Draft, at: usize) -> usize {
    let view = draft.view;
    let mut next = at;
    if view.opens(next, '(') {
        let Some(mate) = view.mate(next) else { return at };
        let inner = view.until(mate);
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
    while by < next + 4 && view.kind(by) == Kind::Word && !matches!(view.folded(by), "by" | "von" | "par") {
        by += 1;
    }
    let is_by = matches!(view.folded(by), "by" | "von" | "par")
        && (by == next
            || view.has(by - 1, Concepts::MEDIUM)
            || matches!(view.folded(by - 1), "talk" | "essay" | "article" | "lecture" | "speech"));
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
        let is_person = names.order == Order::Natural && names.is_known
            || names.order == Order::Single && names.has_others;
        is_person && next > at
    });
    if let Some(names) = names.filter(|names| {
        matches!(
            view.kind(names.next),
            Kind::Mark(',' | '.' | '–' | '—' | '-' | '|') | Kind::End | Kind::Open('(')
        )
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
