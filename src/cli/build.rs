//! `garland build` and `garland check`.

use std::io::Write;
use std::path::Path;

use chrono::{DateTime, Datelike};

use super::render::Report;
use super::{BuildArguments, EditionArgument, SourceArguments, write};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::Date;
use crate::ledger::Counts;
use crate::{Book, Options};

/// Makes the editions and writes them. False if nothing was written.
pub fn build(arguments: &BuildArguments) -> bool {
    let mut diagnostics = Diagnostics::new();
    let options = Options {
        paper: arguments.paper,
        theme: arguments.theme.clone(),
        epub: arguments.only != Some(EditionArgument::Pdf),
        devices: arguments.epub.clone(),
        pdf: arguments.only != Some(EditionArgument::Epub),
        accessible: !arguments.no_pdf_ua,
        archival: !arguments.no_pdf_a,
        epoch: read_epoch(&mut diagnostics),
        system_fonts: true,
        strict: arguments.source.strict,
    };
    let book = crate::build(&arguments.source.folder, &options, &mut diagnostics);
    let book = book.filter(|_| !diagnostics.has_errors());
    let source = &arguments.source;
    report(&source.folder, source.quiet, diagnostics);
    let Some(book) = book else {
        say("nothing was written\n");
        return false;
    };
    match write::write_editions(&book, &arguments.output) {
        Ok(paths) => {
            let mut lines = describe(&book);
            for path in paths {
                lines.push_str(&format!("\nwrote {}", path.display()));
            }
            // Nobody may be listening any more (`garland build … | head -1`); the book is there all the same.
            let _ = writeln!(std::io::stdout(), "{lines}");
            true
        }
        Err(error) => {
            let message = format!("the editions cannot be written here: {error}");
            let problem = Diagnostic::error("unwritable-output", message)
                .at(Place::file(arguments.output.display().to_string()))
                .help("choose another folder with --output, or make this one writable");
            let report = Report { folder: Path::new(""), quiet: false };
            say(&report.render(&Diagnostics::from_iter([problem])));
            say("nothing was written\n");
            false
        }
    }
}

/// Goes the whole way but for writing. False if there are errors.
pub fn check(arguments: &SourceArguments) -> bool {
    let mut diagnostics = Diagnostics::new();
    let options =
        Options { epoch: read_epoch(&mut diagnostics), strict: arguments.strict, ..Options::default() };
    let book = crate::build(&arguments.folder, &options, &mut diagnostics);
    let sound = book.is_some() && !diagnostics.has_errors();
    report(&arguments.folder, arguments.quiet, diagnostics);
    if let Some(book) = book.filter(|_| sound) {
        let _ = writeln!(std::io::stdout(), "{}", describe(&book));
    }
    sound
}

/// Prints what was found in the folder.
pub(super) fn report(folder: &Path, quiet: bool, mut diagnostics: Diagnostics) {
    diagnostics.sort();
    say(&Report { folder, quiet }.render(&diagnostics));
}

/// Prints to the terminal; it is no failure if nobody listens any more.
fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn describe(book: &Book) -> String {
    let essays = if book.essays == 1 { "1 essay".to_owned() } else { format!("{} essays", book.essays) };
    let pages = book.pages.map(|pages| format!(", {pages} pages")).unwrap_or_default();
    format!("{essays}{pages}\n{}", describe_words(&book.words))
}

/// The account in one line.
fn describe_words(words: &Counts) -> String {
    let repaired = match words.gained {
        0 => String::new(),
        gained => format!(" ({gained:+} by repair)"),
    };
    let mut line = format!(
        "{} words{repaired}: {} kept, {} moved, {} removed, {} markup",
        words.total, words.kept, words.moved, words.removed, words.markup
    );
    if words.missing > 0 {
        line.push_str(&format!(", {} missing", words.missing));
    }
    line
}

/// The date that `SOURCE_DATE_EPOCH` stands for (reproducible-builds.org), if it is set.
fn read_epoch(diagnostics: &mut Diagnostics) -> Option<Date> {
    let value = std::env::var("SOURCE_DATE_EPOCH").ok()?;
    let moment = value.trim().parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let date = moment.and_then(|moment| {
        Some(Date {
            year: i16::try_from(moment.year()).ok()?,
            month: Some(moment.month() as u8),
            day: Some(moment.day() as u8),
        })
    });
    if date.is_none() {
        let problem = format!("SOURCE_DATE_EPOCH is “{value}”, which is no number of seconds since 1970");
        let help = "unset it, or set it to a number such as 1735689600";
        diagnostics.push(Diagnostic::error("bad-epoch", problem).help(help));
    }
    date
}
