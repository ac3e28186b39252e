//! The document outline.

use lopdf::{Document, ObjectId, dictionary};

use super::objects::{destination, text};
use crate::paged_book::OutlineItem;

/// Adds the outline; None for a book without one. Only the entries below its top level are folded.
pub fn add(document: &mut Document, items: &[OutlineItem], pages: &[ObjectId]) -> Option<ObjectId> {
    let root = document.new_object_id();
    let (first, last) = add_siblings(document, items, root, pages)?;
    document.set_object(
        root,
        dictionary! {
            "Type" => "Outlines",
            "First" => first,
            "Last" => last,
            "Count" => items.len() as i64,
        },
    );
    Some(root)
}

/// Adds entries of one level with all below them; gives the first and the last.
fn add_siblings(
    document: &mut Document,
    items: &[OutlineItem],
    parent: ObjectId,
    pages: &[ObjectId],
) -> Option<(ObjectId, ObjectId)> {
    let ids: Vec<ObjectId> = items.iter().map(|_| document.new_object_id()).collect();
    for (index, (item, &id)) in items.iter().zip(&ids).enumerate() {
        let mut entry = dictionary! { "Title" => text(&item.title), "Parent" => parent };
        if let Some(&page) = pages.get(item.destination.page) {
            entry.set("Dest", destination(page, item.destination.y));
        }
        if let Some(&previous) = index.checked_sub(1).and_then(|previous| ids.get(previous)) {
            entry.set("Prev", previous);
        }
        if let Some(&next) = ids.get(index + 1) {
            entry.set("Next", next);
        }
        if let Some((first, last)) = add_siblings(document, &item.children, id, pages) {
            entry.set("First", first);
            entry.set("Last", last);
            entry.set("Count", -(item.children.len() as i64));
        }
        document.set_object(id, entry);
    }
    Some((*ids.first()?, *ids.last()?))
}
