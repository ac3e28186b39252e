//! Numbers of pages, volumes and other parts of works.

use super::concepts::Concepts;
use super::tokens::Kind;
use super::view::View;
use super::{Label, Locator};

/// Pages as written, ranges with an en dash.
#[derive(Debug, Clone)]
pub(super) struct Pages {
    pub(super) text: String,
    pub(super) next: usize,
    /// More than a reader would turn to: a whole article.
    pub(super) is_long: bool,
}

/// A locator shows one place; a longer range is the extent of an article.
const LONGEST_LOCATOR: u32 = 4;

pub(super) fn is_roman(raw: &str) -> bool {
    let small = raw.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c'));
    let large = raw.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'M' | b'D'));
    !raw.is_empty() && raw.len() <= 8 && (small || large)
}

/// One number: `12`, `12a`, `xiv`, `E19`, `9.410`, `12:40`, `X.27.38`, `1.pref.9`.
fn item(view: View, at: usize) -> Option<usize> {
    let raw = view.raw(at);
    let chain = |mut next: usize| {
        while next < at + 9
            && matches!(view.kind(next), Kind::Mark('.' | ':'))
            && !view.is_spaced(next)
            && !view.is_spaced(next + 1)
        {
            let is_name = view.kind(next + 1) == Kind::Word
                && view.is(next, '.')
                && view.is(next + 2, '.')
                && !view.is_spaced(next + 3)
                && matches!(view.kind(next + 3), Kind::Number | Kind::Mixed);
            if !is_name && !matches!(view.kind(next + 1), Kind::Number | Kind::Mixed) {
                break;
            }
            next += 2;
        }
        next
    };
    match view.kind(at) {
        Kind::Number | Kind::Mixed => Some(chain(at + 1)),
        Kind::Word
            if is_roman(raw)
                && view.is(at + 1, '.')
                && !view.is_spaced(at + 2)
                && view.kind(at + 2) == Kind::Number =>
        {
            Some(chain(at + 1))
        }
        // `A-1362`
        Kind::Word
            if raw.len() == 1
                && view.is(at + 1, '-')
                && !view.is_spaced(at + 1)
                && view.kind(at + 2) == Kind::Number =>
        {
            None
        }
        Kind::Word => {
            let has_digit = raw.bytes().any(|b| b.is_ascii_digit());
            let is_coded =
                has_digit && raw.len() <= 10 && raw.chars().take_while(|c| c.is_alphabetic()).count() <= 2;
            (is_coded || is_roman(raw) && !view.is(at + 1, '\'')).then_some(at + 1)
        }
        _ => None,
    }
}

/// The number of a volume or issue: `12`, `XII`, `4/5`, `12-13`, `12A`, `Suppl 1`.
pub(super) fn numeral(view: View, at: usize) -> Option<usize> {
    let is_number = |at: usize| match view.kind(at) {
        Kind::Number | Kind::Mixed => view.raw(at).len() <= 6,
        Kind::Word => is_roman(view.raw(at)),
        _ => false,
    };
    if !is_number(at) {
        return None;
    }
    let mut next = at + 1;
    // `I.2`
    if view.kind(at) == Kind::Word
        && view.is(next, '.')
        && !view.is_spaced(next + 1)
        && view.number(next + 1).is_some()
    {
        return Some(next + 2);
    }
    while matches!(view.kind(next), Kind::Mark('/' | '-' | '–'))
        && is_number(next + 1)
        && next < at + 6
        && !view.is_spaced(next + 1)
    {
        next += 2;
    }
    Some(next)
}

/// Pages and lists of them: `12–34`, `4, 11`, `E19`, `14 ff.`
pub(super) fn pages(view: View, at: usize) -> Option<Pages> {
    let mut text = String::new();
    let mut next = at;
    let mut is_long = false;
    let mut count = 0;
    loop {
        let end = item(view, next)?;
        text.push_str(&view.text(next, end));
        let first = view.number(next);
        next = end;
        if matches!(view.kind(next), Kind::Mark('–' | '-' | '—'))
            && let Some(end) = item(view, next + 1).or_else(|| letter(view, next))
        {
            text.push('–');
            text.push_str(&view.text(next + 1, end));
            is_long |= span(first, view.raw(next + 1)).is_some_and(|span| span > LONGEST_LOCATOR);
            next = end;
        }
        next = following(view, next, &mut text);
        count += 1;
        let is_and = view.has(next, Concepts::AND) && !view.is_capital(next);
        let joint = if view.is(next, ',') || is_and && !view.is(next + 1, '.') {
            next + 1
        } else if is_and && view.raw(next).len() == 1 {
            next + 2
        } else {
            break;
        };
        let is_year = view.number(joint).is_some_and(|number| number >= 1000);
        let ends = |at: usize| {
            matches!(view.kind(at), Kind::Mark(',' | '.' | ';' | '–' | '-') | Kind::Close(_) | Kind::End)
                || view.has(at, Concepts::AND)
                || matches!(view.raw(at), "f" | "ff" | "passim")
        };
        let is_item = matches!(view.kind(joint), Kind::Number | Kind::Mixed)
            && !is_year
            && item(view, joint).is_some_and(ends);
        if !is_item || count >= 12 || super::dates::read(view, joint).is_some() {
            break;
        }
        let spaced = view.is_spaced(joint);
        if !view.is(next, ',') {
            text.push(' ');
        }
        text.push_str(&view.text(next, joint));
        if view.is(next, ',') {
            text.push(',');
        }
        if spaced {
            text.push(' ');
        }
        next = joint;
    }
    Some(Pages { text, next, is_long })
}

/// The `d` of `516c–d`.
fn letter(view: View, dash: usize) -> Option<usize> {
    let is_letter = view.kind(dash.wrapping_sub(1)) == Kind::Mixed
        && matches!(view.raw(dash + 1), "a" | "b" | "c" | "d" | "e");
    is_letter.then_some(dash + 2)
}

fn span(first: Option<u32>, last: &str) -> Option<u32> {
    let first = first?;
    let digits: u32 = last.parse().ok()?;
    // `225–48` is short for 225–248.
    let scale = 10u32.checked_pow(u32::try_from(last.len()).ok()?)?;
    let last = if digits < first { first - first % scale + digits } else { digits };
    Some(last.saturating_sub(first) + 1)
}

/// `f.`, `ff.`, `sq.`, `e.v.` after a page.
fn following(view: View, at: usize, text: &mut String) -> usize {
    let is_following = matches!(
        view.raw(at),
        "f" | "ff" | "vv" | "sq" | "sqq" | "et" | "n" | "nn" | "passim" | "sgg" | "ss" | "y"
    ) && view.kind(at) == Kind::Word;
    let glued = at.checked_sub(1).is_some_and(|last| {
        view.kind(last) == Kind::Mixed && (view.raw(last).ends_with('f')) && view.is(at, '.')
    });
    if glued {
        text.push('.');
        return at + 1;
    }
    if view.folded(at) == "e" && view.is(at + 1, '.') && view.folded(at + 2) == "v" {
        text.push_str(" e.v.");
        return if view.is(at + 3, '.') { at + 4 } else { at + 3 };
    }
    // `et suiv.`, `i n.`, `y ss.`
    let is_rest = matches!(
        view.folded(at + 1),
        "suiv" | "n" | "nn" | "nast" | "ss" | "sig" | "sigs" | "segg" | "sgg" | "seg" | "f" | "ff" | "sqq"
    );
    if view.has(at, Concepts::AND) && is_rest && !view.is_capital(at + 1) {
        let next = if view.is(at + 2, '.') { at + 3 } else { at + 2 };
        text.push(' ');
        text.push_str(&view.text(at, next));
        return next;
    }
    if !is_following || matches!(view.raw(at), "et" | "y" | "n" | "nn") {
        return at;
    }
    let next = if view.is(at + 1, '.') && view.raw(at) != "passim" { at + 2 } else { at + 1 };
    text.push(' ');
    text.push_str(&view.text(at, next));
    next
}

/// `p. 12`, `25頁`: pages with their term.
pub(super) fn paged(view: View, at: usize) -> Option<Pages> {
    // `s 149` is a section, `s. 149` a page.
    if view.raw(at) == "s" && !view.is(at + 1, '.') {
        return None;
    }
    let is_term =
        |at: usize| view.has(at, Concepts::PAGE) && (view.raw(at).len() > 1 || !view.is(at + 1, ','));
    if is_term(at)
        && let Some(next) = view.term(at, Concepts::PAGE)
    {
        return pages(view, next);
    }
    if view.raw(at) == "第" {
        return paged(view, at + 1);
    }
    let found = pages(view, at)?;
    if matches!(view.raw(found.next), "頁" | "页" | "ページ" | "쪽" | "p" | "с")
        && view.number(at).is_some()
        && !view.is_spaced(found.next)
    {
        return Some(Pages { next: found.next + 1, ..found });
    }
    None
}

/// A division with its term: `chap. 4`, `§ 43`, `bk. 2, ch. 6`.
pub(super) fn division(view: View, at: usize) -> Option<(Locator, usize)> {
    let label = label(view, at)?;
    let start = view.term(at, Concepts::DIVISION).unwrap_or(at + 1);
    let first = pages(view, start)?;
    let mut text = first.text;
    let next = further(view, first.next, &mut text);
    Some((Locator { label, value: text }, next))
}

/// `, ch. 6`, `, Anm. 4`, `, n. 3`, `, q. 94, a. 2` after a first place: the places within it.
pub(super) fn further(view: View, at: usize, text: &mut String) -> usize {
    let mut next = at;
    for _ in 0..4 {
        let joint = if view.is(next, ',') { next + 1 } else { next };
        let is_term = label(view, joint).is_some() || view.has(joint, Concepts::PAGE);
        let is_note = view.has(joint, Concepts::NOTE)
            && (view.is(joint + 1, '.') || view.raw(joint).len() > 2)
            && !view.is_capital(joint)
            || view.has(joint, Concepts::NOTE) && view.raw(joint).len() > 2;
        // `q. 94`: whatever the letter stands for.
        let is_letter = view.raw(joint).len() == 1
            && view.kind(joint) == Kind::Word
            && !view.is_capital(joint)
            && view.is(joint + 1, '.')
            && joint > next;
        let after = match () {
            () if is_term => view.term(joint, Concepts::DIVISION | Concepts::PAGE),
            () if is_note => view.term(joint, Concepts::NOTE),
            () if is_letter => Some(joint + 2),
            () => (view.kind(joint) == Kind::Mixed && joint > next).then_some(joint),
        };
        let Some(more) = after.and_then(|after| pages(view, after)) else { break };
        text.push_str(", ");
        text.push_str(&view.text(joint, more.next));
        next = more.next;
    }
    next
}

fn label(view: View, at: usize) -> Option<Label> {
    if !view.has(at, Concepts::DIVISION) && view.folded(at) != "s" {
        return None;
    }
    Some(match view.folded(at) {
        "ch" | "chap" | "chaps" | "chs" | "chapter" | "chapters" | "kap" | "kapitel" | "chapitre" | "cap"
        | "capítulo" | "capitolo" | "hoofdstuk" | "hfst" | "rozdz" | "rozd" | "rozdział" | "kapitola"
        | "bölüm" | "luku" | "fejezet" | "гл" | "глава" => Label::Chapter,
        "sec" | "secs" | "sect" | "section" | "sections" | "§" | "§§" | "abschnitt" | "abs" | "sekce" => {
            Label::Section
        }
        "s" if view.number(at + 1).is_some() && !view.is_capital(at) => Label::Section,
        "para" | "paras" | "par" | "paragraph" | "paragraphs" | "¶" | "rn" | "rz" | "randnr" | "rdnr" => {
            Label::Paragraph
        }
        "col" | "cols" | "column" | "spalte" => Label::Column,
        "fol" | "fols" | "folio" | "f" => Label::Folio,
        "l" | "ll" | "line" | "lines" | "zeile" => Label::Line,
        "bk" | "book" | "lib" | "livre" | "libro" | "livro" | "buch" => Label::Book,
        "part" | "pt" => Label::Part,
        "fig" | "figure" | "abb" | "table" | "tab" | "plate" | "pl" | "map" => Label::Figure,
        "art" | "arts" | "article" | "articles" => Label::Article,
        "act" => Label::Act,
        "verse" | "vv" => Label::Verse,
        "min" => Label::Timestamp,
        "loc" | "location" => Label::Location,
        _ => return None,
    })
}

/// A number that says by its form what it counts: `514a–520a`, `9.410–16`, `5:3–10`, `12:40`.
pub(super) fn formed(view: View, at: usize) -> Option<(Locator, usize)> {
    let found = pages(view, at)?;
    let is_roman_book = found.text.split_once('.').is_some_and(|(book, _)| is_roman(book));
    if is_roman_book || found.text.split('.').count() > 2 {
        return Some((Locator { label: Label::Book, value: found.text }, found.next));
    }
    // `I-II, q. 94, a. 2`
    let mut text = found.text.clone();
    let end = further(view, found.next, &mut text);
    if end > found.next {
        let is_page = view.kind(at) == Kind::Number;
        let label = if is_page { Label::Page } else { Label::Section };
        return Some((Locator { label, value: text }, end));
    }
    let mut parts = found.text.split(['.', ':', '–']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next()?;
    let label = if found.text.contains(':') {
        let seconds = found.text.rsplit(':').next()?;
        let is_time = seconds.len() == 2 && digits(seconds) && digits(first) && !found.text.contains('–');
        if is_time { Label::Timestamp } else { Label::Verse }
    } else if found.text.contains('.') && digits(first) {
        Label::Line
    } else if is_stephanus(first) {
        Label::Section
    } else {
        Label::Page
    };
    Some((Locator { label, value: found.text.clone() }, found.next))
}

/// `514a`, `1106b36`
fn is_stephanus(text: &str) -> bool {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(number..).unwrap_or_default();
    (1..=4).contains(&number)
        && rest.starts_with(|c: char| ('a'..='e').contains(&c))
        && rest.get(1..).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}
