//! Text cut where its face or its script changes.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use icu_segmenter::{GraphemeClusterSegmenter, GraphemeClusterSegmenterBorrowed};

use crate::fonts::{FaceId, Fonts};

/// Finds faces, and remembers which face has which character.
pub struct Itemizer<'f> {
    fonts: &'f Fonts,
    clusters: GraphemeClusterSegmenterBorrowed<'static>,
    coverage: HashMap<(FaceId, char), Option<FaceId>, RandomState>,
}

impl<'f> Itemizer<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        let clusters = GraphemeClusterSegmenter::new();
        Itemizer { fonts, clusters, coverage: HashMap::default() }
    }

    /// Cuts text where the face or the script has to change, but never within what a reader takes for one
    /// character. A character that no face has is left out.
    pub fn split(&mut self, text: &str, preferred: FaceId) -> Vec<(FaceId, Range<usize>)> {
        if text.is_ascii() {
            return vec![(preferred, 0..text.len())];
        }
        let scripts = CodePointMapData::<Script>::new();
        let mut parts: Vec<(FaceId, Range<usize>)> = Vec::new();
        let mut script: Option<Script> = None;
        let mut start = 0;
        for end in self.clusters.segment_str(text).skip(1) {
            let cluster = &text[start..end];
            let current = parts.last().map(|part| part.0);
            if let Some(face) = self.covering(cluster, preferred, current) {
                let own =
                    cluster.chars().map(|character| scripts.get(character)).find(|&script| is_strong(script));
                let changes = own.is_some() && script.is_some() && own != script;
                match parts.last_mut() {
                    Some((last, range)) if *last == face && range.end == start && !changes => range.end = end,
                    _ => {
                        parts.push((face, start..end));
                        script = None;
                    }
                }
                script = own.or(script);
            }
            start = end;
        }
        parts
    }

    /// The face for a cluster: the preferred one, else the one in use, else the first that has all of it,
    /// else one for its first character.
    fn covering(&mut self, cluster: &str, preferred: FaceId, current: Option<FaceId>) -> Option<FaceId> {
        let fonts = self.fonts;
        let first = cluster.chars().next()?;
        if cluster.chars().skip(1).any(|character| !is_silent(character)) {
            let covers = |&face: &FaceId| {
                let face = fonts.face(face);
                cluster
                    .chars()
                    .filter(|&character| !is_silent(character))
                    .all(|character| face.covers(character))
            };
            let all = fonts.iter().map(|(face, _)| face);
            let found = std::iter::once(preferred).chain(current).chain(all).find(covers);
            if found.is_some() {
                return found;
            }
        }
        let found =
            *self.coverage.entry((preferred, first)).or_insert_with(|| fonts.covering(first, preferred));
        match (found, current) {
            (Some(found), Some(current))
                if found != preferred && current != preferred && fonts.face(current).covers(first) =>
            {
                Some(current)
            }
            _ => found,
        }
    }
}

fn is_strong(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// Whether a character only says how its neighbours are to be shown.
fn is_silent(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E01EF}')
}
