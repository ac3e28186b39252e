//! The container, the package document and the navigation.

use garland::anthology::{BookMetadata, Certification, PictureId, Series, Subject, SubjectCode};
use garland::document::Block;

use super::book::{Book, Epub, everything, paragraph, picture};

#[test]
fn the_container_starts_with_its_media_type_and_is_sorted() {
    let epub = everything().open();
    assert_eq!(&epub.bytes[30..58], b"mimetypeapplication/epub+zip");
    let archive = zip::ZipArchive::new(std::io::Cursor::new(&epub.bytes)).expect("the container opens");
    let names: Vec<&str> = archive.file_names().skip(1).collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert_eq!(everything().open().bytes, everything().open().bytes);
}

#[test]
fn the_package_names_everyone_with_their_part_in_the_book() {
    let epub = everything().open();
    let opf = epub.text("OEBPS/content.opf");
    for line in [
        r#"<dc:identifier id="identifier">urn:uuid:7b2f8a50-4a3e-5c1d-9a53-0c2b8d6f1e11</dc:identifier>"#,
        r#"<dc:title id="title">Fireflies &amp; &lt;Lanterns&gt;</dc:title>"#,
        r##"<meta refines="#title" property="title-type">main</meta>"##,
        r#"<dc:creator id="creator-1">Ada Lovelace</dc:creator>"#,
        r##"<meta refines="#creator-1" property="role" scheme="marc:relators">aut</meta>"##,
        r##"<meta refines="#creator-1" property="file-as">Lovelace, Ada</meta>"##,
        r##"<meta refines="#creator-2" property="display-seq">2</meta>"##,
        r#"<dc:contributor id="contributor-1">Grace Murray</dc:contributor>"#,
        r##"<meta refines="#contributor-1" property="role" scheme="marc:relators">edt</meta>"##,
        "<dc:language>en</dc:language>",
        "<dc:language>ar</dc:language>",
        "<dc:date>2025-04-04</dc:date>",
        r#"<meta property="dcterms:modified">2025-04-04T00:00:00Z</meta>"#,
        r#"<itemref idref="nav"/>"#,
    ] {
        assert!(opf.contains(line), "{line} in {opf}");
    }
    assert!(!opf.contains("<guide"), "landmarks have taken the guide's place");
}

#[test]
fn series_subjects_and_identifiers_say_what_they_are() {
    let book = Book::new("A").metadata(|metadata| {
        metadata.subtitle = Some("And B".to_owned());
        metadata.identifier = "978-3-16-148410-0".to_owned();
        metadata.series = Some(Series { name: "Readers & Co".to_owned(), position: Some("2.1".to_owned()) });
        let code = SubjectCode { authority: "BISAC".to_owned(), term: "SOC026000".to_owned() };
        metadata.subjects =
            vec![Subject::new("Commons"), Subject { name: "Sociology".to_owned(), code: Some(code) }];
    });
    let epub = book.chapter("One", "A", vec![paragraph("x")]).open();
    let opf = epub.text("OEBPS/content.opf");
    for line in [
        r##"<meta refines="#identifier" property="identifier-type" scheme="onix:codelist5">15</meta>"##,
        r#"<dc:title id="subtitle">And B</dc:title>"#,
        r##"<meta refines="#subtitle" property="title-type">subtitle</meta>"##,
        r##"<meta refines="#subtitle" property="display-seq">2</meta>"##,
        r#"<meta property="belongs-to-collection" id="series">Readers &amp; Co</meta>"#,
        r##"<meta refines="#series" property="collection-type">series</meta>"##,
        r##"<meta refines="#series" property="group-position">2.1</meta>"##,
        "<dc:subject>Commons</dc:subject>",
        r#"<dc:subject id="subject-2">Sociology</dc:subject>"#,
        r##"<meta refines="#subject-2" property="authority">BISAC</meta>"##,
        r##"<meta refines="#subject-2" property="term">SOC026000</meta>"##,
    ] {
        assert!(opf.contains(line), "{line} in {opf}");
    }
}

#[test]
fn conformance_is_claimed_only_where_every_check_passes() {
    const CLAIM: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
    let certified = |metadata: &mut BookMetadata| {
        metadata.certification = Some(Certification {
            by: "Garland Press".to_owned(),
            credential: Some("Ace by hand".to_owned()),
            report: Some("https://example.org/report".to_owned()),
        });
    };
    let opf = |book: Book| book.metadata(certified).open().text("OEBPS/content.opf").to_owned();
    let plain = || Book::new("A").chapter("One", "A", vec![paragraph("x")]);
    let sound = opf(plain());
    for line in [
        &*format!("<meta property=\"dcterms:conformsTo\" id=\"conformance\">{CLAIM}</meta>"),
        r##"<meta property="a11y:certifiedBy" refines="#conformance" id="certifier">Garland Press</meta>"##,
        r##"<meta refines="#certifier" property="a11y:certifierCredential">Ace by hand</meta>"##,
        r##"<link rel="a11y:certifierReport" refines="#certifier" href="https://example.org/report"/>"##,
    ] {
        assert!(sound.contains(line), "{line} in {sound}");
    }
    let shown = |alt: &str| {
        let figure = Block::Figure { picture: PictureId(0).into(), alt: alt.to_owned(), caption: Vec::new() };
        let book = Book::new("A").chapter("One", "A", vec![figure]);
        book.change(|anthology| anthology.pictures.push(picture("dot.png")))
    };
    assert!(opf(shown("A dot.")).contains(CLAIM));
    let silent = opf(shown(" "));
    assert!(!silent.contains(CLAIM) && !silent.contains("a11y:"), "{silent}");
    assert!(silent.contains("1 of 1 pictures have no text alternative"));
    assert!(!silent.contains("alternativeText") && !silent.contains("Sufficient\">textual</meta>"));
    let nameless = opf(plain().change(|anthology| anthology.chapters[0].language = "not a tag".to_owned()));
    assert!(!nameless.contains(CLAIM), "{nameless}");
}

#[test]
fn an_isbn_becomes_a_urn() {
    let epub = Book::new("A").metadata(|metadata| metadata.identifier = "978-3-16-148410-0".to_owned());
    let epub = epub.chapter("One", "A", vec![paragraph("x")]).open();
    assert!(epub.text("OEBPS/content.opf").contains(">urn:isbn:9783161484100<"));
    assert!(epub.text("OEBPS/toc.ncx").contains("urn:isbn:9783161484100"));
}

#[test]
fn the_contents_show_parts_essays_and_their_authors() {
    let epub = everything().open();
    let nav = epub.text("OEBPS/nav.xhtml");
    let part = nav.find(r#"<a href="text/part-1.xhtml">Light</a>"#).expect("the part is listed");
    let essay = nav
        .find(r#"<a href="text/the-first-lamp.xhtml">The First Lamp <span class="byline">Ada Lovelace</span></a>"#)
        .expect("the essay is listed");
    assert!(part < essay);
    for landmark in ["cover", "titlepage", "toc", "bodymatter", "bibliography", "glossary", "colophon"] {
        assert!(nav.contains(&format!("<a epub:type=\"{landmark}\"")), "{landmark} in {nav}");
    }
}

#[test]
fn only_the_faces_that_the_text_needs_are_embedded() {
    let faces = |epub: &Epub| -> Vec<String> {
        let names = epub.names().filter_map(|name| name.strip_prefix("OEBPS/fonts/"));
        names.map(str::to_owned).collect()
    };
    let plain = Book::new("Plain").chapter("One", "A", vec![paragraph("Nothing but words.")]).open();
    // The colophon sets the title in italics.
    assert_eq!(faces(&plain), ["Literata-Bold.ttf", "Literata-Italic.ttf", "Literata-Regular.ttf"]);
    assert_eq!(
        faces(&everything().open()),
        [
            "Literata-Bold.ttf",
            "Literata-BoldItalic.ttf",
            "Literata-Italic.ttf",
            "Literata-Regular.ttf",
            "NotoEmoji-Regular.ttf",
            "NotoNaskhArabic-Regular.ttf",
            "NotoSerifDevanagari-Regular.ttf",
            "SourceCodePro-Regular.ttf",
        ]
    );
}

#[test]
fn a_subset_face_keeps_what_the_text_and_its_ligatures_need() {
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, pen::NullPen};
    use skrifa::{FontRef, MetadataProvider};

    let epub = Book::new("Subset").chapter("One", "A", vec![paragraph("Waffle")]).open();
    let bytes = epub.file("OEBPS/fonts/Literata-Regular.ttf");
    assert!(bytes.len() < 180_000, "{} bytes", bytes.len());
    let font = FontRef::new(bytes).expect("the subset parses");
    let drawn = |character: char| {
        let glyph = font.charmap().map(character).expect("the character is mapped");
        let outline = font.outline_glyphs().get(glyph).expect("the glyph is there");
        let settings = DrawSettings::unhinted(Size::new(16.0), LocationRef::default());
        outline.draw(settings, &mut NullPen).is_ok()
            && font
                .glyph_metrics(Size::new(16.0), LocationRef::default())
                .bounds(glyph)
                .is_some_and(|bounds| bounds.y_max > bounds.y_min)
    };
    assert!(drawn('W') && drawn('f') && drawn('ﬁ'));
    assert!(!drawn('Ж'), "the text has no such letter");
}
