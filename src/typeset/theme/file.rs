//! Theme files: YAML that may inherit from a theme that comes with Garland, and override any key of it.

use std::ops::RangeInclusive;

use super::{Layout, PaperTheme, Theme};
use crate::diagnostic::Diagnostics;
use crate::fonts::Family;
use crate::manifest::{Paper, THEMES};
use crate::settings::{Reader, nearest};
use crate::yaml::{self, Node, Value};

/// The theme that has every key.
const BOOK: &str = include_str!("../../../styles/book.yaml");

/// The themes that come with Garland, by name; all but the first inherit from it.
const BUNDLED: [(&str, &str); THEMES.len()] = [
    (THEMES[0], BOOK),
    (THEMES[1], include_str!("../../../styles/workshop.yaml")),
    (THEMES[2], include_str!("../../../styles/large-print.yaml")),
];

const KEYS: &[&str] = &["inherits", "paper", "text", "headings", "chapter", "tables", "index", "papers"];
const TEXT_KEYS: &[&str] = &[
    "family",
    "size",
    "leading",
    "indent",
    "small",
    "note_size",
    "note_leading",
    "align",
    "hyphenation",
    "acronyms",
];
const HEADING_KEYS: &[&str] = &["family", "sizes"];
const CHAPTER_KEYS: &[&str] = &["title_size", "title_leading", "sink", "opens", "initial"];
const TABLE_KEYS: &[&str] = &["align"];
const INDEX_KEYS: &[&str] = &["size", "leading", "gutter"];
const PAPER_KEYS: &[&str] = &["inner", "outer", "top", "lines", "scale"];
/// In the order of [`Paper::NAMES`].
const PAPERS: &[&str] = &["a5", "6x9", "a4", "letter"];

/// In points; what is smaller nobody reads, and what is larger is no text.
const TYPE_SIZES: RangeInclusive<f32> = 4.0..=96.0;
const LEADINGS: RangeInclusive<f32> = 4.0..=144.0;
const LENGTHS: RangeInclusive<f32> = 0.0..=600.0;
/// Nearly every word is broken in a line of fewer ems.
const NARROWEST: f32 = 12.0;

const FAMILIES: [(&str, Family); 2] = [("serif", Family::Serif), ("sans", Family::Sans)];

impl Theme {
    /// The theme of a name, if one that comes with Garland has it.
    pub fn bundled(name: &str) -> Option<Theme> {
        let (_, text) = BUNDLED.iter().find(|(known, _)| *known == name)?;
        Some(Theme::read(name, text, &mut Diagnostics::new()))
    }

    /// Reads a theme file. Every mistake is an error with its place in `path`, and what can be understood is
    /// kept; a file that does not say what it inherits from inherits from `book`.
    pub fn read(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Theme {
        let mut found = Diagnostics::new();
        let mut reader = Reader::new(path, text, &mut found);
        let tree = match yaml::parse(text) {
            Ok(own) => complete(own, text, &mut reader),
            Err(problem) => {
                reader.broken("this theme", &problem);
                bundled_tree(BOOK)
            }
        };
        let theme = reader.theme(&tree);
        found.sort();
        diagnostics.extend(found);
        theme
    }
}

/// A theme's tree with all that it inherits.
fn complete(own: Node, text: &str, reader: &mut Reader<'_>) -> Node {
    if text == BOOK { own } else { overlay(parent(&own, reader), own, reader) }
}

/// What a theme inherits from.
fn parent(own: &Node, reader: &mut Reader<'_>) -> Node {
    let entries: &[(Node, Node)] = match &own.value {
        Value::Mapping(entries) => entries,
        _ => &[],
    };
    let inherits = entries.iter().find(|(key, _)| key.as_text() == Some("inherits"));
    let Some((value, name)) = inherits.and_then(|(_, value)| Some((value, reader.text(value, "inherits")?)))
    else {
        return bundled_tree(BOOK);
    };
    if let Some((_, text)) = BUNDLED.iter().find(|(known, _)| *known == name) {
        return bundled_tree(text);
    }
    let help = match nearest(&name, &THEMES) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("themes that come with Garland: {}", THEMES.join(", ")),
    };
    reader.error("unknown-theme", value, format!("there is no theme `{name}` to inherit from"), help);
    bundled_tree(BOOK)
}

/// The tree of a theme that comes with Garland.
fn bundled_tree(text: &str) -> Node {
    let own = yaml::parse(text).unwrap_or(Node { value: Value::Null, line: 1, column: 1 });
    complete(own, text, &mut Reader::new("", text, &mut Diagnostics::new()))
}

/// `base` with the keys of `over` in place of its own. Keys that `base` lacks are added, for the reader to tell.
fn overlay(base: Node, over: Node, reader: &mut Reader<'_>) -> Node {
    let (line, column) = (over.line, over.column);
    let (mut entries, own) = match (base, over) {
        (Node { value: Value::Mapping(entries), .. }, Node { value: Value::Mapping(own), .. }) => {
            (entries, own)
        }
        (base, Node { value: Value::Null, .. }) => return base,
        (_, over) => return over,
    };
    let mut taken: Vec<String> = Vec::new();
    for (key, value) in own {
        let name = key.as_text().unwrap_or_default().to_owned();
        if taken.contains(&name) {
            reader.error("repeated-key", &key, format!("`{name}` is set twice"), "keep one of the two");
            continue;
        }
        match entries.iter_mut().find(|(known, _)| known.as_text() == Some(&name)) {
            Some((_, inherited)) => *inherited = overlay(inherited.clone(), value, reader),
            None => entries.push((key, value)),
        }
        taken.push(name);
    }
    Node { value: Value::Mapping(entries), line, column }
}

impl Reader<'_> {
    fn theme(&mut self, root: &Node) -> Theme {
        let mut theme = Theme::default();
        let mut papers = Vec::new();
        for (key, value) in self.entries(root, "a theme", KEYS) {
            match key {
                "inherits" => {}
                "paper" => theme.paper = self.choice(value, key, &Paper::NAMES).unwrap_or_default(),
                "text" => self.text_theme(value, &mut theme),
                "headings" => self.heading_theme(value, &mut theme),
                "chapter" => self.chapter_theme(value, &mut theme),
                "tables" => {
                    for (key, value) in self.entries(value, key, TABLE_KEYS) {
                        let choices = [("center", false), ("left", true)];
                        theme.flush_tables = self.choice(value, key, &choices).unwrap_or_default();
                    }
                }
                "index" => self.index_theme(value, &mut theme),
                _ => papers = self.entries(value, key, PAPERS),
            }
        }
        for (name, value) in &papers {
            let at = PAPERS.iter().position(|known| known == name);
            if let Some(paper) = at.and_then(|at| theme.papers.get_mut(at)) {
                self.paper_theme(value, paper);
            }
        }
        self.check_room(&papers, &theme);
        theme
    }

    fn text_theme(&mut self, node: &Node, theme: &mut Theme) {
        let text = &mut theme.text;
        for (key, value) in self.entries(node, "text", TEXT_KEYS) {
            match key {
                "family" => text.family = self.choice(value, key, &FAMILIES).unwrap_or_default(),
                "size" => self.length(value, key, TYPE_SIZES, &mut text.size),
                "leading" => self.length(value, key, LEADINGS, &mut text.leading),
                "indent" => self.length(value, key, LENGTHS, &mut text.indent),
                "small" => self.length(value, key, TYPE_SIZES, &mut text.small),
                "note_size" => self.length(value, key, TYPE_SIZES, &mut text.note_size),
                "note_leading" => self.length(value, key, LEADINGS, &mut text.note_leading),
                "align" => {
                    let choices = [("justified", false), ("left", true)];
                    text.ragged = self.choice(value, key, &choices).unwrap_or_default();
                }
                "hyphenation" => text.unhyphenated = !self.flag(value, key),
                _ => {
                    let choices = [("capitals", false), ("small-capitals", true)];
                    text.small_acronyms = self.choice(value, key, &choices).unwrap_or_default();
                }
            }
        }
    }

    fn heading_theme(&mut self, node: &Node, theme: &mut Theme) {
        for (key, value) in self.entries(node, "headings", HEADING_KEYS) {
            if key == "family" {
                theme.headings.family = self.choice(value, key, &FAMILIES).unwrap_or_default();
                continue;
            }
            let sizes = self.items(value, key);
            if sizes.len() != theme.headings.sizes.len() {
                let message = format!("`sizes` has {} of five sizes", sizes.len());
                self.error(
                    "wrong-number",
                    value,
                    message,
                    "write one for each level of headings from 2 to 6",
                );
            }
            for (size, value) in theme.headings.sizes.iter_mut().zip(sizes) {
                self.length(value, key, TYPE_SIZES, size);
            }
        }
    }

    fn chapter_theme(&mut self, node: &Node, theme: &mut Theme) {
        let chapter = &mut theme.chapter;
        for (key, value) in self.entries(node, "chapter", CHAPTER_KEYS) {
            match key {
                "title_size" => self.length(value, key, TYPE_SIZES, &mut chapter.title_size),
                "title_leading" => self.length(value, key, LEADINGS, &mut chapter.title_leading),
                "sink" => self.count(value, key, 0..=40, &mut chapter.sink),
                "opens" => {
                    let choices = [("right", false), ("any", true)];
                    chapter.opens_anywhere = self.choice(value, key, &choices).unwrap_or_default();
                }
                _ => self.count(value, key, 0..=4, &mut chapter.initial),
            }
        }
    }

    fn index_theme(&mut self, node: &Node, theme: &mut Theme) {
        let index = &mut theme.index;
        for (key, value) in self.entries(node, "index", INDEX_KEYS) {
            match key {
                "size" => self.length(value, key, TYPE_SIZES, &mut index.size),
                "leading" => self.length(value, key, LEADINGS, &mut index.leading),
                _ => self.length(value, key, LENGTHS, &mut index.gutter),
            }
        }
    }

    fn paper_theme(&mut self, node: &Node, paper: &mut PaperTheme) {
        for (key, value) in self.entries(node, "a paper", PAPER_KEYS) {
            match key {
                "inner" => self.length(value, key, LENGTHS, &mut paper.inner),
                "outer" => self.length(value, key, LENGTHS, &mut paper.outer),
                "top" => self.length(value, key, LENGTHS, &mut paper.top),
                "lines" => self.count(value, key, 4..=400, &mut paper.lines),
                _ => self.length(value, key, 0.2..=5.0, &mut paper.scale),
            }
        }
    }

    /// Text must find its place on every page.
    fn check_room(&mut self, papers: &[(&'static str, &Node)], theme: &Theme) {
        for (name, node) in papers {
            let Some((_, paper)) = Paper::NAMES.iter().find(|(known, _)| known == name) else { continue };
            let Layout { measure, depth, height, top, size, .. } = theme.layout(*paper);
            if measure < size * NARROWEST {
                let message = format!("the margins of {name} leave {measure:.0} points for a line of text");
                self.error("no-room", node, message, "make `inner` and `outer` smaller, or the type");
            }
            if top + depth > height {
                let below = top + depth - height;
                let message = format!("the `lines` of {name} reach {below:.0} points below the page");
                self.error(
                    "no-room",
                    node,
                    message,
                    "set fewer `lines`, or a smaller `top`, `leading` or `scale`",
                );
            }
        }
    }

    fn length(&mut self, node: &Node, key: &str, limits: RangeInclusive<f32>, length: &mut f32) {
        if let Some(found) = self.number(node, key, limits) {
            *length = found;
        }
    }

    fn count(&mut self, node: &Node, key: &str, limits: RangeInclusive<u16>, count: &mut u16) {
        let (least, most) = (f32::from(*limits.start()), f32::from(*limits.end()));
        match self.number(node, key, least..=most) {
            Some(found) if found.fract() == 0.0 => *count = found as u16,
            Some(found) => {
                let message = format!("`{key}` must be a whole number, but here it is {found}");
                self.error(
                    "wrong-number",
                    node,
                    message,
                    format!("write {} or {}", found.floor(), found.ceil()),
                );
            }
            None => {}
        }
    }
}
