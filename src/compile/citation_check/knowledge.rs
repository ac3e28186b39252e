//! What an entry of a list knows: whose it is, what it is called, when it is from.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use hayagriva::Entry;

use crate::document::{Block, Inline, NoteKind, Parsed, Run, Target, WrittenNote, visit_runs};

use super::super::excerpt;
use super::super::names::fold;
use super::super::prose::{self, Cited, Part, Work};
use super::super::record::record_of;
use super::super::references::is_reference;
use super::sentences::Name;

/// What is longer is no entry of a list.
const LONGEST: usize = 4000;
const LEAD_WORDS: usize = 8;

/// What one entry says.
#[derive(Debug)]
pub(super) struct Knowledge<'a> {
    /// As it stands, to be shown.
    pub(super) text: String,
    /// Every word, those of its addresses too, folded.
    words: BTreeSet<String>,
    /// All letters in a row, so that “World Bank” is found in `worldbank.org`.
    letters: String,
    /// The first letters of its capitalised words in a row, in which abbreviations are found.
    initials: String,
    /// Words that it starts with, and the name of its site: whose it is.
    lead: BTreeSet<String>,
    /// Whether it is nothing but somebody's site.
    is_home: bool,
    note: Option<&'a WrittenNote>,
    work: OnceCell<Option<Box<Work>>>,
}

impl<'a> Knowledge<'a> {
    /// What a note knows, if it is nothing but a source.
    pub(super) fn of_note(note: &'a WrittenNote) -> Option<Self> {
        (note.kind == NoteKind::Reference || is_reference(note)).then(|| {
            let mut text = String::new();
            let mut addresses = Vec::new();
            visit_runs(&note.body, &mut |run| match run {
                Run::Inlines(content) => {
                    collect(content, &mut text, &mut addresses);
                    text.push(' ');
                }
                Run::Verbatim(words) => text.push_str(words),
            });
            Knowledge { note: Some(note), ..Self::of_text(&text, &addresses) }
        })
    }

    /// What a bibliography file says of a work.
    pub(super) fn of_entry(entry: &Entry) -> Self {
        let record = record_of(entry);
        let names = record.names.values().flatten();
        let names =
            names.map(|name| format!("{} {}", name.given.as_deref().unwrap_or_default(), name.family));
        let fields = record.fields.iter().filter(|(field, _)| *field != "abstract" && *field != "URL");
        let years = record.dates.values().map(|date| date.year.to_string());
        let all: Vec<String> = names.chain(fields.map(|(_, text)| text.plain())).chain(years).collect();
        let mut known = Self::of_text(&all.join(". "), &[record.plain("URL").as_str()]);
        known.text = record.plain("title");
        known.is_home = false;
        known
    }

    fn of_text(text: &str, addresses: &[&str]) -> Self {
        let text: String = text.chars().take(LONGEST).collect();
        let mut words: BTreeSet<String> = words_of(&text).collect();
        let mut letters: String = words_of(&text).collect();
        let initials = text
            .split(|c: char| c.is_whitespace() || "/(“\"".contains(c))
            .filter_map(|word| word.chars().next().filter(|first| first.is_uppercase()))
            .flat_map(char::to_lowercase)
            .collect();
        let end = text.find([':', ',', '(', '“', '"', '–', '—']).unwrap_or(text.len());
        let start = text.get(..end).unwrap_or_default().split(". ").next().unwrap_or_default();
        let mut lead: BTreeSet<String> = words_of(start).take(LEAD_WORDS).collect();
        let says_whose = !start.contains("://") && !lead.is_empty();
        let mut is_home = says_whose && addresses.len() == 1;
        for address in addresses {
            let address = address.split_once("://").map_or(*address, |(_, rest)| rest);
            let (host, path) = address.split_once(['/', '?', '#']).unwrap_or((address, ""));
            words.extend(words_of(address).take(LONGEST));
            letters.extend(words_of(address).take(LONGEST));
            is_home &= path.is_empty();
            lead.extend(
                words_of(host).filter(|label| !matches!(label.as_str(), "www" | "com" | "org" | "net")),
            );
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Knowledge { text, words, letters, initials, lead, is_home, note: None, work: OnceCell::new() }
    }

    /// Whether the name may be the entry's; in doubt it is.
    pub(super) fn knows(&self, name: &Name) -> bool {
        let is_known = |word: &str| {
            let starts_so = || {
                let after = self.words.range(word.to_owned()..).next();
                word.chars().count() > 3 && after.is_some_and(|after| after.starts_with(word))
            };
            self.words.contains(word) || starts_so()
        };
        let joined: String = name.words.concat();
        name.telling_words().any(is_known)
            || joined.chars().count() > 3 && self.letters.contains(&joined)
            || name.is_abbreviation() && self.initials.contains(&joined)
            || name.initials().is_some_and(|initials| self.words.contains(&initials))
    }

    /// Whether the entry says that it is theirs.
    pub(super) fn is_by(&self, name: &Name) -> bool {
        name.telling_words().all(|word| self.lead.contains(word))
    }

    /// Words by which it says whose it is.
    pub(super) fn lead(&self) -> impl Iterator<Item = &str> {
        self.lead.iter().map(String::as_str)
    }

    pub(super) fn has_year(&self, year: i32) -> bool {
        self.words.contains(&year.to_string())
    }

    /// The year that it is from, where that is certain.
    pub(super) fn year(&self) -> Option<i32> {
        self.work()?.date.as_ref()?.year
    }

    /// Whether it names people as its authors.
    pub(super) fn is_by_people(&self) -> bool {
        self.work().is_some_and(|work| work.authors.iter().any(|author| author.given.is_some()))
    }

    /// Whether it is the site of somebody, and nothing in particular on it.
    pub(super) fn is_home(&self) -> bool {
        self.is_home
    }

    fn work(&self) -> Option<&Work> {
        let read = || {
            let [Block::Paragraph(content)] = self.note?.body.as_slice() else { return None };
            let mut parts = prose::read(&excerpt::pieces(content)).parts.into_iter();
            parts.find_map(|part| match part {
                Part::Citation(prose::Citation { cited: Cited::Work(work), .. }) => Some(work),
                _ => None,
            })
        };
        self.work.get_or_init(read).as_deref()
    }
}

/// The words of a text as they are compared.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded.split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

fn collect<'a>(content: &'a [Inline<Parsed>], text: &mut String, addresses: &mut Vec<&'a str>) {
    for inline in content {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Math(part) => text.push_str(part),
            Inline::LineBreak => text.push(' '),
            Inline::Link { to, content } => {
                if let Target::Address(address) = &to.target
                    && !addresses.contains(&address.as_str())
                {
                    addresses.push(address);
                }
                collect(content, text, addresses);
            }
            other => collect(other.content(), text, addresses),
        }
    }
}
