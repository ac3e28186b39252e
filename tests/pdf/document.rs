//! Reads a PDF back.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId};

pub struct Pdf {
    pub bytes: Vec<u8>,
    document: Document,
}

impl Pdf {
    pub fn read(bytes: Vec<u8>) -> Self {
        let document = Document::load_mem(&bytes).unwrap();
        Pdf { bytes, document }
    }

    pub fn identifier(&self) -> Vec<u8> {
        self.document.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
    }

    fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).unwrap().1
    }

    fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dictionary.get(key.as_bytes()).ok().map(|object| self.resolve(object))
    }

    fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    fn page_number(&self, page: ObjectId) -> usize {
        self.document.page_iter().position(|id| id == page).unwrap() + 1
    }

    fn destination(&self, object: &Object) -> String {
        let page = self.resolve(object).as_array().unwrap()[0].as_reference().unwrap();
        format!("page {}", self.page_number(page))
    }

    /// The structure tree, one element a line.
    pub fn structure(&self) -> String {
        let root = self.dictionary(self.catalog(), "StructTreeRoot").unwrap();
        let mut out = String::new();
        self.write_element(self.dictionary(root, "K").unwrap(), 0, &mut out);
        out
    }

    fn write_element(&self, element: &Dictionary, depth: usize, out: &mut String) {
        let name = element.get(b"S").unwrap().as_name().unwrap();
        write!(out, "{}{}", "  ".repeat(depth), String::from_utf8_lossy(name)).unwrap();
        for key in ["Lang", "Alt", "ID"] {
            if let Some(value) = self.get(element, key) {
                write!(out, " {key}={:?}", text(value)).unwrap();
            }
        }
        if let Some(attributes) = self.dictionary(element, "A") {
            for (key, value) in attributes.iter() {
                write!(out, " {}={value:?}", String::from_utf8_lossy(key)).unwrap();
            }
        }
        let kids = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        };
        let leaves: Vec<&str> = kids.iter().filter_map(|kid| self.leaf(kid)).collect();
        writeln!(
            out,
            "{}",
            if leaves.is_empty() { String::new() } else { format!(" ({})", leaves.join(", ")) }
        )
        .unwrap();
        for kid in &kids {
            if self.leaf(kid).is_none() {
                self.write_element(self.resolve(kid).as_dict().unwrap(), depth + 1, out);
            }
        }
    }

    fn leaf(&self, kid: &Object) -> Option<&'static str> {
        match self.resolve(kid) {
            Object::Integer(_) => Some("content"),
            Object::Dictionary(dictionary) => match dictionary.get(b"Type").unwrap().as_name().unwrap() {
                b"MCR" => Some("content elsewhere"),
                b"OBJR" => Some("annotation"),
                _ => None,
            },
            other => panic!("no kid: {other:?}"),
        }
    }

    pub fn outline(&self) -> String {
        let mut out = String::new();
        if let Some(root) = self.dictionary(self.catalog(), "Outlines") {
            self.write_entries(root, 0, &mut out);
        }
        out
    }

    fn write_entries(&self, parent: &Dictionary, depth: usize, out: &mut String) {
        let mut next = self.dictionary(parent, "First");
        while let Some(entry) = next {
            let title = text(self.get(entry, "Title").unwrap());
            let place = self.destination(entry.get(b"Dest").unwrap());
            writeln!(out, "{}{title} → {place}", "  ".repeat(depth)).unwrap();
            self.write_entries(entry, depth + 1, out);
            next = self.dictionary(entry, "Next");
        }
    }

    /// First page, style and first number of every range of pages.
    pub fn page_labels(&self) -> Vec<(i64, String, i64)> {
        let labels = self.dictionary(self.catalog(), "PageLabels").unwrap();
        let numbers = self.get(labels, "Nums").unwrap().as_array().unwrap();
        numbers
            .chunks(2)
            .map(|range| {
                let label = range[1].as_dict().unwrap();
                let style = label.get(b"S").unwrap().as_name().unwrap();
                let first = label.get(b"St").unwrap().as_i64().unwrap();
                (range[0].as_i64().unwrap(), String::from_utf8_lossy(style).into_owned(), first)
            })
            .collect()
    }

    pub fn links(&self) -> Vec<String> {
        let mut links = Vec::new();
        for (index, page) in self.document.page_iter().enumerate() {
            for annotation in self.document.get_page_annotations(page).unwrap() {
                let says = text(annotation.get(b"Contents").unwrap());
                let place = match annotation.get(b"Dest") {
                    Ok(destination) => self.destination(destination),
                    Err(_) => text(self.dictionary(annotation, "A").unwrap().get(b"URI").unwrap()),
                };
                links.push(format!("page {}: {says} → {place}", index + 1));
            }
        }
        links
    }

    pub fn information(&self, key: &str) -> String {
        text(self.get(self.dictionary(&self.document.trailer, "Info").unwrap(), key).unwrap())
    }

    pub fn metadata_packet(&self) -> String {
        let stream = self.get(self.catalog(), "Metadata").unwrap().as_stream().unwrap();
        String::from_utf8(stream.content.clone()).unwrap()
    }

    /// The colours of the one picture that is not a mask.
    pub fn picture(&self) -> String {
        let pictures = self.document.objects.values().filter_map(|object| object.as_stream().ok());
        let masks =
            |dictionary: &Dictionary| dictionary.get(b"SMask").ok().map(|mask| mask.as_reference().unwrap());
        let masks: Vec<ObjectId> = pictures.clone().filter_map(|picture| masks(&picture.dict)).collect();
        let mut colours = Vec::new();
        for (id, object) in &self.document.objects {
            let Ok(picture) = object.as_stream() else { continue };
            let Ok(space) = picture.dict.get(b"ColorSpace") else { continue };
            if masks.contains(id) {
                continue;
            }
            let mut colour = String::from_utf8_lossy(space.as_name().unwrap()).into_owned();
            for (key, meaning) in [("SMask", " masked"), ("Decode", " inverted")] {
                if picture.dict.has(key.as_bytes()) {
                    colour.push_str(meaning);
                }
            }
            colours.push(colour);
        }
        colours.concat()
    }

    /// The picture, or the form in its place, that pages name; of the sample there is one.
    pub fn picture_stream(&self) -> lopdf::Stream {
        let streams = self.document.objects.values();
        let named =
            streams.filter_map(|object| object.as_dict().ok()?.get(b"Picture0").ok()?.as_reference().ok());
        let inside = self.document.objects.values().filter_map(|object| {
            let resources = object.as_dict().ok()?.get(b"XObject").ok()?.as_dict().ok()?;
            resources.get(b"Picture0").ok()?.as_reference().ok()
        });
        let id = named.chain(inside).next().expect("pages name a picture");
        self.document.get_object(id).unwrap().as_stream().unwrap().clone()
    }

    /// What a reader gets from the glyphs, all pages together.
    pub fn text(&self) -> String {
        let pages: Vec<u32> = self.document.get_pages().into_keys().collect();
        self.document.extract_text(&pages).unwrap()
    }

    /// The texts that stand in for what the glyphs say.
    pub fn replacement_texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for page in self.document.page_iter() {
            let content = self.document.get_and_decode_page_content(page).unwrap();
            for operation in content.operations {
                if let Some(Object::Dictionary(properties)) = operation.operands.get(1)
                    && let Ok(replacement) = properties.get(b"ActualText")
                {
                    texts.push(text(replacement));
                }
            }
        }
        texts
    }
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}
