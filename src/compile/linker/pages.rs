//! Pages that links in running text lead to, as sources: on paper, a link is seen by its citation only.

use crate::document::{Block, Inline, Parsed, Reference, Span, Target};
use crate::manifest::Links;

use super::super::addresses;
use super::super::linked::{CitedWork, Linked, Setting};
use super::super::references::WrittenReference;
use super::Linker;
use super::citations::CitedItem;

/// Words that point at a page without naming it; a title has more to say.
const POINTERS: [&str; 24] = [
    "here", "link", "source", "website", "site", "page", "article", "paper", "report", "study", "post",
    "video", "online", "more", "this", "that", "these", "hier", "ici", "aquí", "qui", "tutaj", "quelle",
    "fuente",
];
/// Words that start an invitation to follow the link, such as “Read more”.
const INVITATIONS: [&str; 8] = ["this", "that", "these", "click", "read", "see", "learn", "visit"];
const LONGEST_INVITATION: usize = 3;
/// What has more words is a sentence.
const LONGEST_TITLE: usize = 25;

impl Linker<'_> {
    /// Whether links are cited where the linker is: headings, definitions and what is cited already have
    /// no room for it.
    pub(super) fn cites_links(&self) -> bool {
        self.book.citing.links == Links::Cite
            && !self.place.is_back_matter()
            && !self.in_link
            && !self.in_heading
            && !self.in_source
    }

    /// Cites the page that a link leads to; `text` is what the link says.
    pub(super) fn cite_page(
        &mut self,
        address: String,
        text: &str,
        span: Span,
        out: &mut Vec<Inline<Linked>>,
    ) {
        if address.starts_with("mailto:") || !text.contains(char::is_alphanumeric) {
            return;
        }
        let identity = addresses::identity(&address).unwrap_or_else(|| address.clone());
        let title = title(text, &identity);
        let known = self.pages.get(&identity).copied();
        let page = known.unwrap_or(self.out.references.len());
        match self.out.references.get_mut(page) {
            None => self.out.references.push(reference(address, title, span)),
            // The first link may have been a bare one.
            Some(page) if title.is_some() && !page.is_titled() => *page = reference(address, title, span),
            Some(_) => {}
        }
        self.pages.insert(identity, page);
        let item = CitedItem { work: CitedWork::Written(page), locator: None, signal: None };
        self.cite(vec![item], Setting::Plain, out);
    }
}

fn reference(address: String, title: Option<&str>, span: Span) -> WrittenReference {
    let text = Inline::<Parsed>::Text(title.unwrap_or(&address).to_owned());
    let to = Reference { target: Target::Address(address), span };
    WrittenReference::read(vec![Block::Paragraph(vec![Inline::Link { to, content: vec![text] }])], span)
}

/// The link's text, if it names the page and does not only repeat its address or point at it.
fn title<'t>(text: &'t str, identity: &str) -> Option<&'t str> {
    let text = text.trim().trim_end_matches([',', ';', ':']);
    let text = unquoted(text);
    let names_itself = text.starts_with(|first: char| first.is_uppercase() || first.is_numeric());
    let repeats_address = addresses::find_in_text(text).is_some()
        || addresses::identity(&format!("https://{text}")).is_some_and(|own| own == identity);
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    let points = match words.as_slice() {
        [] => true,
        [only] => POINTERS.contains(&only.as_str()),
        [first, ..] => words.len() <= LONGEST_INVITATION && INVITATIONS.contains(&first.as_str()),
    };
    (names_itself && !repeats_address && !points && words.len() <= LONGEST_TITLE).then_some(text)
}

fn unquoted(text: &str) -> &str {
    const QUOTES: [(char, char); 4] = [('“', '”'), ('"', '"'), ('„', '“'), ('«', '»')];
    let inside = |(open, close)| text.strip_prefix(open)?.strip_suffix(close).map(str::trim);
    QUOTES.into_iter().find_map(inside).filter(|inside| !inside.is_empty()).unwrap_or(text)
}
