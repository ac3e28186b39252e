//! What holds of both editions of real input, told without any judge from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use garland::Options;
use garland::manifest::Paper;
use unicode_normalization::UnicodeNormalization;

use crate::harness::{Anthology, Built, Text, build, sample, seeds};

const ESSAY: &str = "# On Gardens\n\nA garden is an **argument** with the weather.\n";

#[test]
fn an_essay_becomes_a_chapter() {
    let anthology = Anthology::new().essay("on-gardens.md", ESSAY);
    let built = anthology.build();
    built.expect_clean();
    built
        .epub_prose()
        .contains("On Gardens")
        .contains("A garden is an argument with the weather.")
        .lacks("**");
    built.epub("content.opf").contains("<dc:title");
    if let Some(text) = built.pdf_text() {
        text.contains("On Gardens").contains("argument with the weather").lacks("**");
    }
}

#[test]
fn pictures_keep_the_width_that_their_authors_gave_them() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\"><rect width=\"9\" height=\"9\"/></svg>";
    let pandoc = "---\ntitle: A\n---\n\n::: note\nText.\n:::\n\n![one](a.svg){width=50%}\n";
    let kramdown = "# B\n\nText.\n{: .note}\n\n![two](a.svg){: width=\"3cm\"}\n";
    let html = "# C\n\nText.\n\n<img src=\"a.svg\" alt=\"three\" style=\"width: 30px\">\n\n\
                <img src=\"a.svg\" alt=\"four\" width=\"96\">\n";
    let essays = Anthology::new().essay("a.md", pandoc).essay("b.md", kramdown).essay("c.md", html);
    let built = essays.file("a.svg", drawing).build();
    let text = ["a", "b", "c"].map(|stem| built.epub_text(&format!("text/{stem}.xhtml"))).concat();
    let styles: Vec<&str> =
        text.split("style=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(styles, ["width: 50%", "width: 85pt", "width: 30px"]);
}

#[test]
fn lists_keep_their_letters_in_both_editions() {
    let essay = "On Doors\n\nThere are steps to take at every door, in an order that is always the same:\n\n(a) knock\n(b) wait\n(c) go in, and see (b) again\n\nSome say that there are only two of them, and they may well be right:\n\nii) knock\niii) go in\n";
    let page = "<article><h1>On Gates</h1><p>Gates are doors that stand in the open, where it rains.</p><ol type=\"A\"><li>iron</li><li>wood</li></ol></article>";
    let built = Anthology::new().essay("doors.txt", essay).essay("gates.html", page).build();
    built.epub("text/on-doors.xhtml").contains("<ol type=\"a\">").contains("<ol start=\"2\" type=\"i\">");
    built.epub("text/on-gates.xhtml").contains("<ol type=\"A\">");
    if let Some(text) = built.pdf_text() {
        for label in ["a. knock", "c. go in", "ii. knock", "iii. go in", "A. iron", "B. wood"] {
            text.contains(label);
        }
    }
}

#[test]
fn a_page_tells_who_the_contributors_are() {
    let lamps = "---\ntitle: On Lamps\nauthor:\n  name: Zoe Ash\n  bio: mends lamps, and wrote *Wicks*.\n  url: https://example.org/zoe\n---\nA lamp that lights another lamp loses nothing by it.\n";
    let gates = "---\ntitle: On Gates\nauthor: Ada Birch\n---\nA gate is a door that stands in the open, where it rains.\n";
    let manifest = "contributors:\n  - {name: Ada Birch, bio: \"builds [gates](https://example.org/gates).\"}\n  - {name: Cy Elm, role: ill, bio: draws.}\n";
    let anthology = Anthology::new().essay("lamps.md", lamps).essay("gates.md", gates).manifest(manifest);
    let built = anthology.build();
    built.expect_clean();
    let page = built.epub_text("text/contributors.xhtml");
    let order: Vec<_> = ["Zoe Ash", "Ada Birch", "Cy Elm"].map(|name| page.find(name).unwrap()).into();
    assert!(order[0] < order[1] && order[1] < order[2], "sorted by family name: {page}");
    built
        .epub("text/contributors.xhtml")
        .contains("epub:type=\"contributors\"")
        .contains("<em>Wicks</em>")
        .contains("<a href=\"https://example.org/gates\">gates</a>")
        .contains("<a href=\"https://example.org/zoe\">example.org/zoe</a>")
        .contains("<a href=\"on-lamps.xhtml\"><cite>On Lamps</cite></a>");
    built.epub("nav.xhtml").contains("Contributors");
    built.epub("content.opf").contains("Cy Elm");
    if let Some(text) = built.pdf_text() {
        text.contains("Contributors").contains("Zoe Ash mends lamps").contains("On Lamps, ");
    }
}

#[test]
fn nobody_is_told_of_where_nothing_is_said() {
    let lone = "---\ntitle: A\nauthors: [Ada Birch, Zoe Ash]\nbio: Somebody who has written this down in a good many words.\n---\nText.\n";
    let built = Anthology::new().essay("a.md", lone).build();
    built.epub("nav.xhtml").lacks("Contributors");
    assert!(built.diagnostics().iter().any(|told| told.code == "unread-metadata"));
    let other =
        |title: &str, bio: &str| format!("---\ntitle: {title}\nauthor: Ada Birch\nbio: {bio}\n---\nText.\n");
    let anthology =
        Anthology::new().essay("a.md", &other("A", "One life.")).essay("b.md", &other("B", "Two."));
    anthology
        .build()
        .expect_warning("second-biography")
        .epub("text/contributors.xhtml")
        .contains("One life.");
}

#[test]
fn a_folder_without_essays_makes_no_book() {
    Anthology::new().build().expect_error("no-essays");
}

#[test]
fn the_manifest_and_the_caller_can_turn_off_what_the_pdf_claims() {
    let claims = |manifest: &str, options: Options| {
        let built = Anthology::new().essay("a.md", ESSAY).manifest(manifest).options(options).build();
        let pdf = String::from_utf8_lossy(built.book().pdf.as_deref().unwrap()).into_owned();
        (pdf.contains("<pdfuaid:part>"), pdf.contains("<pdfaid:part>"))
    };
    assert_eq!(claims("", Options::default()), (true, true));
    assert_eq!(claims("editions: {pdf: {pdf-ua: false}}", Options::default()), (false, true));
    assert_eq!(claims("editions: {pdf: {pdf-a: false}}", Options::default()), (true, false));
    assert_eq!(claims("", Options { archival: false, ..Options::default() }), (true, false));
    assert_eq!(claims("", Options { accessible: false, ..Options::default() }), (false, true));
}

#[test]
fn an_unlisted_essay_is_a_warning() {
    Anthology::new()
        .essay("listed.md", ESSAY)
        .essay("forgotten.md", ESSAY)
        .manifest("parts:\n  - essays: [listed.md]\n")
        .build()
        .expect_warning("unlisted-essay");
}

#[test]
fn each_edition_can_be_had_alone() {
    let anthology = Anthology::new().essay("a.md", ESSAY);
    let epub_only = anthology.options(Options { pdf: false, ..Options::default() });
    let built = epub_only.build();
    assert!(built.book().epub.is_some() && built.book().pdf.is_none());
    let pdf_only = epub_only.options(Options { epub: false, paper: Some(Paper::A4), ..Options::default() });
    let built = pdf_only.build();
    assert!(built.book().epub.is_none() && built.book().pdf.is_some());
}

#[test]
fn the_sample_builds_without_a_warning() {
    build(&sample(), &Options::default()).expect_clean();
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    for folder in [Some(sample()), seeds()].into_iter().flatten() {
        let [first, second] = [(); 2].map(|()| build(&folder, &Options::default()));
        assert!(first.book().epub == second.book().epub, "{}: the EPUBs differ", folder.display());
        assert!(first.book().pdf == second.book().pdf, "{}: the PDFs differ", folder.display());
    }
}

#[test]
fn the_seeds_read_as_prose() {
    let Some(folder) = seeds() else { return };
    let built = build(&folder, &Options::default());
    for edition in [Some(built.epub_prose()), built.pdf_text()].into_iter().flatten() {
        for markup in ["[[", "]]", "**", "<a class", "](", "<br", "data-t=", "---\n", "layout: post"] {
            edition.lacks(markup);
        }
        for mojibake in ["šŸ", "â€", "Ā", "Ã", "ļø", "\u{fffd}"] {
            edition.lacks(mojibake);
        }
        for furniture in ["top of page", "bottom of page", "Leave a Comment", "edited article with backlinks"]
        {
            edition.lacks(furniture);
        }
    }
}

#[test]
fn what_was_removed_from_the_seeds_is_told() {
    let Some(folder) = seeds() else { return };
    let built = build(&folder, &Options::default());
    let told = |file: &str, line: u32| {
        built
            .diagnostics()
            .iter()
            .filter_map(|diagnostic| diagnostic.place.as_ref())
            .any(|place| place.file.starts_with(file) && place.line == Some(line))
    };
    assert!(told("003_", 1), "`top of page` goes without a word");
    assert!(told("003_", 192) || told("003_", 191), "`bottom of page` goes without a word");
    assert!(told("002_", 53) || told("002_", 52), "`Leave a Comment` goes without a word");
}

#[test]
fn every_sentence_survives_in_order() {
    for folder in [Some(sample()), seeds()].into_iter().flatten() {
        let built = build(&folder, &Options::default());
        let essays = essays_without_what_was_removed(&folder, &built);
        let wanted: usize = essays.iter().map(|essay| plain_sentences(essay).len()).sum();
        assert!(wanted > 50, "only {wanted} sentences of {} are looked for", folder.display());
        for edition in [Some(built.epub_prose()), built.pdf_text()].into_iter().flatten() {
            let lost = lost_sentences(&essays, &edition);
            assert!(lost.is_empty(), "{}: lost or out of order:\n{}", folder.display(), lost.join("\n"));
        }
    }
}

/// The sentences of the essays that the edition does not have, or not in the essay's order.
fn lost_sentences(essays: &[String], edition: &Text) -> Vec<String> {
    let page = Page::new(&edition.text);
    let mut lost = Vec::new();
    for essay in essays {
        let sentences = plain_sentences(essay);
        let mut count = BTreeMap::new();
        for sentence in &sentences {
            *count.entry(sentence).or_insert(0) += 1;
        }
        let mut from = 0;
        for sentence in &sentences {
            // A scraped page may say a thing twice, and the book says it once: no order to ask for.
            let is_repeated = count[sentence] > 1;
            match page.find(&words(sentence), if is_repeated { 0 } else { from }) {
                Some(_) if is_repeated => {}
                Some(end) => from = end,
                None => lost.push(sentence.clone()),
            }
        }
    }
    lost
}

/// The essays' texts as they lie in the folder, but for the lines whose removal was told.
fn essays_without_what_was_removed(folder: &Path, built: &Built) -> Vec<String> {
    let removals = built.diagnostics().iter().filter(|diagnostic| diagnostic.code.starts_with("removed-"));
    let removed: BTreeSet<(&str, usize)> = removals
        .filter_map(|diagnostic| diagnostic.place.as_ref())
        .filter_map(|place| Some((place.file.as_str(), place.line? as usize)))
        .collect();
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names.retain(|name| name.ends_with(".md") || name.ends_with(".txt"));
    let kept = |name: &String| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let is_kept = |(number, _): &(usize, &str)| !removed.contains(&(name.as_str(), number + 1));
        text.lines().enumerate().filter(is_kept).map(|(_, line)| format!("{line}\n")).collect()
    };
    names.iter().map(kept).collect()
}

/// Sentences of running text that carry no markup, so that every reader must leave them as they are.
/// What stands under a glossary's or a list of references' heading moves to the end of the book.
fn plain_sentences(essay: &str) -> Vec<String> {
    let body =
        essay.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).map_or(essay, |(_, body)| body);
    let mut sentences = Vec::new();
    let mut fenced = false;
    let mut moved = false;
    for line in body.lines() {
        fenced ^= line.starts_with("```");
        let heading = line.starts_with(['#', '*']) || (line.len() < 80 && !line.ends_with('.'));
        if heading && !line.trim().is_empty() && !line.starts_with(' ') {
            let name = line.to_lowercase();
            moved =
                ["glossary", "references", "sources", "notes", "terms"].iter().any(|end| name.contains(end));
        }
        if fenced
            || moved
            || line.starts_with(['|', '>', ':', '!', '[', '<', '\t'])
            // A table's caption stands above it, without the mark.
            || line.starts_with("Table:")
            || line.starts_with("    ")
        {
            continue;
        }
        let item = line.trim_start().trim_start_matches(['-', '*', '+', '•']).trim_start();
        for sentence in item.split_inclusive(['.', '?', '!']) {
            let sentence = sentence.trim();
            let plain = |character: char| {
                character.is_ascii_alphanumeric() || " ,.;:?!'’“”\"()—–-%$".contains(character)
            };
            if sentence.chars().all(plain) && words(sentence).len() >= 6 {
                sentences.push(sentence.to_owned());
            }
        }
    }
    sentences
}

/// Runs of letters and digits, in lower case and with ligatures taken apart. Hyphens do not count:
/// pdftotext drops those at a line's end, whether they are the compound's own or the line's.
fn words(text: &str) -> Vec<String> {
    let text: Vec<char> = text.nfkc().filter(|&character| character != SOFT_HYPHEN).collect();
    let letter_at = |at: usize| text.get(at).is_some_and(|character| character.is_alphanumeric());
    let mut words = vec![String::new()];
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            letter if letter.is_alphanumeric() => words.last_mut().unwrap().extend(letter.to_lowercase()),
            '-' | HYPHEN if letter_at(at + 1) => {}
            '-' | HYPHEN if text.get(at + 1) == Some(&'\n') && letter_at(at + 2) => at += 1,
            _ => words.push(String::new()),
        }
        at += 1;
    }
    words.retain(|word| !word.is_empty());
    words
}

const SOFT_HYPHEN: char = '\u{ad}';
const HYPHEN: char = '\u{2010}';

/// An edition's words. Between two words of a sentence, a page may end: then notes, a folio and a
/// running head come first.
struct Page(Vec<String>);

/// A page's notes and furniture are shorter than this many words.
const BETWEEN_PAGES: usize = 120;

impl Page {
    fn new(text: &str) -> Self {
        Page(words(text))
    }

    /// Where the sentence ends that begins at `from` or later.
    fn find(&self, sentence: &[String], from: usize) -> Option<usize> {
        let first = sentence.first()?;
        (from..self.0.len())
            .filter(|&start| first.starts_with(self.0[start].as_str()))
            .find_map(|start| self.follow(sentence, start, 1))
    }

    /// Where the sentence ends if it goes on at `at` with no more than `gaps` interruptions.
    fn follow(&self, sentence: &[String], mut at: usize, gaps: usize) -> Option<usize> {
        for (index, word) in sentence.iter().enumerate() {
            let found = self.0.get(at)?;
            if found == word {
                at += 1;
                continue;
            }
            // The word was broken: its rest follows on the next page.
            if let Some(rest) = word.strip_prefix(found.as_str()) {
                let mut remaining = vec![rest.to_owned()];
                remaining.extend_from_slice(&sentence[index + 1..]);
                if let Some(end) = self.follow(&remaining, at + 1, gaps) {
                    return Some(end);
                }
            }
            if gaps == 0 {
                return None;
            }
            return (at + 1..at + BETWEEN_PAGES)
                .find_map(|resume| self.follow(&sentence[index..], resume, gaps - 1));
        }
        Some(at)
    }
}

#[test]
fn a_sentence_is_found_across_lines_and_pages() {
    let sentence = words("Access is not a favour but a condition.");
    let found = |text: &str| Page::new(text).find(&sentence, 0).is_some();
    assert!(found("Before. Access is not a favour but a condition. After."));
    assert!(found("Access is not a fa-\nvour but a condi-\ntion."));
    assert!(found("Access is not a fa-\n\n1 A note.\n12\nOn Access\nvour but a condition."));
    assert!(found("Access is not\n12\nOn Access\na favour but a condition."));
    assert!(!found("Access isnot a favour but a condition."));
    assert!(!found("Access is not a but a condition."));
    assert!(!found("Condition a but favour a not is access."));
}

#[test]
fn only_plain_sentences_are_looked_for() {
    let essay = "---\ntitle: Not this one, which is in the metadata\n---\n# Heading of six words or more\n\n\
                 Here stands a sentence that is plain. This one is **bold** and so is left out. Too short.\n\n\
                 ## Glossary\n\nA definition that is moved to the end of the book.\n";
    assert_eq!(plain_sentences(essay), ["Here stands a sentence that is plain."]);
}

#[test]
fn links_to_headings_and_blocks_lead_there_in_both_editions() {
    let built = Anthology::new()
        .essay(
            "a.md",
            "# First\n\nSee [[b#Some Part|the part]], [[b#^key|the block]] and [it](b.md#some-part).\n",
        )
        .essay("b.md", "# Second\n\nOpening [[a]].\n\n## Some Part\n\nText.\n\n- one\n- two ^key\n")
        .build();
    built.expect_clean();
    built
        .epub("text/first.xhtml")
        .contains("second.xhtml#second--some-part")
        .contains("second.xhtml#second--key");
    built
        .epub("text/second.xhtml")
        .contains("id=\"second--some-part\"")
        .contains("<span id=\"second--key\"></span>two");
    let pdf = lopdf::Document::load_mem(built.book().pdf.as_ref().expect("a PDF")).expect("a readable PDF");
    let is_link = |object: &lopdf::Object| {
        let dictionary = object.as_dict().ok();
        dictionary
            .is_some_and(|it| it.get(b"Subtype").and_then(|it| it.as_name()).is_ok_and(|it| it == b"Link"))
    };
    // Four in the text, two in the table of contents.
    assert!(pdf.objects.values().filter(|object| is_link(object)).count() >= 6);
}
