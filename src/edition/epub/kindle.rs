//! What Amazon's converter refuses, out of the way: pictures in WebP and pictures of more than five megapixels
//! (Kindle Publishing Guidelines, section 10.4). Formulas, the page of the cover and some rules of style are left out
//! where they would be written.

use rayon::prelude::{IntoParallelRefMutIterator, ParallelIterator};

use crate::anthology::{Anthology, Picture, PictureFormat};
use crate::edition::cover::Cover;
use crate::pixels::Pixels;

const MOST_PIXELS: u64 = 5_000_000;

/// The book with pictures that Kindle takes.
pub fn with_fit_pictures(anthology: &Anthology, cover: &Cover) -> (Anthology, Cover) {
    let (mut anthology, mut cover) = (anthology.clone(), cover.clone());
    anthology.pictures.par_iter_mut().for_each(fit);
    fit(&mut cover.picture);
    (anthology, cover)
}

/// A picture that cannot be decoded stays as it is: there is nothing better to be had.
fn fit(picture: &mut Picture) {
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    let is_large = pixels > MOST_PIXELS && picture.format != PictureFormat::Gif;
    if !is_large && picture.format != PictureFormat::Webp {
        return;
    }
    let longest = picture.width.max(picture.height) as usize;
    let wanted = (longest as f64 * (MOST_PIXELS as f64 / pixels as f64).sqrt()) as usize;
    let Ok(decoded) = Pixels::decode(picture.format, &picture.bytes) else { return };
    let decoded = if is_large { decoded.scaled(wanted.max(1)) } else { decoded };
    let is_drawing = picture.format == PictureFormat::Png || matches!(decoded.channels, 2 | 4);
    let (format, bytes) = match is_drawing {
        true => (PictureFormat::Png, decoded.to_png()),
        false => (PictureFormat::Jpeg, decoded.to_jpeg()),
    };
    let Ok(bytes) = bytes else { return };
    (picture.width, picture.height) = (decoded.width as u32, decoded.height as u32);
    (picture.format, picture.bytes) = (format, bytes);
}
