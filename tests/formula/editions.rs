//! Formulas in finished books.

use crate::harness::Anthology;

fn folder(essay: &str) -> Anthology {
    Anthology::new()
        .essay("essay.md", &format!("# Formulas\n\nThis is an essay with formulas in it.\n\n{essay}\n"))
}

#[test]
fn no_tex_stands_on_the_page() {
    let built = folder("Energy $E = mc^2$ and\n\n$$\\frac{a+b}{c} \\tag{7}$$\n\nend.").build();
    built.expect_clean();
    let chapter = built.epub("OEBPS/text/formulas.xhtml");
    chapter.lacks("\\frac").contains("<mfrac>").contains("alttext=\"E = mc²\"").contains("display=\"block\"");
    built.epub("OEBPS/content.opf").contains("properties=\"mathml\"");
    if let Some(text) = built.pdf_text() {
        text.lacks("\\frac").lacks("^2").contains("(7)");
    }
}

#[test]
fn what_cannot_be_set_is_told_and_said_on_one_line() {
    let built = folder("Something $\\foo{x} + \\frac{1}{2}$ here.").build();
    built.expect_warning("unset-formula");
    built.epub_prose().lacks("\\foo").lacks("\\frac").contains("foo x + 1/2");
}

#[test]
fn tex_has_signs_of_its_own_for_formulas() {
    let essay = "So \\(x^2\\) and \\\\(y_1\\\\) and\n\n\\[ z = \\alpha \\]\n\n\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}\n\nend.";
    let built = folder(essay).build();
    built.expect_clean();
    let chapter = built.epub("OEBPS/text/formulas.xhtml");
    chapter
        .contains("alttext=\"x²\"")
        .contains("alttext=\"y₁\"")
        .contains("alttext=\"z = α\"")
        .contains("<mtable");
}

#[test]
fn escaped_brackets_are_no_formulas() {
    let built = folder("A *word* \\(in brackets\\) and \\[more\\] of it.").build();
    built.epub_prose().lacks("<math").contains("(in brackets)").contains("[more]");
}
