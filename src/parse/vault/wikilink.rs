//! What stands between `[[` and `]]`, and the embeds `![[…]]`.

use crate::document::{Target, Width};

/// How a wikilink's address reads: the page, and the heading or block within it.
fn split(destination: &str) -> (String, Option<String>) {
    let destination = destination.trim().trim_end_matches('\\');
    let (page, heading) = match destination.split_once('#') {
        Some((page, heading)) => (page, Some(heading.trim().to_owned())),
        None => (destination, None),
    };
    (page.trim().to_owned(), heading.filter(|heading| !heading.is_empty()))
}

/// What `[[page#heading]]` names.
pub fn target(destination: &str) -> Target {
    let (page, heading) = split(destination);
    Target::Wikilink { page, heading }
}

/// What `![[page#heading]]` names.
pub fn embed(destination: &str) -> Target {
    let (page, heading) = split(destination);
    Target::Embed { page, heading }
}

/// How a wikilink without a text of its own reads: `page > heading`, file names as words.
pub fn text(destination: &str) -> String {
    let (page, heading) = split(destination);
    let name = page.rsplit('/').next().unwrap_or(&page);
    let name = name.strip_suffix(".md").unwrap_or(name);
    let name = if name.contains(' ') { name.to_owned() } else { name.replace('_', " ") };
    let mut parts = vec![name];
    // A block's identifier says nothing to a reader, unless it is all that there is.
    let headings = heading.as_deref().unwrap_or_default().split('#').map(str::trim);
    parts.extend(headings.filter(|part| !part.starts_with('^')).map(str::to_owned));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() { destination.trim_matches(['#', '^', ' ']).to_owned() } else { parts.join(" > ") }
}

/// What an embed shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embed {
    Picture,
    /// Sound, film, or a document of another kind, which no book can show.
    Media,
    Note,
}

impl Embed {
    /// Told by the file's extension.
    pub fn of(destination: &str) -> Self {
        const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];
        const MEDIA: [&str; 19] = [
            "mp3", "wav", "m4a", "ogg", "3gp", "flac", "opus", "mp4", "webm", "ogv", "mov", "mkv", "avi",
            "pdf", "canvas", "base", "docx", "xlsx", "zip",
        ];
        let path = destination.split(['#', '?']).next().unwrap_or_default().trim();
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_one_of = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(extension));
        if is_one_of(&PICTURES) {
            Embed::Picture
        } else if is_one_of(&MEDIA) {
            Embed::Media
        } else {
            Embed::Note
        }
    }
}

/// A picture's description and the width that may follow it: `caption|300`, `300x145`.
pub fn split_size(description: &str) -> (&str, Option<Width>) {
    let (caption, last) = description.rsplit_once('|').unwrap_or(("", description));
    let size = last.trim();
    if !is_size(size) {
        return (description, None);
    }
    let width = size.split_once('x').map_or(size, |(width, _)| width);
    (caption.trim_end_matches(['|', ' ', '\\']), Width::read(width))
}

/// `300` or `300x145`.
fn is_size(text: &str) -> bool {
    let is_length =
        |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('x') {
        Some((width, height)) => is_length(width) && is_length(height),
        None => is_length(text),
    }
}
