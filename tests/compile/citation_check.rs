//! What an editor is told of citations that cannot be right: every file in `tests/compile/checks` holds an
//! essay, what is printed of it, and what is told.
//!
//! `GARLAND_UPDATE=1 cargo test citation_check` writes it anew; read the difference before committing.

use std::fmt::Write;

use garland::diagnostic::Diagnostic;

use crate::harness::compare_goldens;

use super::builder::{Book, cite, essay, folder, mark, text};
use super::citing;

/// What is told of essays at large.
const OTHERS: [&str; 3] = ["moved-references", "removed-title", "removed-byline"];

fn book(essay: &str) -> Book {
    let (anthology, diagnostics) = citing::book(essay, "ieee");
    Book { anthology, diagnostics }
}

fn line(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
    let help = diagnostic.help.as_ref().map(|help| format!("\n  {help}")).unwrap_or_default();
    format!("{place}: {} {}: {}{help}", diagnostic.severity, diagnostic.code, diagnostic.message)
}

fn show(essay: &str) -> String {
    let book = book(essay);
    let mut shown = format!("{}\n\n", book.chapter(0));
    for (at, note) in book.anthology.chapters[0].notes.iter().enumerate() {
        writeln!(shown, "{} {}", note.number, book.note(0, at)).unwrap();
    }
    for entry in book.bibliography() {
        writeln!(shown, "- {entry}").unwrap();
    }
    for diagnostic in book.diagnostics.iter().filter(|it| !OTHERS.contains(&it.code)) {
        writeln!(shown, "{}", line(diagnostic)).unwrap();
    }
    shown
}

#[test]
fn essays_with_mistakes_are_told_of() {
    compare_goldens("compile/checks", |_, essay| show(essay));
}

/// The doubts about one sentence and its list.
fn doubts(sentence: &str, list: &[&str]) -> Vec<String> {
    let entries: String = list.iter().enumerate().map(|(at, it)| format!("[{}] {it}\n", at + 1)).collect();
    let marks: String = (1..=list.len()).map(|at| format!(" Also [{at}].")).collect();
    let book = book(&format!("# Essay\n\n{sentence}\n\nMore.{marks}\n\n{entries}"));
    let doubts = book.diagnostics.iter().filter(|it| it.code == "doubtful-citation");
    doubts.map(|it| it.message.clone()).collect()
}

#[test]
fn sentences_that_may_well_be_right_are_left_alone() {
    let home = "HuggingFace: https://huggingface.co/";
    let guardian = "The Guardian: https://www.theguardian.com/world/half-the-world-is-offline";
    let who = "World Health Organization, *World Health Statistics* (Geneva, 2021).";
    let unesco = "United Nations Educational, Scientific and Cultural Organization. *Futures of Education*. Paris, 2021.";
    let vaswani = "Vaswani, Ashish, Noam Shazeer, and Niki Parmar. \"Attention Is All You Need.\" *Advances* 30 (2017): 5998–6008.";
    let darwin = "Darwin, Charles. *On the Origin of Species*. London: Penguin, 2009.";
    let commission =
        "White Paper on Artificial Intelligence: https://ec.europa.eu/info/publications/white-paper";
    for (sentence, list) in [
        // The entry is by whoever is named, in short or at length.
        ("A 2021 report by the WHO finds as much [1].", [who, home]),
        ("A report by UNESCO finds as much [1].", [unesco, home]),
        ("A report by the World Health Organization [1] finds as much.", [who, home]),
        ("A paper by the European Commission [1] says so.", [commission, home]),
        // The newspaper tells of the report.
        ("A 2021 report by UNESCO finds as much [1].", [guardian, home]),
        // Authors work for somebody.
        ("A 2017 paper by Google started it [1].", [vaswani, home]),
        ("Stanford's 2017 study [1] started it.", [vaswani, home]),
        // A classic in a new edition, and a report named after the year before.
        ("Darwin's 1859 essay [1] started it.", [darwin, home]),
        ("The WHO's 2022 report [1] says so.", [who, home]),
        // The mark belongs to the site, whatever else the sentence names.
        ("HuggingFace [1] was praised in a report by UNESCO.", [home, who]),
        ("On HuggingFace you find a report by UNESCO [1].", [home, who]),
        // Both are cited.
        ("A report by the WHO, and the models behind it [2][1].", [home, who]),
        ("The WHO warns that this is urgent [1], and it is right [2].", [home, who]),
        // What somebody says may stand anywhere.
        ("According to Einstein, time is what clocks read [1].", [vaswani, home]),
        ("Delong argues that every company will train models [1].", [home, who]),
        // Names of places, months and things are no makers of works.
        ("In March 2021 the people of New York read about it [1].", [home, who]),
        ("The AI Report [1] is a site like others.", [home, who]),
        ("Tools like TensorFlow, PyTorch and the GPT-3 API are free [1].", [home, who]),
        ("Books by Amazon and tools by Microsoft are on sale [1].", [home, darwin]),
    ] {
        assert_eq!(doubts(sentence, &list), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn sentences_that_name_another_source_are_doubted() {
    let home = "HuggingFace: https://huggingface.co/";
    let who = "World Health Organization, *World Health Statistics* (Geneva, 2021).";
    let vaswani = "Vaswani, Ashish, Noam Shazeer, and Niki Parmar. \"Attention Is All You Need.\" *Advances* 30 (2017): 5998–6008.";
    for (sentence, list) in [
        ("A 2021 report by UNESCO highlights the disparities [1].", [home, who]),
        ("A report published by the OECD says so. [1]", [home, who]),
        ("UNESCO’s widely read 2021 report [1] says so.", [home, who]),
        ("According to the World Health Organization, half of us are ill [1].", [home, who]),
        ("The World Health Organization warns that this is urgent [1].", [home, who]),
        ("The WHO's 2024 report [2] says so.", [home, who]),
        ("Jones et al. [2] started it.", [home, vaswani]),
        ("Jones (2017) [2] started it.", [home, vaswani]),
    ] {
        assert_eq!(doubts(sentence, &list).len(), 1, "{sentence}: {:?}", doubts(sentence, &list));
    }
}

#[test]
fn many_notes_are_told_of_in_few_words() {
    let mut crowd = essay("a.md", "A").says([text("Start"), mark("1")]);
    for at in 1..=1_000 {
        crowd = crowd.reference(&at.to_string(), [text(&format!("Work {at}."))]);
    }
    let book = folder().essay(crowd).compile();
    assert_eq!(book.problems(), ["uncited-reference"]);
    assert_eq!(book.anthology.bibliography.len(), 1_000);

    let mut crowd = essay("a.md", "A");
    for at in 1..=10_000 {
        let label = at.to_string();
        crowd = crowd
            .footnote(&label, [text("A remark that is no source, whatever it is taken for.")])
            .says([text("A report by UNESCO"), mark(&label)]);
    }
    let book = folder().essay(crowd).compile();
    assert_eq!(book.problems(), Vec::<&str>::new());
    assert_eq!(book.anthology.chapters[0].notes.len(), 10_000);
}

#[test]
fn addresses_in_bibliography_files_are_checked_where_they_are_cited() {
    let works = "@online{one, title = {One}, url = {http://localhost/one}}\n@online{two, title = {Two}, url = {http://localhost/two}}\n";
    let book = folder()
        .bibliography("works.bib", works)
        .essay(essay("a.md", "A").says([cite(&[("one", None)])]))
        .compile();
    let told: Vec<&str> = book.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(told, ["the address `http://localhost/one` of `one` leads to a private machine"]);
}
