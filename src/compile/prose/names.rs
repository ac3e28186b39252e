//! Names of people and organisations, alone and in lists.

mod reversed;
mod running;

use super::concepts::Concepts;
use super::tokens::Kind;
use super::view::View;

use reversed::{family_first, inverted, vancouver};
pub(super) use running::{natural, only_natural, organisation};

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
    /// Every name has the form of a person's, and no word of another thing's.
    pub(super) is_personal: bool,
    /// The first token after the list.
    pub(super) next: usize,
}

fn is_initial(view: View, at: usize) -> bool {
    let letters = view.letters(at);
    letters <= 2
        && view.is_capital(at)
        && view.is(at + 1, '.')
        && !view.is_spaced(at + 1)
        && (letters == 1
            || letters == 2
                && matches!(
                    view.raw(at),
                    "Ch" | "Th" | "Ph" | "Fr" | "Yu" | "Ju" | "Ya" | "Zh" | "Sh" | "Ю" | "Ст"
                ))
}

/// `E. L.`, `E.L.`, `M.-W.`: what follows.
fn initials(view: View, mut at: usize) -> Option<usize> {
    if !is_initial(view, at) {
        return None;
    }
    let mut count = 0;
    while count < 5 {
        let dash =
            usize::from(count > 0 && matches!(view.kind(at), Kind::Mark('-' | '–')) && !view.is_spaced(at));
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
    !is_word && (view.letters(at) > 1 || !raw.is_ascii()) || view.has(at, Concepts::GIVEN_NAME)
}

fn is_particle(view: View, at: usize) -> bool {
    let raw = view.raw(at);
    view.kind(at) == Kind::Word
        && !view.is_capital(at)
        && (view.has(at, Concepts::PARTICLE)
            || raw.starts_with("al-")
            || raw.starts_with("el-")
            || raw.starts_with("d'"))
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

/// The orders in which a list of names may stand, the most telling first.
pub(super) const ORDERS: [fn(View, usize) -> Option<Names>; 6] =
    [same, vancouver, inverted, family_first, natural, organisation];

/// A list of names in whatever order its first name has.
pub(super) fn list(view: View, at: usize) -> Option<Names> {
    ORDERS.iter().take(5).find_map(|read| read(view, at))
}

/// `———`: the authors of the entry before.
fn same(view: View, at: usize) -> Option<Names> {
    // `Ders.`, `Id.`
    let names = |next| {
        let (list, order) = (Vec::new(), Order::Same);
        Names { list, has_others: false, order, is_known: true, is_personal: true, next }
    };
    if let Some(next) = view.term(at, Concepts::IDEM)
        && (view.is(next - 1, '.') || view.letters(at) > 3)
    {
        return Some(names(next));
    }
    let mut next = at;
    while matches!(view.kind(next), Kind::Mark('—' | '–' | '-' | '_')) {
        next += 1;
    }
    let wide = view.raw(at).chars().all(|c| matches!(c, '⸺' | '⸻'));
    (next >= at + 3 || (wide && next > at)).then(|| names(next))
}

fn ends_name(view: View, at: usize) -> bool {
    matches!(
        view.kind(at),
        Kind::Mark(',' | '.' | ';' | ':' | '&' | ')' | '/') | Kind::Open(_) | Kind::Close(_) | Kind::End
    ) || is_and(view, at)
        || view.emphasis(at).is_some()
        || view.term(at, Concepts::OTHERS).is_some()
        || view.number(at).is_some()
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
    if is_and(view, next)
        || view.folded(next) == "with"
            && initials(view, next + 1).or_else(|| initials(view, next + 3)).is_some()
    {
        has_and = true;
        next += 1;
    }
    if matches!(view.kind(next), Kind::Mark('…'))
        || (view.is(next, '.') && view.is(next + 1, '.') && view.is(next + 2, '.'))
    {
        next += if view.is(next, '…') { 1 } else { 3 };
        has_mark = true;
    }
    (next, has_and, has_mark)
}

/// Where the name may stand that a list goes on with, and whether an `and` stands before it. Others, who are not
/// named, end the list and are taken into it.
fn next_name(view: View, next: &mut usize, has_others: &mut bool) -> Option<(usize, bool)> {
    let (after, has_and, has_mark) = joint(view, *next);
    if let Some(end) = view.term(after, Concepts::OTHERS) {
        (*next, *has_others) = (end, true);
        return None;
    }
    (has_and || has_mark).then_some((after, has_and))
}

/// The token after the particles that stand at a place, of which there are three at most.
fn past_particles(view: View, at: usize) -> usize {
    (at..at + 3).find(|at| !is_particle(view, *at)).unwrap_or(at + 3)
}

/// `ORTEGA Y GASSET` as `Ortega y Gasset`: capitals as typography.
fn uncapitalised(name: &str) -> String {
    let shouts = name.chars().filter(|c| c.is_alphabetic()).count() > 3
        && !name.chars().any(char::is_lowercase)
        && name.chars().any(char::is_uppercase);
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
