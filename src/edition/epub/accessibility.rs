//! What the publication can say about its own accessibility: computed, so that it is true.

use crate::anthology::{Anthology, PictureFormat};

/// How many pictures the text shows, and how many of them a listener learns nothing about.
#[derive(Debug, Clone, Copy, Default)]
pub struct PictureCount {
    pub shown: usize,
    pub undescribed: usize,
}

impl PictureCount {
    pub fn add(&mut self, other: PictureCount) {
        self.shown += other.shown;
        self.undescribed += other.undescribed;
    }
}

/// Properties of schema.org's accessibility vocabulary with their values. No conformance is claimed.
pub fn properties(anthology: &Anthology, pictures: PictureCount) -> Vec<(&'static str, String)> {
    let mut properties = vec![("accessMode", "textual")];
    if pictures.shown > 0 {
        properties.push(("accessMode", "visual"));
        properties.push(("accessModeSufficient", "textual,visual"));
    }
    if pictures.undescribed == 0 {
        properties.push(("accessModeSufficient", "textual"));
    }
    for feature in ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"] {
        properties.push(("accessibilityFeature", feature));
    }
    if pictures.shown > 0 && pictures.undescribed == 0 {
        properties.push(("accessibilityFeature", "alternativeText"));
    }
    // A GIF may move, and nobody has looked at how fast.
    let may_flash = anthology.pictures.iter().any(|picture| picture.format == PictureFormat::Gif);
    properties.push(("accessibilityHazard", if may_flash { "unknown" } else { "none" }));

    let mut properties: Vec<_> =
        properties.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    properties.push(("accessibilitySummary", summary(pictures)));
    properties
}

fn summary(pictures: PictureCount) -> String {
    let mut summary = "The text reflows and can be read aloud. Headings, a table of contents and landmarks \
                       lead through it; notes, sources and terms are linked in both directions."
        .to_owned();
    match pictures {
        PictureCount { shown: 0, .. } => (),
        PictureCount { undescribed: 0, .. } => summary.push_str(" Every picture has a text alternative."),
        PictureCount { shown, undescribed } => {
            summary.push_str(&format!(" {undescribed} of {shown} pictures have no text alternative."));
        }
    }
    summary
}
