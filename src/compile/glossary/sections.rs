//! Finding the glossary that an essay ends with.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Parsed, Span, plain_text};
use crate::section_names;

use super::super::order::Essay;
use super::Superseded;
use super::entries::Reader;
use super::written::{TermPlace, WrittenTerm};

/// What was found in one essay.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) terms: Vec<WrittenTerm>,
    pub(super) superseded: Vec<Superseded>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Takes the essay's glossary sections out of its body. What in them is no entry stays.
pub(super) fn take(chapter: usize, essay: &mut Essay) -> Taken {
    let mut taken = Taken::default();
    if !essay.document.body.iter().any(|block| glossary_heading(block).is_some()) {
        return taken;
    }
    let mut kept = Vec::new();
    let mut blocks = std::mem::take(&mut essay.document.body).into_iter().peekable();
    while let Some(block) = blocks.next() {
        let Some((level, span)) = glossary_heading(&block) else {
            kept.push(block);
            continue;
        };
        let mut section = Vec::new();
        while let Some(next) =
            blocks.next_if(|next| !matches!(next, Block::Heading { level: l, .. } if *l <= level))
        {
            section.push(next);
        }
        let mut reader = Reader::new();
        let rest = reader.read(section);
        if reader.entries.is_empty() {
            taken.diagnostics.push(
                Diagnostic::warning(
                    "glossary-without-entries",
                    "this glossary has no entries that can be read",
                )
                .at(essay.manuscript.place(span))
                .help("write each entry as a list item, `Term: definition`"),
            );
        }
        for entry in reader.entries {
            let place = TermPlace::Below { chapter, span };
            let term = WrittenTerm::of_essay(entry.name, chapter, essay, place);
            taken.terms.push(WrittenTerm {
                aliases: entry.aliases,
                see: entry.see,
                see_also: entry.see_also,
                definition: entry.definition,
                ..term
            });
        }
        taken.superseded.extend(reader.signposts.into_iter().map(|words| Superseded { chapter, words }));
        if rest.iter().any(|block| *block != Block::Break) {
            kept.push(block);
            kept.extend(rest);
        }
    }
    // A pause before a section that left would end the chapter.
    while kept.last() == Some(&Block::Break) && !taken.terms.is_empty() {
        kept.pop();
    }
    essay.document.body = kept;
    taken
}

fn glossary_heading(block: &Block<Parsed>) -> Option<(u8, Span)> {
    match block {
        Block::Heading { level, content, span, .. }
            if section_names::names_glossary(&plain_text(content)) =>
        {
            Some((*level, *span))
        }
        _ => None,
    }
}
