//! Independent judges of both editions: epubcheck, Ace, qpdf, PDF/UA-1, poppler.
//!
//! A judge that is not installed is skipped with a message; `.ci/install` installs them all, and
//! `GARLAND_VALIDATORS=required` turns a missing one into a failure.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use garland::Options;
use garland::manifest::{Device, Paper};

use crate::epub::hostile;
use crate::harness::{Anthology, build, run, sample, seeds, skip, validators_are_required};

/// The editions of one anthology, on disk for the judges.
struct Editions {
    epub: PathBuf,
    kindle: PathBuf,
    kobo: PathBuf,
    pdf: PathBuf,
}

/// Builds into a folder that stays, for a look at what a judge complains of.
fn editions_of(name: &str, folder: &Path, options: &Options) -> Editions {
    let options = Options { devices: vec![Device::Kindle, Device::Kobo], ..options.clone() };
    let built = build(folder, &options);
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&output).unwrap();
    let for_device = |device: Device| output.join(format!("book.{}", device.extension()));
    let editions = Editions {
        epub: output.join("book.epub"),
        kindle: for_device(Device::Kindle),
        kobo: for_device(Device::Kobo),
        pdf: output.join("book.pdf"),
    };
    for (device, bytes) in &built.book().device_epubs {
        fs::write(for_device(*device), bytes).unwrap();
    }
    fs::write(&editions.epub, built.book().epub.as_ref().unwrap()).unwrap();
    fs::write(&editions.pdf, built.book().pdf.as_ref().unwrap()).unwrap();
    editions
}

/// An anthology with a bit of everything that tends to trip a validator.
const AWKWARD: &str = r#"---
title: "Ampersands & <Brackets> \"quoted\""
author: [Zoë O'Hara, "Čapek, Karel"]
date: 2024-02-29
lang: en
---

Straight into text with a note[^1], the same note[^1], and `x < y && z`. A [link](https://example.org/?a=1&b=2).

#### A heading that skips levels

| left | right |
|:-----|------:|
| a    | 1     |
| b    |       |

1. one
   - nested

     with a second paragraph
2. two

> A quotation.
>
> > Within a quotation.

```rust
fn main() { println!("<&>"); }
```

## The same heading

## The same heading

Term
: Its definition.

---

Ελληνικά, **bold *both* bold**, ~~gone~~, H~2~O, end.

[^1]: A note with a [link](#the-same-heading) and `code`.
"#;

fn awkward() -> Anthology {
    Anthology::new()
        .essay("1 first file.md", AWKWARD)
        .essay("2-second.md", AWKWARD)
        .essay("3.txt", "One line and nothing else\n\nText without any markup at all.\n")
}

/// The books that every judge sees, made once.
fn books() -> &'static [(&'static str, Editions)] {
    static BOOKS: OnceLock<Vec<(&'static str, Editions)>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let options = Options::default();
        let awkward = awkward();
        let hostile = hostile::anthology();
        let mut folders = vec![
            ("sample", sample()),
            ("awkward", awkward.path().to_owned()),
            ("hostile", hostile.path().to_owned()),
        ];
        folders.extend(seeds().map(|folder| ("seeds", folder)));
        folders.into_iter().map(|(name, folder)| (name, editions_of(name, &folder, &options))).collect()
    })
}

/// What a checker says of a file: nothing if it is content, or not installed.
fn findings(checker: &str, file: &Path) -> Option<String> {
    const NOT_INSTALLED: i32 = 69;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/validate");
    let output = Command::new(script).arg(checker).arg(file).output();
    match output {
        Ok(output) if output.status.success() => None,
        Ok(output) if output.status.code() != Some(NOT_INSTALLED) => {
            let [said, complained] =
                [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            Some(format!("{said}{complained}"))
        }
        _ if validators_are_required() => panic!("{checker} is required and not installed"),
        _ => {
            skip(&format!("{checker} is not installed"));
            None
        }
    }
}

fn judge(checker: &str, edition: impl Fn(&Editions) -> &Path) {
    judge_all_but(None, checker, edition);
}

fn judge_all_but(except: Option<&str>, checker: &str, edition: impl Fn(&Editions) -> &Path) {
    let mut reports = Vec::new();
    for (name, editions) in books().iter().filter(|(name, _)| Some(*name) != except) {
        reports.extend(findings(checker, edition(editions)).map(|report| format!("{name}:\n{report}")));
    }
    assert!(reports.is_empty(), "{checker} finds in {}", reports.join("\n"));
}

#[test]
fn epubcheck_finds_nothing() {
    judge("epubcheck", |editions| &editions.epub);
}

#[test]
fn epubcheck_finds_nothing_in_the_epubs_for_single_devices() {
    judge("epubcheck", |editions| &editions.kindle);
    judge("epubcheck", |editions| &editions.kobo);
}

#[test]
fn ace_finds_nothing() {
    judge("ace", |editions| &editions.epub);
}

#[test]
fn ace_finds_nothing_in_the_epub_for_kobo() {
    judge("ace", |editions| &editions.kobo);
}

#[test]
fn qpdf_finds_nothing() {
    judge("qpdf", |editions| &editions.pdf);
}

#[test]
fn the_pdf_is_pdf_ua_1() {
    // A picture that nobody has described keeps a book from being accessible, and it is told of.
    judge_all_but(Some("hostile"), "ua1", |editions| &editions.pdf);
}

#[test]
fn the_pdf_is_pdf_a_2a() {
    judge("2a", |editions| &editions.pdf);
}

#[test]
fn the_pdf_knows_its_title_and_is_tagged() {
    for (name, editions) in books() {
        let Some(info) = run("pdfinfo", &[editions.pdf.to_str().unwrap()]) else { return };
        let value = |key: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            line.map(str::trim).unwrap_or_default()
        };
        assert!(!value("Title").is_empty(), "{name} has no title:\n{info}");
        assert_eq!(value("Tagged"), "yes", "{name}");
        assert!(value("Page size").starts_with("419.5"), "{name} is not A5: {}", value("Page size"));
    }
}

#[test]
fn every_font_is_embedded_with_its_text() {
    for (name, editions) in books() {
        let Some(table) = run("pdffonts", &[editions.pdf.to_str().unwrap()]) else { return };
        let fonts: Vec<_> = table.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{name} has no fonts");
        for font in fonts {
            // … emb sub uni object ID: whether embedded, subset, with a map to Unicode.
            let columns: Vec<_> = font.split_whitespace().rev().collect();
            assert_eq!(columns[2..5], ["yes", "yes", "yes"], "{name}: {font}");
        }
    }
}

#[test]
fn every_paper_is_cut_to_size() {
    let anthology = Anthology::new().essay("a.md", "# A\n\nWords.\n");
    for (paper, size) in [(Paper::A5, "419.5"), (Paper::A4, "595.2"), (Paper::Letter, "612 x 792")] {
        let options = Options { paper: Some(paper), ..Options::default() };
        let editions = editions_of(&format!("{paper:?}"), anthology.path(), &options);
        let Some(info) = run("pdfinfo", &[editions.pdf.to_str().unwrap()]) else { return };
        assert!(info.contains(&format!("Page size:       {size}")), "{paper:?}:\n{info}");
    }
}
