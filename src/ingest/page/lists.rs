//! Lists that word processors write flat: each level a list, or a paragraph, beside the one that it belongs
//! into. They are put together before anything else looks at the page.

use html5ever::{LocalName, QualName, ns};

use super::tree::{Content, NodeId, Tree};
use super::words;

/// Deeper levels are taken for this one.
const DEEPEST: usize = 9;

/// Nests the flat lists of a page.
pub fn nest(tree: &mut Tree) {
    let parents: Vec<NodeId> = tree
        .descendants(Tree::ROOT)
        .filter(|&node| {
            tree.children(node)
                .any(|child| level_of_list(tree, child).is_some() || level_of_item(tree, child).is_some())
        })
        .collect();
    for parent in parents {
        nest_lists(parent, tree);
        gather_items(parent, tree);
    }
}

/// Google's lists: `<ul class="lst-kix_abc-1">` beside `<ul class="lst-kix_abc-0">`.
fn level_of_list(tree: &Tree, node: NodeId) -> Option<usize> {
    if !matches!(tree.tag(node), "ul" | "ol") {
        return None;
    }
    let class = tree.classes(node).find(|class| class.starts_with("lst-kix_"))?;
    let (_, level) = class.rsplit_once('-')?;
    level.parse::<usize>().ok().map(|level| level.min(DEEPEST))
}

fn nest_lists(parent: NodeId, tree: &mut Tree) {
    let children: Vec<NodeId> = tree.children(parent).collect();
    // The lists that are open, by level.
    let mut open: Vec<(usize, NodeId)> = Vec::new();
    for child in children {
        let Some(level) = level_of_list(tree, child) else {
            if tree.text(child).is_none_or(|text| !text.trim().is_empty()) {
                open.clear();
            }
            continue;
        };
        let starts_anew = tree.has_class(child, "start");
        open.retain(|(known, _)| *known < level || (*known == level && !starts_anew));
        match open.last().copied() {
            Some((known, list)) if known == level => {
                let items: Vec<NodeId> = tree.children(child).collect();
                items.into_iter().for_each(|item| tree.append(list, item));
                tree.detach(child);
            }
            Some((_, list)) => {
                if let Some(item) = last_item(tree, list) {
                    tree.append(item, child);
                }
                open.push((level, child));
            }
            None => open.push((level, child)),
        }
    }
}

fn last_item(tree: &Tree, list: NodeId) -> Option<NodeId> {
    tree.children(list).filter(|&child| tree.tag(child) == "li").last()
}

/// Word's items: paragraphs whose style says `mso-list:l0 level2 lfo1`.
fn level_of_item(tree: &Tree, node: NodeId) -> Option<usize> {
    if tree.tag(node) != "p" {
        return None;
    }
    let (_, list) = tree.attribute(node, "style")?.split_once("mso-list:")?;
    let level = list.split(';').next()?.split_whitespace().find_map(|word| word.strip_prefix("level"))?;
    level.parse::<usize>().ok().map(|level| level.clamp(1, DEEPEST))
}

fn gather_items(parent: NodeId, tree: &mut Tree) {
    let children: Vec<NodeId> = tree.children(parent).collect();
    let mut open: Vec<(usize, NodeId)> = Vec::new();
    for child in children {
        let Some(level) = level_of_item(tree, child) else {
            if tree.text(child).is_none_or(|text| !text.trim().is_empty()) {
                open.clear();
            }
            continue;
        };
        open.retain(|(known, _)| *known <= level);
        let list = match open.last().copied() {
            Some((known, list)) if known == level => list,
            outer => {
                let list = element(tree, if is_numbered(tree, child) { "ol" } else { "ul" }, child);
                match outer.and_then(|(_, outer)| last_item(tree, outer)) {
                    Some(item) => tree.append(item, list),
                    None => tree.insert_before(child, list),
                }
                open.push((level, list));
                list
            }
        };
        let item = element(tree, "li", child);
        tree.append(list, item);
        let contents: Vec<NodeId> = tree.children(child).collect();
        contents.into_iter().for_each(|content| tree.append(item, content));
        tree.detach(child);
    }
}

/// Whether an item's marker is a number or letter: `1.`, `a)`.
fn is_numbered(tree: &Tree, item: NodeId) -> bool {
    let text = words::visible(tree, item, &|_| false);
    let marker: String = text.chars().take_while(|next| !next.is_whitespace()).take(6).collect();
    marker.ends_with(['.', ')']) && marker.starts_with(|first: char| first.is_ascii_alphanumeric())
}

fn element(tree: &mut Tree, name: &str, like: NodeId) -> NodeId {
    let name = QualName::new(None, ns!(html), LocalName::from(name));
    let line = tree.line(like);
    tree.create(Content::Element { name: Box::new(name), attributes: Vec::new() }, line)
}
