//! What a piece of HTML says, as lines that can be compared.
//!
//! The same on both sides, and so left out of the comparison:
//!
//! - white space: a run of it is a space outside listings, and nothing at the ends of a block; an inline
//!   code's is kept, a listing's too, save for the line end that closes it;
//! - the attributes `title`, `id`, `class`, `alt`'s white space, and a picture's address;
//! - the level of headings: below a chapter's title they start at the second and skip none;
//! - a picture alone in its paragraph, which is a figure, with the title as its caption;
//! - `b`, `i`, `del` and `strike` for `strong`, `em` and `s`, which the book prefers;
//! - elements of raw HTML that a book has no word for: their text stays, as a paragraph where it stands
//!   alone; comments, declarations, scripts and styles are gone;
//! - where a link's address differs only in how it is escaped.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use url::Url;

use super::on_the_web;

/// What the specification expects.
pub fn of_specification(html: &str) -> String {
    read(html)
}

/// What stands in a chapter's document, below the title.
pub fn of_chapter(xhtml: &str) -> String {
    let (_, after) = xhtml.split_once("</header>").expect("a chapter has a header");
    let (body, _) = after.rsplit_once("</section>").expect("a chapter is a section");
    read(body)
}

fn read(html: &str) -> String {
    let tokenizer = Tokenizer::new(Reader(RefCell::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Reader(RefCell<Meaning>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut meaning = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let is_raw = tag.kind == TagKind::StartTag && matches!(&*tag.name, "script" | "style");
                meaning.tag(&tag);
                if is_raw {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
            }
            Token::CharacterTokens(text) => meaning.text(&text),
            Token::NullCharacterToken => meaning.text("\u{FFFD}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements that stand in the comparison and hold blocks.
const CONTAINERS: [&str; 4] = ["blockquote", "ul", "ol", "li"];
/// Likewise, holding text.
const TEXT_BLOCKS: [&str; 3] = ["p", "heading", "pre"];
const INLINES: [&str; 8] = ["em", "strong", "s", "a", "code", "sup", "sub", "mark"];
/// Blocks that the book has no word for, or another one.
const PASSED_OVER: [&str; 22] = [
    "div", "section", "article", "header", "footer", "main", "aside", "nav", "center", "details", "summary",
    "table", "thead", "tbody", "tr", "td", "th", "caption", "form", "address", "dl", "iframe",
];

#[derive(Default)]
struct Meaning {
    events: Vec<String>,
    /// Names of the elements that are open.
    open: Vec<String>,
    /// Headings as written that enclose the current place.
    headings: Vec<u8>,
    text: String,
    /// How many elements are open whose text is not read.
    hidden: usize,
}

impl Meaning {
    fn tag(&mut self, tag: &Tag) {
        let attribute =
            |name: &str| tag.attrs.iter().find(|it| &*it.name.local == name).map(|it| it.value.to_string());
        let name = match &*tag.name {
            "b" => "strong",
            "i" => "em",
            "del" | "strike" => "s",
            "figure" => "p",
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
            other => other,
        };
        let is_start = tag.kind == TagKind::StartTag;
        if matches!(name, "script" | "style" | "figcaption") {
            self.hidden = if is_start { self.hidden + 1 } else { self.hidden.saturating_sub(1) };
            return;
        }
        match name {
            "br" if is_start => {
                self.flush(true);
                self.events.push("br".to_owned());
            }
            "hr" if is_start => {
                self.end_paragraph();
                self.events.push("hr".to_owned());
            }
            "img" if is_start => {
                self.begin_inline();
                let alt = attribute("alt").unwrap_or_default();
                let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
                self.events.push(format!("img {alt:?}"));
            }
            "a" if is_start && attribute("href").is_none() => {}
            _ if CONTAINERS.contains(&name) || TEXT_BLOCKS.contains(&name) => {
                if is_start {
                    self.end_paragraph();
                    let detail = match name {
                        "heading" => self.rank(&tag.name),
                        "ol" => attribute("start").filter(|start| start != "1").unwrap_or_default(),
                        _ => String::new(),
                    };
                    self.open.push(name.to_owned());
                    self.events.push(format!("<{name} {detail}").trim_end().to_owned());
                } else {
                    self.close(name);
                }
            }
            _ if INLINES.contains(&name) => {
                if is_start {
                    self.begin_inline();
                    let address = attribute("href").map(|href| address(&href)).unwrap_or_default();
                    self.open.push(name.to_owned());
                    self.events.push(format!("<{name} {address}").trim_end().to_owned());
                } else {
                    self.close(name);
                }
            }
            _ if PASSED_OVER.contains(&name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        if !text.trim().is_empty() && !self.is_in_text() {
            self.begin_paragraph();
        }
        self.text.push_str(text);
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    /// Whether text may stand here without a paragraph around it.
    fn is_in_text(&self) -> bool {
        self.open.last().is_some_and(|last| {
            last == "li" || INLINES.contains(&last.as_str()) || TEXT_BLOCKS.contains(&last.as_str())
        })
    }

    fn begin_inline(&mut self) {
        if !self.is_in_text() {
            self.begin_paragraph();
        }
        self.flush(true);
    }

    fn begin_paragraph(&mut self) {
        self.text.clear();
        self.open.push("p".to_owned());
        self.events.push("<p".to_owned());
    }

    /// Ends the paragraph that is open; a block comes.
    fn end_paragraph(&mut self) {
        if self.is_open("p") {
            self.close("p");
        }
        self.flush(false);
    }

    fn close(&mut self, name: &str) {
        if !self.is_open(name) {
            return;
        }
        while let Some(open) = self.open.pop() {
            let is_block = !INLINES.contains(&open.as_str());
            self.open.push(open.clone());
            self.flush(!is_block);
            self.open.pop();
            self.events.push(format!(">{open}"));
            if open == name {
                return;
            }
        }
    }

    /// Adds the text that was read; `goes_on` if the block does.
    fn flush(&mut self, goes_on: bool) {
        let text = std::mem::take(&mut self.text);
        if self.is_open("pre") {
            if !text.is_empty() {
                self.events.push(format!("{text:?}"));
            }
            return;
        }
        if self.is_open("code") {
            let text = text.replace('\n', " ");
            if !text.is_empty() {
                self.events.push(format!("{text:?}"));
            }
            return;
        }
        let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let follows_inline = self.events.last().is_some_and(|last| {
            last.starts_with('"')
                || last.starts_with("img")
                || INLINES.iter().any(|name| {
                    last.strip_prefix(['<', '>']).is_some_and(|rest| rest.split(' ').next() == Some(name))
                })
        });
        if text.starts_with(char::is_whitespace) && follows_inline {
            words.insert(0, ' ');
        }
        if text.ends_with(char::is_whitespace) && goes_on && !words.ends_with(' ') {
            words.push(' ');
        }
        if !goes_on {
            words.truncate(words.trim_end().len());
        }
        if !words.is_empty() {
            self.events.push(format!("{words:?}"));
        }
    }

    /// A heading's rank below the chapter's title.
    fn rank(&mut self, name: &str) -> String {
        let level = name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
        while self.headings.last().is_some_and(|&above| above >= level) {
            self.headings.pop();
        }
        self.headings.push(level);
        (self.headings.len() + 1).min(6).to_string()
    }

    fn finish(mut self) -> String {
        self.end_paragraph();
        while let Some(open) = self.open.last().cloned() {
            self.close(&open);
        }
        self.flush(false);
        self.events.join("\n").replace("\\n\"\n>code\n>pre", "\"\n>code\n>pre")
    }
}

/// An address that is the same however it is escaped.
fn address(href: &str) -> String {
    let address = on_the_web(href);
    let decoded = Url::parse(&address).map_or(address, String::from);
    let mut bytes = Vec::new();
    let mut rest = decoded.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
