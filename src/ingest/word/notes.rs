//! Comments, and the text of parts that are not read as a flow.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::office::Removal;
use crate::ingest::office::xml::{Child, Element};

/// The comments of a document by id.
#[derive(Debug, Default)]
pub struct Comments(BTreeMap<String, Comment>);

#[derive(Debug)]
pub struct Comment {
    author: String,
    text: String,
}

impl Comments {
    pub fn read(root: Option<Element>) -> Self {
        let comments = root.into_iter().flat_map(Element::children).filter_map(|element| {
            let author = element.attribute("w:author").unwrap_or_default().trim().to_owned();
            Some((element.attribute("w:id")?.to_owned(), Comment { author, text: text_of(element) }))
        });
        Comments(comments.collect())
    }

    pub fn get(&self, id: &str) -> Option<&Comment> {
        self.0.get(id)
    }

    /// The comments that nothing in the text refers to.
    pub fn unseen<'c>(&'c self, seen: &'c BTreeSet<String>) -> impl Iterator<Item = &'c Comment> {
        self.0.iter().filter(|(id, _)| !seen.contains(*id)).map(|(_, comment)| comment)
    }
}

impl Comment {
    pub fn removal(&self) -> Removal {
        let reason = match self.author.as_str() {
            "" => "a comment".to_owned(),
            author => format!("a comment by {author}"),
        };
        Removal::new("removed-comment", reason, self.text.clone())
    }
}

/// All text in an element, paragraphs parted by blanks.
pub fn text_of(element: Element) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: Element, text: &mut String) {
    let is_text = matches!(element.name(), "w:t" | "w:delText" | "m:t" | "a:t");
    for child in element.contents() {
        match child {
            Child::Text(part) if is_text => text.push_str(part),
            Child::Text(_) => {}
            Child::Element(inner) => match inner.name() {
                // A drawing's second form for old programs says the same again.
                "mc:Fallback" => {}
                "w:tab" | "w:br" | "w:cr" => text.push(' '),
                "w:noBreakHyphen" => text.push('\u{2011}'),
                _ => collect(inner, text),
            },
        }
    }
    if matches!(element.name(), "w:p" | "a:p" | "w:tc") {
        text.push(' ');
    }
}
