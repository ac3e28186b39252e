//! What PDF must know of a JPEG file, which it takes as it is.

/// How a JPEG's components make colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JpegColour {
    Gray,
    Rgb,
    /// `inverted` as Adobe's programs write it: full ink is 0.
    Cmyk {
        inverted: bool,
    },
}

impl JpegColour {
    pub fn space(self) -> &'static str {
        match self {
            JpegColour::Gray => "DeviceGray",
            JpegColour::Rgb => "DeviceRGB",
            JpegColour::Cmyk { .. } => "DeviceCMYK",
        }
    }
}

/// Reads width, height and colours from the frame header (ITU-T T.81, annex B).
pub fn frame(bytes: &[u8]) -> Result<(u16, u16, JpegColour), String> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8]).ok_or("it is not a JPEG file")?;
    let mut from_adobe = false;
    loop {
        let [0xFF, marker, tail @ ..] = rest else {
            return Err("it has no frame header".to_owned());
        };
        match marker {
            // Fill bytes, and markers that stand alone.
            0xFF => {
                rest = &rest[1..];
                continue;
            }
            0x01 | 0xD0..=0xD7 => {
                rest = tail;
                continue;
            }
            0xD9 | 0xDA => return Err("it has no frame header".to_owned()),
            _ => {}
        }
        let (&[high, low], _) = tail.split_first_chunk::<2>().ok_or("it ends too soon")?;
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = tail.get(2..length).ok_or("it ends too soon")?;
        match marker {
            0xEE => from_adobe |= segment.starts_with(b"Adobe"),
            // All frame headers; C4, C8 and CC are other things.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return read_frame(*marker, segment, from_adobe);
            }
            _ => {}
        }
        rest = tail.get(length..).ok_or("it ends too soon")?;
    }
}

fn read_frame(marker: u8, segment: &[u8], from_adobe: bool) -> Result<(u16, u16, JpegColour), String> {
    let &[precision, height_high, height_low, width_high, width_low, components, ..] = segment else {
        return Err("its frame header is too short".to_owned());
    };
    if !matches!(marker, 0xC0..=0xC2) || precision != 8 {
        return Err("it is of a kind of JPEG that PDF does not know".to_owned());
    }
    let (width, height) =
        (u16::from_be_bytes([width_high, width_low]), u16::from_be_bytes([height_high, height_low]));
    if width == 0 || height == 0 {
        return Err("it has no size".to_owned());
    }
    let colour = match components {
        1 => JpegColour::Gray,
        3 => JpegColour::Rgb,
        4 => JpegColour::Cmyk { inverted: from_adobe },
        count => return Err(format!("it has {count} components")),
    };
    Ok((width, height, colour))
}
