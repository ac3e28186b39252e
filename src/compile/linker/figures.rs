//! Pictures: found, or reported and replaced by their text.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Inline, Parsed, Shown, Span, Written, plain_text};

use super::super::addresses::{self, Address};
use super::super::linked::{Linked, PendingLink};
use super::super::pictures::PictureProblem;
use super::super::rewrite::{self, Figure};
use super::Linker;

/// What a picture's address turned out to be.
enum Sight {
    /// A candidate of the gallery.
    Shown(usize),
    /// On the web, where a book cannot fetch it from.
    Remote(String),
    None,
}

impl Linker<'_> {
    pub(super) fn picture_in_line(
        &mut self,
        picture: Shown<Written<String>>,
        alt: String,
        out: &mut Vec<Inline<Linked>>,
    ) {
        match self.look_up(&picture.picture) {
            Sight::Shown(candidate) => {
                self.ask_for_alt(&alt, &picture.picture);
                self.out.pictures.push(candidate);
                out.push(Inline::Image { picture: picture.with(candidate), alt });
            }
            Sight::Remote(address) => out.push(self.remote(address, alt)),
            Sight::None => rewrite::push_text(alt, out),
        }
    }

    pub(super) fn figure_block(&mut self, figure: Figure<Parsed>, out: &mut Vec<Block<Linked>>) {
        let Figure { picture, mut alt, caption } = figure;
        if alt.trim().is_empty() {
            alt = plain_text(&caption);
        }
        let caption = rewrite::inlines(self, caption);
        match self.look_up(&picture.picture) {
            Sight::Shown(candidate) => {
                self.ask_for_alt(&alt, &picture.picture);
                self.out.pictures.push(candidate);
                out.push(Block::Figure { picture: picture.with(candidate), alt, caption });
                return;
            }
            Sight::Remote(address) => {
                let link = self.remote(address, alt);
                out.push(Block::Paragraph(vec![link]));
            }
            Sight::None if caption.is_empty() => {
                rewrite::push_paragraph(vec![Inline::Text(alt)], out);
            }
            Sight::None => {}
        }
        rewrite::push_paragraph(caption, out);
    }

    fn remote(&self, address: String, alt: String) -> Inline<Linked> {
        let text = if alt.trim().is_empty() { address.clone() } else { alt };
        if self.in_link {
            return Inline::Text(text);
        }
        Inline::Link { to: PendingLink::External(address), content: vec![Inline::Text(text)] }
    }

    fn look_up(&mut self, picture: &Written<String>) -> Sight {
        let Written { value, span } = picture;
        let path = match addresses::read(value) {
            Address::External(address) => {
                self.warn(
                    "remote-picture",
                    format!("the picture `{value}` is on the web; a link stands in its place"),
                    *span,
                    "save the picture beside the essay and refer to that file",
                );
                return Sight::Remote(address);
            }
            Address::Unfit | Address::Note { .. } => {
                let shown: String = value.chars().take(40).collect();
                self.picture_error(format!("`{shown}` is no picture that a book can show"), *span);
                return Sight::None;
            }
            Address::Local { path, .. } => path,
        };
        match self.book.gallery.find(&self.essay.manuscript.file, &path) {
            Ok(candidate) => Sight::Shown(candidate),
            Err(PictureProblem::Missing) => {
                self.picture_error(format!("there is no picture `{value}`"), *span);
                Sight::None
            }
            Err(PictureProblem::Unsupported(format)) => {
                self.warn(
                    "unsupported-picture",
                    format!(
                        "the picture `{value}` is in {format}, which is left out; its description stands"
                    ),
                    *span,
                    "save it as PNG or JPEG and refer to that file",
                );
                Sight::None
            }
            Err(PictureProblem::Undecodable(reason)) => {
                self.picture_error(format!("the picture `{value}` cannot be shown: {reason}"), *span);
                Sight::None
            }
        }
    }

    fn picture_error(&mut self, message: String, span: Span) {
        let diagnostic = Diagnostic::error("picture", message).at(self.essay.manuscript.place(span)).help(
            "put a PNG, JPEG, GIF, WebP or SVG file at that path, seen from the essay, or correct the path",
        );
        self.diagnostics.push(diagnostic);
    }

    fn ask_for_alt(&mut self, alt: &str, picture: &Written<String>) {
        if alt.trim().is_empty() {
            self.warn(
                "missing-alt",
                format!("the picture `{}` has no alternative text", picture.value),
                picture.span,
                "say in a few words what it shows, for readers who cannot see it",
            );
        }
    }
}
