//! The index in print: the pages that it names are those where things stand, and its columns are level.

use garland::anthology::IndexEntry;
use garland::document::{IndexHeading, IndexMark, IndexMeaning, Inline, Point, Span, Written};
use garland::edition::epub;
use garland::page_ranges::merge;
use garland::paged_book::{LinkTarget, PagedBook};

use super::sheets::{body, layout, lines, set};
use crate::compile::builder::{Book, Text, essay, folder, text};
use crate::harness::{epub_file, write_epub};

fn mark(path: &str, meaning: IndexMeaning) -> Text {
    let path = path.split('!').map(IndexHeading::from).collect();
    let value = IndexMark { path, meaning, ..IndexMark::default() };
    Inline::Anchor(Point::Index(Written { value, span: Span::default() }))
}

/// An essay of many pages: `loom` is spoken of on each, other things here and there.
fn book() -> Book {
    let sentence = "In most villages the evening belongs to whoever has a lamp and lends it. ".repeat(6);
    let paragraphs = (0..40).fold(essay("a.md", "Evenings"), |essay, at| {
        let mut content = vec![text(&sentence), mark("loom", IndexMeaning::Use)];
        if at == 9 {
            content.push(mark("loom", IndexMeaning::Definition));
        }
        if at % 13 == 0 {
            content.push(mark("lamp!oil", IndexMeaning::Use));
        }
        content.push(mark(&format!("entry {at:02}"), IndexMeaning::Use));
        content.push(text(" It ends."));
        essay.says(content)
    });
    folder().essay(paragraphs).compile()
}

/// What an entry is expected to say: its words and the pages of its places.
fn expected(entry: &IndexEntry, print: &PagedBook) -> String {
    let page_of = |anchor| print.destination(anchor).map(|place| place.page);
    let mut told = entry.text.clone();
    for range in merge(&entry.locators, page_of) {
        let folio = |page: usize| print.pages[page].folio.to_string();
        let pages = if range.first == range.last {
            folio(range.first)
        } else {
            format!("{}–{}", folio(range.first), folio(range.last))
        };
        told.push_str(&format!(", {pages}"));
    }
    told
}

#[test]
fn pages_named_are_pages_where_things_stand() {
    let book = book();
    let print = set(&book.anthology);
    let text: String =
        body(&print).into_iter().flat_map(lines).map(|line| format!("{}\n", line.text)).collect();
    let entries: Vec<&IndexEntry> = book
        .anthology
        .index
        .iter()
        .flat_map(|group| &group.entries)
        .flat_map(|it| std::iter::once(it).chain(&it.entries))
        .collect();
    assert_eq!(entries.len(), 43);
    for entry in &entries {
        assert!(text.contains(&expected(entry, &print)), "{}", expected(entry, &print));
    }
    let loom = entries.iter().find(|entry| entry.text == "loom").map(|entry| expected(entry, &print));
    assert!(loom.is_some_and(|told| told.contains('–')));
    // Every place of the index is linked from it, and every link leads to a page.
    let linked = print.pages.iter().flat_map(|page| &page.links).filter_map(|link| match link.target {
        LinkTarget::Internal(anchor) => Some(anchor),
        LinkTarget::External(_) | LinkTarget::Point(_) => None,
    });
    assert!(linked.clone().all(|anchor| print.destination(anchor).is_some()));
    assert!(linked.count() >= 43);
}

#[test]
fn columns_are_level_and_stay_between_the_margins() {
    let book = book();
    let print = set(&book.anthology);
    let first =
        print.destination(book.anthology.index[0].entries[0].anchor).expect("the index is printed").page;
    let last = first + 1;
    let layout = layout();
    for (at, page) in print.pages.iter().enumerate().skip(first).take(last - first) {
        let left = if at % 2 == 0 { layout.inner } else { layout.outer };
        for line in lines(page) {
            assert!(line.left > left - 6.0 && line.right < left + layout.measure + 6.0, "{line:?}");
        }
    }
    // Lines of both columns share their baselines: 43 entries and 3 letters make fewer lines than that.
    let shared = lines(&print.pages[first]).len();
    assert!(shared < 40, "{shared} lines");
}

#[test]
fn the_epub_names_the_pages_of_print() {
    let book = book();
    let print = set(&book.anthology);
    let bytes = write_epub(&book.anthology, Some(&print), &epub::Settings::default());
    let index = epub_file(&bytes, "text/index.xhtml");
    index
        .contains("epub:type=\"index\" role=\"doc-index\"")
        .contains("<a href=\"evenings.xhtml#evenings_index-1\" epub:type=\"index-locator\" aria-label=\"page 1\">1</a>, ")
        .contains("<span epub:type=\"index-locator-range\"><a href=\"evenings.xhtml#evenings_index-32\"")
        .contains("aria-label=\"page 4\">4</a>–<a ")
        .contains("<strong><a ");
    let bytes = write_epub(&book.anthology, None, &epub::Settings::default());
    epub_file(&bytes, "text/index.xhtml")
        .contains("epub:type=\"index-locator\">Evenings</a> <a ")
        .contains("aria-label=\"Evenings 2\">2</a>")
        .lacks("index-locator-range");
    epub_file(&bytes, "nav.xhtml").contains("text/index.xhtml").contains("epub:type=\"index\"");
}
