//! The pages and their tree (ISO 32000-1, section 7.7.3).

use lopdf::{Document, Object, ObjectId, dictionary};
use rayon::prelude::{IndexedParallelIterator, ParallelIterator, ParallelSlice};

use super::links::Links;
use super::packs::{OBJECTS_PER_PACK, Pack, Packer};
use super::save::PageStream;
use super::tokens::Tokens;
use crate::paged_book::PagedBook;

/// Adds the pages' tree, which is among the document's objects; the pages are packed. Every page has
/// its own stream and the same `resources`.
pub fn add(
    document: &mut Document,
    book: &PagedBook,
    pages: &[ObjectId],
    streams: &[PageStream],
    links: &Links,
    resources: ObjectId,
) -> (ObjectId, Vec<Pack>) {
    let tree = document.new_object_id();
    let numbered: Vec<(&ObjectId, &PageStream)> = pages.iter().zip(streams).collect();
    let batches = numbered.par_chunks(OBJECTS_PER_PACK).enumerate();
    let packs = batches.map_init(Packer::new, |packer, (batch, pages)| {
        for (index, (page, stream)) in (batch * OBJECTS_PER_PACK..).zip(pages) {
            packer.add(**page, |tokens| {
                tokens.raw(b"<</Type/Page/Parent");
                tokens.reference(tree);
                for name in ["MediaBox", "TrimBox"] {
                    tokens.name(name);
                    tokens.raw(b"[0 0 ");
                    tokens.numbers(&[book.width, book.height]);
                    tokens.raw(b"]");
                }
                tokens.raw(b"/Resources");
                tokens.reference(resources);
                tokens.raw(b"/Contents");
                tokens.reference(stream.object);
                tokens.raw(b"/StructParents ");
                tokens.integer(index as i64);
                write_annotations(tokens, links.on_page(index));
                tokens.raw(b"/Tabs/S>>");
            });
        }
        packer.pack()
    });
    let packs = packs.flatten_iter().collect();
    let kids: Vec<Object> = pages.iter().map(|&page| page.into()).collect();
    let root = dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids };
    document.set_object(tree, root);
    (tree, packs)
}

fn write_annotations(tokens: &mut Tokens, annotations: &[ObjectId]) {
    if annotations.is_empty() {
        return;
    }
    tokens.raw(b"/Annots[");
    annotations.iter().for_each(|&annotation| tokens.reference(annotation));
    tokens.raw(b"]");
}
