//! Shortcodes, as Hugo, Zola and Quarto have them; mdBook's directives.

use super::attributes::callout_kind;
use super::marks::{Act, Draft, Element};
use super::templates::{Dialect, Meaning, Tag, argument, arguments, picture, video};
use crate::manuscript::Dialect as Written;

pub struct Shortcodes;

impl Dialect for Shortcodes {
    fn knows(&self, sign: char) -> bool {
        // `{{ … }}` is looked at, and left alone where it is no call.
        sign != '#'
    }

    fn closed<'t>(&self, tag: &Tag<'t>) -> Option<&'t str> {
        match tag.sign {
            '<' => Some(tag.name).filter(|_| tag.closes),
            '%' if tag.name == "end" => Some(""),
            '%' => tag.name.strip_prefix("end"),
            _ => None,
        }
    }

    fn meaning(&self, tag: &Tag, draft: &Draft) -> Meaning {
        let is_pandoc = draft.context.manuscript.dialect == Written::Pandoc;
        let is_call = tag.rest.starts_with('(') || tag.name == "raw";
        if tag.sign != '<' && (is_pandoc || !is_call) {
            return Meaning::Text;
        }
        // `{{</* name */>}}` shows a shortcode instead of calling it.
        if let Some(shown) = tag.inside.strip_prefix("/*").and_then(|rest| rest.strip_suffix("*/")) {
            return Meaning::Act(Act::Literal(format!("{{{{<{shown}>}}}}")));
        }
        call(tag)
    }
}

fn call(tag: &Tag) -> Meaning {
    let arguments = arguments(tag.rest);
    let first = arguments.first().map(|(_, value)| *value).unwrap_or_default();
    let text = |name: &str| argument(&arguments, &[name]).unwrap_or_default().to_owned();
    match tag.name {
        "ref" | "relref" | "link" if !first.is_empty() => {
            Meaning::Address(argument(&arguments, &["path", ""]).unwrap_or(first).to_owned())
        }
        "figure" | "img" | "image" | "imgproc" | "picture" | "photo" | "resize_image" => {
            let at_first = || picture(&[("src", first)]).filter(|_| !first.is_empty());
            picture(&arguments).or_else(at_first).map_or_else(|| missing(tag), Meaning::Act)
        }
        "highlight" | "code" | "mermaid" | "katex" | "math" | "chart" => {
            let language = argument(&arguments, &["lang", "language", ""]).unwrap_or(tag.name);
            Meaning::Code(Some(language.to_owned()))
        }
        "raw" => Meaning::Verbatim,
        "comment" => Meaning::Comment,
        "quote" | "blockquote" | "pullquote" | "epigraph" => {
            let said = ["author", "by", "cite", "attribution", "source"].map(&text);
            let said: Vec<String> = said.into_iter().filter(|said| !said.is_empty()).collect();
            let bare = argument(&arguments, &[""]).unwrap_or_default().to_owned();
            Meaning::Quotes(if said.is_empty() { bare } else { said.join(", ") })
        }
        "details" | "expand" | "spoiler" | "collapse" => {
            let title = argument(&arguments, &["summary", "title", ""]).unwrap_or_default();
            Meaning::Opens(Element::Callout { kind: "note".to_owned(), title: title.to_owned() })
        }
        "rawhtml" | "div" | "section" | "center" | "columns" | "column" | "tabs" | "tab" | "rtl" | "ltr" => {
            Meaning::Opens(Element::Division)
        }
        "mark" => Meaning::Opens(Element::Highlight),
        "smallcaps" | "sc" => Meaning::Opens(Element::SmallCaps),
        "toc" | "pagebreak" | "TOC" | "br" | "clear" => Meaning::Silent,
        name => callout(name, &arguments, text("title"))
            .or_else(|| video(name, &arguments))
            .unwrap_or_else(|| missing(tag)),
    }
}

/// `{{< notice tip >}}`, `{{< admonition type="warning" title="…" >}}`, `{{% note %}}`.
fn callout(name: &str, arguments: &[(&str, &str)], title: String) -> Option<Meaning> {
    let kind = callout_kind(name)?;
    let named = argument(arguments, &["type", "kind", "style"]).and_then(callout_kind);
    let bare: Vec<&str> =
        arguments.iter().filter(|(name, _)| name.is_empty()).map(|(_, value)| *value).collect();
    let first = bare.first().and_then(|first| callout_kind(first));
    let spoken = bare.get(usize::from(first.is_some())).map(|title| (*title).to_owned());
    let title = if title.is_empty() { spoken.unwrap_or_default() } else { title };
    let kind = named.or(first).unwrap_or(kind).to_owned();
    Some(Meaning::Opens(Element::Callout { kind, title }))
}

fn missing(tag: &Tag) -> Meaning {
    Meaning::Missing(format!("what the site makes of the shortcode `{}`", tag.name))
}

/// mdBook's `{{#include file.rs}}` and its like.
pub struct Directives;

impl Dialect for Directives {
    fn knows(&self, sign: char) -> bool {
        sign == '#'
    }

    fn closed<'t>(&self, _: &Tag<'t>) -> Option<&'t str> {
        None
    }

    fn meaning(&self, tag: &Tag, _: &Draft) -> Meaning {
        match tag.name {
            "title" => Meaning::Silent,
            "include" | "playground" | "rustdoc_include" | "playpen" => {
                Meaning::Missing(format!("the file `{}` that mdBook includes", tag.rest))
            }
            _ => Meaning::Text,
        }
    }
}
