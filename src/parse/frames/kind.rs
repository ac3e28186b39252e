//! The elements that can be open.

use crate::document::{
    Alignment, Block, Definition, Inline, Numerals, Parsed, Reference, Span, Target, plain_text,
};

use super::super::html::{Cell, Grid};
use super::super::running_text::RunningText;
use super::super::{Context, timestamp};
use super::close::put_behind;

/// An element that has begun and not ended.
#[derive(Debug)]
pub enum Kind {
    Root,
    Paragraph {
        display_math: bool,
    },
    Heading {
        level: u8,
        id: Option<String>,
    },
    Quote {
        alert: Option<&'static str>,
    },
    Callout {
        kind: String,
        title: Vec<Inline<Parsed>>,
    },
    /// Blocks that belong together and are nothing more.
    Division,
    /// Blocks in another language than those around them.
    Tongue {
        language: String,
    },
    Verse {
        lines: Vec<Vec<Inline<Parsed>>>,
    },
    Code {
        language: Option<String>,
        text: String,
    },
    /// Raw HTML, collected until the block ends.
    RawHtml {
        html: RunningText,
    },
    List {
        start: Option<u64>,
        numerals: Numerals,
        items: Vec<Vec<Block<Parsed>>>,
        loose: bool,
    },
    Item,
    Footnote {
        label: String,
    },
    /// HTML's figure; its caption stands in it.
    Figure {
        caption: Vec<Inline<Parsed>>,
    },
    /// The caption of a figure or table.
    Caption,
    CalloutTitle,
    /// HTML's table, which tells its columns cell by cell.
    Grid(Grid),
    GridRow {
        cells: Vec<Cell>,
    },
    GridCell(Cell),
    /// Verse whose lines are parted by breaks.
    Stanzas,
    /// A note that stands where it is referred to.
    InlineNote {
        label: String,
    },
    DefinitionList {
        definitions: Vec<Definition<Parsed>>,
    },
    Term,
    Description,
    Table {
        alignments: Vec<Alignment>,
        header: Vec<Vec<Inline<Parsed>>>,
        rows: Vec<Vec<Vec<Inline<Parsed>>>>,
    },
    TableRow {
        is_header: bool,
        cells: Vec<Vec<Inline<Parsed>>>,
    },
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Highlight,
    Superscript,
    Subscript,
    SmallCaps,
    Ruby,
    /// Of what stands before it in a [`Kind::Ruby`].
    Reading,
    InlineCode,
    /// The marks around it.
    Quotation {
        marks: (&'static str, &'static str),
    },
    Foreign {
        language: String,
    },
    Link {
        target: Target,
    },
    Timestamp {
        seconds: u32,
    },
    Image {
        address: String,
        title: String,
        is_embed: bool,
    },
    /// Content that is not for readers, such as scripts.
    Hidden,
    /// An element without a meaning of its own, or one nested too deeply.
    Transparent,
}

impl Kind {
    pub fn is_link(&self) -> bool {
        matches!(self, Kind::Link { .. } | Kind::Timestamp { .. })
    }

    /// Whether the element starts a block of its own.
    pub fn is_block(&self) -> bool {
        matches!(
            self,
            Kind::Paragraph { .. }
                | Kind::Heading { .. }
                | Kind::Quote { .. }
                | Kind::Callout { .. }
                | Kind::Division
                | Kind::Tongue { .. }
                | Kind::Verse { .. }
                | Kind::Code { .. }
                | Kind::RawHtml { .. }
                | Kind::List { .. }
                | Kind::Item
                | Kind::Footnote { .. }
                | Kind::DefinitionList { .. }
                | Kind::Table { .. }
        ) || self.is_html()
    }

    /// Whether only HTML has the element.
    pub fn is_html(&self) -> bool {
        matches!(
            self,
            Kind::Figure { .. }
                | Kind::Caption
                | Kind::CalloutTitle
                | Kind::Grid(_)
                | Kind::GridRow { .. }
                | Kind::GridCell(_)
                | Kind::Stanzas
        )
    }

    /// Whether loose text in the element is its content rather than a paragraph.
    pub fn holds_inlines(&self) -> bool {
        !self.is_block() && !matches!(self, Kind::Root | Kind::Description | Kind::TableRow { .. })
            || matches!(self, Kind::Paragraph { .. } | Kind::Heading { .. } | Kind::Verse { .. })
    }

    /// Whether whatever the element holds is part of a line.
    pub fn takes_no_blocks(&self) -> bool {
        matches!(
            self,
            Kind::Heading { .. }
                | Kind::Term
                | Kind::TableCell
                | Kind::Image { .. }
                | Kind::InlineNote { .. }
                | Kind::Verse { .. }
        )
    }

    /// Whether the element can hold others of its own kind.
    pub fn nests(&self) -> bool {
        matches!(
            self,
            Kind::Quote { .. }
                | Kind::Callout { .. }
                | Kind::Division
                | Kind::Tongue { .. }
                | Kind::Figure { .. }
                | Kind::List { .. }
                | Kind::Item
                | Kind::DefinitionList { .. }
        ) || !self.is_block()
            && !matches!(
                self,
                Kind::TableRow { .. } | Kind::TableCell | Kind::Term | Kind::Description | Kind::Image { .. }
            )
    }

    /// Adds what an inline element makes of its content to the inlines before it.
    pub fn wrap(
        self,
        content: Vec<Inline<Parsed>>,
        span: Span,
        context: &Context,
        before: &mut Vec<Inline<Parsed>>,
    ) {
        if content.is_empty() && !matches!(self, Kind::Timestamp { .. }) {
            return;
        }
        let inline = match self {
            Kind::Emphasis => Inline::Emphasis(content),
            Kind::Strong => Inline::Strong(content),
            Kind::Strikethrough => Inline::Strikethrough(content),
            Kind::Highlight => Inline::Highlight(content),
            Kind::Superscript => Inline::Superscript(content),
            Kind::Subscript => Inline::Subscript(content),
            Kind::SmallCaps => Inline::SmallCaps(content),
            Kind::Ruby => Inline::Ruby(content),
            Kind::Reading => Inline::Reading(content),
            Kind::InlineCode => Inline::Code(plain_text(&content)),
            Kind::Foreign { language } => Inline::Foreign { language, content },
            Kind::Link { target } => Inline::Link { to: Reference { target, span }, content },
            Kind::Timestamp { seconds } => {
                let shown = plain_text(&content);
                let says_more = timestamp::read(shown.trim_matches(['[', ']'])).is_none();
                let content = if says_more && !shown.trim().is_empty() {
                    content
                } else {
                    context.note_spent(&shown);
                    vec![Inline::Text(timestamp::show(seconds))]
                };
                Inline::Link { to: Reference { target: Target::Timestamp(seconds), span }, content }
            }
            Kind::Quotation { marks: (open, close) } => {
                before.push(Inline::Text(open.to_owned()));
                before.extend(content);
                Inline::Text(close.to_owned())
            }
            _ => return put_behind(before, content),
        };
        before.push(inline);
    }
}
