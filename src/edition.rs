//! The finished book as bytes: one function per edition.

pub mod cover;
pub mod epub;
pub mod pdf;

/// Why an edition could not be written. Nothing that an author does leads here: compile only passes on
/// what can be set.
#[derive(Debug)]
pub struct EditionError {
    pub message: String,
}

impl EditionError {
    pub fn new(message: impl Into<String>) -> Self {
        EditionError { message: message.into() }
    }

    /// An error of a library that writes for us, with what it was asked to do.
    fn of(task: &str, cause: impl std::fmt::Display) -> Self {
        EditionError::new(format!("{task}: {cause}"))
    }
}

impl std::fmt::Display for EditionError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for EditionError {}
