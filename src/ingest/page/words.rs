//! The text of a part of a page, as a reader would copy it.

use super::clutter::is_for_programs;
use super::tree::{NodeId, Tree};

/// The visible text of a subtree. Blocks are parted by line ends; what `skips` names is left out.
pub fn visible(tree: &Tree, root: NodeId, skips: &dyn Fn(NodeId) -> bool) -> String {
    let mut text = String::new();
    let mut next = Some(root);
    while let Some(node) = next {
        let tag = tree.tag(node);
        if is_for_programs(tag) || skips(node) {
            next = tree.after(node, root);
            continue;
        }
        if let Some(part) = tree.text(node) {
            text.push_str(part);
        } else if is_block(tag) && !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        next = tree.first_child(node).or_else(|| {
            // Text behind a block does not run on from it.
            let after = tree.after(node, root);
            let leaves_block = std::iter::successors(Some(node), |&inner| {
                (tree.next(inner).is_none() && inner != root).then(|| tree.parent(inner)).flatten()
            });
            if leaves_block.take(300).any(|outer| is_block(tree.tag(outer))) && !text.ends_with('\n') {
                text.push('\n');
            }
            after
        });
    }
    tidy(&text)
}

/// Without blank lines and white space at the ends of lines.
fn tidy(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whether an element stands on lines of its own.
pub fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
