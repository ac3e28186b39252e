//! What a mark says: `main!sub`, `sort@shown`, `main|see{other}`.

use crate::document::{IndexHeading, IndexMark, IndexMeaning};

/// Entries, subentries and those below them; what is deeper is told in one breath.
const DEEPEST: usize = 3;

/// An entry in makeindex's notation, with what follows `|`.
pub fn latex(inside: &str) -> IndexMark {
    let (entry, command) = split_unquoted(inside, '|');
    let mut mark = written(entry);
    let command = command.unwrap_or_default().trim();
    let argument = |name: &str| {
        let rest = command.strip_prefix(name)?.trim_start();
        Some(plain(rest.strip_prefix('{')?.trim_end().strip_suffix('}')?))
    };
    if let Some(other) = argument("seealso") {
        mark.see_also = targets(&other);
    } else if let Some(other) = argument("see") {
        mark.see = targets(&other);
    } else {
        mark.meaning = match command {
            _ if command.starts_with('(') => IndexMeaning::Start,
            _ if command.starts_with(')') => IndexMeaning::End,
            "textbf" | "bf" | "bfseries" => IndexMeaning::Definition,
            _ => IndexMeaning::Use,
        };
    }
    mark
}

/// An entry, `main!sub`.
pub fn written(entry: &str) -> IndexMark {
    let mut path = Vec::new();
    let mut rest = Some(entry);
    while let Some(level) = rest {
        let (level, deeper) = split_unquoted(level, '!');
        rest = deeper;
        let (sort, shown) = match split_unquoted(level, '@') {
            (sort, Some(shown)) => (Some(plain(sort)), shown),
            (shown, None) => (None, shown),
        };
        push(&mut path, plain(shown), sort.filter(|sort| !sort.is_empty()));
    }
    IndexMark { path, ..IndexMark::default() }
}

/// An entry whose levels are parted already.
pub fn of_levels<'a>(levels: impl IntoIterator<Item = &'a str>) -> IndexMark {
    let mut path = Vec::new();
    for level in levels {
        push(&mut path, level.split_whitespace().collect::<Vec<_>>().join(" "), None);
    }
    IndexMark { path, ..IndexMark::default() }
}

fn push(path: &mut Vec<IndexHeading>, text: String, sort: Option<String>) {
    let is_deepest = path.len() == DEEPEST;
    match path.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if is_deepest => {
            last.text.push_str(", ");
            last.text.push_str(&text);
        }
        _ => path.push(IndexHeading { text, sort }),
    }
}

/// What a comment says of the index, after `index:`; the rest of the text comes along.
pub fn comment(inside: &str) -> Option<&str> {
    inside.trim_start().strip_prefix("index:")
}

/// A vault's nested tag: hyphens and underlines stand for spaces, which tags cannot have.
pub fn tag(name: &str) -> IndexMark {
    let words = name.replace(['-', '_'], " ");
    of_levels(words.split('/'))
}

/// The entries that a reference names: `one; other`.
pub fn targets(written: &str) -> Vec<String> {
    written.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Markdown without its emphasis, so that it can be an entry; what parts levels elsewhere means nothing here.
pub fn spelt_out(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len());
    let mut before = ' ';
    let mut letters = shown.chars().peekable();
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        let is_emphasis = matches!(letter, '*' | '`' | '~' | '\\' | '\u{1}' | '\u{2}')
            || letter == '_' && !(before.is_alphanumeric() && after.is_alphanumeric());
        if !is_emphasis {
            if matches!(letter, '!' | '@' | '|' | '"') {
                text.push('"');
            }
            text.push(letter);
        }
        before = letter;
    }
    text
}

/// The text before a sign that no `"` stands before, and the text after it.
fn split_unquoted(text: &str, sign: char) -> (&str, Option<&str>) {
    let mut is_quoted = false;
    for (at, letter) in text.char_indices() {
        if letter == sign && !is_quoted {
            return (&text[..at], Some(&text[at + letter.len_utf8()..]));
        }
        is_quoted = letter == '"' && !is_quoted;
    }
    (text, None)
}

/// TeX's words as readers see them: without commands, braces and makeindex's quotation signs.
fn plain(tex: &str) -> String {
    let mut text = String::with_capacity(tex.len());
    let mut rest = tex.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\\' if rest.peek().is_some_and(char::is_ascii_alphabetic) => {
                while rest.next_if(char::is_ascii_alphabetic).is_some() {}
            }
            // A sign that TeX, or makeindex, would take for its own.
            '\\' | '"' => text.extend(rest.next()),
            '{' | '}' => {}
            '~' => text.push(' '),
            '-' if rest.next_if_eq(&'-').is_some() => {
                text.push(if rest.next_if_eq(&'-').is_some() { '—' } else { '–' });
            }
            other => text.push(other),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{latex, spelt_out, tag, targets, written};
    use crate::document::{IndexMark, IndexMeaning};

    fn shown(mark: &IndexMark) -> Vec<&str> {
        mark.path.iter().map(|heading| heading.text.as_str()).collect()
    }

    #[test]
    fn makeindex_notation_is_read() {
        assert_eq!(shown(&latex("engine!of analysis!first")), ["engine", "of analysis", "first"]);
        assert_eq!(shown(&latex(r"ada@\textbf{Ada}~L.")), ["Ada L."]);
        assert_eq!(latex(r"ada@\textbf{Ada}").path[0].sort.as_deref(), Some("ada"));
        assert_eq!(latex("a|see{b, c}").see, ["b, c"]);
        assert_eq!(latex("a|seealso{b; c!d}").see_also, ["b", "c!d"]);
        assert_eq!(latex("a|textbf").meaning, IndexMeaning::Definition);
        assert_eq!(latex("a|(").meaning, IndexMeaning::Start);
        assert_eq!(latex("a|)").meaning, IndexMeaning::End);
        assert_eq!(shown(&latex("wow\"! yes")), ["wow! yes"]);
        assert_eq!(shown(&latex("a!b!c!d")), ["a", "b", "c, d"]);
        assert!(latex(" ! | ").path.is_empty());
    }

    #[test]
    fn shown_words_become_entries() {
        assert_eq!(
            shown(&written(&spelt_out("*deep* snake_case `learning`!"))),
            ["deep snake_case learning!"]
        );
        assert_eq!(shown(&tag("machine-learning/deep_nets")), ["machine learning", "deep nets"]);
        assert_eq!(targets("a; b ;"), ["a", "b"]);
    }
}
