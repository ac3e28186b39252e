//! What the keys of metadata blocks mean. Writing tools agree on few of them, so each has many names.

use super::super::order;
use super::super::sheet::{Sheet, shorten};
use super::{LONGEST_EXCERPT, people};
use crate::dates;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Metadata, WrittenBiography};
use crate::manuscript::Dialect;
use crate::term_list::{self, Problem};
use crate::yaml::{Node, Value};

/// A value with more words than this is prose: it must not vanish unsaid.
const PROSE: usize = 8;
/// More authors, keywords or aliases than this are not an essay's.
const MOST: usize = 256;
/// More terms than this belong in a glossary file.
const MOST_TERMS: usize = 5_000;
/// Mappings whose entries are the essay's own, only further in.
const NESTED: [&str; 6] = ["extra", "params", "taxonomies", "meta", "metadata", "article"];

/// What is known by a key, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Subtitle,
    ShortTitle,
    Authors,
    /// What is said of the only author.
    Biography,
    /// The lower the number, the more it is the date that a reader means.
    Date(u8),
    /// A date, or whether the essay is published at all.
    Published,
    Draft,
    Status,
    Language,
    Rights,
    Source,
    Description,
    Keywords,
    Aliases,
    VideoId,
    Video,
    Bibliography,
    References,
    Glossary,
    /// Instructions to other programs.
    Technical,
}

/// A key in lower case, without what parts its words: `Last_Modified` and `last-modified` are one.
pub fn fold(key: &str) -> String {
    key.chars().filter(|next| next.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn field(key: &str) -> Option<Field> {
    Some(match fold(key).as_str() {
        "title" => Field::Title,
        "subtitle" | "subheading" | "tagline" | "dek" | "deck" | "standfirst" => Field::Subtitle,
        "shorttitle" | "titleshort" | "linktitle" | "runninghead" => Field::ShortTitle,
        "author" | "authors" | "by" | "creator" | "byline" | "writer" | "writers" => Field::Authors,
        "bio" | "biography" | "authorbio" | "aboutauthor" | "abouttheauthor" => Field::Biography,
        "date" => Field::Date(0),
        "published" => Field::Published,
        "publishdate" | "pubdate" | "datepublished" | "publishedat" | "publicationdate" | "posted"
        | "issued" | "publishedon" => Field::Date(1),
        "created" | "createdat" | "datecreated" | "creationdate" => Field::Date(2),
        "year" => Field::Date(3),
        "lastmod" | "lastmodified" | "lastmodifiedat" | "modified" | "updated" | "updatedat" => {
            Field::Date(4)
        }
        "draft" => Field::Draft,
        "publish" => Field::Published,
        "status" | "state" => Field::Status,
        "lang" | "language" | "locale" => Field::Language,
        "rights" | "license" | "licence" | "copyright" => Field::Rights,
        "url" | "source" | "canonical" | "canonicalurl" | "link" | "original" | "originalurl"
        | "externalurl" | "permalink" => Field::Source,
        "description" | "excerpt" | "summary" | "abstract" | "teaser" | "tldr" | "lead" => Field::Description,
        "tags" | "tag" | "keywords" | "keyword" | "categories" | "category" | "subjects" | "topics" => {
            Field::Keywords
        }
        "aliases" | "alias" | "slug" => Field::Aliases,
        "videoid" | "youtube" | "youtubeid" => Field::VideoId,
        "video" => Field::Video,
        "bibliography" => Field::Bibliography,
        "references" => Field::References,
        "glossary" | "glossaryterms" => Field::Glossary,
        "layout" | "headerincludes" | "latexheader" | "css" | "permalinkpattern" | "weight" | "type"
        | "id" | "cssclass" | "cssclasses" | "template" | "output" | "format" | "toc" | "csl" => {
            Field::Technical
        }
        _ => return None,
    })
}

/// Whether a key is one that metadata have.
pub fn is_known(key: &str) -> bool {
    field(key).is_some()
}

/// Whether the entries are sentences between two rules: no key means anything, and a value is prose.
pub fn is_prose(root: &Node) -> bool {
    let Value::Mapping(entries) = &root.value else { return false };
    let is_known = |name: &str| self::is_known(name) || NESTED.contains(&fold(name).as_str());
    entries.iter().all(|(key, _)| !key.as_text().is_some_and(is_known))
        && entries.iter().any(|(_, value)| has_prose(value))
}

/// The dialects that such keys are usual in.
pub fn hints(root: &Node) -> Vec<Dialect> {
    let Value::Mapping(entries) = &root.value else { return Vec::new() };
    let keys = entries.iter().filter_map(|(key, _)| key.as_text());
    keys.filter_map(|key| match key {
        "layout" | "permalink" => Some(Dialect::Jekyll),
        "bibliography" | "csl" | "nocite" | "header-includes" | "reference-section-title" => {
            Some(Dialect::Pandoc)
        }
        "cssclass" | "cssclasses" | "dg-publish" => Some(Dialect::Vault),
        "weight" | "linkTitle" | "lastmod" => Some(Dialect::Hugo),
        _ => None,
    })
    .collect()
}

/// Metadata in the making, block by block. What came first wins.
pub struct Gathered {
    file: String,
    metadata: Metadata,
    /// Of the date that was taken.
    date_rank: u8,
    /// What is said of an author who is named elsewhere in the block.
    biography: Option<String>,
    /// Blog engines split a category string at spaces.
    is_post: bool,
    pub diagnostics: Vec<Diagnostic>,
}

impl Gathered {
    pub fn new(file: &str) -> Self {
        Gathered {
            file: file.to_owned(),
            metadata: Metadata::default(),
            date_rank: u8::MAX,
            biography: None,
            is_post: order::date_of(file).is_some(),
            diagnostics: Vec::new(),
        }
    }

    /// The metadata; what there is to say of them goes to the sheet.
    pub fn finish(mut self, sheet: &mut Sheet) -> Metadata {
        if let Some(text) = self.biography.take() {
            self.tell_biography(text);
        }
        let mut found: Diagnostics = self.diagnostics.into_iter().collect();
        found.sort();
        sheet.diagnostics.extend(found);
        self.metadata
    }

    /// A biography without a name is its only author's.
    fn tell_biography(&mut self, text: String) {
        if let [author] = self.metadata.authors.as_slice() {
            let person = author.clone();
            self.metadata.biographies.push(WrittenBiography { person, text, links: Vec::new() });
            return;
        }
        let message = format!("nobody knows whose life this is: “{}”", shorten(&text, 60));
        let help = "write `author: {name: …, bio: …}`";
        let told = Diagnostic::note("unread-metadata", message).at(Place::file(&self.file)).help(help);
        self.diagnostics.push(told);
    }

    /// Whether a later block can belong to the same essay. One with another title starts a new essay.
    pub fn is_more_of_the_same(&self, root: &Node) -> bool {
        let Value::Mapping(entries) = &root.value else { return false };
        let title = entries.iter().find(|(key, _)| key.as_text().and_then(field) == Some(Field::Title));
        title.is_none_or(|(_, node)| self.metadata.title.is_none() || self.metadata.title == text(node))
    }

    /// Takes the entries of a block. `lines` are the file's.
    pub fn read(&mut self, root: &Node, lines: &[String]) {
        let entries = match &root.value {
            Value::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        self.is_post |= entries.iter().any(|(key, _)| key.as_text() == Some("layout"));
        let mut nested = Vec::new();
        for (key, node) in entries {
            let Some(name) = key.as_text() else { continue };
            if matches!(node.value, Value::Mapping(_)) && NESTED.contains(&fold(name).as_str()) {
                nested.push(node);
            } else {
                self.read_entry(name, node, lines);
            }
        }
        // What stands on top goes before what stands further in; nested only once.
        for inner in nested {
            if let Value::Mapping(entries) = &inner.value {
                for (key, node) in entries {
                    let Some(name) = key.as_text() else { continue };
                    self.read_entry(name, node, lines);
                }
            }
        }
    }

    fn read_entry(&mut self, name: &str, node: &Node, lines: &[String]) {
        let metadata = &mut self.metadata;
        let is_taken = match field(name) {
            Some(Field::Title) => {
                if let Value::Sequence(_) | Value::Mapping(_) = node.value {
                    let message = format!("`{name}` is {}, where text was expected", node.kind());
                    return self.complain(node, message, "put the title between quotation marks", lines);
                }
                let is_taken = set(&mut metadata.title, text(node).map(without_tags));
                self.tell_comment(name, node, lines);
                is_taken
            }
            Some(Field::Subtitle) => set(&mut metadata.subtitle, text(node).map(without_tags)),
            Some(Field::ShortTitle) => set(&mut metadata.short_title, text(node).map(without_tags)),
            Some(Field::Authors) => {
                for person in people::read(node).into_iter().take(MOST) {
                    if !metadata.authors.iter().any(|known| known.name == person.name) {
                        metadata.authors.push(person);
                    }
                }
                for biography in people::biographies(node).into_iter().take(MOST) {
                    if !metadata.biographies.iter().any(|known| known.person == biography.person) {
                        metadata.biographies.push(biography);
                    }
                }
                true
            }
            Some(Field::Biography) => set(&mut self.biography, text(node)),
            Some(Field::Date(rank)) => return self.read_date(rank, node, lines),
            Some(Field::Published) => match truth(node) {
                Some(is_published) => {
                    metadata.is_draft |= !is_published;
                    true
                }
                None => return self.read_date(1, node, lines),
            },
            Some(Field::Draft) => {
                metadata.is_draft |= truth(node) == Some(true);
                true
            }
            Some(Field::Status) => {
                let status = text(node).unwrap_or_default().to_lowercase();
                metadata.is_draft |= matches!(status.as_str(), "draft" | "unpublished");
                true
            }
            Some(Field::Language) => {
                let Some(written) = text(node) else { return };
                let Some(tag) = language_tag(&written) else {
                    let message = format!("`{}` is not a language that Garland knows", shorten(&written, 40));
                    return self.complain(node, message, "use a tag such as en, en-GB or lv", lines);
                };
                set(&mut metadata.language, Some(tag))
            }
            Some(Field::Rights) => set(&mut metadata.rights, rights(node)),
            Some(Field::Source) => {
                let is_address = |url: &String| url.starts_with("http://") || url.starts_with("https://");
                set(&mut metadata.source, text(node).filter(is_address));
                true
            }
            Some(Field::Description) => set(&mut metadata.description, text(node)),
            Some(Field::Keywords) => {
                for keyword in keywords(node, self.is_post).into_iter().take(MOST) {
                    let is_new = !metadata.keywords.iter().any(|known| known.eq_ignore_ascii_case(&keyword));
                    if is_new {
                        metadata.keywords.push(keyword);
                    }
                }
                true
            }
            Some(Field::Aliases) => {
                for alias in texts(node).into_iter().take(MOST) {
                    if !metadata.aliases.contains(&alias) {
                        metadata.aliases.push(alias);
                    }
                }
                true
            }
            Some(Field::VideoId) => {
                let video = text(node).map(|id| {
                    if id.starts_with("http") { id } else { format!("https://www.youtube.com/watch?v={id}") }
                });
                set(&mut metadata.video, video)
            }
            Some(Field::Video) => {
                set(&mut metadata.video, text(node).filter(|url| url.starts_with("http")));
                true
            }
            Some(Field::Bibliography) => {
                metadata.bibliographies.extend(texts(node).into_iter().take(MOST));
                true
            }
            Some(Field::Glossary) => return self.read_glossary(name, node, lines),
            Some(Field::References) => matches!(node.value, Value::Null),
            Some(Field::Technical) => true,
            None => !has_prose(node),
        };
        if !is_taken && (has_prose(node) || field(name) == Some(Field::References)) {
            self.tell_unread(name, node, lines);
        }
    }

    /// Terms that the essay defines; what is no list of them is told, word for word if need be.
    fn read_glossary(&mut self, name: &str, node: &Node, lines: &[String]) {
        if let Value::Scalar(_) = node.value {
            // `glossary: true` is for another program.
            if has_prose(node) {
                self.tell_unread(name, node, lines);
            }
            return;
        }
        let mut problems = Vec::new();
        let terms = term_list::from_yaml(node, &mut problems);
        for Problem { message, help, line, column } in problems.into_iter().take(MOST) {
            let at = Node { value: Value::Null, line, column };
            self.complain(&at, message, &help, lines);
        }
        self.metadata.terms.extend(terms.into_iter().take(MOST_TERMS));
    }

    fn read_date(&mut self, rank: u8, node: &Node, lines: &[String]) {
        let written = match &node.value {
            // `date: {created: …, modified: …}`
            Value::Mapping(entries) => {
                for (key, inner) in entries {
                    let name = key.as_text().unwrap_or_default();
                    if let Some(Field::Date(_) | Field::Published) = field(name)
                        && matches!(inner.value, Value::Scalar(_))
                    {
                        self.read_entry(name, inner, lines);
                    }
                }
                return;
            }
            // `[2024, 3, 4]`
            Value::Sequence(_) => texts(node).join("-"),
            Value::Scalar(_) => text(node).unwrap_or_default(),
            Value::Null => return,
        };
        match dates::read(&written) {
            Some(date) if rank < self.date_rank => {
                self.metadata.date = Some(date);
                self.date_rank = rank;
            }
            Some(_) => {}
            // What a program would fill in, and a time of change that nobody needs.
            None if written.is_empty() || rank > 2 || is_computed(&written) => {}
            None => {
                let message = format!("`{}` is not a date that Garland understands", shorten(&written, 40));
                self.complain(node, message, "write it as 2025-04-04", lines);
            }
        }
    }

    fn complain(&mut self, node: &Node, message: String, help: &str, lines: &[String]) {
        let at = self.place(node, lines);
        self.diagnostics.push(Diagnostic::warning("odd-metadata", message).at(at).help(help));
    }

    /// `title: We are #1` says `We are` to every YAML reader, which is not what its author meant.
    fn tell_comment(&mut self, name: &str, node: &Node, lines: &[String]) {
        let Some(line) = lines.get((node.line as usize).saturating_sub(1)) else { return };
        let value = line.split_once(':').map_or("", |(_, value)| value.trim_start());
        let is_whole = node.as_text().is_none_or(|text| text.contains('#')) || value.starts_with(['"', '\'']);
        if let Some((_, comment)) = value.split_once(" #").filter(|_| !is_whole) {
            let message =
                format!("`#{}` is a comment in YAML, and not part of the `{name}`", shorten(comment, 40));
            self.complain(node, message, "put the title between quotation marks if it is part of it", lines);
        }
    }

    fn tell_unread(&mut self, name: &str, node: &Node, lines: &[String]) {
        let (message, help) = if field(name) == Some(Field::References) {
            (
                "the sources in the metadata block are not read".to_owned(),
                "put them into references.bib beside the essays",
            )
        } else {
            let start = shorten(&first_prose(node).unwrap_or_default(), 60);
            (
                format!("`{name}` of the metadata block is not in the book: “{start}”"),
                "if readers should see it, move it into the text",
            )
        };
        let at = self.place(node, lines);
        self.diagnostics.push(Diagnostic::note("unread-metadata", message).at(at).help(help));
    }

    fn place(&self, node: &Node, lines: &[String]) -> Place {
        let line = lines.get((node.line as usize).saturating_sub(1));
        let excerpt = line.map(|text| shorten(text, LONGEST_EXCERPT));
        Place { excerpt, ..Place::column(&self.file, node.line, node.column) }
    }
}

/// The first value wins. Whether nothing was passed over.
fn set<T: PartialEq>(slot: &mut Option<T>, value: Option<T>) -> bool {
    if slot.is_none() {
        *slot = value;
        return true;
    }
    value.is_none() || *slot == value
}

/// A sentence in a value, or in one of its items.
fn first_prose(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => None,
        Value::Scalar(text) => {
            let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
            (words.count() > PROSE).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Value::Sequence(items) => items.iter().find_map(first_prose),
        Value::Mapping(entries) => entries.iter().find_map(|(_, value)| first_prose(value)),
    }
}

fn has_prose(node: &Node) -> bool {
    first_prose(node).is_some()
}

/// Text of a scalar, without surrounding or doubled white space, and without HTML's named characters.
fn text(node: &Node) -> Option<String> {
    let text = node.as_text()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = html_escape::decode_html_entities(&text).into_owned();
    (!text.is_empty()).then_some(text)
}

/// A title without the tags that pages set it with.
fn without_tags(text: String) -> String {
    const TAGS: [&str; 13] =
        ["em", "i", "b", "strong", "br", "span", "small", "sup", "sub", "code", "cite", "mark", "wbr"];
    const LONGEST: usize = 2_000;
    if !text.contains('<') || text.len() > LONGEST {
        return text;
    }
    let mut rest = text.as_str();
    let mut bare = String::with_capacity(rest.len());
    while let Some((before, tag)) = rest.split_once('<') {
        let name = tag.trim_start_matches('/');
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        bare.push_str(before);
        rest = match tag.split_once('>') {
            Some((_, after)) if TAGS.contains(&name.to_lowercase().as_str()) => {
                bare.push_str(if name == "br" { " " } else { "" });
                after
            }
            _ => {
                bare.push('<');
                tag
            }
        };
    }
    bare.push_str(rest);
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A list of texts; a single text is split at commas.
fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Sequence(items) => items.iter().flat_map(text_of_item).collect(),
        _ => text(node)
            .map(|all| {
                all.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
            })
            .unwrap_or_default(),
    }
}

/// Lists in lists are flattened.
fn text_of_item(item: &Node) -> Vec<String> {
    match item.value {
        Value::Sequence(_) => texts(item),
        _ => text(item).into_iter().collect(),
    }
}

/// Keywords; in a blog post, a text without commas is split at spaces, as blog engines do.
fn keywords(node: &Node, is_post: bool) -> Vec<String> {
    let found = match &node.value {
        Value::Scalar(text) if is_post && !text.contains(',') => {
            text.split_whitespace().map(str::to_owned).collect()
        }
        // `categories: {main: [a, b]}`
        Value::Mapping(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => texts(node),
    };
    let tidy = |keyword: String| keyword.trim_start_matches('#').trim().to_owned();
    found.into_iter().map(tidy).filter(|keyword| !keyword.is_empty()).collect()
}

/// `CC BY 4.0`, or `{text: …}`, `{holder: …, year: …}`.
fn rights(node: &Node) -> Option<String> {
    let Value::Mapping(entries) = &node.value else {
        return text(node).filter(|_| truth(node).is_none());
    };
    let get = |wanted: &str| entries.iter().find(|(key, _)| key.as_text() == Some(wanted));
    let part = |wanted: &str| get(wanted).and_then(|(_, value)| text(value));
    part("text").or_else(|| part("name")).or_else(|| part("type")).or_else(|| {
        match (part("holder"), part("year")) {
            (Some(holder), Some(year)) => Some(format!("© {year} {holder}")),
            (Some(holder), None) => Some(format!("© {holder}")),
            _ => part("statement"),
        }
    })
}

fn truth(node: &Node) -> Option<bool> {
    match node.as_text()?.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// A date that a program computes when it makes the page.
fn is_computed(text: &str) -> bool {
    matches!(text, "today" | "now" | "last-modified" | "none" | "n.d." | "undated")
        || ["Sys.", "\\today", "{{", "<%", "`r ", ":git"].iter().any(|mark| text.contains(mark))
}

/// A BCP 47 tag, from one, from a locale (`en_GB.UTF-8`) or from a language's name.
fn language_tag(text: &str) -> Option<String> {
    const NAMES: [(&str, &str); 28] = [
        ("english", "en"),
        ("german", "de"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("français", "fr"),
        ("spanish", "es"),
        ("español", "es"),
        ("italian", "it"),
        ("italiano", "it"),
        ("portuguese", "pt"),
        ("português", "pt"),
        ("dutch", "nl"),
        ("nederlands", "nl"),
        ("latvian", "lv"),
        ("latviešu", "lv"),
        ("lithuanian", "lt"),
        ("estonian", "et"),
        ("polish", "pl"),
        ("polski", "pl"),
        ("czech", "cs"),
        ("swedish", "sv"),
        ("danish", "da"),
        ("finnish", "fi"),
        ("russian", "ru"),
        ("ukrainian", "uk"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("vietnamese", "vi"),
    ];
    let lower = text.to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let tag = text.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let mut subtags = tag.split('-');
    let is_tag = subtags.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    }) && subtags.all(|subtag| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    is_tag.then_some(tag)
}
