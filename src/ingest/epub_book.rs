//! EPUB books as essays: the documents of the spine, one after another.
//!
//! One file is one essay; where it holds several documents, each is a section of it. The table of contents
//! and the cover are the book's own and stay behind.

use std::collections::BTreeMap;

use super::container::{Container, Converted, Refusal, accept, resolve};
use super::metadata_block::people::person;
use super::office::xml::{Element, Tree};
use super::page;
use crate::dates;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Metadata;
use crate::ledger::{Change, Fate};
use crate::manuscript::{InputFile, Vetoes};

const KIND: &str = "EPUB book";
/// More documents than this make no essay.
const MOST_DOCUMENTS: usize = 500;

/// Reads a book. `None` when it is none, or broken; the error says so.
pub fn read(file: &str, bytes: &[u8], keep: &Vetoes, diagnostics: &mut Diagnostics) -> Option<Converted> {
    let converted = Container::open(bytes).and_then(|mut container| {
        let package = Package::read(&mut container)?;
        Book { file, keep, container, package, converted: Converted::default(), line: 1 }.read(diagnostics)
    });
    accept(converted, file, KIND, diagnostics)
}

/// A document of the spine.
struct Part {
    name: String,
    /// Whether it is the book's own: its contents or cover.
    is_apparatus: bool,
}

#[derive(Default)]
struct Package {
    metadata: Metadata,
    parts: Vec<Part>,
}

impl Package {
    fn read(container: &mut Container) -> Result<Self, Refusal> {
        let name = "META-INF/container.xml";
        let text = container.text(name).ok_or(Refusal::Missing("META-INF/container.xml"))??;
        let tree = parse(name, &text)?;
        let root = tree.root().into_iter().flat_map(Element::descendants);
        let path = root
            .filter(|element| local(*element) == "rootfile")
            .find_map(|element| element.attribute("full-path"));
        let path = path.ok_or(Refusal::Missing("rootfile"))?.to_owned();
        let text = container.text(&path).ok_or(Refusal::Missing("package document"))??;
        let tree = parse(&path, &text)?;
        let elements: Vec<Element> = tree.root().into_iter().flat_map(Element::descendants).collect();
        let mut package = Package { metadata: metadata(&elements), parts: Vec::new() };
        let items: BTreeMap<&str, Element> = elements
            .iter()
            .filter(|element| local(**element) == "item")
            .filter_map(|element| Some((element.attribute("id")?, *element)))
            .collect();
        let covers: Vec<String> = elements
            .iter()
            .filter(|element| local(**element) == "reference")
            .filter(|element| matches!(element.attribute("type"), Some("cover" | "toc")))
            .filter_map(|element| element.attribute("href"))
            .map(|address| resolve(&path, without_fragment(address)))
            .collect();
        let references = elements.iter().filter(|element| local(**element) == "itemref").take(MOST_DOCUMENTS);
        for reference in references {
            let Some(item) = reference.attribute("idref").and_then(|id| items.get(id)) else { continue };
            let Some(address) = item.attribute("href") else { continue };
            let name = resolve(&path, &decode(address));
            let properties = item.attribute("properties").unwrap_or_default();
            let is_apparatus =
                properties.split(' ').any(|property| property == "nav") || covers.contains(&name);
            package.parts.push(Part { name, is_apparatus });
        }
        Ok(package)
    }
}

fn parse<'a>(name: &str, text: &'a str) -> Result<Tree<'a>, Refusal> {
    Tree::parse(text).map_err(|reason| Refusal::Malformed { part: name.to_owned(), reason })
}

/// An element's name without the prefix of its namespace.
fn local(element: Element<'_>) -> &str {
    element.name().rsplit_once(':').map_or(element.name(), |(_, name)| name)
}

fn metadata(elements: &[Element]) -> Metadata {
    let texts = |name: &'static str| {
        let named = elements.iter().filter(move |element| local(**element) == name);
        named
            .map(|element| element.text().split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|text| !text.is_empty())
    };
    let first = |name| texts(name).next();
    let is_author = |creator: &&Element| {
        let role = creator.attribute("role").or_else(|| creator.attribute("opf:role"));
        local(**creator) == "creator" && role.is_none_or(|role| role == "aut")
    };
    let authors = elements.iter().filter(is_author).map(|creator| creator.text());
    Metadata {
        title: first("title"),
        authors: authors.map(|name| person(name.trim())).filter(|author| !author.name.is_empty()).collect(),
        date: first("date").and_then(|date| dates::read(&date)),
        language: first("language").filter(|language| language != "und"),
        rights: first("rights"),
        source: first("source").filter(|source| source.starts_with("http")),
        description: first("description"),
        keywords: texts("subject").collect(),
        ..Metadata::default()
    }
}

struct Book<'a> {
    file: &'a str,
    keep: &'a Vetoes,
    container: Container<'a>,
    package: Package,
    converted: Converted,
    /// The line of the essay HTML that comes next.
    line: u32,
}

impl Book<'_> {
    fn read(mut self, diagnostics: &mut Diagnostics) -> Result<Converted, Refusal> {
        let parts = std::mem::take(&mut self.package.parts);
        let documents: Vec<&Part> = parts.iter().filter(|part| !part.is_apparatus).collect();
        let names: BTreeMap<String, usize> =
            parts.iter().enumerate().map(|(number, part)| (part.name.to_lowercase(), number)).collect();
        let mut found = 0;
        for (number, part) in parts.iter().enumerate() {
            let Some(text) = self.container.text(&part.name) else { continue };
            let text = text?;
            found += 1;
            self.append(number, part, &text, documents.len() > 1, &names, diagnostics);
        }
        if found == 0 {
            return Err(Refusal::Missing("document in the spine"));
        }
        self.converted.metadata = self.package.metadata;
        Ok(self.converted)
    }

    /// Appends a document.
    fn append(
        &mut self,
        number: usize,
        part: &Part,
        text: &str,
        is_section: bool,
        names: &BTreeMap<String, usize>,
        diagnostics: &mut Diagnostics,
    ) {
        let mut own = Diagnostics::new();
        let mut keep = Vetoes { lines: Vec::new(), ..self.keep.clone() };
        let mut page = page::read_whole(self.file, text, &keep, &mut own);
        let lines = (self.line, self.line + page.html.matches('\n').count() as u32);
        if part.is_apparatus && !self.keep.spare("removed-furniture", (self.line, self.line)) {
            let reason = "the book's own contents or cover";
            self.converted.changes.push(Change {
                fate: Fate::Removed,
                rule: "removed-furniture",
                reason: reason.to_owned(),
                lines: (self.line, self.line),
                text: without_tags(&page.html),
            });
            let note = Diagnostic::note("removed-furniture", format!("removed {reason} (`{}`)", part.name));
            diagnostics.push(note.at(Place::file(self.file)));
            return;
        }
        if self.keep.name(lines) {
            // What is left out of a document is noted at all its lines together.
            keep.lines.push((0, u32::MAX));
            own = Diagnostics::new();
            page = page::read_whole(self.file, text, &keep, &mut own);
        }
        diagnostics.extend(
            own.into_iter()
                .map(|diagnostic| Diagnostic { place: Some(Place::file(self.file)), ..diagnostic }),
        );
        self.converted.changes.extend(page.changes.into_iter().map(|change| Change { lines, ..change }));
        if page.html.trim().is_empty() {
            return;
        }
        let mut start = Some(format!("part-{number}"));
        let html = map_attributes(&page.html, &mut |name, value| match name {
            "id" => format!("part-{number}-{value}"),
            "src" => self.picture(&part.name, value),
            _ => address(value, number, &part.name, names),
        });
        for line in html.split('\n') {
            let line = if is_section { lower_heading(line) } else { line.to_owned() };
            // What leads to the document leads to its first heading.
            let line = match (
                line.strip_prefix("<h").filter(|rest| rest.as_bytes().get(1) == Some(&b'>')),
                start.is_some(),
            ) {
                (Some(rest), true) => {
                    let id = start.take().unwrap_or_default();
                    format!("<h{} id=\"{id}\"{}", &rest[..1], &rest[1..])
                }
                _ => line,
            };
            if !self.converted.html.is_empty() {
                self.converted.html.push('\n');
                self.line += 1;
            }
            self.converted.html.push_str(&line);
        }
    }

    /// Takes a picture out of the container. Returns its address as seen from the essay.
    fn picture(&mut self, part: &str, address: &str) -> String {
        if address.contains("://") || address.starts_with("data:") {
            return address.to_owned();
        }
        let name = resolve(part, &decode(address));
        let path = format!("{}/{name}", self.file);
        if self.converted.pictures.iter().all(|picture| picture.path != path)
            && let Some(Ok(content)) = self.container.bytes(&name)
        {
            self.converted.pictures.push(InputFile { path, content });
        }
        let own = self.file.rsplit('/').next().unwrap_or(self.file);
        format!("{own}/{name}")
    }
}

/// Where a link of one document leads in the essay.
fn address(value: &str, number: usize, part: &str, names: &BTreeMap<String, usize>) -> String {
    if let Some(fragment) = value.strip_prefix('#') {
        return format!("#part-{number}-{fragment}");
    }
    let (path, fragment) = value.split_once('#').unwrap_or((value, ""));
    if path.contains(':') {
        return value.to_owned();
    }
    match names.get(&resolve(part, &decode(path)).to_lowercase()) {
        Some(other) if fragment.is_empty() => format!("#part-{other}"),
        Some(other) => format!("#part-{other}-{fragment}"),
        None => value.to_owned(),
    }
}

/// Essay HTML with other values for its addresses and identifiers. Quotes stand in it around values only.
fn map_attributes(html: &str, map: &mut dyn FnMut(&str, &str) -> String) -> String {
    const NAMES: [&str; 3] = ["id", "href", "src"];
    let mut mapped = String::with_capacity(html.len());
    let mut name = None;
    for (index, piece) in html.split('"').enumerate() {
        if index > 0 {
            mapped.push('"');
        }
        match name {
            Some(name) if index % 2 == 1 => {
                let value = map(name, &html_escape::decode_html_entities(piece));
                mapped.push_str(&html_escape::encode_double_quoted_attribute(&value));
            }
            _ => mapped.push_str(piece),
        }
        let before = piece.strip_suffix('=').and_then(|rest| rest.rsplit_once(' '));
        name = before.and_then(|(_, last)| NAMES.into_iter().find(|known| *known == last));
    }
    mapped
}

/// A line whose heading, if it is one, is one level lower.
fn lower_heading(line: &str) -> String {
    let level = line
        .strip_prefix("<h")
        .and_then(|rest| rest.bytes().next())
        .filter(|level| (b'1'..=b'5').contains(level));
    let Some(level) = level.map(|level| level - b'0') else { return line.to_owned() };
    line.replacen(&format!("<h{level}"), &format!("<h{}", level + 1), 1).replacen(
        &format!("</h{level}>"),
        &format!("</h{}>", level + 1),
        1,
    )
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// `chapter%201.xhtml` → `chapter 1.xhtml`.
fn decode(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, shown)| shown));
        text.push(' ');
    }
    let text = html_escape::decode_html_entities(&text).into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{lower_heading, map_attributes};

    #[test]
    fn addresses_are_mapped_and_text_is_not() {
        let html = "<h1 id=\"a\">href=&quot;x&quot;</h1><p><a href=\"b.html#c\">id</a><img src=\"d.png\" alt=\"e\"></p>";
        let mapped = map_attributes(html, &mut |name, value| format!("{name}:{value}"));
        assert_eq!(
            mapped,
            "<h1 id=\"id:a\">href=&quot;x&quot;</h1><p><a href=\"href:b.html#c\">id</a><img src=\"src:d.png\" alt=\"e\"></p>"
        );
        assert_eq!(lower_heading("<h1 id=\"a\">A</h1>"), "<h2 id=\"a\">A</h2>");
    }
}
