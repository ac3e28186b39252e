//! Names in their running order, and names of organisations.

use super::super::concepts::Concepts;
use super::super::dates;
use super::super::tokens::Kind;
use super::super::view::View;
use super::{
    MOST, Name, Names, Order, initials, is_and, is_initial, is_name_word, is_particle, joint, next_name,
    suffix, uncapitalised,
};

/// Whether a list goes on after a name in the running order: with a comma and another name, or `and`.
pub(super) fn more_names(view: View, at: usize) -> bool {
    let (after, has_and, has_mark) = joint(view, at);
    if has_and || view.term(after, Concepts::OTHERS | Concepts::EDITOR).is_some() {
        return true;
    }
    has_mark
        && one_natural(view, after).is_some_and(|(name, end)| {
            let (_, has_and, has_mark) = joint(view, end);
            name.given.is_some() && (has_and || has_mark)
        })
}

/// One name in its running order, and what follows it.
pub(super) fn one_natural(view: View, at: usize) -> Option<(Name, usize)> {
    if is_honorific(view, at) {
        return one_natural(view, if view.is(at + 1, '.') { at + 2 } else { at + 1 });
    }
    if let Some(found) = small_name(view, at) {
        return Some(found);
    }
    let mut next = at;
    let mut words = 0;
    let mut last_word = at;
    while words < 7 {
        if let Some(after) = initials(view, next) {
            // `Bruno L.` ends a sentence; names do not end with initials.
            words += 1;
            next = after;
            continue;
        }
        let mut word = next;
        while (is_particle(view, word)
            || (words > 0 && matches!(view.folded(word), "y" | "e") && !view.is_capital(word)))
            && word < next + 3
            && !(words == 0 && word > next + 1)
        {
            word += 1;
        }
        if word > next && words > 0 && is_and(view, next) && !matches!(view.folded(next), "y") {
            break;
        }
        let is_initial = word == next && words > 0 && is_letter_initial(view, word);
        if !is_initial && !is_name_word(view, word) {
            // `al-Ghazālī` is particle and name in one.
            if word > next && view.raw(word - 1).contains('-') {
                last_word = next;
                next = word;
            }
            break;
        }
        if words > 0 && view.has(word, Concepts::SUFFIX) {
            break;
        }
        last_word = next;
        next = word + 1;
        words += 1;
    }
    if words == 0 || next == at {
        return None;
    }
    let mut name = Name::default();
    let mut family = last_word;
    // `Le Guin`, `Du Bois`, `Ortega y Gasset`
    while family > at + 1 && is_capital_particle(view, family - 1) {
        family -= 1;
    }
    if family > at + 1 && view.folded(family) == "y" {
        family -= 1;
    }
    if next == at + 2 && is_eastern(view, at) {
        name.given = Some(view.text(at + 1, next));
        name.family = view.text(at, at + 1);
        return Some((name, next));
    }
    if next == at + 2 && is_capital_particle(view, at) && !view.has(at, Concepts::GIVEN_NAME) {
        family = at;
    }
    if family > at && initials(view, last_word).is_none() {
        name.given = Some(view.text(at, family));
    } else {
        family = at;
    }
    name.family = uncapitalised(&view.text(family, next));
    if let Some((suffix, after)) = suffix(view, next) {
        name.suffix = Some(suffix);
        next = after;
    }
    Some((name, next))
}

/// `Judge`, `Sir` before a name of two words or more.
fn is_honorific(view: View, at: usize) -> bool {
    let is_title = view.is_capital(at)
        && matches!(
            view.raw(at),
            "Judge"
                | "Sir"
                | "Dame"
                | "Dr"
                | "Prof"
                | "Professor"
                | "Lord"
                | "Lady"
                | "Rev"
                | "Justice"
                | "Mrs"
                | "Mr"
        );
    let name = if view.is(at + 1, '.') { at + 2 } else { at + 1 };
    let goes_on = initials(view, name).is_some() || is_name_word(view, name) && is_name_word(view, name + 1);
    is_title && goes_on
}

/// `danah boyd,` before a marked title: some write their names in small letters.
fn small_name(view: View, at: usize) -> Option<(Name, usize)> {
    let is_small = |at: usize| {
        view.kind(at) == Kind::Word
            && view.raw(at).len() > 2
            && !view.is_capital(at)
            && view.get(at).is_some_and(|token| token.concepts == Concepts::NONE)
    };
    let title = at + 3;
    let is_marked =
        view.emphasis(title).is_some() || view.quoted(title).is_some() || view.link(title).is_some();
    let is_name = is_small(at)
        && is_small(at + 1)
        && matches!(view.kind(at + 2), Kind::Mark(',' | ':'))
        && is_marked
        && at.checked_sub(1).is_none_or(|at| view.kind(at) != Kind::Word || view.has(at, Concepts::SIGNAL));
    is_name.then(|| {
        let given = Some(view.text(at, at + 1));
        (Name { given, ..Name::whole(view.text(at + 1, at + 2)) }, at + 2)
    })
}

/// `Bong Joon-ho`: the family name first, as in Korea and China.
fn is_eastern(view: View, at: usize) -> bool {
    let is_given = view.raw(at + 1).split_once('-').is_some_and(|(first, second)| {
        !second.contains('-')
            && first.chars().count() <= 5
            && second.chars().count() <= 5
            && second.starts_with(char::is_lowercase)
    });
    is_given && view.letters(at) <= 5 && !view.raw(at).contains('-') && !view.has(at, Concepts::GIVEN_NAME)
}

/// An initial without its stop.
fn is_letter_initial(view: View, at: usize) -> bool {
    view.is_capital(at) && view.letters(at) == 1 && is_name_word(view, at + 1)
}

fn is_capital_particle(view: View, at: usize) -> bool {
    matches!(
        view.raw(at),
        "Le" | "La"
            | "Du"
            | "Van"
            | "Von"
            | "De"
            | "Di"
            | "Da"
            | "Del"
            | "Della"
            | "Dos"
            | "Des"
            | "Ibn"
            | "Den"
            | "Der"
            | "Ter"
            | "Mac"
            | "San"
            | "St"
    )
}

/// Names in their running order: `Max Horkheimer and Theodor W. Adorno`.
pub(in super::super) fn natural(view: View, at: usize) -> Option<Names> {
    running(view, at, false)
}

/// The same where nothing but names can stand: a comma and two words are one more of them.
pub(in super::super) fn only_natural(view: View, at: usize) -> Option<Names> {
    running(view, at, true)
}

fn running(view: View, at: usize, is_certain: bool) -> Option<Names> {
    let (first, mut next) = one_natural(view, at)?;
    let mut is_known = has_known_given(view, at, next);
    let mut is_personal = first.given.is_some() && is_personal(view, at, next);
    let order = if first.given.is_none() { Order::Single } else { Order::Natural };
    let mut list = vec![whole_if_organisation(view, at, next, first)];
    let mut has_others = false;
    while list.len() < MOST
        && let Some((after, has_and)) = next_name(view, &mut next, &mut has_others)
    {
        let Some((name, end)) = one_natural(view, after) else { break };
        let goes_on = has_and
            || (name.given.is_some() && view.is(next, '/'))
            || (name.given.is_some()
                && order == Order::Natural
                && (is_certain && has_known_given(view, after, end) || more_names(view, end)))
            || (order == Order::Single && name.given.is_none() && more_names(view, end))
            || (order == Order::Single
                && name.given.is_none()
                && view.is(next, '/')
                && (dates::year(view, end).is_some()
                    || matches!(view.kind(end), Kind::Mark(',') | Kind::Open('('))));
        if !goes_on || view.link(after).is_some() {
            break;
        }
        is_known |= has_known_given(view, after, end);
        is_personal &= self::is_personal(view, after, end);
        list.push(whole_if_organisation(view, after, end, name));
        next = end;
        if has_and {
            next_name(view, &mut next, &mut has_others);
            break;
        }
    }
    let is_organisation = list.iter().all(|name| name.given.is_none()) && order == Order::Natural;
    is_known |= is_organisation;
    let order = if is_organisation { Order::Organisation } else { order };
    Some(Names { list, has_others, order, is_known, is_personal, next })
}

/// Two to five words, none of which other elements of a citation are made of.
fn is_personal(view: View, at: usize, next: usize) -> bool {
    let words = (at..next).filter(|at| view.kind(*at) == Kind::Word).count();
    (2..=5).contains(&words) && !(at..next).any(|at| is_other(view, at))
}

/// A word that stands in names of organisations, publishers, periodicals or places.
pub(super) fn is_other(view: View, at: usize) -> bool {
    let others = Concepts::ORGANISATION
        | Concepts::PUBLISHER
        | Concepts::PERIODICAL
        | Concepts::CONFERENCE
        | Concepts::CITY
        | Concepts::MEDIUM
        | Concepts::FUNCTION;
    let shouts = view.is_capital(at) && view.letters(at) > 2 && view.raw(at).chars().all(char::is_uppercase);
    view.has(at, others) && !view.has(at, Concepts::GIVEN_NAME | Concepts::PARTICLE) || shouts
}

fn has_known_given(view: View, at: usize, next: usize) -> bool {
    initials(view, at).is_some_and(|end| end < next)
        || next > at + 1 && view.has(at, Concepts::GIVEN_NAME)
        || view.has(next.saturating_sub(1), Concepts::SUFFIX)
        || (at + 1..next.saturating_sub(1)).any(|at| is_initial(view, at))
}

fn whole_if_organisation(view: View, at: usize, next: usize, name: Name) -> Name {
    let is_acronym = |at: usize| {
        let raw = view.raw(at);
        raw.len() > 1 && raw.chars().all(|c| c.is_uppercase())
    };
    let given_known = has_known_given(view, at, next);
    let is_organisation = !given_known
        && (at..next).any(|at| view.has(at, Concepts::ORGANISATION) || is_acronym(at))
        || view.raw(at) == "Ibn";
    if is_organisation { Name::whole(view.text(at, next)) } else { name }
}

/// An organisation: words up to the mark that ends the name.
pub(in super::super) fn organisation(view: View, at: usize) -> Option<Names> {
    if !view.is_capital(at)
        || view.is_linked(at)
        || view.is_emphasised(at)
        || view.has(at, Concepts::IN | Concepts::SIGNAL | Concepts::UNPUBLISHED)
    {
        return None;
    }
    let mut next = at;
    let mut has_word = false;
    let mut longest_run = 0;
    while next < at + 14 {
        match view.kind(next) {
            Kind::Word => {
                has_word |= view.has(next, Concepts::ORGANISATION);
                if view.has(next, Concepts::VERB) && !view.is_capital(next) {
                    return None;
                }
                longest_run += 1;
            }
            Kind::Mark('&' | '\'' | '’' | '/') => {}
            Kind::Mark('.') if !view.is_stop(next) && view.get(next + 1).is_some() => {}
            _ => break,
        }
        if next > at && (view.emphasis(next).is_some() || view.link(next).is_some()) {
            break;
        }
        next += 1;
    }
    // `Un'opinione diversa in Chiara Frugoni`: words that lead up to a name are not part of it. Nor is an
    // organisation made of small words, if none says that it is one.
    let is_small =
        |at: usize| view.kind(at) == Kind::Word && !view.is_capital(at) && !view.has(at, Concepts::PARTICLE);
    let leads_up = |name: usize| {
        is_small(name - 1)
            && one_natural(view, name).is_some_and(|(found, end)| {
                found.given.is_some() && end == next && is_personal(view, name, end)
            })
    };
    let is_wordy =
        (at..next).any(|at| is_small(at) && !view.has(at, Concepts::FUNCTION | Concepts::AND | Concepts::BY));
    if !has_word && (is_wordy || (at + 1..next).any(leads_up)) || view.has(at, Concepts::COMMENT) {
        return None;
    }
    let raw = view.raw(at);
    let is_acronym =
        next == at + 1 && raw.chars().count() > 2 && raw.chars().all(|c| c.is_uppercase() || c == '-');
    if longest_run == 0 {
        return None;
    }
    let list = vec![Name::whole(view.text(at, next))];
    Some(Names {
        list,
        has_others: false,
        order: Order::Organisation,
        is_known: has_word || is_acronym,
        is_personal: false,
        next,
    })
}
