//! A tree as indented text, one line for each block.

use std::fmt::Write;

use garland::document::{
    Block, Document, IndexMark, IndexMeaning, Inline, NoteKind, Parsed, Point, Shown, Target, Written,
};

/// Shows metadata, body and notes.
pub fn document(document: &Document) -> String {
    let mut out = String::new();
    let metadata = &document.metadata;
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.push_str(&format!("{name}: {value}\n"));
        }
    };
    let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
    field("title", metadata.title.clone());
    field("subtitle", metadata.subtitle.clone());
    field("authors", Some(names.join("; ")));
    field("date", metadata.date.map(|date| date.to_string()));
    field("language", metadata.language.clone());
    field("rights", metadata.rights.clone());
    field("source", metadata.source.clone());
    field("description", metadata.description.clone());
    field("keywords", Some(metadata.keywords.join("; ")));
    field("aliases", Some(metadata.aliases.join("; ")));
    field("draft", metadata.is_draft.then(|| "yes".to_owned()));
    field("video", metadata.video.clone());
    out.push('\n');
    blocks(&document.body, 0, &mut out);
    for note in &document.notes {
        let kind = match note.kind {
            NoteKind::Footnote => "footnote",
            NoteKind::Reference => "reference",
        };
        let _ = writeln!(out, "{kind} {}", note.label);
        blocks(&note.body, 1, &mut out);
    }
    out.push('\n');
    out
}

fn blocks(content: &[Block<Parsed>], depth: usize, out: &mut String) {
    for block in content {
        self::block(block, depth, out);
    }
}

fn block(block: &Block<Parsed>, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let _ = match block {
        Block::Heading { level, anchor, content, .. } => {
            let id = anchor.as_ref().map(|id| format!(" #{id}")).unwrap_or_default();
            writeln!(out, "{indent}h{level}{id} {}", line(content))
        }
        Block::Paragraph(content) => writeln!(out, "{indent}p {}", line(content)),
        Block::List(list) => {
            let start = list.start.map(|start| format!(" from {start}")).unwrap_or_default();
            let tight = if list.tight { " tight" } else { "" };
            let numerals = list.numerals.html_type().map(|kind| format!(" in {kind}")).unwrap_or_default();
            let _ = writeln!(out, "{indent}list{start}{numerals}{tight}");
            for item in &list.items {
                let _ = writeln!(out, "{indent}  -");
                blocks(item, depth + 2, out);
            }
            Ok(())
        }
        Block::DefinitionList(definitions) => {
            let _ = writeln!(out, "{indent}definitions");
            for definition in definitions {
                let _ = writeln!(out, "{indent}  term {}", line(&definition.term));
                for description in &definition.descriptions {
                    let _ = writeln!(out, "{indent}  :");
                    blocks(description, depth + 2, out);
                }
            }
            Ok(())
        }
        Block::Quote(inner) => {
            let _ = writeln!(out, "{indent}quote");
            blocks(inner, depth + 1, out);
            Ok(())
        }
        Block::Callout { kind, title, body } => {
            let _ = writeln!(out, "{indent}callout {kind}: {}", line(title));
            blocks(body, depth + 1, out);
            Ok(())
        }
        Block::Code { language, text } => {
            writeln!(out, "{indent}code {} {text:?}", language.as_deref().unwrap_or("-"))
        }
        Block::Math(tex) => writeln!(out, "{indent}math {tex:?}"),
        Block::Table(table) => {
            let _ = writeln!(out, "{indent}table {:?} {}", table.alignments, line(&table.caption));
            for (name, row) in
                std::iter::once(("header", &table.header)).chain(table.rows.iter().map(|row| ("row", row)))
            {
                let cells: Vec<String> = row.iter().map(|cell| line(cell)).collect();
                let _ = writeln!(out, "{indent}  {name} | {}", cells.join(" | "));
            }
            Ok(())
        }
        Block::Figure { picture, alt, caption } => {
            let shown = format!("{} alt={alt:?}{}", picture.picture.value, width(picture));
            writeln!(out, "{indent}figure {shown} caption={:?}", line(caption))
        }
        Block::Verse(lines) => {
            let _ = writeln!(out, "{indent}verse");
            for verse in lines {
                let _ = writeln!(out, "{indent}  {}", line(verse));
            }
            Ok(())
        }
        Block::Break => writeln!(out, "{indent}break"),
    };
}

/// How wide a picture is, where that is said.
fn width(picture: &Shown<Written<String>>) -> String {
    picture.width.map(|width| format!(" {width:?}")).unwrap_or_default()
}

fn line(content: &[Inline<Parsed>]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline<Parsed>) -> String {
    match inline {
        Inline::Text(text) => text.replace('\u{A0}', "⍽"),
        Inline::Code(code) => format!("‹code {code}›"),
        Inline::Math(tex) => format!("‹math {tex}›"),
        Inline::Emphasis(inner) => format!("‹em {}›", line(inner)),
        Inline::Strong(inner) => format!("‹strong {}›", line(inner)),
        Inline::Strikethrough(inner) => format!("‹del {}›", line(inner)),
        Inline::Highlight(inner) => format!("‹mark {}›", line(inner)),
        Inline::Superscript(inner) => format!("‹sup {}›", line(inner)),
        Inline::Subscript(inner) => format!("‹sub {}›", line(inner)),
        Inline::SmallCaps(inner) => format!("‹sc {}›", line(inner)),
        Inline::Ruby(inner) => format!("‹ruby {}›", line(inner)),
        Inline::Reading(inner) => format!("‹reading {}›", line(inner)),
        Inline::Foreign { language, content } => format!("‹lang={language} {}›", line(content)),
        Inline::Link { to, content } => format!("‹{} {}›", target(&to.target), line(content)),
        Inline::Image { picture, alt } => {
            format!("‹image {} alt={alt:?}{}›", picture.picture.value, width(picture))
        }
        Inline::LineBreak => "‹br›".to_owned(),
        Inline::Anchor(Point::Place(id)) => format!("‹#{id}›"),
        Inline::Anchor(Point::Index(mark)) => index_mark(&mark.value),
    }
}

fn index_mark(mark: &IndexMark) -> String {
    let mut shown = mark.path.iter().map(|heading| match &heading.sort {
        Some(sort) => format!("{sort}@{}", heading.text),
        None => heading.text.clone(),
    });
    let mut said = vec![shown.by_ref().collect::<Vec<_>>().join("!")];
    said.extend(mark.see.iter().map(|other| format!("see {other}")));
    said.extend(mark.see_also.iter().map(|other| format!("see also {other}")));
    if mark.meaning != IndexMeaning::Use {
        said.push(format!("{:?}", mark.meaning).to_lowercase());
    }
    format!("‹index {}›", said.join("; "))
}

fn target(target: &Target) -> String {
    match target {
        Target::Address(address) => format!("→{address}"),
        Target::Wikilink { page, heading } => match heading {
            Some(heading) => format!("wiki={page}#{heading}"),
            None => format!("wiki={page}"),
        },
        Target::Embed { page, heading } => match heading {
            Some(heading) => format!("embed={page}#{heading}"),
            None => format!("embed={page}"),
        },
        Target::Note(label) => format!("note={label}"),
        Target::Citation(keys) => {
            let keys: Vec<String> = keys
                .iter()
                .map(|cited| {
                    let prefix = cited.prefix.as_ref().map(|it| format!("({it})")).unwrap_or_default();
                    let locator = cited.locator.as_ref().map(|it| format!("@{it}")).unwrap_or_default();
                    let sign = if cited.is_named { "=" } else { "" };
                    format!("{prefix}{sign}{}{locator}", cited.key)
                })
                .collect();
            format!("cite={}", keys.join(";"))
        }
        Target::Timestamp(seconds) => format!("time={seconds}"),
    }
}
