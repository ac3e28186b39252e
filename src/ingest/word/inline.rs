//! The inside of a paragraph: runs, links, fields, tracked changes.

use std::rc::Rc;

use super::body::{Reader, bookmark, control_furniture, note_name};
use super::format::Properties;
use super::mathematics;
use super::notes::text_of;
use super::package::Target;
use crate::diagnostic::Diagnostic;
use crate::ingest::office::symbols;
use crate::ingest::office::xml::Element;
use crate::ingest::office::{Content, Removal, Run};
use crate::ingest::sheet::shorten;

impl Reader<'_> {
    /// Reads an element within a paragraph; `outer` is the format that surrounds it.
    pub(super) fn inline(&mut self, element: Element, outer: &Properties) {
        match element.name() {
            "w:pPr" | "w:rPr" | "w:sdtPr" | "w:sdtEndPr" | "w:tblPr" | "w:tcPr" | "w:trPr" => {}
            "w:r" => self.run(element, outer),
            "w:t" => self.text(&element.text(), outer),
            "w:delText" => self.deleted_text(element),
            "w:instrText" | "w:delInstrText" => self.fields.instruct(&element.text()),
            "w:fldChar" => {
                let removed = self.fields.character(element);
                self.remove(removed);
            }
            "w:fldSimple" => {
                self.fields.open_simple(element.attribute("w:instr").unwrap_or_default());
                self.inlines(element, outer);
                let removed = self.fields.close();
                self.remove(removed);
            }
            "w:hyperlink" => self.hyperlink(element, outer),
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                let outer_deletion = self.begin_change(element);
                self.inlines(element, outer);
                let removed = self.end_change(outer_deletion);
                self.push_removed(removed);
                if element.name() == "w:ins" {
                    self.note_insertion(element);
                }
            }
            "w:sdt" => {
                let Some(content) = element.child("w:sdtContent") else { return };
                match control_furniture(element) {
                    Some(what) => {
                        let removed = self.furniture(what, content);
                        self.content.extend(removed);
                    }
                    None => self.inlines(content, outer),
                }
            }
            "w:bookmarkStart" => self.content.extend(bookmark(element)),
            "w:commentReference" => self.comment(element),
            "w:footnoteReference" => self.note(element, false),
            "w:endnoteReference" => self.note(element, true),
            "w:tab" | "w:ptab" => self.text("\t", outer),
            "w:cr" => self.push(Content::Break, outer),
            "w:br" => match element.attribute("w:type") {
                Some("page" | "column") => self.text(" ", outer),
                _ => self.push(Content::Break, outer),
            },
            "w:noBreakHyphen" => self.text("\u{2011}", outer),
            "w:softHyphen" => self.text("\u{AD}", outer),
            "w:sym" => self.symbol(element, outer),
            "w:ruby" => {
                // Both the characters and their reading: 漢字 (かんじ).
                element.child("w:rubyBase").into_iter().for_each(|base| self.inlines(base, outer));
                if let Some(reading) = element.child("w:rt") {
                    self.text(" (", outer);
                    self.inlines(reading, outer);
                    self.text(")", outer);
                }
            }
            "m:oMath" => self.formula(mathematics::tex(element)),
            "m:oMathPara" => {
                self.holds_display = true;
                for formula in element.children().filter(|child| child.name() == "m:oMath") {
                    self.formula(mathematics::tex(formula));
                }
            }
            "mc:AlternateContent" => {
                if let Some(choice) = super::drawing::choose(element) {
                    self.inlines(choice, outer);
                }
            }
            "w:drawing" | "w:pict" | "w:object" => self.drawing(element, outer),
            "w:txbxContent" => self.text_box(element),
            _ => self.inlines(element, outer),
        }
    }

    pub(super) fn inlines(&mut self, parent: Element, outer: &Properties) {
        for child in parent.children() {
            self.inline(child, outer);
        }
    }

    fn run(&mut self, element: Element, outer: &Properties) {
        let written = element.child("w:rPr");
        let mut properties = Properties::read(written);
        let style = written.and_then(|written| written.value("w:rStyle", "w:val"));
        let styled = style.map(|style| self.styles.character(style)).unwrap_or_default();
        properties = properties.over(&styled.toggled_over(&self.base)).over(outer);
        self.inlines(element, &properties);
    }

    /// Text goes to the deletion or the field that it stands in, or else into the paragraph.
    pub(super) fn text(&mut self, text: &str, properties: &Properties) {
        if text.is_empty() {
            return;
        }
        if let Some(deletion) = &mut self.deletion {
            return deletion.text.push_str(text);
        }
        if let Some(dropped) = self.fields.dropping() {
            return dropped.push_str(text);
        }
        if properties.hidden == Some(true) {
            return self.hide(text);
        }
        let face = properties.face.as_deref().unwrap_or_default();
        let is_coded = |character: char| ('\u{F020}'..='\u{F0FF}').contains(&character);
        if !text.contains(is_coded) {
            return self.push_text(text, properties);
        }
        for character in text.chars() {
            if is_coded(character) {
                self.coded(face, u32::from(character), properties);
            } else {
                self.push_text(character.encode_utf8(&mut [0; 4]), properties);
            }
        }
    }

    fn push_text(&mut self, text: &str, properties: &Properties) {
        let mut format = properties.format(text);
        format.link = self.fields.link();
        if format.link.is_some() && properties.underline == Some(true) {
            format.emphasis = properties.emphasis == Some(true);
        }
        if let Some(Run { format: last, content: Content::Text(before) }) = self.content.last_mut()
            && *last == format
        {
            return before.push_str(text);
        }
        self.content.push(Run::text(text, format));
    }

    fn push(&mut self, content: Content, properties: &Properties) {
        if let Some(deletion) = &mut self.deletion {
            return deletion.text.push(' ');
        }
        if let Some(dropped) = self.fields.dropping() {
            return dropped.push(' ');
        }
        let mut format = properties.format("");
        format.link = self.fields.link();
        format.language = None;
        self.content.push(Run { format, content });
    }

    fn hide(&mut self, text: &str) {
        if let Some(Run { content: Content::Removed(removal), .. }) = self.content.last_mut()
            && removal.rule == "removed-hidden-text"
        {
            return removal.text.push_str(text);
        }
        self.remove(Some(Removal::new("removed-hidden-text", "hidden text", text)));
    }

    pub(super) fn remove(&mut self, removal: Option<Removal>) {
        if let Some(removal) = removal {
            match &mut self.deletion {
                Some(deletion) => deletion.text.push_str(&removal.text),
                None => self.content.push(Run::plain(Content::Removed(removal))),
            }
        }
    }

    pub(super) fn report(&mut self, report: Diagnostic) {
        self.content.push(Run::plain(Content::Report(Box::new(report))));
    }

    fn formula(&mut self, tex: String) {
        if let Some(deletion) = &mut self.deletion {
            return deletion.text.push_str(&tex);
        }
        if let Some(dropped) = self.fields.dropping() {
            return dropped.push_str(&tex);
        }
        if !tex.trim().is_empty() {
            self.content.push(Run::plain(Content::Math(tex)));
        }
    }

    fn hyperlink(&mut self, element: Element, outer: &Properties) {
        let target = element.attribute("r:id").and_then(|id| self.relations?.get(id));
        let mut address = match target.map(|relation| &relation.target) {
            Some(Target::Outside(address)) => address.clone(),
            _ => String::new(),
        };
        if let Some(anchor) = element.attribute("w:anchor").filter(|anchor| !anchor.is_empty()) {
            address.push('#');
            address.push_str(anchor);
        }
        self.fields.open_link(Some(address).filter(|address| !address.is_empty()).map(Rc::from));
        self.inlines(element, outer);
        self.fields.close();
    }

    fn symbol(&mut self, element: Element, outer: &Properties) {
        let code = element.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(code) = code {
            self.coded(element.attribute("w:font").unwrap_or_default(), code, outer);
        }
    }

    /// A character of a symbol face, by its code.
    fn coded(&mut self, face: &str, code: u32, properties: &Properties) {
        let plain = if symbols::is_symbol_face(face) { None } else { char::from_u32(code) };
        let plain = plain.filter(|character| !('\u{E000}'..='\u{F8FF}').contains(character));
        match symbols::character(face, code).or(plain) {
            Some(character) => {
                let face = Properties { face: None, ..properties.clone() };
                self.text(character.encode_utf8(&mut [0; 4]), &face);
            }
            None => self.report(
                Diagnostic::warning(
                    "unknown-symbol",
                    format!("the character {code:04X} of the face {face} is not known; it is left out"),
                )
                .help("type the character itself, in an ordinary face"),
            ),
        }
    }

    fn note(&mut self, element: Element, is_endnote: bool) {
        if self.deletion.is_some() {
            return;
        }
        if let Some(id) = element.attribute("w:id") {
            self.content.push(Run::plain(Content::Note(note_name(id, is_endnote))));
        }
    }

    fn comment(&mut self, element: Element) {
        let Some(id) = element.attribute("w:id") else { return };
        let Some(comment) = self.comments.get(id) else { return };
        if self.seen_comments.insert(id.to_owned()) {
            self.content.push(Run::plain(Content::Removed(comment.removal())));
        }
    }

    /// Starts a tracked change; gives back the deletion around it.
    pub(super) fn begin_change(&mut self, element: Element) -> Option<Option<Removal>> {
        let (rule, what) = match element.name() {
            "w:del" => ("removed-deletion", "a tracked deletion"),
            "w:moveFrom" => ("removed-move", "the old place of moved text"),
            _ => return None,
        };
        let reason = match element.attribute("w:author").map(str::trim).filter(|author| !author.is_empty()) {
            Some(author) => format!("{what} by {author}"),
            None => what.to_owned(),
        };
        Some(self.deletion.replace(Removal::new(rule, reason, "")))
    }

    /// Ends what `begin_change` began. Gives back what was deleted, unless it is part of something
    /// larger that was.
    pub(super) fn end_change(&mut self, outer: Option<Option<Removal>>) -> Option<Run> {
        let outer = outer?;
        let mut removal = std::mem::replace(&mut self.deletion, outer)?;
        if let Some(outer) = &mut self.deletion {
            outer.text.push_str(&removal.text);
            return None;
        }
        removal.text.truncate(removal.text.trim_end_matches('\n').len());
        (!removal.text.trim().is_empty()).then(|| Run::plain(Content::Removed(removal)))
    }

    /// Deletions that follow each other are one.
    fn push_removed(&mut self, removed: Option<Run>) {
        let Some(run) = removed else { return };
        if let (Some(Content::Removed(last)), Content::Removed(removal)) =
            (self.content.last_mut().map(|last| &mut last.content), &run.content)
            && (last.rule, &last.reason) == (removal.rule, &removal.reason)
        {
            last.text.push_str(&removal.text);
            return;
        }
        self.content.push(run);
    }

    fn deleted_text(&mut self, element: Element) {
        let text = element.text();
        match &mut self.deletion {
            Some(deletion) => deletion.text.push_str(&text),
            None => self.remove(Some(Removal::new("removed-deletion", "a tracked deletion", text))),
        }
    }

    /// Insertions of one author in one paragraph are told once.
    fn note_insertion(&mut self, element: Element) {
        let author = element.attribute("w:author").map(str::trim).unwrap_or_default();
        let text = text_of(element);
        if text.is_empty() || self.deletion.is_some() {
            return;
        }
        match self.insertions.last_mut().filter(|(last, _)| last == author) {
            Some((_, inserted)) => {
                inserted.push(' ');
                inserted.push_str(&text);
            }
            None => self.insertions.push((author.to_owned(), text)),
        }
    }

    pub(super) fn report_insertions(&mut self) {
        for (author, text) in std::mem::take(&mut self.insertions) {
            let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
            let message = format!("kept a tracked insertion{by}: “{}”", shorten(&text, 60));
            self.report(Diagnostic::note("accepted-insertion", message));
        }
    }
}
