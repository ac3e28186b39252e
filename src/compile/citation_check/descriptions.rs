//! Sources that are described too thinly to be found again: without an author, without a year, or with an
//! address that leads nowhere.
//!
//! Only those that a style sets are looked at: an author's own words may say it in ways of their own. Pages
//! of the Web and works of reference change while they are cited, and many kinds of works are signed by
//! nobody; what they lack is not told.

use hayagriva::Entry;
use hayagriva::types::EntryType;

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::super::addresses::{self, Fault};
use super::super::sources::Source;
use super::shown;

const MOST_NAMED: usize = 8;

/// Tells of all in one note for the book.
pub(in crate::compile) fn tell(sources: &[Source], diagnostics: &mut Diagnostics) {
    let mut yearless = Vec::new();
    let mut authorless = Vec::new();
    for entry in sources.iter().filter(|source| source.words.is_none()).map(|source| &source.entry) {
        let holders = || entry.parents().iter().chain([entry]);
        if !is_undated(entry) && holders().all(|it| it.date().is_none()) {
            yearless.push(name(entry));
        }
        let is_by_nobody = |it: &Entry| {
            it.authors().is_none_or(<[_]>::is_empty)
                && it.editors().is_none_or(<[_]>::is_empty)
                && it.affiliated().is_none_or(<[_]>::is_empty)
                && it.organization().is_none()
        };
        if is_signed(entry) && holders().all(is_by_nobody) {
            authorless.push(name(entry));
        }
    }
    for source in sources {
        diagnostics.extend(doubt_address(source));
    }
    for (names, what) in [(yearless, "year"), (authorless, "author")] {
        let Some(first) = names.first() else { continue };
        let message = match names.len() {
            1 => format!("a source has no {what}: {first}"),
            count => {
                let named = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
                let more = count.saturating_sub(MOST_NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("{count} sources have no {what}: {named}{more}")
            }
        };
        let help = format!("add the {what} where the source is described, if it has one");
        diagnostics.push(Diagnostic::note("thin-source", message).help(help));
    }
}

/// Addresses in essays have been told of where they stand; this one stands in a bibliography file.
fn doubt_address(source: &Source) -> Option<Diagnostic> {
    let key = source.key.as_deref()?;
    let address = source.entry.url()?.value.as_str();
    let fault = addresses::fault(address).filter(|fault| *fault != Fault::Placeholder)?;
    let message = format!("the address `{}` of `{key}` {}", shown(address), fault.what());
    Some(Diagnostic::warning("doubtful-address", message).help(fault.help()))
}

fn name(entry: &Entry) -> String {
    match entry.title() {
        Some(title) => format!("“{}”", shown(&title.value.to_string())),
        None => format!("`{}`", entry.key()),
    }
}

/// Works that change while they are cited.
fn is_undated(entry: &Entry) -> bool {
    matches!(entry.entry_type(), EntryType::Web | EntryType::Repository | EntryType::Reference)
}

/// Works that somebody signs, as a rule; newspapers print much that nobody does.
fn is_signed(entry: &Entry) -> bool {
    let is_printed_in_newspaper =
        entry.parents().iter().any(|parent| *parent.entry_type() == EntryType::Newspaper);
    !is_printed_in_newspaper
        && matches!(
            entry.entry_type(),
            EntryType::Article | EntryType::Book | EntryType::Chapter | EntryType::Thesis | EntryType::Blog
        )
}
