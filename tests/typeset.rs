//! The print edition before it becomes a PDF: lines and pages.

mod justification;
mod pages;
mod sheets;
