//! What the editor is told of the repairs.

use std::collections::{BTreeSet, HashMap};

use super::character::named;
use super::sequence::Reading;
use crate::diagnostic::Diagnostic;
use crate::ingest::characters::{counted, line_list};
use crate::ingest::sheet::Sheet;
use crate::ledger::{Change, Fate};

/// The rule that drops emoji that cannot be told.
pub const DROPPED: &str = "dropped-ornament";
/// More kinds of repairs than this are told together.
const TOLD_APART: usize = 12;

/// A sequence has at most four characters.
const LONGEST: usize = 4;

/// Every place where one kind of sequence was repaired.
struct Repair {
    garbled: String,
    reading: Reading,
    misread_as: &'static str,
    /// Counted from 0, ascending within a pass.
    lines: Vec<usize>,
}

#[derive(Default)]
pub struct Report {
    repairs: Vec<Repair>,
    /// Where each kind is, by encoding and sequence.
    index: HashMap<&'static str, HashMap<[char; LONGEST], usize>>,
    /// Lines with sequences that cannot be told.
    unread: BTreeSet<usize>,
}

impl Report {
    pub fn leave(&mut self, line: usize) {
        self.unread.insert(line);
    }

    pub fn add(&mut self, misread_as: &'static str, garbled: &[char], reading: &Reading, line: usize) {
        let mut key = ['\0'; LONGEST];
        for (place, character) in key.iter_mut().zip(garbled) {
            *place = *character;
        }
        let at = *self.index.entry(misread_as).or_default().entry(key).or_insert_with(|| {
            let garbled = garbled.iter().collect();
            self.repairs.push(Repair { garbled, reading: reading.clone(), misread_as, lines: Vec::new() });
            self.repairs.len() - 1
        });
        if let Some(repair) = self.repairs.get_mut(at) {
            repair.lines.push(line);
        }
    }

    /// Every line with a repair.
    pub fn lines(&self) -> BTreeSet<usize> {
        self.repairs.iter().flat_map(|repair| repair.lines.iter().copied()).collect()
    }

    /// Pushes the diagnostics.
    pub fn tell(self, sheet: &mut Sheet) {
        let (dropped, repaired): (Vec<Repair>, Vec<Repair>) =
            self.repairs.into_iter().partition(|repair| matches!(repair.reading, Reading::Ornament(_)));
        let (likely, certain): (Vec<Repair>, Vec<Repair>) =
            repaired.into_iter().partition(|repair| matches!(repair.reading, Reading::Likely(..)));
        for repairs in [certain, likely] {
            if repairs.len() > TOLD_APART {
                tell_together(&repairs, sheet);
            } else {
                repairs.iter().for_each(|repair| repair.tell(sheet));
            }
        }
        for repair in &dropped {
            repair.tell(sheet);
        }
        let unread: Vec<usize> = self.unread.into_iter().collect();
        if let Some(&first) = unread.first() {
            let place = sheet.place(first);
            let message = format!(
                "some garbled characters lost a byte before the file came here and stay as they are, on {}",
                line_list(&unread)
            );
            sheet.diagnostics.push(
                Diagnostic::warning("lost-character", message)
                    .at(place)
                    .help("compare with the original and type them again"),
            );
        }
    }
}

fn distinct(lines: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut lines: Vec<usize> = lines.collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn tell_together(repairs: &[Repair], sheet: &mut Sheet) {
    let mut commonest: Vec<&Repair> = repairs.iter().collect();
    commonest.sort_by_key(|repair| std::cmp::Reverse(repair.lines.len()));
    let examples: Vec<String> = commonest
        .iter()
        .take(TOLD_APART)
        .map(|repair| format!("`{}` to {}", repair.garbled, repair.to()))
        .collect();
    let mut encodings: Vec<&str> = Vec::new();
    for repair in repairs {
        if !encodings.contains(&repair.misread_as) {
            encodings.push(repair.misread_as);
        }
    }
    let lines = distinct(repairs.iter().flat_map(|repair| repair.lines.iter().copied()));
    let places: usize = repairs.iter().map(|repair| repair.lines.len()).sum();
    let message = format!(
        "repaired {} kinds of garbled characters in {}, on {} (UTF-8 that was read as {}): {} and {} more",
        repairs.len(),
        counted(places, "place"),
        line_list(&lines),
        encodings.join(" and "),
        examples.join(", "),
        repairs.len() - TOLD_APART,
    );
    let place = sheet.place(lines.first().copied().unwrap_or_default());
    let is_likely = commonest.iter().any(|repair| matches!(repair.reading, Reading::Likely(..)));
    sheet.diagnostics.push(diagnostic(message, is_likely).at(place));
}

/// What is only likely should be looked at.
fn diagnostic(message: String, is_likely: bool) -> Diagnostic {
    if is_likely {
        Diagnostic::warning("repaired-encoding", message).help("check the words there")
    } else {
        Diagnostic::note("repaired-encoding", message)
    }
}

impl Repair {
    fn to(&self) -> String {
        match self.reading {
            Reading::Character(character) => named(character),
            Reading::Likely(character, other) => {
                format!("{}, which may also have been {}", named(character), named(other))
            }
            _ => String::new(),
        }
    }

    fn tell(&self, sheet: &mut Sheet) {
        let Repair { garbled, misread_as, .. } = self;
        let lines = distinct(self.lines.iter().copied());
        let places = counted(self.lines.len(), "place");
        let on = line_list(&lines);
        let diagnostic = match &self.reading {
            Reading::Ornament(candidates) => {
                let list: Vec<String> = candidates.iter().map(char::to_string).collect();
                let message = format!(
                    "dropped `{garbled}` in {places}, on {on}: an emoji that cannot be told any more, one of {}",
                    list.join(" ")
                );
                for line in &self.lines {
                    let line = *line as u32 + 1;
                    sheet.changes.push(Change {
                        fate: Fate::Removed,
                        rule: DROPPED,
                        reason: format!(
                            "an emoji that lost a byte in `{garbled}`, one of {}",
                            list.join(" ")
                        ),
                        lines: (line, line),
                        // The garbled letters are in the repair of the line; what was dropped is unknown.
                        text: char::REPLACEMENT_CHARACTER.to_string(),
                    });
                }
                Diagnostic::note(DROPPED, message)
                    .help("put the emoji back if it says something that the words do not")
            }
            _ => {
                let to = self.to();
                let message = format!(
                    "repaired `{garbled}` to {to} in {places}, on {on} (UTF-8 that was read as {misread_as})"
                );
                diagnostic(message, matches!(self.reading, Reading::Likely(..)))
            }
        };
        let place = sheet.place(lines.first().copied().unwrap_or_default());
        sheet.diagnostics.push(diagnostic.at(place));
    }
}
