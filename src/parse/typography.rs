//! Typographic quotes for text that a typewriter could have written.

/// Turns straight quotes, double hyphens and three dots into what a printer sets. `before` is the
/// character that precedes the text in its paragraph.
pub fn smarten(text: &str, before: Option<char>) -> String {
    let mut smart = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut previous = before;
    while let Some(character) = characters.next() {
        let opens = previous.is_none_or(|before| before.is_whitespace() || "([{—–“‘/".contains(before));
        let set = match character {
            '"' if opens => '“',
            '"' => '”',
            // The apostrophe of ’90s and ’tis opens nothing; a digit tells one of them.
            '\'' if opens && !characters.peek().is_some_and(char::is_ascii_digit) => '‘',
            '\'' => '’',
            '-' if characters.peek() == Some(&'-') => {
                characters.next();
                if characters.peek() == Some(&'-') {
                    characters.next();
                    '—'
                } else {
                    '–'
                }
            }
            '.' if previous != Some('.') && starts_with_two_dots(&characters) => {
                characters.next();
                characters.next();
                '…'
            }
            other => other,
        };
        smart.push(set);
        previous = Some(set);
    }
    smart
}

fn starts_with_two_dots(rest: &std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut rest = rest.clone();
    rest.next() == Some('.') && rest.next() == Some('.') && rest.next() != Some('.')
}
