//! A small book in which every kind of block and inline occurs, and an opened EPUB to look into.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use garland::anthology::{
    Anchor, Anchors, Anthology, BibliographyEntry, BookMetadata, Chapter, CitationPlace, Contributor,
    Division, Link, Note, Part, Picture, PictureFormat, PictureId, Resolved, Subject, Term, TermDefinition,
    TermReference,
};
use garland::document::{Alignment, Block, Date, Definition, Inline, List, Numerals, Person, Span, Table};
use garland::edition::epub;
use garland::manifest::Device;

use crate::harness::write_epub;

pub type Text = Vec<Inline<Resolved>>;

pub fn text(text: &str) -> Text {
    vec![Inline::Text(text.to_owned())]
}

pub fn paragraph(content: &str) -> Block<Resolved> {
    Block::Paragraph(text(content))
}

/// A book under construction: chapters are added in order, places as they come up.
pub struct Book {
    anthology: Anthology,
}

impl Book {
    pub fn new(title: &str) -> Self {
        let metadata = BookMetadata {
            title: title.to_owned(),
            subtitle: None,
            contributors: Vec::new(),
            authors: Vec::new(),
            publisher: None,
            date: Some(Date { year: 2025, month: Some(4), day: Some(4) }),
            language: "en".to_owned(),
            identifier: "urn:uuid:7b2f8a50-4a3e-5c1d-9a53-0c2b8d6f1e11".to_owned(),
            print_identifier: "urn:uuid:2c1d0c58-7f2a-5b0e-8d35-94a7d1a6c0f2".to_owned(),
            series: None,
            description: None,
            subjects: Vec::new(),
            certification: None,
            rights: None,
            slug: "book".to_owned(),
        };
        Book {
            anthology: Anthology {
                metadata,
                parts: Vec::new(),
                chapters: Vec::new(),
                bibliography: Vec::new(),
                glossary: Vec::new(),
                discussion: Vec::new(),
                biographies: Vec::new(),
                index: Vec::new(),
                sources: Vec::new(),
                pictures: Vec::new(),
                anchors: Anchors::default(),
                hyphenation: Vec::new(),
                cover: None,
            },
        }
    }

    pub fn metadata(mut self, change: impl FnOnce(&mut BookMetadata)) -> Self {
        change(&mut self.anthology.metadata);
        self
    }

    pub fn change(mut self, change: impl FnOnce(&mut Anthology)) -> Self {
        change(&mut self.anthology);
        self
    }

    pub fn picture(self, picture: Picture) -> Self {
        self.change(|anthology| anthology.pictures.push(picture))
    }

    /// Opens a part; the chapters that follow belong to it.
    pub fn part(mut self, title: Option<&str>) -> Self {
        let at = self.anthology.chapters.len();
        self.anthology.parts.push(Part { title: title.map(str::to_owned), chapters: at..at });
        self
    }

    pub fn chapter(mut self, title: &str, author: &str, body: Vec<Block<Resolved>>) -> Self {
        let index = self.anthology.chapters.len();
        let id = title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let anchor = self.anthology.anchors.define(Division::Chapter(index), id);
        if self.anthology.parts.is_empty() {
            self = self.part(None);
        }
        if let Some(part) = self.anthology.parts.last_mut() {
            part.chapters.end = index + 1;
        }
        self.anthology.metadata.authors.push(Person::new(author));
        self.anthology.chapters.push(Chapter {
            file: format!("{index}.md"),
            anchor,
            title: title.to_owned(),
            short_title: None,
            subtitle: None,
            authors: vec![Person::new(author)],
            date: None,
            language: "en".to_owned(),
            rights: None,
            source: None,
            body,
            notes: Vec::new(),
            references: Vec::new(),
            restated: Vec::new(),
            superseded: Vec::new(),
        });
        self
    }

    pub fn define(&mut self, division: Division, id: &str) -> Anchor {
        self.anthology.anchors.define(division, id.to_owned())
    }

    pub fn build(self) -> Anthology {
        self.anthology
    }

    pub fn open(self) -> Epub {
        Epub::of(&self.anthology)
    }
}

/// An EPUB's files by their names in the container.
pub struct Epub {
    pub bytes: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Epub {
    pub fn of(anthology: &Anthology) -> Self {
        Epub::made_for(anthology, None)
    }

    /// The EPUB for one kind of e-reader.
    pub fn made_for(anthology: &Anthology, device: Option<Device>) -> Self {
        let bytes = write_epub(anthology, None, &epub::Settings { device, ..epub::Settings::default() });
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("the container opens");
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("the file opens");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("the file is whole");
            files.insert(file.name().to_owned(), content);
        }
        Epub { bytes, files }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub fn file(&self, name: &str) -> &[u8] {
        self.files.get(name).unwrap_or_else(|| panic!("{name} is in the container"))
    }

    pub fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.file(name)).expect("the file is text")
    }

    pub fn document(&self, stem: &str) -> &str {
        self.text(&format!("OEBPS/text/{stem}.xhtml"))
    }

    /// Every XHTML document by its name.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names().filter(|name| name.ends_with(".xhtml")).map(|name| (name, self.text(name)))
    }
}

/// A tiny picture that decodes.
pub fn picture(name: &str) -> Picture {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 240, 120);
    encoder.set_color(png::ColorType::Grayscale);
    let pixels: Vec<u8> = (0..240 * 120).map(|at| (at % 240) as u8).collect();
    let mut writer = encoder.write_header().expect("a header can be written");
    writer.write_image_data(&pixels).expect("pixels can be written");
    writer.finish().expect("a picture can be finished");
    Picture { name: name.to_owned(), format: PictureFormat::Png, bytes, width: 240, height: 120 }
}

/// A book with one of everything.
pub fn everything() -> Book {
    let mut book = Book::new("Fireflies & <Lanterns>").metadata(|metadata| {
        metadata.subtitle = Some("Essays on shared light".to_owned());
        metadata.publisher = Some("The Small Press".to_owned());
        metadata.rights = Some("© 2025 the authors".to_owned());
        metadata.description = Some("Six essays & a glossary.".to_owned());
        metadata.subjects = ["Technology", "Society"].map(Subject::new).into();
        let hand = |name, role: &str| Contributor { person: Person::new(name), role: role.to_owned() };
        metadata.contributors = vec![hand("Grace Murray", "edt"), hand("Tomás Rey", "trl")];
    });
    let first = Division::Chapter(0);
    let heading = book.define(first, "why-share");
    let deeper = book.define(first, "deeper");
    let note = book.define(first, "note-1");
    let note_here = book.define(first, "note-1-ref");
    let note_again = book.define(first, "note-1-ref-2");
    let long_note = book.define(first, "note-2");
    let long_note_here = book.define(first, "note-2-ref");
    let cited = book.define(first, "cite-1");
    let cited_again = book.define(first, "cite-2");
    let cited_later = book.define(Division::Chapter(1), "cite-3");
    let used = book.define(first, "use-1");
    let source = book.define(Division::Bibliography, "source-1");
    let unused_source = book.define(Division::Bibliography, "source-2");
    let term = book.define(Division::Glossary, "term-model");

    let link = |to: Link, content: &str| Inline::Link { to, content: text(content) };
    let inlines = vec![
        Inline::Text("Plain, ".to_owned()),
        Inline::Emphasis(text("emphasis")),
        Inline::Text(", ".to_owned()),
        Inline::Strong(vec![Inline::Emphasis(text("both"))]),
        Inline::Text(", ".to_owned()),
        Inline::Strikethrough(text("struck")),
        Inline::Text(", ".to_owned()),
        Inline::Highlight(text("marked")),
        Inline::Text(", H".to_owned()),
        Inline::Subscript(text("2")),
        Inline::Text("O, x".to_owned()),
        Inline::Superscript(text("2")),
        Inline::Text(", ".to_owned()),
        Inline::SmallCaps(text("Unesco")),
        Inline::Text(", ".to_owned()),
        Inline::Code("let x = a && b;".to_owned()),
        Inline::Text(", ".to_owned()),
        Inline::Math("e^{i\\pi} < 0".to_owned()),
        Inline::Text(", ".to_owned()),
        Inline::Foreign { language: "ar".to_owned(), content: text("المعرفة للجميع") },
        Inline::Text(", ".to_owned()),
        Inline::Foreign { language: "hi".to_owned(), content: text("ज्ञान सबका है") },
        Inline::Text(", ".to_owned()),
        Inline::Foreign { language: "el".to_owned(), content: text("γνῶθι σεαυτόν") },
        Inline::Text(", an emoji 🌱, ".to_owned()),
        link(Link::External("https://example.org/a?b=c&d=e f|g".to_owned()), "a link"),
        Inline::Text(", ".to_owned()),
        link(Link::External("javascript:alert(1)".to_owned()), "no link"),
        Inline::Text(", ".to_owned()),
        link(Link::Place(heading), "a place"),
        Inline::Image { picture: PictureId(0).into(), alt: "a small gradient".to_owned() },
        Inline::LineBreak,
        Inline::Text("a remark".to_owned()),
        link(Link::Note { note: 0, here: note_here }, "1"),
        Inline::Text(" and again".to_owned()),
        link(Link::Note { note: 0, here: note_again }, "1"),
        Inline::Text(", a long one".to_owned()),
        link(Link::Note { note: 1, here: long_note_here }, "2"),
        Inline::Text(", a source ".to_owned()),
        link(Link::Source { entry: source, here: cited }, "[1]"),
        Inline::Text(" twice ".to_owned()),
        link(Link::Source { entry: source, here: cited_again }, "[1]"),
        Inline::Text(" and a ".to_owned()),
        link(Link::Term { term: 0, here: used }, "model"),
        Inline::Text(".".to_owned()),
    ];
    let item = |content: &str| vec![paragraph(content)];
    let body = vec![
        paragraph("Knowledge is like light: lending it takes nothing away. The first lamp in a street was once an extravagance; now its absence is."),
        Block::Heading { level: 2, anchor: heading, content: text("Why share?"), span: Span::default() },
        Block::Paragraph(inlines),
        Block::Heading { level: 3, anchor: deeper, content: text("A closer look"), span: Span::default() },
        Block::List(List {
            start: None,
            numerals: Numerals::default(),
            tight: true,
            items: vec![
                item("access"),
                vec![
                    paragraph("literacy"),
                    Block::List(List { start: Some(3), numerals: Numerals::default(), tight: true, items: vec![item("third"), item("fourth")] }),
                ],
            ],
        }),
        Block::List(List {
            start: Some(1),
            numerals: Numerals::default(),
            tight: false,
            items: vec![vec![paragraph("A long item."), paragraph("With a second paragraph.")], item("Another.")],
        }),
        Block::DefinitionList(vec![
            Definition { term: text("Open weights"), descriptions: vec![item("Numbers that anyone may use.")] },
            Definition { term: text("Left open"), descriptions: vec![] },
        ]),
        Block::Quote(vec![paragraph("No one owns the dawn."), Block::Quote(vec![paragraph("Nor the dusk.")])]),
        Block::Callout { kind: "warning".to_owned(), title: vec![], body: vec![paragraph("Mind the gap.")] },
        Block::Callout {
            kind: "tip".to_owned(),
            title: text("Try it"),
            body: vec![paragraph("Ask your library."), paragraph("It has a desk for that.")],
        },
        Block::Code {
            language: Some("python".to_owned()),
            text: "for lamp in street:\n    if lamp.is_dark() and not lamp.is_broken_beyond_what_anyone_could_repair():\n        lamp.light()\n".to_owned(),
        },
        Block::Math("\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}".to_owned()),
        Block::Table(Table {
            caption: text("Who can use what"),
            alignments: vec![Alignment::Start, Alignment::Center, Alignment::End],
            header: vec![text(""), text("Free"), text("Share")],
            rows: vec![
                vec![text("Schools"), text("yes"), text("62 %")],
                vec![text("Clinics in rural districts"), text("no"), text("8 %")],
            ],
        }),
        Block::Figure { picture: PictureId(0).into(), alt: "A gradient from black to white".to_owned(), caption: text("From dark to light.") },
        Block::Verse(vec![
            text("Light, once lent,"),
            text("is not spent;"),
            vec![],
            text("it goes the way that people went."),
        ]),
        Block::Break,
        paragraph("The end of the beginning."),
    ];
    book = book
        .part(Some("Light"))
        .chapter("The First Lamp", "Ada Lovelace", body)
        .part(Some("Shade"))
        .chapter(
            "A Second Lamp",
            "Ursula Franklin",
            vec![Block::Paragraph(vec![
                Inline::Text("Cited later ".to_owned()),
                link(Link::Source { entry: source, here: cited_later }, "[1]"),
                Inline::Text(", and see ".to_owned()),
                link(Link::Place(deeper), "the first essay"),
                Inline::Text(".".to_owned()),
            ])],
        )
        .chapter("مصباح ثالث", "هدى الكاتبة", vec![paragraph("النور الذي يُعار لا ينقص.")]);
    book.change(|anthology| {
        let chapter = &mut anthology.chapters[0];
        chapter.subtitle = Some("What a street teaches".to_owned());
        chapter.date = Some(Date { year: 2024, month: Some(11), day: None });
        chapter.rights = Some("CC BY 4.0".to_owned());
        chapter.source = Some("https://example.org/lamp".to_owned());
        chapter.notes = vec![
            Note {
                anchor: note,
                number: 1,
                body: vec![paragraph("A remark that is made twice.")],
                referrers: vec![note_here, note_again],
            },
            Note {
                anchor: long_note,
                number: 2,
                body: vec![
                    paragraph("A remark with a list:"),
                    Block::List(List {
                        start: None,
                        numerals: Numerals::default(),
                        tight: true,
                        items: vec![item("of one")],
                    }),
                ],
                referrers: vec![long_note_here],
            },
        ];
        anthology.chapters[2].language = "ar".to_owned();
        anthology.bibliography = vec![
            BibliographyEntry {
                anchor: source,
                group: "Books".to_owned(),
                label: Some("[1]".to_owned()),
                content: vec![
                    Inline::Text("I. Illich, ".to_owned()),
                    Inline::Emphasis(text("Tools for Conviviality")),
                    Inline::Text(". Harper & Row, 1973.".to_owned()),
                ],
                citations: vec![
                    CitationPlace { chapter: 0, anchor: cited },
                    CitationPlace { chapter: 0, anchor: cited_again },
                    CitationPlace { chapter: 1, anchor: cited_later },
                ],
            },
            BibliographyEntry {
                anchor: unused_source,
                group: "Books".to_owned(),
                label: Some("[2]".to_owned()),
                content: text("U. Franklin, The Real World of Technology, 1989."),
                citations: vec![],
            },
        ];
        anthology.glossary = vec![Term {
            anchor: term,
            name: "model".to_owned(),
            group: String::new(),
            aliases: vec!["learned function".to_owned()],
            see: Vec::new(),
            see_also: vec![TermReference { name: "weights".to_owned(), entry: None }],
            definitions: vec![
                TermDefinition {
                    content: vec![paragraph("What has been learned, as numbers.")],
                    chapters: vec![0],
                },
                TermDefinition {
                    content: vec![paragraph("A simplification that is of use.")],
                    chapters: vec![1],
                },
            ],
            uses: vec![CitationPlace { chapter: 0, anchor: used }],
        }];
        anthology.pictures = vec![picture("gradient map.png")];
    })
}
