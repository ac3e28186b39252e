//! The sources of the book as other programs read them.

use garland::compile::export;
use garland::source::{Piece, Source};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

use super::builder::{Book, cite, essay, folder, text};
use super::files::lines;
use crate::harness::tries;

const WORKS: &str = r#"[
{"id": "article", "type": "article-journal", "title": "On <span class=\"nocase\">NASA</span> & 100% of_it", "author": [{"family": "Vale", "given": "Ada", "suffix": "Jr."}, {"family": "Cruz", "given": "Juan", "dropping-particle": "de la"}], "container-title": "Mind", "volume": "59", "issue": "2", "page": "4-9", "issued": {"date-parts": [[1950, 10, 3]]}, "DOI": "10.1000/a_b", "ISSN": "1234-5678", "language": "de"},
{"id": "book", "type": "book", "title": "Rivers", "title-short": "R.", "author": [{"literal": "World Health Organization"}], "publisher": "Barnes and Noble", "publisher-place": "New York", "issued": {"date-parts": [[1999]], "circa": true}, "edition": 2, "ISBN": "9780000000002", "collection-title": "Waters", "collection-number": "7", "number-of-pages": 300},
{"id": "chapter", "type": "chapter", "title": "A Part", "author": [{"family": "B", "given": "C"}], "editor": [{"family": "D", "given": "E"}], "translator": [{"family": "F", "given": "G"}], "container-title": "A Whole", "publisher": "P", "page": "1-9", "issued": {"date-parts": [[2001]]}},
{"id": "paper", "type": "paper-conference", "title": "A Talk", "container-title": "Proceedings", "event-title": "A Meeting", "event-place": "Riga", "event-date": {"date-parts": [[2001, 5]]}, "issued": {"date-parts": [[2002]]}},
{"id": "thesis", "type": "thesis", "title": "T", "publisher": "MIT", "genre": "PhD thesis", "issued": {"date-parts": [[2003]]}},
{"id": "report", "type": "report", "title": "A Report", "publisher": "OECD", "number": "12", "issued": {"date-parts": [[2004]]}},
{"id": "web", "type": "webpage", "title": "A Page", "URL": "https://example.org/a_b%20c?d=e#f", "accessed": {"date-parts": [[2024, 5, 6]]}},
{"id": "film", "type": "motion_picture", "title": "A Film", "issued": {"date-parts": [[1985]]}},
{"id": "news", "type": "article-newspaper", "title": "News", "container-title": "The Paper", "issued": {"date-parts": [[2010, 1, 2]]}},
{"id": "entry", "type": "entry-encyclopedia", "title": "Ant", "container-title": "Britannica", "issued": {"date-parts": [[1911]]}},
{"id": "preprint", "type": "article", "title": "Early", "number": "arXiv:1234.5678", "issued": {"date-parts": [[2020]]}},
{"id": "code", "type": "software", "title": "Program", "version": "1.2", "URL": "https://example.org/p"}
]"#;
const KEYS: [&str; 12] = [
    "article", "book", "chapter", "code", "entry", "film", "news", "paper", "preprint", "report", "thesis",
    "web",
];

fn read(path: &str, content: &str) -> Book {
    let cited: Vec<(&str, Option<&str>)> = KEYS.iter().map(|key| (*key, None)).collect();
    let book = folder().bibliography(path, content).essay(essay("a.md", "A").says([cite(&cited)])).compile();
    assert!(book.problems().is_empty(), "{:#?}", book.diagnostics);
    book
}

#[test]
fn exports_say_what_was_read() {
    let first = read("w.json", WORKS).anthology.sources;
    assert_eq!(first.iter().map(|source| source.key.as_str()).collect::<Vec<_>>(), KEYS);
    for (path, exported) in [
        ("w.bib", export::biblatex(&first)),
        ("w.json", export::csl_json(&first)),
        ("w.yaml", export::yaml(&first)),
    ] {
        let again = read(path, &exported).anthology.sources;
        for (before, after) in first.iter().zip(&again) {
            // hayagriva writes years without their `~`.
            let mut before_lines = lines(&before.record);
            if path == "w.yaml" {
                before_lines.iter_mut().for_each(|line| *line = line.replace("about ", ""));
            }
            assert_eq!(before_lines, lines(&after.record), "{path} has\n{exported}");
            assert_eq!(before.record.fields["title"], after.record.fields["title"], "{path}");
        }
        let twice = match path {
            "w.bib" => export::biblatex(&again),
            "w.json" => export::csl_json(&again),
            _ => export::yaml(&again),
        };
        assert_eq!(exported, twice);
    }
}

#[test]
fn sources_that_authors_wrote_out_get_keys_that_last() {
    let says = |file, words: &str| {
        essay(file, file).reference("1", [text(words)]).says([text("See"), super::builder::mark("1")])
    };
    let book = folder()
        .essay(says("b.md", "The River Page: https://example.org/river"))
        .essay(says("a.md", "River, too. 2001."))
        .compile();
    let listed: Vec<(&str, &[usize])> = book
        .anthology
        .sources
        .iter()
        .map(|source| (source.key.as_str(), source.chapters.as_slice()))
        .collect();
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|(key, chapters)| key.contains("river") && chapters.len() == 1), "{listed:?}");
    let page = book.anthology.sources.iter().find(|source| source.record.kind == "webpage").unwrap();
    assert_eq!(page.record.plain("URL"), "https://example.org/river");
}

proptest! {
    #![proptest_config(tries(64))]

    #[test]
    fn no_title_breaks_an_export(title in vec(any::<char>(), 0..40).prop_map(|it| it.into_iter().collect::<String>())) {
        let title: String = title.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
        let mut record = garland::source::Record::new("book");
        record.set("title", garland::source::Text(vec![Piece::Plain(format!("A {title} \\ {{ }} $ % & # _ ~ ^")), Piece::Fixed("B}".to_owned())]));
        let source = |key: &str, record| Source { key: key.to_owned(), record, chapters: Vec::new() };
        let mut expected = record.plain("title");
        let mut sources = vec![source("a", record)];
        sources.push(source("b", garland::source::Record::new("document")));
        let essay = essay("a.md", "A").says([cite(&[("a", None)])]);
        let again = folder().bibliography("w.bib", &export::biblatex(&sources)).essay(essay).compile();
        // Two hyphens are a dash in TeX.
        expected = expected.replace("---", "—").replace("--", "–");
        let read = again.anthology.sources.first().map(|source| source.record.plain("title")).unwrap_or_default();
        prop_assert_eq!(read, expected, "{}", export::biblatex(&sources));
    }
}
