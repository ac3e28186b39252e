//! The language of an essay that does not say.

use rayon::prelude::{IntoParallelRefMutIterator, ParallelIterator};

use super::sheet;
use crate::manifest::Manifest;
use crate::manuscript::{Dialect, Manuscript};

/// How much text is looked at, in characters: enough to be sure, and no more.
const SAMPLE: usize = 1_500;
/// Fewer letters than this do not tell a language from its neighbours.
const LEAST: usize = 300;
const CONFIDENCE: f64 = 0.9;

/// Settles every manuscript's language: the manifest's for the essay, else its own, else the one that its
/// text leaves no doubt of, else the book's. An essay in the book's language may get it more exactly than
/// its text shows, as `en-GB`.
pub fn settle(manuscripts: &mut [Manuscript], manifest: &Manifest) {
    manuscripts.par_iter_mut().for_each(|manuscript| {
        let language = &mut manuscript.metadata.language;
        let wished = manifest.essays().find(|essay| essay.file == manuscript.file);
        if let Some(wished) = wished.and_then(|essay| essay.language.clone()) {
            *language = Some(wished);
        }
        if language.is_some() {
            return;
        }
        let found = match manuscript.dialect {
            Dialect::Html => detect(&sheet::without_tags(&manuscript.text)),
            _ => detect(&manuscript.text),
        };
        let book = manifest.language.as_deref();
        let is_the_books = book.is_some_and(|book| book.split('-').next() == found);
        *language = found.filter(|_| !is_the_books).map(str::to_owned).or(manifest.language.clone());
    });
    // What the compiler takes for the book's language where the manifest is silent.
    let usual =
        most_common(manuscripts.iter().filter_map(|manuscript| manuscript.metadata.language.as_deref()))
            .map(str::to_owned);
    for manuscript in manuscripts {
        let language = &mut manuscript.metadata.language;
        *language = language.take().or_else(|| usual.clone());
    }
}

/// The tag that occurs most often; of several, the one that comes first.
fn most_common<'t>(tags: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for tag in tags {
        match counts.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(tag)) {
            Some((_, count)) => *count += 1,
            None => counts.push((tag, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(tag, _)| tag)
}

/// The ISO 639-1 code of a text's language.
fn detect(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(SAMPLE).collect();
    if sample.chars().filter(|character| character.is_alphabetic()).count() < LEAST {
        return None;
    }
    let found = whatlang::detect(&sample).filter(|found| found.confidence() >= CONFIDENCE)?;
    let code = found.lang().code();
    CODES.iter().find(|(long, _)| *long == code).map(|&(_, short)| short)
}

/// ISO 639-3 to ISO 639-1.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];
