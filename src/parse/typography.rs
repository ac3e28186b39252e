//! Typography: what a typewriter wrote becomes what a printer sets, by the language of the text.
//!
//! Straight quotes, double hyphens, three dots and the spaces at which no line may end are changed, and
//! nothing else: no letter, no digit, no mark that the author set with care. Code, formulas and
//! addresses stay. A paragraph is read as one run through all its inlines, so that a quotation may begin
//! before an emphasis and end within it.
//!
//! What is set:
//!
//! - `"…"` and `'…'` become the language's quotation marks, alternating where they nest; `'` in and before
//!   words is an apostrophe; after digits both are primes (`6'2"`).
//! - `--` is an en dash, `---` an em dash, a hyphen between spaces the language's dash; `--option` and
//!   `3 - 2` stay.
//! - `...` is an ellipsis.
//! - A space that is typed before a unit (`5 km`), after `p.`, `§` or `Dr.`, between initials and inside
//!   `z. B.` does not break; nor does one after a preposition of one letter in Polish, Czech, Slovak,
//!   Russian and their neighbours.
//! - French has spaces before `;`, `!`, `?` (narrow) and `:` and inside guillemets: typed ones become
//!   no-break, missing ones are put in before marks that end a clause. So `12:30`, `?a=b` and `:)` stay.
//!   Guillemets that were typed without spaces stay without. Canadians put none in.

use super::Body;
use crate::document::{Block, List, Metadata, Parsed, Table};
use languages::{Pair, Rules};
use run::Run;

mod languages;
mod marks;
mod quotes;
mod run;
mod spaces;

/// The language of an essay whose language nobody knows.
const FALLBACK: &str = "en";

/// Sets an essay's text, and its title where that is known already.
pub fn set(body: &mut Body, metadata: &mut Metadata) {
    let language = languages::rules(metadata.language.as_deref().unwrap_or(FALLBACK));
    let mut compositor = Compositor { language, run: Run::default() };
    for text in metadata.title.iter_mut().chain(&mut metadata.subtitle) {
        compositor.run.set_text(text, language);
    }
    compositor.blocks(&mut body.blocks);
    for note in &mut body.notes {
        compositor.blocks(&mut note.body);
    }
}

/// The marks around a quotation in a language, with the spaces inside them.
pub fn quotation_marks(language: Option<&str>) -> Pair {
    languages::rules(language.unwrap_or(FALLBACK)).primary
}

struct Compositor {
    language: Rules,
    run: Run,
}

impl Compositor {
    fn blocks(&mut self, blocks: &mut [Block<Parsed>]) {
        for block in blocks {
            match block {
                Block::Heading { content, .. } | Block::Paragraph(content) => {
                    self.run.set(content, self.language);
                }
                Block::List(List { items, .. }) => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::DefinitionList(definitions) => {
                    for definition in definitions {
                        self.run.set(&mut definition.term, self.language);
                        definition.descriptions.iter_mut().for_each(|description| self.blocks(description));
                    }
                }
                Block::Quote(inner) => self.blocks(inner),
                Block::Callout { title, body, .. } => {
                    self.run.set(title, self.language);
                    self.blocks(body);
                }
                Block::Table(Table { caption, header, rows, .. }) => {
                    self.run.set(caption, self.language);
                    for cell in header.iter_mut().chain(rows.iter_mut().flatten()) {
                        self.run.set(cell, self.language);
                    }
                }
                Block::Figure { alt, caption, .. } => {
                    self.run.set_text(alt, self.language);
                    self.run.set(caption, self.language);
                }
                Block::Verse(lines) => {
                    lines.iter_mut().for_each(|line| self.run.set(line, self.language));
                }
                Block::Code { .. } | Block::Math(_) | Block::Break => {}
            }
        }
    }
}
