//! The print edition before it becomes a PDF: lines and pages.

mod geometry;
mod index;
mod justification;
mod pages;
mod scripts;
mod sheets;
mod themes;
