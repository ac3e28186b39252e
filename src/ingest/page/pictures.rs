//! Pictures and films: which address is the real one.

use super::paragraph::tag;
use super::tree::{NodeId, Tree};

/// What to write for an image.
#[derive(Debug, PartialEq, Eq)]
pub enum Image {
    Picture(String),
    /// A small picture that stands for a character.
    Sign(String),
    /// A formula, in TeX.
    Formula(String),
    /// Nothing that a reader sees.
    None,
}

/// Attributes in which scripts that load pictures late keep the address.
const LATE: [&str; 7] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-file",
    "data-full-url",
    "data-hi-res-src",
    "data-url",
];
const LATE_SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];
/// Hosts whose frames are films.
const FILM_HOSTS: [&str; 9] = [
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "ted.com",
    "archive.org",
    "peertube",
    "soundcloud.com",
];

pub fn image(tree: &Tree, node: NodeId) -> Image {
    let alt = tree.attribute(node, "alt").unwrap_or_default();
    if tree.has_class_of(node, &["emoji", "wp-smiley"]) && !alt.is_empty() {
        return Image::Sign(alt.to_owned());
    }
    if tree.has_class_of(node, &["latex", "tex"]) && !alt.is_empty() {
        return Image::Formula(alt.to_owned());
    }
    let is_speck = |name| {
        tree.attribute(node, name).is_some_and(|size| matches!(size.trim_end_matches("px"), "0" | "1"))
    };
    if is_speck("width") || is_speck("height") {
        return Image::None;
    }
    match address(tree, node) {
        Some(address) => {
            let address = with_scheme(address);
            Image::Picture(tag("img", &[("src", Some(&address)), ("alt", Some(alt))]))
        }
        None if alt.is_empty() => Image::None,
        None => Image::Sign(alt.to_owned()),
    }
}

fn address(tree: &Tree, node: NodeId) -> Option<String> {
    let own = tree.attribute(node, "src").filter(|address| !is_placeholder(address));
    let late = LATE.iter().find_map(|name| tree.attribute(node, name));
    if let Some(address) = late.or(own) {
        return Some(address.to_owned());
    }
    let from_set = |node| LATE_SETS.iter().find_map(|name| tree.attribute(node, name)).and_then(largest);
    let around = tree.parent(node).filter(|&parent| tree.tag(parent) == "picture");
    let sources = around.into_iter().flat_map(|picture| tree.children(picture));
    from_set(node)
        .or_else(|| sources.filter(|&source| tree.tag(source) == "source").find_map(from_set))
        .or_else(|| without_script(tree, node))
        .or_else(|| tree.attribute(node, "src").map(str::to_owned))
}

/// The address in the `<noscript>` that follows a picture which a script loads.
fn without_script(tree: &Tree, node: NodeId) -> Option<String> {
    let beside = std::iter::successors(tree.next(node), |&next| tree.next(next)).take(3);
    let noscript = beside.into_iter().find(|&next| tree.tag(next) == "noscript")?;
    let image = tree.find(noscript, "img")?;
    tree.attribute(image, "src").filter(|address| !is_placeholder(address)).map(str::to_owned)
}

/// `//host/path` is an address of the scheme that the page had.
fn with_scheme(address: String) -> String {
    match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address,
    }
}

fn is_placeholder(address: &str) -> bool {
    let lower = address.get(..5).unwrap_or_default().to_ascii_lowercase();
    lower == "data:"
        || ["blank.gif", "spacer.gif", "pixel.gif", "placeholder.", "lazy.gif", "grey.gif", "transparent.gif"]
            .iter()
            .any(|name| address.ends_with(name) || address.contains(&format!("/{name}")))
}

/// The largest picture of a set: `small.jpg 320w, large.jpg 1024w`.
fn largest(set: &str) -> Option<String> {
    let size = |entry: &str| -> f32 {
        let width = entry.split_whitespace().nth(1).unwrap_or("1x").trim_end_matches(['w', 'x']);
        width.parse().unwrap_or(1.0)
    };
    // Addresses may hold commas; entries are parted by a comma and a space.
    let entries =
        set.split(", ").flat_map(|part| part.split(",\n")).map(str::trim).filter(|entry| !entry.is_empty());
    let largest = entries.max_by(|one, other| size(one).total_cmp(&size(other)))?;
    let address = largest.split_whitespace().next()?.trim_end_matches(',');
    (!address.is_empty() && !is_placeholder(address)).then(|| address.to_owned())
}

/// The address of the film that a frame or player shows, and what to call it.
pub fn film(tree: &Tree, node: NodeId) -> Option<(String, String)> {
    let own = ["src", "data-src", "data-lazy-src", "data"].iter().find_map(|name| tree.attribute(node, name));
    let inner = || {
        let source = tree.descendants(node).find(|&inner| tree.tag(inner) == "source")?;
        tree.attribute(source, "src")
    };
    let address = own.or_else(inner)?;
    let address = with_scheme(address.to_owned());
    let is_player = matches!(tree.tag(node), "video" | "audio");
    if !is_player && !FILM_HOSTS.iter().any(|host| address.contains(host)) {
        return None;
    }
    if !address.starts_with("http://") && !address.starts_with("https://") && !is_player {
        return None;
    }
    let title = tree.attribute(node, "title").or_else(|| tree.attribute(node, "aria-label"));
    let title = title.unwrap_or(if tree.tag(node) == "audio" { "Audio" } else { "Video" });
    Some((watch_page(&address), title.to_owned()))
}

/// The page of a film instead of its frame.
fn watch_page(address: &str) -> String {
    let video =
        address.split_once("/embed/").map(|(_, rest)| rest.split(['?', '/', '#']).next().unwrap_or(rest));
    match video.filter(|video| !video.is_empty()) {
        Some(video) if address.contains("youtube") => format!("https://www.youtube.com/watch?v={video}"),
        _ => match address.split_once("player.vimeo.com/video/") {
            Some((_, rest)) => format!("https://vimeo.com/{}", rest.split(['?', '#']).next().unwrap_or(rest)),
            None => address.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{largest, watch_page};

    #[test]
    fn the_largest_picture_is_taken() {
        assert_eq!(largest("a.jpg 320w, b,c.jpg 1024w, d.jpg 640w").as_deref(), Some("b,c.jpg"));
        assert_eq!(largest("a.jpg, b.jpg 2x").as_deref(), Some("b.jpg"));
        assert_eq!(largest("data:image/gif;base64,xx 1x"), None);
    }

    #[test]
    fn frames_become_pages() {
        assert_eq!(
            watch_page("https://www.youtube.com/embed/abc?rel=0"),
            "https://www.youtube.com/watch?v=abc"
        );
        assert_eq!(watch_page("https://player.vimeo.com/video/12?h=1"), "https://vimeo.com/12");
    }
}
