//! Sources that an essay lists and never cites.

use crate::diagnostic::{Diagnostic, Place};
use crate::document::Span;

use super::super::order::Essay;
use super::shown;

/// Sources that are named; what is left is counted.
const MOST_NAMED: usize = 5;

/// An entry of the essay's list that no mark leads to.
#[derive(Debug)]
pub(in crate::compile) struct Uncited {
    pub(in crate::compile) label: String,
    /// What the source is called.
    pub(in crate::compile) title: String,
    pub(in crate::compile) span: Span,
}

/// One message for all of them; `listed` is how many entries the essay's list has.
pub(in crate::compile) fn tell_uncited(
    essay: &Essay,
    uncited: &[Uncited],
    listed: usize,
) -> Option<Diagnostic> {
    let first = uncited.first()?;
    let place = match first.span {
        Span { start: 0, end: 0 } => Place::file(&essay.manuscript.file),
        span => essay.manuscript.place(span),
    };
    if uncited.len() == listed {
        let message = match listed {
            1 => format!("the essay lists “{}”, and cites nothing", shown(&first.title)),
            _ => format!("the essay lists {listed} sources, and cites none of them"),
        };
        let help = "they stand in the bibliography; put marks where the essay rests on them";
        return Some(Diagnostic::note("uncited-reference", message).at(place).help(help));
    }
    let name = |it: &Uncited| format!("{} “{}”", it.label, shown(&it.title));
    let mut names = uncited.iter().take(MOST_NAMED).map(name).collect::<Vec<_>>().join(", ");
    if uncited.len() > MOST_NAMED {
        names.push_str(&format!(" and {} more", uncited.len() - MOST_NAMED));
    }
    let what = if uncited.len() == 1 { "a source" } else { "sources" };
    let message = format!("the essay lists {what} that it never cites: {names}");
    let help = "they stand in the bibliography all the same; put marks where the essay rests on them, or take them off the list";
    Some(Diagnostic::warning("uncited-reference", message).at(place).help(help))
}
