//! Garland's tests.

mod architecture;
mod cli;
mod editions;
mod epub;
mod harness;
mod ingest;
mod manifest;
mod parse;
mod pdf;
mod typeset;
mod validators;
mod audit;
mod compile;
