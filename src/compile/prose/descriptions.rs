//! What a source says of itself: its edition, its medium, that it is a thesis or a reprint.

use super::Kind as WorkKind;
use super::concepts::Concepts;
use super::dates;
use super::draft::{Draft, Element};
use super::numbers;
use super::tokens::Kind;
use super::view::View;

impl Draft<'_> {
    /// `2nd ed.`, `2. Aufl.`, `3ª ed.`, `rev. ed.`
    pub(super) fn read_edition(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        // `Изд. 5-е, испр.`: the number follows the word.
        if view.has(at, Concepts::EDITION)
            && let Some(number) = view.term(at, Concepts::EDITION)
            && matches!(view.kind(number), Kind::Number | Kind::Mixed)
            && !view.has(at, Concepts::EDITOR)
        {
            let mut end = number + 1;
            while end < number + 6
                && (view.has(end, Concepts::REVISED)
                    || view.is(end, '-') && !view.is_spaced(end)
                    || view.kind(end) == Kind::Word && view.letters(end) < 3
                    || view.is(end, ',') && view.has(end + 1, Concepts::REVISED)
                    || view.is(end, '.') && view.has(end - 1, Concepts::REVISED))
            {
                end += 1;
            }
            self.set_edition(view.text(number, end));
            return Some(end);
        }
        let mut word = at;
        let mut number = None;
        while word < at + 9 {
            if view.has(word, Concepts::EDITION)
                && word > at
                && let Some(next) = view.term(word, Concepts::EDITION)
            {
                let is_revised = (at..word).any(|at| view.has(at, Concepts::REVISED));
                let says_editor = next == word + 1
                    && view.has(word, Concepts::EDITOR)
                    && number.is_none()
                    && !view.has(at, Concepts::REVISED);
                if says_editor {
                    return None;
                }
                // `3ª ed. riv.`
                let mut end = next;
                while end < next + 4
                    && (view.has(end, Concepts::REVISED) && !view.is_capital(end)
                        || end > next && (view.is(end, '.') || view.has(end, Concepts::AND)))
                {
                    end += 1;
                }
                if end > next {
                    self.set_edition(view.text(at, end));
                    return Some(end);
                }
                let text = match number {
                    Some(number) if word <= at + 3 && !is_revised => number,
                    _ => spelt(view, at, word).unwrap_or_else(|| view.text(at, word)),
                };
                self.set_edition(text);
                return Some(next);
            }
            match view.kind(word) {
                Kind::Number | Kind::Mixed if number.is_none() && view.raw(word).len() <= 5 => {
                    let digits: String = view.raw(word).chars().take_while(char::is_ascii_digit).collect();
                    number = (digits.len() <= 3).then_some(digits);
                    number.as_ref()?;
                }
                // `2., durchgesehene und korrigierte Aufl.`
                Kind::Word
                    if view.has(word, Concepts::REVISED)
                        || number.is_some() && word > at && view.letters(word) <= 16 => {}
                Kind::Mark('.' | '-' | ',' | 'ª' | 'º' | '°') if word > at => {}
                Kind::Word | Kind::Mark('&') if word > at && view.has(word, Concepts::AND) => {}
                _ => return None,
            }
            word += 1;
        }
        None
    }

    fn set_edition(&mut self, text: String) {
        self.work.edition = Some(text);
        self.evidence += 10;
        self.last = Element::Other;
    }

    /// What the source calls itself: a thesis, a report, a video.
    pub(super) fn read_kind(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        if let Some(next) = view.term(at, Concepts::THESIS) {
            self.hints.named = Some(WorkKind::Thesis);
            self.evidence += 15;
            self.last = Element::Other;
            self.add_note(view.text(at, next));
            return Some(next);
        }
        // `Tech. Rep.` alone
        if let Some(next) = view.term(at, Concepts::REPORT)
            && next > at + 1
            && view.is_capital(at)
            && matches!(view.kind(next), Kind::Mark(','))
            && self.title == super::draft::Look::Quoted
        {
            self.hints.named.get_or_insert(WorkKind::Report);
            self.add_note(view.text(at, next));
            self.last = Element::Other;
            return Some(next);
        }
        let is_report = view.term(at, Concepts::REPORT).filter(|next| {
            numbers::numeral(view, *next).is_some()
                || view.has(*next, Concepts::ISSUE)
                    && numbers::numeral(view, view.term(*next, Concepts::ISSUE).unwrap_or(*next)).is_some()
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
        let ends = |at: usize| {
            matches!(view.kind(at), Kind::Mark('.' | ',') | Kind::End | Kind::Close(_) | Kind::Open('('))
        };
        if let Some(next) = view.term(at, Concepts::MEDIUM).filter(|_| !view.is_emphasised(at))
            && (ends(next) || view.is(next - 1, '.'))
            && !matches!(view.folded(at), "blog" | "post") | (self.depth > 0)
        {
            self.take_medium(at);
            self.hints.is_visited = view.folded(at) == "web" && view.is(next - 1, '.');
            self.add_note(view.text(at, next));
            self.last = Element::Other;
            return Some(next);
        }
        if matches!(view.folded(at), "print" | "druck" | "imprimé") && ends(at + 1) && self.is_complete() {
            return Some(if view.is(at + 1, '.') { at + 2 } else { at + 1 });
        }
        // `Version 5.3`
        if matches!(view.folded(at), "version" | "ver") && view.number(at + 1).is_some() {
            let mut end = at + 2;
            while view.is(end, '.') && !view.is_spaced(end + 1) && view.number(end + 1).is_some() {
                end += 2;
            }
            self.add_note(view.text(at, end));
            return Some(end);
        }
        if view.folded(at) == "episode" && view.number(at + 1).is_some() {
            self.hints.named.get_or_insert(WorkKind::Podcast);
            self.add_note(view.text(at, at + 2));
            return Some(at + 2);
        }
        if let Some(next) = view.term(at, Concepts::ORIGINAL) {
            // `repr., New York: …` describes the edition; `first published 1930` is another's date.
            let is_first = !matches!(
                view.folded(at),
                "reprint"
                    | "repr"
                    | "rpt"
                    | "nachdruck"
                    | "neudr"
                    | "réimpr"
                    | "rééd"
                    | "reimpr"
                    | "rist"
                    | "reprinted"
                    | "reissue"
                    | "reissued"
            );
            let mut end = next;
            // `Harlow: Heinemann, 1974; repr. Long Grove: Waveland, 2017`: the later publisher counts.
            if !is_first && self.work.date.is_some() && self.work.publisher.is_some() {
                let former = [self.work.place.take(), self.work.publisher.take()];
                self.add_note(former.into_iter().flatten().collect::<Vec<_>>().join(": "));
            }
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

    pub(super) fn take_medium(&mut self, at: usize) {
        // A program that an organisation publishes is no report.
        if matches!(self.view.folded(at), "computer" | "software" | "source" | "code") {
            self.hints.is_software = true;
        }
        let kind = match self.view.folded(at) {
            "video" | "videos" | "youtube" | "streaming" => Some(WorkKind::Video),
            "film" | "dvd" | "motion" | "documentary" => Some(WorkKind::Film),
            "podcast" | "audio" => Some(WorkKind::Podcast),
            "dataset" | "data" => Some(WorkKind::Dataset),
            "preprint" => Some(WorkKind::Preprint),
            "conference" | "paper" | "poster" => Some(WorkKind::Conference),
            "lecture" | "talk" | "keynote" | "plenary" | "speech" => Some(WorkKind::Talk),
            _ => None,
        };
        if let Some(kind) = kind {
            self.hints.named.get_or_insert(kind);
        }
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
