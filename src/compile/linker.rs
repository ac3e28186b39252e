//! Resolving what one essay refers to.
//!
//! A [`Linker`] walks the essay in reading order and turns [`Parsed`] references into [`Linked`]
//! ones. What it needs of other chapters is in [`Surroundings`], so that essays are linked in
//! parallel.

mod citations;
mod figures;
mod marks;
mod notes;
mod pages;
mod places;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::anthology::Division;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::{
    Block, Inline, Parsed, Point, Reference, Run, Shown, Span, Target, Written, WrittenNote, plain_text,
    visit_runs,
};
use crate::manifest::Links;

use super::glossary::TermFinder;
use super::headings::has_text;
use super::library::Library;
use super::linked::{AnchorDraft, Linked, LinkedChapter, LocalAnchor, PendingLink};
use super::order::Essay;
use super::pictures::Gallery;
use super::readings::{Reading, Readings};
use super::rewrite::{self, Figure, Heading, Rewrite};
use super::targets::Targets;

use notes::{NoteState, PendingNote};

/// Problems of one kind that an editor will read of one essay; what is left is counted.
const MOST_TOLD: usize = 100;

/// What every chapter needs to know of the book.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    pub(super) targets: &'a Targets,
    /// Identifiers of the chapters.
    pub(super) ids: &'a [String],
    /// Titles of the chapters.
    pub(super) titles: &'a [String],
    pub(super) library: &'a Library,
    pub(super) terms: &'a TermFinder,
    pub(super) term_count: usize,
    pub(super) gallery: &'a Gallery,
    /// The book's language.
    pub(super) language: &'a str,
    pub(super) citing: Citing,
}

/// How the book cites.
#[derive(Debug, Clone, Copy)]
pub(super) struct Citing {
    pub(super) links: Links,
    /// Whether the style sets citations in notes.
    pub(super) in_notes: bool,
}

/// A definition that an essay gives to the glossary.
#[derive(Debug)]
pub(super) struct EssayDefinition {
    pub(super) term: usize,
    /// Among the term's definitions.
    pub(super) definition: usize,
    pub(super) content: Vec<Block<Parsed>>,
}

/// Resolves the references of one essay.
pub(super) fn link(
    chapter: usize,
    essay: &mut Essay,
    definitions: Vec<EssayDefinition>,
    book: &Surroundings<'_>,
) -> (LinkedChapter, Vec<Diagnostic>) {
    let body = std::mem::take(&mut essay.document.body);
    let questions = std::mem::take(&mut essay.discussion);
    let mut notes = std::mem::take(&mut essay.document.notes);
    let marks = count_marks(&body) + notes.iter().map(|note| count_marks(&note.body)).sum::<usize>();
    let readings = Readings::of(&mut notes, &body);
    let mut linker = Linker::new(chapter, essay, notes, readings.notes, book);
    linker.out.references = readings.references;
    linker.out.restated = readings.restated;
    linker.unresolved(readings.unresolved);
    for block in body {
        linker.block(block);
    }
    linker.unreferenced_notes();
    linker.lost_marks(marks);
    linker.definitions(definitions);
    linker.questions(questions);
    linker.tell_the_rest();
    (linker.out, linker.diagnostics)
}

/// How many marks for the index there are.
fn count_marks(blocks: &[Block<Parsed>]) -> usize {
    fn within(content: &[Inline<Parsed>]) -> usize {
        let count = |inline: &Inline<Parsed>| match inline {
            Inline::Anchor(Point::Index(_)) => 1,
            outer => within(outer.content()),
        };
        content.iter().map(count).sum()
    }
    let mut marks = 0;
    visit_runs(blocks, &mut |run| {
        if let Run::Inlines(content) = run {
            marks += within(content);
        }
    });
    marks
}

/// Where the linker is, which decides what may be a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Body,
    Note,
    /// A definition in the book's glossary.
    Glossary,
    /// The appendix of questions.
    Discussion,
}

impl Where {
    /// Whether it is at the end of the book, which has no notes of its own.
    fn is_back_matter(self) -> bool {
        matches!(self, Where::Glossary | Where::Discussion)
    }
}

struct Linker<'a> {
    chapter: usize,
    /// The chapter's identifier, which the identifiers within it start with.
    id: &'a str,
    essay: &'a Essay,
    book: &'a Surroundings<'a>,
    out: LinkedChapter,
    diagnostics: Vec<Diagnostic>,
    notes: Vec<NoteState>,
    note_by_label: HashMap<String, usize>,
    /// Notes that are referred to but not linked yet.
    pending: VecDeque<PendingNote>,
    /// The reference that stands for the essay's video.
    video: Option<usize>,
    missing_video_reported: bool,
    /// Keys that no file has, which were told of.
    unknown_keys: HashSet<String>,
    /// References that stand for pages which links lead to, by the identity of their addresses.
    pages: HashMap<String, usize>,
    place: Where,
    /// Position of the note that is being linked.
    note: Option<usize>,
    /// Within a link, where no other link may stand.
    in_link: bool,
    in_heading: bool,
    /// Within the author's words for a source, which a citation follows.
    in_source: bool,
    /// Within the line that says whose words a quotation has.
    in_attribution: bool,
    /// Headings met so far.
    headings: usize,
    used_terms: Vec<bool>,
    /// How many anchors of each kind there are.
    numbers: HashMap<&'static str, usize>,
    /// How often each problem was met.
    told: BTreeMap<&'static str, usize>,
}

impl<'a> Linker<'a> {
    fn new(
        chapter: usize,
        essay: &'a Essay,
        notes: Vec<WrittenNote>,
        readings: Vec<Reading>,
        book: &'a Surroundings<'a>,
    ) -> Self {
        let id = book.ids.get(chapter).map_or("", String::as_str);
        let division = Division::Chapter(chapter);
        let mut anchors = vec![AnchorDraft { division, id: id.to_owned(), stands: true }];
        if let Some(outline) = book.targets.outlines.get(chapter) {
            let draft = |id: &String, stands| AnchorDraft { division, id: id.clone(), stands };
            anchors.extend(outline.headings.iter().map(|(_, id)| draft(id, true)));
            // Until the tree is found to hold them.
            anchors.extend(outline.places.iter().map(|id| draft(id, false)));
        }
        let mut note_by_label = HashMap::new();
        for (at, note) in notes.iter().enumerate() {
            note_by_label.entry(notes::label_key(&note.label)).or_insert(at);
        }
        Linker {
            chapter,
            id,
            essay,
            book,
            out: LinkedChapter { anchors, ..LinkedChapter::default() },
            diagnostics: Vec::new(),
            notes: notes.into_iter().zip(readings).map(|(note, it)| NoteState::Waiting(note, it)).collect(),
            note_by_label,
            pending: VecDeque::new(),
            video: None,
            missing_video_reported: false,
            unknown_keys: HashSet::new(),
            pages: HashMap::new(),
            place: Where::Body,
            note: None,
            in_link: false,
            in_heading: false,
            in_source: false,
            in_attribution: false,
            headings: 0,
            used_terms: vec![false; book.term_count],
            numbers: HashMap::new(),
            told: BTreeMap::new(),
        }
    }

    /// Links one block of the body, then the notes that it refers to, so that citations come in the
    /// order in which they are read.
    fn block(&mut self, block: Block<Parsed>) {
        let mut body = std::mem::take(&mut self.out.body);
        rewrite::block_into(self, block, &mut body);
        self.out.body = body;
        self.pending_notes();
    }

    fn definitions(&mut self, definitions: Vec<EssayDefinition>) {
        self.place = Where::Glossary;
        for EssayDefinition { term, definition, content } in definitions {
            let content = rewrite::blocks(self, content);
            self.out.definitions.push((term, definition, content));
        }
    }

    fn questions(&mut self, questions: Vec<Block<Parsed>>) {
        self.place = Where::Discussion;
        self.out.discussion = rewrite::blocks(self, questions);
    }

    /// Defines an anchor of the chapter, or of the back matter when that is where the linker is.
    fn anchor(&mut self, kind: &'static str) -> LocalAnchor {
        let division = match self.place {
            Where::Body | Where::Note => Division::Chapter(self.chapter),
            Where::Glossary => Division::Glossary,
            Where::Discussion => Division::Discussion,
        };
        let number = self.numbers.entry(kind).or_default();
        *number += 1;
        let id = format!("{}_{kind}-{number}", self.id);
        self.out.anchors.push(AnchorDraft { division, id, stands: true });
        LocalAnchor(self.out.anchors.len() - 1)
    }

    /// Tells of marks for the index in what is not printed as it stands: notes that became sources.
    fn lost_marks(&mut self, written: usize) {
        let lost = written.saturating_sub(self.out.index_marks.len());
        if lost > 0 {
            let message = match lost {
                1 => {
                    "a mark for the index stands in a note that became a source; it leads nowhere".to_owned()
                }
                many => format!(
                    "{many} marks for the index stand in notes that became sources; they lead nowhere"
                ),
            };
            let place = Place::file(&self.essay.manuscript.file);
            let help = "put them in the running text";
            self.diagnostics.push(Diagnostic::warning("lost-index-mark", message).at(place).help(help));
        }
    }

    fn warn(&mut self, code: &'static str, message: String, span: Span, help: &str) {
        if self.is_worth_telling(code) {
            let place = self.essay.manuscript.place(span);
            self.diagnostics.push(Diagnostic::warning(code, message).at(place).help(help));
        }
    }

    fn note(&mut self, code: &'static str, message: String, span: Span) {
        if self.is_worth_telling(code) {
            let place = self.essay.manuscript.place(span);
            self.diagnostics.push(Diagnostic::note(code, message).at(place));
        }
    }

    fn is_worth_telling(&mut self, code: &'static str) -> bool {
        let count = self.told.entry(code).or_default();
        *count += 1;
        *count <= MOST_TOLD
    }

    /// Says how many messages were not told one by one.
    fn tell_the_rest(&mut self) {
        for (code, count) in self.told.iter().filter(|(_, count)| **count > MOST_TOLD) {
            let message = format!("{} more places in this essay have this problem", count - MOST_TOLD);
            let place = Place::file(&self.essay.manuscript.file);
            self.diagnostics.push(Diagnostic::warning(code, message).at(place));
        }
    }

    /// Links a link's own text, in which no further link may stand.
    fn link_text(&mut self, content: Vec<Inline<Parsed>>) -> Vec<Inline<Linked>> {
        let before = std::mem::replace(&mut self.in_link, true);
        let content = rewrite::inlines(self, content);
        self.in_link = before;
        content
    }

    /// Whether terms are linked where the linker is.
    fn links_terms(&self) -> bool {
        let is_apart = self.in_link || self.in_heading || self.in_source || self.in_attribution;
        self.place == Where::Body && !is_apart && self.book.term_count > 0
    }

    /// Takes down a term's first use in the chapter, which is here; none where it is not the first, or no link
    /// may stand.
    fn use_term(&mut self, term: usize) -> Option<LocalAnchor> {
        if !self.links_terms() {
            return None;
        }
        let used = self.used_terms.get_mut(term)?;
        if std::mem::replace(used, true) {
            return None;
        }
        let here = self.anchor("term");
        self.out.uses.push((term, here));
        Some(here)
    }

    /// Turns a heading where none may stand into a line of strong text.
    fn heading_as_paragraph(&mut self, content: Vec<Inline<Parsed>>, out: &mut Vec<Block<Linked>>) {
        let content = rewrite::inlines(self, content);
        rewrite::push_paragraph(vec![Inline::Strong(content)], out);
    }
}

impl Rewrite<Parsed, Linked> for Linker<'_> {
    fn run(&mut self, content: Vec<Inline<Parsed>>) -> Vec<Inline<Parsed>> {
        if self.sets_notes() { self.place_marks(content) } else { content }
    }

    fn text(&mut self, text: String, out: &mut Vec<Inline<Linked>>) {
        if !self.links_terms() {
            rewrite::push_text(text, out);
            return;
        }
        let mut done = 0;
        for found in self.book.terms.find(&text) {
            let term = self.book.terms.meant_in(self.chapter, found.term);
            let Some(here) = self.use_term(term) else { continue };
            rewrite::push_text(text[done..found.range.start].to_owned(), out);
            let content = vec![Inline::Text(text[found.range.clone()].to_owned())];
            out.push(Inline::Link { to: PendingLink::Term { term, here }, content });
            done = found.range.end;
        }
        rewrite::push_text(text[done..].to_owned(), out);
    }

    fn link(&mut self, to: Reference, content: Vec<Inline<Parsed>>, out: &mut Vec<Inline<Linked>>) {
        let span = to.span;
        match to.target {
            Target::Address(address) => self.address(&address, content, span, out),
            Target::Wikilink { page, heading } => {
                self.wikilink(&page, heading.as_deref(), false, content, span, out);
            }
            Target::Embed { page, heading } => {
                self.wikilink(&page, heading.as_deref(), true, content, span, out);
            }
            Target::Note(label) => self.note_reference(&label, span, out),
            Target::Citation(keys) => self.citation(keys, span, out),
            Target::Timestamp(seconds) => self.timestamp(seconds, span, out),
        }
    }

    fn quote(&mut self, mut content: Vec<Block<Parsed>>, out: &mut Vec<Block<Linked>>) {
        let attribution = content.pop_if(|last| is_attribution(last));
        let mut quoted = rewrite::blocks(self, content);
        if let Some(attribution) = attribution {
            let before = std::mem::replace(&mut self.in_attribution, true);
            rewrite::block_into(self, attribution, &mut quoted);
            self.in_attribution = before;
        }
        out.push(Block::Quote(quoted));
    }

    /// Authors raise references by hand; how high a citation stands is the style's business.
    fn superscript(&mut self, content: Vec<Inline<Parsed>>, out: &mut Vec<Inline<Linked>>) {
        if marks::are_raised(&content) {
            let links = content.into_iter().filter(marks::is_reference).collect();
            rewrite::inlines_into(self, links, out);
        } else {
            let content = rewrite::inlines(self, content);
            if !content.is_empty() {
                out.push(Inline::Superscript(content));
            }
        }
    }

    fn point(&mut self, point: Point, out: &mut Vec<Inline<Linked>>) {
        let name = match point {
            Point::Place(name) => name,
            Point::Index(mark) => {
                let anchor = self.anchor("index");
                self.out.index_marks.push((mark, anchor));
                out.push(Inline::Anchor(anchor));
                return;
            }
        };
        let outline = self.book.targets.outlines.get(self.chapter);
        let found = outline.and_then(|outline| Some(1 + outline.headings.len() + outline.find_place(&name)?));
        let Some(at) = found.filter(|_| self.place == Where::Body) else { return };
        // Of two places of one name, the first is meant.
        if let Some(draft @ AnchorDraft { stands: false, .. }) = self.out.anchors.get_mut(at) {
            draft.stands = true;
            out.push(Inline::Anchor(LocalAnchor(at)));
        }
    }

    fn image(&mut self, picture: Shown<Written<String>>, alt: String, out: &mut Vec<Inline<Linked>>) {
        self.picture_in_line(picture, alt, out);
    }

    fn heading(&mut self, heading: Heading<Parsed>, out: &mut Vec<Block<Linked>>) {
        if !has_text(&heading.content) {
            return;
        }
        if self.place != Where::Body {
            self.heading_as_paragraph(heading.content, out);
            return;
        }
        let outline = self.book.targets.outlines.get(self.chapter);
        let level = outline.and_then(|outline| outline.headings.get(self.headings)).map(|(level, _)| *level);
        self.headings += 1;
        let Some(level) = level else {
            self.heading_as_paragraph(heading.content, out);
            return;
        };
        // The chapter's own anchor is the first; headings follow in their order.
        let anchor = LocalAnchor(self.headings);
        self.in_heading = true;
        let content = rewrite::inlines(self, heading.content);
        self.in_heading = false;
        out.push(Block::Heading { level, anchor, content, span: heading.span });
    }

    fn figure(&mut self, figure: Figure<Parsed>, out: &mut Vec<Block<Linked>>) {
        self.figure_block(figure, out);
    }
}

/// Whether a quotation's last paragraph says whose words it has: `— Ada Lovelace, Notes`.
fn is_attribution(block: &Block<Parsed>) -> bool {
    match block {
        Block::Paragraph(content) => plain_text(content).trim_start().starts_with(['—', '–', '―', '~']),
        _ => false,
    }
}
