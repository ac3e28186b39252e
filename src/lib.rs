//! Garland makes a book of a folder of essays.

pub mod anthology;
pub mod dates;
pub mod diagnostic;
pub mod document;
pub mod edition;
pub mod fonts;
pub mod ingest;
pub mod labels;
pub mod manifest;
pub mod manuscript;
pub mod paged_book;
pub mod typeset;
pub mod parse;
pub mod yaml;
