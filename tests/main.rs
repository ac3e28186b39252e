//! Garland's tests.

mod architecture;
mod audit;
mod cli;
mod commonmark;
mod compile;
mod editions;
mod epub;
mod formula;
mod harness;
mod ingest;
mod manifest;
mod odt;
mod page;
mod parse;
mod pdf;
mod typeset;
mod validators;
mod word;
