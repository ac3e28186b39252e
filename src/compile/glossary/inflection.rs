//! Other forms of a term, by a few plain rules for each language that Garland speaks some of.
//!
//! A form that no one uses costs nothing: it is just never found. So the rules are generous, except where two
//! terms would be taken for one: then only plurals count, in languages whose plurals are regular.

/// Words within a phrase that are never inflected.
const SMALL: usize = 3;

/// The plurals of a term, which are the same term where an author defines them.
pub(super) fn plurals(term: &str, language: &str) -> Vec<String> {
    let plural: fn(&str) -> Option<String> = match primary(language) {
        "en" => english_plural,
        "fr" => french_plural,
        "es" => spanish_plural,
        "pt" => portuguese_plural,
        "it" => italian_plural,
        _ => return Vec::new(),
    };
    phrases(term, language, plural)
}

/// Every form of a term that running text may use, save for the term itself.
pub(super) fn forms(term: &str, language: &str) -> Vec<String> {
    let mut forms = plurals(term, language);
    let singular: fn(&str) -> Option<String> = match primary(language) {
        "en" => english_singular,
        "fr" => french_singular,
        "es" => spanish_singular,
        "pt" => portuguese_singular,
        "de" => {
            forms = german_forms(term);
            |_| None
        }
        _ => |_| None,
    };
    forms.extend(phrases(term, language, singular));
    forms.retain(|form| form != term);
    forms.sort();
    forms.dedup();
    forms
}

fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}

/// A phrase with the words inflected that a phrase of the language inflects.
fn phrases(term: &str, language: &str, inflect: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let words: Vec<&str> = term.split(' ').collect();
    let with = |chosen: &dyn Fn(usize, &str) -> bool| -> Option<String> {
        let mut changed = false;
        let inflected: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| match inflect(word).filter(|_| chosen(at, word)) {
                Some(form) => {
                    changed = true;
                    form
                }
                None => (*word).to_owned(),
            })
            .collect();
        changed.then(|| inflected.join(" "))
    };
    let last = words.len().saturating_sub(1);
    // The head of `point of view` stands before the preposition.
    let preposition = words.iter().position(|word| {
        matches!(
            *word,
            "of" | "in" | "for" | "to" | "de" | "du" | "des" | "del" | "da" | "do" | "di" | "della" | "dei"
        )
    });
    let end = preposition.filter(|at| *at > 0).unwrap_or(last + 1);
    if primary(language) == "en" {
        return with(&|at, _| at + 1 == end).into_iter().collect();
    }
    // Romance languages put the adjective behind the noun, and inflect both.
    let whole = with(&|at, word| at < end && (at == 0 || word.chars().count() > SMALL));
    let first = with(&|at, _| at == 0);
    whole.into_iter().chain(first).collect()
}

/// The word with its ending replaced, if it has it.
fn replace(word: &str, ending: &str, by: &str) -> Option<String> {
    word.strip_suffix(ending).filter(|stem| !stem.is_empty()).map(|stem| format!("{stem}{by}"))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'í' | 'ó' | 'ú')
}

fn ends_in_vowel(word: &str) -> bool {
    word.chars().next_back().is_some_and(is_vowel)
}

fn first_of(word: &str, endings: &[(&str, &str)]) -> Option<String> {
    endings.iter().find_map(|(ending, by)| replace(word, ending, by))
}

fn english_plural(word: &str) -> Option<String> {
    if !word.ends_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let irregular = [("man", "men"), ("child", "children"), ("person", "people"), ("sis", "ses")];
    if let Some(found) = first_of(word, &irregular) {
        return Some(found);
    }
    if matches!(word, "person" | "child" | "man") {
        return None;
    }
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        return Some(format!("{stem}ies"));
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending));
    Some(format!("{word}{}", if hisses { "es" } else { "s" }))
}

fn english_singular(word: &str) -> Option<String> {
    if word.chars().count() <= SMALL || ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return None;
    }
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("yses", "ysis"),
        ("women", "woman"),
        ("s", ""),
    ];
    first_of(word, &endings)
}

fn french_plural(word: &str) -> Option<String> {
    if word.ends_with(['s', 'x', 'z']) {
        return None;
    }
    let endings = [("al", "aux"), ("eau", "eaux"), ("eu", "eux")];
    Some(first_of(word, &endings).unwrap_or_else(|| format!("{word}s")))
}

fn french_singular(word: &str) -> Option<String> {
    let long = word.chars().count() > SMALL;
    first_of(word, &[("eaux", "eau"), ("aux", "al"), ("eux", "eu"), ("s", "")]).filter(|_| long)
}

fn spanish_plural(word: &str) -> Option<String> {
    if word.ends_with('s') {
        return None;
    }
    let endings = [("ión", "iones"), ("z", "ces")];
    let regular = || format!("{word}{}", if ends_in_vowel(word) { "s" } else { "es" });
    Some(first_of(word, &endings).unwrap_or_else(regular))
}

fn spanish_singular(word: &str) -> Option<String> {
    if word.chars().count() <= SMALL {
        return None;
    }
    if let Some(found) = first_of(word, &[("iones", "ión"), ("ces", "z")]) {
        return Some(found);
    }
    let consonant = |stem: &&str| stem.ends_with(['d', 'l', 'r', 'n']);
    match word.strip_suffix("es").filter(consonant) {
        Some(stem) => Some(stem.to_owned()),
        None => replace(word, "s", ""),
    }
}

fn portuguese_plural(word: &str) -> Option<String> {
    if word.ends_with('s') {
        return None;
    }
    let endings = [("ão", "ões"), ("al", "ais"), ("el", "éis"), ("ol", "óis"), ("ul", "uis"), ("m", "ns")];
    let regular = || format!("{word}{}", if word.ends_with(['r', 'z']) { "es" } else { "s" });
    Some(first_of(word, &endings).unwrap_or_else(regular))
}

fn portuguese_singular(word: &str) -> Option<String> {
    let endings =
        [("ões", "ão"), ("ais", "al"), ("éis", "el"), ("óis", "ol"), ("ns", "m"), ("res", "r"), ("s", "")];
    first_of(word, &endings).filter(|_| word.chars().count() > SMALL)
}

fn italian_plural(word: &str) -> Option<String> {
    let endings = [
        ("ca", "che"),
        ("ga", "ghe"),
        ("co", "chi"),
        ("go", "ghi"),
        ("io", "i"),
        ("a", "e"),
        ("o", "i"),
        ("e", "i"),
    ];
    first_of(word, &endings)
}

/// German endings of cases and plurals, on the last word; an adjective before it has its own.
fn german_forms(term: &str) -> Vec<String> {
    const NOUN: [&str; 7] = ["e", "en", "n", "er", "s", "es", "ern"];
    const ADJECTIVE: [&str; 5] = ["e", "er", "en", "em", "es"];
    let (before, last) = match term.rsplit_once(' ') {
        Some((before, last)) => (Some(before), last),
        None => (None, term),
    };
    let mut nouns = vec![last.to_owned()];
    if last.ends_with('e') {
        nouns.extend([format!("{last}n"), format!("{last}s")]);
    } else if last.ends_with(char::is_alphabetic) {
        nouns.extend(NOUN.iter().map(|ending| format!("{last}{ending}")));
    }
    let adjective = before.filter(|before| !before.contains(' ')).and_then(|it| it.strip_suffix('e'));
    let befores: Vec<String> = match (adjective, before) {
        (Some(stem), _) => ADJECTIVE.iter().map(|ending| format!("{stem}{ending} ")).collect(),
        (None, Some(before)) => vec![format!("{before} ")],
        (None, None) => vec![String::new()],
    };
    befores.iter().flat_map(|before| nouns.iter().map(move |noun| format!("{before}{noun}"))).collect()
}
