//! Names of people and organisations, alone and in lists.

use super::concepts::Concepts;
use super::tokens::{Kind, View};

/// Longest list of names that is read.
const MOST: usize = 200;

/// A person, or an organisation, which has a family name only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// The family name with the particles that stand before it, or the whole name of an organisation
    /// or of a person with one name.
    pub family: String,
    pub given: Option<String>,
    /// `Jr.`
    pub suffix: Option<String>,
}

impl Name {
    pub(super) fn whole(name: String) -> Self {
        Self { family: name, ..Self::default() }
    }
}

/// How the first name of a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// `Deci, E. L.`
    Initials,
    /// `Said, Edward W.`
    Inverted,
    /// `Ioannidis JPA`
    Vancouver,
    /// `FOUCAULT Michel`, `Morin (Edgar)`
    FamilyFirst,
    /// `Edward W. Said`
    Natural,
    /// `World Bank`
    Organisation,
    /// `Plato`
    Single,
    /// `———`
    Same,
}

#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) list: Vec<Name>,
    pub(super) has_others: bool,
    pub(super) order: Order,
    /// A given name of the list is known as one.
    pub(super) is_known: bool,
    /// The first token after the list.
    pub(super) next: usize,
}

fn is_initial(view: View, at: usize) -> bool {
    let raw = view.raw(at);
    let letters = raw.chars().count();
    view.is_capital(at)
        && view.is(at + 1, '.')
        && !view.is_spaced(at + 1)
        && (letters == 1 || letters == 2 && matches!(raw, "Ch" | "Th" | "Ph" | "Fr" | "Yu" | "Ju" | "Ya" | "Zh" | "Sh" | "Ю" | "Ст"))
}

/// `E. L.`, `E.L.`, `M.-W.`: what follows.
fn initials(view: View, mut at: usize) -> Option<usize> {
    if !is_initial(view, at) {
        return None;
    }
    let mut count = 0;
    while count < 5 {
        let dash = usize::from(count > 0 && matches!(view.kind(at), Kind::Mark('-' | '–')) && !view.is_spaced(at));
        if !is_initial(view, at + dash) {
            break;
        }
        at += dash + 2;
        count += 1;
    }
    Some(at)
}

/// A capitalised word that can be part of a name.
fn is_name_word(view: View, at: usize) -> bool {
    if !view.is_capital(at) || view.is_emphasised(at) || view.is_linked(at) {
        return false;
    }
    let raw = view.raw(at);
    if raw.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let is_word = view.has(at, Concepts::FUNCTION | Concepts::MONTH)
        && !view.has(at, Concepts::PARTICLE | Concepts::GIVEN_NAME);
    let is_word = is_word || matches!(view.folded(at), "the" | "in" | "on" | "and" | "see" | "an" | "for");
    // `May` is a name too, but a month more often.
    !is_word && (raw.chars().count() > 1 || !raw.is_ascii()) || is_cased_given(view, at)
}

fn is_cased_given(view: View, at: usize) -> bool {
    view.has(at, Concepts::GIVEN_NAME)
}

fn is_particle(view: View, at: usize) -> bool {
    let raw = view.raw(at);
    view.kind(at) == Kind::Word
        && !view.is_capital(at)
        && (view.has(at, Concepts::PARTICLE) || raw.starts_with("al-") || raw.starts_with("el-") || raw.starts_with("d'"))
}

fn is_and(view: View, at: usize) -> bool {
    view.has(at, Concepts::AND) && !view.is_capital(at)
}

/// `Jr.`, after a comma or not.
fn suffix(view: View, at: usize) -> Option<(String, usize)> {
    let word = if view.is(at, ',') { at + 1 } else { at };
    if !view.has(word, Concepts::SUFFIX) || view.raw(word).starts_with(char::is_lowercase) {
        return None;
    }
    let next = view.term(word, Concepts::SUFFIX)?;
    Some((view.text(word, next), next))
}

/// A list of names in whatever order its first name has.
pub(super) fn list(view: View, at: usize) -> Option<Names> {
    same(view, at)
        .or_else(|| inverted(view, at))
        .or_else(|| vancouver(view, at))
        .or_else(|| family_first(view, at))
        .or_else(|| natural(view, at))
}

/// `———`: the authors of the entry before.
fn same(view: View, at: usize) -> Option<Names> {
    let mut next = at;
    while matches!(view.kind(next), Kind::Mark('—' | '–' | '-' | '_')) {
        next += 1;
    }
    let wide = view.raw(at).chars().all(|c| matches!(c, '⸺' | '⸻'));
    (next >= at + 3 || (wide && next > at)).then(|| Names {
        list: Vec::new(),
        has_others: false,
        order: Order::Same,
        is_known: true,
        next,
    })
}

/// The family name of an inverted name: particles and up to four words; what follows.
fn family(view: View, at: usize) -> Option<usize> {
    let mut next = at;
    while is_particle(view, next) && next < at + 3 {
        next += 1;
    }
    let first = next;
    while next < first + 4 {
        let joins = next > first && (is_particle(view, next) || matches!(view.raw(next), "Y" | "DE" | "VAN" | "VON" | "DA"));
        let at_word = if joins { next + 1 } else { next };
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
        while is_name_word(view, next) && !view.is(next + 1, ',') && view.has(next, Concepts::GIVEN_NAME) && next < at + 9 {
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
    if next == at && view.is_capital(at) && view.raw(at).chars().count() == 1 {
        return Some((at + 1, true));
    }
    (next > at && next - at <= 5).then_some((next, false))
}

/// `bell`, as one author wrote herself.
fn is_small_name(view: View, at: usize) -> bool {
    view.kind(at) == Kind::Word && view.is(at + 1, '.') && view.raw(at).chars().all(|c| c.is_lowercase()) && view.get(at).is_some_and(|token| token.concepts == Concepts::NONE)
}

/// `JPA`
fn is_capitals(view: View, at: usize) -> bool {
    let raw = view.raw(at);
    let count = raw.chars().count();
    view.kind(at) == Kind::Word && count <= 3 && raw.chars().all(|c| c.is_uppercase() || c == '-')
}

fn ends_name(view: View, at: usize) -> bool {
    matches!(view.kind(at), Kind::Mark(',' | '.' | ';' | ':' | '&' | ')' | '/') | Kind::Open(_) | Kind::Close(_) | Kind::End)
        || is_and(view, at)
        || view.emphasis(at).is_some()
        || view.term(at, Concepts::OTHERS).is_some()
        || view.number(at).is_some()
}

/// One inverted name: `Said, Edward W., Jr.`
fn one_inverted(view: View, at: usize) -> Option<(Name, usize, bool)> {
    let comma = family(view, at)?;
    if !view.is(comma, ',') {
        return None;
    }
    let (mut next, is_initials) = given(view, comma + 1)?;
    if !is_initials && is_two_people(view, at, comma, next) {
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
    let has_particle = (at..comma).any(|at| view.has(at, Concepts::PARTICLE)) || view.raw(at).chars().all(|c| !c.is_lowercase());
    let is_double = comma >= at + 2 && !has_particle;
    let is_known = view.has(comma + 1, Concepts::GIVEN_NAME);
    is_double && (view.has(at, Concepts::GIVEN_NAME) && !is_known || next > comma + 2)
}

/// `Deci, E. L., & Ryan, R. M.`; `Star, Susan Leigh, and James R. Griesemer`
fn inverted(view: View, at: usize) -> Option<Names> {
    let (first, mut next, is_initials) = one_inverted(view, at)?;
    let mut list = vec![first];
    let mut has_others = false;
    let mut is_known = is_initials || view.has(family(view, at)? + 1, Concepts::GIVEN_NAME);
    while list.len() < MOST {
        let (after, has_and, has_mark) = joint(view, next);
        if let Some(end) = view.term(after, Concepts::OTHERS) {
            has_others = true;
            next = end;
            break;
        }
        if after == next || (!has_and && !has_mark) {
            break;
        }
        let reversed = one_inverted(view, after).filter(|(_, _, initials)| *initials == is_initials || has_and || view.is(next, ';'));
        let turned = || one_natural(view, after).filter(|(name, end)| {
            name.given.is_some() && (ends_name(view, *end) || view.is(*end - 1, '.')) && (has_and || !is_initials && more_names(view, *end) || is_initials && initials(view, after).is_some())
        });
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
    let order = if is_initials { Order::Initials } else { Order::Inverted };
    Some(Names { list, has_others, order, is_known, next })
}

/// Whether a list goes on after a name in the running order: with a comma and another name, or `and`.
fn more_names(view: View, at: usize) -> bool {
    let (after, has_and, has_mark) = joint(view, at);
    if has_and || view.term(after, Concepts::OTHERS | Concepts::EDITOR).is_some() {
        return true;
    }
    has_mark && one_natural(view, after).is_some_and(|(name, end)| {
        let (_, has_and, has_mark) = joint(view, end);
        name.given.is_some() && (has_and || has_mark)
    })
}

/// What joins two names: the token after it, whether there is an `and`, whether there is a mark.
fn joint(view: View, at: usize) -> (usize, bool, bool) {
    let mut next = at;
    let mut has_mark = false;
    let mut has_and = false;
    if matches!(view.kind(next), Kind::Mark(',' | ';' | '/')) {
        has_mark = true;
        next += 1;
    }
    if view.term(next, Concepts::OTHERS).is_some() {
        return (next, false, has_mark);
    }
    if is_and(view, next) || view.folded(next) == "with" && initials(view, next + 1).or_else(|| initials(view, next + 3)).is_some() {
        has_and = true;
        next += 1;
    }
    if matches!(view.kind(next), Kind::Mark('…')) || (view.is(next, '.') && view.is(next + 1, '.') && view.is(next + 2, '.')) {
        next += if view.is(next, '…') { 1 } else { 3 };
        has_mark = true;
    }
    (next, has_and, has_mark)
}

/// `Ioannidis JPA, Wolf M, et al`; also `Бахтин М. М.`
fn vancouver(view: View, at: usize) -> Option<Names> {
    let one = |at: usize| -> Option<(Name, usize)> {
        let last = family_before_initials(view, at)?;
        let dotted = initials(view, last).filter(|next| is_dotted(view, at, last, *next));
        let next = match dotted {
            Some(next) => next,
            None if is_capitals(view, last) => last + 1,
            None => return None,
        };
        let ends = ends_name(view, next) || dotted.is_some();
        let is_person = initials(view, last).is_some() && dotted.is_none() && is_running(view, at, last);
        (ends && !is_person).then(|| (Name { family: uncapitalised(&view.text(at, last)), given: Some(view.text(last, next)), suffix: None }, next))
    };
    let (first, mut next) = one(at)?;
    let mut list = vec![first];
    let mut has_others = false;
    while list.len() < MOST {
        let (after, has_and, has_mark) = joint(view, next);
        if let Some(end) = view.term(after, Concepts::OTHERS) {
            has_others = true;
            next = end;
            break;
        }
        if !has_and && !has_mark {
            break;
        }
        let Some((name, end)) = one(after) else { break };
        list.push(name);
        next = end;
    }
    Some(Names { list, has_others, order: Order::Vancouver, is_known: true, next })
}

/// The stops after the initials are theirs, not the sentence's: there are several, or a year follows.
fn is_dotted(view: View, at: usize, first: usize, next: usize) -> bool {
    let is_several = next > first + 2;
    let is_cyrillic = view.raw(first).chars().all(|c| c > 'Ѐ');
    let goes_on = view.number(next).is_some() || matches!(view.kind(next), Kind::Mark(',' | ';' | ':') | Kind::Open('('));
    !is_running(view, at, first) && (is_several || is_cyrillic || goes_on || is_and(view, next))
}

/// `Walter J. Ong`: a given name, an initial and the family name.
fn is_running(view: View, at: usize, first: usize) -> bool {
    let next = initials(view, first).unwrap_or(first + 1);
    let is_followed = is_name_word(view, next) && {
        let after = next + 1;
        matches!(view.kind(after), Kind::Mark(',') | Kind::Open('(')) || is_and(view, after) || view.is(after, '.') && view.is_stop(after)
    };
    view.has(at, Concepts::GIVEN_NAME) && is_name_word(view, next) || is_followed
}

fn family_before_initials(view: View, at: usize) -> Option<usize> {
    let mut next = at;
    while is_particle(view, next) && next < at + 3 {
        next += 1;
    }
    let first = next;
    while next < first + 3 && is_name_word(view, next) && !is_capitals(view, next) && !is_initial(view, next) {
        next += 1;
    }
    (next > first).then_some(next)
}

/// `FOUCAULT Michel`, `Morin (Edgar)`
fn family_first(view: View, at: usize) -> Option<Names> {
    let is_shouted = |at: usize| {
        let raw = view.raw(at);
        view.is_capital(at) && raw.chars().count() > 2 && raw.chars().all(|c| !c.is_lowercase())
    };
    let mut next = at;
    while next < at + 3 && is_shouted(next) {
        next += 1;
    }
    let name = |family: String, given: String, next: usize| {
        let list = vec![Name { family, given: Some(given), suffix: None }];
        Some(Names { list, has_others: false, order: Order::FamilyFirst, is_known: true, next })
    };
    if next > at && is_name_word(view, next) && !is_shouted(next) && view.raw(next).is_ascii_or_cased() {
        let (end, _) = given(view, next)?;
        if !ends_name(view, end) || !view.has(next, Concepts::GIVEN_NAME) {
            return None;
        }
        return name(uncapitalised(&view.text(at, next)), view.text(next, end), end);
    }
    let family = family(view, at)?;
    if view.opens(family, '(') {
        let close = view.mate(family)?;
        let (end, _) = given(view, family + 1)?;
        let is_given = initials(view, family + 1).is_some() || view.has(family + 1, Concepts::GIVEN_NAME);
        if end == close && is_given && family - at <= 2 {
            return name(uncapitalised(&view.text(at, family)), view.text(family + 1, close), close + 1);
        }
    }
    None
}

trait Cased {
    fn is_ascii_or_cased(&self) -> bool;
}

impl Cased for str {
    fn is_ascii_or_cased(&self) -> bool {
        self.chars().any(char::is_lowercase)
    }
}

/// One name in its running order, and what follows it.
fn one_natural(view: View, at: usize) -> Option<(Name, usize)> {
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
        while (is_particle(view, word) || (words > 0 && matches!(view.folded(word), "y" | "e") && !view.is_capital(word)))
            && word < next + 3
            && !(words == 0 && word > next + 1)
        {
            word += 1;
        }
        if word > next && words > 0 && is_and(view, next) && !matches!(view.folded(next), "y") {
            break;
        }
        if !is_name_word(view, word) && !(word == next && words > 0 && is_letter_initial(view, word)) {
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

/// `Bong Joon-ho`: the family name first, as in Korea and China.
fn is_eastern(view: View, at: usize) -> bool {
    let is_given = view.raw(at + 1).split_once('-').is_some_and(|(first, second)| {
        !second.contains('-') && first.chars().count() <= 5 && second.chars().count() <= 5 && second.starts_with(char::is_lowercase)
    });
    is_given && view.raw(at).chars().count() <= 5 && !view.raw(at).contains('-') && !view.has(at, Concepts::GIVEN_NAME)
}

/// An initial without its stop.
fn is_letter_initial(view: View, at: usize) -> bool {
    view.is_capital(at) && view.raw(at).chars().count() == 1 && is_name_word(view, at + 1)
}

fn is_capital_particle(view: View, at: usize) -> bool {
    matches!(view.raw(at), "Le" | "La" | "Du" | "Van" | "Von" | "De" | "Di" | "Da" | "Del" | "Della" | "Dos" | "Des" | "Ibn" | "Den" | "Der" | "Ter" | "Mac" | "San" | "St")
}

/// Names in their running order: `Max Horkheimer and Theodor W. Adorno`.
pub(super) fn natural(view: View, at: usize) -> Option<Names> {
    running(view, at, false)
}

/// The same where nothing but names can stand: a comma and two words are one more of them.
pub(super) fn only_natural(view: View, at: usize) -> Option<Names> {
    running(view, at, true)
}

fn running(view: View, at: usize, is_certain: bool) -> Option<Names> {
    let (first, mut next) = one_natural(view, at)?;
    let mut is_known = has_known_given(view, at, next);
    let order = if first.given.is_none() { Order::Single } else { Order::Natural };
    let mut list = vec![whole_if_organisation(view, at, next, first)];
    let mut has_others = false;
    while list.len() < MOST {
        let (after, has_and, has_mark) = joint(view, next);
        if let Some(end) = view.term(after, Concepts::OTHERS) {
            has_others = true;
            next = end;
            break;
        }
        if !has_and && !has_mark {
            break;
        }
        let Some((name, end)) = one_natural(view, after) else { break };
        let goes_on = has_and
            || (name.given.is_some() && view.is(next, '/'))
            || (name.given.is_some() && order == Order::Natural && (is_certain || more_names(view, end)))
            || (order == Order::Single && name.given.is_none() && more_names(view, end));
        if !goes_on || view.link(after).is_some() {
            break;
        }
        is_known |= has_known_given(view, after, end);
        list.push(whole_if_organisation(view, after, end, name));
        next = end;
        if has_and {
            let (after, _, _) = joint(view, next);
            if let Some(end) = view.term(after, Concepts::OTHERS) {
                has_others = true;
                next = end;
            }
            break;
        }
    }
    let is_organisation = list.iter().all(|name| name.given.is_none()) && order == Order::Natural;
    is_known |= is_organisation;
    let order = if is_organisation { Order::Organisation } else { order };
    Some(Names { list, has_others, order, is_known, next })
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
pub(super) fn organisation(view: View, at: usize) -> Option<Names> {
    if !view.is_capital(at) || view.is_linked(at) || view.has(at, Concepts::IN | Concepts::SIGNAL) {
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
    let raw = view.raw(at);
    let is_acronym = next == at + 1 && raw.chars().count() > 2 && raw.chars().all(|c| c.is_uppercase() || c == '-');
    if longest_run == 0 {
        return None;
    }
    let list = vec![Name::whole(view.text(at, next))];
    Some(Names { list, has_others: false, order: Order::Organisation, is_known: has_word || is_acronym, next })
}

/// `ORTEGA Y GASSET` as `Ortega y Gasset`: capitals as typography.
fn uncapitalised(name: &str) -> String {
    let shouts = name.chars().filter(|c| c.is_alphabetic()).count() > 3 && !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
    if !shouts {
        return name.to_owned();
    }
    let mut result = String::with_capacity(name.len());
    for (position, word) in name.split(' ').enumerate() {
        if position > 0 {
            result.push(' ');
        }
        if position > 0 && matches!(word, "Y" | "DE" | "DA" | "VAN" | "VON" | "DEL" | "DO" | "DOS") {
            result.extend(word.chars().flat_map(char::to_lowercase));
            continue;
        }
        let mut starts = true;
        for c in word.chars() {
            if starts {
                result.push(c);
            } else {
                result.extend(c.to_lowercase());
            }
            starts = matches!(c, '-' | '\'' | '’');
        }
    }
    result
}
