//! Faces of the system, for characters that neither Garland nor the anthology has a face for.

use std::collections::BTreeSet;

use fontdb::{Database, FaceInfo, Style, Weight};
use skrifa::{FontRef, MetadataProvider};

/// Upright regular faces that have the wanted characters between them, each with its PostScript name;
/// the face that has most of them comes first. Characters that no face has stay unhelped.
pub fn find(characters: impl IntoIterator<Item = char>) -> Vec<(String, Vec<u8>)> {
    let mut wanted: BTreeSet<char> = characters.into_iter().collect();
    let mut database = Database::new();
    database.load_system_fonts();
    let mut faces: Vec<&FaceInfo> = database.faces().filter(|face| is_plain(face)).collect();
    let rank = |face: &FaceInfo| {
        (face.weight.0.abs_diff(Weight::NORMAL.0), face.post_script_name.clone(), face.index)
    };
    faces.sort_by_cached_key(|face| rank(face));
    let mut found = Vec::new();
    while !wanted.is_empty() {
        let counted = faces.iter().map(|face| (covered(&database, face, &wanted), *face));
        // The first of the best, so that the choice is the same every time.
        let best = counted.reduce(|best, next| if next.0.len() > best.0.len() { next } else { best });
        let Some((covered, face)) = best.filter(|(covered, _)| !covered.is_empty()) else { break };
        wanted.retain(|character| !covered.contains(character));
        let bytes = database.with_face_data(face.id, single_face).flatten();
        found.extend(bytes.map(|bytes| (face.post_script_name.clone(), bytes)));
    }
    found
}

/// Whether a face can stand beside regular text: many of the world's faces come in a weight just above.
fn is_plain(face: &FaceInfo) -> bool {
    face.style == Style::Normal && (Weight::LIGHT..=Weight::SEMIBOLD).contains(&face.weight)
}

fn covered(database: &Database, face: &FaceInfo, wanted: &BTreeSet<char>) -> BTreeSet<char> {
    let covered = database.with_face_data(face.id, |bytes, index| {
        let Ok(font) = FontRef::from_index(bytes, index) else { return BTreeSet::new() };
        let charmap = font.charmap();
        wanted.iter().copied().filter(|&character| charmap.map(character).is_some()).collect()
    });
    covered.unwrap_or_default()
}

/// One face as a file of its own: out of a collection, its tables are gathered behind a directory
/// (OpenType 1.9, "Organization of an OpenType font").
fn single_face(bytes: &[u8], index: u32) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"ttcf") {
        return Some(bytes.to_vec());
    }
    let font = FontRef::from_index(bytes, index).ok()?;
    let records = font.table_directory().table_records();
    let directory = 12 + 16 * records.len();
    let mut header = Vec::with_capacity(directory);
    header.extend_from_slice(&font.table_directory().sfnt_version().to_be_bytes());
    let count = u16::try_from(records.len()).ok()?;
    let power = count.checked_ilog2()?;
    header.extend_from_slice(&count.to_be_bytes());
    header.extend_from_slice(&(16u16 << power).to_be_bytes());
    header.extend_from_slice(&(power as u16).to_be_bytes());
    header.extend_from_slice(&(count * 16 - (16 << power)).to_be_bytes());
    let mut tables = Vec::new();
    for record in records {
        let table = font.table_data(record.tag())?;
        let offset = u32::try_from(directory + tables.len()).ok()?;
        header.extend_from_slice(&record.tag().to_be_bytes());
        header.extend_from_slice(&record.checksum().to_be_bytes());
        header.extend_from_slice(&offset.to_be_bytes());
        header.extend_from_slice(&record.length().to_be_bytes());
        tables.extend_from_slice(table.as_bytes());
        tables.resize(tables.len().next_multiple_of(4), 0);
    }
    header.append(&mut tables);
    Some(header)
}
