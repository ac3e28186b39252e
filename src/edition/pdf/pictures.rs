//! Embeds the pictures that the book shows, each once.

mod decode;
mod drawing;
mod jpeg;

use std::borrow::Cow;
use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::objects::flate_stream;
use crate::anthology::{Anthology, Picture, PictureFormat, PictureId};
use crate::drawing::read;
use crate::edition::EditionError;
use crate::paged_book::{Item, PagedBook};
use crate::pixels::Pixels;
use decode::{Plane, Samples, Space};
use jpeg::JpegColour;

/// More pixels to the inch than this are not seen in print.
const RESOLUTION: f32 = 300.0;
/// A picture that has but little more is left as it is.
const TOLERANCE: f32 = 1.1;

/// The pictures as the document holds them.
pub struct Pictures {
    objects: BTreeMap<PictureId, ObjectId>,
    archivable: bool,
}

impl Pictures {
    /// The pages' picture resources.
    pub fn resources(&self) -> Dictionary {
        let mut resources = Dictionary::new();
        for (&picture, &object) in &self.objects {
            resources.set(resource_name(picture), object);
        }
        resources
    }

    /// Whether PDF/A allows all of them.
    pub fn archivable(&self) -> bool {
        self.archivable
    }
}

/// A picture's name in the pages' resources.
pub fn resource_name(picture: PictureId) -> String {
    format!("Picture{}", picture.0)
}

/// A picture in one of the forms that PDF takes.
pub enum Encoded<'a> {
    /// Deflated samples.
    Samples(Samples),
    /// A JPEG file as it is.
    Jpeg { bytes: Cow<'a, [u8]>, width: u16, height: u16, colour: JpegColour },
    /// Paths, which no size is too large for.
    Drawing(Box<usvg::Tree>),
}

impl Encoded<'_> {
    /// Whether PDF/A allows it: one whose inks the output intent does not explain, it does not.
    pub fn is_archivable(&self) -> bool {
        !matches!(self, Encoded::Jpeg { colour: JpegColour::Cmyk { .. }, .. })
    }
}

/// Adds all pictures that the pages show.
pub fn embed(
    document: &mut Document,
    anthology: &Anthology,
    book: &PagedBook,
) -> Result<Pictures, EditionError> {
    let encoded: Vec<(PictureId, Encoded)> = shown(book)
        .into_iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(id, length)| {
            let picture = anthology
                .pictures
                .get(id.0)
                .ok_or_else(|| EditionError::new("a page shows a picture that the book does not have"))?;
            Ok((id, encode(picture, length)?))
        })
        .collect::<Result<_, EditionError>>()?;

    let mut pictures = Pictures { objects: BTreeMap::new(), archivable: true };
    for (id, encoded) in encoded {
        pictures.archivable &= encoded.is_archivable();
        pictures.objects.insert(id, add(document, encoded));
    }
    Ok(pictures)
}

/// The pictures that the pages show, with the greatest length of the longer side of each, in points.
fn shown(book: &PagedBook) -> BTreeMap<PictureId, f32> {
    let mut lengths = BTreeMap::new();
    for item in book.pages.iter().flat_map(|page| &page.items) {
        if let Item::Picture(placed) = item {
            let length: &mut f32 = lengths.entry(placed.picture).or_default();
            *length = length.max(placed.width).max(placed.height);
        }
    }
    lengths
}

/// A picture in a form for PDF, with no more pixels than print shows on `length` points.
pub fn encode(picture: &Picture, length: f32) -> Result<Encoded<'_>, EditionError> {
    let wanted = (length / 72.0 * RESOLUTION).ceil().max(1.0);
    let stays = matches!(picture.format, PictureFormat::Gif | PictureFormat::Svg);
    let is_large = picture.width.max(picture.height) as f32 > wanted * TOLERANCE;
    let whole = || match picture.format {
        PictureFormat::Png => decode::png(&picture.bytes).map(Encoded::Samples),
        PictureFormat::Gif => decode::gif(&picture.bytes).map(Encoded::Samples),
        PictureFormat::Webp => decode::webp(&picture.bytes).map(Encoded::Samples),
        PictureFormat::Jpeg => jpeg(Cow::Borrowed(&picture.bytes)),
        PictureFormat::Svg => draw(&picture.bytes, wanted as usize),
    };
    let encoded = if is_large && !stays {
        // A JPEG that is not whole is shown as far as it goes.
        reduce(picture, wanted as usize).or_else(|_| whole())
    } else {
        whole()
    };
    encoded.map_err(|why| {
        EditionError::new(format!("the picture {} cannot be embedded in the PDF: {why}", picture.name))
    })
}

/// The picture with a longer side of so many pixels.
fn reduce(picture: &Picture, longest: usize) -> Result<Encoded<'_>, String> {
    let pixels = Pixels::decode(picture.format, &picture.bytes)?.scaled(longest);
    if picture.format == PictureFormat::Jpeg {
        jpeg(Cow::Owned(pixels.to_jpeg()?))
    } else {
        decode::png(&pixels.to_png()?).map(Encoded::Samples)
    }
}

/// A drawing as paths, or painted where paths do not say all of it.
fn draw(bytes: &[u8], longest: usize) -> Result<Encoded<'_>, String> {
    let tree = read(bytes)?;
    if drawing::is_vector(&tree) {
        return Ok(Encoded::Drawing(Box::new(tree)));
    }
    decode::png(&drawing::paint(&tree, longest)?.to_png()?).map(Encoded::Samples)
}

fn jpeg(bytes: Cow<'_, [u8]>) -> Result<Encoded<'_>, String> {
    let (width, height, colour) = jpeg::frame(&bytes)?;
    Ok(Encoded::Jpeg { bytes, width, height, colour })
}

pub fn add(document: &mut Document, encoded: Encoded) -> ObjectId {
    match encoded {
        Encoded::Samples(Samples { colour, opacity }) => {
            let mask = opacity.map(|opacity| {
                let dictionary = plane_dictionary(&opacity);
                document.add_object(flate_stream(dictionary, opacity.deflated))
            });
            let mut dictionary = plane_dictionary(&colour);
            if let Some(mask) = mask {
                dictionary.set("SMask", mask);
            }
            document.add_object(flate_stream(dictionary, colour.deflated))
        }
        Encoded::Drawing(tree) => drawing::add(document, &tree),
        Encoded::Jpeg { bytes, width, height, colour } => {
            let mut dictionary = image(width.into(), height.into(), 8, colour.space().into());
            dictionary.set("Filter", "DCTDecode");
            if let JpegColour::Cmyk { inverted: true } = colour {
                let inverted: Vec<Object> = [1, 0].repeat(4).into_iter().map(Object::Integer).collect();
                dictionary.set("Decode", inverted);
            }
            document.add_object(Stream::new(dictionary, bytes.into_owned()).with_compression(false))
        }
    }
}

fn plane_dictionary(plane: &Plane) -> Dictionary {
    let name = |name: &str| Object::from(name);
    let space = match &plane.space {
        Space::Gray => name("DeviceGray"),
        Space::Rgb => name("DeviceRGB"),
        Space::Indexed(palette) => {
            let last = (palette.len() / 3).saturating_sub(1) as i64;
            let colours = Object::String(palette.clone(), StringFormat::Hexadecimal);
            vec![name("Indexed"), name("DeviceRGB"), last.into(), colours].into()
        }
    };
    let mut dictionary = image(plane.width, plane.height, plane.depth, space);
    // 15: every row says itself how it was filtered, as in PNG.
    dictionary.set(
        "DecodeParms",
        dictionary! {
            "Predictor" => 15,
            "Colors" => i64::from(plane.space.channels()),
            "BitsPerComponent" => i64::from(plane.depth),
            "Columns" => i64::from(plane.width),
        },
    );
    dictionary
}

fn image(width: u32, height: u32, depth: u8, space: Object) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => space,
        "BitsPerComponent" => i64::from(depth),
    }
}
