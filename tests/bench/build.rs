//! Whole builds, from a folder to both editions in memory.
//!
//! `cargo bench` runs them; `.ci/measure` measures the command line from outside, with its memory,
//! and beside pandoc and Typst where they are installed.

use std::fs;
use std::path::{Path, PathBuf};

use divan::Bencher;
use garland::diagnostic::Diagnostics;
use garland::{Book, Options};

fn main() {
    divan::main();
}

/// The real essays where they are, else the sample anthology's.
fn essays() -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = repository.join("../shared/seeds");
    if seeds.is_dir() { seeds } else { repository.join("chapters") }
}

fn build(folder: &Path, options: &Options) -> Book {
    garland::build(folder, options, &mut Diagnostics::new()).expect("the essays make a book")
}

#[divan::bench]
fn both_editions(bencher: Bencher) {
    let folder = essays();
    bencher.bench(|| build(&folder, &Options::default()));
}

#[divan::bench]
fn epub_alone(bencher: Bencher) {
    let folder = essays();
    bencher.bench(|| build(&folder, &Options { pdf: false, ..Options::default() }));
}

#[divan::bench]
fn pdf_alone(bencher: Bencher) {
    let folder = essays();
    bencher.bench(|| build(&folder, &Options { epub: false, ..Options::default() }));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_thousand_essays(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    repeat_essays(&essays(), folder.path(), 1000);
    bencher.bench(|| build(folder.path(), &Options::default()));
}

/// Fills `folder` with `count` essays of some 670 words: the short ones of `from` again and again,
/// each with a title of its own.
fn repeat_essays(from: &Path, folder: &Path, count: usize) {
    let mut files: Vec<PathBuf> = fs::read_dir(from)
        .expect("the essays' folder")
        .map(|entry| entry.expect("an essay").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "md"))
        .collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .map(|path| fs::read_to_string(path).expect("an essay's text"))
        .filter(|text| text.split_whitespace().count() < 1300)
        .collect();
    for (number, text) in texts.iter().cycle().take(count).enumerate() {
        let path = folder.join(format!("{number:04}.txt"));
        fs::write(path, with_fresh_title(text, number)).expect("a copy of an essay");
    }
}

/// The essay with its number in its title: in the metadata block, or the first line without one.
fn with_fresh_title(text: &str, number: usize) -> String {
    let is_title = |(index, line): (usize, &str)| line.starts_with("title:") || (index == 0 && line != "---");
    let title = text.lines().enumerate().position(is_title).unwrap_or_default();
    let numbered = |(index, line): (usize, &str)| match line.strip_suffix('"') {
        _ if index != title => format!("{line}\n"),
        Some(open) => format!("{open}, {number}\"\n"),
        None => format!("{line} {number}\n"),
    };
    text.lines().enumerate().map(numbered).collect()
}
