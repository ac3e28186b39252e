//! BCP 47's language tags: whether one is well formed, and how its script runs.

/// The tag if it has BCP 47's form (RFC 5646, 2.1), so that no reader stumbles over what an essay says.
pub fn well_formed(tag: &str) -> Option<&str> {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let primary_fits = (2..=8).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let rest_fits =
        subtags.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (primary_fits && rest_fits).then_some(tag)
}

/// Whether the language is written from right to left, also as a locale has it (`ar_EG`).
pub fn is_right_to_left(tag: &str) -> bool {
    let mut subtags = tag.split(['-', '_']);
    let primary = subtags.next().unwrap_or_default().to_ascii_lowercase();
    match subtags.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())) {
        Some(script) => {
            let script = script.to_ascii_lowercase();
            ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"]
                .contains(&script.as_str())
        }
        None => {
            ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
                .contains(&primary.as_str())
        }
    }
}

/// `rtl` or `ltr`.
pub fn direction(tag: &str) -> &'static str {
    if is_right_to_left(tag) { "rtl" } else { "ltr" }
}
