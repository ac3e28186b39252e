//! CSL styles and the languages that they speak.

use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{
    CitationFormat, Collapse, IndependentStyle, Locale, LocaleCode, Style, StyleCategory, StyleClass,
};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::FILE_NAME;

use super::super::library::nearest;

/// Numbers in brackets in the order of citation, entries that name title and address.
const DEFAULT_STYLE: &str = "ieee";

/// The words that styles use, in every language; unpacking them takes long enough to do it once.
pub(super) static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// Loads a style by name. A name that is none is an error; the default style stands in.
pub(super) fn load(name: Option<&str>, diagnostics: &mut Diagnostics) -> Option<IndependentStyle> {
    let named = name.and_then(ArchivedStyle::by_name);
    if let (Some(name), None) = (name, named) {
        diagnostics.push(unknown(name));
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

pub(super) fn unknown(name: &str) -> Diagnostic {
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
pub(super) fn locale_for(language: &str, files: &[Locale]) -> LocaleCode {
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

/// Whether the style cites by number.
pub(super) fn is_numeric(style: &IndependentStyle) -> bool {
    style
        .info
        .category
        .iter()
        .any(|category| matches!(category, StyleCategory::CitationFormat { format: CitationFormat::Numeric }))
}
