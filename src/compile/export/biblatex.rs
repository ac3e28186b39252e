//! BibLaTeX.

use crate::source::{Name, Piece, Record, RecordDate, Source, Text};

/// Kinds, and BibLaTeX's types.
const TYPES: [(&str, &str); 30] = [
    ("article", "article"),
    ("article-journal", "article"),
    ("article-newspaper", "article"),
    ("book", "book"),
    ("chapter", "inbook"),
    ("collection", "collection"),
    ("document", "misc"),
    ("entry-encyclopedia", "inreference"),
    ("event", "misc"),
    ("graphic", "artwork"),
    ("legal_case", "jurisdiction"),
    ("legislation", "legislation"),
    ("manuscript", "unpublished"),
    ("motion_picture", "video"),
    ("paper-conference", "inproceedings"),
    ("patent", "patent"),
    ("performance", "performance"),
    ("periodical", "periodical"),
    ("post", "online"),
    ("post-weblog", "online"),
    ("proceedings", "proceedings"),
    ("reference", "reference"),
    ("report", "report"),
    ("software", "software"),
    ("song", "audio"),
    ("thesis", "thesis"),
    ("webpage", "online"),
    ("article-magazine", "article"),
    ("dataset", "dataset"),
    ("broadcast", "video"),
];

/// Fields of ours and BibLaTeX's, where neither depends on the kind.
const FIELDS: [(&str, &str); 26] = [
    ("title", "title"),
    ("title-short", "shorttitle"),
    ("collection-title", "series"),
    ("event-title", "eventtitle"),
    ("event-place", "venue"),
    ("volume", "volume"),
    ("edition", "edition"),
    ("chapter-number", "chapter"),
    ("page", "pages"),
    ("number-of-pages", "pagetotal"),
    ("number-of-volumes", "volumes"),
    ("publisher-place", "location"),
    ("authority", "organization"),
    ("genre", "type"),
    ("version", "version"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("isan", "isan"),
    ("ismn", "ismn"),
    ("iswc", "iswc"),
    ("DOI", "doi"),
    ("URL", "url"),
    ("note", "note"),
    ("abstract", "abstract"),
    ("archive", "library"),
    ("language", "langid"),
];
/// Fields in which TeX has no say.
const VERBATIM: [&str; 3] = ["doi", "eprint", "url"];

const NAMES: [(&str, &str); 11] = [
    ("author", "author"),
    ("container-author", "bookauthor"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("annotator", "annotator"),
    ("commentator", "commentator"),
    ("introduction", "introduction"),
    ("foreword", "foreword"),
    ("afterword", "afterword"),
    ("holder", "holder"),
    ("director", "editora"),
];

/// The sources as a bibliography file.
pub fn biblatex(sources: &[Source]) -> String {
    let mut text = String::new();
    for source in sources {
        if !text.is_empty() {
            text.push('\n');
        }
        write_entry(&source.key, &source.record, &mut text);
    }
    text
}

fn write_entry(key: &str, record: &Record, out: &mut String) {
    let known = TYPES.iter().find(|(kind, _)| *kind == record.kind).map_or("misc", |(_, name)| name);
    let has_editor = record.names.contains_key("editor");
    let kind = if known == "inbook" && has_editor { "incollection" } else { known };
    out.push_str(&format!("@{kind}{{{},\n", tidy_key(key)));
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    };
    for (role, name) in NAMES {
        let names = record.names.get(role).map(Vec::as_slice).unwrap_or_default();
        let written: Vec<String> = names.iter().map(person).collect();
        if role == "director" && !written.is_empty() {
            field("editoratype", "director".to_owned());
        }
        field(name, written.join(" and "));
    }
    for (ours, name) in FIELDS {
        let Some(text) = record.fields.get(ours) else { continue };
        let value = match name {
            name if VERBATIM.contains(&name) => verbatim(&text.plain()),
            "location" | "organization" => list(text),
            "pages" => tex(text).replace('–', "--"),
            "langid" => match language(&text.plain()) {
                Some(language) => language.to_owned(),
                None => continue,
            },
            _ => tex(text),
        };
        field(name, value);
    }
    let container = match kind {
        "article" => "journaltitle",
        "periodical" => "title",
        _ => "booktitle",
    };
    field(container, tex_of(record, "container-title"));
    if record.kind == "article-newspaper" {
        field("entrysubtype", "newspaper".to_owned());
    }
    // `number` is a journal's issue, a book's place in its series, or what a report is known by.
    let number =
        ["issue", "collection-number", "number"].into_iter().find(|it| record.fields.contains_key(*it));
    field("number", number.map(|number| tex_of(record, number)).unwrap_or_default());
    let issuer = if matches!(kind, "thesis" | "report") { "institution" } else { "publisher" };
    field(issuer, record.fields.get("publisher").map(list).unwrap_or_default());
    for (ours, name) in [("issued", "date"), ("accessed", "urldate"), ("event-date", "eventdate")] {
        field(name, record.dates.get(ours).map(date).unwrap_or_default());
    }
    for (ours, archive) in [("arxiv", "arxiv"), ("PMID", "pubmed")] {
        if let Some(number) = record.fields.get(ours) {
            field("eprint", verbatim(&number.plain()));
            field("eprinttype", archive.to_owned());
            break;
        }
    }
    out.push_str("}\n");
}

/// A key without what would end it.
fn tidy_key(key: &str) -> String {
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && !",{}\"#%~\\=()'".contains(c);
    key.chars().map(|c| if fits(c) { c } else { '-' }).collect()
}

fn person(name: &Name) -> String {
    let family = match &name.particle {
        Some(particle) => format!("{} {}", escape(particle), escape(&name.family)),
        None => escape(&name.family),
    };
    match (&name.given, &name.suffix) {
        // A body's name is not to be taken apart.
        (None, None) if name.particle.is_none() && name.family.contains([' ', ',']) => {
            format!("{{{family}}}")
        }
        (None, None) => family,
        (given, None) => format!("{family}, {}", escape(given.as_deref().unwrap_or_default())),
        (given, Some(suffix)) => {
            format!("{family}, {}, {}", escape(suffix), escape(given.as_deref().unwrap_or_default()))
        }
    }
}

fn date(date: &RecordDate) -> String {
    let sign = if date.year < 0 { "-" } else { "" };
    let mut text = format!("{sign}{:04}", date.year.unsigned_abs());
    for part in [date.month, date.month.and(date.day)].into_iter().flatten() {
        text.push_str(&format!("-{part:02}"));
    }
    if date.circa {
        text.push('~');
    }
    text
}

fn tex_of(record: &Record, field: &str) -> String {
    record.fields.get(field).map(tex).unwrap_or_default()
}

/// Text in a field that holds a list, which `and` would part.
fn list(text: &Text) -> String {
    let parts = |piece: &Piece| matches!(piece, Piece::Plain(text) if text.contains(" and "));
    if text.0.iter().any(parts) { format!("{{{}}}", escape(&text.plain())) } else { tex(text) }
}

fn tex(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => escape(text),
        Piece::Fixed(text) => format!("{{{}}}", escape(text)),
        Piece::Math(text) if is_balanced(text) => format!("${text}$"),
        Piece::Math(text) => escape(text),
    };
    text.0.iter().map(piece).collect()
}

/// Whether a formula can stand between dollars.
fn is_balanced(formula: &str) -> bool {
    let mut depth = 0i32;
    let stays_open = formula.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0 && c != '$'
    });
    stays_open && depth == 0
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Addresses and identifiers are taken as they stand, but for what ends a field.
fn verbatim(text: &str) -> String {
    text.replace('\\', "\\\\").replace('{', "\\{").replace('}', "\\}")
}

/// What BibLaTeX calls a language.
fn language(tag: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 22] = [
        ("en-US", "american"),
        ("en-GB", "british"),
        ("en", "english"),
        ("cs", "czech"),
        ("da", "danish"),
        ("de", "german"),
        ("el", "greek"),
        ("es", "spanish"),
        ("fi", "finnish"),
        ("fr", "french"),
        ("hu", "hungarian"),
        ("it", "italian"),
        ("lv", "latvian"),
        ("nb", "norwegian"),
        ("nl", "dutch"),
        ("pl", "polish"),
        ("pt", "portuguese"),
        ("ru", "russian"),
        ("sl", "slovene"),
        ("sv", "swedish"),
        ("tr", "turkish"),
        ("uk", "ukrainian"),
    ];
    let base = tag.split('-').next()?;
    let found =
        NAMES.iter().find(|(code, _)| *code == tag).or_else(|| NAMES.iter().find(|(code, _)| *code == base));
    found.map(|(_, name)| *name)
}
