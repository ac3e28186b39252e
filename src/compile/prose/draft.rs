//! A source as far as it has been read, and how well the text is explained by it.

use super::dates::Date;
use super::identifiers::Identifier;
use super::kinds;
use super::numbers::Pages;
use super::tokens::Kind;
use super::view::View;
use super::{Label, Locator, Name, Work};

/// How a part of the text is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Look {
    #[default]
    Missing,
    Plain,
    Quoted,
    Emphasised,
    Linked,
}

/// What kind of text the citation stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// Commas between the parts: a page at the end is the place that is cited.
    #[default]
    Note,
    /// Full stops between the parts: pages are the extent of the source.
    List,
}

/// What was read last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Element {
    #[default]
    Head,
    Title,
    Container,
    Volume,
    Issue,
    Pages,
    Date,
    Place,
    Publisher,
    Contributor,
    Other,
}

/// Points a reading needs to be believed. An identifier, or a marked title with a year, are enough;
/// a name and a plain title alone are not.
const ENOUGH: i32 = 50;
/// Of the letters of the text, how many may stay unexplained, in percent: the more, the surer the rest is.
const MOST_UNEXPLAINED: [(i32, usize); 3] = [(95, 40), (75, 25), (i32::MIN, 12)];
/// What a word that no element explains costs, per letter.
const COST_PER_LETTER: i32 = 1;

#[derive(Debug, Clone)]
pub(super) struct Draft<'a> {
    pub(super) view: View<'a>,
    pub(super) start: usize,
    /// One past the last token that belongs to the source.
    pub(super) end: usize,
    pub(super) style: Style,
    pub(super) work: Work,
    pub(super) title: Look,
    pub(super) container: Look,
    pub(super) last: Element,
    pub(super) pages: Option<Pages>,
    pub(super) locator: Option<Locator>,
    pub(super) hints: kinds::Hints,
    /// `In` stands before: a container follows.
    pub(super) expects_container: bool,
    /// How deep in brackets the reading is.
    pub(super) depth: usize,
    pub(super) evidence: i32,
    pub(super) unexplained: usize,
    notes: Vec<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(view: View<'a>, start: usize) -> Self {
        Self {
            view,
            start,
            end: start,
            style: Style::default(),
            work: Work::default(),
            title: Look::Missing,
            container: Look::Missing,
            last: Element::Head,
            pages: None,
            locator: None,
            hints: kinds::Hints::default(),
            expects_container: false,
            depth: 0,
            evidence: 0,
            unexplained: 0,
            notes: Vec::new(),
        }
    }

    pub(super) fn set_title(&mut self, text: String, look: Look) {
        self.evidence += match look {
            Look::Emphasised | Look::Quoted | Look::Linked => 30,
            Look::Plain => 10,
            Look::Missing => 0,
        };
        self.title = look;
        self.work.title = Some(text);
        self.last = Element::Title;
    }

    /// What has no title of its own, for all we are told, is part of the book that is named.
    pub(super) fn make_title_container(&mut self) {
        if self.title == Look::Emphasised && self.work.container.is_none() && self.work.authors.is_empty() {
            self.work.container = self.work.title.take();
            self.container = self.title;
            self.title = Look::Missing;
            self.hints.has_in = true;
        }
    }

    pub(super) fn set_container(&mut self, text: String, look: Look) {
        self.evidence += if look == Look::Emphasised { 20 } else { 8 };
        self.container = look;
        self.work.container = Some(text);
        self.expects_container = false;
        self.last = Element::Container;
    }

    pub(super) fn set_publisher(&mut self, text: String, points: i32) {
        self.evidence += points;
        self.work.publisher = Some(text);
        self.last = Element::Publisher;
    }

    pub(super) fn set_place(&mut self, text: String) {
        self.evidence += 15;
        self.work.place = Some(text);
        self.last = Element::Place;
    }

    /// The date of the source; the day of a year that is known already.
    pub(super) fn set_date(&mut self, date: Date) {
        self.last = Element::Date;
        match &mut self.work.date {
            None => {
                self.evidence += if date.words.is_some() { 10 } else { 20 };
                self.work.date = Some(date);
            }
            Some(known) if known.month.is_none() && (date.year.is_none() || date.year == known.year) => {
                known.month = date.month;
                known.day = date.day;
            }
            Some(known) if known.year.is_none() && known.words.is_none() && date.month.is_none() => {
                known.year = date.year;
            }
            // A letter has its own date, not that of the book it is printed in.
            Some(known) if known.month.is_some() && self.hints.named == Some(super::Kind::Letter) => {}
            // `1916. Reprint, New York: Free Press, 1966`: the later year is that of the edition.
            Some(known) if date.year.is_some() && known.year.is_some() => {
                if known.year < date.year {
                    let first = known.year.map(|year| year.to_string()).unwrap_or_default();
                    *known = date;
                    self.add_note(first);
                }
            }
            Some(_) => {}
        }
    }

    /// The month of a year that is known.
    pub(super) fn set_month(&mut self, month: u8) {
        if let Some(date) = self.work.date.as_mut().filter(|date| date.month.is_none() && date.year.is_some())
        {
            date.month = Some(month);
        }
        self.last = Element::Date;
    }

    pub(super) fn set_identifier(&mut self, identifier: &Identifier) {
        match identifier {
            Identifier::Url(url) => {
                if self.work.url.is_none() {
                    self.evidence += 20;
                    self.work.url = Some(url.clone());
                } else if self.work.url.as_ref() != Some(url) {
                    self.add_note(url.clone());
                }
            }
            Identifier::Doi(doi) => {
                self.evidence += 40;
                self.work.doi.get_or_insert_with(|| doi.clone());
            }
            Identifier::Isbn(isbn) => {
                self.evidence += 40;
                self.work.isbn.get_or_insert_with(|| isbn.clone());
            }
            Identifier::Arxiv { id, url } => {
                self.evidence += 40;
                self.work.arxiv.get_or_insert_with(|| id.clone());
                if let Some(url) = url {
                    self.work.url.get_or_insert_with(|| url.clone());
                }
            }
        }
        self.last = Element::Other;
    }

    pub(super) fn set_pages(&mut self, pages: Pages) {
        self.evidence += 10;
        self.last = Element::Pages;
        if self.pages.is_none() {
            self.pages = Some(pages);
        } else {
            self.set_locator(Locator { label: Label::Page, value: pages.text });
        }
    }

    pub(super) fn set_locator(&mut self, locator: Locator) {
        self.evidence += 8;
        self.last = Element::Pages;
        match &mut self.locator {
            Some(known) => {
                known.value.push_str(", ");
                known.value.push_str(&locator.value);
            }
            None => self.locator = Some(locator),
        }
    }

    pub(super) fn set_volume(&mut self, first: usize, last: usize, points: i32) {
        self.evidence += points;
        self.last = Element::Volume;
        let text = self.view.text(first, last);
        // `LVI/3`: the volume and the issue.
        match text.split_once('/') {
            Some((volume, issue)) if self.work.volume.is_none() && !issue.contains('/') => {
                self.work.volume = Some(volume.to_owned());
                self.work.issue.get_or_insert(issue.to_owned());
            }
            _ => {
                self.work.volume.get_or_insert(text);
            }
        }
    }

    pub(super) fn set_issue(&mut self, first: usize, last: usize) {
        self.evidence += 8;
        self.last = Element::Issue;
        let text = self.view.text(first, last).replace('-', "–");
        self.work.issue.get_or_insert(text);
    }

    pub(super) fn add_editors(&mut self, names: Vec<Name>, has_others: bool) {
        self.evidence += 10;
        self.work.editors.extend(names);
        self.work.has_others |= has_others;
        self.last = Element::Contributor;
    }

    pub(super) fn add_translators(&mut self, names: Vec<Name>) {
        self.evidence += 10;
        for name in names {
            if !self.work.translators.contains(&name) {
                self.work.translators.push(name);
            }
        }
        self.last = Element::Contributor;
    }

    pub(super) fn add_note(&mut self, text: String) {
        if !text.is_empty() {
            self.notes.push(text);
        }
    }

    /// Words that no element explains: they stay with the source as a note, and count against it.
    pub(super) fn add_unexplained(&mut self, first: usize, last: usize) {
        self.unexplained += self.view.weight(first, last);
        self.add_note(self.view.text(first, last));
        self.last = Element::Other;
    }

    /// Enough is known that a sentence which follows is about the source, not of it.
    pub(super) fn is_complete(&self) -> bool {
        let work = &self.work;
        let is_placed = work.date.is_some() || work.publisher.is_some() || self.pages.is_some();
        let is_found = self.locator.is_some() || work.url.is_some() || work.doi.is_some();
        (is_placed && self.title != Look::Missing) || is_found
    }

    pub(super) fn is_listed(&self) -> bool {
        self.style == Style::List
    }

    /// The reading explains all there is up to the end of the note.
    fn is_whole(&self) -> bool {
        let is_rest = |at: usize| matches!(self.view.kind(at), Kind::Mark(_) | Kind::Close(_));
        self.unexplained == 0 && self.view.end <= self.end + 2 && (self.end..self.view.end).all(is_rest)
    }

    pub(super) fn score(&self) -> i32 {
        let unexplained = i32::try_from(self.unexplained).unwrap_or(i32::MAX / 4);
        let whole = if self.is_whole() { 10 } else { 0 };
        self.evidence + whole - unexplained.saturating_mul(COST_PER_LETTER)
    }

    pub(super) fn is_believed(&self) -> bool {
        let total = self.view.weight(self.start, self.end).max(1);
        let limit = MOST_UNEXPLAINED.iter().find(|(evidence, _)| self.evidence >= *evidence);
        self.score() >= ENOUGH && limit.is_some_and(|(_, most)| self.unexplained * 100 <= total * most)
    }

    /// The publisher is the author, or the author's initials.
    fn is_self_published(&self) -> bool {
        let (Some(publisher), [author]) = (&self.work.publisher, self.work.authors.as_slice()) else {
            return false;
        };
        let name = [author.given.as_deref(), Some(author.family.as_str())];
        let words: Vec<&str> = name.into_iter().flatten().flat_map(str::split_whitespace).collect();
        let initials: String =
            words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        words.len() > 1 && (initials == *publisher || words.join(" ") == *publisher)
    }

    /// A name with a word that is also the site's is no person's: `Signal Blog` at `signal.org`. Nor does an
    /// encyclopedia sign its entries.
    fn recognise_site(&mut self) {
        let is_host = |name: &str| matches!(name, "Wikipedia" | "YouTube" | "Vimeo" | "Britannica");
        if self.work.container.is_none() {
            if matches!(self.work.authors.as_slice(), [author] if is_host(&author.family)) {
                self.work.container = self.work.authors.pop().map(|author| author.family);
            } else if self.work.publisher.as_deref().is_some_and(is_host) {
                self.work.container = self.work.publisher.take();
            }
        }
        let (Some(url), [author]) = (&self.work.url, self.work.authors.as_mut_slice()) else { return };
        let Some(given) = author.given.as_deref() else { return };
        let is_person = super::concepts::meaning(&given.to_lowercase())
            .is_some_and(|meaning| meaning.concepts.has(super::concepts::Concepts::GIVEN_NAME));
        let host = kinds::host(url);
        let is_site = is_label(host, given) || is_label(host, &author.family);
        if is_site && !is_person && !given.contains('.') {
            author.family = format!("{given} {}", author.family);
            author.given = None;
            self.hints.is_corporate = true;
        }
    }

    /// The source and the place in it.
    pub(super) fn finish(mut self) -> (Work, Option<Locator>) {
        // The year of an act is in its name.
        if self.work.date.is_none()
            && let Some(title) = self.work.title.as_deref().filter(|title| kinds::is_statute(title))
        {
            let year = title.rsplit(' ').next().and_then(|year| year.parse().ok());
            self.work.date = Some(Date { year, ..Date::default() });
        }
        if self.hints.is_abbreviated_role && self.work.place.is_some() {
            self.hints.named = None;
            self.work.editors = std::mem::take(&mut self.work.authors);
        }
        // A report is published by the organisation after its title; it is part of nothing.
        if self.hints.named == Some(super::Kind::Report)
            && self.container == Look::Plain
            && self.work.publisher.is_none()
            && self.work.volume.is_none()
        {
            self.work.publisher = self.work.container.take();
        }
        self.hints.is_corporate |= self.is_self_published();
        self.recognise_site();
        self.work.kind =
            kinds::infer(&self.work, self.hints, self.title, self.container, self.pages.is_some());
        if self.work.kind == super::Kind::Unknown && self.work.publisher.is_some() {
            self.work.kind = super::Kind::Book;
        }
        if let Some(pages) = self.pages.take() {
            let is_part = kinds::is_part(self.work.kind);
            let is_extent = is_part && (self.style == Style::List || pages.is_long || self.locator.is_some());
            if is_extent {
                self.work.pages = Some(pages.text);
            } else {
                let locator = Locator { label: Label::Page, value: pages.text };
                match &mut self.locator {
                    Some(known) if known.label == Label::Page => {
                        known.value = format!("{}, {}", locator.value, known.value);
                    }
                    Some(_) => self.notes.push(format!("p. {}", locator.value)),
                    none => *none = Some(locator),
                }
            }
        }
        let is_verse = self.work.authors.iter().any(|author| kinds::is_poet(&author.family));
        if let Some(locator) = &mut self.locator {
            locator.label = match locator.label {
                Label::Line if locator.value.contains('.') && !is_verse && !self.work.authors.is_empty() => {
                    Label::Book
                }
                Label::Book if is_verse && locator.value.contains('.') => Label::Line,
                label => label,
            };
        }
        if !self.notes.is_empty() {
            self.work.note = Some(self.notes.join("; "));
        }
        (self.work, self.locator)
    }
}

/// One of the names of a host, without its ending: `signal` of `signal.org`.
fn is_label(host: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    host.rsplit_once('.').is_some_and(|(rest, _)| rest.split('.').any(|label| label == name))
}

/// A title between quotes or in a sentence, without the stop that ends it.
pub(super) fn title_text(view: View, first: usize, mut last: usize) -> String {
    let mut first = first;
    if let Some((inner, end, next)) = view.quoted(first)
        && next == last
    {
        first = inner;
        last = end;
    }
    while last > first && matches!(view.kind(last - 1), Kind::Mark(',' | ';' | ':' | '.')) {
        let abbreviates = view.is(last - 1, '.') && last >= first + 3 && {
            let before = view.raw(last - 2);
            let is_letter = before.chars().count() == 1 && view.is_capital(last - 2);
            is_letter && view.is(last - 3, '.') || view.is(last - 2, '.')
        };
        if abbreviates {
            break;
        }
        last -= 1;
    }
    view.text(first, last)
}
