//! What a page holds besides its essay, told by the names that site builders give to it.

use super::styles;
use super::survey::Survey;
use super::tree::{NodeId, Tree};

/// Why an element is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub rule: &'static str,
    pub reason: &'static str,
}

pub const FURNITURE: &str = "removed-furniture";
pub const SCRIPT: &str = "removed-script";
pub const HIDDEN: &str = "removed-hidden";
pub const BYLINE: &str = "removed-byline";

/// A kind of clutter: what it is, how many letters it may hold at most, how much of it must be links (in
/// percent), and the words of classes and identifiers that tell it.
struct Kind {
    reason: &'static str,
    longest: u32,
    linked: u32,
    names: &'static [&'static str],
}

const ANY: u32 = u32::MAX;

const KINDS: &[Kind] = &[
    Kind {
        reason: "readers’ comments",
        longest: ANY,
        linked: 0,
        names: &[
            "comments",
            "comment-list",
            "commentlist",
            "comment-respond",
            "comment-form",
            "comment-section",
            "respond",
            "disqus",
            "disqus-thread",
            "giscus",
            "utterances",
            "isso-thread",
            "commento",
            "webmentions",
            "comments-link",
        ],
    },
    Kind {
        reason: "a cookie notice",
        longest: 3_000,
        linked: 0,
        names: &[
            "cookie",
            "cookies",
            "cookie-notice",
            "cookie-banner",
            "cookie-consent",
            "cookie-law-info-bar",
            "cookiebanner",
            "cookieconsent",
            "gdpr",
            "cc-window",
            "consent-banner",
            "onetrust-banner-sdk",
        ],
    },
    Kind {
        reason: "share links",
        longest: 400,
        linked: 0,
        names: &[
            "share",
            "sharing",
            "sharedaddy",
            "share-buttons",
            "share-bar",
            "share-links",
            "social",
            "social-share",
            "social-links",
            "social-icons",
            "addtoany",
            "addthis",
            "heateor",
            "likes",
            "jp-likes",
            "post-ufi",
            "post-likes",
            "clap",
            "sd-block",
        ],
    },
    Kind {
        reason: "a call to subscribe",
        longest: 1_200,
        linked: 0,
        names: &[
            "newsletter",
            "subscribe",
            "subscription",
            "subscription-widget",
            "subscribe-widget",
            "mc4wp",
            "mailchimp",
            "email-signup",
            "signup",
            "optin",
            "convertkit",
            "kg-signup-card",
            "paywall",
            "gh-subscribe",
            "gh-signup",
        ],
    },
    Kind {
        reason: "links to other pages",
        longest: 4_000,
        linked: 30,
        names: &[
            "related",
            "related-posts",
            "related-articles",
            "related-content",
            "related-links",
            "related-stories",
            "relatedposts",
            "jp-relatedposts",
            "yarpp",
            "read-next",
            "readnext",
            "read-more-links",
            "recommended",
            "recommendations",
            "more-posts",
            "also-like",
            "recent-posts",
            "popular-posts",
            "up-next",
            "post-feed",
            "next-posts",
        ],
    },
    Kind {
        reason: "a note on the author",
        longest: 2_000,
        linked: 0,
        names: &[
            "author-box",
            "author-bio",
            "authorbox",
            "about-author",
            "about-the-author",
            "author-info",
            "author-card",
            "author-description",
            "saboxplugin-wrap",
            "post-author-box",
            "pp-author-box",
        ],
    },
    Kind {
        reason: "tags and categories",
        longest: 600,
        linked: 30,
        names: &[
            "tags-links",
            "tag-links",
            "cat-links",
            "post-tags",
            "entry-tags",
            "article-tags",
            "tagcloud",
            "post-categories",
            "entry-categories",
            "tags",
            "tag-list",
            "entry-footer",
            "post-footer",
            "post-labels",
            "catlinks",
        ],
    },
    Kind {
        reason: "navigation",
        longest: 4_000,
        linked: 50,
        names: &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "pager",
            "nav-links",
            "post-nav",
            "post-navigation",
            "prev-next",
            "navbox",
            "navbox-styles",
            "mw-jump-link",
            "jump-link",
            "skip-link",
            "skip-to-content",
            "back-to-top",
            "blog-pager",
        ],
    },
    Kind {
        reason: "a table of contents",
        longest: 20_000,
        linked: 50,
        names: &[
            "toc",
            "ez-toc-container",
            "lwptoc",
            "table-of-contents",
            "tableofcontents",
            "toc-container",
            "toc-wrapper",
            "contents-list",
        ],
    },
    Kind {
        reason: "links for editing",
        longest: 60,
        linked: 0,
        names: &[
            "mw-editsection",
            "edit-link",
            "edit-post-link",
            "post-edit-link",
            "edit-this-page",
            "edit-section",
        ],
    },
    Kind {
        reason: "an advertisement",
        longest: 1_500,
        linked: 0,
        names: &[
            "adsbygoogle",
            "ad-container",
            "ad-slot",
            "ad-unit",
            "advert",
            "advertisement",
            "ads",
            "google-auto-placed",
            "sponsor-box",
        ],
    },
    Kind {
        reason: "page furniture",
        longest: 3_000,
        linked: 0,
        names: &[
            "sidebar",
            "widget",
            "widget-area",
            "popup",
            "modal",
            "toolbar",
            "printfooter",
            "noprint",
            "hatnote",
            "sistersitebox",
            "reading-time",
            "time-to-read",
            "view-count",
            "print-button",
            "site-header",
            "site-footer",
            "masthead",
            "colophon",
            "image-link-expand",
            "button-wrapper",
        ],
    },
];

/// Classes of text that stands on a page for screen readers only.
const UNSEEN: [&str; 5] =
    ["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-only"];
/// Classes of signs that make a heading's address known.
const PERMALINKS: [&str; 9] = [
    "headerlink",
    "anchor",
    "anchorjs-link",
    "hash-link",
    "heading-anchor",
    "permalink",
    "header-anchor",
    "heading-link",
    "header-link",
];
/// Lines that say who wrote the essay and when.
const BYLINES: [&str; 14] = [
    "byline",
    "entry-meta",
    "post-meta",
    "article-meta",
    "post-byline",
    "posted-on",
    "posted-by",
    "entry-date",
    "post-date",
    "entry-author",
    "post-author",
    "author-name",
    "article-byline",
    "post-info",
];
/// What a list writes before its items itself.
pub const MARKERS: &str = "the markers of list items";
/// Line numbers beside code.
const GUTTERS: [&str; 7] =
    ["gutter", "lineno", "linenos", "linenodiv", "rouge-gutter", "line-numbers-rows", "line-number"];
/// What a script made of formulas whose source stands beside it.
const RENDERED_FORMULAS: [&str; 6] = [
    "MathJax",
    "MathJax_Preview",
    "MathJax_Display",
    "MathJax_SVG",
    "katex-html",
    "mwe-math-fallback-image-inline",
];
/// Where the essay itself is.
pub const CONTENT_NAMES: &[&str] = &[
    "entry-content",
    "post-content",
    "post-body",
    "article-content",
    "article-body",
    "article__body",
    "articlebody",
    "gh-content",
    "post-full-content",
    "available-content",
    "blog-item-content",
    "blog-post-content",
    "td-post-content",
    "story-body",
    "e-content",
    "markdown-body",
    "mw-parser-output",
    "mw-content-text",
    "field--name-body",
    "field-name-body",
    "content-body",
    "wp-block-post-content",
    "theme-doc-markdown",
    "post__content",
    "post-text",
    "single-content",
    "entry__content",
    "rich-content",
    "post-single-content",
    "article-text",
    "body-text",
    "prose",
];

/// Elements whose text is not for readers, wherever they stand.
pub fn is_for_programs(tag: &str) -> bool {
    matches!(
        tag,
        "script" | "style" | "template" | "head" | "title" | "noembed" | "noframes" | "link" | "meta"
    )
}

/// Whether the page's author marks the element as its article.
pub fn is_article(tree: &Tree, node: NodeId) -> bool {
    matches!(tree.tag(node), "article" | "main")
        || tree.attribute(node, "itemprop") == Some("articleBody")
        || tree.has_class_of(node, CONTENT_NAMES)
}

/// Whether the element holds notes, which are of the essay.
fn is_for_notes(names: &[String]) -> bool {
    const NOTES: [&str; 8] = [
        "footnote",
        "footnotes",
        "endnotes",
        "endnote",
        "reflist",
        "references",
        "notes",
        "easy-footnotes-wrapper",
    ];
    names.iter().any(|name| NOTES.iter().any(|note| has_words(name, note)))
}

/// Tells whether an element is clutter, and of which kind.
pub fn judge(tree: &Tree, survey: &Survey, node: NodeId) -> Option<Verdict> {
    let tag = tree.tag(node);
    if matches!(tag, "" | "html" | "body" | "head" | "main") {
        return None;
    }
    let is_math_source =
        tag == "script" && tree.attribute(node, "type").is_some_and(|kind| kind.starts_with("math/tex"));
    if matches!(tag, "script" | "style" | "template" | "noscript" | "noembed" | "noframes") && !is_math_source
    {
        return Some(Verdict { rule: SCRIPT, reason: "what is for programs, not for readers" });
    }
    let furniture = |reason| Some(Verdict { rule: FURNITURE, reason });
    let letters = survey.letters(node);
    let is_minor = !survey.holds_article(node) && letters <= survey.letters(Tree::ROOT) / 2;
    if is_minor && styles::is_hidden(tree, node) && !holds_formula(tree, node) {
        return Some(Verdict { rule: HIDDEN, reason: "text that the page does not show" });
    }
    if tag == "input"
        && tree.attribute(node, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"))
    {
        return None;
    }
    if matches!(tag, "button" | "input" | "select" | "textarea" | "dialog" | "form" | "option" | "datalist")
        && is_minor
    {
        return furniture("a form");
    }
    let names = names(tree, node);
    if is_for_notes(&names) {
        return None;
    }
    if tree.has_class_of(node, &UNSEEN) {
        return furniture("text for screen readers only");
    }
    if tree.has_class_of(node, &RENDERED_FORMULAS) || tag == "mjx-container" {
        return furniture("renderings of formulas");
    }
    if tree.has_class_of(node, &GUTTERS) && letters > 0 {
        return furniture("line numbers");
    }
    if tag == "span" && tree.attribute(node, "style").is_some_and(|style| style.contains("mso-list:Ignore")) {
        return furniture(MARKERS);
    }
    if tag == "a" && tree.has_class_of(node, &PERMALINKS) && letters == 0 {
        return furniture("signs for a heading’s address");
    }
    if !is_minor {
        // Comments may be longer than the essay.
        let comments = KINDS.first()?;
        let is_comments =
            !survey.holds_article(node) && names.iter().any(|name| comments.names.contains(&name.as_str()));
        return if is_comments && tag != "article" { furniture(comments.reason) } else { None };
    }
    let role = tree.attribute(node, "role").unwrap_or_default();
    match (tag, role) {
        ("nav", _) | (_, "navigation" | "search" | "menu" | "doc-toc") => return furniture("navigation"),
        (_, "banner") => return furniture("the page’s header"),
        (_, "contentinfo") => return furniture("the page’s footer"),
        (_, "dialog" | "alertdialog") => return furniture("page furniture"),
        ("footer", _) if !tree.ancestors(node).any(|outer| tree.tag(outer) == "blockquote") => {
            return furniture("the page’s footer");
        }
        ("svg" | "canvas", _) if letters > 0 => return furniture("words in a drawing"),
        ("img" | "h1" | "h2" | "h3" | "code" | "pre" | "html", _) => return None,
        _ => {}
    }
    let is_byline = names.iter().any(|name| BYLINES.contains(&name.as_str()))
        || tree
            .attribute(node, "itemprop")
            .is_some_and(|property| matches!(property, "author" | "datePublished"));
    if is_byline && letters > 0 && letters <= 200 {
        return Some(Verdict { rule: BYLINE, reason: "a byline to the metadata" });
    }
    let percent = survey.linked(node) * 100 / letters.max(1);
    let kind = KINDS.iter().find(|kind| {
        letters <= kind.longest
            && (percent >= kind.linked || letters == 0)
            && names.iter().any(|name| kind.names.iter().any(|known| tells(name, known)))
    })?;
    furniture(kind.reason)
}

/// Whether the source of a formula is in the element: pages hide it behind a picture of the formula.
fn holds_formula(tree: &Tree, node: NodeId) -> bool {
    const REACH: usize = 40;
    tree.subtree(node).take(REACH).any(|inner| tree.tag(inner) == "math")
}

/// An element's classes and identifier, in lower case with hyphens between words.
fn names(tree: &Tree, node: NodeId) -> Vec<String> {
    const MOST: usize = 24;
    let id = tree.attribute(node, "id");
    tree.classes(node).take(MOST).chain(id).filter(|name| name.len() <= 60).map(hyphenate).collect()
}

/// `postMeta__author` → `post-meta-author`.
fn hyphenate(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            if !words.ends_with('-') {
                words.push('-');
            }
        } else {
            if letter.is_uppercase() && after_lower {
                words.push('-');
            }
            words.extend(letter.to_lowercase());
        }
        after_lower = letter.is_lowercase();
    }
    words
}

/// Whether a name tells of a kind: it is the known name, or a longer one that holds it as whole words. A
/// single word in a longer name says little: `market-share` is no share bar.
fn tells(name: &str, known: &str) -> bool {
    name == known || (known.contains('-') && has_words(name, known))
}

fn has_words(name: &str, words: &str) -> bool {
    name.match_indices(words).any(|(at, _)| {
        let before = &name[..at];
        let after = &name[at + words.len()..];
        (before.is_empty() || before.ends_with('-')) && (after.is_empty() || after.starts_with('-'))
    })
}

/// What stands outside the essay: the best word for it.
pub fn region(tree: &Tree, survey: &Survey, node: NodeId) -> Verdict {
    if let Some(verdict) = survey.verdict(node) {
        return verdict;
    }
    let reason = match tree.tag(node) {
        "header" => "the page’s header",
        "footer" => "the page’s footer",
        "aside" => "what stands beside the essay",
        _ => "what stands around the essay",
    };
    Verdict { rule: FURNITURE, reason }
}

#[cfg(test)]
mod tests {
    use super::{hyphenate, tells};

    #[test]
    fn names_are_compared_word_by_word() {
        assert_eq!(hyphenate("postMeta__author"), "post-meta-author");
        assert!(tells("my-share-buttons-2", "share-buttons"));
        assert!(tells("share", "share"));
        assert!(!tells("market-share", "share"));
        assert!(!tells("shareholders", "share"));
    }
}
