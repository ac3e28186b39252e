//! Questions for discussion: found in the essays or asked in the manifest, and gathered at the book's end.

use rayon::prelude::{IntoParallelRefMutIterator, ParallelIterator};

use crate::anthology::{Discussion, Division, Link, Resolved};
use crate::diagnostic::Diagnostic;
use crate::document::{
    Block, Inline, List, Numerals, Parsed, Phase, Run, Span, Target, plain_text, visit_runs,
};
use crate::labels::Labels;
use crate::manifest::{DiscussionPlace, DiscussionSettings};
use crate::section_names;

use super::assembly::Book;
use super::order::Essay;

/// Takes the questions that essays end with out of their bodies, or copies them, as the editor wants; what
/// the manifest asks is added to them.
pub(super) fn take(essays: &mut [Essay], place: DiscussionPlace, language: &str) -> Vec<Diagnostic> {
    let of_essay = |essay: &mut Essay| {
        let asked = questions(&essay.asked);
        let mut found = Vec::new();
        let mut diagnostics = Vec::new();
        if place.is_in_appendix() {
            let body = std::mem::take(&mut essay.document.body);
            let mut taker = Taker { keeps: place.is_in_chapters(), found: Vec::new(), spared: Vec::new() };
            essay.document.body = taker.take(body);
            let told = taker.spared.into_iter().map(|span| {
                let message =
                    "these questions have footnotes, which the appendix has no place for: they stay here";
                Diagnostic::note("questions-with-notes", message).at(essay.manuscript.place(span))
            });
            diagnostics.extend(told);
            found = taker.found;
            found.extend(asked.clone());
        }
        if place.is_in_chapters()
            && let Some(asked) = asked
        {
            let labels = Labels::of(essay.language.as_deref().unwrap_or(language));
            let content = vec![Inline::Text(labels.discussion.to_owned())];
            essay.document.body.push(Block::Heading {
                level: 1,
                anchor: None,
                content,
                span: Span::default(),
            });
            essay.document.body.push(asked);
        }
        essay.discussion = found;
        diagnostics
    };
    essays.par_iter_mut().flat_map_iter(of_essay).collect()
}

/// Lets chapters lead to their questions, and adds those on the whole book.
pub(super) fn finish(settings: &DiscussionSettings, book: &mut Book, language: &str) {
    let labels = Labels::of(language);
    if settings.place == DiscussionPlace::Appendix {
        for discussion in &book.discussion {
            let chapter = discussion.chapter.and_then(|chapter| book.chapters.get_mut(chapter));
            if let Some(chapter) = chapter {
                let text = vec![Inline::Text(labels.questions_at_end.to_owned())];
                let link = Inline::Link { to: Link::Place(discussion.anchor), content: text };
                let content = if chapter.language == language {
                    vec![link]
                } else {
                    vec![Inline::Foreign { language: language.to_owned(), content: vec![link] }]
                };
                chapter.body.push(Block::Paragraph(vec![Inline::Emphasis(content)]));
            }
        }
    }
    if let Some(asked) = questions::<Resolved>(&settings.questions) {
        let anchor = book.anchors.define(Division::Discussion, "discussion_book".to_owned());
        book.discussion.push(Discussion { anchor, chapter: None, questions: vec![asked] });
    }
}

/// Questions as a list; one is a paragraph, and none is nothing.
fn questions<P: Phase>(asked: &[String]) -> Option<Block<P>> {
    let item = |text: &String| Block::Paragraph(vec![Inline::Text(text.replace('\'', "’"))]);
    if let [only] = asked {
        return Some(item(only));
    }
    let items: Vec<Vec<Block<P>>> = asked.iter().map(|text| vec![item(text)]).collect();
    let list = List { start: Some(1), numerals: Numerals::default(), tight: true, items };
    (!asked.is_empty()).then_some(Block::List(list))
}

struct Taker {
    /// Whether the questions stay in the chapter, too.
    keeps: bool,
    found: Vec<Block<Parsed>>,
    /// Sections whose questions have notes.
    spared: Vec<Span>,
}

impl Taker {
    /// A body without its questions. What in their sections is no question stays under its heading.
    fn take(&mut self, body: Vec<Block<Parsed>>) -> Vec<Block<Parsed>> {
        let mut kept = Vec::with_capacity(body.len());
        let mut blocks = body.into_iter().peekable();
        while let Some(block) = blocks.next() {
            match block {
                Block::Heading { level, ref content, span, .. }
                    if section_names::names_discussion(&plain_text(content)) =>
                {
                    let mut section = Vec::new();
                    while let Some(next) = blocks
                        .next_if(|next| !matches!(next, Block::Heading { level: own, .. } if *own <= level))
                    {
                        section.push(next);
                    }
                    let (questions, rest) = self.part(section, span);
                    if questions == 0 || rest.iter().any(|block| *block != Block::Break) {
                        kept.push(block);
                        kept.extend(rest);
                    }
                }
                Block::Callout { kind, title, body }
                    if section_names::names_discussion(&plain_text(&title)) =>
                {
                    let (questions, rest) = self.part(body, Span::default());
                    if questions == 0 || !rest.is_empty() {
                        kept.push(Block::Callout { kind, title, body: rest });
                    }
                }
                other => kept.push(other),
            }
        }
        // A pause before questions that left would end the chapter.
        while !self.keeps && !self.found.is_empty() && kept.last() == Some(&Block::Break) {
            kept.pop();
        }
        kept
    }

    /// Takes the questions of a section; tells how many blocks left it, and what stays.
    fn part(&mut self, section: Vec<Block<Parsed>>, span: Span) -> (usize, Vec<Block<Parsed>>) {
        let is_question: Vec<bool> = section.iter().map(asks).collect();
        let taken: Vec<bool> =
            (0..section.len()).map(|at| is_question[at] || leads_in(&section, &is_question, at)).collect();
        let questions = section.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(block, _)| block);
        if questions.clone().any(has_notes) {
            self.spared.push(span);
            return (0, section);
        }
        self.found.extend(questions.cloned().map(without_level));
        if self.keeps {
            return (0, section);
        }
        let count = taken.iter().filter(|taken| **taken).count();
        let rest = section.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(block, _)| block);
        (count, rest.collect())
    }
}

/// A list, or a paragraph that asks.
fn asks(block: &Block<Parsed>) -> bool {
    match block {
        Block::List(_) => true,
        Block::Paragraph(content) => plain_text(content)
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '”' | '"' | '»' | '’'))
            .ends_with(['?', '？', '؟']),
        _ => false,
    }
}

/// Whether a block introduces questions that follow: a line that ends in a colon, or a heading over
/// questions alone.
fn leads_in(section: &[Block<Parsed>], is_question: &[bool], at: usize) -> bool {
    let next = is_question.get(at + 1).copied().unwrap_or_default();
    match section.get(at) {
        Some(Block::Paragraph(content)) => next && plain_text(content).trim_end().ends_with(':'),
        Some(Block::Heading { .. }) => {
            let below = section.iter().zip(is_question).skip(at + 1);
            next && below
                .take_while(|(block, _)| !matches!(block, Block::Heading { .. }))
                .all(|(_, asks)| *asks)
        }
        _ => false,
    }
}

/// In the appendix the chapter's title is the heading.
fn without_level(block: Block<Parsed>) -> Block<Parsed> {
    match block {
        Block::Heading { content, .. } => Block::Paragraph(vec![Inline::Strong(content)]),
        other => other,
    }
}

fn has_notes(block: &Block<Parsed>) -> bool {
    fn any(content: &[Inline<Parsed>]) -> bool {
        content.iter().any(|inline| match inline {
            Inline::Link { to, .. } if matches!(to.target, Target::Note(_)) => true,
            outer => any(outer.content()),
        })
    }
    let mut found = false;
    visit_runs(std::slice::from_ref(block), &mut |run| {
        if let Run::Inlines(content) = run {
            found |= any(content);
        }
    });
    found
}
