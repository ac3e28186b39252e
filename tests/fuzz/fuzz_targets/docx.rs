//! Any bytes, as a file or as the parts of one, are read as a Word document and an OpenDocument text, or
//! refused. Zero bytes cut the input into parts.
#![no_main]

use std::io::{Cursor, Write};

use garland::diagnostic::Diagnostics;
use garland::ingest::{odt, word};
use garland::manuscript::Vetoes;
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: [&str; 8] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "docProps/core.xml",
    "word/media/image1.png",
];
const OPEN_DOCUMENT: [&str; 4] = ["content.xml", "styles.xml", "meta.xml", "Pictures/1.png"];

fn pack(names: &[&str], input: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in names.iter().zip(input.splitn(names.len(), |&byte| byte == 0)) {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("a container").into_inner()
}

fuzz_target!(|input: &[u8]| {
    for bytes in [input.to_vec(), pack(&WORD, input)] {
        let mut diagnostics = Diagnostics::new();
        let converted = word::read("essay.docx", &bytes, &Vetoes::default(), &mut diagnostics);
        assert!(converted.is_some() || diagnostics.has_errors(), "a refusal has a reason");
    }
    for bytes in [input.to_vec(), pack(&OPEN_DOCUMENT, input)] {
        let mut diagnostics = Diagnostics::new();
        let converted = odt::read("essay.odt", &bytes, &Vetoes::default(), &mut diagnostics);
        assert!(converted.is_some() || diagnostics.has_errors(), "a refusal has a reason");
    }
});
