//! Small anthologies for tests, and what became of them.
//!
//! A test reads as a sentence: an anthology with these files, built, says this.
//!
//! ```ignore
//! Anthology::new().essay("a.md", "# A\n\nWords.").build().epub("text/a.xhtml").contains("Words.");
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use garland::diagnostic::{Diagnostic, Diagnostics, Severity};
use garland::edition::cover::Cover;
use garland::edition::epub;
use garland::fonts::Fonts;
use garland::paged_book::PagedBook;
use garland::{Book, Options};
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use quick_xml::events::Event;
use tempfile::TempDir;

/// An anthology folder in the making.
pub struct Anthology {
    folder: TempDir,
    options: Options,
}

impl Anthology {
    /// An empty folder.
    pub fn new() -> Self {
        Anthology { folder: tempfile::tempdir().unwrap(), options: Options::default() }
    }

    pub fn essay(self, file: &str, text: &str) -> Self {
        self.file(file, text.as_bytes())
    }

    pub fn manifest(self, yaml: &str) -> Self {
        self.file("anthology.yaml", yaml.as_bytes())
    }

    /// Any file; folders on the way to it are made.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    pub fn build(&self) -> Built {
        build(self.path(), &self.options)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Builds a folder that is there already.
pub fn build(folder: &Path, options: &Options) -> Built {
    let mut diagnostics = Diagnostics::new();
    let book = garland::build(folder, options, &mut diagnostics);
    let epub = book.as_ref().and_then(|book| book.epub.as_deref()).map(Epub::open);
    Built { book, epub, diagnostics }
}

/// The outcome of a build.
pub struct Built {
    pub book: Option<Book>,
    epub: Option<Epub>,
    diagnostics: Diagnostics,
}

impl Built {
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The book; a test that has none fails with the reasons.
    pub fn book(&self) -> &Book {
        self.book.as_ref().unwrap_or_else(|| panic!("no book was made:\n{}", self.report()))
    }

    /// A file of the EPUB as source text, for assertions.
    pub fn epub(&self, path: &str) -> Text {
        Text { name: path.to_owned(), text: self.epub_text(path) }
    }

    /// A file of the EPUB as source text. `path` may leave out the leading folders.
    pub fn epub_text(&self, path: &str) -> String {
        self.container().text(path)
    }

    /// What a reader of the EPUB reads, from the first page to the last, without markup.
    pub fn epub_prose(&self) -> Text {
        Text { name: "the EPUB".to_owned(), text: self.container().prose() }
    }

    /// What a reader of the PDF reads; `None` where pdftotext is not installed.
    pub fn pdf_text(&self) -> Option<Text> {
        self.pdf_text_with(&[])
    }

    /// The PDF's text in the order in which it is painted: a table row by row, the running head last.
    pub fn pdf_text_as_painted(&self) -> Option<Text> {
        self.pdf_text_with(&["-raw"])
    }

    fn pdf_text_with(&self, options: &[&str]) -> Option<Text> {
        let pdf = self.book().pdf.as_deref().expect("the PDF edition");
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(pdf).unwrap();
        let arguments = [options, &["-enc", "UTF-8", file.path().to_str().unwrap(), "-"]].concat();
        let text = run("pdftotext", &arguments)?;
        Some(Text { name: "the PDF".to_owned(), text })
    }

    /// An error of this kind was reported, and no book made.
    pub fn expect_error(&self, code: &str) -> &Self {
        assert!(self.book.is_none(), "a book was made in spite of {code}");
        self.expect(Severity::Error, code)
    }

    /// A warning of this kind was reported, and the book made all the same.
    pub fn expect_warning(&self, code: &str) -> &Self {
        self.book();
        self.expect(Severity::Warning, code)
    }

    /// The book was made, and nothing is wrong with it.
    pub fn expect_clean(&self) -> &Self {
        self.book();
        let complaints = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Note);
        assert_eq!(complaints.count(), 0, "{}", self.report());
        self
    }

    fn expect(&self, severity: Severity, code: &str) -> &Self {
        let is_it = |diagnostic: &Diagnostic| diagnostic.severity == severity && diagnostic.code == code;
        assert!(self.diagnostics.iter().any(is_it), "no {severity} {code} among:\n{}", self.report());
        self
    }

    fn container(&self) -> &Epub {
        self.book();
        self.epub.as_ref().expect("the EPUB edition")
    }

    fn report(&self) -> String {
        let line = |diagnostic: &Diagnostic| {
            let place = diagnostic.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
            format!("{}[{}]: {}{place}\n", diagnostic.severity, diagnostic.code, diagnostic.message)
        };
        self.diagnostics.iter().map(line).collect()
    }
}

/// The EPUB of an anthology that was made by hand.
pub fn write_epub(
    anthology: &garland::anthology::Anthology,
    print: Option<&PagedBook>,
    settings: &epub::Settings,
) -> Vec<u8> {
    let fonts = Fonts::bundled();
    let cover = Cover::of(anthology, &fonts).expect("a cover");
    epub::write(anthology, &fonts, &cover, print, settings).unwrap_or_else(|error| panic!("no EPUB: {error}"))
}

/// A file of an EPUB that was read from disk.
pub fn epub_file(epub: &[u8], path: &str) -> Text {
    Text { name: path.to_owned(), text: Epub::open(epub).text(path) }
}

/// What a reader of an EPUB that was read from disk reads.
pub fn epub_prose(epub: &[u8]) -> Text {
    Text { name: "the EPUB".to_owned(), text: Epub::open(epub).prose() }
}

/// Text under test; every assertion hands it on.
pub struct Text {
    name: String,
    pub text: String,
}

impl Text {
    #[track_caller]
    pub fn contains(&self, part: &str) -> &Self {
        assert!(self.text.contains(part), "{} lacks {part:?}:\n{}", self.name, self.text);
        self
    }

    #[track_caller]
    pub fn lacks(&self, part: &str) -> &Self {
        if let Some(found) = self.text.find(part) {
            let around: String = self.text[..found].chars().rev().take(60).collect();
            let before: String = around.chars().rev().collect();
            let after: String = self.text[found..].chars().take(60).collect();
            panic!("{} contains {part:?}: …{before}{after}…", self.name);
        }
        self
    }
}

/// The files of an EPUB's container.
struct Epub(BTreeMap<String, Vec<u8>>);

impl Epub {
    fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("the EPUB is a zip archive");
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            files.insert(file.name().to_owned(), content);
        }
        Epub(files)
    }

    fn text(&self, path: &str) -> String {
        let suffix = format!("/{path}");
        let found = self.0.iter().find(|(name, _)| *name == path || name.ends_with(&suffix));
        let Some((_, content)) = found else {
            panic!("the EPUB has no {path}, only {:#?}", self.0.keys().collect::<Vec<_>>());
        };
        String::from_utf8(content.clone()).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
    }

    /// The documents of the spine, one after another, as text.
    fn prose(&self) -> String {
        let package = self.text("content.opf");
        let mut documents = BTreeMap::new();
        let mut spine = Vec::new();
        for_each_tag(&package, |tag, attribute| match tag {
            "item" => {
                documents.insert(attribute("id"), attribute("href"));
            }
            "itemref" => spine.push(attribute("idref")),
            _ => {}
        });
        assert!(!spine.is_empty(), "the spine is empty");
        spine.iter().map(|id| prose_of(&self.text(&documents[id]))).collect()
    }
}

/// Calls `see` for every start tag with its local name and a way to ask for attributes.
fn for_each_tag(xml: &str, mut see: impl FnMut(&str, &dyn Fn(&str) -> String)) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                see(std::str::from_utf8(name.as_ref()).unwrap(), &|attribute| {
                    let value = tag.try_get_attribute(attribute).unwrap();
                    value.map(|value| value.unescape_value().unwrap().into_owned()).unwrap_or_default()
                });
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

/// Elements that may stand within a word.
const WITHIN_WORDS: [&[u8]; 9] = [b"b", b"bdi", b"code", b"em", b"i", b"mark", b"small", b"span", b"strong"];

/// The text of an XHTML document's body.
fn prose_of(xhtml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xhtml);
    let mut text = String::new();
    let mut in_body = false;
    loop {
        let event = reader.read_event().expect("well-formed XHTML");
        if let Event::Start(tag) = &event {
            in_body |= tag.local_name().as_ref() == b"body";
        }
        match event {
            Event::Eof => return text,
            _ if !in_body => {}
            Event::Start(tag) | Event::Empty(tag) if !WITHIN_WORDS.contains(&tag.local_name().as_ref()) => {
                text.push('\n');
            }
            Event::End(tag) if !WITHIN_WORDS.contains(&tag.local_name().as_ref()) => text.push('\n'),
            Event::Text(part) => text.push_str(&part.decode().unwrap()),
            Event::GeneralRef(reference) => {
                let name = reference.decode().unwrap();
                let character = reference.resolve_char_ref().unwrap();
                match (character, quick_xml::escape::resolve_predefined_entity(&name)) {
                    (Some(character), _) => text.push(character),
                    (None, Some(entity)) => text.push_str(entity),
                    (None, None) => panic!("XHTML knows no entity &{name};"),
                }
            }
            _ => {}
        }
    }
}

/// Whether absent validators fail the tests, as on the project's own checks.
pub fn validators_are_required() -> bool {
    std::env::var("GARLAND_VALIDATORS").is_ok_and(|value| value == "required")
}

/// Says that something was not tested, past the test runner's capture.
pub fn skip(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// What a tool prints, or `None` where it is not installed.
pub fn run(tool: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(tool).args(arguments).output() {
        Ok(output) => {
            let complaints = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{tool} {arguments:?} fails: {complaints}");
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Err(_) if validators_are_required() => panic!("{tool} is required and not installed"),
        Err(_) => {
            skip(&format!("{tool} is not installed"));
            None
        }
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample anthology.
pub fn sample() -> PathBuf {
    repository().join("chapters")
}

/// Five real essays exactly as received, where they lie beside the repository.
pub fn seeds() -> Option<PathBuf> {
    let folder = repository().join("../shared/seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    skip("../shared/seeds is not there");
    None
}

/// How a property is tried: on the same cases in every run, so that no run fails by chance. With `PROPTEST_CASES`
/// set, on as many random ones; what they find becomes a test of its own.
pub fn tries(usual: u32) -> ProptestConfig {
    let random = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => random,
        None => ProptestConfig { cases: usual, rng_seed: RngSeed::Fixed(3), ..random },
    }
}

/// In a golden file, between what is read and what becomes of it.
pub const SEPARATOR: &str = "\n=====\n";

/// Compares what `show` makes of every golden file of a folder in `tests`, by its name and its first half,
/// with its second half; or writes that anew where `GARLAND_UPDATE` is set.
pub fn compare_goldens(folder: &str, show: impl Fn(&str, &str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(&folder).expect("the folder exists").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let content = fs::read_to_string(&file).expect("a readable file");
        let (source, expected) = content.split_once(SEPARATOR).unwrap_or((content.trim_end(), ""));
        let shown = show(&name, source);
        if shown == expected {
            continue;
        }
        if std::env::var_os("GARLAND_UPDATE").is_some() {
            fs::write(&file, format!("{source}{SEPARATOR}{shown}")).expect("a writable file");
        } else {
            wrong.push(format!("{name}:\n--- expected\n{expected}\n--- found\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
