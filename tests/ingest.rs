//! Reading a folder: what is found, in what order, and what is said about the rest.

mod encodings;
mod mojibake;

use std::fs;
use std::path::Path;

use garland::diagnostic::{Diagnostics, Severity};
use garland::document::Metadata;
use garland::ingest;
use garland::manifest::Manifest;
use garland::manuscript::{Dialect, Input};
use tempfile::TempDir;

mod bylines;
mod dialects;
mod hostile;
mod metadata;
mod sites;
mod vetoes;

/// A folder with the given files, read.
struct Folder {
    input: Option<(Manifest, Input)>,
    diagnostics: Diagnostics,
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a writable folder");
        fs::write(path, content).expect("a writable file");
    }
    folder
}

fn read(files: &[(&str, &[u8])]) -> Folder {
    let folder = folder(files);
    let mut diagnostics = Diagnostics::new();
    let input = ingest::read(folder.path(), &mut diagnostics);
    Folder { input, diagnostics }
}

impl Folder {
    fn input(&self) -> &Input {
        &self.input.as_ref().expect("a readable folder").1
    }

    fn files(&self) -> Vec<&str> {
        self.input().manuscripts.iter().map(|manuscript| manuscript.file.as_str()).collect()
    }

    fn metadata(&self) -> &Metadata {
        &self.input().manuscripts[0].metadata
    }

    /// The names of the first essay's authors.
    fn authors(&self) -> Vec<&str> {
        self.metadata().authors.iter().map(|author| author.name.as_str()).collect()
    }

    /// The first essay's date.
    fn date(&self) -> String {
        self.metadata().date.map(|date| date.to_string()).unwrap_or_default()
    }

    fn text(&self) -> &str {
        &self.input().manuscripts[0].text
    }

    /// `severity code place` of each diagnostic.
    fn said(&self) -> Vec<String> {
        self.diagnostics
            .iter()
            .map(|diagnostic| {
                let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{} {} {place}", diagnostic.severity, diagnostic.code).trim().to_owned()
            })
            .collect()
    }
}

#[test]
fn essays_come_in_order_of_prefix_date_and_name() {
    let folder = read(&[
        ("10-ten.md", b"Ten."),
        ("2-two.md", b"Two."),
        ("b 10.md", b"B ten."),
        ("b 2.md", b"B two."),
        ("2024-01-02-newer.md", b"Came later."),
        ("dated.md", b"---\ndate: 2023-05-06\n---\nCame before."),
    ]);
    assert_eq!(
        folder.files(),
        ["2-two.md", "10-ten.md", "dated.md", "2024-01-02-newer.md", "b 2.md", "b 10.md"]
    );
}

#[test]
fn only_essays_are_read_as_essays() {
    let folder = read(&[
        ("essay.markdown", b"Text."),
        ("README.md", b"About."),
        ("LICENSE", b"Free."),
        ("LICENSE.txt", b"Free."),
        ("SUMMARY.md", b"List."),
        (".hidden.md", b"No."),
        ("dist/book.md", b"No."),
        ("fonts/OFL.txt", b"No."),
        ("fonts/Face.ttf", b"face"),
        ("draft.doc", b"PK"),
        ("deep/er/more.txt", b"More text."),
    ]);
    assert_eq!(folder.files(), ["essay.markdown", "deep/er/more.txt"]);
    assert_eq!(
        folder.said(),
        [
            "warning unread-format draft.doc",
            "note skipped-file LICENSE",
            "note skipped-file LICENSE.txt",
            "note skipped-file README.md",
            "note skipped-file SUMMARY.md",
            "note skipped-file dist/",
            "note skipped-file fonts/OFL.txt",
            "note skipped-file",
        ]
    );
    assert_eq!(folder.input().fonts[0].path, "fonts/Face.ttf");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_folder_are_not_followed() {
    let outside = folder(&[("secret.md", b"Secret.")]);
    let inside = folder(&[("essay.md", b"Text.")]);
    std::os::unix::fs::symlink(outside.path().join("secret.md"), inside.path().join("link.md"))
        .expect("a link");
    std::os::unix::fs::symlink(outside.path(), inside.path().join("folder")).expect("a link");
    let mut diagnostics = Diagnostics::new();
    let (_, input) = ingest::read(inside.path(), &mut diagnostics).expect("a readable folder");
    assert_eq!(input.manuscripts.len(), 1);
    assert_eq!(diagnostics.count(Severity::Warning), 2);
}

#[test]
fn a_folder_must_exist_and_hold_essays() {
    let mut diagnostics = Diagnostics::new();
    assert!(ingest::read(Path::new("/no/such/folder"), &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
    let empty = read(&[("picture.png", b"")]);
    assert!(empty.input.is_none());
    assert_eq!(empty.said(), ["error no-essays"]);
    let blank = read(&[("blank.md", b" \n\n")]);
    assert_eq!(blank.said(), ["warning empty-essay blank.md", "error no-essays"]);
}

#[test]
fn an_empty_essay_is_left_out() {
    let folder = read(&[("a.md", b""), ("b.md", b"Text.")]);
    assert_eq!(folder.files(), ["b.md"]);
    assert_eq!(folder.said(), ["warning empty-essay a.md"]);
}

#[test]
fn the_manifest_decides_what_is_in_the_book() {
    let folder = read(&[
        (
            "anthology.yaml",
            b"title: T\nessays:\n  - two.md\n  - gone.md\n  - sub/one.md\nglossary: lost.yaml\n",
        ),
        ("sub/one.md", b"One."),
        ("two.md", b"Two."),
        ("three.md", b"Three."),
    ]);
    assert_eq!(folder.files(), ["two.md", "sub/one.md"]);
    assert_eq!(
        folder.said(),
        [
            "error missing-essay anthology.yaml:4:5",
            "warning unlisted-essay three.md",
            "error missing-file anthology.yaml:6:11"
        ]
    );
}

#[test]
fn every_encoding_is_decoded_and_legacy_ones_are_named() {
    let bom = read(&[("a.md", b"\xEF\xBB\xBFCaf\xC3\xA9")]);
    assert_eq!((bom.text(), bom.said().len()), ("Café", 0));
    let utf_16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("Café".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let utf_16 = read(&[("a.md", utf_16.as_slice())]);
    assert_eq!((utf_16.text(), utf_16.said()), ("Café", vec!["note decoded a.md".to_owned()]));
    let latin = read(&[("a.md", b"Le soir\nun caf\xE9 tr\xE8s serr\xE9 \xE0 l'\xE9t\xE9.")]);
    assert_eq!(latin.text(), "Le soir\nun café très serré à l'été.");
    assert_eq!(latin.said(), ["note decoded a.md:2:7"]);
    let binary = read(&[("a.md", b"PK\0\0"), ("b.md", b"Text.")]);
    assert_eq!(binary.said(), ["error not-text a.md:1:3"]);
}

#[test]
fn a_broken_metadata_block_is_an_error_at_its_line_and_the_essay_goes_on() {
    let folder = read(&[("a.md", b"---\ntitle: ok\nauthor: {name: \"open\n---\n\n# Heading\n\nText.")]);
    assert_eq!(folder.input().manuscripts.len(), 1);
    let errors: Vec<_> =
        folder.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    assert_eq!(errors.len(), 1);
    let line = errors[0].place.as_ref().and_then(|place| place.line);
    assert!(line.is_some_and(|line| (3..=4).contains(&line)), "{line:?}");
    assert!(folder.text().starts_with("\n\n\n\n\n# Heading"));
}

#[test]
fn a_rule_on_top_is_not_a_metadata_block() {
    let folder = read(&[("a.md", b"---\n\nOnce upon a time\n\n---\n\nThe end.")]);
    assert!(folder.text().contains("Once upon a time"));
}

#[test]
fn metadata_come_in_many_shapes() {
    let folder = read(&[(
        "a.md",
        b"---\ntitle: 1984\nauthors:\n  - name: Ada Lovelace\n    email: a@b.c\n  - Grace Hopper\ndate: Fri, 04 Apr 2025 10:00:00 GMT\nlanguage: lv\ncopyright: All mine\ncanonical: https://example.org/x\nexcerpt: Short.\ncategories: one, two\n...\nText.",
    )]);
    let metadata = &folder.input().manuscripts[0].metadata;
    assert_eq!(metadata.title.as_deref(), Some("1984"));
    assert_eq!(
        metadata.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(),
        ["Ada Lovelace", "Grace Hopper"]
    );
    assert_eq!(metadata.date.map(|date| date.to_string()).as_deref(), Some("2025-04-04"));
    assert_eq!(metadata.language.as_deref(), Some("lv"));
    assert_eq!(metadata.rights.as_deref(), Some("All mine"));
    assert_eq!(metadata.source.as_deref(), Some("https://example.org/x"));
    assert_eq!(metadata.description.as_deref(), Some("Short."));
    assert_eq!(metadata.keywords, ["one", "two"]);
}

#[test]
fn the_dialect_is_told_by_the_markup() {
    let dialect = |text: &str| read(&[("a.txt", text.as_bytes())]).input().manuscripts[0].dialect;
    assert_eq!(dialect("Just words, 2 * 3 and snake_case_names."), Dialect::Plain);
    assert_eq!(dialect("# Heading\n\nText"), Dialect::Markdown);
    assert_eq!(dialect("Some *emphasis* here"), Dialect::Markdown);
    assert_eq!(dialect("> [!NOTE]\n> Text"), Dialect::Markdown);
    assert_eq!(dialect("See [[page]]"), Dialect::Vault);
    assert_eq!(dialect("> [!info] Title\n> Text"), Dialect::Vault);
}

#[test]
fn pictures_are_loaded_when_an_essay_mentions_them() {
    let folder = read(&[
        ("a.md", b"![Map](img/access%20map.png) and ![[Other Picture.JPG|alt]]"),
        ("img/access map.png", b"png"),
        ("img/Other Picture.jpg", b"jpg"),
        ("img/unused.png", b"png"),
    ]);
    let paths: Vec<&str> = folder.input().pictures.iter().map(|picture| picture.path.as_str()).collect();
    assert_eq!(paths, ["img/Other Picture.jpg", "img/access map.png"]);
}

#[test]
fn bibliography_and_glossary_are_found_by_their_usual_names() {
    let folder = read(&[("a.md", b"Text."), ("references.bib", b"@book{x}"), ("glossary.yaml", b"AI: x")]);
    assert_eq!(folder.input().bibliographies[0].path, "references.bib");
    assert_eq!(folder.input().glossaries.first().map(|file| file.content.as_str()), Some("AI: x"));
}

#[test]
fn copied_blocks_go_and_refrains_stay() {
    let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty again and again and so on";
    let text = format!(
        "Opening words.\n\n{long}\n\nMiddle.\n\n{long}\n\nO refrain, o refrain!\n\nVerse.\n\nO refrain, o refrain!\n"
    );
    let folder = read(&[("a.txt", text.as_bytes())]);
    assert_eq!(folder.text().matches("seventeen").count(), 1);
    assert_eq!(folder.text().matches("O refrain").count(), 2);
    assert_eq!(folder.said(), ["note removed-repetition a.txt:7"]);
}

#[test]
fn a_byline_that_contradicts_the_metadata_stays() {
    let folder =
        read(&[("a.md", b"---\nauthor: Ada Lovelace\n---\n# T\n\nText.\n\n**Author: Grace Hopper**")]);
    assert!(folder.text().contains("Grace Hopper"));
    assert_eq!(folder.said(), ["warning byline-differs a.md:8"]);
}

#[test]
fn the_language_of_an_essay_that_names_none_is_told_from_its_text() {
    let french = "Le village n'a qu'une fontaine, et chaque matin quelqu'un d'autre en garde la clef. Personne ne \
        se souvient de celui qui l'a voulu ainsi. On raconte pourtant qu'une année de sécheresse avait \
        fait naître tant de querelles que les anciens décidèrent de partager la peine en même temps que \
        l'eau, et que depuis ce jour la confiance n'a plus jamais manqué aux habitants de la vallée.";
    let german = "Im Dorf gibt es nur einen Brunnen, und jeden Morgen verwahrt ein anderer den Schlüssel dazu. \
        Niemand erinnert sich daran, wer es so gewollt hat. Man erzählt sich aber, dass in einem \
        trockenen Jahr so viel Streit entstand, dass die Alten beschlossen, die Mühe zusammen mit dem \
        Wasser zu teilen, und dass es seither an Vertrauen zwischen den Nachbarn nie mehr gefehlt hat.";
    let said = format!("---\nlang: nl\n---\n{french}");
    let folder = read(&[
        ("anthology.yaml", b"language: de-AT\nessays: [a.md, b.md, c.md, d.md]\n"),
        ("a.md", french.as_bytes()),
        ("b.md", german.as_bytes()),
        ("c.md", said.as_bytes()),
        ("d.md", "Zu kurz.".as_bytes()),
    ]);
    let languages: Vec<Option<&str>> =
        folder.input().manuscripts.iter().map(|it| it.metadata.language.as_deref()).collect();
    // The book knows its own language more exactly than the text shows it.
    assert_eq!(languages, [Some("fr"), Some("de-AT"), Some("nl"), Some("de-AT")]);
}
