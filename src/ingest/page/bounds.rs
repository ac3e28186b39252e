//! Keeps a tag from having more attributes than can be compared with each other.

use std::borrow::Cow;

/// No author's tag has more.
const LIMIT: usize = 500;

/// Blanks the attributes of every tag past the limit. Nothing else changes, and no byte moves.
pub fn limit_attributes(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut blanked = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == b'<')) {
        at += step + 1;
        if text[at..].starts_with("!--") {
            at = text[at..].find("-->").map_or(bytes.len(), |end| at + end);
            continue;
        }
        if !bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
            continue;
        }
        let start = at;
        let (end, surplus) = tag_end(bytes, at);
        blanked.extend(surplus.map(|first| (first, end)));
        at = end;
        for raw in ["script", "style"] {
            let is_raw =
                text.get(start..start + raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw));
            if is_raw {
                at = raw_end(bytes, at, raw);
            }
        }
    }
    if blanked.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = bytes.to_vec();
    for (start, end) in blanked {
        for byte in bytes.iter_mut().take(end).skip(start).filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Where the tag that starts at `at` ends, and where its surplus attributes begin.
fn tag_end(bytes: &[u8], at: usize) -> (usize, Option<usize>) {
    let mut at = at;
    let mut count = 0;
    let mut surplus = None;
    let mut in_name = true;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return (at, surplus),
            b'"' | b'\'' if after_equals => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                at = rest.iter().position(|&next| next == byte).map_or(bytes.len(), |end| at + 1 + end);
                (in_name, after_equals) = (false, false);
            }
            b'=' => (in_name, after_equals) = (true, true),
            _ if byte.is_ascii_whitespace() || byte == b'/' => {
                in_name = in_name && after_equals;
            }
            _ => {
                after_equals = false;
                if !in_name {
                    in_name = true;
                    count += 1;
                    if count > LIMIT {
                        surplus = surplus.or(Some(at));
                    }
                }
            }
        }
        at += 1;
    }
    (bytes.len(), surplus)
}

/// Where an element ends whose content is not markup.
fn raw_end(bytes: &[u8], at: usize, name: &str) -> usize {
    let mut from = at;
    while let Some(step) = bytes.get(from..).and_then(|rest| rest.iter().position(|&byte| byte == b'<')) {
        from += step + 1;
        let end = bytes.get(from + 1..from + 1 + name.len());
        if bytes.get(from) == Some(&b'/') && end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        {
            return from;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::limit_attributes;

    #[test]
    fn tags_of_authors_stay_as_they_are() {
        let page = "<p class=\"a b\" title='x > y'>One<br/>two</p><script>if (a<b) {}</script><!-- <a b -->";
        assert_eq!(limit_attributes(page), page);
    }

    #[test]
    fn tags_without_end_are_cut() {
        let names: String = (0..2000).map(|index| format!(" a{index}=\"1 2\"")).collect();
        let page = format!("<p{names}>Text</p>");
        let limited = limit_attributes(&page);
        assert_eq!(limited.len(), page.len());
        assert!(limited.contains("a499=") && !limited.contains("a500="));
        assert!(limited.ends_with(">Text</p>"));
    }
}
