//! The stages of typesetting, each timed alone, and the least that any typesetter has to do.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::read::ZlibDecoder;
use garland::anthology::{Anthology, Resolved};
use garland::diagnostic::Diagnostics;
use garland::document::{Block, Document, plain_text};
use garland::edition::pdf::{self, Standards};
use garland::fonts::{Family, Fonts, Style};
use garland::manifest::Paper;
use garland::paged_book::PagedBook;
use garland::typeset::hyphenate::Exceptions;
use garland::typeset::justify::{FORCED, Item, Justification, break_lines};
use garland::typeset::lexicon::Lexicon;
use garland::typeset::shape::{Shaper, Type};
use garland::typeset::{Theme, typeset};
use garland::{compile, ingest, parse};
use harfrust::{ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer};
use libdeflater::{CompressionLvl, Compressor};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

/// An anthology, ready to be typeset.
pub struct Subject {
    anthology: Anthology,
    fonts: Fonts,
    theme: Theme,
    /// The essays' paragraphs.
    texts: Vec<String>,
}

/// What each stage takes.
pub struct Times {
    /// All of typesetting, and parts of it.
    pub typesetting: Duration,
    pub shaping: Duration,
    pub breaking: Duration,
    /// All of the PDF, and a part of it.
    pub printing: Duration,
    pub compressing: Duration,
    pub floor_shaping: Duration,
    pub floor_deflating: Duration,
}

impl Subject {
    pub fn read(folder: &Path) -> Self {
        let mut diagnostics = Diagnostics::new();
        let (manifest, input) = ingest::read(folder, &mut diagnostics).expect("essays");
        let parse = |manuscript| parse::parse(manuscript, &mut Diagnostics::new()).0;
        let documents: Vec<Document> = input.manuscripts.par_iter().map(parse).collect();
        let anthology = compile::compile(&manifest, input, documents, None, &mut diagnostics);
        let bodies = anthology.chapters.iter().flat_map(|chapter| &chapter.body);
        let texts = bodies.filter_map(paragraph).collect();
        let theme = Theme::bundled("book").expect("the first theme");
        Subject { anthology, fonts: Fonts::bundled(), theme, texts }
    }

    pub fn typeset(&self) -> PagedBook {
        typeset(&self.anthology, &self.fonts, &self.theme, Paper::A5)
    }

    pub fn print(&self, book: &PagedBook) -> Vec<u8> {
        let standards = Standards::default();
        pdf::write(&self.anthology, book, &self.fonts, standards, None).expect("a PDF")
    }

    fn shaper<'s>(&'s self, lexicon: &'s Lexicon) -> Shaper<'s> {
        Shaper::new(&self.fonts, Exceptions::default(), lexicon)
    }
}

fn paragraph(block: &Block<Resolved>) -> Option<String> {
    match block {
        Block::Paragraph(content) => Some(plain_text(content)),
        _ => None,
    }
}

pub fn typeset_and_write(subject: &Subject) -> Vec<u8> {
    subject.print(&subject.typeset())
}

/// Times the stages, the quickest of several runs each.
pub fn measure(subject: &Subject, runs: usize) -> Times {
    let paragraphs: Vec<Vec<Item>> = {
        let lexicon = Lexicon::default();
        let mut shaper = subject.shaper(&lexicon);
        subject.texts.iter().map(|text| items(text, &mut shaper)).collect()
    };
    let book = subject.typeset();
    let pdf = subject.print(&book);
    let streams = inflate_streams(&pdf);
    let pages = &streams[..book.pages.len().min(streams.len())];
    let least = |run: &mut dyn FnMut()| {
        let times = (0..runs).map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        });
        times.min().unwrap_or_default()
    };
    Times {
        typesetting: least(&mut || drop(subject.typeset())),
        shaping: least(&mut || shape_words(subject)),
        breaking: least(&mut || break_paragraphs(&paragraphs)),
        printing: least(&mut || drop(subject.print(&book))),
        compressing: least(&mut || deflate(&streams)),
        floor_shaping: least(&mut || shape_paragraphs(subject)),
        floor_deflating: least(&mut || deflate(pages)),
    }
}

const ENGLISH: Option<[u8; 2]> = Some(*b"en");

/// Shapes the essays word by word, as the typesetter does.
fn shape_words(subject: &Subject) {
    let lexicon = Lexicon::default();
    let mut shaper = subject.shaper(&lexicon);
    let kind = Type::new(Family::Serif, Style::Regular);
    for word in subject.texts.iter().flat_map(|text| text.split_whitespace()) {
        std::hint::black_box(shaper.word(word, kind, ENGLISH, false));
    }
}

/// Shapes every paragraph in one go.
fn shape_paragraphs(subject: &Subject) {
    let face = subject.fonts.select(Family::Serif, Style::Regular).expect("a serif face");
    let font = subject.fonts.face(face).font();
    let data = ShaperData::new(&font);
    let shaper = data.shaper(&font).build();
    let mut plan = None;
    let mut buffer = UnicodeBuffer::new();
    for text in &subject.texts {
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let (direction, script) = (buffer.direction(), buffer.script());
        let plan = plan.get_or_insert_with(|| ShapePlan::new(&shaper, direction, Some(script), None, &[]));
        let options = ShapeOptions::new().plan(Some(plan));
        let shaped = shaper.shape(buffer, options);
        std::hint::black_box(shaped.glyph_infos());
        buffer = shaped.clear();
    }
}

/// A paragraph as boxes, glue and penalties at 10 points, much as the typesetter has it.
fn items(text: &str, shaper: &mut Shaper<'_>) -> Vec<Item> {
    const EM: f32 = 0.01;
    let kind = Type::new(Family::Serif, Style::Regular);
    let mut items = Vec::new();
    for word in text.split_whitespace() {
        let word = shaper.word(word, kind, ENGLISH, false);
        let mut before = 0.0;
        let mut add = |items: &mut Vec<Item>, until: f32| {
            let width = (until - before) * EM;
            items.push(Item::Box { width, give: width * 0.023, hang_left: 0.0, hang_right: 0.0 });
            before = until;
        };
        for stop in &word.breaks {
            add(&mut items, stop.width);
            items.push(Item::Penalty { width: 3.0, cost: 120.0, hyphen: true, hang_right: 2.0 });
        }
        add(&mut items, word.width);
        items.push(Item::Glue { width: 2.6, stretch: 1.3, shrink: 0.73 });
    }
    items.pop();
    items.push(Item::Glue { width: 0.0, stretch: 1e5, shrink: 0.0 });
    items.push(Item::Penalty { width: 0.0, cost: FORCED, hyphen: false, hang_right: 0.0 });
    items
}

fn break_paragraphs(paragraphs: &[Vec<Item>]) {
    let justification = Justification { measure: 306.5, shortest_last_line: 20.0, ragged: None };
    for items in paragraphs {
        std::hint::black_box(break_lines(items, &justification));
    }
}

/// What the streams of a PDF hold, the pages' first.
fn inflate_streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let (begin, end) = (b"\nstream\n".as_slice(), b"\nendstream\n".as_slice());
    let mut streams: Vec<Vec<u8>> = Vec::new();
    let mut rest = pdf;
    while let Some(start) = memchr::memmem::find(rest, begin) {
        rest = &rest[start + begin.len()..];
        let length = memchr::memmem::find(rest, end).unwrap_or(rest.len());
        let mut stream = Vec::new();
        if ZlibDecoder::new(&rest[..length]).read_to_end(&mut stream).is_ok() {
            streams.push(stream);
        }
    }
    streams.sort_by_key(|stream| !stream.ends_with(b"EMC"));
    streams
}

fn deflate(streams: &[Vec<u8>]) {
    let mut compressor = Compressor::new(CompressionLvl::new(1).expect("a level"));
    let longest = streams.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = vec![0; compressor.zlib_compress_bound(longest)];
    for stream in streams {
        compressor.zlib_compress(stream, &mut out).expect("room");
        std::hint::black_box(&out);
    }
}
