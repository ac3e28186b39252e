//! What is known of the book as a whole.

use std::collections::HashSet;

use uuid::Uuid;

use crate::anthology::{BookMetadata, Contributor};
use crate::document::{Date, WrittenBiography};
use crate::manifest::Manifest;

use super::names::{humanise, slug};
use super::order::Essay;

/// Gathers the book's metadata from the manifest, and from the essays where it is silent.
pub(super) fn gather(
    manifest: &Manifest,
    folder: &str,
    essays: &[Essay],
    language: String,
    epoch: Option<Date>,
) -> BookMetadata {
    let given = manifest.title.clone().filter(|title| !title.trim().is_empty());
    let title = given.unwrap_or_else(|| humanise(folder));
    let title = if title.is_empty() { "Anthology".to_owned() } else { title };

    let mut seen = HashSet::new();
    let authors: Vec<_> = essays
        .iter()
        .flat_map(|essay| &essay.authors)
        .filter(|author| seen.insert(&author.name))
        .cloned()
        .collect();
    let editors =
        manifest.editors.iter().map(|person| Contributor { person: person.clone(), role: "edt".to_owned() });
    let mut contributors: Vec<Contributor> = editors.chain(manifest.contributors.iter().cloned()).collect();
    // Whose life is told had a hand in the book, whichever it was.
    for WrittenBiography { person, .. } in &manifest.biographies {
        let mut known = authors.iter().chain(contributors.iter().map(|hand| &hand.person));
        if !known.any(|known| known.name == person.name) {
            contributors.push(Contributor { person: person.clone(), role: "ctb".to_owned() });
        }
    }
    let newest = essays.iter().filter_map(|essay| essay.date).max();
    let identity = || {
        let names = authors.iter().map(|author| author.name.as_str());
        let chapters = essays.iter().map(|essay| essay.title.as_str());
        std::iter::once(title.as_str()).chain(names).chain(chapters).collect::<Vec<_>>().join("\n")
    };
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:garland:anthology");
    let urn = |name: &str| Uuid::new_v5(&namespace, name.as_bytes()).urn().to_string();
    let identifier = manifest.identifier.clone().unwrap_or_else(|| urn(&identity()));
    let print_identifier =
        manifest.editions.print_identifier.clone().unwrap_or_else(|| urn(&format!("{identifier}\nprint")));
    let name = slug(&title);
    BookMetadata {
        subtitle: manifest.subtitle.clone(),
        contributors,
        publisher: manifest.publisher.clone(),
        date: manifest.date.or(epoch).or(newest),
        language,
        identifier,
        print_identifier,
        series: manifest.series.clone(),
        certification: manifest.certification.clone(),
        description: manifest.description.clone(),
        subjects: manifest.subjects.clone(),
        rights: manifest.rights.clone(),
        slug: if name.is_empty() { "anthology".to_owned() } else { name },
        authors,
        title,
    }
}

/// The book's language: the manifest's, else the one that most essays name, else English.
pub(super) fn language(manifest: &Manifest, essays: &[Essay]) -> String {
    if let Some(language) = &manifest.language {
        return language.clone();
    }
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for language in essays.iter().filter_map(|essay| essay.language.as_deref()) {
        match counts.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(language)) {
            Some((_, count)) => *count += 1,
            None => counts.push((language, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    let winner = counts.iter().find(|(_, count)| Some(*count) == most);
    winner.map_or_else(|| "en".to_owned(), |(language, _)| (*language).to_owned())
}
