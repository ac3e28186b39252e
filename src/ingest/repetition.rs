//! Text that a scraped page holds twice: once in its proper shape, once run together or copied.
//!
//! Most essays repeat nothing, and that is seen at a glance: no two lines begin and end alike, and no
//! passage in a sample stands twice. Only the words of lines that may be copies are compared, and only
//! where one may be run together of others, those of the whole text.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::sheet::Sheet;
use crate::byte_set::ByteSet;
use crate::ledger::Fate;

/// What each byte of a passage in the sample counts as: letters and digits in lower case, nothing else.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let ascii = byte as u8;
        if ascii.is_ascii_alphanumeric() || byte >= 0x80 {
            folded[byte] = ascii.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};
/// Words in a row that identify a passage.
const SHINGLE: usize = 4;
/// Letters and digits at either end of a line by which it is told from most others.
const GLANCE: usize = 12;
/// Letters and digits of a passage in the sample; about as many as a shingle has.
const PASSAGE: usize = 20;
/// A line this long whose words all stand elsewhere is a copy, not a quotation.
const BLOB_WORDS: usize = 80;
/// Part of a blob's words that must stand elsewhere, in percent.
const BLOB_COVERAGE: usize = 95;
/// A line of this many words is not repeated word for word on purpose …
const COPIED_LINE_WORDS: usize = 25;
/// … and neither is a run of lines with this many.
const COPIED_RUN_WORDS: usize = 60;
/// A short run of lines as short as this is the refrain of a poem.
const REFRAIN_LINE_WORDS: usize = 9;
const REFRAIN_WORDS: usize = 150;
/// Lines of an original that are this far apart belong to two places.
const GAP: usize = 12;

/// A line, and its words as hashes of their lower-case letters and digits.
struct Line {
    number: usize,
    /// How the line begins and ends.
    glance: u64,
    /// Not read in lines that are unlike all others.
    words: Vec<u64>,
}

impl Line {
    fn repeats(&self, other: &Line) -> bool {
        self.glance == other.glance && self.words == other.words
    }
}

/// Removes what repeats other text of the file. Tables and quotations repeat on purpose.
pub fn remove(sheet: &mut Sheet) {
    let numbers: Vec<usize> = sheet
        .prose_lines()
        .into_iter()
        .filter(|&number| {
            sheet.lines.get(number).is_some_and(|line| !line.trim_start().starts_with(['|', '>']))
        })
        .collect();
    let texts: Vec<Cow<str>> = numbers.iter().map(|&number| sheet.shown(number)).collect();
    let blobs = likely_blobs(&texts);
    let glances: Vec<u64> = texts.iter().map(|text| glance(text)).collect();
    let repeated = repeated(glances.clone());
    let lines: Vec<Line> = numbers
        .into_iter()
        .zip(&texts)
        .zip(glances)
        .map(|((number, text), glance)| {
            let is_read = !blobs.is_empty() || repeated.binary_search(&glance).is_ok();
            Line { number, glance, words: if is_read { words(text) } else { Vec::new() } }
        })
        .collect();
    let mut removed = vec![false; lines.len()];
    if !blobs.is_empty() {
        remove_blobs(&lines, blobs, &mut removed, sheet);
    }
    remove_copies(&lines, &mut removed, sheet);
}

/// What occurs more than once, in order.
fn repeated(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.chunk_by(|a, b| a == b).filter(|run| run.len() > 1).map(|run| run[0]).collect()
}

/// The first and the last letters and digits of a line; lines of the same words have the same.
fn glance(line: &str) -> u64 {
    let with = |hash, lower: char| hash_with(hash, u64::from(u32::from(lower)));
    let letters = |hash: u64, next: char| match next {
        '\0'..='\x7F' => with(hash, next.to_ascii_lowercase()),
        _ => next.to_lowercase().fold(hash, with),
    };
    let start = line.chars().filter(|next| next.is_alphanumeric()).take(GLANCE).fold(0, letters);
    line.chars().rev().filter(|next| next.is_alphanumeric()).take(GLANCE).fold(start, letters)
}

fn hash_with(hash: u64, next: u64) -> u64 {
    (hash.rotate_left(17) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn words(line: &str) -> Vec<u64> {
    const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01B3;
    let mut words = Vec::with_capacity(line.len() / 6 + 1);
    let mut hash = OFFSET;
    let mut inside = false;
    for character in line.chars() {
        if character.is_ascii_alphanumeric() {
            inside = true;
            hash = (hash ^ u64::from(character.to_ascii_lowercase() as u32)).wrapping_mul(PRIME);
        } else if !character.is_ascii() && character.is_alphanumeric() {
            inside = true;
            for lower in character.to_lowercase() {
                hash = (hash ^ u64::from(u32::from(lower))).wrapping_mul(PRIME);
            }
        } else if inside && !matches!(character, '\'' | '’') {
            words.push(hash);
            (hash, inside) = (OFFSET, false);
        }
    }
    if inside {
        words.push(hash);
    }
    words
}

fn hash_of(shingle: &[u64]) -> u64 {
    shingle.iter().fold(0, |hash, &word| hash_with(hash, word))
}

fn shingles(line: &Line) -> impl Iterator<Item = u64> {
    line.words.windows(SHINGLE).map(hash_of)
}

/// Adds the passages of a line that begin at one word in eight or so: at those that start with certain
/// letters, whatever stands around them.
fn sample_passages(line: &str, passages: &mut Vec<u64>) {
    let bytes = line.as_bytes();
    let mut sample = |space: usize| {
        if SAMPLED.has(bytes[space + 1]) {
            passages.extend(passage(&bytes[space..]));
        }
    };
    let blocks = bytes.windows(9).step_by(8);
    let rest = blocks.len() * 8..bytes.len().saturating_sub(1);
    for (index, block) in blocks.enumerate() {
        let mut starts = starts(block);
        while starts != 0 {
            sample(index * 8 + starts.trailing_zeros() as usize / 8);
            starts &= starts - 1;
        }
    }
    rest.filter(|&at| bytes[at] == b' ').for_each(sample);
}

/// The highest bit of each of the first eight bytes that is a space before a byte of the sample, or before one
/// that looks much like it. Told without a decision for each byte: one in six is a space.
fn starts(block: &[u8]) -> u64 {
    let eight = |from: usize| block[from..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let (here, next) = (eight(0), eight(1));
    matching(here, 0xFF, b' ') & (matching(next, 0xC7, b'F') | matching(next, 0xC1, 0xC0))
}

/// The highest bit of each of eight bytes that is `value` under a mask.
fn matching(bytes: u64, mask: u8, value: u8) -> u64 {
    const LOW_BITS: u64 = u64::from_le_bytes([0x7F; 8]);
    let others = (bytes & u64::from_le_bytes([mask; 8])) ^ u64::from_le_bytes([value; 8]);
    // The sum has the highest bit where one of the lower ones is set, and no byte carries into the next.
    !(((others & LOW_BITS) + LOW_BITS) | others | LOW_BITS)
}

/// The hash of the passage that a text begins with. Kept out of the loop that finds passages, which is
/// slow when this is unrolled into it.
#[inline(never)]
fn passage(text: &[u8]) -> Option<u64> {
    let mut letters = [0; PASSAGE];
    let mut length = 0;
    for &byte in text {
        // What is no letter gives way to the next that is one: quicker than to decide.
        let letter = FOLDED[usize::from(byte)];
        letters[length] = letter;
        length += usize::from(letter > 0);
        if length == PASSAGE {
            let (words, _) = letters.as_chunks::<4>();
            return Some(
                words.iter().fold(0, |hash, &word| hash_with(hash, u32::from_le_bytes(word).into())),
            );
        }
    }
    None
}

/// Which bytes start the passages in the sample: f, n, v, and every other one that begins a character beyond
/// ASCII.
static SAMPLED: ByteSet = {
    let mut sampled = ByteSet::of(b"fnvFNV");
    let mut byte = 0xC0;
    while byte < 0xF8 {
        sampled.add(byte);
        byte += 2;
    }
    sampled
};

/// The long lines many of whose passages may stand elsewhere: half of those in the sample.
fn likely_blobs(texts: &[Cow<str>]) -> Vec<usize> {
    let is_long = |text: &str| text.len() >= 2 * BLOB_WORDS;
    if !texts.iter().any(|text| is_long(text)) {
        return Vec::new();
    }
    let mut passages = Vec::new();
    let ends: Vec<usize> = texts
        .iter()
        .map(|text| {
            sample_passages(text, &mut passages);
            passages.len()
        })
        .collect();
    let repeated = repeated(passages.clone());
    let mut start = 0;
    let mut candidates = Vec::new();
    for (index, (text, end)) in texts.iter().zip(ends).enumerate() {
        let sampled = &passages[std::mem::replace(&mut start, end)..end];
        let found = sampled.iter().filter(|passage| repeated.binary_search(passage).is_ok()).count();
        if found * 2 >= sampled.len() && is_long(text) {
            candidates.push(index);
        }
    }
    candidates.retain(|&index| words(&texts[index]).len() >= BLOB_WORDS);
    candidates
}

/// The lines that hold a passage.
#[derive(Default)]
struct Holders {
    /// How many of them are left.
    count: usize,
    /// The first few, to tell where the original stands.
    first: Vec<usize>,
    /// The line that was counted in or out last: none counts twice, however often it says the passage.
    last: Option<usize>,
}

impl Holders {
    /// A passage in more lines than this tells nothing about where the original stands.
    const MANY: usize = 64;

    fn add(&mut self, line: usize) {
        if self.last.replace(line) != Some(line) {
            self.count += 1;
            if self.first.len() < Self::MANY {
                self.first.push(line);
            }
        }
    }

    fn take_away(&mut self, line: usize) {
        if self.last.replace(line) != Some(line) {
            self.count -= 1;
        }
    }
}

/// A line's passages, and those that run over its end: a heading and the paragraph below it.
fn passages(lines: &[Line], index: usize) -> impl Iterator<Item = u64> {
    let words = |index: usize| lines.get(index).map_or(&[][..], |line| &line.words);
    let (here, below) = (words(index), words(index + 1));
    let mut seam = here[here.len() - here.len().min(SHINGLE - 1)..].to_vec();
    seam.extend(&below[..below.len().min(SHINGLE - 1)]);
    let seam: Vec<u64> = seam.windows(SHINGLE).map(hash_of).collect();
    here.windows(SHINGLE).map(hash_of).chain(seam)
}

/// Which lines hold the passages of the likely copies.
fn holders(lines: &[Line], candidates: &[usize]) -> HashMap<u64, Holders> {
    let mut places: HashMap<u64, Holders> = candidates
        .iter()
        .flat_map(|&index| shingles(&lines[index]))
        .map(|hash| (hash, Holders::default()))
        .collect();
    for index in 0..lines.len() {
        for hash in passages(lines, index) {
            if let Some(holders) = places.get_mut(&hash) {
                holders.add(index);
            }
        }
    }
    places.values_mut().for_each(|holders| holders.last = None);
    places
}

/// Removes long lines whose words stand elsewhere in the same order, the longest first, so that the
/// run-together copy goes and the well-shaped original stays.
fn remove_blobs(lines: &[Line], mut candidates: Vec<usize>, removed: &mut [bool], sheet: &mut Sheet) {
    let mut places = holders(lines, &candidates);
    candidates.sort_by_key(|&index| std::cmp::Reverse((lines[index].words.len(), index)));
    for index in candidates {
        let line = &lines[index];
        let mut covered = vec![false; line.words.len()];
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for (start, hash) in shingles(line).enumerate() {
            // The line itself is one of the holders.
            let Some(holders) = places.get(&hash).filter(|holders| holders.count > 1) else { continue };
            covered[start..start + SHINGLE].fill(true);
            for &other in holders.first.iter().filter(|&&other| other != index && !removed[other]) {
                *shared.entry(other).or_default() += 1;
            }
        }
        let missing = covered.iter().filter(|covered| !**covered).count();
        let total = line.words.len();
        if missing * 100 > total * (100 - BLOB_COVERAGE) {
            continue;
        }
        let original = originals(lines, &shared);
        let rest = if missing == 0 { String::new() } else { format!(", all but {missing}") };
        let number = line.number + 1;
        let what = format!("line {number}, whose {total} words stand in {original} too{rest}");
        removed[index] = sheet.remove(line.number, "removed-repetition", &what);
        if removed[index] {
            for hash in passages(lines, index) {
                if let Some(holders) = places.get_mut(&hash) {
                    holders.take_away(index);
                }
            }
        }
    }
}

/// Names the places that hold most of what they say in common with a copy. `shared`: passages by line.
fn originals(lines: &[Line], shared: &BTreeMap<usize, usize>) -> String {
    let mut ranges: Vec<(usize, usize, usize)> = Vec::new();
    for (&index, &count) in shared {
        let line = &lines[index];
        if count * 2 < line.words.len().saturating_sub(SHINGLE - 1) {
            continue;
        }
        match ranges.last_mut() {
            Some((_, last, total)) if line.number - *last <= GAP => {
                (*last, *total) = (line.number, *total + count);
            }
            _ => ranges.push((line.number, line.number, count)),
        }
    }
    let most = ranges.iter().map(|(.., total)| *total).max().unwrap_or_default();
    let named: Vec<String> = ranges
        .iter()
        .filter(|(.., total)| total * 4 >= most)
        .take(3)
        .map(|&(first, last, _)| line_range(first, last))
        .collect();
    if named.is_empty() { "other lines".to_owned() } else { named.join(" and ") }
}

/// `line 3`, `lines 3–7`, counted from 1.
fn line_range(first: usize, last: usize) -> String {
    if first == last { format!("line {}", first + 1) } else { format!("lines {}–{}", first + 1, last + 1) }
}

/// Removes runs of lines that repeat an earlier run word for word.
fn remove_copies(lines: &[Line], removed: &mut [bool], sheet: &mut Sheet) {
    let kept: Vec<usize> = (0..lines.len()).filter(|&index| !removed[index]).collect();
    let mut first_seen: HashMap<&[u64], usize> = HashMap::new();
    let mut position = 0;
    while position < kept.len() {
        let words = lines[kept[position]].words.as_slice();
        let earlier = if words.is_empty() { None } else { first_seen.get(words) };
        let Some(&earlier) = earlier else {
            if !words.is_empty() {
                first_seen.insert(words, position);
            }
            position += 1;
            continue;
        };
        let length = (0..kept.len() - position)
            .take_while(|step| {
                earlier + step < position
                    && lines[kept[earlier + step]].repeats(&lines[kept[position + step]])
            })
            .count();
        let total: usize =
            kept[position..position + length].iter().map(|&index| lines[index].words.len()).sum();
        let is_refrain = total < REFRAIN_WORDS && total < length * REFRAIN_LINE_WORDS;
        let is_copy =
            (total >= COPIED_RUN_WORDS && !is_refrain) || (length == 1 && total >= COPIED_LINE_WORDS);
        if is_copy {
            let place = |position: usize| {
                line_range(lines[kept[position]].number, lines[kept[position + length - 1]].number)
            };
            let (this, original) = (place(position), place(earlier));
            let what = format!("{this} ({total} words), a copy of {original}");
            let copy = &kept[position..position + length];
            let numbers: Vec<usize> = copy.iter().map(|&index| lines[index].number).collect();
            if sheet.remove_lines(&numbers, "removed-repetition", &what, Fate::Removed) {
                copy.iter().for_each(|&index| removed[index] = true);
            }
        }
        position += length.max(1);
    }
}
