//! The command line as its user meets it: exit codes, messages, and what is left in `dist/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::harness::{Anthology, sample};

const OK: i32 = 0;
const BAD_INPUT: i32 = 1;
const USAGE: i32 = 2;

const ESSAY: &str =
    "---\ntitle: On Rivers\nauthor: Ada Vale\ndate: 2024-05-06\n---\n\nA river is a long argument.\n";

/// A folder to work in, from which `garland` is called.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Desk(tempfile::tempdir().unwrap())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_garland"));
        command.current_dir(self.0.path()).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        command
    }

    fn garland(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments).output().unwrap())
    }

    fn build(&self, anthology: &Anthology) -> Run {
        self.garland(&["build", path(anthology)])
    }

    /// What lies in `dist/`, by file name.
    fn dist(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.0.path().join("dist"))
    }
}

fn path(anthology: &Anthology) -> &str {
    anthology.path().to_str().unwrap()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// How a call of `garland` went.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let [stdout, stderr] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("messages are UTF-8"));
        Run { code: output.status.code(), stdout, stderr }
    }

    #[track_caller]
    fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    #[track_caller]
    fn says(&self, part: &str) -> &Self {
        assert!(self.stderr.contains(part), "{part:?} is not said:\n{}", self.stderr);
        self
    }

    /// Every part is said of one problem: in the same paragraph of the report.
    #[track_caller]
    fn says_together(&self, parts: &[&str]) -> &Self {
        let together = |paragraph: &str| parts.iter().all(|part| paragraph.contains(part));
        assert!(
            problems(&self.stderr).iter().any(|it| together(it)),
            "no problem says {parts:?}:\n{}",
            self.stderr
        );
        self
    }
}

/// The report, cut before every line that opens a new problem.
fn problems(stderr: &str) -> Vec<String> {
    let mut problems = vec![String::new()];
    for line in stderr.lines() {
        if ["error", "warning", "note"].iter().any(|severity| line.starts_with(severity)) {
            problems.push(String::new());
        }
        if let Some(problem) = problems.last_mut() {
            problem.push_str(line);
            problem.push('\n');
        }
    }
    problems
}

// What goes well.

#[test]
fn both_editions_land_in_dist() {
    let desk = Desk::new();
    desk.build(&Anthology::new().essay("rivers.md", ESSAY).manifest("title: Of Rivers\n")).exits(OK);
    assert_eq!(
        desk.dist().keys().collect::<Vec<_>>(),
        ["of-rivers.epub", "of-rivers.pdf", "of-rivers.report.html", "of-rivers.report.json"]
    );
    assert!(desk.dist()["of-rivers.pdf"].starts_with(b"%PDF-1.7"));
    assert!(desk.dist()["of-rivers.epub"].starts_with(b"PK"));
}

#[test]
fn the_output_folder_and_the_edition_can_be_chosen() {
    let desk = Desk::new();
    let anthology = Anthology::new().essay("rivers.md", ESSAY).manifest("title: Of Rivers\n");
    desk.garland(&["build", path(&anthology), "--output", "a/b", "--only", "pdf", "--paper", "letter"])
        .exits(OK);
    let report = ["of-rivers.report.html", "of-rivers.report.json"];
    let written = |folder: &str| -> Vec<String> {
        let all = files(&desk.0.path().join(folder));
        all.into_keys().filter(|name| !report.contains(&name.as_str())).collect()
    };
    assert_eq!(written("a/b"), ["of-rivers.pdf"]);
    desk.garland(&["build", path(&anthology), "--output", "c", "--only", "epub"]).exits(OK);
    assert_eq!(written("c"), ["of-rivers.epub"]);
    assert!(desk.dist().is_empty());
}

#[test]
fn devices_get_epubs_of_their_own_beside_the_one_for_all() {
    let desk = Desk::new();
    let anthology = Anthology::new().essay("rivers.md", ESSAY).manifest("title: Of Rivers\n");
    desk.garland(&["build", path(&anthology), "--only", "epub", "--epub", "kobo,kindle"]).exits(OK);
    let written: Vec<String> = desk.dist().into_keys().filter(|name| name.ends_with(".epub")).collect();
    assert_eq!(written, ["of-rivers.epub", "of-rivers.kepub.epub", "of-rivers.kindle.epub"]);
    desk.garland(&["build", path(&anthology), "--epub", "nook"]).exits(USAGE).says("kindle, kobo");
}

#[test]
fn every_build_accounts_for_every_word() {
    let desk = Desk::new();
    let ran = desk.build(&Anthology::new().essay("rivers.md", ESSAY).manifest("title: Of Rivers\n"));
    ran.exits(OK);
    assert!(ran.stdout.contains(" kept, "), "{}", ran.stdout);
    let page = String::from_utf8(desk.dist()["of-rivers.report.html"].clone()).unwrap();
    assert!(page.contains("Every word of <cite>Of Rivers</cite>"), "{page}");
}

#[test]
fn check_writes_nothing() {
    let desk = Desk::new();
    desk.garland(&["check", path(&Anthology::new().essay("rivers.md", ESSAY))]).exits(OK);
    assert!(files(desk.0.path()).is_empty());
}

#[test]
fn the_sample_passes_its_check_in_silence() {
    let run = Desk::new().garland(&["check", sample().to_str().unwrap()]);
    run.exits(OK);
    let complains = |problem: &String| problem.starts_with("warning") || problem.starts_with("error");
    assert!(!problems(&run.stderr).iter().any(complains), "{}", run.stderr);
}

#[test]
fn help_and_version_are_there() {
    let desk = Desk::new();
    let help = desk.garland(&["--help"]);
    help.exits(OK);
    assert!(["build", "check", "list"].iter().all(|it| help.stdout.contains(it)), "{}", help.stdout);
    let version = desk.garland(&["--version"]);
    version.exits(OK);
    assert_eq!(version.stdout.trim(), concat!("garland ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_told_from_wrong_input() {
    let desk = Desk::new();
    desk.garland(&[]).exits(USAGE);
    desk.garland(&["plait", "essays"]).exits(USAGE);
    desk.garland(&["build", "essays", "--paper", "papyrus"]).exits(USAGE).says("papyrus");
    desk.garland(&["build", "essays", "--only", "scroll"]).exits(USAGE).says("scroll");
}

// What the essays cite.

/// Two essays that share a source, and a bibliography file.
fn citing_anthology() -> Anthology {
    let works =
        "@book{vale, author = {Vale, Ada}, title = {Banks}, year = 1999}\n@book{lost, title = {X}\n\n";
    Anthology::new()
        .manifest("title: Book\nlanguage: en\n")
        .essay("a.md", "# On Rivers\n\nA river is long [@vale, p. 3].\n")
        .essay("b.md", "# On Lakes\n\nA lake is not [@vale], they say.[^1]\n\n[^1]: The Lake Page: https://example.org/lake\n")
        .file("references.bib", works)
}

#[test]
fn sources_are_listed_with_who_cites_them() {
    let run = Desk::new().garland(&["list", "sources", path(&citing_anthology()), "--quiet"]);
    run.exits(OK).says_together(&["warning", "references.bib:2", "help"]);
    let rows: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(rows[0], ["KEY", "AUTHOR", "YEAR", "TITLE", "CITED IN"]);
    assert!(rows.contains(&vec!["vale", "Vale", "1999", "Banks", "On Rivers; On Lakes"]), "{}", run.stdout);
    assert!(run.stdout.contains("Lake Page"), "{}", run.stdout);
    assert_eq!(rows.len(), 3);
}

#[test]
fn sources_are_exported_for_other_programs() {
    let desk = Desk::new();
    let anthology = citing_anthology();
    let export = |format: &str| {
        let run = desk.garland(&["list", "sources", path(&anthology), "--format", format]);
        run.exits(OK);
        run.stdout
    };
    let bib = export("bib");
    assert!(bib.contains("@book{vale,\n  author = {Vale, Ada},\n  title = {Banks},\n"), "{bib}");
    let json: serde_json::Value = serde_json::from_str(&export("csl-json")).unwrap();
    assert!(json.as_array().unwrap().iter().any(|item| item["id"] == "vale" && item["type"] == "book"));
    assert!(export("yaml").contains("vale:\n  type: book\n"));
    assert_eq!(bib, export("bib"));
    assert!(desk.dist().is_empty());
}

/// Two essays that define a term alike, and one that uses it.
fn defining_anthology() -> Anthology {
    Anthology::new()
        .manifest("title: Book\nlanguage: en\n")
        .essay("a.md", "# On Rivers\n\nA river runs.\n\n## Glossary\n\n- **Riparian zone (RZ)**: What lies along a river, and lives by it.\n- Bank: The edge of a river.\n- Ford: See bank.\n")
        .essay("b.md", "# On Lakes\n\nThe RZ and the banks.\n\n## Glossary\n\n- Bank: Where money is kept.\n\n")
}

#[test]
fn terms_are_listed_with_who_defines_and_uses_them() {
    let run = Desk::new().garland(&["list", "terms", path(&defining_anthology()), "--quiet"]);
    run.exits(OK).says_together(&["warning", "differing-definitions"]);
    let rows: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(rows[0], ["TERM", "ALSO", "DEFINED IN", "USED IN"]);
    assert_eq!(rows[1], ["Bank", "On Rivers; On Lakes", "On Lakes"]);
    assert_eq!(rows[2], ["Ford", "(see elsewhere)", "(nowhere)"]);
    assert_eq!(rows[3], ["Riparian zone (RZ)", "On Rivers", "On Lakes"]);
}

#[test]
fn an_export_of_the_terms_is_a_glossary_file() {
    let desk = Desk::new();
    let export = |anthology: &Anthology, format: &str| {
        let run = desk.garland(&["list", "terms", path(anthology), "--format", format, "--quiet"]);
        run.exits(OK);
        run.stdout
    };
    let first = defining_anthology();
    let (yaml, csv) = (export(&first, "yaml"), export(&first, "csv"));
    assert!(
        csv.starts_with("term,definition,aliases,see,see-also,essays\nBank,The edge of a river.,,,,a.md\n"),
        "{csv}"
    );
    let bare = |name: &str, content: &str| {
        Anthology::new()
            .manifest("title: Book\nlanguage: en\n")
            .essay("a.md", "# On Rivers\n\nA river runs.\n")
            .essay("b.md", "# On Lakes\n\nThe RZ and the banks.\n")
            .file(name, content)
    };
    for again in [bare("glossary.yaml", &yaml), bare("glossary.csv", &csv)] {
        assert_eq!(export(&again, "yaml"), yaml);
        assert_eq!(export(&again, "csv"), csv);
    }
}

#[test]
fn a_list_of_nothing_says_so() {
    let desk = Desk::new();
    let run = desk.garland(&["list", "sources", path(&Anthology::new().essay("a.md", ESSAY))]);
    run.exits(OK);
    assert_eq!(run.stdout, "the essays cite nothing\n");
    let run = desk.garland(&["list", "terms", path(&Anthology::new().essay("a.md", ESSAY))]);
    run.exits(OK);
    assert_eq!(run.stdout, "the essays define nothing\n");
    desk.garland(&["list", "sources", "nowhere"]).exits(BAD_INPUT).says_together(&["error", "nowhere"]);
    desk.garland(&["list", "songs", "nowhere"]).exits(USAGE);
}

#[test]
fn a_style_may_be_a_file_of_the_folder() {
    let desk = Desk::new();
    let manifest = "title: Book\nbibliography: {style: styles/house.csl}\n";
    let anthology = citing_anthology().manifest(manifest);
    desk.build(&anthology).exits(BAD_INPUT).says_together(&["error", "anthology.yaml:2", "styles/house.csl"]);
    let anthology = anthology.file("styles/house.csl", "<style><citation></style>");
    desk.build(&anthology).exits(BAD_INPUT).says_together(&["error", "styles/house.csl:1", "help"]);
    let outside = citing_anthology().manifest("title: Book\nbibliography: {style: ../house.csl}\n");
    desk.build(&outside).exits(BAD_INPUT).says_together(&["error", "../house.csl", "outside"]);
}

// The same input, the same bytes.

#[test]
fn two_runs_are_byte_identical() {
    let anthology = Anthology::new().essay("a.md", ESSAY).essay("b.txt", "On Lakes\n\nA lake is a pause.\n");
    let [first, second] = [(); 2].map(|()| {
        let desk = Desk::new();
        desk.build(&anthology).exits(OK);
        desk.dist()
    });
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in first {
        assert!(bytes == second[&name], "{name} differs from run to run");
    }
}

#[test]
fn a_book_is_dated_by_its_newest_essay() {
    let desk = Desk::new();
    let older = ESSAY.replace("2024-05-06", "2019-01-02").replace("On Rivers", "On Lakes");
    desk.build(&Anthology::new().essay("a.md", ESSAY).essay("b.md", &older).manifest("title: Book\n"))
        .exits(OK);
    package_of(&desk).contains("2024-05-06");
}

#[test]
fn source_date_epoch_dates_the_book() {
    let desk = Desk::new();
    let anthology = Anthology::new().essay("a.md", ESSAY).manifest("title: Book\n");
    let build = |epoch: &str| {
        let run = desk
            .command()
            .args(["build", path(&anthology)])
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .unwrap();
        Run::of(run).exits(OK);
        desk.dist()
    };
    let first = build("1700000000");
    package_of(&desk).contains("2023-11-14");
    assert!(first == build("1700000000"), "the same epoch makes another book");
    assert!(first != build("1600000000"), "the epoch changes nothing");
}

fn package_of(desk: &Desk) -> crate::harness::Text {
    crate::harness::epub_file(&desk.dist()["book.epub"], "content.opf")
}

#[test]
fn an_epoch_that_is_no_number_is_told() {
    let desk = Desk::new();
    let anthology = Anthology::new().essay("a.md", ESSAY);
    let output = desk.command().args(["build", path(&anthology)]).env("SOURCE_DATE_EPOCH", "soon").output();
    Run::of(output.unwrap()).exits(BAD_INPUT).says_together(&["error", "SOURCE_DATE_EPOCH", "soon", "help"]);
    assert!(desk.dist().is_empty());
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let desk = Desk::new();
    let anthology = Anthology::new().essay("a.md", ESSAY);
    let mut child = desk
        .command()
        .args(["build", path(&anthology)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    assert_eq!(desk.dist().len(), 4);
}

// Bad input: one problem, its place, a way out, and no book where none can be honest.

#[test]
fn a_file_that_is_not_text_is_named() {
    let desk = Desk::new();
    let binary: Vec<u8> = (0..=255).cycle().take(2000).collect();
    let run = desk.build(&Anthology::new().essay("a.md", ESSAY).file("noise.md", binary));
    run.exits(BAD_INPUT).says_together(&["error", "noise.md", "help"]);
    assert!(desk.dist().is_empty());
}

#[test]
fn a_legacy_encoding_is_read_and_told() {
    let desk = Desk::new();
    let text = "# Caf\u{e9}\n\nLe caf\u{e9} est un lieu o\u{f9} l\u{92}on pense \u{e0} voix haute, \u{e9}t\u{e9} comme hiver.\n";
    let windows_1252: Vec<u8> = text.chars().map(|character| character as u32 as u8).collect();
    let run = desk.build(&Anthology::new().file("cafe.md", windows_1252).manifest("title: Book\n"));
    run.exits(OK).says("cafe.md");
    crate::harness::epub_prose(&desk.dist()["book.epub"])
        .contains("Café")
        .contains("où l’on pense")
        .lacks("\u{fffd}");
}

#[test]
fn an_empty_file_is_named() {
    let desk = Desk::new();
    let run = desk.build(&Anthology::new().essay("a.md", ESSAY).essay("blank.md", ""));
    run.says_together(&["warning", "blank.md", "help"]);
    // The others still make a book, so this is no reason to refuse it.
    run.exits(OK);
}

#[test]
fn broken_yaml_is_shown_where_it_breaks() {
    let desk = Desk::new();
    let run = desk
        .build(&Anthology::new().essay("a.md", ESSAY).manifest("title: Book\neditors: [Ada\nrights: none\n"));
    run.exits(BAD_INPUT).says_together(&["error", "anthology.yaml:"]);
    let run = desk.build(&Anthology::new().essay("a.md", "---\ntitle: \"open\ndate: 2024\n---\n\nWords.\n"));
    run.says("a.md:");
    assert!(run.code != Some(USAGE) && !run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn an_unknown_manifest_key_gets_a_hint() {
    let desk = Desk::new();
    let run =
        desk.build(&Anthology::new().essay("a.md", ESSAY).manifest("title: Book\npublischer: Nobody\n"));
    run.exits(BAD_INPUT).says_together(&["error", "anthology.yaml:2", "publischer", "publisher"]);
}

#[test]
fn a_missing_image_is_shown_where_it_is_wanted() {
    let desk = Desk::new();
    let essay = format!("{ESSAY}\n![A map](maps/lost.png)\n");
    let run = desk.build(&Anthology::new().essay("a.md", &essay));
    run.says_together(&["a.md:9", "maps/lost.png", "help"]);
}

#[test]
fn an_image_that_is_none_is_named() {
    let desk = Desk::new();
    let essay = format!("{ESSAY}\n![A map](map.png)\n");
    let run = desk.build(&Anthology::new().essay("a.md", &essay).file("map.png", "not a picture"));
    run.says("map.png");
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn a_folder_without_essays_makes_no_book() {
    let desk = Desk::new();
    desk.build(&Anthology::new()).exits(BAD_INPUT).says("error").says("help");
    desk.build(&Anthology::new().manifest("title: Empty\n").file("picture.png", "")).exits(BAD_INPUT);
    desk.garland(&["build", "nowhere"]).exits(BAD_INPUT).says_together(&["error", "nowhere"]);
    assert!(desk.dist().is_empty());
}

#[test]
fn an_essay_instead_of_a_folder_is_told() {
    let desk = Desk::new();
    fs::write(desk.0.path().join("essay.md"), ESSAY).unwrap();
    desk.garland(&["build", "essay.md"]).exits(BAD_INPUT).says_together(&["error", "essay.md"]);
}

#[test]
fn a_dist_that_cannot_be_written_is_told() {
    let desk = Desk::new();
    // A file in the folder's place: refused to root as well.
    fs::write(desk.0.path().join("dist"), "mine").unwrap();
    let anthology = Anthology::new().essay("a.md", ESSAY);
    let run = desk.build(&anthology);
    run.exits(BAD_INPUT).says_together(&["error", "dist", "help"]);
    assert!(!run.stderr.contains(path(&anthology)), "dist/ is not among the essays:\n{}", run.stderr);
    assert_eq!(fs::read(desk.0.path().join("dist")).unwrap(), b"mine");
}

#[test]
fn a_listed_essay_that_is_missing_is_an_error() {
    let desk = Desk::new();
    let manifest = "title: Book\nparts:\n  - title: One\n    essays:\n      - a.md\n      - gone.md\n";
    let run = desk.build(&Anthology::new().essay("a.md", ESSAY).manifest(manifest));
    run.exits(BAD_INPUT).says_together(&["error", "anthology.yaml:6", "gone.md"]);
    assert!(desk.dist().is_empty());
}

#[test]
fn an_essay_that_is_not_listed_is_a_warning() {
    let desk = Desk::new();
    let manifest = "title: Book\nparts:\n  - essays: [a.md]\n";
    let run = desk.build(&Anthology::new().essay("a.md", ESSAY).essay("stray.md", ESSAY).manifest(manifest));
    run.exits(OK).says_together(&["warning", "stray.md"]);
    assert_eq!(desk.dist().len(), 4);
}

#[test]
fn all_problems_are_told_in_one_run() {
    let desk = Desk::new();
    let anthology = Anthology::new()
        .manifest("titel: Book\nparts:\n  - essays: [a.md, gone.md, blank.md, noise.md]\n")
        .essay("a.md", &format!("{ESSAY}\n![Lost](lost.png)\n\nSee [[Nowhere]].\n"))
        .essay("blank.md", "")
        .file("noise.md", [0u8, 159, 146, 150].repeat(100));
    let run = desk.build(&anthology);
    run.exits(BAD_INPUT);
    for part in ["titel", "gone.md", "lost.png", "blank.md", "noise.md"] {
        run.says(part);
    }
    assert!(desk.dist().is_empty());
}

// What was in dist/ stays whole.

#[test]
fn a_failed_build_leaves_dist_as_it_was() {
    let desk = Desk::new();
    desk.build(&Anthology::new().essay("a.md", ESSAY).manifest("title: Book\n")).exits(OK);
    let before = desk.dist();
    assert_eq!(before.len(), 4);
    let manifest = "title: Book\nparts:\n  - essays: [a.md, gone.md]\n";
    desk.build(&Anthology::new().essay("a.md", ESSAY).manifest(manifest)).exits(BAD_INPUT);
    assert!(desk.dist() == before, "dist/ changed");
}

#[test]
fn an_interrupted_build_leaves_whole_editions() {
    let desk = Desk::new();
    let anthology = |words: &str| {
        let essay = ESSAY.replace("A river is a long argument.", &words.repeat(2000));
        Anthology::new().essay("a.md", &essay).manifest("title: Book\n")
    };
    let (old, new) = (anthology("Old words run slowly. "), anthology("New words run faster. "));
    desk.build(&new).exits(OK);
    let after = desk.dist();
    desk.build(&old).exits(OK);
    let before = desk.dist();
    for milliseconds in [0, 5, 10, 20, 40, 80, 160, 320, 640, 1280] {
        let mut child = desk
            .command()
            .args(["build", path(&new)])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(milliseconds));
        // An error means that it has already ended.
        let _ = child.kill();
        child.wait().unwrap();
        let now = desk.dist();
        for name in ["book.epub", "book.pdf"] {
            assert!(
                now[name] == before[name] || now[name] == after[name],
                "{name} is neither the old nor the new one after {milliseconds} ms"
            );
        }
    }
}
