//! The print edition before it becomes a PDF: lines and pages.

mod blocks;
mod features;
mod geometry;
mod hostile;
mod index;
mod justification;
mod pages;
mod scripts;
mod sheets;
mod spreads;
mod tables;
mod themes;
