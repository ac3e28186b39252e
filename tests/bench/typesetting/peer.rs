//! The same essays with Typst.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use garland::fonts::{Family, Fonts};

use crate::essays::Vocabulary;
use crate::{Figures, Run};

/// The page, the type and the openings of Garland's theme `book`; no running heads, which Garland sets too.
const STYLE: &str = r#"
#set document(title: "A Thousand Essays", author: "Many Hands")
#set page(width: 148mm, height: 210mm, margin: (inside: 54pt, outside: 59pt, top: 54pt, bottom: 55.28pt), numbering: "1")
#set text(font: "Literata", size: 10pt, lang: "en", hyphenate: true, number-type: "old-style", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: 3.5pt, spacing: 3.5pt, first-line-indent: 13.5pt)
#show heading: set text(weight: "bold", hyphenate: false)
#show heading.where(level: 1): set text(size: 20pt, weight: "regular")
#show heading.where(level: 2): set text(size: 12pt)
#let opening(title, author) = {
  pagebreak(weak: true)
  v(54pt)
  heading(level: 1, title)
  v(13.5pt)
  author
  v(20pt)
}
#outline(depth: 1)
"#;

/// Compiles once; a second time Typst would remember what it did.
const BINDING: &str = "
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
";

/// Sets the essays with Typst, if it is installed.
pub fn typeset(
    vocabulary: &Vocabulary,
    count: usize,
    work: &Path,
) -> Result<Option<Figures>, Box<dyn Error>> {
    let (source, target, faces) = (work.join("book.typ"), work.join("book.pdf"), work.join("faces"));
    let essays: String = (0..count).map(|number| vocabulary.essay(number).typst()).collect();
    fs::write(&source, format!("{STYLE}{essays}"))?;
    fs::create_dir(&faces)?;
    let fonts = Fonts::bundled();
    for (_, face) in fonts.iter().filter(|(_, face)| face.family == Family::Serif) {
        fs::write(faces.join(format!("{}.ttf", face.name)), face.bytes())?;
    }
    let has = |command: &mut Command| command.output().is_ok_and(|told| told.status.success());
    let mut typst = Command::new("typst");
    if has(Command::new("typst").arg("--version")) {
        typst
            .args(["compile", "--ignore-system-fonts"])
            .args([&source, &target])
            .arg("--font-path")
            .arg(&faces);
    } else if has(Command::new("python3").args(["-c", "import typst"])) {
        typst = Command::new("python3");
        typst.args(["-c", BINDING]).args([&source, &target, &faces]);
    } else {
        return Ok(None);
    }
    let run = Run::start();
    if !typst.status()?.success() {
        return Err("Typst fails".into());
    }
    let time = run.time();
    let pdf = lopdf::Document::load(&target)?;
    Ok(Some(Figures::new(time, pdf.get_pages().len(), fs::metadata(&target)?.len() as usize)))
}
