//! Formulas: what they say on one line, as MathML, and in print.
//!
//! `GARLAND_UPDATE=1 cargo test formula` writes the forms anew; read the difference before committing.

mod editions;
mod hostile;

use std::fmt::Write;

use garland::formula::{self, Layout, Mark, Setting};

use crate::harness::compare_goldens;

/// One formula a line, display where it starts with a space.
#[test]
fn formulas_are_read() {
    compare_goldens("formula", |_, source| {
        let mut shown = String::new();
        for tex in source.lines().filter(|line| !line.is_empty()) {
            let display = tex.starts_with(' ');
            let tex = tex.trim();
            writeln!(shown, "{tex}\n  {}", formula::linear(tex)).unwrap();
            match formula::read(tex, display) {
                Ok(formula) => {
                    let alternative = formula::linear(tex);
                    let mathml = formula.mathml(&alternative);
                    let body = mathml.split_once('>').and_then(|(_, body)| body.strip_suffix("</math>"));
                    writeln!(shown, "  {}\n  {}", body.unwrap_or(&mathml), glyphs(formula.setting()))
                        .unwrap();
                }
                Err(fault) => writeln!(shown, "  not set: {}; {}", fault.what, fault.help).unwrap(),
            }
        }
        shown
    });
}

/// What is painted, in the order of reading, piece by piece or row by row.
fn glyphs(setting: &Setting) -> String {
    let say = |layout: &Layout| -> String {
        let marks = layout.marks.iter().map(|mark| match mark {
            Mark::Glyph { character, .. } => *character,
            Mark::Rule { .. } => '▬',
        });
        marks.collect()
    };
    let parts: Vec<String> = match setting {
        Setting::Inline(pieces) => pieces.iter().map(|(piece, _)| say(piece)).collect(),
        Setting::Display(rows) => rows
            .iter()
            .map(|row| {
                say(&row.body) + &row.tag.as_ref().map(|tag| format!("   {}", say(tag))).unwrap_or_default()
            })
            .collect(),
    };
    parts.join(" ¦ ")
}
