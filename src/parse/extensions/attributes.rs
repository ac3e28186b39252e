//! Attribute lists: `{#id .class key="value"}`, kramdown's `{: .class}`.

use crate::document::Width;

/// What an attribute list says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub pairs: Vec<(String, String)>,
}

/// Classes that make a set-off remark, in the words that callouts use.
const CALLOUTS: [(&str, &str); 22] = [
    ("note", "note"),
    ("notice", "note"),
    ("info", "info"),
    ("tip", "tip"),
    ("hint", "tip"),
    ("success", "success"),
    ("warning", "warning"),
    ("warn", "warning"),
    ("attention", "warning"),
    ("important", "important"),
    ("caution", "caution"),
    ("danger", "danger"),
    ("error", "danger"),
    ("example", "example"),
    ("question", "question"),
    ("abstract", "abstract"),
    ("summary", "summary"),
    ("callout", "note"),
    ("admonition", "note"),
    ("alert", "note"),
    ("aside", "note"),
    ("sidebar", "note"),
];

/// The callout that a class or shortcode names.
pub fn callout_kind(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let known = |name: &str| CALLOUTS.iter().find(|(class, _)| *class == name).map(|(_, kind)| *kind);
    let named = ["callout-", "notice--", "alert-", "admonition-"];
    known(&name).or_else(|| named.iter().find_map(|prefix| name.strip_prefix(prefix).and_then(known)))
}

impl Attributes {
    /// Reads what stands between the braces; `None` where it is no attribute list.
    pub fn read(inside: &str) -> Option<Self> {
        let mut attributes = Attributes::default();
        let mut rest = inside.trim_start_matches(':').trim();
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let length = item_length(rest);
            let (item, after) = rest.split_at(length);
            rest = after.trim_start();
            attributes.take(item)?;
        }
        Some(attributes)
    }

    fn take(&mut self, item: &str) -> Option<()> {
        let is_name = |name: &str| !name.is_empty() && !name.contains(['{', '}', '[', ']', '"', '\'']);
        if let Some(id) = item.strip_prefix('#') {
            self.id = Some(id.to_owned()).filter(|id| is_name(id));
            return self.id.as_ref().map(|_| ());
        }
        if let Some(classes) = item.strip_prefix('.') {
            self.classes.extend(classes.split('.').map(str::to_owned));
            return is_name(classes).then_some(());
        }
        if let Some((key, value)) = item.split_once('=') {
            self.pairs.push((key.to_owned(), value.trim_matches(['"', '\'']).to_owned()));
            return is_name(key).then_some(());
        }
        // `-` is `.unnumbered`.
        (item == "-").then_some(())
    }

    pub fn value(&self, key: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == key)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    /// How wide a picture is to be.
    pub fn width(&self) -> Option<Width> {
        self.value("width").and_then(Width::read)
    }

    /// The callout that the classes make, if any.
    pub fn callout(&self) -> Option<&'static str> {
        self.classes.iter().find_map(|class| callout_kind(class))
    }

    pub fn is_quote(&self) -> bool {
        let names = ["epigraph", "quote", "blockquote", "quotation", "pullquote"];
        self.classes.iter().any(|class| names.contains(&class.as_str()))
    }
}

/// Up to white space that is not within quotes.
fn item_length(text: &str) -> usize {
    let mut quote = None;
    for (at, next) in text.char_indices() {
        match quote {
            Some(open) if next == open => quote = None,
            Some(_) => {}
            None if matches!(next, '"' | '\'') => quote = Some(next),
            None if next.is_whitespace() => return at,
            None => {}
        }
    }
    text.len()
}
