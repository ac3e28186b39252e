//! Garland's tests.

mod ingest;
mod manifest;
mod parse;
