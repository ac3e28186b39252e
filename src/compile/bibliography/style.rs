//! CSL styles and the languages that they speak.

mod path;
mod survey;

use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{
    CitationFormat, Collapse, IndependentStyle, Locale, LocaleCode, Style, StyleCategory, StyleClass,
    XmlDeError,
};

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::manifest::{BibliographySettings, FILE_NAME};
use crate::manuscript::InputFile;

use super::super::library::nearest;
use super::completion;

/// Numbers in brackets in the order of citation, entries that name title and address.
const DEFAULT_STYLE: &str = "ieee";

/// The words that styles use, in every language; unpacking them takes long enough to do it once.
pub(super) static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// The style that the editor wants.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Wanted<'a> {
    /// None in particular, or one whose file is missing, which ingest has told.
    Any,
    /// By its name in the archive.
    Named(&'a str),
    File(&'a InputFile<String>),
}

impl<'a> Wanted<'a> {
    /// What the manifest says; `file` is the style's, where it names one.
    pub(in super::super) fn of(
        settings: &'a BibliographySettings,
        file: Option<&'a InputFile<String>>,
    ) -> Self {
        match (file, settings.style.as_deref()) {
            (Some(file), _) => Wanted::File(file),
            (None, Some(name)) if settings.style_file().is_none() => Wanted::Named(name),
            (None, _) => Wanted::Any,
        }
    }

    fn name(self) -> &'a str {
        match self {
            Wanted::Any => DEFAULT_STYLE,
            Wanted::Named(name) => name,
            Wanted::File(file) => &file.path,
        }
    }

    fn place(self) -> Place {
        Place::file(match self {
            Wanted::File(file) => &file.path,
            Wanted::Any | Wanted::Named(_) => FILE_NAME,
        })
    }
}

/// The style that the book is set in.
#[derive(Debug)]
pub(in super::super) struct ChosenStyle<'a> {
    wanted: Wanted<'a>,
    style: Option<IndependentStyle>,
}

impl<'a> ChosenStyle<'a> {
    /// Finds what the editor wants. What is wrong with it is an error; the default style stands in.
    pub(in super::super) fn find(wanted: Wanted<'a>, diagnostics: &mut Diagnostics) -> Self {
        let style =
            find(wanted, diagnostics).or_else(|| ArchivedStyle::by_name(DEFAULT_STYLE).and_then(archived));
        ChosenStyle { wanted, style }
    }

    /// Whether the style sets citations in notes.
    pub(in super::super) fn cites_in_notes(&self) -> bool {
        self.style.as_ref().is_some_and(cites_in_notes)
    }

    /// The style, fit to set citations that are links.
    pub(super) fn load(self, diagnostics: &mut Diagnostics) -> Option<IndependentStyle> {
        let mut style = self.style?;
        if style.bibliography.is_none() {
            let message = format!(
                "the style `{}` has no bibliography: the book will list no sources",
                self.wanted.name()
            );
            let help = "choose another style, or give this one a `bibliography` element";
            diagnostics.push(
                Diagnostic::warning("style-without-bibliography", message).at(self.wanted.place()).help(help),
            );
        }
        completion::complete(&mut style);
        // Each number is a link of its own, so `[1]–[3]` cannot stand for three of them.
        if style.citation.collapse == Some(Collapse::CitationNumber) {
            style.citation.collapse = None;
        }
        Some(style)
    }
}

fn find(wanted: Wanted<'_>, diagnostics: &mut Diagnostics) -> Option<IndependentStyle> {
    if let Wanted::File(file) = wanted {
        return read(file, diagnostics);
    }
    let style = ArchivedStyle::by_name(wanted.name()).and_then(archived);
    if style.is_none() {
        diagnostics.push(unknown(wanted.name()));
    }
    style
}

/// A style of the archive; one that depends on another is that one.
fn archived(style: ArchivedStyle) -> Option<IndependentStyle> {
    match style.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(dependent) => match ArchivedStyle::by_id(&dependent.parent_link.href)?.get() {
            Style::Independent(style) => Some(style),
            Style::Dependent(_) => None,
        },
    }
}

fn read(file: &InputFile<String>, diagnostics: &mut Diagnostics) -> Option<IndependentStyle> {
    let text = &file.content;
    let mut malformed = |message: String, offset: usize, help: &str| {
        let place = Place::in_text(&file.path, text, offset);
        diagnostics.push(Diagnostic::error("malformed-style", message).at(place).help(help));
        None
    };
    if let Err(problem) = survey::examine(text) {
        return malformed(problem.message, problem.offset, problem.help);
    }
    match Style::from_xml(text) {
        Ok(Style::Independent(style)) => Some(style),
        Ok(Style::Dependent(dependent)) => {
            let parent = &dependent.parent_link.href;
            ArchivedStyle::by_id(parent).and_then(archived).or_else(|| {
                let message =
                    format!("this style is another's by name only, and that one is not at hand: {parent}");
                let offset = text.find(parent.as_str()).unwrap_or_default();
                malformed(message, offset, "put the other style's file in its place")
            })
        }
        Err(error) => {
            let (message, offset) = describe(&error, text);
            let help =
                "compare it with the CSL specification (docs.citationstyles.org), or download the style anew";
            malformed(format!("this is no CSL style: {message}"), offset, help)
        }
    }
}

/// What does not fit, and where.
fn describe(error: &XmlDeError, text: &str) -> (String, usize) {
    let said = error.source.to_string();
    let message = said.split(", expected").next().unwrap_or(&said);
    // What an attribute may be, or an element, is a list in the reader's code, which means nothing to an editor.
    let message = match message.starts_with("data did not match any variant") {
        true => "something here has a name or a value that CSL does not know",
        false => message,
    };
    let path = error.path.as_ref().map(ToString::to_string).unwrap_or_default();
    (message.to_owned(), path::find(text, &path).unwrap_or_default())
}

fn unknown(name: &str) -> Diagnostic {
    let names = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "use a style's name in the CSL repository, such as `ieee` or `apa`, or a .csl file in the folder"
                .to_owned()
        }
    };
    Diagnostic::error("unknown-style", format!("there is no bibliography style `{name}`"))
        .at(Place::file(FILE_NAME))
        .help(help)
}

/// The CSL locale for a BCP 47 language. CSL names regions always: a style that is at home in one of them
/// (`en-GB`) speaks as they do there if the language names none.
pub(super) fn locale_for(language: &str, style: &IndependentStyle, files: &[Locale]) -> LocaleCode {
    let base = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let home = match base.as_str() {
        "en" => "en-US".to_owned(),
        _ => format!("{base}-{}", base.to_ascii_uppercase()),
    };
    let own = style.default_locale.iter().find(|own| own.0.split('-').next() == Some(language));
    if let Some(own) = own.filter(|own| files.iter().any(|file| file.lang.as_ref() == Some(own))) {
        return own.clone();
    }
    let codes = || files.iter().filter_map(|file| file.lang.as_ref());
    let exact = codes().find(|code| code.0.eq_ignore_ascii_case(&language.replace('_', "-")));
    let found = exact
        .or_else(|| codes().find(|code| code.0 == home))
        .or_else(|| codes().find(|code| code.0.split('-').next() == Some(base.as_str())));
    found.cloned().unwrap_or_else(LocaleCode::en_us)
}

/// Whether the style sets citations in notes. Numbers in brackets stand in the text whatever it says.
pub(super) fn cites_in_notes(style: &IndependentStyle) -> bool {
    style.settings.class == StyleClass::Note && !is_numeric(style)
}

/// Whether the style cites by number.
pub(super) fn is_numeric(style: &IndependentStyle) -> bool {
    style
        .info
        .category
        .iter()
        .any(|category| matches!(category, StyleCategory::CitationFormat { format: CitationFormat::Numeric }))
}

/// A style of no looks, whose citations are numbers.
const PLAIN: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Numbers</title><id>numbers</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="citation-number"/></layout></citation></style>"#;

/// The style with citations that cost nothing and are unlike each other: what is alike is told apart by
/// comparing each with each.
pub(super) fn with_plain_citations(style: &IndependentStyle) -> Option<IndependentStyle> {
    match Style::from_xml(PLAIN).ok()? {
        Style::Independent(plain) => Some(IndependentStyle { citation: plain.citation, ..style.clone() }),
        Style::Dependent(_) => None,
    }
}

/// The style with nothing in its entries, for their order.
pub(super) fn with_bare_entries(style: &IndependentStyle) -> IndependentStyle {
    let mut bare = style.clone();
    if let Some(bibliography) = &mut bare.bibliography {
        bibliography.layout.elements.clear();
    }
    bare
}
