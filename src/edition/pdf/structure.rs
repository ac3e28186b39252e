//! The structure tree: what a reading machine reads.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use rayon::prelude::{IndexedParallelIterator, ParallelIterator, ParallelSlice};

use super::content::PageContent;
use super::links::Links;
use super::objects::{bytes, text};
use super::packs::{OBJECTS_PER_PACK, Pack, Packer};
use super::tokens::Tokens;
use crate::document::Numerals;
use crate::paged_book::{Child, ContentId, Element, ElementId, Item, Meaning, PagedBook, Role, Structure};

/// The element that each stretch of content belongs to.
pub struct Owners(Vec<Option<(ElementId, &'static str)>>);

impl Owners {
    /// The tag that marks a stretch of content; None when no element has it.
    pub fn tag(&self, content: ContentId) -> Option<&'static str> {
        self.owner(content).map(|(_, tag)| tag)
    }

    fn owner(&self, content: ContentId) -> Option<(ElementId, &'static str)> {
        self.0.get(content.0).copied().flatten()
    }
}

/// Finds the owner of every stretch of content.
pub fn owners(structure: &Structure) -> Owners {
    let mut owners = vec![None; structure.contents];
    for (index, element) in structure.elements.iter().enumerate() {
        for child in &element.children {
            if let Child::Content(content) = child
                && let Some(owner) = owners.get_mut(content.0)
            {
                *owner = Some((ElementId(index), structure_type(element.role)));
            }
        }
    }
    Owners(owners)
}

/// How many entries a leaf of the parent tree has.
const ENTRIES_PER_LEAF: usize = 64;

/// Adds the structure tree; gives its root. The root, the parent tree's root and the element of the whole document are
/// among the document's objects, all others are packed.
pub fn add(
    document: &mut Document,
    book: &PagedBook,
    owners: &Owners,
    pages: &[ObjectId],
    contents: &[PageContent],
    links: &Links,
) -> (ObjectId, Vec<Pack>) {
    let root = document.new_object_id();
    let pieces = pieces(book.structure.contents, contents);
    let tree = Tree {
        structure: &book.structure,
        root,
        pages,
        links,
        objects: reserve(document, &book.structure, &pieces, links),
        pieces,
        boxes: picture_boxes(book),
    };
    let elements = &book.structure.elements;
    let batches = elements.par_chunks(OBJECTS_PER_PACK).enumerate();
    let mut packs: Vec<Pack> = batches
        .map_init(Packer::new, |packer, (batch, elements)| {
            for (index, element) in (batch * OBJECTS_PER_PACK..).zip(elements).filter(|(index, _)| *index > 0)
            {
                if let Some(object) = tree.object(ElementId(index)) {
                    packer.add(object, |tokens| tree.write_element(tokens, ElementId(index), element));
                }
            }
            packer.pack()
        })
        .flatten_iter()
        .collect();

    let keys = pages.len() + links.elements.len();
    let (leaves, leaf_packs) = tree.add_parents(document, owners, contents);
    packs.extend(leaf_packs);
    let parents = document.add_object(dictionary! { "Kids" => leaves });
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "ParentTree" => parents,
        "ParentTreeNextKey" => keys as i64,
    };
    if let (Some(element), Some(object)) = (elements.first(), tree.object(ElementId(0))) {
        document.set_object(object, tree.document_element(element));
        dictionary.set("K", object);
    }
    let notes = elements.iter().enumerate().filter(|(_, element)| element.role == Role::Note);
    let identified: Vec<Object> = notes
        .filter_map(|(index, _)| Some([bytes(&identifier(index)), tree.object(ElementId(index))?.into()]))
        .flatten()
        .collect();
    if !identified.is_empty() {
        dictionary.set("IDTree", document.add_object(dictionary! { "Names" => identified }));
    }
    document.set_object(root, dictionary);
    (root, packs)
}

/// The name of a note, by its element. Equal lengths, so that the order of the numbers is that of the names.
fn identifier(index: usize) -> String {
    format!("note-{index:08}")
}

/// A marked-content sequence: its page and its MCID there.
type Piece = (usize, usize);

/// Where every stretch of content was painted, in order.
fn pieces(count: usize, contents: &[PageContent]) -> Vec<Vec<Piece>> {
    let mut pieces = vec![Vec::new(); count];
    for (page, content) in contents.iter().enumerate() {
        for (number, content) in content.marked.iter().enumerate() {
            if let Some(pieces) = pieces.get_mut(content.0) {
                pieces.push((page, number));
            }
        }
    }
    pieces
}

/// Reserves an object for every element that has something to say, and tells each its parent. An
/// element without painted content is left out, except cells, which hold their row's shape.
fn reserve(
    document: &mut Document,
    structure: &Structure,
    pieces: &[Vec<Piece>],
    links: &Links,
) -> Vec<Option<(ObjectId, Option<ElementId>)>> {
    let elements = &structure.elements;
    let mut kept = vec![false; elements.len()];
    // Children come after their parents, so that one walk backwards sees every child first.
    for (index, element) in elements.iter().enumerate().rev() {
        kept[index] = index == 0
            || !links.of(ElementId(index)).is_empty()
            || element.children.iter().any(|child| match child {
                Child::Element(child) => kept.get(child.0).copied().unwrap_or_default(),
                Child::Content(content) => pieces.get(content.0).is_some_and(|pieces| !pieces.is_empty()),
            });
    }
    let mut objects = vec![None; elements.len()];
    let mut parents = vec![None; elements.len()];
    for (index, element) in elements.iter().enumerate() {
        if !kept[index] {
            continue;
        }
        objects[index] = Some((document.new_object_id(), parents[index]));
        for child in &element.children {
            let Child::Element(child) = *child else { continue };
            let Some(role) = elements.get(child.0).map(|child| child.role) else { continue };
            parents[child.0] = Some(ElementId(index));
            kept[child.0] |=
                element.role == Role::TableRow && matches!(role, Role::TableCell | Role::TableHeader);
        }
    }
    objects
}

/// The smallest rectangle around the pictures of each stretch of content, on the page where it starts.
fn picture_boxes(book: &PagedBook) -> BTreeMap<ContentId, [f32; 4]> {
    let mut boxes: BTreeMap<ContentId, (usize, [f32; 4])> = BTreeMap::new();
    for (index, page) in book.pages.iter().enumerate() {
        for item in &page.items {
            let Item::Picture(picture) = item else { continue };
            let Meaning::Content(content) = picture.meaning else { continue };
            let corners = [picture.x, picture.y, picture.x + picture.width, picture.y + picture.height];
            let (page, hull) = boxes.entry(content).or_insert((index, corners));
            if *page == index {
                *hull = join(*hull, corners);
            }
        }
    }
    boxes.into_iter().map(|(content, (_, hull))| (content, hull)).collect()
}

fn join(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
}

/// The structure tree while it is written.
struct Tree<'a> {
    structure: &'a Structure,
    root: ObjectId,
    pages: &'a [ObjectId],
    links: &'a Links,
    /// Object and parent of every element that is kept.
    objects: Vec<Option<(ObjectId, Option<ElementId>)>>,
    pieces: Vec<Vec<Piece>>,
    boxes: BTreeMap<ContentId, [f32; 4]>,
}

impl Tree<'_> {
    fn object(&self, element: ElementId) -> Option<ObjectId> {
        self.objects.get(element.0).copied().flatten().map(|(object, _)| object)
    }

    fn pieces(&self, content: ContentId) -> &[Piece] {
        self.pieces.get(content.0).map_or(&[], Vec::as_slice)
    }

    /// The element of the whole document, whose children are elements.
    fn document_element(&self, element: &Element) -> Dictionary {
        let kids = element.children.iter().filter_map(|child| match child {
            Child::Element(child) => self.object(*child).map(Object::from),
            Child::Content(_) => None,
        });
        let mut dictionary = dictionary! {
            "Type" => "StructElem",
            "S" => structure_type(element.role),
            "P" => self.root,
            "K" => kids.collect::<Vec<_>>(),
        };
        if let Some(language) = &element.language {
            dictionary.set("Lang", text(language));
        }
        dictionary
    }

    fn write_element(&self, tokens: &mut Tokens, id: ElementId, element: &Element) {
        let parent = self.objects[id.0].and_then(|(_, parent)| parent).and_then(|parent| self.object(parent));
        let role = match element.role {
            // A link that leads nowhere is no link.
            Role::Link if self.links.of(id).is_empty() => Role::Span,
            role => role,
        };
        tokens.raw(b"<</Type/StructElem/S");
        tokens.name(structure_type(role));
        tokens.raw(b"/P");
        tokens.reference(parent.unwrap_or(self.root));
        if let Some(language) = &element.language {
            tokens.raw(b"/Lang");
            tokens.text(language);
        }
        if let Some(alternative) = &element.alternative {
            tokens.raw(b"/Alt");
            tokens.text(alternative);
        }
        if element.role == Role::Note {
            tokens.raw(b"/ID");
            tokens.literal(&identifier(id.0));
        }
        self.write_attributes(tokens, element);
        self.write_kids(tokens, id, element);
        tokens.raw(b">>");
    }

    /// Children in their order, then the annotations of a link; content stands by its bare number on the element's
    /// own page, which is that of its first content.
    fn write_kids(&self, tokens: &mut Tokens, id: ElementId, element: &Element) {
        let contents = element.children.iter().filter_map(|child| match child {
            Child::Content(content) => Some(self.pieces(*content)),
            Child::Element(_) => None,
        });
        let own_page = contents.flatten().next().map(|(page, _)| *page);
        if let Some(&page) = own_page.and_then(|page| self.pages.get(page)) {
            tokens.raw(b"/Pg");
            tokens.reference(page);
        }
        tokens.raw(b"/K[");
        for child in &element.children {
            match *child {
                Child::Element(child) => {
                    if let Some(object) = self.object(child) {
                        tokens.reference(object);
                    }
                }
                Child::Content(content) => {
                    for &(page, number) in self.pieces(content) {
                        self.write_content(tokens, number, Some(page).filter(|page| own_page != Some(*page)));
                    }
                }
            }
        }
        for annotation in self.links.of(id) {
            tokens.raw(b"<</Type/OBJR/Obj");
            tokens.reference(annotation.object);
            if let Some(&page) = self.pages.get(annotation.page) {
                tokens.raw(b"/Pg");
                tokens.reference(page);
            }
            tokens.raw(b">>");
        }
        tokens.raw(b"]");
    }

    /// A marked-content sequence as an element's child, with its page if that is another than the element's.
    fn write_content(&self, tokens: &mut Tokens, number: usize, page: Option<usize>) {
        match page.and_then(|page| self.pages.get(page)) {
            Some(&page) => {
                tokens.raw(b"<</Type/MCR/Pg");
                tokens.reference(page);
                tokens.raw(b"/MCID ");
                tokens.integer(number as i64);
                tokens.raw(b">>");
            }
            None => {
                tokens.byte(b' ');
                tokens.integer(number as i64);
            }
        }
    }

    fn write_attributes(&self, tokens: &mut Tokens, element: &Element) {
        match element.role {
            Role::TableHeader => tokens.raw(b"/A<</O/Table/Scope/Column>>"),
            Role::List { numerals } => {
                tokens.raw(b"/A<</O/List/ListNumbering");
                tokens.name(match numerals {
                    Some(Numerals::Decimal) => "Decimal",
                    Some(Numerals::LowerLetter) => "LowerAlpha",
                    Some(Numerals::UpperLetter) => "UpperAlpha",
                    Some(Numerals::LowerRoman) => "LowerRoman",
                    Some(Numerals::UpperRoman) => "UpperRoman",
                    None if self.has_labels(element) => "Disc",
                    None => "None",
                });
                tokens.raw(b">>");
            }
            Role::Figure => {
                let contents = element.children.iter().filter_map(|child| match child {
                    Child::Content(content) => self.boxes.get(content).copied(),
                    Child::Element(_) => None,
                });
                let Some(hull) = contents.reduce(join) else { return };
                tokens.raw(b"/A<</O/Layout/Placement/Block/BBox[");
                tokens.numbers(&hull);
                tokens.raw(b"]>>");
            }
            _ => {}
        }
    }

    fn has_labels(&self, list: &Element) -> bool {
        let children = |element: &Element| {
            element
                .children
                .iter()
                .filter_map(|child| match child {
                    Child::Element(child) => self.structure.elements.get(child.0),
                    Child::Content(_) => None,
                })
                .collect::<Vec<_>>()
        };
        children(list).into_iter().flat_map(children).any(|child| child.role == Role::Label)
    }

    /// Adds the leaves of the parent tree: who owns each page's marked content, then who owns each annotation.
    fn add_parents(
        &self,
        document: &mut Document,
        owners: &Owners,
        contents: &[PageContent],
    ) -> (Vec<Object>, Vec<Pack>) {
        let keys = contents.len() + self.links.elements.len();
        let starts: Vec<usize> = (0..keys).step_by(ENTRIES_PER_LEAF).collect();
        let leaves: Vec<(ObjectId, usize)> =
            starts.into_iter().map(|start| (document.new_object_id(), start)).collect();
        let packs =
            leaves.par_chunks(OBJECTS_PER_PACK / ENTRIES_PER_LEAF).map_init(Packer::new, |packer, leaves| {
                for &(object, start) in leaves {
                    let end = (start + ENTRIES_PER_LEAF).min(keys);
                    packer.add(object, |tokens| {
                        tokens.raw(b"<</Limits[");
                        tokens.integer(start as i64);
                        tokens.byte(b' ');
                        tokens.integer(end as i64 - 1);
                        tokens.raw(b"]/Nums[");
                        (start..end).for_each(|key| self.write_owner(tokens, owners, contents, key));
                        tokens.raw(b"]>>");
                    });
                }
                packer.pack()
            });
        let packs = packs.flatten_iter().collect();
        (leaves.into_iter().map(|(object, _)| object.into()).collect(), packs)
    }

    /// An entry of the parent tree.
    fn write_owner(&self, tokens: &mut Tokens, owners: &Owners, contents: &[PageContent], key: usize) {
        let write_object = |tokens: &mut Tokens, object: Option<ObjectId>| match object {
            Some(object) => tokens.reference(object),
            None => tokens.raw(b" null"),
        };
        tokens.byte(b' ');
        tokens.integer(key as i64);
        match contents.get(key) {
            Some(page) => {
                tokens.byte(b'[');
                for &content in &page.marked {
                    let owner = owners.owner(content).and_then(|(element, _)| self.object(element));
                    write_object(tokens, owner);
                }
                tokens.byte(b']');
            }
            None => {
                let element = self.links.elements.get(key - contents.len());
                write_object(tokens, element.and_then(|element| self.object(*element)));
            }
        }
    }
}

/// The standard structure type for a role (ISO 32000-1, section 14.8.4).
fn structure_type(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Part => "Part",
        Role::Article => "Art",
        Role::Section => "Sect",
        Role::Heading(0 | 1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List { .. } => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Quote => "BlockQuote",
        // PDF 1.7 has no type of its own for it.
        Role::Aside => "Div",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Index => "Index",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::TableHeader => "TH",
        Role::TableCell => "TD",
        Role::Figure => "Figure",
        Role::Caption => "Caption",
        Role::Formula => "Formula",
        Role::Code => "Code",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::BibliographyEntry => "BibEntry",
        Role::Link => "Link",
        Role::Span => "Span",
    }
}
