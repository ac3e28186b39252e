//! Garland's tests.

mod epub;
mod pdf;
