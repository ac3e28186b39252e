//! A picture of one byte a pixel: the ground, or an ink at one of 51 strengths.
//!
//! A cover has few colours, so an indexed picture shows every smoothed edge exactly, and painting and
//! encoding it touches a quarter of the memory that full colour would.

use tiny_skia::{FillRule, Mask, Path, Transform};

use crate::edition::cover::palette::{Ink, Palette};

/// How many steps there are from the ground to an ink.
const STRENGTHS: u8 = 51;

/// How many pixels are looked at together.
const STRETCH: usize = 32;

pub struct Canvas {
    width: u32,
    height: u32,
    /// 0 for the ground, else `1 + ink * 51 + strength - 1`.
    pixels: Vec<u8>,
}

impl Canvas {
    pub fn new(width: u32, height: u32) -> Self {
        Canvas { width, height, pixels: vec![0; width as usize * height as usize] }
    }

    /// Prints a shape.
    pub fn fill(&mut self, path: &Path, ink: Ink) {
        self.cover(path, |pixel, coverage| print(pixel, ink, coverage));
    }

    /// Takes a shape out of what has been printed.
    pub fn clear(&mut self, path: &Path) {
        self.cover(path, |pixel, coverage| {
            let strength = strength(pixel);
            mixed(base(pixel), strength - scale(strength, coverage))
        });
    }

    /// The picture as a PNG without transparency.
    pub fn encode(&self, palette: &Palette) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::with_capacity(256 * 1024);
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(colours(palette));
        encoder.set_deflate_compression(png::DeflateCompression::Level(1));
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// Changes every pixel under a shape by how much of it the shape covers, of [`STRENGTHS`].
    fn cover(&mut self, path: &Path, change: impl Fn(u8, u8) -> u8) {
        // Only the shape's own rectangle is rastered: most shapes are small.
        let bounds = path.bounds();
        let clamp = |value: f32, limit: u32| value.clamp(0.0, limit as f32) as u32;
        let (left, top) =
            (clamp(bounds.left().floor(), self.width), clamp(bounds.top().floor(), self.height));
        let right = clamp(bounds.right().ceil(), self.width);
        let bottom = clamp(bounds.bottom().ceil(), self.height);
        let Some(mut mask) = Mask::new(right.saturating_sub(left), bottom.saturating_sub(top)) else {
            return;
        };
        let shift = Transform::from_translate(-(left as f32), -(top as f32));
        mask.fill_path(path, FillRule::Winding, true, shift);

        let mask_width = mask.width() as usize;
        let rows = self.pixels.chunks_exact_mut(self.width as usize).skip(top as usize);
        for (row, coverages) in rows.zip(mask.data().chunks_exact(mask_width)) {
            let pixels = row[left as usize..].chunks_mut(STRETCH);
            for (pixels, coverages) in pixels.zip(coverages.chunks(STRETCH)) {
                // Most of a rectangle is not covered at all; looking at many pixels at once is cheap.
                if coverages.iter().fold(0, |any, coverage| any | coverage) == 0 {
                    continue;
                }
                for (pixel, coverage) in pixels.iter_mut().zip(coverages) {
                    *pixel = change(*pixel, coverage / 5);
                }
            }
        }
    }
}

/// A pixel with an ink laid over it. Two inks do not mix: the stronger one stays.
fn print(pixel: u8, ink: Ink, coverage: u8) -> u8 {
    let ink = 1 + ink as u8 * STRENGTHS;
    let strength = strength(pixel);
    if strength == 0 {
        mixed(ink, coverage)
    } else if base(pixel) == ink {
        mixed(ink, strength + coverage - scale(strength, coverage))
    } else if coverage > STRENGTHS / 2 {
        mixed(ink, strength.max(coverage))
    } else {
        pixel
    }
}

/// The pixel of an ink, named by the pixel of its first strength.
fn mixed(base: u8, strength: u8) -> u8 {
    if strength == 0 { 0 } else { base + (strength - 1) }
}

/// How much ink a pixel has.
fn strength(pixel: u8) -> u8 {
    pixel.checked_sub(1).map_or(0, |above| above % STRENGTHS + 1)
}

/// The first strength of a pixel's ink.
fn base(pixel: u8) -> u8 {
    pixel.saturating_sub(strength(pixel).saturating_sub(1))
}

/// The product of two strengths as a strength.
fn scale(a: u8, b: u8) -> u8 {
    ((u16::from(a) * u16::from(b) + 25) / 51) as u8
}

/// The colours of all pixel values.
fn colours(palette: &Palette) -> Vec<u8> {
    let mut colours = palette.ground.to_vec();
    for ink in palette.inks {
        for strength in 1..=i32::from(STRENGTHS) {
            for (ground, ink) in palette.ground.into_iter().zip(ink) {
                let (ground, ink) = (i32::from(ground), i32::from(ink));
                colours.push((ground + (ink - ground) * strength / i32::from(STRENGTHS)) as u8);
            }
        }
    }
    colours
}
