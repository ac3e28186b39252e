//! An XML part as a tree, with the names that the office formats' specifications use.
//!
//! Prefixes are only names for namespaces, and there are two sets of namespaces for .docx (transitional
//! and strict). The tree knows each element by one name, `w:p`, whatever the file calls it.
//! Entities that a document type declares are never expanded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements nested deeper become siblings of the deepest: the text stays, the nesting ends.
const DEPTH_LIMIT: usize = 128;
const NODE_LIMIT: usize = 2_000_000;
const ATTRIBUTE_LIMIT: usize = 2_000_000;
const BINDING_LIMIT: usize = 256;

/// What precedes a namespace's own name in most of the formats' namespaces, both editions.
const STEMS: &[&str] = &[
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "urn:oasis:names:tc:opendocument:xmlns:",
];
/// The rest of a namespace after such a stem, and the prefix that it is known by here.
const NAMESPACES: &[(&str, &str)] = &[
    ("wordprocessingml/2006/main", "w"),
    ("wordprocessingml/main", "w"),
    ("officeDocument/2006/relationships", "r"),
    ("officeDocument/relationships", "r"),
    ("officeDocument/2006/math", "m"),
    ("officeDocument/math", "m"),
    ("drawingml/2006/wordprocessingDrawing", "wp"),
    ("drawingml/wordprocessingDrawing", "wp"),
    ("drawingml/2006/main", "a"),
    ("drawingml/main", "a"),
    ("drawingml/2006/picture", "pic"),
    ("drawingml/picture", "pic"),
    ("drawingml/2006/chart", "c"),
    ("drawingml/chart", "c"),
    ("drawingml/2006/diagram", "dgm"),
    ("drawingml/diagram", "dgm"),
    ("markup-compatibility/2006", "mc"),
    ("package/2006/relationships", "rel"),
    ("package/2006/metadata/core-properties", "cp"),
    ("office:1.0", "office"),
    ("style:1.0", "style"),
    ("text:1.0", "text"),
    ("table:1.0", "table"),
    ("drawing:1.0", "draw"),
    ("xsl-fo-compatible:1.0", "fo"),
    ("svg-compatible:1.0", "svg"),
    ("meta:1.0", "meta"),
];
/// Namespaces that have no such stem.
const OTHER_NAMESPACES: &[(&str, &str)] = &[
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.microsoft.com/office/drawing/2017/decorative", "adec"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://www.w3.org/1998/Math/MathML", "math"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
];

/// One part of a document.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

#[derive(Debug)]
struct Node<'a> {
    content: Content<'a>,
    first_child: Option<u32>,
    last_child: Option<u32>,
    next: Option<u32>,
}

#[derive(Debug)]
enum Content<'a> {
    /// Name, and where its attributes start and end.
    Element(Cow<'a, str>, u32, u32),
    Text(Cow<'a, str>),
}

impl<'a> Tree<'a> {
    /// Reads a part. The error says what is wrong with it.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        let mut builder = Builder { tree: Tree::default(), open: Vec::new(), bindings: Vec::new() };
        loop {
            let position = reader.buffer_position();
            let event = reader.read_event().map_err(|error| format!("{error} (at byte {position})"))?;
            let raw = text.get(position as usize..reader.buffer_position() as usize).unwrap_or_default();
            match event {
                Event::Start(start) => builder.start(raw, &start)?,
                Event::Empty(start) => {
                    builder.start(raw, &start)?;
                    builder.end();
                }
                Event::End(_) => builder.end(),
                Event::Text(part) => builder.text(part.decode().map_err(|error| error.to_string())?)?,
                Event::CData(part) => builder.text(part.decode().map_err(|error| error.to_string())?)?,
                Event::GeneralRef(reference) => builder.text(Cow::Owned(resolve(&reference)))?,
                Event::Eof if builder.open.is_empty() => return Ok(builder.tree),
                Event::Eof => return Err("it ends before its last element does".to_owned()),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            }
        }
    }

    /// The outermost element.
    pub fn root(&self) -> Option<Element<'_>> {
        let index = self.nodes.iter().position(|node| matches!(node.content, Content::Element(..)))?;
        Some(Element { tree: self, index: index as u32 })
    }
}

/// The character that a reference stands for; one that is not XML's own stays as it was written.
fn resolve(reference: &BytesRef) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    match name.as_ref() {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    open: Vec<Open>,
    /// Prefix, and the prefix that its namespace is known by here; inner ones last.
    bindings: Vec<(&'a str, Option<&'static str>)>,
}

struct Open {
    node: u32,
    /// How many bindings there were outside.
    bindings: usize,
}

impl<'a> Builder<'a> {
    /// Opens an element. `raw` is the tag as it stands in the text, which the tree borrows from.
    fn start(&mut self, raw: &'a str, start: &BytesStart) -> Result<(), String> {
        let inside = raw.trim_start_matches('<').trim_end_matches('>');
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        let name_length = start.name().as_ref().len();
        let name = inside.get(..name_length).ok_or("a tag cannot be read")?;

        let outer_bindings = self.bindings.len();
        let mut written: Vec<(&'a str, Cow<'a, str>)> = Vec::new();
        for attribute in Attributes::new(inside, name_length).with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let key = std::str::from_utf8(attribute.key.into_inner()).map_err(|error| error.to_string())?;
            let value = unescape(text_of(attribute.value)?);
            match key.strip_prefix("xmlns") {
                Some("") => self.bind("", &value),
                Some(prefix) if prefix.starts_with(':') => self.bind(&prefix[1..], &value),
                _ => written.push((key, value)),
            }
        }
        let first = self.tree.attributes.len();
        if first + written.len() > ATTRIBUTE_LIMIT {
            return Err("it has too many attributes".to_owned());
        }
        for (key, value) in written {
            let key = if key.contains(':') { self.known_name(key) } else { Cow::Borrowed(key) };
            self.tree.attributes.push((key, value));
        }
        let name = self.known_name(name);
        let attributes = (first as u32, self.tree.attributes.len() as u32);
        let node = self.push(Content::Element(name, attributes.0, attributes.1))?;
        self.open.push(Open { node, bindings: outer_bindings });
        Ok(())
    }

    fn end(&mut self) {
        if let Some(ended) = self.open.pop() {
            self.bindings.truncate(ended.bindings);
        }
    }

    fn text(&mut self, text: Cow<'a, str>) -> Result<(), String> {
        if self.open.is_empty() || text.is_empty() {
            return Ok(());
        }
        self.push(Content::Text(text)).map(drop)
    }

    fn push(&mut self, content: Content<'a>) -> Result<u32, String> {
        if self.tree.nodes.len() >= NODE_LIMIT {
            return Err("it has too many elements".to_owned());
        }
        let parent = match content {
            Content::Element(..) => self.open.get(self.open.len().min(DEPTH_LIMIT).wrapping_sub(1)),
            Content::Text(_) => self.open.last(),
        };
        let parent = parent.map(|open| open.node as usize);
        let index = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node { content, first_child: None, last_child: None, next: None });
        if let Some(parent) = parent.and_then(|parent| self.tree.nodes.get_mut(parent)) {
            let previous = parent.last_child.replace(index);
            match previous {
                None => parent.first_child = Some(index),
                Some(previous) => {
                    if let Some(previous) = self.tree.nodes.get_mut(previous as usize) {
                        previous.next = Some(index);
                    }
                }
            }
        }
        Ok(index)
    }

    fn bind(&mut self, prefix: &'a str, namespace: &str) {
        let known = OTHER_NAMESPACES.iter().find(|(known, _)| *known == namespace).or_else(|| {
            let rest = STEMS.iter().find_map(|stem| namespace.strip_prefix(stem))?;
            NAMESPACES.iter().find(|(known, _)| *known == rest)
        });
        if self.bindings.len() < BINDING_LIMIT {
            self.bindings.push((prefix, known.map(|(_, known)| *known)));
        }
    }

    /// The name under the prefix that its namespace is known by here; unknown ones stay as written.
    fn known_name(&self, written: &'a str) -> Cow<'a, str> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let binding = self.bindings.iter().rev().find(|(bound, _)| *bound == prefix);
        match binding.and_then(|(_, known)| *known) {
            Some(known) if known != prefix => Cow::Owned(format!("{known}:{local}")),
            _ => Cow::Borrowed(written),
        }
    }
}

fn text_of(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, String> {
    match bytes {
        Cow::Borrowed(bytes) => {
            std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| error.to_string())
        }
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|error| error.to_string()),
    }
}

/// A value that does not unescape stays as it is.
fn unescape(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains('&') {
        return value;
    }
    match quick_xml::escape::unescape(&value) {
        Ok(unescaped) => Cow::Owned(unescaped.into_owned()),
        Err(_) => value,
    }
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Element<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// A child of an element.
#[derive(Debug, Clone, Copy)]
pub enum Child<'t> {
    Element(Element<'t>),
    Text(&'t str),
}

impl<'t> Element<'t> {
    /// Tells it from all other elements of its tree; grows in document order.
    pub fn index(self) -> u32 {
        self.index
    }

    pub fn name(self) -> &'t str {
        match self.node().map(|node| &node.content) {
            Some(Content::Element(name, ..)) => name,
            _ => "",
        }
    }

    pub fn attribute(self, name: &str) -> Option<&'t str> {
        let Some(Content::Element(_, first, end)) = self.node().map(|node| &node.content) else {
            return None;
        };
        let attributes = self.tree.attributes.get(*first as usize..*end as usize)?;
        attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref())
    }

    /// Elements and text, in order.
    pub fn contents(self) -> impl Iterator<Item = Child<'t>> {
        let tree = self.tree;
        let mut next = self.node().and_then(|node| node.first_child);
        std::iter::from_fn(move || {
            let index = next?;
            let node = tree.nodes.get(index as usize)?;
            next = node.next;
            Some(match &node.content {
                Content::Element(..) => Child::Element(Element { tree, index }),
                Content::Text(text) => Child::Text(text),
            })
        })
    }

    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.contents().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// The attribute `name` of the child `child`.
    pub fn value(self, child: &str, name: &str) -> Option<&'t str> {
        self.child(child)?.attribute(name)
    }

    /// The text right inside, without that of inner elements.
    pub fn text(self) -> String {
        let texts = self.contents().filter_map(|child| match child {
            Child::Text(text) => Some(text),
            Child::Element(_) => None,
        });
        texts.collect()
    }

    /// The elements inside at any depth, in document order, without this one.
    pub fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let mut open: Vec<Element<'t>> = self.children().collect();
        open.reverse();
        std::iter::from_fn(move || {
            let element = open.pop()?;
            let inner = open.len();
            open.extend(element.children());
            open[inner..].reverse();
            Some(element)
        })
    }

    fn node(self) -> Option<&'t Node<'t>> {
        self.tree.nodes.get(self.index as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn names_follow_the_namespace_not_the_prefix() {
        let strict =
            r#"<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" x:val="1&amp;2" plain="a"/>"#;
        let tree = Tree::parse(strict).expect("well-formed");
        let root = tree.root().expect("an element");
        assert_eq!(root.name(), "w:p");
        assert_eq!(root.attribute("w:val"), Some("1&2"));
        assert_eq!(root.attribute("plain"), Some("a"));
        let inherited = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship/></Relationships>"#;
        let tree = Tree::parse(inherited).expect("well-formed");
        let names: Vec<_> =
            tree.root().expect("an element").children().map(|child| child.name().to_owned()).collect();
        assert_eq!(names, ["rel:Relationship"]);
    }

    #[test]
    fn entities_of_the_document_type_are_not_expanded() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "bang">]><a>&lt;&#65;&b;<![CDATA[<]]></a>"#;
        let tree = Tree::parse(bomb).expect("well-formed");
        assert_eq!(tree.root().expect("an element").text(), "<A&b;<");
    }

    #[test]
    fn nesting_ends_but_text_stays() {
        let depth = 50_000;
        let deep = format!("{}<t>text</t>{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let tree = Tree::parse(&deep).expect("well-formed");
        let root = tree.root().expect("an element");
        let texts: Vec<String> =
            root.descendants().map(|inner| inner.text()).filter(|it| !it.is_empty()).collect();
        assert_eq!(texts, ["text"]);
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        for broken in ["<a>", "<a></b>", "<a b='1></a>", "<a><b></a></b>"] {
            assert!(Tree::parse(broken).is_err(), "{broken}");
        }
    }
}
