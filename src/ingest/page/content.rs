//! Finds the element that holds the essay.

use super::clutter::CONTENT_NAMES;
use super::survey::Survey;
use super::tree::{NodeId, Tree};

/// How much of a page's prose an element must hold to be taken for the essay, in percent, where its
/// author names it so …
const NAMED: u64 = 45;
/// … and where only its size speaks for it.
const UNNAMED: u64 = 80;

/// The element that holds the essay; the body where none stands out.
pub fn find(tree: &Tree, survey: &Survey) -> NodeId {
    let body = tree.find(Tree::ROOT, "body").unwrap_or(Tree::ROOT);
    let elements: Vec<NodeId> =
        tree.descendants(body).filter(|&node| !tree.tag(node).is_empty() && !survey.is_off(node)).collect();
    let all = u64::from(survey.prose(body));
    let marks: [&dyn Fn(NodeId) -> bool; 4] = [
        &|node| tree.attribute(node, "itemprop") == Some("articleBody"),
        &|node| {
            tree.has_class_of(node, CONTENT_NAMES)
                || tree.attribute(node, "id").is_some_and(|id| CONTENT_NAMES.contains(&id))
        },
        &|node| tree.tag(node) == "article" || tree.attribute(node, "role") == Some("article"),
        &|node| {
            tree.tag(node) == "main"
                || tree.attribute(node, "role") == Some("main")
                || tree
                    .attribute(node, "id")
                    .is_some_and(|id| matches!(id, "content" | "main" | "main-content"))
        },
    ];
    for mark in marks {
        let marked: Vec<NodeId> = elements.iter().copied().filter(|&node| mark(node)).collect();
        if let Some(found) = choose(&marked, all, body, tree, survey) {
            return descend(found, 97, tree, survey);
        }
    }
    descend(body, UNNAMED, tree, survey)
}

/// The marked element that holds most, or the one around all of them where they share the essay.
fn choose(marked: &[NodeId], all: u64, body: NodeId, tree: &Tree, survey: &Survey) -> Option<NodeId> {
    let share = |node: NodeId| u64::from(survey.prose(node)) * 100;
    let largest = marked.iter().copied().max_by_key(|&node| (survey.prose(node), std::cmp::Reverse(node)))?;
    // An element inside another of the same mark says the same prose again.
    let mut outermost: Vec<NodeId> = Vec::new();
    for &node in marked {
        if outermost.last().is_none_or(|&last| !survey.holds(last, node)) {
            outermost.push(node);
        }
    }
    let together: u64 = outermost.iter().map(|&node| share(node)).sum();
    if together < all * NAMED {
        return None;
    }
    if share(largest) * 100 >= together * 70 {
        return (share(largest) >= all * NAMED).then_some(largest);
    }
    let worth: Vec<NodeId> = outermost.iter().copied().filter(|&node| share(node) * 20 >= together).collect();
    let first = *worth.first()?;
    let around = tree.ancestors(first).find(|&outer| worth.iter().all(|&node| survey.holds(outer, node)));
    Some(around.filter(|&outer| survey.holds(body, outer)).unwrap_or(body))
}

/// Goes into the element that holds nearly all, as long as there is one and nothing of the essay is left
/// behind.
fn descend(from: NodeId, percent: u64, tree: &Tree, survey: &Survey) -> NodeId {
    let mut node = from;
    loop {
        let all = u64::from(survey.prose(node));
        let into = tree.children(node).find(|&child| {
            matches!(tree.tag(child), "div" | "section" | "main" | "article" | "center" | "form" | "font")
                && all > 0
                && u64::from(survey.prose(child)) * 100 >= all * percent
        });
        let Some(into) = into else { return node };
        let leaves_something = tree.children(node).any(|child| {
            child != into
                && !survey.is_off(child)
                && tree.subtree(child).any(|inner| matches!(tree.tag(inner), "h1" | "h2" | "figure" | "p"))
        });
        if leaves_something && percent > UNNAMED {
            return node;
        }
        node = into;
    }
}
