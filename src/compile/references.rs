//! Sources that authors wrote out in a note or a list of references.

use crate::anthology::{Link, Resolved};
use crate::document::{Block, Inline, Parsed, Shown, Target, Written, WrittenNote, plain_text};
use crate::document::{Definition, NoteKind, Span};

use super::addresses::{self, Address};
use super::entry;
use super::names::fold;
use super::prose::Work;
use super::rewrite::{self, Figure, Heading, Rewrite};

/// A source as an author wrote it out, tidied for the bibliography.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WrittenReference {
    /// What the source is called; styles cite and sort by it.
    pub(super) title: String,
    pub(super) content: Vec<Inline<Resolved>>,
    pub(super) doi: Option<String>,
    /// The source's own address.
    pub(super) address: Option<String>,
    /// What the text says, as far as it was understood.
    pub(super) work: Option<Box<Work>>,
    /// The note or the entry of a list in which it is written; nowhere if it is in none.
    pub(super) span: Span,
}

impl WrittenReference {
    /// Reads a note's body as a source.
    pub(super) fn read(body: Vec<Block<Parsed>>, span: Span) -> Self {
        let content = tidy(with_addresses_linked(flatten(body)));
        let text = plain_text(&content);
        let addresses = external_addresses(&content);
        let address = match addresses.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        let doi =
            addresses.iter().find_map(|address| addresses::doi(address)).or_else(|| addresses::doi(&text));
        WrittenReference { title: title_of(&text), doi, address, work: None, content, span }
    }

    /// A work that was understood, with the author's words for it.
    pub(super) fn of_work(work: Work, words: Vec<Block<Parsed>>, span: Span) -> Self {
        let mut reference = Self::read(words, span);
        if let Some(Address::External(address)) = work.url.as_deref().map(addresses::read) {
            reference.address = Some(address);
        }
        if let Some(doi) = work.doi.as_deref().and_then(addresses::doi) {
            reference.doi = Some(doi);
        }
        let is_named = |title: &&String| addresses::find_in_text(title).is_none();
        if let Some(title) = work.title.as_ref().filter(is_named) {
            reference.title = title.clone();
            reference.work = Some(Box::new(work));
        }
        reference
    }

    /// Whether it has a name besides its address.
    pub(super) fn is_titled(&self) -> bool {
        addresses::find_in_text(&self.title).is_none()
    }

    /// Whether a style sets the source; else the author's words stand.
    pub(super) fn is_set(&self) -> bool {
        self.work.as_deref().is_some_and(entry::can_be_set)
    }

    /// What tells the work from others of the essay, if author, title and year are known.
    pub(super) fn work_identity(&self) -> Option<String> {
        let work = self.work.as_deref()?;
        let author = work.authors.first().or(work.editors.first())?;
        let year = work.date.as_ref()?.year?;
        let volume = work.volume.as_deref().unwrap_or_default();
        let title = fold(work.title.as_deref()?);
        Some(format!("{}|{year}|{title}|{volume}", fold(&author.family)))
    }

    /// A video that timestamps refer to.
    pub(super) fn video(essay: &str, address: String) -> Self {
        let lead = if essay.ends_with(['.', '!', '?']) { format!("{essay} ") } else { format!("{essay}. ") };
        let link = Inline::Link {
            to: Link::External(address.clone()),
            content: vec![Inline::Text(address.clone())],
        };
        WrittenReference {
            title: essay.to_owned(),
            content: vec![Inline::Text(format!("{lead}Video. ")), link],
            doi: None,
            address: Some(address),
            work: None,
            span: Span::default(),
        }
    }

    /// To choose between two that mean the same: what a style can set, then what says more.
    pub(super) fn rank(&self) -> (bool, usize) {
        (self.is_set(), self.fullness())
    }

    /// How much the reference says besides its address.
    fn fullness(&self) -> usize {
        let length = |inline: &Inline<Resolved>| match inline {
            Inline::Link { .. } => 0,
            other => plain_text(std::slice::from_ref(other)).len(),
        };
        self.content.iter().map(length).sum()
    }
}

/// The text before the first address, without the punctuation that leads over to it.
fn title_of(text: &str) -> String {
    let end = addresses::find_in_text(text).map_or(text.len(), |range| range.start);
    let title = text[..end].trim().trim_end_matches([':', '.', ',', '–', '—', '-']).trim();
    shorten(if title.is_empty() { text.trim() } else { title })
}

/// What stands for a source whose words are too many to cite it by: as many of its parts as are short.
fn shorten(title: &str) -> String {
    const LONGEST: usize = 60;
    let Some((end, _)) = title.char_indices().nth(LONGEST) else { return title.to_owned() };
    let start = &title[..end];
    let part = [", ", ". ", ": ", " (", "; "].iter().filter_map(|mark| start.rfind(mark)).max();
    match part.filter(|end| start[..*end].contains(' ')) {
        Some(end) => start[..end].to_owned(),
        None => format!("{}…", start.rsplit_once(' ').map_or(start, |(words, _)| words)),
    }
}

/// Whether a note names a source and does nothing else. Doubt makes it a remark: a remark taken
/// for a source would leave the page where it belongs.
pub(super) fn is_reference(note: &WrittenNote) -> bool {
    if note.kind == NoteKind::Reference {
        return true;
    }
    let [Block::Paragraph(content)] = note.body.as_slice() else { return false };
    let text = plain_text(content);
    let text = text.trim();
    if text.split_whitespace().count() > 40 {
        return false;
    }
    let unlinked = text_outside_addresses(content);
    let around = unlinked.trim().trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
    let has_address = unlinked.len() < text.len() || addresses::doi(text).is_some();
    if has_address {
        let words = around.split_whitespace().count();
        let lead_over = unlinked.trim_end().ends_with([':', '.', ',', '–', '—', '-', '<', '(']);
        let names_source = words <= 12 && lead_over && !around.contains(". ") && ends_with_address(content);
        return words <= 2 || names_source || (has_year(text) && has_title(content, text));
    }
    starts_with_author(text) && has_year(text) && has_title(content, text)
}

/// The words that neither are an address nor carry a link to one.
fn text_outside_addresses(content: &[Inline<Parsed>]) -> String {
    let mut outside = String::new();
    for inline in content {
        match inline {
            Inline::Link { to, .. } if is_external(&to.target) => {}
            Inline::Text(text) => {
                let mut rest = text.as_str();
                while let Some(range) = addresses::find_in_text(rest) {
                    outside.push_str(&rest[..range.start]);
                    rest = &rest[range.end..];
                }
                outside.push_str(rest);
            }
            other => outside.push_str(&plain_text(std::slice::from_ref(other))),
        }
    }
    outside
}

fn is_external(target: &Target) -> bool {
    matches!(target, Target::Address(address) if matches!(addresses::read(address), Address::External(_)))
}

fn ends_with_address(content: &[Inline<Parsed>]) -> bool {
    let last = content.iter().rev().find(|inline| match inline {
        Inline::Text(text) => text.contains(|c: char| c.is_alphanumeric()),
        _ => true,
    });
    match last {
        Some(Inline::Link { to, .. }) => is_external(&to.target),
        Some(Inline::Text(text)) => addresses::find_in_text(text)
            .is_some_and(|range| !text[range.end..].contains(char::is_alphanumeric)),
        _ => false,
    }
}

/// A year between 1500 and 2099 that stands alone.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1500..2100).contains(&year)))
}

/// A title of two words or more in quotation marks or emphasis.
fn has_title(content: &[Inline<Parsed>], text: &str) -> bool {
    let emphasised = content.iter().any(|inline| match inline {
        Inline::Emphasis(title) => plain_text(title).split_whitespace().count() >= 2,
        _ => false,
    });
    let quoted = [('“', '”'), ('"', '"'), ('„', '“'), ('«', '»'), ('‘', '’')].iter().any(|(open, close)| {
        let title = text.split_once(*open).and_then(|(_, rest)| rest.split_once(*close));
        title.is_some_and(|(title, _)| title.split_whitespace().count() >= 2)
    });
    emphasised || quoted
}

/// `Lovelace, Ada` or `A. Lovelace,`: a comma within the first four words, all of them capitalised.
fn starts_with_author(text: &str) -> bool {
    let mut words = text.split_whitespace().take(4);
    for word in words.by_ref() {
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        if word.ends_with(',') {
            return true;
        }
    }
    false
}

/// Runs a note's blocks together into one paragraph's content; no word is dropped.
fn flatten(body: Vec<Block<Parsed>>) -> Vec<Inline<Resolved>> {
    let mut out = Vec::new();
    flatten_into(body, &mut out);
    out
}

fn flatten_into(body: Vec<Block<Parsed>>, out: &mut Vec<Inline<Resolved>>) {
    for block in body {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => run_on(content, out),
            Block::Figure { caption, alt, .. } => {
                run_on(if caption.is_empty() { vec![Inline::Text(alt)] } else { caption }, out);
            }
            Block::List(list) => list.items.into_iter().for_each(|item| flatten_into(item, out)),
            Block::DefinitionList(definitions) => {
                for Definition { term, descriptions } in definitions {
                    run_on(term, out);
                    descriptions.into_iter().for_each(|it| flatten_into(it, out));
                }
            }
            Block::Quote(body) => flatten_into(body, out),
            Block::Callout { title, body, .. } => {
                run_on(title, out);
                flatten_into(body, out);
            }
            Block::Code { text, .. } => run_on(vec![Inline::Code(text)], out),
            Block::Math(tex) => run_on(vec![Inline::Math(tex)], out),
            Block::Table(table) => {
                run_on(table.caption, out);
                table
                    .header
                    .into_iter()
                    .chain(table.rows.into_iter().flatten())
                    .for_each(|cell| run_on(cell, out));
            }
            Block::Verse(lines) => lines.into_iter().for_each(|line| run_on(line, out)),
            Block::Break => {}
        }
    }
}

fn run_on(content: Vec<Inline<Parsed>>, out: &mut Vec<Inline<Resolved>>) {
    if !out.is_empty() && !content.is_empty() {
        rewrite::push_text(" ".to_owned(), out);
    }
    rewrite::inlines_into(&mut ExternalLinksOnly, content, out);
}

/// A bibliography entry leads out of the book or nowhere.
struct ExternalLinksOnly;

impl Rewrite<Parsed, Resolved> for ExternalLinksOnly {
    fn link(
        &mut self,
        to: crate::document::Reference,
        content: Vec<Inline<Parsed>>,
        out: &mut Vec<Inline<Resolved>>,
    ) {
        let address = match to.target {
            Target::Address(address) => addresses::read(&address),
            _ => Address::Unfit,
        };
        match address {
            Address::External(address) => {
                let text = match plain_text(&content).trim() {
                    "" => address.clone(),
                    text => text.to_owned(),
                };
                out.push(Inline::Link { to: Link::External(address), content: vec![Inline::Text(text)] });
            }
            _ => rewrite::inlines_into(self, content, out),
        }
    }

    fn image(&mut self, _: Shown<Written<String>>, alt: String, out: &mut Vec<Inline<Resolved>>) {
        rewrite::push_text(alt, out);
    }

    fn heading(&mut self, heading: Heading<Parsed>, out: &mut Vec<Block<Resolved>>) {
        let content = rewrite::inlines(self, heading.content);
        rewrite::push_paragraph(content, out);
    }

    fn figure(&mut self, figure: Figure<Parsed>, out: &mut Vec<Block<Resolved>>) {
        let caption = rewrite::inlines(self, figure.caption);
        rewrite::push_paragraph(caption, out);
    }
}

/// Makes links of the addresses that stand in the text.
fn with_addresses_linked(content: Vec<Inline<Resolved>>) -> Vec<Inline<Resolved>> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        let Inline::Text(text) = inline else {
            out.push(inline);
            continue;
        };
        let mut rest = text.as_str();
        while let Some(range) = addresses::find_in_text(rest) {
            let written = &rest[range.clone()];
            rewrite::push_text(rest[..range.start].to_owned(), &mut out);
            match addresses::read(written) {
                Address::External(address) => {
                    let content = vec![Inline::Text(written.to_owned())];
                    out.push(Inline::Link { to: Link::External(address), content });
                }
                _ => rewrite::push_text(written.to_owned(), &mut out),
            }
            rest = &rest[range.end..];
        }
        rewrite::push_text(rest.to_owned(), &mut out);
    }
    out
}

/// Gives `Name: address` and a linked name the same form, `Name. address`, and prints the address,
/// which paper cannot hide behind a name: at the end, whatever follows the name.
fn tidy(content: Vec<Inline<Resolved>>) -> Vec<Inline<Resolved>> {
    let mut out: Vec<Inline<Resolved>> = Vec::with_capacity(content.len() + 2);
    let lone_address = external_addresses(&content).len() == 1;
    let last = content.len().saturating_sub(1);
    let mut hidden = None;
    for (at, inline) in content.into_iter().enumerate() {
        let Inline::Link { to: Link::External(address), content } = inline else {
            out.push(inline);
            continue;
        };
        let text = plain_text(&content);
        let shows_address = addresses::identity(&address).is_some_and(|address| {
            addresses::find_in_text(&text).is_some()
                || addresses::identity(&format!("https://{text}")) == Some(address)
        });
        if shows_address || !lone_address || address.starts_with("mailto:") {
            if at == last && at > 0 {
                end_name(&mut out);
            }
            out.push(Inline::Link { to: Link::External(address), content });
        } else {
            out.extend(content);
            hidden = Some(address);
        }
    }
    if let Some(address) = hidden {
        end_name(&mut out);
        let shown = vec![Inline::Text(address.clone())];
        out.push(Inline::Link { to: Link::External(address), content: shown });
    }
    trim(&mut out);
    out
}

/// Ends what stands before an address with a full stop, unless it ends with a mark of its own.
fn end_name(out: &mut Vec<Inline<Resolved>>) {
    let text = plain_text(out);
    let end = text.trim_end();
    let tail = if end.ends_with([':', ',', '–', '—']) {
        if let Some(Inline::Text(last)) = out.last_mut() {
            last.truncate(last.trim_end().trim_end_matches([':', ',', '–', '—', ' ']).len());
        }
        ". "
    } else if end.ends_with(['.', '!', '?', '(', '<', '[']) {
        if text.len() > end.len() || end.ends_with(['(', '<', '[']) { "" } else { " " }
    } else if end.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "\"”’)]»".contains(c)) {
        if let Some(Inline::Text(last)) = out.last_mut() {
            last.truncate(last.trim_end().len());
        }
        ". "
    } else {
        ""
    };
    rewrite::push_text(tail.to_owned(), out);
}

fn trim(content: &mut [Inline<Resolved>]) {
    if let Some(Inline::Text(first)) = content.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Inline::Text(last)) = content.last_mut() {
        last.truncate(last.trim_end().len());
    }
}

fn external_addresses(content: &[Inline<Resolved>]) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    for inline in content {
        match inline {
            Inline::Link { to: Link::External(address), .. } if !addresses.contains(address) => {
                addresses.push(address.clone());
            }
            Inline::Emphasis(content) | Inline::Strong(content) => {
                addresses.extend(external_addresses(content))
            }
            _ => {}
        }
    }
    addresses
}
