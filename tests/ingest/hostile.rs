//! Folders made to do harm: each is told of, in bounded time, and nothing of it reaches the book.

use std::time::{Duration, Instant};

use garland::diagnostic::Diagnostics;
use garland::manuscript::Reading;
use garland::{ingest, parse};

use super::read;
use crate::harness::{Anthology, Built};

/// Tests run unoptimised and side by side; what is bounded at all ends long before.
const PATIENCE: Duration = Duration::from_secs(30);

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let outcome = work();
    let took = start.elapsed();
    assert!(took < PATIENCE, "{what} took {took:?}");
    outcome
}

fn said(built: &Built) -> Vec<&'static str> {
    built.diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
}

/// A PNG's signature and header with the size it claims, and nothing behind them.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// Nine lists of nine of the list before it: a thousand million values.
fn alias_bomb() -> String {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    bomb
}

#[test]
fn alias_bombs_are_refused_at_once() {
    let start = Instant::now();
    let folder = read(&[("a.md", format!("---\ntitle: T\n{}---\n\nText.", alias_bomb()).as_bytes())]);
    assert!(folder.said()[0].starts_with("error broken-yaml a.md:"), "{:?}", folder.said());
    let folder = read(&[("anthology.yaml", alias_bomb().as_bytes()), ("a.md", b"Text.")]);
    assert!(folder.said()[0].starts_with("error broken-yaml anthology.yaml:"), "{:?}", folder.said());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn blocks_that_are_all_brackets_end() {
    let deep = 100_000;
    for block in [
        format!("---\ntitle: {}\n---\n", "[".repeat(deep)),
        format!("---\ntitle: {}\n---\n", "{a: ".repeat(deep / 4)),
        format!("---\ntitle:\n  {}x\n---\n", "- ".repeat(deep)),
        format!("---\n{}: x\n---\n", "? ".repeat(deep)),
        format!("+++\nx = {}\n+++\n", "[".repeat(deep)),
        format!("+++\nx = [{}]\n+++\n", "1,".repeat(deep)),
        format!("+++\n{}x = 1\n+++\n", "a.".repeat(deep)),
        format!("{{\n\"x\": {}\n}}\n", "[".repeat(deep)),
        format!("{{{}\"x\": 1}}\n", (0..deep / 10).map(|n| format!("\"k{n}\": 1,")).collect::<String>()),
        format!("---\nauthor: {}\n---\n", "<>".repeat(deep)),
        format!("---\ntags: [{}]\n---\n", (0..deep / 8).map(|n| format!("k{n},")).collect::<String>()),
        format!("---\n{}---\n", "title: a: b\n".repeat(390)),
        "---\ntitle: x\n---\n\n".repeat(deep),
        "\n---\ntitle: x\n".repeat(deep),
        format!("% {}\n", "x".repeat(deep)),
        format!("From: a\nSubject: {}\n", "re:".repeat(deep)),
    ] {
        timed(&block[..block.len().min(40)], || read(&[("a.md", format!("{block}\nText.").as_bytes())]));
    }
}

#[test]
fn endless_lines_end() {
    let long = 1 << 20;
    for mark in [
        "[[", "{{", "{%", "[#", "{:", "^[", "`", "**", "_", "==", "%%", "<a ", "](", "| ", ">", "re: ", "a ",
        "(@",
    ] {
        let line = mark.repeat(long / mark.len());
        timed(mark, || read(&[("a.md", format!("# H\n\n{line}\n\nText.").as_bytes())]));
    }
    let ten_megabytes = "word ".repeat(2 << 20);
    let folder = timed("10 MB", || read(&[("a.md", format!("# H\n\n{ten_megabytes}").as_bytes())]));
    assert_eq!(folder.files(), ["a.md"]);
}

/// Reads so many bytes of one thing, again and again.
fn read_endless(file: &str, unit: &str, bytes: usize) {
    let text = format!("Some words first.\n\n{}", unit.repeat(bytes / unit.len()));
    let mut diagnostics = Diagnostics::new();
    if let Some(manuscript) = ingest::prepare(file, text.as_bytes(), Reading::default(), &mut diagnostics) {
        parse::parse(&manuscript, &mut diagnostics);
    }
}

/// In the time of these tests, what is not linear shows.
#[test]
fn what_repeats_without_end_is_read_in_linear_time() {
    timed("one line that is its own copy", || read_endless("a.md", "[a]{.b}", 400_000));
    let copies = format!("{}\n\n", "so many words of a line that is a copy of all others ".repeat(8));
    timed("lines that are copies of each other", || read_endless("a.txt", &copies, 400_000));
    let nest = format!("{}{}", "1. ".repeat(20_000), "[[a]]".repeat(20_000));
    timed("a line in lists without end", || read_endless("a.md", &nest, nest.len()));
    timed("a paragraph of breaks", || read_endless("a.html", "<br>", 100_000));
    const UNITS: [&str; 20] = [
        "![[",
        "> ",
        "<a href=\"",
        "*_",
        "`",
        "[^1]: [^1]\n",
        "{{<",
        "{%",
        "==a",
        "^[",
        "|a|b|\n",
        "a\n: x\n\n",
        "\"'",
        "Leave a comment\n",
        "šŸ ",
        "â€œ",
        "<!--",
        "[@a;",
        "(1) a\n",
        "<p>",
    ];
    let start = Instant::now();
    for file in ["a.md", "a.txt", "a.html"] {
        for unit in UNITS {
            timed(unit, || read_endless(file, unit, 30_000));
        }
    }
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn bytes_that_are_no_text_are_told_of() {
    let program: Vec<u8> = (0..=255).cycle().take(4_096).collect();
    let text_with_a_nul = [&b"Text with a \0 in it. "[..], &b"And more of it. ".repeat(20)].concat();
    let folder = read(&[("a.md", &program), ("b.md", &text_with_a_nul)]);
    assert!(folder.said().iter().any(|said| said.starts_with("error not-text a.md")), "{:?}", folder.said());
    assert!(folder.said().iter().any(|said| said.contains(" b.md")), "{:?}", folder.said());
    assert!(folder.input().manuscripts.iter().all(|manuscript| !manuscript.text.contains('\0')));
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let out = "../../../../../../etc/passwd";
    let built = Anthology::new()
        .essay("a.md", &format!("---\nbibliography: {out}\n---\n# A\n\nA [file]({out})."))
        .build();
    built.expect_warning("missing-file").expect_warning("unresolved-link");
    built.epub("text/a.xhtml").contains("A file.").lacks("etc/passwd").lacks("root:");
    for picture in [out, "file:///etc/passwd", "/etc/passwd"] {
        let built = Anthology::new().essay("a.md", &format!("# A\n\n![Picture]({picture})")).build();
        built.expect_error("picture");
    }
    for manifest in
        [format!("essays: [{out}]"), format!("glossary: {out}"), "glossary: /etc/passwd".to_owned()]
    {
        Anthology::new().manifest(&manifest).essay("a.md", "Text.").build().expect_error("outside-folder");
    }
    let contents = format!("- [A](a.md)\n- [B]({out})\n");
    let built = Anthology::new().essay("SUMMARY.md", &contents).essay("a.md", "# A\n\nText.").build();
    assert!(said(&built).contains(&"draft-essay"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_told_of() {
    let folder = Anthology::new().essay("a.md", "# A\n\n![secret](secret.png) and text.");
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("secret.png")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("endless.md")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.path().join("broken.md")).expect("a link");
    std::os::unix::fs::symlink(".", folder.path().join("circle")).expect("a link");
    let built = timed("links", || folder.build());
    let codes = said(&built);
    assert_eq!(codes.iter().filter(|code| **code == "outside-folder").count(), 2, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "skipped-file").count(), 2, "{codes:?}");
}

#[test]
fn a_picture_that_claims_to_be_endless_is_not_decoded() {
    let built = timed("a huge picture", || {
        Anthology::new()
            .essay("a.md", "# A\n\n![A bomb](bomb.png)\n\nText.")
            .file("bomb.png", png_of(100_000, 100_000))
            .build()
    });
    built.expect_error("picture");
    let told = built.diagnostics().iter().any(|it| it.message.contains("100000 × 100000"));
    assert!(told, "{:?}", said(&built));
}

#[test]
fn what_could_run_does_not() {
    let built = Anthology::new()
        .essay(
            "a.md",
            "# A\n\n[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,<script>alert(1)</script>) \
             <a href=\"vbscript:x\" onclick=\"alert(1)\">w</a>\n\n\
             <script>alert(2)</script>\n\n<b onmouseover=alert(3)>b</b>\n\n<iframe src=\"https://evil.example\"></iframe>\n\n\
             <p style=\"background:url(javascript:x)\" onload=\"x()\">Text.</p>\n",
        )
        .essay("b.md", "---\ntitle: <script>alert(1)</script>\nauthor: <b onclick=x>Eve</b>\nurl: javascript:alert(1)\n---\n\nText.")
        .build();
    for page in ["text/a.xhtml", "text/script-alert-1-script.xhtml", "nav.xhtml", "content.opf"] {
        let text = built.epub_text(page).to_lowercase();
        for harm in [
            "=\"javascript",
            "=\"data:",
            "vbscript:",
            "<script",
            "onclick=\"",
            "onmouseover=",
            "onload=",
            "<iframe",
        ] {
            assert!(!text.contains(harm), "{harm} in {page}:\n{text}");
        }
    }
}

#[test]
fn nests_without_end_have_one() {
    let deep = 10_000;
    for text in [
        format!("{}Text.", ">".repeat(deep)),
        format!("{}Text.", "- ".repeat(deep)),
        format!("{}Text.", "<div>".repeat(deep)),
        format!("{}Text.{}", "*".repeat(deep), "*".repeat(deep)),
        format!("{}Text.{}", "[".repeat(deep), "]".repeat(deep)),
        "Text.[^a]\n\n[^a]: Again.[^a] And[^b].\n\n[^b]: Back.[^a]\n".to_owned(),
    ] {
        let built =
            timed(&text[..20], || Anthology::new().essay("a.md", &format!("# A\n\n{text}\n")).build());
        built.epub_prose().contains("Text.");
    }
}
