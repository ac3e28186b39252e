//! Links to places: out of the book, to other essays, to headings and blocks.

use crate::document::{Inline, Parsed, Span, plain_text};
use crate::labels::Labels;

use super::super::addresses::{self, Address};
use super::super::linked::{Linked, LocalAnchor, PendingLink};
use super::super::names::fold;
use super::super::rewrite;
use super::super::targets::{self, most_alike};
use super::Linker;

/// What a link says of its target.
struct Wish<'a> {
    /// As the author wrote it.
    written: &'a str,
    /// The essay's name or path, empty for the essay itself.
    page: &'a str,
    heading: Option<&'a str>,
    is_embed: bool,
    span: Span,
}

/// How a search for a place ended.
enum Found {
    Place(usize, LocalAnchor),
    /// The chapter is there, the heading is not.
    ChapterOnly(usize),
    Nothing,
}

impl Linker<'_> {
    pub(super) fn address(
        &mut self,
        address: &str,
        content: Vec<Inline<Parsed>>,
        span: Span,
        out: &mut Vec<Inline<Linked>>,
    ) {
        match addresses::read(address) {
            Address::External(external) => {
                if let Some(to) = self.own_page(&external) {
                    let content = self.link_text(content);
                    return self.push_link(to, content, out);
                }
                let mut content = self.link_text(content);
                if content.is_empty() {
                    content.push(Inline::Text(external.clone()));
                }
                let text = self.cites_links().then(|| plain_text(&content));
                self.push_link(PendingLink::External(external.clone()), content, out);
                if let Some(text) = text {
                    self.cite_page(external, &text, span, out);
                }
            }
            Address::Unfit => {
                // What is misspelt is told by the check of citations.
                if addresses::fault(address).is_none() {
                    self.warn(
                        "unfit-address",
                        format!("`{address}` is not an address that a book can lead to; its text stays"),
                        span,
                        "only complete http, https and mailto addresses become links",
                    );
                }
                rewrite::inlines_into(self, content, out);
            }
            Address::Local { path, fragment } => {
                let fragment = fragment.filter(|fragment| !fragment.is_empty());
                let chapter = if path.is_empty() {
                    Some(targets::Found { chapter: self.chapter, rivals: Vec::new() })
                } else {
                    self.book.targets.by_path(&self.essay.manuscript.file, &path)
                };
                let heading = fragment.as_deref();
                let wish = Wish { written: address, page: &path, heading, is_embed: false, span };
                self.push_place(chapter, &wish, content, out);
            }
            Address::Note { page, heading } => {
                let chapter = self.book.targets.by_page(&self.essay.manuscript.file, &page);
                let heading = heading.as_deref();
                let wish = Wish { written: address, page: &page, heading, is_embed: false, span };
                self.push_place(chapter, &wish, content, out);
            }
        }
    }

    /// The chapter that first appeared at an address, unless it is this one, which may well name its own
    /// origin. Where the text is the address, it is meant to be seen.
    fn own_page(&self, address: &str) -> Option<PendingLink> {
        let chapter = self.book.targets.by_source(address).filter(|&chapter| chapter != self.chapter)?;
        let fragment = address.split_once('#').map(|(_, fragment)| addresses::percent_decode(fragment));
        let anchor = match self.find(chapter, fragment.as_deref()) {
            Found::Place(_, anchor) => anchor,
            Found::ChapterOnly(_) | Found::Nothing => LocalAnchor(0),
        };
        Some(PendingLink::Place { chapter, anchor })
    }

    pub(super) fn wikilink(
        &mut self,
        page: &str,
        heading: Option<&str>,
        is_embed: bool,
        content: Vec<Inline<Parsed>>,
        span: Span,
        out: &mut Vec<Inline<Linked>>,
    ) {
        let chapter = match page.trim() {
            "" => Some(targets::Found { chapter: self.chapter, rivals: Vec::new() }),
            page => self.book.targets.by_page(&self.essay.manuscript.file, page),
        };
        if chapter.is_none()
            && let Some(term) = self.book.terms.named(page.trim())
        {
            return self.term(term, page, content, out);
        }
        let sign = if is_embed { "!" } else { "" };
        let written = match heading {
            Some(heading) => format!("{sign}[[{page}#{heading}]]"),
            None => format!("{sign}[[{page}]]"),
        };
        let wish = Wish { written: &written, page, heading, is_embed, span };
        self.push_place(chapter, &wish, content, out);
    }

    /// A link to a note that the glossary has made an entry of. Further ones in the chapter are text.
    fn term(
        &mut self,
        term: usize,
        name: &str,
        mut content: Vec<Inline<Parsed>>,
        out: &mut Vec<Inline<Linked>>,
    ) {
        if content.is_empty() {
            content.push(Inline::Text(name.trim().to_owned()));
        }
        match self.use_term(term) {
            Some(here) => {
                let content = self.link_text(content);
                out.push(Inline::Link { to: PendingLink::Term { term, here }, content });
            }
            None => rewrite::inlines_into(self, content, out),
        }
    }

    fn find(&self, chapter: usize, heading: Option<&str>) -> Found {
        let start = Found::Place(chapter, LocalAnchor(0));
        let Some(heading) = heading.map(str::trim).filter(|heading| !heading.is_empty() && *heading != "top")
        else {
            return start;
        };
        let Some(outline) = self.book.targets.outlines.get(chapter) else { return start };
        // The essay's own anchor is the first, then come its headings, then its other places.
        let place = heading.rsplit('#').next().and_then(|name| outline.find_place(name));
        if let Some(place) = place {
            return Found::Place(chapter, LocalAnchor(1 + outline.headings.len() + place));
        }
        let is_block = heading.rsplit('#').next().is_some_and(|last| last.starts_with('^'));
        if let Some(position) = outline.find(heading).filter(|_| !is_block) {
            return Found::Place(chapter, LocalAnchor(1 + position));
        }
        let title = self.book.titles.get(chapter).map_or("", String::as_str);
        if self.book.targets.is_title(chapter, title, heading) {
            return start;
        }
        if chapter == self.chapter { Found::Nothing } else { Found::ChapterOnly(chapter) }
    }

    fn push_place(
        &mut self,
        chapter: Option<targets::Found>,
        wish: &Wish,
        content: Vec<Inline<Parsed>>,
        out: &mut Vec<Inline<Linked>>,
    ) {
        let written = wish.written;
        if let Some(targets::Found { chapter, rivals }) = &chapter
            && !rivals.is_empty()
        {
            self.tell_ambiguous(*chapter, rivals, wish);
        }
        let found = chapter.map_or(Found::Nothing, |it| self.find(it.chapter, wish.heading));
        let (chapter, anchor) = match found {
            Found::Place(chapter, anchor) => (chapter, anchor),
            Found::ChapterOnly(chapter) => {
                let heading = self.suggest_heading(chapter, wish.heading);
                let help =
                    heading.unwrap_or_else(|| "write the heading as it stands in the essay".to_owned());
                self.warn(
                    "unresolved-heading",
                    format!("`{written}` names a heading that is not there; it leads to the essay's start"),
                    wish.span,
                    &help,
                );
                (chapter, LocalAnchor(0))
            }
            Found::Nothing => return self.leave_text(wish, content, out),
        };
        let starts_sentence = out.is_empty();
        let mut content = self.link_text(content);
        if content.is_empty() {
            let title = self.book.titles.get(chapter).map_or(written, String::as_str);
            content.push(Inline::Text(match wish.is_embed {
                true => self.labels().see(title, starts_sentence),
                false => title.to_owned(),
            }));
        }
        if wish.is_embed {
            let message =
                format!("`{written}` shows an essay of the book whole; a link to it stands in its place");
            self.note("embedded-essay", message, wish.span);
        }
        self.push_link(PendingLink::Place { chapter, anchor }, content, out);
    }

    pub(super) fn labels(&self) -> &'static Labels {
        Labels::of(self.essay.language.as_deref().unwrap_or(self.book.language))
    }

    /// What leads nowhere stays as its text.
    fn leave_text(&mut self, wish: &Wish, content: Vec<Inline<Parsed>>, out: &mut Vec<Inline<Linked>>) {
        let help = if wish.page.is_empty() {
            self.suggest_heading(self.chapter, wish.heading)
        } else {
            self.book.targets.suggest(wish.page).map(|file| format!("did you mean `{file}`?"))
        };
        let help = help.unwrap_or_else(|| "add the essay that it means, or remove the link".to_owned());
        self.warn(
            "unresolved-link",
            format!("`{}` leads to nothing in this anthology; its text stays", wish.written),
            wish.span,
            &help,
        );
        if content.is_empty() && wish.is_embed {
            let name = wish.page.rsplit('/').next().unwrap_or(wish.page);
            rewrite::push_text(name.strip_suffix(".md").unwrap_or(name).replace('_', " "), out);
        }
        rewrite::inlines_into(self, content, out);
    }

    fn suggest_heading(&self, chapter: usize, heading: Option<&str>) -> Option<String> {
        let written = fold(heading?);
        let names = self.book.targets.outlines.get(chapter)?.names().map(|name| (name, ()));
        most_alike(&written, names).map(|(name, ())| format!("did you mean `#{name}`?"))
    }

    fn tell_ambiguous(&mut self, chapter: usize, rivals: &[usize], wish: &Wish) {
        const NAMED: usize = 3;
        let file = |chapter: usize| format!("`{}`", self.book.targets.file(chapter));
        let others: Vec<String> = rivals.iter().take(NAMED).map(|&rival| file(rival)).collect();
        let message = format!(
            "`{}` could mean {} as well as {}, which it leads to",
            wish.written,
            others.join(", "),
            file(chapter)
        );
        self.warn("ambiguous-link", message, wish.span, "name the folder, too");
    }

    /// Appends a link, or its text alone where a link surrounds it already.
    fn push_link(&mut self, to: PendingLink, content: Vec<Inline<Linked>>, out: &mut Vec<Inline<Linked>>) {
        if self.in_link {
            out.extend(content);
        } else {
            out.push(Inline::Link { to, content });
        }
    }
}
