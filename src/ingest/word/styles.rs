//! Styles (styles.xml): what a paragraph is called, whatever it looks like.

use std::collections::BTreeMap;

use super::format::Properties;
use crate::ingest::office::Role;
use crate::ingest::office::roles::{Meaning, is_code, meaning, squeeze};
use crate::ingest::office::xml::Element;

/// Longer chains of styles based on styles are circles.
const CHAIN_LIMIT: usize = 32;

#[derive(Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    defaults: Properties,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    base: Option<String>,
    is_character: bool,
    /// From 0.
    outline_level: Option<u8>,
    numbering: Option<NumberingReference>,
    properties: Properties,
    /// Whether it gives a table's first row looks of its own.
    marks_first_row: bool,
}

/// What `w:numPr` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberingReference {
    /// 0 takes a paragraph out of the list that its style puts it in.
    pub list: Option<u32>,
    pub level: Option<u8>,
}

impl NumberingReference {
    pub fn read(properties: Option<Element>) -> Option<Self> {
        let numbering = properties?.child("w:numPr")?;
        Some(NumberingReference {
            list: numbering.value("w:numId", "w:val").and_then(|value| value.parse().ok()),
            level: numbering.value("w:ilvl", "w:val").and_then(|value| value.parse().ok()),
        })
    }
}

/// The outline level in paragraph properties, from 0; 9 means running text.
pub fn outline_level(properties: Option<Element>) -> Option<u8> {
    properties?.value("w:outlineLvl", "w:val")?.parse().ok()
}

impl Styles {
    pub fn read(root: Option<Element>) -> Self {
        let mut styles = Styles::default();
        for element in root.into_iter().flat_map(Element::children) {
            match element.name() {
                "w:docDefaults" => {
                    let defaults = element.child("w:rPrDefault").and_then(|it| it.child("w:rPr"));
                    styles.defaults = Properties::read(defaults);
                }
                "w:style" => styles.add(element),
                _ => {}
            }
        }
        styles
    }

    fn add(&mut self, element: Element) {
        let Some(id) = element.attribute("w:styleId") else { return };
        let paragraph = element.child("w:pPr");
        let kind = element.attribute("w:type").unwrap_or("paragraph");
        let is_default =
            element.attribute("w:default").is_some_and(|value| matches!(value, "1" | "true" | "on"));
        if is_default && kind == "paragraph" {
            self.default_paragraph = Some(id.to_owned());
        }
        let name = squeeze(element.value("w:name", "w:val").unwrap_or(id));
        let mut properties = Properties::read(element.child("w:rPr"));
        if kind == "character" {
            properties.code = is_code(&name).then_some(true);
            match name.as_str() {
                // How links look is the book's business.
                "hyperlink" | "internetlink" | "followedhyperlink" => properties.underline = None,
                "strong" => properties.strong = properties.strong.or(Some(true)),
                "emphasis" => properties.emphasis = properties.emphasis.or(Some(true)),
                _ => {}
            }
        }
        let style = Style {
            name,
            base: element.value("w:basedOn", "w:val").map(str::to_owned),
            is_character: kind == "character",
            outline_level: outline_level(paragraph),
            numbering: NumberingReference::read(paragraph),
            properties,
            marks_first_row: element
                .children()
                .any(|child| child.name() == "w:tblStylePr" && child.attribute("w:type") == Some("firstRow")),
        };
        self.by_id.insert(id.to_owned(), style);
    }

    /// The style and those that it is based on.
    fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.by_id.get(id)?;
            next = style.base.as_deref();
            Some((id, style))
        })
        .take(CHAIN_LIMIT)
    }

    /// What a paragraph of this style is; `None` when the style says nothing about it.
    pub fn meaning(&self, id: Option<&str>) -> Option<Meaning> {
        let id = id?;
        if !self.by_id.contains_key(id) {
            return meaning(&squeeze(id));
        }
        self.chain(id).find_map(|(_, style)| {
            meaning(&style.name).or_else(|| {
                let level = style.outline_level.filter(|level| *level < 9)?;
                Some(Meaning::Role(Role::Heading(level + 1)))
            })
        })
    }

    /// The list that the style puts its paragraphs in, and the style that says so.
    pub fn numbering<'s>(&'s self, id: Option<&'s str>) -> Option<(NumberingReference, &'s str)> {
        self.chain(id?).find_map(|(id, style)| style.numbering.map(|numbering| (numbering, id)))
    }

    /// How deep the built-in list styles are: 1 for `List Bullet 2`.
    pub fn list_depth(&self, id: Option<&str>) -> u8 {
        let names = id.into_iter().flat_map(|id| self.chain(id)).map(|(_, style)| style.name.as_str());
        let mut depths = names.filter_map(|name| {
            let digit = name.strip_prefix("listbullet").or_else(|| name.strip_prefix("listnumber"))?;
            digit.parse::<u8>().ok().filter(|digit| (2..=5).contains(digit))
        });
        depths.next().map_or(0, |digit| digit - 1)
    }

    /// Properties of a character style.
    pub fn character(&self, id: &str) -> Properties {
        let styles = self.chain(id).filter(|(_, style)| style.is_character);
        styles.fold(Properties::default(), |all, (_, style)| all.over(&style.properties))
    }

    /// Properties that a paragraph's style gives its text, as far as they mean something. The looks of
    /// quotations, headings and the default style do not: the role says it all.
    pub fn paragraph(&self, id: Option<&str>) -> Properties {
        let background = Properties {
            face: self.face(id),
            language: self.defaults.language.clone(),
            east_asian_language: self.defaults.east_asian_language.clone(),
            right_to_left_language: self.defaults.right_to_left_language.clone(),
            ..Properties::default()
        };
        let is_own = |id: &str| Some(id) != self.default_paragraph.as_deref();
        let styles = id.into_iter().flat_map(|id| self.chain(id)).filter(|(id, _)| is_own(id));
        let all = styles.fold(Properties::default(), |all, (_, style)| all.over(&style.properties));
        match self.meaning(id) {
            None => Properties { underline: None, ..all }.over(&background),
            Some(_) => Properties { language: all.language, hidden: all.hidden, ..Properties::default() }
                .over(&background),
        }
    }

    /// The face that the paragraph is set in, up to the document's default.
    fn face(&self, id: Option<&str>) -> Option<String> {
        let id = id.or(self.default_paragraph.as_deref());
        let styled =
            id.into_iter().flat_map(|id| self.chain(id)).find_map(|(_, style)| style.properties.face.clone());
        styled.or_else(|| self.defaults.face.clone())
    }

    /// Whether an empty paragraph of this style is a line across the page.
    pub fn is_rule(&self, id: Option<&str>) -> bool {
        id.into_iter().flat_map(|id| self.chain(id)).any(|(_, style)| style.name == "horizontalline")
    }

    pub fn marks_first_row(&self, id: &str) -> bool {
        self.chain(id).any(|(_, style)| style.marks_first_row)
    }
}
