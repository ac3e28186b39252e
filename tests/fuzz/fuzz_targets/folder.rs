//! Any folder is built or refused. Zero bytes cut the input into the manifest, a bibliography, a
//! glossary, a picture and essays.
#![no_main]

use std::fs;

use garland::Options;
use garland::diagnostic::Diagnostics;
use libfuzzer_sys::fuzz_target;

const FILES: [&str; 6] =
    ["anthology.yaml", "references.bib", "glossary.yaml", "picture.png", "1-first.md", "2-second.txt"];

fuzz_target!(|input: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in FILES.iter().zip(input.splitn(FILES.len(), |&byte| byte == 0)) {
        fs::write(folder.path().join(name), content).expect("a file of the folder");
    }
    let mut diagnostics = Diagnostics::new();
    let book = garland::build(folder.path(), &Options::default(), &mut diagnostics);
    assert!(book.is_some() != diagnostics.has_errors(), "a book and errors exclude each other");
});
