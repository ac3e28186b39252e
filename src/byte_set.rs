//! Sets of bytes, and where the next of them stands in a text.

/// Some of the 256 bytes.
pub struct ByteSet([bool; 256]);

impl ByteSet {
    pub const fn of(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut index = 0;
        while index < bytes.len() {
            set[bytes[index] as usize] = true;
            index += 1;
        }
        ByteSet(set)
    }

    /// All bytes but these.
    pub const fn all_but(bytes: &[u8]) -> Self {
        let ByteSet(mut set) = ByteSet::of(bytes);
        let mut byte = 0;
        while byte < set.len() {
            set[byte] = !set[byte];
            byte += 1;
        }
        ByteSet(set)
    }

    pub const fn add(&mut self, byte: u8) {
        self.0[byte as usize] = true;
    }

    #[inline]
    pub const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// The first place from `from` on, an offset in `text`, where one of the bytes stands. Eight bytes are
    /// looked at between two decisions.
    #[inline]
    pub fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let (words, rest) = text.get(from..)?.as_chunks::<8>();
        let word =
            words.iter().position(|word| word.iter().fold(false, |found, &byte| found | self.has(byte)));
        let (start, bytes) = match word {
            Some(index) => (index * 8, words[index].as_slice()),
            None => (words.len() * 8, rest),
        };
        bytes.iter().position(|&byte| self.has(byte)).map(|at| from + start + at)
    }
}

/// Whether a text holds one of a few bytes. Sixteen are looked at in one go; the last go overlaps the one
/// before it.
#[inline]
pub fn holds_any<const N: usize>(text: &[u8], few: &[u8; N]) -> bool {
    let is_one = |byte: u8| few.iter().fold(0, |found, &one| found | u8::from(byte == one));
    let holds = |block: &[u8; 16]| block.iter().fold(0, |found, &byte| found | is_one(byte)) != 0;
    match text.last_chunk() {
        Some(last) => holds(last) || text.as_chunks().0.iter().any(holds),
        None => text.iter().any(|&byte| is_one(byte) != 0),
    }
}

#[cfg(test)]
mod tests {
    use super::{ByteSet, holds_any};

    #[test]
    fn a_few_bytes_are_found_in_texts_of_any_length() {
        for length in 0..50 {
            let mut text = vec![b'.'; length];
            assert!(!holds_any(&text, b"xy"));
            for at in 0..length {
                text[at] = b'y';
                assert!(holds_any(&text, b"xy"), "{at} of {length}");
                text[at] = b'.';
            }
        }
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        static SET: ByteSet = ByteSet::of(b"xy");
        let text = b"..........x.y.............y";
        let places = std::iter::successors(SET.find(text, 0), |at| SET.find(text, at + 1));
        assert_eq!(places.collect::<Vec<_>>(), [10, 12, 26]);
        assert_eq!(SET.find(text, text.len()), None);
        assert_eq!(SET.find(text, text.len() + 1), None);
        assert_eq!(ByteSet::all_but(b".").find(text, 11), Some(12));
    }
}
