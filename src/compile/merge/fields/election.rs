//! Which of the values that candidates give for a field is kept.

use std::cmp::Reverse;
use std::collections::HashMap;

use hayagriva::Entry;

use super::super::{Attestation, Claim, Origin};
use super::Voter;

pub(super) struct Election<'v, 'a, 'c> {
    voters: &'v [Voter<'a>],
    /// How many parents up from the work itself.
    depth: usize,
    conflicts: &'c mut Vec<(&'static str, Vec<Claim>)>,
}

/// Values that only differ in spelling, and who gives them.
struct Party<'a, T: ?Sized> {
    folded: String,
    /// The best attested spelling, of these the longest, of these the first.
    spelling: &'a T,
    shown: String,
    attestation: Attestation,
    members: Vec<usize>,
    origin: Origin,
}

impl<'v, 'a, 'c> Election<'v, 'a, 'c> {
    pub(super) fn new(
        voters: &'v [Voter<'a>],
        depth: usize,
        conflicts: &'c mut Vec<(&'static str, Vec<Claim>)>,
    ) -> Self {
        Election { voters, depth, conflicts }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'v, 'a> {
        self.voters.iter().map(|voter| voter.entry)
    }

    /// The first value by attestation.
    pub(super) fn first<T>(&self, get: impl Fn(&'a Entry) -> Option<T>) -> Option<T> {
        self.entries().find_map(get)
    }

    /// The value that is kept. Values that contradict it are a conflict; `agree` tells of two values
    /// that are not spelt alike whether they do not.
    pub(super) fn hold<T: ?Sized + PartialEq>(
        &mut self,
        field: &'static str,
        get: impl Fn(&'a Entry) -> Option<&'a T>,
        show: impl Fn(&T) -> String,
        fold: impl Fn(&T) -> String,
        agree: impl Fn(&T, &T) -> bool,
    ) -> Option<&'a T> {
        let mut votes = self.voters.iter().filter_map(|voter| Some((voter, get(voter.entry)?)));
        let (_, first) = votes.next()?;
        if votes.all(|(_, value)| value == first) {
            return Some(first);
        }
        let mut parties: Vec<Party<'a, T>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (voter, value) in self.voters.iter().filter_map(|voter| Some((voter, get(voter.entry)?))) {
            let (folded, shown) = (fold(value), show(value));
            let place = *places.entry(folded.clone()).or_insert(parties.len());
            let Some(party) = parties.get_mut(place) else {
                parties.push(Party {
                    folded,
                    spelling: value,
                    shown,
                    attestation: voter.attestation,
                    members: voter.members.clone(),
                    origin: voter.origin,
                });
                continue;
            };
            let rank =
                |attestation: Attestation, shown: &str| (attestation, Reverse(shown.len()), shown.to_owned());
            if rank(voter.attestation, &shown) < rank(party.attestation, &party.shown) {
                party.spelling = value;
                party.shown = shown;
            }
            party.attestation = party.attestation.min(voter.attestation);
            party.members.extend(&voter.members);
            party.origin = party.origin.min(voter.origin);
        }
        let weight = |party: &Party<T>| (party.attestation, Reverse(party.members.len()));
        parties.sort_by(|a, b| {
            (weight(a), a.origin)
                .cmp(&(weight(b), b.origin))
                .then_with(|| a.shown.cmp(&b.shown))
                .then_with(|| a.folded.cmp(&b.folded))
        });
        let first = parties.first()?;
        let says_as_much =
            |party: &&Party<T>| weight(party) == weight(first) && agree(first.spelling, party.spelling);
        let fullest = parties.iter().enumerate().filter(|(at, party)| *at == 0 || says_as_much(party));
        let fullest =
            fullest.max_by_key(|(at, party)| (party.shown.len(), Reverse(*at))).map_or(0, |(at, _)| at);
        parties[..=fullest].rotate_right(1);
        let winner = parties.first()?.spelling;
        if parties.iter().skip(1).any(|party| !agree(winner, party.spelling)) {
            let field = if self.depth > 0 { in_container(field) } else { field };
            let contradicts = |party: &Party<T>| !agree(winner, party.spelling);
            let claims = parties
                .into_iter()
                .enumerate()
                .filter(|(at, party)| *at == 0 || contradicts(party))
                .map(|(_, party)| {
                    let mut said_by = party.members;
                    said_by.sort_unstable();
                    said_by.dedup();
                    Claim { value: party.shown, said_by }
                })
                .collect();
            self.conflicts.push((field, claims));
        }
        Some(winner)
    }
}

/// What a field of a container is called in reports.
fn in_container(field: &'static str) -> &'static str {
    match field {
        "title" => "container",
        _ => field,
    }
}
