//! How well prose citations are read: field by field against a labelled set.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use garland::compile::prose::{self, Cited, Date, Kind, Label, Name, Note, Part, Piece, Words};

#[derive(Deserialize)]
pub struct Entry {
    pub form: String,
    pub text: String,
    #[serde(default)]
    pub sources: Vec<BTreeMap<String, Value>>,
    #[serde(default)]
    pub remarks: Vec<String>,
    #[serde(default)]
    pub verbatim: bool,
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub enum Value {
    Mark(bool),
    Text(String),
    List(Vec<String>),
}

pub fn entries(yaml: &str) -> Vec<Entry> {
    serde_saphyr::from_str(yaml).unwrap()
}

/// `*italics*` and `[text](url)` as pieces: text, emphasis, address.
pub fn styled(markdown: &str) -> Vec<(String, bool, Option<String>)> {
    let mut pieces: Vec<(String, bool, Option<String>)> = Vec::new();
    let mut emphasised = false;
    let mut text = String::new();
    let mut rest = markdown;
    let mut link_end: Option<(usize, String)> = None;
    while let Some(c) = rest.chars().next() {
        let here = markdown.len() - rest.len();
        let address = link_end.as_ref().map(|(_, address)| address.clone());
        if let Some((end, _)) = &link_end
            && here == *end
        {
            pieces.push((std::mem::take(&mut text), emphasised, address));
            rest = &rest[rest.find(')').map_or(1, |at| at + 1)..];
            link_end = None;
            continue;
        }
        if c == '*' {
            pieces.push((std::mem::take(&mut text), emphasised, address));
            emphasised = !emphasised;
        } else if c == '[' && link_end.is_none() && linked(rest).is_some() {
            pieces.push((std::mem::take(&mut text), emphasised, None));
            let (length, address) = linked(rest).unwrap();
            link_end = Some((here + length, address));
        } else {
            text.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    pieces.push((text, emphasised, None));
    pieces.retain(|(text, _, _)| !text.is_empty());
    pieces
}

/// The length of `[text` and the address, if it is a link.
fn linked(rest: &str) -> Option<(usize, String)> {
    let close = rest.find("](http")?;
    if rest[1..close].contains(['[', ']']) {
        return None;
    }
    let address = &rest[close + 2..];
    Some((close, address[..address.find(')')?].to_owned()))
}

pub fn read(markdown: &str) -> Note {
    let styled = styled(markdown);
    let pieces: Vec<Piece> = styled
        .iter()
        .map(|(text, emphasised, address)| Piece {
            text,
            is_emphasised: *emphasised,
            address: address.as_deref(),
        })
        .collect();
    prose::read(&pieces)
}

type Fields = BTreeMap<String, String>;

fn wanted(source: &BTreeMap<String, Value>) -> Fields {
    let text = |value: &Value| match value {
        Value::Mark(mark) => mark.to_string(),
        Value::Text(text) => normal(text),
        Value::List(list) => list.iter().map(|it| normal(it)).collect::<Vec<_>>().join(" & "),
    };
    source.iter().filter(|(key, _)| *key != "note").map(|(key, value)| (key.clone(), text(value))).collect()
}

/// Spaces and quotes only.
fn normal(text: &str) -> String {
    let text: String = text
        .chars()
        .filter_map(|c| match c {
            '“' | '”' | '„' | '«' | '»' | '"' => Some('"'),
            '’' | '‘' | '\'' => Some('\''),
            '*' => None,
            c => Some(c),
        })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(names: &[Name]) -> String {
    let name = |name: &Name| {
        let parts = [Some(name.family.clone()), name.given.clone(), name.suffix.clone()];
        normal(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    };
    names.iter().map(name).collect::<Vec<_>>().join(" & ")
}

fn date(date: &Date) -> (String, Option<String>) {
    let year = match (&date.year, &date.words) {
        (Some(year), _) => year.to_string(),
        (None, Some(Words::Undated)) => "n.d.".to_owned(),
        (None, Some(Words::Forthcoming(words))) => words.clone(),
        (None, None) => String::new(),
    };
    let full = date.month.map(|month| {
        let month = format!("{year}-{month:02}");
        date.day.map_or(month.clone(), |day| format!("{month}-{day:02}"))
    });
    (year, full)
}

fn found(citation: &prose::Citation) -> Fields {
    let mut fields = Fields::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.insert(key.to_owned(), normal(&value));
        }
    };
    put("signal", citation.signal.clone());
    put("volume", citation.volume.clone());
    if let Some(locator) = &citation.locator {
        put("locator", Some(locator.value.clone()));
        if locator.label != Label::Page {
            put("locator_label", Some(format!("{:?}", locator.label).to_lowercase()));
        }
    }
    let mark = |yes: bool| yes.then(|| "true".to_owned());
    let put_short = |short: &prose::Short, put: &mut dyn FnMut(&str, Option<String>)| {
        put("authors", Some(names(&short.authors)));
        put("others", mark(short.has_others));
        put("idem", mark(short.has_same_authors));
        put("title", short.title.clone());
        put("year", short.date.as_ref().map(|it| date(it).0));
    };
    match &citation.cited {
        Cited::Work(work) => {
            put("kind", Some(kind(work.kind)));
            put("authors", Some(names(&work.authors)));
            put("editors", Some(names(&work.editors)));
            put("translators", Some(names(&work.translators)));
            put("others", mark(work.has_others));
            put("idem", mark(work.has_same_authors));
            if let Some(it) = &work.date {
                let (year, full) = date(it);
                put("year", Some(year));
                put("date", full);
            }
            if let Some(it) = &work.accessed {
                let (year, full) = date(it);
                put("accessed", Some(full.unwrap_or(year)));
            }
            let fields = [
                ("title", &work.title),
                ("container", &work.container),
                ("series", &work.series),
                ("edition", &work.edition),
                ("volume", &work.volume),
                ("issue", &work.issue),
                ("pages", &work.pages),
                ("publisher", &work.publisher),
                ("place", &work.place),
                ("url", &work.url),
                ("doi", &work.doi),
                ("isbn", &work.isbn),
                ("arxiv", &work.arxiv),
            ];
            for (key, value) in fields {
                put(key, value.clone());
            }
        }
        Cited::Ibid => {
            put("kind", Some("unknown".to_owned()));
            put("ibid", mark(true));
        }
        Cited::Short(short) => {
            put("kind", Some("unknown".to_owned()));
            put("short", mark(true));
            put_short(short, &mut put);
        }
        Cited::OpCit(short) => {
            put("kind", Some("unknown".to_owned()));
            put("opcit", mark(true));
            put_short(short, &mut put);
        }
        Cited::Above { note, short } => {
            put("kind", Some("unknown".to_owned()));
            put("short", mark(true));
            put("above", Some(note.to_string()));
            put_short(short, &mut put);
        }
    }
    fields
}

fn kind(kind: Kind) -> String {
    format!("{kind:?}").to_lowercase()
}

/// What was measured over a labelled set.
#[derive(Debug)]
pub struct Measured {
    pub fields: Count,
    /// Entries that nobody could read, and that were read all the same.
    pub verbatim_lost: usize,
    pub report: String,
}

#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Count {
    fn share(self, of: usize) -> f64 {
        if of == 0 { 1.0 } else { self.right as f64 / of as f64 }
    }

    pub fn precision(self) -> f64 {
        self.share(self.found)
    }

    pub fn recall(self) -> f64 {
        self.share(self.wanted)
    }

    fn line(self) -> String {
        let Self { right, found, wanted } = self;
        let shares = format!("precision {:.3} recall {:.3}", self.precision(), self.recall());
        format!("{shares} ({right} right, {found} found, {wanted} wanted)")
    }
}

/// Fields, whole sources, and every difference.
pub fn measure(yaml: &str) -> Measured {
    let mut out = String::new();
    let mut all = Count::default();
    let mut by_field: BTreeMap<String, Count> = BTreeMap::new();
    let mut by_form: BTreeMap<String, Count> = BTreeMap::new();
    let mut whole = Count::default();
    let mut sources = Count::default();
    let mut verbatim = (0, 0);
    let mut remarks = (0, 0);
    for (number, entry) in entries(yaml).iter().enumerate() {
        let note = read(&entry.text);
        let text: String = styled(&entry.text).into_iter().map(|(text, _, _)| text).collect();
        let citations: Vec<&prose::Citation> = note
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Citation(it) => Some(it),
                Part::Remark(_) => None,
            })
            .collect();
        if entry.verbatim {
            verbatim.1 += 1;
            verbatim.0 += usize::from(citations.is_empty());
        }
        let wanted: Vec<Fields> = entry.sources.iter().map(wanted).collect();
        let found: Vec<Fields> = citations.iter().map(|it| found(it)).collect();
        sources.wanted += wanted.len();
        sources.found += found.len();
        whole.wanted += wanted.len();
        whole.found += found.len();
        let mut differences = Vec::new();
        let mut taken = vec![false; found.len()];
        for source in &wanted {
            // Sources are compared in order; one that was missed is matched with none.
            let best = (0..found.len()).filter(|at| !taken[*at]).max_by_key(|at| {
                (
                    source.iter().filter(|(key, value)| found[*at].get(*key) == Some(value)).count(),
                    usize::MAX - at,
                )
            });
            let empty = Fields::new();
            let other = best.map_or(&empty, |at| &found[at]);
            let shared = source.iter().filter(|(key, value)| other.get(*key) == Some(value)).count();
            let other = if shared == 0 { &empty } else { other };
            if let Some(at) = best.filter(|_| shared > 0) {
                taken[at] = true;
                sources.right += 1;
            }
            whole.right += usize::from(source == other);
            for (key, value) in source {
                let count = by_field.entry(key.clone()).or_default();
                let form = by_form.entry(entry.form.clone()).or_default();
                count.wanted += 1;
                form.wanted += 1;
                all.wanted += 1;
                if other.get(key) == Some(value) {
                    count.right += 1;
                    form.right += 1;
                    all.right += 1;
                } else {
                    differences.push(format!(
                        "  {key}: wanted `{value}`, found `{}`",
                        other.get(key).map_or("", String::as_str)
                    ));
                }
            }
            for (key, value) in other.iter().filter(|(key, _)| !source.contains_key(*key)) {
                differences.push(format!("  {key}: none wanted, found `{value}`"));
            }
        }
        for (at, source) in found.iter().enumerate() {
            if !taken[at] {
                differences.push(format!("  no such source: {source:?}"));
            }
            for key in source.keys() {
                by_field.entry(key.clone()).or_default().found += 1;
                by_form.entry(entry.form.clone()).or_default().found += 1;
                all.found += 1;
            }
        }
        let said: String = note
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Remark(range) => Some(normal(&text[range.clone()])),
                Part::Citation(_) => None,
            })
            .collect::<Vec<_>>()
            .join(" ");
        for remark in &entry.remarks {
            remarks.1 += 1;
            let words: Vec<String> = normal(remark).split(' ').map(str::to_owned).collect();
            let kept = words.iter().filter(|word| said.contains(word.as_str())).count();
            let holds = kept * 2 > words.len() || kept >= 3;
            remarks.0 += usize::from(holds);
            if !holds {
                differences.push(format!("  remark lost: {remark}"));
            }
        }
        let stray: Vec<String> = note
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Remark(range) => Some(&text[range.clone()]),
                Part::Citation(_) => None,
            })
            .filter(|it| it.chars().any(char::is_alphanumeric))
            .map(str::to_owned)
            .collect();
        if entry.remarks.is_empty() && !stray.is_empty() && !entry.verbatim {
            differences.push(format!("  left over: {stray:?}"));
        }
        if !differences.is_empty() {
            writeln!(out, "{} [{}] {}\n{}", number + 1, entry.form, entry.text, differences.join("\n"))
                .unwrap();
        }
    }
    for (name, count) in
        by_field.iter().filter(|(_, count)| count.right < count.found || count.right < count.wanted)
    {
        writeln!(out, "{name:14} {}", count.line()).unwrap();
    }
    for (name, count) in by_form {
        writeln!(out, "-- {name:20} {}", count.line()).unwrap();
    }
    writeln!(out, "fields         {}", all.line()).unwrap();
    writeln!(out, "sources        {}", sources.line()).unwrap();
    writeln!(out, "whole sources  {}", whole.line()).unwrap();
    writeln!(
        out,
        "verbatim kept {} of {}, remarks kept {} of {}",
        verbatim.0, verbatim.1, remarks.0, remarks.1
    )
    .unwrap();
    Measured { fields: all, verbatim_lost: verbatim.1 - verbatim.0, report: out }
}

/// What is read, in a line per part.
pub fn outline(markdown: &str) -> String {
    let text: String = styled(markdown).into_iter().map(|(text, _, _)| text).collect();
    let mut out = String::new();
    for part in read(markdown).parts {
        match part {
            Part::Remark(range) if text[range.clone()].chars().any(char::is_alphanumeric) => {
                writeln!(out, "remark={}", normal(&text[range])).unwrap()
            }
            Part::Remark(_) => {}
            Part::Citation(it) => {
                let mut fields: Vec<String> =
                    found(&it).into_iter().map(|(key, value)| format!("{key}={value}")).collect();
                if let Cited::Work(work) = &it.cited
                    && let Some(note) = &work.note
                {
                    fields.push(format!("note={note}"));
                }
                writeln!(out, "{}", fields.join(" | ")).unwrap();
            }
        }
    }
    out
}
