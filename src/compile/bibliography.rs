//! Setting citations and the bibliography in a CSL style.

use std::collections::HashMap;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::Locator as LocatorKind;
use hayagriva::citationberg::{
    CitationFormat, Collapse, FontStyle, FontVariant, FontWeight, IndependentStyle, Locale, LocaleCode,
    Style, StyleCategory, StyleClass, VerticalAlign,
};
use hayagriva::types::{EntryType, FormatString, QualifiedUrl};
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, ElemMeta, Entry, Formatted, LocatorPayload, SpecificLocator,
};

use crate::anthology::{Link, Resolved};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Inline;
use crate::manifest::FILE_NAME;

use super::addresses::{self, Address};
use super::library::{Library, nearest};
use super::linked::Locator;
use super::rewrite;
use super::sources::Source;

/// Numbers in brackets in the order of citation, entries that name title and address.
const DEFAULT_STYLE: &str = "ieee";

/// The works of one citation: sources, with the places in them.
pub(super) type CitedSources = Vec<(usize, Option<Locator>)>;

/// A piece of a citation as it is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// What stands around and between the works.
    Joint(Vec<Inline<Resolved>>),
    /// A work: position in the cluster, and its text.
    Item(usize, Vec<Inline<Resolved>>),
}

/// An entry of the bibliography as it is set.
#[derive(Debug, PartialEq)]
pub(super) struct SetEntry {
    pub(super) source: usize,
    pub(super) label: Option<String>,
    pub(super) content: Vec<Inline<Resolved>>,
}

/// All that the style has to say about the book.
#[derive(Debug, Default)]
pub(super) struct SetBibliography {
    /// For each citation that was asked for, its position in `citations`.
    pub(super) positions: Vec<usize>,
    pub(super) citations: Vec<Vec<Piece>>,
    pub(super) entries: Vec<SetEntry>,
}

/// Sets `clusters`, in reading order, and the bibliography of all `sources`.
pub(super) fn set(
    sources: Vec<Source>,
    clusters: &[CitedSources],
    library: &Library,
    style_name: Option<&str>,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> SetBibliography {
    if sources.is_empty() {
        // An editor wants to know of a misspelt style before the first citation.
        if let Some(name) = style_name.filter(|name| ArchivedStyle::by_name(name).is_none()) {
            diagnostics.push(unknown_style(name));
        }
        return SetBibliography::default();
    }
    let Some(style) = load_style(style_name, diagnostics) else { return SetBibliography::default() };
    let locale_files = locales();
    let locale = locale_for(language, &locale_files);
    let entries: Vec<Entry> =
        sources.iter().enumerate().map(|(at, source)| entry(at, source, library)).collect();

    let numeric = style.info.category.iter().any(|category| {
        matches!(category, StyleCategory::CitationFormat { format: CitationFormat::Numeric })
    });
    let mut driver = BibliographyDriver::new();
    let mut positions = Vec::with_capacity(clusters.len());
    let mut seen: HashMap<&CitedSources, usize> = HashMap::new();
    let mut registered = 0;
    for cluster in clusters {
        // A number looks the same wherever it stands, so that equal citations are set once.
        let known = seen.get(cluster).copied().filter(|_| numeric);
        positions.push(known.unwrap_or(registered));
        if known.is_none() {
            seen.insert(cluster, registered);
            registered += 1;
            let items = cluster.iter().filter_map(|(source, locator)| {
                Some(CitationItem::with_locator(entries.get(*source)?, locator.as_ref().map(specific)))
            });
            driver.citation(CitationRequest::new(
                items.collect(),
                &style,
                Some(locale.clone()),
                &locale_files,
                None,
            ));
        }
    }
    // Works that are listed but not cited come last. Each is a request of its own: hayagriva sorts
    // the works of one request by looking each of them up among all.
    let mut listed = vec![true; entries.len()];
    for (source, _) in clusters.iter().flatten() {
        if let Some(listed) = listed.get_mut(*source) {
            *listed = false;
        }
    }
    for (entry, _) in entries.iter().zip(&listed).filter(|(_, listed)| **listed) {
        let hidden = CitationItem::new(entry, None, None, true, None);
        driver.citation(CitationRequest::new(
            vec![hidden],
            &style,
            Some(locale.clone()),
            &locale_files,
            None,
        ));
    }

    let rendered = driver.finish(BibliographyRequest::new(&style, Some(locale), &locale_files));
    let citations =
        rendered.citations.into_iter().take(registered).map(|citation| pieces(citation.citation)).collect();
    let items = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
    let source_of: HashMap<&str, usize> = entries.iter().enumerate().map(|(at, it)| (it.key(), at)).collect();
    let mut written: Vec<Option<Source>> = sources.into_iter().map(Some).collect();
    let set_entry = |item: BibliographyItem| {
        let source = *source_of.get(item.key.as_str())?;
        let written = written.get_mut(source).and_then(Option::take)?;
        Some(set_entry(source, written, item))
    };
    SetBibliography { positions, citations, entries: items.into_iter().filter_map(set_entry).collect() }
}

/// The style's entry; what an author wrote out keeps the author's words and takes the label only.
fn set_entry(source: usize, written: Source, item: BibliographyItem) -> SetEntry {
    let number = item.content.find_meta(&ElemMeta::CitationNumber).map(|elem| format!("{elem:#}"));
    let label = item.first_field.map(|field| format!("{field:#}"));
    let label = label.map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
    match written {
        Source::Work(_) => SetEntry { source, label, content: inlines(item.content) },
        Source::Written(reference) => {
            SetEntry { source, label: label.or(number), content: reference.content }
        }
    }
}

/// The works as hayagriva knows them. Keys are made unique by the source's position, since a
/// written reference has none.
fn entry(position: usize, source: &Source, library: &Library) -> Entry {
    match source {
        Source::Work(key) => match library.get(key) {
            Some(entry) => entry.clone(),
            None => Entry::new(key, EntryType::Misc),
        },
        Source::Written(reference) => {
            // A space cannot stand in a key of a bibliography file.
            let mut entry = Entry::new(&format!("written {position}"), EntryType::Web);
            entry.set_title(FormatString::with_value(reference.title.clone()));
            if let Some(url) =
                reference.address.as_deref().and_then(|address| address.parse::<QualifiedUrl>().ok())
            {
                entry.set_url(url);
            }
            entry
        }
    }
}

fn load_style(name: Option<&str>, diagnostics: &mut Diagnostics) -> Option<IndependentStyle> {
    let named = name.and_then(ArchivedStyle::by_name);
    if let (Some(name), None) = (name, named) {
        diagnostics.push(unknown_style(name));
    }
    let archived = named.or_else(|| ArchivedStyle::by_name(DEFAULT_STYLE))?;
    let mut style = match archived.get() {
        Style::Independent(style) => style,
        Style::Dependent(dependent) => match ArchivedStyle::by_id(&dependent.parent_link.href)?.get() {
            Style::Independent(style) => style,
            Style::Dependent(_) => return None,
        },
    };
    if style.settings.class == StyleClass::Note {
        let name = name.unwrap_or(DEFAULT_STYLE);
        let message = format!("the style `{name}` sets citations in notes, which Garland cannot do yet");
        diagnostics.push(
            Diagnostic::error("note-style", message).at(Place::file(FILE_NAME)).help(
                "choose a style that cites in the text, such as `ieee`, `apa` or `chicago-author-date`",
            ),
        );
    }
    // Each number is a link of its own, so `[1]–[3]` cannot stand for three of them.
    if style.citation.collapse == Some(Collapse::CitationNumber) {
        style.citation.collapse = None;
    }
    Some(style)
}

fn unknown_style(name: &str) -> Diagnostic {
    let names = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use a style's name in the CSL repository, such as `ieee` or `apa`".to_owned(),
    };
    Diagnostic::error("unknown-style", format!("there is no bibliography style `{name}`"))
        .at(Place::file(FILE_NAME))
        .help(help)
}

/// The CSL locale for a BCP 47 language; CSL names regions always.
fn locale_for(language: &str, files: &[Locale]) -> LocaleCode {
    let base = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let home = match base.as_str() {
        "en" => "en-US".to_owned(),
        _ => format!("{base}-{}", base.to_ascii_uppercase()),
    };
    let codes = || files.iter().filter_map(|file| file.lang.as_ref());
    let exact = codes().find(|code| code.0.eq_ignore_ascii_case(&language.replace('_', "-")));
    let found = exact
        .or_else(|| codes().find(|code| code.0 == home))
        .or_else(|| codes().find(|code| code.0.split('-').next() == Some(base.as_str())));
    found.cloned().unwrap_or_else(LocaleCode::en_us)
}

/// What CSL calls the abbreviations that authors write before a place in a work.
const LOCATORS: [(&str, LocatorKind); 22] = [
    ("p", LocatorKind::Page),
    ("pp", LocatorKind::Page),
    ("page", LocatorKind::Page),
    ("pages", LocatorKind::Page),
    ("ch", LocatorKind::Chapter),
    ("chap", LocatorKind::Chapter),
    ("chapter", LocatorKind::Chapter),
    ("sec", LocatorKind::Section),
    ("section", LocatorKind::Section),
    ("§", LocatorKind::Section),
    ("fig", LocatorKind::Figure),
    ("figure", LocatorKind::Figure),
    ("tab", LocatorKind::Table),
    ("table", LocatorKind::Table),
    ("vol", LocatorKind::Volume),
    ("volume", LocatorKind::Volume),
    ("para", LocatorKind::Paragraph),
    ("paragraph", LocatorKind::Paragraph),
    ("line", LocatorKind::Line),
    ("lines", LocatorKind::Line),
    ("part", LocatorKind::Part),
    ("verse", LocatorKind::Verse),
];

fn specific(locator: &Locator) -> SpecificLocator<'_> {
    match locator {
        Locator::Timestamp(moment) => SpecificLocator(LocatorKind::Custom, LocatorPayload::Str(moment)),
        Locator::Written(written) => {
            let written = written.trim();
            let (label, rest) = written
                .split_at(written.find(|c: char| !c.is_alphabetic() && c != '§').unwrap_or(written.len()));
            let known = LOCATORS.iter().find(|(name, _)| label.eq_ignore_ascii_case(name));
            match known {
                Some((_, kind)) if !rest.trim().is_empty() => {
                    let place = rest.trim_start_matches(['.', ' ', '\u{a0}']);
                    SpecificLocator(*kind, LocatorPayload::Str(place))
                }
                _ if label.is_empty() => SpecificLocator(LocatorKind::Page, LocatorPayload::Str(written)),
                _ => SpecificLocator(LocatorKind::Custom, LocatorPayload::Str(written)),
            }
        }
    }
}

/// A citation in pieces: each work by itself, to be a link of its own.
fn pieces(citation: ElemChildren) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for child in citation.0 {
        match child {
            ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Entry(_))) => {
                if let Some(ElemMeta::Entry(position)) = elem.meta {
                    pieces.push(Piece::Item(position, inlines(elem.children)));
                }
            }
            other => {
                let joint = inlines(ElemChildren(vec![other]));
                pieces.push(Piece::Joint(joint));
            }
        }
    }
    pieces
}

fn inlines(children: ElemChildren) -> Vec<Inline<Resolved>> {
    let mut out = Vec::new();
    inlines_into(children, &mut out);
    out
}

fn inlines_into(children: ElemChildren, out: &mut Vec<Inline<Resolved>>) {
    for child in children.0 {
        match child {
            ElemChild::Text(text) => push_formatted(text, out),
            ElemChild::Elem(elem) => inlines_into(elem.children, out),
            ElemChild::Markup(text) => rewrite::push_text(text, out),
            ElemChild::Link { text, url } => match addresses::read(&url) {
                Address::External(address) => {
                    let mut content = Vec::new();
                    push_formatted(text, &mut content);
                    out.push(Inline::Link { to: Link::External(address), content });
                }
                _ => push_formatted(text, out),
            },
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn push_formatted(Formatted { text, formatting }: Formatted, out: &mut Vec<Inline<Resolved>>) {
    if formatting == hayagriva::Formatting::default() {
        rewrite::push_text(text, out);
        return;
    }
    let mut content = vec![Inline::Text(text)];
    if formatting.font_variant == FontVariant::SmallCaps {
        content = vec![Inline::SmallCaps(content)];
    }
    if formatting.font_style == FontStyle::Italic {
        content = vec![Inline::Emphasis(content)];
    }
    if formatting.font_weight == FontWeight::Bold {
        content = vec![Inline::Strong(content)];
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => content = vec![Inline::Superscript(content)],
        VerticalAlign::Sub => content = vec![Inline::Subscript(content)],
        _ => {}
    }
    out.extend(content);
}
