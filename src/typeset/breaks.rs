//! Where a word may be broken at a line's end.

use icu_segmenter::LineSegmenterBorrowed;

use super::hyphenate::{Exceptions, hyphenation_points};
use super::word::BreakKind;

/// What decides where words are broken besides their text.
#[derive(Debug, Clone, Copy)]
pub struct BreakRules<'a> {
    pub opportunities: LineSegmenterBorrowed<'static>,
    pub exceptions: &'a Exceptions,
    /// For hyphenation; `None` for none.
    pub language: Option<[u8; 2]>,
    /// Code is never hyphenated, and broken at its punctuation where it is long.
    pub is_code: bool,
}

/// The bytes of a word where a line may end, in ascending order. `soft_hyphens` are those that the author
/// asks for, and the only ones then.
pub fn find_breaks(text: &str, soft_hyphens: &[usize], rules: BreakRules) -> Vec<(usize, BreakKind)> {
    const LONG: usize = 20;
    let mut breaks: Vec<(usize, BreakKind)> = Vec::new();
    if is_address(text) || rules.is_code && text.len() > LONG {
        breaks.extend(address_breaks(text).map(|byte| (byte, BreakKind::Address)));
        return breaks;
    }
    if text.bytes().any(|byte| !byte.is_ascii_alphanumeric()) {
        breaks.extend(opportunities(text, rules.opportunities));
    }
    if !soft_hyphens.is_empty() {
        breaks.extend(soft_hyphens.iter().map(|&byte| (byte, BreakKind::Hyphen)));
    } else if let Some(language) = rules.language.filter(|_| !rules.is_code) {
        let points = hyphenation_points(text, language, rules.exceptions);
        breaks.extend(points.into_iter().map(|byte| (byte, BreakKind::Hyphen)));
    }
    breaks.sort_by_key(|&(byte, _)| byte);
    breaks.dedup_by_key(|&mut (byte, _)| byte);
    breaks
}

/// The opportunities of Unicode Standard Annex 14 that look well: no line starts with a dash, and no
/// single letter is parted from what it is joined to.
fn opportunities(
    text: &str,
    segmenter: LineSegmenterBorrowed<'static>,
) -> impl Iterator<Item = (usize, BreakKind)> {
    let inside = segmenter.segment_str(text).filter(|&byte| 0 < byte && byte < text.len());
    inside.filter_map(|byte| {
        let (left, right) = (text.get(..byte)?, text.get(byte..)?);
        let (before, after) = (left.chars().next_back()?, right.chars().next()?);
        let is_hyphen = matches!(before, '-' | '\u{2010}');
        let single = || left.chars().nth(2).is_none() || right.chars().nth(1).is_none();
        if matches!(after, '–' | '—' | '…') || is_hyphen && single() {
            return None;
        }
        Some(match before {
            _ if is_hyphen => (byte, BreakKind::AfterHyphen),
            _ if is_ideographic(before) || is_ideographic(after) => (byte, BreakKind::Ideograph),
            _ => (byte, BreakKind::Opportunity),
        })
    })
}

/// Whether a character is as wide as it is high, and stands beside others without spaces.
fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let starts =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_doi = || text.starts_with("10.") && text.contains('/');
    let is_page = || {
        let host = text.split('/').next().filter(|host| host.len() < text.len());
        host.is_some_and(|host| host.is_ascii() && host.get(1..).is_some_and(|host| host.contains('.')))
    };
    let is_mailbox = || text.split_once('@').is_some_and(|(_, host)| host.contains('.'));
    text.contains("://") || starts("www.") || starts("doi:") || is_doi() || is_page() || is_mailbox()
}

/// Where an address may be broken without a hyphen: after the scheme and after slashes, before other
/// punctuation, as the Chicago Manual of Style has it (7.46).
fn address_breaks(text: &str) -> impl Iterator<Item = usize> {
    const FEWEST: usize = 2;
    let bytes = text.as_bytes();
    // The sentence's own marks at the end stay with the address.
    let end = text.trim_end_matches(|character: char| !character.is_alphanumeric() && character != '/').len();
    (FEWEST..end.saturating_sub(FEWEST - 1)).filter(move |&at| {
        let (before, after) = (bytes[at - 1], bytes[at]);
        let after_slash = before == b'/' && after != b'/';
        let is_mark =
            |byte: u8| byte.is_ascii_punctuation() && !matches!(byte, b'/' | b'(' | b'[' | b'<' | b'{');
        let before_mark = is_mark(after) && !is_mark(before) && !matches!(before, b'/' | b'(' | b'[');
        let is_scheme = after == b':' && bytes[at..].starts_with(b"://");
        text.is_char_boundary(at) && (after_slash || before_mark && !is_scheme && at > 3)
    })
}
