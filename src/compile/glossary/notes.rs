//! Notes of a vault that are terms: the note's title is the term, its text the definition.

use crate::diagnostic::Place;
use crate::document::{Block, Metadata, Parsed};
use crate::manuscript::Dialect;

use super::super::order::{Essay, PartSize};
use super::super::text::plain_blocks;
use super::spellings::Name;
use super::written::{TermPlace, WrittenTerm};

/// What a vault's notes that are terms are tagged with.
const TAGS: [&str; 10] = [
    "term",
    "terms",
    "glossary",
    "definition",
    "glossar",
    "begriff",
    "glossaire",
    "glosario",
    "glossario",
    "glossário",
];
/// A longer note is an essay about terms.
const LONGEST: usize = 400;

/// Takes the notes that are terms out of the essays.
pub(super) fn take(essays: &mut Vec<Essay>, parts: &mut Vec<PartSize>) -> Vec<WrittenTerm> {
    let are_terms: Vec<bool> = essays.iter().map(is_term).collect();
    // A book of nothing but terms is a book of notes.
    if are_terms.iter().all(|is_term| *is_term) {
        return Vec::new();
    }
    let mut at = 0;
    for part in parts.iter_mut() {
        let own = are_terms.get(at..at + part.chapters).unwrap_or_default();
        at += part.chapters;
        part.chapters -= own.iter().filter(|is_term| **is_term).count();
    }
    parts.retain(|part| part.chapters > 0);
    let mut terms = Vec::new();
    let mut kept = Vec::with_capacity(essays.len());
    for (essay, is_term) in essays.drain(..).zip(are_terms) {
        if is_term { terms.push(written(essay)) } else { kept.push(essay) }
    }
    *essays = kept;
    terms
}

fn is_term(essay: &Essay) -> bool {
    essay.manuscript.dialect == Dialect::Vault
        && is_tagged(&essay.document.metadata)
        && plain_blocks(&essay.document.body).split_whitespace().take(LONGEST + 1).count() <= LONGEST
        && !essay.document.body.iter().any(|block| matches!(block, Block::Heading { level: 1 | 2, .. }))
}

fn is_tagged(metadata: &Metadata) -> bool {
    metadata.keywords.iter().any(|tag| {
        let first = tag.trim_start_matches('#').split('/').next().unwrap_or_default();
        TAGS.iter().any(|known| first.eq_ignore_ascii_case(known))
    })
}

fn written(essay: Essay) -> WrittenTerm {
    let Essay { manuscript, document, title, .. } = essay;
    let place = TermPlace::Known(Place::file(&manuscript.file));
    let definition: Vec<Block<Parsed>> = document.body;
    WrittenTerm {
        aliases: document.metadata.aliases,
        definition,
        ..WrittenTerm::new(Name::read(&title), manuscript.file, place)
    }
}
