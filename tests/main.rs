//! Garland's tests.

mod architecture;
mod cli;
mod editions;
mod epub;
mod harness;
mod pdf;
mod typeset;
mod validators;
mod ingest;
mod manifest;
mod parse;
