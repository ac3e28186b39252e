//! Which block of the essay HTML an element of a page becomes.

use super::clutter::{FURNITURE, Verdict};
use super::paragraph::tag;
use super::record::Record;
use super::tree::{NodeId, Tree};
use super::words::{self, is_block};
use super::{Page, tables};
use crate::document::Numerals;

#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    /// It is no block.
    None,
    /// It has no meaning of its own, but ends the paragraph before it.
    Group,
    Paragraph,
    /// One line of text.
    Line {
        open: String,
        close: String,
    },
    List {
        open: String,
        close: &'static str,
    },
    Definitions,
    Item {
        open: &'static str,
        close: &'static str,
    },
    Element {
        open: String,
        close: &'static str,
    },
    Figure,
    Verse {
        is_preformatted: bool,
    },
    Table,
    /// Rows of a table, or one of them.
    Part {
        open: &'static str,
        close: &'static str,
    },
    Cell {
        open: String,
        close: &'static str,
    },
}

/// Classes of remarks that are set off, with what they are.
const CALLOUTS: [(&str, &str); 20] = [
    ("admonition", "note"),
    ("callout", "note"),
    ("kg-callout-card", "note"),
    ("wp-block-callout", "note"),
    ("infobox-note", "note"),
    ("note", "note"),
    ("notice", "note"),
    ("alert-info", "info"),
    ("info", "info"),
    ("tip", "tip"),
    ("hint", "hint"),
    ("important", "important"),
    ("warning", "warning"),
    ("alert-warning", "warning"),
    ("caution", "caution"),
    ("danger", "danger"),
    ("alert-danger", "danger"),
    ("key-takeaways", "summary"),
    ("takeaways", "summary"),
    ("tldr", "summary"),
];
const CALLOUT_TITLES: [&str; 5] =
    ["admonition-title", "callout-title", "alert-heading", "callout-heading", "kg-callout-title"];

/// What an element becomes.
pub fn of(page: &Page, node: NodeId, in_figure: bool) -> Block {
    let tree = page.tree;
    let name = tree.tag(node);
    if page.head.title == Some(node) && !is_heading(name) {
        return Block::Line { open: "<h1>".to_owned(), close: "</h1>".to_owned() };
    }
    if page.notes.bodies.contains_key(&node) {
        return Block::Group;
    }
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(tree, node, name),
        "ul" | "menu" | "dir" => Block::List { open: "<ul>".to_owned(), close: "</ul>" },
        "ol" => {
            let start = tree
                .attribute(node, "start")
                .filter(|start| start.parse::<u32>().is_ok_and(|start| start != 1));
            let kind =
                tree.attribute(node, "type").filter(|kind| Numerals::of_type(kind) != Numerals::Decimal);
            Block::List { open: tag("ol", &[("start", start), ("type", kind)]), close: "</ol>" }
        }
        "li" => match tree.parent(node).map(|list| tree.tag(list)) {
            Some("ul" | "ol" | "menu" | "dir") => Block::Item { open: "<li>", close: "</li>" },
            _ => Block::Group,
        },
        "dl" => Block::Definitions,
        "dt" if in_definitions(tree, node) => {
            Block::Line { open: "<dt>".to_owned(), close: "</dt>".to_owned() }
        }
        "dd" if in_definitions(tree, node) && !(in_figure && is_caption(tree, node)) => {
            Block::Item { open: "<dd>", close: "</dd>" }
        }
        "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" => table_part(tree, page, node, name),
        "caption" => Block::Line { open: "<caption>".to_owned(), close: "</caption>".to_owned() },
        "summary" => title(),
        "details" => callout("details"),
        "figcaption" if in_figure => caption(),
        "pre" | "listing" | "xmp" => Block::Verse { is_preformatted: true },
        "blockquote" if is_verse(tree, node) => Block::Verse { is_preformatted: false },
        "blockquote" => Block::Element { open: "<blockquote>".to_owned(), close: "</blockquote>" },
        _ if is_verse(tree, node) && is_block(name) => Block::Verse { is_preformatted: false },
        "figure" if !in_figure => Block::Figure,
        "p" => paragraph(tree, node, in_figure),
        _ if is_block(name) => group(tree, page, node, in_figure),
        _ => Block::None,
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn heading(tree: &Tree, node: NodeId, name: &str) -> Block {
    const REACH: usize = 6;
    let inner = || {
        tree.descendants(node)
            .take(REACH)
            .find_map(|inner| tree.attribute(inner, "id").or_else(|| tree.attribute(inner, "name")))
    };
    let id = tree.attribute(node, "id").or_else(inner).filter(|id| !id.contains(char::is_whitespace));
    Block::Line { open: tag(name, &[("id", id)]), close: format!("</{name}>") }
}

fn in_definitions(tree: &Tree, node: NodeId) -> bool {
    tree.ancestors(node).take(2).any(|outer| tree.tag(outer) == "dl")
}

fn title() -> Block {
    Block::Line { open: "<p class=\"title\">".to_owned(), close: "</p>".to_owned() }
}

fn caption() -> Block {
    Block::Line { open: "<figcaption>".to_owned(), close: "</figcaption>".to_owned() }
}

fn callout(kind: &str) -> Block {
    let open = tag("aside", &[("class", Some("callout")), ("data-kind", Some(kind))]);
    Block::Element { open, close: "</aside>" }
}

fn is_caption(tree: &Tree, node: NodeId) -> bool {
    const NAMES: [&str; 7] = [
        "wp-caption-text",
        "wp-caption-dd",
        "thumbcaption",
        "image-caption",
        "caption",
        "gallerytext",
        "figure-caption",
    ];
    tree.has_class_of(node, &NAMES)
}

fn paragraph(tree: &Tree, node: NodeId, in_figure: bool) -> Block {
    if in_figure && is_caption(tree, node) {
        return caption();
    }
    if tree.has_class_of(node, &CALLOUT_TITLES) {
        return title();
    }
    Block::Paragraph
}

fn group(tree: &Tree, page: &Page, node: NodeId, in_figure: bool) -> Block {
    if in_figure && is_caption(tree, node) {
        return caption();
    }
    if !in_figure && tree.has_class_of(node, &["wp-caption", "thumbinner", "captioned-image-container"]) {
        return Block::Figure;
    }
    if tree.has_class_of(node, &CALLOUT_TITLES) {
        return title();
    }
    if tree.attribute(node, "role") == Some("heading") {
        let level = tree.attribute(node, "aria-level").unwrap_or("2");
        let name = match level {
            "1" => "h1",
            "3" => "h3",
            "4" => "h4",
            "5" => "h5",
            "6" => "h6",
            _ => "h2",
        };
        return heading(tree, node, name);
    }
    let name = tree.tag(node);
    // A class that names the essay's own container says nothing about a remark in it.
    let is_remark = matches!(name, "div" | "aside" | "section")
        && !page.survey.holds_article(node)
        && node != page.content;
    if !is_remark {
        return Block::Group;
    }
    let is_admonition = tree.has_class_of(node, &["admonition", "callout", "alert"]);
    let mut found = CALLOUTS.iter().filter(|(class, _)| tree.has_class(node, class));
    // `admonition warning`: the more exact class wins.
    match found.next_back() {
        Some((class, kind))
            if is_admonition || name == "aside" || class.contains('-') || has_title(tree, node) =>
        {
            callout(kind)
        }
        Some((class, kind)) if matches!(*class, "note" | "notice" | "tip" | "warning" | "caution") => {
            callout(kind)
        }
        _ if name == "aside" || is_admonition => callout("note"),
        _ => Block::Group,
    }
}

fn has_title(tree: &Tree, node: NodeId) -> bool {
    tree.children(node).take(4).any(|child| tree.has_class_of(child, &CALLOUT_TITLES))
}

/// Whether the author's line breaks are meant to stay.
pub fn is_verse(tree: &Tree, node: NodeId) -> bool {
    tree.has_class_of(node, &["verse", "poem", "poetry", "wp-block-verse", "stanza", "lyrics"])
}

fn table_part(tree: &Tree, page: &Page, node: NodeId, name: &str) -> Block {
    if name == "table" {
        return if tables::is_layout(tree, &page.survey, node) { Block::Group } else { Block::Table };
    }
    let table = tree.ancestors(node).take(4).find(|&outer| tree.tag(outer) == "table");
    if table.is_none_or(|table| tables::is_layout(tree, &page.survey, table)) {
        return Block::Group;
    }
    match name {
        "thead" => Block::Part { open: "<thead>", close: "</thead>" },
        "tbody" | "tfoot" => Block::Part { open: "<tbody>", close: "</tbody>" },
        "tr" => Block::Part { open: "<tr>", close: "</tr>" },
        _ => {
            let span =
                |name| tree.attribute(node, name).filter(|span| span.parse().is_ok_and(|span: u32| span > 1));
            let name = if name == "th" { "th" } else { "td" };
            let open = tag(
                name,
                &[
                    ("align", tables::alignment(tree, node)),
                    ("colspan", span("colspan")),
                    ("rowspan", span("rowspan")),
                ],
            );
            Block::Cell { open, close: if name == "th" { "</th>" } else { "</td>" } }
        }
    }
}

/// The text of a listing as it stands; line numbers beside it are left out.
pub fn code_text(page: &Page, node: NodeId, record: &mut Record) -> String {
    let tree = page.tree;
    let mut text = String::new();
    let mut next = tree.first_child(node);
    while let Some(inner) = next {
        let verdict = page.survey.verdict(inner);
        let is_number = verdict.is_some() || words::is_block(tree.tag(inner)) && tree.tag(inner) == "button";
        if is_number {
            let verdict = verdict.unwrap_or(Verdict { rule: FURNITURE, reason: "a form" });
            record.gather(verdict, tree.line(inner), &words::visible(tree, inner, &|_| false));
            next = tree.after(inner, node);
            continue;
        }
        match tree.text(inner) {
            Some(part) => text.push_str(part),
            None if tree.tag(inner) == "br" => text.push('\n'),
            None if is_block(tree.tag(inner)) && !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
            None => {}
        }
        next = tree.first_child(inner).or_else(|| tree.after(inner, node));
    }
    text
}

/// `language-rust`, `lang-rust`, `highlight-source-rust`, `brush: rust`, on the listing or around it.
pub fn code_language(tree: &Tree, node: NodeId) -> Option<String> {
    let inside = tree.descendants(node).take(3).filter(|&inner| tree.tag(inner) == "code");
    let around =
        tree.ancestors(node).take(4).filter(|&outer| tree.tag(outer) == "div" || tree.tag(outer) == "figure");
    for candidate in std::iter::once(node).chain(inside).chain(around) {
        let declared = ["data-lang", "data-language"].iter().find_map(|name| tree.attribute(candidate, name));
        let brush = tree.attribute(candidate, "class").and_then(|class| class.split_once("brush:"));
        let brush = brush.map(|(_, rest)| rest.trim().split([' ', ';']).next().unwrap_or_default());
        let named = tree.classes(candidate).find_map(|class| {
            ["language-", "lang-", "highlight-source-"].iter().find_map(|prefix| class.strip_prefix(prefix))
        });
        let language = declared.or(brush).or(named).map(str::to_lowercase);
        let language = language.filter(|name| {
            !matches!(name.as_str(), "" | "none" | "text" | "plaintext" | "plain")
                && name.chars().all(|next| next.is_ascii_alphanumeric() || "+-#._".contains(next))
        });
        if language.is_some() {
            return language;
        }
    }
    None
}
