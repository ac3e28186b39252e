//! The text files of a book with one of everything, as they are unzipped. `GARLAND_UPDATE=1` renews them; the
//! difference is read.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::book::{Epub, everything};

#[test]
fn a_book_with_one_of_everything_unzips_to_the_golden_tree() {
    compare(&everything().open(), "tests/epub/everything.txt");
}

/// Compares the names of a book's files and what is in those that are text with a golden file.
pub fn compare(epub: &Epub, golden: &str) {
    let is_text = |name: &&str| {
        [".opf", ".ncx", ".xml", ".xhtml"].iter().any(|end| name.ends_with(end)) || *name == "mimetype"
    };
    let mut tree = String::new();
    for name in epub.names() {
        if is_text(&name) {
            write!(tree, "===== {name}\n{}\n", epub.text(name).trim_end()).unwrap();
        } else {
            writeln!(tree, "===== {name}").unwrap();
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(golden);
    if std::env::var_os("GARLAND_UPDATE").is_some() {
        fs::write(&file, &tree).expect("a writable file");
    }
    let expected = fs::read_to_string(&file).expect("the golden tree");
    if let Some((line, (found, wanted))) =
        tree.lines().zip(expected.lines()).enumerate().find(|(_, (found, wanted))| found != wanted)
    {
        panic!("line {} is\n{found}\nand not\n{wanted}", line + 1);
    }
    assert_eq!(tree.lines().count(), expected.lines().count());
}
