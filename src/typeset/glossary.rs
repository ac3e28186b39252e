//! The glossary: each term with what it means, who says so, and where it is used.

use super::compositor::{Compositor, Frame};
use super::flow::{Context, Flow};
use super::galley::Galley;
use super::page::Pages;
use super::paragraph::Align;
use crate::anthology::{Resolved, Term, TermDefinition, TermReference};
use crate::document::{Block, Inline};
use crate::fonts::Style;
use crate::paged_book::{LinkTarget, Origin, Role};

impl Compositor<'_> {
    /// The terms, each group under its letter.
    pub fn set_glossary(&mut self, pages: &Pages) -> Galley {
        let anthology = self.anthology;
        let frame = self.begin(Role::Section, &anthology.metadata.language, &[]);
        self.set_opening(self.labels.glossary, None, "", "", frame);
        for group in anthology.glossary.chunk_by(|a, b| a.group == b.group) {
            if let Some(first) = group.first().filter(|first| !first.group.is_empty()) {
                self.set_heading(2, &[Inline::Text(first.group.clone())], frame);
            }
            let list = self.structure.add(frame.element, Role::List { numerals: None });
            for term in group {
                let item = self.structure.add(list, Role::ListItem);
                self.set_term(term, Frame { align: Align::Ragged, ..frame }.within(item), pages);
            }
        }
        self.finish()
    }

    fn set_term(&mut self, term: &Term, frame: Frame, pages: &Pages) {
        let start = self.lines.len();
        self.read_from(Origin::Anchor(term.anchor));
        let label = self.structure.add(frame.element, Role::Label);
        let body = self.structure.add(frame.element, Role::ListBody);
        let mut flow = Flow::indented(-self.layout.indent);
        let name = Context::new(frame.style.bold().unhyphenated(), label);
        self.flow_text(&mut flow, &term.name, name);
        // Bold type parts a name from its definition; many scripts have none here.
        self.flow_text(&mut flow, if self.shows_bold(&term.name, frame) { " " } else { ": " }, name);
        let inner = frame.inset(self.layout.indent, 0.0).within(body);
        if !term.aliases.is_empty() {
            let element = self.structure.add(body, Role::Span);
            let quiet = Context::new(frame.style.emphasised(), element);
            let aliases = format!("{} {}. ", self.labels.also_called, term.aliases.join(", "));
            self.flow_text(&mut flow, &aliases, quiet);
        }
        let several = term.definitions.len() > 1;
        for (index, definition) in term.definitions.iter().enumerate() {
            if several {
                let number = Context::new(frame.style, body);
                self.flow_text(&mut flow, &format!("({})\u{A0}", index + 1), number);
            }
            flow = self.flow_definition(flow, &definition.content, inner);
            self.flow_signature(&mut flow, definition, inner);
        }
        self.flow_references(&mut flow, self.labels.see, &term.see, inner);
        self.flow_references(&mut flow, self.labels.see_also, &term.see_also, inner);
        if !term.uses.is_empty() {
            let element = self.structure.add(body, Role::Span);
            let context = Context::new(frame.style, element);
            self.flow_places(&mut flow, self.labels.used_on, &term.uses, context, pages);
        }
        self.set_flow(flow, inner);
        self.anchor_line(start, term.anchor);
        self.begin_with(start, Origin::Anchor(term.anchor));
    }

    fn shows_bold(&self, name: &str, frame: Frame) -> bool {
        let bold = self.fonts.select(frame.style.bold().kind.family, Style::Bold);
        let bold = bold.map(|face| self.fonts.face(face)).filter(|face| face.style.is_bold());
        bold.is_some_and(|face| name.chars().any(|c| c.is_alphabetic() && face.covers(c)))
    }

    /// Adds a definition to a term's paragraph. Further paragraphs, and what is more than running text, are set
    /// below it.
    fn flow_definition(&mut self, mut flow: Flow, content: &[Block<Resolved>], frame: Frame) -> Flow {
        for (index, block) in content.iter().enumerate() {
            if let Block::Paragraph(inlines) = block {
                if index > 0 {
                    self.set_flow(std::mem::take(&mut flow), frame);
                }
                let element = self.structure.add(frame.element, Role::Paragraph);
                let context = Context::new(frame.style, element);
                self.flow_inlines(&mut flow, inlines, context);
                self.flow_text(&mut flow, " ", context);
            } else {
                self.set_flow(std::mem::take(&mut flow), frame);
                self.set_blocks(std::slice::from_ref(block), frame);
            }
        }
        flow
    }

    /// `(Ada Lovelace)`: whose words these are.
    fn flow_signature(&mut self, flow: &mut Flow, definition: &TermDefinition, frame: Frame) {
        let mut names: Vec<&str> = Vec::new();
        for chapter in definition.chapters.iter().filter_map(|&chapter| self.anthology.chapters.get(chapter))
        {
            let authors = chapter.authors.iter().map(|person| person.name.as_str());
            // An essay by nobody speaks for itself.
            let title = chapter.authors.is_empty().then_some(chapter.title.as_str());
            for name in authors.chain(title) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if names.is_empty() {
            return;
        }
        let signature = format!("({}) ", self.labels.names(names));
        let element = self.structure.add(frame.element, Role::Span);
        self.flow_text(flow, &signature, Context::new(frame.style.emphasised(), element));
    }

    /// `See also Model, Token.`, each a link to its entry.
    fn flow_references(&mut self, flow: &mut Flow, lead: &str, references: &[TermReference], frame: Frame) {
        let Some(last) = references.len().checked_sub(1) else { return };
        let element = self.structure.add(frame.element, Role::Span);
        let context = Context::new(frame.style, element);
        let quiet = Context { style: frame.style.emphasised(), ..context };
        self.flow_text(flow, &format!("{lead} "), quiet);
        for (index, reference) in references.iter().enumerate() {
            match reference.entry {
                Some(anchor) => {
                    let link = self.open_link(context, LinkTarget::Internal(anchor), reference.name.clone());
                    self.flow_text(flow, &reference.name, link);
                }
                None => self.flow_text(flow, &reference.name, context),
            }
            self.flow_text(flow, if index == last { ". " } else { ", " }, context);
        }
    }
}
