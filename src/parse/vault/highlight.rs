//! `==highlights==`, which may hold other markup.

use crate::document::{Inline, Parsed};

const MARK: &str = "==";

/// Wraps what stands between two marks on the same level. As with `**`, the first must touch what follows
/// it and the second what comes before it: `a == b` compares.
pub fn wrap(content: Vec<Inline<Parsed>>) -> Vec<Inline<Parsed>> {
    let marks: usize = content.iter().map(|inline| text_of(inline).matches(MARK).count()).sum();
    if marks < 2 {
        return content;
    }
    let mut out: Vec<Inline<Parsed>> = Vec::with_capacity(content.len());
    // Where in `out` the mark stands that is open.
    let mut open: Option<usize> = None;
    let mut content = content.into_iter().peekable();
    while let Some(inline) = content.next() {
        let Inline::Text(text) = inline else {
            out.push(inline);
            continue;
        };
        let is_followed = content.peek().is_some_and(|next| !matches!(next, Inline::LineBreak));
        let mut done = 0;
        for (start, end) in marks_in(&text) {
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            let touches_before = before.map_or(!out.is_empty(), |before| !before.is_whitespace());
            let touches_after = after.map_or(is_followed, |after| !after.is_whitespace());
            match open {
                Some(mark) if touches_before => {
                    push_text(&mut out, &text[done..start]);
                    let inside = out.split_off(mark + 1);
                    if inside.is_empty() {
                        out.push(Inline::Text(MARK.to_owned()));
                    } else {
                        out.truncate(mark);
                        out.push(Inline::Highlight(inside));
                    }
                    open = None;
                }
                None if touches_after => {
                    push_text(&mut out, &text[done..start]);
                    open = Some(out.len());
                    out.push(Inline::Text(MARK.to_owned()));
                }
                _ => continue,
            }
            done = end;
        }
        push_text(&mut out, &text[done..]);
    }
    out
}

/// Where two equals signs stand, no more and no fewer.
fn marks_in(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('=')?;
            let length = text[start..].bytes().take_while(|&byte| byte == b'=').count();
            at = start + length;
            if length == MARK.len() {
                return Some((start, at));
            }
        }
    })
}

fn text_of(inline: &Inline<Parsed>) -> &str {
    match inline {
        Inline::Text(text) => text,
        _ => "",
    }
}

fn push_text(content: &mut Vec<Inline<Parsed>>, text: &str) {
    if !text.is_empty() {
        content.push(Inline::Text(text.to_owned()));
    }
}
