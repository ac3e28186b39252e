//! Formulas as they are met.

use super::Builder;
use crate::diagnostic::Diagnostic;
use crate::document::Span;
use crate::formula;

impl Builder<'_> {
    /// Tells of a formula that neither edition can set.
    pub fn check_formula(&mut self, tex: &str, display: bool, span: Span) {
        let Err(fault) = formula::read(tex, display) else { return };
        if !self.context.is_worth_telling("unset-formula") {
            return;
        }
        let message = format!("a formula stands on one line of characters, since {}", fault.what);
        let place = self.context.manuscript.place(span);
        self.diagnostics.push(Diagnostic::warning("unset-formula", message).at(place).help(fault.help));
    }
}
