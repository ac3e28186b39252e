//! What the package document says of the book.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::anthology::{Anthology, BookMetadata, Contributor};
use crate::document::{Date, Person};
use crate::edition::epub::accessibility::{self, Findings};
use crate::edition::epub::layout::COVER_ID;
use crate::edition::epub::xhtml::escape;
use crate::language_tag;

/// The id that the package's identifier goes by.
pub const IDENTIFIER_ID: &str = "identifier";

/// The content of the package's `metadata` element. `is_paged` where the book was printed, too.
pub fn write(anthology: &Anthology, findings: &Findings, is_paged: bool) -> String {
    let metadata = &anthology.metadata;
    let mut statements = Statements::default();
    statements.identify(&identifier(&metadata.identifier));
    statements.title(metadata);
    for language in languages(anthology) {
        statements.element("dc:language", &language);
    }
    statements.hands(metadata);
    statements.optional("dc:date", metadata.date.map(|date| date.to_string()).as_deref());
    statements.optional("dc:publisher", metadata.publisher.as_deref());
    statements.optional("dc:description", metadata.description.as_deref());
    statements.subjects(metadata);
    statements.optional("dc:rights", metadata.rights.as_deref());
    statements.series(metadata);
    if is_paged {
        let print = identifier(&metadata.print_identifier);
        statements.element("dc:source", &print);
        statements.meta("schema:pageBreakSource", &print);
        statements.meta("pageBreakSource", &print);
    }
    let modified = midnight(metadata.stamp()).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    statements.meta("dcterms:modified", &modified);
    for (property, value) in accessibility::properties(findings, is_paged) {
        let attributes: &[(&str, &str)] = match property {
            "accessibilitySummary" => &[("xml:lang", "en")],
            _ => &[],
        };
        statements.write(
            "meta",
            &[&[("property", &*format!("schema:{property}"))], attributes].concat(),
            &value,
        );
    }
    statements.conformance(metadata, findings);
    // For reading systems of EPUB 2.
    statements.0.push_str(&format!("    <meta name=\"cover\" content=\"{COVER_ID}\"/>\n"));
    statements.0
}

/// Lines of the `metadata` element.
#[derive(Default)]
struct Statements(String);

impl Statements {
    fn write(&mut self, tag: &str, attributes: &[(&str, &str)], content: &str) {
        self.0.push_str(&format!("    <{tag}"));
        for (name, value) in attributes {
            self.0.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        self.0.push_str(&format!(">{}</{tag}>\n", escape(content.trim())));
    }

    /// The package allows no empty statements.
    fn element(&mut self, tag: &str, content: &str) {
        if says_something(content) {
            self.write(tag, &[], content);
        }
    }

    fn optional(&mut self, tag: &str, content: Option<&str>) {
        self.element(tag, content.unwrap_or_default());
    }

    fn meta(&mut self, property: &str, content: &str) {
        self.write("meta", &[("property", property)], content);
    }

    fn refine(&mut self, id: &str, property: &str, scheme: Option<&str>, content: &str) {
        let refines = format!("#{id}");
        let mut attributes = vec![("refines", refines.as_str()), ("property", property)];
        attributes.extend(scheme.map(|scheme| ("scheme", scheme)));
        self.write("meta", &attributes, content);
    }

    /// Codes of list 5 of ONIX tell what kind of identifier it is.
    fn identify(&mut self, identifier: &str) {
        self.write("dc:identifier", &[("id", IDENTIFIER_ID)], identifier);
        let kind = match identifier.strip_prefix("urn:isbn:").map(str::len) {
            Some(13) => Some("15"),
            Some(10) => Some("02"),
            _ if identifier.contains("doi.org/") || identifier.starts_with("doi:") => Some("06"),
            _ => None,
        };
        if let Some(kind) = kind {
            self.refine(IDENTIFIER_ID, "identifier-type", Some("onix:codelist5"), kind);
        }
    }

    fn title(&mut self, metadata: &BookMetadata) {
        let subtitle = metadata.subtitle.as_deref().filter(|text| says_something(text));
        let parts = [
            Some(("title", "main", metadata.title.as_str())),
            subtitle.map(|it| ("subtitle", "subtitle", it)),
        ];
        for (index, (id, kind, text)) in parts.into_iter().flatten().enumerate() {
            self.write("dc:title", &[("id", id)], text);
            self.refine(id, "title-type", None, kind);
            self.refine(id, "display-seq", None, &(index + 1).to_string());
        }
    }

    /// Authors are whose book it is, in the order of their essays; the editors come first among all others.
    fn hands(&mut self, metadata: &BookMetadata) {
        let authors = metadata.authors.iter().filter(|person| says_something(&person.name));
        for (index, author) in authors.enumerate() {
            self.hand("dc:creator", &format!("creator-{}", index + 1), author, "aut", index + 1);
        }
        let others = metadata.contributors.iter().filter(|hand| says_something(&hand.person.name));
        for (index, Contributor { person, role }) in others.enumerate() {
            self.hand("dc:contributor", &format!("contributor-{}", index + 1), person, role, index + 1);
        }
    }

    fn hand(&mut self, tag: &str, id: &str, person: &Person, role: &str, place: usize) {
        self.write(tag, &[("id", id)], &person.name);
        self.refine(id, "role", Some("marc:relators"), role);
        if says_something(&person.file_as) {
            self.refine(id, "file-as", None, &person.file_as);
        }
        self.refine(id, "display-seq", None, &place.to_string());
    }

    fn subjects(&mut self, metadata: &BookMetadata) {
        let subjects = metadata.subjects.iter().filter(|subject| says_something(&subject.name));
        for (index, subject) in subjects.enumerate() {
            let Some(code) = &subject.code else {
                self.element("dc:subject", &subject.name);
                continue;
            };
            let id = format!("subject-{}", index + 1);
            self.write("dc:subject", &[("id", &id)], &subject.name);
            self.refine(&id, "authority", None, &code.authority);
            self.refine(&id, "term", None, &code.term);
        }
    }

    fn series(&mut self, metadata: &BookMetadata) {
        let Some(series) = &metadata.series else { return };
        self.write("meta", &[("property", "belongs-to-collection"), ("id", "series")], &series.name);
        self.refine("series", "collection-type", None, "series");
        if let Some(position) = &series.position {
            self.refine("series", "group-position", None, position);
        }
    }

    fn conformance(&mut self, metadata: &BookMetadata, findings: &Findings) {
        if !findings.conforms() {
            return;
        }
        let attributes = [("property", "dcterms:conformsTo"), ("id", "conformance")];
        self.write("meta", &attributes, accessibility::STANDARD);
        let Some(certification) = &metadata.certification else { return };
        self.write(
            "meta",
            &[("property", "a11y:certifiedBy"), ("refines", "#conformance"), ("id", "certifier")],
            &certification.by,
        );
        if let Some(credential) = &certification.credential {
            self.refine("certifier", "a11y:certifierCredential", None, credential);
        }
        if let Some(report) = &certification.report {
            let report = escape(report);
            self.0.push_str(&format!(
                "    <link rel=\"a11y:certifierReport\" refines=\"#certifier\" href=\"{report}\"/>\n"
            ));
        }
    }
}

/// An identifier as a URI.
pub fn identifier(identifier: &str) -> String {
    let identifier = identifier.trim();
    let digits: String = identifier.chars().filter(|c| *c != '-' && *c != ' ').collect();
    let is_isbn = matches!(digits.len(), 10 | 13)
        && digits.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || (at == 9 && byte == b'X'));
    if is_isbn { format!("urn:isbn:{digits}") } else { identifier.to_owned() }
}

/// The book's language, well formed.
pub fn book_language(anthology: &Anthology) -> &str {
    language_tag::well_formed(&anthology.metadata.language).unwrap_or("und")
}

/// The book's language first, then what else its chapters are written in.
fn languages(anthology: &Anthology) -> Vec<String> {
    let mut languages = vec![book_language(anthology).to_owned()];
    for chapter in &anthology.chapters {
        if let Some(language) = language_tag::well_formed(&chapter.language)
            && !languages.iter().any(|known| known.eq_ignore_ascii_case(language))
        {
            languages.push(language.to_owned());
        }
    }
    languages
}

/// The beginning of a day, month or year.
pub fn midnight(date: Date) -> DateTime<Utc> {
    let month = u32::from(date.month.unwrap_or(1));
    let day = u32::from(date.day.unwrap_or(1));
    NaiveDate::from_ymd_opt(i32::from(date.year), month, day)
        .filter(|_| date.year >= 0)
        .map(|date| date.and_time(NaiveTime::MIN).and_utc())
        .unwrap_or(DateTime::UNIX_EPOCH)
}

fn says_something(text: &str) -> bool {
    !text.trim().is_empty()
}
