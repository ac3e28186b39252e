//! Addresses that lead nowhere, in the text, in notes and in lists of references.
//!
//! Links are checked as they were written, so that what a browser would repair is seen. A bare address
//! ends where white space does; that more of it follows is told by what stands there: an ellipsis, or,
//! where the address cannot end so, what can only be the rest of a path. Text that was no link because
//! its beginning is misspelt is found by that beginning.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, Document, Inline, Parsed, Run, Span, Target, plain_text, visit_runs};

use super::super::addresses::{Fault, fault};
use super::{Findings, shown};

/// Files that the rest of an address ends in.
const PAGES: [&str; 8] = [".html", ".htm", ".pdf", ".php", ".aspx", ".asp", ".jsp", ".shtml"];

pub(super) fn check(document: &Document, findings: &mut Findings) {
    let whole = 0..findings.manuscript.text.len();
    let mut search = Search { findings, unread: whole };
    search.blocks(&document.body);
    for note in &document.notes {
        search.unread = note.span.start as usize..note.span.end as usize;
        search.blocks(&note.body);
    }
}

struct Search<'f, 'a> {
    findings: &'f mut Findings<'a>,
    /// Where in the manuscript text that has no place of its own is looked for; empty once it was not
    /// found, so that the way through stays one.
    unread: Range<usize>,
}

impl Search<'_, '_> {
    fn blocks(&mut self, blocks: &[Block<Parsed>]) {
        visit_runs(blocks, &mut |run| {
            if let Run::Inlines(content) = run {
                self.inlines(content);
            }
        });
    }

    fn inlines(&mut self, content: &[Inline<Parsed>]) {
        for (at, inline) in content.iter().enumerate() {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Link { to, content: text } => {
                    if let Target::Address(address) = &to.target {
                        let after = match content.get(at + 1) {
                            Some(Inline::Text(after)) => after.as_str(),
                            _ => "",
                        };
                        let is_bare = plain_text(text).trim() == address.trim();
                        let cut = is_bare.then(|| cut_short(address, after)).flatten();
                        if let Some(fault) = fault(address).or(cut) {
                            self.tell(fault, address, to.span);
                        }
                        self.unread.start = self.unread.start.max(to.span.end as usize);
                    }
                }
                other => self.inlines(other.content()),
            }
        }
    }

    /// Looks for what was meant for an address and is none.
    fn text(&mut self, text: &str) {
        let mut slashes = text.match_indices('/');
        if !slashes.any(|(slash, _)| text[..slash].ends_with(['/', ':'])) {
            return;
        }
        for word in text.split(|c: char| c.is_whitespace() || "<>()[]{}\"“”«»`|".contains(c)) {
            let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
            let found = fault(word).filter(|fault| {
                matches!(fault, Fault::MisspeltScheme | Fault::BrokenScheme | Fault::DoubledScheme)
            });
            if let Some(fault) = found {
                let unread = self.findings.manuscript.text.get(self.unread.clone()).unwrap_or_default();
                match unread.find(word) {
                    Some(at) => self.unread.start += at,
                    None => self.unread.end = self.unread.start,
                }
                let start = self.unread.start;
                self.tell(fault, word, Span::new(start, start + word.len()));
            }
        }
    }

    fn tell(&mut self, fault: Fault, address: &str, span: Span) {
        // The rule for examples asks for a look, no more: a text on the Web may well mean such an address.
        let (severity, code) = match fault {
            Fault::Placeholder => (Severity::Note, "placeholder-address"),
            _ => (Severity::Warning, "doubtful-address"),
        };
        self.findings.enter(code, span, || {
            let message = format!("the address `{}` {}", shown(address), fault.what());
            Diagnostic::new(severity, code, message).help(fault.help())
        });
    }
}

/// Whether a bare address goes on in the text after it.
fn cut_short(address: &str, after: &str) -> Option<Fault> {
    if after.starts_with('…') || after.starts_with("...") {
        return Some(Fault::Truncated);
    }
    let rest = after.strip_prefix(' ')?.split_whitespace().next()?;
    let rest = rest.trim_end_matches(['.', ',', ';', ':', ')', ']']);
    let is_address = rest.contains("://") || rest.starts_with("www.");
    let is_path = rest.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.~=&%?#+".contains(c));
    let is_page = PAGES.iter().any(|page| rest.len() > page.len() && rest.ends_with(page));
    let goes_on = match address.chars().next_back()? {
        '/' => is_page || rest.matches('/').count() >= 2,
        '-' | '_' | '=' | '&' | '%' => is_page || rest.contains(['/', '-', '_', '=', '&', '%']),
        _ => rest.starts_with('/') && rest.len() > 2,
    };
    (goes_on && is_path && !is_address).then_some(Fault::Spaced)
}
