//! One essay with every block, from its text to the structure of its PDF. `GARLAND_UPDATE=1` renews the golden tree;
//! the difference is read.

use std::fs;
use std::path::Path;

use super::document::Pdf;
use crate::harness::Anthology;

#[test]
fn every_block_is_tagged_as_what_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/blocks");
    let essay = fs::read_to_string(folder.join("every-block.md")).expect("the essay");
    let square = fs::read(folder.join("square.png")).expect("its picture");
    let built = Anthology::new()
        .essay("every-block.md", &essay)
        .file("square.png", square)
        .manifest("title: Blocks\n")
        .build();
    let pdf = Pdf::read(built.book().pdf.clone().expect("the PDF edition"));
    let structure = pdf.structure();
    let file = folder.join("structure.txt");
    if std::env::var_os("GARLAND_UPDATE").is_some() {
        fs::write(&file, &structure).expect("a writable file");
    }
    let expected = fs::read_to_string(&file).expect("the golden tree");
    if let Some((line, (found, wanted))) =
        structure.lines().zip(expected.lines()).enumerate().find(|(_, (found, wanted))| found != wanted)
    {
        panic!("line {} is\n{found}\nand not\n{wanted}", line + 1);
    }
    assert_eq!(structure.lines().count(), expected.lines().count());
}

#[test]
fn no_picture_has_more_pixels_than_print_shows() {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 3000, 30);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[128; 3000 * 30]).expect("its pixels");
    writer.finish().expect("its end");
    let built = Anthology::new()
        .essay("a.md", "# A\n\nText.\n\n![A bar](bar.png)\n")
        .file("bar.png", png)
        .manifest("editions: {pdf: {cover: false}}\n")
        .build();
    let pdf = built.book().pdf.clone().expect("the PDF edition");
    let pdf = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let widths: Vec<i64> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter_map(|stream| stream.dict.get(b"Width").ok()?.as_i64().ok())
        .collect();
    assert!(widths.len() == 1 && (1000..1600).contains(&widths[0]), "{widths:?}");
}
