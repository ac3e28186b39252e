//! Garland's tests.

mod epub;
