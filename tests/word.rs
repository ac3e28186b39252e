//! Word documents: every file in `tests/word` holds the parts of a document and what it becomes.
//!
//! A part starts with a line such as `@ document`; the XML around it, with its namespaces, goes without
//! saying, and so do the usual styles and lists. `GARLAND_UPDATE=1 cargo test word` writes what the
//! documents become anew; read the difference before committing.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use garland::diagnostic::{Diagnostics, Severity};
use garland::ingest::container::Converted;
use garland::ingest::word;
use garland::ledger::Fate;
use garland::manuscript::Vetoes;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::harness::SEPARATOR;

mod properties;

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties""#;

/// As Word in German has them: names in English, ids in German.
const STYLES: &str = r#"
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Untertitel"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="My Chapter"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Stufe3"><w:name w:val="My Level"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="HTMLVorformatiert"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Listenabsatz"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:styleId="Aufzhlung"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Vorspann"><w:name w:val="My Lead"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Verweis"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
"#;

/// 1: bullets; 2 and 3: numbers that count on from each other; 4: the same, started anew at 7.
const NUMBERING: &str = r#"
<w:abstractNum w:abstractNumId="10"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="20"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="10"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="20"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="20"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="20"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"#;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document, part by part.
#[derive(Default)]
pub struct Document {
    /// The inside of a part by the part's short name.
    parts: BTreeMap<String, String>,
}

impl Document {
    /// A document with this inside of its body.
    pub fn new(body: &str) -> Self {
        Document::default().part("document", body)
    }

    #[must_use]
    pub fn part(mut self, name: &str, inside: &str) -> Self {
        self.parts.insert(name.to_owned(), inside.to_owned());
        self
    }

    /// Reads `@ name` lines and what follows each.
    fn parse(text: &str) -> Self {
        let mut document = Document::default();
        for section in text.split("\n@ ") {
            let section = section.strip_prefix("@ ").unwrap_or(section);
            let (name, inside) = section.split_once('\n').unwrap_or((section, ""));
            document = document.part(name.trim(), inside);
        }
        document
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let part = |name: &str| self.parts.get(name).map(String::as_str);
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut relations = part("relations").unwrap_or_default().to_owned();
        let inside = |root: &str, inside: &str| {
            format!("<?xml version=\"1.0\"?><{root} {NAMESPACES}>{inside}</{root}>").into_bytes()
        };
        let body = format!("<w:body>{}</w:body>", part("document").unwrap_or_default());
        files.push(("word/document.xml".to_owned(), inside("w:document", &body)));
        let beside = [
            ("styles", "w:styles", Some(STYLES)),
            ("numbering", "w:numbering", Some(NUMBERING)),
            ("footnotes", "w:footnotes", None),
            ("endnotes", "w:endnotes", None),
            ("comments", "w:comments", None),
            ("header", "w:hdr", None),
            ("footer", "w:ftr", None),
        ];
        for (name, root, usual) in beside {
            if let Some(content) = part(name).or(usual) {
                files.push((format!("word/{name}.xml"), inside(root, content)));
                relations.push_str(&format!(
                    "<Relationship Id=\"{name}\" Type=\"{OFFICE}/{name}\" Target=\"{name}.xml\"/>"
                ));
            }
        }
        relations.push_str(&format!(
            "<Relationship Id=\"picture\" Type=\"{OFFICE}/image\" Target=\"media/image1.png\"/>"
        ));
        files.push(("word/media/image1.png".to_owned(), b"a picture".to_vec()));
        let related = |content: &str| {
            let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
            format!("<Relationships xmlns=\"{namespace}\">{content}</Relationships>").into_bytes()
        };
        files.push(("word/_rels/document.xml.rels".to_owned(), related(&relations)));
        let mut top =
            format!("<Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
        if let Some(core) = part("core") {
            files.push(("docProps/core.xml".to_owned(), inside("cp:coreProperties", core)));
            top.push_str("<Relationship Id=\"b\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>");
        }
        files.push(("_rels/.rels".to_owned(), related(&top)));
        zip(&files)
    }
}

/// Packs files into a container.
pub fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("a container").into_inner()
}

/// Reads a document.
pub fn read(bytes: &[u8]) -> (Option<Converted>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let converted = word::read("essays/essay.docx", bytes, &Vetoes::default(), &mut diagnostics);
    (converted, diagnostics)
}

/// What a document became: the HTML, then what is beside it, one line each.
pub fn show(converted: Option<&Converted>, diagnostics: &Diagnostics) -> String {
    let mut shown = String::new();
    if let Some(converted) = converted {
        shown.push_str(&converted.html);
        shown.push_str("-----\n");
        let metadata = &converted.metadata;
        let authors: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
        let fields = [
            ("title", metadata.title.clone().unwrap_or_default()),
            ("subtitle", metadata.subtitle.clone().unwrap_or_default()),
            ("authors", authors.join("; ")),
            ("date", metadata.date.map(|date| date.to_string()).unwrap_or_default()),
            ("language", metadata.language.clone().unwrap_or_default()),
            ("description", metadata.description.clone().unwrap_or_default()),
            ("keywords", metadata.keywords.join("; ")),
        ];
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            shown.push_str(&format!("{name}: {value}\n"));
        }
        for picture in &converted.pictures {
            shown.push_str(&format!("picture {}: {} bytes\n", picture.path, picture.content.len()));
        }
        for change in &converted.changes {
            let fate = match change.fate {
                Fate::Removed => "removed",
                Fate::Moved => "moved",
                Fate::Repaired { .. } => "repaired",
            };
            shown.push_str(&format!(
                "{fate} at {} [{}] {}: {:?}\n",
                change.lines.0, change.rule, change.reason, change.text
            ));
        }
    }
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
        shown.push_str(&format!(
            "{place}: {}: {} [{}]\n",
            diagnostic.severity, diagnostic.message, diagnostic.code
        ));
    }
    shown
}

#[test]
fn documents_become_the_html_below_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word");
    let mut wrong = Vec::new();
    for case in files(&folder, "xml") {
        let content = fs::read_to_string(&case).expect("a readable case");
        let (document, expected) = content.split_once(SEPARATOR).unwrap_or((content.trim_end(), ""));
        let (converted, diagnostics) = read(&Document::parse(document).bytes());
        let shown = show(converted.as_ref(), &diagnostics);
        compare(&case, expected, &shown, &format!("{document}{SEPARATOR}{shown}"), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Documents that other programs made: `pandoc.docx` by pandoc 2.17 from Markdown with every element that
/// it knows; `libreoffice.docx` by LibreOffice 7.4 from the same as .odt; `python-docx.docx` by python-docx 1.2 from its own template, with styles, lists, a merged
/// table, a picture, a header and a footer.
#[test]
fn documents_of_other_programs_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/office");
    let mut wrong = Vec::new();
    for case in files(&folder, "docx") {
        let (converted, diagnostics) = read(&fs::read(&case).expect("a readable document"));
        let shown = show(converted.as_ref(), &diagnostics);
        let golden = case.with_extension("docx.html");
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        compare(&golden, &expected, &shown, &shown, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of cases").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == extension)).collect();
    files.sort();
    files
}

pub fn compare(case: &Path, expected: &str, shown: &str, update: &str, wrong: &mut Vec<String>) {
    if shown == expected {
        return;
    }
    if std::env::var_os("GARLAND_UPDATE").is_some() {
        fs::write(case, update).expect("a writable case");
    } else {
        wrong.push(format!("{}:\n--- expected\n{expected}\n--- found\n{shown}", case.display()));
    }
}

#[track_caller]
fn assert_refused(bytes: &[u8], code: &str, message: &str) {
    let (converted, diagnostics) = read(bytes);
    assert!(converted.is_none());
    let errors: Vec<_> = diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(errors[0].code, code);
    assert!(errors[0].message.contains(message), "{}", errors[0].message);
    assert!(errors[0].help.is_some());
}

#[test]
fn what_is_no_word_document_is_refused_with_a_reason() {
    assert_refused(b"plain text", "not-a-container", "not a ZIP container");
    assert_refused(b"{\\rtf1 text}", "unread-format", "Rich Text");
    assert_refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "unread-format", "before 2007");
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_refused(&encrypted, "encrypted-file", "password");
    assert_refused(
        &zip(&[("mimetype".to_owned(), b"other".to_vec())]),
        "not-a-container",
        "word/document.xml",
    );

    let whole = Document::new("<w:p><w:r><w:t>Text</w:t></w:r></w:p>").bytes();
    assert_refused(&whole[..whole.len() / 2], "damaged-container", "cut short");
    assert_refused(&Document::new("<w:p><w:r>").bytes(), "damaged-container", "word/document.xml");
}

#[test]
fn a_flood_is_stopped() {
    let flood = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(40 << 20));
    assert_refused(&Document::new(&flood).bytes(), "container-too-large", "far too much");
}

#[test]
fn nesting_without_end_is_read_flat() {
    let depth = 20_000;
    let deep = format!(
        "{}<w:p><w:r><w:t>Deep down.</w:t></w:r></w:p>{}",
        "<w:customXml>".repeat(depth),
        "</w:customXml>".repeat(depth)
    );
    let (converted, _) = read(&Document::new(&deep).bytes());
    assert!(converted.expect("a document").html.contains("Deep down."));
    let tables = 3_000;
    let nested = format!(
        "{}<w:p><w:r><w:t>Inside.</w:t></w:r></w:p>{}",
        "<w:tbl><w:tr><w:tc>".repeat(tables),
        "</w:tc></w:tr></w:tbl>".repeat(tables)
    );
    let (converted, _) = read(&Document::new(&nested).bytes());
    assert!(converted.expect("a document").html.contains("Inside."));
}

#[test]
fn absurd_numbers_make_no_absurd_tables() {
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>";
    let row =
        format!("<w:tr><w:trPr><w:gridBefore w:val=\"999999999\"/></w:trPr>{}</w:tr>", cell.repeat(100));
    let table = format!("<w:tbl>{row}<w:tr>{cell}</w:tr></w:tbl>");
    let (converted, _) = read(&Document::new(&table).bytes());
    let html = converted.expect("a document").html;
    assert_eq!(html.matches("cell").count(), 101);
    assert!(html.len() < 5_000, "{} bytes", html.len());
}
