//! The `garland` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    garland::cli::run()
}
