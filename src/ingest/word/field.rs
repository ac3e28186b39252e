//! Fields: text that Word computes. A field has an instruction (`HYPERLINK "…"`) and its last result.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::ingest::office::Removal;
use crate::ingest::office::xml::Element;

/// A field that is open at some place in the text.
#[derive(Debug, Default)]
pub struct Field {
    instruction: String,
    in_result: bool,
    /// Whether it is an element around its result, not marks before and after it.
    is_element: bool,
    effect: Effect,
    /// Text of the field that does not go into the essay.
    dropped: String,
}

/// What a field does to its result.
#[derive(Debug, Default, Clone, PartialEq)]
enum Effect {
    /// It stays.
    #[default]
    None,
    Link(Rc<str>),
    /// It is not the author's text, but this.
    Drop(&'static str),
}

/// Fields in fields are few. Marks of deeper ones are passed over.
const DEEPEST: usize = 256;

/// The fields that are open, outermost first.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// How many more are open than are kept.
    passed_over: usize,
    /// Starts that no end belongs to.
    unclosed: BTreeSet<u32>,
}

impl Fields {
    /// Finds the field characters that belong together, so that one that is never closed cannot swallow
    /// the rest of the text.
    pub fn survey(&mut self, story: Element) {
        let mut open: Vec<u32> = Vec::new();
        let characters = story.descendants().filter(|element| element.name() == "w:fldChar");
        for character in characters {
            match character.attribute("w:fldCharType") {
                Some("begin") => open.push(character.index()),
                Some("end") => drop(open.pop()),
                _ => {}
            }
        }
        self.unclosed = open.into_iter().collect();
    }

    /// A field character. Gives back what the field kept out of the text, when it ends.
    pub fn character(&mut self, element: Element) -> Option<Removal> {
        match element.attribute("w:fldCharType") {
            Some("begin") if self.unclosed.contains(&element.index()) => {}
            Some("begin") if self.open.len() >= DEEPEST => self.passed_over += 1,
            Some("begin") => self.open.push(Field::default()),
            Some("separate") if self.passed_over == 0 => {
                if let Some(field) = self.open.iter_mut().rfind(|field| !field.is_element) {
                    field.in_result = true;
                    field.effect = effect(&field.instruction);
                }
            }
            Some("end") if self.passed_over > 0 => self.passed_over -= 1,
            Some("end") => return self.close_last(false),
            _ => {}
        }
        None
    }

    /// Opens a simple field, whose result is what it contains.
    pub fn open_simple(&mut self, instruction: &str) {
        self.open_element(effect(instruction));
    }

    /// Opens a link as if it were a field; one without address is none.
    pub fn open_link(&mut self, address: Option<Rc<str>>) {
        self.open_element(address.map_or(Effect::None, Effect::Link));
    }

    fn open_element(&mut self, effect: Effect) {
        self.open.push(Field { in_result: true, is_element: true, effect, ..Field::default() });
    }

    /// Closes the innermost simple field or link.
    pub fn close(&mut self) -> Option<Removal> {
        self.close_last(true)
    }

    /// Closes whatever is still open. What was kept out of the text is told even so.
    pub fn finish(&mut self) -> Vec<Removal> {
        let open = std::mem::take(&mut self.open);
        self.passed_over = 0;
        open.into_iter().filter_map(removal).collect()
    }

    /// Marks and elements may cross; each closes its own kind.
    fn close_last(&mut self, is_element: bool) -> Option<Removal> {
        let at = self.open.iter().rposition(|field| field.is_element == is_element)?;
        let removal = removal(self.open.remove(at))?;
        if let Some(outer) = self.dropping() {
            outer.push_str(&removal.text);
            outer.push(' ');
            return None;
        }
        Some(removal)
    }

    pub fn instruct(&mut self, text: &str) {
        const LONGEST: usize = 4096;
        if let Some(field) = self.open.last_mut().filter(|field| !field.in_result)
            && field.instruction.len() < LONGEST
        {
            field.instruction.push_str(text);
        }
    }

    /// Where text goes that is not for the essay; `None` where it is.
    pub fn dropping(&mut self) -> Option<&mut String> {
        let field =
            self.open.iter_mut().find(|field| !field.in_result || matches!(field.effect, Effect::Drop(_)))?;
        Some(&mut field.dropped)
    }

    /// Where text leads to.
    pub fn link(&self) -> Option<Rc<str>> {
        self.open.iter().rev().find_map(|field| match &field.effect {
            Effect::Link(address) => Some(Rc::clone(address)),
            _ => None,
        })
    }
}

/// What a field kept out of the text.
fn removal(field: Field) -> Option<Removal> {
    let text = field.dropped.trim();
    let (rule, what) = match field.effect {
        Effect::Drop(what) => ("removed-furniture", what),
        _ => ("removed-field", "the workings of a field"),
    };
    (!text.is_empty()).then(|| Removal::new(rule, what, text))
}

fn effect(instruction: &str) -> Effect {
    let words = words(instruction);
    let mut words = words.iter().map(String::as_str);
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    match name.as_str() {
        "HYPERLINK" => hyperlink(words),
        "REF" => {
            let bookmark = words.next().unwrap_or_default().to_owned();
            if words.any(|word| word == "\\h") {
                Effect::Link(format!("#{bookmark}").into())
            } else {
                Effect::None
            }
        }
        "TOC" => Effect::Drop("a table of contents"),
        "INDEX" => Effect::Drop("an index"),
        "TOA" => Effect::Drop("a table of authorities"),
        "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "PAGEREF" => Effect::Drop("a page number"),
        _ => Effect::None,
    }
}

fn hyperlink<'w>(mut words: impl Iterator<Item = &'w str>) -> Effect {
    let mut address = String::new();
    let mut bookmark = String::new();
    while let Some(word) = words.next() {
        match word {
            "\\l" => bookmark = words.next().unwrap_or_default().to_owned(),
            // The text that appears beside the pointer, and the window to open.
            "\\o" | "\\t" => drop(words.next()),
            switch if switch.starts_with('\\') => {}
            word if address.is_empty() => address = word.to_owned(),
            _ => {}
        }
    }
    if !bookmark.is_empty() {
        address.push('#');
        address.push_str(&bookmark);
    }
    if address.is_empty() { Effect::None } else { Effect::Link(address.into()) }
}

/// The words of an instruction; quotation marks hold words together.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = instruction.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix(['"', '“']) {
            Some(quoted) => match quoted.find(['"', '”']) {
                Some(end) => {
                    let close = quoted[end..].chars().next().map_or(0, char::len_utf8);
                    (&quoted[..end], &quoted[end + close..])
                }
                None => (quoted, ""),
            },
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Effect, effect};

    #[test]
    fn instructions_are_understood() {
        let link = |address: &str| Effect::Link(address.into());
        assert_eq!(
            effect(r#" HYPERLINK "https://example.org/a b" \o "tip" "#),
            link("https://example.org/a b")
        );
        assert_eq!(effect(r#" HYPERLINK \l "_Toc1" "#), link("#_Toc1"));
        assert_eq!(effect(r#"HYPERLINK "https://example.org" \l "part""#), link("https://example.org#part"));
        assert_eq!(effect(r" REF _Ref12 \h "), link("#_Ref12"));
        assert_eq!(effect(" SEQ Figure "), Effect::None);
        assert_eq!(effect(r#" TOC \o "1-3" \h"#), Effect::Drop("a table of contents"));
        assert_eq!(effect(""), Effect::None);
    }
}
