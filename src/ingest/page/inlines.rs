//! Which formats of the essay HTML an element of a page asks for.

use url::Url;

use super::Page;
use super::paragraph::{Format, tag};
use super::tree::NodeId;
use super::words;

/// The formats that an element adds to those that are open.
pub fn formats(page: &Page, node: NodeId, is_block: bool, open: &[Format]) -> Vec<Format> {
    let tree = page.tree;
    let name = tree.tag(node);
    let mut formats: Vec<Format> = Vec::new();
    let style = page.classes.of(tree, node);
    let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th");
    if let Some(language) = foreign_language(page, node) {
        formats.push(Format { open: tag("span", &[("lang", Some(&language))]), close: "</span>" });
    }
    if name == "a"
        && let Some(address) = tree.attribute(node, "href")
        && !open.iter().any(|format| format.close == "</a>")
        && !is_only_a_picture(page, node)
    {
        formats.push(Format { open: tag("a", &[("href", Some(&address_of(page, address)))]), close: "</a>" });
    }
    let is_bold = match style.bold {
        Some(bold) => bold,
        None => matches!(name, "b" | "strong"),
    };
    let is_italic = match style.italic {
        Some(italic) => italic,
        None => matches!(name, "i" | "em" | "cite" | "var"),
    };
    if name == "abbr"
        && let Some(long) = tree.attribute(node, "title")
    {
        formats.push(Format { open: tag("abbr", &[("title", Some(long))]), close: "</abbr>" });
    }
    let asks = [
        (is_bold && !is_heading, STRONG),
        (name == "dfn", DEFINED),
        (is_italic && name != "dfn", EMPHASIS),
        (style.struck || matches!(name, "del" | "s" | "strike"), STRUCK),
        (name == "mark", MARK),
        ((style.raised || name == "sup") && !holds_notes_only(page, node), RAISED),
        (style.lowered || name == "sub", LOWERED),
        (style.small_caps, SMALL_CAPS),
        (name == "ruby", RUBY),
        (name == "rt" && open.iter().any(|format| format.open == RUBY.0), READING),
        (name == "q", QUOTED),
        (matches!(name, "code" | "kbd" | "samp" | "tt"), CODE),
    ];
    for (asked, (opening, close)) in asks {
        let is_known = |format: &Format| format.open == opening && opening != QUOTED.0;
        if asked && (!is_block || opening != CODE.0) && !open.iter().chain(&formats).any(is_known) {
            formats.push(Format { open: opening.to_owned(), close });
        }
    }
    formats
}

/// A mark for the book's index that an element is, or that the words in it are, as an element without content.
pub fn index_mark(page: &Page, node: NodeId) -> Option<String> {
    const SAID: [&str; 9] = [
        "data-entry",
        "data-primary",
        "data-primary-sortas",
        "data-secondary",
        "data-secondary-sortas",
        "data-tertiary",
        "data-tertiary-sortas",
        "data-see",
        "data-seealso",
    ];
    let tree = page.tree;
    let name = tree.tag(node);
    let is_indexterm = tree.attribute(node, "data-type") == Some("indexterm");
    let is_span = name == "span"
        && (tree.attribute(node, "epub:type") == Some("index-term")
            || tree.attribute(node, "class").is_some_and(|it| it.split_whitespace().any(|it| it == "index")));
    if !(is_indexterm && matches!(name, "a" | "span") || is_span) {
        return None;
    }
    let mut attributes: Vec<(&str, Option<&str>)> = vec![("data-type", Some("indexterm"))];
    attributes.extend(SAID.iter().map(|name| (*name, tree.attribute(node, name))));
    let is_named = attributes
        .iter()
        .any(|(name, value)| matches!(*name, "data-entry" | "data-primary") && value.is_some());
    let shown = if is_named { String::new() } else { words::visible(tree, node, &|_| false) };
    if !is_named {
        attributes.push(("data-primary", Some(shown.as_str()).filter(|shown| !shown.trim().is_empty())));
    }
    (is_named || !shown.trim().is_empty()).then(|| format!("{}</a>", tag("a", &attributes)))
}

type Tags = (&'static str, &'static str);

const STRONG: Tags = ("<strong>", "</strong>");
const DEFINED: Tags = ("<dfn>", "</dfn>");
const EMPHASIS: Tags = ("<em>", "</em>");
const STRUCK: Tags = ("<del>", "</del>");
const MARK: Tags = ("<mark>", "</mark>");
const RAISED: Tags = ("<sup>", "</sup>");
const LOWERED: Tags = ("<sub>", "</sub>");
const SMALL_CAPS: Tags = ("<span class=\"smallcaps\">", "</span>");
const RUBY: Tags = ("<ruby>", "</ruby>");
const READING: Tags = ("<rt>", "</rt>");
const QUOTED: Tags = ("<q>", "</q>");
const CODE: Tags = ("<code>", "</code>");

/// The language of an element, where it is not the one of the page or of the text around it.
fn foreign_language(page: &Page, node: NodeId) -> Option<String> {
    let tree = page.tree;
    if node == page.content || matches!(tree.tag(node), "html" | "body") {
        return None;
    }
    let language = tree.attribute(node, "lang").or_else(|| tree.attribute(node, "xml:lang"))?;
    let own = page.head.metadata.language.as_deref().unwrap_or_default();
    let is_tag = language.len() <= 35
        && language.chars().all(|next| next.is_ascii_alphanumeric() || next == '-' || next == '_');
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    // Word processors stamp every run with a language; what differs by country only is no other one.
    let differs = primary(language) != primary(own) && !own.is_empty();
    (is_tag && differs && !matches!(primary(language).as_str(), "" | "x" | "zxx" | "und"))
        .then(|| language.replace('_', "-"))
}

/// A link to a larger copy of the picture that it holds says nothing in a book.
fn is_only_a_picture(page: &Page, node: NodeId) -> bool {
    const REACH: usize = 12;
    page.survey.letters(node) == 0
        && page
            .tree
            .descendants(node)
            .take(REACH)
            .any(|inner| matches!(page.tree.tag(inner), "img" | "picture"))
}

/// Marks of notes are raised in the book's own way.
fn holds_notes_only(page: &Page, node: NodeId) -> bool {
    const REACH: usize = 12;
    page.tree.descendants(node).take(REACH).any(|inner| page.notes.marks.contains_key(&inner))
}

/// Where a link leads: not through a search engine, and from the page's own address on.
fn address_of(page: &Page, address: &str) -> String {
    if let Ok(url) = Url::parse(address)
        && url.host_str().is_some_and(|host| host == "www.google.com")
        && url.path() == "/url"
        && let Some((_, target)) = url.query_pairs().find(|(name, _)| name == "q" || name == "url")
        && (target.starts_with("https://") || target.starts_with("http://"))
    {
        return target.into_owned();
    }
    let is_of_the_site = address.starts_with('/');
    match page.address.as_deref().and_then(|own| Url::parse(own).ok()) {
        Some(own) if is_of_the_site => {
            own.join(address).map_or_else(|_| address.to_owned(), |url| url.to_string())
        }
        _ => address.to_owned(),
    }
}
