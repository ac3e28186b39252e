//! The book out of hand-made essays: what `compile` promises, by room.

mod bibliography;
pub mod builder;
mod citation_check;
mod cited_links;
mod citing;
mod discussion;
mod exports;
mod files;
mod glossary;
mod index;
mod invariants;
mod links;
mod merge;
mod metadata;
mod note_styles;
mod notes;
mod pictures;
mod prose;
mod sources;
mod styles;
mod terms;
