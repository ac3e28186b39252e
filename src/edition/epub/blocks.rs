//! Text from paragraph size upwards.

use crate::anthology::Resolved;
use crate::document::{Alignment, Block, Definition, Inline, List, Table, plain_text};
use crate::edition::epub::layout::SpineItem;
use crate::edition::epub::navigation::Listing;
use crate::edition::epub::xhtml::{Attributes, Writer};
use crate::manifest::Device;

impl Writer<'_> {
    pub fn blocks(&mut self, blocks: &[Block<Resolved>]) {
        for block in blocks {
            self.block_of(block);
        }
    }

    fn block_of(&mut self, block: &Block<Resolved>) {
        match block {
            Block::Heading { level, anchor, content, .. } => {
                let id = self.id(*anchor);
                self.begin_pages_between_blocks();
                if plain_text(content).trim().is_empty() {
                    return self.block("p", &[("id", id)], |writer| writer.inlines(content));
                }
                let tag = match level {
                    0..=2 => "h2",
                    3 => "h3",
                    4 => "h4",
                    5 => "h5",
                    _ => "h6",
                };
                self.block(tag, &[("id", id)], |writer| {
                    writer.in_bold(|writer| writer.inlines(content));
                });
            }
            Block::Paragraph(content) => self.block("p", &[], |writer| writer.inlines(content)),
            Block::List(list) => self.list(list),
            Block::DefinitionList(definitions) => self.definition_list(definitions),
            Block::Quote(body) => self.block("blockquote", &[], |writer| writer.blocks(body)),
            Block::Callout { kind, title, body } => self.callout(kind, title, body),
            Block::Code { text, .. } => {
                self.demand_code(text);
                self.begin_pages_between_blocks();
                self.block("pre", &[("dir", "ltr")], |writer| {
                    writer.element("code", &[], |writer| writer.book_text(text));
                });
            }
            Block::Math(tex) => {
                self.begin_pages_between_blocks();
                self.block("p", &[("class", "math")], |writer| writer.formula(tex, true));
            }
            Block::Table(table) => self.table(table),
            Block::Figure { picture, alt, caption } => {
                self.begin_pages_between_blocks();
                self.read(1);
                let id = self.listed("figure", caption);
                self.block("figure", &attributes(&id), |writer| {
                    let is_described = !alt.trim().is_empty() || !plain_text(caption).trim().is_empty();
                    writer.content.undescribed += usize::from(!is_described);
                    // Nobody wants to hear the same words twice.
                    let is_said = squeezed(&plain_text(caption)) == squeezed(alt);
                    let gist = gist(alt).filter(|_| !is_said);
                    let details = format!("description_{}", writer.content.pictures + 1);
                    match gist {
                        Some(gist) => writer.picture(picture, gist, &[("aria-details", &details)]),
                        None => writer.picture(picture, if is_said { "" } else { alt }, &[]),
                    }
                    if !caption.is_empty() {
                        writer.element("figcaption", &[], |writer| writer.inlines(caption));
                    }
                    if gist.is_some() {
                        writer.description(&details, alt);
                    }
                });
            }
            Block::Verse(lines) => self.verse(lines),
            Block::Break => {
                self.empty("hr", &[]);
                self.text("\n");
            }
        }
    }

    /// What a picture shows, at length: to be opened by those who want to know.
    fn description(&mut self, id: &str, text: &str) {
        self.content.long_descriptions += 1;
        let attributes = [("id", id), ("class", "description")];
        // Kindle's converter knows nothing that can be opened.
        if self.device == Some(Device::Kindle) {
            return self.element("p", &attributes, |writer| writer.text(text));
        }
        self.element("details", &attributes, |writer| {
            writer.text_element("summary", &[], writer.labels.description);
            writer.text_element("p", &[], text);
        });
    }

    /// Lists a figure or a table under its caption; gives it the name that it is led to by.
    fn listed(&mut self, kind: &str, caption: &[Inline<Resolved>]) -> Option<String> {
        let title = plain_text(caption).split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return None;
        }
        let path = self.layout.path(self.item);
        let language = match self.item {
            SpineItem::Chapter(chapter) => self.anthology.chapters.get(chapter).map(|it| &it.language),
            _ => None,
        };
        let language = language.unwrap_or(&self.anthology.metadata.language).clone();
        let list = if kind == "table" { &mut self.tables } else { &mut self.figures };
        let id = format!("{kind}_{}", list.len() + 1);
        list.push(Listing { title, href: format!("{path}#{id}"), language });
        Some(id)
    }

    fn list(&mut self, list: &List<Resolved>) {
        let start = list.start.filter(|&start| start != 1).map(|start| start.to_string());
        let mut attributes: Vec<(&str, &str)> = start.iter().map(|start| ("start", start.as_str())).collect();
        let tag = if list.start.is_some() {
            attributes.extend(list.numerals.html_type().map(|kind| ("type", kind)));
            "ol"
        } else {
            "ul"
        };
        self.block(tag, &attributes, |writer| {
            for item in &list.items {
                writer.block("li", &[], |writer| writer.item(item, list.tight));
            }
        });
    }

    fn item(&mut self, item: &[Block<Resolved>], tight: bool) {
        for block in item {
            match block {
                Block::Paragraph(content) if tight => self.inlines(content),
                other => self.block_of(other),
            }
        }
    }

    fn definition_list(&mut self, definitions: &[Definition<Resolved>]) {
        self.block("dl", &[], |writer| {
            for definition in definitions {
                writer.block("dt", &[], |writer| writer.in_bold(|writer| writer.inlines(&definition.term)));
                for description in &definition.descriptions {
                    writer.block("dd", &[], |writer| writer.item(description, description.len() == 1));
                }
                if definition.descriptions.is_empty() {
                    // A term alone is no valid list.
                    writer.block("dd", &[], |_| ());
                }
            }
        });
    }

    fn callout(&mut self, kind: &str, title: &[Inline<Resolved>], body: &[Block<Resolved>]) {
        let named = [Inline::Text(self.labels.callout(kind))];
        let title = if title.is_empty() { &named[..] } else { title };
        // `role="note"` and no `aside`: a remark within a chapter is no landmark of the page.
        self.block("div", &[("class", "callout"), ("role", "note")], |writer| {
            if plain_text(title).trim().is_empty() {
                writer.read(plain_text(title).len());
            } else {
                writer.block("p", &[("class", "callout-title")], |writer| {
                    writer.in_bold(|writer| writer.inlines(title));
                });
            }
            writer.blocks(body);
        });
    }

    fn table(&mut self, table: &Table<Resolved>) {
        self.begin_pages_between_blocks();
        // Below an empty corner stand the names of the rows.
        let corner = table.header.first().map(|corner| plain_text(corner));
        // And so does a first column in which all is bold, as readers of HTML leave headings of rows.
        let is_bold = |row: &Vec<Vec<Inline<Resolved>>>| {
            matches!(row.first().map(Vec::as_slice), Some([Inline::Strong(_)]))
        };
        let names_rows = corner.is_some_and(|corner| corner.trim().is_empty())
            || !table.rows.is_empty() && table.rows.iter().all(is_bold);
        let id = self.listed("table", &table.caption);
        self.block("table", &attributes(&id), |writer| {
            if !table.caption.is_empty() {
                writer.block("caption", &[], |writer| writer.inlines(&table.caption));
            }
            if !table.header.is_empty() {
                writer.block("thead", &[], |writer| {
                    writer.block("tr", &[], |writer| {
                        for (cell, alignment) in table.header.iter().zip(alignments(table)) {
                            writer.header_cell(cell, alignment);
                        }
                    });
                });
            }
            if !table.rows.is_empty() {
                writer.block("tbody", &[], |writer| {
                    for row in &table.rows {
                        writer.block("tr", &[], |writer| {
                            for (index, (cell, alignment)) in row.iter().zip(alignments(table)).enumerate() {
                                let (tag, scope): (_, Attributes) = if index == 0 && names_rows {
                                    ("th", &[("scope", "row")])
                                } else {
                                    ("td", &[])
                                };
                                let attributes = [scope, class(alignment)].concat();
                                writer.element(tag, &attributes, |writer| writer.inlines(cell));
                            }
                        });
                    }
                });
            }
        });
    }

    fn header_cell(&mut self, cell: &[Inline<Resolved>], alignment: Alignment) {
        if plain_text(cell).trim().is_empty() {
            // An empty heading would be read out as one.
            return self.element("td", &[], |writer| writer.inlines(cell));
        }
        let attributes = [&[("scope", "col")], class(alignment)].concat();
        self.element("th", &attributes, |writer| writer.in_bold(|writer| writer.inlines(cell)));
    }

    /// Stanzas are divided by empty lines.
    fn verse(&mut self, lines: &[Vec<Inline<Resolved>>]) {
        self.block("div", &[("class", "verse")], |writer| {
            for stanza in lines.split(Vec::is_empty).filter(|stanza| !stanza.is_empty()) {
                writer.block("p", &[], |writer| {
                    for (index, line) in stanza.iter().enumerate() {
                        if index > 0 {
                            writer.empty("br", &[]);
                        }
                        writer.element("span", &[("class", "line")], |writer| writer.inlines(line));
                    }
                });
            }
        });
    }
}

/// Nobody wants to hear more than this at once.
const LONGEST_ALTERNATIVE: usize = 250;

/// The first sentence of a description that is too long to be heard at once, or as many of its words as are not.
fn gist(alt: &str) -> Option<&str> {
    let (limit, _) = alt.char_indices().nth(LONGEST_ALTERNATIVE)?;
    let within = &alt[..limit];
    let sentence = within.find(". ").map(|end| end + 1);
    let end = sentence.or_else(|| within.rfind(' ')).unwrap_or(limit);
    Some(&alt[..end])
}

/// A text by which it is compared with another.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_lowercase()
}

/// The columns' alignments, without end: a row that is too long stays readable.
fn alignments(table: &Table<Resolved>) -> impl Iterator<Item = Alignment> + '_ {
    table.alignments.iter().copied().chain(std::iter::repeat(Alignment::Start))
}

fn attributes(id: &Option<String>) -> Vec<(&str, &str)> {
    id.iter().map(|id| ("id", id.as_str())).collect()
}

fn class(alignment: Alignment) -> &'static [(&'static str, &'static str)] {
    match alignment {
        Alignment::Start => &[],
        Alignment::Center => &[("class", "center")],
        Alignment::End => &[("class", "end")],
    }
}
