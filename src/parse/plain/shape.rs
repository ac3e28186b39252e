//! What a line of plain text looks like: a title, a heading, a list item, a rule.

use crate::parse::ornament;

const TITLE_WORDS: usize = 24;
const HEADING_WORDS: usize = 16;
/// A first line of fewer words does not open a section.
const LEADING_WORDS: usize = 12;
/// Part of a heading's longer words that have capitals, in percent.
const CAPITALS: usize = 70;

/// A line of nothing but dashes, stars or the like.
pub fn is_rule(line: &str) -> bool {
    let marks: Vec<char> = line.chars().filter(|next| !next.is_whitespace()).collect();
    let Some(first) = marks.first() else { return false };
    marks.len() >= 3 && "-*_=~—–•·⁂#".contains(*first) && marks.iter().all(|mark| mark == first)
        || line == "⁂"
}

/// The number of a list item, if it has one, and the length of its marker with the space after it.
pub fn list_marker(line: &str) -> Option<(Option<u64>, usize)> {
    let trimmed = line.trim_start();
    let indent = line.len() - trimmed.len();
    let after = |marker: usize| {
        let rest = &trimmed[marker..];
        let text = rest.trim_start();
        (rest.len() > text.len() && !text.is_empty()).then(|| indent + marker + rest.len() - text.len())
    };
    let first = trimmed.chars().next()?;
    if "•‣◦▪●○■·∙⁃-*–".contains(first) {
        return after(first.len_utf8()).map(|length| (None, length));
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let number = trimmed[..digits].parse().ok().filter(|_| digits <= 3)?;
    let is_marked = trimmed[digits..].starts_with(['.', ')']);
    if is_marked { after(digits + 1).map(|length| (Some(number), length)) } else { None }
}

/// Whether a first line can be the essay's title.
pub fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let ends_sentence = line.ends_with(['.', ',', ';', ':', '。', '।']) && !line.ends_with("...");
    words <= TITLE_WORDS && line.chars().count() <= 200 && (!ends_sentence || is_capitalised(line))
}

/// Whether a line that stands alone is a heading. `next` is the paragraph after it, if one follows.
pub fn is_heading(line: &str, next: Option<&str>) -> bool {
    let stripped = ornament::strip(line);
    let is_decorated = stripped.is_some();
    let text = stripped.unwrap_or(line);
    let words = text.split_whitespace().count();
    if words == 0 || words > HEADING_WORDS || text.chars().count() > 140 {
        return false;
    }
    if text.starts_with(char::is_lowercase)
        || text.starts_with(['"', '“', '«', '(', '‘', '\'']) && !is_decorated
    {
        return false;
    }
    let capitalised = is_capitalised(text);
    match text.chars().next_back().unwrap_or(' ') {
        // A capitalised title keeps its full stop now and then; a sentence has small words.
        '.' => capitalised && words >= 4 && !text.trim_end_matches('.').contains(". "),
        ':' => capitalised || is_decorated || (4..=8).contains(&words) && next.is_some_and(opens_section),
        '?' => {
            let is_aside = ["And ", "But ", "So ", "Or "].iter().any(|opening| text.starts_with(opening));
            let answered = next.is_some_and(|next| !next.ends_with('?'));
            words <= 12 && !is_aside && answered && text.matches('?').count() == 1
        }
        '!' => capitalised && (is_decorated || words >= 3),
        ',' | ';' | '…' | '。' | '！' | '？' | '।' | '؟' | '”' | '"' | '»' => false,
        _ => !text.contains(". ") || starts_with_number(text),
    }
}

/// Whether a paragraph, of which this is the first line, can stand under a heading: long enough, and not
/// what somebody says.
fn opens_section(paragraph: &str) -> bool {
    paragraph.split_whitespace().count() >= LEADING_WORDS
        && paragraph.starts_with(|first: char| first.is_uppercase() || first.is_numeric())
}

fn starts_with_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit()) && text.matches(". ").count() == 1
}

/// Whether most of the longer words have capitals, as in English titles.
fn is_capitalised(text: &str) -> bool {
    let long: Vec<&str> = text
        .split(|next: char| !(next.is_alphanumeric() || matches!(next, '\'' | '’' | '-')))
        .filter(|word| word.chars().count() >= 4 && word.chars().any(char::is_alphabetic))
        .collect();
    let capitals = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    !long.is_empty() && capitals * 100 >= long.len() * CAPITALS
}
