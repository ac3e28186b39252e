//! Pictures that reading systems would choke on, made fit for them: large ones smaller, and JPEGs in printing inks
//! into red, green and blue.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

use crate::anthology::PictureFormat;
use crate::pixels::Pixels;

/// No side of a picture is longer: more pixels than any screen or an A4 page shows.
pub const LONGEST_SIDE: u32 = 3200;

/// No file is larger: a book of many pictures has to travel.
pub const MOST_BYTES: usize = 4_000_000;
/// How often a picture is made smaller until its file is small enough.
const TRIES: usize = 8;

/// A picture's file made anew.
pub struct Reduced {
    pub format: PictureFormat,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// The picture in a form that every reading system shows; `None` where it is in one already.
pub fn reduce(
    format: PictureFormat,
    bytes: &[u8],
    width: u32,
    height: u32,
) -> Result<Option<Reduced>, String> {
    let is_long = width.max(height) > LONGEST_SIDE;
    let is_large = is_long || bytes.len() > MOST_BYTES;
    let is_still = !matches!(format, PictureFormat::Gif | PictureFormat::Svg);
    if !(is_large && is_still || format == PictureFormat::Jpeg && is_in_inks(bytes)) {
        return Ok(None);
    }
    let mut pixels = Pixels::decode(format, bytes)?;
    if is_long {
        pixels = pixels.scaled(LONGEST_SIDE as usize);
    }
    let is_opaque = matches!(pixels.channels, 1 | 3);
    let mut format = match format {
        PictureFormat::Png => PictureFormat::Png,
        _ if is_opaque => PictureFormat::Jpeg,
        _ => PictureFormat::Png,
    };
    let mut bytes = write(format, &pixels)?;
    for _ in 0..TRIES {
        if bytes.len() <= MOST_BYTES {
            break;
        }
        if format == PictureFormat::Png && is_opaque {
            // What is so large is a photograph.
            format = PictureFormat::Jpeg;
        } else {
            let share = (MOST_BYTES as f64 / bytes.len() as f64).sqrt().clamp(0.25, 0.95);
            let longest = pixels.width.max(pixels.height) as f64 * share;
            pixels = pixels.scaled((longest as usize).max(1));
        }
        bytes = write(format, &pixels)?;
    }
    Ok(Some(Reduced { format, bytes, width: pixels.width as u32, height: pixels.height as u32 }))
}

fn write(format: PictureFormat, pixels: &Pixels) -> Result<Vec<u8>, String> {
    if format == PictureFormat::Png { pixels.to_png() } else { pixels.to_jpeg() }
}

/// Whether a JPEG has four components: cyan, magenta, yellow and black.
fn is_in_inks(bytes: &[u8]) -> bool {
    let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
    let headers = decoder.decode_headers();
    headers.is_ok() && matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK))
}
