//! Which written terms are one term of the book.
//!
//! They are where they share a spelling, whatever its case, or one is the other's plural. An acronym alone joins
//! only what nothing else could be meant by: `AI` is `Artificial Intelligence (AI)` unless another term of the
//! book is called AI, too.

use std::collections::{BTreeMap, HashMap};

use super::super::order::Essay;
use super::editor::Wishes;
use super::inflection;
use super::spellings::{is_initials, key};
use super::written::WrittenTerm;

/// The groups, each as positions in ascending order, and whose the acronyms are.
#[derive(Debug)]
pub(super) struct Groups {
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) acronyms: Acronyms,
}

/// What acronyms stand for where several terms have them.
#[derive(Debug, Default)]
pub(super) struct Acronyms {
    /// By acronym: positions of terms, any of which it may stand for.
    pub(super) ambiguous: BTreeMap<String, Vec<usize>>,
    /// By acronym: position of the one term that it stands for.
    owned: BTreeMap<String, usize>,
}

impl Acronyms {
    /// Whether a spelling means a term, whose members are at these positions, and no other.
    pub(super) fn mean(&self, spelling: &str, members: &[usize]) -> bool {
        let key = key(spelling);
        let Some(letters) = key.strip_prefix('=') else { return true };
        let is_anothers = self.owned.get(letters).is_some_and(|owner| !members.contains(owner));
        !self.ambiguous.contains_key(letters) && !is_anothers
    }
}

/// Groups terms, which are in an order that does not depend on where they come from.
pub(super) fn group(written: &[WrittenTerm], wishes: &Wishes, essays: &[Essay], language: &str) -> Groups {
    let spellings: Vec<Vec<String>> = written.iter().map(WrittenTerm::spellings).collect();
    let keys: Vec<Vec<String>> =
        spellings.iter().map(|list| list.iter().map(|spelling| key(spelling)).collect()).collect();
    let mut joints = Joints::new(written, wishes);
    for list in &wishes.merge {
        for pair in list.windows(2) {
            if let [one, other] = pair {
                joints.join(*one, *other);
            }
        }
    }
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for (at, keys) in keys.iter().enumerate() {
        for key in keys.iter().filter(|key| !is_acronym_key(key)) {
            let first = *owners.entry(key).or_insert(at);
            joints.join(first, at);
        }
    }
    for (at, term) in written.iter().enumerate() {
        let own = term.language(essays, language);
        for (spelling, own_key) in spellings[at].iter().zip(&keys[at]).filter(|(_, key)| !is_acronym_key(key))
        {
            for plural in inflection::plurals(&spelling.to_lowercase(), own) {
                let plural = key(&plural);
                if let Some(&owner) = owners.get(plural.as_str()).filter(|_| plural != *own_key) {
                    joints.join(at, owner);
                }
            }
        }
        // `AI: Artificial Intelligence` explains the letters, and is the term that it names.
        let only_acronyms = keys[at].iter().all(|key| is_acronym_key(key));
        if let (true, Some(wording)) = (only_acronyms, &term.wording)
            && let Some(&owner) = owners.get(wording.folded.as_str())
        {
            joints.join(at, owner);
        }
    }
    let acronyms = join_by_acronym(&spellings, &keys, &mut joints);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..written.len() {
        groups.entry(joints.root(at)).or_default().push(at);
    }
    Groups { groups: groups.into_values().collect(), acronyms }
}

fn is_acronym_key(key: &str) -> bool {
    key.starts_with('=')
}

fn join_by_acronym(spellings: &[Vec<String>], keys: &[Vec<String>], joints: &mut Joints) -> Acronyms {
    let mut by_acronym: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, keys) in keys.iter().enumerate() {
        for key in keys.iter().filter(|key| is_acronym_key(key)) {
            by_acronym.entry(key).or_default().push(at);
        }
    }
    let mut acronyms = Acronyms::default();
    for (acronym, terms) in by_acronym {
        // What is called by the acronym only.
        let mut bare: Vec<usize> = Vec::new();
        // What has a longer name as well, once for each group.
        let mut long: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &at in &terms {
            long.entry(joints.root(at)).or_default().push(at);
        }
        let has_name = |at: &usize| keys[*at].iter().any(|key| !is_acronym_key(key));
        let mut unnamed: Vec<usize> = Vec::new();
        long.retain(|_, members| {
            let named = members.iter().any(has_name);
            if !named {
                unnamed.append(members);
            }
            named
        });
        bare.extend(unnamed);
        for pair in bare.windows(2) {
            if let [one, other] = pair {
                joints.join(*one, *other);
            }
        }
        // Of several, the one whose words it is made of is meant: `Alignment (AI)` only says where.
        let letters = acronym.trim_start_matches('=');
        let is_made_of = |members: &Vec<usize>| {
            members
                .iter()
                .any(|at| spellings[*at].iter().any(|it| it.contains(' ') && is_initials(letters, it)))
        };
        let made: Vec<usize> =
            long.iter().filter(|(_, members)| is_made_of(members)).map(|(root, _)| *root).collect();
        let owner = match (long.len(), made.as_slice()) {
            (1, _) => long.keys().next().copied(),
            (_, [only]) => Some(*only),
            _ => None,
        };
        match owner {
            Some(owner) => {
                acronyms.owned.insert(letters.to_owned(), owner);
                if let Some(&bare) = bare.first() {
                    joints.join(owner, bare);
                }
            }
            None if long.len() > 1 => {
                let first = |members: &Vec<usize>| members.first().copied();
                let terms = long.values().filter_map(first).chain(bare).collect();
                acronyms.ambiguous.insert(letters.to_owned(), terms);
            }
            None => {}
        }
    }
    acronyms
}

/// Sets that grow together, save for what the editor keeps apart.
struct Joints {
    parents: Vec<usize>,
    /// By root: place in each list of terms that are kept apart.
    apart: HashMap<usize, BTreeMap<usize, usize>>,
}

impl Joints {
    fn new(written: &[WrittenTerm], wishes: &Wishes) -> Self {
        let mut apart: HashMap<usize, BTreeMap<usize, usize>> = HashMap::new();
        for (list, names) in wishes.keep_apart.iter().enumerate() {
            for (position, members) in names.iter().enumerate() {
                for &member in members {
                    apart.entry(member).or_default().entry(list).or_insert(position);
                }
            }
        }
        Joints { parents: (0..written.len()).collect(), apart }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(&parent) = self.parents.get(at).filter(|&&parent| parent != at) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            self.parents[at] = above;
            at = parent;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other || self.are_apart(one, other) {
            return;
        }
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high] = low;
        if let Some(places) = self.apart.remove(&high) {
            self.apart.entry(low).or_default().extend(places);
        }
    }

    fn are_apart(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.apart.get(&one), self.apart.get(&other)) else { return false };
        one.iter().any(|(list, place)| other.get(list).is_some_and(|other| other != place))
    }
}
