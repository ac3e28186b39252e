//! Inlines to the boxes, glue and penalties of a paragraph.

use std::sync::Arc;

use unicode_bidi::Level;

use super::compositor::Compositor;
use super::formula::Piece;
use super::galley::GalleyLink;
use super::hang::HYPHEN_HANG;
use super::hyphenate::language_code;
use super::justify::{FORBIDDEN, FORCED, Item};
use super::shape::Type;
use super::word::{BreakKind, Cut, Word};
use crate::anthology::{Anchor, Link, PictureId, Resolved};
use crate::document::{Inline, plain_text};
use crate::fonts::{Family, Style};
use crate::language_tag;
use crate::paged_book::{ElementId, LinkTarget, Meaning, Role, ShapedText, TextPlace};

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    pub kind: Type,
    pub size: f32,
    /// Above the baseline.
    pub rise: f32,
    pub tracking: f32,
    /// 0 is black, 1 is white.
    pub gray: f32,
    /// For hyphenation; `None` sets without hyphens.
    pub language: Option<[u8; 2]>,
    pub struck: bool,
    pub highlighted: bool,
    /// Whether fine dots below say that the glossary has more.
    pub dotted: bool,
}

impl TextStyle {
    pub fn new(kind: Type, size: f32, language: &str) -> Self {
        TextStyle {
            kind,
            size,
            rise: 0.0,
            tracking: 0.0,
            gray: 0.0,
            language: language_code(language),
            struck: false,
            highlighted: false,
            dotted: false,
        }
    }

    pub fn bold(mut self) -> Self {
        self.kind.style = Style::new(true, self.kind.style.is_italic());
        self
    }

    pub fn of_family(mut self, family: Family) -> Self {
        self.kind.family = family;
        self
    }

    /// Emphasis within italics is upright, as printers have it.
    pub fn emphasised(mut self) -> Self {
        self.kind.style = Style::new(self.kind.style.is_bold(), !self.kind.style.is_italic());
        self
    }

    /// A smaller size above the baseline.
    pub fn raised(self) -> Self {
        TextStyle { size: self.size * 0.7, rise: self.rise + self.size * 0.34, ..self }
    }

    pub fn mono(mut self) -> Self {
        self.kind = Type::new(Family::Mono, Style::Regular);
        self.size *= 0.88;
        self.language = None;
        self
    }

    pub fn unhyphenated(mut self) -> Self {
        self.language = None;
        self
    }
}

/// A style at its place: what it means and where it leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    pub style: TextStyle,
    pub meaning: Meaning,
    /// Index into the galley's links.
    pub link: Option<usize>,
}

/// How much wider or narrower letters may become without being seen to.
pub const GIVE: f32 = 0.023;
/// Word spaces of justified text want to be a little wider than the face has them, or they can only shrink to
/// where words run together.
const SPACE: f32 = 1.08;
const HYPHEN_COST: f32 = 120.0;

/// What stands behind an [`Item`].
#[derive(Debug, Clone)]
pub enum Content {
    Piece {
        word: Arc<Word>,
        from: Option<Cut>,
        to: Option<Cut>,
        ink: usize,
    },
    Space {
        ink: usize,
    },
    Hyphen {
        ink: usize,
    },
    Picture {
        picture: PictureId,
        ink: usize,
    },
    /// Between characters that stand beside each other without spaces.
    Gap,
    Formula {
        piece: Arc<Piece>,
        ink: usize,
    },
    Nothing,
}

/// Something in a line that takes no room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    Anchor(Anchor),
    /// A reference to a note of the chapter.
    Note(usize),
    /// What the next item begins.
    Place(TextPlace),
}

/// A paragraph ready to be broken into lines. `items` and `contents` go side by side.
#[derive(Debug, Default)]
pub struct Flow {
    pub items: Vec<Item>,
    pub contents: Vec<Content>,
    /// Each stands before the item with its index.
    pub marks: Vec<(usize, Mark)>,
    pub inks: Vec<Ink>,
    /// Whether some of it reads from right to left.
    pub bidirectional: bool,
    /// The embedding level of every item, where not all of them are read from left to right.
    pub levels: Vec<Level>,
}

impl Flow {
    /// An empty paragraph whose first line is indented.
    pub fn indented(indent: f32) -> Self {
        let mut flow = Flow::default();
        if indent != 0.0 {
            flow.push(Item::blank(indent), Content::Nothing);
        }
        flow
    }

    pub fn push(&mut self, item: Item, content: Content) {
        self.items.push(item);
        self.contents.push(content);
    }

    /// Says what the next item begins.
    pub fn start(&mut self, place: Option<TextPlace>) {
        self.marks.extend(place.map(|place| (self.items.len(), Mark::Place(place))));
    }

    /// The places of words, by the index of the item that each begins with, in ascending order.
    pub fn places(&self) -> Vec<(usize, TextPlace)> {
        let place = |&(item, mark): &(usize, Mark)| match mark {
            Mark::Place(place) => Some((item, place)),
            Mark::Anchor(_) | Mark::Note(_) => None,
        };
        self.marks.iter().filter_map(place).collect()
    }

    /// The notes that it refers to.
    pub fn notes(&self) -> impl Iterator<Item = usize> {
        self.marks.iter().filter_map(|(_, mark)| match mark {
            Mark::Note(note) => Some(*note),
            Mark::Anchor(_) | Mark::Place(_) => None,
        })
    }

    /// What a line that begins with the item `line` begins with, by the flow's [`places`](Flow::places). In the
    /// middle of a word that is the next word.
    pub fn line_start(&self, places: &[(usize, TextPlace)], line: usize) -> Option<TextPlace> {
        let after = |item: usize| places.get(places.partition_point(|(start, _)| *start < item));
        match after(line) {
            Some((item, place)) if *item == line => Some(*place),
            _ if matches!(self.contents.get(line), Some(Content::Piece { from: Some(_), .. })) => {
                let rest = self.contents.get(line..)?;
                let space = rest.iter().position(|content| matches!(content, Content::Space { .. }))?;
                after(line + space).map(|(_, place)| *place)
            }
            found => found.map(|(_, place)| *place),
        }
    }

    fn mark(&mut self, mark: Mark) {
        self.marks.push((self.items.len(), mark));
    }

    fn ink(&mut self, ink: Ink) -> usize {
        if self.inks.last() != Some(&ink) {
            self.inks.push(ink);
        }
        self.inks.len() - 1
    }

    /// Makes everything larger or smaller.
    pub fn scale(&mut self, by: f32) {
        for item in &mut self.items {
            match item {
                Item::Box { width, give, hang_left, hang_right } => {
                    [width, give, hang_left, hang_right].into_iter().for_each(|length| *length *= by);
                }
                Item::Glue { width, stretch, shrink } => {
                    [width, stretch, shrink].into_iter().for_each(|length| *length *= by);
                }
                Item::Penalty { width, hang_right, .. } => {
                    [width, hang_right].into_iter().for_each(|length| *length *= by);
                }
            }
        }
        for Ink { style, .. } in &mut self.inks {
            let TextStyle { size, rise, tracking, .. } = style;
            [size, rise, tracking].into_iter().for_each(|length| *length *= by);
        }
    }

    /// Appends a piece of a formula.
    pub fn push_piece(&mut self, piece: Arc<Piece>, context: Context, meaning: Meaning) {
        let ink = self.ink(Ink { style: context.style, meaning, link: context.link });
        let width = piece.width * context.style.size;
        self.push(Item::blank(width), Content::Formula { piece, ink });
    }

    /// Appends the space after a relation within a formula, where a line may end if it must.
    /// It costs more after an operator, where the space is less.
    pub fn push_relation_space(&mut self, width: f32, after_operator: bool) {
        let cost = if after_operator { 500.0 } else { 250.0 };
        let end = Item::Penalty { width: 0.0, cost, hyphen: false, hang_right: 0.0 };
        self.push(end, Content::Nothing);
        let ink = self.inks.len().saturating_sub(1);
        self.push(Item::Glue { width, stretch: 0.0, shrink: 0.0 }, Content::Space { ink });
    }

    /// Ends the line here, whatever its length.
    pub fn end_line(&mut self) {
        while matches!(self.items.last(), Some(Item::Glue { .. })) {
            self.items.pop();
            self.contents.pop();
        }
        let end = Item::Penalty { width: 0.0, cost: FORCED, hyphen: false, hang_right: 0.0 };
        self.push(end, Content::Nothing);
    }

    /// Ends the paragraph. True if it holds anything at all.
    pub fn finish(&mut self) -> bool {
        let inked = |content: &Content| !matches!(content, Content::Nothing | Content::Space { .. });
        if !self.contents.iter().any(inked) {
            return false;
        }
        self.end_line();
        true
    }
}

/// Where text stands while inlines are walked: its style, its element and the link it is part of.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub style: TextStyle,
    pub element: ElementId,
    pub link: Option<usize>,
}

impl Context {
    pub fn new(style: TextStyle, element: ElementId) -> Self {
        Context { style, element, link: None }
    }
}

impl Compositor<'_> {
    /// Appends inlines to a paragraph.
    pub fn flow_inlines(&mut self, flow: &mut Flow, inlines: &[Inline<Resolved>], context: Context) {
        for inline in inlines {
            self.flow_inline(flow, inline, context);
        }
    }

    fn flow_inline(&mut self, flow: &mut Flow, inline: &Inline<Resolved>, context: Context) {
        let styled = |style| Context { style, ..context };
        let style = context.style;
        match inline {
            Inline::Text(text) => self.flow_book_text(flow, text, context),
            Inline::Code(text) => self.flow_book_text(flow, text, styled(style.mono())),
            Inline::Math(tex) => self.flow_formula(flow, tex, context),
            Inline::Emphasis(content) => self.flow_inlines(flow, content, styled(style.emphasised())),
            Inline::Strong(content) => self.flow_inlines(flow, content, styled(style.bold())),
            Inline::Strikethrough(content) => {
                self.flow_inlines(flow, content, styled(TextStyle { struck: true, ..style }));
            }
            Inline::Highlight(content) => {
                self.flow_inlines(flow, content, styled(TextStyle { highlighted: true, ..style }));
            }
            Inline::Superscript(content) => {
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                let raised = match content.as_slice() {
                    [Inline::Text(text)] if digits(text) => self.superior(style),
                    _ => style.raised(),
                };
                self.flow_inlines(flow, content, styled(raised));
            }
            Inline::Subscript(content) => {
                let lowered = TextStyle { size: style.size * 0.7, rise: -style.size * 0.14, ..style };
                self.flow_inlines(flow, content, styled(lowered));
            }
            Inline::SmallCaps(content) => {
                let small = self.small_caps(style);
                self.flow_inlines(flow, content, styled(small));
            }
            Inline::Ruby(content) => self.flow_inlines(flow, content, context),
            Inline::Reading(content) => {
                self.flow_text(flow, "(", context);
                self.flow_inlines(flow, content, context);
                self.flow_text(flow, ")", context);
            }
            Inline::Foreign { language, content } => {
                let element = self.structure.add(context.element, Role::Span);
                self.structure.elements[element.0].language =
                    language_tag::well_formed(language).map(str::to_owned);
                let foreign = TextStyle { language: language_code(language), ..style };
                self.flow_inlines(flow, content, Context { style: foreign, element, ..context });
            }
            Inline::Link { to, content } => self.flow_link(flow, to, content, context),
            Inline::Image { picture, alt } => self.flow_picture(flow, picture.picture, alt, context),
            Inline::LineBreak => flow.end_line(),
            Inline::Anchor(anchor) => flow.mark(Mark::Anchor(*anchor)),
        }
    }

    fn flow_link(&mut self, flow: &mut Flow, to: &Link, content: &[Inline<Resolved>], context: Context) {
        let spoken = plain_text(content);
        match to {
            Link::External(address) => {
                let description =
                    if spoken.contains(address.as_str()) { spoken } else { format!("{spoken}: {address}") };
                let target = LinkTarget::External(address.clone());
                let context = self.open_link(context, target, description);
                self.flow_inlines(flow, content, context);
            }
            Link::Place(anchor) => {
                let context = self.open_link(context, LinkTarget::Internal(*anchor), spoken);
                self.flow_inlines(flow, content, context);
            }
            Link::Note { note, here } => {
                flow.mark(Mark::Anchor(*here));
                flow.mark(Mark::Note(*note));
                self.read(1);
                let Some(target) = self.notes.get(*note) else { return };
                let number = target.number.to_string();
                let description = format!("{} {number}", self.labels.notes);
                let reference = Context {
                    element: self.structure.add(context.element, Role::Reference),
                    style: self.superior(context.style).unhyphenated(),
                    ..context
                };
                let context = self.open_link(reference, LinkTarget::Internal(target.anchor), description);
                self.flow_glued(flow, &number, context);
            }
            Link::Source { entry, here } => {
                flow.mark(Mark::Anchor(*here));
                let reference =
                    Context { element: self.structure.add(context.element, Role::Reference), ..context };
                let target = LinkTarget::Internal(*entry);
                let context = self.open_link(reference, target, spoken);
                self.flow_inlines(flow, content, context);
            }
            Link::Term { term, here } => {
                flow.mark(Mark::Anchor(*here));
                let target = LinkTarget::Internal(self.anthology.glossary[*term].anchor);
                let dotted = Context { style: TextStyle { dotted: true, ..context.style }, ..context };
                let context = self.open_link(dotted, target, spoken);
                self.flow_inlines(flow, content, context);
            }
        }
    }

    /// The style of superior figures: the face's own, else raised ones.
    pub fn superior(&self, style: TextStyle) -> TextStyle {
        if !self.shaper.has_superiors(style.kind) {
            return style.raised();
        }
        TextStyle { kind: Type { superior: true, ..style.kind }, ..style }
    }

    /// The style of small capitals where the face has its own; else nothing changes, for capitals made small
    /// would look thin.
    pub fn small_caps(&self, style: TextStyle) -> TextStyle {
        if !self.shaper.has_small_caps(style.kind) {
            return style;
        }
        let kind = Type { small_caps: true, ..style.kind };
        TextStyle { kind, tracking: style.size * 0.04, ..style }
    }

    /// The context inside a new link. Links do not nest: a link within a link is part of the outer one.
    pub fn open_link(&mut self, context: Context, target: LinkTarget, description: String) -> Context {
        if context.link.is_some() {
            return context;
        }
        let element = self.structure.add(context.element, Role::Link);
        self.links.push(GalleyLink { target, element, description });
        Context { element, link: Some(self.links.len() - 1), ..context }
    }

    fn flow_picture(&mut self, flow: &mut Flow, picture: PictureId, alt: &str, context: Context) {
        let element = self.structure.add(context.element, Role::Figure);
        self.structure.elements[element.0].alternative = Some(alt.to_owned());
        let meaning = Meaning::Content(self.structure.add_content(element));
        let ink = flow.ink(Ink { style: context.style, meaning, link: context.link });
        let file = self.anthology.picture(picture);
        let natural = context.style.size * file.width as f32 / file.height.max(1) as f32;
        // Broader than this it is no part of a line of text.
        let width = natural.min(context.style.size * 8.0);
        flow.start(self.read(1));
        flow.push(Item::blank(width), Content::Picture { picture, ink });
    }

    /// Appends text of the book.
    fn flow_book_text(&mut self, flow: &mut Flow, text: &str, context: Context) {
        let place = self.read(text.len());
        self.flow_placed_text(flow, text, place, context);
    }

    /// Appends text that only this edition has.
    pub fn flow_text(&mut self, flow: &mut Flow, text: &str, context: Context) {
        self.flow_placed_text(flow, text, None, context);
    }

    /// Appends text; white space becomes spaces that may stretch, and where lines may end.
    fn flow_placed_text(&mut self, flow: &mut Flow, text: &str, place: Option<TextPlace>, context: Context) {
        if text.is_empty() {
            return;
        }
        let meaning = Meaning::Content(self.leaf(context.element));
        let ink = flow.ink(Ink { style: context.style, meaning, link: context.link });
        // About as many as there are words, spaces and places to divide words.
        let items = text.len() / 2;
        flow.items.reserve(items);
        flow.contents.reserve(items);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if is_space(first) {
                let end = rest.find(|character| !is_space(character)).unwrap_or(rest.len());
                self.flow_space(flow, ink, &rest[..end]);
                rest = &rest[end..];
            } else {
                let end = rest.find(is_space).unwrap_or(rest.len());
                self.flow_word(flow, &rest[..end], place_after(place, text.len() - rest.len()), ink);
                rest = &rest[end..];
            }
        }
    }

    /// Appends text that must stay on the line of what comes before it.
    fn flow_glued(&mut self, flow: &mut Flow, text: &str, context: Context) {
        let meaning = Meaning::Content(self.leaf(context.element));
        let ink = flow.ink(Ink { style: context.style, meaning, link: context.link });
        self.flow_word(flow, text, None, ink);
    }

    /// Appends one space for any number of them. One that must not break holds the line together; few
    /// faces have a narrow one, so it is made of theirs.
    fn flow_space(&mut self, flow: &mut Flow, ink: usize, written: &str) {
        const NARROW: f32 = 0.6;
        if matches!(flow.items.last(), Some(Item::Glue { .. })) {
            return;
        }
        let style = flow.inks[ink].style;
        let drawn = self.shaper.metrics(style.kind).space * style.size / 1000.0 + style.tracking;
        let is_code = style.kind.family == Family::Mono;
        let width = if is_code { drawn } else { drawn * SPACE };
        if written.contains(['\u{A0}', '\u{202F}']) {
            let hold = Item::Penalty { width: 0.0, cost: FORBIDDEN, hyphen: false, hang_right: 0.0 };
            flow.push(hold, Content::Nothing);
        }
        if written == "\u{202F}" {
            flow.push(Item::blank(width * NARROW), Content::Space { ink });
            return;
        }
        let glue = if is_code {
            Item::Glue { width, stretch: 0.0, shrink: 0.0 }
        } else {
            Item::Glue { width, stretch: width * 0.5, shrink: width * 0.28 }
        };
        flow.push(glue, Content::Space { ink });
    }

    fn flow_word(&mut self, flow: &mut Flow, text: &str, place: Option<TextPlace>, ink: usize) {
        let ink = self.acronym_ink(flow, text, ink);
        let style = flow.inks[ink].style;
        let right_to_left = has_right_to_left(text);
        flow.bidirectional |= right_to_left;
        let language = style.language.filter(|_| self.layout.hyphenates);
        let word = self.shaper.word(text, style.kind, language, right_to_left);
        // Characters that are not painted would put what follows them out of place.
        let is_whole = word.runs.iter().map(|run| run.text.len()).sum::<usize>() == text.len();
        flow.start(place.filter(|_| !word.runs.is_empty()));
        self.flow_shaped(flow, &word, place.filter(|_| is_whole), ink);
    }

    /// The ink for a word: small capitals for an acronym, if the theme asks for them and the face has them.
    fn acronym_ink(&self, flow: &mut Flow, text: &str, ink: usize) -> usize {
        let plain = flow.inks[ink];
        let style = plain.style;
        let wanted = self.layout.small_acronyms && style.size <= self.layout.size && is_acronym(text);
        if !wanted || !self.shaper.has_small_acronyms(style.kind) {
            return ink;
        }
        let kind = Type { small_acronym: true, ..style.kind };
        let style = TextStyle { kind, tracking: style.size * 0.03, ..style };
        flow.ink(Ink { style, ..plain })
    }

    /// Appends a word with the places where it may be broken. `place` is that of its first character, where each
    /// of its characters has one.
    pub fn flow_shaped(&mut self, flow: &mut Flow, word: &Arc<Word>, place: Option<TextPlace>, ink: usize) {
        if word.runs.is_empty() {
            return;
        }
        let style = flow.inks[ink].style;
        let scale = style.size / 1000.0;
        let (mut hang_left, hang_right) = (word.hang_left, word.hang_right);
        let mut from: Option<Cut> = None;
        let mut width_before = 0.0;
        let mut add = |flow: &mut Flow, to: Option<Cut>, natural: f32, left: f32, right: f32| {
            let glyphs = if style.tracking == 0.0 { 0 } else { word.count_glyphs(from, to) };
            let width = (natural - width_before) * scale + style.tracking * glyphs as f32;
            let piece = Content::Piece { word: Arc::clone(word), from, to, ink };
            let (hang_left, hang_right) = (left * scale, right * scale);
            flow.push(Item::Box { width, give: width * GIVE, hang_left, hang_right }, piece);
            from = to;
            width_before = natural;
        };
        for stop in &word.breaks {
            add(flow, Some(stop.at), stop.width, hang_left, stop.hang_right);
            hang_left = stop.hang_left;
            let (item, content) = self.division(stop.kind, style, ink);
            flow.push(item, content);
            if stop.kind == BreakKind::Opportunity {
                flow.start(place_after(place, bytes_before(word, stop.at)));
            }
        }
        add(flow, None, word.width, hang_left, hang_right);
    }

    fn division(&mut self, kind: BreakKind, style: TextStyle, ink: usize) -> (Item, Content) {
        let at =
            |cost, hyphen| (Item::Penalty { width: 0.0, cost, hyphen, hang_right: 0.0 }, Content::Nothing);
        match kind {
            BreakKind::Hyphen => {
                let width = self.hyphen(style.kind).width * style.size / 1000.0;
                let hang_right = width * HYPHEN_HANG;
                let item = Item::Penalty { width, cost: HYPHEN_COST, hyphen: true, hang_right };
                (item, Content::Hyphen { ink })
            }
            BreakKind::AfterHyphen => at(HYPHEN_COST / 2.0, true),
            BreakKind::Opportunity => at(20.0, false),
            BreakKind::Address => at(HYPHEN_COST, false),
            BreakKind::Ideograph => {
                (Item::Glue { width: 0.0, stretch: style.size * 0.06, shrink: 0.0 }, Content::Gap)
            }
        }
    }

    /// The hyphen that appears where a word is divided: a glyph whose text is a soft hyphen, so that
    /// reading machines join the word again.
    pub fn hyphen(&mut self, kind: Type) -> Arc<ShapedText> {
        if let Some((_, hyphen)) = self.hyphens.iter().find(|(of, _)| *of == kind) {
            return Arc::clone(hyphen);
        }
        let shaped = self.shaper.word("\u{2010}", kind, None, false);
        let mut hyphen = match shaped.runs.first() {
            Some(run) => ShapedText::clone(run),
            None => ShapedText {
                face: self.shaper.face(kind),
                text: String::new(),
                glyphs: Vec::new(),
                width: 0.0,
            },
        };
        hyphen.text = "\u{AD}".to_owned();
        let hyphen = Arc::new(hyphen);
        self.hyphens.push((kind, Arc::clone(&hyphen)));
        hyphen
    }
}

/// Whether a word is made of initials: capitals, at least two, and no other letters.
fn is_acronym(text: &str) -> bool {
    const LONGEST: usize = 10;
    let letters = text.chars().filter(|character| character.is_alphabetic());
    (2..=LONGEST).contains(&letters.clone().count()) && letters.clone().all(char::is_uppercase)
}

pub fn place_after(place: Option<TextPlace>, length: usize) -> Option<TextPlace> {
    place.map(|place| TextPlace { offset: place.offset + length, ..place })
}

/// How much of a word's text stands before a cut.
fn bytes_before(word: &Word, cut: Cut) -> usize {
    word.runs.iter().take(cut.run as usize).map(|run| run.text.len()).sum::<usize>() + cut.byte as usize
}

fn is_space(character: char) -> bool {
    character.is_whitespace()
}

/// Whether text holds letters of a script that is written from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|character| {
            matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
                | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        })
}

impl Compositor<'_> {
    /// Appends one line of code: every space counts.
    pub fn flow_verbatim(&mut self, flow: &mut Flow, text: &str, place: Option<TextPlace>, context: Context) {
        const TAB: usize = 4;
        let style = context.style;
        let space = self.shaper.metrics(style.kind).space * style.size / 1000.0;
        let meaning = Meaning::Content(self.leaf(context.element));
        let ink = flow.ink(Ink { style, meaning, link: None });
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|character| !is_space(character)).unwrap_or(rest.len());
            let columns: usize =
                rest[..end].chars().map(|character| if character == '\t' { TAB } else { 1 }).sum();
            let width = space * columns as f32;
            if columns > 0 && flow.items.is_empty() {
                // The line's own indent.
                flow.push(Item::blank(width), Content::Nothing);
            } else if columns > 0 {
                flow.push(Item::Glue { width, stretch: 0.0, shrink: 0.0 }, Content::Space { ink });
            }
            rest = &rest[end..];
            let end = rest.find(is_space).unwrap_or(rest.len());
            if end > 0 {
                self.flow_word(flow, &rest[..end], place_after(place, text.len() - rest.len()), ink);
            }
            rest = &rest[end..];
        }
    }
}
