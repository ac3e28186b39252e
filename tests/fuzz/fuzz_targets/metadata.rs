//! Any metadata block, in every notation, is read or complained of.
#![no_main]

use garland::diagnostic::Diagnostics;
use garland::ingest;
use garland::manuscript::Reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|block: &str| {
    for (opening, closing) in
        [("---\n", "\n---\n"), ("+++\n", "\n+++\n"), ("{", "}\n"), ("% ", "\n"), ("Title: ", "\n")]
    {
        let essay = format!("{opening}{block}{closing}\nText.\n");
        ingest::prepare("essay.md", essay.as_bytes(), Reading::default(), &mut Diagnostics::new());
    }
});
