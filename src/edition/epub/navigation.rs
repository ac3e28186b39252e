//! The contents, for readers (`nav.xhtml`) and for old reading systems (`toc.ncx`).

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::anthology::Anthology;
use crate::edition::epub::language;
use crate::edition::epub::layout::{Layout, SpineItem};
use crate::edition::epub::package::{book_language, identifier};
use crate::edition::epub::xhtml::escape;
use crate::labels::Labels;

/// A line of the contents.
pub struct Entry {
    /// As XHTML.
    pub markup: String,
    /// Without markup, escaped.
    pub text: String,
    /// 1, or 2 within a part.
    pub level: i32,
}

/// How a document is listed in the contents; the cover and the title page are not.
pub fn entry(anthology: &Anthology, item: SpineItem) -> Option<Entry> {
    let labels = Labels::of(&anthology.metadata.language);
    let plain = |title: &str| {
        let text = escape(&title.split_whitespace().collect::<Vec<_>>().join(" "));
        Entry { markup: text.clone(), text, level: 1 }
    };
    match item {
        SpineItem::Cover | SpineItem::TitlePage => None,
        SpineItem::Part(index) => anthology.parts.get(index)?.title.as_deref().map(plain),
        SpineItem::Chapter(index) => {
            let chapter = anthology.chapters.get(index)?;
            let mut entry = plain(&chapter.title);
            if let Some(tag) = language::well_formed(&chapter.language)
                && !tag.eq_ignore_ascii_case(&anthology.metadata.language)
            {
                let direction = language::direction(tag);
                let attributes = format!("lang=\"{tag}\" xml:lang=\"{tag}\" dir=\"{direction}\"");
                entry.markup = format!("<span {attributes}>{}</span>", entry.markup);
            }
            let authors = labels.names(chapter.authors.iter().map(|person| person.name.as_str()));
            if !authors.is_empty() {
                entry.markup.push_str(&format!(" <span class=\"byline\">{}</span>", plain(&authors).text));
            }
            let part = anthology.parts.iter().find(|part| part.chapters.contains(&index));
            entry.level = if part.is_some_and(|part| part.title.is_some()) { 2 } else { 1 };
            Some(entry)
        }
        SpineItem::Discussion => Some(plain(labels.discussion)),
        SpineItem::Bibliography => Some(plain(labels.bibliography)),
        SpineItem::Glossary => Some(plain(labels.glossary)),
        SpineItem::Index => Some(plain(labels.index)),
        SpineItem::Colophon => Some(plain(labels.colophon)),
    }
}

/// Completes `nav.xhtml`: language, roles, and the landmarks that are not listed in the contents.
pub fn finish_nav(source: &str, anthology: &Anthology, layout: &Layout) -> Result<String, quick_xml::Error> {
    let labels = Labels::of(&anthology.metadata.language);
    let language = book_language(anthology);
    let mut landmarks = String::new();
    for (kind, href, title) in [
        ("cover", layout.path(SpineItem::Cover), labels.cover),
        ("titlepage", layout.path(SpineItem::TitlePage), labels.title_page),
        ("toc", "nav.xhtml#toc".to_owned(), labels.contents),
    ] {
        let (href, title) = (escape(&href), escape(title));
        landmarks.push_str(&format!("\n      <li><a epub:type=\"{kind}\" href=\"{href}\">{title}</a></li>"));
    }

    let mut reader = quick_xml::Reader::from_str(source);
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(source.len() + 2048));
    let mut in_landmarks = false;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(mut start) => match start.name().as_ref() {
                b"html" => {
                    start.extend_attributes([
                        ("lang", language),
                        ("xml:lang", language),
                        ("dir", language::direction(language)),
                    ]);
                    writer.write_event(Event::Start(start))?;
                }
                b"nav" => {
                    in_landmarks = start.try_get_attribute("id")?.is_none();
                    let attributes: &[(&str, &str)] = if in_landmarks {
                        &[("epub:type", "landmarks"), ("id", "landmarks"), ("hidden", "hidden")]
                    } else {
                        &[
                            ("epub:type", "toc"),
                            ("id", "toc"),
                            ("role", "doc-toc"),
                            ("aria-labelledby", "toc-title"),
                        ]
                    };
                    let nav = BytesStart::new("nav").with_attributes(attributes.iter().copied());
                    writer.write_event(Event::Start(nav))?;
                }
                b"ol" if in_landmarks => {
                    writer.write_event(Event::Start(start))?;
                    writer.write_event(Event::Text(BytesText::from_escaped(landmarks.as_str())))?;
                }
                _ => writer.write_event(Event::Start(start))?,
            },
            event => writer.write_event(event)?,
        }
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

/// Completes `toc.ncx`: the book's identifier, its title in place of the contents', and its depth.
pub fn finish_ncx(source: &str, anthology: &Anthology) -> Result<String, quick_xml::Error> {
    let metadata = &anthology.metadata;
    let depth = if anthology.parts.iter().any(|part| part.title.is_some()) { "2" } else { "1" };
    let mut reader = quick_xml::Reader::from_str(source);
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(source.len() + 256));
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) if start.name().as_ref() == b"docTitle" => {
                reader.read_to_end(start.name())?;
                writer.write_event(Event::Start(start))?;
                writer.write_event(Event::Start(BytesStart::new("text")))?;
                writer.write_event(Event::Text(BytesText::from_escaped(escape(&metadata.title))))?;
                writer.write_event(Event::End(BytesEnd::new("text")))?;
                writer.write_event(Event::End(BytesEnd::new("docTitle")))?;
            }
            Event::Empty(empty)
                if empty
                    .try_get_attribute("name")?
                    .is_some_and(|name| name.value.as_ref() == b"dtb:depth") =>
            {
                let identifier = identifier(anthology);
                let meta = |name, content| {
                    BytesStart::new("meta").with_attributes([("name", name), ("content", content)])
                };
                writer.write_event(Event::Empty(meta("dtb:uid", identifier.as_str())))?;
                writer.write_event(Event::Empty(meta("dtb:depth", depth)))?;
            }
            event => writer.write_event(event)?,
        }
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}
