//! Any text, in any dialect, becomes a tree.
#![no_main]

use garland::diagnostic::Diagnostics;
use garland::document::Metadata;
use garland::manuscript::{Dialect, Manuscript};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for dialect in [Dialect::Markdown, Dialect::Vault, Dialect::Plain] {
        let manuscript = Manuscript {
            file: "essay.md".to_owned(),
            dialect,
            metadata: Metadata::default(),
            text: text.to_owned(),
        };
        garland::parse::parse(&manuscript, &mut Diagnostics::new());
    }
});
