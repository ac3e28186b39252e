//! Garland's tests.

mod pdf;
