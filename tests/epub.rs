//! The reflowable edition, from hand-made anthologies.

mod book;
mod cover;
mod documents;
mod package;
