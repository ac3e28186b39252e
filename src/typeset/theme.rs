//! How the print edition looks: the measures of a theme file, made ready for one paper size.

mod file;

use crate::fonts::Family;
use crate::manifest::Paper;

/// A print theme as its YAML file has it; `styles/book.yaml` documents every key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// What it is printed on where nobody says otherwise.
    pub paper: Paper,
    text: TextTheme,
    headings: HeadingTheme,
    chapter: ChapterTheme,
    flush_tables: bool,
    index: IndexTheme,
    papers: Papers,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct TextTheme {
    family: Family,
    size: f32,
    leading: f32,
    indent: f32,
    small: f32,
    note_size: f32,
    note_leading: f32,
    ragged: bool,
    unhyphenated: bool,
    small_acronyms: bool,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct HeadingTheme {
    family: Family,
    /// Levels 2 to 6.
    sizes: [f32; 5],
}

#[derive(Debug, Clone, PartialEq, Default)]
struct ChapterTheme {
    title_size: f32,
    title_leading: f32,
    sink: u16,
    opens_anywhere: bool,
    initial: u16,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct IndexTheme {
    size: f32,
    leading: f32,
    gutter: f32,
}

/// In the order of [`Paper::NAMES`].
type Papers = [PaperTheme; Paper::NAMES.len()];

#[derive(Debug, Clone, PartialEq, Default)]
struct PaperTheme {
    inner: f32,
    outer: f32,
    top: f32,
    lines: u16,
    /// Applied to all type sizes and leadings.
    scale: f32,
}

/// The theme's measures on one paper, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub width: f32,
    pub height: f32,
    /// Margin at the spine.
    pub inner: f32,
    pub outer: f32,
    pub top: f32,
    /// Width of the text block.
    pub measure: f32,
    /// Height of the text block.
    pub depth: f32,
    pub family: Family,
    pub heading_family: Family,
    /// Whether lines are left uneven at their end.
    pub ragged: bool,
    pub hyphenates: bool,
    pub size: f32,
    pub leading: f32,
    pub indent: f32,
    pub small: f32,
    pub note_size: f32,
    pub note_leading: f32,
    /// Whether acronyms are set in small capitals.
    pub small_acronyms: bool,
    heading_sizes: [f32; 5],
    pub title_size: f32,
    pub title_leading: f32,
    /// Space above a chapter's title.
    pub sink: f32,
    /// Whether divisions begin on right-hand pages only.
    pub opens_right: bool,
    /// How many lines high a chapter's first letter is; 0 for one like all others.
    pub initial: usize,
    /// Whether narrow tables stand where lines of text begin, and not in their middle.
    pub flush_tables: bool,
    pub index_size: f32,
    pub index_leading: f32,
    /// Between the columns of the index.
    pub gutter: f32,
}

impl Theme {
    /// The measures for a paper size.
    pub fn layout(&self, paper: Paper) -> Layout {
        let (width, height) = paper.size();
        let page = &self.papers[paper as usize];
        let scale = page.scale;
        let leading = self.text.leading * scale;
        Layout {
            width,
            height,
            inner: page.inner,
            outer: page.outer,
            top: page.top,
            measure: width - page.inner - page.outer,
            depth: leading * f32::from(page.lines),
            family: self.text.family,
            heading_family: self.headings.family,
            ragged: self.text.ragged,
            hyphenates: !self.text.unhyphenated,
            size: self.text.size * scale,
            leading,
            indent: self.text.indent * scale,
            small: self.text.small * scale,
            note_size: self.text.note_size * scale,
            note_leading: self.text.note_leading * scale,
            small_acronyms: self.text.small_acronyms,
            heading_sizes: self.headings.sizes.map(|size| size * scale),
            title_size: self.chapter.title_size * scale,
            title_leading: self.chapter.title_leading * scale,
            sink: leading * f32::from(self.chapter.sink),
            opens_right: !self.chapter.opens_anywhere,
            initial: self.chapter.initial.into(),
            flush_tables: self.flush_tables,
            index_size: self.index.size * scale,
            index_leading: self.index.leading * scale,
            gutter: self.index.gutter * scale,
        }
    }
}

impl Layout {
    /// Type size of a heading of level 2 to 6.
    pub fn heading_size(&self, level: u8) -> f32 {
        self.heading_sizes[usize::from(level.clamp(2, 6)) - 2]
    }
}
