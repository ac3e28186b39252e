//! What the publication can say about its own accessibility: computed, so that it is true.

use crate::anthology::Anthology;
use crate::language_tag;

/// What is claimed of a book that passes every check here.
pub const STANDARD: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

/// How many pictures the text shows, and how many of them a listener learns nothing about; and its formulas.
#[derive(Debug, Clone, Copy, Default)]
pub struct ContentCount {
    pub pictures: usize,
    pub undescribed: usize,
    /// How many pictures are described at length besides.
    pub long_descriptions: usize,
    /// Set as MathML.
    pub formulas: usize,
}

impl ContentCount {
    pub fn add(&mut self, other: ContentCount) {
        self.pictures += other.pictures;
        self.undescribed += other.undescribed;
        self.long_descriptions += other.long_descriptions;
        self.formulas += other.formulas;
    }
}

/// Everything that the claims rest on.
#[derive(Debug, Clone, Copy)]
pub struct Findings {
    content: ContentCount,
    /// Whether a picture may move or flash, at a pace that nobody has looked at.
    may_flash: bool,
    /// Whether a tag tells every text's language.
    names_languages: bool,
    /// Whether colours and sizes are those of our own style sheet, which leaves them to the reader.
    keeps_to_styles: bool,
}

impl Findings {
    pub fn of(anthology: &Anthology, content: ContentCount, has_own_styles: bool) -> Self {
        let mut languages = anthology.chapters.iter().map(|chapter| chapter.language.as_str());
        let is_known = |tag: &str| language_tag::well_formed(tag).is_some_and(|tag| tag != "und");
        Findings {
            content,
            may_flash: anthology.pictures.iter().any(|picture| picture.is_animated()),
            names_languages: is_known(&anthology.metadata.language) && languages.all(is_known),
            keeps_to_styles: !has_own_styles,
        }
    }

    /// Whether nothing is known that speaks against the [`STANDARD`]. Structure, links, notes, tables and
    /// contrast are made so that they pass; what depends on the essays is counted.
    pub fn conforms(&self) -> bool {
        self.content.undescribed == 0 && !self.may_flash && self.names_languages && self.keeps_to_styles
    }
}

/// Properties of schema.org's accessibility vocabulary with their values.
pub fn properties(findings: &Findings, is_paged: bool) -> Vec<(&'static str, String)> {
    let content = findings.content;
    let mut properties = vec![("accessMode", "textual")];
    if content.pictures > 0 {
        properties.push(("accessMode", "visual"));
        properties.push(("accessModeSufficient", "textual,visual"));
    }
    if content.undescribed == 0 {
        properties.push(("accessModeSufficient", "textual"));
    }
    let always =
        ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked"];
    let when = [
        (content.pictures > 0 && content.undescribed == 0, "alternativeText"),
        (content.long_descriptions > 0, "longDescriptions"),
        (content.formulas > 0, "MathML"),
        (is_paged, "pageBreakMarkers"),
        (is_paged, "pageNavigation"),
    ];
    let features =
        always.into_iter().chain(when.into_iter().filter_map(|(holds, name)| holds.then_some(name)));
    properties.extend(features.map(|feature| ("accessibilityFeature", feature)));
    properties.push(("accessibilityHazard", if findings.may_flash { "unknown" } else { "none" }));

    let mut properties: Vec<_> =
        properties.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    properties.push(("accessibilitySummary", summary(findings, is_paged)));
    properties
}

fn summary(findings: &Findings, is_paged: bool) -> String {
    let mut summary = "The text reflows and can be read aloud. Headings, a table of contents and landmarks \
                       lead through it; notes, sources and terms are linked in both directions."
        .to_owned();
    if is_paged {
        summary.push_str(" The page numbers are those of the print edition.");
    }
    match findings.content {
        ContentCount { pictures: 0, .. } => (),
        ContentCount { undescribed: 0, .. } => summary.push_str(" Every picture has a text alternative."),
        ContentCount { pictures, undescribed, .. } => {
            summary.push_str(&format!(" {undescribed} of {pictures} pictures have no text alternative."));
        }
    }
    if findings.content.formulas > 0 {
        summary.push_str(" Formulas are MathML, with alternative text.");
    }
    if findings.may_flash {
        summary.push_str(" Some pictures move.");
    }
    summary
}
