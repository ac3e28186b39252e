//! Mathematics on a page: the TeX beside what a program made of it.

use super::tree::{NodeId, Tree};

/// A formula's TeX, and whether it stands on a line of its own.
pub fn read(tree: &Tree, node: NodeId) -> Option<(String, bool)> {
    match tree.tag(node) {
        "math" => {
            let annotation = tree.descendants(node).find(|&inner| {
                tree.tag(inner) == "annotation"
                    && tree
                        .attribute(inner, "encoding")
                        .is_some_and(|encoding| encoding.to_lowercase().contains("tex"))
            });
            let tex = annotation.map(|inner| raw_text(tree, inner)).filter(|tex| !tex.trim().is_empty());
            let tex = tex.or_else(|| tree.attribute(node, "alttext").map(str::to_owned))?;
            Some((clean(&tex), tree.attribute(node, "display") == Some("block")))
        }
        "script" => {
            let kind = tree.attribute(node, "type").filter(|kind| kind.starts_with("math/tex"))?;
            Some((clean(&raw_text(tree, node)), kind.contains("mode=display")))
        }
        _ => None,
    }
}

pub fn raw_text(tree: &Tree, node: NodeId) -> String {
    tree.descendants(node).filter_map(|inner| tree.text(inner)).collect()
}

/// TeX on one line, without the delimiters and the style that MediaWiki puts around it.
pub fn clean(tex: &str) -> String {
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = tex.strip_prefix("{\\displaystyle").and_then(|rest| rest.strip_suffix('}')).unwrap_or(&tex);
    inner.trim().trim_matches('$').trim().to_owned()
}
