//! Editors, translators and directors in the tail of a citation, and the book that holds a chapter.

use super::Kind as WorkKind;
use super::concepts::Concepts;
use super::draft::{Draft, Element, Look, title_text};
use super::elements::Gap;
use super::extents;
use super::names::{self, Order};
use super::tokens::Kind;
use super::view::View;

impl Draft<'_> {
    /// `edited by Names`, `Names (Eds.)`, `trans. Name`, `directed by Name`
    pub(super) fn read_contributor(&mut self, at: usize) -> Option<usize> {
        let view = self.view;
        let roles = Concepts::EDITOR | Concepts::TRANSLATOR | Concepts::DIRECTOR;
        if let Some(mut next) = view.term(at, roles) {
            let mut is_editor = view.term(at, Concepts::EDITOR).is_some();
            let mut is_translator = view.term(at, Concepts::TRANSLATOR).is_some();
            let is_film =
                view.folded(at) == "dir" && self.work.authors.is_empty() && self.work.container.is_none();
            is_editor &= !is_film;
            let is_director =
                view.term(at, Concepts::DIRECTOR).is_some() && (next > at + 1 && !is_editor || is_film);
            if (view.has(next, Concepts::AND) || view.is(next, ','))
                && let Some(after) = view.term(next + 1, roles)
            {
                is_editor |= view.term(next + 1, Concepts::EDITOR).is_some();
                is_translator |= view.term(next + 1, Concepts::TRANSLATOR).is_some();
                next = after;
            }
            while view.has(next, Concepts::BY) && !view.is_capital(next) || view.is(next, ':') {
                next += if view.is(next + 1, '.') && !view.is(next, ':') { 2 } else { 1 };
            }
            let found = names::natural(view, next).filter(|names| {
                names.order != Order::Single || names.list.len() > 1 || is_translator || is_editor
            });
            if let Some(found) = found.filter(|_| is_editor || is_translator || is_director) {
                if is_director {
                    self.work.authors.extend(found.list);
                    self.hints.named =
                        self.hints.named.or(Some(if is_film || view.folded(at) == "directed" {
                            WorkKind::Film
                        } else {
                            WorkKind::Podcast
                        }));
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
        if matches!(
            view.folded(at),
            "introduction"
                | "foreword"
                | "intro"
                | "with"
                | "illustrated"
                | "preface"
                | "afterword"
                | "by"
                | "einl"
                | "préface"
                | "vorwort"
                | "illus"
                | "mit"
                | "introd"
        ) || view.folded(at) == "rev" && view.is(at + 1, '.')
        {
            let mut next = at + 1;
            while next < at + 7
                && (view.has(next, Concepts::BY | Concepts::FUNCTION | Concepts::AND)
                    && !view.is_capital(next)
                    || view.is(next, '.')
                    || matches!(
                        view.folded(next),
                        "introduction"
                            | "foreword"
                            | "preface"
                            | "afterword"
                            | "by"
                            | "einem"
                            | "vorwort"
                            | "new"
                    ))
            {
                next += 1;
            }
            if let Some(names) = names::natural(view, next).filter(|names| names.order == Order::Natural) {
                self.add_note(view.text(at, names.next));
                return Some(names.next);
            }
        }
        let starts = view.is_capital(at)
            && (self.expects_container
                || self.depth > 0
                || matches!(self.last, Element::Title | Element::Contributor));
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
    pub(super) fn read_in(&mut self, at: usize, gap: Gap) -> Option<usize> {
        let view = self.view;
        if !view.has(at, Concepts::IN)
            || gap.mark == ' ' && self.last != Element::Title
            || matches!(self.title, Look::Missing)
        {
            return None;
        }
        if self.work.container.is_some()
            || view.letters(at) == 1
                && !view.is(at + 1, ':')
                && view.emphasis(at + 1).is_none()
                && view.kind(at + 1) != Kind::Open('"')
        {
            return None;
        }
        let mut next = at + 1;
        if view.is(next, ':') {
            next += 1;
        }
        if matches!(
            view.folded(next),
            "his"
                | "her"
                | "their"
                | "ders"
                | "dies"
                | "id"
                | "idem"
                | "son"
                | "sa"
                | "suo"
                | "su"
                | "seu"
                | "zijn"
        ) {
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
                let marked = matches!(view.kind(names.next), Kind::Mark(',' | ':'))
                    && view.emphasis(names.next + 1).is_some();
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
            view.has(at, Concepts::CONFERENCE)
                && view.get(at).is_some_and(|token| token.concepts.has(Concepts::CONFERENCE))
                && !matches!(view.folded(at), "meeting" | "congress" | "workshop")
        });
        let text = title_text(view, first, last);
        // `ACM Comput. Surv.`: the last stop cuts a word short too.
        let has_stops = (first..last.saturating_sub(1)).any(|at| view.is(at, '.'));
        let is_cut = match look {
            Look::Emphasised => {
                view.is(last, '.') && (view.is(last + 1, ',') || has_stops && view.number(last + 1).is_some())
            }
            _ => has_stops && view.is(last.saturating_sub(1), '.') && view.is(last, ','),
        };
        let text = if is_cut && !text.ends_with('.') { format!("{text}.") } else { text };
        self.set_container(text, look);
    }
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
        if view.has(next, Concepts::AND)
            && let Some(after) = view.term(next + 1, roles)
        {
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
    // `…, hg. v. Joachim Ritter`: the names follow.
    let leads_on = (start + 1..next).any(|at| view.has(at, Concepts::BY)) || view.has(next, Concepts::BY);
    if leads_on && !view.is_capital(next.saturating_sub(1)) {
        return None;
    }
    let ends = matches!(view.kind(next), Kind::Mark(',' | ':' | '.') | Kind::Close(_) | Kind::End)
        || view.is(next - 1, '.')
        || view.emphasis(next).is_some();
    ends.then_some((found, next))
}
