//! The `garland` command.

use std::process::ExitCode;

/// Books are built of millions of small pieces, on several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    garland::cli::run()
}
