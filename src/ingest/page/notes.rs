//! Footnotes, whatever program made them: a mark that leads to a text further down, and back.

use std::collections::{BTreeMap, BTreeSet};

use super::survey::Survey;
use super::tree::{NodeId, Tree};
use super::words;

#[derive(Debug, Default)]
pub struct Notes {
    /// Links and other marks, by the label of their note.
    pub marks: BTreeMap<NodeId, String>,
    /// Where the notes' texts are.
    pub bodies: BTreeMap<NodeId, String>,
    /// Labels in the notes, and links back to the text.
    pub backlinks: BTreeSet<NodeId>,
}

/// Text that stands in the line and is a note by its class.
const INLINE: [&str; 5] =
    ["modern-footnotes-footnote__note", "sidenote", "marginnote", "footnote-inline", "inline-footnote"];
/// What stands before such a text in place of a mark.
const INLINE_MARKS: [&str; 3] = ["modern-footnotes-footnote", "margin-toggle", "sidenote-number"];
const BACKLINKS: [&str; 8] = [
    "footnote-backref",
    "footnote-back",
    "reversefootnote",
    "mw-cite-backlink",
    "easy-footnote-to-top",
    "footnote-return",
    "backlink",
    "footnote-backlink",
];

/// Finds the notes whose marks stand in `content`.
pub fn find(tree: &Tree, survey: &Survey, content: NodeId, address: Option<&str>) -> Notes {
    let mut notes = Notes::default();
    let places = places(tree);
    let mut pairs: Vec<(NodeId, NodeId, String)> = Vec::new();
    for link in tree.descendants(content).filter(|&node| tree.tag(node) == "a" && !survey.is_off(node)) {
        let Some(fragment) = fragment(tree, link, address) else { continue };
        let Some(&target) = places.get(fragment.as_str()) else { continue };
        if is_mark(tree, survey, link, target) {
            pairs.push((link, target, fragment));
        }
    }
    let mut targets: Vec<u32> = pairs.iter().map(|(_, target, _)| survey.range(*target).start).collect();
    targets.sort_unstable();
    targets.dedup();
    let count = |node: NodeId| {
        let range = survey.range(node);
        targets.partition_point(|&target| target < range.end)
            - targets.partition_point(|&target| target < range.start)
    };
    for (link, target, fragment) in pairs {
        let Some(body) = body(tree, survey, target, link, content, &count) else { continue };
        let label = notes.bodies.entry(body).or_insert(fragment).clone();
        notes.marks.insert(link, label);
        if tree.tag(target) != "a"
            && body != target
            && is_short_mark(&words::visible(tree, target, &|_| false))
        {
            notes.backlinks.insert(target);
        }
    }
    let bodies: Vec<NodeId> = notes.bodies.keys().copied().collect();
    for body in bodies {
        find_backlinks(body, tree, survey, &places, &mut notes);
    }
    find_inline(tree, survey, content, &mut notes);
    notes
}

/// Elements by the identifiers that links name.
fn places(tree: &Tree) -> BTreeMap<&str, NodeId> {
    let mut places = BTreeMap::new();
    for node in tree.descendants(Tree::ROOT) {
        let name = tree.attribute(node, "name").filter(|_| tree.tag(node) == "a");
        for id in tree.attribute(node, "id").into_iter().chain(name) {
            places.entry(id).or_insert(node);
        }
    }
    places
}

/// What a link within the page leads to.
fn fragment(tree: &Tree, link: NodeId, address: Option<&str>) -> Option<String> {
    let (page, fragment) = tree.attribute(link, "href")?.split_once('#')?;
    let is_here =
        page.is_empty() || address.is_some_and(|own| own.trim_end_matches('/') == page.trim_end_matches('/'));
    (is_here && !fragment.is_empty()).then(|| fragment.to_owned())
}

/// Whether a link is the mark of a note: a number or sign that leads to a text further down.
fn is_mark(tree: &Tree, survey: &Survey, link: NodeId, target: NodeId) -> bool {
    let is_behind = survey.range(link).end <= survey.range(target).start;
    let is_heading = matches!(tree.tag(target), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let text = words::visible(tree, link, &|_| false);
    if !is_behind || is_heading || !is_short_mark(&text) {
        return false;
    }
    let role = ["role", "epub:type", "rel"].iter().filter_map(|name| tree.attribute(link, name));
    let is_named = role.clone().any(|role| matches!(role, "doc-noteref" | "noteref" | "footnote"));
    let hint = |node: NodeId| {
        let id = tree.attribute(node, "id");
        tree.classes(node).chain(id).any(|name| {
            let name = name.to_lowercase();
            [
                "footnote",
                "noteref",
                "fnref",
                "endnote",
                "easy-footnote",
                "sdfootnote",
                "sdendnote",
                "cite_ref",
                "reference",
                "ftnref",
            ]
            .iter()
            .any(|known| name.contains(known))
        })
    };
    let around: Vec<NodeId> = tree.ancestors(link).take(3).collect();
    is_named
        || hint(link)
        || tree.tag(target) == "li"
        || around.iter().any(|&outer| tree.tag(outer) == "sup" || hint(outer))
        || tree.descendants(link).any(|inner| tree.tag(inner) == "sup")
        || text.starts_with('[')
        || leads_back(tree, link, target)
}

/// Whether the target's paragraph holds a link to the mark.
fn leads_back(tree: &Tree, link: NodeId, target: NodeId) -> bool {
    const REACH: usize = 60;
    let names: Vec<&str> = ["id", "name"].iter().filter_map(|name| tree.attribute(link, name)).collect();
    let block = block_around(tree, target);
    tree.subtree(block).take(REACH).any(|inner| {
        tree.attribute(inner, "href")
            .and_then(|href| href.strip_prefix('#'))
            .is_some_and(|back| names.contains(&back))
    })
}

/// `1`, `[12]`, `a`, `*`, `†`, `iv`.
fn is_short_mark(text: &str) -> bool {
    let bare = text.trim().trim_matches(['[', ']', '(', ')', '.', ':', '^', ' ']);
    let is_number = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|next| "ivxIVX".contains(next));
    let is_letter = bare.len() == 1 && bare.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_sign =
        !bare.is_empty() && bare.chars().count() <= 3 && bare.chars().all(|next| "*†‡§¶‖#".contains(next));
    let is_named = ["note", "fn", "nb"].iter().any(|name| {
        let rest = bare.to_lowercase();
        rest.strip_prefix(name).is_some_and(|rest| {
            !rest.trim().is_empty()
                && rest.trim().len() <= 3
                && rest.trim().bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    is_number || is_roman || is_letter || is_sign || is_named
}

fn block_around(tree: &Tree, node: NodeId) -> NodeId {
    let is_block = |&node: &NodeId| words::is_block(tree.tag(node)) && tree.tag(node) != "br";
    if is_block(&node) { node } else { tree.ancestors(node).find(is_block).unwrap_or(node) }
}

/// The element that is the whole note.
fn body(
    tree: &Tree,
    survey: &Survey,
    target: NodeId,
    link: NodeId,
    content: NodeId,
    count: &impl Fn(NodeId) -> usize,
) -> Option<NodeId> {
    const STEPS: usize = 4;
    let holds_too_much = |node: NodeId| survey.holds(node, link) || survey.holds(node, content);
    let mut body = block_around(tree, target);
    if holds_too_much(body)
        || count(body) > 1
        || matches!(tree.tag(body), "body" | "html" | "table" | "tr" | "ol" | "ul")
    {
        return None;
    }
    for _ in 0..STEPS {
        let Some(outer) = tree.parent(body) else { break };
        let opens = tree.children(outer).find(|&child| survey.letters(child) > 0) == Some(body);
        let fits = matches!(tree.tag(outer), "li" | "div" | "aside" | "dd" | "p" | "blockquote");
        if !opens || !fits || count(outer) != 1 || holds_too_much(outer) || tree.tag(body) == "li" {
            break;
        }
        body = outer;
    }
    Some(body)
}

fn find_backlinks(
    body: NodeId,
    tree: &Tree,
    survey: &Survey,
    places: &BTreeMap<&str, NodeId>,
    notes: &mut Notes,
) {
    let start = survey.range(body).start;
    for node in tree.descendants(body) {
        let is_named = tree.has_class_of(node, &BACKLINKS)
            || ["role", "epub:type", "rev", "rel"]
                .iter()
                .filter_map(|name| tree.attribute(node, name))
                .any(|role| matches!(role, "doc-backlink" | "backlink" | "footnote" | "backlink noteref"));
        let leads_up = tree.tag(node) == "a"
            && tree
                .attribute(node, "href")
                .and_then(|href| href.rsplit_once('#'))
                .and_then(|(_, fragment)| places.get(fragment))
                .is_some_and(|&place| survey.range(place).start < start);
        if !is_named && !leads_up {
            continue;
        }
        let text = words::visible(tree, node, &|_| false);
        let is_sign = is_short_mark(&text)
            || !text.contains(char::is_alphanumeric)
            || matches!(
                text.to_lowercase().as_str(),
                "back" | "return" | "back to text" | "return to text" | "jump up" | "top"
            );
        if is_sign {
            notes.backlinks.insert(node);
        }
    }
}

/// Notes that stand in the line where their marks are.
fn find_inline(tree: &Tree, survey: &Survey, content: NodeId, notes: &mut Notes) {
    let mut number = 0;
    for node in tree.descendants(content) {
        if survey.is_off(node) || survey.letters(node) == 0 || !tree.has_class_of(node, &INLINE) {
            continue;
        }
        if tree.tag(node) != "span" && tree.tag(node) != "small" {
            continue;
        }
        number += 1;
        let label = format!("inline-note-{number}");
        notes.bodies.insert(node, label.clone());
        // The nearest mark before it; where there is none, the note is its own.
        let mut before = std::iter::successors(tree.previous(node), |&other| tree.previous(other)).take(4);
        let mark = before.find(|&other| tree.has_class_of(other, &INLINE_MARKS));
        notes.marks.insert(mark.unwrap_or(node), label);
    }
}
