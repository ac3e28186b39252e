//! The OCF container: a ZIP file whose bytes depend on its content alone.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::edition::EditionError;
use crate::edition::epub::package::PackageFile;

const MEDIA_TYPE: &[u8] = b"application/epub+zip";

/// A file of the publication, under its path relative to the package document.
pub struct Entry<'a> {
    pub path: String,
    bytes: Cow<'a, [u8]>,
    packing: Packing,
}

/// How well a file can be made smaller.
#[derive(Clone, Copy)]
enum Packing {
    /// Not at all: it is compressed already.
    Store,
    /// Some, and not worth long: font tables.
    Quick,
    Deflate,
}

impl<'a> Entry<'a> {
    pub fn text(path: impl Into<String>, text: String) -> Self {
        Entry { path: path.into(), bytes: text.into_bytes().into(), packing: Packing::Deflate }
    }

    pub fn binary(path: impl Into<String>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Entry { path: path.into(), bytes: bytes.into(), packing: Packing::Quick }
    }

    /// Content that is compressed already.
    pub fn packed(path: impl Into<String>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Entry { path: path.into(), bytes: bytes.into(), packing: Packing::Store }
    }
}

/// Packs the publication's resources and its package files, whose paths are relative to the container.
pub fn pack(resources: Vec<Entry>, package: Vec<PackageFile>) -> Result<Vec<u8>, EditionError> {
    let mut entries: Vec<Entry> = resources
        .into_iter()
        .map(|entry| Entry { path: format!("OEBPS/{}", entry.path), ..entry })
        .chain(package.into_iter().map(|file| Entry::text(file.path, file.content)))
        .collect();
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let failed = |cause| EditionError::of("the EPUB could not be packed", cause);

    // Each file becomes an archive of its own, and the archives are joined: deflating is most of the work.
    let mut archives: Vec<Vec<u8>> =
        entries.par_iter().map(archive_of_one).collect::<Result<_, _>>().map_err(failed)?;
    let mimetype = Entry::packed("mimetype", MEDIA_TYPE);
    archives.insert(0, archive_of_one(&mimetype).map_err(failed)?);

    let size = archives.iter().map(Vec::len).sum();
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
    for archive in archives {
        let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(failed)?;
        let file = archive.by_index_raw(0).map_err(failed)?;
        writer.raw_copy_file(file).map_err(failed)?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}

fn archive_of_one(entry: &Entry) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let options = match entry.packing {
        Packing::Store => options.compression_method(CompressionMethod::Stored),
        Packing::Quick => options.compression_method(CompressionMethod::Deflated).compression_level(Some(2)),
        Packing::Deflate => options.compression_method(CompressionMethod::Deflated),
    };
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(entry.bytes.len() / 2)));
    writer.start_file(entry.path.as_str(), options)?;
    writer.write_all(&entry.bytes)?;
    Ok(writer.finish()?.into_inner())
}
