//! Line blocks, `| one line of verse`; and definitions that start with a tilde.

use super::lines::{Line, lines};
use super::marks::{Act, Draft};

/// Marks the lines of line blocks.
pub fn take(draft: &mut Draft) {
    let text = draft.text();
    if !text.contains("| ") {
        return;
    }
    let all: Vec<Line> = lines(&text).collect();
    let is_line = |line: &Line| line.text.starts_with("| ") || line.text.trim_end() == "|";
    let mut at = 0;
    while let Some(line) = all.get(at) {
        let opens = is_line(line) && (at == 0 || all[at - 1].is_blank()) && !draft.is_code(line.start);
        if !opens {
            at += 1;
            continue;
        }
        let length = all[at..].iter().take_while(|line| is_line(line) || line.text.starts_with(' ')).count();
        let block = &all[at..at + length];
        at += length;
        // A table has a line of dashes below its first.
        if !block.get(1).is_some_and(|second| is_delimiter(second.text)) {
            block.iter().filter(|line| is_line(line)).for_each(|line| mark_line(draft, line));
        }
    }
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'+'))
}

fn mark_line(draft: &mut Draft, line: &Line) {
    let after = line.text.get(2..).unwrap_or_default();
    let indent = after.len() - after.trim_start_matches(' ').len();
    draft.mark(line.start, (line.start + 2 + indent).min(line.end()), Act::VerseLine { indent });
}

/// `~ definition` is `: definition`.
pub fn take_tilde_definitions(draft: &mut Draft) {
    let text = draft.text();
    if !text.contains("~ ") && !text.contains("~\t") {
        return;
    }
    let mut before = ["", ""];
    for line in lines(&text) {
        let start = line.start + line.indent();
        let trimmed = line.text.trim_start();
        let follows_text = before.iter().any(|line: &&str| !line.trim().is_empty());
        let is_definition =
            line.indent() < 4 && trimmed.starts_with(['~']) && trimmed[1..].starts_with([' ', '\t']);
        if is_definition && follows_text && !draft.is_code(start) {
            draft.overwrite(start, start + 1, ":");
        }
        before = [before[1], line.text];
    }
}
