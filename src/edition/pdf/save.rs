//! Turns the finished document into bytes.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat};
use uuid::Uuid;

use crate::edition::EditionError;

/// How many objects go into one object stream.
const OBJECTS_PER_STREAM: usize = 200;
/// What stands for the identifier until the file is known.
const PLACEHOLDER: [u8; 32] = *b"garland-identifier-to-be-written";

/// Writes the document with small objects packed into streams. The identifier is a hash of all the
/// rest, so that the same book gives the same bytes and a changed one a new identifier.
pub fn save(
    mut document: Document,
    catalog: ObjectId,
    information: ObjectId,
) -> Result<Vec<u8>, EditionError> {
    let identifier = Object::String(PLACEHOLDER.to_vec(), StringFormat::Literal);
    document.trailer = Dictionary::new();
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", information);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);

    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS_PER_STREAM)
        .build();
    let mut file = Vec::new();
    document
        .save_with_options(&mut file, options)
        .map_err(|error| EditionError::new(format!("the PDF could not be put together: {error}")))?;

    let identifier = Uuid::new_v5(&Uuid::NAMESPACE_URL, &file).simple().to_string();
    replace_placeholders(&mut file, identifier.as_bytes());
    Ok(file)
}

/// Writes the identifier over its placeholders, which stand in the cross-reference stream's
/// dictionary, near the file's end.
fn replace_placeholders(file: &mut [u8], identifier: &[u8]) {
    let mut left = 2;
    let mut end = file.len();
    while left > 0 {
        let Some(start) = file[..end].windows(PLACEHOLDER.len()).rposition(|window| window == PLACEHOLDER)
        else {
            return;
        };
        file[start..start + PLACEHOLDER.len()].copy_from_slice(identifier);
        end = start;
        left -= 1;
    }
}
