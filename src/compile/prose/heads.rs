//! The head of a citation, in the families of forms that styles have: names and date first (APA,
//! Harvard), names and title in sentences (Chicago's bibliography, MLA, Vancouver), names and title with
//! commas (notes, IEEE), the title first (links, films, what has no author).

use super::Kind as WorkKind;
use super::concepts::Concepts;
use super::contributors::role_after;
use super::dates::{self, Date};
use super::draft::{Draft, Look, Style};
use super::extents::{self, Extent};
use super::names::{self, Names, Order};
use super::numbers;
use super::special;
use super::titles;
use super::tokens::Kind;
use super::view::View;

/// How long a list of names may be in a sentence for a source to begin with it, in tokens.
const FARTHEST_TITLE: usize = 40;

/// The best reading of a source at `at`, if any is to be believed.
pub(super) fn read(view: View, at: usize) -> Option<Draft> {
    if let Some(draft) = special::read(view, at).filter(Draft::is_believed) {
        return Some(draft);
    }
    let mut best: Option<Draft> = None;
    // The same words may be one name turned round or two, a person or an organisation: what follows tells.
    for read in names::ORDERS {
        let Some(names) = read(view, at) else { continue };
        let is_certain = names.order != Order::Inverted || names.is_known;
        let draft = after_names(view, at, names);
        if keep_better(&mut best, draft) && is_certain {
            return best;
        }
    }
    keep_better(&mut best, titles::title_first(view, at));
    if best.is_none() {
        best = titles::plain_first(view, at).filter(Draft::is_believed);
    }
    best
}

/// Keeps the reading that explains more; whether nothing of it is unexplained.
fn keep_better<'a>(best: &mut Option<Draft<'a>>, draft: Option<Draft<'a>>) -> bool {
    let Some(draft) = draft.filter(Draft::is_believed) else { return false };
    let is_whole = draft.unexplained == 0;
    if best.as_ref().is_none_or(|best| best.score() < draft.score()) {
        *best = Some(draft);
    }
    is_whole
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
    // `Mitra, S. and Dangwal, R. (2010), ‘…`
    if let Some(mate) = view.mate(next).filter(|_| view.opens(next, '(') && next == names.next) {
        let is_dated = dates::read(view.until(mate), next + 1).is_some_and(|(_, end)| end == mate);
        let title =
            if matches!(view.kind(mate + 1), Kind::Mark(',' | '.' | ':')) { mate + 2 } else { mate + 1 };
        let is_marked = view.emphasis(title).is_some() || view.quoted(title).is_some();
        let is_sure = names.order == Order::Initials && view.is_capital(title);
        return is_dated && (is_marked || is_sure);
    }
    if view.has(next, Concepts::IN) && view.quoted(next + 1).is_some() && next == names.next {
        return names.order == Order::Natural;
    }
    let is_marked = view.emphasis(next).is_some() || view.quoted(next).is_some() || view.link(next).is_some();
    is_marked && (next > names.next || view.is(next - 1, '.'))
}

/// Names, then what they wrote.
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
    } else if names.is_personal {
        5
    } else {
        0
    };
    // `Byung-Chul Han, Müdigkeitsgesellschaft`: two words are a family name less often than a whole one.
    let is_double = names.list.first().is_some_and(|name| name.family.contains(' '))
        && !view.has(at + 1, Concepts::PARTICLE)
        && !view.has(at, Concepts::PARTICLE);
    if names.order == Order::Inverted && !names.is_known && is_double {
        draft.evidence -= 8;
    }
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
    // An organisation that edits a book does not make it a report.
    draft.hints.is_corporate &= !role.has(Concepts::EDITOR);
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
            draft.hints.is_abbreviated_role = view.folded(next.saturating_sub(3)) == "dir" && list.len() > 1
                || names.order == Order::FamilyFirst;
        }
        draft.work.authors = list;
    }
    if let [name] = draft.work.authors.as_mut_slice()
        && name.family == "Anon"
        && view.is(names.next, '.')
    {
        name.family.push('.');
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
        // `Meena Dhanda in “Caste in the Corridor”`
        Kind::Word
            if view.has(next, Concepts::IN)
                && (view.quoted(next + 1).is_some() || view.emphasis(next + 1).is_some()) =>
        {
            draft.style = Style::Note;
            next += 1;
        }
        _ if eaten_stop || has_role || view.emphasis(next).is_some() && (is_inverted || names.is_known) => {}
        _ => return None,
    }
    with_title(draft, next, Extent::ListTitle)
}

/// A bracket with an account's name or an acronym.
fn is_handle(view: View, at: usize, mate: usize) -> bool {
    let is_acronym = matches!(view.kind(at), Kind::Open('(' | '[')) && mate == at + 2 && {
        let raw = view.raw(at + 1);
        raw.chars().count() > 1
            && raw.chars().all(|c| c.is_uppercase() || c == '-')
            && !numbers::is_roman(raw)
    };
    // `Zitkala-Ša [Gertrude Simmons Bonnin].`: another name.
    let is_name = view.opens(at, '[')
        && (at + 1..mate).all(|at| view.is_capital(at) || view.has(at, Concepts::PARTICLE))
        && view.is(mate + 1, '.');
    is_acronym || is_name || view.is(at + 1, '@')
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
pub(super) fn early_date(view: View, at: usize) -> Option<(Date, usize)> {
    let mut next = at;
    while matches!(view.kind(next), Kind::Mark(',' | '.')) && next < at + 2 {
        next += 1;
    }
    if matches!(view.kind(next), Kind::Open('(' | '[')) {
        let mate = view.mate(next)?;
        let (date, end) = dates::read(view.until(mate), next + 1)?;
        let is_all = end == mate || view.is(end, ',') || view.is(end, ';') || view.is(end, '/');
        // `[1977] (2002)`: the later year is that of the edition.
        if is_all && view.opens(mate + 1, '(') {
            let second = view.mate(mate + 1)?;
            let later = dates::read(view.until(second), mate + 2).filter(|(_, end)| *end == second);
            if let Some((later, _)) = later.filter(|(later, _)| later.year > date.year) {
                return Some((later, second + 1));
            }
        }
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
    if let Some(next) = special::described(&mut draft, at) {
        draft.read_tail(next);
        return Some(draft);
    }
    let (next, look) = titles::title(&mut draft, at, extent)?;
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
    // `Riksarkivet, Sök i arkiven: https://…`: what is named before an address is its title.
    if look == Look::Plain && view.is(next.saturating_sub(1), ':') && view.identifier(next).is_some() {
        draft.evidence += 15;
    }
    // `Netzpolitik.org: „Chatkontrolle“ (https://…)`: a site that is named by its host signs nothing.
    if let [site] = draft.work.authors.as_slice()
        && view.has(draft.start, Concepts::SITE)
    {
        draft.work.container = Some(site.family.clone());
        draft.work.authors.clear();
        draft.container = Look::Plain;
    }
    draft.read_tail(next);
    Some(draft)
}
