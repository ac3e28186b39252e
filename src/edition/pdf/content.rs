//! Writes the pages' content streams, every piece marked with what it means.

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::objects::{Deflater, hundredths};
use super::operators::Operators;
use super::pictures::resource_name;
use super::structure::Owners;
use super::text::{TextSetter, continues};
use super::typefaces::Typefaces;
use crate::paged_book::{ContentId, Item, Meaning, Page, PagedBook, PlacedPicture, Rule, TextRun};

/// How many pages a thread takes at least: its tools are dear.
const FEWEST_PAGES: usize = 8;

/// A page's content.
pub struct PageContent {
    /// Deflated.
    pub stream: Vec<u8>,
    /// What each marked-content sequence belongs to, by its MCID.
    pub marked: Vec<ContentId>,
}

/// Writes all pages, each by itself.
pub fn write(book: &PagedBook, typefaces: &Typefaces, owners: &Owners) -> Vec<PageContent> {
    let tools = || (Operators::new(), Deflater::new());
    let pages = book.pages.par_iter().with_min_len(FEWEST_PAGES);
    pages
        .map_init(tools, |(out, deflater), page| {
            out.clear();
            let mut painter = Painter::new(typefaces, owners, out);
            painter.paint(page);
            let marked = painter.marked;
            PageContent { stream: deflater.deflate(out.bytes()), marked }
        })
        .collect()
}

/// Turns a page's items into operators.
struct Painter<'a> {
    owners: &'a Owners,
    text: TextSetter<'a>,
    out: &'a mut Operators,
    marked: Vec<ContentId>,
    gray: f32,
}

impl<'a> Painter<'a> {
    fn new(typefaces: &'a Typefaces, owners: &'a Owners, out: &'a mut Operators) -> Self {
        let text = TextSetter::new(typefaces);
        Painter { owners, text, out, marked: Vec::new(), gray: 0.0 }
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
            self.out.end_content();
        }
    }

    fn begin(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Content(content) => match self.owners.tag(content) {
                Some(tag) => {
                    self.out.begin_content(tag, self.marked.len());
                    self.marked.push(content);
                }
                None => self.out.begin_artifact(None),
            },
            Meaning::Pagination => self.out.begin_artifact(Some("Pagination")),
            Meaning::Decoration => self.out.begin_artifact(None),
        }
    }

    fn paint_text(&mut self, items: &[Item]) {
        let runs: Vec<&TextRun> = items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) => Some(run),
                _ => None,
            })
            .collect();
        self.out.begin_text();
        for line in runs.chunk_by(|run, next| continues(run, next)) {
            if let Some(first) = line.first() {
                self.set_gray(first.gray);
            }
            self.text.show_line(line, self.out);
        }
        self.out.end_text();
    }

    fn paint_rule(&mut self, rule: &Rule) {
        self.set_gray(rule.gray);
        self.out.fill_rectangle([rule.x, rule.y], [rule.width, rule.height]);
    }

    fn paint_picture(&mut self, picture: &PlacedPicture) {
        let (corner, size) = ([picture.x, picture.y], [picture.width, picture.height]);
        self.out.paint_picture(&resource_name(picture.picture), corner, size);
    }

    fn set_gray(&mut self, gray: f32) {
        let gray = hundredths(gray.clamp(0.0, 1.0));
        if gray != self.gray {
            self.gray = gray;
            self.out.set_gray(gray);
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
