//! Garland's tests.

mod architecture;
mod cli;
mod editions;
mod harness;
mod validators;
