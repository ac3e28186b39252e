//! The pages of the print edition, told in the EPUB at the places where the PDF breaks.

use std::fmt::Write as _;
use std::path::Path;

use garland::Options;
use garland::manifest::Paper;

use crate::harness::{Anthology, Built, build, sample, seeds};

/// A page as the EPUB's list has it: its label, and the text before and behind its mark, letters only.
struct Listed {
    label: String,
    before: String,
    behind: String,
}

/// What counts when texts are compared: neither figures, which labels and notes add, nor marks.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn without_tags(xhtml: &str) -> String {
    let text = xhtml.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text: String = text.collect::<Vec<_>>().join("\u{1f}");
    ["&amp;", "&lt;", "&gt;", "&quot;"].iter().fold(text, |text, entity| text.replace(entity, ""))
}

fn listed_pages(built: &Built) -> Vec<Listed> {
    let nav = built.epub_text("nav.xhtml");
    let (_, list) = nav.split_once("epub:type=\"page-list\"").expect("the pages are listed");
    let entries = list.split("<a href=\"").skip(1).map(|entry| {
        let (href, rest) = entry.split_once("\">").expect("an address");
        let (label, _) = rest.split_once("</a>").expect("a label");
        let (path, id) = href.split_once('#').expect("a fragment");
        let document = if path == "nav.xhtml" { nav.clone() } else { built.epub_text(path) };
        let mark = document.find(&format!(" id=\"{id}\"")).expect("the mark is there");
        let start = document[..mark].rfind('<').expect("a tag");
        let body = document.find("<body").expect("a body");
        let before = without_tags(&document[body.min(start)..start]);
        // Word by word, so that the last one can be told.
        let mut before = before.split(|c: char| c.is_whitespace() || c == '\u{1f}').map(letters);
        let before = before.rfind(|word| !word.is_empty()).unwrap_or_default();
        let behind = document[mark..].split_once("</").expect("a mark without text").1;
        let behind = behind.split_once('>').expect("an end tag").1;
        Listed { label: label.to_owned(), before, behind: letters(&without_tags(behind)) }
    });
    entries.collect()
}

/// The text of every page of the PDF, by its label.
fn printed_pages(built: &Built) -> Option<Vec<(String, String)>> {
    let text = built.pdf_text_as_painted()?.text;
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    let pdf = lopdf::Document::load_mem(built.book().pdf.as_ref().expect("a PDF")).expect("a readable PDF");
    let catalog = pdf.catalog().expect("a catalogue");
    let labels = catalog.get(b"PageLabels").and_then(|it| pdf.dereference(it)).expect("page labels").1;
    let ranges =
        labels.as_dict().and_then(|it| it.get(b"Nums")).and_then(|it| it.as_array()).expect("ranges");
    let starts: Vec<(usize, bool, String)> = ranges
        .chunks(2)
        .map(|range| {
            let style = pdf.dereference(&range[1]).expect("a style").1.as_dict().expect("a dictionary");
            let is_roman = style.get(b"S").and_then(|it| it.as_name()).is_ok_and(|name| name == b"r");
            let before = style.get(b"P").and_then(|it| it.as_str()).unwrap_or_default();
            let before = String::from_utf8_lossy(before).into_owned();
            (range[0].as_i64().expect("an index") as usize, is_roman, before)
        })
        .collect();
    let label = |at: usize| {
        let (start, is_roman, before) = starts.iter().rfind(|(start, ..)| *start <= at).expect("a range");
        let roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
        let number = if *is_roman { roman[at - start].to_owned() } else { (at - start + 1).to_string() };
        format!("{before}{number}")
    };
    Some(pages.iter().enumerate().map(|(at, text)| (label(at), letters(text))).collect())
}

/// Every page of the PDF that has text of its own begins with what follows its mark in the EPUB, and not with what
/// precedes it.
fn compare(built: &Built) -> usize {
    let Some(printed) = printed_pages(built) else { return 0 };
    let listed = listed_pages(built);
    let mut wrong = String::new();
    for Listed { label, before, behind } in &listed {
        let (_, page) = printed.iter().find(|(it, _)| it == label).expect("the label is the PDF's");
        let length = page.chars().count().min(18);
        let words: String = behind.chars().take(length).collect();
        // What stands before is the rest of a word, or a figure that text flowed past.
        match page.find(&words) {
            Some(at) if before.chars().count() < 3 || !page[..at].ends_with(before.as_str()) => {}
            Some(at) => writeln!(wrong, "{label}: too late, after {:?}", &page[..at]).unwrap(),
            None => {
                let page: String = page.chars().take(80).collect();
                writeln!(wrong, "{label}: begins with {page:?}, not {words:?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let unlisted = printed.iter().filter(|(label, _)| listed.iter().all(|page| page.label != *label));
    for (label, text) in unlisted {
        assert!(text.is_empty(), "page {label} is not listed: {text}");
    }
    listed.len()
}

fn on_paper(folder: &Path, paper: Paper) -> Built {
    build(folder, &Options { paper: Some(paper), ..Options::default() })
}

#[test]
fn the_pages_of_the_sample_begin_where_the_pdf_breaks() {
    for paper in [Paper::A5, Paper::A4, Paper::Letter] {
        compare(&on_paper(&sample(), paper));
    }
}

#[test]
fn the_pages_of_real_essays_begin_where_the_pdf_breaks() {
    let Some(seeds) = seeds() else { return };
    for paper in [Paper::A5, Paper::A4] {
        compare(&on_paper(&seeds, paper));
    }
}

/// Words that are told apart by their numbers, spelt, since figures do not count.
fn prose(topic: &str, words: usize) -> String {
    const DIGITS: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let word = |at: usize| {
        let digits =
            format!("{at}").bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect::<String>();
        let mark = if at % 11 == 10 {
            "."
        } else if at % 17 == 3 {
            "—hereafter—notwithstanding"
        } else {
            ""
        };
        format!("{topic}{digits}{mark}")
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// An essay of every kind of block, each long enough to be divided between pages somewhere.
fn every_block(shift: usize) -> String {
    let mut text = format!("# Everything\n\n{}\n\n", prose("opening", 40 + 23 * shift));
    for (index, topic) in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"].into_iter().enumerate() {
        let p = |part: &str, words| prose(&format!("{topic}{part}"), words + shift);
        write!(text, "## Heading of *{topic}*\n\n{}[^{topic}] {}\n\n", p("a", 90), p("b", 150)).unwrap();
        write!(text, "- {}\n- *{}*\n- **{}**[^{topic}]\n\n", p("c", 30), p("d", 30), p("e", 30)).unwrap();
        write!(text, "> {}\n>\n> {}\n\n", p("f", 60), p("g", 50)).unwrap();
        let lines: Vec<String> =
            (0..25).map(|line| format!("    {topic}code{} = value", "x".repeat(line + 1))).collect();
        write!(text, "```\n{}\n```\n\n", lines.join("\n")).unwrap();
        write!(text, "| {topic}left | {topic}right |\n|:--|--:|\n").unwrap();
        for row in 0..14 {
            let mark = "y".repeat(row + 1);
            writeln!(text, "| {topic}cell{mark} | {topic}value{mark} |").unwrap();
        }
        write!(text, "\n{topic}term\n: {}\n\n{topic}word\n: {}\n\n", p("h", 50), p("i", 50)).unwrap();
        write!(text, "> [!note]\n> {}\n\n", p("j", 60)).unwrap();
        write!(text, "1. {}\n   1. {}\n   2. {}\n2. {}\n\n", p("k", 30), p("l", 25), p("m", 25), p("n", 20))
            .unwrap();
        write!(text, "A [{}](https://example.org/) and `{topic}code` {}\n\n", p("o", 40), p("p", 90))
            .unwrap();
        let note = if index == 0 { 10 } else { 120 };
        write!(text, "[^{topic}]: {}\n\n", p("q", note)).unwrap();
    }
    text
}

#[test]
fn pages_begin_in_the_middle_of_any_block() {
    for shift in 0..4 {
        let built = Anthology::new()
            .essay("a.md", &every_block(shift))
            .essay("b.md", &format!("# Another Essay\n\n{}\n", prose("second", 900 + shift)))
            .build();
        let pages = compare(&built);
        assert!(pages == 0 || pages > 20, "{pages} pages");
    }
}

#[test]
fn a_break_is_marked_for_eyes_and_ears_and_its_source_is_named() {
    let anthology = Anthology::new().essay("a.md", &format!("# Long\n\n{}\n", prose("word", 900)));
    let built = anthology.build();
    built.epub("text/long.xhtml").contains(
        "<span id=\"page_2\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"page 2\"></span>",
    );
    built.epub("toc.ncx").contains("<pageTarget id=\"page_2\" type=\"normal\" value=\"2\">");
    let opf = built.epub_text("content.opf");
    let (_, source) = opf.split_once("<dc:source>").expect("the source of the pages is named");
    let (source, _) = source.split_once('<').expect("an end tag");
    for line in [
        format!("<meta property=\"schema:pageBreakSource\">{source}</meta>"),
        "<meta property=\"schema:accessibilityFeature\">pageBreakMarkers</meta>".to_owned(),
        "<meta property=\"schema:accessibilityFeature\">pageNavigation</meta>".to_owned(),
    ] {
        assert!(opf.contains(&line), "{line} in {opf}");
    }
    let pdf = built.book().pdf.as_deref().expect("a PDF");
    let named = format!("<dc:identifier>{source}</dc:identifier>");
    assert!(
        pdf.windows(named.len()).any(|window| window == named.as_bytes()),
        "the PDF calls itself {source}"
    );
}

#[test]
fn without_a_pdf_there_are_no_pages() {
    let options = Options { pdf: false, ..Options::default() };
    let built = Anthology::new().essay("a.md", "# Long\n\nWords.\n").options(options).build();
    built.epub("nav.xhtml").lacks("page-list").lacks("pagebreak");
    built.epub("text/long.xhtml").lacks("pagebreak");
    built.epub("toc.ncx").lacks("pageList");
    built.epub("content.opf").lacks("dc:source").lacks("pageBreakSource").lacks("pageNavigation");
}

#[test]
fn contents_of_several_pages_are_listed_page_by_page() {
    let mut anthology = Anthology::new();
    for number in 0..60 {
        let words = prose("on", number + 1);
        let title = words.split(' ').next_back().unwrap_or_default();
        let title = format!("# {title}\n\nWords.\n\n## A section\n\nMore.\n");
        anthology = anthology.essay(&format!("{number:02}.md"), &title);
    }
    let built = anthology.build();
    compare(&built);
    let nav = |built: &Built| built.epub_text("nav.xhtml");
    assert!(nav(&built).contains("<a href=\"nav.xhtml#page_vi\">vi</a>"), "{}", nav(&built));
    // Headings that only the EPUB's contents list do not count.
    let deeper = anthology.manifest("title: Many\neditions: {epub: {contents: 2}}\n").build();
    let marked = |nav: &str| -> Vec<String> {
        let marks = nav.split(" epub:type=\"pagebreak\"").skip(1).map(without_tags);
        marks.map(|behind| behind.split('\u{1f}').nth(1).unwrap_or_default().to_owned()).collect()
    };
    let titles = |nav: String| marked(&nav).split_off(1);
    assert_eq!(titles(nav(&built)), titles(nav(&deeper)));
}

#[test]
fn pages_with_nothing_but_a_note_are_listed_too() {
    let essay = format!("# Long\n\n{}[^a]\n\n[^a]: {}\n", prose("word", 30), prose("note", 1500));
    let built = Anthology::new().essay("a.md", &essay).essay("b.md", "# Short\n\nWords.\n").build();
    let Some(printed) = printed_pages(&built) else { return };
    let listed: Vec<String> = listed_pages(&built).into_iter().map(|page| page.label).collect();
    let with_text = printed.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, _)| label);
    assert_eq!(listed, with_text.collect::<Vec<_>>());
    let chapter = built.epub_text("text/long.xhtml");
    assert!(chapter.contains("id=\"page_2\"") && chapter.contains("id=\"page_3\""), "{chapter}");
}

#[test]
fn each_colophon_names_its_own_edition() {
    let manifest = "title: T\nidentifier: urn:isbn:9780000000002\neditions: {pdf: {identifier: urn:isbn:9780000000019}}\n";
    let built = Anthology::new().essay("a.md", "# A\n\nWords.\n").manifest(manifest).build();
    built.epub("text/colophon.xhtml").contains("ISBN 9780000000002").lacks("9780000000019");
    if let Some(text) = built.pdf_text() {
        text.contains("ISBN 9780000000019").lacks("9780000000002");
    }
}
