//! `#tags` and `#nested/tags`.

/// The length of the tag that `text` starts with, `#` included. Numbers and colours are none.
pub fn length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('#')?;
    let end = rest
        .find(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '-' | '/') || is_pictorial(next)))
        .unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches(['-', '/']);
    let is_colour = matches!(name.len(), 3 | 6)
        && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        && (name.contains(|digit: char| digit.is_ascii_digit()) || name.eq_ignore_ascii_case("fff"));
    let has_letter = name.contains(|next: char| next.is_alphabetic() || next == '_' || is_pictorial(next));
    (has_letter && !is_colour && !name.starts_with('/')).then_some(1 + name.len())
}

/// Obsidian takes emoji in tags.
fn is_pictorial(character: char) -> bool {
    matches!(character, '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{200D}')
}

/// The tags of a line that holds nothing else, without their `#`.
pub fn all_of(line: &str) -> Option<Vec<&str>> {
    let line = line.trim();
    let label = ["tags:", "tag:"]
        .iter()
        .find(|label| line.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label)));
    let rest = &line[label.map_or(0, |label| label.len())..];
    let mut tags = Vec::new();
    for word in rest.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        if length(word)? != word.len() {
            return None;
        }
        tags.push(&word[1..]);
    }
    (!tags.is_empty()).then_some(tags)
}
