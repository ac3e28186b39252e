//! Page furniture: what a Web page or a tool put around the essay.

use super::sheet::Sheet;

/// Lines that are furniture wherever they stand alone.
const ALWAYS: &[&str] = &[
    "top of page",
    "bottom of page",
    "back to top",
    "skip to content",
    "skip to main content",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "add a comment",
    "write a comment",
    "leave a comment cancel reply",
    "cancel reply",
    "share this post",
    "share this article",
    "share this story",
    "share this entry",
    "click to share",
    "sign up for our newsletter",
    "subscribe to our newsletter",
    "related posts",
    "related articles",
    "you might also like",
    "you may also like",
    "previous post",
    "next post",
    "no comments",
    "no comments yet",
    "comments are closed",
    "accept all cookies",
    "advertisement",
];
/// Lines that are furniture only near the top or the bottom, where pages keep them.
const AT_THE_EDGES: &[&str] = &[
    "comments",
    "comment",
    "share",
    "share this",
    "tweet",
    "print",
    "email",
    "log in",
    "login",
    "sign up",
    "sign in",
    "subscribe",
    "search",
    "menu",
    "home",
    "reply",
    "read more",
    "follow us",
    "recent posts",
    "see all",
    "all posts",
];
/// How many lines of text from the top or bottom count as the page's edge.
const EDGE: usize = 8;
/// Longer lines are prose even when they speak of comments.
const INVITATION_WORDS: usize = 25;

/// Removes furniture lines.
pub fn remove(sheet: &mut Sheet) {
    let lines = sheet.prose_lines();
    for (index, &number) in lines.iter().enumerate() {
        let line = sheet.shown(number);
        let stands_alone = sheet.is_html
            || (is_blank(sheet, number.checked_sub(1)) && is_blank(sheet, Some(number + 1)));
        let at_top = index < EDGE;
        let at_edge = at_top || index + EDGE >= lines.len();
        if is_furniture(&line, stands_alone, at_edge) || (at_top && is_tool_talk(&line)) {
            sheet.remove(number, "removed-furniture", "page furniture");
        }
    }
}

fn is_blank(sheet: &Sheet, number: Option<usize>) -> bool {
    number.and_then(|number| sheet.lines.get(number)).is_none_or(|line| line.trim().is_empty())
}

fn is_furniture(line: &str, stands_alone: bool, at_edge: bool) -> bool {
    const LONGEST: usize = 200;
    if line.len() > LONGEST {
        return false;
    }
    let words = normalise(line);
    if !stands_alone && !at_edge {
        return false;
    }
    ALWAYS.contains(&words.as_str())
        || (at_edge && stands_alone && AT_THE_EDGES.contains(&words.as_str()))
        || is_invitation(&words)
}

/// The line's words in lower case, without markup, punctuation and ornaments.
fn normalise(line: &str) -> String {
    let spaced: String = line
        .chars()
        .filter(|next| !matches!(next, '\'' | '’'))
        .map(|next| if next.is_alphanumeric() { next } else { ' ' })
        .collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `We invite you to share your thoughts in the comments below!`
fn is_invitation(words: &str) -> bool {
    const PLACES: [&str; 4] =
        ["in the comments below", "in the comments section", "in the comment section", "comment below"];
    const CALLS: [&str; 6] =
        ["share your", "let us know", "let me know", "tell us", "leave a comment", "join the discussion"];
    words.split(' ').count() <= INVITATION_WORDS
        && PLACES.iter().any(|place| words.contains(place))
        && CALLS.iter().any(|call| words.contains(call))
}

/// What note-taking scripts and chat assistants say before the text itself.
fn is_tool_talk(line: &str) -> bool {
    let line = line.trim();
    let line = line.strip_suffix("<br/>").or_else(|| line.strip_suffix("<br>")).unwrap_or(line).trim();
    if line.starts_with("From: [[") && line.ends_with("]]") {
        return true;
    }
    let lower = line.to_lowercase();
    let lower = lower.trim_start_matches("sure").trim_start_matches(['!', ',', '.', ' ']);
    lower.ends_with(':')
        && (lower.starts_with("here is the ")
            || lower.starts_with("here is your ")
            || lower.starts_with("here's the "))
        && ["article", "essay", "text", "post", "draft"].iter().any(|noun| lower.contains(noun))
}
