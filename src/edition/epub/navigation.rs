//! The contents, for readers (`nav.xhtml`) and for old reading systems (`toc.ncx`).

use epub_builder::TocElement;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::anthology::{Anchor, Anthology, Resolved};
use crate::document::{Block, Inline, plain_text};
use crate::edition::epub::Document;
use crate::edition::epub::layout::{Layout, SpineItem};
use crate::edition::epub::metadata::{book_language, identifier};
use crate::edition::epub::pages::{PageNumber, Pages};
use crate::edition::epub::xhtml::{escape, tongue};
use crate::labels::Labels;
use crate::language_tag;
use crate::paged_book::{Folio, Origin};

/// A line of the contents.
pub struct Entry {
    /// As XHTML.
    pub markup: String,
    /// Without markup, escaped.
    pub text: String,
    /// 1, or 2 within a part.
    pub level: i32,
}

/// What the navigation lists besides the contents.
pub struct Lists {
    /// The print edition's pages with their places, in order.
    pages: Vec<(PageNumber, String)>,
    /// The pages that begin within the contents, each with the number of the entry.
    contents_pages: Vec<(usize, PageNumber)>,
    /// Likewise within the lists of figures and of tables.
    lists_pages: Vec<(usize, PageNumber)>,
    figures: Vec<Listing>,
    tables: Vec<Listing>,
}

/// A figure or a table that can be led to.
pub struct Listing {
    pub title: String,
    /// Path and fragment, relative to the package document.
    pub href: String,
    /// BCP 47.
    pub language: String,
}

impl Lists {
    pub fn of(documents: &mut [Document], pages: &Pages) -> Self {
        let [contents_pages, lists_pages] = [Origin::Contents, Origin::Lists].map(|origin| {
            pages.within(origin).map(|(entry, page)| (entry, page.clone())).collect::<Vec<_>>()
        });
        let mut listed: Vec<(PageNumber, String)> = Vec::new();
        let (mut figures, mut tables) = (Vec::new(), Vec::new());
        for document in documents {
            figures.append(&mut document.figures);
            tables.append(&mut document.tables);
            let places =
                document.pages.iter().map(|page| (page.clone(), format!("{}#{}", document.path, page.id())));
            listed.extend(places);
        }
        listed.extend(
            contents_pages
                .iter()
                .chain(&lists_pages)
                .map(|(_, page)| (page.clone(), format!("nav.xhtml#{}", page.id()))),
        );
        listed.sort_by_key(|(page, _)| page.index);
        Lists { pages: listed, contents_pages, lists_pages, figures, tables }
    }

    pub fn is_paged(&self) -> bool {
        !self.pages.is_empty()
    }
}

/// The headings of a chapter down to `depth` levels below its title, nested.
pub fn sections(anthology: &Anthology, layout: &Layout, item: SpineItem, depth: u8) -> Vec<TocElement> {
    let SpineItem::Chapter(index) = item else { return Vec::new() };
    let Some(chapter) = anthology.chapters.get(index) else { return Vec::new() };
    let mut open: Vec<(u8, TocElement)> = Vec::new();
    let mut sections = Vec::new();
    for (level, anchor, content) in chapter.body.iter().filter_map(heading) {
        let title = plain_text(content).split_whitespace().collect::<Vec<_>>().join(" ");
        if level > depth.saturating_add(1) || title.is_empty() {
            continue;
        }
        close(&mut open, &mut sections, level);
        let href = format!("{}#{}", layout.path(item), anthology.anchors.place(anchor).id);
        let title = escape(&title);
        open.push((level, TocElement::new(href, title.clone()).raw_title(title)));
    }
    close(&mut open, &mut sections, 0);
    sections
}

fn heading(block: &Block<Resolved>) -> Option<(u8, Anchor, &[Inline<Resolved>])> {
    match block {
        Block::Heading { level, anchor, content, .. } => Some(((*level).max(2), *anchor, content)),
        _ => None,
    }
}

/// Ends the sections that a heading of this level does not belong to.
fn close(open: &mut Vec<(u8, TocElement)>, sections: &mut Vec<TocElement>, level: u8) {
    while let Some((_, section)) = open.pop_if(|(outer, _)| *outer >= level) {
        match open.pop() {
            Some((outer, parent)) => open.push((outer, parent.child(section))),
            None => sections.push(section),
        }
    }
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
            if let Some(tag) = language_tag::well_formed(&chapter.language)
                && !tag.eq_ignore_ascii_case(&anthology.metadata.language)
            {
                let direction = language_tag::direction(tag);
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
        SpineItem::Contributors => Some(plain(labels.contributors)),
        SpineItem::Index => Some(plain(labels.index)),
        SpineItem::Colophon => Some(plain(labels.colophon)),
    }
}

/// Completes `nav.xhtml`: language, roles, the landmarks that are not listed in the contents, and the lists.
pub fn finish_nav(
    source: &str,
    anthology: &Anthology,
    layout: &Layout,
    lists: &Lists,
) -> Result<String, quick_xml::Error> {
    let labels = Labels::of(&anthology.metadata.language);
    let language = book_language(anthology);
    let mut landmarks = String::new();
    let cover = layout.spine.contains(&SpineItem::Cover);
    let cover = cover.then(|| ("cover", layout.path(SpineItem::Cover), labels.cover));
    for (kind, href, title) in cover.into_iter().chain([
        ("titlepage", layout.path(SpineItem::TitlePage), labels.title_page),
        ("toc", "nav.xhtml#toc".to_owned(), labels.contents),
    ]) {
        let (href, title) = (escape(&href), escape(title));
        landmarks.push_str(&format!("\n      <li><a epub:type=\"{kind}\" href=\"{href}\">{title}</a></li>"));
    }

    let mut reader = quick_xml::Reader::from_str(source);
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(source.len() + 2048));
    let mut in_landmarks = false;
    let mut breaks = lists.contents_pages.iter().peekable();
    let mut entries = 0;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(mut start) => match start.name().as_ref() {
                b"html" => {
                    start.extend_attributes([
                        ("lang", language),
                        ("xml:lang", language),
                        ("dir", language_tag::direction(language)),
                    ]);
                    writer.write_event(Event::Start(start))?;
                }
                b"nav" => {
                    in_landmarks = start.try_get_attribute("id")?.is_none();
                    while let Some((_, page)) = breaks.next_if(|(entry, _)| *entry == 0) {
                        let mark = format!("{}\n  ", page_break("div", page, labels));
                        writer.write_event(Event::Text(BytesText::from_escaped(mark)))?;
                    }
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
                // Print lists no sections of essays.
                b"a" if !in_landmarks && !leads_into_a_document(&start)? => {
                    writer.write_event(Event::Start(start))?;
                    while let Some((_, page)) = breaks.next_if(|(entry, _)| *entry <= entries) {
                        let mark = BytesText::from_escaped(page_break("span", page, labels));
                        writer.write_event(Event::Text(mark))?;
                    }
                    entries += 1;
                }
                b"ol" if in_landmarks => {
                    writer.write_event(Event::Start(start))?;
                    writer.write_event(Event::Text(BytesText::from_escaped(landmarks.as_str())))?;
                }
                _ => writer.write_event(Event::Start(start))?,
            },
            Event::End(end) if end.name().as_ref() == b"body" => {
                writer.write_event(Event::Text(BytesText::from_escaped(more_lists(anthology, lists))))?;
                writer.write_event(Event::End(end))?;
            }
            event => writer.write_event(event)?,
        }
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

/// Whether a link leads to a place within a document.
fn leads_into_a_document(link: &BytesStart) -> Result<bool, quick_xml::Error> {
    Ok(link.try_get_attribute("href")?.is_some_and(|address| address.value.contains(&b'#')))
}

/// The mark of a page that begins within the contents.
fn page_break(tag: &str, page: &PageNumber, labels: &Labels) -> String {
    let (id, label) = (page.id(), escape(&page.spoken(labels)));
    format!(
        "<{tag} id=\"{id}\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"{label}\"></{tag}>"
    )
}

/// The lists of figures and tables, which are read, and that of pages, which reading systems offer themselves.
fn more_lists(anthology: &Anthology, lists: &Lists) -> String {
    let book = &anthology.metadata.language;
    let labels = Labels::of(book);
    let mut text = String::new();
    let mut entries = 0;
    let mut breaks = lists.lists_pages.iter().peekable();
    let mut list = |attributes: &str, title: &str, listed: &mut dyn Iterator<Item = (&str, String, &str)>| {
        let mut listed = listed.peekable();
        if listed.peek().is_none() {
            return;
        }
        // A page that begins with the first entry begins with the heading above it.
        while let Some((_, page)) = breaks.next_if(|(entry, _)| *entry == entries) {
            text.push_str(&format!("  {}\n", page_break("div", page, labels)));
        }
        text.push_str(&format!("  <nav {attributes}>\n{title}    <ol>\n"));
        for (href, label, language) in listed {
            let mut mark = String::new();
            while let Some((_, page)) = breaks.next_if(|(entry, _)| *entry <= entries) {
                mark.push_str(&page_break("span", page, labels));
            }
            entries += 1;
            let language: String =
                tongue(language, book).iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
            let (href, label) = (escape(href), escape(&label));
            text.push_str(&format!("      <li><a href=\"{href}\"{language}>{mark}{label}</a></li>\n"));
        }
        text.push_str("    </ol>\n  </nav>\n");
    };
    let kinds = [("loi", labels.figures, &lists.figures), ("lot", labels.tables, &lists.tables)];
    for (kind, title, listings) in kinds {
        let attributes = format!("epub:type=\"{kind}\" id=\"{kind}\" aria-labelledby=\"{kind}-title\"");
        let title = format!("    <h2 id=\"{kind}-title\">{}</h2>\n", escape(title));
        let mut entries =
            listings.iter().map(|it| (it.href.as_str(), it.title.clone(), it.language.as_str()));
        list(&attributes, &title, &mut entries);
    }
    let attributes = format!(
        "epub:type=\"page-list\" id=\"page-list\" role=\"doc-pagelist\" aria-label=\"{}\" hidden=\"hidden\"",
        escape(labels.pages)
    );
    list(
        &attributes,
        "",
        &mut lists.pages.iter().map(|(page, href)| (href.as_str(), page.label(), book.as_str())),
    );
    text
}

/// Completes `toc.ncx`: the book's identifier, its title in place of the contents', its depth, and the pages.
pub fn finish_ncx(
    source: &str,
    anthology: &Anthology,
    lists: &Lists,
    contents_depth: u8,
) -> Result<String, quick_xml::Error> {
    let metadata = &anthology.metadata;
    let depth = deepest_entry(anthology, contents_depth).to_string();
    let number = |(page, _): &(PageNumber, String)| match page.folio {
        Folio::Arabic(number) => number,
        Folio::Roman(_) => 0,
    };
    let (count, highest) =
        (lists.pages.len().to_string(), lists.pages.iter().map(number).max().unwrap_or_default().to_string());
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
                let identifier = identifier(&metadata.identifier);
                let meta = |name, content| {
                    BytesStart::new("meta").with_attributes([("name", name), ("content", content)])
                };
                writer.write_event(Event::Empty(meta("dtb:uid", identifier.as_str())))?;
                writer.write_event(Event::Empty(meta("dtb:depth", &depth)))?;
                writer.write_event(Event::Empty(meta("dtb:totalPageCount", &count)))?;
                writer.write_event(Event::Empty(meta("dtb:maxPageNumber", &highest)))?;
            }
            // Written above, with their values.
            Event::Empty(empty) if empty.name().as_ref() == b"meta" => {}
            Event::End(end) if end.name().as_ref() == b"navMap" => {
                writer.write_event(Event::End(end))?;
                writer.write_event(Event::Text(BytesText::from_escaped(page_targets(anthology, lists))))?;
            }
            event => writer.write_event(event)?,
        }
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

/// How deep the contents are nested.
fn deepest_entry(anthology: &Anthology, contents_depth: u8) -> u8 {
    let levels = anthology.chapters.iter().flat_map(|chapter| chapter.body.iter().filter_map(heading));
    let below = levels.map(|(level, _, _)| level - 1).filter(|level| *level <= contents_depth).max();
    let parts = u8::from(anthology.parts.iter().any(|part| part.title.is_some()));
    1 + parts + below.unwrap_or_default()
}

/// The list of pages as EPUB 2 has it.
fn page_targets(anthology: &Anthology, lists: &Lists) -> String {
    if lists.pages.is_empty() {
        return String::new();
    }
    let labels = Labels::of(&anthology.metadata.language);
    let mut text =
        format!("\n  <pageList>\n    <navLabel><text>{}</text></navLabel>\n", escape(labels.pages));
    for (page, href) in &lists.pages {
        let (id, label, href) = (page.id(), escape(&page.label()), escape(href));
        let kind = match page.folio {
            Folio::Roman(number) => format!("type=\"front\" value=\"{number}\""),
            Folio::Arabic(number) => format!("type=\"normal\" value=\"{number}\""),
        };
        text.push_str(&format!(
            "    <pageTarget id=\"{id}\" {kind}><navLabel><text>{label}</text></navLabel><content src=\"{href}\"/></pageTarget>\n"
        ));
    }
    text.push_str("  </pageList>");
    text
}
