//! UTF-8 that was read in another encoding on its way here: `â€”` for `—`, `šŸ”‘` for 🔑.
//!
//! Correct text must never be touched, in any language, and Latvian needs `ā` and `š` as much as
//! French needs `É»`. So a file is repaired only when it holds a sequence that no language writes
//! (*strong* evidence); only then are sequences repaired that correct text might hold by chance.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, ISO_8859_13, WINDOWS_1252};
use icu_properties::CodePointSetData;
use icu_properties::props::{Emoji, EmojiPresentation};

use super::characters::{counted, line_list};
use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;

/// Bytes that Windows-1252 leaves undefined, so that many programs drop them.
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];
/// Text can have been misread more than once.
const PASSES: usize = 3;
/// Adjacent sequences that decode, which correct text does not hold by chance.
const RUN: usize = 3;

/// An encoding that UTF-8 was taken for: the bytes that each character can stand for, the likelier
/// first.
struct Misreading {
    name: &'static str,
    bytes: BTreeMap<char, Vec<u8>>,
}

static MISREADINGS: LazyLock<[Misreading; 2]> = LazyLock::new(|| {
    [
        Misreading { name: "windows-1252", bytes: upper_half(WINDOWS_1252) },
        Misreading { name: "ISO-8859-13", bytes: upper_half(ISO_8859_13) },
    ]
});

/// Bytes 80–9F are read as Windows-1252 whatever the encoding, because Web programs do; those that it
/// leaves undefined may have survived as control characters.
fn upper_half(encoding: &'static Encoding) -> BTreeMap<char, Vec<u8>> {
    let mut bytes: BTreeMap<char, Vec<u8>> = BTreeMap::new();
    for byte in 0x80..=0xFF_u8 {
        let encoding = if byte < 0xA0 { WINDOWS_1252 } else { encoding };
        let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
        let control = char::from(byte);
        let mut stands_for = |character: char| {
            let known = bytes.entry(character).or_default();
            if !known.contains(&byte) {
                known.push(byte);
            }
        };
        if let Some(character) = text.chars().next().filter(|next| *next != '\u{FFFD}') {
            stands_for(character);
        }
        if byte < 0xA0 {
            stands_for(control);
        }
    }
    bytes
}

/// What Windows-1252 has in the place of a C1 control character.
pub fn windows_1252_of_control(control: char) -> Option<char> {
    let byte = u8::try_from(u32::from(control)).ok()?;
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().filter(|next| !next.is_control())
}

/// What a sequence stood for.
#[derive(Debug, Clone, PartialEq)]
enum Repair {
    Character(char),
    /// One of several characters; which one, the garbled text does not tell.
    Lost(Vec<char>),
}

struct Match {
    /// Length of the garbled sequence in characters.
    length: usize,
    repair: Repair,
    strong: bool,
}

/// Every place where one sequence was repaired.
struct Record {
    from: String,
    repair: Repair,
    misread_as: &'static str,
    lines: Vec<usize>,
}

/// Repairs every line, if the file shows that it needs it.
pub fn repair(sheet: &mut Sheet) {
    let mut repairs: Vec<Record> = Vec::new();
    let mut index: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for _ in 0..PASSES {
        let garbled: Vec<usize> =
            (0..sheet.lines.len()).filter(|&number| !sheet.lines[number].is_ascii()).collect();
        let mut misreadings: Vec<(usize, &Misreading)> = MISREADINGS
            .iter()
            .map(|misreading| (evidence(misreading, sheet, &garbled), misreading))
            .filter(|(evidence, _)| *evidence > 0)
            .collect();
        misreadings.sort_by_key(|(evidence, _)| std::cmp::Reverse(*evidence));
        if misreadings.is_empty() {
            break;
        }
        for (_, misreading) in misreadings {
            for &number in &garbled {
                repair_line(misreading, &mut sheet.lines[number], |from, repair| {
                    let at = *index.entry((from.to_owned(), misreading.name)).or_insert_with(|| {
                        let from = from.to_owned();
                        repairs.push(Record {
                            from,
                            repair: repair.clone(),
                            misread_as: misreading.name,
                            lines: Vec::new(),
                        });
                        repairs.len() - 1
                    });
                    repairs[at].lines.push(number);
                });
            }
        }
    }
    report(&repairs, sheet);
}

fn evidence(misreading: &Misreading, sheet: &Sheet, lines: &[usize]) -> usize {
    let mut strong = 0;
    for &number in lines {
        let Some(line) = sheet.lines.get(number) else { continue };
        if !line.chars().any(|next| misreading.lead(next).is_some()) {
            continue;
        }
        let characters: Vec<char> = line.chars().collect();
        let (mut position, mut run) = (0, 0);
        while position < characters.len() {
            match misreading.match_at(&characters, position) {
                Some(found) => {
                    run += 1;
                    strong += usize::from(found.strong || run == RUN);
                    position += found.length;
                }
                None => {
                    run = 0;
                    position += 1;
                }
            }
        }
    }
    strong
}

fn repair_line(misreading: &Misreading, line: &mut String, mut record: impl FnMut(&str, &Repair)) {
    if !line.chars().any(|next| misreading.lead(next).is_some()) {
        return;
    }
    let characters: Vec<char> = line.chars().collect();
    let mut repaired = String::with_capacity(line.len());
    let mut position = 0;
    while let Some(&character) = characters.get(position) {
        let found = misreading.match_at(&characters, position).filter(|found| {
            found.strong || !position.checked_sub(1).is_some_and(|before| characters[before].is_uppercase())
        });
        let Some(found) = found else {
            repaired.push(character);
            position += 1;
            continue;
        };
        let from: String = characters.iter().skip(position).take(found.length).collect();
        record(&from, &found.repair);
        position += found.length;
        match found.repair {
            Repair::Character(character) => repaired.push(character),
            // The space after a lost ornament goes with it.
            Repair::Lost(_) => {
                let at_start = repaired.is_empty() || repaired.ends_with(char::is_whitespace);
                if at_start && characters.get(position) == Some(&' ') {
                    position += 1;
                }
            }
        }
    }
    *line = repaired;
}

impl Misreading {
    fn bytes(&self, character: char) -> &[u8] {
        if character.is_ascii() { &[] } else { self.bytes.get(&character).map_or(&[], Vec::as_slice) }
    }

    /// The lead byte of a UTF-8 sequence that a character stands for.
    fn lead(&self, character: char) -> Option<u8> {
        self.bytes(character).iter().copied().find(|byte| (0xC2..=0xF4).contains(byte))
    }

    /// The continuation bytes that a character can stand for.
    fn continuations(&self, character: char) -> impl Iterator<Item = u8> {
        self.bytes(character).iter().copied().filter(|byte| (0x80..=0xBF).contains(byte))
    }

    /// Every reading of the characters from `start` on as continuation bytes, at most `wanted`; the
    /// likelier readings first.
    fn tails(&self, characters: &[char], start: usize, wanted: usize) -> Vec<Vec<u8>> {
        let mut tails: Vec<Vec<u8>> = vec![Vec::new()];
        for &character in characters.iter().skip(start).take(wanted) {
            let longer: Vec<Vec<u8>> = tails
                .iter()
                .flat_map(|tail| {
                    self.continuations(character).map(|byte| {
                        let mut longer = tail.clone();
                        longer.push(byte);
                        longer
                    })
                })
                .collect();
            if longer.is_empty() {
                break;
            }
            tails = longer;
        }
        tails
    }

    fn match_at(&self, characters: &[char], start: usize) -> Option<Match> {
        let lead = self.lead(*characters.get(start)?)?;
        let wanted = match lead {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            _ => 3,
        };
        let tails = self.tails(characters, start + 1, wanted);
        let readings: Vec<(char, &Vec<u8>)> = tails
            .iter()
            .filter(|tail| tail.len() == wanted)
            .filter_map(|tail| Some((decode(lead, tail).filter(|next| is_plausible(*next))?, tail)))
            .collect();
        if let Some(&(character, tail)) = readings.first() {
            let strong = self.is_strong(characters, start, lead, tail);
            // Two emoji are equally likely; of two marks, the one that Web pages garble is.
            let repair = if lead == 0xF0 && readings.len() > 1 {
                Repair::Lost(readings.iter().map(|(character, _)| *character).collect())
            } else {
                Repair::Character(character)
            };
            return Some(Match { length: 1 + wanted, repair, strong });
        }
        tails.iter().find_map(|tail| self.match_with_lost_byte(characters, start, lead, tail, wanted))
    }

    /// A sequence one of whose bytes was dropped because Windows-1252 does not define it.
    fn match_with_lost_byte(
        &self,
        characters: &[char],
        start: usize,
        lead: u8,
        tail: &[u8],
        wanted: usize,
    ) -> Option<Match> {
        let tail = tail.get(..wanted - 1)?;
        let length = wanted;
        let repair = match (lead, tail) {
            // Of the punctuation that ends in an undefined byte, only the closing quote is in use.
            (0xE2, [0x80]) => Repair::Character('\u{201D}'),
            // Likewise the emoji variation selector.
            (0xEF, [0xB8]) => Repair::Character('\u{FE0F}'),
            (0xF0, [0x9F, rest @ ..]) => {
                let has_selector = self
                    .match_at(characters, start + length)
                    .is_some_and(|next| next.repair == Repair::Character('\u{FE0F}'));
                let mut candidates: Vec<char> = UNDEFINED
                    .iter()
                    .flat_map(|&lost| {
                        let mut first = vec![0x9F, lost];
                        first.extend(rest);
                        let mut last = vec![0x9F];
                        last.extend(rest);
                        last.push(lost);
                        [first, last]
                    })
                    .filter_map(|tail| decode(lead, &tail))
                    .filter(|&candidate| is_emoji(candidate, has_selector))
                    .collect();
                candidates.sort_unstable();
                candidates.dedup();
                match candidates.as_slice() {
                    [] => return None,
                    [only] => Repair::Character(*only),
                    _ => Repair::Lost(candidates),
                }
            }
            _ => return None,
        };
        let strong = lead == 0xF0 || (lead == 0xE2 && characters.get(start + 1) == Some(&'€'));
        Some(Match { length, repair, strong })
    }

    /// Whether no language writes the sequence.
    fn is_strong(&self, characters: &[char], start: usize, lead: u8, tail: &[u8]) -> bool {
        let is_western = self.name == WINDOWS_1252.name();
        let before = start.checked_sub(1).and_then(|before| characters.get(before));
        match (lead, tail) {
            (0xF0, [0x9F, ..]) | (0xE2, [0x80, ..]) => true,
            (0xE2, [0x82 | 0x84 | 0x86 | 0x88 | 0x8C | 0x98..=0x9C | 0x9F, _]) => {
                is_western && !before.is_some_and(|before| before.is_alphabetic())
            }
            // A capital in the middle of a word, and a symbol after it.
            (0xC3, [next]) => {
                let symbol = characters.get(start + 1).is_some_and(|next| !next.is_alphabetic());
                let is_quote = (0x80..0xA0).contains(next) || matches!(next, 0xAB | 0xBB);
                symbol && before.is_some_and(|before| before.is_lowercase()) && (is_western || !is_quote)
            }
            _ => false,
        }
    }
}

fn decode(lead: u8, tail: &[u8]) -> Option<char> {
    let mut bytes = vec![lead];
    bytes.extend(tail);
    std::str::from_utf8(&bytes).ok()?.chars().next()
}

/// Characters that misread text is likely to have held.
fn is_plausible(character: char) -> bool {
    match character {
        '\u{80}'..='\u{9F}' => false,
        '\u{2000}'..='\u{2BFF}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFFD}' => true,
        '\u{A0}'..='\u{BF}' => true,
        '\u{1F000}'..='\u{1FAFF}' => is_emoji(character, false),
        other => other.is_alphabetic(),
    }
}

/// `with_selector`: whether an emoji variation selector follows, which only emoji need that are
/// shown as text without it.
fn is_emoji(character: char, with_selector: bool) -> bool {
    CodePointSetData::new::<Emoji>().contains(character)
        && !(with_selector && CodePointSetData::new::<EmojiPresentation>().contains(character))
}

fn report(repairs: &[Record], sheet: &mut Sheet) {
    for Record { from, repair, misread_as, lines } in repairs {
        let places = counted(lines.len(), "place");
        let mut distinct = lines.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let on = line_list(&distinct);
        let diagnostic = match repair {
            Repair::Character(character) => Diagnostic::note(
                "repaired-encoding",
                format!(
                    "repaired `{from}` to {} in {places}, on {on} (UTF-8 that was read as {misread_as})",
                    named(*character)
                ),
            ),
            Repair::Lost(candidates) => {
                let list: Vec<String> = candidates.iter().map(char::to_string).collect();
                Diagnostic::note(
                    "dropped-ornament",
                    format!(
                        "dropped `{from}` in {places}, on {on}: an emoji that cannot be told any more, one of {}",
                        list.join(" ")
                    ),
                )
                .help("put the emoji back if it says something that the words do not")
            }
        };
        let place = sheet.place(distinct.first().copied().unwrap_or_default());
        sheet.diagnostics.push(diagnostic.at(place));
    }
}

/// A character as a message shows it.
fn named(character: char) -> String {
    match character {
        '\u{A0}' => "a no-break space".to_owned(),
        '\u{AD}' => "a soft hyphen".to_owned(),
        '\u{FE0F}' => "an emoji variation selector".to_owned(),
        '\u{200D}' => "a zero-width joiner".to_owned(),
        '\u{FEFF}' => "a byte order mark".to_owned(),
        other if other.is_whitespace() => format!("U+{:04X}", u32::from(other)),
        other => format!("`{other}`"),
    }
}
