//! Mathematics: TeX read once for both editions, as glyphs of a maths face for print, as MathML for the EPUB,
//! and on one line for those who do not see it or whose formula cannot be set.

mod align;
mod chemistry;
mod dialect;
mod dress;
mod layout;
mod linear;
mod mathml;
mod signs;

use std::sync::OnceLock;

use latex_rust::{Error, FontError, MathFont, MathNode, MathStyle, ParseError};

pub use align::{Place, Row, THICK_SPACE};
pub use layout::{Layout, Mark};

use crate::fonts;

/// A longer source is no formula; the library is never asked to read it.
const LONGEST: usize = 4_000;
/// Braces, environments and large brackets within each other.
const DEEPEST: usize = 30;
/// What fits into a line of text without a break, in ems.
const WIDEST_UNBROKEN: f32 = 4.0;
/// What stands between two relations may be so wide; else lines end after operators, too.
const WIDEST_PIECE: f32 = 8.0;

/// A formula that both editions can set.
#[derive(Debug, Clone)]
pub struct Formula {
    tree: MathNode,
    setting: Setting,
}

/// How a formula stands in print. All lengths are ems.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// Pieces between which a line may end, each after a relation: with the space that follows.
    Inline(Vec<(Layout, f32)>),
    Display(Vec<Row>),
}

/// Why a formula cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The construct, in words that end a sentence.
    pub what: String,
    pub help: String,
}

/// Reads a formula. `display` is for one on lines of its own.
pub fn read(tex: &str, display: bool) -> Result<Formula, Fault> {
    bound(tex)?;
    // The library would draw a line where these have none, and say something else.
    if let Some(command) = [r"\choose", r"\genfrac", r"\atop"].iter().find(|command| tex.contains(**command))
    {
        return Err(Fault::new(format!("`{command}` cannot be set"), "write `\\binom{n}{k}`"));
    }
    let tree =
        latex_rust::parse(&dialect::translate(tex, display)).map_err(|error| explain(&error.into()))?;
    let face = face().ok_or_else(|| Fault::new("the maths face cannot be read", "reinstall Garland"))?;
    let setting = if display {
        align::set_display(&tree, face).map(Setting::Display)
    } else {
        set_inline(&tree, face).map(Setting::Inline)
    };
    Ok(Formula { setting: setting.map_err(|error| explain(&error))?, tree })
}

/// A formula on one line, made of characters: to be read aloud, or to stand in for what cannot be set.
pub fn linear(tex: &str) -> String {
    let end = (0..=LONGEST.min(tex.len())).rev().find(|end| tex.is_char_boundary(*end));
    linear::write(&tex[..end.unwrap_or_default()])
}

impl Formula {
    /// How it stands in print.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The formula as MathML; `alternative` is what it says in words.
    pub fn mathml(&self, alternative: &str) -> String {
        let display = matches!(self.setting, Setting::Display(_));
        mathml::write(&self.tree, display, alternative)
    }
}

impl Fault {
    fn new(what: impl Into<String>, help: &str) -> Self {
        Fault { what: what.into(), help: help.to_owned() }
    }
}

/// The face that formulas are set in.
fn face() -> Option<&'static MathFont> {
    static FACE: OnceLock<Option<MathFont>> = OnceLock::new();
    FACE.get_or_init(|| MathFont::from_bytes(fonts::mathematics()).ok()).as_ref()
}

/// Refuses what would take long or nest deeply; what nests without braces the library itself refuses.
fn bound(tex: &str) -> Result<(), Fault> {
    if tex.trim().is_empty() {
        return Err(Fault::new("it is empty", "write the formula, or take out the signs around it"));
    }
    if tex.len() > LONGEST {
        let what = format!("it is longer than {LONGEST} bytes");
        return Err(Fault::new(what, "divide it into several formulas"));
    }
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => {
                escaped = true;
                if tex[at..].starts_with("\\begin") || tex[at..].starts_with("\\left") {
                    depth += 1;
                } else if tex[at..].starts_with("\\end") || tex[at..].starts_with("\\right") {
                    depth = depth.saturating_sub(1);
                }
            }
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let what = format!("it nests deeper than {DEEPEST} levels");
            return Err(Fault::new(what, "give names to its parts and write them apart"));
        }
    }
    Ok(())
}

fn set_inline(tree: &MathNode, face: &'static MathFont) -> Result<Vec<(Layout, f32)>, Error> {
    let tree = dress::dress(tree, dress::Room::Text);
    let whole = layout::lay(&tree, face, MathStyle::Text)?;
    if whole.width <= WIDEST_UNBROKEN {
        return Ok(vec![(whole, 0.0)]);
    }
    let lay_all = |pieces: Vec<(MathNode, f32)>| -> Result<Vec<(Layout, f32)>, Error> {
        let lay = |(piece, space): (MathNode, f32)| {
            layout::lay(&piece, face, MathStyle::Text).map(|layout| (layout, space))
        };
        pieces.into_iter().map(lay).collect()
    };
    let laid = lay_all(align::divide(&tree))?;
    if laid.iter().any(|(piece, _)| piece.width > WIDEST_PIECE) {
        return lay_all(align::divide_terms(&tree));
    }
    Ok(laid)
}

/// Says what the library did not like, and what to do.
fn explain(error: &Error) -> Fault {
    const SIMPLER: &str = "write it with other commands, or as a picture with alternative text";
    match error {
        Error::Parse(ParseError::Unknown(command)) => Fault::new(
            format!("`{command}` is not a command that Garland knows"),
            "write out what it stands for: definitions of one’s own are not read",
        ),
        Error::Parse(ParseError::Unsupported(construct)) => {
            Fault::new(format!("it has something that cannot be set: {construct}"), SIMPLER)
        }
        Error::Parse(ParseError::UnmatchedDelimiter) => Fault::new(
            "`\\left` and `\\right` do not come in pairs",
            "add what is missing; `\\left.` and `\\right.` draw nothing",
        ),
        Error::Parse(ParseError::TrailingBackslash) => {
            Fault::new("it ends with a backslash", "take the backslash out, or finish the command")
        }
        Error::Parse(ParseError::Malformed(what)) => {
            Fault::new(format!("it is not whole: {what}"), "look for a brace or an argument that is missing")
        }
        Error::Font(FontError::MissingGlyph { ch }) => Fault::new(
            format!("the maths face has no `{ch}`"),
            "move the words out of the formula, or use another sign",
        ),
        Error::Unsupported { what } | Error::Malformed { what } | Error::InvalidOption { what } => {
            Fault::new(format!("it has something that cannot be set: {what}"), SIMPLER)
        }
        Error::Font(FontError::InvalidFace) => {
            Fault::new("the maths face cannot be read", "reinstall Garland")
        }
    }
}
