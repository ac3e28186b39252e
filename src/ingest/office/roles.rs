//! What styles are for, by their names.

use super::Role;

/// What a style makes of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    Role(Role),
    /// An entry of a table of contents or an index, or the title of one.
    Directory,
}

/// Lower case, without spaces and hyphens; a name's aliases after a comma are left out.
pub fn squeeze(name: &str) -> String {
    let name = name.split(',').next().unwrap_or_default();
    name.to_lowercase().chars().filter(|next| !matches!(next, ' ' | '-' | '_')).collect()
}

/// Whether a character style of this name is for code.
pub fn is_code(name: &str) -> bool {
    matches!(
        name,
        "htmlcode"
            | "htmlcodechar"
            | "htmltypewriter"
            | "htmlkeyboard"
            | "htmlsample"
            | "sourcetext"
            | "verbatimchar"
            | "inlinecode"
            | "teletype"
            | "codechar"
            | "code"
    )
}

/// What a style of this name is for. Word writes its own styles' names in English in every language;
/// ids are local.
pub fn meaning(name: &str) -> Option<Meaning> {
    const HEADINGS: [&str; 14] = [
        "heading",
        "überschrift",
        "berschrift",
        "titre",
        "titolo",
        "título",
        "ttulo",
        "kop",
        "rubrik",
        "overskrift",
        "nagłówek",
        "nagwek",
        "nadpis",
        "заголовок",
    ];
    let (stem, digits) = name.split_at(name.trim_end_matches(|next: char| next.is_ascii_digit()).len());
    let number: Option<u8> = digits.parse().ok();
    if let Some(level @ 1..=9) = number
        && HEADINGS.contains(&stem)
    {
        return Some(Meaning::Role(Role::Heading(level)));
    }
    if number.is_some() && matches!(stem, "toc" | "contents" | "index" | "illustrationindex" | "userindex") {
        return Some(Meaning::Directory);
    }
    let role = match name {
        "tocheading" | "contentsheading" | "indexheading" | "tableoffigures" | "tableofauthorities" => {
            return Some(Meaning::Directory);
        }
        "title" => Role::Title,
        "subtitle" => Role::Subtitle,
        "author" | "authors" => Role::Author,
        "date" => Role::Date,
        "quote" | "intensequote" | "blocktext" | "blockquote" | "blockquotation" | "quotations"
        | "quotation" | "epigraph" => Role::Quote,
        "verse" | "poem" | "poetry" => Role::Verse,
        "htmlpreformatted" | "sourcecode" | "code" | "codeblock" | "preformatted" | "preformattedtext" => {
            Role::Code
        }
        "definitionterm" | "definitiontermtight" => Role::Term,
        "definition" | "definitiondefinition" | "definitiondefinitiontight" => Role::Definition,
        "listparagraph" | "listcontinue" => Role::Continuation { level: 8 },
        _ if name.ends_with("caption") => Role::Caption,
        _ if stem == "listcontinue" => Role::Continuation { level: number?.saturating_sub(1) },
        _ => return None,
    };
    Some(Meaning::Role(role))
}
