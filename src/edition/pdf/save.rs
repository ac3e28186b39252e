//! Turns the finished document into the bytes of a file.
//!
//! lopdf would copy every object and write it three times over to pack it. A book has tens of
//! thousands of them, so they are [packed](super::packs) here, and the places of all go into a cross-reference
//! stream (ISO 32000-1, section 7.5.8).

use libdeflater::crc32;
use lopdf::{Document, Object, ObjectId, StringFormat, dictionary};
use rayon::prelude::{ParallelIterator, ParallelSlice};
use uuid::Uuid;

use super::objects::{deflate, flate_stream};
use super::packs::{Pack, pack, serialize};
use crate::edition::EditionError;

/// The widths of a cross-reference entry's fields, in bytes.
const FIELD_WIDTHS: [i64; 3] = [1, 4, 2];

/// What a stream takes besides its data, about.
const ROOM_FOR_DICTIONARY: usize = 200;

/// How much of a file is summed up in one piece.
const PIECE: usize = 1 << 16;

/// What tells a file from others: a hash of its pieces' checksums. Nothing has to be safe from forgers here, and
/// checksums take a tenth of the time that hashing it all does.
fn digest(file: &[u8]) -> Uuid {
    let checksums = file.par_chunks(PIECE).flat_map_iter(|piece| crc32(piece).to_be_bytes());
    Uuid::new_v5(&Uuid::NAMESPACE_URL, &checksums.collect::<Vec<u8>>())
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: its number is not used.
    Free,
    /// At an offset in the file.
    Offset(u32),
    /// In an object stream, at an index there.
    Packed(u32, u16),
}

/// A page's content, which a book has thousands of: lopdf need not hold them.
pub struct PageStream {
    pub object: ObjectId,
    pub deflated: Vec<u8>,
}

/// Writes the document with its pages' content and the objects that are packed already. Its identifier is a hash of
/// all its objects, so that the same book gives the same bytes and a changed one another identifier.
pub fn save(
    document: Document,
    contents: &[PageStream],
    mut packed: Vec<Pack>,
    catalog: ObjectId,
    information: ObjectId,
) -> Result<Vec<u8>, EditionError> {
    let (streams, small): (Vec<_>, Vec<_>) =
        document.objects.into_iter().partition(|(_, object)| matches!(object, Object::Stream(_)));
    packed.extend(pack(small)?);

    let first_pack = document.max_id + 1;
    let cross_references = first_pack + packed.len() as u32;
    let mut places = vec![Place::Free; cross_references as usize + 1];
    let data = streams.iter().filter_map(|(_, object)| Some(object.as_stream().ok()?.content.len()));
    let data = data.chain(contents.iter().map(|content| content.deflated.len()));
    let data = data.chain(packed.iter().map(|pack| pack.stream.content.len()));
    let room = data.map(|length| length + ROOM_FOR_DICTIONARY).sum();
    let mut file = Vec::with_capacity(room);
    file.extend(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    for (id, object) in streams {
        write_stream(&mut file, &mut places, id.0, object)?;
    }
    for PageStream { object, deflated } in contents {
        let dictionary = format!("<</Filter/FlateDecode/Length {}>>", deflated.len());
        write_data(&mut file, &mut places, object.0, dictionary.as_bytes(), deflated)?;
    }
    for (pack, number) in packed.into_iter().zip(first_pack..) {
        for (index, id) in (0..).zip(pack.numbers) {
            set_place(&mut places, id, Place::Packed(number, index));
        }
        write_stream(&mut file, &mut places, number, pack.stream.into())?;
    }

    let identifier = Object::String(digest(&file).into_bytes().to_vec(), StringFormat::Hexadecimal);
    let start = offset(&file)?;
    set_place(&mut places, cross_references, Place::Offset(start));
    let trailer = dictionary! {
        "Type" => "XRef",
        "Size" => places.len() as i64,
        "W" => FIELD_WIDTHS.map(Object::Integer).to_vec(),
        "Root" => catalog,
        "Info" => information,
        "ID" => vec![identifier.clone(), identifier],
    };
    let entries = flate_stream(trailer, deflate(&cross_reference_entries(&places)));
    write_stream(&mut file, &mut places, cross_references, entries.into())?;
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    Ok(file)
}

fn write_stream(
    file: &mut Vec<u8>,
    places: &mut [Place],
    number: u32,
    object: Object,
) -> Result<(), EditionError> {
    let Object::Stream(mut stream) = object else { return Ok(()) };
    stream.dict.set("Length", stream.content.len() as i64);
    write_data(file, places, number, &serialize(stream.dict.into())?, &stream.content)
}

/// Writes a stream of these data, which the dictionary describes.
fn write_data(
    file: &mut Vec<u8>,
    places: &mut [Place],
    number: u32,
    dictionary: &[u8],
    data: &[u8],
) -> Result<(), EditionError> {
    set_place(places, number, Place::Offset(offset(file)?));
    file.extend(format!("{number} 0 obj\n").bytes());
    file.extend(dictionary);
    file.extend(b"\nstream\n");
    file.extend(data);
    // The end of line before the keyword is no part of the data. Of a line feed alone, behind data that end in a
    // carriage return, nobody could tell (ISO 19005-2, section 6.1.7.1).
    file.extend(b"\r\nendstream\nendobj\n");
    Ok(())
}

fn set_place(places: &mut [Place], number: u32, place: Place) {
    if let Some(entry) = places.get_mut(number as usize) {
        *entry = place;
    }
}

fn offset(file: &[u8]) -> Result<u32, EditionError> {
    u32::try_from(file.len()).map_err(|_| EditionError::new("the PDF would be larger than 4 GB"))
}

fn cross_reference_entries(places: &[Place]) -> Vec<u8> {
    let mut entries = Vec::with_capacity(7 * places.len());
    for place in places {
        let (kind, second, third) = match *place {
            Place::Free => (0, 0, u16::MAX),
            Place::Offset(offset) => (1, offset, 0),
            Place::Packed(stream, index) => (2, stream, index),
        };
        entries.push(kind);
        entries.extend(u32::to_be_bytes(second));
        entries.extend(u16::to_be_bytes(third));
    }
    entries
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Document, Stream};

    use super::save;

    #[test]
    fn the_length_of_data_is_plain_whatever_they_end_with() {
        for data in [&b"ends so\r"[..], b"ends so\n", b""] {
            let mut document = Document::new();
            let catalog = document.add_object(Dictionary::new());
            document.add_object(Stream::new(Dictionary::new(), data.to_vec()).with_compression(false));
            let file = save(document, &[], Vec::new(), catalog, catalog).unwrap();
            let whole = [b"stream\n", data, b"\r\nendstream\n"].concat();
            assert!(file.windows(whole.len()).any(|part| part == whole));
        }
    }
}
