//! Lines that a blog engine stamps on a post: `Posted by Ada at 10:20`, `Filed under: Commons`.
//!
//! They hold metadata, which are taken over before the line goes.

use super::super::sheet::Sheet;
use super::{EDGE, is_blank, normalise};
use crate::dates;
use crate::document::{Metadata, Person};
use crate::ledger::Fate;

const KEYWORD_LABELS: &[&str] = &[
    "tags",
    "tag",
    "tagged",
    "tagged with",
    "tagged as",
    "tagged in",
    "filed under",
    "posted in",
    "categories",
    "category",
    "labels",
    "topics",
    "schlagwörter",
    "schlagworte",
    "kategorien",
    "kategorie",
    "veröffentlicht in",
    "abgelegt unter",
    "étiquettes",
    "mots clés",
    "catégories",
    "catégorie",
    "classé dans",
    "publié dans",
    "etiquetas",
    "categorías",
    "publicado en",
    "archivado en",
    "tagi",
    "kategorie",
    "zaszufladkowano do kategorii",
    "opublikowano w",
    "marcadores",
    "categorias",
    "publicado em",
    "etichette",
    "categorie",
    "pubblicato in",
    "categorieën",
    "geplaatst in",
];
const POSTED: &[&str] = &[
    "posted by ",
    "published by ",
    "written by ",
    "verfasst von ",
    "eingestellt von ",
    "publié par ",
    "publicado por ",
    "opublikowane przez ",
    "autor: ",
    "postado por ",
    "pubblicato da ",
    "geplaatst door ",
    "gepost door ",
];
const LONGEST: usize = 160;

/// Moves the keywords of a line such as `Tags: a, b` to the metadata.
pub fn take_keywords(sheet: &mut Sheet, number: usize, metadata: &mut Metadata) {
    const MOST: usize = 12;
    const LONGEST_KEYWORD: usize = 40;
    let Some(line) = sheet.lines.get(number).filter(|line| line.len() <= LONGEST) else { return };
    let text = line.trim().trim_start_matches(['#', '*', '_', ' ']);
    let Some(label) = keyword_label(text) else { return };
    let value = text[label..].trim().trim_matches(['*', '_', ':', ' ', '.']);
    let keywords: Vec<String> = value
        .split([',', '|', '·', '•', ';'])
        .map(|keyword| {
            keyword.trim().trim_matches(['#', '*', '_', '[', ']', '“', '”', '"']).trim().to_owned()
        })
        .filter(|keyword| !keyword.is_empty())
        .collect();
    let are_keywords = !keywords.is_empty()
        && keywords.len() <= MOST
        && keywords.iter().all(|keyword| {
            keyword.len() <= LONGEST_KEYWORD && !keyword.contains(". ") && !keyword.contains("](")
        });
    if !are_keywords {
        return;
    }
    if sheet.remove_lines(&[number], "removed-furniture", "the page's keywords to the metadata", Fate::Moved)
    {
        for keyword in keywords {
            if !metadata.keywords.iter().any(|known| known.eq_ignore_ascii_case(&keyword)) {
                metadata.keywords.push(keyword);
            }
        }
    }
}

/// Where the label of a line of keywords ends.
fn keyword_label(text: &str) -> Option<usize> {
    let mut label = String::new();
    if let Some(colon) = text.find(':').filter(|&colon| colon <= 40) {
        normalise(&text[..colon], &mut label);
        return KEYWORD_LABELS.contains(&label.as_str()).then_some(colon + 1);
    }
    ["Posted in ", "Filed under ", "Tagged "]
        .iter()
        .find(|start| text.starts_with(**start))
        .map(|start| start.len())
        .filter(|&end| text.contains('|') || text[end..].split(' ').count() <= 3 && !text.ends_with('.'))
}

/// Takes stamps at the edges whose author or date is new, or known already.
pub fn take(sheet: &mut Sheet, metadata: &mut Metadata) {
    let lines = sheet.prose_lines();
    for (index, &number) in lines.iter().enumerate() {
        if index >= EDGE && index + EDGE < lines.len() {
            continue;
        }
        let line = sheet.shown(number).into_owned();
        if line.len() > LONGEST {
            continue;
        }
        if !is_blank(sheet, number.checked_sub(1)) && !is_blank(sheet, Some(number + 1)) {
            continue;
        }
        let Some((name, stamp)) = posted_by(&line) else { continue };
        let date = read_date(stamp);
        let is_other = metadata.authors.first().is_some_and(|known| !known.name.eq_ignore_ascii_case(name));
        if is_other || (date.is_none() && !is_time(stamp)) {
            continue;
        }
        let is_news = metadata.authors.is_empty() || (metadata.date.is_none() && date.is_some());
        let name = name.to_owned();
        let fate = if is_news { Fate::Moved } else { Fate::Removed };
        if sheet.remove_lines(&[number], "removed-furniture", "the page's stamp of author and date", fate) {
            if metadata.authors.is_empty() {
                metadata.authors.push(Person::new(&name));
            }
            metadata.date = metadata.date.or(date);
        }
    }
}

/// The name and what follows it in `Posted by Ada Lovelace at 10:20 PM`.
fn posted_by(line: &str) -> Option<(&str, &str)> {
    const LONGEST_NAME: usize = 5;
    let text = line.trim().trim_matches(['*', '_']);
    let lower = text.to_lowercase();
    let start = POSTED.iter().find(|start| lower.starts_with(**start))?;
    let rest = text.get(start.len()..)?;
    let marks = [
        " at ", " on ", " um ", " am ", " à ", " le ", " a la", " el ", " o ", " às ", " em ", " alle ",
        " op ", " om ", ", ", " | ", " · ",
    ];
    let at = marks.iter().filter_map(|mark| rest.find(mark)).min()?;
    let (name, stamp) = rest.split_at(at);
    let words = name.split_whitespace().count();
    let is_name = (1..=LONGEST_NAME).contains(&words)
        && name.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || word.len() <= 3)
        && name.chars().all(|next| next.is_alphabetic() || " .-'’".contains(next));
    is_name.then_some((name, stamp))
}

fn read_date(stamp: &str) -> Option<crate::document::Date> {
    let stamp = stamp.trim_start_matches([',', '|', '·', ' ']);
    let stamp = ["at ", "on ", "um ", "am ", "le ", "el ", "em ", "op "]
        .iter()
        .find_map(|word| stamp.strip_prefix(word))
        .unwrap_or(stamp);
    let ends = [stamp.len()]
        .into_iter()
        .chain([" at ", " | ", " · ", ", at"].iter().filter_map(|mark| stamp.find(mark)));
    ends.filter_map(|end| dates::read(stamp[..end].trim())).next()
}

/// Nothing but a time of day: `at 10:20 PM`.
fn is_time(stamp: &str) -> bool {
    let words = stamp
        .split_whitespace()
        .skip(1)
        .filter(|word| !matches!(word.to_lowercase().as_str(), "am" | "pm" | "uhr"));
    let mut words = words.map(|word| word.trim_end_matches(['.', ',']));
    let is_clock =
        |word: &str| word.contains(':') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    words.next().is_some_and(is_clock) && words.next().is_none()
}
