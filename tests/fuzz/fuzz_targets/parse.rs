//! Any text, in any dialect, becomes a tree.
#![no_main]

use garland::diagnostic::Diagnostics;
use garland::manuscript::{Dialect, Manuscript};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for (_, dialect) in Dialect::NAMES {
        let manuscript = Manuscript::untouched("essay.md", dialect, text);
        garland::parse::parse(&manuscript, &mut Diagnostics::new());
    }
});
