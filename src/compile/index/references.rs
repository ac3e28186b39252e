//! `see` and `see also`: what they name, and where they would send readers in vain.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::IndexHeading;

use super::Wish;
use super::entries::{Entries, EntryId};

/// Gives each reference the entry that it names. One that would lead to nothing, or round in a circle, is
/// left out and told of.
pub(super) fn settle(entries: &mut Entries, wishes: Vec<Wish>, diagnostics: &mut Diagnostics) {
    let names = names(entries);
    let mut resolved = Vec::with_capacity(wishes.len());
    for wish in wishes {
        match find(entries, &names, &wish.to) {
            Some(to) if to != wish.from => resolved.push((wish, to)),
            Some(_) => {
                let message = format!("the index entry `{}` sends readers to itself", wish.to);
                tell(&wish, message, diagnostics);
            }
            None => {
                let message = format!("the index has no entry `{}` to send readers to", wish.to);
                tell(&wish, message, diagnostics);
            }
        }
    }
    let grounded = grounded(entries);
    let is_grounded = |entry: EntryId| grounded.get(entry.0).copied().unwrap_or_default();
    let mut next: HashMap<EntryId, EntryId> = HashMap::new();
    for (wish, to) in &resolved {
        if !is_grounded(wish.from) && !wish.is_also {
            let first = next.entry(wish.from).or_insert(*to);
            *first = (*first).min(*to);
        }
    }
    let ends = ends(&next, &is_grounded);
    for (wish, to) in resolved {
        let to = if is_grounded(to) { Some(to) } else { ends.get(&to).copied().flatten() };
        let Some(to) = to.filter(|to| *to != wish.from) else {
            let message =
                format!("`{}` leads readers of the index round in a circle, or to nothing", wish.to);
            tell(&wish, message, diagnostics);
            continue;
        };
        // Where there is something to find already, the reader is sent on for more.
        let is_also = wish.is_also || is_grounded(wish.from);
        if let Some(draft) = entries.get_mut(wish.from) {
            if is_also { &mut draft.see_also } else { &mut draft.see }.insert(to);
        }
    }
    for id in entries.ids() {
        if let Some(draft) = entries.get_mut(id) {
            let see = draft.see.clone();
            draft.see_also.retain(|to| !see.contains(to));
        }
    }
}

fn tell(wish: &Wish, message: String, diagnostics: &mut Diagnostics) {
    // What Garland wished for by itself is nobody's mistake.
    if let Some(place) = &wish.place {
        diagnostics.push(
            Diagnostic::warning("index-reference", message)
                .at(place.clone())
                .help("name an entry of the index, as `main` or `main!sub`"),
        );
    }
}

/// Entries by what they are called, for references that tell levels apart with commas.
fn names(entries: &Entries) -> HashMap<String, EntryId> {
    let mut names = HashMap::new();
    for id in entries.ids() {
        names.entry(entries.path_text(id).to_lowercase()).or_insert(id);
    }
    names
}

fn find(entries: &Entries, names: &HashMap<String, EntryId>, name: &str) -> Option<EntryId> {
    let levels: Vec<IndexHeading> = name.split('!').map(|level| IndexHeading::from(level.trim())).collect();
    let by_path = entries.find(&levels);
    by_path.or_else(|| names.get(&name.trim().replace('\'', "’").to_lowercase()).copied())
}

/// Whether readers find a place at each entry, or below it.
fn grounded(entries: &Entries) -> Vec<bool> {
    let mut grounded = vec![false; entries.count()];
    // Subentries come after what they stand below.
    for at in (0..entries.count()).rev() {
        let Some(draft) = entries.get(EntryId(at)) else { continue };
        grounded[at] |= !draft.locators.is_empty();
        if let Some(above) =
            draft.parent.filter(|_| grounded[at]).and_then(|parent| grounded.get_mut(parent.0))
        {
            *above = true;
        }
    }
    grounded
}

/// Where a chain of references ends that starts at each entry without places; none where it never does.
fn ends(
    next: &HashMap<EntryId, EntryId>,
    is_grounded: &impl Fn(EntryId) -> bool,
) -> HashMap<EntryId, Option<EntryId>> {
    let mut ends: HashMap<EntryId, Option<EntryId>> = HashMap::new();
    let starts: BTreeSet<EntryId> = next.keys().copied().collect();
    for start in starts {
        let mut chain = Vec::new();
        let mut seen = BTreeSet::new();
        let mut at = start;
        let end = loop {
            if is_grounded(at) {
                break Some(at);
            }
            if let Some(known) = ends.get(&at) {
                break *known;
            }
            if !seen.insert(at) {
                break None;
            }
            chain.push(at);
            match next.get(&at) {
                Some(further) => at = *further,
                None => break None,
            }
        };
        ends.extend(chain.into_iter().map(|entry| (entry, end)));
    }
    ends
}
