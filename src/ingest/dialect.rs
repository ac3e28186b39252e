//! Tells how an essay is written.

use std::borrow::Cow;

use super::order;
use super::sheet::Sheet;
use crate::byte_set::ByteSet;
use crate::manuscript::Dialect;

/// GitHub's own kinds of callout, which are Markdown wherever it is read.
const GITHUB_ALERTS: [&str; 5] = ["[!note]", "[!tip]", "[!important]", "[!warning]", "[!caution]"];

/// What speaks for a dialect without being in the text; none of it is certain.
#[derive(Debug, Default)]
pub struct Hints {
    /// The notation and the keys of the metadata block.
    pub metadata: Vec<Dialect>,
    /// What kind of folder the essay lies in.
    pub folder: Option<Dialect>,
}

/// The dialects that extend Markdown; where the evidence is even, the first one wins.
const EXTENDED: [Dialect; 5] =
    [Dialect::Vault, Dialect::Pandoc, Dialect::Jekyll, Dialect::Hugo, Dialect::MultiMarkdown];

/// Tells the dialect. What wins, from the strongest evidence to the weakest:
///
/// 1. A Web page is one by its extension or its first line.
/// 2. Marks that only one dialect reads, such as `[[wikilinks]]` or `{% tags %}`, wherever they stand
///    outside code: the dialect with the most of them reads most of the text as it was meant. So a
///    vault's note with one Liquid tag stays a vault's note.
/// 3. Where marks are even, or there are none: the metadata block's notation and keys, marks that
///    every Markdown reader understands (`[@key]`), the file's name, the folder, in equal parts.
/// 4. Markdown if there is any markup at all, otherwise plain text: what stands above a text, and the
///    extension of its file, say little about how it is written. Only where plain text and Markdown look
///    alike, `.txt` decides.
pub fn detect(sheet: &Sheet, hints: &Hints) -> Dialect {
    if is_page(&sheet.file, sheet.lines.iter().map(String::as_str)) {
        return Dialect::Html;
    }
    let prose = sheet.prose_lines();
    let is_text_file = has_extension(&sheet.file, &["txt", "text"]);
    let mut is_markdown = false;
    let mut has_code = false;
    let mut marks = [0usize; EXTENDED.len()];
    let mut leanings = hints.metadata.clone();
    leanings.extend(hints.folder);
    leanings.extend(of_file_name(&sheet.file));
    for line in &sheet.lines {
        let line = line.trim_start();
        is_markdown |= line.starts_with("```") || line.starts_with("~~~");
        marks[0] += usize::from(line.starts_with("```dataview"));
    }
    for (index, &number) in prose.iter().enumerate() {
        let Some(whole) = sheet.lines.get(number) else { continue };
        let mut clues = Clues::of(whole, is_markdown);
        let mut line = Cow::Borrowed(whole.as_str());
        if clues.has(Clues::CODE) {
            has_code = has_code || whole.split('`').count() >= 3;
            line = without_code(whole);
            clues = Clues::of(&line, is_markdown);
        }
        let below_text = number > 0 && index > 0 && prose[index - 1] == number - 1;
        is_markdown = is_markdown
            || (clues.has(Clues::MARKDOWN) && is_markdown_markup(&line, is_text_file))
            || (below_text && is_underline(&line));
        if !clues.has(Clues::EXTENDED) {
            continue;
        }
        let below = prose.get(index + 1).filter(|&&next| next == number + 1);
        let below = below.and_then(|&next| sheet.lines.get(next)).map_or("", String::as_str);
        let found = [
            clues.has(Clues::VAULT) && is_vault_markup(&line),
            clues.has(Clues::PANDOC) && is_pandoc_markup(&line, below),
            clues.has(Clues::BRACES) && is_liquid(&line),
            clues.has(Clues::BRACES) && is_shortcode(&line),
            clues.has(Clues::BRACES | Clues::KEY) && is_multimarkdown_markup(&line),
        ];
        for (count, found) in marks.iter_mut().zip(found) {
            *count += usize::from(found);
        }
        if line.contains("[@") || line.contains("{#") {
            leanings.push(Dialect::Pandoc);
        }
        if line.contains("<!--more-->") || line.contains("<!-- more -->") {
            leanings.push(Dialect::Jekyll);
        }
    }
    let most = marks.iter().copied().max().unwrap_or_default();
    if most == 0 && !is_markdown && !has_code {
        return Dialect::Plain;
    }
    let leaning = |dialect: Dialect| leanings.iter().filter(|leaning| **leaning == dialect).count();
    let mut best = (Dialect::Markdown, 0);
    for (&dialect, &count) in EXTENDED.iter().zip(&marks) {
        let evidence = leaning(dialect);
        let can_win = count == most && (count > 0 || evidence > 0);
        if can_win && (best.0 == Dialect::Markdown || evidence > best.1) {
            best = (dialect, evidence);
        }
    }
    best.0
}

/// Whether a file is a Web page, by its extension or by how it begins.
pub fn is_page<'l>(file: &str, mut lines: impl Iterator<Item = &'l str>) -> bool {
    if has_extension(file, &["html", "htm", "xhtml"]) {
        return true;
    }
    lines.find(|line| !line.trim().is_empty()).is_some_and(|line| {
        let start: String = line.trim_start().chars().take(14).collect::<String>().to_lowercase();
        start.starts_with("<!doctype html") || start.starts_with("<html>") || start.starts_with("<html ")
    })
}

/// What a line may hold, told by its signs in one pass: most prose holds nothing, and is looked at no more.
#[derive(Debug, Clone, Copy)]
struct Clues(u16);

static SIGNS: ByteSet = ByteSet::of(b"`[]{^=%<|*_$\\");
/// Those that tell more than that a line is Markdown.
static TELLING_SIGNS: ByteSet = ByteSet::of(b"`[]{^=%<");

impl Clues {
    const CODE: u16 = 1;
    const MARKDOWN: u16 = 1 << 1;
    const VAULT: u16 = 1 << 2;
    const PANDOC: u16 = 1 << 3;
    const BRACES: u16 = 1 << 4;
    /// `[#key]`.
    const KEY: u16 = 1 << 5;
    /// `[@key]`, `{#id}`, comments: what only leans to a dialect.
    const LEANING: u16 = 1 << 6;
    const EXTENDED: u16 = Clues::VAULT | Clues::PANDOC | Clues::BRACES | Clues::KEY | Clues::LEANING;

    /// The clues in a line; without those to Markdown within it where the text is known to be Markdown.
    fn of(line: &str, is_markdown: bool) -> Self {
        let signs = if is_markdown { &TELLING_SIGNS } else { &SIGNS };
        let bytes = line.as_bytes();
        let mut clues = match line.trim_start().as_bytes() {
            [b'#', ..] => Clues::MARKDOWN,
            [b'>', ..] => Clues::MARKDOWN | Clues::VAULT,
            [b'[', ..] => Clues::MARKDOWN,
            [b':' | b'(' | b'|', ..] => Clues::MARKDOWN | Clues::PANDOC,
            _ => 0,
        };
        let mut at = 0;
        while let Some(sign) = signs.find(bytes, at) {
            at = sign;
            clues |= match (bytes[at], bytes.get(at + 1).copied().unwrap_or_default()) {
                (b'`', _) => Clues::CODE,
                (b'[', b'[') => Clues::VAULT,
                (b'[', b'^') => Clues::MARKDOWN,
                (b'[', b'@') => Clues::MARKDOWN | Clues::LEANING,
                (b'[', b'#') => Clues::KEY,
                (b']', b'(') => Clues::MARKDOWN,
                (b']', b'{') => Clues::PANDOC,
                (b'{', b'{' | b'%' | b':') => Clues::BRACES,
                (b'{', b'#') => Clues::LEANING,
                (b'^', b'[') => Clues::PANDOC,
                (b'^', _) | (b'=', b'=') | (b'%', b'%') => Clues::VAULT,
                (b'<', _) => Clues::MARKDOWN | Clues::VAULT | Clues::LEANING,
                (b'|' | b'*' | b'_', _) | (b'$', b'$' | b'\\') | (b'\\', b'(' | b'[' | b'b') => {
                    Clues::MARKDOWN
                }
                (b'$', next) if next.is_ascii_alphabetic() => Clues::MARKDOWN,
                _ => 0,
            };
            at += 1;
        }
        Clues(clues)
    }

    fn has(self, any: u16) -> bool {
        self.0 & any != 0
    }
}

fn has_extension(file: &str, extensions: &[&str]) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, own)| extensions.iter().any(|known| own.eq_ignore_ascii_case(known)))
}

fn of_file_name(file: &str) -> Option<Dialect> {
    if has_extension(file, &["qmd", "rmd"]) {
        return Some(Dialect::Pandoc);
    }
    let is_post = file.split('/').any(|folder| folder == "_posts") || order::date_of(file).is_some();
    is_post.then_some(Dialect::Jekyll)
}

/// The line without what stands between backticks.
fn without_code(line: &str) -> Cow<'_, str> {
    if !line.contains('`') {
        return Cow::Borrowed(line);
    }
    let parts: Vec<&str> = line.split('`').collect();
    // A backtick without a partner opens no code.
    let paired = parts.len() - (parts.len() + 1) % 2;
    let outside = parts.iter().enumerate().filter(|(index, _)| index % 2 == 0 || *index >= paired);
    Cow::Owned(outside.map(|(_, part)| *part).collect::<Vec<_>>().join(" "))
}

fn is_vault_markup(line: &str) -> bool {
    // `[[1]](address)` is a link whose text has brackets of its own.
    let wikilink = line.find("[[").is_some_and(|start| {
        let rest = &line[start..];
        rest.match_indices("]]").any(|(end, _)| !rest[end + 2..].starts_with('('))
    });
    let callout = line.trim_start_matches(['>', ' ']);
    let is_callout = line.trim_start().starts_with('>')
        && callout.starts_with("[!")
        && !GITHUB_ALERTS.contains(&callout.trim_end().to_lowercase().as_str());
    let comment = line.match_indices("%%").count() >= 2;
    let highlight = line.find("==").is_some_and(|start| {
        let rest = &line[start + 2..];
        rest.starts_with(char::is_alphanumeric) && rest.contains("==")
    });
    let block_id = line.trim_end().rsplit_once(" ^").is_some_and(|(_, id)| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    wikilink
        || is_callout
        || comment
        || highlight
        || block_id
        || line.contains("yt-timestamp")
        || line.contains("<% tp.")
}

/// Inline notes, fenced divs, example lists, line blocks, spans with attributes.
fn is_pandoc_markup(line: &str, below: &str) -> bool {
    let text = line.trim_start();
    let is_verse = |line: &str| line.starts_with("| ") && line.matches('|').count() == 1;
    let is_example = text.strip_prefix("(@").is_some_and(|rest| {
        rest.split_once(')').is_some_and(|(label, after)| {
            after.starts_with(' ') && label.chars().all(|next| next.is_alphanumeric() || "-_".contains(next))
        })
    });
    line.contains("^[")
        || text.starts_with(":::")
        || is_example
        || (is_verse(line) && is_verse(below))
        || line.contains("]{.")
        || line.contains("]{#")
}

/// Jekyll's Liquid, and kramdown's attributes.
fn is_liquid(line: &str) -> bool {
    let output = line.rfind("}}").is_some_and(|end| {
        line[..end].match_indices("{{").any(|(start, _)| {
            let inner = &line[start + 2..];
            !inner.starts_with(['<', '%']) && !inner.starts_with("TOC")
        })
    });
    let tag = line.match_indices("{%").any(|(start, _)| !line[..start].ends_with('{'));
    let attributes = line.find("{:").is_some_and(|start| line[start..].contains('}'));
    ((output || tag) && !is_call(line)) || attributes
}

/// Hugo's `{{< figure >}}` and `{{% note %}}`, Zola's `{{ youtube(id="…") }}` and `{% quote() %}`.
fn is_shortcode(line: &str) -> bool {
    line.contains("{{<") || line.contains("{{%") || is_call(line)
}

fn is_call(line: &str) -> bool {
    ["{{", "{%"].iter().flat_map(|open| line.match_indices(open)).any(|(start, _)| {
        let inner = line[start + 2..].trim_start();
        let name = inner.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
        name > 0 && inner[name..].starts_with('(')
    })
}

/// `[#key]`, `[see][#key]`, `{{TOC}}`.
fn is_multimarkdown_markup(line: &str) -> bool {
    let citation = line.match_indices("[#").any(|(start, _)| {
        let rest = &line[start + 2..];
        let in_key = |next: char| next.is_alphanumeric() || "-_:.;".contains(next);
        let after = rest.trim_start_matches(in_key);
        !line[..start].ends_with('[')
            && rest.starts_with(|first: char| first.is_ascii_alphabetic())
            && after.starts_with(']')
            && !after.starts_with("](")
    });
    citation || line.contains("{{TOC}}")
}

/// The line under a Setext heading.
fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// In a file for plain text, quoted mail and a typewriter's `_emphasis_` are none.
fn is_markdown_markup(line: &str, is_text_file: bool) -> bool {
    let trimmed = line.trim_start();
    let hashes = trimmed.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading = (1..=6).contains(&hashes) && trimmed[hashes..].starts_with([' ', '\t']);
    let is_quote = trimmed.starts_with("> ");
    let is_table_rule = trimmed.contains("--")
        && trimmed.contains('|')
        && trimmed.bytes().all(|byte| b"|-: \t".contains(&byte));
    let is_definition = trimmed.starts_with('[')
        && trimmed.find("]:").is_some_and(|end| !trimmed[..end].contains(' ') || trimmed.starts_with("[^"));
    is_heading
        || (is_quote && (!is_text_file || trimmed.starts_with("> [!")))
        || is_table_rule
        || is_definition
        || line.contains("](")
        || line.contains("[^")
        || line.contains("[@")
        || has_pair(line, "**")
        || has_pair(line, "__")
        || has_pair(line, "*")
        || (has_pair(line, "_") && !is_text_file)
        || has_tag(line)
        || has_formula(line)
}

/// Whether a line holds mathematics between the signs that TeX has for it.
fn has_formula(line: &str) -> bool {
    let trimmed = line.trim_start();
    let says_tex = |inner: &str| inner.contains(['\\', '^', '_', '=']);
    let between = |open: &str, close: &str| {
        let inner = line.split_once(open).and_then(|(_, rest)| rest.split_once(close));
        inner.is_some_and(|(inner, _)| says_tex(inner) && !inner.starts_with(' ') && !inner.ends_with(' '))
    };
    trimmed.starts_with("$$")
        || trimmed.starts_with("\\[")
        || trimmed.starts_with("\\begin{")
        || between("\\(", "\\)")
        || between("$", "$")
}

/// Whether a delimiter opens before a word and closes after one, as emphasis does.
fn has_pair(line: &str, delimiter: &str) -> bool {
    let opens = |at: usize| {
        let before = line[..at].chars().next_back();
        let after = line[at + delimiter.len()..].chars().next();
        before.is_none_or(|next| !next.is_alphanumeric())
            && after.is_some_and(|next| next.is_alphanumeric() || "“\"'([*".contains(next))
    };
    let closes = |at: usize| {
        let before = line[..at].chars().next_back();
        let after = line[at + delimiter.len()..].chars().next();
        before.is_some_and(|next| !next.is_whitespace()) && after.is_none_or(|next| !next.is_alphanumeric())
    };
    let mut places = line.match_indices(delimiter).map(|(at, _)| at);
    places.by_ref().any(opens) && places.any(closes)
}

fn has_tag(line: &str) -> bool {
    let Some(end) = line.rfind('>') else { return false };
    line[..end].match_indices('<').any(|(at, _)| {
        let rest = line[at + 1..].trim_start_matches('/');
        let name_length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        rest.starts_with(|first: char| first.is_ascii_alphabetic())
            && rest[name_length..].starts_with(['>', ' ', '/', ':'])
    }) || line.contains("<!--")
}
