//! The few things that style says about meaning: bold, italic, raised, hidden.

use std::collections::BTreeMap;

use super::tree::{NodeId, Tree};

/// What a style asks for; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub struck: bool,
    pub small_caps: bool,
    pub raised: bool,
    pub lowered: bool,
    pub hidden: bool,
}

/// What the page's own style sheets say of single classes, as exports of word processors have it.
#[derive(Debug, Default)]
pub struct Classes(BTreeMap<String, Style>);

impl Classes {
    pub fn read(tree: &Tree) -> Self {
        let mut classes = Classes::default();
        for sheet in tree.descendants(Tree::ROOT).filter(|&node| tree.tag(node) == "style") {
            for text in tree.children(sheet).filter_map(|child| tree.text(child)) {
                classes.read_sheet(text);
            }
        }
        classes
    }

    fn read_sheet(&mut self, sheet: &str) {
        const MOST: usize = 5_000;
        for rule in sheet.split('}').take(MOST) {
            let Some((selectors, declarations)) = rule.split_once('{') else { continue };
            let style = read(declarations);
            if style == Style::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let name = selector.trim().trim_start_matches("span").trim_start_matches("p");
                let Some(class) = name.strip_prefix('.') else { continue };
                if class.chars().all(|next| next.is_alphanumeric() || next == '-' || next == '_') {
                    self.0.entry(class.to_owned()).or_default().take_over(style);
                }
            }
        }
    }

    /// The style of an element by its classes and its own attribute.
    pub fn of(&self, tree: &Tree, node: NodeId) -> Style {
        let mut style = Style::default();
        if !self.0.is_empty() {
            for class in tree.classes(node) {
                style.take_over(self.0.get(class).copied().unwrap_or_default());
            }
        }
        if let Some(own) = tree.attribute(node, "style") {
            style.take_over(read(own));
        }
        if tree.has_class_of(node, &["smallcaps", "small-caps", "smcp", "sc"]) {
            style.small_caps = true;
        }
        style
    }
}

impl Style {
    fn take_over(&mut self, other: Style) {
        self.bold = other.bold.or(self.bold);
        self.italic = other.italic.or(self.italic);
        self.struck |= other.struck;
        self.small_caps |= other.small_caps;
        self.raised |= other.raised;
        self.lowered |= other.lowered;
        self.hidden |= other.hidden;
    }
}

/// Reads declarations: `font-weight:700; font-style: italic`.
fn read(declarations: &str) -> Style {
    const MOST: usize = 64;
    let mut style = Style::default();
    for declaration in declarations.split(';').take(MOST) {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
        match property.trim().to_ascii_lowercase().as_str() {
            "font-weight" => {
                let weight = value.parse::<u32>().ok();
                style.bold = match value.as_str() {
                    "bold" | "bolder" => Some(true),
                    "normal" | "lighter" => Some(false),
                    _ => weight.map(|weight| weight >= 600),
                };
            }
            "font-style" => style.italic = Some(value == "italic" || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => style.struck |= value.contains("line-through"),
            "font-variant" | "font-variant-caps" => style.small_caps |= value.contains("small-caps"),
            "vertical-align" => {
                style.raised |= value == "super";
                style.lowered |= value == "sub";
            }
            "display" => style.hidden |= value == "none",
            "visibility" => style.hidden |= value == "hidden",
            "mso-hide" => style.hidden |= value == "all",
            _ => {}
        }
    }
    style
}

/// Whether a page does not show an element.
pub fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    tree.raw_attribute(node, "hidden").is_some()
        || tree.attribute(node, "aria-hidden") == Some("true")
        || tree.attribute(node, "style").is_some_and(|style| read(style).hidden)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn declarations_are_read() {
        let style = read("color:#000;font-weight:700; FONT-STYLE : Italic ;vertical-align:super");
        assert_eq!((style.bold, style.italic, style.raised), (Some(true), Some(true), true));
        assert_eq!(read("font-weight: 400").bold, Some(false));
        assert!(read("display:none !important").hidden);
    }
}
