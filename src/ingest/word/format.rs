//! Run properties (`w:rPr`): what a run says about its looks, and what that means.

use std::rc::Rc;

use crate::ingest::office::Format;
use crate::ingest::office::languages;
use crate::ingest::office::typewriter::is_monospaced;
use crate::ingest::office::xml::Element;

/// Properties as written in one place; `None` says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Properties {
    pub strong: Option<bool>,
    pub emphasis: Option<bool>,
    pub underline: Option<bool>,
    pub deleted: Option<bool>,
    pub small_caps: Option<bool>,
    pub hidden: Option<bool>,
    pub highlight: Option<bool>,
    pub position: Option<Position>,
    pub face: Option<String>,
    pub code: Option<bool>,
    pub language: Option<Rc<str>>,
    pub east_asian_language: Option<Rc<str>>,
    pub right_to_left_language: Option<Rc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    Baseline,
    Superscript,
    Subscript,
}

impl Properties {
    pub fn read(properties: Option<Element>) -> Self {
        let mut read = Properties::default();
        for property in properties.into_iter().flat_map(Element::children) {
            let value = property.attribute("w:val");
            match property.name() {
                "w:b" => read.strong = Some(is_on(value)),
                "w:i" | "w:em" if property.name() == "w:i" || value != Some("none") => {
                    read.emphasis = Some(is_on(value));
                }
                "w:u" => read.underline = Some(!matches!(value, None | Some("none"))),
                "w:strike" | "w:dstrike" => {
                    read.deleted = Some(is_on(value) || read.deleted.unwrap_or_default());
                }
                "w:smallCaps" => read.small_caps = Some(is_on(value)),
                "w:vanish" => read.hidden = Some(is_on(value)),
                "w:highlight" => read.highlight = Some(!matches!(value, None | Some("none"))),
                "w:vertAlign" => {
                    read.position = Some(match value {
                        Some("superscript") => Position::Superscript,
                        Some("subscript") => Position::Subscript,
                        _ => Position::Baseline,
                    });
                }
                "w:rFonts" => {
                    let face = property.attribute("w:ascii").or_else(|| property.attribute("w:hAnsi"));
                    read.face = face.map(str::to_owned);
                }
                "w:lang" => {
                    read.language = value.and_then(languages::tag);
                    read.east_asian_language = property.attribute("w:eastAsia").and_then(languages::tag);
                    read.right_to_left_language = property.attribute("w:bidi").and_then(languages::tag);
                }
                _ => {}
            }
        }
        read
    }

    /// These properties where they say something, else `base`'s.
    pub fn over(self, base: &Properties) -> Properties {
        Properties {
            strong: self.strong.or(base.strong),
            emphasis: self.emphasis.or(base.emphasis),
            underline: self.underline.or(base.underline),
            deleted: self.deleted.or(base.deleted),
            small_caps: self.small_caps.or(base.small_caps),
            hidden: self.hidden.or(base.hidden),
            highlight: self.highlight.or(base.highlight),
            position: self.position.or(base.position),
            face: self.face.or_else(|| base.face.clone()),
            code: self.code.or(base.code),
            language: self.language.or_else(|| base.language.clone()),
            east_asian_language: self.east_asian_language.or_else(|| base.east_asian_language.clone()),
            right_to_left_language: self
                .right_to_left_language
                .or_else(|| base.right_to_left_language.clone()),
        }
    }

    /// A character style in a paragraph style: what both switch on is off again.
    pub fn toggled_over(self, base: &Properties) -> Properties {
        let toggle = |inner: Option<bool>, outer: Option<bool>| match (inner, outer) {
            (Some(inner), Some(outer)) => Some(inner != outer),
            (inner, outer) => inner.or(outer),
        };
        Properties {
            strong: toggle(self.strong, base.strong),
            emphasis: toggle(self.emphasis, base.emphasis),
            ..self.over(base)
        }
    }

    pub fn format(&self, text: &str) -> Format {
        let language = match text.chars().find(|character| character.is_alphabetic()).map(script) {
            Some(Script::EastAsian) => &self.east_asian_language,
            Some(Script::RightToLeft) => &self.right_to_left_language,
            Some(Script::Other) | None => &self.language,
        };
        Format {
            strong: self.strong == Some(true),
            emphasis: self.emphasis == Some(true) || self.underline == Some(true),
            deleted: self.deleted == Some(true),
            highlight: self.highlight == Some(true),
            superscript: self.position == Some(Position::Superscript),
            subscript: self.position == Some(Position::Subscript),
            small_caps: self.small_caps == Some(true),
            code: self.code == Some(true),
            monospaced: self.face.as_deref().is_some_and(is_monospaced),
            language: language.clone(),
            link: None,
        }
    }
}

/// A toggle is on unless it says otherwise.
pub fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

enum Script {
    EastAsian,
    RightToLeft,
    Other,
}

fn script(character: char) -> Script {
    match u32::from(character) {
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF => Script::RightToLeft,
        0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF => {
            Script::EastAsian
        }
        0x20000..=0x3FFFF => Script::EastAsian,
        _ => Script::Other,
    }
}
