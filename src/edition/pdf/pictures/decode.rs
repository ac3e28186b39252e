//! Decodes pictures into the samples that PDF takes.

use std::io::Cursor;

/// More pixels than this are not decoded: a 600 dpi page of A4 has 35 million.
const MOST_PIXELS: u64 = 40_000_000;
/// What a decoder may allocate.
const MOST_MEMORY: usize = 4 * MOST_PIXELS as usize;

/// A picture's samples.
pub struct Samples {
    pub colour: Plane,
    /// None for a picture that is opaque.
    pub opacity: Option<Plane>,
}

/// Rows of samples, filtered as in PNG and deflated.
pub struct Plane {
    pub width: u32,
    pub height: u32,
    /// Bits of a sample: 1, 2, 4 or 8.
    pub depth: u8,
    pub space: Space,
    pub deflated: Vec<u8>,
}

/// What the samples of a pixel say.
pub enum Space {
    Gray,
    Rgb,
    /// One sample tells a colour of the palette, which has three bytes for each: red, green and blue.
    Indexed(Vec<u8>),
}

impl Space {
    /// How many samples a pixel has.
    pub fn channels(&self) -> u8 {
        match self {
            Space::Gray | Space::Indexed(_) => 1,
            Space::Rgb => 3,
        }
    }
}

pub fn png(bytes: &[u8]) -> Result<Samples, String> {
    let limits = ::png::Limits { bytes: MOST_MEMORY };
    let mut decoder = ::png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(::png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let (width, height) = reader.info().size();
    check_size(width, height)?;
    if let Some(colour) = as_it_is(bytes, reader.info()) {
        return Ok(Samples { colour, opacity: None });
    }
    let size = reader.output_buffer_size().ok_or("it is too large")?;
    let mut pixels = vec![0; size];
    let info = reader.next_frame(&mut pixels).map_err(|error| error.to_string())?;
    pixels.truncate(info.buffer_size());
    let channels = match info.color_type {
        ::png::ColorType::Grayscale => 1,
        ::png::ColorType::GrayscaleAlpha => 2,
        ::png::ColorType::Rgb => 3,
        ::png::ColorType::Rgba => 4,
        ::png::ColorType::Indexed => return Err("its palette cannot be read".to_owned()),
    };
    separate(width, height, channels, pixels)
}

/// The data of an opaque PNG file whose rows come one after the other: PDF reads them as they are (ISO 32000-1,
/// section 7.4.4.4), so nothing is decoded, and what its maker saved stays saved.
fn as_it_is(bytes: &[u8], info: &::png::Info) -> Option<Plane> {
    if info.interlaced || info.trns.is_some() || info.bit_depth == ::png::BitDepth::Sixteen {
        return None;
    }
    let space = match (info.color_type, &info.palette) {
        (::png::ColorType::Grayscale, _) => Space::Gray,
        (::png::ColorType::Rgb, _) => Space::Rgb,
        (::png::ColorType::Indexed, Some(palette)) => Space::Indexed(palette.to_vec()),
        _ => return None,
    };
    let (width, height) = info.size();
    Some(Plane { width, height, depth: info.bit_depth as u8, space, deflated: image_data(bytes) })
}

/// Decodes the first frame of what may be an animation.
pub fn gif(bytes: &[u8]) -> Result<Samples, String> {
    let mut options = ::gif::DecodeOptions::new();
    options.set_color_output(::gif::ColorOutput::RGBA);
    if let Some(limit) = std::num::NonZeroU64::new(MOST_MEMORY as u64) {
        options.set_memory_limit(::gif::MemoryLimit::Bytes(limit));
    }
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    check_size(width as u32, height as u32)?;
    let frame = decoder.read_next_frame().map_err(|error| error.to_string())?.ok_or("it has no frame")?;
    // A frame may cover a part of the picture only.
    let mut pixels = vec![0; 4 * width * height];
    let (left, top, row) = (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
    if row > 0 && left < width {
        let shown = row.min(width - left);
        let target_rows = pixels.chunks_exact_mut(4 * width).skip(top);
        for (target, source) in target_rows.zip(frame.buffer.chunks_exact(4 * row)) {
            target[4 * left..4 * (left + shown)].copy_from_slice(&source[..4 * shown]);
        }
    }
    separate(width as u32, height as u32, 4, pixels)
}

pub fn webp(bytes: &[u8]) -> Result<Samples, String> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    decoder.set_memory_limit(MOST_MEMORY);
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or("it is too large")?];
    decoder.read_image(&mut pixels).map_err(|error| error.to_string())?;
    separate(width, height, if decoder.has_alpha() { 4 } else { 3 }, pixels)
}

fn check_size(width: u32, height: u32) -> Result<(), String> {
    match u64::from(width) * u64::from(height) {
        0 => Err("it has no size".to_owned()),
        pixels if pixels > MOST_PIXELS => Err(format!("it has {width} × {height} pixels, which is too many")),
        _ => Ok(()),
    }
}

/// Separates colour from opacity; `channels` counts both.
fn separate(width: u32, height: u32, channels: u8, pixels: Vec<u8>) -> Result<Samples, String> {
    let space = if channels < 3 { Space::Gray } else { Space::Rgb };
    if channels % 2 == 1 {
        return Ok(Samples { colour: plane(width, height, space, &pixels)?, opacity: None });
    }
    let colours = usize::from(channels) - 1;
    let mut colour = Vec::with_capacity(pixels.len() / (colours + 1) * colours);
    let mut opacity = Vec::with_capacity(pixels.len() / (colours + 1));
    for pixel in pixels.chunks_exact(colours + 1) {
        colour.extend_from_slice(&pixel[..colours]);
        opacity.push(pixel[colours]);
    }
    drop(pixels);
    let is_opaque = opacity.iter().all(|&sample| sample == u8::MAX);
    Ok(Samples {
        colour: plane(width, height, space, &colour)?,
        opacity: if is_opaque { None } else { Some(plane(width, height, Space::Gray, &opacity)?) },
    })
}

/// Filters and deflates samples of 8 bits, gray or coloured. PDF reads the data of a PNG file as they are, so a PNG encoder does
/// the work and its chunks are opened.
fn plane(width: u32, height: u32, space: Space, samples: &[u8]) -> Result<Plane, String> {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, width, height);
    encoder.set_depth(::png::BitDepth::Eight);
    let is_coloured = matches!(space, Space::Rgb);
    encoder.set_color(if is_coloured { ::png::ColorType::Rgb } else { ::png::ColorType::Grayscale });
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(samples).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(Plane { width, height, depth: 8, space, deflated: image_data(&file) })
}

/// The data of a PNG file's IDAT chunks.
fn image_data(file: &[u8]) -> Vec<u8> {
    const SIGNATURE: usize = 8;
    const CHECKSUM: usize = 4;
    let mut data = Vec::new();
    let mut rest = file.get(SIGNATURE..).unwrap_or_default();
    while let Some((&[a, b, c, d, kind @ ..], tail)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(content) = tail.get(..length) else { break };
        if kind == *b"IDAT" {
            data.extend_from_slice(content);
        }
        rest = tail.get(length + CHECKSUM..).unwrap_or_default();
    }
    data
}
