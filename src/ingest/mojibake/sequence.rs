//! One garbled character: finding it, and judging by what stands around it how certain it is.

use super::character::{
    closes_a_word, draws_boxes, ends_a_phrase, is_alphabetic, is_assigned, is_emoji, is_letter, is_lowercase,
    is_mark, is_rare, is_uppercase, joins_letters, script,
};
use super::choice::{Candidates, Hints, Neighbours, choose};
use super::codepage::Codepage;

/// What a garbled sequence stood for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    Character(char),
    /// The likelier of two letters that share their garbled form, and the other one.
    Likely(char, char),
    /// An emoji of which a byte was lost; which one of several it was, the text does not tell.
    Ornament(Vec<char>),
    /// Something else that cannot be told; it is left as it is.
    Unknown,
}

impl Reading {
    pub fn character(&self) -> Option<char> {
        match self {
            Reading::Character(character) | Reading::Likely(character, _) => Some(*character),
            Reading::Ornament(_) | Reading::Unknown => None,
        }
    }
}

/// How sure it is that a sequence is garbled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Correct text can well hold it, like `É»`.
    Weak,
    /// Correct text does not hold it, unless by a slip of the hand.
    Strange,
    /// No language writes it.
    Certain,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sequence {
    /// Where it begins and how long it is, in characters.
    pub start: usize,
    pub length: usize,
    pub reading: Reading,
    pub certainty: Certainty,
    /// Whether it looks wrong by itself, such as a capital within a word.
    is_anomalous: bool,
}

impl Sequence {
    pub fn end(&self) -> usize {
        self.start + self.length
    }

    fn character(&self) -> Option<char> {
        self.reading.character()
    }
}

/// What a line holds, seen as UTF-8 that was read in one encoding.
#[derive(Debug, Default)]
pub struct Findings {
    pub sequences: Vec<Sequence>,
    /// Letters beyond ASCII that are part of no sequence: signs of correct text.
    pub letters: usize,
    /// Of those, the ones that can begin a sequence, as when its other byte was dropped.
    pub bereft: usize,
    /// Typographic marks that are part of no sequence.
    pub marks: usize,
}

impl Findings {
    pub fn count(&self, at_least: Certainty) -> usize {
        self.sequences.iter().filter(|sequence| sequence.certainty >= at_least).count()
    }

    /// Whether the line shows by itself that all of it is garbled.
    pub fn is_garbled(&self) -> bool {
        const TELLING: usize = 3;
        self.is_consistent() && self.count(Certainty::Strange) >= TELLING
    }

    /// Whether garbled characters far outnumber correct letters.
    pub fn is_consistent(&self) -> bool {
        self.letters * 4 <= self.sequences.len()
    }
}

/// Finds every sequence in a line. `findings` is reused from line to line.
pub fn find(codepage: &Codepage, line: &[char], hints: Hints, findings: &mut Findings) {
    findings.sequences.clear();
    (findings.letters, findings.bereft, findings.marks) = (0, 0, 0);
    let mut at = 0;
    while let Some(&character) = line.get(at) {
        if character.is_ascii() {
            at += 1;
            continue;
        }
        let before = findings.sequences.last().filter(|last| last.end() == at);
        match match_at(codepage, line, at, before, hints) {
            Some(sequence) => {
                at = sequence.end();
                findings.sequences.push(sequence);
            }
            None => {
                findings.letters += usize::from(is_letter(character));
                let is_lead = codepage.bytes(character).lead > 0xC2;
                findings.bereft += usize::from(is_lead && !codepage.undefined.is_empty());
                findings.marks += usize::from(is_mark(character));
                at += 1;
            }
        }
    }
    judge_runs(&mut findings.sequences);
}

/// Sequences that touch each other: chance brings two together rarely, and three never.
fn judge_runs(sequences: &mut [Sequence]) {
    const CERTAIN_RUN: usize = 3;
    let is_plain = |sequence: &Sequence| !matches!(sequence.reading, Reading::Unknown);
    for run in sequences.chunk_by_mut(|a, b| a.end() == b.start) {
        if run.len() < 2 {
            continue;
        }
        let anomalous = run.iter().filter(|sequence| sequence.is_anomalous).count();
        // What was garbled twice turns into what was garbled once: `Ãƒ` and `Â©` into `Ã©`.
        let is_double = run.iter().rev().skip(1).any(|sequence| {
            matches!(sequence.reading, Reading::Character('Ã' | 'Â' | 'â')) && sequence.is_anomalous
        });
        let certainty = if is_double || (run.len() >= CERTAIN_RUN && anomalous >= 2) {
            Certainty::Certain
        } else if anomalous >= 1 || run.len() >= CERTAIN_RUN {
            Certainty::Strange
        } else {
            Certainty::Weak
        };
        for sequence in run.iter_mut().filter(|sequence| is_plain(sequence)) {
            sequence.certainty = sequence.certainty.max(certainty);
        }
    }
}

/// The garbled character that begins at `start`; `before` is the one that ends there.
fn match_at(
    codepage: &Codepage,
    line: &[char],
    start: usize,
    before: Option<&Sequence>,
    hints: Hints,
) -> Option<Sequence> {
    let first = *line.get(start)?;
    let lead = codepage.bytes(first).lead;
    if lead == 0 {
        return None;
    }
    let wanted = tail_length(lead);
    let next = *line.get(start + 1)?;
    if next.is_ascii() && next != ' ' {
        return None;
    }
    let (length, reading) = match complete(codepage, line.get(start + 1..start + 1 + wanted), lead) {
        Some(candidates) => {
            let end = start + 1 + wanted;
            let reading = match candidates.as_slice() {
                [only] => Reading::Character(*only),
                several => {
                    let repaired = before.and_then(Sequence::character);
                    let neighbours = Neighbours::new(line, start, repaired, letter_at(codepage, line, end));
                    choose(several, &neighbours, hints)
                }
            };
            (1 + wanted, reading)
        }
        None => match_with_lost_byte(codepage, line, start, lead, before)?,
    };
    let mut sequence = Sequence { start, length, reading, certainty: Certainty::Weak, is_anomalous: false };
    let context = Context::new(line, &sequence, before);
    if context.is_drawn() {
        return None;
    }
    (sequence.certainty, sequence.is_anomalous) = context.judge(lead, &sequence);
    Some(sequence)
}

/// The number of bytes that continue a sequence after its lead byte.
fn tail_length(lead: u8) -> usize {
    match lead {
        ..=0xDF => 1,
        0xE0..=0xEF => 2,
        _ => 3,
    }
}

/// What stands at a place, garbled or not, if it can be told by itself.
fn letter_at(codepage: &Codepage, line: &[char], start: usize) -> Option<char> {
    let first = *line.get(start)?;
    if first.is_ascii() {
        return Some(first);
    }
    let lead = Some(codepage.bytes(first).lead).filter(|lead| *lead > 0)?;
    let candidates = complete(codepage, line.get(start + 1..start + 1 + tail_length(lead)), lead)?;
    let [only] = candidates.as_slice() else { return None };
    Some(*only)
}

/// Every byte is there: what it stands for. Marks that stand for two bytes give several candidates.
fn complete(codepage: &Codepage, tail: Option<&[char]>, lead: u8) -> Option<Candidates> {
    let tail = tail?;
    let wanted = tail.len();
    let mut candidates = [u32::from(lead) & (0x3F >> wanted); 8];
    let mut count = 1;
    for &character in tail {
        let [likely, other] = codepage.bytes(character).continuations;
        if likely == 0 {
            return None;
        }
        if other > 0 {
            candidates.copy_within(0..count, count);
            for code in &mut candidates[count..2 * count] {
                *code = *code << 6 | u32::from(other & 0x3F);
            }
        }
        for code in &mut candidates[..count] {
            *code = *code << 6 | u32::from(likely & 0x3F);
        }
        count *= if other > 0 { 2 } else { 1 };
    }
    let shortest = [0, 0x80, 0x800, 0x1_0000][wanted];
    let mut readings = Candidates::default();
    for code in &candidates[..count] {
        if let Some(character) = char::from_u32(*code).filter(|next| *code >= shortest && is_assigned(*next))
        {
            readings.push(character);
        }
    }
    (!readings.as_slice().is_empty()).then_some(readings)
}

/// A sequence one of whose bytes was dropped because the encoding does not define it, or was turned
/// into U+FFFD or a plain space. Its length, and what it stood for.
fn match_with_lost_byte(
    codepage: &Codepage,
    line: &[char],
    start: usize,
    lead: u8,
    before: Option<&Sequence>,
) -> Option<(usize, Reading)> {
    if codepage.undefined.is_empty() {
        return None;
    }
    let next = *line.get(start + 1)?;
    if next == ' ' {
        return match_with_lost_space(line, start, lead);
    }
    let third = line.get(start + 2).copied();
    let marks_loss = |character: Option<char>| character == Some('\u{FFFD}');
    match (lead, codepage.bytes(next).continuations[0]) {
        (0xE2, 0x80) => {
            let length = 2 + usize::from(marks_loss(third));
            let after = line.get(start + length).copied();
            let is_between_emoji = before.and_then(Sequence::character).is_some_and(is_pictograph)
                && after.is_some_and(|after| codepage.bytes(after).lead >= 0xE2);
            let is_between_letters = after.is_some_and(is_alphabetic)
                && start.checked_sub(1).is_some_and(|before| is_alphabetic(line[before]));
            let reading = if is_between_emoji {
                Reading::Character('\u{200D}')
            } else if matches!(after, Some('"' | '\'')) || is_between_letters {
                // A dash or a quote, whose last character was taken for a quote and made straight.
                Reading::Unknown
            } else {
                // Of the punctuation that ends in an undefined byte, only the closing quote is in use.
                Reading::Character('\u{201D}')
            };
            Some((length, reading))
        }
        // Likewise the emoji variation selector.
        (0xEF, 0xB8) => Some((2 + usize::from(marks_loss(third)), Reading::Character('\u{FE0F}'))),
        (0xF0, 0x9F) => {
            let third = third?;
            let fourth = line.get(start + 3).copied();
            if third == '\u{FFFD}' {
                let known = codepage.bytes(fourth?).continuations.into_iter().filter(|byte| *byte > 0);
                let candidates = known.flat_map(|last| lost_emoji(codepage, None, Some(last)));
                return Some((4, ornament(candidates.collect(), false)?));
            }
            let known = codepage.bytes(third).continuations;
            let length = 3 + usize::from(marks_loss(fourth));
            let has_selector = is_selector(codepage, line, start + length);
            let candidates = known.into_iter().filter(|byte| *byte > 0).flat_map(|known| {
                let last = if length == 3 { lost_emoji(codepage, None, Some(known)) } else { Vec::new() };
                lost_emoji(codepage, Some(known), None).into_iter().chain(last)
            });
            Some((length, ornament(candidates.collect(), has_selector)?))
        }
        _ => None,
    }
}

/// `Ã ` for `à` and `Â ` for a no-break space, whose byte A0 somebody took for a space.
fn match_with_lost_space(line: &[char], start: usize, lead: u8) -> Option<(usize, Reading)> {
    let before = start.checked_sub(1).and_then(|before| line.get(before)).copied();
    let is_doubled = line.get(start + 2) == Some(&' ');
    match lead {
        0xC3 if line.get(start) == Some(&'Ã')
            && (is_doubled && before.is_none_or(|before| !is_uppercase(before))
                || before.is_some_and(is_lowercase)) =>
        {
            // The space was the letter's last byte where another one parts the words.
            Some((1 + usize::from(is_doubled), Reading::Character('à')))
        }
        0xC2 if before.is_some_and(|before| before.is_ascii_digit() || is_lowercase(before)) => {
            Some((2, Reading::Character('\u{A0}')))
        }
        _ => None,
    }
}

/// Emoji in the block F0 9F whose third or fourth byte was lost.
fn lost_emoji(codepage: &Codepage, third: Option<u8>, fourth: Option<u8>) -> Vec<char> {
    let code = |third: u8, fourth: u8| {
        char::from_u32(0x1F000 | u32::from(third & 0x3F) << 6 | u32::from(fourth & 0x3F))
    };
    let lost = codepage.undefined.iter();
    lost.filter_map(|&lost| code(third.unwrap_or(lost), fourth.unwrap_or(lost))).collect()
}

fn ornament(mut candidates: Vec<char>, has_selector: bool) -> Option<Reading> {
    candidates.retain(|&candidate| is_emoji(candidate, has_selector));
    candidates.sort_unstable();
    candidates.dedup();
    match candidates.as_slice() {
        [] => None,
        [only] => Some(Reading::Character(*only)),
        _ => Some(Reading::Ornament(candidates)),
    }
}

fn is_selector(codepage: &Codepage, line: &[char], start: usize) -> bool {
    let byte = |at: usize| line.get(at).map(|next| codepage.bytes(*next)).unwrap_or_default();
    byte(start).lead == 0xEF && byte(start + 1).continuations[0] == 0xB8
}

fn is_pictograph(character: char) -> bool {
    character == '\u{FE0F}'
        || (!character.is_ascii() && !is_mark(character) && is_emoji(character, false))
        || matches!(character, '\u{1F3FB}'..='\u{1F3FF}')
}

/// What stands around a sequence.
struct Context<'a> {
    garbled: &'a [char],
    /// The characters as they are now, two before and one after.
    before_previous: Option<char>,
    previous: Option<char>,
    next: Option<char>,
    /// What the sequence that ends where this one begins stands for.
    repaired_previous: Option<char>,
    follows_emoji: bool,
}

impl<'a> Context<'a> {
    fn new(line: &'a [char], sequence: &Sequence, before: Option<&Sequence>) -> Self {
        let at = |back: usize| sequence.start.checked_sub(back).and_then(|at| line.get(at)).copied();
        let repaired_previous = before.and_then(Sequence::character);
        let is_modifier = sequence.reading == Reading::Character('\u{FE0F}');
        let is_ornament = before.is_some_and(|before| matches!(before.reading, Reading::Ornament(_)));
        Context {
            follows_emoji: is_ornament
                || is_modifier && repaired_previous.or(at(1)).is_some_and(is_pictograph),
            garbled: line.get(sequence.start..sequence.end()).unwrap_or_default(),
            before_previous: at(2),
            previous: at(1),
            next: line.get(sequence.end()).copied(),
            repaired_previous,
        }
    }

    /// Whether it is part of a picture made of lines and corners.
    fn is_drawn(&self) -> bool {
        let is_letter = |other: Option<char>| other.is_some_and(is_alphabetic);
        self.garbled.first().copied().is_some_and(draws_boxes)
            && !is_letter(self.previous)
            && !is_letter(self.next)
            && self.repaired_previous.is_none()
            && !self.next.is_some_and(draws_boxes)
    }

    fn judge(&self, lead: u8, sequence: &Sequence) -> (Certainty, bool) {
        let first = self.garbled.first().copied().unwrap_or_default();
        let is_unmistakable = match &sequence.reading {
            Reading::Ornament(_) => true,
            Reading::Unknown => return (Certainty::Weak, false),
            Reading::Likely(..) => false,
            Reading::Character(character) => match character {
                // The first two bytes are `â€` in one encoding, `вЂ` or `‚Ä` in another.
                '\u{2000}'..='\u{203F}' | '\u{FEFF}' | '\u{FFFD}' => true,
                // `рџ` is within Serbian words, but begins none.
                '\u{1F000}'..='\u{1FFFF}' => {
                    is_emoji(*character, false) && !(first == 'р' && self.previous.is_some_and(is_alphabetic))
                }
                '\u{FE0F}' => self.follows_emoji,
                // No word is spelled `â` and ends in such marks; Welsh has `â…”`.
                '\u{2040}'..='\u{2BFF}' => {
                    matches!(first, 'â' | 'ā')
                        && !self.previous.is_some_and(is_alphabetic)
                        && self.garbled.iter().skip(1).any(|next| !ends_a_phrase(*next))
                }
                _ => false,
            },
        };
        if is_unmistakable {
            return (Certainty::Certain, true);
        }
        let Some(character) = sequence.character() else { return (Certainty::Weak, false) };
        let is_anomalous = self.is_anomalous();
        if is_rare(character) || !self.fits(character) {
            return (Certainty::Weak, is_anomalous);
        }
        let is_within_word = self.previous.is_some_and(is_lowercase) && is_uppercase(first);
        let is_symbol = self.garbled.iter().skip(1).all(|next| !is_letter(*next));
        let holds_control = self.garbled.iter().any(|next| next.is_control());
        // Five `mÅ—no more`: a unit before a dash, likelier than the `ŗ` that it could be.
        let is_unit = first == 'Å' && self.garbled.get(1).is_some_and(|next| matches!(next, '–' | '—'));
        let is_certain = is_alphabetic(character)
            && is_within_word
            && !is_unit
            && is_symbol
            && (lead == 0xC3 && first == 'Ã'
                || self.next.is_some_and(is_lowercase)
                || self.garbled.iter().skip(1).any(|next| !closes_a_word(*next)));
        // `rĂĽd`: two capitals in the middle of a word.
        let has_capitals_within = is_within_word
            && matches!(lead, 0xC3..=0xC5)
            && self.garbled.iter().skip(1).all(|next| is_uppercase(*next))
            && self.next.is_some_and(is_lowercase);
        // `Ã©t`: at the start of a word, a mark that nobody sets between letters.
        let opens_word = is_uppercase(first)
            && !self.previous.is_some_and(|previous| is_alphabetic(previous) || previous.is_ascii_digit())
            && self.next.is_some_and(|next| next.is_ascii_lowercase())
            && self.garbled.iter().skip(1).all(|next| !is_letter(*next) && !closes_a_word(*next));
        let is_space_lost = sequence.length == 1 || self.garbled.get(1) == Some(&' ');
        let is_spelled = is_alphabetic(character) && (opens_word || has_capitals_within);
        if (is_certain || is_spelled) && !is_space_lost {
            (Certainty::Certain, true)
        } else if is_anomalous || holds_control || self.is_stray_space(lead) || is_space_lost {
            (Certainty::Strange, is_anomalous)
        } else {
            (Certainty::Weak, false)
        }
    }

    /// `°` or a no-break space that was garbled, right after what such a mark follows.
    fn is_stray_space(&self, lead: u8) -> bool {
        let ends = |character: char| {
            character.is_ascii_digit()
                || matches!(character, '.' | ',' | ':' | ';' | '!' | '?' | ')' | '%' | '*' | '_')
        };
        lead == 0xC2
            && match self.previous {
                Some(' ') => self.before_previous.is_some_and(ends) && self.garbled.get(1) == Some(&'\u{A0}'),
                Some(previous) => is_lowercase(previous) || ends(previous),
                None => self.garbled.get(1) == Some(&'\u{A0}'),
            }
    }

    /// Whether the sequence looks wrong as it stands.
    fn is_anomalous(&self) -> bool {
        let first = self.garbled.first().copied().unwrap_or_default();
        if self.previous.is_some_and(is_lowercase) && is_uppercase(first) {
            return true;
        }
        let is_sign = !is_letter(first) && !is_mark(first);
        if is_sign && self.previous.is_some_and(is_alphabetic) {
            return true;
        }
        let tail = self.garbled.iter().skip(1).copied();
        let after = self.garbled.iter().skip(2).copied().map(Some).chain([self.next]);
        tail.zip(after).any(|(mark, next)| {
            if is_letter(mark) {
                return false;
            }
            if !closes_a_word(mark) {
                return !mark.is_ascii();
            }
            !joins_letters(mark) && next.is_some_and(is_alphabetic)
        })
    }

    /// Whether a character belongs between its neighbours: the same script, and no small letter
    /// within a word in capitals.
    fn fits(&self, character: char) -> bool {
        let previous = self.repaired_previous.or(self.previous);
        if !is_alphabetic(character) {
            return true;
        }
        let own = script(character);
        let is_foreign = |other: Option<char>| {
            other.and_then(script).is_some_and(|other| own.is_some_and(|own| own != other))
        };
        // What comes after may itself be garbled.
        let next = self.next.filter(char::is_ascii);
        if is_foreign(previous) || is_foreign(next) {
            return false;
        }
        let is_upper = |other: Option<char>| other.is_some_and(is_uppercase);
        if is_uppercase(character) {
            return !previous.is_some_and(is_lowercase);
        }
        let in_capitals =
            is_upper(previous) && (self.repaired_previous.is_some() || is_upper(self.before_previous));
        !(is_lowercase(character) && (in_capitals || is_upper(next)))
    }
}
