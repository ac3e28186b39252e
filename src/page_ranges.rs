//! The pages that an entry of the index leads to, with ranges for pages in a row.

use crate::anthology::{Anchor, IndexLocator};

/// So many pages in a row are told as a range. Fewer may well speak of a matter here and again there, unless
/// an author says that it is one stretch.
const RANGE: usize = 3;

/// Pages from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRange {
    pub first: usize,
    pub last: usize,
    /// What is meant on the first page, and on the last.
    pub start: Anchor,
    pub end: Anchor,
    /// Whether the entry is defined there.
    pub defines: bool,
}

impl PageRange {
    fn pages(&self) -> usize {
        self.last - self.first + 1
    }
}

/// Each page once, in order. A page with a definition stands alone, to be told apart from the others; places
/// without a page are left out.
pub fn merge(locators: &[IndexLocator], page_of: impl Fn(Anchor) -> Option<usize>) -> Vec<PageRange> {
    let mut places: Vec<PageRange> = locators
        .iter()
        .filter_map(|locator| {
            let first = page_of(locator.anchor)?;
            let end = locator.end.and_then(|end| Some((end, page_of(end)?)));
            let (end, last) = end.filter(|(_, last)| *last > first).unwrap_or((locator.anchor, first));
            Some(PageRange { first, last, start: locator.anchor, end, defines: locator.defines })
        })
        .collect();
    places.sort_by_key(|place| (place.first, !place.defines, place.last, place.start));
    let defining: Vec<usize> = places.iter().filter(|place| place.defines).map(|place| place.first).collect();
    places
        .retain(|place| place.defines || place.pages() > 1 || defining.binary_search(&place.first).is_err());

    let mut merged: Vec<PageRange> = Vec::new();
    // Pages in a row that may become a range, each the first place on it.
    let mut row: Vec<PageRange> = Vec::new();
    for place in places {
        if place.defines {
            if merged.last().is_none_or(|last| !last.defines || last.first != place.first) {
                merged.push(place);
            }
            continue;
        }
        let end = row.iter().map(|it| it.last).max();
        match end {
            Some(end) if place.last <= end => {}
            Some(end) if place.first <= end + 1 => row.push(place),
            _ => {
                close(&mut row, &mut merged);
                row.push(place);
            }
        }
    }
    close(&mut row, &mut merged);
    merged.sort_by_key(|range| (range.first, range.last, !range.defines));
    merged
}

/// Ends pages in a row.
fn close(row: &mut Vec<PageRange>, merged: &mut Vec<PageRange>) {
    let (Some(first), Some(last)) = (row.first().copied(), row.last().copied()) else { return };
    let whole = PageRange { last: last.last, end: last.end, ..first };
    if whole.pages() >= RANGE || row.iter().any(|place| place.pages() > 1) {
        merged.push(whole);
        row.clear();
    } else {
        merged.append(row);
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::anthology::{Anchor, Anchors, Division, IndexLocator};

    /// Places on pages as `12`, `b12` for a definition, `12-14` for a range; and the pages told.
    fn told(written: &[&str]) -> Vec<String> {
        let mut anchors = Anchors::default();
        let mut pages = Vec::new();
        let mut define = |page: &str| -> Anchor {
            pages.push(page.parse::<usize>().unwrap_or_default());
            anchors.define(Division::Index, String::new())
        };
        let locators: Vec<IndexLocator> = written
            .iter()
            .map(|text| {
                let page = text.trim_start_matches('b');
                let (first, last) = page.split_once('-').map_or((page, None), |(it, last)| (it, Some(last)));
                let anchor = define(first);
                let end = last.map(&mut define);
                IndexLocator { anchor, end, chapter: Some(0), paragraph: 0, defines: text.starts_with('b') }
            })
            .collect();
        let ranges = merge(&locators, |anchor| pages.get(anchor.index()).copied());
        let tell = |range: &super::PageRange| {
            let bold = if range.defines { "b" } else { "" };
            match range.first == range.last {
                true => format!("{bold}{}", range.first),
                false => format!("{bold}{}–{}", range.first, range.last),
            }
        };
        ranges.iter().map(tell).collect()
    }

    #[test]
    fn pages_in_a_row_are_a_range() {
        assert_eq!(told(&["12", "13", "14"]), ["12–14"]);
        assert_eq!(told(&["14", "12", "12", "13", "20", "21"]), ["12–14", "20", "21"]);
        assert_eq!(told(&["3-4"]), ["3–4"]);
        assert_eq!(told(&["3-4", "5", "9-9"]), ["3–5", "9"]);
        assert_eq!(told(&["3-9", "4", "5-6"]), ["3–9"]);
    }

    #[test]
    fn definitions_stand_alone() {
        assert_eq!(told(&["12", "b13", "14"]), ["12", "b13", "14"]);
        assert_eq!(told(&["12", "b12", "b12"]), ["b12"]);
        assert_eq!(told(&["10-14", "b12"]), ["10–14", "b12"]);
    }
}
