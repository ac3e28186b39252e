//! Styles of an OpenDocument text: the named ones, and the automatic ones that stand for formats by hand.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ingest::office::roles::{Meaning, is_code, meaning, squeeze};
use crate::ingest::office::typewriter::is_monospaced;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Alignment, Format, Role, languages};

/// Longer chains of styles with parents are circles.
const CHAIN_LIMIT: usize = 32;
const DEEPEST: u8 = 10;

#[derive(Debug, Default)]
pub struct Styles {
    /// By family and name.
    styles: BTreeMap<(String, String), Style>,
    lists: BTreeMap<String, ListStyle>,
    /// The face that a `style:font-face` name stands for.
    faces: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct Style {
    /// As a person calls it, squeezed.
    name: String,
    parent: Option<String>,
    is_automatic: bool,
    outline_level: Option<u8>,
    list: Option<String>,
    text: Properties,
    alignment: Option<Alignment>,
    has_border: bool,
}

/// Properties of text; `None` says nothing.
#[derive(Debug, Clone, Default)]
struct Properties {
    strong: Option<bool>,
    emphasis: Option<bool>,
    underline: Option<bool>,
    deleted: Option<bool>,
    small_caps: Option<bool>,
    hidden: Option<bool>,
    highlight: Option<bool>,
    position: Option<Position>,
    code: Option<bool>,
    face: Option<String>,
    language: Option<Rc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Baseline,
    Superscript,
    Subscript,
}

/// What stands before the items of a list, by level from 1.
#[derive(Debug, Default)]
struct ListStyle {
    levels: BTreeMap<u8, Level>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    is_numbered: bool,
    start: u64,
}

/// The format of a run, and whether it is hidden.
#[derive(Debug, Clone, Default)]
pub struct Look {
    pub format: Format,
    pub is_hidden: bool,
}

impl Styles {
    pub fn read<'e>(roots: impl Iterator<Item = Element<'e>>) -> Self {
        let mut styles = Styles::default();
        for group in roots.flat_map(Element::children) {
            let is_automatic = group.name() == "office:automatic-styles";
            for element in group.children() {
                match element.name() {
                    "style:style" | "style:default-style" => styles.add(element, is_automatic),
                    "text:list-style" => styles.add_list(element),
                    "style:font-face" => {
                        let name = element.attribute("style:name").unwrap_or_default().to_owned();
                        let family = element.attribute("svg:font-family").unwrap_or_default();
                        styles.faces.insert(name, family.trim_matches(['\'', '"']).to_owned());
                    }
                    _ => {}
                }
            }
        }
        styles
    }

    fn add(&mut self, element: Element, is_automatic: bool) {
        let family = element.attribute("style:family").unwrap_or_default();
        let written = element.attribute("style:name").unwrap_or_default();
        let shown = element.attribute("style:display-name").map_or_else(|| decode(written), str::to_owned);
        let paragraph = element.child("style:paragraph-properties");
        let alignment = match paragraph.and_then(|paragraph| paragraph.attribute("fo:text-align")) {
            Some("center") => Some(Alignment::Center),
            Some("end" | "right") => Some(Alignment::Right),
            _ => None,
        };
        let border = paragraph.and_then(|paragraph| paragraph.attribute("fo:border-bottom"));
        let mut text = properties(element.child("style:text-properties"));
        let name = squeeze(&shown);
        if family == "text" && !is_automatic {
            text.code = is_code(&name).then_some(true);
            match name.as_str() {
                "internetlink" | "visitedinternetlink" => (text.underline, text.language) = (None, None),
                "strongemphasis" | "strong" => text.strong = text.strong.or(Some(true)),
                "emphasis" => text.emphasis = text.emphasis.or(Some(true)),
                _ => {}
            }
        }
        let style = Style {
            name,
            parent: element.attribute("style:parent-style-name").map(str::to_owned),
            is_automatic,
            outline_level: element
                .attribute("style:default-outline-level")
                .and_then(|level| level.parse().ok()),
            list: element.attribute("style:list-style-name").map(str::to_owned),
            text,
            alignment,
            has_border: border.is_some_and(|border| border != "none"),
        };
        self.styles.insert((family.to_owned(), written.to_owned()), style);
    }

    fn add_list(&mut self, element: Element) {
        let mut levels = BTreeMap::new();
        for level in element.children() {
            let Some(at) = level.attribute("text:level").and_then(|at| at.parse::<u8>().ok()) else {
                continue;
            };
            // A number without a format shows nothing.
            let is_numbered = level.name() == "text:list-level-style-number"
                && level.attribute("style:num-format").is_none_or(|format| !format.is_empty());
            let start = level.attribute("text:start-value").and_then(|start| start.parse().ok()).unwrap_or(1);
            levels.insert(at.min(DEEPEST), Level { is_numbered, start });
        }
        let name = element.attribute("style:name").unwrap_or_default();
        self.lists.insert(name.to_owned(), ListStyle { levels });
    }

    fn chain<'s>(&'s self, family: &'s str, name: &str) -> impl Iterator<Item = &'s Style> {
        let mut next = Some(name.to_owned());
        std::iter::from_fn(move || {
            let style = self.styles.get(&(family.to_owned(), next.take()?))?;
            next = style.parent.clone();
            Some(style)
        })
        .take(CHAIN_LIMIT)
    }

    /// What a paragraph of this style is.
    pub fn meaning(&self, name: &str) -> Option<Meaning> {
        let by_style = self.chain("paragraph", name).find_map(|style| {
            if style.is_automatic {
                return None;
            }
            meaning(&style.name).or_else(|| {
                let level = style.outline_level.filter(|level| (1..=9).contains(level))?;
                Some(Meaning::Role(Role::Heading(level)))
            })
        });
        let is_known = self.styles.contains_key(&("paragraph".to_owned(), name.to_owned()));
        if is_known { by_style } else { meaning(&squeeze(&decode(name))) }
    }

    /// The list style that a paragraph's style brings.
    pub fn list_of(&self, name: &str) -> Option<&str> {
        self.chain("paragraph", name).find_map(|style| style.list.as_deref()).filter(|list| !list.is_empty())
    }

    /// Whether a list's level, from 0, is numbered, and its first number.
    pub fn first_number(&self, list: &str, level: u8) -> Option<u64> {
        let style = self.lists.get(list)?;
        let level = style.levels.get(&(level + 1)).filter(|level| level.is_numbered)?;
        Some(level.start)
    }

    pub fn alignment(&self, name: &str) -> Option<Alignment> {
        self.chain("paragraph", name).find_map(|style| style.alignment)
    }

    pub fn has_border(&self, name: &str) -> bool {
        let mut chain = self.chain("paragraph", name);
        chain.any(|style| style.has_border || style.name == "horizontalline")
    }

    /// The looks that a paragraph's style gives its text, as far as they were given by hand, or by a style
    /// that means nothing else.
    pub fn paragraph_look(&self, name: &str) -> Look {
        let has_meaning = self.meaning(name).is_some();
        let mut all = Properties::default();
        let mut background = Properties::default();
        for style in self.chain("paragraph", name) {
            let is_plain = matches!(style.name.as_str(), "standard" | "textbody" | "bodytext" | "");
            if style.is_automatic || (!has_meaning && !is_plain) {
                all = over(all, &style.text);
            }
            background = over(background, &style.text);
        }
        if let Some(default) = self.styles.get(&("paragraph".to_owned(), String::new())) {
            background = over(background, &default.text);
        }
        (all.language, all.face) = (background.language, background.face);
        all.underline = None;
        self.look(&all)
    }

    /// The look of a span of this style within another.
    pub fn span_look(&self, name: &str, outer: &Look) -> Look {
        let all = self.chain("text", name).fold(Properties::default(), |all, style| over(all, &style.text));
        let look = self.look(&all);
        let (inner, outer_format) = (look.format, &outer.format);
        let or = |written: Option<bool>, outer: bool| written.unwrap_or(outer);
        Look {
            format: Format {
                strong: or(all.strong, outer_format.strong),
                emphasis: or(all.emphasis, outer_format.emphasis) || inner.emphasis,
                deleted: or(all.deleted, outer_format.deleted),
                highlight: or(all.highlight, outer_format.highlight),
                superscript: all.position.map_or(outer_format.superscript, |_| inner.superscript),
                subscript: all.position.map_or(outer_format.subscript, |_| inner.subscript),
                small_caps: or(all.small_caps, outer_format.small_caps),
                code: or(all.code, outer_format.code),
                monospaced: if all.face.is_some() { inner.monospaced } else { outer_format.monospaced },
                language: inner.language.or_else(|| outer_format.language.clone()),
                link: outer_format.link.clone(),
            },
            is_hidden: or(all.hidden, outer.is_hidden),
        }
    }

    fn look(&self, properties: &Properties) -> Look {
        let face = properties.face.as_deref().map(|face| self.faces.get(face).map_or(face, String::as_str));
        Look {
            format: Format {
                strong: properties.strong == Some(true),
                emphasis: properties.emphasis == Some(true) || properties.underline == Some(true),
                deleted: properties.deleted == Some(true),
                highlight: properties.highlight == Some(true),
                superscript: properties.position == Some(Position::Superscript),
                subscript: properties.position == Some(Position::Subscript),
                small_caps: properties.small_caps == Some(true),
                code: properties.code == Some(true),
                monospaced: face.is_some_and(is_monospaced),
                language: properties.language.clone(),
                link: None,
            },
            is_hidden: properties.hidden == Some(true),
        }
    }
}

fn over(inner: Properties, outer: &Properties) -> Properties {
    Properties {
        strong: inner.strong.or(outer.strong),
        emphasis: inner.emphasis.or(outer.emphasis),
        underline: inner.underline.or(outer.underline),
        deleted: inner.deleted.or(outer.deleted),
        small_caps: inner.small_caps.or(outer.small_caps),
        hidden: inner.hidden.or(outer.hidden),
        highlight: inner.highlight.or(outer.highlight),
        position: inner.position.or(outer.position),
        code: inner.code.or(outer.code),
        face: inner.face.or_else(|| outer.face.clone()),
        language: inner.language.or_else(|| outer.language.clone()),
    }
}

fn properties(element: Option<Element>) -> Properties {
    let get = |name: &str| element.and_then(|element| element.attribute(name));
    let is_line = |line: &str| line != "none";
    let weight = get("fo:font-weight");
    Properties {
        strong: weight.map(|weight| matches!(weight, "bold" | "600" | "700" | "800" | "900")),
        emphasis: get("fo:font-style").map(|style| matches!(style, "italic" | "oblique")),
        underline: get("style:text-underline-style").map(is_line),
        deleted: get("style:text-line-through-style").or(get("style:text-line-through-type")).map(is_line),
        small_caps: get("fo:font-variant").map(|variant| variant == "small-caps"),
        hidden: get("text:display").map(|display| display == "none"),
        highlight: get("fo:background-color").map(|color| !matches!(color, "transparent" | "#ffffff")),
        position: get("style:text-position").map(|position| {
            let raise = position.split_whitespace().next().unwrap_or_default();
            let percent = raise.trim_end_matches('%').parse::<i32>().unwrap_or_default();
            match raise {
                "super" => Position::Superscript,
                "sub" => Position::Subscript,
                _ if percent > 0 => Position::Superscript,
                _ if percent < 0 => Position::Subscript,
                _ => Position::Baseline,
            }
        }),
        code: None,
        face: get("style:font-name").or(get("fo:font-family")).map(|face| face.trim_matches('\'').to_owned()),
        language: get("fo:language").filter(|language| *language != "none").and_then(|language| {
            let country = get("fo:country").filter(|country| *country != "none");
            languages::tag(&country.map_or(language.to_owned(), |country| format!("{language}-{country}")))
        }),
    }
}

/// `Heading_20_1` → `Heading 1`.
fn decode(name: &str) -> String {
    let mut decoded = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('_') {
        decoded.push_str(before);
        let code = after.split_once('_').and_then(|(code, after)| {
            let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
            (code.len() >= 2).then_some((character, after))
        });
        match code {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => {
                decoded.push('_');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}
