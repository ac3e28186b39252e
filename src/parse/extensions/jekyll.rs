//! Liquid, as Jekyll's essays use it.

use super::attributes::callout_kind;
use super::marks::{Act, Draft, Element};
use super::templates::{Dialect, Meaning, Tag, argument, arguments, picture, video};

pub struct Liquid;

impl Dialect for Liquid {
    fn knows(&self, sign: char) -> bool {
        matches!(sign, '%' | '{')
    }

    fn closed<'t>(&self, tag: &Tag<'t>) -> Option<&'t str> {
        tag.name.strip_prefix("end").filter(|name| tag.sign == '%' && !name.is_empty())
    }

    fn meaning(&self, tag: &Tag, draft: &Draft) -> Meaning {
        if tag.sign == '{' {
            return output(tag.inside, draft);
        }
        let arguments = arguments(tag.rest);
        match tag.name {
            "raw" | "verbatim" => Meaning::Verbatim,
            "comment" => Meaning::Comment,
            "highlight" | "codeblock" | "mermaid" => {
                let language = arguments.iter().find(|(name, _)| name.is_empty() || *name == "lang");
                let language = language.map(|(_, language)| (*language).to_owned());
                Meaning::Code(language.or_else(|| (tag.name == "mermaid").then(|| tag.name.to_owned())))
            }
            "post_url" => Meaning::Address(format!("{}.md", tag.rest.trim_matches(['"', '\'']))),
            "link" => Meaning::Address(tag.rest.trim_matches(['"', '\'']).to_owned()),
            "blockquote" | "pullquote" | "quote" => {
                Meaning::Quotes(tag.rest.split("http").next().unwrap_or_default().trim().to_owned())
            }
            "if" | "elsif" | "else" | "unless" | "case" | "when" | "capture" | "assign" | "increment"
            | "decrement" | "break" | "continue" | "cycle" | "tablerow" => {
                Meaning::Missing(format!("the site's tag `{}`; the text around it stays", tag.name))
            }
            "seo" | "feed_meta" | "toc" | "more" | "excerpt" => Meaning::Silent,
            "include" | "include_relative" | "include_cached" => include(tag, &arguments),
            "img" | "image" | "picture" | "figure" | "responsive_image" => picture_tag(tag, &arguments),
            name => video(name, &arguments)
                .or_else(|| callout(name, argument(&arguments, &["title"])))
                .unwrap_or_else(|| missing(tag)),
        }
    }
}

fn callout(name: &str, title: Option<&str>) -> Option<Meaning> {
    let kind = callout_kind(name)?.to_owned();
    Some(Meaning::Opens(Element::Callout { kind, title: title.unwrap_or_default().to_owned() }))
}

fn missing(tag: &Tag) -> Meaning {
    Meaning::Missing(format!("what the site makes of the tag `{}`", tag.name))
}

/// `{% include figure.html src="x.png" caption="…" %}`.
fn include(tag: &Tag, arguments: &[(&str, &str)]) -> Meaning {
    let file = tag.rest.split_whitespace().next().unwrap_or_default();
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = name.split('.').next().unwrap_or(name);
    let named: Vec<(&str, &str)> = arguments.iter().copied().filter(|(name, _)| !name.is_empty()).collect();
    if let Some(act) = picture(&named) {
        return Meaning::Act(act);
    }
    let quotes = argument(&named, &["quote", "text", "content"]).map(str::to_owned);
    video(name, &named)
        .or_else(|| quotes.filter(|text| !text.contains("{{")).map(|text| Meaning::Act(Act::Text(text))))
        .unwrap_or_else(|| Meaning::Missing(format!("the file `{file}` that the site includes")))
}

/// `{% img left /images/x.png 300 200 'title' 'alt' %}`.
fn picture_tag(tag: &Tag, arguments: &[(&str, &str)]) -> Meaning {
    let Some(Act::Picture { address, alt, caption }) = picture(arguments) else { return missing(tag) };
    let quoted: Vec<&str> = tag.rest.split(['"', '\'']).skip(1).step_by(2).map(str::trim).collect();
    let bare =
        |place: usize| quoted.get(place).filter(|_| !tag.rest.contains('=')).map(|it| (*it).to_owned());
    let alt = if alt.is_empty() { bare(1).or_else(|| bare(0)).unwrap_or_default() } else { alt };
    Meaning::Act(Act::Picture { address, alt, caption })
}

/// `{{ … }}`: addresses, texts, and what the essay says about itself.
fn output(inside: &str, draft: &Draft) -> Meaning {
    let mut parts = inside.split('|').map(str::trim);
    let value = parts.next().unwrap_or_default();
    let is_address = parts.clone().any(|filter| {
        ["relative_url", "absolute_url", "prepend: site.", "prepend:site.", "link"]
            .iter()
            .any(|known| filter.starts_with(known))
    });
    let literal = value.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
    if let Some(literal) = literal {
        let literal = literal.to_owned();
        return if is_address { Meaning::Address(literal) } else { Meaning::Act(Act::Text(literal)) };
    }
    let metadata = &draft.context.manuscript.metadata;
    let known = match value {
        "site.baseurl"
        | "site.url"
        | "site.github.url"
        | "page.url"
        | "base_path"
        | "site.production_url" => {
            return Meaning::Address(String::new());
        }
        "page.title" => metadata.title.clone(),
        "page.subtitle" => metadata.subtitle.clone(),
        "page.description" | "page.excerpt" => metadata.description.clone(),
        "page.author" => metadata.authors.first().map(|author| author.name.clone()),
        "page.date" => metadata.date.map(|date| date.to_string()),
        _ => None,
    };
    match known {
        Some(text) => Meaning::Act(Act::Text(text)),
        None => Meaning::Missing(format!("what the site would show for `{{{{ {value} }}}}`")),
    }
}
