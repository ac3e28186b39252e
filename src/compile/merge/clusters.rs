//! Follows links from the surest on, and none that would join what contradicts itself.

use std::collections::{BTreeMap, HashMap};

use super::Reason;
use super::description::Description;
use super::dispute;
use super::likeness::Link;

/// Of how many likely works a description may be before no more of them are looked at.
const MOST_PARTNERS: usize = 12;

pub(super) struct Clusters<'a> {
    descriptions: &'a [&'a Description],
    /// Union by the lower position; paths are halved.
    parents: Vec<u32>,
    /// What all of a cluster say, by its root; a cluster of one says what its description says.
    sums: HashMap<u32, Description>,
}

impl<'a> Clusters<'a> {
    pub(super) fn new(descriptions: &'a [&'a Description]) -> Self {
        let count = u32::try_from(descriptions.len()).unwrap_or(u32::MAX);
        Clusters { descriptions, parents: (0..count).collect(), sums: HashMap::new() }
    }

    /// Joins what the editor says is one work, unless the editor says the contrary too.
    pub(super) fn force(&mut self, pairs: &[[u32; 2]]) {
        for &[one, other] in pairs {
            let (one, other) = (self.root(one), self.root(other));
            let is_denied = matches!(
                (self.sum(one), self.sum(other)),
                (Some(one), Some(other)) if dispute::are_kept_apart(one, other)
            );
            if !is_denied {
                self.unite(one, other);
            }
        }
    }

    /// Follows the links that nothing speaks against. Returns the others.
    pub(super) fn join(&mut self, mut links: Vec<Link>) -> Vec<Link> {
        self.withdraw_ambiguous(&mut links);
        links.sort_by_key(|link| (link.bond, std::cmp::Reverse(link.score), link.ends));
        let mut refused = Vec::new();
        for mut link in links {
            if link.against.is_none() {
                link.against = self.follow(&link);
            }
            if link.against.is_some() {
                refused.push(link);
            }
        }
        refused
    }

    /// Joins the ends, or says why not.
    fn follow(&mut self, link: &Link) -> Option<Reason> {
        let [one, other] = link.ends.map(|end| self.root(end));
        if one == other {
            return None;
        }
        let dispute = dispute::find(self.sum(one)?, self.sum(other)?, link.bond);
        if dispute.is_none() {
            self.unite(one, other);
        }
        dispute
    }

    /// What is as like to two works that contradict each other is taken for neither.
    fn withdraw_ambiguous(&self, links: &mut [Link]) {
        let mut of_end: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, link) in links.iter().enumerate().filter(|(_, link)| link.against.is_none()) {
            for end in link.ends {
                of_end.entry(end).or_default().push(at);
            }
        }
        let mut withdrawn: Vec<usize> = Vec::new();
        for (end, mut own) in of_end.into_iter().filter(|(_, own)| own.len() > 1) {
            let rank =
                |at: &usize| links.get(*at).map(|link| (link.bond, std::cmp::Reverse(link.score), link.ends));
            own.sort_by_key(rank);
            own.truncate(MOST_PARTNERS);
            for (place, &first) in own.iter().enumerate() {
                for &second in own.iter().skip(place + 1) {
                    let (Some(one), Some(other)) = (links.get(first), links.get(second)) else { continue };
                    if one.bond != other.bond {
                        break;
                    }
                    let partners = [one, other].map(|link| {
                        let partner = if link.ends[0] == end { link.ends[1] } else { link.ends[0] };
                        self.descriptions.get(partner as usize)
                    });
                    if let [Some(partner), Some(rival)] = partners
                        && dispute::find(partner, rival, one.bond).is_some()
                    {
                        withdrawn.extend([first, second]);
                    }
                }
            }
        }
        for at in withdrawn {
            if let Some(link) = links.get_mut(at) {
                link.against = Some(Reason::Ambiguous);
            }
        }
    }

    fn root(&mut self, of: u32) -> u32 {
        let mut at = of;
        while let Some(&parent) = self.parents.get(at as usize)
            && parent != at
        {
            let above = self.parents.get(parent as usize).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(at as usize) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    fn sum(&self, root: u32) -> Option<&Description> {
        self.sums.get(&root).or_else(|| self.descriptions.get(root as usize).copied())
    }

    fn unite(&mut self, one: u32, other: u32) {
        if one == other {
            return;
        }
        let (root, child) = (one.min(other), one.max(other));
        let sum = self.sums.remove(&root).or_else(|| self.sum(root).cloned());
        let child_sum = self.sums.remove(&child);
        if let Some(mut sum) = sum {
            match (&child_sum, self.descriptions.get(child as usize)) {
                (Some(part), _) => sum.absorb(part),
                (None, Some(part)) => sum.absorb(part),
                (None, None) => {}
            }
            self.sums.insert(root, sum);
        }
        if let Some(parent) = self.parents.get_mut(child as usize) {
            *parent = root;
        }
    }

    /// The positions of each cluster's descriptions; None if nothing was joined.
    pub(super) fn partition(&mut self) -> Option<Vec<Vec<usize>>> {
        if self.sums.is_empty() {
            return None;
        }
        let mut partition: Vec<Vec<usize>> = Vec::new();
        let mut place_of_root: Vec<Option<usize>> = vec![None; self.parents.len()];
        for at in 0..self.parents.len() {
            let root = u32::try_from(at).map(|at| self.root(at) as usize).unwrap_or(at);
            let Some(place) = place_of_root.get_mut(root) else { continue };
            match place.and_then(|place| partition.get_mut(place)) {
                Some(cluster) => cluster.push(at),
                None => {
                    *place = Some(partition.len());
                    partition.push(vec![at]);
                }
            }
        }
        Some(partition)
    }
}
