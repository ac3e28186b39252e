//! Citations as notes, and within notes, where the style writes sources out.

use crate::anthology::{Link, PictureId, Resolved};
use crate::document::{Block, Inline, Shown, plain_text};

use super::super::rewrite::{self, Figure, Heading, Rewrite};

/// Words that lead over to a source, which then stands without brackets.
const LEADS: [&str; 30] = [
    "see", "also", "cf.", "cf", "compare", "in", "from", "e.g.", "and", "or", "by", "with", "but", "siehe",
    "vgl.", "auch", "und", "bei", "nach", "voir", "aussi", "dans", "et", "véase", "ver", "también", "en",
    "y", "per", "quoted",
];
/// What styles begin a repeated citation with.
const IBIDEM: [&str; 7] = ["Ibid", "Ebd", "Ebenda", "Ibíd", "Ivi", "Ibidem", "Ídem"];

/// Whether a citation needs no brackets after what stands before it in its note.
pub(super) fn stands_alone(before: &[Inline<Resolved>]) -> bool {
    let mut texts = before.iter().rev().map(|inline| plain_text(std::slice::from_ref(inline)));
    let Some(text) = texts.find(|text| !text.trim().is_empty()) else { return true };
    let text = text.trim_end();
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '[']);
    let leads = LEADS.iter().any(|lead| word.to_lowercase() == *lead);
    leads || text.ends_with(['.', '!', '?', ';', ':', '(', '[', '—', '–', '“', '„', '«'])
}

/// A signal that begins a note: `See` for `see`.
pub(super) fn capitalised(signal: &str) -> String {
    let mut letters = signal.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `See ibid.`, not `See Ibid.`
pub(super) fn lower_ibid(content: &mut [Inline<Resolved>]) {
    match content.first_mut() {
        Some(Inline::Text(text)) if IBIDEM.iter().any(|ibid| text.starts_with(ibid)) => {
            let mut letters = text.chars();
            *text = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
        }
        Some(Inline::Emphasis(content)) => lower_ibid(content),
        _ => {}
    }
}

/// Links a source as far as its first address: that is a link by itself, and links hold none.
pub(super) fn push_link(to: Link, mut content: Vec<Inline<Resolved>>, out: &mut Vec<Inline<Resolved>>) {
    let length = content.iter().take_while(|inline| !holds_link(inline)).count();
    let rest = content.split_off(length);
    if !plain_text(&content).contains(char::is_alphanumeric) {
        content.extend(rest);
        out.push(Inline::Link { to, content: without_links(content) });
        return;
    }
    // The space before an address belongs to neither.
    let mut space = String::new();
    if let Some(Inline::Text(last)) = content.last_mut().filter(|_| !rest.is_empty()) {
        space = last.split_off(last.trim_end().len());
    }
    out.push(Inline::Link { to, content });
    rewrite::push_text(space, out);
    out.extend(rest);
}

fn holds_link(inline: &Inline<Resolved>) -> bool {
    matches!(inline, Inline::Link { .. }) || inline.content().iter().any(holds_link)
}

/// The same words, none of them a link.
pub(super) fn without_links(content: Vec<Inline<Resolved>>) -> Vec<Inline<Resolved>> {
    rewrite::inlines(&mut WordsOnly, content)
}

struct WordsOnly;

impl Rewrite<Resolved, Resolved> for WordsOnly {
    fn link(&mut self, _: Link, content: Vec<Inline<Resolved>>, out: &mut Vec<Inline<Resolved>>) {
        rewrite::inlines_into(self, content, out);
    }

    fn image(&mut self, picture: Shown<PictureId>, alt: String, out: &mut Vec<Inline<Resolved>>) {
        out.push(Inline::Image { picture, alt });
    }

    fn heading(&mut self, heading: Heading<Resolved>, out: &mut Vec<Block<Resolved>>) {
        rewrite::push_paragraph(rewrite::inlines(self, heading.content), out);
    }

    fn figure(&mut self, figure: Figure<Resolved>, out: &mut Vec<Block<Resolved>>) {
        rewrite::push_paragraph(rewrite::inlines(self, figure.caption), out);
    }
}
