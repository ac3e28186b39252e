//! The colours of a cover: one calm ground and five inks on it.

/// What a shape is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Text,
    Stem,
    Leaf,
    LeafShade,
    Blossom,
}

/// Red, green and blue.
pub type Colour = [u8; 3];

/// The colours of one cover.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub ground: Colour,
    /// In the order of [`Ink`].
    pub inks: [Colour; 5],
}

/// From 0xRRGGBB.
const fn rgb(hex: u32) -> Colour {
    [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8]
}

const fn palette(ground: u32, text: u32, stem: u32, leaf: u32, shade: u32, blossom: u32) -> Palette {
    Palette { ground: rgb(ground), inks: [rgb(text), rgb(stem), rgb(leaf), rgb(shade), rgb(blossom)] }
}

/// Night, forest, aubergine, brick, paper and lagoon.
const PALETTES: [Palette; 6] = [
    palette(0x16283C, 0xF5EEDF, 0xC9A45C, 0x8FB8A4, 0x5E8C7A, 0xE8A995),
    palette(0x1C3A31, 0xF4EFE2, 0xCBA660, 0xA6C79C, 0x6E9F7B, 0xEDC3A4),
    palette(0x38213A, 0xF6ECE4, 0xD1A75F, 0xB7BF92, 0x87956C, 0xE7A3A0),
    palette(0x6E2C22, 0xFBF3E6, 0xE0B36C, 0xE3D3A4, 0xB9A878, 0xF4D9C6),
    palette(0xF2ECDF, 0x1F2F2A, 0xA07F42, 0x6F9A82, 0x3F6B57, 0xB6553F),
    palette(0x17434A, 0xF3EFE3, 0xD4AE66, 0x9CC9BD, 0x5F9C93, 0xF0B79B),
];

impl Palette {
    /// The palette of a title: always the same one.
    pub fn of(title: &str) -> &'static Palette {
        // FNV-1a, since a hash of the standard library may change between versions.
        let hash = title.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        &PALETTES[(hash >> 32) as usize % PALETTES.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, PALETTES};

    fn luminance(colour: Colour) -> f64 {
        let linear = colour.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn the_text_of_every_cover_has_enhanced_contrast() {
        for palette in &PALETTES {
            let (a, b) = (luminance(palette.ground), luminance(palette.inks[0]));
            let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(ratio >= 7.0, "{palette:?} has {ratio:.1}");
        }
    }
}
