//! Garland's tests.

mod epub;
mod pdf;
mod architecture;
mod cli;
mod editions;
mod harness;
mod validators;
