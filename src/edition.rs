//! Editions: the finished book as the bytes of a file.

pub mod pdf;

/// Why an edition could not be written.
#[derive(Debug)]
pub struct EditionError {
    pub message: String,
}

impl EditionError {
    pub fn new(message: impl Into<String>) -> Self {
        EditionError { message: message.into() }
    }
}

impl std::fmt::Display for EditionError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for EditionError {}
