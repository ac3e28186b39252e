//! The inside of a paragraph of an OpenDocument text.

use super::body::{Reader, Tracked};
use super::styles::Look;
use crate::diagnostic::Diagnostic;
use crate::ingest::office::xml::{Child, Element};
use crate::ingest::office::{Content, Note, Removal, Run};

/// More blanks in a row are a mistake, or an attack.
const MOST_BLANKS: usize = 32;

impl Reader<'_> {
    pub(super) fn inlines(&mut self, parent: Element, look: &Look) {
        for child in parent.contents() {
            match child {
                Child::Text(text) => self.text(&collapse(text), look),
                Child::Element(element) => self.inline(element, look),
            }
        }
    }

    pub(super) fn inline(&mut self, element: Element, look: &Look) {
        match element.name() {
            "text:s" => self.text(&" ".repeat(blanks(element)), look),
            "text:tab" => self.text("\t", look),
            "text:line-break" => {
                self.content.push(Run { format: look.format.clone(), content: Content::Break })
            }
            "text:span" => {
                let style = element.attribute("text:style-name").unwrap_or_default();
                let inner = self.styles.span_look(style, look);
                self.inlines(element, &inner);
            }
            "text:a" | "draw:a" => {
                let mut inner = look.clone();
                let address = element.attribute("xlink:href").map(heading_free).filter(|it| !it.is_empty());
                inner.format.link = address.map(Into::into);
                self.inlines(element, &inner);
            }
            "text:bookmark-ref" | "text:reference-ref" => {
                let mut inner = look.clone();
                inner.format.link = element.attribute("text:ref-name").map(|name| format!("#{name}").into());
                if element.attribute("text:reference-format") == Some("page") {
                    return self.furniture("a page number", element);
                }
                self.inlines(element, &inner);
            }
            "text:bookmark" | "text:bookmark-start" | "text:reference-mark" | "text:reference-mark-start" => {
                if let Some(name) = element.attribute("text:name") {
                    self.content.push(Run::plain(Content::Bookmark(name.to_owned())));
                }
            }
            "text:note" => self.note(element),
            "office:annotation" => {
                let author = element.child("dc:creator").map(|author| author.text().trim().to_owned());
                let reason = match author.filter(|author| !author.is_empty()) {
                    Some(author) => format!("a comment by {author}"),
                    None => "a comment".to_owned(),
                };
                let parts = element.children().filter(|part| matches!(part.name(), "text:p" | "text:list"));
                let text = parts.map(text_of).collect::<Vec<_>>().join(" ");
                self.remove(Removal::new("removed-comment", reason, text));
            }
            "office:annotation-end" | "text:soft-page-break" | "text:note-citation" => {}
            "text:change" => {
                let id = element.attribute("text:change-id").unwrap_or_default();
                if let Some(Tracked::Deletion(removal)) = self.tracked.remove(id) {
                    self.remove(removal);
                }
            }
            "text:change-start" => {
                let id = element.attribute("text:change-id").unwrap_or_default();
                if let Some(Tracked::Insertion { author }) = self.tracked.remove(id) {
                    let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
                    let report =
                        Diagnostic::note("accepted-insertion", format!("kept a tracked insertion{by}"));
                    self.content.push(Run::plain(Content::Report(Box::new(report))));
                }
            }
            "text:page-number" | "text:page-count" | "text:page-continuation" => {
                self.furniture("a page number", element);
            }
            "text:placeholder" => self.furniture("a placeholder", element),
            "text:ruby" => {
                element.child("text:ruby-base").into_iter().for_each(|base| self.inlines(base, look));
                if let Some(reading) = element.child("text:ruby-text") {
                    self.text(" (", look);
                    self.inlines(reading, look);
                    self.text(")", look);
                }
            }
            "draw:frame" => self.frame(element, look),
            "text:p" | "text:h" => {
                // A shape's text.
                let pieces = self.story_of_one(element);
                self.hoisted.extend(pieces);
            }
            "svg:title" | "svg:desc" | "office:event-listeners" | "text:tracked-changes" => {}
            name if name.starts_with("draw:") => {
                element.children().for_each(|child| self.inline(child, look));
            }
            _ => self.inlines(element, look),
        }
    }

    pub(super) fn text(&mut self, text: &str, look: &Look) {
        if text.is_empty() {
            return;
        }
        if look.is_hidden && !text.trim().is_empty() {
            return self.remove(Removal::new("removed-hidden-text", "hidden text", text));
        }
        let mut format = look.format.clone();
        if format.link.is_some() && text.trim().is_empty() {
            format.link = None;
        }
        self.content.push(Run::text(text, format));
    }

    pub(super) fn remove(&mut self, removal: Removal) {
        if !removal.text.trim().is_empty() {
            self.content.push(Run::plain(Content::Removed(removal)));
        }
    }

    fn furniture(&mut self, what: &str, element: Element) {
        self.remove(Removal::new("removed-furniture", what, text_of(element)));
    }

    fn note(&mut self, element: Element) {
        let Some(body) = element.child("text:note-body") else { return };
        let is_endnote = element.attribute("text:note-class") == Some("endnote");
        let name = format!("note {}", element.index());
        self.content.push(Run::plain(Content::Note(name.clone())));
        let pieces = self.note_story(body);
        self.notes.push(Note { name, is_endnote, pieces });
    }
}

/// Links to headings are written `#1.Title|outline`; what leads there is the heading's text.
fn heading_free(address: &str) -> &str {
    match address.strip_suffix("|outline") {
        Some(_) => "",
        None => address.trim(),
    }
}

/// XML's line ends and indents are blanks, and blanks in a row are one: more are written `text:s`.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        let is_blank = matches!(character, ' ' | '\t' | '\n' | '\r');
        if !is_blank {
            collapsed.push(character);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}

fn blanks(element: Element) -> usize {
    let count = element.attribute("text:c").and_then(|count| count.parse::<usize>().ok());
    count.unwrap_or(1).min(MOST_BLANKS)
}

/// All text in an element, paragraphs parted by blanks.
pub(super) fn text_of(element: Element) -> String {
    let mut text = String::new();
    collect(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: Element, text: &mut String) {
    for child in element.contents() {
        match child {
            Child::Text(part) => text.push_str(part),
            Child::Element(inner) => match inner.name() {
                "text:s" | "text:tab" | "text:line-break" => text.push(' '),
                "text:note-citation" | "svg:title" | "svg:desc" | "dc:creator" | "dc:date"
                | "meta:date-string" => {}
                _ => collect(inner, text),
            },
        }
    }
    if matches!(element.name(), "text:p" | "text:h") {
        text.push(' ');
    }
}
