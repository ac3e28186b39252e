//! Essay HTML on the sheet: cleaned by what a reader sees of its lines.
//!
//! The rules that clean text look at lines. So the sheet holds the lines without their tags while they are
//! at work; what they empty is emptied in the HTML, too.

use super::sheet::Sheet;

/// The lines of the HTML, and what the sheet held for each before it was cleaned.
pub struct EssayHtml {
    lines: Vec<String>,
    shown: Vec<String>,
}

impl EssayHtml {
    /// Puts what a reader sees of the HTML on the sheet, in the place of the file's lines. Lines whose tags
    /// have their partners elsewhere are kept from every rule.
    pub fn lay_out(html: &str, sheet: &mut Sheet) -> Self {
        let lines: Vec<String> = html.split('\n').map(str::to_owned).collect();
        let shown: Vec<String> = lines.iter().map(|line| shown(line)).collect();
        for (number, line) in lines.iter().enumerate().filter(|(_, line)| !is_whole(line)) {
            if !line.is_empty() {
                let number = number as u32 + 1;
                sheet.keep.lines.push((number, number));
            }
        }
        sheet.lines.clone_from(&shown);
        EssayHtml { lines, shown }
    }

    /// The text for the parser, and the one that it was before cleaning: where a line was taken out, that
    /// is the line as its reader saw it, as the changes have it.
    pub fn take_back(self, sheet: &Sheet) -> (String, String) {
        let (mut text, mut original) = (String::new(), String::new());
        for (number, (line, shown)) in self.lines.iter().zip(&self.shown).enumerate() {
            if number > 0 {
                text.push('\n');
                original.push('\n');
            }
            let is_emptied = sheet.lines.get(number).is_some_and(|now| now.trim().is_empty());
            if is_emptied && !shown.trim().is_empty() {
                original.push_str(shown);
            } else {
                text.push_str(line);
                original.push_str(line);
            }
        }
        (text, original)
    }
}

/// Whether every tag of a line has its partner in it.
fn is_whole(line: &str) -> bool {
    let closing = line.matches("</").count();
    let alone = line.matches("<br>").count() + line.matches("<hr>").count() + line.matches("<img ").count();
    line.matches('<').count() == 2 * closing + alone && line.starts_with('<')
}

/// A line without its tags; headings and items keep a mark of what they are.
fn shown(line: &str) -> String {
    let level = line.strip_prefix("<h").and_then(|rest| rest.bytes().next()).filter(u8::is_ascii_digit);
    let mark = match level {
        Some(level) => format!("{} ", "#".repeat(usize::from(level - b'0'))),
        None if line.starts_with("<li>") => "- ".to_owned(),
        None => String::new(),
    };
    mark + &without_tags(line)
}

/// The text of essay HTML, where no `<` or `>` stands but in tags.
pub fn without_tags(html: &str) -> String {
    let mut pieces = html.split('<');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(piece.split_once('>').map_or("", |(_, shown)| shown));
    }
    html_escape::decode_html_entities(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::EssayHtml;
    use crate::ingest::sheet::Sheet;

    #[test]
    fn emptied_lines_go_with_their_tags() {
        let html = "<h2>One &amp; two</h2>\n<p>Leave a <em>comment</em></p>\n<ul><li>stays";
        let mut sheet = Sheet::new("page.html", "as\nit\nwas");
        let essay = EssayHtml::lay_out(html, &mut sheet);
        assert_eq!(sheet.lines, ["## One & two", "Leave a comment", "stays"]);
        assert!(sheet.remove(1, "removed-furniture", "page furniture"));
        assert!(!sheet.remove(2, "removed-furniture", "page furniture"));
        let (text, original) = essay.take_back(&sheet);
        assert_eq!(text, "<h2>One &amp; two</h2>\n\n<ul><li>stays");
        assert_eq!(original, "<h2>One &amp; two</h2>\nLeave a comment\n<ul><li>stays");
    }
}
