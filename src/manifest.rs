//! `anthology.yaml`: everything an editor can set. Every key is optional.
//!
//! ```yaml
//! title: The Common Machine
//! subtitle: Essays on who owns intelligence
//! editors: [Ada Lovelace]
//! contributors:
//!   - {name: Honoré Daumier, role: ill}   # a MARC relator code
//!   - name: Ada Lovelace                  # without a role, an author or editor of the book is meant
//!     bio: wrote the first program.       # for the page on contributors; `*emphasis*`, `[links](…)`
//!     links: [https://example.org/ada]
//! publisher: Garland Press
//! date: 2025-04-04                        # or 2025-04, or 2025
//! language: en
//! identifier: urn:isbn:9780000000002
//! description: Five essays, one question.
//! series: {name: Garland Readers, number: 2} # or its name alone
//! cover: {file: cover.jpg, alt: A lit lamp} # or its file alone; without it a cover is painted
//! subjects:
//!   - Artificial intelligence
//!   - {name: Technology Studies, authority: BISAC, code: SOC026000}
//! rights: CC BY 4.0
//! parts:                                  # or `essays:` for a book without parts
//!   - title: Beginnings
//!     essays:
//!       - 01-first.md
//!       - file: 02-second.md              # what the essay does not say, or says wrongly
//!         title: Second Thoughts
//!         short-title: Thoughts           # for running heads
//!         author: Grace Hopper            # or `authors:`
//!         date: 4 April 2025
//!         language: fr
//!         rights: © Grace Hopper
//!         dialect: pandoc                 # instead of what the text looks like
//!         typography: false               # quotes and dashes stay as typed
//!         discussion: [Who may ask?]      # questions besides the essay's own
//!         keep: [12, 40-52, removed-byline] # lines, or rules, that nothing may be removed from
//! bibliography:
//!   style: ieee                           # or my-style.csl
//!   files: [references.bib]
//!   links: cite                           # links in running text become citations, too; or `keep`
//! glossary: glossary.yaml                 # or a mapping:
//!   # files: [glossary.yaml, more.csv]
//!   # prefer: {AI: 02-second.md}          # where authors differ, this essay's definition stands alone
//!   # merge: [[AI, machine intelligence]] # one term, whatever it is called
//!   # keep-apart: [[Model, Models]]       # terms of their own
//!   # split: {Alignment: {03-third.md: Alignment (of type)}} # this essay means another thing by it
//!   # rename: {LLM: Large language model (LLM)}
//!   # hide: [Data]
//! index:                                  # or true, false
//!   terms:
//!     - access                            # wherever the text says so
//!     - {term: Analytical Engine, aliases: [Engine], sub: [mill, store], see-also: [computers]}
//!     - {term: computers, see: machines}
//!   names: true                           # people and bodies that are cited
//!   glossary: true                        # the glossary's terms
//! discussion: appendix                    # or chapters, or both
//! typography: true                        # curly quotes, dashes and spaces by language
//! hyphenation: [data-base, Garland]       # words divided so, or not at all
//! keep: [removed-furniture]               # rules that no essay is subject to
//! accessibility: {certified-by: Lantern Workshop, credential: …, report: https://…}
//! editions:                               # or a list, [epub, pdf]
//!   epub:
//!     contents: 2                         # levels of headings listed
//!     styles: mine.css                    # rules after Garland's
//!     devices: [kindle, kobo]             # an EPUB more for each
//!   pdf:
//!     paper: a5
//!     identifier: urn:isbn:9780000000019
//!     cover: false                        # it does not open with the cover
//!     pdf-ua: true                        # or false: does not say that it keeps to PDF/UA-1
//!     pdf-a: true                         # likewise PDF/A-2a
//! ```

use crate::anthology::{Certification, Contributor, Series, Subject};
use crate::diagnostic::Diagnostics;
use crate::document::{Date, Person, WrittenBiography};
use crate::manuscript::{Dialect, Reading, Vetoes};

mod discussion;
mod index;
mod reader;
mod relators;

pub use discussion::{DiscussionPlace, DiscussionSettings};
pub use index::{IndexSettings, IndexTerm};

/// The file's name in the anthology folder.
pub const FILE_NAME: &str = "anthology.yaml";

/// The editor's wishes; what is absent is inferred.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub editors: Vec<Person>,
    pub contributors: Vec<Contributor>,
    /// What the editor says of those who wrote for the book, or had another hand in it.
    pub biographies: Vec<WrittenBiography>,
    pub publisher: Option<String>,
    pub date: Option<Date>,
    pub language: Option<String>,
    pub identifier: Option<String>,
    pub series: Option<Series>,
    pub cover: Option<CoverSettings>,
    pub description: Option<String>,
    pub subjects: Vec<Subject>,
    pub certification: Option<Certification>,
    pub rights: Option<String>,
    /// Empty when the reading order is inferred.
    pub parts: Vec<ManifestPart>,
    pub bibliography: BibliographySettings,
    pub glossary: GlossarySettings,
    pub index: IndexSettings,
    pub discussion: DiscussionSettings,
    pub editions: Editions,
    /// What must stay in every essay although a rule would take it out.
    pub keep: Vetoes,
    /// Whether quotes, dashes and spaces are set by the language's rules; they are unless this says no.
    pub typography: Option<bool>,
    /// Words that are divided in print where they have hyphens here, and nowhere else.
    pub hyphenation: Vec<String>,
}

impl Manifest {
    /// Reads the text of `anthology.yaml`. Every problem becomes an error with its line and column;
    /// what can be understood is kept.
    pub fn parse(text: &str, diagnostics: &mut Diagnostics) -> Manifest {
        reader::read(text, diagnostics)
    }

    /// How an essay is to be read.
    pub fn reading(&self, file: &str) -> Reading {
        let own = self.essays().find(|essay| essay.file == file);
        let mut keep = own.map(|essay| essay.keep.clone()).unwrap_or_default();
        keep.rules.extend(self.keep.rules.iter().cloned());
        let typography = own.and_then(|essay| essay.typography).or(self.typography);
        let dialect = own.and_then(|essay| essay.dialect);
        Reading { dialect, folder: None, keep, as_typed: typography == Some(false) }
    }

    /// The essays that the manifest lists, in order.
    pub fn essays(&self) -> impl Iterator<Item = &ManifestEssay> {
        self.parts.iter().flat_map(|part| &part.essays)
    }
}

/// A part of the book; without a title, chapters that belong to no part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ManifestPart {
    pub title: Option<String>,
    pub essays: Vec<ManifestEssay>,
}

/// An essay's entry, with what the editor knows better than the essay.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ManifestEssay {
    /// Relative to the anthology folder.
    pub file: String,
    /// 1-based line in the manifest.
    pub line: u32,
    pub title: Option<String>,
    /// The title where there is little room.
    pub short_title: Option<String>,
    pub authors: Vec<Person>,
    pub date: Option<Date>,
    pub language: Option<String>,
    pub rights: Option<String>,
    /// Instead of the dialect that the text shows.
    pub dialect: Option<Dialect>,
    /// What must stay in this essay.
    pub keep: Vetoes,
    /// Whether quotes, dashes and spaces are set by the language's rules; `None` as in the whole book.
    pub typography: Option<bool>,
    /// Questions for discussion.
    pub discussion: Vec<String>,
}

/// The editor's picture for the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverSettings {
    /// Relative to the anthology folder.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
}

/// How the sources are set, and where they are kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BibliographySettings {
    /// A CSL style by the name that the CSL style repository gives it, e.g. `ieee`, or a `.csl` file.
    pub style: Option<String>,
    /// BibTeX, BibLaTeX, CSL-JSON, RIS or hayagriva YAML files, relative to the anthology folder.
    pub files: Vec<String>,
    pub links: Links,
    pub lists: SourceLists,
    pub grouping: Option<Grouping>,
    /// Lists of sources that are one work, whatever speaks against it.
    pub merge: Vec<Vec<Named>>,
    /// Lists of sources that are works of their own, whatever they have in common.
    pub keep_apart: Vec<Vec<Named>>,
}

/// Where sources are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SourceLists {
    /// At the end of the book.
    #[default]
    Book,
    /// At the end of each essay, as if it stood alone.
    Essays,
    Both,
}

/// What the sources of a list are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    Kind,
    /// The first letter of an entry.
    Letter,
}

/// Where terms are kept, and what the editor knows better than the authors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GlossarySettings {
    /// YAML or CSV files, relative to the anthology folder.
    pub files: Vec<String>,
    /// Terms, each with the file whose definition stands alone.
    pub prefer: Vec<(Named, Named)>,
    /// Lists of terms that are one, whatever speaks against it.
    pub merge: Vec<Vec<Named>>,
    /// Lists of terms that are entries of their own, whatever they have in common.
    pub keep_apart: Vec<Vec<Named>>,
    pub split: Vec<SplitTerm>,
    /// Terms, each with the name that its entry shall have.
    pub rename: Vec<(Named, String)>,
    /// Terms that the book's glossary does without.
    pub hide: Vec<Named>,
}

/// A term by which one essay means another thing than the others do.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitTerm {
    pub term: Named,
    /// The essay's file, or a glossary file.
    pub file: Named,
    /// What the term of that file is called in the book's glossary.
    pub name: String,
}

/// What the editor calls something, and where. Sources go by a key of a bibliography file, a DOI or address, a
/// title, or their author's words; terms by any of their names; essays by their file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Named {
    pub name: String,
    /// 1-based line in the manifest.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
}

/// What becomes of links from running text to pages outside the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// They are links, and no more: on paper nobody sees where they lead.
    #[default]
    Keep,
    /// Each is followed by a citation of the page that it leads to.
    Cite,
}

impl BibliographySettings {
    /// The style's file, relative to the anthology folder, where the style is one.
    pub fn style_file(&self) -> Option<&str> {
        self.style.as_deref().filter(|style| is_style_file(style))
    }
}

fn is_theme_file(theme: &str) -> bool {
    [".yaml", ".yml"].iter().any(|end| theme.to_ascii_lowercase().ends_with(end))
}

impl Editions {
    /// The theme's file, relative to the anthology folder, where the theme is one.
    pub fn theme_file(&self) -> Option<&str> {
        self.theme.as_deref().filter(|theme| is_theme_file(theme))
    }
}

fn is_style_file(style: &str) -> bool {
    style.len() > 4 && style.to_ascii_lowercase().ends_with(".csl")
}

/// Which editions to make, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Editions {
    pub epub: bool,
    pub pdf: bool,
    /// Instead of the theme's.
    pub paper: Option<Paper>,
    /// The name of a theme that comes with Garland, or a theme file relative to the anthology folder.
    pub theme: Option<String>,
    /// The print edition's, where it has one of its own.
    pub print_identifier: Option<String>,
    /// Whether the print edition says that it keeps to PDF/UA-1.
    pub accessible: bool,
    /// Likewise PDF/A-2a.
    pub archival: bool,
    /// How many levels of essays' headings the EPUB's contents list.
    pub contents_depth: u8,
    /// A style sheet whose rules are added to the EPUB's, relative to the anthology folder.
    pub styles: Option<String>,
    /// Which e-readers get an EPUB of their own besides the one for all.
    pub devices: Vec<Device>,
    /// Whether the PDF opens with the cover.
    pub pdf_cover: bool,
}

impl Default for Editions {
    fn default() -> Self {
        Editions {
            epub: true,
            pdf: true,
            paper: None,
            theme: None,
            print_identifier: None,
            accessible: true,
            archival: true,
            contents_depth: 0,
            styles: None,
            devices: Vec::new(),
            pdf_cover: true,
        }
    }
}

/// A kind of e-reader for which there is an EPUB of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Device {
    /// Without what Amazon's converter refuses.
    Kindle,
    /// With the marks that Kobo's own renderer counts sentences by.
    Kobo,
}

impl Device {
    /// What settings and the command line call each.
    pub const NAMES: [(&str, Device); 2] = [("kindle", Device::Kindle), ("kobo", Device::Kobo)];

    /// What its files' names end in, after the dot. Kobo's readers go by it.
    pub fn extension(self) -> &'static str {
        match self {
            Device::Kindle => "kindle.epub",
            Device::Kobo => "kepub.epub",
        }
    }
}

/// The print themes that come with Garland; the first is the usual one.
pub const THEMES: [&str; 3] = ["book", "workshop", "large-print"];

/// The trimmed page of the print edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    A5,
    /// Six by nine inches.
    SixByNine,
    A4,
    Letter,
}

impl Paper {
    /// What settings and the command line call each.
    pub const NAMES: [(&str, Paper); 4] =
        [("a5", Paper::A5), ("6x9", Paper::SixByNine), ("a4", Paper::A4), ("letter", Paper::Letter)];

    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        const POINTS_PER_MM: f32 = 72.0 / 25.4;
        match self {
            Paper::A5 => (148.0 * POINTS_PER_MM, 210.0 * POINTS_PER_MM),
            Paper::SixByNine => (432.0, 648.0),
            Paper::A4 => (210.0 * POINTS_PER_MM, 297.0 * POINTS_PER_MM),
            Paper::Letter => (612.0, 792.0),
        }
    }
}
