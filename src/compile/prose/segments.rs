//! A note in parts: sources, and what stands between them.

use super::concepts::Concepts;
use super::earlier;
use super::heads;
use super::names;
use super::tokens::{Kind, Tokens};
use super::view::View;
use super::{Citation, Cited, Name, Note, Part};

/// Longest source, in tokens; long lists of authors fit.
const LONGEST_SOURCE: usize = 500;
/// How many places of a note are tried that turn out to be no source. Keeps long prose cheap.
const MOST_TRIES: usize = 400;

/// Reads a note from left to right.
pub(super) fn read(tokens: &Tokens) -> Note {
    let view = tokens.view();
    let mut reader = Reader { view, parts: Vec::new(), told: 0, tries: 0 };
    let mut at = 0;
    while at < view.end {
        let end = segment_end(view, at);
        reader.read_segment(at, end);
        at = end + 1;
    }
    reader.remark(tokens.text.len());
    Note { parts: reader.parts }
}

struct Reader<'a> {
    view: View<'a>,
    parts: Vec<Part>,
    /// Up to here the text is in some part.
    told: usize,
    tries: usize,
}

/// The semicolon that ends a source; those between the authors or within the numbers of one do not.
fn segment_end(view: View, at: usize) -> usize {
    let mut next = at;
    let mut start = at;
    while next < view.end {
        if view.is(next, ';') && view.is_spaced(next + 1) {
            let is_number = matches!(view.kind(next + 1), Kind::Number | Kind::Mixed);
            let is_small = view.kind(next + 1) == Kind::Word && !view.is_capital(next + 1);
            let is_address = view.identifier(next + 1).is_some() && view.identifier(at).is_some();
            let is_source = !is_number
                && (!is_small || is_address || starts_source(view, next + 1))
                && !is_publisher(view, start, next + 1);
            if is_source && !is_names(view, start, next) {
                return next;
            }
            if !is_names(view, start, next) {
                start = start.max(at);
            } else {
                start = next + 1;
            }
        }
        next = view.skip(next);
    }
    view.end
}

fn starts_source(view: View, at: usize) -> bool {
    let terms = Concepts::SIGNAL
        | Concepts::QUOTED
        | Concepts::IBID
        | Concepts::IDEM
        | Concepts::AND
        | Concepts::ABOVE;
    let terms = terms | Concepts::PARTICLE | Concepts::OP_CIT | Concepts::NOTE;
    view.term(at, terms).is_some()
}

/// `The Two Cultures; Cambridge University Press`, `New York; Teachers College Press`
fn is_publisher(view: View, start: usize, at: usize) -> bool {
    let has_year = |from: usize, to: usize| (from..to).any(|at| super::dates::year(view, at).is_some());
    let before_has_year = has_year(start.max(at.saturating_sub(40)), at);
    let semicolon = at.saturating_sub(1);
    let follows_city =
        (1..=4).any(|back| super::extents::city(view, semicolon.saturating_sub(back)) == Some(semicolon));
    // `Rio de Janeiro: Pallas; Fundação Biblioteca Nacional, 2014.`
    let comma = (at..at + 8).find(|at| view.kind(*at) != Kind::Word).unwrap_or(at);
    let names_second = view.is_capital(at)
        && view.is(comma, ',')
        && super::dates::year(view, comma + 1).is_some()
        && (start..semicolon).any(|at| view.is(at, ':'));
    if names_second && !before_has_year {
        return true;
    }
    super::extents::has_publisher(view, at)
        && (!before_has_year || follows_city)
        && !heads::starts_strongly(view, at)
}

/// Only a name: more authors follow.
fn is_names(view: View, at: usize, end: usize) -> bool {
    let inner = view.until(end);
    let mut start = at;
    while inner.term(start, Concepts::SIGNAL).is_some_and(|next| next > start) && start < at + 4 {
        start = inner.term(start, Concepts::SIGNAL).unwrap_or(end);
    }
    names::list(inner, start).is_some_and(|names| {
        let is_inverted =
            matches!(names.order, names::Order::Initials | names::Order::Inverted | names::Order::Vancouver);
        (names.next == end || inner.is(names.next, '.') && names.next + 1 == end) && is_inverted
    })
}

impl Reader<'_> {
    fn remark(&mut self, until: usize) {
        if until > self.told {
            self.parts.push(Part::Remark(self.told..until));
            self.told = until;
        }
    }

    fn read_segment(&mut self, first: usize, end: usize) {
        let view = self.view.until(end);
        let mut at = first;
        let mut can_start = true;
        while at < end {
            if self.tries > MOST_TRIES {
                return;
            }
            if can_start && let Some(next) = self.read_source(view, at, at > first && !follows_stop(view, at))
            {
                at = next.max(at + 1);
                can_start = true;
                continue;
            }
            // The next place where a source may begin.
            let (next, starts) = self.next_start(view, at);
            at = next;
            can_start = starts;
        }
    }

    /// Looks for the next place where a source may begin, after `at`.
    fn next_start(&mut self, view: View, at: usize) -> (usize, bool) {
        let mut next = at;
        while next < view.end {
            // A bracket may hold sources; nothing else in it begins one.
            if view.opens(next, '(') || view.opens(next, '[') && view.emphasis(next + 1).is_some() {
                let mate = view.mate(next).unwrap_or(next);
                self.read_bracket(view, next, mate);
                next = mate + 1;
                if matches!(view.kind(next), Kind::Mark(',' | '.')) {
                    continue;
                }
                continue;
            }
            let was = next;
            next = view.skip(next);
            if next >= view.end {
                break;
            }
            let after_stop = view.is(was, '.') && view.is_stop(was)
                || matches!(view.kind(was), Kind::Mark('?' | '!'))
                || view.kind(was) == Kind::Close('"') && view.is(next - 2, '.');
            let after_mark = after_stop
                || matches!(view.kind(was), Kind::Mark(':' | ',' | '—' | '–'))
                || view.has(was, Concepts::AND | Concepts::IN);
            let is_signal =
                view.term(next, Concepts::SIGNAL | Concepts::QUOTED).is_some() && is_signal_word(view, next);
            if after_stop && (view.is_capital(next) || view.opens(next, '"') || view.emphasis(next).is_some())
                || is_signal
                || view.identifier(next).is_some()
            {
                return (next, true);
            }
            let is_marked = view.emphasis(next).is_some() || view.link(next).is_some();
            // `See his “Notes on Noise,” *The Quiet Review*`
            let is_article = view.quoted(next).is_some_and(|(_, last, end)| {
                let joint = view.is(end, ',') || view.is(last.saturating_sub(1), ',');
                joint && view.emphasis(if view.is(end, ',') { end + 1 } else { end }).is_some()
            });
            if is_article {
                return (next, true);
            }
            // A name begins after a mark, or after a word that is part of no name.
            let begins = after_mark
                || view.kind(was) == Kind::Word
                    && !view.is_capital(was)
                    && !view.has(was, Concepts::PARTICLE);
            if is_marked
                || begins
                    && view.is_capital(next)
                    && (heads::starts_strongly(view, next) || earlier::starts(view, next))
            {
                return (next, true);
            }
        }
        (view.end, false)
    }

    /// Sources in a bracket within a sentence.
    fn read_bracket(&mut self, view: View, at: usize, mate: usize) {
        let inner = view.until(mate);
        let mut start = at + 1;
        while start < mate {
            let end = segment_end(inner, start);
            self.tries += 1;
            if self.tries > MOST_TRIES {
                return;
            }
            if self.read_source(inner.until(end), start, false).is_none() {
                self.read_inner(inner.until(end), start);
            }
            start = end + 1;
        }
    }

    /// A source later in a bracket, after a signal.
    fn read_inner(&mut self, view: View, at: usize) {
        let signal = (at..view.end).find(|at| {
            view.term(*at, Concepts::SIGNAL | Concepts::QUOTED).is_some() && is_signal_word(view, *at)
        });
        if let Some(signal) = signal.filter(|signal| *signal > at) {
            self.read_source(view, signal, false);
        }
    }

    /// Reads one source with its signal; what follows it.
    fn read_source(&mut self, view: View, at: usize, is_inner: bool) -> Option<usize> {
        self.tries += 1;
        let start = skip_label(view, at);
        let (signal, mut start, signal_at) = signal(view, start);
        while matches!(view.kind(start), Kind::Mark(',' | ':' | ';' | '.')) {
            start += 1;
        }
        if view.has(start, Concepts::AND) && !view.is_capital(start) && signal.is_none() {
            start += 1;
        }
        // Only a signal in small letters may be followed by small letters.
        let view = view.until(start + LONGEST_SOURCE);
        let earlier = earlier::read(view, start, is_inner, signal.is_some());
        let short_end = earlier.as_ref().map(|found| found.next);
        let draft = match &earlier {
            Some(found) if !matches!(found.cited, Cited::Short(_)) => None,
            _ => heads::read(view, start).filter(|draft| ends_well(view, draft.end)),
        };
        let draft = draft.filter(|draft| !is_beheaded(view, draft, self.told, at, is_inner));
        let is_fuller =
            |draft: &super::draft::Draft| short_end.is_none_or(|end| draft.end > end || is_full(draft));
        let draft = draft.filter(is_fuller);
        let (cited, volume, locator, end) = match (draft, earlier) {
            (Some(mut draft), _) => {
                let end = draft.end;
                if is_reprint(view, signal_at) {
                    draft.make_title_container();
                }
                // A link over the whole citation.
                let link = view.address(start).and_then(|address| super::identifiers::at(address, 0));
                if let Some((_, identifier)) =
                    link.filter(|_| draft.work.url.is_none() && draft.work.doi.is_none())
                {
                    draft.set_identifier(&identifier);
                }
                let (mut work, locator) = draft.finish();
                if work.authors.is_empty()
                    && work.editors.is_empty()
                    && !work.has_same_authors
                    && let Some(names) = authors_before(view, start)
                {
                    work.authors = names;
                }
                (Cited::Work(Box::new(work)), None, locator, end)
            }
            (None, Some(found)) => (found.cited, found.volume, found.locator, found.next),
            (None, None) => return None,
        };
        self.tries = self.tries.saturating_sub(1);
        let first = signal_at.unwrap_or(at.max(skip_label_start(view, at, start, signal.is_some())));
        let range = view.bytes(first, end);
        self.remark(range.start);
        self.told = range.end.max(self.told);
        self.parts.push(Part::Citation(Citation { range, signal, cited, volume, locator }));
        Some(end)
    }
}

/// `repr. in` says that the work is in another, whose title follows.
fn is_reprint(view: View, signal: Option<usize>) -> bool {
    signal.is_some_and(|at| {
        matches!(view.folded(at), "repr" | "reprinted" | "abgedruckt")
            && view.term(at, Concepts::QUOTED).is_some()
    })
}

/// Whom the sentence names just before a marked title: `Steven Pinker (*The Better Angels*, 2011)`, `As
/// Freire argues (*Pedagogy*, 1970)`, `Robin Wall Kimmerer's *Braiding Sweetgrass*`.
fn authors_before(view: View, at: usize) -> Option<Vec<Name>> {
    if view.emphasis(at).is_none() && view.quoted(at).is_none() {
        return None;
    }
    let last = at.checked_sub(1)?;
    let is_bracketed = view.kind(last) == Kind::Open('(');
    let verb = last
        .checked_sub(1)
        .filter(|at| is_bracketed && view.has(*at, Concepts::VERB) && !view.is_capital(*at));
    // `As Ivan Illich writes in *Deschooling Society*`
    let writes_in = view.has(last, Concepts::IN)
        && last.checked_sub(1).is_some_and(|at| view.has(at, Concepts::VERB) && !view.is_capital(at));
    let verb = if writes_in { last.checked_sub(1) } else { verb };
    let end = match verb {
        Some(verb) => verb,
        None if is_bracketed => last,
        None => at,
    };
    let before = view.until(end);
    let first = (end.saturating_sub(6)..end).find(|first| {
        let is_whole =
            first.checked_sub(1).is_none_or(|at| !view.is_capital(at) || view.has(at, Concepts::FUNCTION));
        is_whole && names::natural(before, *first).is_some_and(|names| names.next == end)
    })?;
    let mut names = names::natural(before, first)?;
    let owner = names.list.last_mut()?;
    let bare = ["'s", "’s"].iter().find_map(|ending| owner.family.strip_suffix(ending).map(str::to_owned));
    // One name alone may be any word; a verb after it says that somebody is meant.
    let is_person =
        names.order == names::Order::Natural && names.list.len() < 4 && (is_bracketed || bare.is_some())
            || verb.is_some() && matches!(names.order, names::Order::Single | names::Order::Natural);
    if !is_person || verb.is_none() && !is_bracketed && bare.is_none() {
        return None;
    }
    let owner = names.list.last_mut()?;
    owner.family = bare.unwrap_or_else(|| owner.family.clone());
    Some(names.list)
}

fn follows_stop(view: View, at: usize) -> bool {
    view.is(at.wrapping_sub(1), '.')
}

/// A marked title in the middle of what is no sentence: its authors stand before it, unread.
fn is_beheaded(view: View, draft: &super::draft::Draft, told: usize, at: usize, is_inner: bool) -> bool {
    let work = &draft.work;
    if work.title.is_none() || !work.authors.is_empty() || !work.editors.is_empty() || !(is_inner || at > 0) {
        return false;
    }
    let first = (at.saturating_sub(30)..at).find(|at| view.bytes(*at, *at + 1).start >= told);
    let Some(first) = first.filter(|first| view.weight(*first, at) > 0) else { return false };
    let is_bracketed = matches!(view.kind(at.wrapping_sub(1)), Kind::Open(_));
    let has_name = view.is_capital(first) && names::list(view, first).is_some();
    has_name
        && !is_bracketed
        && !super::extents::is_sentence(view.until(at), first)
        && !(first..at).any(|at| {
            view.kind(at) == Kind::Word
                && !view.is_capital(at)
                && !view.has(at, Concepts::PARTICLE | Concepts::AND)
        })
}

/// A draft that tells more than a short reference does.
fn is_full(draft: &super::draft::Draft) -> bool {
    let work = &draft.work;
    let is_published = work.publisher.is_some() || work.place.is_some() || work.container.is_some();
    is_published
        || work.url.is_some()
        || work.doi.is_some()
        || work.volume.is_some() && !work.has_same_authors
        || !work.translators.is_empty()
}

/// The source ends where a mark, a bracket or a new sentence says so.
fn ends_well(view: View, at: usize) -> bool {
    match view.kind(at) {
        Kind::End | Kind::Mark(_) | Kind::Open('(' | '[') | Kind::Close(_) => true,
        _ => {
            view.is(at.wrapping_sub(1), '.')
                || view.term(at, Concepts::QUOTED | Concepts::AND).is_some()
                || view.kind(at) == Kind::Word && !view.is_capital(at)
        }
    }
}

/// Where the citation begins: a leading `and` is the sentence's.
fn skip_label_start(view: View, at: usize, start: usize, has_signal: bool) -> usize {
    if has_signal || skip_label(view, at) > at { at } else { start }
}

/// `[1]`, `1.`, `(1)` before an entry of a list.
fn skip_label(view: View, at: usize) -> usize {
    if matches!(view.kind(at), Kind::Open('[' | '('))
        && view.mate(at) == Some(at + 2)
        && view.kind(at + 1) == Kind::Number
        && view.raw(at + 1).len() < 4
    {
        return at + 3;
    }
    let is_number = view.kind(at) == Kind::Number
        && view.raw(at).len() < 4
        && matches!(view.kind(at + 1), Kind::Mark('.' | ')'))
        && view.is_spaced(at + 2);
    if at == 0 && is_number && view.is_capital(at + 2) { at + 2 } else { at }
}

/// Signals with a meaning other than a signal's are signals only before a source.
fn is_signal_word(view: View, at: usize) -> bool {
    if view.term(at, Concepts::QUOTED).is_some() {
        return true;
    }
    // The end of a sentence: `It was not always so. See …`
    if view.folded(at) == "so" && view.is(at + 1, '.') {
        return false;
    }
    !matches!(
        view.folded(at),
        "so" | "s"
            | "from"
            | "id"
            | "anders"
            | "also"
            | "source"
            | "sources"
            | "and"
            | "but"
            | "for"
            | "e"
            | "dazu"
            | "hierzu"
            | "accord"
            | "contra"
            | "par"
    ) && (!matches!(view.folded(at), "por" | "ver" | "cp" | "v" | "vid")
        || view.is_capital(at)
        || view.is(at + 1, '.'))
        || view.get(at).is_some() && view.term(at, Concepts::SIGNAL).is_some_and(|next| next > at + 1)
}

/// The signal at `at` as written, what follows it, and where it begins.
fn signal(view: View, at: usize) -> (Option<String>, usize, Option<usize>) {
    let mut next = at;
    if view.has(next, Concepts::AND)
        && !view.is_capital(next)
        && view.term(next + 1, Concepts::SIGNAL | Concepts::QUOTED).is_some()
    {
        next += 1;
    }
    let first = next;
    let mut last = next;
    for _ in 0..3 {
        let joint = if view.is(next, ',') && next > first { next + 1 } else { next };
        // `*contra*,`, `anders dagegen`: words that often are none, but nothing else can stand here.
        let begins = |after: usize| {
            let mut next = if view.is(after, ',') { after + 1 } else { after };
            while next < after + 2 && view.kind(next) == Kind::Word && !view.is_capital(next) {
                if view.term(next, Concepts::SIGNAL).is_some() {
                    return true;
                }
                next += 1;
            }
            heads::starts_strongly(view, next) || view.term(next, Concepts::SIGNAL).is_some()
        };
        let Some(after) = view
            .term(joint, Concepts::SIGNAL | Concepts::QUOTED)
            .filter(|after| is_signal_word(view, joint) || !view.has(joint, Concepts::AND) && begins(*after))
        else {
            break;
        };
        if view.term(joint, Concepts::IBID | Concepts::IDEM).is_some() {
            break;
        }
        next = after;
        last = after;
    }
    // `Hierzu grundlegend`, `anders dagegen`
    let mut end = next;
    while end < next + 2
        && view.kind(end) == Kind::Word
        && !view.is_capital(end)
        && !view.has(end, Concepts::FUNCTION | Concepts::PARTICLE | Concepts::AND)
    {
        end += 1;
    }
    if last > first && end > next && view.is_capital(end) && heads::starts_strongly(view, end) {
        next = end;
        last = end;
    }
    let follows = matches!(view.kind(next), Kind::Mark(':' | ','));
    let next = if follows && last > first { next + 1 } else { next };
    (last > first)
        .then(|| view.text(first, last))
        .map_or((None, at, None), |text| (Some(text), next, Some(first)))
}
