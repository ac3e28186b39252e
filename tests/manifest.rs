//! The manifest: what it says, and every way of getting it wrong.

use garland::anthology::{Subject, SubjectCode};
use garland::diagnostic::Diagnostics;
use garland::manifest::{Device, Manifest, Paper};

/// Reads a manifest; each problem as `line:column message (help)`.
fn parse(text: &str) -> (Manifest, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let manifest = Manifest::parse(text, &mut diagnostics);
    let problems = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
            let place = place.trim_start_matches("anthology.yaml:");
            format!("{place} {} ({})", diagnostic.message, diagnostic.help.as_deref().unwrap_or_default())
        })
        .collect();
    (manifest, problems)
}

#[test]
fn every_key_is_read() {
    let (manifest, problems) = parse(
        "title: 1984
subtitle: A  Subtitle
editors: [Ada Lovelace]
contributors:
  - {name: Honoré Daumier, role: ill}
publisher: Press
date: 2025-04-04
language: en-GB
identifier: urn:isbn:9780000000002
description: Text.
subjects: [One, 2]
rights: CC BY 4.0
parts:
  - title: Beginnings
    essays:
      - 01-first.md
      - file: 02-second.md
        title: 007
        author: Grace Hopper
        date: 4 April 2025
        language: fr
        rights: Hers
bibliography: {style: ieee, files: [references.bib]}
glossary: glossary.yaml
hyphenation: [data-base, Lovelace]
editions: {epub: true, pdf: {paper: A4}}
",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(manifest.title.as_deref(), Some("1984"));
    assert_eq!(manifest.subtitle.as_deref(), Some("A Subtitle"));
    assert_eq!(manifest.editors[0].file_as, "Lovelace, Ada");
    assert_eq!(manifest.contributors[0].role, "ill");
    assert_eq!(manifest.date.map(|date| date.to_string()).as_deref(), Some("2025-04-04"));
    assert_eq!(manifest.subjects, [Subject::new("One"), Subject::new("2")]);
    assert_eq!(manifest.hyphenation, ["data-base", "Lovelace"]);
    assert_eq!(manifest.parts[0].title.as_deref(), Some("Beginnings"));
    let essays: Vec<(&str, u32)> = manifest.essays().map(|essay| (essay.file.as_str(), essay.line)).collect();
    assert_eq!(essays, [("01-first.md", 16), ("02-second.md", 17)]);
    let second = &manifest.parts[0].essays[1];
    assert_eq!(second.title.as_deref(), Some("007"));
    assert_eq!(second.authors[0].name, "Grace Hopper");
    assert_eq!(second.language.as_deref(), Some("fr"));
    assert_eq!(manifest.bibliography.files, ["references.bib"]);
    assert_eq!(manifest.glossary.files, ["glossary.yaml"]);
    assert_eq!(manifest.editions.paper, Some(Paper::A4));
}

#[test]
fn an_empty_manifest_wishes_for_nothing() {
    for text in ["", "# only a comment\n", "---\n", "title:\nparts:\n"] {
        let (manifest, problems) = parse(text);
        assert_eq!((manifest, problems.len()), (Manifest::default(), 0), "{text:?}");
    }
}

#[test]
fn covers_and_devices_are_read() {
    let (manifest, problems) = parse(
        "cover: {file: art/front.jpg, alt: A lamp}\neditions: {epub: {devices: [kobo, Kindle]}, pdf: {cover: no}}\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let cover = manifest.cover.expect("a cover");
    assert_eq!((cover.file.as_str(), cover.alt.as_deref()), ("art/front.jpg", Some("A lamp")));
    assert_eq!(manifest.editions.devices, [Device::Kobo, Device::Kindle]);
    assert!(!manifest.editions.pdf_cover);
    assert_eq!(parse("cover: front.png\n").0.cover.expect("a cover").file, "front.png");
    assert_eq!(
        parse("cover: {alt: A lamp}\neditions: {epub: {devices: nook}}\n").1,
        [
            "1:8 this cover has no `file` (add `file:`)",
            "2:28 `devices` cannot be `nook` (write one of: kindle, kobo)"
        ]
    );
    assert_eq!(
        parse("cover: ../front.png\n").1,
        ["1:8 `../front.png` is outside the anthology folder (move the file into the folder)"]
    );
}

#[test]
fn editions_can_be_a_list() {
    let (manifest, problems) = parse("editions: [epub]\nessays: [a.md]\n");
    assert!(problems.is_empty());
    assert!(manifest.editions.epub && !manifest.editions.pdf);
    assert_eq!(manifest.parts[0].title, None);
}

#[test]
fn all_problems_are_told_in_one_run() {
    let (_, problems) = parse(
        "titel: T
date: 2025-13-01
language: english language
editors: {name: x}
contributors:
  - {name: A, role: illustrator}
  - {role: trl}
essays:
  - a.md
  - a.md
  - ../b.md
  - {titel: x}
editions: {pdf: {paper: a6}, epub: maybe, mobi: true}
parts: []
title: x
title: y
",
    );
    assert_eq!(
        problems,
        [
            "1:1 unknown key `titel` in the manifest (did you mean `title`?)",
            "2:7 `2025-13-01` is not a date (write it as 2025-04-04, 2025-04 or 2025)",
            "3:11 `english language` is not a language tag (use a BCP 47 tag, such as en, en-GB, lv or zh-Hant)",
            "4:10 `editors` must be a list (lines that start with `- `), but here it is a mapping (write a list (lines that start with `- `), or remove the key)",
            "6:21 `illustrator` is not a MARC relator code (write `ill`)",
            "7:5 this contributor has no `name` (add `name:`)",
            "10:5 `a.md` is listed twice (it is already on line 9; keep one of the two)",
            "11:5 `../b.md` is outside the anthology folder (move the file into the folder)",
            "12:5 this essay has no `file` (add `file:` with the name of the essay's file)",
            "12:6 unknown key `titel` in an essay (did you mean `title`?)",
            "13:25 `paper` cannot be `a6` (did you mean `a4`?)",
            "13:36 `epub` must be `true` or `false`, but here it is text (write `true` or `false`, or remove the key)",
            "13:43 unknown key `mobi` in editions (known keys here: epub, pdf)",
            "14:8 a book has either `parts` or `essays`, not both (move the essays into a part)",
            "16:1 `title` is set twice in the manifest (keep one of the two)",
        ]
    );
}

#[test]
fn broken_yaml_has_a_place() {
    let (_, problems) = parse("title: ok\nsubtitle: \"open\n");
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("2:") || problems[0].starts_with("3:"), "{problems:?}");
    let (_, problems) = parse("title: a: b\n");
    assert!(problems[0].starts_with("1:"), "{problems:?}");
    let (_, problems) = parse("- just\n- a list\n");
    assert!(problems[0].starts_with("1:1 `the manifest` must be a mapping"), "{problems:?}");
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (from, to) in ('a'..='h').zip('b'..='i') {
        bomb.push_str(&format!(
            "{to}: &{to} [*{from},*{from},*{from},*{from},*{from},*{from},*{from},*{from}]\n"
        ));
    }
    let (_, problems) = parse(&bomb);
    assert!(problems.last().is_some_and(|problem| problem.contains("too many values")), "{problems:?}");
    let (_, problems) = parse(&"[".repeat(5000));
    assert_eq!(problems.len(), 1);
}

#[test]
fn the_index_can_be_a_flag_a_list_or_all_that_can_be_said() {
    let terms = |text: &str| {
        let (manifest, problems) = parse(text);
        assert_eq!(problems, Vec::<String>::new(), "{text}");
        let path = |term: &garland::manifest::IndexTerm| {
            let levels: Vec<&str> = term.path.iter().map(|heading| heading.text.as_str()).collect();
            levels.join("!")
        };
        (manifest.index.wanted, manifest.index.terms.iter().map(path).collect::<Vec<_>>())
    };
    assert_eq!(terms("index: false\n"), (Some(false), vec![]));
    assert_eq!(terms("index: true\n"), (Some(true), vec![]));
    let list = "index: [access, engine!store, {commons: [pasture, law]}]\n";
    let expected = ["access", "engine!store", "commons", "commons!pasture", "commons!law"];
    assert_eq!(terms(list), (Some(true), expected.map(str::to_owned).into()));
    let (manifest, problems) = parse(
        "index:
  names: false
  glossary: no
  terms:
    - term: Analytical Engine
      aliases: [Engine, engines]
      sub: [mill, {term: store, sort: astore}]
      see-also: computers
    - {term: computers, see: [machines, engines]}
",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert!(!manifest.index.names && !manifest.index.glossary);
    let [engine, mill, store, computers] = manifest.index.terms.as_slice() else { panic!("four terms") };
    assert_eq!((engine.line, engine.aliases.len(), engine.see_also.len()), (5, 2, 1));
    assert_eq!((mill.path.len(), store.path[1].sort.as_deref()), (2, Some("astore")));
    assert_eq!(computers.see, ["machines", "engines"]);
}

#[test]
fn mistakes_in_index_and_discussion_have_places() {
    let (_, problems) = parse(
        "index:
  term: [a]
  names: perhaps
  terms:
    - {trem: a, see: b}
    - a!b!c!d
    - {a: {b: x}}
discussion: end
essays:
  - {file: a.md, discussion: {x: y}}
",
    );
    assert_eq!(
        problems,
        [
            "2:3 unknown key `term` in index (did you mean `terms`?)",
            "3:10 `names` must be `true` or `false`, but here it is text (write `true` or `false`, or remove the key)",
            "5:7 this entry of the index has no `term` (add `term:`)",
            "5:8 unknown key `trem` in a term of the index (did you mean `term`?)",
            "6:7 an index has no more than 3 levels (put this term a level higher)",
            "7:11 `sub` must be a list (lines that start with `- `), but here it is a mapping (write a list (lines that start with `- `), or remove the key)",
            "8:13 `discussion` cannot be `end` (write one of: appendix, chapters, both)",
            "10:30 `discussion` must be a list (lines that start with `- `), but here it is a mapping (write a list (lines that start with `- `), or remove the key)",
        ]
    );
    let (manifest, problems) = parse("discussion:\n  place: both\n  questions: [Why?]\n");
    assert_eq!((manifest.discussion.questions.len(), problems.len()), (1, 0));
}

#[test]
fn what_the_epub_is_catalogued_by_is_read() {
    let (manifest, problems) = parse(
        "series: {name: Readers, number: 2.1}
subjects:
  - Commons
  - {name: Sociology, authority: bisac, code: SOC026000}
accessibility: {certified-by: Press, credential: Expert, report: https://example.org/report}
editions:
  epub: {contents: 2, styles: css/mine.css}
  pdf: {identifier: urn:isbn:9780000000019}
",
    );
    assert_eq!(problems, Vec::<String>::new());
    let series = manifest.series.expect("a series");
    assert_eq!((series.name.as_str(), series.position.as_deref()), ("Readers", Some("2.1")));
    let code = SubjectCode { authority: "BISAC".to_owned(), term: "SOC026000".to_owned() };
    assert_eq!(manifest.subjects[1], Subject { name: "Sociology".to_owned(), code: Some(code) });
    let certification = manifest.certification.expect("a certification");
    assert_eq!(certification.report.as_deref(), Some("https://example.org/report"));
    assert_eq!((manifest.editions.contents_depth, manifest.editions.paper), (2, None));
    assert_eq!(manifest.editions.styles.as_deref(), Some("css/mine.css"));
    assert_eq!(manifest.editions.print_identifier.as_deref(), Some("urn:isbn:9780000000019"));
    assert!(manifest.editions.epub && manifest.editions.pdf);
}

#[test]
fn half_a_code_and_a_volume_in_words_are_errors() {
    let (_, problems) = parse(
        "series: {name: Readers, number: two}
subjects:
  - {name: Sociology, authority: BISAC}
  - {name: Sociology, authority: BISAK, code: X}
accessibility: {credential: Expert, report: example.org}
editions: {epub: {contents: 9}}
",
    );
    for part in [
        "`two` is not the number of a volume",
        "this subject is not whole",
        "did you mean `BISAC`?",
        "nobody is named who certifies",
        "`example.org` is not a Web address",
        "`contents` must be a number of levels from 0 to 5",
    ] {
        assert!(problems.iter().any(|problem| problem.contains(part)), "{part} in {problems:#?}");
    }
}
