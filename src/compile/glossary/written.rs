//! A term as one essay, or a glossary file, has it.

use crate::diagnostic::Place;
use crate::document::{Block, Parsed, Span};

use super::super::order::Essay;
use super::cross_references::SeeSentence;
use super::likeness::Wording;
use super::spellings::Name;

#[derive(Debug, Clone)]
pub(super) struct WrittenTerm {
    pub(super) name: Name,
    pub(super) aliases: Vec<String>,
    pub(super) definition: Vec<Block<Parsed>>,
    pub(super) see: Vec<String>,
    pub(super) see_also: Vec<String>,
    /// What the definition ends with where that may send the reader to other terms.
    pub(super) sentence: Option<SeeSentence>,
    /// Chapters that are credited with the definition.
    pub(super) chapters: Vec<usize>,
    /// The chapter whose notes and links the definition refers to.
    pub(super) home: Option<usize>,
    /// The essay's file, or the glossary file.
    pub(super) file: String,
    pub(super) place: TermPlace,
    /// The definition for comparing; empty until it is compared.
    pub(super) wording: Option<Wording>,
}

/// Where a term is defined. To count lines is left until somebody asks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TermPlace {
    Known(Place),
    /// In a section of an essay, from here on.
    Below {
        chapter: usize,
        span: Span,
    },
    /// In an essay, somewhere.
    Within {
        chapter: usize,
    },
}

impl WrittenTerm {
    pub(super) fn new(name: Name, file: String, place: TermPlace) -> Self {
        WrittenTerm {
            name,
            aliases: Vec::new(),
            definition: Vec::new(),
            see: Vec::new(),
            see_also: Vec::new(),
            sentence: None,
            chapters: Vec::new(),
            home: None,
            file,
            place,
            wording: None,
        }
    }

    /// A term that an essay of the book defines.
    pub(super) fn of_essay(name: Name, chapter: usize, essay: &Essay, place: TermPlace) -> Self {
        let file = essay.manuscript.file.clone();
        WrittenTerm { chapters: vec![chapter], home: Some(chapter), ..WrittenTerm::new(name, file, place) }
    }

    /// Every way to write the term, its name included.
    pub(super) fn spellings(&self) -> Vec<String> {
        let mut spellings = self.name.parts.clone();
        for alias in self.name.aliases.iter().chain(&self.aliases) {
            spellings.extend(Name::read(alias).parts);
        }
        spellings
    }

    /// Whether the glossary file, which is the editor's, says this for no essay.
    pub(super) fn is_by_editor(&self) -> bool {
        self.chapters.is_empty()
    }

    /// The language that the term is written in; the book's where no essay has it.
    pub(super) fn language<'a>(&self, essays: &'a [Essay], language: &'a str) -> &'a str {
        let essay = self.chapters.first().and_then(|&chapter| essays.get(chapter));
        essay.and_then(|essay| essay.language.as_deref()).unwrap_or(language)
    }
}

impl TermPlace {
    /// The place of the term of this name.
    pub(super) fn find(&self, name: &str, essays: &[Essay]) -> Option<Place> {
        let (chapter, from) = match self {
            TermPlace::Known(place) => return Some(place.clone()),
            TermPlace::Below { chapter, span } => (*chapter, span.start as usize),
            TermPlace::Within { chapter } => (*chapter, 0),
        };
        let manuscript = &essays.get(chapter)?.manuscript;
        let below = manuscript.text.get(from..).unwrap_or_default();
        let stands_in_section = matches!(self, TermPlace::Below { .. });
        let whole_words = below.match_indices(name).map(|(at, _)| at).filter(|&at| is_whole(below, at, name));
        let mut heads = whole_words.clone().filter(|&at| stands_in_section && is_headword(below, at));
        let offset = from + heads.next().or(whole_words.clone().next()).unwrap_or_default();
        Some(Place::in_text(&manuscript.file, &manuscript.text, offset))
    }
}

/// Whether a name in a text is no part of a longer word.
fn is_whole(text: &str, at: usize, name: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric();
    !text[..at].ends_with(joins) && !text[at + name.len()..].starts_with(joins)
}

/// Whether no word stands before it in its line: an entry's headword may follow a bullet, a number or an emoji.
fn is_headword(text: &str, at: usize) -> bool {
    let line = &text[..at];
    let line = &line[line.rfind('\n').map_or(0, |end| end + 1)..];
    !line.contains(char::is_alphabetic)
}
