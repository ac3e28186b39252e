//! Bibliography files in every format, sound and broken.

use std::time::{Duration, Instant};

use garland::diagnostic::Diagnostic;
use garland::source::{Record, Source};

use super::builder::{Book, cite, essay, folder, text};

/// The book of one essay that cites these keys of one file.
fn citing(path: &str, content: &str, keys: &[&str]) -> Book {
    let cited: Vec<(&str, Option<&str>)> = keys.iter().map(|key| (*key, None)).collect();
    let words = if keys.is_empty() { text("Nothing.") } else { cite(&cited) };
    folder().bibliography(path, content).essay(essay("a.md", "A").says([text("So "), words])).compile()
}

fn source<'a>(book: &'a Book, key: &str) -> &'a Source {
    let found = book.anthology.sources.iter().find(|source| source.key == key);
    found.unwrap_or_else(|| panic!("no `{key}` in {:?}", book.anthology.sources))
}

/// A record's fields, names and dates as `name: value` lines, by name.
pub fn lines(record: &Record) -> Vec<String> {
    let mut lines = vec![format!("kind: {}", record.kind)];
    for (role, names) in &record.names {
        let names: Vec<String> = names
            .iter()
            .map(|name| {
                let parts =
                    [name.given.as_ref(), name.particle.as_ref(), Some(&name.family), name.suffix.as_ref()];
                parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
            })
            .collect();
        lines.push(format!("{role}: {}", names.join(", ")));
    }
    for (name, date) in &record.dates {
        let parts = [date.month, date.day].into_iter().flatten();
        let circa = if date.circa { "about " } else { "" };
        let rest: String = parts.map(|part| format!("-{part:02}")).collect();
        lines.push(format!("{name}: {circa}{}{rest}", date.year));
    }
    lines.extend(record.fields.iter().map(|(name, text)| format!("{name}: {}", text.plain())));
    lines
}

fn told(book: &Book, code: &str) -> Vec<Diagnostic> {
    book.diagnostics.iter().filter(|it| it.code == code).cloned().collect()
}

fn line_of(diagnostic: &Diagnostic) -> Option<(u32, u32)> {
    let place = diagnostic.place.as_ref()?;
    Some((place.line?, place.column?))
}

const ARTICLE: [&str; 12] = [
    "kind: article-journal",
    "author: Alan M. Turing",
    "accessed: 2024-05-06",
    "issued: 1950-10",
    "DOI: 10.1093/mind/LIX.236.433",
    "URL: https://doi.org/10.1093/mind/LIX.236.433",
    "container-title: Mind",
    "issue: 236",
    "language: de",
    "page: 433-460",
    "title: Computing Machinery and Intelligence",
    "volume: 59",
];

#[test]
fn every_format_says_the_same_of_an_article() {
    let bib = r"@article{turing, author = {Turing, Alan M.}, title = {Computing Machinery and Intelligence},
        journaltitle = {Mind}, volume = 59, number = 236, pages = {433--460}, date = {1950-10}, langid = {german},
        doi = {10.1093/mind/LIX.236.433}, url = {https://doi.org/10.1093/mind/LIX.236.433}, urldate = {2024-05-06}}";
    let json = r#"[{"id": "turing", "type": "article-journal", "title": "Computing Machinery and Intelligence",
        "author": [{"family": "Turing", "given": "Alan M."}], "container-title": "Mind", "volume": 59, "issue": "236",
        "page": "433-460", "issued": {"date-parts": [[1950, 10]]}, "DOI": "10.1093/mind/LIX.236.433", "language": "de",
        "URL": "https://doi.org/10.1093/mind/LIX.236.433", "accessed": {"date-parts": [["2024", 5, 6]]}}]"#;
    let ris = "TY  - JOUR\nID  - turing\nAU  - Turing, Alan M.\nTI  - Computing Machinery and\n  Intelligence\n\
        T2  - Mind\nVL  - 59\nIS  - 236\nSP  - 433\nEP  - 460\nPY  - 1950\nDA  - 1950/10//\nLA  - de\n\
        DO  - 10.1093/mind/LIX.236.433\nUR  - https://doi.org/10.1093/mind/LIX.236.433\nY2  - 2024/05/06/\nER  - \n";
    let yaml = "turing:\n  type: article\n  author: Turing, Alan M.\n  title: Computing Machinery and Intelligence\n  \
        date: 1950-10\n  page-range: 433-460\n  language: de\n  \
        url: {value: 'https://doi.org/10.1093/mind/LIX.236.433', date: 2024-05-06}\n  \
        serial-number: {doi: 10.1093/mind/LIX.236.433}\n  parent: {type: periodical, title: Mind, volume: 59, issue: 236}\n";
    for (path, content) in [("w.bib", bib), ("w.json", json), ("w.ris", ris), ("w.yaml", yaml)] {
        let book = citing(path, content, &["turing"]);
        let mut found = lines(&source(&book, "turing").record);
        found.iter_mut().for_each(|line| *line = line.replace('–', "-"));
        assert_eq!(found, ARTICLE, "{path}");
        assert!(book.diagnostics.is_empty(), "{path}: {:?}", book.diagnostics);
        assert!(book.bibliography()[0].contains("Turing"), "{path}: {:?}", book.bibliography());
    }
}

#[test]
fn bibtex_keeps_what_its_readers_drop() {
    let book = citing(
        "w.bib",
        r#"
@string{hup = {Harvard} # " University Press"}
@collection{whole, editor = {Ed, Ann}, title = {Essays}, subtitle = {All of Them}, publisher = hup, year = 1999}
@incollection{part, author = {{World Health Organization} and de la Cruz, Juan}, title = {On {NASA}}, pages = {1--9},
  crossref = {whole}}
@phdthesis{thesis, author = {A. Body}, title = {T}, school = {MIT}, year = 2001, month = "4~" # apr}
@video{film, title = {Film}, year = {1999}}
@misc{old, title = {Old}, year = {c. 1850}}
"#,
        &["part", "thesis", "film", "old"],
    );
    assert_eq!(
        lines(&source(&book, "part").record),
        [
            "kind: chapter",
            "author: World Health Organization, Juan de la Cruz",
            "editor: Ann Ed",
            "issued: 1999",
            "container-title: Essays: All of Them",
            "page: 1-9",
            "publisher: Harvard University Press",
            "title: On NASA",
        ]
    );
    let thesis = lines(&source(&book, "thesis").record);
    assert!(thesis.contains(&"publisher: MIT".to_owned()), "{thesis:?}");
    assert!(thesis.contains(&"issued: 2001-04-04".to_owned()), "{thesis:?}");
    assert_eq!(source(&book, "film").record.kind, "motion_picture");
    assert!(source(&book, "old").record.dates["issued"].circa);
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
}

#[test]
fn one_broken_entry_costs_no_other() {
    let bib = "@book{a, title = {A}}\n\n@book{b, title = {B}\n  year = 1999}\n\n@book{c, title = {C}\n\n@book{d, title = {D}}\n";
    let json = "[{\"id\": \"a\", \"title\": \"A\"},\n{\"id\": \"b\", \"title\": \"B}, \n{\"id\": \"d\", \"title\": \"D\"}]";
    let ris = "TY  - BOOK\nID  - a\nTI  - A\nER  - \nTI  - Lost\n\nTY  - BOOK\nID  - d\nTI  - D\nER  - \n";
    let yaml = "a:\n  type: book\n  title: A\nb:\n  title: B\nc:\n  title: [\nd:\n  type: book\n  title: D\n";
    for (path, content, places) in [
        ("w.bib", bib, vec![(4, 3), (6, 1)]),
        ("w.json", json, vec![(2, 27)]),
        ("w.ris", ris, vec![(5, 1)]),
        ("w.yaml", yaml, vec![(5, 3), (7, 10)]),
    ] {
        let book = citing(path, content, &["a", "d"]);
        let told = told(&book, "bibliography-syntax");
        assert_eq!(told.iter().filter_map(line_of).collect::<Vec<_>>(), places, "{path}: {told:?}");
        assert!(told.iter().all(|it| it.help.is_some()));
        assert_eq!(book.anthology.sources.len(), 2, "{path}");
        assert!(!book.diagnostics.has_errors());
    }
}

#[test]
fn a_broken_field_costs_no_entry() {
    let book = citing("w.bib", "@book{a, title = {A},\n  year = {soon},\n  publisher = nobody}", &["a"]);
    let told = told(&book, "bibliography-syntax");
    assert_eq!(told.iter().filter_map(line_of).collect::<Vec<_>>(), [(3, 15), (2, 11)]);
    assert_eq!(lines(&source(&book, "a").record), ["kind: book", "publisher: nobody", "title: A"]);
}

#[test]
fn repeated_keys_are_told_and_the_first_is_used() {
    let book =
        citing("w.bib", "@book{a, title = {A}}\n@book{a, title = {B}}\n@book{a, title = {A}}\n", &["a"]);
    assert_eq!(source(&book, "a").record.plain("title"), "A");
    let told = told(&book, "duplicate-key");
    assert_eq!(told.iter().filter_map(line_of).collect::<Vec<_>>(), [(2, 1)]);
}

#[test]
fn what_has_no_place_is_told_once_per_kind() {
    for (path, content, fields) in [
        (
            "w.bib",
            "@book{a, title = {A}, file = {x}, colour = {red}}\n@book{b, title = {B}, file = {y}}",
            "`colour`, `file` (2 times)",
        ),
        (
            "w.json",
            r#"[{"id": "a", "title": "A", "keyword": "x", "custom": {"y": 1}}]"#,
            "`custom`, `keyword`",
        ),
        ("w.ris", "TY  - BOOK\nID  - a\nTI  - A\nKW  - x\nKW  - y\nER  - \n", "`KW` (2 times)"),
        ("w.yaml", "a:\n  type: book\n  title: A\n  colour: red\n", "`colour`"),
    ] {
        let book = citing(path, content, &["a"]);
        let told = told(&book, "bibliography-field");
        assert_eq!(told.len(), 1, "{path}: {:?}", book.diagnostics);
        assert!(told[0].message.contains(fields), "{path}: {}", told[0].message);
    }
}

#[test]
fn hostile_files_are_survived() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(50_000), close.repeat(50_000));
    let million = "x".repeat(1 << 20);
    let bib = [
        String::new(),
        "@".to_owned(),
        "@book{".to_owned(),
        "@book{a".repeat(20_000),
        "@book{a,\n".repeat(20_000),
        "{".repeat(1 << 20),
        format!("@book{{a, title = {{{million}}}}}"),
        format!("@book{{a, title = {{{}}}}}", deep("{", "}")),
        format!("@book{{a, title = {{{}}}}}", deep("\\a{", "}")),
        format!("@book{{a, title = {{{{{}}}}}}}", "{}".repeat(50_000)),
        "@string{a = a}@string{b = c # c}@string{c = b # b}@book{x, title = a # b # c}".to_owned(),
        (0..60).fold("@string{s0 = {xxxxxxxx}}".to_owned(), |text, at| {
            format!("{text}@string{{s{} = s{at} # s{at}}}", at + 1)
        }) + "@book{x, title = s60 # s30}",
        "@book{a, crossref = {a}}@book{b, crossref = {c}}@book{c, crossref = {b}, xdata = {a, b, c}}".to_owned(),
        "@book{a, year = {- 12}}@book{b, date = {20201X}}@book{c, year = 2000, month = {²}}@book{d, date = {2020-00}}\
         @book{e, year = 2000, month = {jan 999}}@book{f, urldate = {٣٣}, url = {x}}@book{g, pages = {999999999999--1}}\
         @book{h, volumes = {x}, editortype = {?}, edition = {99999999999999}}"
            .to_owned(),
    ];
    let json = [
        String::new(),
        "[".repeat(1 << 18),
        "{\"a\":".repeat(1 << 16),
        "[{\"id\":1},".repeat(10_000),
        format!("[{{\"id\": \"{million}\"}}]"),
        "null".to_owned(),
        "[1, \"x\", {}]".to_owned(),
        r#"[{"title": "x", "issued": {"date-parts": [[99999999999]]}, "author": [1, {}], "volume": {}}]"#
            .to_owned(),
    ];
    let ris = [
        String::new(),
        "TY  - ".repeat(10_000),
        "TY  - X\n".repeat(10_000),
        format!("TY  - BOOK\n{million}"),
        "é".repeat(9),
    ];
    let yaml = [
        String::new(),
        "[".repeat(1 << 16),
        "a: &a [*a]".to_owned(),
        (0..30_000).map(|at| format!("k{at}: {{type: misc}}\n")).collect(),
        "a:\n  type: misc\n  date: {year: 1, month: 200}\n".to_owned(),
        "\u{0}\u{1}\u{2}".to_owned(),
    ];
    let files = (bib.iter().map(|it| ("w.bib", it)))
        .chain(json.iter().map(|it| ("w.json", it)))
        .chain(ris.iter().map(|it| ("w.ris", it)))
        .chain(yaml.iter().map(|it| ("w.yaml", it)));
    for (path, content) in files {
        let start = Instant::now();
        citing(path, content, &["a", "b", "c", "d", "e", "f", "g", "h", "x"]);
        let beginning: String = content.chars().take(40).collect();
        assert!(start.elapsed() < Duration::from_secs(20), "{path}: {beginning}: {:?}", start.elapsed());
    }
}

#[test]
fn ten_thousand_entries_with_a_broken_one_are_read_quickly() {
    let entry = |at: usize| {
        format!(
            "@article{{k{at}, author = {{Family{at}, Given}}, title = {{Title {at}}}, journal = {{J}}, year = 2001}}\n"
        )
    };
    let mut content: String = (0..10_000).map(entry).collect();
    content.insert_str(content.len() / 2, "\n@book{broken, title = {X}\n\n");
    let start = Instant::now();
    let book = citing("w.bib", &content, &["k1", "k9999"]);
    // Unoptimised, and on a busy machine; released it takes a tenth of that.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(book.anthology.sources.len(), 2);
    assert!((1..=2).contains(&told(&book, "bibliography-syntax").len()), "{:?}", book.diagnostics);
}
