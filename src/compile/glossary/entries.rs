//! Reading the entries of a glossary section, in every form that authors give them.

use unicode_normalization::char::is_combining_mark;

use crate::document::{Block, Definition, Inline, List, Parsed, Table, Target, plain_text};
use crate::term_list::{Columns, ListedTerm};

use super::spellings::Name;

/// Longest term, in words; what is longer is a sentence with a colon.
const LONGEST_TERM: usize = 10;

/// What a section says of a term.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: Name,
    pub(super) aliases: Vec<String>,
    pub(super) see: Vec<String>,
    pub(super) see_also: Vec<String>,
    pub(super) definition: Vec<Block<Parsed>>,
}

/// An entry that a subheading opens: the heading, its name, and what stands below.
type Opened = (Block<Parsed>, String, Vec<Block<Parsed>>);

/// Reads sections.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) entries: Vec<Entry>,
    /// Headings and lead-ins over entries, which the book's glossary does without.
    pub(super) signposts: Vec<String>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Reader::default()
    }

    /// Reads a section's entries and returns what is none.
    pub(super) fn read(&mut self, section: Vec<Block<Parsed>>) -> Vec<Block<Parsed>> {
        let mut rest = Vec::new();
        // The entry that a subheading opens, until the next one.
        let mut open: Option<Opened> = None;
        for block in section {
            if let Block::Heading { content, .. } = &block {
                self.close(open.take(), &mut rest);
                let name = written_name(content);
                open = Some((block, name, Vec::new()));
            } else if let Some((_, _, definition)) = &mut open {
                definition.push(block);
            } else {
                rest.extend(self.block(block));
            }
        }
        self.close(open, &mut rest);
        rest
    }

    /// Ends a subheading's entry. `A` over a list of terms is no entry but a signpost.
    fn close(&mut self, open: Option<Opened>, rest: &mut Vec<Block<Parsed>>) {
        let Some((heading, name, definition)) = open else { return };
        let defines = match definition.first() {
            // Over several entries stands what they have in common.
            Some(Block::Paragraph(content)) => {
                let all = definition.iter().all(|block| match block {
                    Block::Paragraph(content) => split(content.clone()).is_ok_and(|(_, it)| !it.is_empty()),
                    _ => false,
                });
                !(plain_text(content).trim().is_empty() || all && definition.len() > 1)
            }
            Some(Block::Quote(_)) => true,
            _ => false,
        };
        let is_letter = clean_name(&name).chars().count() <= 1;
        if defines && !is_letter {
            self.push(&name, definition);
            return;
        }
        let before = self.entries.len();
        let remaining: Vec<_> = definition.into_iter().flat_map(|block| self.block(block)).collect();
        // A heading whose entries all left has nothing to head.
        let is_signpost = self.entries.len() > before && remaining.is_empty();
        if is_signpost {
            self.signposts.push(name);
        } else if !is_letter || !remaining.is_empty() {
            rest.push(heading);
        }
        rest.extend(remaining);
    }

    /// Reads the entries of one block; returns the block, or what of it is no entry.
    fn block(&mut self, block: Block<Parsed>) -> Option<Block<Parsed>> {
        match block {
            Block::List(List { start, numerals, tight, items }) => {
                let items: Vec<_> = items.into_iter().filter_map(|item| self.item(item)).collect();
                (!items.is_empty()).then_some(Block::List(List { start, numerals, tight, items }))
            }
            Block::DefinitionList(definitions) => {
                self.definitions(definitions);
                None
            }
            Block::Quote(content) => {
                let rest: Vec<_> = content.into_iter().flat_map(|block| self.block(block)).collect();
                (!rest.is_empty()).then_some(Block::Quote(rest))
            }
            Block::Callout { kind, title, body } => {
                let before = self.entries.len();
                let body: Vec<_> = body.into_iter().flat_map(|block| self.block(block)).collect();
                if self.entries.len() > before && body.is_empty() {
                    self.signposts.push(plain_text(&title));
                    return None;
                }
                Some(Block::Callout { kind, title, body })
            }
            Block::Table(table) => self.table(table).map(Block::Table),
            Block::Paragraph(content) => match split(content) {
                Ok((name, definition)) if !definition.is_empty() => {
                    self.push(&name, vec![Block::Paragraph(definition)]);
                    None
                }
                Ok((name, _)) => Some(Block::Paragraph(vec![Inline::Text(name)])),
                Err(content) => Some(Block::Paragraph(content)),
            },
            other => Some(other),
        }
    }

    fn item(&mut self, mut item: Vec<Block<Parsed>>) -> Option<Vec<Block<Parsed>>> {
        if !matches!(item.first(), Some(Block::Paragraph(_))) {
            return Some(item);
        }
        let Block::Paragraph(content) = item.remove(0) else { return Some(item) };
        match split(content) {
            Ok((name, definition)) if definition.is_empty() && item.is_empty() => {
                Some(vec![Block::Paragraph(vec![Inline::Text(name)])])
            }
            Ok((name, definition)) => {
                if !definition.is_empty() {
                    item.insert(0, Block::Paragraph(definition));
                }
                self.push(&name, item);
                None
            }
            Err(content) => {
                item.insert(0, Block::Paragraph(content));
                Some(item)
            }
        }
    }

    /// A list of definitions. Terms in a row share what follows them; the first is the headword.
    fn definitions(&mut self, definitions: Vec<Definition<Parsed>>) {
        let mut names: Vec<String> = Vec::new();
        for Definition { term, descriptions } in definitions {
            names.push(written_name(&term));
            let definition: Vec<Block<Parsed>> = descriptions.into_iter().flatten().collect();
            if definition.is_empty() {
                continue;
            }
            let mut names = names.drain(..);
            let before = self.entries.len();
            self.push(&names.next().unwrap_or_default(), definition);
            if let Some(entry) = self.entries.get_mut(before) {
                entry.aliases.extend(names.map(|name| clean_name(&name)));
            }
        }
        self.signposts.append(&mut names);
    }

    /// A table of terms and what they mean; its header says which column has what, or there are two.
    fn table(&mut self, table: Table<Parsed>) -> Option<Table<Parsed>> {
        let header: Vec<String> = table.header.iter().map(|cell| plain_text(cell)).collect();
        let columns = Columns::read(header.iter().map(String::as_str));
        let Some(columns) = columns else {
            if table.alignments.len() != 2 {
                return Some(table);
            }
            for row in table.rows {
                let mut cells = row.into_iter();
                if let (Some(term), Some(definition)) = (cells.next(), cells.next()) {
                    self.push(&written_name(&term), vec![Block::Paragraph(definition)]);
                }
            }
            return None;
        };
        for row in table.rows {
            let texts: Vec<String> = row.iter().map(|cell| written_name(cell)).collect();
            let ListedTerm { name, aliases, see, see_also, .. } =
                columns.term(texts.iter().map(String::as_str));
            let definition = columns.definition().and_then(|at| row.into_iter().nth(at)).unwrap_or_default();
            let definition =
                if definition.is_empty() { Vec::new() } else { vec![Block::Paragraph(definition)] };
            let before = self.entries.len();
            self.push(&name, definition);
            if let Some(entry) = self.entries.get_mut(before) {
                (entry.aliases, entry.see, entry.see_also) = (aliases, see, see_also);
            }
        }
        None
    }

    fn push(&mut self, written: &str, definition: Vec<Block<Parsed>>) {
        let name = clean_name(written);
        if name.is_empty() {
            return;
        }
        self.signposts.extend(counter(written).map(str::to_owned));
        let name = Name::read(&name);
        let nothing = Vec::new();
        self.entries.push(Entry {
            name,
            aliases: nothing.clone(),
            see: nothing.clone(),
            see_also: nothing,
            definition,
        });
    }
}

type Content = Vec<Inline<Parsed>>;

/// Splits `Term: definition`, `**Term** definition` or `Term — definition`; gives the content back
/// when it is nothing of the kind.
fn split(content: Content) -> Result<(String, Content), Content> {
    let lead = content.iter().position(|inline| match inline {
        Inline::Text(text) => text.contains(char::is_alphanumeric),
        Inline::LineBreak => false,
        _ => true,
    });
    match lead.and_then(|at| Some((at, content.get(at)?))) {
        Some((at, Inline::Strong(name))) => split_after(at, written_name(name), content),
        Some((
            at,
            marked @ (Inline::Emphasis(_) | Inline::Highlight(_) | Inline::Code(_) | Inline::Link { .. }),
        )) => {
            let name = plain_text(std::slice::from_ref(marked));
            let next = content.get(at + 1);
            let delimited = name.trim_end().ends_with([':', '：'])
                || matches!(next, Some(Inline::Text(text)) if text.trim_start().starts_with([':', '：', '—', '–', '=', '→']));
            if delimited { split_after(at, name, content) } else { Err(content) }
        }
        Some((at, Inline::Text(text))) => match delimiter(text) {
            Some((before, after)) => {
                let name = text[..before].to_owned();
                let definition = text[after..].trim_start().to_owned();
                if !is_term(&name) {
                    return Err(content);
                }
                let mut rest: Content = content.into_iter().skip(at + 1).collect();
                if !definition.is_empty() {
                    rest.insert(0, Inline::Text(definition));
                }
                Ok((name, rest))
            }
            None => Err(content),
        },
        _ => Err(content),
    }
}

/// The name is the inline at `at`; the definition is what follows.
fn split_after(at: usize, name: String, content: Content) -> Result<(String, Content), Content> {
    if !is_term(&name) {
        return Err(content);
    }
    let mut rest: Content = content.into_iter().skip(at + 1).collect();
    let mut emptied = false;
    if let Some(Inline::Text(first)) = rest.first_mut() {
        let definition = first.trim_start().trim_start_matches([':', '：', '—', '–', '=', '→']);
        let definition = definition.strip_prefix("- ").unwrap_or(definition);
        *first = definition.trim_start().to_owned();
        emptied = first.is_empty();
    }
    if emptied {
        rest.remove(0);
    }
    Ok((name, rest))
}

/// The first mark that parts a term from its definition: where it starts and where it ends. Brackets hold none:
/// `AI (short: artificial intelligence): …`.
fn delimiter(text: &str) -> Option<(usize, usize)> {
    let closes = match (text.find('('), text.find(')')) {
        (Some(open), Some(close)) if open < close => close,
        _ => 0,
    };
    let first = first_mark(text, 0)?;
    if text.find('(').is_some_and(|open| open < first.0) && first.0 < closes {
        return first_mark(text, closes);
    }
    Some(first)
}

fn first_mark(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    mark_in(rest).map(|(start, end)| (from + start, from + end))
}

fn mark_in(text: &str) -> Option<(usize, usize)> {
    let colon = text
        .match_indices(':')
        .map(|(at, mark)| (at, at + mark.len()))
        .find(|(_, end)| text[*end..].chars().next().is_none_or(char::is_whitespace));
    let dash = [" — ", " – ", " - ", "—", "：", " = ", " → ", " :: "]
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, mark.len())));
    let dash = dash.map(|(at, length)| (at, at + length)).min();
    colon.into_iter().chain(dash).min()
}

/// The name that a term's text gives, without the marks of notes and citations in it.
fn written_name(content: &[Inline<Parsed>]) -> String {
    let mut name = String::new();
    push_name(content, &mut name);
    name
}

fn push_name(content: &[Inline<Parsed>], name: &mut String) {
    let is_mark = |inline: &Inline<Parsed>| match inline {
        Inline::Link { to, .. } => !matches!(to.target, Target::Address(_) | Target::Wikilink { .. }),
        _ => false,
    };
    for inline in content.iter().filter(|inline| !is_mark(inline)) {
        match inline {
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Superscript(content) => {
                push_name(content, name);
            }
            other => name.push_str(&plain_text(std::slice::from_ref(other))),
        }
    }
}

/// A name without bullets, emoji, numbers and quotation marks around it.
fn clean_name(written: &str) -> String {
    let (_, name) = split_counter(written);
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let name = name.trim_end_matches(|c: char| {
        !c.is_alphanumeric() && !is_combining_mark(c) && !matches!(c, ')' | ']' | '+' | '#' | '!' | '?' | '%')
    });
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number that counts an entry, which the book's glossary does without.
fn counter(written: &str) -> Option<&str> {
    Some(split_counter(written).0).filter(|number| !number.is_empty())
}

/// The number that counts entries and what follows it: `3. Model`, `3) Model`, a keycap's `3️⃣ Model`.
fn split_counter(written: &str) -> (&str, &str) {
    let name = written.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &name[..name.len() - rest.len()];
    if number.is_empty() {
        return ("", name);
    }
    let counted = rest.strip_prefix(['.', ')']).filter(|rest| rest.starts_with(char::is_whitespace));
    let keycap = rest.trim_start_matches(['\u{FE0F}', '\u{20E3}']);
    let after = counted.or((keycap.len() < rest.len()).then_some(keycap));
    match after.filter(|after| after.contains(char::is_alphanumeric)) {
        Some(after) => (number, after),
        None => ("", name),
    }
}

fn is_term(written: &str) -> bool {
    let name = clean_name(written);
    !name.is_empty() && name.split(' ').count() <= LONGEST_TERM && !name.contains(". ")
}
