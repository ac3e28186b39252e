//! From a page's text to its tree, as browsers read it, within bounds.
//!
//! What browsers do with broken markup is costly where somebody means it to be: they look through all
//! open elements at most tags, and open badly closed ones again in every paragraph. So deep nesting is
//! flattened before the tree builder sees it, and a page of too many elements is refused.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, QualName};

use super::bounds;
use super::tree::{Content, NodeId, Tree};

/// Elements nested deeper are flattened.
const DEPTH_LIMIT: u32 = 256;
/// More text formats than this, open at once, are ignored.
const FORMAT_LIMIT: u32 = 48;
/// A page with more nodes was not written to be read.
const NODE_LIMIT: usize = 2_000_000;
/// How many attributes of further `<html>` and `<body>` tags are taken over.
const ATTRIBUTE_LIMIT: usize = 64;

/// A page that holds more than any essay does.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Parses a whole page.
pub fn parse(text: &str) -> Result<Tree, TooLarge> {
    let bounded = bounds::limit_attributes(text);
    let builder = TreeBuilder::new(
        Sink { tree: RefCell::new(Tree::new()), line: Cell::new(1), depth: Cell::new(0) },
        TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
    );
    let guard =
        Guard { builder, formats: Cell::new(0), ignored: RefCell::default(), is_refused: Cell::new(false) };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    // A tendril holds less than 4 GB; pages are at most 16 MB long.
    queue.push_back(StrTendril::from_slice(&bounded));
    // The tokenizer stops after every script, to let it run.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    if tokenizer.sink.is_refused.get() {
        return Err(TooLarge);
    }
    Ok(tokenizer.sink.builder.sink.tree.into_inner())
}

/// Stands before the tree builder and keeps from it what would take too long.
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    /// How many formatting elements are open.
    formats: Cell<u32>,
    /// Start tags that were kept back: their end tags must be, too.
    ignored: RefCell<BTreeMap<LocalName, u32>>,
    is_refused: Cell<bool>,
}

impl Guard {
    /// Whether the tree builder may see this tag.
    fn admits(&self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        let is_format = matches!(
            name,
            "b" | "big" | "code" | "em" | "font" | "i" | "s" | "small" | "strike" | "strong" | "tt" | "u"
        );
        if tag.kind == TagKind::EndTag {
            let mut ignored = self.ignored.borrow_mut();
            if let Some(count) = ignored.get_mut(&tag.name).filter(|count| **count > 0) {
                *count -= 1;
                return false;
            }
            self.formats.set(self.formats.get().saturating_sub(u32::from(is_format)));
            return true;
        }
        // What follows these is not markup, which only the tree builder tells the tokenizer.
        let is_raw = matches!(
            name,
            "script"
                | "style"
                | "textarea"
                | "title"
                | "xmp"
                | "iframe"
                | "noembed"
                | "noframes"
                | "plaintext"
                | "html"
                | "head"
                | "body"
                | "br"
                | "img"
                | "hr"
        );
        let too_deep = self.builder.sink.depth.get() >= DEPTH_LIMIT && !is_raw;
        let too_many = is_format && self.formats.get() >= FORMAT_LIMIT;
        if too_deep || too_many {
            *self.ignored.borrow_mut().entry(tag.name.clone()).or_default() += 1;
            return false;
        }
        self.formats.set(self.formats.get() + u32::from(is_format));
        true
    }
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.is_refused.get() {
            return TokenSinkResult::Continue;
        }
        if self.builder.sink.tree.borrow().len() > NODE_LIMIT {
            self.is_refused.set(true);
            return TokenSinkResult::Continue;
        }
        match &token {
            Token::TagToken(tag) if !self.admits(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Builds the tree as the tree builder says.
struct Sink {
    tree: RefCell<Tree>,
    line: Cell<u32>,
    /// How deep the last node lies that was put into the tree.
    depth: Cell<u32>,
}

#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn create(&self, content: Content) -> NodeId {
        self.tree.borrow_mut().create(content, self.line.get())
    }

    /// Where a text starts that has been read to its end.
    fn line_of(&self, text: &str) -> u32 {
        let newlines = text.bytes().filter(|&byte| byte == b'\n').count() as u32;
        self.line.get().saturating_sub(newlines).max(1)
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = ();
    type ElemName<'a> = Name;

    fn finish(self) {}

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        let name = self.tree.borrow().name(*target).cloned();
        Name(name.unwrap_or_else(|| QualName::new(None, Namespace::default(), LocalName::default())))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        self.create(Content::Element { name: Box::new(name), attributes })
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.create(Content::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.create(Content::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(child) => {
                tree.append(*parent, child);
                self.depth.set(tree.depth(child));
            }
            NodeOrText::AppendText(text) => {
                self.depth.set(tree.depth(*parent));
                if let Some(last) = tree.last_text(*parent)
                    && let Some(before) = tree.text_mut(last)
                {
                    before.push_str(&text);
                } else {
                    let child = tree.create(Content::Text(text.to_string()), self.line_of(&text));
                    tree.append(*parent, child);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.tree.borrow().parent(*element).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        self.depth.set(self.tree.borrow().depth(*node).saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        match new {
            NodeOrText::AppendNode(child) => {
                tree.insert_before(*sibling, child);
                self.depth.set(tree.depth(child));
            }
            NodeOrText::AppendText(text) => {
                if let Some(previous) = tree.previous(*sibling)
                    && let Some(before) = tree.text_mut(previous)
                {
                    before.push_str(&text);
                } else {
                    let child = tree.create(Content::Text(text.to_string()), self.line_of(&text));
                    tree.insert_before(*sibling, child);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(own) = tree.attributes_mut(*target) else { return };
        for attribute in attributes {
            if own.len() < ATTRIBUTE_LIMIT && own.iter().all(|known| known.name != attribute.name) {
                own.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(*node) {
            tree.append(*new_parent, child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX).max(1));
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::ingest::page::tree::Tree;

    #[test]
    fn lines_are_those_of_the_file() {
        let tree = parse("<html>\n<body>\n<p>one\n<p>two\n</body>").unwrap();
        let lines: Vec<u32> = tree
            .descendants(Tree::ROOT)
            .filter(|&node| tree.tag(node) == "p")
            .map(|p| tree.line(p))
            .collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn hostile_nesting_ends() {
        for unit in
            ["<b>", "<a>", "<table>", "<table><tr><td>", "<div>", "<b><p>", "<select>", "<svg>", "<li>"]
        {
            let tree = parse(&format!("{}end", unit.repeat(20_000))).unwrap();
            let deepest = tree.descendants(Tree::ROOT).map(|node| tree.depth(node)).max();
            assert!(deepest.is_some_and(|depth| depth < 600), "{unit}: {deepest:?}");
            assert!(tree.descendants(Tree::ROOT).any(|node| tree.text(node) == Some("end")), "{unit}");
        }
        let formats: String = (0..5000).map(|index| format!("<p><font id={index}>x")).collect();
        assert!(parse(&formats).is_ok());
    }
}
