//! UTF-8 that was read in another encoding on its way here: `â€”` for `—`, `šŸ”‘` for 🔑.
//!
//! Correct text must never be touched, in any language: Latvian needs `ā` and `š` as much as French
//! needs `É»`. So every sequence that could be a garbled character is judged by what stands around
//! it ([`sequence`]). What no language writes is repaired wherever it stands. What correct text might
//! hold by a slip of the hand is repaired where the line holds few correct letters of its own and the
//! file is garbled elsewhere, too. What correct text may well hold is repaired only where everything
//! around it is garbled.

use std::collections::BTreeSet;

use super::characters::beyond_ascii;
use super::sheet::Sheet;
use choice::Hints;
use codepage::{CODEPAGES, Lookup, Roles};
use report::Report;
use sequence::{Certainty, Findings, Reading, Sequence};

mod character;
mod choice;
mod codepage;
mod report;
mod sequence;

pub use codepage::windows_1252_of_control;

/// Text can have been misread several times, each time in another encoding.
const PASSES: usize = 24;

/// What a whole file holds, seen as UTF-8 that was read in one encoding.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    certain: usize,
    /// Strange and certain ones, in lines where they outnumber correct letters.
    strange: usize,
    /// Letters beyond ASCII that are part of no sequence.
    letters: usize,
    hints: Hints,
}

impl Evidence {
    fn is_any(&self) -> bool {
        self.certain > 0 || self.strange >= 3
    }

    /// Whether hardly anything in the file has come through whole.
    fn is_overwhelming(&self) -> bool {
        self.strange >= 8 && self.letters * 20 <= self.strange
    }

    /// How certain a sequence must be to be repaired in a line that holds `findings`.
    fn threshold(&self, findings: &Findings) -> Certainty {
        if !findings.is_consistent() {
            return Certainty::Certain;
        }
        let is_garbled = findings.is_garbled();
        if findings.marks == 0 && (is_garbled || self.is_overwhelming()) {
            Certainty::Weak
        } else if is_garbled || self.is_any() {
            Certainty::Strange
        } else {
            Certainty::Certain
        }
    }
}

/// A line that may hold garbled characters.
struct Candidate {
    number: usize,
    /// The encodings that it may have been misread in, one bit for each.
    codepages: u8,
    characters: Vec<char>,
}

/// Repairs every line, if the file shows that it needs it. The lines that were changed, or that hold
/// control characters or U+FFFD, so that they need another look.
pub fn repair(sheet: &mut Sheet) -> BTreeSet<usize> {
    let Suspects { mut candidates, letters_elsewhere, mut unsettled } = suspects(&sheet.lines);
    if sheet.keep.rules.contains("repaired-encoding") {
        return unsettled;
    }
    let mut report = Report::default();
    let mut findings = Findings::default();
    for _ in 0..PASSES {
        // A sample shows what most of the file was read in; the rest is looked at when that is done.
        let sample = sample(&candidates);
        let is_all = sample == 1;
        let changed =
            repair_pass(&mut candidates, sample, letters_elsewhere, sheet, &mut findings, &mut report)
                || !is_all
                    && repair_pass(&mut candidates, 1, letters_elsewhere, sheet, &mut findings, &mut report);
        if !changed {
            break;
        }
    }
    unsettled.extend(report.lines());
    report.tell(sheet);
    unsettled
}

/// Every how many lines to look at for a sample.
fn sample(candidates: &[Candidate]) -> usize {
    const CHARACTERS: usize = 1 << 16;
    let all: usize = candidates.iter().map(|candidate| candidate.characters.len()).sum();
    (all / CHARACTERS).max(1)
}

/// Repairs what was misread in one encoding: the one that most of the sample shows, or else the next
/// that shows anything. Whether there was one.
fn repair_pass(
    candidates: &mut Vec<Candidate>,
    sample: usize,
    letters_elsewhere: usize,
    sheet: &mut Sheet,
    findings: &mut Findings,
    report: &mut Report,
) -> bool {
    let mut misreadings: Vec<(usize, usize)> = (0..CODEPAGES.len())
        .map(|codepage| (evidence(codepage, candidates.iter().step_by(sample), findings), codepage))
        .map(|(evidence, codepage)| (evidence.certain + evidence.strange, codepage))
        .filter(|(evidence, _)| *evidence > 0)
        .collect();
    misreadings.sort_by_key(|(evidence, _)| std::cmp::Reverse(*evidence));
    misreadings.into_iter().any(|(_, codepage)| {
        let mut evidence = evidence(codepage, candidates.iter(), findings);
        evidence.letters += letters_elsewhere;
        repair_lines(codepage, evidence, candidates, sheet, findings, report)
    })
}

/// What the first look at a file finds.
struct Suspects {
    candidates: Vec<Candidate>,
    /// How many letters beyond ASCII the other lines hold.
    letters_elsewhere: usize,
    /// Lines with control characters or U+FFFD.
    unsettled: BTreeSet<usize>,
}

/// Finds the lines in which a character that can begin a sequence is followed by one that can
/// continue it.
fn suspects(lines: &[String]) -> Suspects {
    let roles = codepage::roles();
    let mut suspects = Suspects { candidates: Vec::new(), letters_elsewhere: 0, unsettled: BTreeSet::new() };
    for (number, line) in lines.iter().enumerate() {
        let Scan { codepages, letters, is_unsettled } = scan(roles, line);
        if is_unsettled {
            suspects.unsettled.insert(number);
        }
        if codepages == 0 {
            suspects.letters_elsewhere += letters;
        } else {
            suspects.candidates.push(Candidate { number, codepages, characters: line.chars().collect() });
        }
    }
    suspects
}

#[derive(Default)]
struct Scan {
    codepages: u8,
    letters: usize,
    is_unsettled: bool,
}

fn scan(roles: &Lookup<Roles>, line: &str) -> Scan {
    let mut scan = Scan::default();
    // The encodings in which the last character, or the last two, can begin a sequence.
    let (mut last, mut last_two) = (Roles::default(), 0);
    let mut end_of_last = 0;
    for (at, character) in beyond_ascii(line) {
        if at > end_of_last {
            (last, last_two) = (Roles::default(), 0);
        }
        end_of_last = at + character.len_utf8();
        let role = roles.get(character);
        scan.codepages |=
            last.short_lead & role.continuation | last.tells_with(&role) | last_two & role.continuation;
        // `Ã ` and `Â `, where a no-break space became a plain one.
        if matches!(character, 'Â' | 'Ã' | 'Ā') && line.as_bytes().get(end_of_last) == Some(&b' ') {
            scan.codepages |= role.short_lead;
        }
        last_two = last.long_lead & role.continuation;
        last = role;
        scan.letters += usize::from(matches!(character, '\u{C0}'..'\u{2000}' | '\u{2C00}'..));
        scan.is_unsettled |= matches!(character, '\u{80}'..'\u{A0}' | '\u{FFFD}');
    }
    scan
}

fn evidence<'a>(
    codepage: usize,
    candidates: impl Iterator<Item = &'a Candidate>,
    findings: &mut Findings,
) -> Evidence {
    let mut evidence = Evidence::default();
    for candidate in candidates.filter(|candidate| candidate.codepages & 1 << codepage != 0) {
        sequence::find(&CODEPAGES[codepage], &candidate.characters, Hints::default(), findings);
        for sequence in &findings.sequences {
            evidence.hints.add(&sequence.reading);
        }
        evidence.certain += findings.count(Certainty::Certain);
        evidence.letters += findings.letters;
        if findings.is_consistent() {
            evidence.strange += findings.count(Certainty::Strange);
        }
    }
    evidence
}

/// Repairs what was misread in one encoding. Whether there was anything.
fn repair_lines(
    codepage: usize,
    evidence: Evidence,
    candidates: &mut Vec<Candidate>,
    sheet: &mut Sheet,
    findings: &mut Findings,
    report: &mut Report,
) -> bool {
    let mut changed = false;
    for candidate in candidates.iter_mut().filter(|candidate| candidate.codepages & 1 << codepage != 0) {
        sequence::find(&CODEPAGES[codepage], &candidate.characters, evidence.hints, findings);
        let threshold = evidence.threshold(findings);
        let is_due =
            |sequence: &&Sequence| sequence.certainty >= threshold && sequence.reading != Reading::Unknown;
        if !findings.sequences.iter().any(|sequence| is_due(&sequence)) {
            continue;
        }
        changed = true;
        let is_unread = |sequence: &Sequence| sequence.reading == Reading::Unknown;
        if findings.is_garbled() && (findings.bereft > 0 || findings.sequences.iter().any(is_unread)) {
            report.leave(candidate.number);
        }
        let due = findings.sequences.iter().filter(is_due);
        candidate.characters = repair_line(codepage, &candidate.characters, due, candidate.number, report);
        if let Some(line) = sheet.lines.get_mut(candidate.number) {
            *line = candidate.characters.iter().collect();
            candidate.codepages = scan(codepage::roles(), line).codepages;
        }
    }
    candidates.retain(|candidate| candidate.codepages != 0);
    changed
}

fn repair_line<'a>(
    codepage: usize,
    characters: &[char],
    sequences: impl Iterator<Item = &'a Sequence>,
    number: usize,
    report: &mut Report,
) -> Vec<char> {
    let mut repaired = Vec::with_capacity(characters.len());
    let mut position = 0;
    let mut dropped_until = None;
    for sequence in sequences {
        repaired.extend(characters.get(position..sequence.start).unwrap_or_default());
        position = sequence.end();
        let garbled = characters.get(sequence.start..position).unwrap_or_default();
        report.add(CODEPAGES[codepage].name, garbled, &sequence.reading, number);
        let follows_dropped = dropped_until == Some(sequence.start);
        match sequence.reading {
            Reading::Character(modifier) if follows_dropped && goes_with_ornaments(modifier) => {}
            Reading::Character(character) | Reading::Likely(character, _) => {
                repaired.push(character);
                continue;
            }
            Reading::Ornament(_) | Reading::Unknown => {}
        }
        dropped_until = Some(position);
        // The space after a lost ornament goes with it.
        let at_start = repaired.last().is_none_or(|last| last.is_whitespace());
        if at_start && characters.get(position) == Some(&' ') {
            position += 1;
        }
    }
    repaired.extend(characters.get(position..).unwrap_or_default());
    repaired
}

/// What only modifies the emoji before it.
fn goes_with_ornaments(character: char) -> bool {
    matches!(character, '\u{FE0F}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}')
}
