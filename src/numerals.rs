//! Numbers in letters and in Roman numerals, all in lower case.

/// a … z, aa, ab …; nothing for zero.
pub fn letters(number: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// i, ii, iii, iv …; nothing for zero.
pub fn roman(number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut roman = String::new();
    let mut rest = number;
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    roman
}

/// The value of a Roman numeral up to the hundreds, however its signs are put together. `None` where another
/// letter stands in it. How long a numeral may be, the caller says.
pub fn value_of_roman(text: &str) -> Option<u32> {
    let value = |sign: u8| match sign {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        _ => None,
    };
    let (mut total, mut highest) = (0, 0);
    for sign in text.bytes().rev() {
        let value = value(sign)?;
        if value < highest {
            total -= value;
        } else {
            (total, highest) = (total + value, value);
        }
    }
    u32::try_from(total).ok()
}

#[cfg(test)]
mod tests {
    use super::{letters, roman, value_of_roman};

    #[test]
    fn what_is_written_is_read_again() {
        assert!((1..400).all(|number| value_of_roman(&roman(number)) == u32::try_from(number).ok()));
        assert_eq!(roman(1994), "mcmxciv");
        assert_eq!(value_of_roman("mix"), None);
        assert_eq!([1, 26, 27, 703].map(letters), ["a", "z", "aa", "aaa"]);
    }
}
