//! Any text is repaired once and for all, and ASCII is left alone.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let repaired = garland::ingest::repair_text(text);
    assert_eq!(garland::ingest::repair_text(&repaired), repaired, "repaired twice");
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n'))
    {
        assert_eq!(repaired, text, "ASCII");
    }
});
