//! One essay as ingest leaves it: repaired text, and what it says about itself.

use std::collections::BTreeSet;

use crate::diagnostic::Place;
use crate::document::{Metadata, Span};
use crate::ledger::Change;

/// How an essay is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// CommonMark with GitHub's extensions; mdBook's chapters too.
    Markdown,
    /// Pandoc's Markdown: inline notes, fenced divs, line blocks, example lists.
    Pandoc,
    /// Markdown with MultiMarkdown's metadata, citations and cross-references.
    MultiMarkdown,
    /// Jekyll posts: Liquid tags, kramdown attributes.
    Jekyll,
    /// Hugo's and Zola's Markdown with shortcodes.
    Hugo,
    /// Markdown as note vaults keep it (Obsidian, Quartz): wikilinks, callouts, comments.
    Vault,
    /// No markup at all: structure is told by shape.
    Plain,
    /// A Web page, or a word processor's document turned into one.
    Html,
}

impl Dialect {
    /// What a manifest calls the dialects; the first name of each is the one that reports use.
    pub const NAMES: [(&'static str, Dialect); 15] = [
        ("markdown", Dialect::Markdown),
        ("commonmark", Dialect::Markdown),
        ("gfm", Dialect::Markdown),
        ("mdbook", Dialect::Markdown),
        ("pandoc", Dialect::Pandoc),
        ("multimarkdown", Dialect::MultiMarkdown),
        ("mmd", Dialect::MultiMarkdown),
        ("jekyll", Dialect::Jekyll),
        ("hugo", Dialect::Hugo),
        ("zola", Dialect::Hugo),
        ("obsidian", Dialect::Vault),
        ("quartz", Dialect::Vault),
        ("vault", Dialect::Vault),
        ("plain", Dialect::Plain),
        ("html", Dialect::Html),
    ];

    pub fn name(self) -> &'static str {
        Dialect::NAMES.iter().find(|(_, dialect)| *dialect == self).map_or("", |(name, _)| name)
    }

    /// Whether Markdown is at the bottom of it.
    pub fn is_markdown(self) -> bool {
        !matches!(self, Dialect::Plain | Dialect::Html)
    }
}

/// How the editor wants an essay read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Instead of the dialect that the text shows.
    pub dialect: Option<Dialect>,
    /// What the folder is kept by: a site generator, a note vault. Says little of a single essay.
    pub folder: Option<Dialect>,
    /// What must stay although a rule would take it out.
    pub keep: Vetoes,
    /// Leaves quotes, dashes and spaces as they were typed.
    pub as_typed: bool,
}

/// The removals that the editor forbids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vetoes {
    /// Names of rules, such as `removed-furniture`.
    pub rules: BTreeSet<String>,
    /// 1-based lines of the essay's file, first and last.
    pub lines: Vec<(u32, u32)>,
}

impl Vetoes {
    /// Whether a rule must not touch these lines.
    pub fn spare(&self, rule: &str, lines: (u32, u32)) -> bool {
        self.rules.contains(rule) || self.name(lines)
    }

    /// Whether any of these lines must stay whatever the rule.
    pub fn name(&self, lines: (u32, u32)) -> bool {
        self.lines.iter().any(|kept| kept.0 <= lines.1 && lines.0 <= kept.1)
    }
}

/// An essay's text, ready to be parsed.
///
/// Every line of `text` is the line with the same number in the file: what was removed left an empty
/// line behind. So a byte offset in `text` is enough to point into the author's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Manuscript {
    /// Path relative to the anthology folder, with forward slashes.
    pub file: String,
    pub dialect: Dialect,
    pub metadata: Metadata,
    /// UTF-8, NFC, `\n` line ends, without the metadata block.
    pub text: String,
    /// The text as decoded, before anything was repaired or taken out; line for line the same. For a file that
    /// is no text of lines (a Web page, a word processor's document): the HTML that it was turned into.
    pub original: String,
    /// What was left out, moved or repaired when the file was turned into `original`.
    pub conversion: Vec<Change>,
    /// What ingest made of `original` to get `text`: every word that differs is in one of these.
    pub changes: Vec<Change>,
    /// The removals that the parser must not make either.
    pub keep: Vetoes,
    /// Whether quotes, dashes and spaces stay as they were typed.
    pub as_typed: bool,
    /// Pictures inside the file, until ingest hands them over with all others.
    pub pictures: Vec<InputFile<Vec<u8>>>,
}

impl Manuscript {
    /// The essay as a text in a dialect that nothing was done to.
    pub fn untouched(file: &str, dialect: Dialect, text: &str) -> Self {
        Manuscript {
            file: file.to_owned(),
            dialect,
            metadata: Metadata::default(),
            text: text.to_owned(),
            original: text.to_owned(),
            conversion: Vec::new(),
            changes: Vec::new(),
            keep: Vetoes::default(),
            as_typed: false,
            pictures: Vec::new(),
        }
    }

    /// Where a span starts, for a diagnostic.
    pub fn place(&self, span: Span) -> Place {
        Place::in_text(&self.file, &self.text, span.start as usize)
    }
}

/// Everything that was read from the anthology folder.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Name of the anthology folder, which a book without a title is called after.
    pub folder: String,
    /// In reading order where the manifest gives none.
    pub manuscripts: Vec<Manuscript>,
    /// Bibliography files: path relative to the folder, and text.
    pub bibliographies: Vec<InputFile<String>>,
    /// The bibliography style's file, where the manifest names one.
    pub style: Option<InputFile<String>>,
    /// The print theme's file, where the manifest names one.
    pub theme: Option<InputFile<String>>,
    /// Rules for the EPUB besides our own, if there are any.
    pub epub_styles: Option<InputFile<String>>,
    /// Glossary files: YAML or CSV.
    pub glossaries: Vec<InputFile<String>>,
    /// Pictures that the essays mention, by the path relative to the anthology folder.
    pub pictures: Vec<InputFile<Vec<u8>>>,
    /// The picture on the cover, where the manifest names one.
    pub cover: Option<InputFile<Vec<u8>>>,
    /// TrueType and OpenType files in the anthology's `fonts/`.
    pub fonts: Vec<InputFile<Vec<u8>>>,
}

/// A file of the anthology folder.
#[derive(Debug, Clone, PartialEq)]
pub struct InputFile<T> {
    /// Relative to the anthology folder, with forward slashes.
    pub path: String,
    pub content: T,
}
