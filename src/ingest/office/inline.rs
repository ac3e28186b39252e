//! Runs to inline HTML: neighbours of one format become one element, and elements nest properly.
//!
//! Word processors split text wherever somebody once put the cursor, and they do not nest formats: a run
//! is bold, or bold and italic, or italic. The element that lasts longest is opened first.

use std::collections::BTreeMap;
use std::rc::Rc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Content, Format, Run};

#[derive(Debug, Clone, PartialEq)]
enum Tag {
    Link(Rc<str>),
    Language(Rc<str>),
    Strong,
    Emphasis,
    Deleted,
    Highlight,
    SmallCaps,
    Superscript,
    Subscript,
    Code,
}

/// What links and note references need to know of the whole document.
#[derive(Debug, Default)]
pub struct Targets {
    /// The id of the heading that a bookmark leads to, by the bookmark's name.
    pub headings: BTreeMap<String, String>,
    /// The ids of headings that something leads to, by the heading's place in the flow.
    pub heading_ids: BTreeMap<usize, String>,
    /// The id of a note, by its name.
    pub notes: BTreeMap<String, String>,
}

/// Writes the runs of one block. Blanks at its edges and around its breaks are dropped.
pub fn write(runs: &[Run], targets: &Targets) -> String {
    let visible: Vec<Run> = settle_blanks(merge(runs.iter().filter(|run| !is_marker(run)).cloned(), targets));
    let tags: Vec<Vec<Tag>> = visible.iter().map(|run| tags(&run.format)).collect();
    let ends = ends(&tags);
    let mut writer = Writer { html: String::new(), open: Vec::new(), at_space: true };
    for (at, run) in visible.iter().enumerate() {
        writer.change_to(&tags[at], &ends[at]);
        writer.content(run, targets);
    }
    writer.change_to(&[], &[]);
    let mut html = writer.html;
    while html.ends_with("<br>") || html.ends_with(' ') {
        html.truncate(html.len() - if html.ends_with(' ') { 1 } else { "<br>".len() });
    }
    html
}

/// The text as the lines of a listing: breaks and blanks stay as they are.
pub fn verbatim(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match &run.content {
            Content::Text(part) | Content::Math(part) => text.push_str(part),
            Content::Break => text.push('\n'),
            Content::Picture { .. }
            | Content::Note(_)
            | Content::Bookmark(_)
            | Content::Removed(_)
            | Content::Report(_) => {}
        }
    }
    text
}

/// Appends text with HTML's own characters escaped. Control characters are no text and are left out.
pub fn escape(text: &str, html: &mut String) {
    escape_all(text, false, html);
}

/// Likewise, for the value of an attribute.
pub fn escape_value(text: &str, html: &mut String) {
    escape_all(text, true, html);
}

fn escape_all(text: &str, is_value: bool, html: &mut String) {
    let composed;
    let text = if is_nfc(text) {
        text
    } else {
        composed = text.nfc().collect::<String>();
        &composed
    };
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' if is_value => html.push_str("&quot;"),
            '\n' | '\t' => html.push(character),
            other if other.is_control() || matches!(other, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}') => {}
            other => html.push(other),
        }
    }
}

fn is_marker(run: &Run) -> bool {
    matches!(run.content, Content::Bookmark(_) | Content::Removed(_) | Content::Report(_))
}

/// Joins neighbours of one format, takes blanks at a run's edges out of its format, and takes out the
/// links that lead nowhere.
fn merge(runs: impl Iterator<Item = Run>, targets: &Targets) -> Vec<Run> {
    let mut merged: Vec<Run> = Vec::new();
    for mut run in runs {
        run.format.link = run.format.link.take().and_then(|link| live_address(&link, targets));
        if matches!(run.content, Content::Note(_)) {
            // A link in a link is not HTML, and a note's number is raised anyway.
            run.format.link = None;
            run.format.superscript = false;
        }
        if let (Some(Run { format, content: Content::Text(before) }), Content::Text(text)) =
            (merged.last_mut(), &run.content)
            && *format == run.format
        {
            before.push_str(text);
            continue;
        }
        merged.push(run);
    }
    let mut split = Vec::with_capacity(merged.len());
    for run in merged {
        match &run.content {
            Content::Text(text) if !run.format.code => {
                let body = text.trim_matches(is_blank);
                let start = text.len() - text.trim_start_matches(is_blank).len();
                let pieces = if body.is_empty() {
                    [text.as_str(), "", ""]
                } else {
                    [&text[..start], body, &text[start + body.len()..]]
                };
                for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
                    split.push(Run::text(piece, run.format.clone()));
                }
            }
            _ => split.push(run),
        }
    }
    split
}

/// Where a link leads, if it leads anywhere: to the Web, or to the heading that a bookmark is at.
fn live_address(link: &Rc<str>, targets: &Targets) -> Option<Rc<str>> {
    match link.strip_prefix('#') {
        Some(bookmark) => targets.headings.get(bookmark).map(|id| format!("#{id}").into()),
        None => Some(Rc::clone(link)).filter(|link| !link.trim().is_empty()),
    }
}

/// Blanks between runs have the formats that both neighbours have.
fn settle_blanks(mut runs: Vec<Run>) -> Vec<Run> {
    let is_blank_text = |run: &Run| match &run.content {
        Content::Text(text) => !run.format.code && text.chars().all(is_blank),
        _ => false,
    };
    let mut next: Option<Format> = None;
    let mut followers: Vec<Option<Format>> = Vec::with_capacity(runs.len());
    for run in runs.iter().rev() {
        followers.push(next.clone());
        if !is_blank_text(run) {
            next = Some(run.format.clone());
        }
    }
    followers.reverse();
    let mut before: Option<Format> = None;
    for (run, after) in runs.iter_mut().zip(followers) {
        if !is_blank_text(run) {
            before = Some(run.format.clone());
            continue;
        }
        run.format = match (&before, &after) {
            (Some(before), Some(after)) => common(before, after),
            _ => Format::default(),
        };
    }
    runs
}

fn common(a: &Format, b: &Format) -> Format {
    Format {
        strong: a.strong && b.strong,
        emphasis: a.emphasis && b.emphasis,
        deleted: a.deleted && b.deleted,
        highlight: a.highlight && b.highlight,
        superscript: a.superscript && b.superscript,
        subscript: a.subscript && b.subscript,
        small_caps: a.small_caps && b.small_caps,
        code: a.code && b.code,
        monospaced: a.monospaced && b.monospaced,
        language: a.language.clone().filter(|_| a.language == b.language),
        link: a.link.clone().filter(|_| a.link == b.link),
    }
}

/// A no-break space is no blank: somebody put it there.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

fn tags(format: &Format) -> Vec<Tag> {
    let mut tags = Vec::new();
    tags.extend(format.link.clone().map(Tag::Link));
    tags.extend(format.language.clone().map(Tag::Language));
    let plain = [
        (format.strong, Tag::Strong),
        (format.emphasis, Tag::Emphasis),
        (format.deleted, Tag::Deleted),
        (format.highlight, Tag::Highlight),
        (format.small_caps, Tag::SmallCaps),
        (format.superscript, Tag::Superscript),
        (format.subscript, Tag::Subscript),
        (format.code, Tag::Code),
    ];
    tags.extend(plain.into_iter().filter(|(is_set, _)| *is_set).map(|(_, tag)| tag));
    tags
}

/// For each tag of each run, the run that it does not reach.
fn ends(tags: &[Vec<Tag>]) -> Vec<Vec<usize>> {
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); tags.len()];
    for at in (0..tags.len()).rev() {
        ends[at] = tags[at]
            .iter()
            .map(|tag| {
                let following = tags.get(at + 1).and_then(|next| next.iter().position(|other| other == tag));
                following.and_then(|position| ends.get(at + 1)?.get(position).copied()).unwrap_or(at + 1)
            })
            .collect();
    }
    ends
}

struct Writer {
    html: String,
    open: Vec<Tag>,
    /// Whether another blank would be one too many.
    at_space: bool,
}

impl Writer {
    /// Closes the elements that are not wanted and opens those that are missing.
    fn change_to(&mut self, wanted: &[Tag], ends: &[usize]) {
        let kept = self.open.iter().take_while(|tag| wanted.contains(tag)).count();
        let mut missing: Vec<(usize, &Tag)> = wanted
            .iter()
            .zip(ends)
            .filter(|(tag, _)| !self.open[..kept].contains(tag))
            .map(|(tag, end)| (*end, tag))
            .collect();
        let is_same = kept == self.open.len() && missing.is_empty();
        if is_same {
            return;
        }
        for tag in self.open.drain(kept..).rev() {
            self.html.push_str(close(&tag));
        }
        // Nothing goes into code.
        if !missing.is_empty() && self.open.last() == Some(&Tag::Code) {
            self.open.pop();
            self.html.push_str(close(&Tag::Code));
            missing.push((0, &Tag::Code));
        }
        missing.sort_by_key(|(end, tag)| (**tag == Tag::Code, std::cmp::Reverse(*end)));
        for (_, tag) in missing {
            open(tag, &mut self.html);
            self.open.push(tag.clone());
        }
    }

    fn content(&mut self, run: &Run, targets: &Targets) {
        match &run.content {
            Content::Text(text) => self.text(text),
            Content::Break => {
                if self.html.ends_with(' ') {
                    self.html.pop();
                }
                if !self.html.is_empty() {
                    self.html.push_str("<br>");
                }
                self.at_space = true;
            }
            Content::Picture { source, alt } => {
                self.html.push_str("<img src=\"");
                escape_value(source, &mut self.html);
                self.html.push_str("\" alt=\"");
                escape_value(alt, &mut self.html);
                self.html.push_str("\">");
                self.at_space = false;
            }
            Content::Note(name) => {
                if let Some(id) = targets.notes.get(name) {
                    self.html.push_str("<a role=\"doc-noteref\" href=\"#");
                    escape_value(id, &mut self.html);
                    self.html.push_str("\">");
                    escape(id.trim_start_matches(|next: char| !next.is_ascii_digit()), &mut self.html);
                    self.html.push_str("</a>");
                    self.at_space = false;
                }
            }
            Content::Math(tex) => {
                self.html.push_str("<span class=\"math\">");
                escape(&tex.split_whitespace().collect::<Vec<_>>().join(" "), &mut self.html);
                self.html.push_str("</span>");
                self.at_space = false;
            }
            Content::Bookmark(_) | Content::Removed(_) | Content::Report(_) => {}
        }
    }

    /// Runs of blanks become one.
    fn text(&mut self, text: &str) {
        let mut piece = String::with_capacity(text.len());
        for character in text.chars() {
            if !is_blank(character) {
                piece.push(character);
                self.at_space = false;
            } else if !self.at_space {
                piece.push(' ');
                self.at_space = true;
            }
        }
        escape(&piece, &mut self.html);
    }
}

fn open(tag: &Tag, html: &mut String) {
    let (start, value) = match tag {
        Tag::Link(address) => ("<a href=\"", address),
        Tag::Language(language) => ("<span lang=\"", language),
        Tag::Strong => return html.push_str("<strong>"),
        Tag::Emphasis => return html.push_str("<em>"),
        Tag::Deleted => return html.push_str("<del>"),
        Tag::Highlight => return html.push_str("<mark>"),
        Tag::SmallCaps => return html.push_str("<span class=\"smallcaps\">"),
        Tag::Superscript => return html.push_str("<sup>"),
        Tag::Subscript => return html.push_str("<sub>"),
        Tag::Code => return html.push_str("<code>"),
    };
    html.push_str(start);
    escape_value(value, html);
    html.push_str("\">");
}

fn close(tag: &Tag) -> &'static str {
    match tag {
        Tag::Link(_) => "</a>",
        Tag::Language(_) | Tag::SmallCaps => "</span>",
        Tag::Strong => "</strong>",
        Tag::Emphasis => "</em>",
        Tag::Deleted => "</del>",
        Tag::Highlight => "</mark>",
        Tag::Superscript => "</sup>",
        Tag::Subscript => "</sub>",
        Tag::Code => "</code>",
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Run, Targets, write};

    fn html(runs: &[(&str, &str)]) -> String {
        let runs: Vec<Run> = runs
            .iter()
            .map(|(text, formats)| {
                let format = Format {
                    strong: formats.contains('b'),
                    emphasis: formats.contains('i'),
                    code: formats.contains('c'),
                    link: formats.contains('a').then(|| "https://example.org".into()),
                    ..Format::default()
                };
                Run::text(*text, format)
            })
            .collect();
        write(&runs, &Targets::default())
    }

    #[test]
    fn neighbours_of_one_format_are_one() {
        assert_eq!(html(&[("a", "b"), ("b", "b"), (" ", ""), ("c", "b")]), "<strong>ab c</strong>");
        assert_eq!(html(&[("a ", "i"), ("b", "")]), "<em>a</em> b");
        assert_eq!(html(&[("a", ""), (" b ", "i"), ("c", "")]), "a <em>b</em> c");
    }

    #[test]
    fn the_longest_format_is_outside() {
        assert_eq!(html(&[("a", "i"), ("b", "bi"), ("c", "i")]), "<em>a<strong>b</strong>c</em>");
        assert_eq!(html(&[("a", "b"), ("b", "bi"), ("c", "b")]), "<strong>a<em>b</em>c</strong>");
        assert_eq!(html(&[("a", "b"), ("b", "bi"), ("c", "i")]), "<strong>a<em>b</em></strong><em>c</em>");
        assert_eq!(
            html(&[("a", "i"), ("b", "ia"), ("c", "i")]),
            "<em>a<a href=\"https://example.org\">b</a>c</em>"
        );
        assert_eq!(html(&[("a", "c"), ("b", "cb")]), "<code>a</code><strong><code>b</code></strong>");
    }

    #[test]
    fn blanks_are_single_and_never_at_an_edge() {
        assert_eq!(html(&[("  a  ", ""), (" b", "i"), ("  ", "")]), "a <em>b</em>");
        assert_eq!(html(&[("a < b & c", "")]), "a &lt; b &amp; c");
    }
}
