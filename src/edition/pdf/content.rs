//! Writes the pages' content streams, every piece marked with what it means.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId};
use printpdf::{
    Color, DictItem, Greyscale, Mm, Op, PaintMode, PdfPage, Pt, Rect, XObjectId, XObjectTransform,
};
use rayon::prelude::{ParallelIterator, ParallelSlice};

use super::objects::{deflate, hundredths};
use super::pictures::resource_name;
use super::structure::Owners;
use super::text::{TextSetter, continues};
use super::typefaces::{Typefaces, blank_document, save_options};
use crate::edition::EditionError;
use crate::paged_book::{ContentId, Item, Meaning, Page, PagedBook, PlacedPicture, Rule, TextRun};

/// How many pages printpdf is given at a time: enough to share the work among threads, few enough
/// to keep its bulky operations out of memory.
const BATCH: usize = 16;

/// A page's content.
pub struct PageContent {
    /// Deflated.
    pub stream: Vec<u8>,
    /// What each marked-content sequence belongs to, by its MCID.
    pub marked: Vec<ContentId>,
}

/// Writes all pages.
pub fn write(
    book: &PagedBook,
    typefaces: &Typefaces,
    owners: &Owners,
) -> Result<Vec<PageContent>, EditionError> {
    let batches: Vec<Vec<PageContent>> = book
        .pages
        .par_chunks(BATCH)
        .map(|pages| write_batch(pages, typefaces, owners))
        .collect::<Result<_, EditionError>>()?;
    Ok(batches.into_iter().flatten().collect())
}

fn write_batch(
    pages: &[Page],
    typefaces: &Typefaces,
    owners: &Owners,
) -> Result<Vec<PageContent>, EditionError> {
    let mut document = blank_document();
    let mut marked = Vec::with_capacity(pages.len());
    for page in pages {
        let mut painter = Painter::new(typefaces, owners);
        painter.paint(page);
        marked.push(painter.marked);
        document.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), painter.ops));
    }
    let written = document.to_lopdf_document(&save_options(), &mut Vec::new());
    let streams: Vec<ObjectId> = written.page_iter().collect();
    if streams.len() != pages.len() {
        return Err(EditionError::new("printpdf did not write every page of the PDF"));
    }
    let contents = streams.into_iter().zip(marked);
    contents
        .map(|(page, marked)| {
            let stream = page_stream(&written, page)
                .ok_or_else(|| EditionError::new("printpdf wrote a page without content"))?;
            Ok(PageContent { stream: deflate(stream), marked })
        })
        .collect()
}

fn page_stream(document: &lopdf::Document, page: ObjectId) -> Option<&[u8]> {
    let contents = document.get_dictionary(page).ok()?.get(b"Contents").ok()?.as_reference().ok()?;
    match document.get_object(contents).ok()? {
        Object::Stream(stream) => Some(&stream.content),
        _ => None,
    }
}

/// Turns a page's items into printpdf's operations.
struct Painter<'a> {
    owners: &'a Owners,
    text: TextSetter<'a>,
    ops: Vec<Op>,
    marked: Vec<ContentId>,
    gray: f32,
}

impl<'a> Painter<'a> {
    fn new(typefaces: &'a Typefaces, owners: &'a Owners) -> Self {
        let text = TextSetter::new(typefaces);
        Painter { owners, text, ops: Vec::new(), marked: Vec::new(), gray: 0.0 }
    }

    fn paint(&mut self, page: &Page) {
        for items in page.items.chunk_by(|item, next| meaning(item) == meaning(next)) {
            let Some(first) = items.first() else { continue };
            self.begin(meaning(first));
            let both_text = |item: &Item, next: &Item| is_text(item) && is_text(next);
            for items in items.chunk_by(both_text) {
                match items {
                    [Item::Rule(rule)] => self.paint_rule(rule),
                    [Item::Picture(picture)] => self.paint_picture(picture),
                    _ => self.paint_text(items),
                }
            }
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn begin(&mut self, meaning: Meaning) {
        let (tag, properties) = match meaning {
            Meaning::Content(content) => match self.owners.tag(content) {
                Some(tag) => {
                    let number = self.marked.len() as i64;
                    self.marked.push(content);
                    (tag, Some(("MCID", DictItem::Int(number))))
                }
                None => ("Artifact", None),
            },
            Meaning::Pagination => ("Artifact", Some(("Type", DictItem::Name(b"Pagination".to_vec())))),
            Meaning::Decoration => ("Artifact", None),
        };
        let tag = tag.to_owned();
        self.ops.push(match properties {
            Some((key, value)) => {
                let properties = DictItem::Dict { map: BTreeMap::from([(key.to_owned(), value)]) };
                Op::BeginMarkedContentWithProperties { tag, properties }
            }
            None => Op::BeginMarkedContent { tag },
        });
    }

    fn paint_text(&mut self, items: &[Item]) {
        let runs: Vec<&TextRun> = items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) => Some(run),
                _ => None,
            })
            .collect();
        self.ops.push(Op::StartTextSection);
        for line in runs.chunk_by(|run, next| continues(run, next)) {
            if let Some(first) = line.first() {
                self.set_gray(first.gray);
            }
            self.text.show_line(line, &mut self.ops);
        }
        self.ops.push(Op::EndTextSection);
    }

    fn paint_rule(&mut self, rule: &Rule) {
        self.set_gray(rule.gray);
        let rectangle = Rect {
            x: Pt(hundredths(rule.x)),
            y: Pt(hundredths(rule.y)),
            width: Pt(hundredths(rule.width)),
            height: Pt(hundredths(rule.height)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn paint_picture(&mut self, picture: &PlacedPicture) {
        let transform = XObjectTransform {
            translate_x: Some(Pt(hundredths(picture.x))),
            translate_y: Some(Pt(hundredths(picture.y))),
            scale_x: Some(hundredths(picture.width)),
            scale_y: Some(hundredths(picture.height)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: XObjectId(resource_name(picture.picture)), transform });
    }

    fn set_gray(&mut self, gray: f32) {
        let gray = hundredths(gray.clamp(0.0, 1.0));
        if gray != self.gray {
            self.gray = gray;
            let col = Color::Greyscale(Greyscale::new(gray, None));
            self.ops.push(Op::SetFillColor { col });
        }
    }
}

fn meaning(item: &Item) -> Meaning {
    match item {
        Item::Text(run) => run.meaning,
        Item::Rule(rule) => rule.meaning,
        Item::Picture(picture) => picture.meaning,
    }
}

fn is_text(item: &Item) -> bool {
    matches!(item, Item::Text(_))
}
