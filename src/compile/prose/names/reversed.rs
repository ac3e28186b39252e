//! Names with the family name first: `Deci, E. L.`, `Said, Edward W.`, `Ioannidis JPA`, `FOUCAULT Michel`.

use super::super::concepts::Concepts;
use super::super::tokens::Kind;
use super::super::view::View;
use super::running::{is_other, more_names, one_natural, organisation};
use super::{
    MOST, Name, Names, Order, ends_name, initials, is_and, is_initial, is_name_word, is_particle, joint,
    next_name, past_particles, suffix, uncapitalised,
};

/// The family name of an inverted name: particles and up to four words; what follows.
fn family(view: View, at: usize) -> Option<usize> {
    let first = past_particles(view, at);
    let mut next = first;
    while next < first + 4 {
        let mut at_word = next;
        while next > first
            && at_word < next + 3
            && (is_particle(view, at_word)
                || matches!(view.raw(at_word), "e" | "i")
                || matches!(view.raw(at_word), "Y" | "DE" | "VAN" | "VON" | "DA"))
        {
            at_word += 1;
        }
        if !is_name_word(view, at_word) || view.is(at_word + 1, '.') && is_initial(view, at_word) {
            break;
        }
        next = at_word + 1;
    }
    (next > first).then_some(next)
}

/// The given names after an inverted name's comma: what follows, and whether they are initials.
fn given(view: View, at: usize) -> Option<(usize, bool)> {
    if let Some(mut next) = initials(view, at) {
        // `E. Mary`
        let mut only_initials = true;
        while is_name_word(view, next)
            && !view.is(next + 1, ',')
            && view.has(next, Concepts::GIVEN_NAME)
            && next < at + 9
        {
            next = initials(view, next + 1).unwrap_or(next + 1);
            only_initials = false;
        }
        while is_particle(view, next) && !is_and(view, next) && next < at + 12 {
            next += 1;
        }
        return Some((next, only_initials));
    }
    // `Smith, JP` without stops
    if is_capitals(view, at) && ends_name(view, at + 1) {
        return Some((at + 1, true));
    }
    let mut next = at;
    while next < at + 6 {
        if let Some(after) = initials(view, next).filter(|_| next > at) {
            next = after;
        } else if (is_name_word(view, next) || (next == at && is_small_name(view, next)))
            && (!view.has(next, Concepts::FUNCTION) || view.has(next, Concepts::GIVEN_NAME))
        {
            next += 1;
        } else {
            break;
        }
    }
    while next > at && is_particle(view, next) && !is_and(view, next) && next < at + 8 {
        next += 1;
        // `Boaventura de Sousa`
        while is_name_word(view, next) && next < at + 6 {
            next += 1;
        }
    }
    // A single letter with its stop lost: `Hall, S`
    if next == at && view.is_capital(at) && view.letters(at) == 1 {
        return Some((at + 1, true));
    }
    (next > at && next - at <= 5).then_some((next, false))
}

/// `bell`, as one author wrote herself.
fn is_small_name(view: View, at: usize) -> bool {
    view.kind(at) == Kind::Word
        && view.is(at + 1, '.')
        && view.raw(at).chars().all(|c| c.is_lowercase())
        && view.get(at).is_some_and(|token| token.concepts == Concepts::NONE)
}

/// `JPA`
fn is_capitals(view: View, at: usize) -> bool {
    view.is_capital(at) && view.letters(at) <= 3 && view.raw(at).chars().all(|c| c.is_uppercase() || c == '-')
}

/// `hooks, bell`: both names in small letters, as one author wrote herself.
fn small_inverted(view: View, at: usize) -> Option<(Name, usize, bool)> {
    let ends = matches!(view.kind(at + 3), Kind::Mark('.' | ',') | Kind::Open('(')) || is_and(view, at + 3);
    let is_small = |at: usize| {
        view.kind(at) == Kind::Word
            && !view.is_capital(at)
            && view.raw(at).len() > 2
            && view.get(at).is_some_and(|token| token.concepts == Concepts::NONE)
    };
    let is_name = is_small(at) && view.is(at + 1, ',') && is_small(at + 2) && ends;
    is_name.then(|| {
        let name = Name { given: Some(view.text(at + 2, at + 3)), ..Name::whole(view.text(at, at + 1)) };
        (name, at + 3, false)
    })
}

/// One inverted name: `Said, Edward W., Jr.`
fn one_inverted(view: View, at: usize) -> Option<(Name, usize, bool)> {
    if view.kind(at) == Kind::Word && !view.is_capital(at) && !is_particle(view, at) {
        return small_inverted(view, at);
    }
    let comma = family(view, at)?;
    if !view.is(comma, ',') {
        return None;
    }
    let (mut next, is_initials) = given(view, comma + 1)?;
    // `Graffiti, Athens` is no name.
    let is_city = view.has(comma + 1, Concepts::CITY) && !view.has(comma + 1, Concepts::GIVEN_NAME);
    if !is_initials && (is_city || is_two_people(view, at, comma, next)) {
        return None;
    }
    if !ends_name(view, next) && !view.is(next - 1, '.') {
        return None;
    }
    let mut name = Name {
        family: uncapitalised(&view.text(at, comma)),
        given: Some(view.text(comma + 1, next)),
        suffix: None,
    };
    if let Some((suffix, after)) = suffix(view, next) {
        name.suffix = Some(suffix);
        next = after;
    }
    Some((name, next, is_initials))
}

/// `Ulrich Beck, Risikogesellschaft`, `Ashish Vaswani, Noam Shazeer`: the comma does not turn a name round.
fn is_two_people(view: View, at: usize, comma: usize, next: usize) -> bool {
    let has_particle = (at..comma).any(|at| view.has(at, Concepts::PARTICLE))
        || view.raw(at).chars().all(|c| !c.is_lowercase());
    let is_double = comma >= at + 2 && !has_particle;
    let is_known = view.has(comma + 1, Concepts::GIVEN_NAME);
    is_double && (view.has(at, Concepts::GIVEN_NAME) && !is_known || next > comma + 2)
}

/// `Deci, E. L., & Ryan, R. M.`; `Star, Susan Leigh, and James R. Griesemer`
pub(super) fn inverted(view: View, at: usize) -> Option<Names> {
    let (first, mut next, is_initials) = one_inverted(view, at)?;
    let mut list = vec![first];
    let mut has_others = false;
    let mut is_known =
        is_initials || family(view, at).is_some_and(|comma| view.has(comma + 1, Concepts::GIVEN_NAME));
    while list.len() < MOST
        && let Some((after, has_and)) = next_name(view, &mut next, &mut has_others)
    {
        let reversed = one_inverted(view, after)
            .filter(|(_, _, initials)| *initials == is_initials || has_and || view.is(next, ';'));
        let turned = || {
            one_natural(view, after).filter(|(name, end)| {
                name.given.is_some()
                    && (ends_name(view, *end) || view.is(*end - 1, '.'))
                    && (has_and
                        || !is_initials && more_names(view, *end)
                        || is_initials && initials(view, after).is_some())
            })
        };
        // A list of full names goes on in their running order; of initials, in the same order.
        let found = if is_initials {
            reversed.map(|(name, end, _)| (name, end)).or_else(turned)
        } else {
            turned().or_else(|| reversed.map(|(name, end, _)| (name, end)))
        };
        let Some((name, end)) = found else { break };
        is_known |= has_and;
        list.push(name);
        next = end;
    }
    if is_initials {
        add_collective(view, &mut list, &mut next);
    }
    let order = if is_initials { Order::Initials } else { Order::Inverted };
    Some(Names { list, has_others, order, is_known, is_personal: true, next })
}

/// `Ioannidis JPA, Wolf M, et al`; also `Бахтин М. М.`
pub(super) fn vancouver(view: View, at: usize) -> Option<Names> {
    let one = |at: usize, is_first: bool| -> Option<(Name, usize)> {
        let last = family_before_initials(view, at)?;
        let dotted = initials(view, last).filter(|next| is_dotted(view, at, last, *next));
        let next = match dotted {
            Some(next) => next,
            None if is_capitals(view, last) => last + 1,
            None => return None,
        };
        let ends = ends_name(view, next) || dotted.is_some();
        let is_person =
            initials(view, last).is_some() && dotted.is_none() && is_first && is_running(view, at, last);
        (ends && !is_person).then(|| {
            (
                Name {
                    family: uncapitalised(&view.text(at, last)),
                    given: Some(view.text(last, next)),
                    suffix: None,
                },
                next,
            )
        })
    };
    let (first, mut next) = one(at, true)?;
    let mut list = vec![first];
    let mut has_others = false;
    while list.len() < MOST
        && let Some((after, _)) = next_name(view, &mut next, &mut has_others)
    {
        let Some((name, end)) = one(after, false) else { break };
        list.push(name);
        next = end;
    }
    add_collective(view, &mut list, &mut next);
    Some(Names { list, has_others, order: Order::Vancouver, is_known: true, is_personal: true, next })
}

/// `…, Wolf M; NIGHTLIGHT Study Group`: a group that signs with its members.
fn add_collective(view: View, list: &mut Vec<Name>, next: &mut usize) {
    let (after, _, has_mark) = joint(view, *next);
    if let Some(group) = organisation(view, after).filter(|group| has_mark && group.is_known)
        && matches!(view.kind(group.next), Kind::Mark('.') | Kind::Open('('))
    {
        list.extend(group.list);
        *next = group.next;
    }
}

/// The stops after the initials are theirs, not the sentence's: there are several, or a year follows.
fn is_dotted(view: View, at: usize, first: usize, next: usize) -> bool {
    let is_several = next > first + 2;
    let is_cyrillic = view.raw(first).chars().all(|c| c > 'Ѐ');
    let goes_on = view.number(next).is_some()
        || matches!(view.kind(next), Kind::Mark(',' | ';' | ':') | Kind::Open('('));
    !is_running(view, at, first) && (is_several || is_cyrillic || goes_on || is_and(view, next))
}

/// `Walter J. Ong`: a given name, an initial and the family name.
fn is_running(view: View, at: usize, first: usize) -> bool {
    let next = initials(view, first).unwrap_or(first + 1);
    let after = next + 1;
    let is_several = next > first + 2;
    let is_followed = matches!(view.kind(after), Kind::Mark(',') | Kind::Open('('))
        || is_and(view, after) && !is_several && view.is_capital(after + 1);
    let (mut end, mut words) = (next, 0);
    while words < 4 && (is_name_word(view, end) || is_particle(view, end)) {
        end = if view.is(end + 1, '.') && view.is(end + 2, ',') { end + 2 } else { end + 1 };
        words += 1;
    }
    // `Judge A. Leon Higginbotham Jr., *Shades of Freedom*`
    let heads_title =
        view.is(end, ',') && (view.emphasis(end + 1).is_some() || view.quoted(end + 1).is_some());
    if words > 0 && heads_title {
        return true;
    }
    is_name_word(view, next) && (is_followed || view.has(at, Concepts::GIVEN_NAME))
}

fn family_before_initials(view: View, at: usize) -> Option<usize> {
    let first = past_particles(view, at);
    let mut next = first;
    while next < first + 5 {
        let is_joint = next > first && is_particle(view, next);
        let is_word = is_name_word(view, next) && !is_capitals(view, next) && !is_initial(view, next);
        if !is_joint && !is_word {
            break;
        }
        next += 1;
    }
    (next > first).then_some(next)
}

/// `FOUCAULT Michel`, `Morin (Edgar)`, and lists of them.
pub(super) fn family_first(view: View, at: usize) -> Option<Names> {
    let (first, mut next) = one_family_first(view, at)?;
    let mut list = vec![first];
    while list.len() < MOST {
        let (after, has_and, has_mark) = joint(view, next);
        let Some((name, end)) = one_family_first(view, after).filter(|_| has_and || has_mark) else { break };
        list.push(name);
        next = end;
    }
    let order = Order::FamilyFirst;
    Some(Names { list, has_others: false, order, is_known: true, is_personal: true, next })
}

fn one_family_first(view: View, at: usize) -> Option<(Name, usize)> {
    let is_shouted = |at: usize| {
        view.is_capital(at) && view.letters(at) > 2 && view.raw(at).chars().all(|c| !c.is_lowercase())
    };
    let mut next = at;
    while next < at + 3 && is_shouted(next) {
        next += 1;
    }
    let name = |family: String, given: String, next: usize| {
        Some((Name { family, given: Some(given), suffix: None }, next))
    };
    if next > at
        && is_name_word(view, next)
        && !is_shouted(next)
        && view.raw(next).chars().any(char::is_lowercase)
    {
        let (end, _) = given(view, next)?;
        let is_given = (next..end).all(|at| !is_other(view, at)) && end <= next + 3;
        if !ends_name(view, end) || view.is(end, '.') || !is_given {
            return None;
        }
        return name(uncapitalised(&view.text(at, next)), view.text(next, end), end);
    }
    let family = family(view, at)?;
    if view.opens(family, '(') {
        let close = view.mate(family)?;
        let (end, is_initials) = given(view, family + 1)?;
        let is_written = view.raw(family + 1).chars().any(char::is_lowercase)
            && !is_other(view, family + 1)
            && view.is(close + 1, ',');
        let is_given = is_initials || view.has(family + 1, Concepts::GIVEN_NAME) || is_written;
        if end == close && is_given && family - at <= 2 && !(at..family).any(|at| is_other(view, at)) {
            return name(uncapitalised(&view.text(at, family)), view.text(family + 1, close), close + 1);
        }
    }
    None
}
