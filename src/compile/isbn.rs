//! Check digits of ISBNs (ISO 2108). A digit is a value; the `X` of ten digits is 10.

/// Whether ten digits are an ISBN.
pub(super) fn is_short(digits: &[u32]) -> bool {
    let weighted = (1..=10).rev().zip(digits).map(|(weight, digit)| weight * digit);
    digits.len() == 10 && weighted.sum::<u32>().is_multiple_of(11)
}

/// Whether thirteen digits are an ISBN.
pub(super) fn is_long(digits: &[u32]) -> bool {
    digits.len() == 13 && digits.iter().all(|digit| *digit < 10) && weigh(digits).is_multiple_of(10)
}

/// The thirteenth digit, by the first twelve.
pub(super) fn check_digit(digits: &[u32]) -> u32 {
    (10 - weigh(digits) % 10) % 10
}

fn weigh(digits: &[u32]) -> u32 {
    digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum()
}
