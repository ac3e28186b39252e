//! The reflowable edition, from hand-made anthologies.

pub mod book;
mod cover;
mod documents;
mod package;
mod pages;
