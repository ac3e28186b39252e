//! The reflowable edition, from hand-made anthologies.

pub mod book;
mod cover;
mod devices;
mod documents;
mod golden;
pub mod hostile;
mod package;
mod pages;
