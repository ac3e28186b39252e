//! The print edition before it becomes a PDF: lines and pages.

mod geometry;
mod justification;
mod pages;
mod scripts;
mod sheets;
