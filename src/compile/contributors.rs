//! The page on contributors: what the manifest and the essays' metadata say of those who wrote the book.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorPreferences};
use icu_locale_core::Locale;

use crate::anthology::{Biography, Division, Link, Resolved};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Inline, WrittenBiography};
use crate::manifest::Manifest;

use super::addresses::{self, Address};
use super::assembly::Book;
use super::names::{UniqueNames, slug};
use super::order::Essay;

/// Collects biographies, one for each person. The editor's word counts, then that of the earliest essay.
pub(super) fn gather(
    manifest: &Manifest,
    essays: &mut [Essay],
    diagnostics: &mut Diagnostics,
) -> Vec<WrittenBiography> {
    let mut lives: Vec<WrittenBiography> = Vec::new();
    let is_same = |a: &WrittenBiography, b: &WrittenBiography| {
        a.person.name.to_lowercase() == b.person.name.to_lowercase()
    };
    for life in &manifest.biographies {
        if !lives.iter().any(|known| is_same(known, life)) {
            lives.push(life.clone());
        }
    }
    let edited = lives.len();
    for essay in essays {
        for life in std::mem::take(&mut essay.document.metadata.biographies) {
            let Some(at) = lives.iter().position(|known| is_same(known, &life)) else {
                lives.push(life);
                continue;
            };
            if at >= edited && lives[at].text != life.text {
                let name = &life.person.name;
                let message = format!("another essay says something else of {name}: this is not in the book");
                let told = Diagnostic::warning("second-biography", message)
                    .at(Place::file(&essay.manuscript.file))
                    .help("let one of them stand, or write it in the manifest under `contributors:`");
                diagnostics.push(told);
            }
        }
    }
    lives
}

/// Sets the biographies in order, each with what its subject wrote.
pub(super) fn tell(lives: Vec<WrittenBiography>, book: &mut Book, language: &str) -> Vec<Biography> {
    let mut lives = lives;
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let collator = Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default());
    lives.sort_by(|a, b| {
        let (a, b) = (&a.person.file_as, &b.person.file_as);
        let by_language = collator.as_ref().map_or_else(|_| a.cmp(b), |collator| collator.compare(a, b));
        by_language.then_with(|| a.cmp(b))
    });
    let mut names = UniqueNames::default();
    let biography = |WrittenBiography { person, text, links }: WrittenBiography| {
        let name = match slug(&person.name) {
            empty if empty.is_empty() => "person".to_owned(),
            name => name,
        };
        let id = format!("contributors_{}", names.take(&name));
        let anchor = book.anchors.define(Division::Contributors, id);
        let of_theirs = book.chapters.iter().enumerate().filter(|(_, chapter)| {
            let name = person.name.to_lowercase();
            chapter.authors.iter().any(|author| author.name.to_lowercase() == name)
        });
        let chapters = of_theirs.map(|(at, _)| at).collect();
        Biography { anchor, person, text: inlines(&text), links, chapters }
    };
    lives.into_iter().map(biography).collect()
}

/// More text than this is no biography, and is set as it stands.
const LONGEST: usize = 20_000;

/// Text with Markdown's marks for emphasis and links, and with the addresses that stand in it.
fn inlines(text: &str) -> Vec<Inline<Resolved>> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while text.len() <= LONGEST
        && let Some(at) = rest.find(['*', '_', '['])
    {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let in_word = plain.ends_with(char::is_alphanumeric);
        let marked = if from.starts_with('[') { link(from) } else { emphasis(from).filter(|_| !in_word) };
        match marked {
            Some((inline, length)) => {
                push_text(&std::mem::take(&mut plain), &mut found);
                found.push(inline);
                rest = &from[length..];
            }
            None => {
                let (mark, after) = from.split_at(1);
                plain.push_str(mark);
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    push_text(&plain, &mut found);
    found
}

/// `*Title*`, with its length.
fn emphasis(from: &str) -> Option<(Inline<Resolved>, usize)> {
    let mark = if from.starts_with("**") { "**" } else { from.get(..1)? };
    let inner = &from[mark.len()..];
    let length = inner.find(mark)?;
    let (content, after) = (&inner[..length], &inner[length + mark.len()..]);
    let is_whole = !content.is_empty()
        && content.trim() == content
        && !after.starts_with(|next: char| next.is_alphanumeric());
    let content = vec![Inline::Text(typeset(content))];
    let inline = if mark.len() == 2 { Inline::Strong(content) } else { Inline::Emphasis(content) };
    is_whole.then_some((inline, length + 2 * mark.len()))
}

/// `[words](address)`, with its length.
fn link(from: &str) -> Option<(Inline<Resolved>, usize)> {
    let (words, after) = from.get(1..)?.split_once("](")?;
    let (address, _) = after.split_once(')')?;
    let Address::External(to) = addresses::read(address) else { return None };
    let content = vec![Inline::Text(typeset(words))];
    let length = "[](".len() + words.len() + address.len() + ")".len();
    Some((Inline::Link { to: Link::External(to), content }, length))
}

/// Appends text, with its addresses as links.
fn push_text(text: &str, found: &mut Vec<Inline<Resolved>>) {
    let mut rest = text;
    while let Some(range) = addresses::find_in_text(rest) {
        let (before, address) = (&rest[..range.start], &rest[range.clone()]);
        let Address::External(to) = addresses::read(address) else { break };
        if !before.is_empty() {
            found.push(Inline::Text(typeset(before)));
        }
        let content = vec![Inline::Text(address.to_owned())];
        found.push(Inline::Link { to: Link::External(to), content });
        rest = &rest[range.end..];
    }
    if !rest.is_empty() {
        found.push(Inline::Text(typeset(rest)));
    }
}

fn typeset(text: &str) -> String {
    text.replace('\'', "’")
}
