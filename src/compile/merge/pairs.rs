//! Which descriptions are worth comparing.
//!
//! Two descriptions can only be of one work if they share an identifier, the words before a subtitle,
//! or an author. Everything that shares one of these is a block. In a small block each is compared
//! with each; in a large one only with its neighbours, in the order of the titles and in the order of
//! the titles read backwards. The work is thus at most in proportion to the number of descriptions.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::description::Description;
use super::likeness::{self, Link};

/// In blocks up to this size each is compared with each.
const SMALL: usize = 24;
/// With how many neighbours each is compared in a larger block.
const NEIGHBOURS: usize = 8;
/// By how many of its authors a work is looked for.
const MOST_AUTHORS: usize = 3;

/// All links between descriptions, in the order of their ends.
pub(super) fn links(descriptions: &[&Description]) -> Vec<Link> {
    let keys = keys(descriptions);
    let mut links = Vec::new();
    for block in keys.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
        let mut members: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
        if members.len() <= SMALL {
            compare_neighbours(&members, SMALL, descriptions, &mut links);
            continue;
        }
        // The descriptions stand in the order of their titles.
        compare_neighbours(&members, NEIGHBOURS, descriptions, &mut links);
        members.sort_by(|a, b| backwards(descriptions, *a).cmp(backwards(descriptions, *b)).then(a.cmp(b)));
        compare_neighbours(&members, NEIGHBOURS, descriptions, &mut links);
    }
    links.sort_unstable_by_key(|link| link.ends);
    links.dedup_by_key(|link| link.ends);
    links
}

fn backwards<'a>(descriptions: &[&'a Description], at: u32) -> impl Iterator<Item = u8> + use<'a> {
    let title = descriptions.get(at as usize).and_then(|description| description.title.as_ref());
    title.map_or("", |title| title.text.as_str()).bytes().rev()
}

fn compare_neighbours(members: &[u32], reach: usize, descriptions: &[&Description], links: &mut Vec<Link>) {
    for (at, &one) in members.iter().enumerate() {
        for &other in members.iter().skip(at + 1).take(reach) {
            let ends = [one.min(other), one.max(other)];
            let [Some(first), Some(second)] = ends.map(|end| descriptions.get(end as usize)) else {
                continue;
            };
            links.extend(likeness::compare(first, second, ends));
        }
    }
}

/// What each description may share with others, sorted, each with the description's position.
fn keys(descriptions: &[&Description]) -> Vec<(u64, u32)> {
    let mut keys = Vec::with_capacity(descriptions.len() * 4);
    for (at, description) in descriptions.iter().enumerate() {
        let Ok(at) = u32::try_from(at) else { break };
        let mut add = |key: u64| keys.push((key, at));
        description.dois.iter().for_each(|doi| add(hash("doi", doi)));
        description.arxivs.iter().for_each(|id| add(hash("arxiv", id)));
        if !description.is_part {
            description.isbns.iter().for_each(|isbn| add(hash("isbn", isbn)));
        }
        description.pages.iter().for_each(|page| add(hash("page", page)));
        description.words.iter().for_each(|words| add(hash("words", words)));
        if let Some(title) = &description.title {
            let mut hasher = DefaultHasher::new();
            title.main().split(' ').for_each(|word| hasher.write(word.as_bytes()));
            add(hasher.finish());
            description
                .names
                .iter()
                .take(MOST_AUTHORS)
                .for_each(|name| add(hash("author", name.last_word())));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn hash(kind: &str, value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}
