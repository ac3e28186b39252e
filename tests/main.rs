//! Garland's tests.
