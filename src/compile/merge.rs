//! Descriptions of sources, whoever wrote them, as one entry per work.
//!
//! Equal descriptions are taken together, then compared where they have something in common
//! ([pairs]): an identifier, a title or an author. What a pair has to say for or against being one
//! work ([likeness], [dispute]) becomes a link; links are followed from the surest on, and none is
//! followed that would join what contradicts itself ([clusters]). A merged work may be recognised
//! where its parts were not, so this is repeated until nothing joins any more. What the parts say is
//! then settled field by field ([fields]).
//!
//! Nothing depends on the order of the candidates.

mod clusters;
mod description;
mod dispute;
mod editor;
mod fields;
mod folding;
mod likeness;
mod pairs;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Deref;

use hayagriva::Entry;

use clusters::Clusters;
use description::Description;
use fields::Voter;

/// What somebody says of a source.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// As far as it is understood; what could not be read has only a title, or nothing.
    pub entry: Entry,
    pub attestation: Attestation,
    /// The author's own words; empty when there are none, as in a bibliography file.
    pub words: String,
    /// Where the words lead, and what else leads to the work; an ISBN is a `urn:isbn:`.
    pub addresses: Vec<String>,
    pub origin: Origin,
}

/// How well a source is attested, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attestation {
    /// In a bibliography file.
    File,
    /// In an essay, described in full.
    Full,
    /// In an essay, in short or not understood.
    Short,
}

/// Where a description stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// None: in a bibliography file.
    pub chapter: Option<usize>,
    /// Its position in the chapter or file.
    pub place: usize,
}

/// What the editor decides. A source is named by its key, its DOI or address, its title, or its author's words.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// The sources of each list are one work.
    pub merge: Vec<Vec<String>>,
    /// The sources of each list are works of their own. This outweighs everything else.
    pub keep_apart: Vec<Vec<String>>,
}

/// The works, and what an editor should know about how they were found.
#[derive(Debug)]
pub struct Merged<'a> {
    /// In the order of authors, year and title.
    pub groups: Vec<Group<'a>>,
    pub conflicts: Vec<Conflict>,
    pub near_misses: Vec<NearMiss>,
    /// What the editor named and nothing answers to.
    pub unknown: Vec<String>,
}

/// A work.
#[derive(Debug)]
pub struct Group<'a> {
    /// The candidates that describe it, in reading order.
    pub members: Vec<usize>,
    pub entry: Kept<'a>,
    /// The words of the best attested candidate that has any.
    pub words: &'a str,
    /// What else leads to it: addresses and ISBNs (`urn:isbn:`) that its candidates give and its entry does
    /// not.
    pub addresses: Vec<String>,
    /// The best of its candidates'.
    pub attestation: Attestation,
}

/// The entry of a work.
#[derive(Debug)]
pub enum Kept<'a> {
    /// As the candidates give it.
    Given(&'a Entry),
    /// Settled between several.
    Settled(Box<Entry>),
}

impl Deref for Kept<'_> {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        match self {
            Kept::Given(entry) => entry,
            Kept::Settled(entry) => entry,
        }
    }
}

/// Candidates that do not say the same of a work, or works that an identifier would join though they
/// contradict each other.
#[derive(Debug, PartialEq)]
pub struct Conflict {
    /// One group; two when the conflict keeps them apart.
    pub groups: Vec<usize>,
    pub field: &'static str,
    /// The value that was kept comes first, unless there are two groups.
    pub values: Vec<Claim>,
}

/// A value, and the candidates that give it.
#[derive(Debug, PartialEq)]
pub struct Claim {
    pub value: String,
    pub said_by: Vec<usize>,
}

/// Two groups that may be one work.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    pub groups: [usize; 2],
    /// How alike they are, of 100.
    pub score: u8,
    pub reason: Reason,
    /// Whether they share an identifier all the same.
    pub shares_identifier: bool,
}

/// Why two descriptions that are alike are not taken for one work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The titles are alike, but not enough.
    Title,
    /// One title may be the short form of the other.
    ShortTitle,
    /// The titles say too little to be sure.
    GenericTitle,
    /// The years differ by one.
    Year,
    /// Not all authors of either are authors of the other.
    Authors,
    /// One does not name its authors, and the title is not enough.
    MissingAuthor,
    Doi,
    Isbn,
    Arxiv,
    Volume,
    Edition,
    Chapter,
    Language,
    Translator,
    /// A book and an article, a book and a film.
    Kind,
    /// One is a review of the other, or of the same.
    Review,
    Pages,
    /// Two pages of one site.
    Address,
    /// It is as like to another work that this one contradicts.
    Ambiguous,
    /// The editor keeps them apart.
    KeptApart,
}

impl Reason {
    /// The field that the reason is about.
    pub fn field(self) -> &'static str {
        match self {
            Reason::Title | Reason::ShortTitle | Reason::GenericTitle | Reason::Ambiguous => "title",
            Reason::Year => "date",
            Reason::Authors | Reason::MissingAuthor => "author",
            Reason::Doi => "doi",
            Reason::Isbn => "isbn",
            Reason::Arxiv => "arxiv",
            Reason::Volume => "volume",
            Reason::Edition => "edition",
            Reason::Chapter => "chapter",
            Reason::Language => "language",
            Reason::Translator => "translator",
            Reason::Kind | Reason::Review => "type",
            Reason::Pages => "page-range",
            Reason::Address => "url",
            Reason::KeptApart => "key",
        }
    }
}

/// Merging makes works recognisable that were not; chains of such are followed so far.
const MOST_PASSES: usize = 16;

/// Candidates that say exactly the same.
struct Crowd<'a> {
    /// In reading order.
    members: Vec<usize>,
    entry: &'a Entry,
    words: &'a str,
}

/// What a crowd says, before anything is merged.
struct Described<'a> {
    crowd: Crowd<'a>,
    description: Box<Description>,
}

/// What is taken for one work so far.
struct Work<'a> {
    /// Positions of crowds, in their order.
    crowds: Vec<usize>,
    entry: Kept<'a>,
    words: &'a str,
    /// Beside those of the entry.
    addresses: Vec<String>,
    conflicts: Vec<(&'static str, Vec<Claim>)>,
    /// Of the above, as if it had been written so.
    description: Box<Description>,
}

/// Merges descriptions of sources. A pure function, in n log n, of what the candidates say.
pub fn merge<'a>(candidates: &'a [Candidate], decisions: &Decisions) -> Merged<'a> {
    let mut described = crowds(candidates);
    let (forced, unknown) = editor::apply(decisions, &mut described);
    let mut crowds: Vec<Crowd<'a>> = Vec::with_capacity(described.len());
    let mut works: Vec<Work<'a>> = Vec::with_capacity(described.len());
    for Described { crowd, description } in described {
        works.push(Work {
            crowds: vec![crowds.len()],
            entry: Kept::Given(crowd.entry),
            words: crowd.words,
            addresses: Vec::new(),
            conflicts: Vec::new(),
            description,
        });
        crowds.push(crowd);
    }
    let mut suspicions: Vec<Suspicion> = Vec::new();
    for pass in 0..MOST_PASSES {
        let descriptions: Vec<&Description> = works.iter().map(|work| &*work.description).collect();
        let mut clusters = Clusters::new(&descriptions);
        if pass == 0 {
            clusters.force(&forced);
        }
        let refused = clusters.join(pairs::links(&descriptions));
        suspicions.extend(refused.into_iter().filter_map(|link| {
            let [one, other] = link.ends.map(|end| works.get(end as usize)?.crowds.first().copied());
            Some(Suspicion { crowds: [one?, other?], link })
        }));
        let Some(partition) = clusters.partition() else { break };
        works = regroup(works, partition, &crowds, candidates);
    }
    report(works, &crowds, candidates, suspicions, unknown)
}

/// A link that was not followed, between two crowds.
struct Suspicion {
    crowds: [usize; 2],
    link: likeness::Link,
}

/// Takes together what says the same, in an order that only depends on what is said.
fn crowds(candidates: &[Candidate]) -> Vec<Described<'_>> {
    let mut known: HashMap<(&Entry, &str, &[String]), usize> = HashMap::with_capacity(candidates.len());
    let mut crowds: Vec<Described> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let Candidate { entry, words, addresses, .. } = candidate;
        let place = *known.entry((entry, words, addresses)).or_insert(crowds.len());
        match crowds.get_mut(place) {
            Some(described) => described.crowd.members.push(at),
            None => crowds.push(Described {
                crowd: Crowd { members: vec![at], entry, words },
                description: Box::new(Description::new(entry, words, addresses)),
            }),
        }
    }
    for Described { crowd, .. } in &mut crowds {
        crowd.members.sort_by_key(|at| candidates.get(*at).map(|candidate| (candidate.origin, *at)));
    }
    crowds.sort_by(|one, other| {
        let by_words = || one.crowd.words.cmp(other.crowd.words);
        let in_full = || in_full(one.crowd.entry, other.crowd.entry);
        one.description.cmp(&other.description).then_with(by_words).then_with(in_full)
    });
    crowds
}

/// An order of entries that differ in nothing that matters for telling works apart.
fn in_full(one: &Entry, other: &Entry) -> Ordering {
    if one == other {
        return Ordering::Equal;
    }
    let by_hash = || hash(one).cmp(&hash(other));
    one.key().cmp(other.key()).then_with(by_hash).then_with(|| format!("{one:?}").cmp(&format!("{other:?}")))
}

fn hash(entry: &Entry) -> u64 {
    let mut hasher = DefaultHasher::new();
    entry.hash(&mut hasher);
    hasher.finish()
}

/// The works that the parts of a partition are.
fn regroup<'a>(
    works: Vec<Work<'a>>,
    partition: Vec<Vec<usize>>,
    crowds: &[Crowd<'a>],
    candidates: &[Candidate],
) -> Vec<Work<'a>> {
    let mut waiting: Vec<Option<Work<'a>>> = works.into_iter().map(Some).collect();
    let mut merged: Vec<Work<'a>> = Vec::with_capacity(partition.len());
    for part in partition {
        let mut parts = part.iter().filter_map(|at| waiting.get_mut(*at)?.take());
        let Some(mut work) = parts.next() else { continue };
        if part.len() > 1 {
            for part in parts {
                work.crowds.extend(part.crowds);
                work.description.absorb(&part.description);
            }
            resettle(&mut work, crowds, candidates);
        }
        merged.push(work);
    }
    merged.sort_by(|one, other| {
        one.description.cmp(&other.description).then_with(|| one.crowds.cmp(&other.crowds))
    });
    merged
}

/// Says anew what a work is of which more is known. Only what the entry keeps counts from now on, so
/// that the merged works can be merged again and stay as they are.
fn resettle<'a>(work: &mut Work<'a>, crowds: &[Crowd<'a>], candidates: &[Candidate]) {
    work.crowds.sort_unstable();
    let voters = voters(&work.crowds, crowds, candidates);
    let settled = fields::settle(&voters);
    work.words = voters.iter().map(|voter| voter.words).find(|words| !words.is_empty()).unwrap_or_default();
    work.addresses = work.description.addresses_beside(&settled.entry);
    let mut description = Description::new(&settled.entry, work.words, &work.addresses);
    description.apart = std::mem::take(&mut work.description.apart);
    *work.description = description;
    work.entry = Kept::Settled(Box::new(settled.entry));
    work.conflicts = settled.conflicts;
}

/// Who says what of a work: one voter for each attestation of a crowd.
fn voters<'a>(which: &[usize], crowds: &[Crowd<'a>], candidates: &[Candidate]) -> Vec<Voter<'a>> {
    let mut voters: Vec<Voter> = Vec::with_capacity(which.len());
    for crowd in which.iter().filter_map(|at| crowds.get(*at)) {
        let mut by_attestation: BTreeMap<Attestation, (Origin, Vec<usize>)> = BTreeMap::new();
        for member in &crowd.members {
            if let Some(candidate) = candidates.get(*member) {
                let (first, members) =
                    by_attestation.entry(candidate.attestation).or_insert((candidate.origin, Vec::new()));
                *first = candidate.origin.min(*first);
                members.push(*member);
            }
        }
        voters.extend(by_attestation.into_iter().map(|(attestation, (origin, members))| Voter {
            entry: crowd.entry,
            words: crowd.words,
            attestation,
            members,
            origin,
        }));
    }
    voters.sort_by_key(|voter| voter.attestation);
    voters
}

fn report<'a>(
    mut works: Vec<Work<'a>>,
    crowds: &[Crowd<'a>],
    candidates: &[Candidate],
    suspicions: Vec<Suspicion>,
    unknown: Vec<String>,
) -> Merged<'a> {
    works.sort_by(|a, b| {
        a.description.compare_as_listed(&b.description).then_with(|| a.crowds.cmp(&b.crowds))
    });
    let mut group_of = vec![0; crowds.len()];
    let mut conflicts = Vec::new();
    let mut groups = Vec::with_capacity(works.len());
    for (at, work) in works.into_iter().enumerate() {
        for crowd in &work.crowds {
            if let Some(slot) = group_of.get_mut(*crowd) {
                *slot = at;
            }
        }
        conflicts.extend(work.conflicts.into_iter().map(|(field, values)| Conflict {
            groups: vec![at],
            field,
            values,
        }));
        let who = work.crowds.iter().filter_map(|at| crowds.get(*at)).flat_map(|crowd| &crowd.members);
        let mut members: Vec<usize> = who.copied().collect();
        members.sort_by_key(|member| candidates.get(*member).map(|candidate| (candidate.origin, *member)));
        let attestations = members.iter().filter_map(|member| candidates.get(*member));
        let attestation =
            attestations.map(|candidate| candidate.attestation).min().unwrap_or(Attestation::Short);
        groups.push(Group {
            members,
            entry: work.entry,
            words: work.words,
            addresses: work.addresses,
            attestation,
        });
    }
    let near_misses = near_misses(suspicions, &group_of);
    for near_miss in near_misses.iter().filter(|near_miss| near_miss.shares_identifier) {
        let field = near_miss.reason.field();
        let claims = near_miss.groups.map(|at| groups.get(at).and_then(|group| claim(group, field)));
        conflicts.push(Conflict {
            groups: near_miss.groups.to_vec(),
            field,
            values: claims.into_iter().flatten().collect(),
        });
    }
    Merged { groups, conflicts, near_misses, unknown }
}

/// What a group says in a field, if it says anything.
fn claim(group: &Group, field: &str) -> Option<Claim> {
    let value = fields::shown(&group.entry, field)?;
    Some(Claim { value, said_by: group.members.clone() })
}

/// Of the links between two groups the strongest, in the order of the groups.
fn near_misses(suspicions: Vec<Suspicion>, group_of: &[usize]) -> Vec<NearMiss> {
    let mut strongest: BTreeMap<[usize; 2], NearMiss> = BTreeMap::new();
    for Suspicion { crowds, link } in suspicions {
        let Some(reason) = link.against.filter(|reason| *reason != Reason::KeptApart) else { continue };
        let [Some(&one), Some(&other)] = crowds.map(|crowd| group_of.get(crowd)) else { continue };
        if one == other {
            continue;
        }
        let near_miss = NearMiss {
            groups: [one.min(other), one.max(other)],
            score: link.score,
            reason,
            shares_identifier: link.shares_identifier(),
        };
        let weight = |miss: &NearMiss| (miss.shares_identifier, miss.score, std::cmp::Reverse(miss.reason));
        match strongest.entry(near_miss.groups) {
            std::collections::btree_map::Entry::Occupied(mut known) => {
                if weight(&near_miss) > weight(known.get()) {
                    known.insert(near_miss);
                }
            }
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(near_miss);
            }
        }
    }
    strongest.into_values().collect()
}
