//! Essays as trees, without the trouble of parsing.

use garland::anthology::{Anthology, Link, Resolved};
use garland::compile::compile;
use garland::diagnostic::{Diagnostics, Severity};
use garland::document::{
    Block, CitedKey, Date, Document, Inline, List, Metadata, NoteKind, Numerals, Parsed, Person, Reference,
    Run, Span, Target, Written, WrittenNote, plain_text, visit_runs,
};
use garland::manifest::{Manifest, ManifestEssay, ManifestPart};
use garland::manuscript::{Dialect, Input, InputFile, Manuscript};

pub type Text = Inline<Parsed>;
pub type Tree = Block<Parsed>;

const NOWHERE: Span = Span { start: 0, end: 0 };

pub fn text(text: &str) -> Text {
    Inline::Text(text.to_owned())
}

pub fn strong(content: &str) -> Text {
    Inline::Strong(vec![text(content)])
}

pub fn emphasis(content: &str) -> Text {
    Inline::Emphasis(vec![text(content)])
}

pub fn refer(target: Target, content: &str) -> Text {
    let content = if content.is_empty() { Vec::new() } else { vec![text(content)] };
    Inline::Link { to: Reference { target, span: NOWHERE }, content }
}

pub fn link(address: &str, content: &str) -> Text {
    refer(Target::Address(address.to_owned()), content)
}

pub fn wikilink(page: &str, heading: Option<&str>, content: &str) -> Text {
    refer(Target::Wikilink { page: page.to_owned(), heading: heading.map(str::to_owned) }, content)
}

/// `[1]` or `[^1]`.
pub fn mark(label: &str) -> Text {
    refer(Target::Note(label.to_owned()), label)
}

pub fn cite(keys: &[(&str, Option<&str>)]) -> Text {
    let cited = |(key, locator): &(&str, Option<&str>)| CitedKey {
        key: (*key).to_owned(),
        locator: locator.map(str::to_owned),
        prefix: None,
        is_named: false,
    };
    refer(Target::Citation(keys.iter().map(cited).collect()), "as written")
}

pub fn timestamp(seconds: u32) -> Text {
    refer(Target::Timestamp(seconds), "as written")
}

pub fn paragraph(content: impl Into<Vec<Text>>) -> Tree {
    Block::Paragraph(content.into())
}

pub fn heading(level: u8, content: &str) -> Tree {
    Block::Heading { level, anchor: None, content: vec![text(content)], span: NOWHERE }
}

pub fn list(items: &[&str]) -> Tree {
    let items = items.iter().map(|item| vec![paragraph([text(item)])]).collect();
    Block::List(List { start: None, numerals: Numerals::default(), tight: true, items })
}

pub fn figure(path: &str, alt: &str) -> Tree {
    let picture = Written { value: path.to_owned(), span: NOWHERE };
    Block::Figure { picture: picture.into(), alt: alt.to_owned(), caption: Vec::new() }
}

/// One essay under construction.
#[derive(Debug, Clone)]
pub struct Essay(Document);

pub fn essay(file: &str, title: &str) -> Essay {
    let metadata = Metadata { title: Some(title.to_owned()), ..Metadata::default() };
    Essay(Document { file: file.to_owned(), metadata, body: Vec::new(), notes: Vec::new() })
}

impl Essay {
    pub fn block(mut self, block: Tree) -> Self {
        self.0.body.push(block);
        self
    }

    pub fn says(self, content: impl Into<Vec<Text>>) -> Self {
        self.block(paragraph(content))
    }

    fn note(mut self, kind: NoteKind, label: &str, content: Vec<Text>) -> Self {
        let body = vec![paragraph(content)];
        self.0.notes.push(WrittenNote { label: label.to_owned(), kind, body, span: NOWHERE });
        self
    }

    pub fn footnote(self, label: &str, content: impl Into<Vec<Text>>) -> Self {
        self.note(NoteKind::Footnote, label, content.into())
    }

    pub fn reference(self, label: &str, content: impl Into<Vec<Text>>) -> Self {
        self.note(NoteKind::Reference, label, content.into())
    }

    pub fn by(mut self, author: &str) -> Self {
        self.0.metadata.authors.push(Person::new(author));
        self
    }

    pub fn with(mut self, change: impl FnOnce(&mut Metadata)) -> Self {
        change(&mut self.0.metadata);
        self
    }

    pub fn document(&self) -> &Document {
        &self.0
    }
}

/// An anthology under construction.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    pub manifest: Manifest,
    pub input: Input,
    pub documents: Vec<Document>,
    pub epoch: Option<Date>,
}

pub fn folder() -> Folder {
    Folder { input: Input { folder: "some-essays".to_owned(), ..Input::default() }, ..Folder::default() }
}

impl Folder {
    pub fn essay(mut self, essay: Essay) -> Self {
        self.input.manuscripts.push(Manuscript {
            metadata: essay.0.metadata.clone(),
            ..Manuscript::untouched(&essay.0.file, Dialect::Markdown, "as written\n")
        });
        self.documents.push(essay.0);
        self
    }

    pub fn bibliography(mut self, path: &str, content: &str) -> Self {
        self.input.bibliographies.push(InputFile { path: path.to_owned(), content: content.to_owned() });
        self
    }

    pub fn style(mut self, name: &str) -> Self {
        self.manifest.bibliography.style = Some(name.to_owned());
        self
    }

    pub fn glossary(self, content: &str) -> Self {
        self.glossary_file("glossary.yaml", content)
    }

    pub fn glossary_file(mut self, path: &str, content: &str) -> Self {
        self.input.glossaries.push(InputFile { path: path.to_owned(), content: content.to_owned() });
        self
    }

    pub fn picture(mut self, path: &str, content: &[u8]) -> Self {
        self.input.pictures.push(InputFile { path: path.to_owned(), content: content.to_vec() });
        self
    }

    pub fn part(mut self, title: Option<&str>, files: &[&str]) -> Self {
        let essays =
            files.iter().map(|file| ManifestEssay { file: (*file).to_owned(), ..ManifestEssay::default() });
        self.manifest.parts.push(ManifestPart { title: title.map(str::to_owned), essays: essays.collect() });
        self
    }

    pub fn compile(self) -> Book {
        let mut diagnostics = Diagnostics::new();
        let anthology = compile(&self.manifest, self.input, self.documents, self.epoch, &mut diagnostics);
        Book { anthology, diagnostics }
    }
}

/// A compiled anthology, with ways to look at it.
#[derive(Debug)]
pub struct Book {
    pub anthology: Anthology,
    pub diagnostics: Diagnostics,
}

impl Book {
    /// A chapter's text, a line for each run.
    pub fn chapter(&self, at: usize) -> String {
        lines(&self.anthology.chapters[at].body)
    }

    pub fn note(&self, chapter: usize, at: usize) -> String {
        lines(&self.anthology.chapters[chapter].notes[at].body)
    }

    /// Each bibliography entry as `label content`.
    pub fn bibliography(&self) -> Vec<String> {
        let line = |entry: &garland::anthology::BibliographyEntry| {
            let label = entry.label.clone().unwrap_or_default();
            format!("{label} {}", plain_text(&entry.content)).trim().to_owned()
        };
        self.anthology.bibliography.iter().map(line).collect()
    }

    /// The names of the glossary's terms.
    pub fn terms(&self) -> Vec<&str> {
        self.anthology.glossary.iter().map(|term| term.name.as_str()).collect()
    }

    /// Every link of a chapter's body, with its text.
    pub fn links(&self, chapter: usize) -> Vec<(&Link, String)> {
        links(&self.anthology.chapters[chapter].body)
    }

    pub fn ids(&self, chapter: usize) -> Vec<&str> {
        let headings = self.anthology.chapters[chapter].body.iter().filter_map(|block| match block {
            Block::Heading { anchor, .. } => Some(self.anthology.anchors.place(*anchor).id.as_str()),
            _ => None,
        });
        headings.collect()
    }

    /// The codes of all errors and warnings.
    pub fn problems(&self) -> Vec<&str> {
        let serious = self.diagnostics.iter().filter(|it| it.severity > Severity::Note);
        serious.map(|diagnostic| diagnostic.code).collect()
    }
}

pub fn lines(blocks: &[Block<Resolved>]) -> String {
    let mut lines = Vec::new();
    visit_runs(blocks, &mut |run| match run {
        Run::Inlines(content) => lines.push(plain_text(content)),
        Run::Verbatim(part) => lines.push(part.to_owned()),
    });
    lines.join("\n")
}

pub fn links(blocks: &[Block<Resolved>]) -> Vec<(&Link, String)> {
    let mut found = Vec::new();
    visit_runs(blocks, &mut |run| {
        if let Run::Inlines(content) = run {
            collect_links(content, &mut found);
        }
    });
    found
}

pub fn collect_links<'a>(content: &'a [Inline<Resolved>], found: &mut Vec<(&'a Link, String)>) {
    for inline in content {
        if let Inline::Link { to, content } = inline {
            found.push((to, plain_text(content)));
        }
        collect_links(inline.content(), found);
    }
}
