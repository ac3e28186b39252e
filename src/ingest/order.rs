//! The reading order of a folder without a manifest.

use std::cmp::Ordering;

use crate::dates;
use crate::document::Date;
use crate::manuscript::Manuscript;

/// Sorts by folder, then numeric file prefix, then date, then natural file-name order.
pub fn sort(manuscripts: &mut [Manuscript]) {
    manuscripts.sort_by(|a, b| {
        let (a_folder, a_name) = split(&a.file);
        let (b_folder, b_name) = split(&b.file);
        compare_naturally(a_folder, b_folder)
            .then_with(|| none_last(numeric_prefix(a_name), numeric_prefix(b_name)))
            .then_with(|| none_last(a.metadata.date, b.metadata.date))
            .then_with(|| compare_naturally(a_name, b_name))
    });
}

/// The date that a file's name starts with.
pub fn date_of(file: &str) -> Option<Date> {
    dates::split_prefix(split(file).1).map(|(date, _)| date)
}

/// The folders that a blog post's categories are named by: those above `_posts`.
pub fn categories_of(file: &str) -> impl Iterator<Item = &str> {
    let folders = file.split_once("_posts/").map_or("", |(above, _)| above);
    folders.split('/').filter(|folder| !folder.is_empty())
}

/// The name of the folder that a file called `index` stands for: a page with its pictures beside it.
pub fn bundle_of(file: &str) -> Option<&str> {
    let (folder, name) = file.rsplit_once('/')?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.eq_ignore_ascii_case("index").then(|| folder.rsplit('/').next().unwrap_or(folder))
}

/// The folder and the name that tell a file's place.
fn split(file: &str) -> (&str, &str) {
    let path = if bundle_of(file).is_some() {
        file.rsplit_once('/').map_or(file, |(bundle, _)| bundle)
    } else {
        file
    };
    path.rsplit_once('/').unwrap_or(("", path))
}

fn none_last<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(&b))
}

/// The number before the name proper: `3` of `03-essay.md`, but nothing of `2024-09-03-essay.md`.
fn numeric_prefix(name: &str) -> Option<u64> {
    if dates::split_prefix(name).is_some() {
        return None;
    }
    let end = name.find(|next: char| !next.is_ascii_digit())?;
    let separated = name[end..].starts_with(['-', '_', '.', ' ', ')']);
    if separated { name[..end].parse().ok() } else { None }
}

/// Compares as people do: numbers by value, letters without case.
fn compare_naturally(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (Some(a_next), Some(b_next)) = (a_rest.chars().next(), b_rest.chars().next()) else {
            return a_rest.len().cmp(&b_rest.len()).then_with(|| a.cmp(b));
        };
        let order = if a_next.is_ascii_digit() && b_next.is_ascii_digit() {
            let (a_number, a_tail) = split_number(a_rest);
            let (b_number, b_tail) = split_number(b_rest);
            (a_rest, b_rest) = (a_tail, b_tail);
            a_number.len().cmp(&b_number.len()).then_with(|| a_number.cmp(b_number))
        } else {
            a_rest = &a_rest[a_next.len_utf8()..];
            b_rest = &b_rest[b_next.len_utf8()..];
            a_next.to_lowercase().cmp(b_next.to_lowercase())
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The leading digits without leading zeros, and the rest.
fn split_number(text: &str) -> (&str, &str) {
    let end = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}
