//! Garland's tests.

mod audit;
mod compile;
