//! The EPUB of a thousand essays: how long it takes to write and pack one, and how large it is beside that of
//! pandoc, without fonts, where pandoc is installed.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use divan::Bencher;
use garland::anthology::Anthology;
use garland::compile::compile;
use garland::diagnostic::Diagnostics;
use garland::edition::cover::Cover;
use garland::edition::epub;
use garland::fonts::Fonts;
use garland::{ingest, parse};

const ESSAYS: usize = 1000;

fn main() {
    let book = book();
    let epub = pack(book);
    println!(
        "{ESSAYS} essays: {} KB, {} KB of them not fonts",
        epub.len() / 1024,
        without_fonts(&epub) / 1024
    );
    match pandoc(&book.files) {
        Some(size) => println!("pandoc's EPUB of the same: {} KB", size / 1024),
        None => println!("pandoc is not installed"),
    }
    divan::main();
}

/// Everything that the EPUB is made from.
struct Book {
    files: Vec<PathBuf>,
    anthology: Anthology,
    fonts: Fonts,
    cover: Cover,
    _folder: tempfile::TempDir,
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = repeat_essays(folder.path());
        let mut diagnostics = Diagnostics::new();
        let (manifest, input) = ingest::read(folder.path(), &mut diagnostics).expect("essays");
        let documents =
            input.manuscripts.iter().map(|essay| parse::parse(essay, &mut diagnostics).0).collect();
        let anthology = compile(&manifest, input, documents, None, &mut diagnostics);
        let fonts = Fonts::bundled();
        let cover = Cover::of(&anthology, &fonts).expect("a cover");
        Book { files, anthology, fonts, cover, _folder: folder }
    })
}

/// Fills the folder with the sample's essays, again and again, each under a heading of its own, which is how pandoc
/// tells chapters; and without pictures, which neither packs.
fn repeat_essays(folder: &Path) -> Vec<PathBuf> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("chapters");
    let entries = fs::read_dir(sample).expect("the sample").map(|entry| entry.expect("an essay").path());
    let mut essays: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|kind| kind == "md")).collect();
    essays.sort();
    let bodies: Vec<String> = essays.iter().map(|path| body(path)).collect();
    let copies = bodies.iter().cycle().take(ESSAYS).enumerate();
    copies
        .map(|(number, body)| {
            let path = folder.join(format!("{number:04}.md"));
            fs::write(&path, format!("# Essay {number}\n\n{body}")).expect("a copy");
            path
        })
        .collect()
}

/// An essay's text below its metadata.
fn body(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a text");
    let body = text.splitn(3, "---\n").last().unwrap_or_default();
    body.lines().filter(|line| !line.starts_with("![")).map(|line| format!("{line}\n")).collect()
}

fn pack(book: &Book) -> Vec<u8> {
    let settings = epub::Settings::default();
    epub::write(&book.anthology, &book.fonts, &book.cover, None, &settings).expect("an EPUB")
}

fn without_fonts(epub: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an archive");
    let fonts = (0..archive.len()).map(|index| {
        let file = archive.by_index_raw(index).expect("a file");
        if file.name().contains("/fonts/") { file.compressed_size() as usize } else { 0 }
    });
    epub.len() - fonts.sum::<usize>()
}

/// The size of pandoc's EPUB, which has no fonts.
fn pandoc(files: &[PathBuf]) -> Option<u64> {
    let output = tempfile::Builder::new().suffix(".epub").tempfile().expect("a temporary file");
    let made = Command::new("pandoc")
        .args(["--from", "markdown", "--file-scope", "--toc", "--metadata", "title=Essays", "--output"])
        .arg(output.path())
        .args(files)
        .output()
        .ok()?;
    made.status.success().then(|| fs::metadata(output.path()).map_or(0, |file| file.len()))
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pack_a_thousand_essays(bencher: Bencher) {
    let book = book();
    bencher.bench(|| pack(book));
}
