//! Pictures that reading systems would choke on, made fit for them: large ones smaller, and JPEGs in printing inks
//! into red, green and blue.

use std::io::Cursor;

use image_webp::WebPDecoder;
use jpeg_encoder::{ColorType, Encoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::anthology::PictureFormat;

/// No side of a picture is longer: more pixels than any screen or an A4 page shows.
pub const LONGEST_SIDE: u32 = 3200;

const QUALITY: u8 = 88;
/// What a decoder may allocate.
const MOST_MEMORY: usize = 800_000_000;

/// A picture's file made anew.
pub struct Reduced {
    pub format: PictureFormat,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    pub was_scaled: bool,
}

/// The picture in a form that every reading system shows; `None` where it is in one already.
pub fn reduce(
    format: PictureFormat,
    bytes: &[u8],
    width: u32,
    height: u32,
) -> Result<Option<Reduced>, String> {
    let is_large = width.max(height) > LONGEST_SIDE;
    let pixels = match format {
        PictureFormat::Jpeg if is_large || is_in_inks(bytes) => decode_jpeg(bytes)?,
        PictureFormat::Png if is_large => decode_png(bytes)?,
        PictureFormat::Webp if is_large => decode_webp(bytes)?,
        _ => return Ok(None),
    };
    let pixels = if is_large { pixels.scaled() } else { pixels };
    let (format, bytes) = match (format, pixels.channels) {
        (PictureFormat::Png, _) | (_, 2 | 4) => (PictureFormat::Png, pixels.to_png()?),
        _ => (PictureFormat::Jpeg, pixels.to_jpeg()?),
    };
    Ok(Some(Reduced {
        format,
        bytes,
        width: pixels.width as u32,
        height: pixels.height as u32,
        was_scaled: is_large,
    }))
}

/// Whether a JPEG has four components: cyan, magenta, yellow and black.
fn is_in_inks(bytes: &[u8]) -> bool {
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    let headers = decoder.decode_headers();
    headers.is_ok() && matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK))
}

/// Rows of 8-bit samples.
struct Pixels {
    width: usize,
    height: usize,
    /// 1 and 3 are opaque, 2 and 4 are not.
    channels: usize,
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

impl Pixels {
    fn new(width: usize, height: usize, channels: usize, samples: Vec<u8>) -> Result<Self, String> {
        if width == 0 || height == 0 || samples.len() != width * height * channels {
            return Err("it is not whole".to_owned());
        }
        Ok(Pixels { width, height, channels, samples })
    }

    /// As large as is allowed: every new pixel is the mean of those that it stands for.
    fn scaled(&self) -> Pixels {
        let longest = self.width.max(self.height);
        let shorter = |side: usize| (side * LONGEST_SIDE as usize / longest).max(1);
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

    fn to_png(&self) -> Result<Vec<u8>, String> {
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

    fn to_jpeg(&self) -> Result<Vec<u8>, String> {
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
