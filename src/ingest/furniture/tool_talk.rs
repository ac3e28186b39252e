//! What note-taking scripts and chat assistants say around the text, and the fence they put it in.

use super::super::sheet::Sheet;
use super::normalise;

const RULE: &str = "removed-tool-talk";
const REASON: &str = "what a tool said around the text";
/// Longer lines are the essay's.
const LONGEST: usize = 300;
/// Lines of talk above or below the text.
const REACH: usize = 4;

/// Words that name what the tool handed over.
const NOUNS: &[&str] = &[
    "article",
    "essay",
    "text",
    "post",
    "draft",
    "version",
    "revision",
    "rewrite",
    "translation",
    "document",
    "piece",
    "story",
    "chapter",
    "markdown",
    "summary",
];
/// What a tool did to it.
const WORK: &[&str] = &[
    "edited",
    "revised",
    "rewritten",
    "updated",
    "corrected",
    "polished",
    "translated",
    "formatted",
    "reformatted",
    "cleaned",
    "improved",
    "expanded",
    "shortened",
    "requested",
    "proofread",
    "enhanced",
    "refined",
    "final",
    "complete",
    "full",
    "condensed",
    "backlinks",
    "markdown",
    "you",
    "your",
    "humanized",
    "below",
];

/// Removes the talk at the top and at the bottom, and unwraps the text from a fence.
pub fn remove(sheet: &mut Sheet) {
    let filled = (0..sheet.lines.len()).filter(|&number| !sheet.lines[number].trim().is_empty());
    let is_short = |number: &usize| sheet.lines[*number].len() <= LONGEST;
    let top: Vec<usize> = filled.clone().take(REACH).take_while(is_short).collect();
    let below_first = filled.clone().take(REACH + 1).skip(1).count();
    let bottom: Vec<usize> = filled.clone().rev().take(below_first).take_while(is_short).collect();
    let very_last = filled.clone().next_back();
    let mut words = String::new();
    let mut first = None;
    for &number in &top {
        normalise(&sheet.lines[number], &mut words);
        if !is_opening(&sheet.lines[number], &words) {
            first = Some(number);
            break;
        }
        if !sheet.remove(number, RULE, REASON) {
            return;
        }
    }
    let mut last = very_last.filter(|_| bottom.is_empty());
    for &number in &bottom {
        if first.is_some_and(|first| number <= first) {
            break;
        }
        normalise(&sheet.lines[number], &mut words);
        let has_talk_above = || {
            bottom.iter().any(|&above| {
                let mut words = String::new();
                normalise(&sheet.lines[above], &mut words);
                above + 2 >= number && above < number && is_closing(&sheet.lines[above], &words)
            })
        };
        let parts_talk = matches!(sheet.lines[number].trim(), "---" | "***") && has_talk_above();
        if !is_closing(&sheet.lines[number], &words) && !parts_talk {
            last = Some(number);
            break;
        }
        sheet.remove(number, RULE, REASON);
    }
    if let (Some(first), Some(last)) = (first, last) {
        unwrap(sheet, first, last);
    }
}

/// Takes off a code fence that holds the whole essay.
fn unwrap(sheet: &mut Sheet, first: usize, last: usize) {
    let opening = sheet.lines[first].trim();
    let fence = opening.trim_end_matches(|next: char| next.is_ascii_alphabetic());
    let language = &opening[fence.len()..];
    let is_fence = fence.len() >= 3 && fence.bytes().all(|byte| byte == b'`');
    let is_essay =
        matches!(language.to_ascii_lowercase().as_str(), "markdown" | "md" | "mdx" | "text" | "txt");
    if !is_fence || !is_essay || first >= last || sheet.lines[last].trim() != fence {
        return;
    }
    // Fences within must come in pairs, or the last one closes one of them.
    let inner =
        sheet.lines[first + 1..last].iter().filter(|line| line.trim_start().starts_with(fence)).count();
    if inner.is_multiple_of(2)
        && sheet.remove(first, "unwrapped-fence", "the code fence around the whole essay")
    {
        sheet.remove(last, "unwrapped-fence", "the end of the code fence around the whole essay");
    }
}

/// `Sure! Here is the edited article with backlinks:`
fn is_opening(line: &str, words: &str) -> bool {
    const LONGEST_WORDS: usize = 24;
    let line = line.trim();
    let plain = line.strip_suffix("<br/>").or_else(|| line.strip_suffix("<br>")).unwrap_or(line).trim();
    if plain.starts_with("From: [[") && plain.ends_with("]]") {
        return true;
    }
    if words.is_empty() || words.split(' ').count() > LONGEST_WORDS || line.starts_with('#') {
        return is_confession(line, words);
    }
    let assent = ["sure thing", "sure", "certainly", "of course", "absolutely", "okay", "great"];
    let told = assent
        .iter()
        .find_map(|yes| words.strip_prefix(yes).filter(|rest| rest.is_empty() || rest.starts_with(' ')));
    let rest = told.unwrap_or(words).trim_start();
    let handed = ["heres ", "here is ", "here are ", "below is ", "this is the ", "ive ", "i have "]
        .iter()
        .find_map(|start| rest.strip_prefix(start));
    let Some(handed) = handed else { return is_confession(line, words) };
    let named: Vec<&str> = handed.split(' ').collect();
    let Some(noun) = named.iter().position(|word| NOUNS.contains(word)) else {
        return is_confession(line, words);
    };
    let is_worked_on = named.iter().any(|word| WORK.contains(word)) || noun + 1 == named.len() && noun <= 1;
    let ends = plain.trim_end_matches(['*', '_']).ends_with(':');
    ends && (told.is_some() || is_worked_on) && noun <= 8
}

/// `Let me know if you'd like me to change anything!`
fn is_closing(line: &str, words: &str) -> bool {
    const LONGEST_WORDS: usize = 40;
    const OFFERS: &[&str] = &[
        "let me know if youd like me to",
        "let me know if you would like me to",
        "let me know if you want me to",
        "let me know if youd like any",
        "let me know if you would like any",
        "let me know if you need any",
        "let me know if you need further",
        "let me know if you need more adjustments",
        "let me know if you need anything else",
        "let me know if theres anything",
        "let me know if there is anything",
        "let me know if you have any other requests",
        "let me know if youd like further",
        "let me know if youd like to adjust",
        "let me know if youd like adjustments",
        "would you like me to",
        "do you want me to",
        "if youd like i can",
        "if you like i can",
        "if you want i can",
        "feel free to let me know if",
        "feel free to ask if you need",
        "is there anything else i can",
        "is there anything else youd like",
        "i hope this helps",
        "hope this helps",
        "i hope this meets your",
        "i hope this version",
        "i hope this revised",
        "i hope this article meets",
        "i hope this essay meets",
        "this version keeps",
        "this revised version",
    ];
    if words.is_empty() || line.trim_start().starts_with(['"', '“', '>', '#']) {
        return false;
    }
    if words.split(' ').count() > LONGEST_WORDS {
        return is_confession(line, words);
    }
    let is_hope = words == "i hope this helps" || words == "hope this helps";
    let offer = OFFERS.iter().find(|offer| words.starts_with(**offer));
    match offer {
        Some(offer) if offer.ends_with("this helps") => {
            is_hope || words.contains("let me know") || words.split(' ').count() <= 8
        }
        Some(_) => true,
        None => is_confession(line, words),
    }
}

/// `As an AI language model, I cannot …`, alone in its line.
fn is_confession(line: &str, words: &str) -> bool {
    const STARTS: &[&str] = &[
        "as an ai language model i ",
        "as a large language model i ",
        "im sorry but as an ai language model i ",
        "i apologize but as an ai language model i ",
    ];
    const TELLING: &[&str] = &["wrote", "said", "answered", "replied", "it", "she", "he", "they"];
    let is_quoted = line.trim_start().starts_with(['"', '“', '>', '«', '„']);
    !is_quoted
        && words.split(' ').count() <= 40
        && STARTS.iter().any(|start| words.starts_with(start))
        && !words.split(' ').any(|word| TELLING.contains(&word))
}
