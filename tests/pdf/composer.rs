//! Sets lines of words on pages: as much of a typesetter as these tests need.

use std::sync::Arc;

use garland::fonts::{FaceId, Fonts};
use garland::paged_book::{
    Child, ContentId, ElementId, Folio, Glyph, Item, LinkArea, LinkTarget, Meaning, Page, PagedBook, Role,
    Rule, ShapedText, Structure, TextRun,
};
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};

pub const SIZE: f32 = 10.0;
const LEADING: f32 = 14.0;
const MARGIN: f32 = 40.0;

pub struct Composer {
    pub fonts: Fonts,
    pub book: PagedBook,
    y: f32,
}

/// How a line is set.
#[derive(Clone, Copy)]
pub struct Setting {
    pub face: FaceId,
    pub size: f32,
    pub indent: f32,
}

impl Composer {
    pub fn new() -> Self {
        let book = PagedBook {
            width: 300.0,
            height: 400.0,
            structure: Structure::new("en"),
            ..PagedBook::default()
        };
        Composer { fonts: Fonts::bundled(), book, y: 0.0 }
    }

    pub fn page(&mut self, folio: Folio) {
        self.book.pages.push(Page { folio, start: None, items: Vec::new(), links: Vec::new() });
        self.y = 40.0;
        let run = self.run("A Small Garland", self.text(), MARGIN);
        self.push(Item::Text(TextRun { y: 380.0, meaning: Meaning::Pagination, ..run }));
        let run = self.run(&folio.to_string(), self.text(), 150.0);
        self.push(Item::Text(TextRun { y: 20.0, meaning: Meaning::Pagination, ..run }));
        self.y = 350.0;
    }

    pub fn y(&self) -> f32 {
        self.y
    }

    pub fn skip(&mut self, height: f32) {
        self.y -= height;
    }

    /// The face that running text is set in.
    pub fn text(&self) -> Setting {
        Setting { face: FaceId(0), size: SIZE, indent: 0.0 }
    }

    pub fn push(&mut self, item: Item) {
        self.book.pages.last_mut().unwrap().items.push(item);
    }

    pub fn element(&mut self, parent: ElementId, role: Role) -> ElementId {
        self.book.structure.add(parent, role)
    }

    pub fn content(&mut self, parent: ElementId) -> ContentId {
        self.book.structure.add_content(parent)
    }

    /// A new element with one line of text in it.
    pub fn block(&mut self, parent: ElementId, role: Role, text: &str, setting: Setting) -> ElementId {
        let element = self.element(parent, role);
        let content = self.content(element);
        self.line(content, text, setting);
        element
    }

    /// One line of words; gives its right end.
    pub fn line(&mut self, content: ContentId, text: &str, setting: Setting) -> f32 {
        let end = self.words(content, text, setting, MARGIN + setting.indent);
        self.y -= LEADING * setting.size / SIZE;
        end
    }

    /// Words from `x` on, on the line that is being set.
    pub fn words(&mut self, content: ContentId, text: &str, setting: Setting, mut x: f32) -> f32 {
        let mut runs: Vec<TextRun> = text.split(' ').map(|word| self.run(word, setting, x)).collect();
        let is_leftward = |run: &TextRun| {
            run.glyphs.glyphs.first().map(|glyph| glyph.cluster)
                > run.glyphs.glyphs.last().map(|glyph| glyph.cluster)
        };
        let leftward = runs.iter().all(is_leftward);
        let mut place = |run: &mut TextRun| {
            run.x = x;
            run.meaning = Meaning::Content(content);
            x += run.glyphs.width * run.size / 1000.0 + run.space;
        };
        if leftward {
            runs.iter_mut().rev().for_each(&mut place);
        } else {
            runs.iter_mut().for_each(&mut place);
        }
        for run in runs {
            self.push(Item::Text(run));
        }
        x
    }

    pub fn run(&self, text: &str, setting: Setting, x: f32) -> TextRun {
        TextRun {
            glyphs: Arc::new(self.shape(text, setting.face)),
            x,
            y: self.y,
            size: setting.size,
            tracking: 0.0,
            stretch: 1.0,
            // Not the face's own width, as in a justified line.
            space: 0.27 * setting.size,
            turned: false,
            gray: 0.0,
            meaning: Meaning::Decoration,
        }
    }

    pub fn rule(&mut self) {
        let rule = Rule {
            x: MARGIN,
            y: self.y + 4.0,
            width: 220.0,
            height: 0.5,
            gray: 0.4,
            meaning: Meaning::Decoration,
        };
        self.push(Item::Rule(rule));
        self.y -= LEADING;
    }

    pub fn link(&mut self, element: ElementId, x: f32, width: f32, target: LinkTarget, description: &str) {
        let area = LinkArea {
            x,
            y: self.y - 3.0,
            width,
            height: 12.0,
            target,
            element,
            description: description.to_owned(),
        };
        self.book.pages.last_mut().unwrap().links.push(area);
    }

    fn shape(&self, text: &str, face: FaceId) -> ShapedText {
        let font = self.fonts.face(face).font();
        let data = ShaperData::new(&font);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = data.shaper(&font).build().shape(buffer, ShapeOptions::default());
        let placed = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        // The faces used here have 1,000 units per em.
        let glyphs: Vec<Glyph> = placed
            .map(|(info, position)| Glyph {
                id: info.glyph_id as u16,
                advance: position.x_advance as f32,
                x_offset: position.x_offset as f32,
                y_offset: position.y_offset as f32,
                cluster: info.cluster,
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        ShapedText { face, text: text.to_owned(), glyphs, width }
    }

    /// The element's children, for elements that were made in passing.
    pub fn children(&self, element: ElementId) -> &[Child] {
        &self.book.structure.elements[element.0].children
    }
}
