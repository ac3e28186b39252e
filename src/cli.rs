//! The command line: the only part of Garland that prints and writes files.

mod build;
mod list;
pub mod memory;
mod render;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::manifest::{Device, Paper, THEMES};

/// Makes a book of a folder of essays by many hands: an EPUB for e-readers and a PDF for print
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write both editions of an anthology
    Build(BuildArguments),
    /// Report what `build` would say, and write nothing
    Check(SourceArguments),
    /// Print what the essays of an anthology have in common
    List(ListArguments),
}

#[derive(Debug, Args)]
struct ListArguments {
    #[command(subcommand)]
    what: Listing,
}

#[derive(Debug, Subcommand)]
enum Listing {
    /// Every source once, and which chapters cite it
    Sources(ListSourcesArguments),
    /// Every term of the glossary, who defines it and which chapters use it
    Terms(ListTermsArguments),
}

#[derive(Debug, Args)]
struct ListTermsArguments {
    /// The folder with the essays; anthology.yaml in it is optional
    folder: PathBuf,

    /// A table to read, or a glossary file
    #[arg(long, value_enum, default_value = "table")]
    format: TermFormatArgument,

    /// Leave out what was repaired or removed; show warnings and errors only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TermFormatArgument {
    Table,
    Yaml,
    Csv,
}

#[derive(Debug, Args)]
struct ListSourcesArguments {
    /// The folder with the essays; anthology.yaml in it is optional
    folder: PathBuf,

    /// A table to read, or a bibliography file for other programs
    #[arg(long, value_enum, default_value = "table")]
    format: FormatArgument,

    /// Leave out what was repaired or removed; show warnings and errors only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArgument {
    Table,
    Bib,
    CslJson,
    Yaml,
}

#[derive(Debug, Args)]
struct SourceArguments {
    /// The folder with the essays; anthology.yaml in it is optional
    folder: PathBuf,

    /// Leave out what was repaired or removed; show warnings and errors only
    #[arg(long, short)]
    quiet: bool,

    /// Fail where a word of an essay is missing from the book
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Args)]
struct BuildArguments {
    #[command(flatten)]
    source: SourceArguments,

    /// Where the editions go
    #[arg(long, short, value_name = "DIR", default_value = "dist")]
    output: PathBuf,

    /// Paper of the print edition, instead of the manifest's
    #[arg(long, value_parser = paper_parser())]
    paper: Option<Paper>,

    /// Theme of the print edition, instead of the manifest's
    #[arg(long, value_parser = PossibleValuesParser::new(THEMES))]
    theme: Option<String>,

    /// Do not say of the PDF that it keeps to PDF/UA-1
    #[arg(long)]
    no_pdf_ua: bool,

    /// Do not say of the PDF that it keeps to PDF/A-2a
    #[arg(long)]
    no_pdf_a: bool,
    /// Make an EPUB more for each of these e-readers, besides the one for all
    #[arg(long, value_name = "DEVICE", value_delimiter = ',', value_parser = device_parser())]
    epub: Vec<Device>,

    /// Make one edition only
    #[arg(long, value_enum, value_name = "EDITION")]
    only: Option<EditionArgument>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EditionArgument {
    Epub,
    Pdf,
}

fn paper_parser() -> impl TypedValueParser<Value = Paper> {
    let names = PossibleValuesParser::new(Paper::NAMES.map(|(name, _)| name));
    names.map(|name| {
        Paper::NAMES.iter().find(|(known, _)| *known == name).map(|(_, paper)| *paper).unwrap_or_default()
    })
}

fn device_parser() -> impl TypedValueParser<Value = Device> {
    let names = PossibleValuesParser::new(Device::NAMES.map(|(name, _)| name));
    names.map(|name| {
        let found = Device::NAMES.iter().find(|(known, _)| *known == name);
        found.map_or(Device::Kindle, |(_, device)| *device)
    })
}

/// Runs the command that was asked for. The exit code is 0 where it succeeded, warnings or not; 1 where
/// the input or the output would not do; 2 where the arguments would not.
pub fn run() -> ExitCode {
    memory::keep();
    let arguments = Arguments::parse();
    let success = match arguments.command {
        Command::Build(arguments) => build::build(&arguments),
        Command::Check(arguments) => build::check(&arguments),
        Command::List(ListArguments { what: Listing::Sources(arguments) }) => list::sources(&arguments),
        Command::List(ListArguments { what: Listing::Terms(arguments) }) => list::terms(&arguments),
    };
    if success { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
