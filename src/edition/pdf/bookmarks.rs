//! The document outline.

use lopdf::{Document, ObjectId, dictionary};

use super::packs::{OBJECTS_PER_PACK, Pack, Packer};
use crate::paged_book::OutlineItem;

/// Adds the outline and packs its entries; None for a book without one. Only the entries below its top level are
/// folded.
pub fn add(
    document: &mut Document,
    items: &[OutlineItem],
    pages: &[ObjectId],
) -> Option<(ObjectId, Vec<Pack>)> {
    let root = document.new_object_id();
    let mut writer = Writer { document, pages, packer: Packer::new(), packs: Vec::new() };
    let (first, last) = writer.add_siblings(items, root)?;
    let Writer { mut packer, mut packs, .. } = writer;
    packs.extend(packer.pack());
    document.set_object(
        root,
        dictionary! {
            "Type" => "Outlines",
            "First" => first,
            "Last" => last,
            "Count" => items.len() as i64,
        },
    );
    Some((root, packs))
}

/// Writes entries.
struct Writer<'a> {
    document: &'a mut Document,
    pages: &'a [ObjectId],
    packer: Packer,
    packs: Vec<Pack>,
}

impl Writer<'_> {
    /// Adds entries of one level with all below them; gives the first and the last.
    fn add_siblings(&mut self, items: &[OutlineItem], parent: ObjectId) -> Option<(ObjectId, ObjectId)> {
        let ids: Vec<ObjectId> = items.iter().map(|_| self.document.new_object_id()).collect();
        for (index, (item, &id)) in items.iter().zip(&ids).enumerate() {
            let children = self.add_siblings(&item.children, id);
            let place = self.pages.get(item.destination.page);
            let beside = |at: Option<usize>| at.and_then(|at| ids.get(at)).copied();
            let (previous, next) = (beside(index.checked_sub(1)), beside(Some(index + 1)));
            let (first, last) = children.unzip();
            self.packer.add(id, |tokens| {
                tokens.raw(b"<</Title");
                tokens.text(&item.title);
                let links = [
                    (Some(parent), "Parent"),
                    (previous, "Prev"),
                    (next, "Next"),
                    (first, "First"),
                    (last, "Last"),
                ];
                for (object, key) in links {
                    if let Some(object) = object {
                        tokens.name(key);
                        tokens.reference(object);
                    }
                }
                if first.is_some() {
                    tokens.raw(b"/Count ");
                    tokens.integer(-(item.children.len() as i64));
                }
                if let Some(&page) = place {
                    tokens.raw(b"/Dest");
                    tokens.destination(page, item.destination.y);
                }
                tokens.raw(b">>");
            });
            if self.packer.count() >= OBJECTS_PER_PACK {
                self.packs.extend(self.packer.pack());
            }
        }
        Some((*ids.first()?, *ids.last()?))
    }
}
