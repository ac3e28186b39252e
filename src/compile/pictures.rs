//! The pictures that the essays show.

mod reduce;

use std::collections::HashMap;
use std::sync::OnceLock;

use imagesize::ImageType;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::anthology::{CoverPicture, Picture, PictureFormat, PictureId};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::drawing::{self, Drawing};
use crate::manuscript::InputFile;
use crate::pixels;

use super::addresses::join;
use super::names::{UniqueNames, file_name, file_stem, slug};

/// A picture file that may come to be used.
#[derive(Debug)]
struct Candidate {
    path: String,
    bytes: Vec<u8>,
    /// The first candidate with the same bytes; itself for all but copies.
    original: usize,
    /// Read when an essay first shows the picture: folders hold many that none does.
    content: OnceLock<Content>,
}

/// Format, width and height, or why there are none.
type Shape = Result<(PictureFormat, u32, u32), PictureProblem>;

/// What a file turns out to hold.
#[derive(Debug)]
struct Content {
    shape: Shape,
    /// The shapes of a drawing, which take the file's place.
    drawn: Option<Vec<u8>>,
    /// Characters that a drawing's texts cannot show.
    unshown: String,
}

/// A picture on its way into the book.
struct Opened {
    path: String,
    bytes: Vec<u8>,
    shape: Shape,
    unshown: String,
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PictureProblem {
    Missing,
    /// It is whole, in a format that books do not hold.
    Unsupported(String),
    /// With the reason.
    Undecodable(String),
}

/// Every picture file of the anthology, to be found by what an essay calls it.
#[derive(Debug)]
pub(super) struct Gallery {
    candidates: Vec<Candidate>,
    by_path: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Gallery {
    pub(super) fn new(files: Vec<InputFile<Vec<u8>>>) -> Self {
        let mut originals: HashMap<&[u8], usize> = HashMap::new();
        let first: Vec<usize> = files
            .iter()
            .enumerate()
            .map(|(at, file)| *originals.entry(file.content.as_slice()).or_insert(at))
            .collect();
        let mut by_path = HashMap::new();
        let mut by_name = HashMap::new();
        let mut candidates = Vec::with_capacity(files.len());
        for (at, (file, original)) in files.into_iter().zip(first).enumerate() {
            by_path.entry(file.path.clone()).or_insert(at);
            by_name.entry(file_name(&file.path).to_lowercase()).or_insert(at);
            candidates.push(Candidate::new(file, original));
        }
        Gallery { candidates, by_path, by_name }
    }

    /// The candidate that the essay `file` means by `path`: seen from the essay, from the anthology
    /// folder, or, as note vaults have it, by its name alone.
    pub(super) fn find(&self, file: &str, path: &str) -> Result<usize, PictureProblem> {
        let from_essay = join(file, path).and_then(|path| self.by_path.get(&path));
        let found = from_essay
            .or_else(|| self.by_path.get(&join("", path)?))
            .or_else(|| self.by_name.get(&file_name(path).to_lowercase()));
        let candidate = found.and_then(|&at| self.candidates.get(at)).ok_or(PictureProblem::Missing)?;
        let original = self.candidates.get(candidate.original).unwrap_or(candidate);
        match &original.content().shape {
            Ok(_) => Ok(candidate.original),
            Err(problem) => Err(problem.clone()),
        }
    }

    /// The pictures in the order of `used`, each once, and the place of each candidate among them.
    pub(super) fn hang(
        self,
        used: impl Iterator<Item = usize>,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Picture>, HashMap<usize, PictureId>) {
        let mut candidates: Vec<Option<Candidate>> = self.candidates.into_iter().map(Some).collect();
        let shown = used.filter_map(|at| Some((at, candidates.get_mut(at)?.take()?)));
        let shown: Vec<(usize, Candidate)> = shown.collect();
        let fitted: Vec<(usize, Opened, Vec<Diagnostic>)> = shown
            .into_par_iter()
            .map(|(at, candidate)| {
                let mut picture = candidate.open();
                let found = picture.fit();
                (at, picture, found)
            })
            .collect();
        let mut pictures = Vec::new();
        let mut places = HashMap::new();
        let mut names = UniqueNames::default();
        for (at, picture, found) in fitted {
            diagnostics.extend(found);
            let Ok((format, width, height)) = picture.shape else { continue };
            let stem = match slug(file_stem(&picture.path)) {
                empty if empty.is_empty() => "picture".to_owned(),
                stem => stem,
            };
            let name = format!("{}.{}", names.take(&stem), extension(format));
            places.insert(at, PictureId(pictures.len()));
            pictures.push(Picture { name, format, bytes: picture.bytes, width, height });
        }
        for picture in pictures.iter().filter(|picture: &&Picture| picture.is_animated()) {
            let message =
                format!("the picture `{}` moves, and nobody knows whether it flashes", picture.name);
            let help =
                "on paper its first frame stands; a still picture lets the EPUB claim to be accessible";
            diagnostics.push(Diagnostic::warning("moving-picture", message).help(help));
        }
        (pictures, places)
    }
}

/// Makes the editor's picture fit to stand on the cover. What cannot is told, and a cover painted.
pub(super) fn cover(
    file: InputFile<Vec<u8>>,
    alt: Option<String>,
    diagnostics: &mut Diagnostics,
) -> Option<CoverPicture> {
    let mut opened = Candidate::new(file, 0).open();
    if let Ok((PictureFormat::Svg, ..)) = opened.shape {
        // Bookshops want pixels.
        opened.shape = Err(PictureProblem::Unsupported("SVG".to_owned()));
    }
    diagnostics.extend(opened.fit());
    let place = Place::file(&opened.path);
    let (format, width, height) = match opened.shape {
        Ok(shape) => shape,
        Err(problem) => {
            let reason = match problem {
                PictureProblem::Missing => "it is not there".to_owned(),
                PictureProblem::Unsupported(format) => format!("{format} is no format of e-book covers"),
                PictureProblem::Undecodable(reason) => reason,
            };
            let message = format!("this picture cannot be the cover: {reason}; one is painted instead");
            let help = "save it as JPEG or PNG";
            diagnostics.push(Diagnostic::warning("unusable-cover", message).at(place).help(help));
            return None;
        }
    };
    if width.min(height) < SMALLEST_COVER {
        let message = format!("this cover of {width} × {height} pixels is too small for bookshops");
        let help = "make it 1600 × 2560 pixels; shops want the shorter side 1000 pixels long at least";
        diagnostics.push(Diagnostic::warning("small-cover", message).at(place.clone()).help(help));
    }
    if width > height {
        let message = format!("this cover of {width} × {height} pixels lies on its side");
        let help = "shelves show covers upright, 1 to 1.6 as a rule";
        diagnostics.push(Diagnostic::warning("wide-cover", message).at(place).help(help));
    }
    let name = format!("cover.{}", extension(format));
    Some(CoverPicture { picture: Picture { name, format, bytes: opened.bytes, width, height }, alt })
}

/// Shops refuse covers whose shorter side is shorter, or show them blurred.
const SMALLEST_COVER: u32 = 1000;

impl Candidate {
    fn new(file: InputFile<Vec<u8>>, original: usize) -> Self {
        Candidate { path: file.path, bytes: file.content, original, content: OnceLock::new() }
    }

    fn content(&self) -> &Content {
        self.content.get_or_init(|| Content::read(&self.bytes))
    }

    fn open(self) -> Opened {
        let Candidate { path, bytes, content, .. } = self;
        let content = content.into_inner().unwrap_or_else(|| Content::read(&bytes));
        let Content { shape, drawn, unshown } = content;
        Opened { path, bytes: drawn.unwrap_or(bytes), shape, unshown }
    }
}

impl Content {
    fn read(bytes: &[u8]) -> Self {
        if !is_svg(bytes) {
            return Content { shape: probe(bytes), drawn: None, unshown: String::new() };
        }
        match drawing::normalise(bytes) {
            Ok(Drawing { svg, width, height, missing }) => {
                let pixels = |length: f32| length.ceil().max(1.0) as u32;
                let shape = Ok((PictureFormat::Svg, pixels(width), pixels(height)));
                Content { shape, drawn: Some(svg.into_bytes()), unshown: missing }
            }
            Err(reason) => {
                let shape = Err(PictureProblem::Undecodable(reason));
                Content { shape, drawn: None, unshown: String::new() }
            }
        }
    }
}

impl Opened {
    /// Makes the file fit for reading systems; says what was done to it.
    fn fit(&mut self) -> Vec<Diagnostic> {
        let Ok((format, width, height)) = self.shape else { return Vec::new() };
        if !self.unshown.is_empty() {
            let message = format!(
                "no face here has the characters “{}” of this drawing, which does not show them",
                self.unshown
            );
            let help = "turn the drawing's texts into paths before you save it";
            return vec![
                Diagnostic::warning("missing-glyph", message).at(Place::file(&self.path)).help(help),
            ];
        }
        let message = match reduce::reduce(format, &self.bytes, width, height) {
            Ok(None) => return Vec::new(),
            Ok(Some(reduced)) => {
                let heavy = self.bytes.len() > reduce::MOST_BYTES;
                self.shape = Ok((reduced.format, reduced.width, reduced.height));
                self.bytes = reduced.bytes;
                let limits = format!(
                    "no side may be longer than {}, no file larger than {} MB",
                    reduce::LONGEST_SIDE,
                    reduce::MOST_BYTES / 1_000_000
                );
                let (new_width, new_height) = (reduced.width, reduced.height);
                if (width, height) != (new_width, new_height) {
                    format!(
                        "this picture of {width} × {height} pixels was scaled to {new_width} × {new_height}: {limits}"
                    )
                } else if heavy {
                    format!("this picture was written anew with more compression: {limits}")
                } else {
                    "this picture is in printing inks (CMYK); it was turned into red, green and blue"
                        .to_owned()
                }
            }
            Err(reason) => {
                format!("this picture could not be made fit for e-readers and stays as it is: {reason}")
            }
        };
        vec![Diagnostic::note("changed-picture", message).at(Place::file(&self.path))]
    }
}

fn extension(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Png => "png",
        PictureFormat::Jpeg => "jpg",
        PictureFormat::Gif => "gif",
        PictureFormat::Webp => "webp",
        PictureFormat::Svg => "svg",
    }
}

/// More than any camera or scanner makes: what claims to be larger is made to exhaust a reader's memory.
const MOST_PIXELS: usize = 200_000_000;

fn probe(bytes: &[u8]) -> Result<(PictureFormat, u32, u32), PictureProblem> {
    let damaged = |reason: &str| PictureProblem::Undecodable(reason.to_owned());
    let format = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => PictureFormat::Png,
        Ok(ImageType::Jpeg) => PictureFormat::Jpeg,
        Ok(ImageType::Gif) => PictureFormat::Gif,
        Ok(ImageType::Webp) => PictureFormat::Webp,
        Ok(other) => return Err(PictureProblem::Unsupported(format!("{other:?}").to_uppercase())),
        Err(_) => return Err(damaged("its format is not known")),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| damaged("its header is damaged"))?;
    if size.width.saturating_mul(size.height) > MOST_PIXELS {
        return Err(damaged(&format!("it claims to be {} × {} pixels large", size.width, size.height)));
    }
    match (u32::try_from(size.width), u32::try_from(size.height)) {
        (Ok(width), Ok(height)) if width > 0 && height > 0 => {
            // Printers and browsers show even half a JPEG; of the others PDF holds the pixels.
            if format != PictureFormat::Jpeg {
                pixels::check(format, bytes).map_err(|reason| damaged(&reason))?;
            }
            Ok((format, width, height))
        }
        _ => Err(damaged("it has no area")),
    }
}

/// Whether a file is a drawing in XML.
fn is_svg(bytes: &[u8]) -> bool {
    const START: usize = 2048;
    let start = String::from_utf8_lossy(bytes.get(..START).unwrap_or(bytes)).to_ascii_lowercase();
    start.trim_start_matches('\u{feff}').trim_start().starts_with('<') && start.contains("<svg")
}
