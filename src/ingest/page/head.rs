//! What a page says about its essay: in its head, in JSON-LD, in the byline.

use serde_json::Value;

use super::survey::Survey;
use super::tree::{NodeId, Tree};
use crate::dates;
use crate::document::{Date, Metadata, Person};
use crate::ingest::metadata_block::people::split_names;

/// The metadata, and the elements that say the same on the page.
#[derive(Debug, Default)]
pub struct Head {
    pub metadata: Metadata,
    /// The heading that is the title.
    pub title: Option<NodeId>,
    /// The line below the title, which the metadata hold now.
    pub subtitle: Option<NodeId>,
}

/// Reads all that a page says; `content` is the element that holds the essay.
pub fn read(tree: &Tree, survey: &Survey, content: NodeId) -> Head {
    let page = Page { tree, survey, content, tags: Tags::read(tree), linked: LinkedData::read(tree) };
    let (title, heading) = page.title();
    let subtitle = page.subtitle(heading);
    let metadata = Metadata {
        title,
        subtitle: subtitle.map(|node| words(tree, node)),
        authors: page.authors(),
        date: page.date(),
        language: page.language(),
        rights: page.rights(),
        source: page.source(),
        description: page.description(),
        keywords: page.keywords(),
        ..Metadata::default()
    };
    Head { metadata, title: heading, subtitle }
}

struct Page<'a> {
    tree: &'a Tree,
    survey: &'a Survey,
    content: NodeId,
    tags: Tags,
    linked: LinkedData,
}

/// The contents of `<meta>` tags by lower-case name, in the order of the file.
struct Tags(Vec<(String, String)>);

impl Tags {
    fn read(tree: &Tree) -> Self {
        const MOST: usize = 500;
        let metas = tree.descendants(Tree::ROOT).filter(|&node| tree.tag(node) == "meta");
        let pair = |node| {
            let name = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .find_map(|attribute| tree.attribute(node, attribute))?;
            Some((name.to_lowercase(), collapse(tree.attribute(node, "content")?)))
        };
        Tags(metas.filter_map(pair).filter(|(_, content)| !content.is_empty()).take(MOST).collect())
    }

    fn all<'t>(&'t self, names: &'t [&str]) -> impl Iterator<Item = &'t str> {
        let of = move |wanted: &'t str| self.0.iter().filter(move |(name, _)| name == wanted);
        names.iter().flat_map(move |name| of(name)).map(|(_, content)| content.as_str())
    }

    fn first<'t>(&'t self, names: &'t [&str]) -> Option<&'t str> {
        self.all(names).next()
    }
}

/// What JSON-LD says of the article.
#[derive(Default)]
struct LinkedData {
    headline: Option<String>,
    authors: Vec<String>,
    date: Option<Date>,
    description: Option<String>,
    keywords: Vec<String>,
}

impl LinkedData {
    fn read(tree: &Tree) -> Self {
        let scripts = tree.descendants(Tree::ROOT).filter(|&node| {
            tree.tag(node) == "script" && tree.attribute(node, "type") == Some("application/ld+json")
        });
        let mut found = LinkedData::default();
        for script in scripts.take(20) {
            let text: String = tree.children(script).filter_map(|child| tree.text(child)).collect();
            let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { continue };
            let things = things(&value);
            if let Some(article) = things.iter().find(is_article) {
                found.take_over(article, &things);
            }
        }
        found
    }

    fn take_over(&mut self, article: &Value, things: &[&Value]) {
        let text = |key: &str| article.get(key).and_then(Value::as_str).map(collapse);
        self.headline = self.headline.take().or_else(|| text("headline").or_else(|| text("name")));
        self.date = self.date.or_else(|| text("datePublished").and_then(|date| dates::read(&date)));
        self.description = self.description.take().or_else(|| text("description"));
        if self.authors.is_empty() {
            self.authors = list(article.get("author")).filter_map(|author| person(author, things)).collect();
        }
        if self.keywords.is_empty() {
            let keywords = list(article.get("keywords")).filter_map(Value::as_str);
            self.keywords = keywords.flat_map(split_keywords).collect();
        }
    }
}

/// The things that a piece of JSON-LD speaks of.
fn things(value: &Value) -> Vec<&Value> {
    let mut things = Vec::new();
    for thing in list(Some(value)) {
        things.push(thing);
        things.extend(list(thing.get("@graph")));
        things.extend(list(thing.get("mainEntity")));
    }
    things
}

/// A value, or the values of an array.
fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let values = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    values.iter()
}

fn is_article(thing: &&&Value) -> bool {
    list(thing.get("@type")).filter_map(Value::as_str).any(|kind| {
        kind.ends_with("Article")
            || kind.ends_with("Posting")
            || matches!(kind, "Report" | "CreativeWork" | "Essay")
    })
}

/// A name, or the name of the person that is referred to.
fn person(author: &Value, things: &[&Value]) -> Option<String> {
    if let Some(name) = author.as_str().or_else(|| author.get("name").and_then(Value::as_str)) {
        return Some(collapse(name));
    }
    let id = author.get("@id")?;
    let named = things.iter().find(|thing| thing.get("@id") == Some(id) && thing.get("name").is_some())?;
    named.get("name").and_then(Value::as_str).map(collapse)
}

impl Page<'_> {
    fn elements(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.tree.descendants(Tree::ROOT).filter(|&node| !self.tree.tag(node).is_empty())
    }

    /// The title, and the heading on the page that says it.
    fn title(&self) -> (Option<String>, Option<NodeId>) {
        let declared =
            self.tags.first(&["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title"]);
        let declared = declared.map(str::to_owned).or_else(|| self.linked.headline.clone());
        let element = self.elements().find(|&node| {
            self.tree.tag(node) == "title"
                && self.tree.parent(node).is_some_and(|head| self.tree.tag(head) == "head")
        });
        let full: Option<String> = element
            .map(|node| {
                collapse(
                    &self.tree.children(node).filter_map(|child| self.tree.text(child)).collect::<String>(),
                )
            })
            .filter(|title| !title.is_empty());
        let site = self.tags.first(&["og:site_name", "application-name"]);
        let headings: Vec<(NodeId, String)> = self
            .elements()
            .filter(|&node| self.tree.tag(node) == "h1" || self.is_headline(node))
            .map(|node| (node, words(self.tree, node)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let known = [declared.as_deref(), full.as_deref()];
        let agreed = headings.iter().find(|(_, text)| {
            known.iter().flatten().any(|known| is_same(known, text) || is_part(text, known))
        });
        if let Some((node, text)) = agreed {
            return (Some(text.clone()), Some(*node));
        }
        // Word processors name the style of the title.
        if let Some((node, text)) = headings.iter().find(|(node, _)| self.tree.tag(*node) == "p") {
            return (Some(text.clone()), Some(*node));
        }
        // The only heading of the first level in the essay is its title, whatever the head says.
        let inside: Vec<_> =
            headings.iter().filter(|(node, _)| self.survey.holds(self.content, *node)).collect();
        if let [(node, text)] = inside.as_slice() {
            return (Some(text.clone()), Some(*node));
        }
        let title = match (declared, full) {
            (Some(declared), _) => Some(without_site(&declared, site)),
            (None, Some(full)) => Some(without_site(&full, site)),
            (None, None) => None,
        };
        (title, None)
    }

    fn is_headline(&self, node: NodeId) -> bool {
        const NAMES: [&str; 5] = ["entry-title", "post-title", "p-name", "article-title", "headline"];
        matches!(self.tree.tag(node), "h2" | "h3" | "p" | "div")
            && (self.tree.has_class_of(node, &NAMES)
                || self.tree.attribute(node, "itemprop") == Some("headline")
                || (self.tree.tag(node) == "p" && self.tree.has_class_of(node, &["title", "MsoTitle"])))
            && self.survey.letters(node) < 300
    }

    /// The line that stands below the title and says more.
    fn subtitle(&self, heading: Option<NodeId>) -> Option<NodeId> {
        const NAMES: [&str; 8] = [
            "subtitle",
            "post-subtitle",
            "entry-subtitle",
            "standfirst",
            "dek",
            "article-subtitle",
            "sub-title",
            "MsoSubtitle",
        ];
        let title = self.survey.range(heading?).end;
        self.elements().find(|&node| {
            self.tree.has_class_of(node, &NAMES)
                && (1..300).contains(&self.survey.letters(node))
                && (title..title + 60).contains(&self.survey.range(node).start)
        })
    }

    fn authors(&self) -> Vec<Person> {
        let declared = self.tags.all(&[
            "author",
            "article:author",
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
        ]);
        let mut names: Vec<String> = self.linked.authors.clone();
        if names.is_empty() {
            names = declared.flat_map(split_names).collect();
        }
        names.retain(|name| is_name(name));
        if names.is_empty() {
            names = self.byline_authors();
        }
        let mut people: Vec<Person> = Vec::new();
        for name in names {
            let person = Person::new(&name);
            if !people.contains(&person) {
                people.push(person);
            }
        }
        people
    }

    /// The names that the byline on the page gives, the surest markup first.
    fn byline_authors(&self) -> Vec<String> {
        let marks: [&dyn Fn(NodeId) -> bool; 3] = [
            &|node| {
                self.tree.attribute(node, "itemprop") == Some("author")
                    || self.tree.has_class_of(node, &["p-author", "author-name"])
            },
            &|node| {
                self.tree
                    .attribute(node, "rel")
                    .is_some_and(|rel| rel.split(' ').any(|word| word == "author"))
            },
            &|node| {
                self.tree
                    .has_class_of(node, &["byline", "author", "entry-author", "post-author", "post-byline"])
            },
        ];
        for mark in marks {
            let nodes = self
                .elements()
                .filter(|&node| self.tree.tag(node) != "link" && mark(node) && !self.is_comment(node));
            let names: Vec<String> = nodes
                .map(|node| words(self.tree, node))
                .flat_map(|text| split_names(without_label(&text)))
                .filter(|name| is_name(name))
                .take(8)
                .collect();
            if !names.is_empty() {
                return names;
            }
        }
        Vec::new()
    }

    fn is_comment(&self, node: NodeId) -> bool {
        self.tree.ancestors(node).any(|outer| {
            self.survey.verdict(outer).is_some_and(|verdict| {
                verdict.reason.contains("comments") || verdict.reason.contains("other pages")
            })
        })
    }

    fn date(&self) -> Option<Date> {
        const NAMES: [&str; 11] = [
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dcterms.created",
            "dcterms.date",
            "citation_publication_date",
            "citation_date",
            "pubdate",
            "parsely-pub-date",
            "publish_date",
        ];
        let declared = self.linked.date.or_else(|| self.tags.all(&NAMES).find_map(dates::read));
        declared.or_else(|| {
            let published = |node: &NodeId| {
                self.tree.attribute(*node, "itemprop") == Some("datePublished")
                    || self
                        .tree
                        .has_class_of(*node, &["published", "entry-date", "dt-published", "post-date"])
                    || self.tree.raw_attribute(*node, "pubdate").is_some()
            };
            let read = |node: NodeId| {
                let written =
                    self.tree.attribute(node, "datetime").or_else(|| self.tree.attribute(node, "content"));
                written.and_then(dates::read).or_else(|| dates::read(without_label(&words(self.tree, node))))
            };
            let first_time = || {
                let limit = self.survey.range(self.content).start + 80;
                let mut times =
                    self.elements().filter(|&node| self.tree.tag(node) == "time" && !self.is_comment(node));
                times.find(|&node| self.survey.range(node).start < limit).and_then(read)
            };
            let marked =
                self.elements().filter(published).filter(|&node| !self.is_comment(node)).find_map(read);
            marked.or_else(first_time)
        })
    }

    fn language(&self) -> Option<String> {
        let html = self.tree.find(Tree::ROOT, "html");
        let of = |node: Option<NodeId>| {
            node.and_then(|node| {
                self.tree.attribute(node, "lang").or_else(|| self.tree.attribute(node, "xml:lang"))
            })
        };
        let language = of(Some(self.content))
            .or_else(|| of(html))
            .or_else(|| self.tags.first(&["content-language", "og:locale", "dc.language"]))?;
        let language = language.split(',').next().unwrap_or_default().trim().replace('_', "-");
        let is_tag = language.len() <= 35
            && language.split('-').next().is_some_and(|first| (2..=3).contains(&first.len()))
            && language.chars().all(|next| next.is_ascii_alphanumeric() || next == '-');
        is_tag.then_some(language)
    }

    fn source(&self) -> Option<String> {
        let canonical = self.elements().find(|&node| {
            self.tree.tag(node) == "link"
                && self.tree.attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
        });
        let address = canonical
            .and_then(|node| self.tree.attribute(node, "href"))
            .or_else(|| self.tags.first(&["og:url"]));
        address
            .filter(|address| address.starts_with("https://") || address.starts_with("http://"))
            .map(str::to_owned)
    }

    fn description(&self) -> Option<String> {
        let declared =
            self.tags.first(&["description", "og:description", "twitter:description", "dc.description"]);
        declared.map(str::to_owned).or_else(|| self.linked.description.clone())
    }

    fn rights(&self) -> Option<String> {
        let license = self.elements().find(|&node| {
            self.tree
                .attribute(node, "rel")
                .is_some_and(|rel| rel.split(' ').any(|word| word.eq_ignore_ascii_case("license")))
        });
        let text = license.map(|node| words(self.tree, node)).filter(|text| !text.is_empty());
        let address = license.and_then(|node| self.tree.attribute(node, "href")).map(str::to_owned);
        let declared =
            self.tags.first(&["dcterms.rights", "dc.rights", "rights", "copyright"]).map(str::to_owned);
        text.or(declared).or(address)
    }

    fn keywords(&self) -> Vec<String> {
        let tags: Vec<String> = self.tags.all(&["article:tag"]).map(str::to_owned).collect();
        let declared = self.tags.all(&["keywords", "news_keywords", "citation_keywords"]);
        let mut keywords = if tags.is_empty() { declared.flat_map(split_keywords).collect() } else { tags };
        if keywords.is_empty() {
            keywords.clone_from(&self.linked.keywords);
        }
        let mut seen = std::collections::BTreeSet::new();
        keywords.retain(|keyword| !keyword.is_empty() && seen.insert(keyword.to_lowercase()));
        keywords
    }
}

fn split_keywords(text: &str) -> Vec<String> {
    text.split(',').map(collapse).filter(|word| !word.is_empty()).collect()
}

/// The text of a subtree, its white space collapsed.
pub fn words(tree: &Tree, node: NodeId) -> String {
    collapse(&super::words::visible(tree, node, &|_| false))
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `By Ada Lovelace` → `Ada Lovelace`.
fn without_label(text: &str) -> &str {
    let text = text.trim();
    for label in [
        "written by",
        "posted by",
        "by",
        "published on",
        "posted on",
        "published",
        "posted",
        "author:",
        "von",
        "par",
        "por",
    ] {
        if let Some(head) = text.get(..label.len())
            && head.eq_ignore_ascii_case(label)
            && text[label.len()..].starts_with([' ', ':', '\u{A0}'])
        {
            return text[label.len()..].trim_start_matches([' ', ':', '\u{A0}']);
        }
    }
    text
}

/// Names are short, and neither addresses nor the accounts that programs make.
fn is_name(name: &str) -> bool {
    const ACCOUNTS: [&str; 9] =
        ["admin", "administrator", "user", "editor", "webmaster", "author", "anonymous", "guest", "unknown"];
    let lower = name.to_lowercase();
    (2..=80).contains(&name.chars().count())
        && name.split_whitespace().count() <= 6
        && !name.contains("://")
        && !name.contains(['@', '|', '<', '#'])
        && !name.chars().any(|next| next.is_ascii_digit())
        && !ACCOUNTS.contains(&lower.as_str())
}

fn letters(text: &str) -> String {
    text.chars().filter(|next| next.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_same(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

const SEPARATORS: [&str; 9] = [" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « ", " • "];

/// Whether a heading is the first or last part of a title that names the site, too.
fn is_part(heading: &str, title: &str) -> bool {
    SEPARATORS.iter().any(|separator| {
        let first = title.rsplit_once(separator).map(|(first, _)| first);
        let last = title.split_once(separator).map(|(_, last)| last);
        first.is_some_and(|part| is_same(part, heading)) || last.is_some_and(|part| is_same(part, heading))
    })
}

/// A title without the name of the site at its end or beginning.
fn without_site(title: &str, site: Option<&str>) -> String {
    if let Some(site) = site {
        for separator in SEPARATORS {
            if let Some((first, last)) = title.rsplit_once(separator)
                && is_same(last, site)
            {
                return first.to_owned();
            }
            if let Some((first, last)) = title.split_once(separator)
                && is_same(first, site)
            {
                return last.to_owned();
            }
        }
    }
    // A bar parts nothing but a title and a site.
    match title.rsplit_once(" | ") {
        Some((first, _)) if site.is_none() => first.to_owned(),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_part, without_label, without_site};

    #[test]
    fn the_site_is_no_part_of_the_title() {
        assert_eq!(without_site("On Bees – The Hive", Some("The Hive")), "On Bees");
        assert_eq!(without_site("The Hive - On Bees - and Wasps", Some("The Hive")), "On Bees - and Wasps");
        assert_eq!(without_site("On Bees | The Hive", None), "On Bees");
        assert_eq!(without_site("On Bees - and Wasps", None), "On Bees - and Wasps");
        assert!(is_part("On bees", "On Bees – The Hive"));
    }

    #[test]
    fn labels_are_no_names() {
        assert_eq!(without_label("By Ada Lovelace"), "Ada Lovelace");
        assert_eq!(without_label("Byron Gordon"), "Byron Gordon");
    }
}
