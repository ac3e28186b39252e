//! What a word is: letters and digits in a row. Chinese and Japanese characters are words of their own,
//! because nothing parts them but the end of a line.

use crate::document::{Block, Document, Inline, Parsed, Target};

/// The words of a text with the byte at which each starts.
pub fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, first) = loop {
            let next = character_at(text, at)?;
            if is_of_word(next) {
                break (at, next);
            }
            at += next.len_utf8();
        };
        at += first.len_utf8();
        if !stands_alone(first) {
            loop {
                at += ascii_letters(text, at);
                let next = character_at(text, at).filter(|next| is_of_word(*next) && !stands_alone(*next));
                let Some(next) = next else { break };
                at += next.len_utf8();
            }
        }
        Some((start, &text[start..at]))
    })
}

/// A character of a text; most are ASCII, and need not be decoded.
fn character_at(text: &str, at: usize) -> Option<char> {
    match *text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// How many letters and digits of ASCII follow one another.
pub fn ascii_letters(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len())
}

pub fn is_of_word(character: char) -> bool {
    // Dashes and quotation marks are the commonest characters outside ASCII, and the tables of Unicode are slow.
    !matches!(character, '\u{2000}'..='\u{206F}') && character.is_alphanumeric()
}

pub fn count(text: &str) -> usize {
    split(text).count()
}

/// Ideographs and kana.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Calls `visit` with every piece of an essay's text in its tree, whatever will become of it: bodies and
/// notes, but not what Garland itself writes there, such as the marks of notes.
pub fn visit<'a>(document: &'a Document, visit: &mut impl FnMut(&'a str)) {
    visit_blocks(&document.body, visit);
    for note in &document.notes {
        visit_blocks(&note.body, visit);
    }
}

fn visit_blocks<'a>(blocks: &'a [Block<Parsed>], visit: &mut impl FnMut(&'a str)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => visit_inlines(content, visit),
            Block::List(list) => list.items.iter().for_each(|item| visit_blocks(item, visit)),
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    visit_inlines(&definition.term, visit);
                    definition.descriptions.iter().for_each(|it| visit_blocks(it, visit));
                }
            }
            Block::Quote(body) => visit_blocks(body, visit),
            Block::Callout { title, body, .. } => {
                visit_inlines(title, visit);
                visit_blocks(body, visit);
            }
            Block::Code { text, .. } | Block::Math(text) => visit(text),
            Block::Table(table) => {
                visit_inlines(&table.caption, visit);
                let rows = std::iter::once(&table.header).chain(&table.rows);
                rows.flatten().for_each(|cell| visit_inlines(cell, visit));
            }
            Block::Figure { alt, caption, .. } => {
                visit(alt);
                visit_inlines(caption, visit);
            }
            Block::Verse(lines) => lines.iter().for_each(|line| visit_inlines(line, visit)),
            Block::Break => {}
        }
    }
}

fn visit_inlines<'a>(content: &'a [Inline<Parsed>], visit: &mut impl FnMut(&'a str)) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => visit(text),
            Inline::Image { alt, .. } => visit(alt),
            Inline::Link { to, content } if is_garlands_own(&to.target, content) => {}
            outer => visit_inlines(outer.content(), visit),
        }
    }
}

/// Whether a link shows what Garland writes in its place: the number of a note, the time in a video.
fn is_garlands_own(target: &Target, content: &[Inline<Parsed>]) -> bool {
    match (target, content) {
        (Target::Note(_), _) => true,
        (Target::Timestamp(_), [Inline::Text(text)]) => {
            let mut parts = text.split(':');
            let is_number =
                |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let is_sixtieth =
                |part: &str| part.len() == 2 && part.parse().is_ok_and(|number: u8| number < 60);
            parts.next().is_some_and(is_number)
                && (1..=2).contains(&parts.clone().count())
                && parts.all(is_sixtieth)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_letters_and_digits_in_a_row() {
        let words = |text| split(text).collect::<Vec<_>>();
        assert_eq!(words("  a1, b’c\n"), [(2, "a1"), (6, "b"), (10, "c")]);
        assert_eq!(words("Größe—naïve"), [(0, "Größe"), (10, "naïve")]);
        assert_eq!(words("«»"), []);
    }

    #[test]
    fn ideographs_are_words_of_their_own() {
        let words: Vec<&str> = split("AI人工 intelligence").map(|(_, word)| word).collect();
        assert_eq!(words, ["AI", "人", "工", "intelligence"]);
    }
}
