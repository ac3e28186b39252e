//! What the process does with memory that it no longer needs.

use std::ffi::c_long;

use libmimalloc_sys::{mi_option_set, mi_option_t};

/// mimalloc's `mi_option_purge_delay`, which its bindings do not name.
const PURGE_DELAY: mi_option_t = 15;
/// No purging at all.
const NEVER: c_long = -1;

/// Keeps freed memory for what comes next. The allocator would give it back to the system after a second, just when a
/// large book has been typeset and is about to be written, and the system would clear it all over again: a fifth of
/// the time went there. Of no effect where mimalloc is not the program's allocator.
pub fn keep() {
    // SAFETY: the function takes any option and any value; mimalloc makes sure itself that threads may call it.
    unsafe {
        mi_option_set(PURGE_DELAY, NEVER);
    }
}

#[cfg(test)]
mod tests {
    use libmimalloc_sys::mi_option_get;

    use super::PURGE_DELAY;

    #[test]
    fn the_option_is_the_one_that_is_meant() {
        // A second, by mimalloc's documentation; no other option has this value.
        // SAFETY: it only reads.
        let before = unsafe { mi_option_get(PURGE_DELAY) };
        assert_eq!(before, 1000);
    }
}
