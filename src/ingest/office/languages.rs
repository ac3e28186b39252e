//! Which stretches are really in another language.
//!
//! Word processors note a language for every run, and get it wrong as often as the keyboard layout
//! changes. It is believed where it is the exception: a few stretches in a document that is otherwise in
//! one language, and none that plainly are in the document's own.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Content, Flow, Run};

/// A language with a greater share of the letters is not foreign but a matter of settings.
const LARGEST_SHARE: f64 = 0.25;
/// From this many letters on, a guess from the text itself is worth more than the setting.
const GUESSABLE: usize = 80;

/// Leaves only those languages on runs that differ from the document's own, which is what most of its text
/// is marked as. The language in the metadata stays where the text is marked alike: a program writes its
/// own there.
pub fn settle(flow: &mut Flow) {
    let main = settle_runs(flow);
    let stays = |language: &String| main.as_ref().is_none_or(|main| *main == primary(language));
    flow.metadata.language = flow.metadata.language.take().filter(stays);
}

fn settle_runs(flow: &mut Flow) -> Option<String> {
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    let mut total = 0;
    for run in flow.runs() {
        let count = count_letters(run);
        total += count;
        if let Some(language) = &run.format.language {
            *letters.entry(primary(language)).or_default() += count;
        }
    }
    let marked: usize = letters.values().sum();
    let main = letters.iter().max_by_key(|(_, count)| **count).map(|(language, _)| language.clone());
    let Some(main) = main.filter(|_| marked * 2 > total) else {
        flow.runs_mut().for_each(|run| run.format.language = None);
        return None;
    };
    let is_rare = |language: &str| {
        letters.get(language).is_some_and(|count| *count as f64 <= total as f64 * LARGEST_SHARE)
    };
    for run in flow.runs_mut() {
        let stays = run.format.language.as_ref().is_some_and(|language| {
            let language = primary(language);
            language != main && is_rare(&language) && count_letters(run) > 0 && !is_plainly(run, &main)
        });
        if !stays {
            run.format.language = None;
        }
    }
    Some(main)
}

/// A language tag as HTML has it; `None` for what is none, such as `x-none`.
pub fn tag(written: &str) -> Option<Rc<str>> {
    let tag = written.trim().replace('_', "-");
    let first = tag.split('-').next().unwrap_or_default();
    let is_tag = (2..=3).contains(&first.len())
        && tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !first.eq_ignore_ascii_case("zxx");
    is_tag.then(|| tag.into())
}

fn primary(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

fn count_letters(run: &Run) -> usize {
    match &run.content {
        Content::Text(text) => text.chars().filter(|character| character.is_alphabetic()).count(),
        _ => 0,
    }
}

/// Whether a longer text is in the document's language, whatever it is marked as.
fn is_plainly(run: &Run, main: &str) -> bool {
    let Content::Text(text) = &run.content else { return false };
    if count_letters(run) < GUESSABLE {
        return false;
    }
    let sample: String = text.chars().take(400).collect();
    whatlang::detect(&sample).is_some_and(|found| found.is_reliable() && code(found.lang()) == main)
}

/// The short code of the languages that documents are mostly in.
fn code(language: whatlang::Lang) -> &'static str {
    match language.code() {
        "eng" => "en",
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "ita" => "it",
        "por" => "pt",
        "nld" => "nl",
        "pol" => "pl",
        "ces" => "cs",
        "swe" => "sv",
        "rus" => "ru",
        "ukr" => "uk",
        other => other,
    }
}
