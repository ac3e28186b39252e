//! The pages of the print edition, as places in the text of this one.

use std::collections::BTreeMap;

use crate::edition::epub::xhtml::Writer;
use crate::labels::Labels;
use crate::paged_book::{Folio, Item, Meaning, Origin, PagedBook, TextRun};

/// Where the pages of the same book on paper begin.
#[derive(Default)]
pub struct Pages {
    breaks: BTreeMap<Origin, Vec<PageBreak>>,
}

/// Where a page begins, within the text that is counted from one origin.
struct PageBreak {
    offset: usize,
    page: PageNumber,
}

/// A page by its index and by what is printed on it.
#[derive(Debug, Clone)]
pub struct PageNumber {
    /// Index into [`PagedBook::pages`].
    pub index: usize,
    pub folio: Folio,
}

impl PageNumber {
    pub fn label(&self) -> String {
        self.folio.to_string()
    }

    /// What a listener hears where the page begins.
    pub fn spoken(&self, labels: &Labels) -> String {
        format!("{} {}", labels.page, self.folio)
    }

    /// No other place in the book has an underscore in its name.
    pub fn id(&self) -> String {
        format!("page_{}", self.folio)
    }
}

impl Pages {
    pub fn of(print: Option<&PagedBook>) -> Self {
        let mut breaks: BTreeMap<Origin, Vec<PageBreak>> = BTreeMap::new();
        let mut last = None;
        // Pages with nothing but the rest of a note: the text goes on behind all of them.
        let mut waiting: Vec<PageNumber> = Vec::new();
        for (index, page) in print.iter().flat_map(|book| &book.pages).enumerate() {
            let number = PageNumber { index, folio: page.folio };
            let Some(start) = page.start else {
                waiting.extend(page.items.iter().any(says_something).then_some(number));
                continue;
            };
            let goes_on = last == Some(start.origin);
            for page in waiting.drain(..) {
                let (origin, offset) = match last {
                    Some(last) if !goes_on => (last, usize::MAX),
                    _ => (start.origin, start.offset),
                };
                breaks.entry(origin).or_default().push(PageBreak { offset, page });
            }
            breaks.entry(start.origin).or_default().push(PageBreak { offset: start.offset, page: number });
            last = Some(start.origin);
        }
        Pages { breaks }
    }

    /// The pages that begin with what is counted from `origin`, each with how far into it.
    pub fn within(&self, origin: Origin) -> impl Iterator<Item = (usize, &PageNumber)> {
        let breaks = self.breaks.get(&origin).map(Vec::as_slice).unwrap_or_default();
        breaks.iter().map(|start| (start.offset, &start.page))
    }
}

/// Whether an item is text of the book.
fn says_something(item: &Item) -> bool {
    matches!(item, Item::Text(TextRun { meaning: Meaning::Content(_), .. }))
}

/// How far the text has been written, and which pages are still to begin in it.
#[derive(Default)]
pub struct Reading<'a> {
    origin: Option<Origin>,
    offset: usize,
    coming: &'a [PageBreak],
    /// The pages that have begun.
    pub begun: Vec<PageNumber>,
}

impl<'a> Reading<'a> {
    /// The next page, if it begins before `end` bytes have been read.
    fn next_before(&mut self, end: usize) -> Option<&'a PageBreak> {
        self.coming.first().filter(|next| next.offset < end)?;
        self.next()
    }

    fn next(&mut self) -> Option<&'a PageBreak> {
        let (next, rest) = self.coming.split_first()?;
        self.coming = rest;
        self.begun.push(next.page.clone());
        Some(next)
    }
}

impl Writer<'_> {
    /// Counts the text that follows from `origin` on.
    pub fn read_from(&mut self, origin: Origin) {
        if self.reading.origin != Some(origin) {
            self.reading.origin = Some(origin);
            self.reading.offset = 0;
            self.reading.coming = self.pages.breaks.get(&origin).map(Vec::as_slice).unwrap_or_default();
        }
    }

    /// What follows is text that pages do not begin in.
    pub fn stop_reading(&mut self) {
        self.reading.origin = None;
        self.reading.coming = &[];
    }

    /// Marks the pages that begin here, in running text.
    pub fn begin_pages(&mut self) {
        self.begin_pages_as("span");
    }

    /// Marks the pages that begin here, between blocks.
    pub fn begin_pages_between_blocks(&mut self) {
        self.begin_pages_as("div");
    }

    /// Marks the pages that only the notes of what has been read go on to.
    pub fn begin_remaining_pages(&mut self) {
        while let Some(next) = self.reading.next() {
            self.begin_page("div", &next.page);
        }
    }

    fn begin_pages_as(&mut self, tag: &str) {
        while let Some(next) = self.reading.next_before(self.reading.offset + 1) {
            self.begin_page(tag, &next.page);
        }
    }

    fn begin_page(&mut self, tag: &str, page: &PageNumber) {
        let (id, label) = (page.id(), page.spoken(self.labels));
        let attributes = [
            ("id", id.as_str()),
            ("epub:type", "pagebreak"),
            ("role", "doc-pagebreak"),
            ("aria-label", &label),
        ];
        self.element(tag, &attributes, |_| ());
    }

    /// Text of the book, with the pages that begin in it.
    pub fn book_text(&mut self, text: &str) {
        let start = self.reading.offset;
        let end = start + text.len();
        let mut written = 0;
        while let Some(next) = self.reading.next_before(end) {
            let wanted = next.offset.saturating_sub(start).max(written);
            let at = (wanted..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            self.text(&text[written..at]);
            self.begin_page("span", &next.page);
            written = at;
        }
        self.text(&text[written..]);
        self.reading.offset = end;
    }

    /// Counts what the print edition counts there.
    pub fn read(&mut self, length: usize) {
        self.reading.offset += length;
    }

    /// Writes what only this edition says at this place.
    pub fn aside_from_reading(&mut self, content: impl FnOnce(&mut Self)) {
        let (origin, offset, coming) = (self.reading.origin, self.reading.offset, self.reading.coming);
        self.stop_reading();
        content(self);
        (self.reading.origin, self.reading.offset, self.reading.coming) = (origin, offset, coming);
    }
}
