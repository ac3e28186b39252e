//! Addresses that do something instead of leading somewhere.

/// Whether an address runs a program or holds its content itself. Browsers overlook white space and control
/// characters in it; so does this.
pub fn is_unsafe(address: &str) -> bool {
    const SCHEMES: [&str; 6] = ["javascript", "vbscript", "livescript", "data", "blob", "filesystem"];
    const LONGEST: usize = 12;
    let letters = address.chars().filter(|next| !next.is_whitespace() && !next.is_control());
    let mut letters = letters.map(|letter| letter.to_ascii_lowercase()).peekable();
    // Most addresses begin like none of these.
    if !letters.peek().is_some_and(|first| SCHEMES.iter().any(|scheme| scheme.starts_with(*first))) {
        return false;
    }
    let mut scheme = String::new();
    for letter in letters.take(LONGEST) {
        if letter == ':' {
            return SCHEMES.contains(&scheme.as_str());
        }
        scheme.push(letter);
    }
    false
}

/// An address for a message: its start, in one line.
pub fn show(address: &str) -> String {
    const LONGEST: usize = 40;
    let shown: String = address.chars().filter(|next| !next.is_control()).take(LONGEST).collect();
    if shown.len() < address.len() { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::is_unsafe;

    #[test]
    fn programs_and_contents_are_no_addresses() {
        for address in ["javascript:alert(1)", " JaVa\tScript\n:x", "data:text/html,x", "vbscript:x"] {
            assert!(is_unsafe(address), "{address}");
        }
        for address in
            ["https://a.example/javascript:", "a.html#data:x", "mailto:a@b.example", "", "data/a.png"]
        {
            assert!(!is_unsafe(address), "{address}");
        }
    }
}
