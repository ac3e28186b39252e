//! The structure tree: what a reading machine reads.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::content::PageContent;
use super::links::Links;
use super::objects::{bytes, number, text};
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

/// Adds the structure tree; gives its root.
pub fn add(
    document: &mut Document,
    book: &PagedBook,
    owners: &Owners,
    pages: &[ObjectId],
    contents: &[PageContent],
    links: &Links,
) -> ObjectId {
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
    // Equal lengths, so that the order of the numbers is that of the names.
    let identifier = |index: usize| bytes(&format!("note-{index:08}"));
    let elements = book.structure.elements.par_iter().enumerate();
    let dictionaries: Vec<(ObjectId, Dictionary)> = elements
        .filter_map(|(index, element)| {
            let object = tree.object(ElementId(index))?;
            let mut dictionary = tree.element(ElementId(index), element);
            if element.role == Role::Note {
                dictionary.set("ID", identifier(index));
            }
            Some((object, dictionary))
        })
        .collect();
    for (object, dictionary) in dictionaries {
        document.set_object(object, dictionary);
    }
    let mut identified = Vec::new();
    for (index, element) in book.structure.elements.iter().enumerate() {
        if element.role == Role::Note
            && let Some(object) = tree.object(ElementId(index))
        {
            identified.extend([identifier(index), object.into()]);
        }
    }

    let parents = tree.parents(owners, contents);
    let keys = pages.len() + links.elements.len();
    let parents = document.add_object(dictionary! { "Nums" => parents });
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "ParentTree" => parents,
        "ParentTreeNextKey" => keys as i64,
    };
    if let Some(&Some((document_element, _))) = tree.objects.first() {
        dictionary.set("K", document_element);
    }
    if !identified.is_empty() {
        dictionary.set("IDTree", document.add_object(dictionary! { "Names" => identified }));
    }
    document.set_object(root, dictionary);
    root
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

    fn element(&self, id: ElementId, element: &Element) -> Dictionary {
        let parent = self.objects[id.0].and_then(|(_, parent)| parent).and_then(|parent| self.object(parent));
        let annotations = self.links.of(id);
        let role = match element.role {
            // A link that leads nowhere is no link.
            Role::Link if annotations.is_empty() => Role::Span,
            role => role,
        };
        let mut dictionary = dictionary! {
            "Type" => "StructElem",
            "S" => structure_type(role),
            "P" => parent.unwrap_or(self.root),
        };
        if let Some(language) = &element.language {
            dictionary.set("Lang", text(language));
        }
        if let Some(alternative) = &element.alternative {
            dictionary.set("Alt", text(alternative));
        }
        if let Some(attributes) = self.attributes(element) {
            dictionary.set("A", attributes);
        }

        let mut kids: Vec<Object> = Vec::new();
        let mut own_page = None;
        for child in &element.children {
            match *child {
                Child::Element(child) => kids.extend(self.object(child).map(Object::from)),
                Child::Content(content) => {
                    for &(page, number) in self.pieces(content) {
                        let own_page = *own_page.get_or_insert(page);
                        kids.push(self.marked_content(page, number, own_page));
                    }
                }
            }
        }
        for annotation in annotations {
            let mut reference = dictionary! { "Type" => "OBJR", "Obj" => annotation.object };
            if let Some(&page) = self.pages.get(annotation.page) {
                reference.set("Pg", page);
            }
            kids.push(reference.into());
        }
        if let Some(&page) = own_page.and_then(|page| self.pages.get(page)) {
            dictionary.set("Pg", page);
        }
        match kids.len() {
            0 => {}
            1 => dictionary.set("K", kids.swap_remove(0)),
            _ => dictionary.set("K", kids),
        }
        dictionary
    }

    /// A marked-content sequence as an element's child: its bare number on the element's own page.
    fn marked_content(&self, page: usize, number: usize, own_page: usize) -> Object {
        match self.pages.get(page) {
            Some(&object) if page != own_page => {
                dictionary! { "Type" => "MCR", "Pg" => object, "MCID" => number as i64 }.into()
            }
            _ => (number as i64).into(),
        }
    }

    fn attributes(&self, element: &Element) -> Option<Dictionary> {
        match element.role {
            Role::TableHeader => Some(dictionary! { "O" => "Table", "Scope" => "Column" }),
            Role::List { numerals } => {
                let numbering = match numerals {
                    Some(Numerals::Decimal) => "Decimal",
                    Some(Numerals::LowerLetter) => "LowerAlpha",
                    Some(Numerals::UpperLetter) => "UpperAlpha",
                    Some(Numerals::LowerRoman) => "LowerRoman",
                    Some(Numerals::UpperRoman) => "UpperRoman",
                    None if self.has_labels(element) => "Disc",
                    None => "None",
                };
                Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
            }
            Role::Figure => {
                let contents = element.children.iter().filter_map(|child| match child {
                    Child::Content(content) => self.boxes.get(content).copied(),
                    Child::Element(_) => None,
                });
                let hull = contents.reduce(join)?.map(number).to_vec();
                Some(dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => hull })
            }
            _ => None,
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

    /// The parent tree: who owns each page's marked content, then who owns each annotation.
    fn parents(&self, owners: &Owners, contents: &[PageContent]) -> Vec<Object> {
        let mut numbers = Vec::with_capacity(2 * (contents.len() + self.links.elements.len()));
        for (page, content) in contents.iter().enumerate() {
            let owner = |&content: &ContentId| {
                let owner = owners.owner(content).and_then(|(element, _)| self.object(element));
                owner.map_or(Object::Null, Object::from)
            };
            numbers.push((page as i64).into());
            numbers.push(content.marked.iter().map(owner).collect::<Vec<_>>().into());
        }
        for (index, &element) in self.links.elements.iter().enumerate() {
            numbers.push(((contents.len() + index) as i64).into());
            numbers.push(self.object(element).map_or(Object::Null, Object::from));
        }
        numbers
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
