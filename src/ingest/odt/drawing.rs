//! Frames: pictures with their descriptions, formulas, text boxes.

use super::body::Reader;
use super::styles::Look;
use crate::diagnostic::Diagnostic;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Content, Piece, Run, encode_address, is_picture_name};

impl Reader<'_> {
    /// A frame holds one thing in several forms, the best one first.
    pub(super) fn frame(&mut self, frame: Element, look: &Look) {
        for form in frame.children() {
            match form.name() {
                "draw:text-box" => {
                    let pieces = self.story(form);
                    self.hoisted.extend(pieces);
                    return;
                }
                "draw:object" => {
                    let folder = form.attribute("xlink:href").unwrap_or_default();
                    let folder = folder.trim_start_matches("./").trim_end_matches('/').to_lowercase();
                    // Each formula stands in one place.
                    let formula = self.formulas.remove(&folder).filter(|tex| !tex.is_empty());
                    let inner = form.child("math:math").map(super::mathematics::tex);
                    if let Some(tex) = inner.or(formula) {
                        self.content.push(Run::plain(Content::Math(tex)));
                        return;
                    }
                }
                "draw:image" if form.attribute("xlink:href").is_some() => {
                    return self.picture(form, description(frame), look);
                }
                _ => {}
            }
        }
        let is_told = frame.children().any(|form| form.name() == "draw:image");
        if !is_told && frame.children().any(|form| form.name().starts_with("draw:object")) {
            self.report(
                Diagnostic::warning(
                    "unread-drawing",
                    "an embedded object is left out: only its program can draw it",
                )
                .help("insert a picture of it"),
            );
        }
    }

    /// A paragraph of a shape.
    pub(super) fn story_of_one(&mut self, paragraph: Element) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let outer = std::mem::take(&mut self.pending);
        self.paragraph(paragraph, &mut pieces);
        let rest = std::mem::replace(&mut self.pending, outer);
        self.pending.extend(rest);
        pieces
    }

    fn report(&mut self, report: Diagnostic) {
        self.content.push(Run::plain(Content::Report(Box::new(report))));
    }

    fn picture(&mut self, image: Element, alt: String, look: &Look) {
        let Some(address) = image.attribute("xlink:href") else { return };
        let part = address.trim_start_matches("./");
        if !self.names.contains(&part.to_lowercase()) {
            let is_outside = part.contains(':') || part.starts_with("..") || part.starts_with('/');
            self.report(if is_outside {
                Diagnostic::warning(
                    "outside-picture",
                    format!("the picture `{address}` is not in the file; it is left out"),
                )
                .help("insert the picture into the document instead of a link to it")
            } else {
                Diagnostic::warning("missing-picture", format!("the picture `{part}` is missing in the file"))
                    .help("insert the picture again")
            });
            return;
        }
        let extension = part.rsplit('.').next().unwrap_or_default().to_lowercase();
        if matches!(extension.as_str(), "emf" | "wmf" | "svm") {
            self.report(
                Diagnostic::warning(
                    "unread-drawing",
                    format!("the picture `{part}` is a metafile, which no book can show; it is left out"),
                )
                .help("insert it as PNG"),
            );
            return;
        }
        let name = self.file.rsplit('/').next().unwrap_or(self.file);
        let source = encode_address(&format!("{name}/{part}"));
        self.pictures.insert(format!("{}/{part}", self.file), part.to_owned());
        self.content.push(Run { format: look.format.clone(), content: Content::Picture { source, alt } });
    }
}

/// What a frame says it shows.
fn description(frame: Element) -> String {
    let texts = ["svg:desc", "svg:title"].iter().filter_map(|name| frame.child(name));
    let mut texts = texts.map(|element| element.text().split_whitespace().collect::<Vec<_>>().join(" "));
    texts.find(|text| !text.is_empty() && !is_picture_name(text)).unwrap_or_default()
}
