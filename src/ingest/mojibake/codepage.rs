//! The encodings that UTF-8 has been taken for, and which byte a character then stands for.

use std::sync::LazyLock;

use encoding_rs::{Encoding, ISO_8859_13, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254};

/// An encoding as programs read it by mistake.
pub struct Codepage {
    pub name: &'static str,
    /// Bytes that the encoding leaves undefined, so that many programs drop them.
    pub undefined: &'static [u8],
    bytes: Lookup<Bytes>,
}

/// What a character can stand for in a UTF-8 sequence; zero means nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bytes {
    /// The byte that begins a sequence, C2–F4.
    pub lead: u8,
    /// The bytes that continue one, 80–BF, the likelier first.
    pub continuations: [u8; 2],
}

/// Which of the [`CODEPAGES`] a character can begin or continue a sequence in, one bit for each.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roles {
    /// Begins a sequence of two bytes.
    pub short_lead: u8,
    /// Begins a longer one.
    pub long_lead: u8,
    pub continuation: u8,
    /// Begins or goes on with one of [`TELLING`], by which a sequence is known even if a later byte was
    /// lost.
    pub telling_lead: [u8; TELLING.len()],
    pub telling_second: [u8; TELLING.len()],
}

/// The first two bytes of punctuation, of emoji and of variation selectors.
const TELLING: [(u8, u8); 3] = [(0xE2, 0x80), (0xF0, 0x9F), (0xEF, 0xB8)];

impl Roles {
    /// The encodings in which this character and the next begin one of [`TELLING`].
    pub fn tells_with(&self, next: &Roles) -> u8 {
        self.telling_lead.iter().zip(next.telling_second).fold(0, |all, (lead, second)| all | lead & second)
    }
}

/// The commoner first. Latin-1 has no table of its own: it is Windows-1252 whose bytes 80–9F have
/// survived as control characters.
pub static CODEPAGES: LazyLock<[Codepage; 8]> = LazyLock::new(|| {
    const WESTERN: &[u8] = &[0x81, 0x8D, 0x8F, 0x90, 0x9D];
    [
        Codepage::new("windows-1252", WESTERN, |byte| character(WINDOWS_1252, byte)),
        // Web programs read bytes 80–9F as Windows-1252 whatever the encoding.
        Codepage::new("ISO-8859-13", WESTERN, |byte| {
            character(if byte < 0xA0 { WINDOWS_1252 } else { ISO_8859_13 }, byte)
        }),
        Codepage::new("windows-1250", &[], |byte| character(WINDOWS_1250, byte)),
        Codepage::new("windows-1251", &[], |byte| character(WINDOWS_1251, byte)),
        Codepage::new("windows-1254", &[], |byte| character(WINDOWS_1254, byte)),
        Codepage::new("macintosh", &[], |byte| character(MACINTOSH, byte)),
        Codepage::new("cp437", &[], |byte| CP437.chars().nth(usize::from(byte) - 0x80)),
        Codepage::new("cp850", &[], |byte| CP850.chars().nth(usize::from(byte) - 0x80)),
    ]
});

static ROLES: LazyLock<Lookup<Roles>> = LazyLock::new(|| {
    let mut roles: Lookup<Roles> = Lookup::new();
    for (number, codepage) in CODEPAGES.iter().enumerate() {
        for (character, bytes) in codepage.bytes.entries() {
            let role = roles.entry(character);
            role.short_lead |= u8::from(matches!(bytes.lead, 1..=0xDF)) << number;
            role.long_lead |= u8::from(bytes.lead >= 0xE0) << number;
            for (kind, (lead, second)) in TELLING.into_iter().enumerate() {
                role.telling_lead[kind] |= u8::from(bytes.lead == lead) << number;
                role.telling_second[kind] |= u8::from(bytes.continuations[0] == second) << number;
            }
            role.continuation |= u8::from(bytes.continuations[0] > 0) << number;
        }
    }
    roles
});

/// What a character can be in a garbled sequence, in any of the encodings.
pub fn roles() -> &'static Lookup<Roles> {
    &ROLES
}

const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// The character that an encoding has at a byte.
fn character(encoding: &'static Encoding, byte: u8) -> Option<char> {
    let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().filter(|next| *next != '\u{FFFD}')
}

/// What Windows-1252 has in the place of a C1 control character.
pub fn windows_1252_of_control(control: char) -> Option<char> {
    let byte = u8::try_from(u32::from(control)).ok()?;
    character(WINDOWS_1252, byte).filter(|next| !next.is_control())
}

impl Codepage {
    fn new(name: &'static str, undefined: &'static [u8], read: impl Fn(u8) -> Option<char>) -> Self {
        // Older than ISO 8859, these have characters of their own where it has control characters.
        // With all others a byte below A0, defined or not, may have survived as the control character.
        let is_older = matches!(name, "macintosh" | "cp437" | "cp850");
        let mut bytes: Lookup<Bytes> = Lookup::new();
        for byte in 0x80..=0xF4_u8 {
            let control = (byte < 0xA0 && !is_older).then(|| char::from(byte));
            for character in read(byte).into_iter().chain(control) {
                let known = bytes.entry(character);
                match byte {
                    0xC2.. => known.lead = byte,
                    0xC0 | 0xC1 => {}
                    _ if known.continuations.contains(&byte) => {}
                    _ if known.continuations[0] == 0 => known.continuations[0] = byte,
                    _ => known.continuations[1] = byte,
                }
            }
        }
        Codepage { name, undefined, bytes }
    }

    pub fn bytes(&self, character: char) -> Bytes {
        self.bytes.get(character)
    }
}

/// A value for each character, found in two steps; most characters share the empty page.
pub struct Lookup<T> {
    pages: [u8; 256],
    values: Vec<[T; 256]>,
}

impl<T: Copy + Default> Lookup<T> {
    fn new() -> Self {
        Lookup { pages: [0; 256], values: vec![[T::default(); 256]] }
    }

    #[inline]
    pub fn get(&self, character: char) -> T {
        let code = character as usize;
        let page = self.pages.get(code >> 8).copied().unwrap_or_default();
        self.values[usize::from(page)][code & 0xFF]
    }

    /// Of a character in the Basic Multilingual Plane, where every encoding's characters are.
    fn entry(&mut self, character: char) -> &mut T {
        let code = character as usize & 0xFFFF;
        if self.pages[code >> 8] == 0 {
            self.pages[code >> 8] = self.values.len() as u8;
            self.values.push([T::default(); 256]);
        }
        &mut self.values[usize::from(self.pages[code >> 8])][code & 0xFF]
    }

    fn entries(&self) -> impl Iterator<Item = (char, T)> {
        let used = (0..=0xFF_u32).zip(&self.pages).filter(|(_, page)| **page > 0);
        used.flat_map(|(high, _)| (high << 8..(high + 1) << 8).filter_map(char::from_u32))
            .map(|character| (character, self.get(character)))
    }
}
