//! The book out of hand-made essays: what `compile` promises, by room.

mod bibliography;
pub mod builder;
mod citing;
mod exports;
mod files;
mod glossary;
mod invariants;
mod links;
mod merge;
mod metadata;
mod notes;
mod pictures;
mod prose;
mod sources;
mod styles;
