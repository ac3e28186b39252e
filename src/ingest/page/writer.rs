//! Writes the essay HTML of a page: one walk over the tree, from left to right.
//!
//! The walk keeps its own stack, so that a deep page needs no deep one. Every block starts on the line
//! that it has in the author's file, unless the output is already past it.

use super::blocks::{self, Block};
use super::clutter::{self, Verdict};
use super::formula;
use super::inlines;
use super::paragraph::{Format, Paragraph, escape, tag};
use super::pictures::{self, Image};
use super::record::Record;
use super::tree::NodeId;
use super::words;
use super::{Page, head};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// What holds the paragraph that is being written.
#[derive(Debug)]
enum Container {
    /// Text becomes paragraphs.
    Flow,
    /// The first text stands bare: list items, descriptions, figures.
    Item {
        has_text: bool,
    },
    List,
    Definitions,
    Figure {
        has_text: bool,
    },
    /// All is one line; blocks in it are parted by breaks.
    Line,
    /// Lines of verse; whether they end where they end in the file.
    Verse {
        is_preformatted: bool,
    },
    Table,
}

/// What to do behind an element.
#[derive(Debug)]
enum Leave {
    Nothing,
    Paragraph,
    /// Breaks in a line.
    Break(usize),
    /// Close the element unless it is empty: where its tag starts and ends.
    Element {
        close: &'static str,
        start: usize,
        opened: usize,
    },
    /// Likewise with one that holds a line.
    Line {
        close: String,
        start: usize,
        heading: Option<NodeId>,
    },
    Cell(&'static str),
    /// Close a part of a table unless it is empty.
    Part {
        close: &'static str,
        start: usize,
        opened: usize,
    },
    /// Write a closing sign.
    Sign(&'static str),
}

#[derive(Debug)]
struct Open {
    leave: Leave,
    /// How many formats it opened.
    formats: usize,
}

pub struct Writer<'a> {
    page: &'a Page<'a>,
    out: String,
    line: u32,
    containers: Vec<Container>,
    formats: Vec<Format>,
    paragraph: Paragraph,
    record: Record,
    /// Notes in the order in which they are to be written.
    notes: Vec<(NodeId, String)>,
    note: Option<NodeId>,
    /// A part of the page outside the essay that the editor wants to stay.
    kept_region: Option<NodeId>,
    handlers: Option<u32>,
    /// Whether the bracket that comes next closes around a mark.
    skips_bracket: bool,
    /// Whether the note that is being written has no text yet.
    begins_note: bool,
    /// The last heading: where it starts and ends in the output, and the element.
    heading: Option<(usize, usize, NodeId)>,
}

impl<'a> Writer<'a> {
    pub fn new(page: &'a Page<'a>) -> Self {
        Writer {
            page,
            out: String::new(),
            line: 1,
            containers: Vec::new(),
            formats: Vec::new(),
            paragraph: Paragraph::default(),
            record: Record::default(),
            notes: Vec::new(),
            note: None,
            kept_region: None,
            handlers: None,
            skips_bracket: false,
            begins_note: false,
            heading: None,
        }
    }

    /// Writes the page from `root` on, then the notes.
    pub fn write(
        mut self,
        root: NodeId,
        diagnostics: &mut Diagnostics,
    ) -> (String, Vec<crate::ledger::Change>) {
        self.walk(root);
        self.flush();
        self.drop_heading_of_notes();
        let mut written = 0;
        while let Some((body, label)) = self.notes.get(written).cloned() {
            written += 1;
            self.note = Some(body);
            self.begins_note = true;
            self.begin_block(self.page.tree.line(body));
            self.out.push_str(&tag("aside", &[("role", Some("doc-footnote")), ("id", Some(&label))]));
            self.containers.push(Container::Item { has_text: false });
            self.walk(body);
            self.flush();
            self.containers.clear();
            self.out.push_str("</aside>");
        }
        if let Some(line) = self.handlers {
            diagnostics.push(
                Diagnostic::note("dropped-attribute", "dropped the scripts in attributes such as `onclick`")
                    .at(Place::line(self.page.file, line)),
            );
        }
        (self.out, self.record.finish(self.page.file, diagnostics))
    }

    fn walk(&mut self, root: NodeId) {
        let tree = self.page.tree;
        let mut open: Vec<(NodeId, Open)> = Vec::new();
        let mut next = Some(root);
        while let Some(node) = next {
            let entered = self.enter(node);
            let descends = entered.is_some();
            if let Some(entered) = entered {
                open.push((node, entered));
            }
            next = if descends { tree.first_child(node) } else { None };
            let mut done = node;
            while next.is_none() {
                if open.last().is_some_and(|(last, _)| *last == done)
                    && let Some((_, element)) = open.pop()
                {
                    self.leave(element);
                }
                if done == root {
                    return;
                }
                next = tree.next(done);
                match tree.parent(done) {
                    Some(parent) if next.is_none() => done = parent,
                    _ => break,
                }
            }
        }
    }

    /// Starts an element. `None` where its content is dealt with.
    fn enter(&mut self, node: NodeId) -> Option<Open> {
        if !self.is_inside(node) {
            return self.pass(node);
        }
        let tree = self.page.tree;
        if let Some(text) = tree.text(node) {
            self.record.end_region();
            self.text(text, tree.line(node));
            return None;
        }
        let name = tree.tag(node);
        if name.is_empty() || self.is_note(node) || self.leaves_out(node) {
            return None;
        }
        if self.handlers.is_none()
            && tree.attributes(node).iter().any(|attribute| attribute.name.local.starts_with("on"))
        {
            self.handlers = Some(tree.line(node));
        }
        self.record.end_region();
        if let Some(mark) = inlines::index_mark(self.page, node) {
            self.paragraph.push_html(&mark, tree.line(node), &self.formats);
        }
        self.special(node, name).unwrap_or_else(|| {
            let block = blocks::of(self.page, node, self.is_in_figure());
            let is_block = block != Block::None;
            let leave = if is_block { self.open_block(node, block) } else { Leave::Nothing };
            let formats = inlines::formats(self.page, node, is_block, &self.formats);
            let open = Open { leave, formats: formats.len() };
            self.formats.extend(formats);
            Some(open)
        })
    }

    fn is_inside(&self, node: NodeId) -> bool {
        let survey = &self.page.survey;
        self.note.is_some()
            || survey.holds(self.page.content, node)
            || self.kept_region.is_some_and(|region| survey.holds(region, node))
    }

    /// Passes what stands around the essay.
    fn pass(&mut self, node: NodeId) -> Option<Open> {
        let (tree, survey) = (self.page.tree, &self.page.survey);
        if survey.holds(node, self.page.content) {
            return Some(Open { leave: Leave::Nothing, formats: 0 });
        }
        if tree.text(node).is_none() && tree.tag(node).is_empty() {
            return None;
        }
        let lines = (tree.line(node), tree.last_line(node));
        let verdict = clutter::region(tree, survey, node);
        if self.page.keep.spare(verdict.rule, lines) {
            self.kept_region = Some(node);
            return self.enter(node);
        }
        let taken = self.taken(node);
        let bodies = &self.page.notes.bodies;
        let is_taken =
            |inner: NodeId| taken.iter().any(|(own, _)| *own == inner) || bodies.contains_key(&inner);
        let text = words::visible(tree, node, &is_taken);
        for (taken, verdict) in taken {
            let lines = (tree.line(taken), tree.last_line(taken));
            self.record.relocate(verdict, lines, head::words(tree, taken));
        }
        let range = survey.range(node);
        for (&body, label) in bodies {
            if range.contains(&survey.range(body).start) {
                self.notes.push((body, label.clone()));
            }
        }
        self.record.remove_region(verdict, lines, text);
        None
    }

    /// The elements of a region that the metadata say again.
    fn taken(&self, region: NodeId) -> Vec<(NodeId, Verdict)> {
        const MOST: usize = 8;
        let (tree, survey, head) = (self.page.tree, &self.page.survey, &self.page.head);
        let mut taken: Vec<(NodeId, Verdict)> = [(head.title, TITLE), (head.subtitle, SUBTITLE)]
            .into_iter()
            .filter_map(|(node, verdict)| Some((node.filter(|&node| survey.holds(region, node))?, verdict)))
            .collect();
        let has_byline = !head.metadata.authors.is_empty() || head.metadata.date.is_some();
        if has_byline && survey.verdict(region).is_none() {
            for node in tree.subtree(region) {
                let verdict = survey.verdict(node).filter(|verdict| verdict.rule == clutter::BYLINE);
                let is_new =
                    !taken.iter().any(|(outer, _)| survey.holds(*outer, node) || survey.holds(node, *outer));
                if let Some(verdict) = verdict.filter(|_| is_new && taken.len() < MOST) {
                    taken.push((node, verdict));
                }
            }
        }
        taken
    }

    /// Deals with notes: their marks, their texts, their labels.
    fn is_note(&mut self, node: NodeId) -> bool {
        let (tree, notes) = (self.page.tree, &self.page.notes);
        let line = tree.line(node);
        if let Some(label) = notes.bodies.get(&node).filter(|_| self.note != Some(node)) {
            self.notes.push((node, label.clone()));
            if notes.marks.contains_key(&node) {
                self.mark(node, label, "*", line);
            }
            return true;
        }
        if let Some(label) = notes.marks.get(&node).filter(|_| self.note != Some(node)) {
            let shown = words::visible(tree, node, &|_| false);
            let shown = shown
                .trim_matches(|next: char| next.is_whitespace() || matches!(next, '[' | ']' | '(' | ')'));
            self.mark(node, label, if shown.is_empty() { "*" } else { shown }, line);
            return true;
        }
        if notes.backlinks.contains(&node) {
            let verdict = Verdict {
                rule: "removed-backlink",
                reason: "the labels of notes and their links back to the text",
            };
            if !self.page.keep.spare(verdict.rule, (line, line)) {
                self.record.gather(verdict, line, &words::visible(tree, node, &|_| false));
                return true;
            }
        }
        false
    }

    /// Writes the mark of a note; brackets around it are of the page's making.
    fn mark(&mut self, node: NodeId, label: &str, shown: &str, line: u32) {
        let next = self.page.tree.next(node).and_then(|next| self.page.tree.text(next));
        let is_bracketed = next.is_some_and(|text| text.starts_with(']'));
        self.skips_bracket = is_bracketed && self.paragraph.take_back('[');
        let mut html = tag("a", &[("role", Some("doc-noteref")), ("href", Some(&format!("#{label}")))]);
        escape(shown, &mut html);
        html.push_str("</a>");
        self.paragraph.push_html(&html, line, &self.formats);
    }

    /// Leaves an element out, if it is clutter and the editor agrees.
    fn leaves_out(&mut self, node: NodeId) -> bool {
        let (tree, page) = (self.page.tree, self.page);
        let lines = || (tree.line(node), tree.last_line(node));
        if page.head.subtitle == Some(node) {
            self.record.relocate(SUBTITLE, lines(), head::words(tree, node));
            return true;
        }
        let Some(verdict) = page.survey.verdict(node) else { return false };
        if page.is_whole && matches!(verdict.rule, clutter::FURNITURE | clutter::BYLINE) {
            return false;
        }
        let metadata = &page.head.metadata;
        if verdict.rule == clutter::BYLINE && metadata.authors.is_empty() && metadata.date.is_none() {
            return false;
        }
        let lines = lines();
        if page.keep.spare(verdict.rule, lines) {
            return false;
        }
        let text = if clutter::is_for_programs(tree.tag(node)) {
            formula::raw_text(tree, node)
        } else {
            words::visible(tree, node, &|_| false)
        };
        match verdict.rule {
            clutter::BYLINE => self.record.relocate(verdict, lines, text),
            _ if matches!(
                verdict.reason,
                "links for editing" | "line numbers" | "renderings of formulas"
            ) =>
            {
                self.record.gather(verdict, lines.0, &text);
            }
            _ => self.record.remove(verdict, lines, text),
        }
        true
    }

    /// Elements that are written as a whole, or that hold no text. `None`: it is none of them.
    fn special(&mut self, node: NodeId, name: &str) -> Option<Option<Open>> {
        let tree = self.page.tree;
        let line = tree.line(node);
        match name {
            "br" => self.paragraph_break(),
            "hr" if !self.is_in_line() => {
                self.flush();
                self.begin_block(line);
                self.out.push_str("<hr>");
            }
            "hr" | "wbr" | "col" | "colgroup" | "source" | "track" | "area" | "base" | "param" => {}
            "img" => match pictures::image(tree, node) {
                Image::Picture(html) => self.paragraph.push_html(&html, line, &self.formats),
                Image::Sign(text) => self.text(&text, line),
                Image::Formula(tex) => self.formula(&tex, false, line),
                Image::None => {}
            },
            "iframe" | "video" | "audio" | "object" | "embed" => self.film(node),
            "input" => {
                let done = tree.raw_attribute(node, "checked").is_some();
                self.text(if done { "☑ " } else { "☐ " }, line);
            }
            "math" | "script" => {
                let (tex, is_block) = formula::read(tree, node)?;
                self.formula(&tex, is_block, line);
            }
            "pre" | "listing" | "xmp" => {
                if blocks::is_verse(tree, node) {
                    return None;
                }
                self.code(node);
            }
            "rp" => {}
            "rt" if !self.formats.iter().any(|format| format.close == "</ruby>") => {
                self.paragraph.push("(", line, &self.formats);
                return Some(Some(Open { leave: Leave::Sign(")"), formats: 0 }));
            }
            _ => return None,
        }
        Some(None)
    }

    fn text(&mut self, text: &str, line: u32) {
        let mut text = text;
        if std::mem::take(&mut self.skips_bracket) {
            text = text.strip_prefix(']').unwrap_or(text);
        }
        if self.begins_note {
            // What parted the note's number from its text.
            text = text.trim_start_matches([' ', '\n', '\t', '\u{A0}', '.', ')', ':']);
            self.begins_note = text.is_empty();
        }
        if self.paragraph.breaks >= 2
            && !self.is_in_line()
            && text.contains(|next: char| !next.is_whitespace())
        {
            self.flush();
        }
        if let Some(Container::Verse { is_preformatted: true }) = self.containers.last() {
            for (number, verse) in text.split('\n').enumerate() {
                if number > 0 {
                    self.paragraph_break();
                }
                self.paragraph.push(verse, line + number as u32, &self.formats);
            }
            return;
        }
        self.paragraph.push(text, line, &self.formats);
    }

    /// A line break; two of them end a paragraph.
    fn paragraph_break(&mut self) {
        if !self.paragraph.is_blank() {
            self.paragraph.breaks += 1;
        }
    }

    fn formula(&mut self, tex: &str, is_block: bool, line: u32) {
        if tex.is_empty() {
            return;
        }
        if is_block && !self.is_in_line() {
            self.flush();
            self.begin_block(line);
            self.out.push_str("<div class=\"math\">");
            escape(tex, &mut self.out);
            self.out.push_str("</div>");
            return;
        }
        let mut html = String::from("<span class=\"math\">");
        escape(tex, &mut html);
        html.push_str("</span>");
        self.paragraph.push_html(&html, line, &self.formats);
    }

    fn film(&mut self, node: NodeId) {
        let tree = self.page.tree;
        let line = tree.line(node);
        let verdict = Verdict { rule: clutter::SCRIPT, reason: "what stands in for a frame or player" };
        self.record.gather(verdict, line, &words::visible(tree, node, &|_| false));
        if let Some((address, title)) = pictures::film(tree, node) {
            let mut html = tag("a", &[("href", Some(&address))]);
            escape(&title, &mut html);
            html.push_str("</a>");
            if !self.is_in_line() {
                self.flush();
            }
            self.paragraph.push_html(&html, line, &self.formats);
        }
    }

    fn code(&mut self, node: NodeId) {
        let text = blocks::code_text(self.page, node, &mut self.record);
        let line = self.page.tree.line(node);
        if text.trim().is_empty() {
            return;
        }
        if self.is_in_line() {
            let mut html = String::from("<code>");
            escape(&text.split_whitespace().collect::<Vec<_>>().join(" "), &mut html);
            html.push_str("</code>");
            self.paragraph.push_html(&html, line, &self.formats);
            return;
        }
        self.flush();
        self.begin_block(line);
        let language = blocks::code_language(self.page.tree, node).map(|name| format!("language-{name}"));
        self.out.push_str("<pre>");
        self.out.push_str(&tag("code", &[("class", language.as_deref())]));
        let text = text.trim_end().trim_start_matches('\n');
        escape(text, &mut self.out);
        self.line += text.matches('\n').count() as u32;
        self.out.push_str("</code></pre>");
    }

    /// Takes back the heading over notes that stand elsewhere now, and the rules around it.
    fn drop_heading_of_notes(&mut self) {
        const NAMES: [&str; 9] = [
            "notes",
            "footnotes",
            "endnotes",
            "references",
            "notes and references",
            "citations",
            "notes et références",
            "anmerkungen",
            "fußnoten",
        ];
        if self.page.notes.bodies.is_empty() {
            return;
        }
        if let Some((start, end, node)) = self.heading.take() {
            let words = head::words(self.page.tree, node);
            let lower = words.to_lowercase();
            let name = lower
                .split('[')
                .next()
                .unwrap_or_default()
                .trim_matches(|next: char| !next.is_alphanumeric());
            let is_last = self.out.get(end..).is_some_and(|rest| rest.replace("<hr>", "").trim().is_empty());
            if is_last && NAMES.contains(&name) {
                let verdict = Verdict { rule: clutter::FURNITURE, reason: "the heading over the notes" };
                let line = self.page.tree.line(node);
                if !self.page.keep.spare(verdict.rule, (line, line)) {
                    let shown = self.out.get(start..end).map(str::to_owned).unwrap_or_default();
                    self.record.remove(verdict, (line, line), without_tags(&shown));
                    self.truncate(start);
                }
            }
        }
        // A rule at the end parted the notes from the text.
        while let Some(rest) = self.out.trim_end().strip_suffix("<hr>") {
            self.truncate(rest.len());
        }
    }

    fn truncate(&mut self, length: usize) {
        let taken = self.out.get(length..).unwrap_or_default();
        self.line -= taken.matches('\n').count() as u32;
        self.out.truncate(length);
    }

    fn open_block(&mut self, node: NodeId, block: Block) -> Leave {
        if self.is_in_line() {
            let is_stanza =
                block == Block::Paragraph && !matches!(self.containers.last(), Some(Container::Line));
            let breaks = if is_stanza { 2 } else { 1 };
            self.part_line(breaks);
            return Leave::Break(breaks);
        }
        let line = self.page.tree.line(node);
        self.flush();
        match block {
            Block::None => Leave::Nothing,
            Block::Group => Leave::Paragraph,
            Block::Paragraph => {
                self.paragraph.is_marked = true;
                Leave::Paragraph
            }
            Block::Line { open, close } => {
                let is_heading = close.starts_with("</h");
                if is_heading {
                    self.drop_heading_of_notes();
                }
                self.begin_block(line);
                let start = self.out.len();
                self.out.push_str(&open);
                self.containers.push(Container::Line);
                Leave::Line { close, start, heading: is_heading.then_some(node) }
            }
            Block::List { open, close } => self.open_element(&open, close, Container::List, line),
            Block::Definitions => self.open_element("<dl>", "</dl>", Container::Definitions, line),
            Block::Item { open, close } => {
                self.open_element(open, close, Container::Item { has_text: false }, line)
            }
            Block::Element { open, close } => self.open_element(&open, close, Container::Flow, line),
            Block::Table => self.open_element("<table>", "</table>", Container::Table, line),
            Block::Figure => {
                self.open_element("<figure>", "</figure>", Container::Figure { has_text: false }, line)
            }
            Block::Verse { is_preformatted } => {
                self.begin_block(line);
                let start = self.out.len();
                self.out.push_str("<div class=\"verse\">");
                self.containers.push(Container::Verse { is_preformatted });
                Leave::Line { close: "</div>".to_owned(), start, heading: None }
            }
            Block::Part { open, close } => {
                self.begin_block(line);
                let start = self.out.len();
                self.out.push_str(open);
                Leave::Part { close, start, opened: self.out.len() }
            }
            Block::Cell { open, close } => {
                self.out.push_str(&open);
                self.containers.push(Container::Line);
                Leave::Cell(close)
            }
        }
    }

    fn open_element(&mut self, open: &str, close: &'static str, container: Container, line: u32) -> Leave {
        self.begin_block(line);
        let start = self.out.len();
        self.out.push_str(open);
        self.containers.push(container);
        Leave::Element { close, start, opened: self.out.len() }
    }

    fn leave(&mut self, open: Open) {
        match open.leave {
            Leave::Nothing => {}
            Leave::Paragraph => self.flush(),
            Leave::Break(breaks) => self.part_line(breaks),
            Leave::Sign(sign) => self.paragraph.push(sign, self.line, &self.formats),
            Leave::Element { close, start, opened } => {
                self.flush();
                self.containers.pop();
                self.close_element(close, start, opened);
            }
            Leave::Line { close, start, heading } => {
                match self.paragraph.take(&self.formats) {
                    Some(html) => {
                        self.out.push_str(&html);
                        self.out.push_str(&close);
                        self.heading = heading.map(|node| (start, self.out.len(), node)).or(self.heading);
                    }
                    None => self.out.truncate(start),
                }
                self.containers.pop();
            }
            Leave::Part { close, start, opened } => self.close_element(close, start, opened),
            Leave::Cell(close) => {
                let html = self.paragraph.take(&self.formats).unwrap_or_default();
                self.containers.pop();
                self.out.push_str(&html);
                self.out.push_str(close);
            }
        }
        for _ in 0..open.formats {
            if let Some(ended) = self.formats.pop() {
                self.paragraph.end_format(&ended, &self.formats);
            }
        }
    }

    fn close_element(&mut self, close: &str, start: usize, opened: usize) {
        let content = self.out.get(opened..).unwrap_or_default();
        if content.trim().is_empty() {
            self.line -= content.matches('\n').count() as u32;
            self.out.truncate(start);
        } else {
            self.out.push_str(close);
        }
    }

    /// Ends the paragraph and writes it.
    fn flush(&mut self) {
        if self.is_in_line() {
            return;
        }
        let (line, has_text, is_marked) =
            (self.paragraph.line(), self.paragraph.has_text(), self.paragraph.is_marked);
        let Some(html) = self.paragraph.take(&self.formats) else { return };
        let (open, close) = match self.containers.last_mut() {
            Some(Container::Item { has_text: known } | Container::Figure { has_text: known }) => {
                let needs_tags = *known || (is_marked && has_text);
                *known = true;
                if needs_tags { ("<p>", "</p>") } else { ("", "") }
            }
            Some(Container::List) => ("<li>", "</li>"),
            Some(Container::Definitions) => ("<dd>", "</dd>"),
            Some(Container::Flow | Container::Line | Container::Verse { .. } | Container::Table) | None => {
                ("<p>", "</p>")
            }
        };
        self.begin_block(line);
        self.out.push_str(open);
        self.out.push_str(&html);
        self.out.push_str(close);
    }

    /// Goes down to the line on which a block stands in the file.
    fn begin_block(&mut self, line: u32) {
        if self.page.is_whole {
            if !self.out.is_empty() {
                self.out.push('\n');
                self.line += 1;
            }
            return;
        }
        while self.line < line {
            self.out.push('\n');
            self.line += 1;
        }
    }

    fn is_in_line(&self) -> bool {
        matches!(self.containers.last(), Some(Container::Line | Container::Verse { .. }))
    }

    fn is_in_figure(&self) -> bool {
        self.containers.iter().any(|container| matches!(container, Container::Figure { .. }))
    }

    /// Parts what was written in a line from what comes.
    fn part_line(&mut self, breaks: usize) {
        if !self.paragraph.is_blank() {
            self.paragraph.breaks = self.paragraph.breaks.max(breaks);
        }
    }
}

const TITLE: Verdict = Verdict { rule: "title", reason: "the heading that is the essay’s title" };
const SUBTITLE: Verdict = Verdict { rule: "title", reason: "the essay’s subtitle" };

/// The text of a piece of essay HTML.
fn without_tags(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, shown)| shown));
    html_escape::decode_html_entities(&pieces.collect::<String>()).into_owned()
}
