//! The cover as the first leaf: a page with the picture and a blank one behind it, so that right-hand pages stay
//! right-hand pages. The pages of the book itself know nothing of it.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::objects::{deflate, flate_stream, hundredths, number, text};
use super::pictures::{self, Encoded};
use crate::anthology::Picture;
use crate::edition::EditionError;
use crate::edition::cover::Cover;

/// How many pages are bound before the book's own.
pub const PAGES: usize = 2;

/// The cover's picture, as large as it stands on a page of this size.
pub fn encode(cover: &Cover, size: (f32, f32)) -> Result<Encoded<'_>, EditionError> {
    let (across, up) = extent(&cover.picture, size);
    pictures::encode(&cover.picture, across.max(up))
}

/// A picture's width and height where it is as large as the page allows.
fn extent(picture: &Picture, (width, height): (f32, f32)) -> (f32, f32) {
    let scale = (width / picture.width as f32).min(height / picture.height as f32);
    (picture.width as f32 * scale, picture.height as f32 * scale)
}

/// Binds the leaf before the other pages, and its picture before all else that is read. Tells whether PDF/A allows
/// the picture.
pub fn bind(
    document: &mut Document,
    cover: &Cover,
    picture: Encoded<'_>,
    (width, height): (f32, f32),
    structure_tree: ObjectId,
    page_tree: ObjectId,
) -> Result<bool, EditionError> {
    // In the middle; around it is the picture's own ground.
    let (across, up) = extent(&cover.picture, (width, height));
    let (left, bottom) = ((width - across) / 2.0, (height - up) / 2.0);
    let archivable = picture.is_archivable();
    let object = pictures::add(document, picture);

    // As exact as the picture's own colours, or its edges would be seen.
    let [red, green, blue] = cover.ground.map(|channel| f32::from(channel) / 255.0);
    let [width, height, across, up, left, bottom] = [width, height, across, up, left, bottom].map(hundredths);
    let content = format!(
        "/Artifact BMC\n{red:.4} {green:.4} {blue:.4} rg\n0 0 {width} {height} re\nf\nEMC\n\
         /Figure <</MCID 0>> BDC\nq\n{across} 0 0 {up} {left} {bottom} cm\n/Cover Do\nQ\nEMC\n"
    );
    let content = document.add_object(flate_stream(Dictionary::new(), deflate(content.as_bytes())));
    let resources = dictionary! { "XObject" => dictionary! { "Cover" => object } };
    let sheet = vec![0.into(), 0.into(), number(width), number(height)];
    let blank = dictionary! {
        "Type" => "Page",
        "Parent" => page_tree,
        "MediaBox" => sheet.clone(),
        "TrimBox" => sheet,
        "Resources" => Dictionary::new(),
    };
    let mut front = blank.clone();
    front.set("Resources", resources);
    front.set("Contents", content);
    let front = document.add_object(front);
    let blank = document.add_object(blank);

    let hull = [left, bottom, left + across, bottom + up].map(number).to_vec();
    let figure = document.add_object(dictionary! {
        "Type" => "StructElem",
        "S" => "Figure",
        "Alt" => text(&cover.alt),
        "Pg" => front,
        "K" => 0,
        "A" => dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => hull },
    });
    let unreadable = |cause| EditionError::of("the cover could not be bound into the PDF", cause);
    let key = own(document, structure_tree, figure).map_err(unreadable)?;
    document
        .get_object_mut(front)
        .and_then(Object::as_dict_mut)
        .map_err(unreadable)?
        .set("StructParents", key);
    let tree = document.get_object_mut(page_tree).and_then(Object::as_dict_mut).map_err(unreadable)?;
    let count = tree.get(b"Count").and_then(Object::as_i64).map_err(unreadable)?;
    tree.set("Count", count + PAGES as i64);
    let pages = tree.get_mut(b"Kids").and_then(Object::as_array_mut).map_err(unreadable)?;
    pages.splice(..0, [front.into(), blank.into()]);
    Ok(archivable)
}

/// Makes the figure the first thing in the document; gives the key by which its page finds it.
fn own(document: &mut Document, structure_tree: ObjectId, figure: ObjectId) -> Result<i64, lopdf::Error> {
    let root = document.get_object_mut(structure_tree)?.as_dict_mut()?;
    let body = root.get(b"K")?.as_reference()?;
    let parents = root.get(b"ParentTree")?.as_reference()?;
    let key = root.get(b"ParentTreeNextKey")?.as_i64()?;
    root.set("ParentTreeNextKey", key + 1);

    let leaf = document.add_object(dictionary! {
        "Limits" => vec![key.into(), key.into()],
        "Nums" => vec![key.into(), vec![Object::from(figure)].into()],
    });
    document.get_object_mut(parents)?.as_dict_mut()?.get_mut(b"Kids")?.as_array_mut()?.push(leaf.into());
    document.get_object_mut(figure)?.as_dict_mut()?.set("P", body);
    let body = document.get_object_mut(body)?.as_dict_mut()?;
    let kids = match body.remove(b"K") {
        Some(Object::Array(kids)) => kids,
        other => other.into_iter().collect(),
    };
    let kids: Vec<Object> = std::iter::once(figure.into()).chain(kids).collect();
    body.set("K", kids);
    Ok(key)
}
