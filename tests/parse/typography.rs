//! What typewriters wrote, and what printers set.

use garland::diagnostic::Diagnostics;
use garland::document::{Block, Document, Inline, Parsed, plain_text};
use garland::manuscript::{Dialect, Manuscript};
use garland::parse;
use proptest::collection::vec;
use proptest::prelude::{prop_assert_eq, proptest};
use proptest::sample::select;

use crate::harness::tries;

/// Parses essay HTML in a language.
fn parsed(html: &str, language: &str, as_typed: bool) -> Document {
    let mut manuscript = Manuscript::untouched("essay.html", Dialect::Html, html);
    manuscript.metadata.language = Some(language.to_owned());
    manuscript.metadata.title = Some("Title".to_owned());
    manuscript.as_typed = as_typed;
    parse::parse(&manuscript, &mut Diagnostics::new()).0
}

fn paragraph(document: &Document) -> &[Inline<Parsed>] {
    match document.body.as_slice() {
        [Block::Paragraph(content)] => content,
        other => panic!("no single paragraph: {other:?}"),
    }
}

/// What becomes of a paragraph, with `~` for a no-break space and `^` for a narrow one.
fn set(text: &str, language: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let document = parsed(&format!("<p>{escaped}</p>"), language, false);
    let shown = plain_text(paragraph(&document));
    shown.replace('\u{A0}', "~").replace('\u{202F}', "^")
}

#[track_caller]
fn check(language: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(typed, expected)| (typed, expected, set(typed, language)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(typed, expected, found)| format!("{typed}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{language}:\n{}", wrong.join("\n"));
}

#[test]
fn english_is_set_as_english_printers_do() {
    check(
        "en-GB",
        &[
            // Quotations.
            ("She said \"yes\" twice.", "She said “yes” twice."),
            ("\"Yes,\" she said, \"and no.\"", "“Yes,” she said, “and no.”"),
            ("\"He said 'no' to me,\" she wrote.", "“He said ‘no’ to me,” she wrote."),
            ("'He said \"no\" to me,' she wrote.", "‘He said “no” to me,’ she wrote."),
            ("\"A 'b \"c\" d' e\"", "“A ‘b “c” d’ e”"),
            ("\"A \"b\" c\"", "“A ‘b’ c”"),
            ("\"'Twas he,\" she said.", "“’Twas he,” she said."),
            ("'\"Nested\" at the start'", "‘“Nested” at the start’"),
            ("\"At the end 'nested'\"", "“At the end ‘nested’”"),
            ("(\"bracketed\")", "(“bracketed”)"),
            ("[\"bracketed\"]", "[“bracketed”]"),
            ("the \"so-called\" end", "the “so-called” end"),
            ("pre-\"modern\" times", "pre-“modern” times"),
            ("\"open-\" and \"-closed\"", "“open-” and “-closed”"),
            ("he said\u{2014}\"never\"\u{2014}and left", "he said\u{2014}“never”\u{2014}and left"),
            ("either/\"or\"", "either/“or”"),
            ("\"Is it?\" \"It is!\"", "“Is it?” “It is!”"),
            ("\"...and so on\"", "“…and so on”"),
            ("\"and so on...\"", "“and so on…”"),
            ("\"A paragraph that goes on", "“A paragraph that goes on"),
            ("\"It goes on, \"she\" said", "“It goes on, “she” said"),
            ("where it ends.\"", "where it ends.”"),
            ("“typed” and \"straight\"", "“typed” and “straight”"),
            ("“typed with a \"straight\" one”", "“typed with a ‘straight’ one”"),
            ("„typed“ stays, «too»", "„typed“ stays, «too»"),
            ("say:\"words\"", "say:“words”"),
            ("the 'scare quotes' here", "the ‘scare quotes’ here"),
            ("'Single,' she said.", "‘Single,’ she said."),
            // Apostrophes.
            ("don't, won't, can't", "don’t, won’t, can’t"),
            ("the authors' books", "the authors’ books"),
            ("James's, O'Neill's", "James’s, O’Neill’s"),
            ("rock 'n' roll", "rock ’n’ roll"),
            ("the '90s and the '68ers", "the ’90s and the ’68ers"),
            ("in the 1990's", "in the 1990’s"),
            ("'tis, 'twas, give 'em", "’tis, ’twas, give ’em"),
            ("'tis the authors' day", "’tis the authors’ day"),
            ("\"the '90s\"", "“the ’90s”"),
            ("goin' and nothin' else", "goin’ and nothin’ else"),
            ("\"I'm goin',\" he said", "“I’m goin’,” he said"),
            ("y'all'd've", "y’all’d’ve"),
            // Primes.
            ("He is 6'2\" tall.", "He is 6′2″ tall."),
            ("5' by 7'", "5′ by 7′"),
            ("a 27\" screen", "a 27″ screen"),
            ("\"He is 6'2\" tall\"", "“He is 6′2″ tall”"),
            ("40°26'46\" N", "40°26′46″ N"),
            ("\"in 1984\"", "“in 1984”"),
            ("'in 1984'", "‘in 1984’"),
            // Dashes.
            ("pages 3--7", "pages 3–7"),
            ("this---of course---holds", "this—of course—holds"),
            ("this -- of course -- holds", "this – of course – holds"),
            ("this - of course - holds", "this – of course – holds"),
            ("in 2020 - the year - and", "in 2020 – the year – and"),
            ("he said -- \"never\" -- and left", "he said – “never” – and left"),
            ("a well-known 20-year-old", "a well-known 20-year-old"),
            ("3 - 2 = 1 and a - b = c", "3 - 2 = 1 and a - b = c"),
            ("10 - 20", "10 - 20"),
            ("run it with --verbose now", "run it with --verbose now"),
            ("this --of course-- holds", "this –of course– holds"),
            ("a --> b <-- c", "a --> b <-- c"),
            ("----- and ----", "----- and ----"),
            // Ellipses.
            ("and so...", "and so…"),
            ("wait....", "wait…."),
            ("a..b and .....", "a..b and ....."),
            // Spaces.
            ("5 km, 10 % and 3 people", "5~km, 10~% and 3 people"),
            ("5 kmh and 7 mice", "5 kmh and 7 mice"),
            ("p. 12 and § 5, No. 7", "p.~12 and §~5, No.~7"),
            ("Dr. Grey and Mr Brown", "Dr.~Grey and Mr~Brown"),
            ("J. R. R. Tolkien wrote", "J.~R.~R.~Tolkien wrote"),
            ("World War I. The end", "World War I. The end"),
            ("1 000 000 words in 2020 300 times", "1~000~000 words in 2020 300 times"),
            ("a word, I mean", "a word, I mean"),
            // Addresses.
            ("see www.example.org/it's--so...here \"now\"", "see www.example.org/it's--so...here “now”"),
            ("see \"https://a.org/b--c'd\" for \"it\"", "see “https://a.org/b--c'd” for “it”"),
            ("write to o'neill--x@example.org, don't", "write to o'neill--x@example.org, don’t"),
            ("write src=\"x.png\" for \"x\"", "write src=\"x.png\" for “x”"),
            ("(c) stays, 12:30 and what?! too", "(c) stays, 12:30 and what?! too"),
        ],
    );
}

#[test]
fn every_language_has_its_own_quotation_marks() {
    let cases = [
        ("de", "„a ‚b‘ c“"),
        ("de-AT", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«~a “b” c~»"),
        ("fr-CH", "«~a ‹b› c~»"),
        ("pl", "„a~«b» c”"),
        ("cs", "„a~‚b‘ c“"),
        ("sk", "„a~‚b‘ c“"),
        ("hu", "„a »b« c”"),
        ("ro", "„a «b» c”"),
        ("bg", "„a „b“ c“"),
        ("ru", "«a „b“ c»"),
        ("uk", "«a „b“ c»"),
        ("lt", "„a „b“ c“"),
        ("lv", "“a ‘b’ c”"),
        ("et", "„a ‚b‘ c“"),
        ("fi", "”a ’b’ c”"),
        ("sv", "”a ’b’ c”"),
        ("da", "“a ‘b’ c”"),
        ("nb", "«a ‘b’ c»"),
        ("nl", "‘a “b” c’"),
        ("it", "«a “b” c»"),
        ("es", "“a ‘b’ c”"),
        ("pt-BR", "“a ‘b’ c”"),
        ("pt-PT", "«a “b” c»"),
        ("el", "«a “b” c»"),
        ("tr", "“a ‘b’ c”"),
        ("he", "”a ’b’ c”"),
        ("ar", "«a “b” c»"),
        ("fa_IR", "«a ‹b› c»"),
        ("sw", "“a ‘b’ c”"),
        ("zh-Hans", "\"a 'b' c\""),
        ("ja", "\"a 'b' c\""),
    ];
    for (language, expected) in cases {
        check(language, &[("\"a 'b' c\"", expected)]);
    }
}

#[test]
fn german() {
    check(
        "de",
        &[
            ("Er sagte: \"Das geht's an.\"", "Er sagte: „Das geht’s an.“"),
            ("Das 'Ding' da - es geht.", "Das ‚Ding‘ da – es geht."),
            (
                "z. B. hier, d. h. dort, i. d. R. auch u. a. m.",
                "z.^B. hier, d.^h. dort, i.^d.^R. auch u.^a.^m.",
            ),
            ("z.B. bleibt, 44 v. Chr. auch", "z.B. bleibt, 44 v.^Chr. auch"),
            ("§ 5, S. 12 und 20 %", "§~5, S.~12 und 20~%"),
            ("Hans' Buch, so 'n Ding", "Hans’ Buch, so ’n Ding"),
            ("„So“ und \"so\"", "„So“ und „so“"),
            ("Wirklich! Ja: nein; oder?", "Wirklich! Ja: nein; oder?"),
        ],
    );
}

#[test]
fn french() {
    check(
        "fr-FR",
        &[
            ("Il dit : \"Bonjour !\"", "Il dit~: «~Bonjour^!~»"),
            ("Il dit: \"Bonjour!\" Puis; enfin?", "Il dit~: «~Bonjour^!~» Puis^; enfin^?"),
            ("\" Bonjour \"", "«~Bonjour~»"),
            ("« Bonjour » et «bonsoir»", "«~Bonjour~» et «bonsoir»"),
            ("Quoi ?! Non!!!", "Quoi^?! Non^!!!"),
            ("à 12:30, voir a?b=c :) et ;-)", "à 12:30, voir a?b=c :) et ;-)"),
            ("l'eau, aujourd'hui, l'\"ami\"", "l’eau, aujourd’hui, l’«~ami~»"),
            ("10 000 euros, 5 %", "10^000 euros, 5~%"),
            ("voir http://a.fr/b?c", "voir http://a.fr/b?c"),
            ("(vraiment?) [non!]", "(vraiment^?) [non^!]"),
            ("Le \"mot 'juste' ici\"", "Le «~mot “juste” ici~»"),
        ],
    );
    check("fr-CA", &[("Vraiment? Il dit : \"oui !\"", "Vraiment? Il dit~: «~oui^!~»")]);
}

#[test]
fn slavic_prepositions_stay_with_their_word() {
    check(
        "pl",
        &[
            ("Był w domu i w lesie, a ona z nim.", "Był w~domu i~w~lesie, a~ona z~nim."),
            ("W domu. A potem o niej.", "W~domu. A~potem o~niej."),
            ("witamina A i E", "witamina A i~E"),
            ("\"W domu\" - rzekł", "„W~domu” – rzekł"),
            ("rys. 3, s. 12", "rys.~3, s.~12"),
        ],
    );
    check("cs", &[("Byl s ní v Praze k večeru.", "Byl s~ní v~Praze k~večeru.")]);
    check("ru", &[("Он был в доме - и с ней.", "Он был в~доме — и~с~ней.")]);
    check("en", &[("a word I know", "a word I know")]);
}

#[test]
fn other_languages_have_their_clippings_and_acronyms() {
    check("nl", &[("'s avonds 't huis, zo'n 'ding'", "’s avonds ’t huis, zo’n ‘ding’")]);
    check("it", &[("l'amico dell'\"arte\", gli anni '80", "l’amico dell’«arte», gli anni ’80")]);
    check("he", &[("צה\"ל", "צה״ל")]);
}

#[test]
fn a_paragraph_is_one_run_through_its_inlines() {
    let document = parsed(
        "<p>\"<em>So</em>,\" he said <code>\"x--y\"</code>'s \"<strong>an 'end'</strong>\"<br>\
         <span lang=\"de\">\"so\"</span> \"<a href=\"https://a.org/b--c\">https://a.org/b--c</a>\" \
         <a href=\"https://a.org\">it's</a> 5<em>'</em></p>",
        "en",
        false,
    );
    let shown = plain_text(paragraph(&document));
    assert_eq!(shown, "“So,” he said \"x--y\"’s “an ‘end’” „so“ “https://a.org/b--c” it’s 5′");
}

#[test]
fn everything_that_is_text_is_set() {
    let text = "## It's\n\n- it's\n\n> it's[^1]\n\n| it's |\n|---|\n| it's |\n\nTable: it's\n\nit's\n: it's\n\n\
        it's ![it's](a.png)\n\n![it's](b.png \"it's\")\n\n> [!note] it's\n> it's\n\n```\nit's\n```\n\n[^1]: it's\n";
    let mut manuscript = Manuscript::untouched("essay.md", Dialect::Markdown, text);
    manuscript.metadata.title = Some("It's \"it\"".to_owned());
    manuscript.metadata.subtitle = Some("it's".to_owned());
    let document = parse::parse(&manuscript, &mut Diagnostics::new()).0;
    assert_eq!(document.metadata.title.as_deref(), Some("It’s “it”"));
    assert_eq!(document.metadata.subtitle.as_deref(), Some("it’s"));
    let shown = format!("{:?}", (document.body, document.notes));
    assert_eq!(shown.matches("it’s").count(), 14, "{shown}");
    assert_eq!(shown.matches("it's").count(), 1, "only in code: {shown}");
}

#[test]
fn one_key_turns_it_off() {
    let text = "\"It's\" -- 5 km...";
    let document = parsed(&format!("<p>{text}</p>"), "en", true);
    assert_eq!(plain_text(paragraph(&document)), text);
}

/// What typographic rules look at, to be thrown together.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "-",
    "--",
    "---",
    ".",
    "...",
    " ",
    " ",
    " ",
    "!",
    "?",
    ":",
    ";",
    ",",
    "(",
    ")",
    "«",
    "»",
    "“",
    "”",
    "„",
    "‘",
    "’",
    "…",
    "–",
    "—",
    "a",
    "w",
    "I",
    "Word",
    "s",
    "n",
    "km",
    "%",
    "6",
    "90",
    "2020",
    "300",
    "p.",
    "Dr.",
    "z.",
    "B.",
    "\u{A0}",
    "\u{202F}",
    "www.a.org/",
    "://",
    "@",
    "é",
    "ж",
    "א",
    "中",
];

const LANGUAGES: &[&str] = &["en", "de", "fr", "fr-CA", "pl", "cs", "ru", "he", "fi", "nl", "ja"];

proptest! {
    #![proptest_config(tries(3000))]

    #[test]
    fn words_stay_and_twice_is_once(pieces in vec(select(PIECES), 1..40), language in select(LANGUAGES)) {
        let typed = format!("x{}x", pieces.concat());
        let once = set(&typed, language).replace('~', "\u{A0}").replace('^', "\u{202F}");
        let words = |text: &str| text.chars().filter(|next| next.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(words(&once), words(&typed));
        let twice = set(&once, language).replace('~', "\u{A0}").replace('^', "\u{202F}");
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn code_and_addresses_stay(pieces in vec(select(PIECES), 1..20), language in select(LANGUAGES)) {
        let code = pieces.concat();
        let address = format!("https://a.org/{}", code.replace([' ', '\u{A0}', '\u{202F}'], "-"));
        let html = format!(
            "<p>\"See <code>{code}</code> and <a href='{0}'>it's \"here\"</a>.\"</p>",
            address.replace('\'', "&#39;"),
        );
        let document = parsed(&html, language, false);
        let shown = format!("{:?}", paragraph(&document));
        prop_assert_eq!(shown.matches(&format!("Code({code:?})")).count(), 1);
        prop_assert_eq!(shown.matches(&format!("Address({address:?})")).count(), 1);
    }
}
