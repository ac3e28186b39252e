//! The reflowable edition, from hand-made anthologies.

pub mod book;
mod cover;
mod documents;
pub mod hostile;
mod package;
mod pages;
