//! What opens a list item: `•`, `3.`, `(b)`, `iv)`.

use crate::document::Numerals;
use crate::numerals::value_of_roman;

/// A mark at the start of a line that may open a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// The bullet itself, or how the number is set off: `.` or `)`, with `(` before it or not.
    form: (char, bool),
    number: Option<u64>,
    letter: Option<u64>,
    roman: Option<u64>,
}

/// How the items of a list are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Bullet,
    Number(u64),
    Letter(u64),
    Roman(u64),
}

const BULLETS: &str = "•‣◦▪●○■·∙⁃-*–";

impl Marker {
    /// The marker of a line, and its length with the space around it.
    pub fn of(line: &str) -> Option<(Marker, usize)> {
        let trimmed = line.trim_start();
        let first = trimmed.chars().next()?;
        let unmarked = Marker { form: (first, false), number: None, letter: None, roman: None };
        let (marker, length) = if BULLETS.contains(first) {
            (unmarked, first.len_utf8())
        } else if first == '(' || first.is_ascii_alphanumeric() {
            let inside = trimmed.strip_prefix('(').unwrap_or(trimmed);
            let name = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let close = inside[name..].chars().next()?;
            let is_open = first == '(';
            let numbered = Marker { form: (close, is_open), ..unmarked }.named(&inside[..name])?;
            let is_closed = close == ')' || close == '.' && !is_open && numbered.number.is_some();
            if !is_closed {
                return None;
            }
            (numbered, usize::from(is_open) + name + 1)
        } else {
            return None;
        };
        let rest = &trimmed[length..];
        let text = rest.trim_start();
        (rest.len() > text.len() && !text.is_empty()).then(|| (marker, line.len() - text.len()))
    }

    fn named(self, name: &str) -> Option<Marker> {
        const DIGITS: usize = 3;
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = name.parse().ok().filter(|_| name.len() <= DIGITS)?;
            return Some(Marker { number: Some(number), ..self });
        }
        let letter = match name.as_bytes() {
            [letter @ b'a'..=b'z'] => Some(u64::from(letter - b'a') + 1),
            _ => None,
        };
        let roman = roman(name).filter(|_| name.bytes().all(|byte| byte.is_ascii_lowercase()));
        (letter.is_some() || roman.is_some()).then_some(Marker { letter, roman, ..self })
    }

    pub fn is_bullet(self) -> bool {
        self.number.is_none() && self.letter.is_none() && self.roman.is_none()
    }

    /// Whether it can open a list in the middle of a paragraph's lines.
    pub fn is_first(self) -> bool {
        self.number == Some(1) || self.letter == Some(1) || self.roman == Some(1)
    }

    /// Whether a hyphen or a star could as well be part of a sentence.
    pub fn is_weak(self) -> bool {
        matches!(self.form.0, '-' | '*' | '–' | '·')
    }

    pub fn is_like(self, other: Marker) -> bool {
        self.form == other.form && self.is_bullet() == other.is_bullet()
    }

    /// How this marker counts if `other` comes right before or after it.
    pub fn count_beside(self, other: Marker, other_is_before: bool) -> Option<Count> {
        if !self.is_like(other) {
            return None;
        }
        let follows = |own: Option<u64>, other: Option<u64>| {
            let (first, second) = if other_is_before { (other?, own?) } else { (own?, other?) };
            if first.checked_add(1) == Some(second) { own } else { None }
        };
        follows(self.number, other.number)
            .map(Count::Number)
            .or_else(|| follows(self.roman, other.roman).map(Count::Roman))
            .or_else(|| follows(self.letter, other.letter).map(Count::Letter))
    }
}

impl Count {
    /// The number that an ordered list starts with.
    pub fn start(self) -> Option<u64> {
        match self {
            Count::Bullet => None,
            Count::Number(value) | Count::Letter(value) | Count::Roman(value) => Some(value),
        }
    }

    pub fn next(self) -> Count {
        match self {
            Count::Bullet => Count::Bullet,
            Count::Number(value) => Count::Number(value.saturating_add(1)),
            Count::Letter(value) => Count::Letter(value.saturating_add(1)),
            Count::Roman(value) => Count::Roman(value.saturating_add(1)),
        }
    }

    /// Markers of either kind are in lower case.
    pub fn numerals(self) -> Numerals {
        match self {
            Count::Bullet | Count::Number(_) => Numerals::Decimal,
            Count::Letter(_) => Numerals::LowerLetter,
            Count::Roman(_) => Numerals::LowerRoman,
        }
    }
}

/// The value of a Roman number of either case.
pub fn roman(name: &str) -> Option<u64> {
    const LONGEST: usize = 7;
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let value = value_of_roman(&name.to_ascii_lowercase())?;
    (value > 0 && value < 100).then_some(u64::from(value))
}
