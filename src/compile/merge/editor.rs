//! What the editor decides of which sources are one work.

use std::collections::HashMap;

use super::super::addresses;
use super::folding::{Title, fold};
use super::{Decisions, Described};

/// Marks what is kept apart. Returns the pairs that are to be joined, and what nothing answers to.
pub(super) fn apply(decisions: &Decisions, crowds: &mut [Described]) -> (Vec<[u32; 2]>, Vec<String>) {
    if decisions.merge.is_empty() && decisions.keep_apart.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let register = Register::new(crowds);
    let mut unknown = Vec::new();
    let mut forced = Vec::new();
    for list in &decisions.merge {
        let named: Vec<u32> = list.iter().flat_map(|name| register.find(name, &mut unknown)).collect();
        forced.extend(named.windows(2).filter_map(|pair| Some([*pair.first()?, *pair.get(1)?])));
    }
    for (at, list) in decisions.keep_apart.iter().enumerate() {
        for (place, name) in list.iter().enumerate() {
            for crowd in register.find(name, &mut unknown) {
                if let Some(described) = crowds.get_mut(crowd as usize) {
                    described.description.apart.push((at, place));
                }
            }
        }
    }
    unknown.sort();
    unknown.dedup();
    (forced, unknown)
}

/// The crowds by everything that they may be called.
struct Register {
    by_key: HashMap<String, Vec<u32>>,
    by_name: HashMap<String, Vec<u32>>,
}

impl Register {
    fn new(crowds: &[Described]) -> Self {
        let mut register = Register { by_key: HashMap::new(), by_name: HashMap::new() };
        for (at, Described { crowd, description }) in crowds.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            register.by_key.entry(crowd.entry.key().to_owned()).or_default().push(at);
            let mut names: Vec<String> = description.words.clone();
            names.extend(description.dois.iter().cloned());
            names.extend(description.arxivs.iter().map(|id| format!("arxiv:{id}")));
            names.extend(description.pages.iter().map(ToString::to_string));
            names.extend(description.title.iter().map(|title| title.text.clone()));
            names.sort();
            names.dedup();
            for name in names {
                register.by_name.entry(name).or_default().push(at);
            }
        }
        register
    }

    /// By key, else by DOI, address, words or title.
    fn find(&self, name: &str, unknown: &mut Vec<String>) -> Vec<u32> {
        let name = name.trim();
        let by_name = |name: Option<String>| name.and_then(|name| self.by_name.get(&name));
        let found = self
            .by_key
            .get(name)
            .or_else(|| by_name(addresses::identity(name)))
            .or_else(|| by_name(addresses::doi(name)))
            .or_else(|| by_name(Some(fold(name))))
            .or_else(|| by_name(Title::new(name).map(|title| title.text)));
        if found.is_none() {
            unknown.push(name.to_owned());
        }
        found.cloned().unwrap_or_default()
    }
}
