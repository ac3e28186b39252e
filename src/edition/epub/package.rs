//! The package: `content.opf`, with the navigation documents beside it.
//!
//! epub-builder writes them; what it does not know is filled in afterwards: several languages, hands other
//! than authors, what a name is filed under, an identifier that is no UUID, and the place of the contents in
//! the reading order. It is given empty files, since the container is packed elsewhere.

use std::collections::BTreeSet;
use std::io::{self, Read};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use epub_builder::{
    EpubBuilder, EpubContent, EpubVersion, MetadataOpfV3, PageDirection, ReferenceType, ZipLibrary,
};
use quick_xml::events::{BytesStart, BytesText, Event};
use uuid::Uuid;

use crate::anthology::{Anthology, Contributor};
use crate::document::{Date, Person};
use crate::edition::EditionError;
use crate::edition::epub::accessibility::{self, PictureCount};
use crate::edition::epub::language;
use crate::edition::epub::layout::{COVER_PICTURE, Layout, SpineItem};
use crate::edition::epub::navigation;
use crate::edition::epub::xhtml::escape;
use crate::labels::Labels;

/// A file of the package, under its path in the container.
pub struct PackageFile {
    pub path: String,
    pub content: String,
}

/// Writes the package files; `fonts` are the paths of the embedded faces, `with_mathml` those of the documents
/// that hold formulas.
pub fn write(
    anthology: &Anthology,
    layout: &Layout,
    fonts: &[String],
    pictures: PictureCount,
    with_mathml: &BTreeSet<&str>,
) -> Result<Vec<PackageFile>, EditionError> {
    let failed = |cause| EditionError::of("the EPUB's package could not be written", cause);
    let mut archive = Vec::new();
    let mut builder = EpubBuilder::new(ZipLibrary::new().map_err(failed)?).map_err(failed)?;
    describe(&mut builder, anthology, pictures);
    list_resources(&mut builder, anthology, layout, fonts).map_err(failed)?;
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
    opf.content = finish(&opf.content, anthology, with_mathml).map_err(unfinished)?;
    nav.content = navigation::finish_nav(&nav.content, anthology, layout).map_err(unfinished)?;
    ncx.content = navigation::finish_ncx(&ncx.content, anthology).map_err(unfinished)?;
    let container = read("META-INF/container.xml")?;
    let display_options = read("META-INF/com.apple.ibooks.display-options.xml")?;
    Ok(vec![opf, nav, ncx, container, display_options])
}

/// The identifier as a URI.
pub fn identifier(anthology: &Anthology) -> String {
    let identifier = anthology.metadata.identifier.trim();
    let digits: String = identifier.chars().filter(|c| *c != '-' && *c != ' ').collect();
    let is_isbn = matches!(digits.len(), 10 | 13)
        && digits.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || (at == 9 && byte == b'X'));
    if is_isbn { format!("urn:isbn:{digits}") } else { identifier.to_owned() }
}

/// The book's language, well formed.
pub fn book_language(anthology: &Anthology) -> &str {
    language::well_formed(&anthology.metadata.language).unwrap_or("und")
}

/// Hands epub-builder everything that it has a place for. Its own escaping is off, so that contents
/// entries may hold markup.
fn describe(builder: &mut EpubBuilder<ZipLibrary>, anthology: &Anthology, pictures: PictureCount) {
    let metadata = &anthology.metadata;
    builder.epub_version(EpubVersion::V33);
    builder.escape_html(false);
    builder.epub_direction(match language::is_right_to_left(&metadata.language) {
        true => PageDirection::Rtl,
        false => PageDirection::Ltr,
    });
    builder.set_title(escape(&metadata.title));
    builder.set_authors(authors(anthology).map(|person| escape(&person.name)).collect());
    builder.set_languages(languages(anthology));
    builder.set_generator("Garland");
    builder.set_toc_name(escape(Labels::of(&metadata.language).contents));
    builder.set_subjects(
        metadata
            .subjects
            .iter()
            .filter(|subject| says_something(subject))
            .map(|subject| escape(subject))
            .collect(),
    );
    if let Some(description) = metadata.description.as_deref().filter(|text| says_something(text)) {
        builder.add_description(escape(description));
    }
    if let Some(rights) = metadata.rights.as_deref().filter(|text| says_something(text)) {
        builder.set_license(escape(rights));
    }
    builder.set_uuid(metadata.identifier.parse().unwrap_or(Uuid::nil()));
    builder.set_modified_date(midnight(metadata.date));

    let mut meta = |property: &str, content: &str, refines: Option<String>, scheme: Option<&str>| {
        let mut meta = MetadataOpfV3::new(property.to_owned(), escape(content));
        meta.refines = refines;
        meta.scheme = scheme.map(str::to_owned);
        builder.add_metadata_opf(Box::new(meta));
    };
    for (index, author) in authors(anthology).enumerate() {
        meta("file-as", &author.file_as, Some(format!("#epub-creator-{index}")), None);
    }
    for (index, hand) in contributors(anthology).enumerate() {
        let refines = format!("#contributor-{index}");
        meta("role", &hand.role, Some(refines.clone()), Some("marc:relators"));
        meta("file-as", &hand.person.file_as, Some(refines), None);
    }
    if subtitle(anthology).is_some() {
        meta("title-type", "subtitle", Some("#subtitle".to_owned()), None);
    }
    for (property, value) in accessibility::properties(anthology, pictures) {
        let mut meta = MetadataOpfV3::new(format!("schema:{property}"), escape(&value));
        meta.xml_lang = (property == "accessibilitySummary").then(|| "en".to_owned());
        builder.add_metadata_opf(Box::new(meta));
    }
}

/// Names every file of the publication, in reading order where it has one.
fn list_resources(
    builder: &mut EpubBuilder<ZipLibrary>,
    anthology: &Anthology,
    layout: &Layout,
    fonts: &[String],
) -> epub_builder::Result<()> {
    builder.stylesheet(io::empty())?;
    builder.add_cover_image(COVER_PICTURE, io::empty(), "image/png")?;
    let mut body_has_begun = false;
    for item in &layout.spine {
        let mut content = EpubContent::new(layout.path(*item), io::empty());
        if let Some(entry) = navigation::entry(anthology, *item) {
            content = content.title(entry.markup).raw_title(entry.text).level(entry.level);
        }
        let reference = match item {
            SpineItem::Part(_) | SpineItem::Chapter(_) if !body_has_begun => {
                body_has_begun = true;
                Some(ReferenceType::Text)
            }
            SpineItem::Bibliography => Some(ReferenceType::Bibliography),
            SpineItem::Glossary => Some(ReferenceType::Glossary),
            SpineItem::Colophon => Some(ReferenceType::Colophon),
            SpineItem::Cover | SpineItem::TitlePage | SpineItem::Part(_) | SpineItem::Chapter(_) => None,
        };
        if let Some(reference) = reference {
            content = content.reftype(reference);
        }
        builder.add_content(content)?;
    }
    for (picture, path) in anthology.pictures.iter().zip(&layout.pictures) {
        builder.add_resource(path, io::empty(), picture.format.media_type())?;
    }
    for path in fonts {
        let media_type = if path.ends_with(".otf") { "font/otf" } else { "font/ttf" };
        builder.add_resource(path, io::empty(), media_type)?;
    }
    Ok(())
}

/// Completes `content.opf`.
fn finish(
    source: &str,
    anthology: &Anthology,
    with_mathml: &BTreeSet<&str>,
) -> Result<String, quick_xml::Error> {
    let mut reader = quick_xml::Reader::from_str(source);
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(source.len() + 4096));
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(mut start) => match start.name().as_ref() {
                b"package" => {
                    start.push_attribute(("xml:lang", book_language(anthology)));
                    writer.write_event(Event::Start(start))?;
                }
                b"dc:identifier" => {
                    reader.read_to_end(start.name())?;
                    let end = start.to_end().into_owned();
                    writer.write_event(Event::Start(start))?;
                    writer
                        .write_event(Event::Text(BytesText::from_escaped(escape(&identifier(anthology)))))?;
                    writer.write_event(Event::End(end))?;
                }
                // Languages and creators are given the same ids, and languages need none.
                b"dc:language" => writer.write_event(Event::Start(BytesStart::new("dc:language")))?,
                // Superseded by the landmarks.
                b"guide" => {
                    reader.read_to_end(start.name())?;
                }
                _ => writer.write_event(Event::Start(start))?,
            },
            Event::End(end) if end.name().as_ref() == b"metadata" => {
                writer.write_event(Event::Text(BytesText::from_escaped(more_metadata(anthology))))?;
                writer.write_event(Event::End(end))?;
            }
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
fn is_listed(element: &BytesStart, paths: &BTreeSet<&str>) -> Result<bool, quick_xml::Error> {
    if element.name().as_ref() != b"item" {
        return Ok(false);
    }
    let address = element.try_get_attribute("href")?;
    Ok(address.is_some_and(|address| std::str::from_utf8(&address.value).is_ok_and(|path| paths.contains(path))))
}

/// Whether this is the title page's place in the spine; the contents follow it.
fn is_title_page(element: &BytesStart) -> Result<bool, quick_xml::Error> {
    if element.name().as_ref() != b"itemref" {
        return Ok(false);
    }
    let idref = element.try_get_attribute("idref")?;
    Ok(idref.is_some_and(|idref| idref.value.ends_with(b"title-page.xhtml")))
}

/// The Dublin Core elements that epub-builder has no place for.
fn more_metadata(anthology: &Anthology) -> String {
    let metadata = &anthology.metadata;
    let mut more = format!("  <dc:date>{}</dc:date>\n", metadata.date);
    if let Some(subtitle) = subtitle(anthology) {
        more.push_str(&format!("    <dc:title id=\"subtitle\">{}</dc:title>\n", escape(subtitle)));
    }
    for (index, hand) in contributors(anthology).enumerate() {
        let name = escape(&hand.person.name);
        more.push_str(&format!("    <dc:contributor id=\"contributor-{index}\">{name}</dc:contributor>\n"));
    }
    if let Some(publisher) = metadata.publisher.as_deref().filter(|text| says_something(text)) {
        more.push_str(&format!("    <dc:publisher>{}</dc:publisher>\n", escape(publisher)));
    }
    more.push_str("  ");
    more
}

/// The package allows no empty statements.
fn says_something(text: &str) -> bool {
    !text.trim().is_empty()
}

fn authors(anthology: &Anthology) -> impl Iterator<Item = &Person> {
    anthology.metadata.authors.iter().filter(|person| says_something(&person.name))
}

fn contributors(anthology: &Anthology) -> impl Iterator<Item = &Contributor> {
    anthology.metadata.contributors.iter().filter(|hand| says_something(&hand.person.name))
}

fn subtitle(anthology: &Anthology) -> Option<&str> {
    anthology.metadata.subtitle.as_deref().filter(|text| says_something(text))
}

/// The book's language first, then what else its chapters are written in.
fn languages(anthology: &Anthology) -> Vec<String> {
    let mut languages = vec![book_language(anthology).to_owned()];
    for chapter in &anthology.chapters {
        if let Some(language) = language::well_formed(&chapter.language)
            && !languages.iter().any(|known| known.eq_ignore_ascii_case(language))
        {
            languages.push(language.to_owned());
        }
    }
    languages
}

/// The beginning of a day, month or year.
fn midnight(date: Date) -> DateTime<Utc> {
    let month = u32::from(date.month.unwrap_or(1));
    let day = u32::from(date.day.unwrap_or(1));
    NaiveDate::from_ymd_opt(i32::from(date.year), month, day)
        .filter(|_| date.year >= 0)
        .map(|date| date.and_time(NaiveTime::MIN).and_utc())
        .unwrap_or(DateTime::UNIX_EPOCH)
}
