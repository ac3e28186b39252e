//! What the document says of itself: the information dictionary and the XMP packet, which must agree.

use lopdf::{Dictionary, Document, ObjectId, Stream, dictionary};

use super::Standards;
use super::objects::{bytes, text};
use crate::anthology::BookMetadata;
use crate::document::{Date, Person};

const CREATOR: &str = concat!("Garland ", env!("CARGO_PKG_VERSION"));
const PRODUCER: &str = "printpdf and lopdf";

/// The document information dictionary.
pub fn information(metadata: &BookMetadata) -> Dictionary {
    let created = pdf_date(metadata.stamp());
    let mut information = dictionary! {
        "Title" => text(&full_title(metadata)),
        "Creator" => text(CREATOR),
        "Producer" => text(PRODUCER),
        "CreationDate" => bytes(&created),
        "ModDate" => bytes(&created),
    };
    let names: Vec<&str> = creators(metadata).iter().map(|person| person.name.as_str()).collect();
    if !names.is_empty() {
        information.set("Author", text(&names.join(", ")));
    }
    if let Some(description) = &metadata.description {
        information.set("Subject", text(description));
    }
    if !metadata.subjects.is_empty() {
        information.set("Keywords", text(&subjects(metadata).join(", ")));
    }
    information
}

/// Adds the XMP packet, which says what the document keeps to.
pub fn add_packet(document: &mut Document, metadata: &BookMetadata, claims: Standards) -> ObjectId {
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Archives want to read it without inflating it.
    let stream = Stream::new(dictionary, packet(metadata, claims).into_bytes()).with_compression(false);
    document.add_object(stream)
}

fn packet(metadata: &BookMetadata, claims: Standards) -> String {
    let date = xmp_date(metadata.stamp());
    let creators: Vec<&str> = creators(metadata).iter().map(|person| person.name.as_str()).collect();
    let others = metadata.contributors.iter().map(|hand| hand.person.name.as_str());
    let others: Vec<&str> = others.filter(|name| !creators.contains(name)).collect();
    let subjects = subjects(metadata);

    let mut packet = Packet::default();
    packet.alternative("dc:title", Some(&full_title(metadata)));
    packet.list("dc:creator", "Seq", &creators);
    packet.list("dc:contributor", "Bag", &others);
    packet.alternative("dc:description", metadata.description.as_deref());
    packet.list("dc:subject", "Bag", &subjects);
    packet.list("dc:publisher", "Bag", metadata.publisher.as_deref().as_slice());
    packet.alternative("dc:rights", metadata.rights.as_deref());
    packet.list("dc:language", "Bag", &[&metadata.language]);
    let stated = metadata.date.map(|date| date.to_string());
    packet.list("dc:date", "Seq", stated.as_deref().as_slice());
    packet.simple("dc:identifier", &metadata.print_identifier);
    packet.simple("dc:format", "application/pdf");
    packet.simple("xmp:CreateDate", &date);
    packet.simple("xmp:ModifyDate", &date);
    packet.simple("xmp:MetadataDate", &date);
    packet.simple("xmp:CreatorTool", CREATOR);
    packet.simple("pdf:Producer", PRODUCER);
    if !subjects.is_empty() {
        packet.simple("pdf:Keywords", &subjects.join(", "));
    }
    if claims.accessible {
        packet.simple("pdfuaid:part", "1");
    }
    if claims.archival {
        packet.simple("pdfaid:part", "2");
        packet.simple("pdfaid:conformance", "A");
    }
    if claims.accessible && claims.archival {
        packet.properties.push_str(EXTENSION_SCHEMA);
    }
    packet.finish()
}

/// PDF/A knows only the schemas of 2004 and wants all others described; this is PDF/UA's.
const EXTENSION_SCHEMA: &str = "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the document keeps to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

/// An XMP packet while it is written.
#[derive(Default)]
struct Packet {
    properties: String,
}

impl Packet {
    fn simple(&mut self, name: &str, value: &str) {
        self.properties.push_str(&format!("<{name}>{}</{name}>\n", escape(value)));
    }

    /// A property in alternative languages, of which there is one.
    fn alternative(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            let value = escape(value);
            self.properties.push_str(&format!(
                "<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>\n"
            ));
        }
    }

    fn list(&mut self, name: &str, container: &str, values: &[&str]) {
        if values.is_empty() {
            return;
        }
        let items: String =
            values.iter().map(|value| format!("<rdf:li>{}</rdf:li>", escape(value))).collect();
        self.properties.push_str(&format!("<{name}><rdf:{container}>{items}</rdf:{container}></{name}>\n"));
    }

    fn finish(self) -> String {
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
             xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
             xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
             xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
             xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
             xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
             {}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
            self.properties
        )
    }
}

/// Those whose book it is: its editors, or its authors when it names no editor.
fn creators(metadata: &BookMetadata) -> Vec<&Person> {
    let editors: Vec<&Person> = metadata.editors().collect();
    if editors.is_empty() { metadata.authors.iter().collect() } else { editors }
}

fn subjects(metadata: &BookMetadata) -> Vec<&str> {
    metadata.subjects.iter().map(|subject| subject.name.as_str()).collect()
}

fn full_title(metadata: &BookMetadata) -> String {
    match &metadata.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", metadata.title),
        None => metadata.title.clone(),
    }
}

/// Text as XML has it, without the characters that XML forbids.
fn escape(value: &str) -> String {
    let allowed = |character: &char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let value: String = value.chars().filter(allowed).collect();
    quick_xml::escape::escape(value.as_str()).into_owned()
}

/// Year, month and day, with the first for what is not known.
fn full_date(date: Date) -> (i16, u8, u8) {
    (date.year.clamp(0, 9999), date.month.unwrap_or(1), date.day.unwrap_or(1))
}

fn pdf_date(date: Date) -> String {
    let (year, month, day) = full_date(date);
    format!("D:{year:04}{month:02}{day:02}000000Z")
}

fn xmp_date(date: Date) -> String {
    let (year, month, day) = full_date(date);
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}
