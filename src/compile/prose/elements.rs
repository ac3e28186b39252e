//! The tail of a citation: after the title, elements in whatever order the author's style has them.
//!
//! Each is recognised by its own marks (a term, a form, brackets). Text between them that has no marks
//! is given its part by where it stands.

use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element, Look, title_text};
use super::extents;
use super::identifiers::Identifier;
use super::names::{self, Order};
use super::numbers;
use super::tokens::{Kind, View};
use super::Kind as WorkKind;

/// Brackets within brackets.
const DEEPEST: usize = 3;

/// The separators before an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    /// The last mark, or a space.
    pub(super) mark: char,
    pub(super) is_stop: bool,
}

impl Draft<'_> {
    /// Reads elements from `at` to the end of the view, or to where something else begins.
    pub(super) fn read_tail(&mut self, mut at: usize) {
        self.end = at;
        loop {
            let (gap, next) = self.skip_gap(at);
            if next >= self.view.end || self.stops_at(next, gap) {
                break;
            }
            let after = self.read_element(next, gap).max(next + 1);
            at = after;
            self.end = after.min(self.view.end);
        }
    }

    fn skip_gap(&mut self, mut at: usize) -> (Gap, usize) {
        let view = self.view;
        let mut gap = Gap { mark: ' ', is_stop: false };
        loop {
            match view.kind(at) {
                Kind::Mark(mark @ (',' | '.' | ';' | ':' | '–' | '—' | '-' | '|' | '/' | '?' | '!' | '·')) => {
                    gap.is_stop |= view.is_stop(at) || (mark == '.' && view.is_spaced(at + 1));
                    if mark == '/' && view.is(at + 1, '/') {
                        self.expects_container = true;
                    }
                    gap.mark = mark;
                }
                Kind::Mark(')') => {}
                _ => return (gap, at),
            }
            at += 1;
        }
    }

    /// Whether the source ends before `at`: a signal, another source or a sentence about it follows.
    fn stops_at(&self, at: usize, gap: Gap) -> bool {
        let view = self.view;
        if self.depth > 0 {
            return false;
        }
        if view.term(at, Concepts::QUOTED).is_some() && self.last != Element::Head {
            return gap.mark != ' ' || self.is_complete();
        }
        let is_signal = view.term(at, Concepts::SIGNAL).is_some()
            && matches!(view.folded(at), "see" | "cf" | "vgl" | "siehe" | "voir" | "vedi" | "véase" | "zob" | "см" | "compare" | "but" | "cfr" | "zie" | "and");
        if is_signal && gap.mark != ' ' && (view.folded(at) != "and" || self.is_complete()) {
            return true;
        }
        if !self.is_complete() {
            return false;
        }
        if view.has(at, Concepts::AND) && (view.emphasis(at + 1).is_some() || view.link(at + 1).is_some() || super::heads::starts_strongly(view, at + 1)) {
            return true;
        }
        let tells_original = view.opens(at, '(') && view.term(at + 1, Concepts::ORIGINAL).is_some();
        if gap.is_stop && !tells_original && extents::is_sentence(view, at) {
            return true;
        }
        // `…, 23, argues that`; `… (London, 1999), which`
        let is_small = view.kind(at) == Kind::Word && !view.is_capital(at);
        is_small && (view.has(at, Concepts::VERB) || matches!(view.folded(at), "which" | "who" | "where" | "for" | "but" | "although" | "with" | "as" | "wo" | "qui" | "che" | "que" | "und" | "and" | "is" | "zum" | "to"))
            && view.term(at, Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::AVAILABLE | Concepts::ACCESSED).is_none()
            && !(view.folded(at) == "with" && names::natural(view, at + 1).is_some())
    }

    fn read_element(&mut self, at: usize, gap: Gap) -> usize {
        let view = self.view;
        if let Some(next) = self.read_marked(at, gap) {
            return next;
        }
        match view.kind(at) {
            Kind::Open('(') => return self.read_group(at),
            Kind::Open('[') => return self.read_square(at),
            _ => {}
        }
        let number = self.read_number(at, gap);
        if let Some(next) = number {
            return next;
        }
        if let Some(next) = self.read_publication(at).or_else(|| self.read_span(at)) {
            return next;
        }
        self.read_unmarked(at, gap)
    }

    /// Elements that begin with a term or have a form of their own.
    fn read_marked(&mut self, at: usize, gap: Gap) -> Option<usize> {
        let view = self.view;
        if let Some(identifier) = view.identifier(at) {
            self.set_identifier(identifier);
            return Some(at + 1);
        }
        if let Some(link) = view.link(at)
            && self.work.url.is_none()
        {
            // The words of the link are read too, unless they only say `online`.
            self.set_identifier(&Identifier::Url(link.address.clone()));
            let is_title = self.title == Look::Missing;
            let says_nothing = link.last == at + 1 && view.has(at, Concepts::MEDIUM | Concepts::AVAILABLE | Concepts::LABEL);
            if says_nothing || is_title {
                return Some(link.last);
            }
        }
        if let Some(next) = self.read_access(at) {
            return Some(next);
        }
        if let Some(next) = view.term(at, Concepts::DATED)
            && let Some((date, next)) = dates::read(view, if view.is(next, ':') { next + 1 } else { next })
        {
            self.set_date(date);
            return Some(next);
        }
        // `s.v. ‘culture’`: the entry of a dictionary.
        if view.folded(at) == "s" && view.is(at + 1, '.') && view.folded(at + 2) == "v" {
            let first = if view.is(at + 3, '.') { at + 4 } else { at + 3 };
            let (text, next) = super::earlier::marked_title(view, first)?;
            self.add_note(format!("s.v. {text}"));
            self.evidence += 20;
            return Some(next);
        }
        if view.has(at, Concepts::LABEL)
            && let Some(next) = view.term(at, Concepts::LABEL)
        {
            let next = if view.is(next, ':') { next + 1 } else { next };
            if view.identifier(next).is_some() || view.number(next).is_some() && view.raw(at).chars().all(|c| c.is_uppercase()) {
                if view.identifier(next).is_none() {
                    self.add_note(view.text(at, next + 1));
                    return Some(next + 1);
                }
                return Some(next);
            }
        }
        self.read_edition(at)
            .or_else(|| self.read_contributor(at))
            .or_else(|| self.read_in(at, gap))
            .or_else(|| self.read_term_number(at))
            .or_else(|| self.read_kind(at))
            .or_else(|| {
                let (date, next) = dates::read(view, at)?;
                self.reads_date(at, next).then(|| {
                    self.set_date(date);
                    next
                })
            })
    }

    /// Whether the date is one: a bare year may be a volume or page.
    fn reads_date(&self, at: usize, next: usize) -> bool {
        let view = self.view;
        let bare = next == at + 1 && view.kind(at) == Kind::Number;
        // `2016 IEEE Conference` is a name.
        if bare && view.is_capital(next) && !view.has(next, Concepts::PAGE | Concepts::CITY | Concepts::ISSUE) && self.work.container.is_none() && self.title == Look::Quoted {
            return false;
        }
        !bare || self.work.date.is_none() || !matches!(self.last, Element::Volume | Element::Issue | Element::Date)
    }

    /// `accessed 3 May 2020`, `Retrieved May 3, 2020, from`, `Available at:`
    fn read_access(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        if let Some(mut next) = view.term(at, Concepts::ACCESSED) {
            while view.is(next, ':') || matches!(view.folded(next), "on" | "am" | "le" | "el" | "il" | "em" | "op" | "the" | "dnia" | "at" | "d") {
                next += 1;
            }
            if let Some((date, next)) = dates::read(view, next) {
                self.work.accessed = Some(date);
                self.evidence += 5;
                self.last = Element::Other;
                let next = if view.is(next, ',') && view.has(next + 1, Concepts::AVAILABLE) { next + 2 } else { next };
                return Some(next);
            }
        }
        let next = view.term(at, Concepts::AVAILABLE)?;
        let mut address = next;
        while matches!(view.kind(address), Kind::Mark(':' | '.' | ',')) || matches!(view.folded(address), "the" | "as" | "pdf" | "von" | "unter") {
            address += 1;
        }
        let leads = view.identifier(address).is_some() || view.link(address).is_some();
        let is_alone = matches!(view.folded(at), "online" | "available" | "disponible" | "url" | "link") && matches!(view.kind(next), Kind::Mark(',' | '.' | ':') | Kind::End | Kind::Close(_));
        (leads || is_alone && view.get(at)?.concepts.has(Concepts::AVAILABLE)).then_some(if leads { address } else { next })
    }

    /// `2nd ed.`, `2. Aufl.`, `3ª ed.`, `rev. ed.`
    fn read_edition(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        let mut word = at;
        let mut number = None;
        while word < at + 7 {
            if view.has(word, Concepts::EDITION)
                && word > at
                && let Some(next) = view.term(word, Concepts::EDITION)
            {
                let says_editor = next == word + 1 && view.has(word, Concepts::EDITOR) && number.is_none() && !view.has(at, Concepts::REVISED);
                if says_editor {
                    return None;
                }
                let text = match number {
                    Some(number) if word <= at + 3 && !(at..word).any(|at| view.has(at, Concepts::REVISED)) => number,
                    _ => spelt(view, at, word).unwrap_or_else(|| with_stop(view, at, word)),
                };
                self.work.edition = Some(text);
                self.evidence += 10;
                self.last = Element::Other;
                return Some(next);
            }
            match view.kind(word) {
                Kind::Number | Kind::Mixed if number.is_none() && view.raw(word).len() <= 5 => {
                    let digits: String = view.raw(word).chars().take_while(char::is_ascii_digit).collect();
                    number = (digits.len() <= 3).then_some(digits);
                    number.as_ref()?;
                }
                Kind::Word if view.has(word, Concepts::REVISED) || number.is_some() && word > at && view.raw(word).chars().count() <= 10 => {}
                Kind::Mark('.' | '-' | ',' | 'ª' | 'º' | '°') if word > at => {}
                Kind::Word if matches!(view.raw(word), "и") => {}
                _ => return None,
            }
            word += 1;
        }
        None
    }

    /// `edited by Names`, `Names (Eds.)`, `trans. Name`, `directed by Name`
    fn read_contributor(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        let roles = Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::DIRECTOR;
        if let Some(mut next) = view.term(at, roles) {
            let mut is_editor = phrase_has(view, at, Concepts::EDITOR);
            let mut is_translator = phrase_has(view, at, Concepts::TRANSLATOR);
            let is_film = view.folded(at) == "dir" && self.work.authors.is_empty() && self.work.container.is_none();
            is_editor &= !is_film;
            let is_director = phrase_has(view, at, Concepts::DIRECTOR) && (next > at + 1 && !is_editor || is_film);
            if (view.has(next, Concepts::AND) || view.is(next, ','))
                && let Some(after) = view.term(next + 1, roles)
            {
                is_editor |= phrase_has(view, next + 1, Concepts::EDITOR);
                is_translator |= phrase_has(view, next + 1, Concepts::TRANSLATOR);
                next = after;
            }
            while view.has(next, Concepts::BY) && !view.is_capital(next) || view.is(next, ':') {
                next += if view.is(next + 1, '.') && !view.is(next, ':') { 2 } else { 1 };
            }
            let found = names::natural(view, next).filter(|names| names.order != Order::Single || names.list.len() > 1 || is_translator || is_editor);
            if let Some(found) = found.filter(|_| is_editor || is_translator || is_director) {
                if is_director {
                    self.work.authors.extend(found.list);
                    self.hints.named = self.hints.named.or(Some(if is_film || view.folded(at) == "directed" { WorkKind::Film } else { WorkKind::Podcast }));
                    self.evidence += 10;
                    self.last = Element::Contributor;
                    return Some(found.next);
                }
                if is_translator {
                    self.add_translators(found.list.clone());
                }
                if is_editor {
                    self.add_editors(found.list, found.has_others);
                }
                return Some(found.next);
            }
            if matches!(self.last, Element::Contributor) || self.depth > 0 {
                return Some(next);
            }
        }
        // `rev. C. D. C. Reeve`, `with an introduction by …`
        if matches!(view.folded(at), "rev" | "introduction" | "foreword" | "intro" | "with" | "illustrated" | "preface" | "afterword" | "by" | "einl" | "préface" | "vorwort" | "illus" | "mit" | "introd") {
            let mut next = at + 1;
            while next < at + 7 && (view.has(next, Concepts::BY | Concepts::FUNCTION | Concepts::AND) && !view.is_capital(next) || view.is(next, '.') || matches!(view.folded(next), "introduction" | "foreword" | "preface" | "afterword" | "by" | "einem" | "vorwort" | "new")) {
                next += 1;
            }
            if let Some(names) = names::natural(view, next).filter(|names| names.order == Order::Natural) {
                self.add_note(view.text(at, names.next));
                return Some(names.next);
            }
        }
        let starts = view.is_capital(at) && (self.expects_container || self.depth > 0 || matches!(self.last, Element::Title | Element::Contributor));
        if !starts {
            return None;
        }
        let names = names::list(view, at).filter(|names| names.order != Order::Same)?;
        let (role, next) = role_after(view, names.next)?;
        if role.has(Concepts::TRANSLATOR) {
            self.add_translators(names.list);
        } else {
            self.add_editors(names.list, names.has_others);
        }
        Some(next)
    }

    /// `In`, `in:`, `[w:]`: a container follows, its editors perhaps first.
    fn read_in(&mut self, at: usize, gap: Gap) -> Option<usize> {
        let view = self.view;
        if !view.has(at, Concepts::IN) || gap.mark == ' ' && self.last != Element::Title || matches!(self.title, Look::Missing) {
            return None;
        }
        if self.work.container.is_some() || view.raw(at).chars().count() == 1 && !view.is(at + 1, ':') && view.emphasis(at + 1).is_none() && view.kind(at + 1) != Kind::Open('"') {
            return None;
        }
        let mut next = at + 1;
        if view.is(next, ':') {
            next += 1;
        }
        if matches!(view.folded(next), "his" | "her" | "their" | "ders" | "dies" | "id" | "idem" | "son" | "sa" | "suo" | "su" | "seu" | "zijn") {
            next += if view.is(next + 1, '.') { 2 } else { 1 };
            while matches!(view.kind(next), Kind::Mark(',' | ':')) {
                next += 1;
            }
        }
        self.hints.has_in = true;
        self.expects_container = true;
        self.evidence += 5;
        let names = names::list(view, next).filter(|names| names.order != Order::Single);
        if let Some(names) = names {
            if let Some((role, after)) = role_after(view, names.next) {
                if role.has(Concepts::TRANSLATOR) {
                    self.add_translators(names.list);
                } else {
                    self.add_editors(names.list, names.has_others);
                }
                next = after;
            } else {
                // `in: Horst Baier, *Title*`: whose book it is.
                let marked = matches!(view.kind(names.next), Kind::Mark(',' | ':')) && view.emphasis(names.next + 1).is_some();
                let is_person = names.order != Order::Organisation && (names.is_known || marked);
                if marked && is_person {
                    self.add_editors(names.list, names.has_others);
                    next = names.next;
                }
            }
        }
        while matches!(view.kind(next), Kind::Mark(',' | ':' | '.')) {
            next += 1;
        }
        if let Some(end) = view.emphasis(next) {
            self.take_container(next, end, Look::Emphasised);
            return Some(end);
        }
        if let Some((first, last, end)) = view.quoted(next) {
            self.take_container(first, last, Look::Quoted);
            return Some(end);
        }
        let end = extents::plain_extent(view, next, extents::Extent::Container);
        if end > next && view.is_capital(next) {
            self.take_container(next, end, Look::Plain);
            return Some(end);
        }
        Some(next)
    }

    pub(super) fn take_container(&mut self, first: usize, last: usize, look: Look) {
        let view = self.view;
        self.hints.is_conference |= (first..last).any(|at| {
            view.has(at, Concepts::CONFERENCE) && view.get(at).is_some_and(|token| token.concepts.has(Concepts::CONFERENCE)) && !matches!(view.folded(at), "meeting" | "congress" | "workshop")
        });
        let text = title_text(view, first, last);
        let text = if look == Look::Emphasised && view.is(last, '.') && view.is(last + 1, ',') { format!("{text}.") } else { text };
        self.set_container(text, look);
    }

    /// What the source calls itself: a thesis, a report, a video.
    fn read_kind(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        if let Some(next) = view.term(at, Concepts::THESIS) {
            self.hints.named = Some(WorkKind::Thesis);
            self.evidence += 15;
            self.last = Element::Other;
            self.add_note(view.text(at, next));
            return Some(next);
        }
        let is_report = view.term(at, Concepts::REPORT).filter(|next| {
            numbers::numeral(view, *next).is_some() || view.has(*next, Concepts::ISSUE) && numbers::numeral(view, view.term(*next, Concepts::ISSUE).unwrap_or(*next)).is_some()
        });
        if let Some(next) = is_report {
            self.hints.named.get_or_insert(WorkKind::Report);
            self.evidence += 10;
            let number = view.term(next, Concepts::ISSUE).unwrap_or(next);
            let end = numbers::numeral(view, number)?;
            self.add_note(view.text(at, end));
            self.last = Element::Other;
            return Some(end);
        }
        if view.folded(at) == "arxiv" && view.folded(at + 1) == "preprint" {
            return Some(at + 2);
        }
        let ends = |at: usize| matches!(view.kind(at), Kind::Mark('.' | ',') | Kind::End | Kind::Close(_) | Kind::Open('('));
        if let Some(next) = view.term(at, Concepts::MEDIUM).filter(|_| !view.is_emphasised(at))
            && (ends(next) || view.is(next - 1, '.'))
            && !matches!(view.folded(at), "blog" | "post") | (self.depth > 0)
        {
            self.take_medium(at);
            self.add_note(view.text(at, next));
            self.last = Element::Other;
            return Some(next);
        }
        if matches!(view.folded(at), "print" | "druck" | "imprimé") && ends(at + 1) && self.is_complete() {
            return Some(if view.is(at + 1, '.') { at + 2 } else { at + 1 });
        }
        if view.folded(at) == "episode" && view.number(at + 1).is_some() {
            self.hints.named.get_or_insert(WorkKind::Podcast);
            self.add_note(view.text(at, at + 2));
            return Some(at + 2);
        }
        if let Some(next) = view.term(at, Concepts::ORIGINAL) {
            // `repr., New York: …` describes the edition; `first published 1930` is another's date.
            let is_first = !matches!(view.folded(at), "reprint" | "repr" | "rpt" | "nachdruck" | "neudr" | "réimpr" | "rééd" | "reimpr" | "rist" | "reprinted" | "reissue" | "reissued");
            let mut end = next;
            if is_first {
                while view.get(end).is_some() && dates::year(view, end).is_none() && end < next + 4 {
                    end += 1;
                }
                end = dates::year(view, end).map_or(next, |(_, next)| next);
                self.add_note(view.text(at, end));
            }
            self.last = Element::Other;
            return Some(end);
        }
        None
    }

    fn take_medium(&mut self, at: usize) {
        let kind = match self.view.folded(at) {
            "video" | "videos" | "youtube" | "streaming" => Some(WorkKind::Video),
            "film" | "dvd" | "motion" | "documentary" => Some(WorkKind::Film),
            "podcast" | "audio" => Some(WorkKind::Podcast),
            "dataset" | "data" => Some(WorkKind::Dataset),
            "preprint" => Some(WorkKind::Preprint),
            "lecture" | "conference" | "paper" | "talk" => Some(WorkKind::Talk),
            _ => None,
        };
        if let Some(kind) = kind {
            self.hints.named.get_or_insert(kind);
        }
    }

    /// A bracket: dates, places, editors, whatever; read as a text of its own.
    fn read_group(&mut self, at: usize) -> usize {
        let view = self.view;
        let Some(mate) = view.mate(at) else { return at + 1 };
        let inner = view.until(mate);
        // The issue after the volume.
        if self.last == Element::Volume
            && let Some(next) = numbers::numeral(inner, at + 1)
            && next == mate
            && dates::year(inner, at + 1).is_none()
        {
            self.set_issue(at + 1, mate);
            return mate + 1;
        }
        // `(1re éd. 1990)`, `(orig. 1930)`: another edition than the one cited.
        let year_at = (at + 1..mate).rev().find(|at| dates::year(inner, *at).is_some());
        let tells_other = inner.term(at + 1, Concepts::ORIGINAL).is_some()
            || (at + 1..mate).any(|at| inner.has(at, Concepts::EDITION)) && self.work.date.is_some() && year_at.is_some();
        if tells_other && !(at..mate).any(|at| inner.is(at, ':')) {
            self.add_note(inner.text(at + 1, mate));
            self.last = Element::Other;
            return mate + 1;
        }
        self.read_inside(at, mate)
    }

    fn read_inside(&mut self, at: usize, mate: usize) -> usize {
        if self.depth >= DEEPEST {
            self.add_unexplained(at, mate + 1);
            return mate + 1;
        }
        let outer = self.view;
        let end = self.end;
        self.view = outer.until(mate);
        self.depth += 1;
        self.read_tail(at + 1);
        self.depth -= 1;
        self.view = outer;
        self.end = end;
        mate + 1
    }

    /// `[Internet]`, `[cited 2023 Mar 4]`, `[Unpublished master's thesis]`
    fn read_square(&mut self, at: usize) -> usize {
        let view = self.view;
        let Some(mate) = view.mate(at) else { return at + 1 };
        let inner = view.until(mate);
        let first = at + 1;
        let is_known = inner.term(first, Concepts::ACCESSED | Concepts::AVAILABLE | Concepts::THESIS | Concepts::MEDIUM | Concepts::IN).is_some() || dates::read(inner, first).is_some();
        if let Some(next) = inner.term(first, Concepts::IN).filter(|next| inner.is(*next, ':') || *next == mate)
            && next + 1 >= mate
        {
            return self.read_in(first, Gap { mark: ',', is_stop: false }).map_or(mate + 1, |next| next.max(mate + 1));
        }
        if is_known && inner.term(first, Concepts::IN).is_none() {
            return self.read_inside(at, mate);
        }
        // What the author adds in brackets describes the source; a known medium may be among it.
        if let Some(medium) = (first..mate).find(|at| inner.has(*at, Concepts::MEDIUM)) {
            self.take_medium(medium);
        } else {
            self.unexplained += inner.weight(first, mate) / 2;
        }
        self.add_note(inner.text(first, mate));
        self.last = Element::Other;
        mate + 1
    }
}

/// `Second` as a number; `rev.` and the like stay words.
fn spelt(view: View, first: usize, last: usize) -> Option<String> {
    if last != first + 1 {
        return None;
    }
    let number = match view.folded(first) {
        "first" => "1",
        "second" => "2",
        "third" => "3",
        "fourth" => "4",
        "fifth" => "5",
        _ => return None,
    };
    Some(number.to_owned())
}

fn with_stop(view: View, first: usize, last: usize) -> String {
    view.text(first, last)
}

/// What the term at `at` means, the longest reading of it.
fn phrase_has(view: View, at: usize, concepts: Concepts) -> bool {
    view.term(at, concepts).is_some()
}

/// `(Eds.)`, `, eds.`, `(Hrsg.)`, `, Trans.` after names, and what follows.
pub(super) fn role_after(view: View, at: usize) -> Option<(Concepts, usize)> {
    let roles = Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::DIRECTOR;
    let role = |at: usize, view: View| -> Option<(Concepts, usize)> {
        let next = view.term(at, roles)?;
        let found = if view.term(at, Concepts::EDITOR).is_some() {
            Concepts::EDITOR
        } else if view.term(at, Concepts::TRANSLATOR).is_some() {
            Concepts::TRANSLATOR
        } else {
            Concepts::DIRECTOR
        };
        let mut next = next;
        if view.has(next, Concepts::AND) && let Some(after) = view.term(next + 1, roles) {
            next = after;
        }
        Some((found, next))
    };
    let start = if view.is(at, ',') { at + 1 } else { at };
    if matches!(view.kind(start), Kind::Open('(' | '[')) {
        let mate = view.mate(start)?;
        let (found, next) = role(start + 1, view.until(mate))?;
        return (next == mate).then_some((found, mate + 1));
    }
    if start == at {
        return None;
    }
    let (found, next) = role(start, view)?;
    let ends = matches!(view.kind(next), Kind::Mark(',' | ':' | '.') | Kind::Close(_) | Kind::End) || view.is(next - 1, '.') || view.emphasis(next).is_some();
    ends.then_some((found, next))
}
