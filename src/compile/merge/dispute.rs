//! What forbids that two descriptions are of one work.

use super::Reason;
use super::description::Description;
use super::folding::abbreviates;
use super::likeness::{self, Bond};

/// Titles less alike than this are of other works, if nothing but an identifier speaks for one.
const UNLIKE: f64 = 0.5;

/// Why two descriptions cannot be of one work though a bond holds them together. Works that are
/// merged already are judged by what all their parts say.
pub(super) fn find(one: &Description, other: &Description, bond: Bond) -> Option<Reason> {
    hard(one, other, bond).or_else(|| match bond {
        Bond::Likeness => soft(one, other),
        Bond::Words => authors_differ(one, other).then_some(Reason::Authors),
        _ => other_work(one, other, bond),
    })
}

/// What no identifier outweighs.
fn hard(one: &Description, other: &Description, bond: Bond) -> Option<Reason> {
    if are_kept_apart(one, other) {
        return Some(Reason::KeptApart);
    }
    let checks = [
        (differ(&one.dois, &other.dois), Reason::Doi),
        (differ(&one.arxivs, &other.arxivs), Reason::Arxiv),
        // One work may have many ISBNs, one for each binding, but only its DOI can say so.
        (differ(&one.isbns, &other.isbns) && !matches!(bond, Bond::Doi | Bond::Arxiv), Reason::Isbn),
        (differ(&one.volumes, &other.volumes), Reason::Volume),
        (differ(&one.editions, &other.editions), Reason::Edition),
        (differ(&one.chapters, &other.chapters), Reason::Chapter),
    ];
    checks.into_iter().find_map(|(fails, reason)| fails.then_some(reason))
}

/// Whether the editor keeps them apart.
pub(super) fn are_kept_apart(one: &Description, other: &Description) -> bool {
    one.apart.iter().any(|(list, place)| other.apart.iter().any(|(of, at)| list == of && place != at))
}

/// What likeness does not outweigh.
fn soft(one: &Description, other: &Description) -> Option<Reason> {
    let kinds_differ = one.kinds != 0 && other.kinds != 0 && one.kinds & other.kinds == 0;
    let checks = [
        (one.forms & other.forms == 0, Reason::Review),
        (kinds_differ, Reason::Kind),
        (differ(&one.years, &other.years), Reason::Year),
        (differ(&one.languages, &other.languages), Reason::Language),
        (differ(&one.translators, &other.translators), Reason::Translator),
        (authors_differ(one, other), Reason::Authors),
        (are_reprints(one, other), Reason::Pages),
        (are_of_one_site(one, other), Reason::Address),
    ];
    checks.into_iter().find_map(|(fails, reason)| fails.then_some(reason))
}

/// Whether an identifier is shared by mistake, or names what both are part of.
fn other_work(one: &Description, other: &Description, bond: Bond) -> Option<Reason> {
    let best = one
        .titles()
        .take(4)
        .flat_map(|title| other.titles().take(4).map(move |also| likeness::loose(title, also)))
        .max_by(f64::total_cmp)?;
    if best >= UNLIKE {
        return None;
    }
    if authors_differ(one, other) {
        return Some(Reason::Authors);
    }
    let names_a_site = bond == Bond::Page
        && one.pages.iter().filter(|page| other.pages.contains(page)).all(likeness::is_site);
    (one.is_part || other.is_part || names_a_site).then_some(Reason::Title)
}

fn differ<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|value| other.contains(value))
}

fn authors_differ(one: &Description, other: &Description) -> bool {
    let (mut names, mut others) = (one.all_names().peekable(), other.all_names().peekable());
    names.peek().is_some()
        && others.peek().is_some()
        && !one.all_names().any(|name| other.all_names().any(|also| name.is_like(also)))
}

/// In two places that are not the same, on other pages.
fn are_reprints(one: &Description, other: &Description) -> bool {
    differ(&one.first_pages, &other.first_pages)
        && !one.container.is_empty()
        && !other.container.is_empty()
        && !abbreviates(&one.container, &other.container)
}

fn are_of_one_site(one: &Description, other: &Description) -> bool {
    differ(&one.pages, &other.pages)
        && one.pages.iter().any(|page| other.pages.iter().any(|also| likeness::same_host(page, also)))
}
