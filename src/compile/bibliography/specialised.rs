//! Styles cut down to works that are alike, which the engine sets several times faster.

use std::collections::HashMap;

use hayagriva::citationberg::{Group, IndependentStyle, Layout, LayoutRenderingElement};
use hayagriva::{BufWriteFormat, CitationItem, ElemChildren, Entry, standalone_citation};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::SettingStyle;
use super::conditions::{
    Answers, Question, called_macros, looks_at_position, questionnaire, questions, substitutes, without_works,
};

/// Kinds of works that get a style of their own, at most: each takes some hundred kilobytes.
const MOST_CLASSES: usize = 64;

/// A style as each of several works needs it.
#[derive(Debug)]
pub(super) struct Specialised {
    /// For every entry, its class.
    class_of: Vec<Option<usize>>,
    classes: Vec<Class>,
    /// For works that are in no class, and for citations of works of several.
    general: Class,
}

/// What works of one class need.
#[derive(Debug)]
struct Class {
    citation: IndependentStyle,
    /// The bibliography's layout as one of citations, which the engine sets one by one.
    entry: IndependentStyle,
}

impl Specialised {
    /// Asks what the style wants to know of every entry. Entries with the same answers are a class.
    pub(super) fn new(entries: &[Entry], setting: &SettingStyle<'_>) -> Self {
        let questions = questions(setting.style);
        let questionnaire = questionnaire(setting.style, &questions);
        let asking = SettingStyle { style: &questionnaire, ..setting.clone() };
        let met: Vec<String> = entries.par_iter().map(|entry| plain(set_alone(entry, &asking))).collect();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut representatives = Vec::new();
        let class = |met| {
            let class = *known.entry(met).or_insert(representatives.len());
            if class == representatives.len() {
                representatives.push(met);
            }
            Some(class).filter(|class| *class < MOST_CLASSES)
        };
        let class_of = met.iter().map(String::as_str).map(class).collect();
        representatives.truncate(MOST_CLASSES);
        let substitutes = substitutes(setting.style);
        let specialise = |met: &&str| {
            let mut known = answers(&questions, met);
            // What the work has is not there any more once it stood in for names.
            known.retain(|question, is_met| {
                !*is_met || question.variable().is_none_or(|variable| !substitutes.contains(&variable))
            });
            Class::new(setting.style, known)
        };
        let classes = representatives.par_iter().map(specialise).collect();
        Specialised { class_of, classes, general: Class::new(setting.style, HashMap::new()) }
    }

    /// The style for a citation of these works.
    pub(super) fn for_citation(&self, cited: impl Iterator<Item = usize>) -> &IndependentStyle {
        let mut classes = cited.map(|source| self.class_of.get(source).copied().flatten());
        let first = classes.next().flatten();
        let first = first.filter(|first| classes.all(|class| class == Some(*first)));
        &first.and_then(|class| self.classes.get(class)).unwrap_or(&self.general).citation
    }

    /// The work as the bibliography has it, where it is unlike all others.
    pub(super) fn entry(&self, at: usize, entry: &Entry, setting: &SettingStyle<'_>) -> ElemChildren {
        let style = &self.class(at).entry;
        set_alone(entry, &SettingStyle { style, ..setting.clone() })
    }

    /// A citation of the work as plain text, where nothing else is cited.
    pub(super) fn citation(&self, at: usize, entry: &Entry, setting: &SettingStyle<'_>) -> String {
        let style = &self.class(at).citation;
        plain(set_alone(entry, &SettingStyle { style, ..setting.clone() }))
    }

    /// Whether a citation of any of the works looks otherwise where the work was cited before.
    pub(super) fn look_at_position(&self) -> bool {
        let general = self.class_of.contains(&None).then_some(&self.general);
        self.classes.iter().chain(general).any(|class| looks_at_position(&class.citation))
    }

    fn class(&self, at: usize) -> &Class {
        let class = self.class_of.get(at).copied().flatten();
        class.and_then(|class| self.classes.get(class)).unwrap_or(&self.general)
    }
}

impl Class {
    fn new(style: &IndependentStyle, known: HashMap<Question, bool>) -> Self {
        let mut answers = Answers { known, is_list: false };
        let elements = answers.settle(&style.citation.layout.elements);
        let macros = called_macros(style, &elements, style.citation.sort.as_ref(), &answers);
        let mut citation = without_works(style);
        citation.macros = macros;
        citation.citation = style.citation.clone();
        citation.citation.layout.elements = elements;
        answers.is_list = true;
        Class { citation, entry: entry_style(style, &answers) }
    }
}

/// The style that sets a work in place of a citation as the bibliography does.
fn entry_style(style: &IndependentStyle, answers: &Answers) -> IndependentStyle {
    let mut entry = without_works(style);
    let Some(bibliography) = &style.bibliography else { return entry };
    let elements = answers.settle(&bibliography.layout.elements);
    entry.macros = called_macros(style, &elements, None, answers);
    entry.citation.name_options = bibliography.name_options.clone();
    let Layout { prefix, suffix, .. } = bibliography.layout.clone();
    // Citations get their affixes from outside, where quotation marks do not take stops in.
    let elements = match (prefix, suffix) {
        (None, None) => elements,
        (prefix, suffix) => vec![LayoutRenderingElement::Group(Group {
            children: elements,
            prefix,
            suffix,
            font_style: None,
            font_variant: None,
            font_weight: None,
            text_decoration: None,
            vertical_align: None,
            delimiter: None,
            display: None,
        })],
    };
    entry.citation.layout = Layout { elements, prefix: None, suffix: None, ..bibliography.layout.clone() };
    entry
}

/// Which questions a work meets, by what the questionnaire says of it.
fn answers(questions: &[Question], met: &str) -> HashMap<Question, bool> {
    let mut answers: HashMap<Question, bool> = questions.iter().map(|question| (*question, false)).collect();
    for number in met.split(['<', '>']).filter_map(|number| number.parse::<usize>().ok()) {
        if let Some(question) = questions.get(number) {
            answers.insert(*question, true);
        }
    }
    answers
}

/// Sets a work as the style cites it where there is no other.
fn set_alone(entry: &Entry, setting: &SettingStyle<'_>) -> ElemChildren {
    standalone_citation(setting.request(vec![CitationItem::with_entry(entry)], None))
}

fn plain(set: ElemChildren) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = set.write_buf(&mut text, BufWriteFormat::Plain);
    text
}
