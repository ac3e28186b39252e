//! Garland makes a book of a folder of essays by many hands: an EPUB for e-readers and a PDF for print.
//!
//! Data goes one way. Each stage takes the value before it and returns the next one:
//!
//! | stage       | from → to                                   | what happens                                    |
//! |-------------|---------------------------------------------|-------------------------------------------------|
//! | [`ingest`]  | folder → [`Input`](manuscript::Input)       | files are read, text is repaired, page furniture removed |
//! | [`parse`]   | [`Manuscript`] → [`Document`]               | every dialect becomes one kind of tree          |
//! | [`compile`] | documents → [`Anthology`]                   | order, notes, bibliography, glossary, links     |
//! | [`typeset`] | [`Anthology`] → [`PagedBook`](paged_book::PagedBook) | glyphs, lines, pages                   |
//! | [`edition`] | the book → bytes                            | EPUB and PDF                                    |
//! | [`audit`]   | documents against the book                  | every word accounted for                        |
//!
//! The remaining modules are leaves: the values that pass between the stages. Stages never import each
//! other; only [`build`] knows them all. What is wrong with the input is collected in [`Diagnostics`],
//! so that one run reports every problem. Nothing here reads a clock or draws a random number: the same
//! folder gives the same bytes.

pub mod anthology;
pub mod audit;
mod byte_set;
pub mod cli;
pub mod colophon;
pub mod compile;
pub mod dates;
pub mod diagnostic;
pub mod document;
mod drawing;
pub mod edition;
pub mod fonts;
pub mod formula;
pub mod ingest;
pub mod labels;
pub mod language_tag;
pub mod ledger;
pub mod manifest;
pub mod manuscript;
mod numerals;
pub mod page_ranges;
pub mod paged_book;
pub mod parse;
mod pixels;
pub mod section_names;
pub mod settings;
pub mod source;
pub mod term_list;
pub mod typeset;
pub mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use anthology::{Anthology, Term};
use audit::{Account, EssayAccount};
use diagnostic::{Diagnostic, Diagnostics, Place};
use document::{Date, Document};
use edition::cover::Cover;
use edition::pdf::Standards;
use edition::{EditionError, epub};
use fonts::Fonts;
use ledger::Counts;
use manifest::{Device, Manifest, Paper, THEMES};
use manuscript::{InputFile, Manuscript};
use paged_book::{PagedBook, WideFormula};
use source::Source;
use typeset::Theme;

/// What the caller of [`build`] decides; the manifest decides the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Overrides the manifest's paper.
    pub paper: Option<Paper>,
    /// The name of a theme that comes with Garland, instead of the manifest's.
    pub theme: Option<String>,
    /// Whether to make the EPUB, if the manifest wants one.
    pub epub: bool,
    /// Which e-readers get an EPUB of their own, besides those that the manifest names.
    pub devices: Vec<Device>,
    /// Whether to make the PDF, if the manifest wants one.
    pub pdf: bool,
    /// Whether the PDF says that it keeps to PDF/UA-1, if the manifest wants it to.
    pub accessible: bool,
    /// Likewise PDF/A-2a.
    pub archival: bool,
    /// The book's date where the manifest has none (`SOURCE_DATE_EPOCH`).
    pub epoch: Option<Date>,
    /// Whether the system's fonts may help out for characters that no other face has.
    pub system_fonts: bool,
    /// Whether a word that is missing from the book is an error.
    pub strict: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            paper: None,
            theme: None,
            epub: true,
            devices: Vec::new(),
            pdf: true,
            accessible: true,
            archival: true,
            epoch: None,
            system_fonts: true,
            strict: false,
        }
    }
}

/// A finished book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// File name stem of both editions.
    pub slug: String,
    pub epub: Option<Vec<u8>>,
    /// The EPUBs for single kinds of e-readers.
    pub device_epubs: Vec<(Device, Vec<u8>)>,
    pub pdf: Option<Vec<u8>>,
    pub essays: usize,
    pub pages: Option<usize>,
    /// What became of every word of the essays.
    pub words: Counts,
    pub report: Report,
}

/// The account of every word and every change, for the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// An HTML page that needs no other file.
    pub page: String,
    /// The same as JSON.
    pub json: String,
}

/// Makes both editions of the essays in `folder`. Nothing is written. `None` where no honest book can
/// be made; the errors are among the diagnostics then.
pub fn build(folder: &Path, options: &Options, diagnostics: &mut Diagnostics) -> Option<Book> {
    // From outside its pool rayon is asked for every little thing, and waited for.
    rayon::scope(|_| make(folder, options, diagnostics))
}

fn make(folder: &Path, options: &Options, diagnostics: &mut Diagnostics) -> Option<Book> {
    let (manifest, mut input) = ingest::read(folder, diagnostics)?;
    let fonts = gather_fonts(&mut input, options, diagnostics);
    let settings = epub::Settings {
        contents_depth: manifest.editions.contents_depth,
        styles: input.epub_styles.take().map(|file| file.content),
        device: None,
    };
    let theme = choose_theme(&manifest, input.theme.take(), options, diagnostics);
    let (documents, taken_down) = parse_all(&input.manuscripts, diagnostics);
    let anthology = compile::compile(&manifest, input, documents, options.epoch, diagnostics);
    let mut account = audit::close(taken_down, &anthology, options.strict, diagnostics);
    account.take_messages(diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let paper = options.paper.or(manifest.editions.paper).unwrap_or(theme.paper);
    let standards = Standards {
        accessible: options.accessible && manifest.editions.accessible,
        archival: options.archival && manifest.editions.archival,
    };
    let is_printed = options.pdf && manifest.editions.pdf;
    // Both editions are written from the book on paper: the EPUB says where its pages begin.
    let (paged, cover) = rayon::join(
        || is_printed.then(|| typeset::typeset(&anthology, &fonts, &theme, paper)),
        || Cover::of(&anthology, &fonts),
    );
    if let Some(book) = &paged {
        tell_wide_formulas(&book.wide_formulas, &anthology, &account, diagnostics);
    }
    let is_read = options.epub && manifest.editions.epub;
    let devices = if is_read { devices(&manifest, options) } else { Vec::new() };
    let on_paper = (standards, manifest.editions.pdf_cover);
    let write = |cover: Cover| {
        write_editions(&anthology, &fonts, &cover, paged.as_ref(), (&devices, &settings), on_paper)
    };
    let report = || Report { page: audit::report::page(&account), json: audit::report::json(&account) };
    let (editions, report) = rayon::join(|| cover.and_then(write), report);
    let Editions { epub, device_epubs, pdf } = match editions {
        Ok(editions) => editions,
        Err(error) => {
            let help = "this is a fault of Garland's, not of the essays: please report it";
            diagnostics.push(Diagnostic::error("edition-failed", error.message).help(help));
            return None;
        }
    };
    let pages = paged.as_ref().map(|book| book.pages.len());
    let essays = anthology.chapters.len();
    let words = account.totals();
    let slug = anthology.metadata.slug.clone();
    // A large book takes a while to be given back.
    let (leaves, structure) = paged.map(|book| (book.pages, book.structure)).unwrap_or_default();
    rayon::join(|| leaves.into_par_iter().for_each(drop), || drop((anthology, account, structure)));
    Some(Book { slug, epub, device_epubs, pdf, essays, pages, words, report })
}

/// Formulas that the page has no room for are told of, each where it stands.
fn tell_wide_formulas(
    formulas: &[WideFormula],
    anthology: &Anthology,
    account: &Account,
    diagnostics: &mut Diagnostics,
) {
    for (index, formula) in formulas.iter().enumerate() {
        let tex = &formula.tex;
        let start: String = tex.chars().take(60).collect();
        let message = format!("the page is too narrow for the formula `{start}`: it is written on one line");
        let help = "break it into lines with `\\\\` within `\\begin{multline}` or `\\begin{aligned}`";
        let mut told = Diagnostic::warning("wide-formula", message).help(help);
        if let Some(chapter) = formula.chapter.and_then(|chapter| anthology.chapters.get(chapter)) {
            let before = formulas[..index].iter().filter(|other| *other == formula).count();
            told = told.at(account.place_of(tex, &chapter.file, before));
        }
        diagnostics.push(told);
    }
}

/// The files of a book.
#[derive(Default)]
struct Editions {
    epub: Option<Vec<u8>>,
    device_epubs: Vec<(Device, Vec<u8>)>,
    pdf: Option<Vec<u8>>,
}

/// Writes an EPUB for each of `devices`, and the PDF where the book was typeset: with what it claims, and whether
/// the cover opens it.
fn write_editions(
    anthology: &Anthology,
    fonts: &Fonts,
    cover: &Cover,
    paged: Option<&PagedBook>,
    (devices, settings): (&[Option<Device>], &epub::Settings),
    (standards, opens_with_cover): (Standards, bool),
) -> Result<Editions, EditionError> {
    let write_epub = |device: &Option<Device>| {
        let settings = epub::Settings { device: *device, ..settings.clone() };
        Ok((*device, epub::write(anthology, fonts, cover, paged, &settings)?))
    };
    let on_paper = opens_with_cover.then_some(cover);
    let write_pdf = |book| edition::pdf::write(anthology, book, fonts, standards, on_paper);
    let (epubs, pdf) = rayon::join(
        || devices.par_iter().map(write_epub).collect::<Result<Vec<_>, EditionError>>(),
        || paged.map(write_pdf).transpose(),
    );
    let mut editions = Editions { pdf: pdf?, ..Editions::default() };
    for (device, bytes) in epubs? {
        match device {
            Some(device) => editions.device_epubs.push((device, bytes)),
            None => editions.epub = Some(bytes),
        }
    }
    Ok(editions)
}

/// What EPUBs are made for: none for the one for all, then each device once.
fn devices(manifest: &Manifest, options: &Options) -> Vec<Option<Device>> {
    let mut devices = [manifest.editions.devices.as_slice(), &options.devices].concat();
    devices.sort_unstable();
    devices.dedup();
    std::iter::once(None).chain(devices.into_iter().map(Some)).collect()
}

/// The sources of an anthology, merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceList {
    /// By key.
    pub sources: Vec<Source>,
    /// The titles of the chapters that the sources are cited in.
    pub chapters: Vec<String>,
}

/// A format that other programs read sources from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceFormat {
    BibLatex,
    CslJson,
    /// hayagriva's own.
    Yaml,
}

impl SourceList {
    /// The sources as a bibliography file.
    pub fn export(&self, format: SourceFormat) -> String {
        match format {
            SourceFormat::BibLatex => compile::export::biblatex(&self.sources),
            SourceFormat::CslJson => compile::export::csl_json(&self.sources),
            SourceFormat::Yaml => compile::export::yaml(&self.sources),
        }
    }
}

/// What the essays in `folder` cite, as `build` would list it. `None` where there is nothing to read; the
/// errors are among the diagnostics then.
pub fn list_sources(folder: &Path, diagnostics: &mut Diagnostics) -> Option<SourceList> {
    let (manifest, input) = ingest::read(folder, diagnostics)?;
    let (documents, _) = parse_all(&input.manuscripts, diagnostics);
    let anthology = compile::compile(&manifest, input, documents, None, diagnostics);
    let chapters = anthology.chapters.into_iter().map(|chapter| chapter.title).collect();
    Some(SourceList { sources: anthology.sources, chapters })
}

/// The glossary of an anthology.
#[derive(Debug, Clone, PartialEq)]
pub struct TermList {
    /// As the book sorts them.
    pub terms: Vec<Term>,
    /// The titles and files of the chapters that define or use them.
    pub chapters: Vec<(String, String)>,
}

/// A format that a glossary file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermFormat {
    Yaml,
    Csv,
}

impl TermList {
    /// The terms as a glossary file.
    pub fn export(&self, format: TermFormat) -> String {
        let files: Vec<String> = self.chapters.iter().map(|(_, file)| file.clone()).collect();
        match format {
            TermFormat::Yaml => compile::export::terms_yaml(&self.terms, &files),
            TermFormat::Csv => compile::export::terms_csv(&self.terms, &files),
        }
    }
}

/// What the essays in `folder` define, as `build` would. `None` where there is nothing to read; the errors are
/// among the diagnostics then.
pub fn list_terms(folder: &Path, diagnostics: &mut Diagnostics) -> Option<TermList> {
    let (manifest, input) = ingest::read(folder, diagnostics)?;
    let (documents, _) = parse_all(&input.manuscripts, diagnostics);
    let anthology = compile::compile(&manifest, input, documents, None, diagnostics);
    let chapters = anthology.chapters.into_iter().map(|chapter| (chapter.title, chapter.file)).collect();
    Some(TermList { terms: anthology.glossary, chapters })
}

/// The theme that the options or the manifest ask for; `file` is the manifest's, if it names one.
fn choose_theme(
    manifest: &Manifest,
    file: Option<InputFile<String>>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Theme {
    let named = options.theme.as_deref();
    if let (None, Some(file)) = (named, file) {
        return Theme::read(&file.path, &file.content, diagnostics);
    }
    let in_manifest = manifest.editions.theme.as_deref().filter(|_| manifest.editions.theme_file().is_none());
    let name = named.or(in_manifest).unwrap_or(THEMES[0]);
    Theme::bundled(name).unwrap_or_else(|| {
        let help = format!("themes that come with Garland: {}; or name a .yaml file", THEMES.join(", "));
        let problem = Diagnostic::error("unknown-theme", format!("there is no theme `{name}`")).help(help);
        diagnostics.push(problem.at(Place::file(manifest::FILE_NAME)));
        Theme::default()
    })
}

/// Every essay's tree, and the first half of the account of its words.
fn parse_all(
    manuscripts: &[Manuscript],
    diagnostics: &mut Diagnostics,
) -> (Vec<Document>, Vec<EssayAccount>) {
    let parsed: Vec<(Document, EssayAccount, Diagnostics)> = manuscripts
        .par_iter()
        .map(|manuscript| {
            let mut found = Diagnostics::new();
            let (document, ledger) = parse::parse(manuscript, &mut found);
            let account = audit::take_down(manuscript, &document, ledger);
            (document, account, found)
        })
        .collect();
    let (mut documents, mut accounts) = (Vec::new(), Vec::new());
    for (document, account, found) in parsed {
        documents.push(document);
        accounts.push(account);
        diagnostics.extend(found);
    }
    (documents, accounts)
}

/// The bundled faces, the anthology's own and, for characters that all of these lack, the system's.
/// A character that nobody has is reported once per essay.
fn gather_fonts(input: &mut manuscript::Input, options: &Options, diagnostics: &mut Diagnostics) -> Fonts {
    let mut fonts = Fonts::bundled();
    for file in std::mem::take(&mut input.fonts) {
        if !fonts.add_fallback(&file.path, file.content) {
            let problem = Diagnostic::warning("unusable-font", "this file holds no font that can be used");
            let help = "put a TrueType or OpenType file (.ttf, .otf) in its place";
            diagnostics.push(problem.at(Place::file(file.path)).help(help));
        }
    }
    let mut missing = find_missing(&input.manuscripts, &fonts);
    if !missing.is_empty() && options.system_fonts {
        for (name, bytes) in
            ingest::system_fonts::find(missing.values().flat_map(|found| found.keys().copied()))
        {
            fonts.add_fallback(&name, bytes);
        }
        missing = find_missing(&input.manuscripts, &fonts);
    }
    for (index, characters) in missing {
        let manuscript = &input.manuscripts[index];
        let Some(&first) = characters.values().min() else { continue };
        let names: Vec<String> = characters
            .keys()
            .map(|&character| format!("“{character}” (U+{:04X})", u32::from(character)))
            .collect();
        const SHOWN: usize = 5;
        let more = names.len().saturating_sub(SHOWN);
        let mut message = format!("no font has {}", names[..names.len().min(SHOWN)].join(", "));
        if more > 0 {
            message.push_str(&format!(" and {more} more characters"));
        }
        let problem = Diagnostic::warning("missing-glyph", message);
        let place = Place::in_text(&manuscript.file, &manuscript.text, first);
        let help = "put a font that has them in the anthology's fonts/ folder; without one they are left out in print";
        diagnostics.push(problem.at(place).help(help));
    }
    fonts
}

/// Characters without a face and where each stands first, by the manuscript's index.
fn find_missing(manuscripts: &[Manuscript], fonts: &Fonts) -> BTreeMap<usize, BTreeMap<char, usize>> {
    let found: Vec<BTreeMap<char, usize>> =
        manuscripts.par_iter().map(|manuscript| fonts.missing(&manuscript.text)).collect();
    found.into_iter().enumerate().filter(|(_, characters)| !characters.is_empty()).collect()
}
