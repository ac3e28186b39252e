//! Links to places: out of the book, to other essays, to headings.

use crate::document::{Inline, Parsed, Span};

use super::super::addresses::{self, Address};
use super::super::linked::{Linked, LocalAnchor, PendingLink};
use super::super::rewrite;
use super::Linker;

/// How a search for a place ended.
enum Found {
    Chapter(usize),
    Heading(usize, usize),
    /// The chapter is there, the heading is not.
    ChapterOnly(usize),
    Nothing,
}

impl Linker<'_> {
    pub(super) fn address(
        &mut self,
        address: &str,
        content: Vec<Inline<Parsed>>,
        span: Span,
        out: &mut Vec<Inline<Linked>>,
    ) {
        match addresses::read(address) {
            Address::External(address) => {
                let mut content = self.link_text(content);
                if content.is_empty() {
                    content.push(Inline::Text(address.clone()));
                }
                self.push_link(PendingLink::External(address), content, out);
            }
            Address::Unfit => {
                self.warn(
                    "unfit-address",
                    format!("`{address}` is not an address that a book can lead to; its text stays"),
                    span,
                    "only complete http, https and mailto addresses become links",
                );
                rewrite::inlines_into(self, content, out);
            }
            Address::Local { path, fragment } => {
                let fragment = fragment.filter(|fragment| !fragment.is_empty());
                let found = if path.is_empty() {
                    self.find(Some(self.chapter), fragment.as_deref())
                } else {
                    let chapter = self.book.targets.by_path(&self.essay.manuscript.file, &path);
                    self.find(chapter, fragment.as_deref())
                };
                self.push_place(found, address, content, span, out);
            }
        }
    }

    pub(super) fn wikilink(
        &mut self,
        page: &str,
        heading: Option<&str>,
        content: Vec<Inline<Parsed>>,
        span: Span,
        out: &mut Vec<Inline<Linked>>,
    ) {
        let chapter = match page.trim() {
            "" => Some(self.chapter),
            page => self.book.targets.by_page(&self.essay.manuscript.file, page),
        };
        let found = self.find(chapter, heading);
        let written = match heading {
            Some(heading) => format!("[[{page}#{heading}]]"),
            None => format!("[[{page}]]"),
        };
        self.push_place(found, &written, content, span, out);
    }

    fn find(&self, chapter: Option<usize>, heading: Option<&str>) -> Found {
        let Some(chapter) = chapter else { return Found::Nothing };
        let Some(heading) = heading.map(str::trim).filter(|heading| !heading.is_empty() && *heading != "top")
        else {
            return Found::Chapter(chapter);
        };
        // Vaults chain headings, `#Part#Section`; the last one is meant.
        let heading = heading.rsplit('#').next().unwrap_or(heading);
        match self.book.targets.outlines.get(chapter).and_then(|outline| outline.find(heading)) {
            Some(position) => Found::Heading(chapter, position),
            None if chapter == self.chapter => Found::Nothing,
            None => Found::ChapterOnly(chapter),
        }
    }

    fn push_place(
        &mut self,
        found: Found,
        written: &str,
        content: Vec<Inline<Parsed>>,
        span: Span,
        out: &mut Vec<Inline<Linked>>,
    ) {
        let (chapter, anchor) = match found {
            Found::Chapter(chapter) => (chapter, LocalAnchor(0)),
            Found::Heading(chapter, position) => (chapter, LocalAnchor(position + 1)),
            Found::ChapterOnly(chapter) => {
                self.warn(
                    "unresolved-heading",
                    format!("`{written}` names a heading that is not there; it leads to the essay's start"),
                    span,
                    "write the heading as it stands in the essay",
                );
                (chapter, LocalAnchor(0))
            }
            Found::Nothing => {
                self.warn(
                    "unresolved-link",
                    format!("`{written}` leads to nothing in this anthology; its text stays"),
                    span,
                    "add the essay that it means, or remove the link",
                );
                rewrite::inlines_into(self, content, out);
                return;
            }
        };
        let mut content = self.link_text(content);
        if content.is_empty() {
            let title = self.book.titles.get(chapter).map_or(written, String::as_str);
            content.push(Inline::Text(title.to_owned()));
        }
        self.push_link(PendingLink::Place { chapter, anchor }, content, out);
    }

    /// Appends a link, or its text alone where a link surrounds it already.
    fn push_link(&mut self, to: PendingLink, content: Vec<Inline<Linked>>, out: &mut Vec<Inline<Linked>>) {
        if self.in_link {
            out.extend(content);
        } else {
            out.push(Inline::Link { to, content });
        }
    }
}
