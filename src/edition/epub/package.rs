//! The package: `content.opf`, with the navigation documents beside it.
//!
//! epub-builder writes them; its metadata, which would make an author of everyone, give way to our
//! [own](metadata), and the contents get their place in the reading order. It is given empty files, since the
//! container is packed elsewhere.

use std::collections::BTreeSet;
use std::io::{self, Read};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, PageDirection, ReferenceType, ZipLibrary};
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::anthology::Anthology;
use crate::edition::EditionError;
use crate::edition::cover::Cover;
use crate::edition::epub::accessibility::Findings;
use crate::edition::epub::layout::{Layout, SpineItem};
use crate::edition::epub::metadata::{self, IDENTIFIER_ID, book_language};
use crate::edition::epub::navigation::{self, Lists};
use crate::edition::epub::xhtml::escape;
use crate::labels::Labels;
use crate::language_tag;

/// A file of the package, under its path in the container.
pub struct PackageFile {
    pub path: String,
    pub content: String,
}

/// What the package is made from besides the anthology.
pub struct Parts<'a> {
    pub layout: &'a Layout,
    pub cover: &'a Cover,
    /// The paths of the embedded faces.
    pub fonts: &'a [String],
    pub findings: &'a Findings,
    pub lists: &'a Lists,
    /// How many levels of headings the contents list below the chapters.
    pub contents_depth: u8,
    /// The paths of the documents that hold formulas.
    pub with_mathml: BTreeSet<String>,
}

/// Writes the package files.
pub fn write(anthology: &Anthology, parts: &Parts) -> Result<Vec<PackageFile>, EditionError> {
    let Parts { layout, findings, lists, contents_depth, .. } = *parts;
    let with_mathml = &parts.with_mathml;
    let failed = |cause| EditionError::of("the EPUB's package could not be written", cause);
    let mut archive = Vec::new();
    let mut builder = EpubBuilder::new(ZipLibrary::new().map_err(failed)?).map_err(failed)?;
    describe(&mut builder, anthology);
    list_resources(&mut builder, anthology, parts).map_err(failed)?;
    builder.generate(&mut archive).map_err(failed)?;

    let unreadable = |cause| EditionError::of("the EPUB's package could not be read back", cause);
    let mut archive = zip::ZipArchive::new(io::Cursor::new(archive))
        .map_err(|cause| EditionError::of("the EPUB's package could not be read back", cause))?;
    let mut read = |path: &str| -> Result<PackageFile, EditionError> {
        let mut content = String::new();
        let mut file = archive
            .by_name(path)
            .map_err(|cause| EditionError::of("the EPUB's package could not be read back", cause))?;
        file.read_to_string(&mut content).map_err(unreadable)?;
        Ok(PackageFile { path: path.to_owned(), content })
    };
    let mut opf = read("OEBPS/content.opf")?;
    let mut nav = read("OEBPS/nav.xhtml")?;
    let mut ncx = read("OEBPS/toc.ncx")?;
    let unfinished = |cause| EditionError::of("the EPUB's package could not be finished", cause);
    opf.content =
        finish(&opf.content, anthology, &metadata::write(anthology, findings, lists.is_paged()), with_mathml)
            .map_err(unfinished)?;
    nav.content = navigation::finish_nav(&nav.content, anthology, layout, lists).map_err(unfinished)?;
    ncx.content =
        navigation::finish_ncx(&ncx.content, anthology, lists, contents_depth).map_err(unfinished)?;
    let container = read("META-INF/container.xml")?;
    let display_options = read("META-INF/com.apple.ibooks.display-options.xml")?;
    Ok(vec![opf, nav, ncx, container, display_options])
}

/// Hands epub-builder what the navigation documents and the spine need. Its own escaping is off, so that
/// contents entries may hold markup.
fn describe(builder: &mut EpubBuilder<ZipLibrary>, anthology: &Anthology) {
    let metadata = &anthology.metadata;
    builder.epub_version(EpubVersion::V33);
    builder.escape_html(false);
    builder.epub_direction(match language_tag::is_right_to_left(&metadata.language) {
        true => PageDirection::Rtl,
        false => PageDirection::Ltr,
    });
    builder.set_generator("Garland");
    builder.set_toc_name(escape(Labels::of(&metadata.language).contents));
    builder.set_modified_date(metadata::midnight(metadata.stamp()));
}

/// Names every file of the publication, in reading order where it has one.
fn list_resources(
    builder: &mut EpubBuilder<ZipLibrary>,
    anthology: &Anthology,
    parts: &Parts,
) -> epub_builder::Result<()> {
    let layout = parts.layout;
    builder.stylesheet(io::empty())?;
    builder.add_cover_image(&layout.cover.path, io::empty(), parts.cover.picture.format.media_type())?;
    let mut body_has_begun = false;
    for item in &layout.spine {
        let mut content = EpubContent::new(layout.path(*item), io::empty());
        if let Some(entry) = navigation::entry(anthology, *item) {
            content = content.title(entry.markup).raw_title(entry.text).level(entry.level);
        }
        for section in navigation::sections(anthology, layout, *item, parts.contents_depth) {
            content = content.child(section);
        }
        let reference = match item {
            SpineItem::Part(_) | SpineItem::Chapter(_) if !body_has_begun => {
                body_has_begun = true;
                Some(ReferenceType::Text)
            }
            SpineItem::Bibliography => Some(ReferenceType::Bibliography),
            SpineItem::Glossary => Some(ReferenceType::Glossary),
            SpineItem::Colophon => Some(ReferenceType::Colophon),
            SpineItem::Index => Some(ReferenceType::Index),
            SpineItem::Cover
            | SpineItem::TitlePage
            | SpineItem::Part(_)
            | SpineItem::Chapter(_)
            | SpineItem::Discussion
            | SpineItem::Contributors => None,
        };
        if let Some(reference) = reference {
            content = content.reftype(reference);
        }
        builder.add_content(content)?;
    }
    for (picture, path) in anthology.pictures.iter().zip(&layout.pictures) {
        builder.add_resource(path, io::empty(), picture.format.media_type())?;
    }
    for path in parts.fonts {
        let media_type = if path.ends_with(".otf") { "font/otf" } else { "font/ttf" };
        builder.add_resource(path, io::empty(), media_type)?;
    }
    Ok(())
}

/// Completes `content.opf`.
fn finish(
    source: &str,
    anthology: &Anthology,
    metadata: &str,
    with_mathml: &BTreeSet<String>,
) -> Result<String, quick_xml::Error> {
    let mut reader = quick_xml::Reader::from_str(source);
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(source.len() + metadata.len()));
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) => match start.name().as_ref() {
                b"package" => {
                    let package = BytesStart::new("package").with_attributes([
                        ("version", "3.0"),
                        ("xmlns", "http://www.idpf.org/2007/opf"),
                        ("unique-identifier", IDENTIFIER_ID),
                        ("xml:lang", book_language(anthology)),
                        ("dir", language_tag::direction(book_language(anthology))),
                    ]);
                    writer.write_event(Event::Start(package))?;
                }
                b"metadata" => {
                    reader.read_to_end(start.name())?;
                    let namespace = [("xmlns:dc", "http://purl.org/dc/elements/1.1/")];
                    let metadata_start = BytesStart::new("metadata").with_attributes(namespace);
                    writer.write_event(Event::Start(metadata_start))?;
                    writer.write_event(Event::Text(BytesText::from_escaped(format!("\n{metadata}  "))))?;
                    writer.write_event(Event::End(BytesEnd::new("metadata")))?;
                }
                // Superseded by the landmarks.
                b"guide" => {
                    reader.read_to_end(start.name())?;
                }
                _ => writer.write_event(Event::Start(start))?,
            },
            Event::Empty(empty) if is_title_page(&empty)? => {
                writer.write_event(Event::Empty(empty))?;
                let contents = BytesStart::new("itemref").with_attributes([("idref", "nav")]);
                writer.write_event(Event::Empty(contents))?;
            }
            Event::Empty(mut empty) if is_listed(&empty, with_mathml)? => {
                empty.push_attribute(("properties", "mathml"));
                writer.write_event(Event::Empty(empty))?;
            }
            event => writer.write_event(event)?,
        }
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

/// Whether this names one of these files.
fn is_listed(element: &BytesStart, paths: &BTreeSet<String>) -> Result<bool, quick_xml::Error> {
    if element.name().as_ref() != b"item" {
        return Ok(false);
    }
    let address = element.try_get_attribute("href")?;
    Ok(address
        .is_some_and(|address| std::str::from_utf8(&address.value).is_ok_and(|path| paths.contains(path))))
}

/// Whether this is the title page's place in the spine; the contents follow it.
fn is_title_page(element: &BytesStart) -> Result<bool, quick_xml::Error> {
    if element.name().as_ref() != b"itemref" {
        return Ok(false);
    }
    let idref = element.try_get_attribute("idref")?;
    Ok(idref.is_some_and(|idref| idref.value.ends_with(b"title-page.xhtml")))
}
