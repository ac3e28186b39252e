//! The tree that every dialect becomes.
//!
//! [`Block`] and [`Inline`] are shared by an essay as parsed and by the finished book. What differs
//! is how they refer to other places: the [`Phase`] parameter chooses. [`Parsed`] keeps references as
//! the author wrote them; `anthology::Resolved` holds only references that lead somewhere, so no
//! emitter has to ask what to do with a dangling one.

use std::fmt::Debug;

use crate::numerals;
use crate::term_list::ListedTerm;

/// What a tree's references look like at one stage of the pipeline.
pub trait Phase: Debug + Clone + PartialEq {
    /// A reference from running text.
    type Link: Debug + Clone + PartialEq;
    /// What makes a heading a place to link to.
    type Anchor: Debug + Clone + PartialEq;
    /// Likewise a point within text.
    type Point: Debug + Clone + PartialEq;
    /// A picture.
    type Picture: Debug + Clone + PartialEq;
}

/// An essay as its author wrote it: references are names that may lead nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed;

impl Phase for Parsed {
    type Link = Reference;
    /// The identifier that the author gave the heading, if any (`{#id}`).
    type Anchor = Option<String>;
    type Point = Point;
    /// The path or address as written.
    type Picture = Shown<Written<String>>;
}

/// What an author marks in running text without a word to show for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Point {
    /// A place to link to, by its identifier; a vault's block identifiers keep their `^`.
    Place(String),
    /// A place that the index leads to.
    Index(Written<IndexMark>),
}

/// What a mark says of the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexMark {
    /// The entry, then the subentry below it, and so on.
    pub path: Vec<IndexHeading>,
    /// What readers are sent to instead, as written: `other`, `main!sub`.
    pub see: Vec<String>,
    /// What readers are sent to as well.
    pub see_also: Vec<String>,
    pub meaning: IndexMeaning,
}

/// The words of an entry, and what it is sorted by where that is something else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct IndexHeading {
    pub text: String,
    pub sort: Option<String>,
}

impl From<&str> for IndexHeading {
    fn from(text: &str) -> Self {
        IndexHeading { text: text.to_owned(), sort: None }
    }
}

/// What is found at the place of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IndexMeaning {
    #[default]
    Use,
    Definition,
    /// From here on, up to the next `End` of the same entry.
    Start,
    End,
}

impl IndexMark {
    /// Whether there is something at the mark's place, and not only a word to look under instead.
    pub fn is_locator(&self) -> bool {
        self.see.is_empty() && self.see_also.is_empty()
    }
}

/// A range of bytes in a manuscript's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }
}

/// A value with the place where the author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written<T> {
    pub value: T,
    pub span: Span,
}

/// A picture where it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown<T> {
    pub picture: T,
    /// Where nobody says how wide it is, it is as wide as its pixels make it.
    pub width: Option<Width>,
}

impl<T> Shown<T> {
    /// Another picture, shown likewise.
    pub fn with<U>(&self, picture: U) -> Shown<U> {
        Shown { picture, width: self.width }
    }
}

impl<T> From<T> for Shown<T> {
    fn from(picture: T) -> Self {
        Shown { picture, width: None }
    }
}

/// How wide an author wants a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// Of the text's width, up to 1.
    Share(f32),
    /// Of 1/96 inch; so many as the picture has say nothing.
    Pixels(f32),
    /// Of 1/72 inch.
    Points(f32),
}

impl Width {
    /// Reads `50%`, `8cm`, `300px`, `300`, `0.5\\textwidth`.
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim();
        let end = written.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(written.len());
        let (number, unit) = written.split_at(end);
        let number: f32 = number.parse().ok().filter(|number| (0.01..100_000.0).contains(number))?;
        Some(match unit.trim().to_ascii_lowercase().as_str() {
            "%" | "vw" => Width::Share((number / 100.0).min(1.0)),
            "\\textwidth" | "\\linewidth" | "\\columnwidth" => Width::Share(number.min(1.0)),
            "" | "px" => Width::Pixels(number),
            "pt" => Width::Points(number),
            "pc" => Width::Points(number * 12.0),
            "in" | "inch" => Width::Points(number * 72.0),
            "cm" => Width::Points(number * 72.0 / 2.54),
            "mm" => Width::Points(number * 72.0 / 25.4),
            "em" | "rem" => Width::Pixels(number * 16.0),
            _ => return None,
        })
    }
}

/// A reference as written, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    pub target: Target,
    pub span: Span,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The destination of an ordinary link: an absolute address, a relative path, or `#fragment`.
    Address(String),
    /// A wikilink, `[[page#heading]]`; `page` is empty for `[[#heading]]`.
    Wikilink { page: String, heading: Option<String> },
    /// Another note shown in place, `![[page#heading]]`.
    Embed { page: String, heading: Option<String> },
    /// A note or numbered reference of the same essay, by its label.
    Note(String),
    /// Keys of a bibliography, `[@key, p. 12; @other]`: one cluster that is set as one citation.
    Citation(Vec<CitedKey>),
    /// A place in the essay's video, in seconds from its start.
    Timestamp(u32),
}

/// One item of a citation cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedKey {
    pub key: String,
    /// `p. 12` and the like, as written.
    pub locator: Option<String>,
    /// `see`: what stands before the key within the brackets.
    pub prefix: Option<String>,
    /// `@key` in a sentence, which names the author there.
    pub is_named: bool,
}

/// Text within a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline<P: Phase> {
    Text(String),
    Code(String),
    /// TeX source, without its delimiters.
    Math(String),
    Emphasis(Vec<Inline<P>>),
    Strong(Vec<Inline<P>>),
    Strikethrough(Vec<Inline<P>>),
    Highlight(Vec<Inline<P>>),
    Superscript(Vec<Inline<P>>),
    Subscript(Vec<Inline<P>>),
    SmallCaps(Vec<Inline<P>>),
    /// Characters, each run of them followed by its [reading](Inline::Reading).
    Ruby(Vec<Inline<P>>),
    /// How the characters before it are read: small above them, or in brackets behind.
    Reading(Vec<Inline<P>>),
    /// Text in another language than its surroundings (a BCP 47 tag).
    Foreign {
        language: String,
        content: Vec<Inline<P>>,
    },
    Link {
        to: P::Link,
        content: Vec<Inline<P>>,
    },
    /// A picture in the line.
    Image {
        picture: P::Picture,
        alt: String,
    },
    LineBreak,
    /// A place to link to that is no heading: what follows it is meant.
    Anchor(P::Point),
}

/// Text from paragraph size upwards.
#[derive(Debug, Clone, PartialEq)]
pub enum Block<P: Phase> {
    /// `level` is 1–6. Below a chapter's title the compiler leaves 2–6, without gaps.
    Heading {
        level: u8,
        anchor: P::Anchor,
        content: Vec<Inline<P>>,
        span: Span,
    },
    Paragraph(Vec<Inline<P>>),
    List(List<P>),
    DefinitionList(Vec<Definition<P>>),
    Quote(Vec<Block<P>>),
    /// A set-off remark: Obsidian's and GitHub's callouts.
    Callout {
        kind: String,
        title: Vec<Inline<P>>,
        body: Vec<Block<P>>,
    },
    Code {
        language: Option<String>,
        text: String,
    },
    /// Display mathematics: TeX source, without its delimiters.
    Math(String),
    Table(Table<P>),
    Figure {
        picture: P::Picture,
        alt: String,
        caption: Vec<Inline<P>>,
    },
    /// Lines whose breaks are the author's.
    Verse(Vec<Vec<Inline<P>>>),
    /// A pause between two stretches of text (`---`).
    Break,
}

#[derive(Debug, Clone, PartialEq)]
pub struct List<P: Phase> {
    /// The first number of an ordered list; `None` for bullets.
    pub start: Option<u64>,
    /// What the numbers of an ordered list are written in.
    pub numerals: Numerals,
    /// Whether items follow each other without space between them.
    pub tight: bool,
    pub items: Vec<Vec<Block<P>>>,
}

impl<P: Phase> List<P> {
    /// What stands before an item, counted from 0: `3.`, `c.`, `•`.
    pub fn label(&self, index: usize) -> String {
        match self.start {
            Some(start) => format!("{}.", self.numerals.write(start.saturating_add(index as u64))),
            None => "•".to_owned(),
        }
    }
}

/// How the items of an ordered list are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Numerals {
    #[default]
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
}

impl Numerals {
    /// What HTML's `type` says where it says no `1`.
    const TYPES: [(&'static str, Numerals); 4] = [
        ("a", Numerals::LowerLetter),
        ("A", Numerals::UpperLetter),
        ("i", Numerals::LowerRoman),
        ("I", Numerals::UpperRoman),
    ];

    /// The numerals that a list of HTML is counted in.
    pub fn of_type(kind: &str) -> Self {
        Numerals::TYPES.iter().find(|(name, _)| *name == kind).map_or(Numerals::Decimal, |(_, known)| *known)
    }

    /// Their name in HTML; `None` for those that need none.
    pub fn html_type(self) -> Option<&'static str> {
        Numerals::TYPES.iter().find(|(_, known)| *known == self).map(|(name, _)| *name)
    }

    /// A number; in decimals what letters or Roman numerals cannot say.
    pub fn write(self, number: u64) -> String {
        match self {
            Numerals::LowerLetter if number > 0 => numerals::letters(number),
            Numerals::UpperLetter if number > 0 => numerals::letters(number).to_uppercase(),
            Numerals::LowerRoman if (1..4000).contains(&number) => numerals::roman(number),
            Numerals::UpperRoman if (1..4000).contains(&number) => numerals::roman(number).to_uppercase(),
            _ => number.to_string(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Definition<P: Phase> {
    pub term: Vec<Inline<P>>,
    pub descriptions: Vec<Vec<Block<P>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    Start,
    Center,
    End,
}

/// A table; every row has as many cells as `alignments`.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<P: Phase> {
    pub caption: Vec<Inline<P>>,
    pub alignments: Vec<Alignment>,
    /// Empty for a table without a header row.
    pub header: Vec<Vec<Inline<P>>>,
    pub rows: Vec<Vec<Vec<Inline<P>>>>,
}

/// A footnote or an entry of a numbered reference list, as written in one essay.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenNote {
    pub label: String,
    pub kind: NoteKind,
    pub body: Vec<Block<Parsed>>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// `[^label]: …`; may turn out to be a reference or a remark.
    Footnote,
    /// An entry of a numbered list of references, cited as `[1]`.
    Reference,
}

/// A calendar date that may be known to the year or month only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i16,
    /// 1–12.
    pub month: Option<u8>,
    /// 1–31; only with a month.
    pub day: Option<u8>,
}

impl std::fmt::Display for Date {
    /// ISO 8601, as precise as the date is: `2025`, `2025-04`, `2025-04-04`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(out, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(out, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A person or body with a hand in the book.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// As printed: `Ada Lovelace`.
    pub name: String,
    /// As sorted: `Lovelace, Ada`.
    pub file_as: String,
}

impl Person {
    /// A person from a name as printed or as sorted. The last word is taken for the family name
    /// unless a comma says otherwise; a single word stays as it is.
    pub fn new(name: &str) -> Self {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((family, given)) = name.split_once(',') {
            let (family, given) = (family.trim(), given.trim());
            return Person { name: format!("{given} {family}"), file_as: format!("{family}, {given}") };
        }
        let file_as = match name.rsplit_once(' ') {
            Some((given, family)) => format!("{family}, {given}"),
            None => name.clone(),
        };
        Person { name, file_as }
    }
}

/// What is said of somebody who wrote for the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenBiography {
    pub person: Person,
    /// Running text, with Markdown's marks for emphasis and links.
    pub text: String,
    /// Addresses of their own pages.
    pub links: Vec<String>,
}

/// What an essay says about itself, before the manifest has its word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    /// The title where there is little room.
    pub short_title: Option<String>,
    pub authors: Vec<Person>,
    /// What it says of its authors.
    pub biographies: Vec<WrittenBiography>,
    pub date: Option<Date>,
    /// BCP 47.
    pub language: Option<String>,
    pub rights: Option<String>,
    /// Where the essay first appeared.
    pub source: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    /// Other names that links call the essay by.
    pub aliases: Vec<String>,
    /// Whether its author says that it is not finished.
    pub is_draft: bool,
    /// Bibliography files that it cites from, relative to its own folder.
    pub bibliographies: Vec<String>,
    /// Address of the video that the essay's timestamps belong to.
    pub video: Option<String>,
    /// Terms that the metadata block defines.
    pub terms: Vec<ListedTerm>,
    /// Terms that the text marks where it says what they are.
    pub marked_terms: Vec<MarkedTerm>,
}

/// A term that an essay marks in its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MarkedTerm {
    /// The sentence around it defines it (`<dfn>`).
    Defined(String),
    /// `AI`, and what it stands for (`<abbr title="…">`).
    Abbreviation { short: String, long: String },
}

/// One essay as a tree; its references are not resolved yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Path of the manuscript relative to the anthology folder: the essay's identity.
    pub file: String,
    pub metadata: Metadata,
    pub body: Vec<Block<Parsed>>,
    pub notes: Vec<WrittenNote>,
}

/// The text of inlines without any markup; line breaks become spaces.
pub fn plain_text<P: Phase>(inlines: &[Inline<P>]) -> String {
    let mut text = String::new();
    push_plain_text(inlines, &mut text);
    text
}

fn push_plain_text<P: Phase>(inlines: &[Inline<P>], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Math(part) => text.push_str(part),
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::LineBreak => text.push(' '),
            Inline::Anchor(_) => {}
            Inline::Reading(reading) => {
                text.push('(');
                push_plain_text(reading, text);
                text.push(')');
            }
            outer => push_plain_text(outer.content(), text),
        }
    }
}

impl<P: Phase> Inline<P> {
    /// The inlines inside this one; none where it holds none.
    pub fn content(&self) -> &[Inline<P>] {
        match self {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strikethrough(content)
            | Inline::Highlight(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::SmallCaps(content)
            | Inline::Ruby(content)
            | Inline::Reading(content)
            | Inline::Foreign { content, .. }
            | Inline::Link { content, .. } => content,
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image { .. }
            | Inline::LineBreak
            | Inline::Anchor(_) => &[],
        }
    }

    /// Likewise, to be changed.
    pub fn content_mut(&mut self) -> &mut [Inline<P>] {
        match self {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strikethrough(content)
            | Inline::Highlight(content)
            | Inline::Superscript(content)
            | Inline::Subscript(content)
            | Inline::SmallCaps(content)
            | Inline::Ruby(content)
            | Inline::Reading(content)
            | Inline::Foreign { content, .. }
            | Inline::Link { content, .. } => content,
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image { .. }
            | Inline::LineBreak
            | Inline::Anchor(_) => &mut [],
        }
    }
}

/// A stretch of text within a block.
#[derive(Debug, Clone, Copy)]
pub enum Run<'a, P: Phase> {
    Inlines(&'a [Inline<P>]),
    /// A code listing, or the alternative text of a figure without a caption.
    Verbatim(&'a str),
}

/// Calls `visit` with every run of text in `blocks`, in reading order.
pub fn visit_runs<'a, P: Phase>(blocks: &'a [Block<P>], visit: &mut impl FnMut(Run<'a, P>)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => visit(Run::Inlines(content)),
            Block::List(list) => list.items.iter().for_each(|item| visit_runs(item, visit)),
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    visit(Run::Inlines(&definition.term));
                    definition.descriptions.iter().for_each(|it| visit_runs(it, visit));
                }
            }
            Block::Quote(body) => visit_runs(body, visit),
            Block::Callout { title, body, .. } => {
                visit(Run::Inlines(title));
                visit_runs(body, visit);
            }
            Block::Code { text, .. } | Block::Math(text) => visit(Run::Verbatim(text)),
            Block::Table(table) => {
                visit(Run::Inlines(&table.caption));
                let rows = std::iter::once(&table.header).chain(&table.rows);
                rows.flatten().for_each(|cell| visit(Run::Inlines(cell)));
            }
            Block::Figure { alt, caption, .. } if caption.is_empty() => visit(Run::Verbatim(alt)),
            Block::Figure { caption, .. } => visit(Run::Inlines(caption)),
            Block::Verse(lines) => lines.iter().for_each(|line| visit(Run::Inlines(line))),
            Block::Break => {}
        }
    }
}

/// Calls `visit` with every stretch of running text in `blocks`, in reading order, to be changed.
pub fn visit_inlines_mut<P: Phase>(blocks: &mut [Block<P>], visit: &mut impl FnMut(&mut Vec<Inline<P>>)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => visit(content),
            Block::List(list) => list.items.iter_mut().for_each(|item| visit_inlines_mut(item, visit)),
            Block::DefinitionList(definitions) => {
                for definition in definitions {
                    visit(&mut definition.term);
                    definition.descriptions.iter_mut().for_each(|it| visit_inlines_mut(it, visit));
                }
            }
            Block::Quote(body) => visit_inlines_mut(body, visit),
            Block::Callout { title, body, .. } => {
                visit(title);
                visit_inlines_mut(body, visit);
            }
            Block::Table(table) => {
                visit(&mut table.caption);
                let rows = std::iter::once(&mut table.header).chain(&mut table.rows);
                rows.flatten().for_each(&mut *visit);
            }
            Block::Figure { caption, .. } => visit(caption),
            Block::Verse(lines) => lines.iter_mut().for_each(&mut *visit),
            Block::Code { .. } | Block::Math(_) | Block::Break => {}
        }
    }
}
