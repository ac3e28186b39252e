//! Writing one content document: elements that are closed by construction, text that is escaped, and a
//! record of what the text asks of the faces.

use crate::anthology::{Anchor, Anthology};
use crate::edition::epub::Document;
use crate::edition::epub::accessibility::ContentCount;
use crate::edition::epub::faces::Demand;
use crate::edition::epub::layout::{Layout, SpineItem};
use crate::edition::epub::navigation::Listing;
use crate::edition::epub::pages::{Pages, Reading};
use crate::fonts::Style;
use crate::labels::Labels;
use crate::language_tag;
use crate::manifest::Device;

/// Attribute names and values in the order in which they are written.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Writes the body of one document.
pub struct Writer<'a> {
    pub anthology: &'a Anthology,
    pub layout: &'a Layout,
    pub pages: &'a Pages,
    pub labels: &'static Labels,
    /// The document that is being written: links within it need no file name.
    pub item: SpineItem,
    /// What the EPUB is made for; none where it is for all.
    pub device: Option<Device>,
    pub demand: Demand,
    pub content: ContentCount,
    /// Figures and tables with captions.
    pub figures: Vec<Listing>,
    pub tables: Vec<Listing>,
    pub reading: Reading<'a>,
    /// Inside a link, where XHTML allows no other.
    pub in_link: bool,
    /// Inside ruby, which does not nest.
    pub in_ruby: bool,
    pub bold: bool,
    pub italic: bool,
    text: String,
}

impl<'a> Writer<'a> {
    pub fn new(
        anthology: &'a Anthology,
        layout: &'a Layout,
        pages: &'a Pages,
        device: Option<Device>,
        item: SpineItem,
    ) -> Self {
        Writer {
            anthology,
            layout,
            pages,
            labels: Labels::of(&anthology.metadata.language),
            item,
            device,
            demand: Demand::default(),
            content: ContentCount::default(),
            figures: Vec::new(),
            tables: Vec::new(),
            reading: Reading::default(),
            in_link: false,
            in_ruby: false,
            bold: false,
            italic: false,
            text: String::with_capacity(8 * 1024),
        }
    }

    /// An element around what `content` writes.
    pub fn element(&mut self, tag: &str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.start(tag, attributes);
        self.text.push('>');
        content(self);
        self.text.push_str("</");
        self.text.push_str(tag);
        self.text.push('>');
    }

    /// An element on lines of its own, so that the files stay readable.
    pub fn block(&mut self, tag: &str, attributes: Attributes, content: impl FnOnce(&mut Self)) {
        self.element(tag, attributes, content);
        self.text.push('\n');
    }

    /// An element that holds nothing but text.
    pub fn text_element(&mut self, tag: &str, attributes: Attributes, text: &str) {
        self.element(tag, attributes, |writer| writer.text(text));
    }

    /// An element without content.
    pub fn empty(&mut self, tag: &str, attributes: Attributes) {
        self.start(tag, attributes);
        self.text.push_str("/>");
    }

    pub fn text(&mut self, text: &str) {
        escape_into(text, &mut self.text);
    }

    /// A formula, whose markup comes ready made.
    pub fn mathml(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    pub fn id(&self, anchor: Anchor) -> &'a str {
        &self.anthology.anchors.place(anchor).id
    }

    pub fn href(&self, to: Anchor) -> String {
        self.layout.href(self.anthology, self.item, to)
    }

    /// Writes `content` as text of heavier weight, whatever the element that makes it so.
    pub fn in_bold(&mut self, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.bold, true);
        self.demand.bold_italic |= self.italic;
        content(self);
        self.bold = outer;
    }

    /// Writes `content` as slanted text.
    pub fn in_italic(&mut self, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.italic, true);
        self.demand.italic = true;
        self.demand.bold_italic |= self.bold;
        content(self);
        self.italic = outer;
    }

    /// Notes that this is set in the monospaced face, in the style of the text around it.
    pub fn demand_code(&mut self, text: &str) {
        self.demand.mono.insert(Style::new(self.bold, self.italic));
        self.demand.code.add(text);
    }

    /// The finished document around what has been written.
    pub fn finish(mut self, title: &str, language: &str) -> Document {
        let book = language_tag::well_formed(&self.anthology.metadata.language).unwrap_or("und");
        let language = language_tag::well_formed(language).unwrap_or(book);
        let mut xhtml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
             lang=\"{language}\" xml:lang=\"{language}\" dir=\"{}\">\n<head>\n<title>",
            language_tag::direction(language)
        );
        xhtml.reserve(self.text.len() + 256);
        escape_into(title, &mut xhtml);
        xhtml.push_str(
            "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"../stylesheet.css\"/>\n</head>\n<body>\n",
        );
        xhtml.push_str(&self.text);
        xhtml.push_str("</body>\n</html>\n");
        // Markup is ASCII, as is the part of every face that it would ask for: so the document itself
        // serves as the list of its characters.
        self.demand.characters.add(&xhtml);
        Document {
            item: self.item,
            path: self.layout.path(self.item),
            xhtml,
            demand: self.demand,
            content: self.content,
            figures: self.figures,
            tables: self.tables,
            pages: self.reading.begun,
        }
    }

    fn start(&mut self, tag: &str, attributes: Attributes) {
        self.text.push('<');
        self.text.push_str(tag);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            escape_into(value, &mut self.text);
            self.text.push('"');
        }
    }
}

/// Attributes for text in a language, where the text around it is in another.
pub fn tongue<'t>(language: &'t str, around: &str) -> Vec<(&'static str, &'t str)> {
    match language_tag::well_formed(language) {
        Some(tag) if !tag.eq_ignore_ascii_case(around) => {
            vec![("lang", tag), ("xml:lang", tag), ("dir", language_tag::direction(tag))]
        }
        _ => Vec::new(),
    }
}

/// Text as it may stand in XML, in an element or an attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_into(text, &mut escaped);
    escaped
}

/// Characters that XML 1.0 forbids are left out: no reference can express them either.
fn escape_into(text: &str, out: &mut String) {
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\t' | b'\n' | b'\r' => continue,
            0..0x20 | 0x7f => "",
            // U+FFFE and U+FFFF, the only forbidden characters of more than one byte.
            0xef if matches!(text.as_bytes().get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => {
                out.push_str(&text[plain_from..at]);
                plain_from = at + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[plain_from..at]);
        out.push_str(replacement);
        plain_from = at + 1;
    }
    out.push_str(&text[plain_from..]);
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_is_escaped_and_forbidden_characters_are_left_out() {
        assert_eq!(escape("a < b && \"c\" > d"), "a &lt; b &amp;&amp; &quot;c&quot; &gt; d");
        assert_eq!(escape("x\u{0}y\u{1b}z\tä\u{ffff}\u{fffe}€\u{fffd}"), "xyz\tä€\u{fffd}");
    }
}
