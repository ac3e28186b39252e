//! Text that a scraped page holds twice: once in its proper shape, once run together or copied.

use std::collections::HashMap;

use super::sheet::Sheet;
use crate::ledger::Fate;

/// Words in a row that identify a passage.
const SHINGLE: usize = 4;
/// A line this long whose words all stand elsewhere is a copy, not a quotation.
const BLOB_WORDS: usize = 80;
/// Part of a blob's words that must stand elsewhere, in percent.
const BLOB_COVERAGE: usize = 95;
/// A line of this many words is not repeated word for word on purpose …
const COPIED_LINE_WORDS: usize = 25;
/// … and neither is a run of lines with this many.
const COPIED_RUN_WORDS: usize = 60;

/// One line's words, as hashes of their lower-case letters and digits.
struct LineWords {
    number: usize,
    words: Vec<u64>,
}

/// Removes what repeats other text of the file.
pub fn remove(sheet: &mut Sheet) {
    let lines: Vec<LineWords> = sheet
        .prose_lines()
        .into_iter()
        .filter(|&number| sheet.lines.get(number).is_some_and(|line| !line.trim_start().starts_with('|')))
        .map(|number| LineWords { number, words: words(&sheet.shown(number)) })
        .collect();
    let Some(mut counts) = repeated_shingles(&lines) else { return };
    let mut removed = vec![false; lines.len()];
    remove_blobs(&lines, &mut counts, &mut removed, sheet);
    remove_copies(&lines, &mut removed, sheet);
}

fn words(line: &str) -> Vec<u64> {
    const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01B3;
    let mut words = Vec::new();
    let mut hash = OFFSET;
    let mut inside = false;
    for character in line.chars() {
        if character.is_ascii_alphanumeric() {
            inside = true;
            hash = (hash ^ u64::from(character.to_ascii_lowercase() as u32)).wrapping_mul(PRIME);
        } else if character.is_alphanumeric() {
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
    shingle.iter().fold(0, |hash: u64, word| hash.rotate_left(17).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word)
}

/// How often each shingle occurs within a line or across lines; only those that occur more than once.
fn repeated_shingles(lines: &[LineWords]) -> Option<HashMap<u64, usize>> {
    let all: Vec<u64> = lines.iter().flat_map(|line| line.words.iter().copied()).collect();
    let mut hashes: Vec<u64> = all.windows(SHINGLE).map(hash_of).collect();
    hashes.sort_unstable();
    let mut counts = HashMap::new();
    for run in hashes.chunk_by(|a, b| a == b).filter(|run| run.len() > 1) {
        counts.insert(run[0], run.len());
    }
    (!counts.is_empty()).then_some(counts)
}

/// Removes long lines whose words stand elsewhere in the same order, the longest first, so that the
/// run-together copy goes and the well-shaped original stays.
fn remove_blobs(
    lines: &[LineWords],
    counts: &mut HashMap<u64, usize>,
    removed: &mut [bool],
    sheet: &mut Sheet,
) {
    let mut candidates: Vec<usize> =
        (0..lines.len()).filter(|&index| lines[index].words.len() >= BLOB_WORDS).collect();
    candidates.sort_by_key(|&index| std::cmp::Reverse((lines[index].words.len(), index)));
    for index in candidates {
        let line = &lines[index];
        let mut own: HashMap<u64, usize> = HashMap::new();
        for hash in line.words.windows(SHINGLE).map(hash_of) {
            *own.entry(hash).or_default() += 1;
        }
        let mut covered = vec![false; line.words.len()];
        for (start, hash) in line.words.windows(SHINGLE).map(hash_of).enumerate() {
            if counts.get(&hash).copied().unwrap_or_default() > own.get(&hash).copied().unwrap_or_default() {
                covered[start..start + SHINGLE].fill(true);
            }
        }
        let missing = covered.iter().filter(|covered| !**covered).count();
        if missing * 100 > line.words.len() * (100 - BLOB_COVERAGE) {
            continue;
        }
        for (hash, count) in own {
            if let Some(total) = counts.get_mut(&hash) {
                *total = total.saturating_sub(count);
            }
        }
        removed[index] = true;
        let total = line.words.len();
        let rest = if missing == 0 { String::new() } else { format!(" (all but {missing})") };
        let what = format!("a line of {total} words that stand elsewhere in the file{rest}");
        sheet.remove(line.number, "removed-repetition", &what);
    }
}

/// Removes runs of lines that repeat an earlier run word for word.
fn remove_copies(lines: &[LineWords], removed: &mut [bool], sheet: &mut Sheet) {
    let kept: Vec<usize> = (0..lines.len()).filter(|&index| !removed[index]).collect();
    let mut first_seen: HashMap<&[u64], usize> = HashMap::new();
    let mut position = 0;
    while position < kept.len() {
        let words = lines[kept[position]].words.as_slice();
        let Some(&earlier) = first_seen.get(words).filter(|_| !words.is_empty()) else {
            first_seen.insert(words, position);
            position += 1;
            continue;
        };
        let length = (0..kept.len() - position)
            .take_while(|step| {
                earlier + step < position
                    && lines[kept[earlier + step]].words == lines[kept[position + step]].words
            })
            .count();
        let total: usize =
            kept[position..position + length].iter().map(|&index| lines[index].words.len()).sum();
        let is_copy = total >= COPIED_RUN_WORDS || (length == 1 && total >= COPIED_LINE_WORDS);
        if is_copy {
            let original = lines[kept[earlier]].number + 1;
            let what = if length == 1 { "a line".to_owned() } else { format!("{length} lines") };
            let what = format!("{what} ({total} words) that repeat the text from line {original} on");
            let copy = &kept[position..position + length];
            let numbers: Vec<usize> = copy.iter().map(|&index| lines[index].number).collect();
            if sheet.remove_lines(&numbers, "removed-repetition", &what, Fate::Removed) {
                copy.iter().for_each(|&index| removed[index] = true);
            }
        }
        position += length.max(1);
    }
}
