//! What the notes of an essay cite, read together: a short form means a source of a note before it.

mod earlier;

use std::collections::{HashMap, HashSet};

use crate::document::{
    Block, Inline, NoteKind, Parsed, Run, Span, Target, WrittenNote, plain_text, visit_runs,
};

use super::excerpt;
use super::linked::Locator;
use super::prose::{self, Citation, Cited, Label, Part};
use super::references::{WrittenReference, is_reference};

use earlier::Earlier;

/// What all notes of an essay say, along its notes.
#[derive(Debug, Default)]
pub(super) struct Readings {
    pub(super) notes: Vec<Reading>,
    /// The sources that the notes cite.
    pub(super) references: Vec<WrittenReference>,
    /// Short forms that mean no source we know: the note's position, and the words.
    pub(super) unresolved: Vec<(usize, String)>,
    /// Words of notes that say no more than what they cite: citations say it now.
    pub(super) restated: Vec<String>,
}

/// What a note is.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    /// It says more than what it cites. For each of its blocks, what that is made of, if it cites.
    Remark(Vec<Vec<Fragment>>),
    /// It cites, and says no more.
    Sources(Vec<CitedPlace>),
}

/// A stretch of a remark.
#[derive(Debug, PartialEq)]
pub(super) enum Fragment {
    Words(Vec<Inline<Parsed>>),
    Citation {
        cited: Vec<CitedPlace>,
        words: Vec<Inline<Parsed>>,
        /// Whether the citation stands for the words; else it follows them.
        gives_way: bool,
        /// Whether the author's brackets stand around it.
        is_bracketed: bool,
    },
}

/// A source and the place in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CitedPlace {
    /// Position among the essay's references.
    pub(super) reference: usize,
    pub(super) locator: Option<Locator>,
    /// `See`, `cf.`: as written.
    pub(super) signal: Option<String>,
}

impl Readings {
    /// Reads the notes in the order of their marks in `body`. The words of those that only cite are
    /// taken out of them.
    pub(super) fn of(notes: &mut [WrittenNote], body: &[Block<Parsed>]) -> Self {
        let mut reader = Reader::default();
        let mut readings: Vec<Option<Reading>> = notes.iter().map(|_| None).collect();
        let labels: HashMap<String, usize> =
            notes.iter().enumerate().rev().map(|(at, note)| (note.label.trim().to_lowercase(), at)).collect();
        for (at, (note, reading)) in notes.iter_mut().zip(&mut readings).enumerate() {
            if note.kind == NoteKind::Reference {
                *reading = Some(reader.list_entry(at, note));
            }
        }
        reader.earlier.interrupt();
        for step in steps(body, &labels, notes.len()) {
            let Step::Note(at) = step else {
                reader.earlier.interrupt();
                continue;
            };
            if let (Some(note), Some(reading @ None)) = (notes.get_mut(at), readings.get_mut(at)) {
                *reading = Some(reader.footnote(at, note, &labels));
            }
        }
        let notes =
            readings.into_iter().map(|reading| reading.unwrap_or(Reading::Remark(Vec::new()))).collect();
        Readings {
            notes,
            references: reader.references,
            unresolved: reader.unresolved,
            restated: reader.restated,
        }
    }
}

/// What a reader of the essay comes across.
enum Step {
    Note(usize),
    /// A citation that is none of a note.
    Other,
}

/// The notes in the order of their marks, then those without a mark.
fn steps(body: &[Block<Parsed>], labels: &HashMap<String, usize>, count: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    visit_runs(body, &mut |run| {
        if let Run::Inlines(content) = run {
            collect(content, labels, &mut steps);
        }
    });
    steps.extend((0..count).map(Step::Note));
    steps
}

fn collect(content: &[Inline<Parsed>], labels: &HashMap<String, usize>, steps: &mut Vec<Step>) {
    for inline in content {
        match inline {
            Inline::Link { to, .. } => match &to.target {
                Target::Note(label) => {
                    steps.extend(labels.get(&label.trim().to_lowercase()).map(|at| Step::Note(*at)));
                }
                Target::Citation(_) | Target::Timestamp(_) => steps.push(Step::Other),
                _ => collect(inline.content(), labels, steps),
            },
            other => collect(other.content(), labels, steps),
        }
    }
}

#[derive(Default)]
struct Reader {
    references: Vec<WrittenReference>,
    earlier: Earlier,
    unresolved: Vec<(usize, String)>,
    restated: Vec<String>,
    /// Works that later notes can mean.
    known: HashSet<String>,
    /// The note that is being read.
    span: Span,
}

/// A paragraph of a note, read.
struct Paragraph {
    text: String,
    citations: Vec<Citation>,
    /// Between citations there is nothing but punctuation.
    only_cites: bool,
}

impl Paragraph {
    fn read(content: &[Inline<Parsed>]) -> Self {
        let pieces = excerpt::pieces(content);
        let text: String = pieces.iter().map(|piece| piece.text).collect();
        let mut citations = Vec::new();
        let mut only_cites = !has_mark(content);
        for part in prose::read(&pieces).parts {
            match part {
                Part::Citation(citation) => citations.push(citation),
                Part::Remark(range) => {
                    let remark = text.get(range).unwrap_or_default();
                    only_cites &= !remark.contains(char::is_alphanumeric);
                }
            }
        }
        only_cites &= !citations.is_empty();
        Paragraph { text, citations, only_cites }
    }

    /// Where the source's own words begin, after the signal.
    fn after_signal(&self, citation: &Citation) -> usize {
        let words = self.text.get(citation.range.clone()).unwrap_or_default();
        let rest = citation.signal.as_deref().and_then(|signal| words.strip_prefix(signal));
        let rest = rest.map_or(words, |rest| rest.trim_start_matches([' ', ',', ':', '\u{a0}']));
        citation.range.end - rest.len()
    }

    /// For each citation: what stands before it, its signal, its words. What stands after the last
    /// comes last.
    fn cut(&self, content: Vec<Inline<Parsed>>) -> Vec<Vec<Inline<Parsed>>> {
        let places = self
            .citations
            .iter()
            .flat_map(|citation| [citation.range.start, self.after_signal(citation), citation.range.end]);
        excerpt::split(content, &places.collect::<Vec<usize>>())
    }

    fn before(&self, citation: &Citation) -> Option<char> {
        self.text.get(..citation.range.start)?.trim_end().chars().next_back()
    }

    fn after(&self, citation: &Citation) -> Option<char> {
        self.text.get(citation.range.end..)?.trim_start().chars().next()
    }

    /// Whether a citation is a sentence of its own or a parenthesis: no sentence needs its words.
    fn stands_alone(&self, citation: &Citation) -> bool {
        let begins = match self.before(citation) {
            None | Some('.' | '!' | '?' | '(' | '[' | ';' | ':' | '—') => true,
            Some(',') => citation.signal.is_some(),
            Some(_) => false,
        };
        begins && matches!(self.after(citation), None | Some('.' | ')' | ']' | ';'))
    }
}

/// Whether the text has marks of notes and citations, which a reading of letters does not see.
fn has_mark(content: &[Inline<Parsed>]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Link { to, .. } => {
            matches!(to.target, Target::Note(_) | Target::Citation(_) | Target::Timestamp(_))
                || has_mark(inline.content())
        }
        Inline::Image { .. } => true,
        other => has_mark(other.content()),
    })
}

fn only_paragraph(body: &[Block<Parsed>]) -> Option<&[Inline<Parsed>]> {
    match body {
        [Block::Paragraph(content)] => Some(content),
        _ => None,
    }
}

impl Reader {
    /// An entry of a list is a source, understood or not.
    fn list_entry(&mut self, note: usize, written: &mut WrittenNote) -> Reading {
        self.span = written.span;
        let body = std::mem::take(&mut written.body);
        let read = only_paragraph(&body).map(Paragraph::read).filter(|it| it.only_cites);
        let citation = read.map(|it| it.citations).filter(|citations| citations.len() == 1);
        let place = match citation.and_then(|mut citations| citations.pop()) {
            Some(Citation { cited: Cited::Work(work), locator, volume: None, .. }) => {
                let work = self.earlier.with_authors(*work);
                let reference = self.work(work, body);
                CitedPlace { reference, locator: locator.map(place_of), signal: None }
            }
            _ => self.verbatim(body),
        };
        self.earlier.cite(note, place.reference, place.locator.as_ref());
        Reading::Sources(vec![place])
    }

    fn footnote(&mut self, at: usize, note: &mut WrittenNote, labels: &HashMap<String, usize>) -> Reading {
        self.span = note.span;
        self.earlier.begin_note(at);
        let is_source = is_reference(note);
        if let Some(content) = only_paragraph(&note.body) {
            let paragraph = Paragraph::read(content);
            if paragraph.only_cites
                && let Some(places) = self.sources(at, &paragraph, content.to_vec(), labels)
            {
                self.restated.push(paragraph.text);
                note.body = Vec::new();
                self.earlier.end_note(at);
                return Reading::Sources(places);
            }
        }
        if is_source {
            let place = self.verbatim(std::mem::take(&mut note.body));
            self.earlier.cite(at, place.reference, None);
            self.earlier.end_note(at);
            return Reading::Sources(vec![place]);
        }
        let mut blocks = Vec::with_capacity(note.body.len());
        for block in &mut note.body {
            let fragments = match block {
                Block::Paragraph(content) => self.fragments(at, content, labels),
                _ => Vec::new(),
            };
            blocks.push(fragments);
        }
        self.earlier.end_note(at);
        Reading::Remark(blocks)
    }

    /// All that a note cites, if all of it can be told.
    fn sources(
        &mut self,
        note: usize,
        paragraph: &Paragraph,
        content: Vec<Inline<Parsed>>,
        labels: &HashMap<String, usize>,
    ) -> Option<Vec<CitedPlace>> {
        let last = self.earlier.last();
        let whole = match paragraph.citations.as_slice() {
            [only] if only.signal.is_none() => Some(content.clone()),
            _ => None,
        };
        let mut parts = paragraph.cut(content).into_iter();
        let mut places = Vec::with_capacity(paragraph.citations.len());
        for citation in &paragraph.citations {
            let words = parts.by_ref().nth(2).unwrap_or_default();
            let words = whole.clone().unwrap_or_else(|| sentence(words));
            match self.place(note, citation, words, labels) {
                Some(place) => places.push(place),
                None => {
                    self.earlier.return_to(note, last);
                    return None;
                }
            }
        }
        Some(places)
    }

    fn fragments(
        &mut self,
        note: usize,
        content: &mut Vec<Inline<Parsed>>,
        labels: &HashMap<String, usize>,
    ) -> Vec<Fragment> {
        let paragraph = Paragraph::read(content);
        if paragraph.citations.is_empty() {
            return Vec::new();
        }
        let mut fragments: Vec<Fragment> = Vec::new();
        let mut parts = paragraph.cut(std::mem::take(content)).into_iter();
        for citation in &paragraph.citations {
            let before = parts.next().unwrap_or_default();
            let signal = parts.next().unwrap_or_default();
            let words = parts.next().unwrap_or_default();
            let has_signal = !signal.is_empty();
            let Some(mut place) = self.place(note, citation, sentence(words.clone()), labels) else {
                let written = plain_text(&words);
                if paragraph.only_cites || !matches!(citation.cited, Cited::Short(_)) {
                    self.unresolved.push((note, written));
                }
                fragments.extend([before, signal, words].map(Fragment::Words));
                continue;
            };
            place.signal = None;
            let is_understood = !matches!(citation.cited, Cited::Work(_))
                || self.references.get(place.reference).is_some_and(WrittenReference::is_set);
            let gives_way = is_understood && paragraph.stands_alone(citation) && !has_mark(&words);
            let opens = paragraph.before(citation) == Some('(') && !has_signal;
            let closes = paragraph.after(citation) == Some(')');
            // Sources side by side are one citation.
            if let Some(Fragment::Citation { cited, words: known, gives_way: true, is_bracketed }) =
                fragments.last_mut()
                && gives_way
                && !has_signal
                && plain_text(&before).trim() == ";"
            {
                cited.push(place);
                known.extend(before);
                known.extend(words);
                *is_bracketed &= closes;
                continue;
            }
            fragments.extend([before, signal].map(Fragment::Words));
            let is_bracketed = opens && (closes || paragraph.after(citation) == Some(';'));
            fragments.push(Fragment::Citation { cited: vec![place], words, gives_way, is_bracketed });
        }
        fragments.push(Fragment::Words(parts.next().unwrap_or_default()));
        fragments
    }

    /// The source that a citation means, which is entered if it is new.
    fn place(
        &mut self,
        note: usize,
        citation: &Citation,
        words: Vec<Inline<Parsed>>,
        labels: &HashMap<String, usize>,
    ) -> Option<CitedPlace> {
        let own = place_in(citation);
        let (reference, locator) = match &citation.cited {
            Cited::Work(work) => {
                let work = self.earlier.with_authors((**work).clone());
                (self.work(work, vec![Block::Paragraph(words)]), own)
            }
            cited => {
                let (reference, same) = self.earlier.resolve(cited, labels)?;
                (reference, own.or(same))
            }
        };
        self.earlier.cite(note, reference, locator.as_ref());
        Some(CitedPlace { reference, locator, signal: citation.signal.clone() })
    }

    fn work(&mut self, work: prose::Work, words: Vec<Block<Parsed>>) -> usize {
        let reference = WrittenReference::of_work(work, words, self.span);
        let at = self.references.len();
        // A work that is described twice is still one that a short form can mean.
        let is_new = reference.work_identity().is_none_or(|identity| self.known.insert(identity));
        if let Some(work) = reference.work.as_ref().filter(|_| is_new) {
            self.earlier.add(work, at);
        }
        self.references.push(reference);
        at
    }

    fn verbatim(&mut self, body: Vec<Block<Parsed>>) -> CitedPlace {
        let reference = self.references.len();
        self.references.push(WrittenReference::read(body, self.span));
        CitedPlace { reference, locator: None, signal: None }
    }
}

/// A source's words on their own end with a full stop.
fn sentence(mut words: Vec<Inline<Parsed>>) -> Vec<Inline<Parsed>> {
    if !plain_text(&words).trim_end().ends_with(['.', '!', '?', '/']) {
        words.push(Inline::Text(".".to_owned()));
    }
    words
}

/// Where in its source a citation points, from the volume inwards.
fn place_in(citation: &Citation) -> Option<Locator> {
    let within = citation.locator.clone().map(place_of);
    let Some(volume) = &citation.volume else { return within };
    Some(Locator::Written(match within {
        Some(Locator::Written(place) | Locator::Timestamp(place)) => format!("vol. {volume}, {place}"),
        None => format!("vol. {volume}"),
    }))
}

fn place_of(locator: prose::Locator) -> Locator {
    let prose::Locator { label, value } = locator;
    let label = match label {
        Label::Timestamp => return Locator::Timestamp(value),
        Label::Act => "act",
        Label::Article => "art",
        Label::Book => "bk",
        Label::Chapter => "ch",
        Label::Column => "col",
        Label::Figure => "fig",
        Label::Folio => "fol",
        Label::Line => "line",
        Label::Location => "loc",
        Label::Page => "p",
        Label::Paragraph => "para",
        Label::Part => "part",
        Label::Section => "sec",
        Label::Verse => "verse",
    };
    Locator::Written(format!("{label}. {value}"))
}
