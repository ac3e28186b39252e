//! The language of an essay that does not say.

use super::sheet;
use crate::manuscript::{Dialect, Manuscript};

/// How much text is looked at, in characters: enough to be sure, and no more.
const SAMPLE: usize = 1_500;
/// Fewer letters than this do not tell a language from its neighbours.
const LEAST: usize = 300;
const CONFIDENCE: f64 = 0.9;

/// Sets the language of a manuscript that names none, where its text leaves no doubt and it is not the
/// book's own: that may be known more exactly, as `en-GB`.
pub fn infer(manuscript: &mut Manuscript, book: Option<&str>) {
    if manuscript.metadata.language.is_some() {
        return;
    }
    let found = match manuscript.dialect {
        Dialect::Html => detect(&sheet::without_tags(&manuscript.text)),
        _ => detect(&manuscript.text),
    };
    let is_the_books = book.is_some_and(|book| book.split('-').next() == found);
    if !is_the_books {
        manuscript.metadata.language = found.map(str::to_owned);
    }
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
