//! The container, the package document and the navigation.

use super::book::{Book, Epub, everything, paragraph};

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
        r#"<dc:identifier id="epub-id-1">urn:uuid:7b2f8a50-4a3e-5c1d-9a53-0c2b8d6f1e11</dc:identifier>"#,
        "<dc:title>Fireflies &amp; &lt;Lanterns&gt;</dc:title>",
        r#"<dc:creator id="epub-creator-0">Ada Lovelace</dc:creator>"#,
        r##"<meta refines="#epub-creator-0" property="role" scheme="marc:relators">aut</meta>"##,
        r##"<meta refines="#epub-creator-0" property="file-as">Lovelace, Ada</meta>"##,
        r#"<dc:contributor id="contributor-0">Grace Murray</dc:contributor>"#,
        r##"<meta refines="#contributor-0" scheme="marc:relators" property="role">edt</meta>"##,
        "<dc:language>en</dc:language>",
        "<dc:language>ar</dc:language>",
        "<dc:date>2025-04-04</dc:date>",
        r#"<meta property="dcterms:modified">2025-04-04T00:00:00Z</meta>"#,
        r#"<meta property="schema:accessibilityFeature">alternativeText</meta>"#,
        r#"<meta property="schema:accessModeSufficient">textual</meta>"#,
        r#"<itemref idref="nav"/>"#,
    ] {
        assert!(opf.contains(line), "{line} in {opf}");
    }
    assert!(!opf.contains("<guide"), "landmarks have taken the guide's place");
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
