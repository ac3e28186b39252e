//! The output intent: what the document's colours mean.
//!
//! PDF/A wants device colours explained by an ICC profile. This one is sRGB (IEC 61966-2-1) as an
//! ICC version 4 matrix profile, made from the standard's own numbers.

use lopdf::{Dictionary, Document, ObjectId, dictionary};

use super::objects::{bytes, deflate, flate_stream};

const NAME: &str = "sRGB IEC61966-2.1";

/// The white of the profile connection space, D50.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
/// sRGB's primaries, adapted from D65 to D50.
const RED: [f64; 3] = [0.43607, 0.22249, 0.01392];
const GREEN: [f64; 3] = [0.38515, 0.71687, 0.09708];
const BLUE: [f64; 3] = [0.14307, 0.06061, 0.71410];
/// How D65 was adapted to D50 (Bradford), row by row.
const ADAPTATION: [f64; 9] =
    [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
/// Exponent, then a, b, c and d of the parametric curve: (aX + b)^g from d on, cX below.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

/// Adds the output intent and its profile.
pub fn add_output_intent(document: &mut Document) -> Dictionary {
    let profile: ObjectId = document.add_object(flate_stream(dictionary! { "N" => 3 }, deflate(&profile())));
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => bytes(NAME),
        "Info" => bytes(NAME),
        "DestOutputProfile" => profile,
    }
}

/// The profile's bytes (ICC.1:2010, section 7).
fn profile() -> Vec<u8> {
    let curve = parametric_curve();
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", unicode(NAME)),
        (b"cprt", unicode("No copyright, use freely")),
        (b"wtpt", fixed_numbers(b"XYZ ", &WHITE)),
        (b"chad", fixed_numbers(b"sf32", &ADAPTATION)),
        (b"rXYZ", fixed_numbers(b"XYZ ", &RED)),
        (b"gXYZ", fixed_numbers(b"XYZ ", &GREEN)),
        (b"bXYZ", fixed_numbers(b"XYZ ", &BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let data_start = 128 + 4 + 12 * tags.len();
    for (signature, element) in tags {
        table.extend(signature);
        table.extend(((data_start + data.len()) as u32).to_be_bytes());
        table.extend((element.len() as u32).to_be_bytes());
        data.extend(element);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header((data_start + data.len()) as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend([0; 4]); // no preferred colour management module
    header.extend([4, 0x20, 0, 0]); // version 4.2
    header.extend(b"mntrRGB XYZ ");
    for field in [2024_u16, 1, 1, 0, 0, 0] {
        header.extend(field.to_be_bytes()); // when it was made; a constant, for the same bytes every day
    }
    header.extend(b"acsp");
    header.resize(64, 0); // no platform, flags, device or attributes
    header.extend([0; 4]); // perceptual
    header.extend(WHITE.iter().flat_map(|&value| fixed(value)));
    header.resize(128, 0);
    header
}

/// A 16.16 fixed-point number.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn fixed_numbers(kind: &[u8; 4], values: &[f64]) -> Vec<u8> {
    let mut element = kind.to_vec();
    element.extend([0; 4]);
    element.extend(values.iter().flat_map(|&value| fixed(value)));
    element
}

fn parametric_curve() -> Vec<u8> {
    let mut element = b"para\0\0\0\0".to_vec();
    element.extend([0, 3, 0, 0]); // function type 3, reserved
    element.extend(CURVE.iter().flat_map(|&value| fixed(value)));
    element
}

/// A multi-localized text with one entry, in English.
fn unicode(text: &str) -> Vec<u8> {
    let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut element = b"mluc\0\0\0\0".to_vec();
    element.extend([0, 0, 0, 1, 0, 0, 0, 12]);
    element.extend(b"enUS");
    element.extend((text.len() as u32).to_be_bytes());
    element.extend(28_u32.to_be_bytes());
    element.extend(text);
    element
}
