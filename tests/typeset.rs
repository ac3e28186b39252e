//! The print edition before it becomes a PDF: lines and pages.

mod index;
mod justification;
mod pages;
mod sheets;
