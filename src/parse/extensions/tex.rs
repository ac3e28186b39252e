//! TeX that stands outside mathematics: `\newpage`, environments.

use super::lines::{Line, lines};
use super::marks::{Act, Draft};

/// Environments that are mathematics.
const MATHEMATICS: [&str; 8] =
    ["equation", "align", "gather", "multline", "eqnarray", "displaymath", "alignat", "flalign"];

/// Takes formulas that stand in environments of their own.
pub fn take_formulas(draft: &mut Draft) {
    take_lines(draft, false);
}

/// Takes out lines that are TeX and nothing else.
pub fn take(draft: &mut Draft) {
    take_lines(draft, true);
}

fn take_lines(draft: &mut Draft, with_others: bool) {
    let text = draft.text();
    if !text.contains('\\') {
        return;
    }
    let all: Vec<Line> = lines(&text).collect();
    let mut at = 0;
    while let Some(line) = all.get(at) {
        at += 1;
        let trimmed = line.text.trim();
        if !trimmed.starts_with('\\') || draft.is_code(line.content_start()) {
            continue;
        }
        if let Some(name) = trimmed.strip_prefix("\\begin{").and_then(|rest| rest.split('}').next()) {
            if with_others || is_mathematics(name) {
                at = take_environment(draft, &text, &all, at - 1, name);
            }
        } else if with_others && is_command(trimmed) {
            let (start, end) = (line.content_start(), line.content_end());
            if draft.remove(start, end, "removed-raw", "a TeX command") {
                draft.blank(start, end);
            }
        }
    }
}

fn is_mathematics(environment: &str) -> bool {
    MATHEMATICS.contains(&environment.trim_end_matches('*'))
}

/// Takes an environment from its first line on, and gives the line after it.
fn take_environment(draft: &mut Draft, text: &str, all: &[Line], first: usize, name: &str) -> usize {
    const LONGEST: usize = 200;
    let ending = format!("\\end{{{name}}}");
    let rest = all[first..].iter().take(LONGEST);
    let Some(length) = rest.clone().position(|line| line.text.trim_end().ends_with(&ending)) else {
        return first + 1;
    };
    let (start, end) = (all[first].content_start(), all[first + length].content_end());
    if is_mathematics(name) {
        let tex = text.get(start..end).unwrap_or_default().to_owned();
        draft.mark_lines(start, end, Act::Math(tex));
    } else if draft.remove(start, end, "removed-raw", "what is written for TeX only") {
        draft.mark_lines_known(start, end, Act::Nothing);
    }
    first + length + 1
}

/// Whether a line is commands with their arguments: `\vspace{1cm}\noindent`.
fn is_command(line: &str) -> bool {
    let mut rest = line;
    while let Some(command) = rest.strip_prefix('\\') {
        let name = command.trim_start_matches(|next: char| next.is_ascii_alphabetic());
        if name.len() == command.len() {
            return false;
        }
        rest = name.strip_prefix('*').unwrap_or(name);
        while let Some(open) = rest.chars().next().filter(|next| matches!(next, '{' | '[')) {
            let close = if open == '{' { '}' } else { ']' };
            let Some((_, after)) = rest.split_once(close) else { return false };
            rest = after;
        }
        rest = rest.trim_start();
    }
    rest.is_empty()
}
