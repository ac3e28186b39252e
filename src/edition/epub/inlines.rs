//! Text within a paragraph.

use url::{Position, Url};

use crate::anthology::{Anchor, Link, PictureId, Resolved};
use crate::document::{Inline, Shown, Width, plain_text};
use crate::edition::epub::layout::SpineItem;
use crate::edition::epub::xhtml::{Attributes, Writer};
use crate::formula;
use crate::language_tag;
use crate::manifest::Device;

/// Schemes that a reading system can be trusted to hand on.
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "ftp"];

impl Writer<'_> {
    pub fn inlines(&mut self, inlines: &[Inline<Resolved>]) {
        for inline in inlines {
            // A page that begins with a link begins before it, but no page begins with a line's end.
            if !matches!(inline, Inline::LineBreak | Inline::Anchor(_)) {
                self.begin_pages();
            }
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline<Resolved>) {
        match inline {
            Inline::Text(text) => self.book_text(text),
            Inline::Code(text) => {
                self.demand_code(text);
                self.element("code", &[], |writer| writer.book_text(text));
            }
            Inline::Math(tex) => {
                self.begin_pages();
                self.formula(tex, false);
            }
            Inline::Emphasis(content) => {
                self.element("em", &[], |writer| writer.in_italic(|writer| writer.inlines(content)));
            }
            Inline::Strong(content) => {
                self.element("strong", &[], |writer| writer.in_bold(|writer| writer.inlines(content)));
            }
            Inline::Strikethrough(content) => self.element("s", &[], |writer| writer.inlines(content)),
            Inline::Highlight(content) => self.element("mark", &[], |writer| writer.inlines(content)),
            Inline::Superscript(content) => self.element("sup", &[], |writer| writer.inlines(content)),
            Inline::Subscript(content) => self.element("sub", &[], |writer| writer.inlines(content)),
            Inline::SmallCaps(content) => {
                self.element("span", &[("class", "small-caps")], |writer| writer.inlines(content));
            }
            Inline::Ruby(content) if !self.in_ruby => {
                self.in_ruby = true;
                self.element("ruby", &[], |writer| writer.ruby(content));
                self.in_ruby = false;
            }
            Inline::Ruby(content) => self.inlines(content),
            Inline::Reading(content) => {
                self.text("(");
                self.inlines(content);
                self.text(")");
            }
            Inline::Foreign { language, content } => match language_tag::well_formed(language) {
                Some(tag) => {
                    let attributes =
                        [("lang", tag), ("xml:lang", tag), ("dir", language_tag::direction(tag))];
                    self.element("span", &attributes, |writer| writer.inlines(content));
                }
                None => self.inlines(content),
            },
            Inline::Link { to, content } => self.link(to, content),
            Inline::Image { picture, alt } => {
                self.read(1);
                self.inline_picture(picture, alt);
            }
            Inline::LineBreak => self.empty("br", &[]),
            Inline::Anchor(anchor) => {
                let id = self.id(*anchor);
                self.element("span", &[("id", id)], |_| ());
            }
        }
    }

    /// Characters and their readings, with brackets for reading systems that set them in one line.
    fn ruby(&mut self, content: &[Inline<Resolved>]) {
        for inline in content {
            match inline {
                Inline::Reading(reading) => {
                    self.text_element("rp", &[], "(");
                    self.element("rt", &[], |writer| writer.inlines(reading));
                    self.text_element("rp", &[], ")");
                }
                other => self.inlines(std::slice::from_ref(other)),
            }
        }
    }

    /// A picture in the line, at its own size at most.
    fn inline_picture(&mut self, picture: &Shown<PictureId>, alt: &str) {
        self.content.undescribed += usize::from(alt.trim().is_empty());
        self.picture(picture, alt, &[("class", "inline")]);
    }

    /// A picture with this alternative text; an empty one says that the text around it is enough.
    pub fn picture(&mut self, shown: &Shown<PictureId>, alt: &str, more: Attributes) {
        let Some(path) = self.layout.pictures.get(shown.picture.0) else { return };
        self.content.pictures += 1;
        let file = self.anthology.picture(shown.picture);
        let (source, width, height) = (format!("../{path}"), file.width.to_string(), file.height.to_string());
        let attributes = [("src", source.as_str()), ("alt", alt), ("width", &width), ("height", &height)];
        let style = shown.width.and_then(|width| match width {
            Width::Share(share) => Some(format!("width: {}%", (share * 1000.0).round() / 10.0)),
            Width::Points(points) => Some(format!("width: {}pt", (points * 10.0).round() / 10.0)),
            Width::Pixels(pixels) => {
                (pixels != file.width as f32).then(|| format!("width: {}px", pixels.round()))
            }
        });
        let style: Vec<(&str, &str)> = style.iter().map(|style| ("style", style.as_str())).collect();
        self.empty("img", &[&attributes, more, &style].concat());
    }

    /// A formula as MathML, or on one line of characters where it cannot be set.
    pub fn formula(&mut self, tex: &str, display: bool) {
        self.read(1);
        let alternative = formula::linear(tex);
        match formula::read(tex, display) {
            // Its converter stumbles over MathML.
            _ if self.device == Some(Device::Kindle) => {
                self.text_element("span", &[("class", "formula")], &alternative);
            }
            Ok(formula) => {
                self.content.formulas += 1;
                self.mathml(&formula.mathml(&alternative));
            }
            Err(_) => self.text_element("span", &[("class", "formula")], &alternative),
        }
    }

    fn link(&mut self, to: &Link, content: &[Inline<Resolved>]) {
        match to {
            // A link without words cannot be followed by anyone.
            Link::External(_) | Link::Place(_) if plain_text(content).trim().is_empty() => {
                self.inlines(content)
            }
            Link::External(address) => match web_address(address) {
                Some(address) => self.anchor(&[("href", &address)], content),
                None => self.inlines(content),
            },
            Link::Place(anchor) => {
                let href = self.href(*anchor);
                self.anchor(&[("href", &href)], content);
            }
            Link::Note { note, here } => {
                self.aside_from_reading(|writer| writer.note_reference(*note, *here, content));
                self.read(1);
            }
            Link::Source { entry, here } => {
                self.reference(Some(*entry), *here, "biblioref", content);
            }
            Link::Term { term, here } => {
                let target = self.anthology.glossary.get(*term).map(|term| term.anchor);
                self.reference(target, *here, "glossref", content);
            }
        }
    }

    fn note_reference(&mut self, note: usize, here: Anchor, content: &[Inline<Resolved>]) {
        let notes = match self.item {
            SpineItem::Chapter(chapter) => self.anthology.chapters.get(chapter).map(|chapter| &chapter.notes),
            _ => None,
        };
        let Some(note) = notes.and_then(|notes| notes.get(note)) else { return self.inlines(content) };
        let number = [Inline::Text(note.number.to_string())];
        let content = if plain_text(content).trim().is_empty() { &number[..] } else { content };
        self.reference(Some(note.anchor), here, "noteref", content);
    }

    /// A link that its target links back to; `kind` names both the EPUB semantics and the ARIA role.
    fn reference(&mut self, target: Option<Anchor>, here: Anchor, kind: &str, content: &[Inline<Resolved>]) {
        let id = self.id(here);
        let role = format!("doc-{kind}");
        let href = target.map(|target| self.href(target));
        match href {
            Some(href) if !self.in_link => self.anchor(
                &[("href", &href), ("id", id), ("epub:type", kind), ("role", &role), ("class", kind)],
                content,
            ),
            // The place must exist all the same: something links back to it.
            _ => self.element("span", &[("id", id)], |writer| writer.inlines(content)),
        }
    }

    fn anchor(&mut self, attributes: &[(&str, &str)], content: &[Inline<Resolved>]) {
        if self.in_link {
            return self.inlines(content);
        }
        self.in_link = true;
        self.element("a", attributes, |writer| writer.inlines(content));
        self.in_link = false;
    }
}

/// An address as it may stand in `href`; `None` where no reading system could follow it.
pub fn web_address(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !SCHEMES.contains(&url.scheme()) {
        return None;
    }
    // Browsers are lenient about what follows the host; validators and older reading systems are not.
    let mut written = url[..Position::BeforePath].to_owned();
    let rest = &url[Position::BeforePath..];
    let mut fragment_has_begun = false;
    for (at, character) in rest.char_indices() {
        let stands = match character {
            '#' => !std::mem::replace(&mut fragment_has_begun, true),
            '%' => {
                rest.as_bytes().get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
            }
            other => !" |[]^`{}\\<>\"".contains(other),
        };
        if stands {
            written.push(character);
        } else {
            written.push_str(&format!("%{:02X}", character as u32));
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_addresses_that_can_be_followed_become_links() {
        assert_eq!(
            web_address("https://example.org/a b|c").as_deref(),
            Some("https://example.org/a%20b%7Cc")
        );
        assert_eq!(web_address("http://[::1]/50%#a#b").as_deref(), Some("http://[::1]/50%25#a%23b"));
        assert_eq!(web_address("mailto:a b@c.org").as_deref(), Some("mailto:a%20b@c.org"));
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("https://"), None);
        assert_eq!(web_address("notes/one.md"), None);
    }
}
