//! Fenced divisions: `::: {.note}` to `:::`, one within another.

use super::attributes::{Attributes, callout_kind};
use super::lines::{Line, lines};
use super::marks::{Act, Draft, Element};

/// Remarks and quotations become what they are; other divisions leave their content.
pub fn take(draft: &mut Draft) {
    let text = draft.text();
    if !text.contains(":::") {
        return;
    }
    let all: Vec<Line> = lines(&text).collect();
    let mut open: Vec<(usize, Element)> = Vec::new();
    // A fence without a partner opens nothing, and is no text either.
    let mut strays: Vec<usize> = Vec::new();
    let mut pairs: Vec<(usize, usize, Element)> = Vec::new();
    for (at, line) in all.iter().enumerate() {
        let content = text.get(line.content_start()..line.content_end()).unwrap_or_default();
        if !content.starts_with(":::") || draft.is_code(line.content_start()) {
            continue;
        }
        match content.trim_matches([':', ' ', '\t']) {
            "" => match open.pop() {
                Some((first, element)) => pairs.push((first, at, element)),
                None => strays.push(at),
            },
            said => {
                if let Some(element) = element(said) {
                    open.push((at, element));
                }
            }
        }
    }
    strays.extend(open.into_iter().map(|(at, _)| at));
    for at in strays {
        mark_fence(draft, &all[at], Act::Nothing);
    }
    for (first, last, mut element) in pairs {
        if let Element::Callout { title, .. } = &mut element
            && title.is_empty()
            && let Some((line, heading)) = title_line(&all[first + 1..last])
        {
            *title = heading.to_owned();
            draft.mark(line.content_start(), line.content_end(), Act::Nothing);
        }
        mark_fence(draft, &all[first], Act::Open { name: ":::", element });
        mark_fence(draft, &all[last], Act::close(":::"));
    }
}

fn mark_fence(draft: &mut Draft, line: &Line, act: Act) {
    let start = line.content_start();
    // Where deep indentation makes the line text, the filler must still be whole: `<??>`.
    let start = if line.text[..start - line.start].ends_with(' ') { start - 1 } else { start };
    draft.mark_lines(start, line.content_end(), act);
}

/// What `{.note title="…"}` or `note` opens; `None` where it is no division.
fn element(said: &str) -> Option<Element> {
    let attributes = match said.strip_prefix('{') {
        Some(inside) => Attributes::read(inside.strip_suffix('}')?).unwrap_or_default(),
        None => {
            let (class, title) = said.split_once([' ', '\t']).unwrap_or((said, ""));
            if !class.chars().all(|next| next.is_alphanumeric() || "-_.".contains(next)) {
                return None;
            }
            let mut attributes = Attributes { classes: vec![class.to_owned()], ..Attributes::default() };
            let title = title.trim();
            if let Some(inside) = title.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                let more = Attributes::read(inside).unwrap_or_default();
                attributes.classes.extend(more.classes);
                attributes.pairs.extend(more.pairs);
            } else if !title.is_empty() {
                // Docusaurus and VitePress write a title after the class; Pandoc knows no such fence.
                callout_kind(class)?;
                attributes.pairs.push(("title".to_owned(), title.to_owned()));
            }
            attributes
        }
    };
    let title = attributes.value("title").unwrap_or_default().to_owned();
    Some(match attributes.callout() {
        Some(kind) => Element::Callout { kind: kind.to_owned(), title },
        None if attributes.is_quote() => Element::Quote,
        None => Element::Division,
    })
}

/// Quarto takes a heading at the start of a callout for its title.
fn title_line<'l, 't>(inside: &'l [Line<'t>]) -> Option<(&'l Line<'t>, &'t str)> {
    let line = inside.iter().find(|line| !line.is_blank())?;
    let trimmed = line.text.trim();
    let heading = trimmed.trim_start_matches('#');
    let is_heading = heading.len() < trimmed.len() && heading.starts_with(' ');
    is_heading.then(|| (line, heading.trim()))
}
