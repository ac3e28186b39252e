//! The pictures that the essays show.

use std::collections::HashMap;

use imagesize::ImageType;

use crate::anthology::{Picture, PictureFormat, PictureId};
use crate::manuscript::InputFile;

use super::addresses::join;
use super::names::{UniqueNames, file_name, file_stem, slug};

/// A picture file that may come to be used.
#[derive(Debug)]
struct Candidate {
    path: String,
    bytes: Vec<u8>,
    /// Format, width and height, or why there are none.
    shape: Result<(PictureFormat, u32, u32), String>,
    /// The first candidate with the same bytes; itself for all but copies.
    original: usize,
}

/// Why a picture cannot be shown.
#[derive(Debug, PartialEq)]
pub(super) enum PictureProblem {
    Missing,
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
            let shape = probe(&file.content);
            candidates.push(Candidate { path: file.path, bytes: file.content, shape, original });
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
        match &candidate.shape {
            Ok(_) => Ok(candidate.original),
            Err(reason) => Err(PictureProblem::Undecodable(reason.clone())),
        }
    }

    /// The pictures in the order of `used`, each once, and the place of each candidate among them.
    pub(super) fn hang(self, used: impl Iterator<Item = usize>) -> (Vec<Picture>, HashMap<usize, PictureId>) {
        let mut candidates: Vec<Option<Candidate>> = self.candidates.into_iter().map(Some).collect();
        let mut pictures = Vec::new();
        let mut places = HashMap::new();
        let mut names = UniqueNames::default();
        for at in used {
            let Some(candidate) = candidates.get_mut(at).and_then(Option::take) else { continue };
            let Ok((format, width, height)) = candidate.shape else { continue };
            let stem = match slug(file_stem(&candidate.path)) {
                empty if empty.is_empty() => "picture".to_owned(),
                stem => stem,
            };
            let name = format!("{}.{}", names.take(&stem), extension(format));
            places.insert(at, PictureId(pictures.len()));
            pictures.push(Picture { name, format, bytes: candidate.bytes, width, height });
        }
        (pictures, places)
    }
}

fn extension(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Png => "png",
        PictureFormat::Jpeg => "jpg",
        PictureFormat::Gif => "gif",
        PictureFormat::Webp => "webp",
    }
}

/// More than any camera or scanner makes: what claims to be larger is made to exhaust a reader's memory.
const MOST_PIXELS: usize = 200_000_000;

fn probe(bytes: &[u8]) -> Result<(PictureFormat, u32, u32), String> {
    let format = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => PictureFormat::Png,
        Ok(ImageType::Jpeg) => PictureFormat::Jpeg,
        Ok(ImageType::Gif) => PictureFormat::Gif,
        Ok(ImageType::Webp) => PictureFormat::Webp,
        Ok(other) => return Err(format!("its format is {other:?}")),
        Err(_) => return Err("its format is not known".to_owned()),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| "its header is damaged".to_owned())?;
    if size.width.saturating_mul(size.height) > MOST_PIXELS {
        return Err(format!("it claims to be {} × {} pixels large", size.width, size.height));
    }
    match (u32::try_from(size.width), u32::try_from(size.height)) {
        (Ok(width), Ok(height)) if width > 0 && height > 0 => Ok((format, width, height)),
        _ => Err("it has no area".to_owned()),
    }
}
