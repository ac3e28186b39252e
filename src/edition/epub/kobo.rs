//! Marks for Kobo's own renderer, which finds bookmarks, highlights and the place where one stopped by them: every
//! sentence is a `span` that is numbered by paragraph and sentence, and the text stands in two boxes that are turned
//! into columns.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::edition::EditionError;
use crate::edition::epub::xhtml::escape;

/// What Kobo's stores add to each document: the boxes have no margins of their own.
pub const STYLES: &str = "\n/* Kobo */\n\n#book-inner { margin-top: 0; margin-bottom: 0; }\n";

/// Elements that begin a paragraph of Kobo's counting.
const PARAGRAPHS: [&[u8]; 10] = [b"p", b"ol", b"ul", b"table", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"];
/// Elements whose text stays as it is: lines that are laid out, formulas, and what may hold no elements.
const UNMARKED: [&[u8]; 4] = [b"pre", b"math", b"svg", b"rp"];

/// Marks the sentences of documents that we wrote.
pub fn mark(documents: Vec<&mut String>) -> Result<(), EditionError> {
    let failed = |cause| EditionError::of("the EPUB could not be marked for Kobo", cause);
    documents.into_par_iter().try_for_each(|document| {
        *document = mark_one(document).map_err(failed)?;
        Ok(())
    })
}

fn mark_one(xhtml: &str) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_str(xhtml);
    let mut marker = Marker::new(xhtml.len() * 2);
    let mut read_to = 0;
    loop {
        let event = reader.read_event()?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(xhtml.len());
        let source = xhtml.get(read_to..end).unwrap_or_default();
        read_to = end;
        match event {
            Event::Eof => return Ok(marker.out),
            Event::Text(_) | Event::GeneralRef(_) if marker.is_marking() => marker.text.push_str(source),
            Event::Start(start) => marker.start(&start, source),
            Event::Empty(empty) => marker.empty(&empty, source),
            Event::End(end) => marker.end(end.name().as_ref(), source),
            _ => marker.out.push_str(source),
        }
    }
}

/// A document on its way, event by event.
struct Marker {
    out: String,
    /// Text that has not been divided yet, as it is written.
    text: String,
    segmenter: icu_segmenter::SentenceSegmenterBorrowed<'static>,
    in_body: bool,
    /// How many elements are open whose text stays as it is.
    unmarked: usize,
    /// Whether the open element is a `p`, where even a space between two elements is marked.
    open: Vec<bool>,
    paragraph: usize,
    sentence: usize,
    /// Whether the next sentence is the first of a paragraph.
    begins: bool,
}

impl Marker {
    fn new(capacity: usize) -> Self {
        Marker {
            out: String::with_capacity(capacity),
            text: String::new(),
            segmenter: SentenceSegmenter::new(SentenceBreakInvariantOptions::default()),
            in_body: false,
            unmarked: 0,
            open: Vec::new(),
            paragraph: 0,
            sentence: 0,
            begins: true,
        }
    }

    fn is_marking(&self) -> bool {
        self.in_body && self.unmarked == 0
    }

    fn start(&mut self, start: &BytesStart, source: &str) {
        self.flush();
        let name = start.name();
        let name = name.as_ref();
        self.out.push_str(source);
        if name == b"body" {
            self.in_body = true;
            self.out.push_str("<div id=\"book-columns\"><div id=\"book-inner\">");
        }
        self.unmarked += usize::from(self.unmarked > 0 || UNMARKED.contains(&name));
        self.begins |= PARAGRAPHS.contains(&name);
        self.open.push(name == b"p");
    }

    fn empty(&mut self, empty: &BytesStart, source: &str) {
        self.flush();
        if empty.name().as_ref() == b"img" && self.is_marking() {
            self.begins = true;
            self.span(source);
            self.begins = true;
        } else {
            self.out.push_str(source);
        }
    }

    fn end(&mut self, name: &[u8], source: &str) {
        self.flush();
        self.open.pop();
        self.unmarked = self.unmarked.saturating_sub(1);
        if name == b"body" {
            self.out.push_str("</div></div>");
            self.in_body = false;
        }
        self.out.push_str(source);
    }

    /// Marks the text before a tag, sentence by sentence.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return;
        }
        let in_paragraph = self.open.last().copied().unwrap_or_default();
        if text.trim().is_empty() && !in_paragraph {
            return self.out.push_str(&text);
        }
        let read = quick_xml::escape::unescape(&text).map_or_else(|_| text.clone(), |read| read.into_owned());
        let ends: Vec<usize> = self.segmenter.segment_str(&read).filter(|end| *end > 0).collect();
        let mut from = 0;
        for end in ends {
            let sentence = escape(read.get(from..end).unwrap_or_default());
            self.span(&sentence);
            from = end;
        }
    }

    fn span(&mut self, content: &str) {
        if std::mem::take(&mut self.begins) {
            self.paragraph += 1;
            self.sentence = 0;
        }
        self.sentence += 1;
        let (paragraph, sentence) = (self.paragraph, self.sentence);
        self.out.push_str(&format!("<span class=\"koboSpan\" id=\"kobo.{paragraph}.{sentence}\">"));
        self.out.push_str(content);
        self.out.push_str("</span>");
    }
}
