//! Tags of site generators: `{% name … %}`, `{{ … }}`, `{{< name … >}}`, `{{% name … %}}`.
//!
//! What a tag means is its dialect's business; finding tags, pairing them, and rewriting the addresses
//! that they stand in is the same for all.

use std::collections::BTreeMap;

use super::lines::{Line, lines};
use super::marks::{Act, Draft, Element, Finder};
use crate::document::Span;

/// A tag as written.
#[derive(Debug, Clone)]
pub struct Tag<'t> {
    pub start: usize,
    pub end: usize,
    /// The sign that opens it: `%`, `<`, `#`, or a brace for `{{ … }}`.
    pub sign: char,
    pub name: &'t str,
    /// What follows the name.
    pub rest: &'t str,
    /// `{{< /name >}}`
    pub closes: bool,
    /// Between the braces.
    pub inside: &'t str,
}

/// What a tag stands for.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// Not a tag of this dialect.
    Text,
    /// It leaves nothing, and nothing is missing.
    Silent,
    Act(Act),
    /// An address, or the beginning of one.
    Address(String),
    /// What stands here until the closing tag belongs to an element.
    Opens(Element),
    /// Likewise with a quotation, and whose words it was.
    Quotes(String),
    /// What stands here until the closing tag is code.
    Code(Option<String>),
    /// What stands here until the closing tag is left as it is.
    Verbatim,
    /// What stands here until the closing tag is not for readers.
    Comment,
    /// It is left out, with what is missing.
    Missing(String),
}

/// What the tags of a dialect mean.
pub trait Dialect {
    fn meaning(&self, tag: &Tag, draft: &Draft) -> Meaning;

    /// The name that a closing tag closes: `endraw` closes `raw`.
    fn closed<'t>(&self, tag: &Tag<'t>) -> Option<&'t str>;

    /// Whether `{% … %}` and `{{ … }}` are tags, besides shortcodes with signs of their own.
    fn knows(&self, sign: char) -> bool;
}

const CLOSE: &str = "tag";

pub fn take(draft: &mut Draft, dialect: &impl Dialect) {
    let text = draft.text();
    if !text.contains("{{") && !text.contains("{%") {
        return;
    }
    let tags = tags(&text, dialect);
    let partners = pair(&tags, dialect);
    let mut at = 0;
    let mut done = 0;
    while let Some(tag) = tags.get(at) {
        let index = at;
        at += 1;
        if tag.start < done || draft.is_code(tag.start) {
            continue;
        }
        if let Some(end) = rewrite_address(draft, &text, &tags[index..], dialect) {
            done = end;
            continue;
        }
        if dialect.closed(tag).is_some() {
            if !partners.contains_key(&index) {
                draft.mark(tag.start, tag.end, Act::Nothing);
            }
            continue;
        }
        let partner = partners.get(&index).and_then(|last| tags.get(*last));
        done = apply(draft, &text, tag, partner, dialect.meaning(tag, draft)).unwrap_or(done);
    }
}

/// Marks a tag and its partner; gives the end of what needs no further reading.
fn apply(draft: &mut Draft, text: &str, tag: &Tag, partner: Option<&Tag>, meaning: Meaning) -> Option<usize> {
    let inside = partner.map(|last| text.get(tag.end..last.start).unwrap_or_default());
    match (meaning, partner) {
        (Meaning::Text, _) => {}
        (Meaning::Silent, _) => {
            draft.mark(tag.start, tag.end, Act::Nothing);
            silence(draft, partner);
        }
        (Meaning::Act(act), _) => {
            draft.mark(tag.start, tag.end, act);
            silence(draft, partner);
        }
        (Meaning::Address(address), _) => {
            draft.mark(tag.start, tag.end, Act::Text(address));
        }
        (Meaning::Opens(element), Some(last)) => {
            mark_alone(draft, text, tag, Act::Open { name: CLOSE, element });
            mark_alone(draft, text, last, Act::close(CLOSE));
        }
        (Meaning::Quotes(author), Some(last)) => {
            mark_alone(draft, text, tag, Act::Open { name: CLOSE, element: Element::Quote });
            mark_alone(draft, text, last, Act::Close { name: CLOSE, author });
        }
        (Meaning::Code(language), Some(last)) => {
            let code = dedent(inside.unwrap_or_default());
            mark_range(draft, text, tag.start, last.end, Act::Code { language, text: code });
            return Some(last.end);
        }
        (Meaning::Verbatim, Some(last)) => {
            draft.mark(tag.start, tag.end, Act::Nothing);
            draft.mark(last.start, last.end, Act::Nothing);
            return Some(last.end);
        }
        (Meaning::Comment, Some(last)) => {
            if draft.remove(tag.start, last.end, "removed-comment", "a comment") {
                draft.mark_known(tag.start, last.end, Act::Nothing);
            }
            return Some(last.end);
        }
        (
            Meaning::Opens(_) | Meaning::Quotes(_) | Meaning::Code(_) | Meaning::Verbatim | Meaning::Comment,
            None,
        ) => {
            miss(draft, tag, format!("the tag `{}`, which nothing closes", tag.name));
        }
        (Meaning::Missing(what), partner) => {
            miss(draft, tag, what);
            silence(draft, partner);
        }
    }
    None
}

fn miss(draft: &mut Draft, tag: &Tag, what: String) {
    let help = "write out what the site would show there, or leave the tag out";
    if draft.miss(tag.start, tag.end, "removed-tag", &what, help) {
        draft.mark_known(tag.start, tag.end, Act::Nothing);
    }
}

fn silence(draft: &mut Draft, partner: Option<&Tag>) {
    if let Some(last) = partner {
        draft.mark(last.start, last.end, Act::Nothing);
    }
}

/// Marks a tag as a block where it has its line for itself.
fn mark_alone(draft: &mut Draft, text: &str, tag: &Tag, act: Act) {
    mark_range(draft, text, tag.start, tag.end, act);
}

fn mark_range(draft: &mut Draft, text: &str, start: usize, end: usize, act: Act) {
    let before = text[..start].trim_end_matches([' ', '\t']);
    let after = text[end..].trim_start_matches([' ', '\t']);
    let starts_line = before.is_empty() || before.ends_with('\n');
    if starts_line && (after.is_empty() || after.starts_with('\n')) {
        draft.mark_lines(start, end, act);
    } else {
        draft.mark(start, end, act);
    }
}

/// Code without the line ends around it, and without the indentation that all its lines share.
fn dedent(code: &str) -> String {
    let code = code.strip_prefix('\n').unwrap_or(code);
    let filled = || lines(code).filter(|line| !line.is_blank());
    let indent = filled().map(|line| line.indent()).min().unwrap_or_default();
    let dedented: Vec<&str> =
        lines(code).map(|line: Line| line.text.get(indent..).unwrap_or_default()).collect();
    dedented.join("\n").trim_end().to_owned()
}

fn tags<'t>(text: &'t str, dialect: &impl Dialect) -> Vec<Tag<'t>> {
    const LONGEST: usize = 4000;
    let mut closes = ["%}", "%}}", ">}}", "}}"].map(|needle| (needle, Finder::new(text, needle)));
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find('{') {
        let start = at + step;
        let rest = &text[start..];
        let (open, close, sign) = if rest.starts_with("{%") {
            ("{%", "%}", '%')
        } else if rest.starts_with("{{%") {
            ("{{%", "%}}", '<')
        } else if rest.starts_with("{{<") {
            ("{{<", ">}}", '<')
        } else if rest.starts_with("{{#") {
            ("{{#", "}}", '#')
        } else if rest.starts_with("{{") {
            ("{{", "}}", '{')
        } else {
            at = start + 1;
            continue;
        };
        let from = start + open.len();
        let found = closes.iter_mut().find(|(needle, _)| *needle == close).and_then(|(_, it)| it.after(from));
        let Some(last) = found.filter(|last| last - start < LONGEST && dialect.knows(sign)) else {
            at = from;
            continue;
        };
        let inside = text[from..last].trim_matches('-').trim();
        tags.push(tag(start, last + close.len(), sign, inside));
        at = last + close.len();
    }
    tags
}

fn tag(start: usize, end: usize, sign: char, inside: &str) -> Tag<'_> {
    let closes = inside.starts_with('/') && !inside.starts_with("/*");
    let said = if closes { inside[1..].trim_start() } else { inside };
    let said = said.strip_suffix('/').unwrap_or(said);
    let length =
        said.find(|next: char| !(next.is_alphanumeric() || "-_./".contains(next))).unwrap_or(said.len());
    Tag { start, end, sign, name: &said[..length], rest: said[length..].trim(), closes, inside }
}

/// Which tag ends which: both ways, by their places in the list.
fn pair(tags: &[Tag], dialect: &impl Dialect) -> BTreeMap<usize, usize> {
    let mut partners = BTreeMap::new();
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut latest: Vec<usize> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let opener = match dialect.closed(tag) {
            None => {
                open.entry(tag.name).or_default().push(at);
                if tag.sign == '%' {
                    latest.push(at);
                }
                continue;
            }
            // Zola's `end` closes the tag that was opened last.
            Some("") => latest.pop(),
            Some(name) => open.get_mut(name).and_then(Vec::pop),
        };
        if let Some(opener) = opener {
            partners.insert(opener, at);
            partners.insert(at, opener);
        }
    }
    partners
}

/// Works out the address that a tag stands in, such as `({{ site.baseurl }}/about)`, and writes it in
/// the place of what the author wrote. Gives the address's end.
fn rewrite_address(draft: &mut Draft, text: &str, tags: &[Tag], dialect: &impl Dialect) -> Option<usize> {
    const LONGEST: usize = 300;
    let first = tags.first()?;
    let mut from = first.start.saturating_sub(LONGEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let line = &text[from..first.start];
    let line = &line[line.rfind('\n').map_or(0, |at| at + 1)..];
    let opening = line.rfind(['(', '"', '\'', ' ', '<', ')'])?;
    let around = &line[..opening];
    let quote = line[opening..].chars().next()?;
    let ends: &[char] = match quote {
        '(' if around.ends_with(']') => &[')', ' ', '\n'],
        '<' if around.ends_with("](") => &['>', '\n'],
        '"' if around.trim_end().ends_with('=') => &['"', '\n'],
        '\'' if around.trim_end().ends_with('=') => &['\'', '\n'],
        ' ' if is_link_definition(around) => &[' ', '\n'],
        _ => return None,
    };
    let start = first.start - (line.len() - opening) + 1;
    let mut address = text[start..first.start].to_owned();
    let mut at = first.start;
    let mut tags = tags.iter().peekable();
    let mut unknown: Vec<&Tag> = Vec::new();
    while let Some(next) = text[at..].chars().next().filter(|next| !ends.contains(next)) {
        if at - start > LONGEST || next == '[' {
            return None;
        }
        let Some(tag) = tags.next_if(|tag| tag.start == at) else {
            address.push(next);
            at += next.len_utf8();
            continue;
        };
        match dialect.meaning(tag, draft) {
            Meaning::Address(part) | Meaning::Act(Act::Text(part)) => address.push_str(&part),
            _ => unknown.push(tag),
        }
        at = tag.end;
    }
    let address = address.trim().replace(' ', "%20");
    draft.context.note_markup(Span::new(start, at));
    for tag in unknown {
        let what = format!("`{}` in an address", tag.inside);
        draft.miss(tag.start, tag.end, "removed-tag", &what, "write out the address");
    }
    draft.overwrite(start, at, &address);
    Some(at)
}

/// Whether an address follows, as in `[label]: address`; after a note's label there is text.
fn is_link_definition(before: &str) -> bool {
    let label = before.trim_start();
    label.starts_with('[') && !label.starts_with("[^") && label.ends_with("]:")
}

/// The arguments of a tag: `src="x.png" alt='y' 300`; names are empty where there are none.
pub fn arguments(rest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = rest.trim_start_matches('(').trim_end_matches(')');
    loop {
        rest = rest.trim_start_matches(|next: char| next.is_whitespace() || next == ',');
        if rest.is_empty() {
            return found;
        }
        let name_length = rest.find(|next: char| !(next.is_alphanumeric() || "-_".contains(next)));
        let named =
            name_length.filter(|length| *length > 0 && rest[*length..].trim_start().starts_with(['=', ':']));
        let mut name = "";
        if let Some(length) = named
            && !rest[length..].trim_start().starts_with(":/")
        {
            name = &rest[..length];
            rest = rest[length..].trim_start()[1..].trim_start();
        }
        let quote = rest.chars().next().filter(|next| matches!(next, '"' | '\'' | '`'));
        let value;
        (value, rest) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => rest.split_at(rest.find([' ', '\t', '\n', ',']).unwrap_or(rest.len())),
        };
        found.push((name, value));
    }
}

/// The value of the first of some names that is there.
pub fn argument<'a>(arguments: &[(&str, &'a str)], names: &[&str]) -> Option<&'a str> {
    let value =
        |name: &&str| arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    names.iter().find_map(value).filter(|value| !value.is_empty())
}

/// The picture that a tag's arguments name, by `src` or its like, or by an address without a name.
pub fn picture(arguments: &[(&str, &str)]) -> Option<Act> {
    const NAMES: [&str; 11] = [
        "src",
        "url",
        "image",
        "img",
        "image_path",
        "path",
        "file",
        "filename",
        "image_src",
        "source",
        "link",
    ];
    let is_picture = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or(address).to_ascii_lowercase();
        [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"].iter().any(|end| path.ends_with(end))
    };
    let named =
        argument(arguments, &NAMES[..4]).or_else(|| argument(arguments, &NAMES).filter(|it| is_picture(it)));
    let bare =
        || arguments.iter().find(|(name, value)| name.is_empty() && is_picture(value)).map(|(_, it)| *it);
    let address = named.or_else(bare)?;
    if address.contains("{{") || address.contains("page.") {
        return None;
    }
    let said = |names: &[&str]| argument(arguments, names).unwrap_or_default().to_owned();
    Some(Act::Picture {
        address: address.to_owned(),
        alt: said(&["alt", "image_alt"]),
        caption: caption(arguments),
    })
}

/// Everything that is said below a picture, as sentences.
fn caption(arguments: &[(&str, &str)]) -> String {
    let mut caption = String::new();
    for name in ["title", "caption", "image_caption", "description", "attr", "attribution", "credit"] {
        let Some(said) = argument(arguments, &[name]) else { continue };
        if !caption.is_empty() {
            caption.push_str(if caption.ends_with(['.', '!', '?', ':']) { " " } else { ". " });
        }
        caption.push_str(said);
    }
    caption
}

/// A video that a tag shows, as a link.
pub fn video(name: &str, arguments: &[(&str, &str)]) -> Option<Meaning> {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let provider = argument(arguments, &["provider"]).unwrap_or(&name).to_ascii_lowercase();
    let id = argument(arguments, &["id", "video_id", "videoId", "video", "youtubeId", "src", "url", ""])?;
    if id.contains(['{', ' ']) || id.contains("page.") {
        return None;
    }
    let (address, host) = if provider.contains("youtube") {
        (format!("https://www.youtube.com/watch?v={id}"), "YouTube")
    } else if provider.contains("vimeo") {
        (format!("https://vimeo.com/{id}"), "Vimeo")
    } else {
        return None;
    };
    let address = if id.contains("://") { id.to_owned() } else { address };
    let text = match argument(arguments, &["title", "caption"]) {
        Some(title) => title.to_owned(),
        None => format!("Video on {host}: {address}"),
    };
    Some(Meaning::Act(Act::Link { address, text }))
}
