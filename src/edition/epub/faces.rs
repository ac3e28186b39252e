//! The faces that the EPUB embeds: those that its text asks for, and of those the glyphs it needs.

use std::collections::BTreeSet;

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::edition::epub::layout::unique;
use crate::edition::epub::subset::subset;
use crate::fonts::{Face, FaceId, Family, Fonts, Style};

/// The characters of a text.
#[derive(Debug, Clone, Default)]
pub struct Characters(BTreeSet<char>);

impl Characters {
    pub fn add(&mut self, text: &str) {
        let mut ascii = [false; 128];
        for character in text.chars() {
            match ascii.get_mut(character as usize) {
                Some(seen) => *seen = true,
                None => {
                    self.0.insert(character);
                }
            }
        }
        self.0.extend((b' '..=b'~').filter(|byte| ascii[usize::from(*byte)]).map(char::from));
    }
}

/// What documents ask of the faces. Regular and bold text is in every book.
#[derive(Debug, Clone, Default)]
pub struct Demand {
    pub italic: bool,
    pub bold_italic: bool,
    /// The styles that code stands in, and its characters.
    pub mono: BTreeSet<Style>,
    pub code: Characters,
    pub characters: Characters,
}

impl Demand {
    pub fn merge(&mut self, other: &Demand) {
        self.italic |= other.italic;
        self.bold_italic |= other.bold_italic;
        self.mono.extend(&other.mono);
        self.code.0.extend(&other.code.0);
        self.characters.0.extend(&other.characters.0);
    }
}

/// A face that the book is set in.
#[derive(Clone)]
pub struct Chosen<'a> {
    /// The family as the face itself names it.
    pub family: String,
    pub face: &'a Face,
    id: FaceId,
    /// Set where the face lends these characters only.
    lends: Option<Characters>,
}

/// A face as it goes into the container.
pub struct Embedded {
    pub path: String,
    pub bytes: Vec<u8>,
    family: String,
    group: Family,
    style: Style,
}

/// The text faces first, then the monospaced ones, then those that lend single characters.
pub fn choose<'a>(fonts: &'a Fonts, demand: &Demand) -> Vec<Chosen<'a>> {
    let styles = [
        (true, Style::Regular),
        (demand.italic, Style::Italic),
        (true, Style::Bold),
        (demand.bold_italic, Style::BoldItalic),
    ];
    let mut ids: Vec<FaceId> = styles
        .into_iter()
        .filter(|(wanted, _)| *wanted)
        .filter_map(|(_, style)| fonts.select(Family::Serif, style))
        .collect();
    for style in &demand.mono {
        let id = fonts.select(Family::Mono, *style);
        ids.extend(id.filter(|id| !ids.contains(id)));
    }
    ids.dedup();
    let mut chosen: Vec<Chosen> = ids.iter().map(|id| Chosen::new(fonts, *id)).collect();

    let Some(regular) = ids.first().copied() else { return chosen };
    for character in &demand.characters.0 {
        let Some(id) = fonts.covering(*character, regular) else { continue };
        match chosen.iter_mut().find(|face| face.id == id) {
            Some(Chosen { lends: Some(lent), .. }) => {
                lent.0.insert(*character);
            }
            Some(_) => (),
            None => {
                let lends = Some(Characters(BTreeSet::from([*character])));
                chosen.push(Chosen { lends, ..Chosen::new(fonts, id) });
            }
        }
    }
    chosen
}

/// Cuts the faces down to what the text needs of them.
pub fn embed(chosen: &[Chosen], demand: &Demand) -> Vec<Embedded> {
    let mut taken = BTreeSet::new();
    let paths: Vec<String> = chosen
        .iter()
        .map(|chosen| {
            let extension = if chosen.face.bytes().starts_with(b"OTTO") { ".otf" } else { ".ttf" };
            format!("fonts/{}", unique(&mut taken, &chosen.face.name, extension))
        })
        .collect();
    chosen
        .par_iter()
        .zip(paths)
        .map(|(chosen, path)| {
            let needed = match (&chosen.lends, chosen.face.family) {
                (Some(lent), _) => lent,
                (None, Family::Mono) => &demand.code,
                (None, _) => &demand.characters,
            };
            // Where a licence keeps the name for the unaltered face, a subset would have to be renamed.
            let may_be_altered = !chosen.face.is_name_reserved();
            let bytes = if may_be_altered { subset(chosen.face, &needed.0) } else { None };
            Embedded {
                path,
                bytes: bytes.unwrap_or_else(|| chosen.face.bytes().to_vec()),
                family: chosen.family.clone(),
                group: if chosen.lends.is_some() { Family::Fallback } else { chosen.face.family },
                style: chosen.face.style,
            }
        })
        .collect()
}

/// The style rules that bring the faces in.
pub fn rules(faces: &[Embedded]) -> String {
    let mut rules = String::new();
    for face in faces {
        let weight = if face.style.is_bold() { "bold" } else { "normal" };
        let style = if face.style.is_italic() { "italic" } else { "normal" };
        rules.push_str(&format!(
            "@font-face {{ font-family: \"{}\"; font-weight: {weight}; font-style: {style}; src: url(\"{}\"); }}\n",
            face.family, face.path
        ));
    }
    let families = |groups: &[Family]| {
        let mut families: Vec<String> = Vec::new();
        for group in groups {
            families.extend(
                faces.iter().filter(|face| face.group == *group).map(|face| format!("\"{}\"", face.family)),
            );
        }
        families.dedup();
        families
    };
    let text = [families(&[Family::Serif, Family::Fallback]), vec!["serif".to_owned()]].concat();
    let code =
        [families(&[Family::Mono, Family::Serif, Family::Fallback]), vec!["monospace".to_owned()]].concat();
    rules.push_str(&format!("body {{ font-family: {}; }}\n", text.join(", ")));
    rules.push_str(&format!("code, pre {{ font-family: {}; }}\n\n", code.join(", ")));
    rules
}

impl<'a> Chosen<'a> {
    fn new(fonts: &'a Fonts, id: FaceId) -> Self {
        let face = fonts.face(id);
        let name = face.family_name();
        // Quoted in the style sheet: only what needs no escape there.
        let family = name.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect();
        Chosen { family, face, id, lends: None }
    }
}
