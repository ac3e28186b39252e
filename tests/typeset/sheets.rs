//! A typeset book to look into: its pages as lines of text with their places.

use garland::anthology::Anthology;
use garland::fonts::Fonts;
use garland::manifest::Paper;
use garland::paged_book::{Folio, Item, Meaning, Page, PagedBook, TextRun};
use garland::typeset::{Layout, Theme, typeset};

/// A line of a page's text.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetLine {
    pub text: String,
    pub left: f32,
    /// Where the last glyph ends.
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
}

pub fn set(anthology: &Anthology) -> PagedBook {
    typeset(anthology, &Fonts::bundled(), &theme(), Paper::A5)
}

pub fn theme() -> Theme {
    Theme::bundled("book").expect("the theme that is compiled in")
}

pub fn layout() -> Layout {
    theme().layout(Paper::A5)
}

/// The pages with Arabic numbers: body and back matter.
pub fn body(book: &PagedBook) -> Vec<&Page> {
    book.pages.iter().filter(|page| matches!(page.folio, Folio::Arabic(_))).collect()
}

/// The lines of a page that mean something, from top to bottom, without running heads.
pub fn lines(page: &Page) -> Vec<SheetLine> {
    collect(page, |run| matches!(run.meaning, Meaning::Content(_)))
}

/// Running head and folio.
pub fn furniture(page: &Page) -> Vec<SheetLine> {
    collect(page, |run| run.meaning == Meaning::Pagination)
}

fn collect(page: &Page, wanted: impl Fn(&TextRun) -> bool) -> Vec<SheetLine> {
    let mut runs: Vec<&TextRun> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Text(run) if wanted(run) => Some(run),
            _ => None,
        })
        .collect();
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<SheetLine> = Vec::new();
    for run in runs {
        let right = run.x + run.width();
        let text = format!("{}{}", run.glyphs.text, if run.space > 0.0 { " " } else { "" });
        match lines.last_mut() {
            // Superior figures stand on the line that they belong to.
            Some(line) if (line.baseline - run.y).abs() < 0.5 => {
                line.text.push_str(&text);
                line.right = right;
            }
            _ => lines.push(SheetLine { text, left: run.x, right, baseline: run.y, size: run.size }),
        }
    }
    lines
}

/// All that the pages say, divided words joined again.
pub fn prose<'p>(pages: impl IntoIterator<Item = &'p Page>) -> String {
    let mut prose = String::new();
    for line in pages.into_iter().flat_map(lines) {
        prose.push_str(line.text.trim_end());
        if prose.ends_with('\u{AD}') {
            prose.pop();
        } else {
            prose.push(' ');
        }
    }
    prose
}
