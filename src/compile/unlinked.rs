//! Text that no chapter has, such as a glossary file's: it refers to nothing within the book.

use crate::anthology::{Link, Resolved};
use crate::document::{Block, Inline, Parsed, Reference, Shown, Target, Written};

use super::addresses::{self, Address};
use super::rewrite::{self, Figure, Heading, Rewrite};

/// The blocks with the addresses that they lead to, and without all other references.
pub(super) fn unlinked(content: Vec<Block<Parsed>>) -> Vec<Block<Resolved>> {
    rewrite::blocks(&mut Unlinked, content)
}

struct Unlinked;

impl Rewrite<Parsed, Resolved> for Unlinked {
    fn link(&mut self, to: Reference, content: Vec<Inline<Parsed>>, out: &mut Vec<Inline<Resolved>>) {
        let content = rewrite::inlines(self, content);
        let address = match &to.target {
            Target::Address(written) => match addresses::read(written) {
                Address::External(address) => Some(address),
                _ => None,
            },
            // A mark without what it marks is none.
            Target::Note(_) | Target::Citation(_) => return,
            Target::Wikilink { .. } | Target::Embed { .. } | Target::Timestamp(_) => None,
        };
        match address {
            Some(address) => out.push(Inline::Link { to: Link::External(address.to_owned()), content }),
            None => out.extend(content),
        }
    }

    fn image(&mut self, _: Shown<Written<String>>, alt: String, out: &mut Vec<Inline<Resolved>>) {
        rewrite::push_text(alt, out);
    }

    fn heading(&mut self, heading: Heading<Parsed>, out: &mut Vec<Block<Resolved>>) {
        let content = rewrite::inlines(self, heading.content);
        rewrite::push_paragraph(vec![Inline::Strong(content)], out);
    }

    fn figure(&mut self, figure: Figure<Parsed>, out: &mut Vec<Block<Resolved>>) {
        let caption = rewrite::inlines(self, figure.caption);
        rewrite::push_paragraph(caption, out);
    }
}
