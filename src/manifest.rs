//! `anthology.yaml`: everything an editor can set. Every key is optional.

use crate::anthology::Contributor;
use crate::document::{Date, Person};

/// The file's name in the anthology folder.
pub const FILE_NAME: &str = "anthology.yaml";

/// The editor's wishes; what is absent is inferred.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub editors: Vec<Person>,
    pub contributors: Vec<Contributor>,
    pub publisher: Option<String>,
    pub date: Option<Date>,
    pub language: Option<String>,
    pub identifier: Option<String>,
    pub description: Option<String>,
    pub subjects: Vec<String>,
    pub rights: Option<String>,
    /// Empty when the reading order is inferred.
    pub parts: Vec<ManifestPart>,
    pub bibliography: BibliographySettings,
    /// Path of the glossary file.
    pub glossary: Option<String>,
    pub editions: Editions,
}

/// A part of the book; without a title, chapters that belong to no part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ManifestPart {
    pub title: Option<String>,
    pub essays: Vec<ManifestEssay>,
}

/// An essay's entry, with what the editor knows better than the essay.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ManifestEssay {
    /// Relative to the anthology folder.
    pub file: String,
    /// 1-based line in the manifest.
    pub line: u32,
    pub title: Option<String>,
    pub authors: Vec<Person>,
    pub date: Option<Date>,
    pub language: Option<String>,
    pub rights: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct BibliographySettings {
    /// A CSL style by the name that the CSL style repository gives it, e.g. `ieee`.
    pub style: Option<String>,
    /// BibTeX, BibLaTeX or hayagriva YAML files, relative to the anthology folder.
    pub files: Vec<String>,
}

/// Which editions to make, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Editions {
    pub epub: bool,
    pub pdf: bool,
    pub paper: Paper,
}

impl Default for Editions {
    fn default() -> Self {
        Editions { epub: true, pdf: true, paper: Paper::A5 }
    }
}

/// The trimmed page of the print edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    A5,
    A4,
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        const POINTS_PER_MM: f32 = 72.0 / 25.4;
        match self {
            Paper::A5 => (148.0 * POINTS_PER_MM, 210.0 * POINTS_PER_MM),
            Paper::A4 => (210.0 * POINTS_PER_MM, 297.0 * POINTS_PER_MM),
            Paper::Letter => (612.0, 792.0),
        }
    }
}
