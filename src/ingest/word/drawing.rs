//! Drawings: pictures with their descriptions, text boxes, rules; charts and diagrams are reported.

use super::body::Reader;
use super::format::Properties;
use super::notes::text_of;
use super::package::Target;
use crate::diagnostic::Diagnostic;
use crate::ingest::container::resolve;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Content, Run, encode_address, is_picture_name};

/// What Word adds to the descriptions that it guesses.
const GUESSED: [&str; 2] = ["Description automatically generated", "AI-generated content may be incorrect"];

/// Of several forms of one thing, the first that holds something to read, or else the last.
pub(super) fn choose(alternatives: Element) -> Option<Element> {
    let holds_something = |form: &Element| {
        form.descendants().any(|inner| {
            matches!(
                inner.name(),
                "w:t" | "m:t" | "a:t" | "a:blip" | "v:imagedata" | "c:chart" | "dgm:relIds"
            )
        })
    };
    let forms = || alternatives.children().filter(|form| matches!(form.name(), "mc:Choice" | "mc:Fallback"));
    forms().find(holds_something).or_else(|| forms().last())
}

impl Reader<'_> {
    pub(super) fn drawing(&mut self, element: Element, outer: &Properties) {
        self.drawn(element, None, outer);
    }

    /// Reads what is in a drawing. `alt` is the description that it has so far.
    fn drawn(&mut self, element: Element, alt: Option<&str>, outer: &Properties) {
        let own = description(element);
        let alt = own.as_deref().or(alt);
        match element.name() {
            "a:blip" => self.picture(element.attribute("r:embed"), element.attribute("r:link"), alt, outer),
            "v:imagedata" => self.picture(element.attribute("r:id"), element.attribute("r:href"), alt, outer),
            "w:txbxContent" => self.text_box(element),
            "a:t" => self.text(&element.text(), outer),
            "c:chart" => self.report_unread("chart"),
            "dgm:relIds" => self.report_unread("diagram"),
            "mc:AlternateContent" => {
                if let Some(form) = choose(element) {
                    self.drawn(form, alt, outer);
                }
            }
            "v:rect" if matches!(element.attribute("o:hr"), Some("t" | "true" | "1")) => {
                self.holds_rule = true
            }
            // A fill is decoration.
            "wps:spPr" | "a:blipFill" if element.name() == "wps:spPr" => {}
            _ => {
                for child in element.children() {
                    self.drawn(child, alt, outer);
                }
            }
        }
    }

    /// The text of a box follows the paragraph that the box hangs on.
    pub(super) fn text_box(&mut self, element: Element) {
        if self.deletion.is_some() || self.fields.dropping().is_some() {
            let text = text_of(element);
            return self.text(&text, &Properties::default());
        }
        let pieces = self.story(element);
        self.hoisted.extend(pieces);
    }

    fn report_unread(&mut self, what: &str) {
        self.report(
            Diagnostic::warning("unread-drawing", format!("a {what} is left out: it is drawn by Word alone"))
                .help(format!("insert a picture of the {what}")),
        );
    }

    fn picture(
        &mut self,
        embedded: Option<&str>,
        linked: Option<&str>,
        alt: Option<&str>,
        outer: &Properties,
    ) {
        if self.deletion.is_some() || self.fields.dropping().is_some() {
            return;
        }
        let relations = self.relations;
        let find = |id: Option<&str>| {
            let relation = relations?.get(id.filter(|id| !id.is_empty())?)?;
            Some(&relation.target)
        };
        let part = match (find(embedded), find(linked)) {
            (Some(Target::Part(part)), _) | (None, Some(Target::Part(part))) => part,
            (Some(Target::Outside(address)), _) | (_, Some(Target::Outside(address))) => {
                return self.report(
                    Diagnostic::warning(
                        "outside-picture",
                        format!("the picture `{address}` is not in the file; it is left out"),
                    )
                    .help("insert the picture into the document instead of a link to it"),
                );
            }
            (None, None) => {
                return self.report(
                    Diagnostic::warning("missing-picture", "a picture or object here is empty in the file")
                        .help("insert it again, as a picture"),
                );
            }
        };
        if !self.names.contains(&part.to_lowercase()) {
            return self.report(
                Diagnostic::warning(
                    "missing-picture",
                    format!("the picture `{part}` is missing in the file"),
                )
                .help("insert the picture again"),
            );
        }
        let extension = part.rsplit('.').next().unwrap_or_default().to_lowercase();
        if matches!(extension.as_str(), "emf" | "wmf" | "emz" | "wmz") {
            return self.report(
                Diagnostic::warning(
                    "unread-drawing",
                    format!(
                        "the picture `{part}` is a Windows metafile, which no book can show; it is left out"
                    ),
                )
                .help("insert it as PNG"),
            );
        }
        let folder = resolve(self.part, "");
        let inner = part.strip_prefix(&folder).map_or(part.as_str(), |inner| inner.trim_start_matches('/'));
        self.pictures.insert(format!("{}/{inner}", self.file), part.clone());
        let name = self.file.rsplit('/').next().unwrap_or(self.file);
        let source = encode_address(&format!("{name}/{inner}"));
        let mut format = outer.format("");
        format.link = self.fields.link();
        let alt = alt.unwrap_or_default().to_owned();
        self.content.push(Run { format, content: Content::Picture { source, alt } });
    }
}

/// What an element says a picture shows; empty for one that is decoration.
fn description(element: Element) -> Option<String> {
    let source = match element.name() {
        "wp:inline" | "wp:anchor" => element.child("wp:docPr")?,
        "pic:pic" => element.child("pic:nvPicPr")?.child("pic:cNvPr")?,
        "v:shape" | "v:rect" => element,
        _ => return None,
    };
    let is_decoration = source.descendants().any(|inner| {
        inner.name() == "adec:decorative" && matches!(inner.attribute("val"), Some("1" | "true"))
    });
    if is_decoration {
        return Some(String::new());
    }
    let written = ["descr", "alt", "title"]
        .iter()
        .find_map(|name| source.attribute(name).map(str::trim).filter(|text| !text.is_empty()))?;
    let mut text = written.to_owned();
    for guessed in GUESSED {
        if let Some(at) = text.find(guessed) {
            text.truncate(at);
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty() && !is_picture_name(text))
}
