//! A parsed page: nodes in one vector, joined by their numbers.

use html5ever::{Attribute, QualName};

/// A node's number in its tree.
pub type NodeId = u32;

/// No node.
const NONE: NodeId = NodeId::MAX;

#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    first: NodeId,
    last: NodeId,
    previous: NodeId,
    next: NodeId,
    /// 1-based line of the file.
    line: u32,
    /// How far below the document.
    depth: u32,
    content: Content,
}

#[derive(Debug)]
pub enum Content {
    Document,
    Text(String),
    Element {
        name: Box<QualName>,
        attributes: Vec<Attribute>,
    },
    /// Comments and the like.
    Other,
}

impl Tree {
    pub const ROOT: NodeId = 0;

    pub fn new() -> Self {
        let mut tree = Tree { nodes: Vec::new() };
        tree.create(Content::Document, 1);
        tree
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn create(&mut self, content: Content, line: u32) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node {
            parent: NONE,
            first: NONE,
            last: NONE,
            previous: NONE,
            next: NONE,
            line,
            depth: 0,
            content,
        });
        id
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id as usize)
    }

    fn link(&self, id: NodeId, link: impl Fn(&Node) -> NodeId) -> Option<NodeId> {
        self.node(id).map(link).filter(|&id| id != NONE)
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.link(id, |node| node.parent)
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.link(id, |node| node.first)
    }

    fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.link(id, |node| node.last)
    }

    pub fn next(&self, id: NodeId) -> Option<NodeId> {
        self.link(id, |node| node.next)
    }

    pub fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.link(id, |node| node.previous)
    }

    pub fn line(&self, id: NodeId) -> u32 {
        self.node(id).map_or(1, |node| node.line)
    }

    pub fn depth(&self, id: NodeId) -> u32 {
        self.node(id).map_or(0, |node| node.depth)
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |&child| self.next(child))
    }

    /// The nodes around this one, innermost first.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&node| self.parent(node))
    }

    /// The node and all below it, in the order of the file.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), move |&node| self.first_child(node).or_else(|| self.after(node, id)))
    }

    /// The node that follows a node's subtree within `root`.
    pub fn after(&self, node: NodeId, root: NodeId) -> Option<NodeId> {
        let mut node = node;
        while node != root {
            if let Some(next) = self.next(node) {
                return Some(next);
            }
            node = self.parent(node)?;
        }
        None
    }

    /// All below the node.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.subtree(id).skip(1)
    }

    /// The text of a text node.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id)?.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn text_mut(&mut self, id: NodeId) -> Option<&mut String> {
        match &mut self.node_mut(id)?.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn name(&self, id: NodeId) -> Option<&QualName> {
        match &self.node(id)?.content {
            Content::Element { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The name of an element, in lower case; empty for other nodes.
    pub fn tag(&self, id: NodeId) -> &str {
        self.name(id).map_or("", |name| &name.local)
    }

    pub fn attributes(&self, id: NodeId) -> &[Attribute] {
        match self.node(id).map(|node| &node.content) {
            Some(Content::Element { attributes, .. }) => attributes,
            _ => &[],
        }
    }

    pub fn attributes_mut(&mut self, id: NodeId) -> Option<&mut Vec<Attribute>> {
        match &mut self.node_mut(id)?.content {
            Content::Element { attributes, .. } => Some(attributes),
            _ => None,
        }
    }

    /// An attribute's value without white space at its ends; `None` where that leaves nothing.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.raw_attribute(id, name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Likewise, but an empty value counts.
    pub fn raw_attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let attributes = self.attributes(id);
        attributes.iter().find(|attribute| &*attribute.name.local == name).map(|found| &*found.value)
    }

    pub fn classes(&self, id: NodeId) -> impl Iterator<Item = &str> {
        self.attribute(id, "class").unwrap_or_default().split_ascii_whitespace()
    }

    pub fn has_class(&self, id: NodeId, class: &str) -> bool {
        self.classes(id).any(|own| own.eq_ignore_ascii_case(class))
    }

    pub fn has_class_of(&self, id: NodeId, classes: &[&str]) -> bool {
        self.classes(id).any(|own| classes.iter().any(|class| own.eq_ignore_ascii_case(class)))
    }

    /// The first element below `id` with this tag.
    pub fn find(&self, id: NodeId, tag: &str) -> Option<NodeId> {
        self.descendants(id).find(|&node| self.tag(node) == tag)
    }

    /// The last line that the subtree reaches.
    pub fn last_line(&self, id: NodeId) -> u32 {
        self.subtree(id).map(|node| self.line(node)).max().unwrap_or(1)
    }

    /// Takes a node out of its place; it stays in the vector.
    pub fn detach(&mut self, id: NodeId) {
        let Some(node) = self.node_mut(id) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match self.node_mut(previous) {
            Some(before) => before.next = next,
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first = next;
                }
            }
        }
        match self.node_mut(next) {
            Some(after) => after.previous = previous,
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.last = previous;
                }
            }
        }
    }

    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.last_child(parent).unwrap_or(NONE);
        let depth = self.depth(parent) + 1;
        if let Some(node) = self.node_mut(child) {
            (node.parent, node.previous, node.depth) = (parent, last, depth);
        }
        match self.node_mut(last) {
            Some(before) => before.next = child,
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first = child;
                }
            }
        }
        if let Some(parent) = self.node_mut(parent) {
            parent.last = child;
        }
    }

    pub fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Some(node) = self.node(sibling) else { return };
        let (parent, previous, depth) = (node.parent, node.previous, node.depth);
        if let Some(node) = self.node_mut(child) {
            (node.parent, node.previous, node.next, node.depth) = (parent, previous, sibling, depth);
        }
        if let Some(node) = self.node_mut(sibling) {
            node.previous = child;
        }
        match self.node_mut(previous) {
            Some(before) => before.next = child,
            None => {
                if let Some(parent) = self.node_mut(parent) {
                    parent.first = child;
                }
            }
        }
    }

    /// The last child, if it is text that more text can join.
    pub fn last_text(&self, parent: NodeId) -> Option<NodeId> {
        self.last_child(parent).filter(|&last| self.text(last).is_some())
    }
}
