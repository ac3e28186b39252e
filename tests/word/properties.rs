//! No word is lost: what stands in a document stands in the HTML or in a change.

use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};

use super::{Document, read};

/// A piece of a paragraph, with a number in place of each word.
#[derive(Debug, Clone)]
enum Piece {
    Text {
        format: usize,
    },
    Inserted,
    Deleted,
    Moved,
    Hidden,
    Linked,
    Field {
        instruction: usize,
    },
    Note,
    Comment,
    Box,
    Formula,
    Tab,
    /// A field that begins in a link and ends after it.
    Crossed,
}

#[derive(Debug, Clone)]
enum Block {
    Paragraph { style: usize, list: Option<(u8, u8)>, pieces: Vec<Piece> },
    Table(Vec<Vec<Vec<Piece>>>),
    Control(Vec<Piece>),
}

const FORMATS: [&str; 8] = [
    "",
    "<w:b/>",
    "<w:b/><w:i/>",
    "<w:i/><w:strike/>",
    "<w:vertAlign w:val=\"superscript\"/>",
    "<w:rFonts w:ascii=\"Consolas\"/>",
    "<w:smallCaps/><w:highlight w:val=\"yellow\"/>",
    "<w:lang w:val=\"fr-FR\"/>",
];
const STYLES: [&str; 10] = [
    "Standard",
    "berschrift1",
    "Kapitel",
    "Zitat",
    "HTMLVorformatiert",
    "Beschriftung",
    "Listenabsatz",
    "Titel",
    "Untertitel",
    "Vorspann",
];
const INSTRUCTIONS: [&str; 6] = [
    "HYPERLINK &quot;https://example.org&quot;",
    "TOC \\o",
    "PAGE",
    "SEQ Figure",
    "REF mark \\h",
    "IF 1 = 1",
];

const MARKUP: [&str; 34] = [
    "<w:p>",
    "<w:r>",
    "<w:t>",
    "text",
    "<w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "<w:pPr>",
    "<w:rPr>",
    "<w:b/>",
    "<w:pStyle w:val=\"Titel\"/>",
    "<w:pStyle w:val=\"Zitat\"/>",
    "<w:numPr><w:ilvl w:val=\"9\"/><w:numId w:val=\"2\"/></w:numPr>",
    "<w:ins>",
    "<w:del>",
    "<w:moveFrom>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:instrText>TOC</w:instrText>",
    "<w:hyperlink w:anchor=\"a\">",
    "<w:bookmarkStart w:name=\"a\"/>",
    "<w:footnoteReference w:id=\"1\"/>",
    "<w:sdt>",
    "<w:sdtContent>",
    "<mc:AlternateContent>",
    "<mc:Choice>",
    "<w:drawing>",
    "<w:txbxContent>",
    "<a:blip r:embed=\"picture\"/>",
    "<m:oMathPara>",
    "<m:oMath>",
    "<m:f>",
    "<w:br/>",
];

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        4 => (0..FORMATS.len()).prop_map(|format| Piece::Text { format }),
        1 => Just(Piece::Inserted),
        1 => Just(Piece::Deleted),
        1 => Just(Piece::Moved),
        1 => Just(Piece::Hidden),
        1 => Just(Piece::Linked),
        1 => (0..INSTRUCTIONS.len()).prop_map(|instruction| Piece::Field { instruction }),
        1 => Just(Piece::Note),
        1 => Just(Piece::Comment),
        1 => Just(Piece::Box),
        1 => Just(Piece::Formula),
        1 => Just(Piece::Tab),
        1 => Just(Piece::Crossed),
    ]
}

fn block() -> impl Strategy<Value = Block> {
    let pieces = || prop::collection::vec(piece(), 0..5);
    prop_oneof![
        6 => (0..STYLES.len(), prop::option::of((1u8..5, 0u8..3)), pieces())
            .prop_map(|(style, list, pieces)| Block::Paragraph { style, list, pieces }),
        1 => prop::collection::vec(prop::collection::vec(pieces(), 0..4), 0..4).prop_map(Block::Table),
        1 => pieces().prop_map(Block::Control),
    ]
}

/// Writes a document, and counts the words that it puts into it.
#[derive(Default)]
struct Author {
    words: usize,
    body: String,
    footnotes: String,
    comments: String,
}

impl Author {
    fn word(&mut self) -> String {
        self.words += 1;
        format!(" word{} ", self.words)
    }

    fn run(&mut self, format: &str) -> String {
        let word = self.word();
        format!("<w:r><w:rPr>{format}</w:rPr><w:t xml:space=\"preserve\">{word}</w:t></w:r>")
    }

    fn piece(&mut self, piece: &Piece) -> String {
        let id = self.words + 1;
        match piece {
            Piece::Text { format } => self.run(FORMATS[*format]),
            Piece::Inserted => format!("<w:ins w:author=\"A\">{}</w:ins>", self.run("")),
            Piece::Deleted => {
                let word = self.word();
                format!("<w:del w:author=\"A\"><w:r><w:delText>{word}</w:delText></w:r></w:del>")
            }
            Piece::Moved => format!("<w:moveFrom>{}</w:moveFrom>", self.run("")),
            Piece::Hidden => self.run("<w:vanish/>"),
            Piece::Linked => format!("<w:hyperlink w:anchor=\"mark\">{}</w:hyperlink>", self.run("")),
            Piece::Field { instruction } => {
                let character = |kind| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
                format!(
                    "{}<w:r><w:instrText>{}</w:instrText></w:r>{}{}{}",
                    character("begin"),
                    INSTRUCTIONS[*instruction],
                    character("separate"),
                    self.run("<w:b/>"),
                    character("end")
                )
            }
            Piece::Note => {
                let run = self.run("");
                self.footnotes.push_str(&format!("<w:footnote w:id=\"{id}\"><w:p>{run}</w:p></w:footnote>"));
                format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>")
            }
            Piece::Comment => {
                let run = self.run("");
                self.comments.push_str(&format!(
                    "<w:comment w:id=\"{id}\" w:author=\"A\"><w:p>{run}</w:p></w:comment>"
                ));
                format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>")
            }
            Piece::Box => {
                let run = self.run("");
                let text = format!("<w:txbxContent><w:p>{run}</w:p></w:txbxContent>");
                format!(
                    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{text}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{text}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                )
            }
            Piece::Formula => {
                let (top, bottom) = (self.word(), self.word());
                format!(
                    "<m:oMath><m:f><m:num><m:r><m:t>{top}</m:t></m:r></m:num><m:den><m:r><m:t>{bottom}</m:t></m:r></m:den></m:f></m:oMath>"
                )
            }
            Piece::Crossed => {
                let (inside, outside) = (self.run(""), self.run(""));
                format!(
                    "<w:hyperlink w:anchor=\"a\"><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType=\"separate\"/></w:r>{inside}</w:hyperlink>{outside}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
                )
            }
            Piece::Tab => "<w:r><w:tab/><w:br/></w:r>".to_owned(),
        }
    }

    fn paragraph(&mut self, properties: &str, pieces: &[Piece]) -> String {
        let inside: String = pieces.iter().map(|piece| self.piece(piece)).collect();
        format!("<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>")
    }

    fn block(&mut self, block: &Block) {
        let written = match block {
            Block::Paragraph { style, list, pieces } => {
                let numbering = list
                    .map(|(list, level)| {
                        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")
                    })
                    .unwrap_or_default();
                self.paragraph(&format!("<w:pStyle w:val=\"{}\"/>{numbering}", STYLES[*style]), pieces)
            }
            Block::Table(rows) => {
                let mut table = "<w:tbl>".to_owned();
                for row in rows {
                    table.push_str("<w:tr>");
                    for cell in row {
                        table.push_str(&format!("<w:tc>{}</w:tc>", self.paragraph("", cell)));
                    }
                    table.push_str("</w:tr>");
                }
                table + "</w:tbl>"
            }
            Block::Control(pieces) => {
                format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", self.paragraph("", pieces))
            }
        };
        self.body.push_str(&written);
    }
}

/// How often each word stands in a text.
fn count(text: &str, words: usize) -> Vec<usize> {
    let mut counts = vec![0; words];
    for (at, _) in text.match_indices("word") {
        let digits: String = text[at + 4..].chars().take_while(char::is_ascii_digit).collect();
        if let Some(count) = digits.parse::<usize>().ok().and_then(|number| counts.get_mut(number - 1)) {
            *count += 1;
        }
    }
    counts
}

proptest! {
    #[test]
    fn every_word_is_in_the_html_or_in_a_change(blocks in prop::collection::vec(block(), 0..8)) {
        let mut author = Author::default();
        blocks.iter().for_each(|block| author.block(block));
        let document = Document::new(&author.body)
            .part("footnotes", &author.footnotes)
            .part("comments", &author.comments);
        let (converted, diagnostics) = read(&document.bytes());
        let converted = converted.expect("a document");
        proptest::prop_assert!(!diagnostics.has_errors());
        let changes: Vec<&str> = converted.changes.iter().map(|change| change.text.as_str()).collect();
        let all = format!("{} {}", converted.html, changes.join(" "));
        proptest::prop_assert_eq!(count(&all, author.words), vec![1; author.words], "{}", all);
        let lines = converted.html.lines().count() as u32;
        for change in &converted.changes {
            proptest::prop_assert!((1..=lines + 1).contains(&change.lines.0));
        }
    }

    /// Pieces of markup in any order, closed or not, are read or refused.
    #[test]
    fn no_markup_is_too_strange(pieces in prop::collection::vec(0..MARKUP.len(), 0..40), close in proptest::bool::ANY) {
        let mut body = String::new();
        let mut open: Vec<&str> = Vec::new();
        for piece in pieces {
            let markup = MARKUP[piece];
            body.push_str(markup);
            if markup.starts_with('<') && !markup.contains("/>") && !markup.contains("</") {
                open.push(markup[1..].split([' ', '>']).next().unwrap_or_default());
            }
        }
        if close {
            open.iter().rev().for_each(|name| body.push_str(&format!("</{name}>")));
        }
        let document = Document::new(&body).part("footnotes", &format!("<w:footnote w:id=\"1\">{body}</w:footnote>"));
        let (converted, diagnostics) = read(&document.bytes());
        proptest::prop_assert_eq!(converted.is_some(), !diagnostics.has_errors());
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(proptest::num::u8::ANY, 0..400)) {
        read(&bytes);
    }
}
