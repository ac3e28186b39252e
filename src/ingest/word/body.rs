//! The blocks of a document: paragraphs, tables, and what they are wrapped in.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Fields;
use super::format::{Properties, is_on};
use super::notes::Comments;
use super::numbering::{Counters, Mark, Numbering};
use super::package::{Part, Relations};
use super::styles::{NumberingReference, Styles, outline_level};
use crate::diagnostic::Diagnostic;
use crate::ingest::office::roles::Meaning;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Content, Note, Paragraph, Piece, Removal, Role, Run, is_pause, plain_text};

/// Reads the parts of a document that are text.
pub struct Reader<'d> {
    pub(super) file: &'d str,
    pub(super) styles: &'d Styles,
    numbering: &'d Numbering,
    pub(super) comments: &'d Comments,
    /// All parts in the container, in lower case.
    pub(super) names: &'d BTreeSet<String>,
    pub(super) part: &'d str,
    pub(super) relations: Option<&'d Relations>,
    counters: Counters,

    pub(super) fields: Fields,
    /// The paragraph that is being read.
    pub(super) content: Vec<Run>,
    /// What its style makes of its text.
    pub(super) base: Properties,
    /// Text boxes in it, which come after it.
    pub(super) hoisted: Vec<Piece>,
    /// Whether it holds a rule across the page.
    pub(super) holds_rule: bool,
    /// Whether it holds a formula on a line of its own.
    pub(super) holds_display: bool,
    /// What stood between paragraphs and goes into the next.
    pub(super) pending: Vec<Run>,
    /// The deletion that text goes to, while one is being read.
    pub(super) deletion: Option<Removal>,
    /// Author and text of what was inserted in the paragraph.
    pub(super) insertions: Vec<(String, String)>,
    /// Whether the text is a note's.
    in_note: bool,

    pub seen_comments: BTreeSet<String>,
    /// Parts by the path that the essay knows the picture by.
    pub pictures: BTreeMap<String, String>,
}

impl<'d> Reader<'d> {
    pub fn new(
        file: &'d str,
        styles: &'d Styles,
        numbering: &'d Numbering,
        comments: &'d Comments,
        names: &'d BTreeSet<String>,
    ) -> Self {
        Reader {
            file,
            styles,
            numbering,
            comments,
            names,
            part: "",
            relations: None,
            counters: Counters::default(),
            fields: Fields::default(),
            content: Vec::new(),
            base: Properties::default(),
            hoisted: Vec::new(),
            holds_rule: false,
            holds_display: false,
            pending: Vec::new(),
            deletion: None,
            insertions: Vec::new(),
            in_note: false,
            seen_comments: BTreeSet::new(),
            pictures: BTreeMap::new(),
        }
    }

    /// Reads the main text.
    pub fn document(&mut self, body: Element, part: &'d Part) -> Vec<Piece> {
        self.enter(part);
        self.fields.survey(body);
        let mut pieces = self.story(body);
        pieces.extend(self.finish_fields());
        pieces
    }

    /// Fields whose end was not met leave what they kept out of the text.
    fn finish_fields(&mut self) -> impl Iterator<Item = Piece> {
        self.fields.finish().into_iter().map(|removal| {
            let content = vec![Run::plain(Content::Removed(removal))];
            Piece::Paragraph(Paragraph { role: Role::Body, content })
        })
    }

    /// Reads the footnotes or endnotes.
    pub fn notes(&mut self, part: Option<&'d Part>, root: Option<Element>, is_endnote: bool) -> Vec<Note> {
        let (Some(part), Some(root)) = (part, root) else { return Vec::new() };
        self.enter(part);
        self.in_note = true;
        let mut notes = Vec::new();
        for note in root.children() {
            let is_separator =
                note.attribute("w:type").is_some_and(|kind| !kind.eq_ignore_ascii_case("normal"));
            let Some(id) = note.attribute("w:id").filter(|_| !is_separator) else { continue };
            self.fields.survey(note);
            let mut pieces = self.story(note);
            pieces.extend(self.finish_fields());
            notes.push(Note { name: note_name(id, is_endnote), is_endnote, pieces });
        }
        self.in_note = false;
        notes
    }

    fn enter(&mut self, part: &'d Part) {
        self.part = &part.name;
        self.relations = Some(&part.relations);
    }

    /// Text that is complete in itself: the main text, a note, a cell, a text box.
    pub(super) fn story(&mut self, parent: Element) -> Vec<Piece> {
        let outer = std::mem::take(&mut self.pending);
        let mut pieces = Vec::new();
        self.blocks(parent, &mut pieces);
        let rest = std::mem::replace(&mut self.pending, outer);
        if !rest.is_empty() {
            pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content: rest }));
        }
        pieces
    }

    pub(super) fn blocks(&mut self, parent: Element, pieces: &mut Vec<Piece>) {
        for element in parent.children() {
            self.block(element, pieces);
        }
    }

    fn block(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        match element.name() {
            "w:p" => self.paragraph(element, pieces),
            "w:tbl" => self.table(element, pieces),
            "w:sectPr" | "w:tblPr" | "w:tcPr" | "w:sdtPr" | "w:sdtEndPr" | "w:pPr" | "w:rPr" => {}
            "w:sdt" => self.structured(element, pieces),
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" if holds_blocks(element) => {
                let outer = self.begin_change(element);
                self.blocks(element, pieces);
                let removed = self.end_change(outer);
                self.pending.extend(removed);
            }
            "mc:AlternateContent" if holds_blocks(element) => {
                if let Some(choice) = super::drawing::choose(element) {
                    self.blocks(choice, pieces);
                }
            }
            "w:bookmarkStart" => self.pending.extend(bookmark(element)),
            "w:altChunk" => {
                let report =
                    Diagnostic::warning("unread-part", "another document that is embedded here is not read")
                        .help("copy its text into this document");
                self.pending.push(Run::plain(Content::Report(Box::new(report))));
            }
            _ if holds_blocks(element) => self.blocks(element, pieces),
            // Runs without a paragraph around them.
            _ => {
                let outer = std::mem::take(&mut self.content);
                self.inline(element, &Properties::default());
                let content = std::mem::replace(&mut self.content, outer);
                if !content.is_empty() {
                    pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content }));
                }
            }
        }
    }

    /// A content control. Those that Word fills in are not the author's.
    fn structured(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        let Some(content) = element.child("w:sdtContent") else { return };
        match control_furniture(element) {
            Some(what) => self.pending.extend(self.furniture(what, content)),
            None => self.blocks(content, pieces),
        }
    }

    /// The text of an element, left out as furniture.
    pub(super) fn furniture(&self, what: &str, element: Element) -> Option<Run> {
        let text = super::notes::text_of(element);
        let removal = Removal::new("removed-furniture", what, text);
        (!removal.text.is_empty()).then(|| Run::plain(Content::Removed(removal)))
    }

    fn paragraph(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        let properties = element.child("w:pPr");
        let style = properties.and_then(|properties| properties.value("w:pStyle", "w:val"));
        let meaning = self.styles.meaning(style);

        let base = self.styles.paragraph(style);
        let outer_base = std::mem::replace(&mut self.base, base);
        let start = std::mem::take(&mut self.pending);
        let outer_content = std::mem::replace(&mut self.content, start);
        let outer_hoisted = std::mem::take(&mut self.hoisted);
        let outer_flags = (self.holds_rule, self.holds_display);
        (self.holds_rule, self.holds_display) = (false, false);
        for child in element.children() {
            self.inline(child, &Properties::default());
        }
        self.report_insertions();
        if let Some(dropped) = self.fields.dropping() {
            dropped.push('\n');
        }
        if let Some(deletion) = &mut self.deletion {
            deletion.text.push('\n');
        }
        self.base = outer_base;
        let mut content = std::mem::replace(&mut self.content, outer_content);
        let hoisted = std::mem::replace(&mut self.hoisted, outer_hoisted);
        let (holds_rule, holds_display) = (self.holds_rule, self.holds_display);
        (self.holds_rule, self.holds_display) = outer_flags;

        let is_visible = content.iter().any(Run::is_visible);
        let role = self.role(properties, style, meaning.as_ref(), is_visible);
        if matches!(role, Role::Heading(_)) {
            // Headings are bold anyway, where the book has it so.
            content.iter_mut().for_each(|run| run.format.strong = false);
        }
        let is_centered = properties.is_some_and(|it| it.value("w:jc", "w:val") == Some("center"));
        let is_joined = properties
            .and_then(|properties| properties.child("w:rPr"))
            .is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some());
        let has_border = properties.is_some_and(|properties| properties.child("w:pBdr").is_some())
            || self.styles.is_rule(style);

        if meaning == Some(Meaning::Directory) && is_visible {
            let removal = Removal::new("removed-furniture", "a table of contents", plain_text(&content));
            let mut left: Vec<Run> = content.into_iter().filter(|run| !run.is_visible()).collect();
            left.push(Run::plain(Content::Removed(removal)));
            pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content: left }));
        } else if is_joined {
            // Without its mark, the paragraph is the start of the next one.
            self.pending = content;
        } else if role == Role::Body && is_visible && is_pause(&plain_text(&content), is_centered) {
            let text = plain_text(&content);
            let mut left: Vec<Run> = content.into_iter().filter(|run| !run.is_visible()).collect();
            left.push(Run::plain(Content::Removed(Removal::new(
                "removed-ornament",
                "the ornament of a pause",
                text,
            ))));
            pieces.push(Piece::Paragraph(Paragraph { role, content: left }));
            pieces.push(Piece::Rule);
        } else if holds_display && is_single_formula(&content) {
            for run in content {
                match run.content {
                    Content::Math(tex) => pieces.push(Piece::Math(tex)),
                    _ => self.pending.push(run),
                }
            }
        } else if !content.is_empty() || role == Role::Code {
            pieces.push(Piece::Paragraph(Paragraph { role, content }));
        }
        if holds_rule || (has_border && !is_visible && hoisted.is_empty()) {
            pieces.push(Piece::Rule);
        }
        pieces.extend(hoisted);
    }

    fn role(
        &mut self,
        properties: Option<Element>,
        style: Option<&str>,
        meaning: Option<&Meaning>,
        is_visible: bool,
    ) -> Role {
        let role = match (outline_level(properties), meaning) {
            (_, Some(Meaning::Role(role))) if !matches!(role, Role::Continuation { .. }) => role.clone(),
            (Some(level @ 0..=8), _) => Role::Heading(level + 1),
            (_, Some(Meaning::Role(role))) => role.clone(),
            _ => Role::Body,
        };
        let role = if self.in_note && matches!(role, Role::Heading(_)) { Role::Body } else { role };
        match role {
            // An empty paragraph has no number.
            Role::Body | Role::Continuation { .. } | Role::Quote if is_visible => {
                self.item(properties, style).unwrap_or(role)
            }
            role => role,
        }
    }

    /// The paragraph as an item of a list, if it is in one.
    fn item(&mut self, properties: Option<Element>, style: Option<&str>) -> Option<Role> {
        let direct = NumberingReference::read(properties);
        let styled = self.styles.numbering(style);
        let list =
            direct.and_then(|direct| direct.list).or_else(|| styled.and_then(|(styled, _)| styled.list))?;
        if list == 0 {
            // Taken out of a list, but still indented like it: another paragraph of the item.
            let indent = properties.and_then(|properties| properties.child("w:ind"));
            let left = indent.and_then(|it| it.attribute("w:left").or_else(|| it.attribute("w:start")));
            let is_indented = left.and_then(|left| left.parse::<i32>().ok()).is_some_and(|left| left > 0);
            return is_indented.then_some(Role::Continuation { level: 8 });
        }
        let written = direct.and_then(|direct| direct.level);
        let level = written
            .or_else(|| styled.and_then(|(_, style)| self.numbering.level_of_style(list, style)))
            .or_else(|| styled.and_then(|(styled, _)| styled.level))
            .unwrap_or_default()
            .min(8);
        let mark = self.numbering.mark(list, level, self.styles, &mut self.counters)?;
        // `List Bullet 2` is a list of its own, and looks like the second level.
        let level = if level == 0 && written.is_none() { self.styles.list_depth(style) } else { level };
        Some(match mark {
            Mark::Bullet => Role::Item { level, number: None },
            Mark::Number(number) => Role::Item { level, number: Some(number) },
            Mark::Blank => Role::Continuation { level },
        })
    }
}

/// The name that text and notes know a note by.
pub(super) fn note_name(id: &str, is_endnote: bool) -> String {
    format!("{} {id}", if is_endnote { "endnote" } else { "footnote" })
}

pub(super) fn bookmark(element: Element) -> Option<Run> {
    let name = element.attribute("w:name").filter(|name| *name != "_GoBack")?;
    Some(Run::plain(Content::Bookmark(name.to_owned())))
}

/// What a content control holds if Word filled it in.
pub(super) fn control_furniture(control: Element) -> Option<&'static str> {
    let properties = control.child("w:sdtPr")?;
    let gallery = properties
        .child("w:docPartObj")
        .or_else(|| properties.child("w:docPartList"))
        .and_then(|part| part.value("w:docPartGallery", "w:val"));
    let is_placeholder =
        properties.child("w:showingPlcHdr").is_some_and(|shown| is_on(shown.attribute("w:val")));
    match gallery {
        Some("Table of Contents") => Some("a table of contents"),
        _ if is_placeholder => Some("a placeholder"),
        _ => None,
    }
}

fn is_single_formula(content: &[Run]) -> bool {
    let mut visible = content.iter().filter(|run| run.is_visible());
    let first = visible.next();
    first.is_some_and(|run| matches!(run.content, Content::Math(_))) && visible.next().is_none()
}

/// Whether paragraphs or tables are inside, at any depth that wrappers reach.
fn holds_blocks(element: Element) -> bool {
    let inner = element.children();
    inner.take(64).any(|child| match child.name() {
        "w:p" | "w:tbl" => true,
        "w:r" | "w:t" | "w:hyperlink" => false,
        "w:sdt"
        | "w:sdtContent"
        | "w:customXml"
        | "w:ins"
        | "w:del"
        | "w:moveFrom"
        | "w:moveTo"
        | "mc:Choice"
        | "mc:Fallback"
        | "mc:AlternateContent" => holds_blocks(child),
        _ => false,
    })
}
