//! Where in a style's file the reader of styles came to grief.
//!
//! It tells a path, `bibliography.layout.$value[0].group`, and no position; the file's elements are gone
//! through once more to find the one that the path leads to.

use quick_xml::Reader;
use quick_xml::events::Event;

/// One step down: the element of this name, or any; so many of them are passed by.
#[derive(Debug)]
struct Step {
    name: Option<String>,
    skip: usize,
}

/// The byte where the last element starts that the path leads to, as far as it can be followed.
pub(super) fn find(text: &str, path: &str) -> Option<usize> {
    let mut steps = steps(path).into_iter();
    let mut next = steps.next();
    let mut reader = Reader::from_str(text);
    let mut found = None;
    // Depth of the elements that the next step chooses from; the root is at 0.
    let (mut depth, mut level) = (0usize, 1usize);
    loop {
        let offset = usize::try_from(reader.buffer_position()).ok()?;
        let (element, is_empty) = match reader.read_event().ok()? {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth < level.saturating_sub(1) || depth == 0 {
                    return found;
                }
                continue;
            }
            Event::Eof => return found,
            _ => continue,
        };
        if depth == 0 {
            found = Some(offset);
        } else if depth == level {
            let Some(step) = &mut next else { return found };
            let fits =
                step.name.as_deref().is_none_or(|name| name.as_bytes() == element.local_name().as_ref());
            if fits && step.skip > 0 {
                step.skip -= 1;
            } else if fits {
                found = Some(offset);
                next = steps.next();
                level += 1;
                if is_empty || next.is_none() {
                    return found;
                }
            }
        }
        depth += usize::from(!is_empty);
    }
}

/// `$value[1].text` is the second child, whatever it is: it being a `text` is said once more.
fn steps(path: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut is_said = false;
    for part in path.split('.') {
        let (name, skip) = match part.split_once('[') {
            Some((name, index)) => (name, index.trim_end_matches(']').parse().ok()),
            None => (part, None),
        };
        if name.starts_with('@') {
            break;
        }
        if name == "$value" {
            steps.push(Step { name: None, skip: skip.unwrap_or_default() });
        } else if !is_said {
            steps.push(Step { name: Some(name.to_owned()), skip: skip.unwrap_or_default() });
        }
        is_said = name == "$value";
    }
    steps
}
