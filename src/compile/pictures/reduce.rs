//! Pictures that reading systems would choke on, made fit for them: large ones smaller, and JPEGs in printing inks
//! into red, green and blue.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

use crate::anthology::PictureFormat;
use crate::pixels::Pixels;

/// No side of a picture is longer: more pixels than any screen or an A4 page shows.
pub const LONGEST_SIDE: u32 = 3200;

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
    let is_still = !matches!(format, PictureFormat::Gif | PictureFormat::Svg);
    if !(is_large && is_still || format == PictureFormat::Jpeg && is_in_inks(bytes)) {
        return Ok(None);
    }
    let pixels = Pixels::decode(format, bytes)?;
    let pixels = if is_large { pixels.scaled(LONGEST_SIDE as usize) } else { pixels };
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
