//! Link annotations.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, dictionary};

use super::objects::{bytes, destination, number, text};
use crate::paged_book::{ElementId, LinkArea, LinkTarget, PagedBook};

/// Bit 3: the annotation is printed, as PDF/A asks of all (ISO 32000-1, section 12.5.3).
const PRINT: i64 = 4;

/// A link annotation that was added.
#[derive(Clone, Copy)]
pub struct Annotation {
    pub object: ObjectId,
    /// Index into the book's pages.
    pub page: usize,
}

/// The document's link annotations.
pub struct Links {
    by_page: Vec<Vec<Object>>,
    by_element: BTreeMap<ElementId, Vec<Annotation>>,
    /// The element of each annotation, in the order of the structure tree's keys.
    pub elements: Vec<ElementId>,
}

impl Links {
    pub fn on_page(&self, page: usize) -> Vec<Object> {
        self.by_page.get(page).cloned().unwrap_or_default()
    }

    pub fn of(&self, element: ElementId) -> &[Annotation] {
        self.by_element.get(&element).map_or(&[], Vec::as_slice)
    }
}

/// Adds an annotation for every link that leads somewhere. Their keys in the structure's parent tree
/// follow those of the pages.
pub fn add(document: &mut Document, book: &PagedBook, pages: &[ObjectId]) -> Links {
    let mut links =
        Links { by_page: vec![Vec::new(); pages.len()], by_element: BTreeMap::new(), elements: Vec::new() };
    for (index, page) in book.pages.iter().enumerate() {
        for area in &page.links {
            let Some((key, value)) = target(book, pages, &area.target) else { continue };
            // Seven entries with its target, which is what lopdf's dictionary holds before it doubles;
            // a large book has a great many.
            let mut annotation = dictionary! {
                "Subtype" => "Link",
                "Rect" => rectangle(area),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "F" => PRINT,
                "Contents" => text(&area.description),
                "StructParent" => (pages.len() + links.elements.len()) as i64,
            };
            annotation.set(key, value);
            let object = document.add_object(annotation);
            links.elements.push(area.element);
            links.by_page[index].push(object.into());
            links.by_element.entry(area.element).or_default().push(Annotation { object, page: index });
        }
    }
    links
}

fn target(book: &PagedBook, pages: &[ObjectId], target: &LinkTarget) -> Option<(&'static str, Object)> {
    match target {
        LinkTarget::Internal(anchor) => {
            let place = book.destination(*anchor)?;
            Some(("Dest", destination(*pages.get(place.page)?, place.y)))
        }
        LinkTarget::Point(place) => Some(("Dest", destination(*pages.get(place.page)?, place.y))),
        LinkTarget::External(address) => {
            let action = dictionary! { "Type" => "Action", "S" => "URI", "URI" => bytes(&ascii(address)) };
            Some(("A", action.into()))
        }
    }
}

/// An address as an URI action must have it: 7-bit, everything else percent-encoded.
fn ascii(address: &str) -> String {
    let mut uri = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn rectangle(area: &LinkArea) -> Vec<Object> {
    vec![number(area.x), number(area.y), number(area.x + area.width), number(area.y + area.height)]
}
