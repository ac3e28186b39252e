//! From the manifest's YAML tree to a [`Manifest`], reporting every mistake on the way.

use std::collections::BTreeMap;

use super::{
    BibliographySettings, CoverSettings, Device, Editions, FILE_NAME, GlossarySettings, Grouping, Links,
    Manifest, ManifestEssay, ManifestPart, Named, Paper, SourceLists, SplitTerm, is_style_file,
    is_theme_file,
};
use crate::anthology::{Certification, Series, Subject, SubjectCode};
use crate::dates;
use crate::diagnostic::Diagnostics;
use crate::document::{Date, Person};
use crate::language_tag;
use crate::manuscript::{Dialect, Vetoes};
use crate::settings::{Reader, nearest};
use crate::yaml::{self, Node, Value};

mod back_matter;
mod contributors;

const TOP_KEYS: &[&str] = &[
    "title",
    "subtitle",
    "editors",
    "contributors",
    "publisher",
    "date",
    "language",
    "identifier",
    "series",
    "cover",
    "description",
    "subjects",
    "rights",
    "parts",
    "essays",
    "bibliography",
    "glossary",
    "index",
    "discussion",
    "accessibility",
    "editions",
    "keep",
    "typography",
    "hyphenation",
];
const PART_KEYS: &[&str] = &["title", "essays"];
const ESSAY_KEYS: &[&str] = &[
    "file",
    "title",
    "short-title",
    "author",
    "authors",
    "date",
    "language",
    "rights",
    "dialect",
    "typography",
    "discussion",
    "keep",
];
const BIBLIOGRAPHY_KEYS: &[&str] = &["style", "files", "links", "lists", "group", "merge", "keep-apart"];
const GLOSSARY_KEYS: &[&str] = &["files", "prefer", "merge", "keep-apart", "split", "rename", "hide"];
const EDITIONS_KEYS: &[&str] = &["epub", "pdf"];
const PDF_KEYS: &[&str] = &["paper", "theme", "identifier", "cover", "pdf-ua", "pdf-a"];
const EPUB_KEYS: &[&str] = &["contents", "styles", "devices"];
const COVER_KEYS: &[&str] = &["file", "alt"];
const SERIES_KEYS: &[&str] = &["name", "number"];
const SUBJECT_KEYS: &[&str] = &["name", "authority", "code"];
const ACCESSIBILITY_KEYS: &[&str] = &["certified-by", "credential", "report"];
/// Schemes of subjects that EPUB 3 knows by name.
const AUTHORITIES: [&str; 14] = [
    "AAT", "BIC", "BISAC", "CLC", "CLIL", "DDC", "EuroVoc", "LCSH", "MEDTOP", "NDC", "NDLC", "Thema", "UDC",
    "WGS",
];
/// An essay's headings have no more levels than this.
const DEEPEST_CONTENTS: u8 = 5;

/// Reads a manifest from its text.
pub fn read(text: &str, diagnostics: &mut Diagnostics) -> Manifest {
    let mut found = Diagnostics::new();
    let manifest = read_root(text, &mut found);
    found.sort();
    diagnostics.extend(found);
    manifest
}

fn read_root(text: &str, diagnostics: &mut Diagnostics) -> Manifest {
    let mut reader = Reader::new(FILE_NAME, text, diagnostics);
    match yaml::parse(text) {
        Ok(root) => {
            let manifest = reader.manifest(&root);
            reader.refuse_repeated_essays(&manifest);
            manifest
        }
        Err(problem) => {
            reader.broken("the manifest", &problem);
            Manifest::default()
        }
    }
}

impl Reader<'_> {
    fn manifest(&mut self, root: &Node) -> Manifest {
        let mut manifest = Manifest::default();
        let mut has_parts = false;
        for (key, node) in self.entries(root, "the manifest", TOP_KEYS) {
            match key {
                "title" => manifest.title = self.text(node, key),
                "subtitle" => manifest.subtitle = self.text(node, key),
                "editors" => manifest.editors = self.people(node, key),
                "contributors" => {
                    (manifest.contributors, manifest.biographies) = self.contributors(node);
                }
                "publisher" => manifest.publisher = self.text(node, key),
                "date" => manifest.date = self.date(node),
                "language" => manifest.language = self.language(node),
                "identifier" => manifest.identifier = self.text(node, key),
                "description" => manifest.description = self.text(node, key),
                "series" => manifest.series = self.series(node),
                "cover" => manifest.cover = self.cover(node),
                "subjects" => {
                    let subjects = self.items_or_one(node, key);
                    manifest.subjects = subjects.iter().filter_map(|item| self.subject(item)).collect();
                }
                "accessibility" => manifest.certification = self.certification(node),
                "rights" => manifest.rights = self.text(node, key),
                "bibliography" => manifest.bibliography = self.bibliography(node),
                "glossary" => manifest.glossary = self.glossary(node),
                "index" => manifest.index = self.index(node),
                "discussion" => manifest.discussion = self.discussion(node),
                "editions" => manifest.editions = self.editions(node),
                "keep" => manifest.keep = self.vetoes(node, false),
                "typography" => manifest.typography = Some(self.flag(node, key)),
                "hyphenation" => manifest.hyphenation = self.texts(node, key),
                "parts" | "essays" if has_parts => self.error(
                    "manifest-structure",
                    node,
                    "a book has either `parts` or `essays`, not both".to_owned(),
                    "move the essays into a part",
                ),
                "parts" => {
                    has_parts = true;
                    manifest.parts = self.items(node, key).iter().map(|part| self.part(part)).collect();
                }
                _ => {
                    has_parts = true;
                    let essays = self.essays(node);
                    if !essays.is_empty() {
                        manifest.parts = vec![ManifestPart { title: None, essays }];
                    }
                }
            }
        }
        manifest
    }

    fn part(&mut self, node: &Node) -> ManifestPart {
        let mut part = ManifestPart::default();
        for (key, value) in self.entries(node, "a part", PART_KEYS) {
            match key {
                "title" => part.title = self.text(value, key),
                _ => part.essays = self.essays(value),
            }
        }
        if part.essays.is_empty() && matches!(node.value, Value::Mapping(_)) {
            let message = "this part has no essays".to_owned();
            self.error("manifest-structure", node, message, "list its essays under `essays:`");
        }
        part
    }

    fn essays(&mut self, node: &Node) -> Vec<ManifestEssay> {
        self.items(node, "essays").iter().filter_map(|essay| self.essay(essay)).collect()
    }

    fn essay(&mut self, node: &Node) -> Option<ManifestEssay> {
        let line = node.line;
        if let Value::Scalar(_) = node.value {
            let file = self.file(node, "essays")?;
            return Some(ManifestEssay { file, line, ..ManifestEssay::default() });
        }
        let Value::Mapping(_) = node.value else {
            self.wrong_type(node, "an essay", "a file name, or a mapping with `file:`");
            return None;
        };
        let mut essay = ManifestEssay { line, ..ManifestEssay::default() };
        let mut named = false;
        for (key, value) in self.entries(node, "an essay", ESSAY_KEYS) {
            match key {
                "file" => {
                    named = true;
                    essay.line = value.line;
                    essay.file = self.file(value, key).unwrap_or_default();
                }
                "title" => essay.title = self.text(value, key),
                "short-title" => essay.short_title = self.text(value, key),
                "author" | "authors" => {
                    let people = self.people(value, key);
                    essay.authors.extend(people);
                }
                "date" => essay.date = self.date(value),
                "language" => essay.language = self.language(value),
                "rights" => essay.rights = self.text(value, key),
                "dialect" => essay.dialect = self.dialect(value),
                "discussion" => essay.discussion = self.texts(value, key),
                "typography" => essay.typography = Some(self.flag(value, key)),
                _ => essay.keep = self.vetoes(value, true),
            }
        }
        if !named {
            let message = "this essay has no `file`".to_owned();
            self.error("manifest-structure", node, message, "add `file:` with the name of the essay's file");
        }
        (!essay.file.is_empty()).then_some(essay)
    }

    fn dialect(&mut self, node: &Node) -> Option<Dialect> {
        let name = self.text(node, "dialect")?.to_lowercase();
        let found = Dialect::NAMES.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            let known: Vec<&str> = Dialect::NAMES.iter().map(|(known, _)| *known).collect();
            let help = match nearest(&name, &known) {
                Some(candidate) => format!("did you mean `{candidate}`?"),
                None => format!("known dialects: {}", known.join(", ")),
            };
            self.error("unknown-dialect", node, format!("unknown dialect `{name}`"), help);
        }
        found.map(|(_, dialect)| *dialect)
    }

    /// Rules by name and, where one file is meant, lines: `12`, `40-52`.
    fn vetoes(&mut self, node: &Node, with_lines: bool) -> Vetoes {
        let mut vetoes = Vetoes::default();
        for item in self.items_or_one(node, "keep") {
            let Some(text) = self.text(item, "keep") else { continue };
            if !text.starts_with(|first: char| first.is_ascii_digit()) {
                vetoes.rules.insert(text);
                continue;
            }
            let (first, last) = text.split_once(['-', '–']).unwrap_or((&text, &text));
            match (first.trim().parse::<u32>(), last.trim().parse::<u32>()) {
                (Ok(first), Ok(last)) if with_lines && (1..=last).contains(&first) => {
                    vetoes.lines.push((first, last));
                }
                _ => {
                    let message = format!("`{text}` names no lines that could be kept");
                    let help = if with_lines {
                        "write a line as 12, several as 40-52"
                    } else {
                        "name lines in the `keep` of the essay that they are in"
                    };
                    self.error("bad-veto", item, message, help);
                }
            }
        }
        vetoes
    }

    fn series(&mut self, node: &Node) -> Option<Series> {
        if let Some(name) = node.as_text() {
            return Some(Series { name: name.to_owned(), position: None });
        }
        let (mut name, mut position) = (None, None);
        for (key, value) in self.entries(node, "series", SERIES_KEYS) {
            match key {
                "name" => name = self.text(value, key),
                _ => position = self.volume(value, key),
            }
        }
        if name.is_none() && matches!(node.value, Value::Mapping(_)) {
            self.error("manifest-structure", node, "this series has no `name`".to_owned(), "add `name:`");
        }
        Some(Series { name: name?, position })
    }

    fn cover(&mut self, node: &Node) -> Option<CoverSettings> {
        if let Value::Scalar(_) = node.value {
            return Some(CoverSettings { file: self.file(node, "cover")?, alt: None });
        }
        let (mut file, mut alt) = (None, None);
        for (key, value) in self.entries(node, "cover", COVER_KEYS) {
            match key {
                "file" => file = self.file(value, key),
                _ => alt = self.text(value, key),
            }
        }
        if file.is_none() && matches!(node.value, Value::Mapping(_)) {
            self.error("manifest-structure", node, "this cover has no `file`".to_owned(), "add `file:`");
        }
        Some(CoverSettings { file: file?, alt })
    }

    /// `2`, `2.1`: what reading systems sort volumes by.
    fn volume(&mut self, node: &Node, key: &str) -> Option<String> {
        let number = self.text(node, key)?;
        let counts = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if number.split('.').all(counts) {
            return Some(number);
        }
        let message = format!("`{number}` is not the number of a volume");
        self.error("bad-number", node, message, "write figures, such as 2 or 2.1");
        None
    }

    fn subject(&mut self, node: &Node) -> Option<Subject> {
        if !matches!(node.value, Value::Mapping(_)) {
            return self.text(node, "subjects").map(|name| Subject { name, code: None });
        }
        let (mut name, mut authority, mut term) = (None, None, None);
        for (key, value) in self.entries(node, "a subject", SUBJECT_KEYS) {
            match key {
                "name" => name = self.text(value, key),
                "authority" => {
                    authority = self.choice(value, key, &AUTHORITIES.map(|authority| (authority, authority)));
                }
                _ => term = self.text(value, key),
            }
        }
        if name.is_none() || authority.is_some() != term.is_some() {
            let message = "this subject is not whole".to_owned();
            self.error(
                "manifest-structure",
                node,
                message,
                "give its `name`, and `authority` and `code` both",
            );
        }
        let code = authority.zip(term);
        let code = code.map(|(authority, term)| SubjectCode { authority: authority.to_owned(), term });
        Some(Subject { name: name?, code })
    }

    fn certification(&mut self, node: &Node) -> Option<Certification> {
        let (mut by, mut credential, mut report) = (None, None, None);
        for (key, value) in self.entries(node, "accessibility", ACCESSIBILITY_KEYS) {
            match key {
                "certified-by" => by = self.text(value, key),
                "credential" => credential = self.text(value, key),
                _ => report = self.web_address(value, key),
            }
        }
        if by.is_none() && matches!(node.value, Value::Mapping(_)) {
            let message = "nobody is named who certifies".to_owned();
            self.error("manifest-structure", node, message, "add `certified-by:`");
        }
        Some(Certification { by: by?, credential, report })
    }

    fn web_address(&mut self, node: &Node, key: &str) -> Option<String> {
        let address = self.text(node, key)?;
        let url = url::Url::parse(&address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        if url.is_none() {
            let message = format!("`{address}` is not a Web address");
            self.error("bad-address", node, message, "write it in full, with https://");
        }
        url.map(String::from)
    }

    fn bibliography(&mut self, node: &Node) -> BibliographySettings {
        let mut settings = BibliographySettings::default();
        for (key, value) in self.entries(node, "bibliography", BIBLIOGRAPHY_KEYS) {
            match key {
                "style" => {
                    let is_file = value.as_text().is_some_and(|style| is_style_file(style.trim()));
                    settings.style = if is_file { self.file(value, key) } else { self.text(value, key) };
                }
                "links" => {
                    let links = [("keep", Links::Keep), ("cite", Links::Cite)];
                    settings.links = self.choice(value, key, &links).unwrap_or_default();
                }
                "lists" => {
                    let lists = [
                        ("book", SourceLists::Book),
                        ("essays", SourceLists::Essays),
                        ("both", SourceLists::Both),
                    ];
                    settings.lists = self.choice(value, key, &lists).unwrap_or_default();
                }
                "group" => {
                    let groupings = [("kind", Grouping::Kind), ("letter", Grouping::Letter)];
                    settings.grouping = self.choice(value, key, &groupings);
                }
                "merge" => settings.merge = self.named_lists(value, key),
                "keep-apart" => settings.keep_apart = self.named_lists(value, key),
                _ => {
                    let files = self.items_or_one(value, key);
                    settings.files = files.iter().filter_map(|file| self.file(file, key)).collect();
                }
            }
        }
        settings
    }

    /// Lists of two names or more; a list of names alone is one of them.
    fn named_lists(&mut self, node: &Node, key: &str) -> Vec<Vec<Named>> {
        let items = self.items(node, key);
        let is_one = items.iter().all(|item| item.as_text().is_some());
        let lists = if is_one && !items.is_empty() { std::slice::from_ref(node) } else { items };
        let mut found = Vec::with_capacity(lists.len());
        for list in lists {
            let items = self.items(list, key);
            let names: Vec<Named> = items.iter().filter_map(|item| self.named(item, key)).collect();
            if names.len() == 1 {
                let help = "name what it is compared with, too: `- [first, second]`";
                self.error("lonely-name", list, "a list here needs two names or more".to_owned(), help);
            }
            found.push(names);
        }
        found
    }

    fn named(&mut self, node: &Node, key: &str) -> Option<Named> {
        let name = self.text(node, key)?;
        Some(Named { name, line: node.line, column: node.column })
    }

    /// A path of a glossary file, a list of them, or what there is to decide of terms.
    fn glossary(&mut self, node: &Node) -> GlossarySettings {
        let mut settings = GlossarySettings::default();
        if let Value::Scalar(_) | Value::Sequence(_) = node.value {
            let files = self.items_or_one(node, "glossary");
            settings.files = files.iter().filter_map(|file| self.file(file, "glossary")).collect();
            return settings;
        }
        for (key, value) in self.entries(node, "glossary", GLOSSARY_KEYS) {
            match key {
                "prefer" => {
                    for (term, file) in self.named_entries(value, key) {
                        if let Some(file) = self.named(file, key) {
                            settings.prefer.push((term, file));
                        }
                    }
                }
                "merge" => settings.merge = self.named_lists(value, key),
                "keep-apart" => settings.keep_apart = self.named_lists(value, key),
                "split" => {
                    for (term, files) in self.named_entries(value, key) {
                        for (file, name) in self.named_entries(files, key) {
                            if let Some(name) = self.text(name, key) {
                                settings.split.push(SplitTerm { term: term.clone(), file, name });
                            }
                        }
                    }
                }
                "rename" => {
                    for (term, name) in self.named_entries(value, key) {
                        if let Some(name) = self.text(name, key) {
                            settings.rename.push((term, name));
                        }
                    }
                }
                "hide" => {
                    let names = self.items_or_one(value, key);
                    settings.hide = names.iter().filter_map(|item| self.named(item, key)).collect();
                }
                _ => {
                    let files = self.items_or_one(value, key);
                    settings.files = files.iter().filter_map(|file| self.file(file, key)).collect();
                }
            }
        }
        settings
    }

    /// The entries of a mapping whose keys are names that the essays give.
    fn named_entries<'n>(&mut self, node: &'n Node, key: &str) -> Vec<(Named, &'n Node)> {
        match &node.value {
            Value::Mapping(entries) => {
                entries.iter().filter_map(|(name, value)| Some((self.named(name, key)?, value))).collect()
            }
            Value::Null => Vec::new(),
            _ => {
                self.wrong_type(node, key, "a mapping (`name: …` lines)");
                Vec::new()
            }
        }
    }

    fn editions(&mut self, node: &Node) -> Editions {
        if let Value::Sequence(items) = &node.value {
            let mut editions = Editions { epub: false, pdf: false, ..Editions::default() };
            for item in items {
                match self.text(item, "editions").as_deref() {
                    Some("epub") => editions.epub = true,
                    Some("pdf") => editions.pdf = true,
                    Some(other) => {
                        let help = nearest(other, EDITIONS_KEYS)
                            .map_or("known editions: epub, pdf".to_owned(), |near| {
                                format!("did you mean `{near}`?")
                            });
                        self.error("unknown-edition", item, format!("unknown edition `{other}`"), help);
                    }
                    None => {}
                }
            }
            return editions;
        }
        let mut editions = Editions::default();
        for (key, value) in self.entries(node, "editions", EDITIONS_KEYS) {
            match (key, &value.value) {
                ("pdf", Value::Mapping(_)) => {
                    for (key, value) in self.entries(value, "pdf", PDF_KEYS) {
                        match key {
                            "paper" => editions.paper = self.choice(value, key, &Paper::NAMES),
                            "theme" => {
                                let is_file =
                                    value.as_text().is_some_and(|theme| is_theme_file(theme.trim()));
                                editions.theme =
                                    if is_file { self.file(value, key) } else { self.text(value, key) };
                            }
                            "pdf-ua" => editions.accessible = self.flag(value, key),
                            "pdf-a" => editions.archival = self.flag(value, key),
                            "cover" => editions.pdf_cover = self.flag(value, key),
                            _ => editions.print_identifier = self.text(value, key),
                        }
                    }
                }
                ("epub", Value::Mapping(_)) => {
                    for (key, value) in self.entries(value, "epub", EPUB_KEYS) {
                        match key {
                            "contents" => editions.contents_depth = self.depth(value, key),
                            "devices" => editions.devices = self.devices(value, key),
                            _ => editions.styles = self.file(value, key),
                        }
                    }
                }
                ("pdf", _) => editions.pdf = self.flag(value, key),
                _ => editions.epub = self.flag(value, key),
            }
        }
        editions
    }

    fn devices(&mut self, node: &Node, key: &str) -> Vec<Device> {
        let items = self.items_or_one(node, key);
        items.iter().filter_map(|item| self.choice(item, key, &Device::NAMES)).collect()
    }

    fn depth(&mut self, node: &Node, key: &str) -> u8 {
        let depth = node.as_text().and_then(|text| text.trim().parse().ok());
        let depth = depth.filter(|depth| *depth <= DEEPEST_CONTENTS);
        if depth.is_none() {
            self.wrong_type(node, key, "a number of levels from 0 to 5");
        }
        depth.unwrap_or_default()
    }

    fn date(&mut self, node: &Node) -> Option<Date> {
        let text = self.text(node, "date")?;
        let date = dates::read(&text);
        if date.is_none() {
            let help = "write it as 2025-04-04, 2025-04 or 2025";
            self.error("bad-date", node, format!("`{text}` is not a date"), help);
        }
        date
    }

    fn language(&mut self, node: &Node) -> Option<String> {
        let tag = self.text(node, "language")?;
        if language_tag::well_formed(&tag).is_some() {
            return Some(tag);
        }
        let help = "use a BCP 47 tag, such as en, en-GB, lv or zh-Hant";
        self.error("bad-language", node, format!("`{tag}` is not a language tag"), help);
        None
    }

    /// A path that stays inside the anthology folder.
    fn file(&mut self, node: &Node, key: &str) -> Option<String> {
        let path = self.text(node, key)?.replace('\\', "/");
        let path = path.trim_start_matches("./");
        let leaves = path.starts_with('/')
            || path.split('/').any(|part| part == "..")
            || path.split('/').next().is_some_and(|part| part.ends_with(':'));
        if leaves {
            let message = format!("`{path}` is outside the anthology folder");
            self.error("outside-folder", node, message, "move the file into the folder");
            return None;
        }
        Some(path.to_owned())
    }

    fn people(&mut self, node: &Node, key: &str) -> Vec<Person> {
        self.texts(node, key).iter().map(|name| Person::new(name)).collect()
    }

    fn refuse_repeated_essays(&mut self, manifest: &Manifest) {
        let mut first_lines: BTreeMap<&str, u32> = BTreeMap::new();
        for essay in manifest.essays() {
            let Some(first) = first_lines.get(essay.file.as_str()) else {
                first_lines.insert(&essay.file, essay.line);
                continue;
            };
            let message = format!("`{}` is listed twice", essay.file);
            let help = format!("it is already on line {first}; keep one of the two");
            let column = self.find_in_line(essay.line, &essay.file);
            self.error_at("repeated-essay", (essay.line, column), message, help);
        }
    }
}
