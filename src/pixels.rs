//! Pictures as rows of pixels: decoded, made smaller, and written again.

use std::io::Cursor;

use image_webp::WebPDecoder;
use jpeg_encoder::{ColorType, Encoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::anthology::PictureFormat;

/// Of JPEGs that are written again.
const QUALITY: u8 = 88;
/// What a decoder may allocate.
const MOST_MEMORY: usize = 800_000_000;

/// Rows of 8-bit samples.
pub struct Pixels {
    pub width: usize,
    pub height: usize,
    /// 1 and 3 are opaque, 2 and 4 are not.
    pub channels: usize,
    samples: Vec<u8>,
}

fn decode_jpeg(bytes: &[u8]) -> Result<Pixels, String> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let samples = decoder.decode().map_err(|error| error.to_string())?;
    let info = decoder.info().ok_or("it has no header")?;
    Pixels::new(usize::from(info.width), usize::from(info.height), 3, samples)
}

fn decode_png(bytes: &[u8]) -> Result<Pixels, String> {
    let limits = png::Limits { bytes: MOST_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_MEMORY).ok_or("it is too large")?;
    let mut samples = vec![0; size];
    let info = reader.next_frame(&mut samples).map_err(|error| error.to_string())?;
    samples.truncate(info.buffer_size());
    Pixels::new(info.width as usize, info.height as usize, info.color_type.samples(), samples)
}

fn decode_webp(bytes: &[u8]) -> Result<Pixels, String> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    decoder.set_memory_limit(MOST_MEMORY);
    let (width, height) = decoder.dimensions();
    let size = decoder.output_buffer_size().filter(|size| *size <= MOST_MEMORY).ok_or("it is too large")?;
    let mut samples = vec![0; size];
    decoder.read_image(&mut samples).map_err(|error| error.to_string())?;
    Pixels::new(width as usize, height as usize, if decoder.has_alpha() { 4 } else { 3 }, samples)
}

/// Whether a picture can be decoded, or why not. Of an animation only the first frame is looked at.
pub fn check(format: PictureFormat, bytes: &[u8]) -> Result<(), String> {
    if format != PictureFormat::Gif {
        return Pixels::decode(format, bytes).map(|_| ());
    }
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    if let Some(limit) = std::num::NonZeroU64::new(MOST_MEMORY as u64) {
        options.set_memory_limit(gif::MemoryLimit::Bytes(limit));
    }
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    match decoder.read_next_frame() {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err("it has no frame".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

impl Pixels {
    /// Rows of samples, from the top; an error where they are more or fewer than the pixels.
    pub fn new(width: usize, height: usize, channels: usize, samples: Vec<u8>) -> Result<Self, String> {
        if width == 0 || height == 0 || samples.len() != width * height * channels {
            return Err("it is not whole".to_owned());
        }
        Ok(Pixels { width, height, channels, samples })
    }

    /// Decodes a picture; animations are not taken.
    pub fn decode(format: PictureFormat, bytes: &[u8]) -> Result<Self, String> {
        match format {
            PictureFormat::Jpeg => decode_jpeg(bytes),
            PictureFormat::Png => decode_png(bytes),
            PictureFormat::Webp => decode_webp(bytes),
            PictureFormat::Gif => Err("it may be an animation".to_owned()),
            PictureFormat::Svg => Err("it is made of shapes".to_owned()),
        }
    }

    /// Made smaller, so that its longer side is `longest`: every new pixel is the mean of those that it stands for.
    pub fn scaled(&self, longest: usize) -> Pixels {
        let side = self.width.max(self.height);
        let shorter = |length: usize| (length * longest / side).clamp(1, length);
        let (width, height) = (shorter(self.width), shorter(self.height));
        let mut samples = Vec::with_capacity(width * height * self.channels);
        for y in 0..height {
            let rows = share(y, height, self.height);
            for x in 0..width {
                let columns = share(x, width, self.width);
                let count = (rows.len() * columns.len()).max(1);
                for channel in 0..self.channels {
                    let sum: usize = rows
                        .clone()
                        .flat_map(|row| columns.clone().map(move |column| row * self.width + column))
                        .map(|at| usize::from(self.samples[at * self.channels + channel]))
                        .sum();
                    samples.push((sum / count) as u8);
                }
            }
        }
        Pixels { width, height, channels: self.channels, samples }
    }

    pub fn to_png(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(match self.channels {
            1 => png::ColorType::Grayscale,
            2 => png::ColorType::GrayscaleAlpha,
            3 => png::ColorType::Rgb,
            _ => png::ColorType::Rgba,
        });
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        writer.write_image_data(&self.samples).map_err(|error| error.to_string())?;
        writer.finish().map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    pub fn to_jpeg(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let colour = if self.channels == 1 { ColorType::Luma } else { ColorType::Rgb };
        Encoder::new(&mut bytes, QUALITY)
            .encode(&self.samples, self.width as u16, self.height as u16, colour)
            .map_err(|error| error.to_string())?;
        Ok(bytes)
    }
}

/// Which of `all` places the place `at` of `of` stands for.
fn share(at: usize, of: usize, all: usize) -> std::ops::Range<usize> {
    at * all / of..((at + 1) * all / of).max(at * all / of + 1).min(all)
}
