//! Drawings: SVG pictures read down to paths, gradients and pixels.
//!
//! What comes out has no scripts, no text that needs a face, and nothing that must be fetched: whatever a stranger's
//! file holds besides shapes is gone.

use std::sync::{Arc, LazyLock};

use usvg::filter::Kind;
use usvg::fontdb::Database;
use usvg::{ImageHrefResolver, ImageKind, Options, Tree, WriteOptions};

use crate::fonts::{Family, Fonts};

/// Larger files are no drawings but data.
const MOST_BYTES: usize = 20_000_000;
/// Deeper nests are made to exhaust the stack; the parser itself stops at 1,024 elements.
const DEEPEST: usize = 200;
/// Enough for what the parser lets pass, in bytes.
const STACK: usize = 256 << 20;
/// More groups that are painted apart than this are no picture but an attack.
const MOST_LAYERS: usize = 500;
/// More pixels in a picture within a drawing, likewise.
const MOST_PIXELS: usize = 50_000_000;
/// Longest side in pixels of 1/96 inch: several metres.
const LONGEST_SIDE: f32 = 20_000.0;
/// Digits after the decimal point of a coordinate: a thousandth of a pixel.
const PRECISION: u8 = 3;

/// A drawing that shows the same everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub svg: String,
    /// In pixels of 1/96 inch.
    pub width: f32,
    pub height: f32,
    /// Characters of its texts that no bundled face has, and that it therefore does not show.
    pub missing: String,
}

/// Reads an SVG file and writes it down to shapes.
///
/// # Errors
///
/// Why the file is no drawing, as the end of a sentence.
pub fn normalise(bytes: &[u8]) -> Result<Drawing, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let reading = thread.spawn_scoped(scope, || write_down(bytes)).map_err(|error| error.to_string())?;
        reading.join().unwrap_or_else(|_| Err("its SVG is damaged".to_owned()))
    })
}

fn write_down(bytes: &[u8]) -> Result<Drawing, String> {
    let text = check(bytes)?;
    let has_text = text.contains("<text") || text.contains(":text");
    let fonts = if has_text { FONTS.clone() } else { Arc::default() };
    let tree = parse(text, fonts)?;
    if is_deeper(tree.root(), DEEPEST) {
        return Err(format!("its SVG is nested more than {DEEPEST} deep"));
    }
    if has_costly_filter(&tree) || count_layers(tree.root()) > MOST_LAYERS {
        return Err("its SVG has effects that would take minutes to paint".to_owned());
    }
    let size = tree.size();
    if size.width().max(size.height()) > LONGEST_SIDE {
        return Err(format!("it claims to be {} × {} pixels large", size.width(), size.height()));
    }
    let options = WriteOptions {
        coordinates_precision: PRECISION,
        indent: usvg::Indent::None,
        ..WriteOptions::default()
    };
    let svg = tree.to_string(&options);
    // Readers scale what says how large its canvas is.
    let canvas = format!("<svg viewBox=\"0 0 {} {}\"", size.width(), size.height());
    let svg = svg.replacen("<svg", &canvas, 1);
    let missing = if has_text { missing(&tree) } else { String::new() };
    Ok(Drawing { svg, width: size.width(), height: size.height(), missing })
}

/// Reads what [`normalise`] wrote.
///
/// # Errors
///
/// As with [`normalise`].
pub fn read(bytes: &[u8]) -> Result<Tree, String> {
    parse(check(bytes)?, Arc::default())
}

/// Refuses what would take more than a drawing is worth.
fn check(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!("its SVG is longer than {} MB", MOST_BYTES / 1_000_000));
    }
    std::str::from_utf8(bytes).map_err(|_| "its SVG is not in UTF-8".to_owned())
}

fn parse(text: &str, fonts: Arc<Database>) -> Result<Tree, String> {
    let options = Options {
        font_family: "serif".to_owned(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|media_type, data, _| embedded(media_type, data)),
            // Nothing is read from the disk or the Web.
            resolve_string: Box::new(|_, _| None),
        },
        fontdb: fonts,
        ..Options::default()
    };
    Tree::from_str(text, &options).map_err(|error| format!("its SVG is damaged: {error}"))
}

/// A picture that a drawing holds in itself.
fn embedded(media_type: &str, data: Arc<Vec<u8>>) -> Option<ImageKind> {
    let size = imagesize::blob_size(&data).ok()?;
    if size.width.saturating_mul(size.height) > MOST_PIXELS {
        return None;
    }
    match media_type {
        "image/jpeg" | "image/jpg" => Some(ImageKind::JPEG(data)),
        "image/png" => Some(ImageKind::PNG(data)),
        "image/gif" => Some(ImageKind::GIF(data)),
        "image/webp" => Some(ImageKind::WEBP(data)),
        _ => None,
    }
}

/// Whether a filter looks at each pixel more often than any picture needs.
fn has_costly_filter(tree: &Tree) -> bool {
    let mut kinds = tree.filters().iter().flat_map(|filter| filter.primitives()).map(|it| it.kind());
    kinds.any(|kind| match kind {
        Kind::Turbulence(noise) => noise.num_octaves() > 10,
        Kind::Morphology(it) => it.radius_x().get().max(it.radius_y().get()) > 50.0,
        Kind::ConvolveMatrix(it) => it.matrix().columns().saturating_mul(it.matrix().rows()) > 225,
        _ => false,
    })
}

/// How many groups are painted on sheets of their own.
fn count_layers(group: &usvg::Group) -> usize {
    let inner = group.children().iter().map(|node| match node {
        usvg::Node::Group(inner) => count_layers(inner),
        _ => 0,
    });
    usize::from(group.should_isolate()) + inner.sum::<usize>()
}

fn is_deeper(group: &usvg::Group, levels: usize) -> bool {
    let Some(below) = levels.checked_sub(1) else { return true };
    let mut inner = group.children().iter().filter_map(|node| match node {
        usvg::Node::Group(group) => Some(group),
        _ => None,
    });
    inner.any(|group| is_deeper(group, below))
}

/// The bundled faces, by the names that drawings ask for.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for (_, face) in Fonts::bundled().iter() {
        database.load_font_data(face.bytes().to_vec());
        let name = || face.family_name();
        match face.family {
            Family::Serif => database.set_serif_family(name()),
            Family::Sans => {
                database.set_sans_serif_family(name());
                database.set_cursive_family(name());
                database.set_fantasy_family(name());
            }
            Family::Mono => database.set_monospace_family(name()),
            Family::Mathematics | Family::Fallback => {}
        }
    }
    Arc::new(database)
});

/// The characters of a tree's texts that no bundled face has, each once.
fn missing(tree: &Tree) -> String {
    let mut texts = String::new();
    gather_texts(tree.root(), &mut texts);
    Fonts::bundled().missing(&texts).into_keys().collect()
}

fn gather_texts(group: &usvg::Group, texts: &mut String) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => gather_texts(group, texts),
            usvg::Node::Text(text) => text.chunks().iter().for_each(|chunk| texts.push_str(chunk.text())),
            usvg::Node::Path(_) | usvg::Node::Image(_) => {}
        }
    }
}
