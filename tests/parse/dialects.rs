//! What holds for the syntax of every dialect.

use std::time::{Duration, Instant};

use garland::diagnostic::Diagnostics;
use garland::document::Span;
use garland::ledger::Use;
use garland::manuscript::{Dialect, Manuscript};
use garland::parse;
use proptest::collection::vec;
use proptest::prelude::{prop_assert, proptest};
use proptest::sample::select;

use crate::harness::tries;

const DIALECTS: [Dialect; 6] = [
    Dialect::Markdown,
    Dialect::Pandoc,
    Dialect::MultiMarkdown,
    Dialect::Jekyll,
    Dialect::Hugo,
    Dialect::Vault,
];

/// Pieces of every dialect's own syntax, to be thrown together.
const PIECES: &[&str] = &[
    "[[page#Part|text]] ",
    "![[note]]",
    "![[a.png|b|300]]",
    "![[a.mp3]]",
    "%%",
    "%% said %%",
    "==",
    "> [!tip]- title\n",
    "> ",
    " ^id\n",
    "#tag ",
    "#tag\n",
    "key:: value\n",
    "[key:: value]",
    "author:: [[a|Ada]]\n",
    "<% x %>",
    "`= this.x`",
    "```dataview\n",
    "- [/] task\n",
    "- [x] task\n",
    "- [i] task\n",
    "^[",
    "[",
    "]",
    "]{.smallcaps}",
    "{.mark}",
    "{#id}",
    "{-}",
    "{=latex}",
    "`code`",
    "`",
    "```{=html}\n",
    "```\n",
    "::: note\n",
    ":::: {.x title=\"said\"}\n",
    ":::\n",
    "::::\n",
    "| ",
    "|\n",
    "(@)",
    "(@good) ",
    "#. ",
    "(1) ",
    "a. ",
    "b. ",
    "(i) ",
    "(ii) ",
    "~ ",
    ": ",
    "+---+---+\n",
    "+===+===+\n",
    "| a | b |\n",
    "---- ----\n",
    "--------\n",
    "\\newpage\n",
    "\\begin{x}\n",
    "\\end{x}\n",
    "*[A]: b\n",
    "[@key, p. 1]",
    "@key1 ",
    "[#key]",
    "[#key]: ",
    "[^a note]",
    "[?term]",
    "[%title]",
    "\\index{a!b}",
    "\\index{",
    "((shown)) ",
    "(((a, b)))",
    "(((",
    "]{.index}",
    "]{.index entry=\"a!b\" see=c}",
    "indexterm:[a, b]",
    "indexterm2:[a]",
    "<!-- index: a -->",
    "%%index: a%%",
    "#index/a ",
    "[index:: a]",
    "{++",
    "++}",
    "{--",
    "--}",
    "{~~",
    "~>",
    "~~}",
    "{>>",
    "<<}",
    "{==",
    "==}",
    "{{TOC}}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight x %}\n",
    "{% endhighlight %}\n",
    "{% comment %}",
    "{% endcomment %}",
    "{% note %}\n",
    "{% endnote %}\n",
    "{% end %}",
    "{% include figure.html src=\"a.png\" alt=\"b\" %}",
    "{{ site.baseurl }}",
    "](",
    ")",
    "](/x/{{ page.url }}/y)",
    "<img src=\"{{ site.url }}/a.png\">",
    "{: .note}\n",
    "{:toc}\n",
    "{::comment}",
    "{:/}",
    "{.note}\n",
    "{{< notice tip >}}",
    "{{< /notice >}}\n",
    "{{% quote %}}\n",
    "{{% /quote %}}\n",
    "{{< highlight go >}}",
    "{{< /highlight >}}",
    "{{< figure src=\"x.png\" caption=\"c *d*\" >}}",
    "{{< unknown a=\"b\" >}}",
    "{{</* x */>}}",
    "{{#include x}}",
    "\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "# ",
    "*",
    "**",
    "_",
    "word ",
    "Two Words",
    "é",
    "中",
    "<b>",
    "<div>\n",
    "</div>\n",
    "<!--",
    "-->",
    "$",
    "\\",
    "[^1]",
    "[^1]: ",
    "====\n",
    "----\n",
];

/// The words of a text that the ledger does not know.
fn lost_words(manuscript: &Manuscript) -> Vec<String> {
    let (_, ledger) = parse::parse(manuscript, &mut Diagnostics::new());
    let mut known = vec![false; manuscript.text.len()];
    for (Span { start, end }, usage) in &ledger.uses {
        let is_kept = !matches!(usage, Use::Written(_)) || start < end;
        let range = known.get_mut(*start as usize..*end as usize).unwrap_or_default();
        range.iter_mut().for_each(|place| *place |= is_kept);
    }
    let text = &manuscript.text;
    let unknown = text.char_indices().filter(|(at, next)| next.is_alphanumeric() && !known[*at]);
    unknown.map(|(at, _)| text[at..].chars().take(12).collect()).collect()
}

fn slow(piece: &str, dialect: Dialect) -> Option<String> {
    const LENGTH: usize = 60_000;
    let text = piece.repeat(LENGTH / piece.len());
    let begin = Instant::now();
    parse::parse(&Manuscript::untouched("essay.md", dialect, &text), &mut Diagnostics::new());
    let took = begin.elapsed();
    (took > Duration::from_secs(4)).then(|| format!("{piece:?} in {dialect:?}: {took:?}"))
}

#[test]
fn endless_syntax_takes_linear_time() {
    let pieces = [
        "^[",
        "[a]{.b}",
        "::: note\n",
        ":::\n",
        "(@",
        "(@a) b\n\n",
        "{%",
        "{% x %}",
        "{% raw %}",
        "{{",
        "{{ x }}",
        "{{< a >}}",
        "{{< a >}}\n",
        "{++",
        "{--a--}",
        "{: .a}",
        "{::",
        "+---+\n",
        "---- ----\na b\n\n",
        "--------\n\n",
        "\\begin{a}\n",
        "| a\n",
        "](",
        "](/{{ x }}",
        "[@a",
        "[#a]",
        "[^a b]",
        "a. b\n",
        "[[",
        "[[a",
        "[[a]] ",
        "[[a#b|c]]",
        "![[a]]",
        "![[a.png|1]]",
        "%%",
        "%",
        "%%a%% ",
        "%%a\n",
        "==",
        "==a",
        "=",
        "> [!note] a\n",
        "> [!",
        ">",
        "#a ",
        "#a\n",
        "# ^a\n\n",
        "^a\n\n",
        "a ^a\n",
        "```\n```\n\n^a\n\n",
        "a:: b\n",
        "tags:: a\n",
        "[a:: ",
        "(a:: b)",
        "<%",
        "<% a %>",
        "`= this.a` ",
        "` `` ",
        "- [/] a\n",
    ];
    let slow: Vec<String> =
        pieces.iter().flat_map(|piece| DIALECTS.map(|dialect| slow(piece, dialect))).flatten().collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

proptest! {
    #![proptest_config(tries(400))]

    #[test]
    fn every_word_has_its_entry_in_the_ledger(pieces in vec(select(PIECES), 0..40)) {
        for dialect in DIALECTS {
            let manuscript = Manuscript::untouched("essay.md", dialect, &pieces.concat());
            let lost = lost_words(&manuscript);
            prop_assert!(lost.is_empty(), "{dialect:?} {:?} loses {lost:?}", manuscript.text);
        }
    }
}
