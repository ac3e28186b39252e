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
    if let Some(code) = detect_by_common_words(&sample) {
        return Some(code);
    }
    let found = whatlang::detect(&sample).filter(|found| found.confidence() >= CONFIDENCE)?;
    let code = found.lang().code();
    CODES.iter().find(|(long, _)| *long == code).map(|&(_, short)| short)
}

/// What share of a text's words are the commonest of its language, and at most of another.
const COMMON_SHARE: f32 = 0.08;
const STRAY_SHARE: f32 = 0.02;
/// How many of them a text has at least. A neighbour has few, however often: Afrikaans says `die` all the time.
const LEAST_COMMON: usize = 5;

/// Words that stand in every text of their language, and in few of the others here.
const COMMON_WORDS: [(&str, [&str; 10]); 4] = [
    ("en", ["the", "of", "and", "to", "that", "it", "with", "this", "are", "be"]),
    ("de", ["der", "die", "und", "das", "ist", "nicht", "den", "mit", "von", "ein"]),
    ("fr", ["le", "les", "et", "des", "est", "une", "dans", "pour", "du", "ce"]),
    ("es", ["el", "los", "y", "las", "por", "con", "una", "del", "su", "para"]),
];

/// The language of a text that its commonest words leave no doubt of; takes a twentieth of the time that counting
/// all its letters does.
fn detect_by_common_words(sample: &str) -> Option<&'static str> {
    let mut counts = COMMON_WORDS.map(|(_, words)| words.map(|_| 0_u32));
    let mut total = 0;
    for word in sample.split(|next: char| !next.is_alphabetic()).filter(|word| !word.is_empty()) {
        total += 1;
        let is_word = |known: &&str| known.eq_ignore_ascii_case(word);
        let places = COMMON_WORDS.iter().map(|(_, words)| words.iter().position(is_word));
        if let Some((place, counts)) =
            places.zip(&mut counts).find_map(|(place, counts)| Some((place?, counts)))
        {
            counts[place] += 1;
        }
    }
    let sums = counts.map(|counts| counts.iter().sum::<u32>());
    let (found, most) = (0..).zip(sums).max_by_key(|(_, sum)| *sum)?;
    let share = |count: u32| count as f32 / total as f32;
    let is_clear = share(most) >= COMMON_SHARE && share(sums.iter().sum::<u32>() - most) <= STRAY_SHARE;
    let different = counts[found].iter().filter(|count| **count > 0).count();
    (is_clear && different >= LEAST_COMMON).then_some(COMMON_WORDS[found].0)
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

#[cfg(test)]
mod tests {
    use super::{detect, detect_by_common_words};

    const ENGLISH: &str = "What the essays of this book have to say of the machines that write with us, and of the people \
        who are to live with them, is that nobody knows. It is the best that can be said, and it is the reason why \
        the authors of these pages came to that table with their doubts. ";
    const GERMAN: &str = "Was die Texte in dem Band von den Maschinen sagen, die mit uns schreiben, und von den Leuten, \
        die mit ihnen leben, ist das Beste, das man sagen kann: Es ist nicht entschieden, und der Streit ist nicht \
        zu Ende. Das ist ein Grund, warum die Autoren mit ihren Zweifeln an den Tisch kamen. ";
    const DUTCH: &str = "Wat de teksten in deze bundel zeggen over de machines die met ons schrijven, en over de mensen \
        die met hen moeten leven, is dat niemand het weet. Dat is het beste wat men kan zeggen, en het is de reden \
        waarom de schrijvers met hun twijfel aan de tafel kwamen zitten en daar zijn gebleven. ";

    const AFRIKAANS: &str = "Wat die tekste in hierdie bundel oor die masjiene sê wat saam met ons skryf, en oor die mense \
        wat saam met hulle moet leef, is dat niemand dit weet nie. Dit is die beste wat mens kan sê, en dit is die \
        rede waarom die skrywers met hulle twyfel na die tafel gekom het en daar gebly het. ";

    #[test]
    fn common_words_give_a_language_away() {
        assert_eq!(detect_by_common_words(ENGLISH), Some("en"));
        assert_eq!(detect_by_common_words(GERMAN), Some("de"));
    }

    #[test]
    fn two_languages_and_those_without_a_list_are_told_by_their_letters() {
        assert_eq!(detect_by_common_words(&[ENGLISH, GERMAN].concat()), None);
        assert_eq!(detect_by_common_words(DUTCH), None);
        assert_eq!(detect_by_common_words(AFRIKAANS), None);
        assert_eq!(detect(&DUTCH.repeat(2)), Some("nl"));
        assert_eq!(detect_by_common_words(""), None);
    }
}
