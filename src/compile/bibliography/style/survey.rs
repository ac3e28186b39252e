//! Whether a style's file is one that can be read and obeyed at all.
//!
//! The reader and the engine go down into elements and macros by recursion, as deep as the file does; so
//! nesting is measured first, and macros that call each other in circles are found.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements within elements, macros within macros.
const DEEPEST: usize = 64;
/// Elements that setting one entry may go through.
const MOST_STEPS: usize = 50_000;

/// Why a style cannot be used, and where.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) offset: usize,
    pub(super) help: &'static str,
}

/// What a macro, or the rest of the style, consists of.
#[derive(Debug, Default)]
struct Section {
    offset: usize,
    elements: usize,
    calls: Vec<(String, usize)>,
    /// Whether it is being measured: what calls it then leads in a circle.
    is_open: bool,
    /// Steps and nesting with everything that it calls, once they are known.
    measure: Option<(usize, usize)>,
}

/// Reads the file's elements without building anything of them.
pub(super) fn examine(text: &str) -> Result<(), Problem> {
    let mut reader = Reader::from_str(text);
    let mut sections: HashMap<String, Section> = HashMap::new();
    let mut current = String::new();
    let mut depth = 0usize;
    let mut has_style = false;
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        let event = reader.read_event().map_err(|error| Problem {
            message: format!("this style is no well-formed XML: {error}"),
            offset: usize::try_from(reader.error_position()).unwrap_or(offset).min(text.len()),
            help: "correct it at this place, or download the style anew",
        })?;
        match event {
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Problem {
                        message: "the elements of this style are nested too deeply".to_owned(),
                        offset,
                        help: "move the inner elements into macros",
                    });
                }
                has_style |= element.local_name().as_ref() == b"style";
                if element.local_name().as_ref() == b"macro" {
                    current = attribute(&element, b"name").unwrap_or_default();
                    sections.entry(current.clone()).or_default().offset = offset;
                }
                take_down(sections.entry(current.clone()).or_default(), &element, offset);
            }
            Event::Empty(element) => {
                has_style |= element.local_name().as_ref() == b"style";
                take_down(sections.entry(current.clone()).or_default(), &element, offset);
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                if element.local_name().as_ref() == b"macro" {
                    current.clear();
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !has_style {
        return Err(Problem {
            message: "this file holds no CSL style".to_owned(),
            offset: 0,
            help: "put a style of the CSL repository in its place; its root element is `style`",
        });
    }
    if depth > 0 {
        return Err(Problem {
            message: "this style ends before its elements do".to_owned(),
            offset: text.len(),
            help: "download the style anew",
        });
    }
    measure("", 0, &mut sections).map(|_| ())
}

fn take_down(section: &mut Section, element: &BytesStart<'_>, offset: usize) {
    section.elements += 1;
    if element.local_name().as_ref() != b"macro"
        && let Some(name) = attribute(element, b"macro")
    {
        section.calls.push((name, offset));
    }
}

fn attribute(element: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

/// Steps and nesting of a section with everything that it calls.
fn measure(
    name: &str,
    depth: usize,
    sections: &mut HashMap<String, Section>,
) -> Result<(usize, usize), Problem> {
    let Some(section) = sections.get_mut(name) else { return Ok((0, 0)) };
    if let Some(known) = section.measure {
        return Ok(known);
    }
    section.is_open = true;
    let offset = section.offset;
    let calls = std::mem::take(&mut section.calls);
    let (mut steps, mut height) = (section.elements, 0);
    let too_deep = |offset: usize| Problem {
        message: "the macros of this style call each other in a circle, or too deeply".to_owned(),
        offset,
        help: "let no macro lead back to itself",
    };
    for (called, at) in calls {
        let Some(section) = sections.get(&called) else {
            return Err(Problem {
                message: format!("this style calls a macro `{called}` that it does not have"),
                offset: at,
                help: "correct the name, or add the macro",
            });
        };
        if section.is_open || depth >= DEEPEST {
            return Err(too_deep(at));
        }
        let (more, below) = measure(&called, depth + 1, sections)?;
        steps = steps.saturating_add(more);
        height = height.max(below + 1);
    }
    if height > DEEPEST || steps > MOST_STEPS {
        return Err(too_deep(offset));
    }
    if let Some(section) = sections.get_mut(name) {
        section.measure = Some((steps, height));
        section.is_open = false;
    }
    Ok((steps, height))
}
