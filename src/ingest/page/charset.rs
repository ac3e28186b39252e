//! The encoding that a page names itself.

use encoding_rs::{Encoding, UTF_8};

/// The encoding that a page's own declaration names, where its bytes are not UTF-8 and the declaration can
/// be true.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const REACH: usize = 2048;
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = String::from_utf8_lossy(bytes.get(..REACH).unwrap_or(bytes)).to_ascii_lowercase();
    let metas = head.split("<meta").skip(1).map(|meta| meta.split('>').next().unwrap_or_default());
    let from_meta = metas.filter_map(|meta| value_after(meta, "charset")).next();
    let from_xml =
        head.strip_prefix("<?xml").and_then(|rest| value_after(rest.split('>').next()?, "encoding"));
    let encoding = Encoding::for_label(from_meta.or(from_xml)?.as_bytes())?;
    // What says it is UTF-8 or UTF-16 and is not, is something else.
    (encoding != UTF_8 && encoding.output_encoding() == encoding).then_some(encoding)
}

fn value_after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    rest.split(|next: char| next.is_whitespace() || "\"';/>?".contains(next)).next()
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn pages_are_believed_where_they_can_be_right() {
        let page = |charset: &str| [format!("<meta charset={charset}>").as_bytes(), b"\xC4\xE9"].concat();
        assert_eq!(declared(&page("windows-1257")).map(|encoding| encoding.name()), Some("windows-1257"));
        assert_eq!(declared(&page("\"iso-8859-1\"")).map(|encoding| encoding.name()), Some("windows-1252"));
        assert_eq!(declared(&page("utf-8")), None);
        assert_eq!(declared(b"<meta charset=windows-1257>plain"), None);
    }
}
