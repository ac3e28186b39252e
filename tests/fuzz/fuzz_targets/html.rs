//! Any page is read or refused, every line of it in bounded time, and no script gets through.
#![no_main]

use garland::diagnostic::Diagnostics;
use garland::ingest;
use garland::manuscript::{Dialect, Reading};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = Reading { dialect: Some(Dialect::Html), ..Reading::default() };
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare("essay.html", text.as_bytes(), reading, &mut diagnostics);
    let Some(manuscript) = manuscript else {
        assert!(!diagnostics.is_empty(), "a page that holds nothing is told of");
        return;
    };
    assert!(!manuscript.text.contains("<script"), "a script in the essay");
    garland::parse::parse(&manuscript, &mut diagnostics);
});
