//! Page furniture: what a Web page put around the essay.
//!
//! A line is furniture only when it stands alone or at the page's edge and says nothing else. Prose that
//! speaks of comments, sharing or cookies stays.

use super::sheet::Sheet;
use crate::document::Metadata;

mod patterns;
mod phrases;
mod stamps;
mod tool_talk;

use phrases::Reach;
pub use stamps::take as take_stamps;
pub use tool_talk::remove as remove_tool_talk;

const RULE: &str = "removed-furniture";
const REASON: &str = "page furniture";
/// How many lines of text from the top or bottom count as the page's edge.
const EDGE: usize = 8;
/// Longer lines are prose even when they speak of comments.
const LONGEST: usize = 400;

/// Between the edges pages put shorter ones.
const LONGEST_WITHIN: usize = 240;

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
struct Position {
    stands_alone: bool,
    at_top: bool,
    at_bottom: bool,
    is_first: bool,
}

impl Position {
    fn is_at_edge(self) -> bool {
        self.at_top || self.at_bottom
    }
}

/// Removes furniture lines; keywords that stand in them go to the metadata.
pub fn remove(sheet: &mut Sheet, metadata: &mut Metadata) {
    let lines = sheet.prose_lines();
    let mut words = String::new();
    for (index, &number) in lines.iter().enumerate() {
        let line = sheet.shown(number);
        if line.len() > LONGEST {
            continue;
        }
        let position = Position {
            stands_alone: sheet.is_html
                || is_blank(sheet, number.checked_sub(1)) && is_blank(sheet, Some(number + 1)),
            at_top: index < EDGE,
            at_bottom: index + EDGE >= lines.len(),
            is_first: index == 0,
        };
        let is_sentence = line.len() > LONGEST_WITHIN && !position.is_at_edge();
        if is_sentence || !position.stands_alone && !position.is_at_edge() {
            continue;
        }
        normalise(&line, &mut words);
        match verdict(&line, &words, position) {
            Verdict::Stays => {}
            Verdict::Furniture => {
                sheet.remove(number, RULE, REASON);
            }
            Verdict::ListOfPages => {
                remove_list_of_pages(sheet, &lines[index..]);
                break;
            }
        }
        if position.is_at_edge() {
            stamps::take_keywords(sheet, number, metadata);
        }
    }
    remove_repeated_title(sheet, metadata, &lines);
}

enum Verdict {
    Stays,
    Furniture,
    /// A heading over links to other pages, which reach to the end.
    ListOfPages,
}

fn verdict(line: &str, words: &str, position: Position) -> Verdict {
    let is_heading = line.trim_start().starts_with('#');
    let may_be_title = position.is_first && is_heading;
    let found = match phrases::find(words) {
        Some(Reach::Anywhere) => true,
        Some(Reach::Interruption) => position.stands_alone && !is_heading,
        Some(Reach::Edges) => position.is_at_edge() && position.stands_alone && !may_be_title,
        Some(Reach::Section) if position.at_bottom && position.stands_alone && !position.is_first => {
            return Verdict::ListOfPages;
        }
        Some(Reach::Section) => false,
        None => !may_be_title && patterns::is_furniture(line, words, position),
    };
    if found { Verdict::Furniture } else { Verdict::Stays }
}

/// Removes a heading such as `Related posts`, with the titles below it if nothing else follows.
fn remove_list_of_pages(sheet: &mut Sheet, numbers: &[usize]) {
    const TITLE_WORDS: usize = 16;
    let Some((heading, titles)) = numbers.split_first() else { return };
    let is_title = |line: &str| {
        let text = line.trim().trim_end_matches(['*', '_', ')']);
        line.split_whitespace().count() <= TITLE_WORDS
            && (!text.ends_with(['.', '!', '…', ':', '”', '"']) || patterns::is_bare(line))
    };
    let are_titles = titles.iter().all(|&number| is_title(&sheet.shown(number)));
    sheet.remove(*heading, RULE, REASON);
    if are_titles {
        titles.iter().for_each(|&number| {
            sheet.remove(number, RULE, "a link to another page");
        });
    }
}

/// A page often says its title twice: in its head, and above the text.
fn remove_repeated_title(sheet: &mut Sheet, metadata: &Metadata, lines: &[usize]) {
    const REACH: usize = 5;
    let top: Vec<usize> =
        lines.iter().copied().take(REACH).filter(|&number| !is_blank(sheet, Some(number))).collect();
    let Some(&first) = top.first() else { return };
    let (mut title, mut words) = (String::new(), String::new());
    let own = metadata.title.as_deref();
    let is_heading = |sheet: &Sheet, number: usize| {
        let below = sheet.lines.get(number + 1);
        sheet.lines[number].trim_start().starts_with('#')
            || below.is_some_and(|below| below.starts_with("==") || below.starts_with("--"))
    };
    normalise(own.unwrap_or(&sheet.shown(first)), &mut title);
    // Without metadata one of the lines is the title itself: the first that is a heading, else the first.
    let mut titles: Vec<usize> = Vec::new();
    for &number in &top {
        let line = sheet.shown(number);
        let stands_alone =
            sheet.is_html || is_blank(sheet, number.checked_sub(1)) && is_blank(sheet, Some(number + 1));
        if line.len() <= LONGEST && (stands_alone || is_heading(sheet, number)) {
            normalise(&line, &mut words);
            let is_line_of_its_own =
                line.starts_with(|first: char| first.is_alphanumeric() || "#*_“\"".contains(first));
            if words == title && !title.is_empty() && is_line_of_its_own {
                titles.push(number);
            }
        }
    }
    let heading = titles.iter().copied().find(|&number| is_heading(sheet, number));
    let kept = if own.is_some() { None } else { heading.or(titles.first().copied()) };
    // Two equal sentences are not a title.
    let is_shaped = |number: &usize| {
        sheet.shown(*number).trim_end().ends_with(|last: char| last.is_alphanumeric() || last == '*')
    };
    if kept.is_some() && heading.is_none() && !titles.iter().all(is_shaped) {
        return;
    }
    for number in titles {
        if Some(number) != kept && !is_heading(sheet, number) {
            sheet.remove(number, "removed-title", "a line that repeats the title");
        }
    }
}

fn is_blank(sheet: &Sheet, number: Option<usize>) -> bool {
    number.and_then(|number| sheet.lines.get(number)).is_none_or(|line| line.trim().is_empty())
}

/// Sets `words` to the line's words in lower case, without markup, punctuation and ornaments.
fn normalise(line: &str, words: &mut String) {
    words.clear();
    words.reserve(line.len());
    let mut is_apart = false;
    for next in line.chars() {
        if next.is_alphanumeric() {
            if is_apart && !words.is_empty() {
                words.push(' ');
            }
            is_apart = false;
            if next.is_ascii() {
                words.push(next.to_ascii_lowercase());
            } else {
                words.extend(next.to_lowercase());
            }
        } else if !matches!(next, '\'' | '’') {
            is_apart = true;
        }
    }
}
