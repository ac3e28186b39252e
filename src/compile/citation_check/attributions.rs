//! Sentences that name another source than their mark leads to: one number used for two things.
//!
//! A clause is what stands between a mark and the mark or the sentence's beginning before it. Where it
//! says whose work it rests on ([mentions](super::sentences::mentions)), the entry that the mark leads to
//! should know the name. Authors cite for many reasons, and a newspaper may well be cited for what a report
//! said; so an entry that does not know the name is doubted only
//!
//! - where another entry of the list is by whoever is named, and is not cited in that sentence;
//! - where the clause names a work (“a 2021 report by UNESCO”), and the entry is the home page of somebody
//!   else, which is no such work;
//! - where the clause ends in the name of an author (“Jones et al. [3]”), and the entry has other authors.
//!
//! An entry that knows the name is doubted where the year right beside the name is two or more years after
//! its own, or is that of another entry by the same name. No entry is doubted that knows any name in the
//! clause, and several sources cited together are doubted together. An entry knows a name by one telling
//! word of it, by its abbreviation or by its site.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Inline, Parsed, Run, Span, Target, visit_runs};

use super::super::library::Library;
use super::knowledge::Knowledge;
use super::sentences::{Manner, Mention, Name, mentions, names, sentence_start};
use super::{Findings, shown};

/// Years that may lie between a work and what it is dated by: reports are named after the year before.
const YEARS_APART: i32 = 2;
/// Entries by one name that are looked at.
const MOST_NAMESAKES: usize = 50;
/// A clause with more letters is no sentence of prose.
const LONGEST_CLAUSE: usize = 2000;

pub(super) fn check(document: &Document, library: &Library, findings: &mut Findings) {
    let entries = Entries::of(document, library);
    if entries.all.is_empty() {
        return;
    }
    visit_runs(&document.body, &mut |run| {
        if let Run::Inlines(content) = run {
            let mut line = Line::default();
            line.read(content, &entries);
            line.check(&entries, findings);
        }
    });
}

/// What the essay can cite.
struct Entries<'a> {
    all: Vec<Knowledge<'a>>,
    /// `None` for remarks, of which nothing is known.
    by_label: HashMap<String, Option<usize>>,
    by_key: HashMap<String, usize>,
    by_lead: HashMap<String, Vec<usize>>,
    labels: Vec<String>,
}

impl<'a> Entries<'a> {
    fn of(document: &'a Document, library: &Library) -> Self {
        let mut entries = Entries {
            all: Vec::new(),
            by_label: HashMap::new(),
            by_key: HashMap::new(),
            by_lead: HashMap::new(),
            labels: Vec::new(),
        };
        for note in &document.notes {
            let label = note.label.trim().to_lowercase();
            if entries.by_label.contains_key(&label) {
                continue;
            }
            let known =
                Knowledge::of_note(note).map(|known| entries.enter(known, format!("[{}]", note.label)));
            entries.by_label.insert(label, known);
        }
        let mut keys = BTreeSet::new();
        visit_runs(&document.body, &mut |run| {
            if let Run::Inlines(content) = run {
                collect_keys(content, &mut keys);
            }
        });
        for key in keys {
            if let Some(entry) = library.get(key) {
                let at = entries.enter(Knowledge::of_entry(entry), format!("[@{key}]"));
                entries.by_key.insert(key.to_owned(), at);
            }
        }
        entries
    }

    fn enter(&mut self, known: Knowledge<'a>, label: String) -> usize {
        let at = self.all.len();
        for word in known.lead() {
            self.by_lead.entry(word.to_owned()).or_default().push(at);
        }
        self.all.push(known);
        self.labels.push(label);
        at
    }

    /// Entries by whoever is named.
    fn by(&self, name: &Name) -> Vec<usize> {
        let lists = name.telling_words().map(|word| self.by_lead.get(word));
        let Some(shortest) = lists.min_by_key(|list| list.map_or(0, Vec::len)).flatten() else {
            return Vec::new();
        };
        let near = shortest.iter().copied().take(MOST_NAMESAKES);
        near.filter(|at| self.all.get(*at).is_some_and(|entry| entry.is_by(name))).collect()
    }
}

fn collect_keys<'a>(content: &'a [Inline<Parsed>], keys: &mut BTreeSet<&'a str>) {
    for inline in content {
        match inline {
            Inline::Link { to, content } => match &to.target {
                Target::Citation(cited) => keys.extend(cited.iter().map(|cited| cited.key.as_str())),
                _ => collect_keys(content, keys),
            },
            other => collect_keys(other.content(), keys),
        }
    }
}

/// Sources that are cited at one place.
struct Marks {
    /// Where in the line's text.
    at: usize,
    span: Span,
    /// `None` where one of them is not known.
    entries: Option<Vec<usize>>,
    sentence: usize,
}

/// A paragraph or the like as text, with its marks.
#[derive(Default)]
struct Line {
    text: String,
    marks: Vec<Marks>,
}

impl Line {
    fn read(&mut self, content: &[Inline<Parsed>], entries: &Entries) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Math(text) => self.text.push_str(text),
                Inline::LineBreak => self.text.push(' '),
                Inline::Link { to, content } => {
                    let cited: Option<Vec<usize>> = match &to.target {
                        Target::Note(label) => {
                            let known = entries.by_label.get(&label.trim().to_lowercase()).copied().flatten();
                            known.map(|at| vec![at])
                        }
                        Target::Citation(keys) => {
                            keys.iter().map(|cited| entries.by_key.get(&cited.key).copied()).collect()
                        }
                        Target::Timestamp(_) => None,
                        _ => {
                            self.read(content, entries);
                            continue;
                        }
                    };
                    self.mark(cited, to.span);
                }
                other => self.read(other.content(), entries),
            }
        }
    }

    fn mark(&mut self, cited: Option<Vec<usize>>, span: Span) {
        let at = self.text.len();
        let before = self.marks.last().map_or(0, |marks| marks.at);
        let between = self.text.get(before..).unwrap_or_default();
        if let Some(last) = self.marks.last_mut()
            && !between.contains(char::is_alphanumeric)
        {
            last.entries = last.entries.take().zip(cited).map(|(known, more)| [known, more].concat());
            last.at = at;
            return;
        }
        let sentence = self.marks.last().map_or(0, |marks| marks.sentence);
        let goes_on = self.marks.is_empty() || sentence_start(between) == 0;
        let sentence = if goes_on { sentence } else { sentence + 1 };
        self.marks.push(Marks { at, span, entries: cited, sentence });
    }

    fn check(&self, entries: &Entries, findings: &mut Findings) {
        let mut in_sentence: HashMap<usize, BTreeSet<usize>> = HashMap::new();
        for marks in &self.marks {
            in_sentence.entry(marks.sentence).or_default().extend(marks.entries.iter().flatten());
        }
        let mut from = 0;
        for marks in &self.marks {
            let stretch = self.text.get(from..marks.at).unwrap_or_default();
            from = marks.at;
            let clause = stretch.get(sentence_start(stretch)..).unwrap_or_default();
            let (Some(cited), false) = (&marks.entries, clause.len() > LONGEST_CLAUSE) else { continue };
            let beside = in_sentence.get(&marks.sentence);
            let is_beside = |at: &usize| beside.is_some_and(|beside| beside.contains(at));
            if let Some(doubt) = doubt(clause, cited, entries, is_beside) {
                let (message, help) = doubt.tell(cited, entries);
                findings.enter("doubtful-citation", marks.span, || {
                    Diagnostic::warning("doubtful-citation", message).help(help)
                });
            }
        }
    }
}

/// Why a mark may lead to the wrong source.
struct Doubt {
    mention: Mention,
    /// The entry that is meant, perhaps.
    meant: Option<usize>,
    /// The year of the cited entry, where that is what is wrong.
    year: Option<i32>,
}

fn doubt(
    clause: &str,
    cited: &[usize],
    entries: &Entries,
    is_beside: impl Fn(&usize) -> bool,
) -> Option<Doubt> {
    let mentions = mentions(clause);
    let mention = mentions.last()?.clone();
    let cited: Vec<&Knowledge> = cited.iter().filter_map(|at| entries.all.get(*at)).collect();
    let is_known = |name: &Name| cited.iter().any(|entry| entry.knows(name));
    let others: Vec<usize> = entries.by(&mention.name).into_iter().filter(|at| !is_beside(at)).collect();
    if is_known(&mention.name) {
        let year = mention.year?;
        let [only] = cited.as_slice() else { return None };
        let own = only.year().filter(|_| !only.has_year(year))?;
        let of_year = |at: &&usize| entries.all.get(**at).is_some_and(|entry| entry.year() == Some(year));
        let meant = others.iter().find(of_year).copied();
        let is_doubtful = meant.is_some() || year >= own + YEARS_APART;
        return is_doubtful.then_some(Doubt { mention, meant, year: Some(own) });
    }
    if names(clause).iter().any(is_known) {
        return None;
    }
    let meant = match (others.as_slice(), mention.year) {
        (several @ [_, _, ..], Some(year)) => {
            several.iter().copied().find(|at| entries.all.get(*at).is_some_and(|entry| entry.has_year(year)))
        }
        ([first, ..], _) => Some(*first),
        ([], _) => None,
    };
    let is_doubtful = meant.is_some()
        || match mention.manner {
            Manner::Work => cited.iter().all(|entry| entry.is_home()),
            Manner::Label => cited.iter().all(|entry| entry.is_by_people()),
            Manner::Voice => false,
        };
    is_doubtful.then_some(Doubt { mention, meant, year: None })
}

impl Doubt {
    /// What is wrong, and what to do.
    fn tell(&self, cited: &[usize], entries: &Entries) -> (String, String) {
        let name = |at: &usize| {
            let label = entries.labels.get(*at).map_or("", String::as_str);
            let text = entries.all.get(*at).map_or("", |entry| entry.text.as_str());
            format!("{label} is “{}”", shown(text).trim_end_matches('.'))
        };
        let named = match self.mention.year {
            Some(year) => format!("“{}” and the year {year}", self.mention.name.text),
            None => format!("“{}”", self.mention.name.text),
        };
        let is = cited.iter().take(3).map(name).collect::<Vec<_>>().join(", ");
        let message = match self.year {
            Some(year) => format!("the sentence names {named}, but {is} from {year}"),
            None => format!("the sentence names {named}, but {is}"),
        };
        let help = match self.meant {
            Some(at) => format!("is the other one meant? {}", name(&at)),
            None => "give what is named an entry of its own, or correct the mark".to_owned(),
        };
        (message, help)
    }
}
