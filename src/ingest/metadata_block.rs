//! What an essay says about itself above its text, in every notation that writing tools have for it.
//!
//! | notation                                        | who writes it                                  |
//! |-------------------------------------------------|------------------------------------------------|
//! | YAML between `---` lines, closed by `...` too    | Jekyll, Hugo, Obsidian, Quarto, Pandoc         |
//! | TOML between `+++` lines                         | Hugo, Zola                                     |
//! | JSON in braces, or between `;;;` lines           | Hugo and other site generators                 |
//! | `% Title`, `% Authors`, `% Date`                 | Pandoc                                         |
//! | `Title: …` lines above the first empty line      | MultiMarkdown, e-mail                          |
//! | `#+TITLE: …` lines                               | Org                                            |
//!
//! Each becomes one tree of keys and values, and [`keys`] alone knows what the keys mean. Pandoc allows
//! further YAML blocks below; they fill the gaps that the first one leaves.

use super::sheet::{Sheet, shorten};
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Metadata;
use crate::ledger::{Change, Fate};
use crate::manuscript::Dialect;
use crate::yaml::{Node, Value};
use fences::Fenced;
use notations::Reading;

mod fences;
mod headers;
mod keys;
mod notations;
pub mod people;
mod repair;
mod title_block;

/// A block longer than this is an essay that starts with a rule.
const LINE_LIMIT: usize = 400;
/// Likewise in bytes: reading what somebody hid in a block must not take long.
const BYTE_LIMIT: usize = 256 << 10;
/// Characters of a line that a message shows.
const LONGEST_EXCERPT: usize = 400;
/// Further blocks that are looked at.
const MOST_BLOCKS: usize = 16;

/// What the blocks said, and which dialects are at home with such blocks.
#[derive(Debug, Default)]
pub struct Taken {
    pub metadata: Metadata,
    pub hints: Vec<Dialect>,
}

/// Takes the blocks off the sheet and reads them. Without any, the metadata are empty.
pub fn take(sheet: &mut Sheet) -> Taken {
    let mut gathered = keys::Gathered::new(&sheet.file);
    let mut hints = Vec::new();
    let Some(first) = sheet.lines.iter().position(|line| !line.trim().is_empty()) else {
        return Taken::default();
    };
    let mut below = first;
    if let Some(entries) = title_block::read(&sheet.lines, first) {
        hints.push(Dialect::Pandoc);
        gathered.read(&entries.root, &sheet.lines);
        blank(sheet, entries.first, entries.last);
        below = entries.last + 1;
    } else if let Some(entries) = headers::read(&sheet.lines, first) {
        hints.extend(entries.dialect);
        gathered.read(&entries.root, &sheet.lines);
        blank(sheet, entries.first, entries.last);
        return Taken { metadata: gathered.finish(sheet), hints };
    }
    if let Some(next) = sheet.lines.iter().skip(below).position(|line| !line.trim().is_empty())
        && let Some(block) = fences::find_on_top(&sheet.lines, below + next)
    {
        below = block.last + 1;
        take_fenced(&block, true, sheet, &mut gathered, &mut hints);
    }
    for _ in 0..MOST_BLOCKS {
        let Some(block) = fences::find_below(&sheet.lines, below) else { break };
        below = block.last + 1;
        take_fenced(&block, false, sheet, &mut gathered, &mut hints);
    }
    Taken { metadata: gathered.finish(sheet), hints }
}

/// Reads a block and takes it off the sheet, unless it turns out to be prose between two rules.
fn take_fenced(
    block: &Fenced,
    is_first: bool,
    sheet: &mut Sheet,
    gathered: &mut keys::Gathered,
    hints: &mut Vec<Dialect>,
) {
    let place = |line: u32, column: u32| {
        let line_of_file = sheet.lines.get((line as usize).saturating_sub(1));
        let excerpt = line_of_file.map(|text| shorten(text, LONGEST_EXCERPT));
        Place { excerpt, ..Place::column(&sheet.file, line, column) }
    };
    let size: usize = sheet.lines[block.first..=block.last].iter().map(String::len).sum();
    if size > BYTE_LIMIT {
        let at = place(block.first as u32 + 1, 1);
        sheet.diagnostics.push(
            Diagnostic::warning(
                "huge-metadata",
                "the metadata block is too large to be one; it stays in the text",
            )
            .at(at)
            .help("shorten it"),
        );
        return;
    }
    let (root, complaint) = match notations::read(block, &sheet.lines) {
        Reading::Sound(root) => (root, None),
        Reading::Repaired(root, problem) => {
            let message = format!(
                "the metadata block is not valid {}, but its lines could be told apart: {}",
                block.notation.name(),
                problem.message
            );
            let complaint = Diagnostic::warning("repaired-metadata", message)
                .at(place(problem.line, problem.column))
                .help(block.notation.help());
            (root, Some(complaint))
        }
        Reading::Broken(problem) => {
            let name = block.notation.name();
            let message = format!("the metadata block is not valid {name}: {}", problem.message);
            let complaint = Diagnostic::error(block.notation.broken_code(), message)
                .at(place(problem.line, problem.column))
                .help(block.notation.help());
            (Node { value: Value::Null, line: block.first as u32 + 1, column: 1 }, Some(complaint))
        }
    };
    if !is_first && (complaint.is_some() || !gathered.is_more_of_the_same(&root)) {
        return;
    }
    if complaint.is_none() && keys::is_prose(&root) {
        return;
    }
    let unclosed = block.is_unclosed.then(|| {
        Diagnostic::warning("unclosed-metadata", "the metadata block has no line that closes it")
            .at(place(block.first as u32 + 1, 1))
            .help("write `---` below its last line")
    });
    gathered.diagnostics.extend(complaint);
    gathered.diagnostics.extend(unclosed);
    gathered.read(&root, &sheet.lines);
    hints.extend(block.notation.dialect());
    hints.extend(keys::hints(&root));
    if block.is_closed_by_dots {
        hints.push(Dialect::Pandoc);
    }
    blank(sheet, block.first, block.last);
}

/// Empties the block's lines; the words in them are elsewhere now.
fn blank(sheet: &mut Sheet, first: usize, last: usize) {
    let Some(lines) = sheet.lines.get_mut(first..=last) else { return };
    let text = lines.join("\n");
    lines.iter_mut().for_each(String::clear);
    sheet.changes.push(Change {
        fate: Fate::Moved,
        rule: "metadata",
        reason: "the metadata block".to_owned(),
        lines: (first as u32 + 1, last as u32 + 1),
        text,
    });
}
