//! Page labels: the folios as a reader shows them.

use lopdf::{Dictionary, Object, dictionary};

use super::objects::text;
use crate::paged_book::{Folio, Page};

/// The number tree of page labels, with one entry for each stretch of pages that count on. So many pages stand
/// `before` these, numbered after a word of their own.
pub fn page_labels(pages: &[Page], before: Option<(&str, usize)>) -> Dictionary {
    let mut numbers: Vec<Object> = Vec::new();
    if let Some((word, _)) = before {
        numbers.push(0.into());
        numbers.push(dictionary! { "S" => "D", "P" => text(&format!("{word} ")) }.into());
    }
    let offset = before.map_or(0, |(_, pages)| pages);
    let mut expected = None;
    for (index, page) in pages.iter().enumerate() {
        let (style, number) = match page.folio {
            Folio::Roman(number) => ("r", number),
            Folio::Arabic(number) => ("D", number),
        };
        if expected != Some((style, number)) {
            numbers.push(((offset + index) as i64).into());
            // A label's number is at least 1.
            numbers.push(dictionary! { "S" => style, "St" => i64::from(number.max(1)) }.into());
        }
        expected = Some((style, number.saturating_add(1)));
    }
    dictionary! { "Nums" => numbers }
}
