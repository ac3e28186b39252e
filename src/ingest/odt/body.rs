//! The blocks of an OpenDocument text.

use std::collections::{BTreeMap, BTreeSet};

use super::inline::text_of;
use super::styles::{Look, Styles};
use crate::ingest::office::grid::{self, COLUMN_LIMIT, Written};
use crate::ingest::office::roles::Meaning;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Content, Note, Paragraph, Piece, Removal, Role, Run, is_pause, plain_text};

/// Reads a document.
pub struct Reader<'d> {
    pub(super) file: &'d str,
    pub(super) styles: &'d Styles,
    /// All parts in the container, in lower case.
    pub(super) names: &'d BTreeSet<String>,
    /// TeX by the folder of the formula's part.
    pub(super) formulas: BTreeMap<String, String>,
    /// What was deleted or inserted, by the change's id.
    pub(super) tracked: BTreeMap<String, Tracked>,
    lists: Vec<List>,
    /// How far numbered lists have counted, by list style and level.
    reached: BTreeMap<(String, u8), u64>,

    /// The paragraph that is being read.
    pub(super) content: Vec<Run>,
    /// Text boxes in it, which come after it.
    pub(super) hoisted: Vec<Piece>,
    /// What stood between paragraphs and goes into the next.
    pub(super) pending: Vec<Run>,
    in_note: bool,

    pub notes: Vec<Note>,
    /// Parts by the path that the essay knows the picture by.
    pub pictures: BTreeMap<String, String>,
}

/// A tracked change.
pub(super) enum Tracked {
    Deletion(Removal),
    Insertion { author: String },
}

/// A list that is open.
struct List {
    style: Option<String>,
    /// Whether the item has its first paragraph yet.
    item_has_text: bool,
    /// A number that the item brings itself.
    own_number: Option<u64>,
}

impl<'d> Reader<'d> {
    pub fn new(
        file: &'d str,
        styles: &'d Styles,
        names: &'d BTreeSet<String>,
        formulas: BTreeMap<String, String>,
    ) -> Self {
        Reader {
            file,
            styles,
            names,
            formulas,
            tracked: BTreeMap::new(),
            lists: Vec::new(),
            reached: BTreeMap::new(),
            content: Vec::new(),
            hoisted: Vec::new(),
            pending: Vec::new(),
            in_note: false,
            notes: Vec::new(),
            pictures: BTreeMap::new(),
        }
    }

    pub fn document(&mut self, body: Element) -> Vec<Piece> {
        for tracked in body.children().filter(|child| child.name() == "text:tracked-changes") {
            tracked.children().for_each(|region| self.track(region));
        }
        let mut pieces = self.story(body);
        // Deletions whose place is lost.
        for tracked in std::mem::take(&mut self.tracked).into_values() {
            if let Tracked::Deletion(removal) = tracked {
                let content = vec![Run::plain(Content::Removed(removal))];
                pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content }));
            }
        }
        pieces
    }

    fn track(&mut self, region: Element) {
        let id = region.attribute("xml:id").or_else(|| region.attribute("text:id"));
        let (Some(id), Some(change)) = (id, region.children().next()) else { return };
        let author = change.child("office:change-info").and_then(|info| info.child("dc:creator"));
        let author = author.map(|author| author.text().trim().to_owned()).unwrap_or_default();
        let tracked = match change.name() {
            "text:deletion" => {
                let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
                let reason = format!("a tracked deletion{by}");
                let parts = change.children().filter(|part| part.name() != "office:change-info");
                let text = parts.map(text_of).collect::<Vec<_>>().join("\n");
                Tracked::Deletion(Removal::new("removed-deletion", reason, text))
            }
            "text:insertion" => Tracked::Insertion { author },
            _ => return,
        };
        self.tracked.insert(id.to_owned(), tracked);
    }

    /// Text that is complete in itself: the main text, a note, a cell, a text box.
    pub(super) fn story(&mut self, parent: Element) -> Vec<Piece> {
        let outer = std::mem::take(&mut self.pending);
        let outer_lists = std::mem::take(&mut self.lists);
        let mut pieces = Vec::new();
        self.blocks(parent, &mut pieces);
        self.lists = outer_lists;
        let rest = std::mem::replace(&mut self.pending, outer);
        if !rest.is_empty() {
            pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content: rest }));
        }
        pieces
    }

    /// A note's text.
    pub(super) fn note_story(&mut self, parent: Element) -> Vec<Piece> {
        let outer = std::mem::replace(&mut self.in_note, true);
        let pieces = self.story(parent);
        self.in_note = outer;
        pieces
    }

    fn blocks(&mut self, parent: Element, pieces: &mut Vec<Piece>) {
        for element in parent.children() {
            self.block(element, pieces);
        }
    }

    fn block(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        match element.name() {
            "text:h" | "text:p" => self.paragraph(element, pieces),
            "text:list" => self.list(element, pieces),
            "text:list-item" | "text:list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.item_has_text = element.name() == "text:list-header";
                    list.own_number =
                        element.attribute("text:start-value").and_then(|start| start.parse().ok());
                }
                self.blocks(element, pieces);
            }
            "table:table" => self.table(element, pieces),
            "text:table-of-content"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index"
            | "text:alphabetical-index" => {
                let is_index = element.name() == "text:alphabetical-index";
                let what = if is_index { "an index" } else { "a table of contents" };
                // The templates in its source are not text.
                let body = element.children().filter(|child| child.name() == "text:index-body");
                let text = body.map(text_of).collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    let removal = Removal::new("removed-furniture", what, text);
                    self.pending.push(Run::plain(Content::Removed(removal)));
                }
            }
            "text:tracked-changes"
            | "text:sequence-decls"
            | "text:variable-decls"
            | "text:user-field-decls"
            | "text:bibliography-source"
            | "office:forms"
            | "table:table-column"
            | "table:table-columns" => {}
            "text:section"
            | "text:index-body"
            | "text:bibliography"
            | "text:index-title"
            | "text:numbered-paragraph" => self.blocks(element, pieces),
            // Something of the line between the paragraphs: a bookmark, a change, an anchored frame.
            _ => {
                let outer = std::mem::take(&mut self.content);
                let outer_hoisted = std::mem::take(&mut self.hoisted);
                self.inline(element, &Look::default());
                let content = std::mem::replace(&mut self.content, outer);
                let hoisted = std::mem::replace(&mut self.hoisted, outer_hoisted);
                if content.iter().any(Run::is_visible) {
                    pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content }));
                } else {
                    self.pending.extend(content);
                }
                pieces.extend(hoisted);
            }
        }
    }

    fn list(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        let style = element.attribute("text:style-name").map(str::to_owned);
        let style = style.or_else(|| self.lists.last().and_then(|outer| outer.style.clone()));
        let goes_on = element.attribute("text:continue-numbering") == Some("true")
            || element.attribute("text:continue-list").is_some();
        let level = self.lists.len() as u8;
        if !goes_on && let Some(style) = &style {
            self.reached.remove(&(style.clone(), level));
        }
        self.lists.push(List { style, item_has_text: true, own_number: None });
        self.blocks(element, pieces);
        self.lists.pop();
    }

    pub(super) fn paragraph(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        let style = element.attribute("text:style-name").unwrap_or_default();
        let meaning = self.styles.meaning(style);
        let look = self.styles.paragraph_look(style);

        let start = std::mem::take(&mut self.pending);
        let outer_content = std::mem::replace(&mut self.content, start);
        let outer_hoisted = std::mem::take(&mut self.hoisted);
        self.inlines(element, &look);
        let mut content = std::mem::replace(&mut self.content, outer_content);
        let hoisted = std::mem::replace(&mut self.hoisted, outer_hoisted);

        let is_visible = content.iter().any(Run::is_visible);
        let role = self.role(element, style, meaning.as_ref(), is_visible);
        let is_centered =
            self.styles.alignment(style).is_some_and(|it| it == crate::ingest::office::Alignment::Center);
        if matches!(role, Role::Heading(_)) {
            content.iter_mut().for_each(|run| run.format.strong = false);
        }
        if meaning == Some(Meaning::Directory) && is_visible {
            let removal = Removal::new("removed-furniture", "a table of contents", plain_text(&content));
            content.retain(|run| !run.is_visible());
            content.push(Run::plain(Content::Removed(removal)));
            pieces.push(Piece::Paragraph(Paragraph { role: Role::Body, content }));
        } else if role == Role::Body && is_visible && is_pause(&plain_text(&content), is_centered) {
            let text = plain_text(&content);
            content.retain(|run| !run.is_visible());
            content.push(Run::plain(Content::Removed(Removal::new(
                "removed-ornament",
                "the ornament of a pause",
                text,
            ))));
            pieces.push(Piece::Paragraph(Paragraph { role, content }));
            pieces.push(Piece::Rule);
        } else if role == Role::Body && is_display(&content) {
            for run in content {
                match run.content {
                    Content::Math(tex) => pieces.push(Piece::Math(tex)),
                    _ => self.pending.push(run),
                }
            }
        } else if !content.is_empty() || role == Role::Code {
            pieces.push(Piece::Paragraph(Paragraph { role, content }));
        }
        if !is_visible && hoisted.is_empty() && self.styles.has_border(style) {
            pieces.push(Piece::Rule);
        }
        pieces.extend(hoisted);
    }

    fn role(&mut self, element: Element, style: &str, meaning: Option<&Meaning>, is_visible: bool) -> Role {
        let named = match meaning {
            Some(Meaning::Role(role)) => Some(role.clone()),
            Some(Meaning::Directory) | None => None,
        };
        let level = element.attribute("text:outline-level").and_then(|level| level.parse::<u8>().ok());
        let role = match (element.name(), named) {
            ("text:h", Some(role @ (Role::Title | Role::Subtitle))) => role,
            ("text:h", _) => Role::Heading(level.unwrap_or(1).max(1)),
            (_, Some(role)) => role,
            _ => Role::Body,
        };
        let role = if self.in_note && matches!(role, Role::Heading(_)) { Role::Body } else { role };
        match role {
            Role::Body | Role::Continuation { .. } | Role::Quote if is_visible && !self.lists.is_empty() => {
                self.item(style)
            }
            Role::Continuation { .. } => Role::Body,
            role => role,
        }
    }

    /// A paragraph in a list.
    fn item(&mut self, style: &str) -> Role {
        let level = (self.lists.len() - 1).min(8) as u8;
        let Some(list) = self.lists.last_mut() else { return Role::Body };
        if std::mem::replace(&mut list.item_has_text, true) {
            return Role::Continuation { level };
        }
        let own_number = list.own_number.take();
        let name =
            list.style.as_deref().or_else(|| self.styles.list_of(style)).unwrap_or_default().to_owned();
        let first = self.styles.first_number(&name, level);
        let number = first.map(|first| {
            let next =
                self.reached.get(&(name.clone(), level)).map_or(first, |reached| reached.saturating_add(1));
            let number = own_number.unwrap_or(next);
            self.reached.insert((name, level), number);
            number
        });
        Role::Item { level, number }
    }

    fn table(&mut self, element: Element, pieces: &mut Vec<Piece>) {
        let mut rows: Vec<(Element, bool)> = Vec::new();
        collect_rows(element, false, &mut rows);
        let has_header = rows.first().is_some_and(|(_, is_header)| *is_header);
        let rows: Vec<Vec<Written>> = rows.into_iter().map(|(row, _)| self.row(row)).collect();
        grid::finish(rows, has_header, pieces);
    }

    fn row(&mut self, row: Element) -> Vec<Written> {
        let count = |element: Element, name: &str| {
            let count = element.attribute(name).and_then(|count| count.parse::<usize>().ok());
            count.unwrap_or(1).clamp(1, COLUMN_LIMIT)
        };
        let mut cells: Vec<Written> = Vec::new();
        for cell in row.children() {
            match cell.name() {
                "table:table-cell" => {
                    let first = cell.children().find(|child| matches!(child.name(), "text:p" | "text:h"));
                    let style = first.and_then(|first| first.attribute("text:style-name"));
                    let alignment = style.and_then(|style| self.styles.alignment(style));
                    let written = Written { pieces: self.story(cell), alignment };
                    grid::add(&mut cells, written, count(cell, "table:number-columns-repeated"));
                }
                "table:covered-table-cell" => {
                    let written = Written { pieces: self.story(cell), alignment: None };
                    grid::add(&mut cells, written, count(cell, "table:number-columns-repeated"));
                }
                _ => {}
            }
        }
        cells
    }
}

fn collect_rows<'e>(parent: Element<'e>, is_header: bool, rows: &mut Vec<(Element<'e>, bool)>) {
    for child in parent.children() {
        match child.name() {
            "table:table-row" => rows.push((child, is_header)),
            "table:table-header-rows" => collect_rows(child, true, rows),
            "table:table-rows" | "table:table-row-group" => collect_rows(child, is_header, rows),
            _ => {}
        }
    }
}

/// Whether a formula is all there is.
fn is_display(content: &[Run]) -> bool {
    let mut visible = content.iter().filter(|run| run.is_visible());
    let first = visible.next();
    first.is_some_and(|run| matches!(run.content, Content::Math(_))) && visible.next().is_none()
}
