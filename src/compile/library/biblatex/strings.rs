//! Abbreviations: `@string{mind = {Mind}}`, then `journal = mind # { (Oxford)}`.

use std::borrow::Cow;
use std::collections::HashMap;

use ::biblatex::{Field, Pair, RawChunk};

use super::super::Problems;
use super::RawPiece;
use crate::labels::Labels;

/// Longest text that an abbreviation may stand for.
const LONGEST: usize = 1 << 14;

/// The abbreviations of a file, written out.
#[derive(Debug)]
pub(super) struct Strings {
    texts: HashMap<String, String>,
    /// Bytes that abbreviations may still add to the file.
    budget: usize,
}

impl Strings {
    pub(super) fn new(file_length: usize) -> Self {
        Strings { texts: HashMap::new(), budget: (1 << 20) + 4 * file_length }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Takes down a definition. It can use those before it only, so that none leads in a circle.
    pub(super) fn define(&mut self, pair: &Pair<'_>, base: usize, problems: &mut Problems<'_>) {
        let pieces = self.expand(&pair.value.v, base, problems);
        let text: String = pieces
            .iter()
            .map(|piece| match piece {
                RawPiece::Text(text, _) => text.as_ref(),
                RawPiece::Month(number) => Labels::of("en").months[*number],
            })
            .collect();
        if text.len() > LONGEST {
            let message = format!("the abbreviation `{}` is too long", pair.key.v);
            problems.broken(base + pair.key.span.start, message, "write its text out where it is used");
            return;
        }
        self.texts.insert(pair.key.v.to_lowercase(), text);
    }

    /// A field's value with its abbreviations written out; an unknown one stands for itself.
    pub(super) fn expand<'a>(
        &mut self,
        field: &Field<'a>,
        base: usize,
        problems: &mut Problems<'_>,
    ) -> Vec<RawPiece<'a>> {
        let mut pieces = Vec::with_capacity(field.len());
        for chunk in field {
            let at = chunk.span.start;
            let name = match chunk.v {
                RawChunk::Normal(text) => {
                    pieces.push(RawPiece::Text(Cow::Borrowed(text), at));
                    continue;
                }
                RawChunk::Abbreviation(name) => name,
            };
            if let Some(text) = self.texts.get(&name.to_lowercase()) {
                if text.len() <= self.budget {
                    self.budget -= text.len();
                    pieces.push(RawPiece::Text(Cow::Owned(text.clone()), at));
                    continue;
                }
            } else if let Some(month) = month(name) {
                pieces.push(RawPiece::Month(month));
                continue;
            } else {
                let message = format!("there is no abbreviation `{name}`");
                let help = "put text between braces, or define it: `@string{name = {text}}`";
                problems.broken(base + at, message, help);
            }
            pieces.push(RawPiece::Text(Cow::Borrowed(name), at));
        }
        pieces
    }
}

/// The month that every file can name without defining it, from 0.
fn month(name: &str) -> Option<usize> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    NAMES.iter().position(|known| name == *known || (name.len() > 3 && name.starts_with(known)))
}
