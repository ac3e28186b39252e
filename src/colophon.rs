//! What a book says of its own making, alike in both editions.

use crate::anthology::{Anthology, BookMetadata, Chapter, Link, Resolved};
use crate::document::{Block, Inline, List, Numerals};
use crate::fonts::Face;
use crate::labels::Labels;

/// The colophon's text: who made the book, of what and under which terms. `identifier` is the edition's own, `faces`
/// are those that it is set in.
pub fn colophon<'f>(
    anthology: &Anthology,
    labels: &Labels,
    identifier: &str,
    faces: impl IntoIterator<Item = &'f Face>,
) -> Vec<Block<Resolved>> {
    let metadata = &anthology.metadata;
    let mut title = vec![Inline::Emphasis(vec![text(&metadata.title)])];
    title.extend(metadata.subtitle.as_ref().map(|subtitle| text(format!(": {subtitle}"))));
    let mut blocks = vec![Block::Paragraph(title)];
    blocks.extend(
        imprint(metadata, labels, identifier).into_iter().map(|line| Block::Paragraph(vec![text(line)])),
    );

    let stated = anthology.chapters.iter().filter(|it| it.rights.is_some() || it.source.is_some());
    let items: Vec<_> = stated
        .map(|chapter| vec![Block::Paragraph(provenance(chapter, &metadata.language, labels))])
        .collect();
    if !items.is_empty() {
        blocks.push(Block::List(List { start: None, numerals: Numerals::default(), tight: true, items }));
    }
    let (mut open, mut other) = (Vec::new(), Vec::new());
    for face in faces {
        let families = if face.is_open() { &mut open } else { &mut other };
        let family = face.family_name();
        if !families.contains(&family) {
            families.push(family);
        }
    }
    for (families, licence) in [(open, format!(", {}", labels.font_licence)), (other, String::new())] {
        if !families.is_empty() {
            let families = labels.names(families.iter().map(String::as_str));
            blocks.push(Block::Paragraph(vec![text(format!("{} {families}{licence}.", labels.set_in))]));
        }
    }
    blocks.push(Block::Paragraph(vec![text(format!("{}.", labels.made_with))]));
    blocks
}

/// People, publisher, date, rights and identifier, a line each.
fn imprint(metadata: &BookMetadata, labels: &Labels, identifier: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let editors = labels.names(metadata.editors().map(|person| person.name.as_str()));
    if !editors.is_empty() {
        lines.push(format!("{} {editors}", labels.edited_by));
    }
    for hand in metadata.contributors.iter().filter(|hand| hand.role != "edt") {
        lines.push(match labels.role(&hand.role) {
            Some(role) => format!("{role}: {}", hand.person.name),
            None => hand.person.name.clone(),
        });
    }
    let date = metadata.date.map(|date| labels.date(date));
    let imprint: Vec<String> = metadata.publisher.iter().cloned().chain(date).collect();
    lines.extend((!imprint.is_empty()).then(|| imprint.join(", ")));
    lines.extend(metadata.rights.clone());
    lines.push(match identifier.strip_prefix("urn:isbn:") {
        Some(isbn) => format!("ISBN {isbn}"),
        None => identifier.to_owned(),
    });
    lines
}

/// Where an essay first appeared and whose it is, in a book of this language.
fn provenance(chapter: &Chapter, book: &str, labels: &Labels) -> Vec<Inline<Resolved>> {
    let title = Inline::Emphasis(vec![text(&chapter.title)]);
    let title = if chapter.language.eq_ignore_ascii_case(book) {
        title
    } else {
        Inline::Foreign { language: chapter.language.clone(), content: vec![title] }
    };
    let mut line = vec![Inline::Link { to: Link::Place(chapter.anchor), content: vec![title] }];
    let authors = labels.names(chapter.authors.iter().map(|person| person.name.as_str()));
    if !authors.is_empty() {
        line.push(text(format!(", {authors}")));
    }
    line.push(text("."));
    if let Some(source) = &chapter.source {
        line.push(text(format!(" {} ", labels.first_published)));
        let content = vec![text(source)];
        if source.starts_with("https://") || source.starts_with("http://") {
            line.push(Inline::Link { to: Link::External(source.clone()), content });
        } else {
            line.extend(content);
        }
        line.push(text("."));
    }
    line.extend(chapter.rights.as_ref().map(|rights| text(format!(" {}", rights.trim()))));
    line
}

fn text(content: impl Into<String>) -> Inline<Resolved> {
    Inline::Text(content.into())
}
