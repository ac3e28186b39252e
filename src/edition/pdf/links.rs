//! Link annotations.

use std::collections::BTreeMap;

use lopdf::{Document, ObjectId};
use rayon::prelude::{ParallelIterator, ParallelSlice};

use super::packs::{OBJECTS_PER_PACK, Pack, Packer};
use super::tokens::Tokens;
use crate::paged_book::{Destination, ElementId, LinkArea, LinkTarget, PagedBook};

/// A link annotation that was added.
#[derive(Clone, Copy)]
pub struct Annotation {
    pub object: ObjectId,
    /// Index into the book's pages.
    pub page: usize,
}

/// The document's link annotations.
pub struct Links {
    by_page: Vec<Vec<ObjectId>>,
    by_element: BTreeMap<ElementId, Vec<Annotation>>,
    /// The element of each annotation, in the order of the structure tree's keys.
    pub elements: Vec<ElementId>,
}

impl Links {
    pub fn on_page(&self, page: usize) -> &[ObjectId] {
        self.by_page.get(page).map_or(&[], Vec::as_slice)
    }

    pub fn of(&self, element: ElementId) -> &[Annotation] {
        self.by_element.get(&element).map_or(&[], Vec::as_slice)
    }
}

/// Where a link leads.
enum Goal<'b> {
    Place(ObjectId, f32),
    Address(&'b str),
}

/// Adds an annotation for every link that leads somewhere. Their keys in the structure's parent tree
/// follow those of the pages.
pub fn add(document: &mut Document, book: &PagedBook, pages: &[ObjectId]) -> (Links, Vec<Pack>) {
    let mut links =
        Links { by_page: vec![Vec::new(); pages.len()], by_element: BTreeMap::new(), elements: Vec::new() };
    let mut annotations = Vec::new();
    for (index, page) in book.pages.iter().enumerate() {
        for area in &page.links {
            let Some(goal) = goal(book, pages, &area.target) else { continue };
            let object = document.new_object_id();
            annotations.push((object, pages.len() + links.elements.len(), area, goal));
            links.elements.push(area.element);
            links.by_page[index].push(object);
            links.by_element.entry(area.element).or_default().push(Annotation { object, page: index });
        }
    }
    let packs = annotations.par_chunks(OBJECTS_PER_PACK).map_init(Packer::new, |packer, annotations| {
        for (object, key, area, goal) in annotations {
            packer.add(*object, |tokens| write_annotation(tokens, *key, area, goal));
        }
        packer.pack()
    });
    let packs = packs.flatten_iter().collect();
    (links, packs)
}

/// The flag says that it is printed, as PDF/A asks of all annotations (ISO 32000-1, section 12.5.3, bit 3).
fn write_annotation(tokens: &mut Tokens, key: usize, area: &LinkArea, goal: &Goal<'_>) {
    tokens.raw(b"<</Subtype/Link/F 4/Border[0 0 0]/Rect[");
    tokens.numbers(&[area.x, area.y, area.x + area.width, area.y + area.height]);
    tokens.raw(b"]/StructParent ");
    tokens.integer(key as i64);
    tokens.raw(b"/Contents");
    tokens.text(&area.description);
    match goal {
        Goal::Place(page, y) => {
            tokens.raw(b"/Dest");
            tokens.destination(*page, *y);
        }
        Goal::Address(address) => {
            tokens.raw(b"/A<</Type/Action/S/URI/URI");
            tokens.literal(&ascii(address));
            tokens.raw(b">>");
        }
    }
    tokens.raw(b">>");
}

fn goal<'b>(book: &PagedBook, pages: &[ObjectId], target: &'b LinkTarget) -> Option<Goal<'b>> {
    let place = |place: Destination| Some(Goal::Place(*pages.get(place.page)?, place.y));
    match target {
        LinkTarget::Internal(anchor) => place(book.destination(*anchor)?),
        LinkTarget::Point(point) => place(*point),
        LinkTarget::External(address) => Some(Goal::Address(address)),
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
