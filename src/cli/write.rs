//! Writing editions so that a reader never meets half of one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::Book;

/// Writes a book's editions, and the account of its words, into `folder`, which is made if need be. Each is written beside its place
/// and moved there when all of them are whole: whatever fails before, the folder's old editions stay.
///
/// # Errors
/// What the system said; nothing is left half-written.
pub fn write_editions(book: &Book, folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let for_devices = book.device_epubs.iter().map(|(device, bytes)| (device.extension(), Some(&bytes[..])));
    let files = [("epub", book.epub.as_deref())].into_iter().chain(for_devices).chain([
        ("pdf", book.pdf.as_deref()),
        ("report.html", Some(book.report.page.as_bytes())),
        ("report.json", Some(book.report.json.as_bytes())),
    ]);
    let mut ready = Vec::new();
    for (extension, bytes) in files {
        let Some(bytes) = bytes else { continue };
        let path = folder.join(format!("{}.{extension}", book.slug));
        ready.push((write_beside(folder, bytes)?, path));
    }
    let mut paths = Vec::new();
    for (file, path) in ready {
        file.persist(&path)?;
        paths.push(path);
    }
    Ok(paths)
}

fn write_beside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".garland-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file; the umask takes off what the user does not want.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}
