//! Garland makes a book of a folder of essays.

pub mod anthology;
pub mod audit;
pub mod compile;
pub mod diagnostic;
pub mod document;
pub mod fonts;
pub mod labels;
pub mod manifest;
pub mod manuscript;
pub mod paged_book;
