//! Blocks to essay HTML, one block a line, with the line of everything that was left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::inline::{self, Targets};
use super::structure::{self, Entry, List, Node};
use super::{Alignment, Cell, Content, Flow, Note, Piece, Removal, Role, Run, Table, plain_text};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::ingest::sheet::shorten;
use crate::ledger::{Change, Fate};
use crate::manuscript::Vetoes;

/// Writes a document. Everything that is not in the HTML is noted as a change and reported; what the editor
/// wants to stay is in it, on the line on which it would be noted.
pub fn write(file: &str, flow: &Flow, keep: &Vetoes, diagnostics: &mut Diagnostics) -> (String, Vec<Change>) {
    let mut page = Page {
        file,
        keep,
        targets: targets(flow),
        html: String::new(),
        line: 1,
        changes: Vec::new(),
        reports: Vec::new(),
    };
    page.nodes(&structure::build(&flow.pieces));
    for note in referenced_notes(flow) {
        page.note(note);
    }
    let forgotten: Vec<&Note> =
        flow.notes.iter().filter(|note| !page.targets.notes.contains_key(&note.name)).collect();
    for note in forgotten {
        let text = note.pieces.iter().flat_map(Piece::contents).map(|runs| plain_text(runs));
        let text = text.collect::<Vec<_>>().join(" ");
        let removal = Removal::new("removed-note", "a note that nothing refers to", text);
        if page.spares(&removal, page.line) {
            page.nodes(&structure::build(&note.pieces));
            continue;
        }
        page.record(&removal, String::new());
        for content in note.pieces.iter().flat_map(Piece::contents) {
            page.settle(content);
        }
    }
    page.finish(diagnostics)
}

/// Numbers the notes in the order of their references, and finds the headings that links lead to.
fn targets(flow: &Flow) -> Targets {
    let mut targets = Targets::default();
    let known: BTreeMap<&str, bool> =
        flow.notes.iter().map(|note| (note.name.as_str(), note.is_endnote)).collect();
    let (mut footnotes, mut endnotes) = (0, 0);
    for run in flow.runs() {
        let Content::Note(name) = &run.content else { continue };
        let Some(&is_endnote) = known.get(name.as_str()) else { continue };
        if !targets.notes.contains_key(name) {
            let (count, prefix) = if is_endnote { (&mut endnotes, "en") } else { (&mut footnotes, "fn") };
            *count += 1;
            targets.notes.insert(name.clone(), format!("{prefix}-{count}"));
        }
    }

    let wanted: BTreeSet<&str> =
        flow.runs().filter_map(|run| run.format.link.as_deref()?.strip_prefix('#')).collect();
    let mut taken: BTreeSet<String> = targets.notes.values().cloned().collect();
    let mut heading: Option<usize> = None;
    for (at, piece) in flow.pieces.iter().enumerate() {
        if matches!(piece, Piece::Paragraph(paragraph) if matches!(paragraph.role, Role::Heading(_))) {
            heading = Some(at);
        }
        for run in piece.contents().into_iter().flatten() {
            let (Content::Bookmark(name), Some(heading)) = (&run.content, heading) else { continue };
            if wanted.contains(name.as_str()) && !targets.headings.contains_key(name) {
                let id = targets.heading_ids.entry(heading).or_insert_with(|| unique(name, &mut taken));
                targets.headings.insert(name.clone(), id.clone());
            }
        }
    }
    targets
}

/// An id that is not taken yet, after a bookmark's name.
fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let base: String = name.split_whitespace().collect::<Vec<_>>().join("-");
    let base = if base.is_empty() { "place".to_owned() } else { base };
    // Starting from what is taken already, the first try mostly fits.
    let numbered = (taken.len()..).map(|number| format!("{base}-{number}"));
    let id = std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base);
    taken.insert(id.clone());
    id
}

fn referenced_notes(flow: &Flow) -> Vec<&Note> {
    let by_name: BTreeMap<&str, &Note> = flow.notes.iter().map(|note| (note.name.as_str(), note)).collect();
    let mut seen = BTreeSet::new();
    flow.runs()
        .filter_map(|run| match &run.content {
            Content::Note(name) => by_name.get(name.as_str()).copied().filter(|_| seen.insert(name.as_str())),
            _ => None,
        })
        .collect()
}

struct Page<'p> {
    file: &'p str,
    keep: &'p Vetoes,
    targets: Targets,
    html: String,
    /// The line that is written next, from 1.
    line: u32,
    changes: Vec<Change>,
    reports: Vec<Diagnostic>,
}

impl Page<'_> {
    /// What was left out after the last line is said to be on it.
    fn finish(mut self, diagnostics: &mut Diagnostics) -> (String, Vec<Change>) {
        let last = (self.line - 1).max(1);
        for change in &mut self.changes {
            change.lines = (change.lines.0.min(last), change.lines.1.min(last));
        }
        for report in &mut self.reports {
            if let Some(Place { line: Some(line), .. }) = &mut report.place {
                *line = (*line).min(last);
            }
        }
        diagnostics.extend(self.reports);
        (self.html, self.changes)
    }

    fn push_line(&mut self, line: &str) {
        self.html.push_str(line);
        self.html.push('\n');
        self.line += 1 + line.bytes().filter(|&byte| byte == b'\n').count() as u32;
    }

    fn inline(&mut self, content: &[Run]) -> String {
        let content = self.settle(content);
        inline::write(&content, &self.targets)
    }

    /// What is to be written of `content`. What was left out, and what there is to tell, is noted at the line
    /// that is written next.
    fn settle<'r>(&mut self, content: &'r [Run]) -> Cow<'r, [Run]> {
        if !content.iter().any(|run| matches!(run.content, Content::Removed(_) | Content::Report(_))) {
            return Cow::Borrowed(content);
        }
        let excerpt = shorten(&plain_text(content), 120);
        let mut settled = Vec::with_capacity(content.len());
        for run in content {
            match &run.content {
                Content::Removed(removal) if self.spares(removal, self.line) => {
                    // Only what was deleted stands in the flow of the text.
                    let gap = if removal.rule == "removed-deletion" { "" } else { " " };
                    settled.push(Run::plain(Content::Text(format!("{gap}{}{gap}", removal.text))));
                }
                Content::Removed(removal) => self.record(removal, excerpt.clone()),
                Content::Report(report) => {
                    let place = self.place(excerpt.clone());
                    self.reports.push(report.as_ref().clone().at(place));
                }
                _ => settled.push(run.clone()),
            }
        }
        Cow::Owned(settled)
    }

    /// Whether the editor forbids a removal that would be noted on this line.
    fn spares(&self, removal: &Removal, line: u32) -> bool {
        self.keep.spare(removal.rule, (line, line))
    }

    fn place(&self, excerpt: String) -> Place {
        Place { excerpt: Some(excerpt).filter(|it| !it.is_empty()), ..Place::line(self.file, self.line) }
    }

    fn record(&mut self, removal: &Removal, excerpt: String) {
        let Removal { fate, rule, reason, text } = removal;
        let lines = (self.line, self.line);
        if let Some(last) = self.changes.last_mut()
            && last.rule == "removed-furniture"
            && (last.rule, &last.reason, last.lines) == (*rule, reason, lines)
        {
            last.text.push('\n');
            last.text.push_str(text);
            return;
        }
        let done = match fate {
            Fate::Moved => "moved",
            Fate::Removed => "removed",
            Fate::Repaired { .. } => "changed",
        };
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = format!("{done} {reason}: “{}”", shorten(&flat, 60));
        let place = self.place(excerpt);
        self.reports.push(Diagnostic::note(rule, message).at(place));
        self.changes.push(Change {
            fate: fate.clone(),
            rule,
            reason: reason.clone(),
            lines,
            text: text.clone(),
        });
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Heading { level, piece, content } => self.heading(*level, *piece, content),
            Node::Paragraph(content) => self.element("p", content),
            Node::List(list) => self.list(list),
            Node::Quote(paragraphs) => {
                self.push_line("<blockquote>");
                for content in paragraphs {
                    self.element("p", content);
                }
                self.push_line("</blockquote>");
            }
            Node::Verse(stanzas) => {
                let stanzas: Vec<String> = stanzas.iter().map(|content| self.inline(content)).collect();
                self.push_line(&format!("<div class=\"verse\">{}</div>", stanzas.join("<br>")));
            }
            Node::Code(paragraphs) => self.code(paragraphs),
            Node::Definitions(entries) => {
                self.push_line("<dl>");
                for (entry, content) in entries {
                    self.element(if *entry == Entry::Term { "dt" } else { "dd" }, content);
                }
                self.push_line("</dl>");
            }
            Node::Table { table, caption } => self.table(table, caption),
            Node::Figure { picture, caption } => {
                let picture = self.inline(picture);
                let caption = self.inline(caption);
                let caption =
                    if caption.is_empty() { caption } else { format!("<figcaption>{caption}</figcaption>") };
                self.push_line(&format!("<figure>{picture}{caption}</figure>"));
            }
            Node::Math(tex) => {
                let mut line = "<div class=\"math\">".to_owned();
                inline::escape(&tex.split_whitespace().collect::<Vec<_>>().join(" "), &mut line);
                line.push_str("</div>");
                self.push_line(&line);
            }
            Node::Rule => self.push_line("<hr>"),
            Node::Blank(content) => self.blank(content),
        }
    }

    fn element(&mut self, name: &str, content: &[Run]) {
        let inner = self.inline(content);
        if !inner.is_empty() {
            self.push_line(&format!("<{name}>{inner}</{name}>"));
        }
    }

    /// A paragraph of which nothing is left but what the editor wants back. It takes no line for itself, so
    /// that the lines that vetoes name keep their numbers.
    fn blank(&mut self, content: &[Run]) {
        let content = self.settle(content);
        if content.iter().any(Run::is_visible) {
            let inner = inline::write(&content, &self.targets);
            self.html.push_str(&format!("<p>{inner}</p>"));
        }
    }

    fn heading(&mut self, level: u8, piece: usize, content: &[Run]) {
        let mut id = String::new();
        if let Some(name) = self.targets.heading_ids.get(&piece) {
            id.push_str(" id=\"");
            inline::escape_value(name, &mut id);
            id.push('"');
        }
        let inner = self.inline(content);
        self.push_line(&format!("<h{level}{id}>{inner}</h{level}>"));
    }

    fn code(&mut self, paragraphs: &[&[Run]]) {
        let lines: Vec<String> =
            paragraphs.iter().map(|content| inline::verbatim(&self.settle(content))).collect();
        let mut html = "<pre><code>".to_owned();
        inline::escape(lines.join("\n").trim_matches('\n').trim_end(), &mut html);
        html.push_str("</code></pre>");
        self.push_line(&html);
        let seen = paragraphs.iter().copied().flatten();
        let kept: Vec<Run> = seen
            .filter(|run| matches!(run.content, Content::Note(_) | Content::Picture { .. }))
            .cloned()
            .collect();
        // A listing holds text alone.
        self.element("p", &kept);
    }

    fn list(&mut self, list: &List) {
        match list.start {
            None => self.push_line("<ul>"),
            Some(1) => self.push_line("<ol>"),
            Some(start) => self.push_line(&format!("<ol start=\"{start}\">")),
        }
        for item in &list.items {
            self.item(item);
        }
        self.push_line(if list.start.is_some() { "</ol>" } else { "</ul>" });
    }

    fn item(&mut self, item: &[Node]) {
        let paragraphs = item.iter().filter(|node| !matches!(node, Node::List(_) | Node::Blank(_))).count();
        match item {
            [Node::Paragraph(content), rest @ ..] if paragraphs == 1 => {
                let inner = self.inline(content);
                let below = self.line + 1;
                let comes_back = |run: &Run| matches!(&run.content, Content::Removed(removal) if self.spares(removal, below));
                let is_left_out =
                    |node: &Node| matches!(node, Node::Blank(content) if !content.iter().any(comes_back));
                if rest.iter().all(is_left_out) {
                    self.push_line(&format!("<li>{inner}</li>"));
                    self.nodes(rest);
                } else {
                    self.push_line(&format!("<li>{inner}"));
                    self.nodes(rest);
                    self.push_line("</li>");
                }
            }
            nodes => {
                self.push_line("<li>");
                self.nodes(nodes);
                self.push_line("</li>");
            }
        }
    }

    fn table(&mut self, table: &Table, caption: &[Run]) {
        self.push_line("<table>");
        self.element("caption", caption);
        let (header, rows) = match table.rows.split_first() {
            Some((header, rows)) if table.has_header => (Some(header), rows),
            _ => (None, table.rows.as_slice()),
        };
        if let Some(header) = header {
            self.push_line("<thead>");
            self.row("th", header);
            self.push_line("</thead>");
        }
        self.push_line("<tbody>");
        for row in rows {
            self.row("td", row);
        }
        self.push_line("</tbody>");
        self.push_line("</table>");
    }

    fn row(&mut self, name: &str, cells: &[Cell]) {
        let mut line = "<tr>".to_owned();
        for cell in cells {
            let alignment = match cell.alignment {
                None => "",
                Some(Alignment::Center) => " align=\"center\"",
                Some(Alignment::Right) => " align=\"right\"",
            };
            let inner = self.inline(&cell.content);
            line.push_str(&format!("<{name}{alignment}>{inner}</{name}>"));
        }
        line.push_str("</tr>");
        self.push_line(&line);
    }

    fn note(&mut self, note: &Note) {
        let Some(id) = self.targets.notes.get(&note.name) else { return };
        let role = if note.is_endnote { "doc-endnote" } else { "doc-footnote" };
        self.push_line(&format!("<aside role=\"{role}\" id=\"{id}\">"));
        self.nodes(&structure::build(&note.pieces));
        self.push_line("</aside>");
    }
}
