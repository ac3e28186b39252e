//! Web pages and books: no word of them is lost, and nothing harmful gets through.

use garland::audit::take_down;
use garland::diagnostic::Diagnostics;
use garland::ingest;
use garland::ingest::page;
use garland::manuscript::{Manuscript, Reading, Vetoes};
use garland::parse;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use crate::harness::tries;

/// The words of a text that were made for a test: `w12`.
fn numbered(text: &str) -> Vec<String> {
    let words = text.split(|next: char| !next.is_ascii_alphanumeric());
    let is_numbered = |word: &&str| {
        word.strip_prefix('w')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut words: Vec<String> = words.filter(is_numbered).map(str::to_owned).collect();
    words.sort();
    words
}

fn without_tags(html: &str) -> String {
    html.split('<')
        .map(|piece| piece.split_once('>').map_or("", |(_, shown)| shown))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of a page that are in the essay or in a change.
fn accounted(html: &str) -> Vec<String> {
    let found = page::read("page.html", html, &Vetoes::default(), &mut Diagnostics::new());
    let mut text = without_tags(&found.html);
    for change in &found.changes {
        text.push(' ');
        text.push_str(&change.text);
    }
    numbered(&text)
}

fn prepare(file: &str, text: &str, reading: Reading) -> (Manuscript, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare(file, text.as_bytes(), reading, &mut diagnostics);
    (manuscript.expect("an essay"), diagnostics)
}

/// The words that neither the essay's tree nor a change holds.
fn missing(file: &str, text: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare(file, text.as_bytes(), Reading::default(), &mut diagnostics);
    let Some(manuscript) = manuscript else { return Vec::new() };
    let (document, ledger) = parse::parse(&manuscript, &mut diagnostics);
    take_down(&manuscript, &document, ledger).missing.into_iter().map(|missing| missing.word).collect()
}

/// Elements of pages, with and without meaning, around words (`%`).
const PIECES: &[&str] = &[
    "<p>%</p>",
    "<p>% <em>%</em> % <a href=\"/x\">%</a></p>",
    "<h2 id=a>%</h2>",
    "<div class=\"share\"><a href=#>%</a></div>",
    "<nav><ul><li><a href=/>%</a></ul></nav>",
    "<aside>% <p>%</p></aside>",
    "<ul><li>%<li>% <ol><li>%</ol></ul>",
    "<table><caption>%</caption><tr><th>%<th>%<tr><td colspan=2>% <p>%</p></table>",
    "<table><tr><td>%</table>",
    "<figure><img src=a.png><figcaption>%</figcaption></figure>",
    "<dl><dt>%<dd>% <p>%</dl>",
    "<pre>%\n  <b>%</b></pre>",
    "<blockquote>% <footer>%</footer></blockquote>",
    "<form>% <button>%</button> <label>%</label></form>",
    "<details><summary>%</summary>% </details>",
    "<span style=\"display:none\">%</span>",
    "<p class=verse>%<br>%<br><br>%</p>",
    "<div>%<div>%</div>%</div>",
    "<b><p>% </b>% </p>",
    "<i>% <table><tr> % <td>%</table>",
    "<sup><a href=\"#n1\" id=r1>1</a></sup>",
    "<ol><li id=n1>% <a href=\"#r1\">↩</a></li></ol>",
    "<div id=comments><p>%</p></div>",
    "<section class=footnotes><p id=n1>%</p></section>",
    "<header><h1>%</h1> %</header>",
    "<footer>%</footer>",
    "<article>",
    "</article>",
    "<main>",
    "</main>",
    "<div>",
    "</div>",
    "<li>",
    "<td>",
    "</p>",
    "<select><option>%</select>",
    "<svg><text>%</text></svg>",
    "<button>%</button>",
    "<iframe>x</iframe>",
    "<noscript>%</noscript>",
    "<ruby>% <rt>% </rt></ruby>",
    "<math><mi>%</mi></math>",
    "<span class=sidenote>%</span>",
    "<q>%</q>",
    "<div class=entry-content>",
    "<p class=byline>%</p>",
    "<object>%</object>",
    "<video>%</video>",
    "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>%</p>",
    "<ul class=lst-kix_a-1><li>%</ul>",
];

fn pages() -> impl Strategy<Value = String> {
    vec(select(PIECES), 1..30).prop_map(|pieces| {
        let mut page = String::from("<!DOCTYPE html><html><head><title>t</title></head><body>");
        let mut number = 0;
        for piece in pieces {
            for (index, part) in piece.split('%').enumerate() {
                if index > 0 {
                    number += 1;
                    page.push_str(&format!("w{number}"));
                }
                page.push_str(part);
            }
            page.push('\n');
        }
        page
    })
}

proptest! {
    #![proptest_config(tries(600))]

    #[test]
    fn every_word_of_a_page_is_kept_or_told_of(page in pages()) {
        prop_assert_eq!(accounted(&page), numbered(&without_tags(&page)), "{}", page);
    }

    #[test]
    fn every_word_of_essay_html_and_of_html_in_markdown_is_accounted_for(page in pages()) {
        prop_assert_eq!(missing("essay.html", &page), Vec::<String>::new(), "{}", page);
        let raw = page.split_once("<body>").map_or("", |(_, body)| body).replace('\n', "\n\n");
        prop_assert_eq!(missing("essay.md", &raw), Vec::<String>::new(), "{}", raw);
    }

    #[test]
    fn no_page_panics_or_lets_a_script_through(pieces in vec(select(PIECES), 0..12), text in any::<String>()) {
        let page = format!("{}<script>alert(1)</script>{text}<p onclick=\"x()\" style=\"x\">{}", pieces.concat(), pieces.concat());
        let found = page::read("page.html", &page, &Vetoes::default(), &mut Diagnostics::new());
        prop_assert!(!found.html.contains("<script"));
        prop_assert!(!found.html.contains("onclick"));
    }
}

#[test]
fn lines_stay_those_of_the_file() {
    let page = "<html><body>\n<nav>Menu</nav>\n<article>\n<h1>T</h1>\n<p>One\ntwo\nthree</p>\n\n<ul>\n<li>four</li></ul>";
    let found = page::read("page.html", page, &Vetoes::default(), &mut Diagnostics::new());
    let lines: Vec<(usize, &str)> = found
        .html
        .split('\n')
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(at, line)| (at + 1, line))
        .collect();
    assert_eq!(
        lines,
        [(4, "<h1>T</h1>"), (5, "<p>One two three</p>"), (9, "<ul>"), (10, "<li>four</li></ul>")]
    );
}

#[test]
fn a_veto_keeps_what_a_rule_would_take() {
    let page = "<html><body><article><p>Text of the essay, long enough to count.</p></article>\n<footer><p>Imprint</p></footer></body></html>";
    let (manuscript, _) = prepare("a.html", page, Reading::default());
    assert!(!manuscript.text.contains("Imprint"));
    let keep = Vetoes { lines: vec![(2, 2)], ..Vetoes::default() };
    let (manuscript, _) = prepare("a.html", page, Reading { keep, ..Reading::default() });
    assert!(manuscript.text.contains("Imprint"));
}

#[test]
fn a_page_says_its_encoding() {
    let page = b"<html><head><meta charset=\"windows-1257\"><title>x</title></head><body><p>L\xE2\xE8pl\xE7sis iet me\xFE\xE2.</p></body></html>";
    let mut diagnostics = Diagnostics::new();
    let manuscript = ingest::prepare("a.html", page, Reading::default(), &mut diagnostics).expect("an essay");
    assert!(manuscript.text.contains("Lāčplēsis iet mežā."), "{}", manuscript.text);
}

#[test]
fn pages_made_to_hang_end() {
    let started = std::time::Instant::now();
    let distinct: String = (0..60_000).map(|index| format!(" a{index}")).collect();
    let pages = [
        "<b>".repeat(100_000),
        "<a href=x>".repeat(20_000),
        "<table>".repeat(20_000),
        "<table><tr><td>".repeat(10_000),
        "<p><b><i>x".repeat(5_000),
        "<div>".repeat(100_000),
        "<ul><li>".repeat(50_000),
        format!("<p{distinct}>x"),
        "<td rowspan=60000 colspan=900>x".repeat(5_000),
        "<table>".to_owned() + &"<tr><td rowspan=60000 colspan=900>x".repeat(5_000),
        "<sup><a href=#a id=b>1</a></sup>".repeat(5_000) + "<li id=a>x",
        "<span class=sidenote>x</span>".repeat(5_000),
        "<p style='mso-list:l0 level9'>x".repeat(5_000),
    ];
    for page in &pages {
        let (found, mut diagnostics) = (page.clone() + "<p>end", Diagnostics::new());
        let manuscript = ingest::prepare("a.html", found.as_bytes(), Reading::default(), &mut diagnostics);
        let parsed = manuscript.map(|manuscript| parse::parse(&manuscript, &mut diagnostics));
        assert!(parsed.is_some() || !diagnostics.is_empty());
    }
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}

mod book;
