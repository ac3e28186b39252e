//! Dates as citations have them.

use super::concepts::Concepts;
use super::tokens::Kind;
use super::view::View;

/// A date, as precise as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Date {
    /// Negative before Christ: −399 is 399 BC.
    pub year: Option<i32>,
    /// 1–12.
    pub month: Option<u8>,
    /// 1–31.
    pub day: Option<u8>,
    /// The letter of `2011b`.
    pub letter: Option<char>,
    pub is_circa: bool,
    /// What stands for the year: `n.d.`, `in press`.
    pub words: Option<Words>,
}

/// What stands for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// `n.d.` in any language.
    Undated,
    /// As written: `in press`, `forthcoming`.
    Forthcoming(String),
}

/// A date at `at`, and what follows it.
pub(super) fn read(view: View, at: usize) -> Option<(Date, usize)> {
    if let Some(next) = view.term(at, Concepts::UNDATED)
        && (next > at + 1 || view.raw(at).len() <= 2)
        && is_undated(view, at, next)
    {
        return Some((Date { words: Some(Words::Undated), ..Date::default() }, next));
    }
    if let Some(next) = view.term(at, Concepts::FORTHCOMING) {
        let words = Some(Words::Forthcoming(view.text(at, next)));
        return Some((Date { words, ..Date::default() }, next));
    }
    iso(view, at)
        .or_else(|| numeric(view, at))
        .or_else(|| day_first(view, at))
        .or_else(|| month_first(view, at))
        .or_else(|| year_first(view, at))
}

/// `n.d.` has its stops, or stands alone; `sd` within a word's place is no date.
fn is_undated(view: View, at: usize, next: usize) -> bool {
    let has_stop = (at..next).any(|at| view.is(at, '.'));
    has_stop || matches!(view.kind(next), Kind::Close(_) | Kind::End | Kind::Mark(',' | ')' | ';'))
}

fn date(year: i32, month: Option<u8>, day: Option<u8>) -> Date {
    Date { year: Some(year), month, day, ..Date::default() }
}

/// A day of the month: `4`, `4th`, `1er`, `4.`
fn day(view: View, at: usize) -> Option<(u8, usize)> {
    let raw = view.raw(at);
    let day = match view.kind(at) {
        Kind::Number if raw.len() <= 2 => raw.parse().ok()?,
        Kind::Mixed => {
            let digits = raw.bytes().take_while(u8::is_ascii_digit).count();
            let ending = raw.get(digits..)?;
            if !matches!(ending, "st" | "nd" | "rd" | "th" | "er" | "º" | "ª") {
                return None;
            }
            raw.get(..digits)?.parse().ok()?
        }
        _ => return None,
    };
    if !(1..=31).contains(&day) {
        return None;
    }
    let next = if view.is(at + 1, '.') { at + 2 } else { at + 1 };
    Some((day, next))
}

/// The `–19` of `March 17–19`.
fn days_end(view: View, at: usize) -> usize {
    let is_range = matches!(view.kind(at), Kind::Mark('–' | '-')) && !view.is_spaced(at);
    if is_range { day(view, at + 1).map_or(at, |(_, next)| next) } else { at }
}

/// The name of a month, and what follows its stop; of `juillet-septembre` the first counts for nothing.
fn month(view: View, at: usize) -> Option<(u8, usize)> {
    let month = view.month(at)?;
    let next = if view.is(at + 1, '.') && view.raw(at).len() < 9 { at + 2 } else { at + 1 };
    Some((month, next))
}

/// A year that stands alone: four digits between 1000 and 2099, with a letter, or any before Christ.
pub(super) fn year(view: View, at: usize) -> Option<(Date, usize)> {
    if let Some(next) = view.term(at, Concepts::CIRCA)
        && let Some((date, next)) = bare_year(view, next)
        && !view.is_capital(at)
    {
        return Some((Date { is_circa: true, ..date }, next));
    }
    bare_year(view, at)
}

fn bare_year(view: View, at: usize) -> Option<(Date, usize)> {
    let raw = view.raw(at);
    if view.is_emphasised(at) {
        return None;
    }
    match view.kind(at) {
        Kind::Number => {
            if let Some(next) = view.term(at + 1, Concepts::BEFORE_CHRIST) {
                let year: i32 = raw.parse().ok().filter(|year| *year < 5000)?;
                return Some((date(-year, None, None), next));
            }
            if raw.len() != 4 {
                return None;
            }
            let year: i32 = raw.parse().ok().filter(|year| (1000..2100).contains(year))?;
            let mut next = at + 1;
            if matches!(view.raw(next), "年" | "년" | "г" | "р" | "r") {
                next += if view.is(next + 1, '.') { 2 } else { 1 };
            }
            Some((date(year, None, None), next))
        }
        Kind::Mixed if raw.len() == 5 => {
            let year: i32 = raw.get(..4)?.parse().ok().filter(|year| (1600..2100).contains(year))?;
            let letter = raw.chars().nth(4).filter(|c| ('a'..='k').contains(c))?;
            Some((Date { letter: Some(letter), ..date(year, None, None) }, at + 1))
        }
        // `c2015`: the year of the copyright.
        Kind::Word if raw.len() == 5 && raw.starts_with('c') => {
            let year: i32 = raw.get(1..)?.parse().ok().filter(|year| (1600..2100).contains(year))?;
            Some((date(year, None, None), at + 1))
        }
        Kind::Open('[') if view.mate(at) == Some(at + 2) => {
            let (date, _) = bare_year(view, at + 1)?;
            Some((date, at + 3))
        }
        _ => None,
    }
}

/// `2020-05-03`, `2020-05`.
fn iso(view: View, at: usize) -> Option<(Date, usize)> {
    let (found, next) = bare_year(view, at)?;
    let joint = view.kind(next);
    if !matches!(joint, Kind::Mark('-' | '.' | '/')) || view.is_spaced(next) || view.is_spaced(next + 1) {
        return None;
    }
    let month = view.number(next + 1).filter(|month| (1..=12).contains(month))?;
    if view.raw(next + 1).len() != 2 {
        return None;
    }
    let month = u8::try_from(month).ok()?;
    let year = found.year?;
    if view.kind(next + 2) == joint && !view.is_spaced(next + 2) {
        let (day, after) = (view.number(next + 3)?, next + 4);
        let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        return Some((date(year, Some(month), Some(day)), after));
    }
    // `1994-95` is two years.
    (joint == Kind::Mark('-') && view.raw(next + 1).starts_with('0'))
        .then(|| (date(year, Some(month), None), next + 2))
}

/// `3.5.2020`, `12-Jan-2020`, and `25/12/2020` where one of the numbers can only be the day.
fn numeric(view: View, at: usize) -> Option<(Date, usize)> {
    let first = u8::try_from(view.number(at)?).ok().filter(|first| (1..=31).contains(first))?;
    let joint = view.kind(at + 1);
    if !matches!(joint, Kind::Mark('.' | '/' | '-')) || view.kind(at + 3) != joint || view.raw(at).len() > 2 {
        return None;
    }
    // `14.07.22`
    let short = view.number(at + 4).filter(|year| *year < 50 && joint == Kind::Mark('.'));
    if let (Some(year), Some(month)) = (short, view.number(at + 2).and_then(|it| u8::try_from(it).ok()))
        && view.raw(at + 4).len() == 2
        && (1..=12).contains(&month)
    {
        return Some((date(2000 + i32::try_from(year).ok()?, Some(month), Some(first)), at + 5));
    }
    let (found, next) = bare_year(view, at + 4)?;
    let year = found.year?;
    if let Some(month) = view.month(at + 2) {
        return Some((date(year, Some(month), Some(first)), next));
    }
    let second = u8::try_from(view.number(at + 2)?).ok().filter(|second| (1..=31).contains(second))?;
    match (first, second) {
        (day, month) if joint != Kind::Mark('/') || day > 12 => {
            (month <= 12).then(|| (date(year, Some(month), Some(day)), next))
        }
        (month, day) if day > 12 => Some((date(year, Some(month), Some(day)), next)),
        (day, month) if day == month => Some((date(year, Some(month), Some(day)), next)),
        _ => Some((date(year, None, None), next)),
    }
}

/// `12/09/2020` where the day stands first.
pub(super) fn day_first_numeric(view: View, at: usize) -> Option<(Date, usize)> {
    let number = |at: usize, most: u32| {
        view.number(at).filter(|it| (1..=most).contains(it)).and_then(|it| u8::try_from(it).ok())
    };
    let (day, month) = (number(at, 31)?, number(at + 2, 12)?);
    let is_joined = view.is(at + 1, '/') && view.is(at + 3, '/');
    let (found, next) = bare_year(view, at + 4).filter(|_| is_joined)?;
    Some((Date { month: Some(month), day: Some(day), ..found }, next))
}

/// `3 May 2020`, `3. Mai 2020`, `3 de mayo de 2020`, `28 January` where the year stands elsewhere.
fn day_first(view: View, at: usize) -> Option<(Date, usize)> {
    let (day, mut next) = day(view, at)?;
    if matches!(view.kind(next), Kind::Mark('–' | '-' | '/')) && self::day(view, next + 1).is_some() {
        next = self::day(view, next + 1)?.1;
    }
    while matches!(view.folded(next), "de" | "of" | "d") {
        next += 1;
    }
    let (month, mut next) = month(view, next)?;
    while matches!(view.folded(next), "de" | "del" | "of")
        || view.is(next, ',') && bare_year(view, next + 1).is_some()
    {
        next += 1;
    }
    if let Some((found, next)) = bare_year(view, next) {
        return Some((Date { month: Some(month), day: Some(day), ..found }, next));
    }
    // Without a year it is a date of the year that the work has.
    let found = Date { month: Some(month), day: Some(day), ..Date::default() };
    let ends = matches!(view.kind(next), Kind::Mark(',' | '.') | Kind::Close(_) | Kind::End)
        || view.is(next - 1, '.');
    ends.then_some((found, next))
}

/// `May 3, 2020`, `May 2020`, `May–June 2020`, `Spring 2020`.
fn month_first(view: View, at: usize) -> Option<(Date, usize)> {
    if view.has(at, Concepts::SEASON) {
        let mut next = at + 1;
        while view.is(next, ',')
            || matches!(view.kind(next), Kind::Mark('/' | '-' | '–'))
            || view.has(next, Concepts::SEASON)
            || view.is(next, '.')
        {
            next += 1;
        }
        return bare_year(view, next);
    }
    let (found, mut next) = month(view, at)?;
    if matches!(view.kind(next), Kind::Mark('-' | '–' | '/')) {
        next = month(view, next + 1)?.1;
        return bare_year(view, next);
    }
    if view.raw(at).contains('-') {
        return bare_year(view, next);
    }
    if let Some((day, after)) = day(view, next) {
        let after = days_end(view, after);
        let after = if view.is(after, ',') { after + 1 } else { after };
        if let Some((year, next)) = bare_year(view, after) {
            return Some((Date { month: Some(found), day: Some(day), ..year }, next));
        }
        let date = Date { month: Some(found), day: Some(day), ..Date::default() };
        let ends = matches!(view.kind(next + 1), Kind::Mark(',' | '.') | Kind::Close(_) | Kind::End);
        return (ends && view.is_capital(at)).then_some((date, next + 1));
    }
    while view.is(next, ',') || matches!(view.folded(next), "de" | "del" | "of") {
        next += 1;
    }
    let (year, next) = bare_year(view, next)?;
    Some((Date { month: Some(found), ..year }, next))
}

/// `2020, May 3`, `2020 May 3`, `1962/1996`, `1994–95`, `2020`.
fn year_first(view: View, at: usize) -> Option<(Date, usize)> {
    let (found, next) = year(view, at)?;
    let joined = if view.is(next, ',') { next + 1 } else { next };
    if let Some((month, after)) = month(view, joined)
        && view.is_capital(joined)
    {
        let with_month = Date { month: Some(month), ..found.clone() };
        if let Some((day, after)) = day(view, after)
            && bare_year(view, after - 1).is_none()
        {
            let after = if view.is(after - 1, '.') { after - 1 } else { days_end(view, after) };
            return Some((Date { day: Some(day), ..with_month }, after));
        }
        if !view.is(next, ',') || matches!(view.kind(after), Kind::Close(_) | Kind::End) {
            return Some((with_month, after));
        }
    }
    if view.has(joined, Concepts::SEASON) && matches!(view.kind(joined + 1), Kind::Close(_) | Kind::End) {
        return Some((found, joined + 1));
    }
    if view.is(next, '/')
        && !view.is_spaced(next)
        && let Some((later, after)) = bare_year(view, next + 1)
    {
        return Some((later, after));
    }
    if let Kind::Open('[') = view.kind(next)
        && let Some((_, after)) = bare_year(view, next)
    {
        return Some((found, after));
    }
    if matches!(view.kind(next), Kind::Mark('–' | '-'))
        && !view.is_spaced(next)
        && view.number(next + 1).is_some()
    {
        let raw = view.raw(next + 1);
        if raw.len() == 2 || raw.len() == 4 {
            return Some((found, next + 2));
        }
    }
    Some((found, next))
}
